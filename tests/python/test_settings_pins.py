"""Pins: an administrator's values hold against settings, flags and hand-made files."""

from __future__ import annotations

import json

import pytest

from jupyterlab_codeartifact.settings_resolver import page_policy, resolve_settings

from .test_settings import values

SYSTEM = {
    "the environment's overrides": lambda f: f.overrides,
    "the environment's overrides.d": lambda f: f.overrides.parent / "overrides.d" / "a.json",
    "the environment's labconfig": lambda f: f.labconfig(f.prefix / "etc" / "jupyter"),
    "the system's overrides": lambda f: f.usr / "lab" / "settings" / "overrides.json",
    "the system's labconfig": lambda f: f.labconfig(f.etc),
}


@pytest.mark.parametrize("place", SYSTEM)
def test_a_pin_holds_against_the_users_settings(folders, place):
    path = folders.write(SYSTEM[place](folders), {"domain": "corp", "tools": ["pip"], "pinned": ["domain", "tools"]})
    folders.user({"domain": "evil", "tools": ["pip"], "repository": "mine"})
    got = resolve_settings()
    assert values(got) == {"domain": "corp", "tools": ["pip"], "repository": "mine"}
    assert got["pins"]["domain"] == {"value": "corp", "file": str(path)}
    assert got["sources"]["domain"] == str(path)
    assert got["notes"] == [f"Your own value of domain, 'evil', is not used: {path} fixes it to 'corp'."]


def mine(folders, tmp_path, monkeypatch):
    """Every way in which a user without the administrator's rights may try to undo a pin."""
    evil = {"domain": "evil", "pinned": []}
    yield "labconfig in the user's Jupyter folder", lambda: folders.write(folders.labconfig(folders.config), evil)
    yield "a pin of one's own", lambda: folders.user({"domain": "evil", "pinned": ["domain"]})
    app = tmp_path / "app"
    folders.write(app / "settings" / "overrides.json", {"domain": "evil", "pinned": ["domain"]})
    yield "JUPYTERLAB_DIR", lambda: monkeypatch.setenv("JUPYTERLAB_DIR", str(app))
    config = tmp_path / "config"
    folders.write(folders.labconfig(config), {"domain": "evil", "pinned": ["domain"]})
    yield "JUPYTER_CONFIG_PATH", lambda: monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(config))
    yield "JUPYTER_CONFIG_DIR", lambda: monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(config))
    yield "JUPYTER_NO_CONFIG", lambda: monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    yield "JUPYTER_PLATFORM_DIRS", lambda: monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    data = tmp_path / "data"
    folders.write(data / "lab" / "settings" / "overrides.json", {"domain": "evil", "pinned": ["domain"]})
    yield "JUPYTER_PATH", lambda: monkeypatch.setenv("JUPYTER_PATH", str(data))
    yield "a file that cannot be read", lambda: folders.raw(folders.user_file, "{")


@pytest.mark.parametrize("number", range(9))
def test_no_file_or_variable_of_the_users_undoes_a_pin(folders, tmp_path, monkeypatch, number):
    path = folders.write(folders.overrides, {"domain": "corp", "pinned": ["domain"]})
    way, attempt = list(mine(folders, tmp_path, monkeypatch))[number]
    attempt()
    got = resolve_settings()
    assert values(got)["domain"] == "corp", way
    assert got["pins"]["domain"] == {"value": "corp", "file": str(path)}, way


def test_only_administrators_pin(folders):
    folders.user({"domain": "own", "pinned": ["domain"]})
    folders.write(folders.labconfig(folders.config), {"region": "eu-west-1", "pinned": ["region"]})
    got = resolve_settings()
    assert got["pins"] == {}
    assert '"pinned" in your own settings has no effect' in got["notes"][0]


def test_for_pins_the_system_counts_over_the_environment(folders):
    folders.write(folders.overrides, {"domain": "environment", "pinned": ["domain"]})
    path = folders.write(folders.labconfig(folders.etc), {"domain": "system", "pinned": ["domain"]})
    assert resolve_settings()["pins"]["domain"] == {"value": "system", "file": str(path)}


def test_a_pin_without_a_value_takes_another_administrators_or_the_default(folders):
    folders.write(folders.labconfig(folders.etc), {"domain": "corp"})
    folders.write(folders.overrides, {"pinned": ["domain", "scope"]})
    folders.user({"scope": "site", "domain": "evil"})
    got = resolve_settings()
    assert (values(got)["domain"], values(got)["scope"]) == ("corp", "user")


def test_pins_of_several_files_add_up(folders):
    folders.write(folders.overrides, {"domain": "corp", "pinned": ["domain"]})
    folders.write(folders.labconfig(folders.etc), {"region": "eu-west-1", "pinned": ["region"]})
    assert set(resolve_settings()["pins"]) == {"domain", "region"}


@pytest.mark.parametrize("bad", ["domain", {"domain": True}, [1], 7])
def test_a_bad_pin_list_is_said(folders, bad):
    path = folders.write(folders.overrides, {"domain": "corp", "pinned": bad})
    got = resolve_settings()
    assert values(got) == {"domain": "corp"}
    assert any(str(path) in note and "pinned" in note for note in got["unreadable"])


def test_a_pin_on_no_setting_is_said(folders):
    path = folders.write(folders.overrides, {"domain": "corp", "pinned": ["domian"]})
    assert resolve_settings()["notes"] == [f"{path} pins 'domian', which is not a setting."]


def test_the_policy_for_the_browser_has_pins_only(folders):
    folders.write(folders.overrides, {"domain": "corp", "apiEndpoint": "x", "pinned": ["domain"]})
    folders.user({"domain": "evil", "repository": "mine"})
    shown = json.loads(page_policy())
    assert shown["pinned"]["domain"]["value"] == "corp"
    assert set(shown["pinned"]) == {"domain"}
