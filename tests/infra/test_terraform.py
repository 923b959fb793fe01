"""infra/terraform: formatted, and its policies are those of the CloudFormation templates.

The module of policies needs no provider and is really applied. The others need hashicorp/aws, which only its own
registry has: here only their form is looked at.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess

import pytest

from .templates import ACCOUNT, CASES, INFRA, PARTITIONS, resources

MODULES = INFRA / "terraform"
POLICIES = MODULES / "modules" / "policies"


def terraform(*arguments: str, cwd) -> str:
    """Terraform, or OpenTofu where that is installed."""
    program = shutil.which("terraform") or shutil.which("tofu")
    assert program, "Terraform (1.5 or newer) or OpenTofu must be on PATH"
    clean = {"PATH": os.environ["PATH"], "HOME": str(cwd), "TF_CLI_CONFIG_FILE": os.devnull, "CHECKPOINT_DISABLE": "1"}
    done = subprocess.run([program, *arguments], cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def module(tmp_path_factory):
    """The module of policies, initialized in a copy."""
    folder = tmp_path_factory.mktemp("terraform") / "policies"
    shutil.copytree(POLICIES, folder)
    terraform("init", "-input=false", cwd=folder)
    terraform("validate", cwd=folder)
    return folder


def test_everything_is_formatted():
    terraform("fmt", "-check", "-recursive", "-diff", str(MODULES), cwd=INFRA)


def rendered(module, **variables) -> dict[str, dict]:
    """The module's documents for these variables."""
    (module / "terraform.tfvars.json").write_text(json.dumps(variables))
    terraform("apply", "-auto-approve", "-input=false", "-state=state", cwd=module)
    outputs = json.loads(terraform("output", "-json", "-state=state", cwd=module))
    return {name: json.loads(o["value"]) for name, o in outputs.items() if name != "region" and o["value"]}


#: The module only puts the two words of a partition into its texts: one with each kind of suffix.
SOME = ["aws", "aws-cn", "aws-iso"]

#: CloudFormation's parameters and what they are called in the module.
NETWORK, ALL_OF_NETWORK = (p for n, _, p in CASES if n == "network")
NOTEBOOK, ALL_OF_NOTEBOOK = next(p for n, _, p in CASES if n == "notebook"), CASES[7][2]


def variables(parameters: dict[str, str], where: str) -> dict:
    region, suffix = PARTITIONS[where]
    bucket = parameters.get("WheelhouseBucket")
    return {
        "partition": where,
        "url_suffix": suffix,
        "region": region,
        "account_id": ACCOUNT,
        "domain_name": parameters["DomainName"],
        "domain_owner": parameters.get("DomainOwner"),
        "repository_name": parameters.get("RepositoryName", "*" if "VpcId" in parameters else "isolatedsm"),
        "client_accounts": [account for account in parameters.get("ClientAccounts", "").split(",") if account],
        "listing": parameters.get("Listing") == "yes",
        "wheelhouse": bucket and {"bucket": bucket, "kms_key_arn": parameters.get("WheelhouseKey")},
    }


@pytest.mark.parametrize("where", SOME)
@pytest.mark.parametrize("parameters", [NETWORK, ALL_OF_NETWORK], ids=["defaults", "everything"])
def test_endpoint_policies_are_those_of_the_template(module, parameters, where):
    ours = rendered(module, **variables(parameters, where))
    theirs = {
        key: resource["Properties"]["PolicyDocument"]
        for key, resource in resources("network", parameters, where).items()
        if resource["Type"] == "AWS::EC2::VPCEndpoint"
    }
    names = {
        "ApiEndpoint": "api_endpoint",
        "RepositoriesEndpoint": "repositories_endpoint",
        "StsInterfaceEndpoint": "sts_endpoint",
        "S3Endpoint": "s3_endpoint",
    }
    assert {names[key]: document for key, document in theirs.items()} == {
        names[key]: ours[names[key]] for key in theirs
    }
    assert len(theirs) == (4 if parameters is ALL_OF_NETWORK else 2)


@pytest.mark.parametrize("where", SOME)
@pytest.mark.parametrize("parameters", [NOTEBOOK, ALL_OF_NOTEBOOK], ids=["defaults", "everything"])
def test_the_roles_policy_is_that_of_the_template(module, parameters, where):
    theirs = resources("notebook", parameters, where)["Policy"]["Properties"]["PolicyDocument"]
    assert rendered(module, **variables(parameters, where))["role"] == theirs


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("domain_name", "Corp"),
        ("account_id", "1"),
        ("domain_owner", "1"),
        ("repository_name", "a/b"),
        ("client_accounts", ["1"]),
    ],
)
def test_a_bad_value_is_refused(module, name, value):
    with pytest.raises(AssertionError, match="Invalid value for variable"):
        rendered(module, **{**variables(NETWORK, "aws"), name: value})


def test_the_lifecycle_script_is_that_of_the_template():
    template = (MODULES / "modules" / "notebook" / "stub.sh.tftpl").read_text()
    p = ALL_OF_NOTEBOOK
    values = {
        "script_sha256": p["ScriptSha256"],
        "manifest_sha256": p["ManifestSha256"],
        "wheelhouse": f"s3://{p['WheelhouseBucket']}/jupyterlab-codeartifact",
        "region": "eu-central-1",
        "domain_name": p["DomainName"],
        "domain_owner": p["DomainOwner"],
        "repository_name": "isolatedsm",
        "pin": "yes",
        "fleet_size": p["FleetSize"],
        "api_endpoint": p["ApiEndpoint"],
        "repositories_endpoint": p["RepositoriesEndpoint"],
    }
    ours = re.sub(
        r"\$\{(\w+)\}", lambda found: values.pop(found[1]) if found[1] != "region" else values["region"], template
    )
    assert set(values) == {"region"}
    [start] = resources("notebook", p)["NotebookLifecycle"]["Properties"]["OnStart"]
    assert ours == base64.b64decode(start["Content"]).decode()
