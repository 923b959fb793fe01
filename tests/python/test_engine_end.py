"""How the engine ends under the server: with it, when it is idle, and when it does not listen."""

from __future__ import annotations

import asyncio
import os
import signal
import time

from jupyterlab_codeartifact import engine_supervisor

from .test_engine_supervisor import exists, until


async def test_stopping_the_server_ends_the_engine(extension, api):
    await api("connect", "POST")
    pid = extension.engine.pid
    hanging = asyncio.create_task(api("diagnose", "POST", {"rung": "hang"}))
    await until(lambda: extension.engine._process.busy)
    begin = time.monotonic()
    await extension.stop_extension()
    assert time.monotonic() - begin < 3
    assert not exists(pid)  # neither alive nor a zombie
    code, told = await hanging
    assert (code, told["reason"]) == (503, "engine_stopped")
    assert (await api("state"))[1]["reason"] == "engine_stopped"


async def test_a_deaf_engine_is_killed_within_three_seconds(extension, fake_engine, api):
    fake_engine(deaf=True)
    await api("state")
    pid = extension.engine.pid
    begin = time.monotonic()
    await extension.stop_extension()
    assert time.monotonic() - begin < 3
    assert not exists(pid)
    assert "ignored SIGTERM" in fake_engine.lines()


async def test_an_idle_engine_goes_and_comes_back(extension, fake_engine, api):
    extension.engine._idle_seconds = 0.05
    await api("state")
    pid = extension.engine.pid
    await until(lambda: not exists(pid))
    assert extension.engine.crashes == 0
    assert (await api("state"))[0] == 200


async def test_an_engine_with_a_connection_stays(extension, api):
    extension.engine._idle_seconds = 0.01
    await api("connect", "POST")
    pid = extension.engine.pid
    for _ in range(3):
        extension.engine._stop_when_idle()
    assert extension.engine.pid == pid
    await api("disconnect", "POST")
    await until(lambda: not exists(pid))


async def test_an_engine_that_looks_on_at_something_broken_stays(extension, fake_engine, api):
    extension.engine._idle_seconds = 0.01
    fake_engine(lookingOn=True)
    await api("diagnose", "POST")
    pid = extension.engine.pid
    for _ in range(3):
        extension.engine._stop_when_idle()
    assert extension.engine.pid == pid


async def test_an_engine_that_has_seen_it_repaired_goes(extension, fake_engine, api):
    extension.engine._idle_seconds = 0.01
    fake_engine(lookingOn=False)
    await api("diagnose", "POST")
    pid = extension.engine.pid
    await until(lambda: not exists(pid))


async def test_after_a_crash_what_was_broken_is_checked_by_the_new_engine(extension, fake_engine, api, monkeypatch):
    monkeypatch.setattr(engine_supervisor, "REVIVE_SECONDS", 0.0)
    fake_engine(lookingOn=True)
    await api("diagnose", "POST")
    os.kill(extension.engine.pid, signal.SIGKILL)
    await until(lambda: sum(line.startswith("diagnose") for line in fake_engine.lines()) == 2)
