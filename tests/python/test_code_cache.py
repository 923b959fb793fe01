"""The compiled code of the engine: kept for the next start, in a folder that is the user's alone."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from jupyterlab_codeartifact import code_cache as module
from jupyterlab_codeartifact import node
from jupyterlab_codeartifact.code_cache import code_cache
from jupyterlab_codeartifact.engine_environment import engine_environment

ROOT = Path(__file__).parents[2]


@pytest.fixture
def command(tmp_path):
    """Runs a command in a home of its own, and answers it with the files of compiled code that it left."""
    home = tmp_path / "home"
    home.mkdir()
    given = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(ROOT)}

    def run(*argv: str) -> tuple[subprocess.CompletedProcess[str], list[Path]]:
        done = subprocess.run(
            [sys.executable, "-m", "jupyterlab_codeartifact", *argv],
            env=given,
            capture_output=True,
            text=True,
            cwd=home,
            timeout=120,
        )
        return done, list(home.glob(".cache/jupyterlab-codeartifact/engine/*/*"))

    return run


def test_a_command_leaves_its_compiled_code_for_the_next_one(command):
    before = None
    for _ in range(2):
        done, (kept,) = command("status")
        assert (done.returncode, done.stderr) == (0, "Not connected.\n")
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        # Written once: the second start read it.
        assert before in (None, kept.stat().st_mtime_ns)
        before = kept.stat().st_mtime_ns


def test_each_verb_has_its_own_and_one_that_failed_has_none(command):
    command("status")
    assert command("conect")[0].returncode == 2
    assert command("status", "--nonsense")[0].returncode == 2
    _, kept = command("--version")
    assert sorted(path.name.split("-")[0] for path in kept) == ["status", "version"]


@pytest.mark.parametrize(
    "spoil",
    [
        # V8 itself believes a flipped bit, and dies of it.
        lambda code: code[: len(code) // 2] + bytes([code[len(code) // 2] ^ 0x40]) + code[len(code) // 2 + 1 :],
        lambda code: bytes([code[0] ^ 1]) + code[1:],
        lambda code: code[:-5],
        lambda code: bytes(len(code)),
        lambda code: b"12",
        lambda code: b"",
    ],
)
def test_what_a_disk_has_spoilt_is_compiled_anew(command, spoil):
    _, (kept,) = command("status")
    code = kept.read_bytes()
    kept.write_bytes(spoil(code))
    done, (again,) = command("status")
    assert (done.returncode, done.stderr) == (0, "Not connected.\n")
    # Compiled anew, and kept anew: about the same functions ran.
    assert again.read_bytes() != spoil(code)
    assert len(again.read_bytes()) > len(code) / 2


@pytest.fixture
def say(tmp_path):
    """Runs an engine that says a word and nothing else, and answers what it said; all are of one size and version."""
    engine, folder = tmp_path / "engine", tmp_path / "kept"
    engine.mkdir()
    folder.mkdir()
    shutil.copy(node.engine_path(), engine)
    binary = node.find_node()

    def run(word: str) -> str:
        (engine / "main.cjs").write_text(f"(function (require) {{ console.log({word!r}) }})")
        return subprocess.run(
            [binary, str(engine / "engine.cjs"), "status"],
            env={module.VARIABLE: str(folder)},
            capture_output=True,
            text=True,
            timeout=60,
        ).stdout

    run.folder = folder
    return run


def test_another_engine_of_the_same_version_does_not_run_the_old_ones_code(say):
    """An editable install is built again and again, often to the same size; two environments may have one each."""
    assert (say("first"), say("again")) == ("first\n", "again\n")
    assert len(os.listdir(say.folder)) == 2


def test_what_was_kept_long_ago_goes_with_the_next_that_is_kept(say):
    say("first")
    (old,) = say.folder.iterdir()
    os.utime(old, (0, 0))
    say("again")
    assert old not in say.folder.iterdir()
    assert len(os.listdir(say.folder)) == 1


def test_the_folder_is_the_users_alone_and_holds_one_version(tmp_path):
    old = tmp_path / "cache" / "jupyterlab-codeartifact" / "engine" / "0.0.1" / "v24" / "code"
    old.parent.mkdir(parents=True)
    old.write_text("compiled")
    folder = code_cache("0.0.2")
    assert folder == str(old.parents[2] / "0.0.2")
    assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
    assert os.listdir(old.parents[2]) == ["0.0.2"]


@pytest.mark.parametrize("up", range(3))
@pytest.mark.parametrize("mode", [0o770, 0o702])
def test_a_folder_that_others_can_write_is_not_run_from(up, mode):
    folder = Path(code_cache("1"))
    [folder, *folder.parents][up].chmod(mode)
    assert code_cache("1") is None


def test_neither_is_a_link_or_a_file(tmp_path):
    folder = Path(code_cache("1"))
    elsewhere = tmp_path / "elsewhere"
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)
    assert code_cache("1") is None
    folder.unlink()
    folder.write_text("")
    assert code_cache("1") is None


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
    assert module.VARIABLE not in engine_environment()
