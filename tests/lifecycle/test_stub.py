"""The lifecycle configurations of infra/notebook.yaml, from lifecycle/publish to a notebook that starts."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess

import pytest

from tests.infra.templates import CASES, WHEELHOUSE, resources

from .conftest import wheelhouse_script
from .machine import AWS, ROOT
from .test_start import SCRIPT, assert_clean, installed, said
from .wheels import product


def stubs(**parameters: str) -> tuple[str, str]:
    """Both configurations' content, for the notebook instance and for Studio."""
    found = resources("notebook", {"DomainName": "corp", "DomainOwner": "111122223333", **WHEELHOUSE, **parameters})
    [start] = found["NotebookLifecycle"]["Properties"]["OnStart"]
    return start["Content"], found["StudioLifecycle"]["Properties"]["StudioLifecycleConfigContent"]


def test_it_fits_and_is_clean(tmp_path):
    instance, studio = stubs(**CASES[7][2])
    assert instance == studio
    assert len(instance) <= 16384
    script = tmp_path / "stub.sh"
    script.write_bytes(base64.b64decode(instance))
    assert b"\r" not in script.read_bytes()
    done = subprocess.run(["shellcheck", script], capture_output=True, text=True, check=False)
    assert done.stdout == ""


def stub(machine, **parameters: str) -> str:
    instance, studio = stubs(**parameters)
    return base64.b64decode(studio if machine.layout == "space" else instance).decode()


@pytest.fixture
def published(machine, tmp_path):
    """What lifecycle/publish uploads and prints, its `aws` being the machine's stand-in for S3."""
    folder = tmp_path / "wheelhouse"
    product(folder)
    (folder / "manifest.txt").write_text(wheelhouse_script().manifest(list(folder.glob("*.whl"))))
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    (bin_ / "aws").write_text((machine.root / "bin" / "aws").read_text().replace("/srv/", f"{machine.root}/"))
    (bin_ / "aws").chmod(0o755)
    command = [ROOT / "lifecycle" / "publish", "s3://wheels/releases/1", folder]
    env = {"PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return dict(line.split("=", 1) for line in done.stdout.splitlines())


def test_from_publish_to_a_connected_notebook(machine, published):
    assert published["ScriptSha256"] == hashlib.sha256(SCRIPT.read_bytes()).hexdigest()
    started = machine.start(stub(machine, **published))
    assert_clean(started)
    assert installed(machine) == ["1.0"]
    assert "connect, attempt 1: exit code 0" in started.log
    assert [call for call in started.calls if call.startswith("root aws")] == []


def test_another_script_is_not_run(machine, published):
    with (machine.s3 / "releases" / "1" / "start.sh").open("a") as script:
        script.write("# another\n")
    started = machine.start(stub(machine, **published))
    assert_clean(started)
    assert said(started) == [
        "codeartifact: s3://wheels/releases/1/start.sh was not fetched or has another SHA-256: nothing is run",
        "codeartifact: it was fetched, and is another: deploy with what lifecycle/publish prints",
    ]
    assert not machine.labconfig.exists()


def test_s3_is_missing(machine, published):
    (machine.s3 / "releases" / "1" / "start.sh").unlink()
    started = machine.start(stub(machine, **published))
    assert started.code == 0
    assert started.calls[-1] == "left in /tmp: "
    assert said(started)[0].endswith("nothing is run")
    assert "No such file" in said(started)[1]


def test_the_disk_is_full(machine, published):
    machine.tmp_size = "64k,nr_inodes=1"
    started = machine.start(stub(machine, **published))
    assert started.code == 0
    assert said(started)[-1] == "codeartifact: there is no room in /tmp: nothing is run"


#: What the platform allows: https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html
PLATFORM_SECONDS = 300


def test_its_limits_end_it_before_the_platform_does(machine):
    text = stub(machine, **WHEELHOUSE)
    limits = [
        int(most) + int(grace or 0)
        for grace, most in re.findall(r"(?<![-\w])timeout (?:--kill-after=(\d+) )?(\d+) ", text)
    ]
    fetching, reading, running = limits
    assert max(fetching, reading) + running == 285 < PLATFORM_SECONDS


#: Two limits of the stub's, in a second or two. Each is over only if something hangs.
QUICK = """#!/bin/bash
given=("$@")
for at in "${!given[@]}"; do
  case ${given[at]} in 50) given[at]=2 ;; 230) given[at]=1 ;; --kill-after=5) given[at]=--kill-after=0.1 ;; esac
done
exec /usr/bin/timeout "${given[@]}"
"""


@pytest.mark.parametrize("machine", ["notebook"], indirect=True)
@pytest.mark.parametrize("hangs", ["what was fetched", "a process that holds the pipe"])
def test_the_notebook_starts_when_something_hangs(machine, published, hangs):
    """The watchdog: without it the sleep would outlast the harness's own limit."""
    machine.program(machine.root / "bin" / "timeout", QUICK)
    if hangs == "what was fetched":
        text = "trap '' TERM\n(trap '' TERM; while :; do sleep 1000; done)\n"
        (machine.s3 / "releases" / "1" / "start.sh").write_text(text)
        published["ScriptSha256"] = hashlib.sha256(text.encode()).hexdigest()
    else:
        holds = AWS.replace("#!/bin/sh\n", "#!/bin/sh\nsetsid sleep 100000 &\n")
        machine.program(machine.root / "bin" / "aws", holds)
    started = machine.start(stub(machine, **published))
    assert started.code == 0
    assert started.calls[-1] == "left in /tmp: "


@pytest.mark.parametrize(
    "target", ["", "wheels/x", "s3://wheels", "s3://wheels/", "s3://Wheels/x", "s3://wheels/x/", "s3://wheels/a b"]
)
def test_publish_says_how_it_is_used(target, tmp_path):
    done = subprocess.run(
        [ROOT / "lifecycle" / "publish", target, tmp_path], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage:" in done.stderr


def test_publish_refuses_a_wheel_that_the_manifest_does_not_know(tmp_path):
    product(tmp_path)
    manifest = wheelhouse_script().manifest(list(tmp_path.glob("*.whl")))
    (tmp_path / "manifest.txt").write_text(manifest)
    for wheel in tmp_path.glob("jupyterlab*"):
        wheel.write_bytes(wheel.read_bytes() + b"x")
    done = subprocess.run(
        [ROOT / "lifecycle" / "publish", "s3://wheels/x", tmp_path], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "is not the wheel of manifest.txt" in done.stderr
