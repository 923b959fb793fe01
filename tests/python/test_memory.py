"""What a hostile service costs the engine, and a hostile engine the server: at most 150 MiB, and time that is known.

Peaks of resident memory as the kernel counts them (VmHWM), of the real engine with the flags that the server starts it
with, and of a process with the server's code that reads from an engine. Linux only.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jupyterlab_codeartifact import node

from .hostile_service import EVERYWHERE, FROM_THE_API, hostile_service

ENGINE = Path(node.__file__).parent / "engine" / "engine.cjs"
pytestmark = [
    pytest.mark.skipif(not ENGINE.exists(), reason="the engine is not built: npm run build:engine"),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is needed"),
]

MOST_MIB = 150
#: The ladder's own limit is 10 s; a list asks five pages at most.
MOST_SECONDS = 30
SETTINGS = {
    "domain": "analytics",
    "domainOwner": "111122223333",
    "repository": "isolatedsm",
    "region": "us-east-1",
}


def peak_mib(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


class Engine:
    """The engine as the server starts it, asked line by line."""

    def __init__(self, home: Path, url: str) -> None:
        binary = node.find_node()
        environment = {
            "PATH": os.defpath,
            "HOME": str(home),
            "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "no-secret",
            "AWS_ENDPOINT_URL_CODEARTIFACT": url,
            "MALLOC_ARENA_MAX": "1",
        }
        self.input = {"settings": SETTINGS, "dataDir": str(home / "data"), "allowedEndpointHosts": []}
        self.process = subprocess.Popen(
            [binary, *node.lean_flags(binary), str(ENGINE), "stdio"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.asked = 0

    def ask(self, method: str) -> dict:
        self.asked += 1
        request = {"jsonrpc": "2.0", "id": self.asked, "method": method, "params": self.input}
        print(json.dumps(request), file=self.process.stdin, flush=True)
        for line in self.process.stdout:
            answer = json.loads(line)
            if answer.get("id") == self.asked:
                return answer["result"]
        raise AssertionError(f"the engine ended: {self.process.wait()}")

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


@pytest.mark.parametrize("name", [*EVERYWHERE, *FROM_THE_API])
def test_what_answers_for_the_api_costs_the_engine_little(tmp_path, record_property, name):
    with hostile_service() as service, Engine(tmp_path, service.url) as engine:
        service.api = {**EVERYWHERE, **FROM_THE_API}[name]
        begin = time.monotonic()
        verdicts = [engine.ask(method)["verdict"] for method in ("connect", "repositories")]
        seconds = time.monotonic() - begin
        peak = peak_mib(engine.process.pid)
    record_property("memory", f"engine|API: {name}|{', '.join(sorted(set(verdicts)))}|{peak:.0f}|{seconds:.1f}")
    assert peak < MOST_MIB
    assert seconds < 2 * MOST_SECONDS
    assert service.asked["api"] > 0
    assert not (tmp_path / ".netrc").exists()


@pytest.mark.parametrize("name", EVERYWHERE)
def test_what_answers_for_the_index_costs_the_engine_little(tmp_path, record_property, name):
    with hostile_service() as service, Engine(tmp_path, service.url) as engine:
        service.index = EVERYWHERE[name]
        begin = time.monotonic()
        verdicts = [engine.ask(method)["verdict"] for method in ("connect",)]
        seconds = time.monotonic() - begin
        peak = peak_mib(engine.process.pid)
    record_property("memory", f"engine|index: {name}|{', '.join(sorted(set(verdicts)))}|{peak:.0f}|{seconds:.1f}")
    assert peak < MOST_MIB
    assert seconds < MOST_SECONDS
    assert service.asked["index"] > 0


#: What an engine that is not ours may print, as JavaScript; `out` and `err` write without waiting.
PRINTED = {
    "one line without end": "setInterval(() => out('x'.repeat(65536)))",
    "an answer of empty lists": "out('{\"id\":1,\"result\":[' + '[],'.repeat(1_390_000) + '[]]}\\n')",
    "an answer of 4 MB of [": "out('['.repeat(4_000_000) + '\\n')",
    "notifications without end": 'setInterval(() => out(\'{"method":"changed","params":{}}\\n\'.repeat(1000)))',
    "standard error without end": "setInterval(() => err('secret='.repeat(8192)))",
    "lines of standard error without end": "setInterval(() => err('Authorization: Basic abc\\n'.repeat(2000)))",
}

#: The server's part alone, because Jupyter Server's own memory is not ours: it calls the engine until that is ended.
READER = """
import asyncio, json, logging, pathlib, sys
from jupyterlab_codeartifact.engine_process import EngineProcess
async def main():
    process = await EngineProcess.start(
        sys.argv[1:], {}, log=logging.getLogger("none"), on_notification=lambda *_: None, on_end=lambda _: None)
    try:
        answer = await process.call("state", {}, 20)
        json.dumps(answer)
        said = "answered"
    except Exception as e:
        said = str(e)
    if not process.ended.is_set():
        await process.stop((0.1, 0.1, 1.0))
    status = pathlib.Path("/proc/self/status").read_text()
    print(json.dumps([said, int(status.split("VmHWM:")[1].split()[0]) / 1024]))
logging.disable()
asyncio.run(main())
"""


@pytest.mark.parametrize("name", PRINTED)
def test_what_an_engine_prints_costs_the_server_little(record_property, name):
    script = f"const out = t => process.stdout.write(t), err = t => process.stderr.write(t); {PRINTED[name]}"
    begin = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-c", READER, node.find_node(), "-e", script],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    said, peak = json.loads(run.stdout)
    end = "answered" if said == "answered" else "ended"
    record_property("memory", f"server|{name}|{end}|{peak:.0f}|{time.monotonic() - begin:.1f}")
    assert peak < MOST_MIB, said
