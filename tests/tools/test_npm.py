"""npm beside pip: the real npm publishes, looks, installs and is told what stands in its way."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from .room import BIN, CONNECTION, TOKEN, Room
from .watch import Watch

NPMRC = "# the team's\nsave-exact = true\n@corp:registry=https://corp.example/npm/\n"


def npm(room: Room, *argv: str | Path, cwd: Path, env: dict[str, str] | None = None, code: int | None = 0):
    """npm without its own traffic beside: no audit, no news, no retries, and a cache of its own."""
    quiet = {f"npm_config_{name}": "false" for name in ("audit", "fund", "update_notifier")}
    quiet |= {"npm_config_fetch_retries": "0", "npm_config_cache": str(room.home.parent / "npm-cache")}
    quiet |= {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9", "NO_PROXY": "127.0.0.1"}
    done = room.run(BIN / "npm", *argv, env={**quiet, **(env or {})}, cwd=cwd, code=code)
    assert not TOKEN.search(done.stdout + done.stderr)
    return done


def package(folder: Path, name: str, version: str, **more: object) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    manifest = {"name": name, "version": version, "main": "index.js", **more}
    (folder / "package.json").write_text(json.dumps(manifest))
    (folder / "index.js").write_text(f"module.exports = {json.dumps(name)};\n")
    return folder


@pytest.fixture(scope="module")
def connected(world, tmp_path_factory):
    """A home with an .npmrc of its user's, after one Connect for npm; what was there before; two packages published."""
    room = Room(tmp_path_factory.mktemp("npm") / "home", world)
    room.heal()
    room.settings({**CONNECTION, "tools": ["npm"]})
    room.write(".npmrc", NPMRC, 0o644)
    room.before = room.snapshot()
    with Watch(room.home) as watch:
        document = room.ours("connect")
    assert document["verdict"] == "ok"
    assert watch.seen
    assert not watch.token()
    projects = room.home.parent
    npm(room, "publish", cwd=package(projects / "colors", "demo-npm-colors", "1.2.0"))
    needs = {"demo-npm-colors": "^1.0.0"}
    npm(room, "publish", cwd=package(projects / "palette", "@demo/palette", "2.0.0", dependencies=needs))
    return room


def app(room: Room, name: str) -> Path:
    return package(room.home.parent / name, name, "1.0.0")


def test_npm_views_packs_and_installs_with_dependencies(connected, tmp_path):
    folder = app(connected, "installs")
    assert npm(connected, "view", "demo-npm-colors", "version", cwd=folder).stdout.strip() == "1.2.0"
    npm(connected, "ping", cwd=folder)
    npm(connected, "install", "@demo/palette", cwd=folder)
    assert (folder / "node_modules/@demo/palette/index.js").exists()
    assert (folder / "node_modules/demo-npm-colors/index.js").exists()
    assert not TOKEN.search((folder / "package-lock.json").read_text())
    npm(connected, "pack", "demo-npm-colors", cwd=tmp_path)
    assert (tmp_path / "demo-npm-colors-1.2.0.tgz").exists()


def test_the_file_is_private_and_keeps_its_lines(connected):
    path = connected.path(".npmrc")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text().startswith(NPMRC)
    shown = npm(connected, "config", "ls", cwd=connected.home).stdout
    assert "(protected)" in shown


def test_a_renewal_rewrites_the_token_only(connected):
    lines = connected.path(".npmrc").read_text().splitlines()
    connected.ours("refresh")
    after = connected.path(".npmrc").read_text().splitlines()
    differ = [new for old, new in zip(lines, after, strict=True) if old != new]
    assert [line.partition("=")[0].rpartition(":")[2] for line in differ] == ["_authToken"]
    npm(connected, "view", "demo-npm-colors", cwd=app(connected, "renewed"))


SHADOWS = {
    "a project's .npmrc": ({"registry": "https://corp.example/"}, {}, "registry in {project}/.npmrc, line 1"),
    "a variable in capitals": ({}, {"NPM_CONFIG_REGISTRY": "https://corp.example/"}, "variable NPM_CONFIG_REGISTRY"),
    "offline": ({"offline": "true"}, {}, "offline in {project}/.npmrc, line 1, which keeps npm from every registry"),
    "an old token that names no registry": ({"_authToken": "old"}, {}, "_authToken in {project}/.npmrc, line 1, at"),
    "a proxy of npm's own that is gone": (
        {"https-proxy": "http://127.0.0.1:9"},
        {"NO_PROXY": ""},
        "https-proxy in {project}/.npmrc, line 1, which does not answer",
    ),
    "what is no proxy": ({"proxy": "proxy.corp"}, {"NO_PROXY": ""}, "proxy in {project}/.npmrc, line 1, at which npm"),
    "another user's file": ({}, {"npm_config_userconfig": "/dev/null"}, "No file of npm names this connection"),
}


@pytest.mark.parametrize("case", SHADOWS, ids=list(SHADOWS))
def test_npm_is_shadowed(connected, case):
    settings, env, words = SHADOWS[case]
    project = app(connected, "shadowed")
    lines = "".join(f"{name}={value}\n" for name, value in settings.items())
    (project / ".npmrc").write_text(lines)
    # What another test has looked at must not be there for npm, which is offline in one of the cases.
    fresh = {**env, "npm_config_cache": str(project / "cache")}
    assert npm(connected, "view", "demo-npm-colors", cwd=project, env=fresh, code=None).returncode != 0
    command = [BIN / "jupyter-codeartifact", "diagnose", "--rung", "tools", "--json"]
    document = json.loads(connected.run(*command, cwd=project, env=env, code=None).stdout)
    rung = next(rung for rung in document["rungs"] if rung["id"] == "tools")
    assert rung["verdict"] != "ok"
    assert words.format(project=project) in rung["summary"]
    assert "npm" in rung["summary"]


def test_the_diagnosis_says_so(connected):
    document = connected.ours("diagnose")
    assert "npm can install from isolatedsm" in document["summary"]
    rung = next(rung for rung in document["rungs"] if rung["id"] == "tools")
    assert rung["summary"].startswith("npm uses http://127.0.0.1:")
    assert "/npm/isolatedsm/" in rung["summary"]


def test_an_ended_token_is_told_by_both(connected):
    connected.control("POST", "/age-tokens", {"milliseconds": 13 * 3600 * 1000})
    failed = npm(connected, "view", "demo-npm-colors", cwd=app(connected, "ended"), code=None)
    assert "E401" in failed.stderr
    connected.ours("connect")
    npm(connected, "view", "demo-npm-colors", cwd=app(connected, "ended"))


def test_disconnect_puts_all_back(connected):
    """Also what npm itself has rewritten since: only our two lines go."""
    assert connected.ours("disconnect")["verdict"] == "ok"
    assert connected.snapshot() == connected.before
    connected.ours("connect")
    npm(connected, "config", "set", "init-license=MIT", "--location=user", cwd=connected.home)
    connected.ours("disconnect")
    left = connected.path(".npmrc").read_text()
    assert sorted(left.split("\n")) == sorted(
        ["", "@corp:registry=https://corp.example/npm/", "init-license=MIT", "save-exact=true"]
    )


def test_login_takes_npm_as_the_cli_does(room):
    argv = ["--domain", "analytics", "--domain-owner", CONNECTION["domainOwner"], "--repository", "isolatedsm"]
    files = {}
    for name, program in {"aws": [BIN / "aws", "codeartifact"], "ours": [BIN / "jupyter-codeartifact"]}.items():
        other = Room(room.home.parent / name, room.world)
        other.run(*program, "login", "--tool", "npm", *argv)
        lines = other.path(".npmrc").read_text().splitlines()
        files[name] = {line.partition("=")[0]: line.partition("=")[2] for line in lines if line}
    token = next(name for name in files["aws"] if name.endswith(":_authToken"))
    assert files["ours"]["registry"] == files["aws"]["registry"]
    assert set(files["ours"]) == {"registry", token}
