"""What stands in the way of the connection is named, with file and line or variable, and pip agrees."""

from __future__ import annotations

from pathlib import Path

import pytest

from .environments import fresh, with_pip
from .room import BIN, CONNECTION

SIX = ("download", "--no-input", "--no-deps", "-q")


@pytest.fixture
def connected(room):
    room.settings({**CONNECTION, "tools": ["pip", "uv", "twine"]})
    assert room.ours("connect")["verdict"] == "ok"
    return room


def gets_six(room, python: Path, folder: Path, env: dict[str, str]) -> bool:
    """Whether this pip, in this environment, finds the emulator's own package."""
    done = room.pip(python, *SIX, "-d", str(folder), "six", env={"PIP_TIMEOUT": "2", **env}, code=None)
    return done.returncode == 0 and any(folder.glob("six-*"))


def told(room, env: dict[str, str]) -> tuple[dict, dict]:
    """The pip file as `status` lists it, and the tools rung of `diagnose`."""
    status = room.ours("status", env=env)
    listed = next(file for file in status["files"] if file["tool"] == "pip")
    document = room.ours("diagnose", "--rung", "tools", env=env, code=None)
    return listed, next(rung for rung in document["rungs"] if rung["id"] == "tools")


CASES = {
    "a conda environment's own pip.conf": (
        "{prefix}/pip.conf",
        "[global]\n# from the image\ntimeout = 5\nindex-url = {other}\n",
        {"CONDA_PREFIX": "{prefix}"},
        "index-url in {prefix}/pip.conf, line 4",
    ),
    "a virtual environment's own pip.conf": (
        "{prefix}/pip.conf",
        "[install]\nindex-url = {other}\n\n[download]\nindex-url: {other}\n",
        {"VIRTUAL_ENV": "{prefix}"},
        "index-url in [download] in {prefix}/pip.conf, line 5",
    ),
    "a file that PIP_CONFIG_FILE names": (
        "{home}/other.conf",
        "[global]\nindex-url = {other}\n",
        {"PIP_CONFIG_FILE": "{home}/other.conf"},
        "PIP_CONFIG_FILE ({home}/other.conf)",
    ),
    "no file at all, by PIP_CONFIG_FILE": (None, "", {"PIP_CONFIG_FILE": "/dev/null"}, "PIP_CONFIG_FILE (/dev/null)"),
    "the variable PIP_INDEX_URL": (None, "", {"PIP_INDEX_URL": "{other}"}, "the variable PIP_INDEX_URL ({other})"),
    "the variable PIP_NO_INDEX": (None, "", {"PIP_NO_INDEX": "1"}, "the variable PIP_NO_INDEX"),
    "a command's section in the user's file": (
        "{home}/.config/pip/pip.conf",
        "{now}\n[download]\nindex_url = {other}\n",
        {},
        "index-url in [download] in {home}/.config/pip/pip.conf, line 5",
    ),
    "a file that pip cannot read": (
        "{prefix}/pip.conf",
        "index-url = {other}\n",
        {"VIRTUAL_ENV": "{prefix}"},
        "{prefix}/pip.conf, which pip cannot read: on line 1",
    ),
}


@pytest.mark.parametrize("case", CASES, ids=list(CASES))
def test_pip_is_shadowed(connected, other_index, tmp_path, case):
    path, text, env, words = CASES[case]
    prefix = fresh(with_pip("newest"), tmp_path / "prefix")
    own = connected.path(".config/pip/pip.conf").read_text()
    values = {"prefix": prefix, "home": connected.home, "other": other_index, "now": own}
    assert gets_six(connected, prefix, tmp_path / "before", {})
    if path:
        connected.write(path.format(**values), text.format(**values))
    env = {name: value.format(**values) for name, value in env.items()}
    assert not gets_six(connected, prefix, tmp_path / "after", env)
    listed, rung = told(connected, env)
    assert not listed["effective"]
    assert any(words.format(**values) in reason for reason in listed["shadowedBy"]), listed["shadowedBy"]
    assert any(words.format(**values) in reason for reason in rung["evidence"]["shadows"])
    assert "pip does not use this connection because of" in rung["summary"]
    assert rung["fix"]["text"]
    assert rung["fix"]["who"] == "you"


def test_what_is_not_in_the_way_is_not_told(connected, other_index, tmp_path):
    """A weaker file, and an environment whose file says something else, change nothing for pip: nothing is said."""
    prefix = fresh(with_pip("newest"), tmp_path / "prefix")
    connected.write(prefix / "pip.conf", "[global]\ntimeout = 20\n[list]\nformat = json\n")
    connected.write(".pip/pip.conf", f"[global]\nindex-url = {other_index}\n")
    env = {"VIRTUAL_ENV": str(prefix), "PIP_CONFIG_FILE": ""}
    assert gets_six(connected, prefix, tmp_path / "found", env)
    listed, rung = told(connected, env)
    assert (listed["effective"], listed["shadowedBy"], rung["verdict"]) == (True, [], "ok")


@pytest.mark.parametrize("file", ["uv.toml", "pyproject.toml"])
def test_uv_is_shadowed_by_a_project(connected, other_index, tmp_path, file):
    """A project's default index wins over the user's in uv; the folder we are called from is the project."""
    project = tmp_path / "project"
    table = "[[index]]" if file == "uv.toml" else '[project]\nname = "p"\nversion = "1"\n\n[[tool.uv.index]]'
    connected.write(project / file, f'{table}\nname = "team"\nurl = "{other_index}"\ndefault = true\n')
    python = with_pip("newest") / "bin/python"
    uv = [BIN / "uv", "pip", "install", "--no-cache", "--python", python, "--target", tmp_path / "t"]
    assert connected.run(*uv, "team-only", cwd=project).returncode == 0
    done = connected.run(BIN / "jupyter-codeartifact", "status", "--json", cwd=project)
    assert str(project / file) in done.stdout


def test_uv_is_shadowed_by_a_variable(connected, other_index):
    status = connected.ours("status", env={"UV_DEFAULT_INDEX": other_index})
    listed = next(file for file in status["files"] if file["tool"] == "uv")
    assert any("UV_DEFAULT_INDEX" in reason for reason in listed["shadowedBy"])
    assert not listed["effective"]


def test_twine_is_shadowed_by_a_variable(connected, other_index):
    status = connected.ours("status", env={"TWINE_REPOSITORY_URL": other_index})
    listed = next(file for file in status["files"] if file["tool"] == "twine")
    assert any("TWINE_REPOSITORY_URL" in reason for reason in listed["shadowedBy"])
