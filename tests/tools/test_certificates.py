"""Each tool has its own way to be told of an authority: green where it works, and only there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.emulated import emulator

from .distributions import wheel
from .room import BIN, CONNECTION, Room

#: Every tool's own way, so that the Connect of the room finds no fault.
OWN = ("PIP_CERT", "SSL_CERT_FILE", "TWINE_CERT", "npm_config_cafile")


@pytest.fixture(scope="module")
def behind_tls(tmp_path_factory) -> Iterator[dict]:
    file = tmp_path_factory.mktemp("authority") / "ca.pem"
    with emulator("--ca-file", str(file)) as world:
        world["env"] = {name: value for name, value in world["env"].items() if "CA_BUNDLE" not in name}
        yield {**world, "ca": str(file)}


@pytest.fixture(scope="module")
def connected(behind_tls, tmp_path_factory) -> Room:
    ca = behind_tls["ca"]
    room = Room(tmp_path_factory.mktemp("tls") / "home", behind_tls, {"AWS_CA_BUNDLE": ca})
    room.settings({**CONNECTION, "tools": ["pip", "uv", "twine", "npm"]})
    assert room.ours("connect", env=dict.fromkeys(OWN, ca))["verdict"] == "ok"
    return room


def works(room: Room, tool: str, folder: Path, env: dict[str, str]) -> bool:
    """Whether the tool itself gets through."""
    if tool == "twine":
        name, content = wheel(f"tls-{abs(hash(folder))}", "1.0")
        (folder / name).write_bytes(content)
    argv = {
        "pip": ["python", "-m", "pip", "--no-cache-dir", "download", "--no-deps", "--retries", "0", "demo-report"],
        "uv": ["uv", "pip", "install", "--no-cache", "--python", BIN / "python", "--target", folder, "demo-report"],
        "twine": ["twine", "upload", "--non-interactive", "-r", "codeartifact", *folder.glob("*.whl")],
        "npm": ["npm", "ping", "--fetch-retries=0", f"--cache={folder}"],
    }[tool]
    quiet = {"HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": "127.0.0.1", "UV_HTTP_RETRIES": "0"}
    cwd = room.home if tool in ("npm", "twine") else folder
    return room.run(BIN / argv[0], *argv[1:], env={**quiet, **env}, cwd=cwd, code=None).returncode == 0


CASES = [
    ("pip", {}, False),
    ("pip", {"PIP_CERT": "{ca}"}, True),
    ("pip", {"PIP_TRUSTED_HOST": "127.0.0.1"}, True),
    ("uv", {"REQUESTS_CA_BUNDLE": "{ca}"}, False),
    ("uv", {"SSL_CERT_FILE": "{ca}"}, True),
    ("uv", {"UV_INSECURE_HOST": "127.0.0.1"}, True),
    ("twine", {"TWINE_CERT": "{ca}"}, True),
    ("npm", {"REQUESTS_CA_BUNDLE": "{ca}"}, False),
    ("npm", {"npm_config_cafile": "{ca}"}, True),
    ("npm", {"npm_config_strict_ssl": "false"}, True),
]


@pytest.mark.parametrize(("tool", "env", "expected"), CASES, ids=[" ".join((tool, *env)) for tool, env, _ in CASES])
def test_green_is_what_works(connected, behind_tls, tmp_path, tool, env, expected):
    given = {name: value.format(**behind_tls) for name, value in env.items()}
    document = connected.ours("diagnose", "--tools", tool, env=given, code=None)
    assert works(connected, tool, tmp_path, given) is expected
    assert (document["verdict"] == "ok") is expected, document["summary"]
    assert expected or document["verdict"] == "tls"


def test_of_two_tools_the_one_that_does_not_trust_it_is_named(connected, behind_tls):
    env = {"PIP_CERT": behind_tls["ca"]}
    document = connected.ours("diagnose", "--tools", "pip,uv", env=env, code=None)
    assert document["verdict"] != "ok"
    assert "uv cannot install because of the certificate of 127.0.0.1" in document["summary"]
    (fix,) = [rung["fix"] for rung in document["rungs"] if rung["id"] == "tools"]
    assert "SSL_CERT_FILE" in fix["snippets"][0]["text"]
