"""What keeps a server alive: seen by the hub's proxy, by Jupyter Server, by SageMaker, and by the hub's culler.

The table in docs/reliability.md says the same. Each row of ROWS is a request that the front end makes, or may make.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Thread
from urllib.parse import urlsplit

import pytest
from requests import Response

from .hub import API, Hub, Person, start_servers

UNTRACKED = "?no_track_activity=1"
#: Longer than all that is waited for here: the culler's limit, its round, a server's report to the hub, its end.
PATIENCE_SECONDS = 30
#: The culler's limit. In earnest it is an hour or so; the panel's minute is then PANEL_SECONDS.
IDLE_SECONDS = 4
PANEL_SECONDS = 0.25


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def poll(person: Person):
    """The panel's reading of the state."""
    return person.get(f"state{UNTRACKED}")


def unchanged(person: Person):
    """The same, by a client that says which answer it has."""
    tag = poll(person).headers["ETag"]
    return lambda: person.get(f"state{UNTRACKED}", headers={"If-None-Match": tag})


def watched(person: Person):
    """The open panel reads, every minute: it says that somebody sees it, and which answer the page has."""
    query = f"state{UNTRACKED}&watching=1"
    tag = person.get(query).headers["ETag"]
    return lambda: person.get(query, headers={"If-None-Match": tag})


def work(person: Person):
    """What JupyterLab asks when somebody opens a folder."""
    return person.ask("GET", "api/contents")


def check(person: Person):
    """A check that a page sends unasked, as pages of older versions did every minute."""
    return person.post(f"diagnose{UNTRACKED}")


#: name: (what is asked, its status, counts for the proxy, counts for Jupyter Server)
ROWS = {
    "state read": (lambda p: lambda: poll(p), 200, True, False),
    "state read, unchanged since": (unchanged, 304, False, False),
    "state read by an open panel, unchanged since": (watched, 304, False, False),
    "check that a page sends unasked": (lambda p: lambda: check(p), 200, True, False),
    "check by a click": (lambda p: lambda: p.post("diagnose"), 200, True, True),
    "connect by a click": (lambda p: lambda: p.post("connect"), 200, True, True),
    "nothing there": (lambda p: lambda: p.get(f"nothing{UNTRACKED}"), 404, False, False),
    # The proxy counts a body that is sent, whatever is answered.
    "refused, with a body": (lambda p: lambda: p.post(f"diagnose{UNTRACKED}", json=[]), 400, True, False),
    "refused, without a body": (lambda p: lambda: p.post(f"nothing{UNTRACKED}", json=None), 404, False, False),
}


@pytest.mark.parametrize("name", ROWS)
def test_what_counts_as_activity(people, name, record_property):
    prepare, status, for_the_proxy, for_the_server = ROWS[name]
    # Into the report, from which scripts/write-reliability.py writes the table.
    record_property("activity", f"{name}|{status}|{for_the_proxy}|{for_the_server}")
    ann = people[0]
    ask = prepare(ann)
    # What came before has been counted.
    reported = ann.reported_activity()
    seen = ann.activity()
    assert ask().status_code == status
    if for_the_proxy:
        until(lambda: ann.activity() != seen)
    else:
        assert ann.activity() == seen
    assert (ann.reported_activity() != reported) == for_the_server


def test_the_engine_looks_on_at_what_is_broken_and_that_counts_nowhere(people, hub, control, record_property):
    """Ten seconds after a failure it asks the hop that failed, and tells the pages."""
    ann = people[0]
    control("refused")
    try:
        broken = ann.post("diagnose").json()
        assert broken["verdict"] == "refused"
        # Straight to the server, as the engine's looks do not come through the proxy either.
        direct = hub.routes()[ann.route]["target"].rstrip("/") + urlsplit(ann.server).path + API
        headers = {"Authorization": f"token {ann.token}"}

        def next_check() -> str:
            return hub.session.get(f"{direct}state{UNTRACKED}", headers=headers, timeout=30).json()["outage"][
                "nextCheckAt"
            ]

        reported = ann.reported_activity()
        seen = ann.activity()
        due = next_check()
        until(lambda: next_check() != due)
        assert ann.activity() == seen
        assert ann.reported_activity() == reported
        record_property("activity", "check by the engine|none|False|False")
    finally:
        control("ok")


def test_an_open_websocket_counts_for_the_proxy_when_the_browser_sends_not_when_the_server_does(people, hub):
    ann = people[0]
    socket = ann.websocket("api/events/subscribe")
    try:
        seen = ann.activity()
        # Straight to the server, so that only the event goes through the proxy.
        target = hub.routes()[ann.route]["target"]
        path = urlsplit(ann.server).path
        headers = {"Authorization": f"token {ann.token}"}
        url = f"{target.rstrip('/')}{path}{API}diagnose{UNTRACKED}"
        assert hub.session.post(url, json={}, headers=headers, timeout=60).status_code == 200
        assert "connection/v1" in socket.recv()
        assert ann.activity() == seen
        # As a browser answers the ping of a kernel's socket, every 30 s.
        socket.pong(b"")
        until(lambda: ann.activity() != seen)
    finally:
        socket.close()


class Browser(Thread):
    """What a page sends by itself, for as long as its server is there."""

    def __init__(self, person: Person, ask: Callable[[Person], Response]) -> None:
        super().__init__(daemon=True)
        self.person, self.ask = person, ask
        self.closed = Event()
        self.answered = 0

    def run(self) -> None:
        while not self.closed.wait(PANEL_SECONDS):
            self.answered += self.ask(self.person).status_code < 400

    def close(self) -> None:
        self.closed.set()
        self.join(60)


def cull(hub: Hub, asks: dict[Person, Callable[[Person], Response]], *, ended: list[Person]) -> None:
    """Pages are open and send what `asks` says; return when the culler has ended the servers of `ended`."""
    for person in asks:
        # Idle from now on, and not from the start of the server, which took longer than the culler's limit.
        assert work(person).status_code == 200
        until(lambda person=person: person.idle_seconds() < 2)
    browsers = [Browser(person, ask) for person, ask in asks.items()]
    culler = hub.culler(IDLE_SECONDS)
    try:
        for browser in browsers:
            browser.start()
        until(lambda: not any(person.running() for person in ended))
        # The pages were open meanwhile; on a busy machine not many of their requests fit into the culler's limit.
        assert all(browser.answered for browser in browsers)
        assert [person for person in asks if not person.running()] == ended
    finally:
        culler.terminate()
        culler.wait(10)
        for browser in browsers:
            browser.close()


def test_by_default_the_hub_counts_what_its_proxy_counts(people, hub):
    """Last on this hub: it ends servers. What the panel sends keeps none alive; a client that takes no 304 does."""
    ann, bob, cat = people
    again = watched(bob)
    cull(hub, {ann: poll, bob: lambda _: again(), cat: work}, ended=[bob])


def test_with_the_servers_own_reports_an_open_panel_is_culled_and_work_is_not(start_hub, homes):
    """`c.JupyterHub.last_activity_interval = 0`: the hub counts what servers report, and these leave polls out."""
    names = list(homes)[:2]
    with start_hub("reports", last_activity_interval=0) as hub:
        ann, bob = start_servers(hub, {name: homes[name] for name in names})

        def older_panel(person: Person) -> Response:
            poll(person)
            return check(person)

        cull(hub, {ann: older_panel, bob: work}, ended=[ann])
