"""lifecycle/on-start.sh as root for a user who planted programs and links wherever they may write."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from jupyterlab_codeartifact.protocol import PLUGIN_ID

from .test_lifecycle import PATH, REPOSITORY, SCRIPT, until

#: Everything that a script of root's might call by its name alone.
PLANTED = [
    *("id", "runuser", "su", "sudo", "timeout", "env", "getent", "cut", "date", "sleep", "mkdir", "mv", "stat"),
    *("readlink", "dirname", "basename", "mktemp", "rm", "systemctl", "sh", "bash", "test", "printf", "cat", "chown"),
]


@pytest.fixture
def hostile(second_user):
    """An environment of the second user's with a program under each name that root could call, and a run as root."""
    folder = Path(tempfile.mkdtemp(prefix="hostile-"))
    folder.chmod(0o755)

    class Hostile:
        user = second_user
        environment = folder / "env"
        home = Path(second_user.pw_dir)
        log = folder / "on-start.log"
        calls = folder / "calls"
        precious = folder / "precious"

        def own(self, path):
            os.lchown(path, second_user.pw_uid, second_user.pw_gid)
            return path

        def folder_of(self, path):
            for part in reversed([path, *path.parents]):
                if not part.exists():
                    self.own(part.mkdir() or part)
            return path

        def link(self, path, target):
            self.folder_of(path.parent)
            path.symlink_to(target)
            return self.own(path)

        def program(self, name, body):
            path = self.folder_of(self.environment / "bin") / name
            path.write_text(f'#!/bin/sh\necho "$(/usr/bin/id -u) {name} $*" >> {self.calls}\n{body}\n')
            path.chmod(0o755)
            self.own(path)

        def run(self, script=SCRIPT, **variables):
            given = {
                "PATH": f"{self.environment}/bin:{self.home}/bin:{PATH}",
                "HOME": str(self.home),
                "CODEARTIFACT_USER": second_user.pw_name,
                "CODEARTIFACT_ENVIRONMENT": str(self.environment),
                "CODEARTIFACT_LABCONFIG": str(folder / "etc" / "labconfig"),
                "CODEARTIFACT_LOG": str(self.log),
                "CODEARTIFACT_PAUSE": "0",
                **REPOSITORY,
                **variables,
            }
            done = subprocess.run(["/bin/bash", str(script)], env=given, cwd=self.home, capture_output=True, timeout=60)
            assert (done.returncode, done.stdout + done.stderr) == (0, b"")

        def called(self):
            """(user id, program) of each call."""
            return [(int(line.split()[0]), line.split()[1]) for line in self.calls.read_text().splitlines()]

    made = Hostile()
    made.calls.touch()
    made.calls.chmod(0o666)
    made.precious.write_text("root's\n")
    for name in PLANTED:
        real = shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin")
        made.program(name, f'exec {real} "$@"' if real else "exit 0")
    made.program("python", "echo 1.0; exit 0")
    made.program("jupyter-codeartifact", "exit 0")
    made.link(made.home / "bin", made.environment / "bin")
    try:
        yield made
    finally:
        shutil.rmtree(folder)


def test_root_runs_nothing_that_the_user_can_write(hostile):
    """Also when the user's folders stand first on the PATH that root's script was started with."""
    hostile.run(CODEARTIFACT_WHEELHOUSE="/nowhere", CODEARTIFACT_RESTART="yes")
    until(lambda: hostile.log.read_text().rstrip().endswith(" ends"))
    called = hostile.called()
    assert {name for uid, name in called if uid == hostile.user.pw_uid} >= {"python", "jupyter-codeartifact"}
    assert [name for uid, name in called if uid == 0] == []
    assert "exit code 0" in hostile.log.read_text()


def test_root_follows_no_link_of_the_users(hostile):
    """Neither where settings are written nor where the log is: each is written with the user's rights, or not."""
    folder = hostile.environment / "etc" / "labconfig"
    parts = folder / "default_setting_overrides.d"
    hostile.link(parts / "jupyterlab-codeartifact.json.new", hostile.precious)
    log = hostile.link(hostile.home / "on-start.log", hostile.precious)
    hostile.run(CODEARTIFACT_LABCONFIG=str(folder), CODEARTIFACT_LOG=str(log))
    until(lambda: (hostile.user.pw_uid, "jupyter-codeartifact") in hostile.called())
    assert hostile.precious.read_text() == "root's\n"
    assert not (parts / "jupyterlab-codeartifact.json").exists()


def test_a_folder_that_is_a_link_of_the_users_is_not_filled_by_root(hostile):
    roots = hostile.precious.with_name("roots")
    roots.mkdir()
    folder = hostile.link(hostile.environment / "labconfig", roots)
    hostile.run(CODEARTIFACT_LABCONFIG=str(folder))
    until(lambda: hostile.log.read_text().rstrip().endswith(" ends"))
    assert list(roots.iterdir()) == []
    assert "could not be written" in hostile.log.read_text()


def test_settings_in_the_users_own_environment_are_the_users(hostile):
    folder = hostile.environment / "etc" / "labconfig"
    hostile.folder_of(folder)
    hostile.run(CODEARTIFACT_LABCONFIG=str(folder))
    until(lambda: hostile.log.read_text().rstrip().endswith(" ends"))
    file = folder / "default_setting_overrides.d" / "jupyterlab-codeartifact.json"
    assert json.loads(file.read_text())[PLUGIN_ID]["repository"] == "team"
    assert file.stat().st_uid == hostile.user.pw_uid


def test_a_program_that_holds_the_pipe_does_not_hold_the_script(hostile):
    """The version is read from a pipe; what the user's Python leaves behind may keep it open."""
    hostile.program("python", f"setsid sh -c 'while [ -e {hostile.precious} ]; do sleep 0.1; done' & echo 1.0")
    hostile.run(CODEARTIFACT_WHEELHOUSE="/nowhere")
    until(lambda: hostile.log.read_text().rstrip().endswith(" ends"))
