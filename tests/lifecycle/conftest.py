"""An environment that stands for AWS's: Python, pip, and a jupyter_server that must not move."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess

import pytest

from .machine import ROOT, Machine
from .wheels import build, product

#: The version that SageMaker chose in this test's world.
SERVER = "2.14.0"


def wheelhouse_script():
    """scripts/wheelhouse.py as a module; scripts/ is no package."""
    spec = importlib.util.spec_from_file_location("wheelhouse", ROOT / "scripts" / "wheelhouse.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session", autouse=True)
def as_root():
    assert os.geteuid() == 0, "these tests make namespaces: run them as root"


@pytest.fixture(scope="session")
def environment(tmp_path_factory):
    """A virtual environment of the system's Python, which every user can read."""
    folder = tmp_path_factory.mktemp("environment")
    wheel = build(folder / "wheels", "jupyter-server", SERVER)
    subprocess.run(["/usr/bin/python3", "-m", "venv", folder / "env"], check=True)
    pip = [folder / "env/bin/python", "-I", "-m", "pip", "--isolated", "install", "--quiet", "--no-index", wheel]
    subprocess.run(pip, check=True, env={"PATH": os.environ["PATH"], "PIP_CONFIG_FILE": os.devnull})
    return folder / "env"


@pytest.fixture(params=["notebook", "space"])
def machine(request, tmp_path, environment):
    return Machine(tmp_path / "machine", request.param, environment)


@pytest.fixture
def notebook(tmp_path, environment):
    return Machine(tmp_path / "machine", "notebook", environment)


@pytest.fixture
def publish():
    """Puts a wheelhouse into a machine's S3; answers the variables that start.sh gets for it."""

    def put(machine: Machine, version: str = "1.0", **options) -> dict[str, str]:
        folder = machine.s3 / "team"
        for old in folder.glob("*"):
            old.unlink()
        product(folder, version, **options)
        text = wheelhouse_script().manifest(list(folder.glob("*.whl")))
        (folder / "manifest.txt").write_text(text)
        return {
            "CODEARTIFACT_WHEELHOUSE": "s3://wheels/team",
            "CODEARTIFACT_MANIFEST_SHA256": hashlib.sha256(text.encode()).hexdigest(),
            "CODEARTIFACT_DOMAIN": "corp",
            "CODEARTIFACT_DOMAIN_OWNER": "111122223333",
            "CODEARTIFACT_REPOSITORY": "isolatedsm",
            "CODEARTIFACT_REGION": "eu-central-1",
            "CODEARTIFACT_PAUSE": "0",
        }

    return put
