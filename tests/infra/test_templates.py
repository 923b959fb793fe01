"""infra/*.yaml: what each creates, what it refuses, and that the stacks fit together."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from cfnlint.decode.cfn_yaml import load

from .service_authorization import faults
from .templates import CASES, DNS, INFRA, INSTANCE, NAMES, NETWORK, PARTITIONS, WHEELHOUSE, documents, render, resources

IDS = [f"{name}: {about}" for name, about, _ in CASES]


def test_every_template_is_tested():
    assert sorted(path.stem for path in INFRA.glob("*.yaml")) == sorted(NAMES) == sorted({name for name, _, _ in CASES})


def test_cfn_lint_finds_nothing():
    command = [Path(sys.executable).with_name("cfn-lint"), "--regions", "eu-central-1", "us-east-1", "--"]
    done = subprocess.run([*command, *sorted(INFRA.glob("*.yaml"))], capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr == ""


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_small_enough_to_be_passed_as_text(name):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"""
    assert len((INFRA / f"{name}.yaml").read_bytes()) <= 51200


@pytest.mark.parametrize("name", NAMES)
def test_parameters_are_described_limited_and_grouped(name):
    body = load(str(INFRA / f"{name}.yaml"))
    grouped = [
        p
        for group in body["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]
        for p in group["Parameters"]
    ]
    assert sorted(grouped) == sorted(body["Parameters"])
    for parameter, about in body["Parameters"].items():
        assert about["Description"], parameter
        limited = {"AllowedPattern", "AllowedValues", "MaxValue"} & set(about)
        assert limited or about["Type"].removeprefix("List<").startswith("AWS::EC2::"), parameter
    for output in body["Outputs"].values():
        assert output["Description"]


DOMAIN, REPOSITORY = "AWS::CodeArtifact::Domain", "AWS::CodeArtifact::Repository"
ENDPOINT = "AWS::EC2::VPCEndpoint"
ROLE = {"Role": "AWS::IAM::Role", "Policy": "AWS::IAM::ManagedPolicy"}
LIFECYCLE = {
    "NotebookLifecycle": "AWS::SageMaker::NotebookInstanceLifecycleConfig",
    "StudioLifecycle": "AWS::SageMaker::StudioLifecycleConfig",
}
ENDPOINTS = {
    "EndpointSecurityGroup": "AWS::EC2::SecurityGroup",
    "ApiEndpoint": ENDPOINT,
    "RepositoriesEndpoint": ENDPOINT,
}
ZONES = {
    "ApiZone": "AWS::Route53::HostedZone",
    "ApiRecord": "AWS::Route53::RecordSet",
    "RepositoriesZone": "AWS::Route53::HostedZone",
    "RepositoriesRecord": "AWS::Route53::RecordSet",
}
CREATED = [
    {"Domain": DOMAIN, "Store": REPOSITORY, "Repository": REPOSITORY},
    {
        "Domain": DOMAIN,
        "Store": REPOSITORY,
        "Repository": REPOSITORY,
        "InternalPackages": "AWS::CodeArtifact::PackageGroup",
    },
    {"Store": REPOSITORY, "Repository": REPOSITORY},
    ENDPOINTS,
    {**ENDPOINTS, "StsInterfaceEndpoint": ENDPOINT, "S3Endpoint": ENDPOINT},
    {"Policy": "AWS::IAM::ManagedPolicy"},
    {**ROLE, **LIFECYCLE},
    {**ROLE, **LIFECYCLE, "Notebook": "AWS::SageMaker::NotebookInstance"},
    ZONES,
    ZONES,
]


@pytest.mark.parametrize(("case", "created"), list(zip(CASES, CREATED)), ids=IDS)
def test_what_is_created(case, created):
    name, _, parameters = case
    assert {key: resource["Type"] for key, resource in resources(name, parameters).items()} == created


def test_only_the_domain_outlives_its_stack():
    for name in NAMES:
        for key, resource in load(str(INFRA / f"{name}.yaml"))["Resources"].items():
            expected = ("Retain", "Retain") if key == "Domain" else (None, None)
            assert (resource.get("DeletionPolicy"), resource.get("UpdateReplacePolicy")) == expected, key


@pytest.mark.parametrize("where", PARTITIONS)
@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_policies_fit_the_service_authorization_reference(case, where):
    name, _, parameters = case
    found = {path: list(faults(document)) for path, document in documents(resources(name, parameters, where))}
    assert {path: fault for path, fault in found.items() if fault} == {}


@pytest.mark.parametrize("where", ["aws-cn", "aws-us-gov"])
@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_nothing_names_another_partition(case, where):
    name, _, parameters = case
    there = {key: value.replace("arn:aws:", f"arn:{where}:") for key, value in parameters.items()}
    text = yaml.safe_dump(resources(name, there, where))
    assert "arn:aws:" not in text
    if where == "aws-cn":
        zones = resources("central-dns", DNS, where)
        assert zones["ApiZone"]["Properties"]["Name"] == "codeartifact.cn-north-1.amazonaws.com.cn"


def test_a_policy_that_is_wrong_is_found():
    """The judge itself: one fault of each kind."""
    arn = "arn:aws:codeartifact:eu-central-1:111122223333"

    def judged(**element):
        statement = {
            "Effect": "Allow",
            "Action": "codeartifact:ReadFromRepository",
            "Resource": f"{arn}:repository/corp/team",
        }
        return list(faults({"Version": "2012-10-17", "Statement": [{**statement, **element}]}))

    assert judged() == []
    assert judged(Action="codeartifact:Nope")
    assert judged(Action="codeartifact:*")
    assert judged(Action="codeartifact:GetAuthorizationToken")
    assert judged(Resource=f"{arn}:domain/corp")
    assert judged(Resource="*")
    assert judged(Resource=[f"{arn}:repository/corp/team", f"{arn}:domain/corp"])
    assert judged(Condition={"StringEquals": {"sts:AWSServiceName": "codeartifact.amazonaws.com"}})
    assert judged(NotAction="x")


GOOD = {
    "registry": {"DomainName": "corp"},
    "network": {**NETWORK, "ClientCidrs": "10.0.0.0/16"},
    "notebook": {"DomainName": "corp", **WHEELHOUSE, **INSTANCE},
    "central-dns": DNS,
}
BAD = [
    *(("registry", "DomainName", value) for value in ("", "c", "Corp", "corp-", "1corp", "a" * 51, "corp_x")),
    *(("registry", "RepositoryName", value) for value in ("", "a", "a/b", "*", "a" * 101)),
    *(("registry", "Readers", value) for value in ("1111", "111122223333,", "111122223333 ,444455556666", "*")),
    *(
        ("registry", "Readers", value)
        for value in ("arn:aws:sts::111122223333:assumed-role/a/b", "arn:aws:iam::1:role/a")
    ),
    *(("registry", "ReaderOrganization", value) for value in ("a1b2c3d4e5", "o-A1B2C3D4E5", "*")),
    *(("registry", "InternalPrefix", value) for value in ("Corp", "corp_", "corp-", "*", "corp/")),
    *(("registry", name, "maybe") for name in ("CreateDomain", "Listing")),
    ("registry", "EncryptionKey", "alias/corp"),
    *(("network", "ClientSecurityGroups", value) for value in ("sg-1", "sg-01234567,", "sg-01234567 sg-89abcdef")),
    ("network", "ClientSecurityGroups", ",".join(["sg-01234567"] * 6)),
    *(("network", "ClientCidrs", value) for value in ("0.0.0.0/0", "10.0.0.0", "10.0.0.0/7", "10.0.0.0/33", "any")),
    *(("network", name, "maybe") for name in ("PrivateDns", "Listing", "StsEndpoint")),
    *(("network", name, "1234") for name in ("DomainOwner", "ClientAccounts")),
    ("network", "RepositoryName", "team*"),
    ("network", "WheelhouseBucket", "Wheels"),
    ("network", "RouteTableIds", "rtb-x"),
    ("network", "WheelhousePrefix", "/wheels"),
    *(("notebook", "WheelhousePrefix", value) for value in ("wheels/", "a'b", "$(reboot)", "a b")),
    *(("notebook", name, "f" * 63) for name in ("ScriptSha256", "ManifestSha256")),
    *(("notebook", "FleetSize", value) for value in ("-1", "100001")),
    *(
        ("notebook", "ApiEndpoint", value)
        for value in ("vpce-1.api.codeartifact.x.vpce.amazonaws.com", "https://example.com")
    ),
    ("notebook", "RepositoriesEndpoint", "https://vpce-1.api.codeartifact.eu-central-1.vpce.amazonaws.com"),
    *(("notebook", "NotebookName", value) for value in ("a--b", "-a", "a" * 64)),
    *(
        ("notebook", name, "x")
        for name in ("SubnetId", "SecurityGroupIds", "InstanceType", "RootAccess", "Pin", "PermissionsBoundary")
    ),
    ("central-dns", "ApiEndpointDnsName", DNS["RepositoriesEndpointDnsName"]),
    ("central-dns", "RepositoriesEndpointDnsName", DNS["ApiEndpointDnsName"]),
    *(("central-dns", name, "vpc-x") for name in ("FirstVpc", "SecondVpc", "FifthVpc")),
    ("central-dns", "ApiEndpointHostedZoneId", "z1"),
]


@pytest.mark.parametrize(("name", "parameter", "value"), BAD)
def test_a_bad_value_is_refused(name, parameter, value):
    render(name, GOOD[name])
    with pytest.raises(ValueError, match=parameter):
        render(name, {**GOOD[name], parameter: value})


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
