"""Through a real Jupyter Server: Connect from POST to written configuration, and what we add to its start.

    make bench BENCH=--server

`main` of bench.py calls it; the server's token goes by its environment, as in the demo.
"""

from __future__ import annotations

import json
import secrets
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path

from moved import Moved

BASE = "/jupyterlab-codeartifact/api/v1"
BIN = Path(sys.executable).parent
Row = Callable[..., None]


class Server:
    """JupyterLab without a browser; `ready_ms` is the time until its first page was answered."""

    def __init__(self, env: dict[str, str], *, with_us: bool = True) -> None:
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.token = secrets.token_urlsafe(24)
        enabled = "True" if with_us else "False"
        start = time.perf_counter()
        self.process = subprocess.Popen(
            [
                str(BIN / "jupyter"),
                "lab",
                "--no-browser",
                "--allow-root",
                f"--ServerApp.port={self.port}",
                "--ServerApp.ip=127.0.0.1",
                f"--ServerApp.root_dir={env['HOME']}",
                f"--ServerApp.jpserver_extensions={{'jupyterlab_codeartifact': {enabled}}}",
                "--LabApp.news_url=None",
            ],
            env={**env, "JUPYTER_TOKEN": self.token},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while self.process.poll() is None:
            try:
                request = urllib.request.Request(f"http://127.0.0.1:{self.port}/lab?token={self.token}")
                urllib.request.urlopen(request, timeout=10).read()
                break
            except OSError:
                time.sleep(0.005)
        self.ready_ms = (time.perf_counter() - start) * 1000
        self.line = HTTPConnection("127.0.0.1", self.port, timeout=30)

    def ask(self, method: str, path: str) -> dict:
        headers = {"Authorization": f"token {self.token}"}
        self.line.request(method, BASE + path, body="{}" if method == "POST" else None, headers=headers)
        return json.loads(self.line.getresponse().read())

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(20)


def over_rest(env: dict[str, str], settings: dict, runs: int, row: Row) -> None:
    print("\nOver REST, through a Jupyter Server with a warm engine")
    choose(env, settings)
    server = Server(env)
    try:
        for _ in range(10):  # Node and Python have compiled what they run, as after some minutes of a notebook's day
            server.ask("POST", "/connect")
        written, answered = [], []
        # A new token changes the netrc alone: it is the last file that pip reads to be renamed.
        netrc = Moved(Path(env["HOME"]))
        for _ in range(runs):
            start = time.perf_counter()
            answer = server.ask("POST", "/connect")
            answered.append((time.perf_counter() - start) * 1000)
            assert answer["verdict"] == "ok", answer["summary"]
            written.append((netrc.at[".netrc"] - start) * 1000)
        row("POST connect: until the configuration is written", written)
        row("POST connect: until the answer is here", answered)
        server.ask("POST", "/disconnect")
    finally:
        server.close()


def starts(env: dict[str, str], runs: int, row: Row) -> None:
    print("\nJupyterLab's start until its first page, without us and with us in turn")
    without, ours = [], []
    for i in range(runs + 1):
        for values, with_us in ((without, False), (ours, True)):
            server = Server(env, with_us=with_us)
            started = children(server.process.pid)
            server.close()
            assert started == [], f"started before anybody asked: {started}"
            if i:  # the first pair fills the caches
                values.append(server.ready_ms)
    row("without the extension", without)
    row("with the extension", ours)
    row("difference, pair by pair", [b - a for a, b in zip(without, ours)])
    row("ratio, pair by pair", [b / a for a, b in zip(without, ours)], "x")
    print(f"    median of the differences: {statistics.median(b - a for a, b in zip(without, ours)):.0f} ms")


def choose(env: dict[str, str], settings: dict) -> None:
    """The user's own settings name the repository."""
    folder = Path(env["JUPYTER_CONFIG_DIR"]) / "lab/user-settings/jupyterlab-codeartifact"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plugin.jupyterlab-settings").write_text(json.dumps(settings))


def children(pid: int) -> list[str]:
    """Processes that a server has started by itself: no Node before somebody asks."""
    tasks = Path(f"/proc/{pid}/task/{pid}/children")
    return tasks.read_text().split() if tasks.exists() else []
