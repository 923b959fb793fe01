"""Through a real Jupyter Server: Connect from POST to written configuration, and what we add to its start.

    make bench BENCH=--server

`main` of bench.py calls it; the server's token goes by its environment, as in the demo.
"""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path

from moved import Moved

BASE = "/jupyterlab-codeartifact/api/v1"
BIN = Path(sys.executable).parent
Row = Callable[..., None]


#: What a browser asks for at the start. Not the page alone: Python's collector goes through all that a JupyterLab is
#: made of once in its first requests, 100 ms, and a few hundred objects more decide in which of them.
PAGE = ("/lab", "/lab/api/settings", "/lab/api/translations/default", "/api/kernelspecs", "/api/contents?content=1")


class Server:
    """JupyterLab without a browser; `ready_ms` is the time until what its page asks for first was answered."""

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
        pages = [*PAGE]
        while pages and self.process.poll() is None:
            headers = {"Authorization": f"token {self.token}"}
            request = urllib.request.Request(f"http://127.0.0.1:{self.port}{pages[0]}", headers=headers)
            try:
                urllib.request.urlopen(request, timeout=10).read()
                pages.pop(0)
            except urllib.error.HTTPError:
                raise
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
    print(
        "\nJupyterLab's start until its first page has what it asks for, without us, with us, and without us, in turn"
    )
    sides = {"without the extension": False, "with the extension": True, "without it, once more": False}
    times: dict[str, list[float]] = {side: [] for side in sides}
    memory: dict[str, list[float]] = {side: [] for side in sides}
    for i in range(runs + 1):
        for side, with_us in sides.items():
            server = Server(env, with_us=with_us)
            started, resident = children(server.process.pid), resident_mb(server.process.pid)
            server.close()
            assert started == [], f"started before anybody asked: {started}"
            if i:  # the first round fills the caches
                times[side].append(server.ready_ms)
                memory[side].append(resident)
    for what, values, unit in (("start", times, "ms"), ("memory", memory, "MB")):
        without, ours, again = values.values()
        for side in sides:
            row(f"{what} {side}", values[side], unit)
        row(f"{what}: difference, pair by pair", [b - a for a, b in zip(without, ours)], unit)
        row(f"{what}: difference between two without it", [b - a for a, b in zip(without, again)], unit)


def choose(env: dict[str, str], settings: dict) -> None:
    """The user's own settings name the repository."""
    folder = Path(env["JUPYTER_CONFIG_DIR"]) / "lab/user-settings/jupyterlab-codeartifact"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plugin.jupyterlab-settings").write_text(json.dumps(settings))


def children(pid: int) -> list[str]:
    """Processes that a server has started by itself: no Node before somebody asks."""
    tasks = Path(f"/proc/{pid}/task/{pid}/children")
    return tasks.read_text().split() if tasks.exists() else []


def resident_mb(pid: int | str) -> float:
    return int(Path(f"/proc/{pid}/status").read_text().split("VmRSS:")[1].split()[0]) / 1024
