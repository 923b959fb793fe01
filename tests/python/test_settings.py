"""Which value counts: JupyterLab's own layers, and pins that hold against hand-made files."""

from __future__ import annotations

import itertools
import json
import os

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from jupyterlab_codeartifact import settings_paths
from jupyterlab_codeartifact.protocol import DEFAULTS, PLUGIN_ID
from jupyterlab_codeartifact.settings_files import LARGEST_FILE, LARGEST_JSON5
from jupyterlab_codeartifact.settings_resolver import page_policy, resolve_settings


def values(given):
    return given["settings"]


def test_nothing_set_is_nothing_sent(folders):
    assert resolve_settings() == {
        "settings": {},
        "pins": {},
        "sources": {},
        "notes": [],
        "allowedEndpointHosts": [],
        "dataDir": str(folders.data),
    }


#: From weakest to strongest.
LAYERS = {
    "overrides.d": lambda f: f.overrides.parent / "overrides.d" / "a.json",
    "overrides.json": lambda f: f.overrides,
    "overrides.json5": lambda f: f.overrides.with_suffix(".json5"),
    "labconfig.d of the system": lambda f: f.etc / "labconfig" / "default_setting_overrides.d" / "a.json",
    "labconfig of the system": lambda f: f.labconfig(f.etc),
    "labconfig of the environment": lambda f: f.labconfig(f.prefix / "etc" / "jupyter"),
    "labconfig of the user": lambda f: f.labconfig(f.config),
}


@pytest.mark.parametrize(("weak", "strong"), list(itertools.pairwise(LAYERS)))
def test_the_stronger_layer_counts(folders, weak, strong):
    folders.write(LAYERS[weak](folders), {"domain": "weak", "region": "eu-west-1"})
    path = folders.write(LAYERS[strong](folders), {"domain": "strong"})
    got = resolve_settings()
    assert values(got) == {"domain": "strong", "region": "eu-west-1"}
    assert got["sources"]["domain"] == str(path)


def test_the_user_counts_over_every_override(folders):
    for path in LAYERS.values():
        folders.write(path(folders), {"domain": "override", "repository": "team"})
    folders.user({"domain": "own"})
    got = resolve_settings()
    assert values(got) == {"domain": "own", "repository": "team"}
    assert got["sources"]["domain"] == "user settings"


def test_settings_files_may_have_comments(folders):
    folders.raw(folders.user_file, '// mine\n{\n  "domain": "own", // why\n  "tools": ["pip", "uv",],\n}\n')
    assert values(resolve_settings()) == {"domain": "own", "tools": ["pip", "uv"]}


def test_null_takes_a_value_back(folders):
    folders.write(LAYERS["overrides.d"](folders), {"domain": "x", "region": "eu-west-1"})
    folders.write(LAYERS["overrides.json"](folders), {"domain": None})
    folders.user({"region": None})
    assert values(resolve_settings()) == {"region": "eu-west-1"}


def test_a_configured_lab_has_its_own_folders(folders, tmp_path):
    folders.write(tmp_path / "app" / "overrides.json", {"domain": "app"})
    own = tmp_path / "own" / "jupyterlab-codeartifact" / "plugin.jupyterlab-settings"
    folders.raw(own, '{"repository": "mine"}')
    got = resolve_settings(settings_paths.SettingsPaths.find(str(tmp_path / "app"), str(tmp_path / "own")))
    assert values(got) == {"domain": "app", "repository": "mine"}


UNREADABLE = [
    (b'{\n "domain": "x",\n "region": \n}', "line 4"),
    (b'{"domain": "x"', "line 1"),
    (b"[]", "line 1"),
    (b'"domain"', "line 1"),
    (b'{"domain": "\xff"}', "line 1: it is not UTF-8"),
    (b'{\n"a": "b",\n"domain": "\xff"}', "line 3: it is not UTF-8"),
    (b'{"a":' * 100_000, "nested too deeply"),
    (b" " * (LARGEST_FILE + 1), "larger than"),
    (
        b'{"domain": // mine\n' + b" " * LARGEST_JSON5 + b'"x"}',
        "line 1: a value is expected (comments are read in files",
    ),
]


@pytest.mark.parametrize(("text", "word"), UNREADABLE)
def test_a_bad_file_is_named_with_its_line_and_the_other_layers_work(folders, text, word):
    folders.write(folders.overrides, {"domain": "corp"})
    path = folders.raw(folders.user_file, text)
    got = resolve_settings()
    assert values(got) == {"domain": "corp"}
    assert len(got["notes"]) == 1
    assert str(path) in got["notes"][0]
    assert word in got["notes"][0]


@pytest.mark.parametrize("kind", LAYERS)
@pytest.mark.parametrize("text", [b"{", b'{"jupyterlab-codeartifact:plugin": 7}', b"[]", b"\xff"])
def test_a_bad_override_is_named_and_the_other_layers_work(folders, kind, text):
    path = folders.raw(LAYERS[kind](folders), text)
    folders.user({"domain": "own"})
    got = resolve_settings()
    assert values(got) == {"domain": "own"}
    assert any(str(path) in note and "administrator" in note for note in [*got["notes"], *got.get("unreadable", [])])


def test_a_user_file_that_may_not_be_read_is_a_note(folders):
    folders.user_file.mkdir(parents=True)
    assert str(folders.user_file) in resolve_settings()["notes"][0]


def test_empty_and_marked_files_are_read_as_people_mean_them(folders):
    folders.raw(folders.user_file, b"")
    assert resolve_settings()["notes"] == []
    folders.raw(folders.user_file, b'\xef\xbb\xbf{"domain": "own"}')
    assert values(resolve_settings()) == {"domain": "own"}


def test_other_keys_are_not_passed_on(folders):
    folders.user({"domain": "own", "pins": {}, "notASetting": 1})
    assert values(resolve_settings()) == {"domain": "own"}


# --- pins ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["https://ada:hunter2@host", "https://ada:hun/ter2@host", "https//ada:hun ter2@host", "ada:h@unter2@host"],
)
def test_a_password_in_an_endpoint_is_not_shown_however_malformed_the_address_is(folders, address):
    folders.write(folders.overrides, {"apiEndpoint": address, "pinned": ["apiEndpoint"]})
    folders.user({"apiEndpoint": address + ":8443"})
    (note,) = resolve_settings()["notes"]
    assert note.count("***@host") == 2
    for shown in (note, page_policy()):
        assert not any(part in shown for part in ("hunter2", "ter2", "unter2", "ada"))


def test_what_a_note_shows_moves_no_cursor(folders):
    folders.write(folders.overrides, {"domain": "corp", "pinned": ["domain", "evil\x1b[2J"]})
    folders.user({"domain": "\x1b[31mred\nline"})
    assert not any("\x1b" in note for note in resolve_settings()["notes"])


# --- the same as JupyterLab ---------------------------------------------------------------------


def test_the_folders_are_jupyterlabs(folders, monkeypatch, tmp_path):
    from jupyterlab.commands import get_app_dir, get_user_settings_dir

    for _ in range(2):
        assert settings_paths.app_settings_dir() == os.path.join(get_app_dir(), "settings")
        assert settings_paths.user_settings_dir() == get_user_settings_dir()
        monkeypatch.setenv("JUPYTERLAB_DIR", str(tmp_path / "lab"))
        monkeypatch.setenv("JUPYTERLAB_SETTINGS_DIR", str(tmp_path / "own"))


value = st.one_of(st.none(), st.text("ab", max_size=2), st.booleans(), st.integers(0, 3), st.lists(st.text("ab")))
content = st.dictionaries(st.sampled_from(["domain", "repository", "tools", "fleetSize"]), value, max_size=4)


@hypothesis_settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
@given(files=st.dictionaries(st.sampled_from(sorted(LAYERS)), content, max_size=7))
def test_overrides_are_merged_as_jupyterlab_merges_them(folders, files):
    from jupyterlab_server.settings_utils import _get_overrides

    for kind, path in LAYERS.items():
        if kind in files:
            folders.write(path(folders), files[kind])
        else:
            path(folders).unlink(missing_ok=True)
    theirs, error = _get_overrides(settings_paths.app_settings_dir())
    assert not error
    assert values(resolve_settings()) == theirs.get(PLUGIN_ID, {})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ({PLUGIN_ID: {"domian": "x"}}, "sets 'domian', which is not a setting. Did you mean domain?"),
        ({PLUGIN_ID: {"qqqqq": 1}}, "sets 'qqqqq', which is not a setting."),
        ({"jupyterlab-codartifact:plugin": {"domain": "x"}}, "has the key 'jupyterlab-codartifact:plugin'"),
    ],
)
def test_a_misspelt_name_is_said(folders, text, said):
    folders.raw(folders.overrides, json.dumps(text))
    (note,) = resolve_settings()["notes"]
    assert said in note


def test_keys_of_other_extensions_are_their_own(folders):
    names = ["@jupyterlab/apputils-extension:themes", "jupyterlab-git:plugin", "jupyter-resource-usage:plugin"]
    folders.raw(folders.overrides, json.dumps({name: {} for name in names}))
    assert resolve_settings()["notes"] == []


def test_every_default_is_json():
    assert json.loads(json.dumps(DEFAULTS)) == DEFAULTS
