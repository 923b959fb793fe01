"""lifecycle/start.sh runs as root beside a user who owns the environment, and its pins fail closed."""

from __future__ import annotations

import json
import os

import pytest

from .machine import PATH, ROOT, UID
from .test_start import PLUGIN, assert_clean, installed, said

SCRIPT = ROOT / "lifecycle" / "start.sh"
#: Everything that the script calls by name.
PROGRAMS = [
    *("aws", "cat", "chmod", "compgen", "cut", "date", "env", "getent", "grep", "head", "id", "mkdir", "mktemp", "mv"),
    *(
        "printf",
        "rm",
        "runuser",
        "sed",
        "sh",
        "sha256sum",
        "sleep",
        "stat",
        "systemctl",
        "tail",
        "timeout",
        "tr",
        "uname",
    ),
]


def test_root_runs_nothing_of_the_users_environment(notebook, publish):
    """Found once: the environment's bin stood first in root's PATH."""
    for name in PROGRAMS:
        notebook.program(
            notebook.environment / "bin" / name, f'#!/bin/sh\necho "hostile {name} as $(id -un)" >> /srv/calls\n'
        )
    (notebook.home / "bin").symlink_to("/home/ec2-user/anaconda3/envs/JupyterSystemEnv/bin")
    theirs = "/home/ec2-user/anaconda3/envs/JupyterSystemEnv/bin:/home/ec2-user/bin"
    started = notebook.start(SCRIPT, **publish(notebook), PATH=f"{theirs}:{PATH}")
    assert_clean(started)
    assert [call for call in started.calls if "as root" in call] == []
    assert installed(notebook) == ["1.0"]


def test_the_users_settings_of_pip_and_python_do_not_decide(notebook, publish):
    config = notebook.home / ".config/pip/pip.conf"
    config.parent.mkdir(parents=True)
    config.write_text("[global]\ntarget = /home/ec2-user/elsewhere\nindex-url = https://127.0.0.1:9/\n")
    (notebook.environment / "pip.conf").write_text("[global]\nprefix = /home/ec2-user/elsewhere\n")
    (notebook.home / ".local/lib/python3.11/site-packages").mkdir(parents=True)
    (notebook.home / ".local/lib/python3.11/site-packages/usercustomize.py").write_text("raise SystemExit(9)\n")
    notebook.own(notebook.home, notebook.environment)
    started = notebook.start(SCRIPT, **publish(notebook), PIP_TARGET="/tmp/elsewhere", PYTHONPATH="/home/ec2-user")
    assert_clean(started)
    assert installed(notebook) == ["1.0"]
    assert not (notebook.home / "elsewhere").exists()


def test_with_root_access_disabled_the_user_cannot_change_the_pins(notebook, publish):
    """The user of this machine cannot become root, as with RootAccess Disabled; the script still can do everything."""
    started = notebook.start(SCRIPT, **publish(notebook))
    assert_clean(started)
    path = notebook.labconfig
    while path != notebook.etc.parent:
        status = path.stat()
        assert status.st_uid == 0
        assert status.st_mode & 0o022 == 0
        path = path.parent


@pytest.mark.parametrize("kind", ["owned by the user", "writable by all", "a link", "a link to nothing"])
def test_pins_are_not_written_where_the_user_could_lead_them(notebook, publish, kind):
    folder = notebook.etc / "jupyter"
    if kind.startswith("a link"):
        if kind == "a link":
            (notebook.home / "mine").mkdir()
        folder.symlink_to("/home/ec2-user/mine")
    else:
        folder.mkdir()
        folder.chmod(0o777 if kind == "writable by all" else 0o755)
        os.chown(folder, 0 if kind == "writable by all" else UID, 0)
    started = notebook.start(SCRIPT, **publish(notebook))
    assert_clean(started)
    assert said(started)[-1].startswith("ERROR: /etc/jupyter/labconfig/default_setting_overrides.d is not root's alone")
    assert started.calls[:-1] == []
    assert list(notebook.home.rglob("*.json")) == []


def test_pins_that_cannot_be_written_keep_the_rest_from_happening(machine, publish):
    folder = machine.labconfig.parents[2]
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file where a folder should be")
    started = machine.start(SCRIPT, **publish(machine))
    assert started.code == 0
    assert said(started)[-1].endswith(": nothing is installed or connected")
    assert said(started)[-1].startswith("ERROR: the pins could not be written")
    assert started.calls[:-1] == []


BAD = [
    ("CODEARTIFACT_DOMAIN", 'x", "pinned": ["y'),
    ("CODEARTIFACT_DOMAIN", "UPPER"),
    ("CODEARTIFACT_DOMAIN_OWNER", "1111"),
    ("CODEARTIFACT_REPOSITORY", "a/b"),
    ("CODEARTIFACT_REGION", "$(reboot)"),
    ("CODEARTIFACT_REGION", "eu-west-1 .*"),
    ("CODEARTIFACT_API_ENDPOINT", "http://vpce-1.api.codeartifact.eu-west-1.vpce.amazonaws.com"),
    ("CODEARTIFACT_FLEET_SIZE", "many; reboot"),
    ("CODEARTIFACT_FLEET_SIZE", "09"),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_mistyped_value_stops_everything_and_is_told(notebook, publish, name, value):
    started = notebook.start(SCRIPT, **{**publish(notebook), name: value})
    assert_clean(started)
    assert said(started)[-1].startswith("ERROR: '")
    assert said(started)[-1].endswith(": nothing is installed or connected")
    assert started.calls[:-1] == []
    assert not notebook.labconfig.exists()


def test_values_without_pins(notebook, publish):
    notebook.start(SCRIPT, **publish(notebook), CODEARTIFACT_PIN="no")
    assert json.loads(notebook.labconfig.read_text())[PLUGIN]["pinned"] == []


@pytest.mark.parametrize("wrong", ["no user", "no environment", "no metadata", "metadata that is no JSON"])
def test_a_machine_that_is_not_as_expected(notebook, publish, wrong):
    if wrong == "no user":
        (notebook.etc / "passwd").write_text("root:x:0:0:root:/root:/bin/bash\n")
    elif wrong == "no environment":
        (notebook.environment / "bin" / "python").unlink()
    else:
        (notebook.root / "metadata" / "resource-metadata.json").write_text(
            "" if wrong == "no metadata" else '{"ResourceArn": '
        )
    variables = publish(notebook)
    script = SCRIPT.read_text()
    started = notebook.start(script, **variables)
    assert started.code == 0
    assert said(started)[-1].endswith(": nothing to do")
    assert not notebook.labconfig.exists()
