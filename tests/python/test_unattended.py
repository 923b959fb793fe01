"""A server that nobody opens: it connects by itself and renews the token, as after a lifecycle script."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jupyterlab_codeartifact import node
from tests.emulated import emulator

from .test_real_engine import DOMAIN, ENGINE, OWNER, REPOSITORY

pytestmark = pytest.mark.skipif(not ENGINE.exists(), reason="the engine is not built: npm run build:engine")

#: A token of 15 minutes lasts 9 seconds.
FACTOR = 100
HERE = Path(__file__).parent


@pytest.fixture
def fast_node(tmp_path):
    """A `node` whose clock runs fast, and the file that makes it so for the emulator."""
    clock = tmp_path / "fast-clock.cjs"
    text = (HERE / "fast-clock.cjs").read_text()
    clock.write_text(text.replace("FACTOR'", f"{FACTOR}'").replace("SINCE'", f"{int(time.time() * 1000)}'"))
    program = tmp_path / "node"
    program.write_text(f'#!/bin/sh\nexec "{node.find_node()}" --require "{clock}" "$@"\n')
    program.chmod(0o755)
    return program


def test_the_token_is_renewed_while_no_browser_is_open(tmp_path, fast_node, monkeypatch):
    monkeypatch.setattr("tests.emulated.dev_node", lambda: str(fast_node))
    home = tmp_path / "home"
    settings = home / ".jupyter/lab/user-settings/jupyterlab-codeartifact/plugin.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        f'{{"autoConnect": true, "domain": "{DOMAIN}", "domainOwner": "{OWNER}", "repository": "{REPOSITORY}", '
        '"durationSeconds": 900}'
    )
    netrc = home / ".netrc"
    with emulator() as world:
        environment = {
            **world["env"],
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(home),
            node.NODE_VARIABLE: str(fast_node),
        }
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", "--ServerApp.port=0"],
            env=environment,
            cwd=home,
            stdout=subprocess.DEVNULL,
            stderr=(tmp_path / "server.log").open("w"),
        )
        try:
            tokens: list[str] = []
            deadline = time.monotonic() + 120
            while len(tokens) < 3:
                assert time.monotonic() < deadline, (tokens, (tmp_path / "server.log").read_text()[-2000:])
                found = re.search(r"password (\S+)", netrc.read_text()) if netrc.exists() else None
                if found and found[1] not in tokens:
                    tokens.append(found[1])
                time.sleep(0.05)
            assert stat.S_IMODE(netrc.stat().st_mode) == 0o600
        finally:
            server.terminate()
            server.wait(20)
    log = (tmp_path / "server.log").read_text()
    assert not [token for token in tokens if token in log]
