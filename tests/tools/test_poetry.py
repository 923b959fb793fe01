"""Poetry beside pip: the real one resolves and installs from the source that its project names."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from .environments import environment
from .room import BIN, CONNECTION, TOKEN, Room

AUTH = ".config/pypoetry/auth.toml"
BEFORE = '# the team\'s\n[http-basic.corp]\nusername = "me"\npassword = "s3cret"\n\n[pypi-token]\npypi = "pypi-AgEI"\n'
PROJECT = """\
[project]
name = "app"
version = "0.1.0"
requires-python = ">=3.10,<4.0"
dependencies = ["demo-palette"]

[tool.poetry]
package-mode = false
"""


def poetry(room: Room, *argv: str | Path, cwd: Path, env: dict[str, str] | None = None, code: int | None = 0):
    """Poetry with nothing from a cache and no keyring of this machine."""
    quiet = {"POETRY_KEYRING_ENABLED": "false", "POETRY_CACHE_DIR": str(cwd / "cache")}
    quiet |= {"HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": "127.0.0.1", "POETRY_VIRTUALENVS_IN_PROJECT": "true"}
    command = [environment("poetry-2.5.1", "poetry==2.5.1") / "bin" / "poetry", "--no-interaction"]
    done = room.run(*command, *argv, env={**quiet, **(env or {})}, cwd=cwd, code=code)
    assert not TOKEN.search(done.stdout + done.stderr)
    return done


def project(room: Room, name: str, source: str = "") -> Path:
    folder = room.home.parent / name
    folder.mkdir(exist_ok=True)
    (folder / "pyproject.toml").write_text(PROJECT + source)
    return folder


def source(room: Room, name: str = "codeartifact") -> str:
    """What `poetry source add` writes."""
    url = f"{room.world['indexUrl']}/pypi/isolatedsm/simple/"
    return f'\n[[tool.poetry.source]]\nname = "{name}"\nurl = "{url}"\npriority = "primary"\n'


@pytest.fixture(scope="module")
def connected(world, tmp_path_factory):
    """A home with an auth.toml of its user's, after one Connect for Poetry alone; what was there before."""
    room = Room(tmp_path_factory.mktemp("poetry") / "home", world)
    room.heal()
    room.settings({**CONNECTION, "tools": ["poetry"]})
    room.write(AUTH, BEFORE, 0o644)
    room.before = room.snapshot()
    room.document = room.ours("connect")
    assert room.document["verdict"] == "ok"
    return room


def test_the_line_that_is_told_is_all_that_a_project_needs(connected):
    """`poetry source add`, as the answer says it; then the real Poetry resolves and installs with the token."""
    folder = project(connected, "first")
    (file,) = connected.document["files"]
    program, *argv = file["next"]["text"].split()
    assert program == "poetry"
    poetry(connected, *argv, cwd=folder)
    poetry(connected, "install", cwd=folder)
    installed = {path.name.split("-")[0] for path in folder.glob(".venv/lib/*/site-packages/*.dist-info")}
    assert {"demo_palette", "demo_colors"} <= installed
    assert not TOKEN.search((folder / "poetry.lock").read_text() + (folder / "pyproject.toml").read_text())
    assert not connected.path(".netrc").exists()


def test_the_file_is_private_and_keeps_its_lines(connected):
    path = connected.path(AUTH)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text().startswith(BEFORE)


def test_a_renewal_rewrites_the_token_only(connected):
    lines = connected.path(AUTH).read_text().splitlines()
    connected.ours("refresh")
    after = connected.path(AUTH).read_text().splitlines()
    differ = [new for old, new in zip(lines, after, strict=True) if old != new]
    assert [line.partition("=")[0].strip() for line in differ] == ["password"]


SHADOWS = {
    "an empty variable": ({}, {"POETRY_HTTP_BASIC_CODEARTIFACT_PASSWORD": ""}, "CODEARTIFACT_PASSWORD"),
    "the project's poetry.toml": (
        {"poetry.toml": '[http-basic.codeartifact]\nusername = "aws"\npassword = "old"\n'},
        {},
        "http-basic.codeartifact in {project}/poetry.toml, line 1",
    ),
    "a source of another name": ({"name": "team"}, {}, "the source team in {project}/pyproject.toml, line 12"),
}


@pytest.mark.parametrize("case", SHADOWS, ids=list(SHADOWS))
def test_poetry_is_shadowed(connected, case):
    files, env, words = SHADOWS[case]
    folder = project(connected, "shadowed", source(connected, files.get("name", "codeartifact")))
    (folder / "poetry.toml").write_text(files.get("poetry.toml", ""))
    (folder / "poetry.lock").unlink(missing_ok=True)
    assert poetry(connected, "lock", cwd=folder, env=env, code=None).returncode != 0
    command = [BIN / "jupyter-codeartifact", "diagnose", "--rung", "tools", "--json"]
    document = json.loads(connected.run(*command, cwd=folder, env=env, code=None).stdout)
    rung = next(rung for rung in document["rungs"] if rung["id"] == "tools")
    assert rung["verdict"] != "ok"
    assert words.format(project=folder) in rung["summary"]
    assert rung["summary"].startswith(("Poetry does not use this connection", "Poetry cannot install because of"))


def test_what_is_not_in_the_way_is_not_told(connected):
    """A weaker config.toml, and a source of another name that has a password of its own."""
    connected.write(".config/pypoetry/config.toml", '[http-basic.codeartifact]\nusername = "x"\npassword = "old"\n')
    folder = project(connected, "beside", source(connected))
    poetry(connected, "lock", cwd=folder)
    command = [BIN / "jupyter-codeartifact", "diagnose", "--json"]
    document = json.loads(connected.run(*command, cwd=folder).stdout)
    connected.path(".config/pypoetry/config.toml").unlink()
    assert document["verdict"] == "ok"
    assert "Poetry can install from isolatedsm in a project that names it as a source" in document["summary"]


def test_disconnect_puts_all_back(connected):
    """Also what Poetry itself has rewritten since: only our table goes."""
    assert connected.ours("disconnect")["verdict"] == "ok"
    assert connected.snapshot() == connected.before
    connected.ours("connect")
    folder = project(connected, "edits")
    poetry(connected, "config", "http-basic.other", "you", "pw", cwd=folder)
    connected.ours("disconnect")
    left = connected.path(AUTH).read_text()
    added = ["[http-basic.other]", 'username = "you"', 'password = "pw"']
    assert sorted(filter(None, left.splitlines())) == sorted([*filter(None, BEFORE.splitlines()), *added])
    assert not TOKEN.search(left)
