"""What Jupyter Server's own idle shutdown and SageMaker's call activity, and what the panel sends by itself.

JupyterHub's culler is in tests/hub.
"""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from jupyter_server import _tz, serverapp
from jupyter_server.base import handlers
from tornado.httpclient import HTTPClientError

from .conftest import API

IDLE_SECONDS = 600


@pytest.fixture
def jp_server_config(jp_server_config):
    jp_server_config["ServerApp"]["shutdown_no_activity_timeout"] = IDLE_SECONDS
    return jp_server_config


@pytest.fixture
def later(monkeypatch):
    """later(seconds) puts Jupyter Server's clock forward."""
    shift = timedelta()

    def forward(seconds: float) -> None:
        nonlocal shift
        shift += timedelta(seconds=seconds)

    for module in (serverapp, handlers):
        monkeypatch.setattr(module, "utcnow", lambda: _tz.utcnow() + shift)
    return forward


@pytest.fixture
def stopped(jp_serverapp, monkeypatch):
    """Whether the server has decided to stop: what its timer of one minute calls is called here."""
    stops = []
    monkeypatch.setattr(jp_serverapp, "stop", lambda: stops.append(True))

    def look() -> bool:
        jp_serverapp.shutdown_no_activity()
        return bool(stops)

    return look


async def open_panel(api) -> None:
    """What an open panel sends by itself within some minutes."""
    for _ in range(3):
        assert (await api("state", params={"no_track_activity": "1"}))[0] == 200
        assert (await api("state", params={"no_track_activity": "1", "watching": "1"}))[0] == 200
        assert (await api("packages", params={"no_track_activity": "1", "query": "num"}))[0] == 200


async def test_jupyter_server_stops_idle_although_the_panel_is_open(api, later, stopped):
    later(IDLE_SECONDS - 60)
    await open_panel(api)
    assert not stopped()
    later(120)
    assert stopped()


async def test_jupyter_server_stays_when_somebody_clicks(api, later, stopped):
    later(IDLE_SECONDS - 60)
    await api("connect", "POST")
    later(120)
    assert not stopped()
    later(IDLE_SECONDS)
    assert stopped()


async def test_neither_the_panel_nor_a_click_starts_what_sagemaker_counts(api, jp_fetch):
    """The idle shutdown of SageMaker Studio reads when kernels and terminals were last active, and nothing else here.

    IdleHandler of https://pypi.org/project/jupyter-activity-monitor-extension/ (read in 0.3.2)
    """
    await open_panel(api)
    await api("connect", "POST")
    for name in ("sessions", "kernels", "terminals"):
        assert json.loads((await jp_fetch("api", name)).body) == []


async def test_an_unchanged_answer_is_a_304_for_who_has_it(api, jp_fetch, fake_engine):
    """JupyterHub's proxy counts what is answered below 300."""

    async def ask(**headers: str):
        try:
            return await jp_fetch(*API, "state", headers=headers)
        except HTTPClientError as e:
            return e.response

    first = await ask()
    again = await ask(**{"If-None-Match": first.headers["Etag"]})
    assert (first.code, again.code, again.body) == (200, 304, b"")
    changed = await ask(**{"If-None-Match": '"another"'})
    assert (changed.code, changed.body) == (200, first.body)


@pytest.mark.parametrize("verb", ["connect", "refresh", "disconnect"])
async def test_the_answer_to_a_click_is_known_when_the_state_is_read(api, jp_fetch, fake_engine, verb):
    fake_engine()
    clicked = await jp_fetch(*API, verb, method="POST", body="{}")
    read = await jp_fetch(*API, "state")
    same = {**json.loads(clicked.body), "at": ""} == {**json.loads(read.body), "at": ""}
    assert (clicked.headers["Etag"] == read.headers["Etag"]) == same


@pytest.mark.parametrize(("change", "news"), [("nextCheckAt", False), ("checkSeconds", True), ("repairedAt", True)])
async def test_the_time_of_the_engines_next_check_is_no_news(api, jp_fetch, fake_engine, change, news):
    """It passes by itself while something is broken; what else is told of the outage is news."""
    fake_engine(outages=[{"since": "then", change: "one"}, {"since": "then", change: "two"}])
    first, second = [(await jp_fetch(*API, "state")).headers["Etag"] for _ in range(2)]
    assert (first != second) == news
