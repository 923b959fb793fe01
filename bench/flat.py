"""Whether memory stays flat: mixed calls through a real Jupyter Server; memory and live heap of both processes.

    python bench/flat.py [CALLS] [--minutes N]

The report, build/reports/flat.json, is written anew with each reading, so that a run that was ended is one of fewer
calls. `make soak` measures the engine's live heap over simulated months.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "demo"), str(ROOT / "bench")]
import server
from live_heap import EngineHeap, ServerHeap

from demo import OVERRIDES, clean_environment, start_emulator

#: What a panel and its user ask for, and how often. A connect after a disconnect is one of the connects.
MIX = {
    ("GET", "/state"): 40,
    ("POST", "/connect"): 20,
    ("POST", "/diagnose"): 10,
    ("POST", "/preview"): 10,
    ("POST", "/refresh"): 5,
    ("POST", "/disconnect"): 5,
    ("GET", "/repositories"): 5,
    ("GET", "/packages?query=a"): 5,
}

#: Between two readings.
WINDOW = 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("calls", nargs="?", type=int, default=100_000)
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    base = Path(tempfile.mkdtemp(prefix="codeartifact-flat-"))
    home = base / "home"
    home.mkdir()
    env = clean_environment(home)
    emulator, where = start_emulator(env)
    reports = ROOT / "build" / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    chance = random.Random(options.seed)
    readings = []
    server.choose(env | where["env"], OVERRIDES | {"region": "us-east-1"})
    server_heap = ServerHeap(Path(env["JUPYTER_CONFIG_DIR"]))
    jupyter = server.Server(env | where["env"])
    try:
        jupyter.ask("POST", "/connect")
        [engine] = server.children(jupyter.process.pid)
        engine_heap = EngineHeap(int(engine))
        end = time.monotonic() + options.minutes * 60
        for call in range(1, options.calls + 1):
            [(method, path)] = chance.choices(list(MIX), list(MIX.values()))
            answer = jupyter.ask(method, path)
            assert answer.get("verdict") == "ok", (method, path, answer)
            if call % WINDOW == 0:
                assert server.children(jupyter.process.pid) == [engine], "the engine was replaced"
                reading = {
                    "engine": server.resident_mb(engine),
                    "server": server.resident_mb(jupyter.process.pid),
                    "engine's live heap": engine_heap.mb(),
                    "server's live heap": server_heap.mb(jupyter.process.pid),
                }
                readings.append({"calls": call, **reading})
                (reports / "flat.json").write_text(json.dumps({"seed": options.seed, "readings": readings}))
                told = "  ".join(f"{name} {mb:6.1f} MB" for name, mb in reading.items())
                print(f"  {call:>7,}  {told}", flush=True)
                if time.monotonic() > end:
                    break
    finally:
        jupyter.close()
        emulator.terminate()
        emulator.wait(10)
        shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    main()
