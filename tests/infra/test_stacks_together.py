"""infra/*.yaml: rules that refuse what would not work, and that the stacks fit together."""

from __future__ import annotations

import re

import pytest
from cfnlint.decode.cfn_yaml import load

from .templates import CASES, DNS, INFRA, NAMES, NETWORK, render, resources
from .test_templates import GOOD, ZONES


def _holds(condition: dict, parameters: dict[str, str]) -> bool:
    """The functions that our Rules use; cloud-radar leaves Rules out."""
    [(function, value)] = condition.items()
    if function == "Fn::Equals":
        left, right = (parameters[v["Ref"]] if isinstance(v, dict) else v for v in value)
        return left == right
    return {"Fn::Not": lambda v: not v[0], "Fn::Or": any, "Fn::And": all}[function](
        [_holds(v, parameters) for v in value]
    )


@pytest.mark.parametrize(
    ("name", "given", "refused_by"),
    [
        ("network", NETWORK, ["AClientIsNamed"]),
        ("network", {**NETWORK, "ClientCidrs": "10.0.0.0/16"}, []),
        ("network", {**NETWORK, "ClientSecurityGroups": "sg-01234567"}, []),
        ("network", {**NETWORK, "ClientCidrs": "10.0.0.0/16", "WheelhouseBucket": "wheels"}, ["S3HasRouteTables"]),
        ("notebook", {"DomainName": "corp"}, []),
        (
            "notebook",
            {"DomainName": "corp", "WheelhouseBucket": "wheels", "ScriptSha256": "0" * 64},
            ["HashesAreGiven"],
        ),
        (
            "notebook",
            {"DomainName": "corp", "NotebookName": "team", "SubnetId": "subnet-01234567"},
            ["NotebookHasNetwork"],
        ),
        ("notebook", GOOD["notebook"], []),
    ],
)
def test_rules_refuse_what_would_look_finished_and_not_work(name, given, refused_by):
    body = load(str(INFRA / f"{name}.yaml"))
    parameters = {key: given.get(key, about.get("Default")) for key, about in body["Parameters"].items()}
    broken = [
        key
        for key, rule in body["Rules"].items()
        if _holds(rule.get("RuleCondition", {"Fn::Equals": ["", ""]}), parameters)
        and not all(_holds(each["Assert"], parameters) for each in rule["Assertions"])
    ]
    assert broken == refused_by


def test_https_from_the_named_clients_is_all_that_is_admitted():
    for name, about, parameters in CASES:
        if name == "network":
            rules = resources(name, parameters)["EndpointSecurityGroup"]["Properties"]["SecurityGroupIngress"]
            assert {(rule["IpProtocol"], rule["FromPort"], rule["ToPort"]) for rule in rules} == {("tcp", 443, 443)}
            clients = [rule.get("SourceSecurityGroupId", rule.get("CidrIp")) for rule in rules]
            named = f"{parameters.get('ClientSecurityGroups', '')},{parameters.get('ClientCidrs', '')}"
            assert clients == [client for client in named.split(",") if client], about


def test_internal_names_never_come_from_the_public_index():
    group = resources(*CASES[1][::2])["InternalPackages"]["Properties"]
    assert group["Pattern"] == "/pypi//corp~"
    assert group["OriginConfiguration"] == {"Restrictions": {"ExternalUpstream": {"RestrictionMode": "BLOCK"}}}


def test_each_zone_has_the_names_of_its_endpoint():
    zones = resources("central-dns", DNS)
    names = {key: zones[key]["Properties"]["Name"] for key in ZONES}
    assert names == {
        "ApiZone": "codeartifact.eu-central-1.amazonaws.com",
        "ApiRecord": "codeartifact.eu-central-1.amazonaws.com",
        "RepositoriesZone": "d.codeartifact.eu-central-1.amazonaws.com",
        "RepositoriesRecord": "*.d.codeartifact.eu-central-1.amazonaws.com",
    }
    for side in ("Api", "Repositories"):
        alias = zones[f"{side}Record"]["Properties"]["AliasTarget"]
        assert alias["DNSName"] == DNS[f"{side}EndpointDnsName"]


def _passed_on(giver: str, taker: str) -> dict[str, str]:
    """Outputs of one stack that are parameters of the next, by name."""
    given = render(giver, next(p for n, _, p in CASES if n == giver))["Outputs"]
    wanted = load(str(INFRA / f"{taker}.yaml"))["Parameters"]
    return {name: str(output["Value"]) for name, output in given.items() if name in wanted}


@pytest.mark.parametrize(
    ("giver", "taker", "names"),
    [
        ("registry", "network", {"DomainName", "DomainOwner", "RepositoryName"}),
        ("registry", "notebook", {"DomainName", "DomainOwner", "RepositoryName"}),
        ("network", "central-dns", set(DNS) - {"FirstVpc"}),
    ],
)
def test_what_one_stack_answers_the_next_takes(giver, taker, names):
    passed = _passed_on(giver, taker)
    assert set(passed) == names
    passed = {key: value.replace("Repository.Name", "isolatedsm") for key, value in passed.items()}
    render(taker, {**GOOD[taker], **passed})


def test_what_publish_prints_are_parameters_of_the_notebook_stack():
    text = (INFRA.parent / "lifecycle" / "publish").read_text()
    printed = set(re.findall(r'"([A-Z][A-Za-z0-9]+)=', text))
    assert printed == {"WheelhouseBucket", "WheelhousePrefix", "ScriptSha256", "ManifestSha256", "LifecycleVersion"}
    assert printed <= set(load(str(INFRA / "notebook.yaml"))["Parameters"])


def test_no_stack_exports():
    """Exports end at the account; these stacks often stand in three."""
    for name in NAMES:
        text = (INFRA / f"{name}.yaml").read_text()
        assert not re.search(r"^\s+Export:|ImportValue", text, re.MULTILINE)
