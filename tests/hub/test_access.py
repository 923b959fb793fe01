"""Three users of one hub under a base URL: each connects, and nobody reaches what is another's."""

from __future__ import annotations

import os
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations

import pytest
import requests

from .hub import API, BASE_URL, Person, xsrf_of

READS = ("state", "repositories", "packages")
ACTIONS = ("connect", "refresh", "disconnect", "diagnose", "preview", "cancel")


def token_of(person: Person) -> str:
    """The token in this person's netrc."""
    return re.search(r"password (\S+)", (person.home / ".netrc").read_text())[1]


def files_of(person: Person) -> dict[str, bytes]:
    """Every file that the product writes or edits in this person's home."""
    folders = (".netrc", ".config/pip", ".local/share", ".jupyter")
    found = [path for name in folders for path in [person.home / name, *(person.home / name).rglob("*")]]
    # Jupyter's own: what runs now, and who may sign a notebook.
    ours = [path for path in found if path.is_file() and not {"runtime", "nbsignatures.db"} & set(path.parts)]
    return {str(path.relative_to(person.home)): path.read_bytes() for path in ours}


@pytest.fixture(scope="module")
def connected(people):
    """Everybody clicks Connect at the same moment, twice."""
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda person: person.post("connect").json(), [*people, *people]))
    assert [(a["verdict"], a["connection"]["state"]) for a in answers] == [("ok", "connected")] * 6, answers
    return people


def test_each_has_a_token_of_their_own_in_a_file_of_their_own(connected):
    assert len({token_of(person) for person in connected}) == 3
    for person in connected:
        netrc = (person.home / ".netrc").stat()
        assert stat.S_IMODE(netrc.st_mode) == 0o600
        assert netrc.st_uid == person.home.stat().st_uid
        pip = (person.home / ".config/pip/pip.conf").read_text()
        assert "isolatedsm" in pip
        assert token_of(person) not in pip


def test_a_token_is_in_no_other_home_and_in_no_log(connected, hub, folder):
    for person in connected:
        token = token_of(person).encode()
        holders = [path for path in folder.rglob("*") if path.is_file() and token in path.read_bytes()]
        assert holders == [person.home / ".netrc"]


def test_each_server_runs_as_its_user(connected):
    if os.geteuid() != 0:
        pytest.skip("only root can run servers as several users")
    assert len({person.home.stat().st_uid for person in connected} - {0}) == 3
    for person in connected:
        # What its engine wrote, the temporary files and locks included.
        owners = {path.lstat().st_uid for path in (person.home / ".config").rglob("*")}
        assert owners == {person.home.stat().st_uid}


def test_a_users_token_opens_no_other_users_server(connected):
    before = [files_of(person) for person in connected]
    for one, other in permutations(connected, 2):
        for verb in READS:
            assert one.get(verb, of=other).status_code == 403, (one.name, verb, other.name)
        for verb in ACTIONS:
            assert one.post(verb, of=other).status_code == 403, (one.name, verb, other.name)
    assert [files_of(person) for person in connected] == before


@pytest.mark.parametrize(
    "path", ["user/{other}/%2e%2e/{other}/", "user/{one}/../{other}/", "user/{one}/%2e%2e/{other}/"]
)
def test_a_path_with_dots_leads_to_no_other_users_state(connected, hub, path):
    one, other, _ = connected
    url = hub.url + path.format(one=one.name, other=other.name) + API + "state"
    request = requests.Request("GET", url, headers={"Authorization": f"token {one.token}"}).prepare()
    request.url = url  # requests would resolve the dots itself
    assert hub.session.send(request, allow_redirects=False, timeout=30).status_code in (403, 404)


def test_a_user_can_neither_mint_a_token_for_another_nor_stop_their_server(connected, hub):
    one, other, _ = connected
    headers = {"Authorization": f"token {one.token}"}
    for method, path in [("POST", "tokens"), ("DELETE", "server"), ("GET", "")]:
        url = f"{hub.url}hub/api/users/{other.name}/{path}".rstrip("/")
        answer = hub.session.request(method, url, headers=headers, timeout=30)
        assert answer.status_code in (403, 404), (method, path)
    assert other.running()


def test_without_a_token_nothing_is_told(connected, hub):
    for verb in READS:
        answer = hub.session.get(connected[0].server + API + verb, allow_redirects=False, timeout=30)
        assert answer.status_code in (302, 403), verb
        assert "isolatedsm" not in answer.text
    for verb in ACTIONS:
        answer = hub.session.post(connected[0].server + API + verb, json={}, allow_redirects=False, timeout=30)
        assert answer.status_code == 403, verb


@pytest.fixture
def browser(connected, hub):
    """Ann's browser, signed in by the hub's form; her cookies and no token."""
    with requests.Session() as session:
        session.trust_env = False
        form = session.get(f"{hub.url}hub/login", timeout=30)
        given = {"username": connected[0].name, "password": hub.given["password"], "_xsrf": xsrf_of(form.text)}
        session.post(f"{hub.url}hub/login", data=given, timeout=30).raise_for_status()
        # Through the hub's OAuth, as the first page does.
        session.get(f"{connected[0].server}lab", timeout=60).raise_for_status()
        yield session


def test_a_browser_acts_with_the_xsrf_token_of_its_own_server_only(connected, browser):
    ann, bob, _ = connected
    xsrf = next(c.value for c in browser.cookies if c.name == "_xsrf" and c.path == f"{BASE_URL}user/{ann.name}/")
    diagnose = f"{API}diagnose"
    assert browser.post(ann.server + diagnose, json={}, timeout=60).status_code == 403
    acted = browser.post(ann.server + diagnose, json={}, headers={"X-XSRFToken": xsrf}, timeout=60)
    assert (acted.status_code, acted.json()["verdict"]) == (200, "ok")
    # Bob's server sends her page to the hub, which does not let her in; what asks for JSON is refused at once.
    assert browser.get(f"{bob.server}lab", timeout=60).status_code == 403
    read = browser.get(f"{bob.server}{API}state", timeout=60)
    assert read.status_code == 403
    assert "isolatedsm" not in read.text
    assert browser.post(bob.server + diagnose, json={}, headers={"X-XSRFToken": xsrf}, timeout=60).status_code == 403


def test_disconnecting_one_leaves_the_others_connected(connected):
    ann, *others = connected
    before = [files_of(person) for person in others]
    assert ann.post("disconnect").json()["verdict"] == "ok"
    try:
        assert not (ann.home / ".netrc").exists()
        assert [files_of(person) for person in others] == before
        assert [person.get("state").json()["connection"]["state"] for person in others] == ["connected"] * 2
    finally:
        ann.post("connect")
