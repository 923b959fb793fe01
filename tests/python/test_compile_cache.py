"""Node's compiled code of the engine: kept for the next start, in a folder that is the user's alone."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from jupyterlab_codeartifact import compile_cache as module
from jupyterlab_codeartifact.compile_cache import compile_cache
from jupyterlab_codeartifact.engine_environment import engine_environment

ROOT = Path(__file__).parents[2]


def test_a_command_leaves_its_compiled_code_for_the_next_one(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    command = [sys.executable, "-m", "jupyterlab_codeartifact", "--version"]
    given = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(ROOT)}
    before = None
    for _ in range(2):
        done = subprocess.run(command, env=given, capture_output=True, text=True, cwd=home, timeout=120, check=True)
        assert done.stderr == ""
        (kept,) = [path for path in home.glob(".cache/jupyterlab-codeartifact/engine/*/*/*") if path.is_file()]
        # Written once: the second start read it.
        assert before in (None, kept.stat().st_mtime_ns)
        before = kept.stat().st_mtime_ns


def test_the_folder_is_the_users_alone_and_holds_one_version(tmp_path):
    old = tmp_path / "cache" / "jupyterlab-codeartifact" / "engine" / "0.0.1" / "v24" / "code"
    old.parent.mkdir(parents=True)
    old.write_text("compiled")
    folder = compile_cache("0.0.2")
    assert folder == str(old.parents[2] / "0.0.2")
    assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
    assert os.listdir(old.parents[2]) == ["0.0.2"]


@pytest.mark.parametrize("up", range(3))
@pytest.mark.parametrize("mode", [0o770, 0o702])
def test_a_folder_that_others_can_write_is_not_run_from(up, mode):
    folder = Path(compile_cache("1"))
    [folder, *folder.parents][up].chmod(mode)
    assert compile_cache("1") is None


def test_neither_is_a_link_or_a_file(tmp_path):
    folder = Path(compile_cache("1"))
    elsewhere = tmp_path / "elsewhere"
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)
    assert compile_cache("1") is None
    folder.unlink()
    folder.write_text("")
    assert compile_cache("1") is None


def test_root_takes_the_place_from_no_variable(monkeypatch):
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", "/tmp/of-somebody")
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert module.cache_home() == "/home/me/.cache"
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert module.cache_home() == "/tmp/of-somebody"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert module.cache_home() == "/home/me/.cache"


def test_without_a_place_to_write_the_engine_compiles(tmp_path):
    (tmp_path / "cache").write_text("a file")
    assert "NODE_COMPILE_CACHE" not in engine_environment()
