"""As root: another user's files are used as that user, or not at all."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from jupyterlab_codeartifact import code_cache, node, run_as_user
from jupyterlab_codeartifact.engine_environment import engine_environment
from jupyterlab_codeartifact.run_as_user import CannotSwitchUser, check_home, refuse_files_of_others, switch_to_user

from .test_command import ROOT, RUN
from .test_remembered import RECORD

#: Before the fixture of all tests puts the test's own in its place.
CACHE_HOME = code_cache.cache_home

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act for another user")

#: What another user may not be able to read any more: this Python may be in root's home.
IMPORTS = "import json, os, pwd, re, shlex, shutil, site, sys, jupyter_core.paths\n" + "".join(
    f"import jupyterlab_codeartifact.{path.stem}\n"
    for path in sorted((ROOT / "jupyterlab_codeartifact").glob("[a-z]*.py"))
    if path.stem not in ("app", "handlers", "kernel_specs", "engine_process", "engine_supervisor", "engine_output")
)
#: Runs the command with the real engine.
REAL = "import sys\nfrom jupyterlab_codeartifact import command\nsys.exit(command.main())"


@pytest.fixture
def command():
    """The command as a process of root's, with an environment of its own."""

    def go(*argv, code=RUN, cwd="/", **env):
        given = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **env}
        return subprocess.run(
            [sys.executable, "-c", code, *argv], env=given, capture_output=True, text=True, cwd=cwd, timeout=120
        )

    return go


@pytest.fixture
def planted(second_user):
    """A home whose owner put a program into the AWS profile, and links to root's files where Connect writes."""
    home = Path(second_user.pw_dir)
    folder = Path(tempfile.mkdtemp(prefix="planted-"))
    folder.chmod(0o755)

    class Planted:
        user = second_user
        precious = folder / "precious"
        ran = folder / "ran"

        def profile(self):
            (home / ".aws").mkdir()
            program = home / "program.sh"
            program.write_text(f"#!/bin/sh\nid -u >> {self.ran}\nexit 1\n")
            program.chmod(0o755)
            (home / ".aws/config").write_text(f"[default]\nregion = eu-west-1\ncredential_process = {program}\n")

        def links(self):
            for name in (".netrc", ".config/pip/pip.conf", ".local/state/jupyterlab-codeartifact/before.json"):
                path = home / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.symlink_to(self.precious)
            self.own()

        def own(self):
            subprocess.run(["chown", "-hR", f"{second_user.pw_uid}:{second_user.pw_gid}", str(home)], check=True)

    made = Planted()
    made.home = home
    made.precious.write_text("root's\n")
    made.ran.touch()
    made.ran.chmod(0o666)
    try:
        yield made
    finally:
        shutil.rmtree(folder)


@only_root
@pytest.mark.parametrize("verb", ["connect", "status", "diagnose", "disconnect", "login"])
def test_root_with_a_users_home_is_told_the_command_that_works(command, planted, verb):
    planted.profile()
    planted.links()
    before = sorted(planted.home.rglob("*"))
    done = command(verb, "--json", "--repository", "a b", code=REAL, HOME=str(planted.home))
    name = planted.user.pw_name
    assert done.returncode == 2
    (sentence,) = done.stderr.splitlines()
    assert f"HOME is {planted.home} and belongs to {name}" in sentence
    assert sentence.endswith(f"jupyter codeartifact {verb} --json --repository 'a b' --user {name}")
    assert json.loads(done.stdout)["verdict"] == "invalid_settings"
    assert planted.ran.read_text() == ""
    assert planted.precious.read_text() == "root's\n"
    assert sorted(planted.home.rglob("*")) == before


@only_root
def test_with_the_user_named_the_users_programs_run_as_the_user(command, planted):
    """The profile is the user's, and so is what its credential_process may do."""
    planted.profile()
    planted.own()
    flags = ["--domain", "corp", "--domain-owner", "111122223333", "--repository", "team", "--rung", "credentials"]
    done = command("diagnose", "--json", "--user", planted.user.pw_name, *flags, code=REAL, HOME="/root")
    assert json.loads(done.stdout)["schema"] == 1, done.stderr
    assert set(planted.ran.read_text().split()) == {str(planted.user.pw_uid)}


@only_root
@pytest.mark.parametrize(
    "name", ["XDG_CONFIG_HOME", "JUPYTER_DATA_DIR", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "PIP_CONFIG_FILE"]
)
@pytest.mark.parametrize("tail", ["", "there/is/nothing/yet"])
def test_root_with_its_own_home_uses_no_file_of_others_either(command, planted, name, tail, tmp_path):
    planted.own()
    done = command("status", HOME=str(tmp_path), **{name: str(planted.home / tail)})
    assert done.returncode == 2
    assert f"--user {planted.user.pw_name}" in done.stderr
    assert done.stderr.startswith(f"{name} is ")


@only_root
def test_a_link_of_the_users_counts_wherever_it_leads(command, planted, tmp_path):
    link = planted.home / "roots"
    link.symlink_to(tmp_path)
    planted.own()
    for value in (link, link / "below"):
        assert command("status", HOME=str(value)).returncode == 2
    roots = tmp_path / "link"
    roots.symlink_to(planted.home)
    assert command("status", HOME=str(roots)).returncode == 2


@only_root
def test_root_with_its_own_files_is_left_alone(command, tmp_path):
    done = command("status", HOME=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")


@only_root
def test_an_owner_whom_nobody_knows_has_no_command(monkeypatch, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    os.chown(home, 987_654, 987_654)
    monkeypatch.setenv("HOME", str(home))
    with pytest.raises(CannotSwitchUser, match="987654") as told:
        refuse_files_of_others(["status"])
    assert "--user" not in str(told.value)


@only_root
def test_the_environment_that_the_command_runs_in_counts_too(monkeypatch, tmp_path, second_user):
    """`--scope site` writes there, and pins are read from there."""
    own = Path(tempfile.mkdtemp())
    try:
        os.chown(own, second_user.pw_uid, second_user.pw_gid)
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setattr(sys, "prefix", str(own))
        with pytest.raises(CannotSwitchUser, match="Python is"):
            refuse_files_of_others(["status"])
    finally:
        own.rmdir()


@only_root
async def test_a_server_of_roots_with_a_users_home_uses_nothing_of_it(extension, api, planted, monkeypatch):
    planted.profile()
    monkeypatch.setenv("HOME", planted.user.pw_dir)
    for method, verb in [("GET", "state"), ("POST", "connect"), ("POST", "disconnect"), ("GET", "repositories")]:
        code, told = await api(verb, method)
        assert (code, told["reason"]) == (503, "engine_failed")
        assert f"belongs to {planted.user.pw_name}" in told["message"]
        assert f"Start Jupyter Server as {planted.user.pw_name}" in told["message"]
    assert extension.engine.starts == 0
    assert planted.ran.read_text() == ""


@only_root
async def test_nor_is_a_page_told_what_a_link_of_a_users_leads_to(api, planted, monkeypatch, tmp_path):
    planted_record = tmp_path / "state.json"
    planted_record.write_text(json.dumps({**RECORD, "expiresAt": 4e12}))
    kept = Path(planted.user.pw_dir) / ".local/state/jupyterlab-codeartifact/state.json"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.symlink_to(planted_record)
    monkeypatch.setenv("HOME", planted.user.pw_dir)
    code, told = await api("state", params={"known": "1"})
    assert (code, told["reason"]) == (503, "engine_failed")
    assert f"belongs to {planted.user.pw_name}" in told["message"]


@only_root
def test_root_makes_no_folder_where_a_users_link_leads(monkeypatch, tmp_path, second_user):
    """As for `node --version`, before anybody has asked whose home it is."""
    monkeypatch.setattr(code_cache, "cache_home", CACHE_HOME)
    target = tmp_path / "of-root"
    target.mkdir()
    home = Path(second_user.pw_dir)
    (home / ".cache").symlink_to(target)
    os.lchown(home / ".cache", second_user.pw_uid, second_user.pw_gid)
    monkeypatch.setenv("HOME", str(home))
    assert code_cache.VARIABLE not in engine_environment()
    assert list(target.iterdir()) == []


@only_root
async def test_nor_does_it_connect_by_itself(extension, planted, monkeypatch, caplog):
    monkeypatch.setenv("HOME", planted.user.pw_dir)
    await extension._auto_connect()
    assert extension.engine.starts == 0
    assert "belongs to" in caplog.text


@only_root
@pytest.mark.parametrize("whose", ["a user's", "open to all", "a link of a user's"])
def test_root_finds_no_node_that_a_user_may_have_put_there(monkeypatch, tmp_path, second_user, whose):
    real, folder = tmp_path / "real", tmp_path / "bin"
    for each in (real, folder):
        each.mkdir(mode=0o755)
        (each / "node").write_text("#!/bin/sh\necho v22.0.0\n")
        (each / "node").chmod(0o755)
    if whose == "a user's":
        os.chown(folder, second_user.pw_uid, second_user.pw_gid)
    elif whose == "open to all":
        folder.chmod(0o777)
    else:
        (folder / "node").unlink()
        (folder / "node").symlink_to(real / "node")
        os.lchown(folder / "node", second_user.pw_uid, second_user.pw_gid)
    monkeypatch.setattr(node, "bundled_node", str)
    monkeypatch.setenv("PATH", os.pathsep.join([str(folder), str(real), os.environ["PATH"]]))
    assert node.find_node() == str(real / "node")


def test_who_is_not_root_is_not_asked(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    monkeypatch.setattr(run_as_user, "_owner", lambda path: pytest.fail("looked at files"))
    refuse_files_of_others(["status"])


@only_root
@pytest.mark.parametrize("env", [{}, {"HOME": ""}])
def test_without_a_home_there_is_one_sentence(env):
    """A user id without an entry in the user database, as containers have."""
    code = f"{IMPORTS}os.setgid(54321); os.setuid(54321)\n{RUN}"
    done = subprocess.run(
        [sys.executable, "-c", code, "connect", "--json"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        text=True,
        cwd="/",
        timeout=60,
    )
    assert done.returncode == 2
    (sentence,) = done.stderr.splitlines()
    assert "HOME is not set, and user 54321" in sentence
    assert json.loads(done.stdout)["verdict"] == "invalid_settings"


def test_an_empty_home_is_no_home(monkeypatch):
    """Python takes it for the root folder."""
    monkeypatch.setenv("HOME", "")
    check_home()
    assert "HOME" not in os.environ
    assert os.path.expanduser("~") == pwd.getpwuid(os.geteuid()).pw_dir


def test_only_root_acts_for_others(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(CannotSwitchUser, match="Only root"):
        switch_to_user("root")


@only_root
def test_as_root_for_another_user_nothing_of_roots_is_left(monkeypatch, tmp_path):
    """In a child of its own: there is no way back."""
    entry = pwd.getpwnam("nobody")
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        try:
            os.environ.update(XDG_CONFIG_HOME="/root/x", JUPYTER_DATA_DIR="/root/y", AWS_REGION="eu-west-1")
            os.setgroups([0, 4])
            switch_to_user("nobody")
            told = {
                "ids": [*os.getresuid(), *os.getresgid()],
                "groups": os.getgroups(),
                "home": os.environ["HOME"],
                "left": [n for n in ("XDG_CONFIG_HOME", "JUPYTER_DATA_DIR") if n in os.environ],
                "region": os.environ.get("AWS_REGION"),
                "umask": os.umask(0),
            }
            try:
                os.setuid(0)
                told["back"] = True
            except PermissionError:
                told["back"] = False
            os.write(writing, json.dumps(told).encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    told = json.loads(os.read(reading, 10_000))
    assert told["ids"] == [entry.pw_uid] * 3 + [entry.pw_gid] * 3
    assert not {0, 4} & set(told["groups"])
    assert told["home"] == entry.pw_dir
    assert told["left"] == []
    assert told["region"] == "eu-west-1"
    assert told["umask"] == 0o077
    assert told["back"] is False
