"""Disconnect: every byte as it was; where somebody edited meanwhile, only our lines go."""

from __future__ import annotations

import os
import stat

import pytest

from .environments import with_pip

PIP = ".config/pip/pip.conf"
#: An index that uv asks only where a project says so: one that it asked before ours would have to answer.
UV = '# uv\nnative-tls = true\n[[index]]\nname = "old"\nurl = "https://old.example/simple"\nexplicit = true\n'

#: Files as people have them: comments, CRLF, no last newline, wide modes, other entries.
BEFORE = {
    "nothing": {},
    "years of care": {
        PIP: ("# ours\r\n[global]\r\ntimeout = 60\r\nIndex_URL: https://old.example/simple/\r\n", 0o644),
        ".netrc": ("machine example.org login me password x # mine\n", 0o600),
        ".pypirc": ("[distutils]\nindex-servers =\n    pypi\n\n[pypi]\nusername = __token__", 0o640),
        ".config/uv/uv.toml": (UV, 0o644),
    },
    "read by the owner only": {PIP: ("[install]\nno-cache-dir = yes\n", 0o600), ".netrc": ("", 0o600)},
}


@pytest.mark.parametrize("credentials", ["netrc", "inline"])
@pytest.mark.parametrize("name", BEFORE, ids=list(BEFORE))
def test_every_byte_and_mode(room, name, credentials):
    for path, (text, mode) in BEFORE[name].items():
        room.write(path, text, mode)
    before = room.snapshot()
    flags = ["--tools", "pip,uv,twine", "--credentials", credentials]
    assert room.ours("connect", *flags)["verdict"] == "ok"
    between = room.snapshot()
    assert between != before
    for path, (found, _, content) in between.items():
        if content and b"aws" in content and b"password" in content:
            assert stat.S_IMODE(found) == 0o600, path
    # A second Connect with nothing to change (another token apart) and a refresh leave the way back as it was.
    room.ours("connect", *flags)
    assert room.ours("disconnect")["verdict"] == "ok"
    assert room.snapshot() == before


def test_a_link_stays_a_link(room, tmp_path):
    target = room.write("dotfiles/pip.conf", "[global]\ntimeout = 9\n")
    room.path(".config/pip").mkdir(parents=True)
    os.symlink(target, room.path(PIP))
    before = room.snapshot()
    room.ours("connect")
    assert room.path(PIP).is_symlink()
    room.ours("disconnect")
    assert room.snapshot() == before


def test_edited_meanwhile_by_pip_itself(room, other_index):
    """`pip config set` rewrites the whole file: comments and spacing go, our line stays, and only it goes."""
    python = with_pip("newest")
    room.write(PIP, f"# mine\n[global]\nindex-url = {other_index}\n")
    room.ours("connect")
    room.pip(python, "config", "set", "global.timeout", "33")
    room.pip(python, "config", "set", "install.no-compile", "true")
    document = room.ours("disconnect")
    assert "edited" in " ".join(document.get("notes", [])) + document["summary"]
    shown = room.pip(python, "config", "list").stdout
    assert f"global.index-url='{other_index}'" in shown
    assert "global.timeout='33'" in shown
    assert "install.no-compile='true'" in shown
    assert room.world["indexUrl"].split("//")[1] not in shown
    assert not room.path(".netrc").exists()


def test_somebodys_own_index_stays(room, other_index):
    """Who set another index since Connect meant it: Disconnect does not take it, nor put the old one back."""
    python = with_pip("newest")
    room.write(PIP, "[global]\nindex-url = https://old.example/simple/\n")
    room.ours("connect")
    room.pip(python, "config", "set", "global.index-url", other_index)
    room.ours("disconnect")
    assert other_index in room.pip(python, "config", "list").stdout


def test_nothing_is_written_when_nothing_changes(room):
    """`duration 0` apart a new token is a change; the files of pip and uv with netrc have none."""
    room.ours("connect", "--tools", "pip,uv")
    files = [room.path(PIP), room.path(".config/uv/uv.toml")]
    before = [(path.stat().st_mtime_ns, path.stat().st_ino) for path in files]
    room.ours("connect", "--tools", "pip,uv")
    assert [(path.stat().st_mtime_ns, path.stat().st_ino) for path in files] == before
