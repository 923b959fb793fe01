"""How fast it is, beside the AWS CLI in the same run, against the embedded emulator.

    make bench                 everything but the 307-second hole of the AWS CLI
    make bench BENCH=--hole    also waits for the AWS CLI in the black hole, once
    make bench BENCH=--server  only what goes through a Jupyter Server, and the server's start

Every comparison runs the two sides in turn and prints the ratio pair by pair: machines are noisy.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "demo"), str(ROOT / "bench")]
import server

from demo import OVERRIDES, clean_environment, node, start_emulator
from jupyterlab_codeartifact.engine_environment import LEAN_ENVIRONMENT
from jupyterlab_codeartifact.node import lean_flags

BIN = Path(sys.executable).parent
FLAGS = ["--domain", "analytics", "--domain-owner", "111122223333", "--repository", "isolatedsm"]


def scenario(control: str, name: str) -> None:
    request = urllib.request.Request(
        f"{control}/scenario",
        data=json.dumps({"scenario": name}).encode(),
        headers={"Content-Type": "application/json"},
        method="PUT",
    )
    urllib.request.urlopen(request, timeout=10).read()


#: Every row that was printed, for docs/performance.md.
ROWS: list[tuple[str, dict[str, object]]] = []


def row(label: str, values: list[float], unit: str = "ms") -> None:
    low, mid, high = min(values), statistics.median(values), max(values)
    ROWS.append((label, {"min": low, "median": mid, "max": high, "unit": unit}))
    print(f"  {label:<58}{low:>9.1f}{mid:>9.1f}{high:>9.1f}  {unit}  (n={len(values)})", flush=True)


def timed(argv: list[str], env: dict[str, str]) -> tuple[float, subprocess.CompletedProcess]:
    start = time.perf_counter()
    result = subprocess.run(argv, env=env, capture_output=True, text=True, check=False)
    return (time.perf_counter() - start) * 1000, result


class Engine:
    """The engine as the server runs it: JSON lines on stdio."""

    def __init__(self, env: dict[str, str], data: Path) -> None:
        engine = ROOT / "jupyterlab_codeartifact" / "engine" / "engine.cjs"
        self.data = data
        self.count = 0
        self.process = subprocess.Popen(
            [node(), *lean_flags(node()), str(engine), "stdio"],
            env=LEAN_ENVIRONMENT | env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, method: str, **more: object) -> dict:
        self.count += 1
        params = {"settings": OVERRIDES | {"region": "us-east-1"}, "pins": {}, "sources": {}, "notes": []}
        params |= {"allowedEndpointHosts": [], "dataDir": str(self.data)} | more
        line = json.dumps({"jsonrpc": "2.0", "id": self.count, "method": method, "params": params})
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        while True:
            answer = json.loads(self.process.stdout.readline())
            if answer.get("id") == self.count:
                return answer["result"]

    def resident_mb(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status")
        if not status.exists():
            return float("nan")
        return int(status.read_text().split("VmRSS:")[1].split()[0]) / 1024

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(5)


def processes(env: dict[str, str], runs: int) -> None:
    print("\nWhole processes, in turn: ours, the AWS CLI, and the least that starts at all")
    region = ["--region", "us-east-1"]
    sides = {
        "jupyter codeartifact connect": [str(BIN / "jupyter"), "codeartifact", "connect", *FLAGS, *region],
        "jupyter-codeartifact connect": [str(BIN / "jupyter-codeartifact"), "connect", *FLAGS, *region],
        "jupyter-codeartifact status": [str(BIN / "jupyter-codeartifact"), "status"],
        "aws codeartifact login --tool pip": [
            str(BIN / "aws"),
            "codeartifact",
            "login",
            "--tool",
            "pip",
            *FLAGS,
            *region,
        ],
        "an empty Python": [sys.executable, "-c", "0"],
        "an empty Node.js": [node(), "-e", "0"],
    }
    times: dict[str, list[float]] = {label: [] for label in sides}
    for i in range(runs + 1):
        for label, argv in sides.items():
            ms, done = timed(argv, env)
            assert done.returncode == 0, f"{label}: {done.stdout}{done.stderr}"
            if i:
                times[label].append(ms)
    for label, values in times.items():
        row(label, values)
    theirs = times["aws codeartifact login --tool pip"]
    for label in list(sides)[:2]:
        row(f"AWS CLI / {label}, pair by pair", [t / o for o, t in zip(times[label], theirs)], "x")


def floor(control: str, folder: Path, runs: int) -> None:
    print("\nThe least that a connect could need, in this run")
    calls, writes, syncs = [], [], []
    url = f"{control}/tokens"
    for _ in range(runs):
        start = time.perf_counter()
        for _ in range(2):
            urllib.request.urlopen(url, timeout=10).read()
        calls.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        synced = 0.0
        for name in ("netrc", "memory"):
            with open(folder / f"{name}.new", "w") as file:
                file.write("x" * 2000)
                file.flush()
                before = time.perf_counter()
                os.fsync(file.fileno())
                synced += time.perf_counter() - before
            os.replace(folder / f"{name}.new", folder / name)
        writes.append((time.perf_counter() - start) * 1000)
        syncs.append(synced * 1000)
    row("two calls on loopback", calls)
    row("two files: write, fsync, rename", writes)
    row("of it fsync", syncs)


def warm_engine(env: dict[str, str], data: Path, control: str, runs: int) -> None:
    print("\nWarm engine over its bridge")
    engine = Engine(env, data)
    try:
        engine.ask("connect")
        connects, ladders = [], []
        for _ in range(runs):
            start = time.perf_counter()
            answer = engine.ask("connect")
            connects.append((time.perf_counter() - start) * 1000)
            assert answer["verdict"] == "ok", answer["summary"]
            start = time.perf_counter()
            answer = engine.ask("diagnose")
            ladders.append((time.perf_counter() - start) * 1000)
            assert answer["verdict"] == "ok", answer["summary"]
        row("connect: request to written configuration", connects)
        row("diagnose: a healthy ladder, cached token", ladders)
        row("engine resident", [engine.resident_mb()], "MB")
        broken = (("no-endpoints", "black hole, API"), ("repositories-missing", "black hole, repository endpoint"))
        for name, label in (*broken, ("no-role-permission", "AccessDenied")):
            scenario(control, name)
            start = time.perf_counter()
            answer = engine.ask("connect")
            row(f"connect: {label} -> {answer['verdict']}", [(time.perf_counter() - start) * 1000])
        scenario(control, "ok")
        engine.ask("disconnect")
    finally:
        engine.close()


def terminal_hole(env: dict[str, str], control: str, wait: bool) -> None:
    print("\nThe black hole from a terminal")
    scenario(control, "no-endpoints")
    mine = [str(BIN / "jupyter-codeartifact"), "connect", *FLAGS, "--region", "us-east-1"]
    ms, result = timed(mine, env)
    row(f"jupyter codeartifact connect -> exit {result.returncode}", [ms])
    if wait:
        ms, result = timed([str(BIN / "aws"), "codeartifact", "login", "--tool", "pip", *FLAGS], env)
        row(f"aws codeartifact login -> exit {result.returncode}", [ms])
        print(f"    {result.stderr.strip()}")
    scenario(control, "ok")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--hole", action="store_true")
    parser.add_argument("--server", action="store_true")
    options = parser.parse_args()
    base = Path(tempfile.mkdtemp(prefix="codeartifact-bench-"))
    home = base / "home"
    home.mkdir()
    env = clean_environment(home)
    emulator, where = start_emulator(env)
    env |= where["env"]
    try:
        print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}; columns: min, median, max")
        server.over_rest(env, OVERRIDES | {"region": "us-east-1"}, options.runs * 5, row)
        server.starts(env, options.runs // 2, row)
        if options.server:
            return
        processes(env, options.runs)
        floor(where["controlUrl"], base, options.runs * 5)
        warm_engine(env, home / ".local/share/jupyter", where["controlUrl"], options.runs * 5)
        terminal_hole(env, where["controlUrl"], options.hole)
        reports = ROOT / "build" / "reports"
        reports.mkdir(parents=True, exist_ok=True)
        (reports / "bench.json").write_text(json.dumps(ROWS))
    finally:
        emulator.terminate()
        emulator.wait(10)
        shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    main()
