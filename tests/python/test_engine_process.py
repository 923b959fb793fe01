"""Whatever the engine does or leaves behind: it is noticed, ended and told, and nothing of it stays."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from jupyterlab_codeartifact import engine_output, engine_process, engine_supervisor, node
from jupyterlab_codeartifact.engine_process import EngineProcess
from jupyterlab_codeartifact.errors import EngineUnavailable

from .test_engine_supervisor import alive, exists, until

HERE = Path(__file__).parent


@pytest.fixture
def impatient(monkeypatch):
    """A hung engine is noticed within a fraction of a second."""
    monkeypatch.setattr(engine_supervisor, "PING_SECONDS", 0.05)
    monkeypatch.setattr(engine_supervisor, "PING_ANSWER_SECONDS", 0.2)
    monkeypatch.setattr(engine_supervisor, "REVIVE_SECONDS", 0.0)


async def test_a_stopped_engine_is_noticed_ended_and_replaced_and_the_state_says_so(extension, api, impatient):
    await api("connect", "POST")
    pid = extension.engine.pid
    os.kill(pid, signal.SIGSTOP)
    await until(lambda: not exists(pid))
    await until(lambda: extension.engine.starts == 2)  # unasked: there is a connection to renew
    _, state = await api("state")
    assert any("did not respond for 0.4 s) and was started again" in note for note in state["notes"])


async def test_a_busy_loop_is_noticed_while_a_call_waits(extension, api, impatient):
    await api("state")
    pid = extension.engine.pid
    code, told = await api("diagnose", "POST", {"rung": "spin"})
    assert (code, told["reason"]) == (503, "engine_failed")
    assert "did not respond" in told["message"]
    assert not exists(pid)
    assert (await api("state"))[0] == 200


async def test_the_notice_ends_when_the_engine_has_been_well_for_a_while(extension, api, monkeypatch):
    await api("diagnose", "POST", {"rung": "exit"})
    _, state = await api("state")
    assert any("exit code 7" in note for note in state["notes"])
    text, _ = extension.engine._notice
    extension.engine._notice = (text, 0.0)  # as if the time had passed
    assert "notes" not in (await api("state"))[1]


@pytest.mark.parametrize("orders", [{}, {"oldEngine": True}])
async def test_an_engine_that_works_is_left_alone(extension, fake_engine, api, impatient, orders):
    """Also one that does not know `ping`: to answer that there is no such method is to answer."""
    fake_engine(**orders)
    await api("state")
    await until(lambda: sum(line.startswith("ping") for line in fake_engine.lines()) >= 5)
    assert extension.engine.starts == 1
    assert (await api("state"))[1].get("notes") is None


def test_a_hang_is_noticed_within_half_a_minute():
    noticed = engine_supervisor.PING_SECONDS
    noticed += engine_supervisor.PING_ANSWER_SECONDS * engine_supervisor.PING_ATTEMPTS
    assert noticed <= 30


async def test_one_late_answer_is_forgiven(monkeypatch):
    """After a machine was frozen the first wait is over before the engine had a chance."""
    started = await start(
        "process.stdin.once('data', d => { const { id } = JSON.parse(d); setTimeout(() => "
        "console.log(JSON.stringify({ id, result: {} })), 300); });"
    )
    assert await started.responds(0.2, 5)
    assert not await started.responds(0.01, 2)
    started.kill(signal.SIGKILL, "test")
    await started.ended.wait()


async def start(script, on_end=lambda process: None, **more):
    """Node with a script instead of the engine."""
    return await EngineProcess.start(
        [node.find_node(), "-e", script],
        dict(os.environ),
        log=logging.getLogger("test"),
        on_notification=lambda method, params: None,
        on_end=on_end,
        **more,
    )


#: Starts a process that outlives it and holds its pipes; prints that one's id.
GRANDCHILD = """
const { spawn } = require('node:child_process');
const child = spawn('sleep', ['600'], { stdio: 'inherit', detached: DETACHED });
process.stderr.write(`grandchild ${child.pid}\\n`);
"""


def grandchild_of(process):
    words = process.stderr_tail.split()
    return int(words[words.index("grandchild") + 1]) if "grandchild" in words else None


@pytest.fixture
def ended_afterwards():
    pids = []
    yield pids
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


@pytest.mark.parametrize("detached", [False, True])
async def test_its_end_is_noticed_whoever_holds_its_pipes(detached, ended_afterwards):
    """A credential_process may hold them, for ever and in a session of its own."""
    told = asyncio.get_running_loop().create_future()
    script = GRANDCHILD.replace("DETACHED", str(detached).lower())
    process = await start(script + "process.stdin.once('data', () => process.exit(3));", on_end=told.set_result)
    await until(lambda: grandchild_of(process))
    grandchild = grandchild_of(process)
    ended_afterwards.append(grandchild)
    with pytest.raises(EngineUnavailable, match="exit code 3"):
        await process.call("state", {}, 30)
    assert await told is process
    assert not exists(process.pid)
    if not detached:  # of its process group, so it ended with it
        await until(lambda: not alive(grandchild))


@pytest.mark.parametrize("detached", [False, True])
async def test_a_stop_takes_three_seconds_at_most_whoever_holds_the_pipes(detached, ended_afterwards):
    script = GRANDCHILD.replace("DETACHED", str(detached).lower())
    process = await start(script + "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);")
    await until(lambda: grandchild_of(process))
    ended_afterwards.append(grandchild_of(process))
    assert sum(engine_supervisor.STOP_GRACES) + engine_process.DRAIN_SECONDS < 3
    await process.stop((0.05, 0.05, 2.0))
    assert process.ended.is_set()
    assert not exists(process.pid)


async def test_an_engine_that_closes_its_output_is_ended(monkeypatch):
    monkeypatch.setattr("jupyterlab_codeartifact.engine_process.EXIT_SECONDS", 0.05)
    process = await start("require('node:fs').closeSync(1); setInterval(() => {}, 1000);")
    with pytest.raises(EngineUnavailable, match="closed its standard output"):
        await process.call("state", {}, 30)
    assert not exists(process.pid)


#: Prints a text for ever. By writeSync, because a stream of Node's keeps in memory what the pipe does not take.
FLOOD = """
const fs = require('node:fs');
for (;;) try { fs.writeSync(FD, TEXT); } catch (e) { if (e.code !== 'EAGAIN') throw e; }
"""


@pytest.mark.parametrize(
    ("limit", "fd", "text", "word"),
    [
        ("STDERR_LIMIT", 2, "'x'.repeat(65536)", "on standard error"),
        ("STDERR_LIMIT", 2, r"'line\n'.repeat(9999)", "on standard error"),
        ("OUTPUT_LIMIT", 1, r"'x'.repeat(65536) + '\n'", "bytes within"),
        ("LINE_LIMIT", 1, "'x'.repeat(65536)", "longer than"),
        ("MESSAGE_LIMIT", 1, r"'{}\n'.repeat(9999)", "messages within"),
    ],
)
async def test_an_engine_that_prints_without_end_is_ended_and_the_server_goes_on(
    monkeypatch, caplog, limit, fd, text, word
):
    monkeypatch.setattr(engine_output, limit, 1_000_000 if limit != "MESSAGE_LIMIT" else 1000)
    turns = 0

    async def others():
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    server = asyncio.ensure_future(others())
    with caplog.at_level(logging.DEBUG, "test"):
        process = await start(FLOOD.replace("FD", str(fd)).replace("TEXT", text))
        with pytest.raises(EngineUnavailable, match=word):
            await process.call("state", {}, 30)
    server.cancel()
    assert turns > 10  # between any two pieces the server had its turn
    logged = sum(len(record.getMessage()) for record in caplog.records)
    assert logged < engine_output.LOG_LIMIT
    assert not exists(process.pid)


#: A server without the rest: starts an engine as the extension does, prints its id, and waits.
SERVER = """
import asyncio, logging, os, sys
from jupyterlab_codeartifact import node
node.SETPRIV = sys.argv[2]
from jupyterlab_codeartifact.engine_process import EngineProcess

async def main():
    process = await EngineProcess.start(
        [*node.end_with_parent(), node.find_node(), sys.argv[1], "stdio"], dict(os.environ), log=logging.getLogger(),
        on_notification=lambda *a: None, on_end=lambda *a: None)
    await process.call("state", {}, 30)
    print(process.pid, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.fixture
def server(request):
    setpriv = getattr(request, "param", node.SETPRIV)
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(HERE / "fake-engine.cjs"), setpriv],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(HERE.parents[1])},
        stdout=subprocess.PIPE,
        text=True,
    )
    engine = int(process.stdout.readline())
    try:
        yield process, engine
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        if alive(engine):
            os.kill(engine, signal.SIGKILL)


def gone(pid, seconds=5.0):
    end = time.monotonic() + seconds
    while alive(pid):
        assert time.monotonic() < end, "the engine outlived the server"
        time.sleep(0.01)


def test_a_killed_server_leaves_no_engine(server):
    process, engine = server
    process.send_signal(signal.SIGSTOP)
    process.kill()
    gone(engine)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux ends a process with its parent")
@pytest.mark.parametrize("server", ["/usr/bin/setpriv", "/nowhere/setpriv"], indirect=True)
def test_nor_one_that_cannot_notice_it(server):
    """With util-linux, and without: Amazon Linux 2 has one that is too old."""
    process, engine = server
    os.kill(engine, signal.SIGSTOP)
    process.kill()
    gone(engine)


def test_where_the_system_cannot_the_engine_starts_without(monkeypatch, tmp_path):
    old = tmp_path / "setpriv"
    old.write_text(
        textwrap.dedent("""\
        #!/bin/sh
        echo "setpriv: unrecognized option '--pdeathsig'" >&2
        exit 1
    """)
    )
    old.chmod(0o755)
    monkeypatch.setattr(sys, "executable", "")
    for path in (str(old), "/nowhere/setpriv"):
        monkeypatch.setattr(node, "SETPRIV", path)
        assert node.end_with_parent() == []
