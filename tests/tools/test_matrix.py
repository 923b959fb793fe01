"""One Connect, and every real tool works: three versions of pip, uv and twine, however the token is kept."""

from __future__ import annotations

import itertools

import pytest

from .distributions import BACKEND, sdist, wheel
from .environments import PIPS, with_pip
from .room import BIN, TOKEN, Room

COUNTER = itertools.count(1)
WAYS = [(c, m) for c in ("netrc", "inline") for m in ("index-url", "extra-index-url")]


@pytest.fixture(scope="module", params=WAYS, ids=["-".join(way) for way in WAYS])
def connected(request, world, other_index, tmp_path_factory):
    """A home whose pip.conf and uv.toml name a team's own index, after one Connect for all tools and tests."""
    credentials, mode = request.param
    room = Room(tmp_path_factory.mktemp("connected") / "home", world)
    room.heal()
    # Connected to a second index, as many are: ours must work beside it, and it must go on working.
    other = "extra-index-url" if mode == "index-url" else "index-url"
    room.write(".config/pip/pip.conf", f"# the team's\n[global]\n{other} = {other_index}\n")
    default = "" if mode == "index-url" else "default = true\n"
    room.write(".config/uv/uv.toml", f'[[index]]\nname = "team"\nurl = "{other_index}"\n{default}')
    room.before = room.snapshot()
    document = room.ours("connect", "--tools", "pip,uv,twine", "--credentials", credentials, "--index-mode", mode)
    assert document["verdict"] == "ok"
    assert all(file["effective"] and not file["shadowedBy"] for file in document["files"])
    room.credentials, room.mode = credentials, mode
    return room


def installed(room, target):
    return {path.name.split("-")[0]: path for path in target.glob("*.dist-info")}


@pytest.mark.parametrize("version", PIPS)
def test_pip(connected, version, tmp_path):
    python = with_pip(version)
    target = tmp_path / "target"
    done = connected.pip(python, "install", "--no-input", "--target", str(target), "demo-report", "team-only")
    assert set(installed(connected, target)) == {"demo_report", "demo_palette", "demo_colors", "six", "team_only"}
    assert "made by the emulator" in (target / "six.py").read_text()
    assert not TOKEN.search(done.stdout + done.stderr)
    shown = connected.pip(python, "config", "list").stdout
    assert bool(TOKEN.search(shown)) == (connected.credentials == "inline")
    assert connected.world["indexUrl"].split("//")[1] in shown


def test_uv(connected, tmp_path):
    target = tmp_path / "target"
    uv = [BIN / "uv", "pip", "install", "--no-cache", "--python", with_pip("newest") / "bin/python"]
    done = connected.run(*uv, "--target", target, "demo-report", "team-only")
    assert set(installed(connected, target)) == {"demo_report", "demo_palette", "demo_colors", "six", "team_only"}
    assert not TOKEN.search(done.stdout + done.stderr)
    lock = tmp_path / "project"
    lock.mkdir()
    (lock / "pyproject.toml").write_text(
        '[project]\nname = "p"\nversion = "1"\nrequires-python = ">=3.10"\ndependencies = ["six"]\n'
    )
    connected.run(BIN / "uv", "lock", "--no-cache", "--python", with_pip("newest") / "bin/python", cwd=lock)
    assert not TOKEN.search((lock / "uv.lock").read_text())


def test_twine(connected, tmp_path):
    name, version = "team-upload", f"0.{next(COUNTER)}"
    file, content = wheel(name, version)
    path = tmp_path / file
    path.write_bytes(content)
    done = connected.run(
        BIN / "twine", "upload", "--non-interactive", "--disable-progress-bar", "-r", "codeartifact", path
    )
    assert not TOKEN.search(done.stdout + done.stderr)
    target = tmp_path / "target"
    connected.pip(with_pip("newest"), "install", "--no-input", "--target", str(target), f"{name}=={version}")
    assert (target / "team_upload.py").exists()


def test_build_isolation(connected, tmp_path):
    """The environment that pip makes for a build gets the index, and the token, by the same files."""
    number = next(COUNTER)
    name, backend = f"needs-building-{number}", f"a-backend-{number}"
    made = (wheel(backend, "1.0", BACKEND), sdist(name, "2.0", backend))
    files = [(tmp_path / f, (tmp_path / f).write_bytes(content))[0] for f, content in made]
    upload = [BIN / "twine", "upload", "--non-interactive", "--disable-progress-bar", "-r", "codeartifact"]
    connected.run(*upload, *files)
    # A build takes five processes, and what differs between the modes is not how it is built.
    for version in PIPS if connected.mode == "index-url" else PIPS[:1]:
        target = tmp_path / version
        connected.pip(with_pip(version), "install", "--no-input", "--target", str(target), name)
        built = (target / f"{name.replace('-', '_')}.py").read_text()
        assert f"BUILT_BY = '{backend.replace('-', '_')}'" in built


def test_disconnect_puts_all_back(connected):
    assert connected.ours("disconnect")["verdict"] == "ok"
    assert connected.snapshot() == connected.before


def test_the_magic_of_a_notebook(room, tmp_path):
    """`%pip` of a kernel, and `!pip`, in the environment that the server runs in."""
    room.ours("connect")
    target = tmp_path / "target"
    magic = f"%pip install --no-input --no-cache-dir --target {target} demo-colors"
    shell = f"!pip download --no-input --no-cache-dir -d {target} six"
    done = room.run(BIN / "ipython", "--no-banner", "--colors=nocolor", "-c", f"{magic}\n{shell}")
    assert "Successfully installed demo-colors-2.0.0" in done.stdout
    assert list(target.glob("six-1.17.0*"))
