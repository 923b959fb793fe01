"""What a user leaves for lifecycle/start.sh to find: links to what is root's, files that programs read at their start,
and processes that outlive the program which started them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from .machine import AWS, ROOT, UID
from .test_start import PLUGIN, assert_clean, installed, said

SCRIPT = ROOT / "lifecycle" / "start.sh"
PINS = "jupyterlab-codeartifact.json"


@pytest.fixture
def precious(tmp_path):
    """A file and a folder of root's, and a check that nothing has come to them."""
    folder = tmp_path / "machine" / "etc" / "precious"

    def make() -> tuple[str, str]:
        (folder / "folder").mkdir(parents=True)
        (folder / "file").write_text("root's\n")
        return "/etc/precious/file", "/etc/precious/folder"

    yield make
    assert (folder / "file").read_text() == "root's\n"
    assert list((folder / "folder").iterdir()) == []


def link(machine, path: Path, target: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)
    machine.own(machine.home, machine.environment, machine.root / "log" / "studio")
    os.lchown(path, UID, UID)


@pytest.fixture
def space(request, machine):
    if machine.layout != "space":
        pytest.fail("ask for the layout by its parameter")
    return machine


in_a_space = pytest.mark.parametrize("machine", ["space"], indirect=True)


@in_a_space
@pytest.mark.parametrize("where", ["the new file", "the folder"])
def test_pins_in_a_space_follow_no_link_to_what_is_roots(space, publish, precious, where):
    """There the script has the user's rights only: what the link leads to stays as it is, and nothing else happens."""
    file, folder = precious()
    if where == "the folder":
        link(space, space.labconfig.parent, folder)
    else:
        link(space, space.labconfig.with_suffix(".json.new"), file)
    started = space.start(SCRIPT, **publish(space))
    assert started.code == 0
    assert said(started)[-1].startswith("ERROR: the pins could not be written")
    assert started.calls[:-1] == []


@in_a_space
def test_a_log_that_is_a_link_is_not_written(space, publish, precious):
    file, _ = precious()
    link(space, space.log, file)
    started = space.start(SCRIPT, **publish(space))
    assert_clean(started)
    assert said(started)[-1] == "connects in the background; what comes of it is in /dev/null"


@in_a_space
def test_pins_in_a_space_are_the_users_own(space, publish):
    assert_clean(space.start(SCRIPT, **publish(space)))
    assert json.loads(space.labconfig.read_text())[PLUGIN]["repository"] == "isolatedsm"
    assert space.labconfig.stat().st_uid == UID


def test_links_in_the_home_lead_root_nowhere(notebook, publish, precious):
    file, folder = precious()
    for name in (".config", ".jupyter", ".local", ".cache", ".aws", ".ipython"):
        link(notebook, notebook.home / name, folder)
    for name in (".netrc", ".npmrc", ".bashrc", ".bash_profile", ".profile", "pip.conf"):
        link(notebook, notebook.home / name, file)
    started = notebook.start(SCRIPT, **publish(notebook))
    assert_clean(started)
    assert "ec2-user jupyter-codeartifact connect" in started.calls


def test_what_programs_read_at_their_start_is_read_by_no_program_of_roots(notebook, publish):
    """Also where the platform itself were to hand such variables on."""
    note = 'echo "planted as $(id -un)" >> /srv/calls\n'
    for name in (".bashrc", ".bash_profile", ".profile", ".npmrc"):
        (notebook.home / name).write_text(note)
    write = "with open('/srv/calls', 'a') as calls: print('planted as', getpass.getuser(), file=calls)"
    planted = f"import getpass\n{write}\n"
    site = notebook.home / ".local/lib/python3.11/site-packages"
    site.mkdir(parents=True)
    [environment] = notebook.environment.glob("lib/python3*/site-packages")
    for folder in (site, notebook.home, environment):
        (folder / "sitecustomize.py").write_text(planted)
        (folder / "usercustomize.py").write_text(planted)
    notebook.own(notebook.home, notebook.environment)
    variables = {
        "PYTHONPATH": "/home/ec2-user",
        "PYTHONSTARTUP": "/home/ec2-user/sitecustomize.py",
        "ENV": "/home/ec2-user/.profile",
        "LD_PRELOAD": "/home/ec2-user/planted.so",
        "LD_LIBRARY_PATH": "/home/ec2-user",
        "npm_config_userconfig": "/home/ec2-user/.npmrc",
    }
    started = notebook.start(SCRIPT, **publish(notebook), **variables)
    assert started.code == 0
    # The loader's one line is about the shell that SageMaker itself starts; no program after it hears of the library.
    assert started.stderr.count("planted.so") == 1
    assert [call for call in started.calls if call == "planted as root"] == []
    assert installed(notebook) == ["1.0"]


def test_a_program_that_holds_the_pipe_does_not_hold_the_script(notebook, publish):
    """As a credential_process of the user's does that leaves something running; the harness would wait for ever."""
    holds = "setsid sleep 100000 &\n"
    notebook.program(notebook.root / "bin" / "aws", AWS.replace("#!/bin/sh\n", f"#!/bin/sh\n{holds}"))
    started = notebook.start(SCRIPT, **publish(notebook), CODEARTIFACT_LIMIT="2")
    assert_clean(started)
    assert "s3://wheels/team/manifest.txt could not be copied" in said(started)


def test_a_connect_that_hangs_is_not_waited_for(notebook, publish):
    notebook.start(SCRIPT, **publish(notebook))
    command = notebook.environment / "bin" / "jupyter-codeartifact"
    notebook.program(command, "#!/bin/sh\nuntil [ -e ~/released ]; do sleep 0.02; done; kill -SEGV $$\n")
    script = f"{SCRIPT.read_text().removesuffix('exit 0' + chr(10))}touch /home/ec2-user/released\n"
    started = notebook.start(script, **publish(notebook))
    assert_clean(started)
    assert [line.split(": ", 1)[1] for line in started.log.splitlines() if "attempt" in line][1:] == [
        f"connect, attempt {attempt}: exit code 139" for attempt in (1, 2, 3)
    ]


def test_without_a_place_for_the_log_the_notebook_starts_and_connects(notebook, publish):
    (notebook.root / "log" / "jupyterlab-codeartifact.log").mkdir()
    started = notebook.start(SCRIPT, **publish(notebook))
    assert_clean(started)
    assert said(started)[-1] == "connects in the background; what comes of it is in /dev/null"
    assert installed(notebook) == ["1.0"]


def test_an_empty_configuration_changes_nothing(machine):
    started = machine.start(SCRIPT)
    assert_clean(started)
    assert started.calls[:-1] == []
    assert not machine.labconfig.exists()
