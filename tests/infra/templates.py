"""The CloudFormation templates, rendered by cloud-radar: an engine that shares nothing with ours."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import awscli.botocore
from cloud_radar.cf.unit import Template

INFRA = Path(__file__).resolve().parents[2] / "infra"
NAMES = ("registry", "network", "notebook", "central-dns")
ACCOUNT = "111122223333"


def _partitions() -> dict[str, tuple[str, str]]:
    """Partition -> (a Region of it, its DNS suffix), as the AWS CLI knows them."""
    data = json.loads((Path(awscli.botocore.__file__).parent / "data" / "partitions.json").read_text())
    found = {}
    for partition in data["partitions"]:
        regions = [region for region in partition["regions"] if not region.endswith("-global")]
        region = "eu-central-1" if "eu-central-1" in regions else regions[0]
        found[partition["id"]] = (region, partition["outputs"]["dnsSuffix"])
    return found


PARTITIONS = _partitions()
SHA = "0123456789abcdef" * 4

NETWORK = {"VpcId": "vpc-0123456789abcdef0", "SubnetIds": "subnet-01234567,subnet-89abcdef", "DomainName": "corp"}
WHEELHOUSE = {"WheelhouseBucket": "wheels", "ScriptSha256": SHA, "ManifestSha256": SHA[::-1]}
INSTANCE = {"NotebookName": "team", "SubnetId": "subnet-01234567", "SecurityGroupIds": "sg-01234567,sg-89abcdef"}
DNS = {
    "ApiEndpointDnsName": "vpce-0abc-1def.api.codeartifact.eu-central-1.vpce.amazonaws.com",
    "ApiEndpointHostedZoneId": "Z1234567890ABC",
    "RepositoriesEndpointDnsName": "vpce-0123-4567.d.codeartifact.eu-central-1.vpce.amazonaws.com",
    "RepositoriesEndpointHostedZoneId": "Z1234567890ABC",
    "FirstVpc": "vpc-0123456789abcdef0",
}
#: Template, what the case is about, its parameters.
CASES: list[tuple[str, str, dict[str, str]]] = [
    ("registry", "own account", {"DomainName": "corp"}),
    (
        "registry",
        "everything",
        {
            "DomainName": "corp",
            "EncryptionKey": f"arn:aws:kms:eu-central-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "Readers": "444455556666,arn:aws:iam::777788889999:role/team/notebooks",
            "ReaderOrganization": "o-a1b2c3d4e5",
            "Listing": "yes",
            "InternalPrefix": "corp",
        },
    ),
    (
        "registry",
        "organization, domain kept",
        {"DomainName": "corp", "CreateDomain": "no", "ReaderOrganization": "o-a1b2c3d4e5"},
    ),
    ("network", "one group", {**NETWORK, "ClientSecurityGroups": "sg-01234567"}),
    (
        "network",
        "everything",
        {
            **NETWORK,
            "PrivateDns": "no",
            "ClientSecurityGroups": "sg-01234567,sg-89abcdef,sg-00000000,sg-11111111,sg-22222222",
            "ClientCidrs": "10.0.0.0/16,10.1.0.0/16,10.2.0.0/16,10.3.0.0/16,192.168.1.7/32",
            "DomainOwner": "444455556666",
            "RepositoryName": "isolatedsm",
            "ClientAccounts": f"{ACCOUNT},777788889999",
            "Listing": "yes",
            "StsEndpoint": "yes",
            "WheelhouseBucket": "wheels",
            "RouteTableIds": "rtb-01234567,rtb-89abcdef",
        },
    ),
    ("notebook", "permissions only", {"DomainName": "corp", "ExistingRoleName": "team"}),
    ("notebook", "lifecycle", {"DomainName": "corp", **WHEELHOUSE}),
    (
        "notebook",
        "everything",
        {
            "DomainName": "corp",
            "DomainOwner": "444455556666",
            "PermissionsBoundary": f"arn:aws:iam::{ACCOUNT}:policy/boundary",
            "Listing": "yes",
            "WheelhouseKey": f"arn:aws:kms:eu-central-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "FleetSize": "500",
            "VolumeKey": "1234abcd-12ab-34cd-56ef-1234567890ab",
            "ApiEndpoint": f"https://{DNS['ApiEndpointDnsName']}",
            "RepositoriesEndpoint": f"https://{DNS['RepositoriesEndpointDnsName']}",
            **WHEELHOUSE,
            **INSTANCE,
        },
    ),
    ("central-dns", "one VPC", DNS),
    (
        "central-dns",
        "five VPCs",
        {**DNS, "SecondVpc": "vpc-01234567", "ThirdVpc": "vpc-1", "FourthVpc": "vpc-2", "FifthVpc": "vpc-3"},
    ),
]
for _name, _about, _parameters in CASES:
    _parameters.update({k: v + "2345678" for k, v in _parameters.items() if k.endswith("Vpc") and len(v) == 5})


#: What is looked at in which partition: all in the first, and in the others what has most in it.
EVERYWHERE = [
    (case, where) for where in PARTITIONS for case in CASES if where == "aws" or case[1] in ("everything", "five VPCs")
]


@contextlib.contextmanager
def partition(name: str) -> Iterator[str]:
    """cloud-radar's pseudo parameters belong to the class; yields the Region."""
    region, suffix = PARTITIONS[name]
    before = Template.Partition, Template.URLSuffix, Template.AccountId
    Template.Partition, Template.URLSuffix, Template.AccountId = name, suffix, ACCOUNT
    try:
        yield region
    finally:
        Template.Partition, Template.URLSuffix, Template.AccountId = before


def template(name: str) -> Template:
    """Loaded, with the attributes of endpoints as AWS answers them: lists of ZONE:NAME, the regional name first."""
    body = Template.from_yaml(INFRA / f"{name}.yaml").template
    for resource, side in (("ApiEndpoint", "api"), ("RepositoriesEndpoint", "d")):
        if resource in body["Resources"]:
            host = f"{side}.codeartifact.eu-central-1.vpce.amazonaws.com"
            entries = [f"Z1234567890ABC:vpce-0abc-1def.{host}", f"Z1234567890ABC:vpce-0abc-1def-eu-central-1a.{host}"]
            about = {"Cloud-Radar": {"attribute-values": {"DnsEntries": entries}}}
            body["Resources"][resource]["Metadata"] = about
    return Template(body)


def render(name: str, parameters: dict[str, str], where: str = "aws") -> dict:
    """The template with everything resolved. Raises ValueError for a value that a pattern refuses."""
    with partition(where) as region:
        return _without_no_value(template(name).render(dict(parameters), region))


def _without_no_value(value: object):
    """cloud-radar leaves '' in a list where CloudFormation leaves nothing."""
    if isinstance(value, dict):
        return {key: _without_no_value(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_no_value(inner) for inner in value if inner != ""]
    return value


def resources(name: str, parameters: dict[str, str], where: str = "aws") -> dict:
    return render(name, parameters, where)["Resources"]


def documents(value: object, path: str = "") -> Iterator[tuple[str, dict]]:
    """Every policy document in a rendered template, with where it is."""
    if isinstance(value, dict):
        if "Statement" in value and "Version" in value:
            yield path, value
        for key, inner in value.items():
            yield from documents(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from documents(inner, f"{path}/{index}")


def in_every_partition() -> list[dict]:
    """Each case as it is rendered in each partition, with what it was rendered from: for another judge to compare."""
    rendered = []
    for (name, about, parameters), where in EVERYWHERE:
        region, suffix = PARTITIONS[where]
        pseudo = {
            "AWS::AccountId": ACCOUNT,
            "AWS::Partition": where,
            "AWS::Region": region,
            "AWS::StackName": Template.StackName,
            "AWS::URLSuffix": suffix,
        }
        case = {"name": name, "about": f"{about} in {where}", "parameters": parameters, "pseudo": pseudo}
        rendered.append({**case, "rendered": render(name, parameters, where)})
    return rendered


if __name__ == "__main__":
    # cloud-radar prints as it renders.
    with contextlib.redirect_stdout(sys.stderr):
        everything = in_every_partition()
    print(json.dumps(everything))
