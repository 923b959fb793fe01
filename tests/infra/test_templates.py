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
from .templates import (
    CASES,
    DNS,
    EVERYWHERE,
    INFRA,
    INSTANCE,
    NAMES,
    NETWORK,
    PARTITIONS,
    WHEELHOUSE,
    documents,
    render,
    resources,
)

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


@pytest.mark.parametrize(("case", "where"), EVERYWHERE, ids=[f"{c[0]}: {c[1]} in {w}" for c, w in EVERYWHERE])
def test_policies_fit_the_service_authorization_reference(case, where):
    name, _, parameters = case
    found = {path: list(faults(document)) for path, document in documents(resources(name, parameters, where))}
    assert {path: fault for path, fault in found.items() if fault} == {}


@pytest.mark.parametrize(("case", "where"), EVERYWHERE, ids=[f"{c[0]}: {c[1]} in {w}" for c, w in EVERYWHERE])
def test_nothing_names_another_partition(case, where):
    """Every ARN is of the partition, and every host name of AWS's ends as names end there."""
    name, _, parameters = case
    there = {key: value.replace("arn:aws:", f"arn:{where}:") for key, value in parameters.items()}
    given = " ".join(there.values())
    text = yaml.safe_dump(resources(name, there, where), width=10_000)
    assert set(re.findall(r"\barn:(aws[a-z-]*):", text)) <= {where}
    _, suffix = PARTITIONS[where]
    hosts = set(re.findall(r"(?:codeartifact|s3)\.[a-z]+(?:-[a-z]+)+-[0-9]\.([a-z0-9.-]+)", text))
    # What was given as a parameter is from the other stack's outputs.
    assert {host for host in hosts if host not in given} - {"vpce.amazonaws.com"} <= {suffix}


def test_each_partition_has_names_of_its_own():
    for where, (region, suffix) in PARTITIONS.items():
        zones = resources("central-dns", DNS, where)
        assert zones["ApiZone"]["Properties"]["Name"] == f"codeartifact.{region}.{suffix}"
        everything = resources("notebook", CASES[7][2], where)["Policy"]["Properties"]["PolicyDocument"]["Statement"]
        [decrypt] = [statement for statement in everything if statement["Sid"] == "DecryptWheelhouse"]
        assert decrypt["Condition"] == {"StringEquals": {"kms:ViaService": f"s3.{region}.{suffix}"}}
    assert len(PARTITIONS) >= 8


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
