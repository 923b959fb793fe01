"""`jupyter codeartifact settings`, as an administrator runs it: with the engine itself, on files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from jupyterlab_codeartifact import node
from jupyterlab_codeartifact.settings_files import read_override_files
from jupyterlab_codeartifact.settings_paths import SettingsPaths
from jupyterlab_codeartifact.settings_report import explain
from jupyterlab_codeartifact.settings_resolver import resolve_settings

ROOT = Path(__file__).parents[2]
PLUGIN = "jupyterlab-codeartifact:plugin"


@pytest.fixture
def run(tmp_path):
    """The command in an empty home; `go.lab` is the folder of overrides.json, `go.user` the user's own file."""

    def go(*argv):
        env = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "PYTHONPATH": str(ROOT),
            "JUPYTERLAB_DIR": str(tmp_path / "lab"),
        }
        command = [sys.executable, "-m", "jupyterlab_codeartifact", "settings", *argv]
        return subprocess.run(command, env=env, capture_output=True, text=True, cwd=tmp_path, timeout=120)

    go.overrides = tmp_path / "lab/settings/overrides.json"
    go.overrides.parent.mkdir(parents=True)
    go.user = tmp_path / ".jupyter/lab/user-settings/jupyterlab-codeartifact/plugin.jupyterlab-settings"
    go.user.parent.mkdir(parents=True)
    return go


def write(path, **values):
    path.write_text(json.dumps({PLUGIN: values}))


def test_each_value_with_its_file_and_what_it_beat(run):
    write(run.overrides, domain="corp", repository="team")
    run.user.write_text('{"domain": "mine", "region": "eu-west-1"}')
    done = run("--explain")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    at = lines.index("domain = 'mine'")
    assert lines[at + 1 : at + 4] == [
        "    from user settings",
        f"    over 'corp', {run.overrides}",
        "    over '', default",
    ]
    assert "region = 'eu-west-1'" in lines
    told = json.loads(run("--explain", "--json").stdout)
    assert told["settings"]["repository"] == {
        "value": "team",
        "source": str(run.overrides),
        "pinned": False,
        "beat": [{"value": "", "source": "default"}],
    }


def test_a_pin_beats_the_user(run, tmp_path):
    folder = str(run.overrides.parent)
    write(run.overrides, domain="corp", pinned=["domain"])
    run.user.write_text('{"domain": "mine"}')
    paths = SettingsPaths((("settings", folder),), (("settings", folder),), str(run.user), "", {folder: folder})
    rows, notes = explain(paths)
    row = next(row for row in rows if row.name == "domain")
    beat = [("mine", "user settings"), ("", "default")]
    assert (row.value, row.source, row.pinned, row.beat) == ("corp", str(run.overrides), True, beat)
    assert notes == [f"Your own value of domain, 'mine', is not used: {run.overrides} fixes it to 'corp'."]


def test_a_broken_file_is_told(run):
    run.overrides.write_text('{"jupyterlab-codeartifact:plugin": {"domain": "corp",}')
    done = run("--explain")
    assert done.returncode == 0
    assert f"The settings in {run.overrides} are not used: line 1" in done.stderr


def test_a_file_that_is_right(run):
    write(run.overrides, domain="corp", domainOwner="111122223333", repository="team", pinned=["domain"])
    done = run("--check", str(run.overrides))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{run.overrides} is right.\n", "")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"domian": "corp"}, '"domian" is not a setting. Is "domain" meant?'),
        ({"pinned": ["domain"]}, '"domain" is pinned without a value here'),
        ({"pinned": ["repositry"]}, '"pinned" names "repositry", which is not a setting. Is "repository" meant?'),
        ({"pinned": "domain"}, '"pinned" is not a list of names'),
        ({"domain": "UPPER"}, "domain"),
        ({"domainOwner": 111122223333}, "domainOwner"),
        ({"durationSeconds": 5}, "durationSeconds"),
        ({"tools": ["pip", "conda"]}, "tools"),
        ({"apiEndpoint": "http://example.com"}, "apiEndpoint"),
    ],
)
def test_a_file_that_is_wrong(run, values, said):
    write(run.overrides, **values)
    done = run("--check", str(run.overrides))
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    told = json.loads(run("--check", str(run.overrides), "--json").stdout)
    assert told["verdict"] == "invalid_settings"
    assert told["problems"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "line 1"),
        ("[]", "an object in curly brackets is expected"),
        ('{"jupyterlab-codeartifact": {}}', 'Is "jupyterlab-codeartifact" meant?'),
        ('{"jupyterlab-codeartifact:plugin": 1}', "is not an object"),
    ],
)
def test_a_file_that_is_no_overrides(run, text, said):
    run.overrides.write_text(text)
    done = run("--check", str(run.overrides))
    assert done.returncode == 2
    assert said in done.stderr
    assert "No such file" not in done.stderr


def test_a_file_that_is_not_there(run):
    done = run("--check", "/nowhere/overrides.json")
    assert done.returncode == 2
    assert "cannot be read: no such file or directory" in done.stderr


def test_wrong_usage(run):
    assert run("--explain", "--check", "x").returncode == 2
    assert run("--what").returncode == 2


def test_a_broken_file_that_may_pin_fails_closed(run, tmp_path):
    """What it pins is not known: nothing is connected, and the sentence says what to do."""
    folder = str(run.overrides.parent)
    run.overrides.write_text('{"jupyterlab-codeartifact:plugin": {"domain": "corp",}')
    paths = SettingsPaths((("settings", folder),), (("settings", folder),), str(run.user), "", {folder: folder})
    resolved = resolve_settings(paths)
    [file] = read_override_files("settings", folder)
    trouble = file.trouble
    assert trouble.startswith("line 1")
    assert resolved["notes"] == []
    assert resolved["unreadable"] == [
        f"{run.overrides} cannot be read: {trouble}. "
        "It may pin settings, so nothing is connected until an administrator has corrected it."
    ]
    given = {**resolved, "settings": {"domain": "mine", "domainOwner": "1" * 12, "repository": "own"}, "kernels": []}
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "JUPYTERLAB_CODEARTIFACT_INPUT": json.dumps(given)}
    engine = [node.find_node("", trust_wheel=True), node.engine_file()]
    for verb, code in (("connect", 2), ("diagnose", 2), ("status", 0), ("disconnect", 0)):
        done = subprocess.run([*engine, verb, "--json"], env=env, capture_output=True, text=True, timeout=60)
        told = json.loads(done.stdout)
        assert (verb, done.returncode) == (verb, code)
        assert resolved["unreadable"][0] in (told["summary"] if code else told["notes"])
