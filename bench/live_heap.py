"""The live heap of a server and of its engine: what is left when everything that nobody uses has been collected.

Both are asked from outside. Node.js opens its inspector for SIGUSR1 (https://nodejs.org/api/process.html#signal-events);
it takes memory of its own, so it is opened before the first reading. Python runs a line of its configuration file.
"""

from __future__ import annotations

import json
import os
import signal
import time
import urllib.request
from pathlib import Path

import websocket

#: Node's default: the engine is started by the server, and takes no flags from us.
INSPECTOR = "http://127.0.0.1:9229/json/list"

#: Sizes of what the collector tracks; strings and numbers inside are counted by nobody, but their holders are.
CONFIGURATION = """
import gc, json, os, signal, sys

def tell(*_):
    gc.collect()
    objects = gc.get_objects()
    told = {"objects": len(objects), "bytes": sum(map(sys.getsizeof, objects))}
    with open(PATH + ".new", "w") as file:
        json.dump(told, file)
    os.replace(PATH + ".new", PATH)

signal.signal(signal.SIGUSR2, tell)
"""


def wait_for(what):
    """The first answer of `what` that is not None, and raises no OSError."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            if (found := what()) is not None:
                return found
        except OSError:
            pass
        time.sleep(0.02)
    raise TimeoutError("no answer about the heap within 30 s")


class EngineHeap:
    """V8's heap of a Node.js that was started without an inspector."""

    def __init__(self, pid: int) -> None:
        os.kill(pid, signal.SIGUSR1)
        [page] = wait_for(lambda: json.load(urllib.request.urlopen(INSPECTOR, timeout=5)))
        self._line = websocket.create_connection(page["webSocketDebuggerUrl"], suppress_origin=True, timeout=60)
        self._count = 0
        # Another Node.js may have the port.
        told = self._ask("Runtime.evaluate", expression="process.pid")["result"]["value"]
        if told != pid:
            raise RuntimeError(f"the inspector at {INSPECTOR} is that of process {told}, not of the engine {pid}")

    def mb(self) -> float:
        self._ask("HeapProfiler.collectGarbage")
        return self._ask("Runtime.getHeapUsage")["usedSize"] / 2**20

    def close(self) -> None:
        self._line.close()

    def _ask(self, method: str, **params: object) -> dict:
        self._count += 1
        self._line.send(json.dumps({"id": self._count, "method": method, "params": params}))
        while True:
            answer = json.loads(self._line.recv())
            if answer.get("id") == self._count:
                return answer["result"]


class ServerHeap:
    """Python's objects of a Jupyter Server that reads `jupyter_server_config.py` from this folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._told = folder / "heap.json"
        text = f"PATH = {str(self._told)!r}\n{CONFIGURATION}"
        (folder / "jupyter_server_config.py").write_text(text)

    def mb(self, pid: int) -> float:
        self._told.unlink(missing_ok=True)
        os.kill(pid, signal.SIGUSR2)
        wait_for(lambda: self._told.exists() or None)
        return json.loads(self._told.read_text())["bytes"] / 2**20
