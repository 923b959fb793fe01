"""Where it is written: the environment's own file, and another user's home."""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest

from .environments import fresh, with_pip
from .room import CONNECTION, Room


@pytest.fixture
def installed(room, tmp_path) -> Path:
    """An environment of its own that holds pip and, by a path file, our command: what `--scope site` is about."""
    prefix = fresh(with_pip("newest"), tmp_path / "prefix")
    site = next(prefix.glob("lib/python3*/site-packages"))
    ours = next(Path(sys.prefix).glob("lib/python3*/site-packages"))
    root = Path(__file__).resolve().parents[2]
    (site / "ours.pth").write_text(f"{ours}\n{root}\n")
    return prefix


def test_scope_site_is_the_environment_that_runs_the_command(room, installed, tmp_path):
    """Not VIRTUAL_ENV, not the first pip of PATH: the environment whose Python runs us."""
    command = [installed / "bin/python", "-m", "jupyterlab_codeartifact.command"]
    room.run(*command, "connect", "--scope", "site", env={"VIRTUAL_ENV": str(tmp_path / "another")})
    written = installed / "pip.conf"
    assert room.world["indexUrl"] in written.read_text()
    assert not room.path(".config/pip/pip.conf").exists()
    room.pip(installed, "download", "--no-input", "-d", str(tmp_path / "d"), "six")
    assert list((tmp_path / "d").glob("six-1.17.0*"))
    shown = room.run(*command, "status", "--json").stdout
    assert str(written) in shown
    assert '"scope":"site"' in shown
    room.run(*command, "disconnect")
    assert not written.exists()


@pytest.fixture
def another_user():
    """A second user with a home, as ec2-user is to root; gone afterwards."""
    if os.geteuid() != 0:
        pytest.skip("only root can act for another user")
    name = f"ca-tools-{os.getpid()}"
    subprocess.run(["useradd", "--create-home", name], check=True)
    try:
        yield pwd.getpwnam(name)
    finally:
        subprocess.run(["userdel", "--remove", name], check=False, capture_output=True)


def files_of(home: Path) -> list[str]:
    """What Connect would leave in a home."""
    names = (".netrc", ".pypirc", ".config/pip/*", ".config/uv/*", ".local/share/jupyter/codeartifact/*")
    return sorted(str(path) for name in names for path in home.glob(name))


def test_root_for_another_user(world, another_user):
    """A lifecycle script runs as root; every file must be the user's from its first byte, and nobody else's."""
    room = Room(Path(another_user.pw_dir) / "unused", world)
    roots = Path(pwd.getpwuid(0).pw_dir)
    before = files_of(roots)
    flags = ["--domain", CONNECTION["domain"], "--domain-owner", CONNECTION["domainOwner"]]
    flags += ["--repository", CONNECTION["repository"], "--tools", "pip,uv,twine"]
    room.ours("connect", "--user", another_user.pw_name, *flags, env={"HOME": str(roots)})
    home = Path(another_user.pw_dir)
    for name in (".netrc", ".pypirc", ".config/pip/pip.conf", ".config/uv/uv.toml", ".config", ".config/pip"):
        found = (home / name).stat()
        assert (found.st_uid, found.st_gid) == (another_user.pw_uid, another_user.pw_gid), name
        assert found.st_mode & 0o077 == 0 or (home / name).is_dir()
    state = [p for p in (home / ".local").rglob("*") if p.is_file()]
    assert state
    assert all(p.stat().st_uid == another_user.pw_uid for p in state)
    room.ours("disconnect", "--user", another_user.pw_name, env={"HOME": str(roots)})
    assert not (home / ".netrc").exists()
    assert not (home / ".config").exists()
    assert files_of(roots) == before
