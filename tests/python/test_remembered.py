"""What a page that has just been loaded is told: from the disk, without an engine."""

from __future__ import annotations

import json

import pytest

from jupyterlab_codeartifact.remembered import record_file, remembered_state

from .conftest import as_described

NOW = 1_790_000_000.0
RECORD = {
    "version": 1,
    "domain": "analytics",
    "domainOwner": "111122223333",
    "repository": "isolatedsm",
    "region": "us-east-1",
    "indexUrl": "https://analytics-111122223333.d.codeartifact.us-east-1.amazonaws.com/pypi/isolatedsm/simple/",
    "obtainedAt": (NOW - 3600) * 1000,
    "expiresAt": (NOW + 11 * 3600) * 1000,
    "generation": 3,
    "token": "0" * 64,
    "settings": {"autoRefresh": True},
}


def told(tmp_path, record: object) -> dict:
    file = tmp_path / "state.json"
    file.write_text(record if isinstance(record, str) else json.dumps(record))
    document = remembered_state(file, NOW)
    as_described(document)
    return document


def test_a_connection_and_its_time(tmp_path):
    document = told(tmp_path, RECORD)
    assert document["verdict"] == "ok"
    assert document["connection"]["state"] == "connected"
    assert document["connection"]["expiresAt"].endswith("Z")
    assert "refreshAt" in document["connection"]
    assert "0" * 64 not in json.dumps(document)


def test_one_that_is_not_renewed(tmp_path):
    assert "refreshAt" not in told(tmp_path, {**RECORD, "settings": {"autoRefresh": False}})["connection"]


def test_an_ended_token(tmp_path):
    document = told(tmp_path, {**RECORD, "expiresAt": (NOW - 1) * 1000})
    assert (document["verdict"], document["connection"]["state"]) == ("expired_credentials", "expired")


@pytest.mark.parametrize(
    "record",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 100_000,
        " " * 70_000 + "{}",
        {**RECORD, "version": 2},
        {**RECORD, "expiresAt": "soon"},
        {**RECORD, "expiresAt": True},
        {**RECORD, "expiresAt": 1e300},
        {**RECORD, "domain": None},
        {**RECORD, "indexUrl": "https://aws:secret@example.com/simple/"},
        {key: value for key, value in RECORD.items() if key != "repository"},
    ],
)
def test_what_cannot_be_a_record_is_no_connection(tmp_path, record):
    assert told(tmp_path, record)["connection"] is None


def test_no_record_at_all(tmp_path):
    assert remembered_state(tmp_path / "nowhere", NOW)["connection"] is None


async def test_it_starts_no_engine_and_a_running_one_is_asked(api, fake_engine, extension, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    file = record_file()
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({**RECORD, "expiresAt": 4e12}))
    status, document = await api("state", params={"known": "1"})
    assert status == 200
    assert document["connection"]["repository"] == "isolatedsm"
    assert extension.engine.pid is None
    assert extension.engine.starts == 0
    await api("state")
    await api("state", params={"known": "1"})
    assert extension.engine.starts == 1
    assert [line for line in fake_engine.lines() if "state" in line][1:]
