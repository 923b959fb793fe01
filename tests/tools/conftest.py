"""One emulator for the suite, another index beside it, and a new home for every test."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.emulated import emulator

from .distributions import wheel
from .room import Room


@pytest.fixture(scope="session")
def world() -> Iterator[dict]:
    with emulator() as given:
        yield given


@pytest.fixture
def room(world: dict, tmp_path: Path) -> Room:
    made = Room(tmp_path / "home", world)
    made.heal()
    made.control("DELETE", "/log")
    return made


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="session")
def other_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A team's own index, without credentials, that holds `team-only` 1.0: its URL."""
    folder = tmp_path_factory.mktemp("other") / "simple"
    name, content = wheel("team-only", "1.0")
    page = folder / "team-only"
    page.mkdir(parents=True)
    (page / name).write_bytes(content)
    (page / "index.html").write_text(f'<!DOCTYPE html><html><body><a href="{name}">{name}</a></body></html>')
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder.parent)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    # By name: a netrc entry for 127.0.0.1 is not for this index.
    yield f"http://localhost:{server.server_port}/simple/"
    server.shutdown()
    server.server_close()
    thread.join()
