"""Who may ask what over REST, and what comes back."""

from __future__ import annotations

import errno
import gzip
import json
from pathlib import Path

import pytest
import yaml
from jupyter_server.auth.authorizer import Authorizer
from tornado.httpclient import HTTPClientError

from jupyterlab_codeartifact import settings_files
from jupyterlab_codeartifact.handlers import HANDLERS
from jupyterlab_codeartifact.protocol import VERBS

from .conftest import API, as_described

READS = ["state", "repositories", "packages"]
CHANGES = ["connect", "refresh", "disconnect", "diagnose", "preview", "cancel"]
EVERY = [("GET", name) for name in READS] + [("POST", name) for name in CHANGES]


async def status(fetch, *args, **kwargs):
    try:
        return (await fetch(*args, **kwargs)).code
    except HTTPClientError as e:
        return e.code


def body_of(method):
    return "{}" if method == "POST" else None


@pytest.mark.parametrize(("method", "name"), EVERY)
async def test_every_verb_answers_with_what_the_engine_says(api, method, name):
    code, document = await api(name, method)
    assert code == 200
    assert document["schema"] == 1


@pytest.mark.parametrize(("method", "name"), EVERY)
async def test_nobody_without_a_token_gets_in(extension, fake_engine, http_server_client, jp_base_url, method, name):
    url = "/".join([jp_base_url.rstrip("/"), *API, name])
    assert await status(http_server_client.fetch, url, method=method, body=body_of(method)) == 403
    assert fake_engine.lines() == []


@pytest.mark.parametrize(("method", "name"), EVERY)
async def test_nobody_without_permission_gets_in(api, jp_serverapp, fake_engine, method, name):
    asked = []

    class Nobody(Authorizer):
        def is_authorized(self, handler, user, action, resource):
            asked.append((action, resource))
            return False

    jp_serverapp.web_app.settings["authorizer"] = Nobody(parent=jp_serverapp)
    code, _ = await api(name, method)
    assert code == 403
    assert asked == [("read" if method == "GET" else "write", "codeartifact")]
    assert fake_engine.lines() == []


@pytest.mark.parametrize("name", CHANGES)
async def test_changes_are_refused_by_get(api, fake_engine, name):
    assert (await api(name))[0] == 405
    assert fake_engine.lines() == []


@pytest.mark.parametrize("name", CHANGES)
async def test_a_cookie_without_the_xsrf_token_changes_nothing(
    extension, fake_engine, jp_serverapp, http_server_client, jp_base_url, name
):
    """As a page on another site would post it: the browser sends the login cookie, and no more."""
    login = await http_server_client.fetch(
        f"{jp_base_url}lab?token={jp_serverapp.identity_provider.token}", follow_redirects=False, raise_error=False
    )
    cookie = "; ".join(c.split(";")[0] for c in login.headers.get_list("Set-Cookie"))
    assert "username" in cookie
    url = "/".join([jp_base_url.rstrip("/"), *API])
    read = await http_server_client.fetch(f"{url}/state", headers={"Cookie": cookie})
    assert read.code == 200  # the cookie is good
    before = fake_engine.lines()
    assert (
        await status(http_server_client.fetch, f"{url}/{name}", method="POST", body="{}", headers={"Cookie": cookie})
        == 403
    )
    assert fake_engine.lines() == before


BODIES = [
    ("connect", {"domain": "evil"}, 400, "domain"),
    ("connect", {"settings": {"repository": "evil"}}, 400, "settings"),
    ("connect", {"pins": {}}, 400, "pins"),
    ("refresh", {"automatic": True}, 400, "automatic"),
    ("disconnect", {"files": ["/etc/passwd"]}, 400, "files"),
    ("cancel", {"id": 1}, 400, "id"),
    ("connect", [], 400, "object"),
    ("connect", "not JSON", 400, "not JSON"),
    ("connect", "{" * 3000, 400, "not JSON"),
    ("connect", " " * 5000, 400, "longer"),
    ("diagnose", {"rung": "dns.api"}, 200, None),
    ("diagnose", {"rung": None}, 200, None),
    ("diagnose", {"rung": "../../etc"}, 400, "rung"),
    ("diagnose", {"rung": "dns.api\n"}, 400, "rung"),
    ("diagnose", {"rung": 7}, 400, "rung"),
    ("diagnose", {"rung": "dns.api", "region": "eu-west-1"}, 400, "region"),
    ("diagnose", {"rung": "wrong"}, 400, "no such rung"),
    ("connect", "", 200, None),
    ("preview", {"repository": "evil"}, 400, "repository"),
]


@pytest.mark.parametrize(("name", "body", "code", "word"), BODIES)
async def test_a_body_carries_no_settings(api, fake_engine, name, body, code, word):
    got, answer = await api(name, "POST", body)
    assert got == code, answer
    if word:
        assert word in answer["message"]
    if code == 400 and word != "no such rung":
        assert fake_engine.lines() == []


async def test_packages_takes_a_query_and_nothing_else(api):
    _, answer = await api("packages", params={"query": "nump", "package": "numpy", "domain": "evil", "dataDir": "/"})
    assert answer["input"]["query"] == "nump"
    assert answer["input"]["package"] == "numpy"
    assert "domain" not in answer["input"]
    assert answer["input"]["dataDir"] != "/"
    assert (await api("packages", params={"query": "x" * 201}))[0] == 400


async def test_whatever_a_handler_passes_on_the_settings_of_the_disk_count(extension):
    answer = await extension.call_engine(
        "packages", {"dataDir": "/tmp/x", "settings": {"domain": "evil"}, "query": "q"}
    )
    assert answer["input"]["dataDir"] != "/tmp/x"
    assert answer["input"]["settings"] == {}
    assert answer["input"]["query"] == "q"


async def test_a_rung_reaches_the_engine(api):
    _, answer = await api("diagnose", "POST", {"rung": "tls.repository"})
    assert answer["input"]["rung"] == "tls.repository"


async def test_polls_leave_the_server_idle_and_clicks_do_not(api, jp_serverapp):
    for name in READS:
        await api(name)
    assert "api_last_activity" not in jp_serverapp.web_app.settings
    await api("connect", "POST")
    assert jp_serverapp.web_app.settings["api_last_activity"]


async def test_a_check_that_nobody_clicked_leaves_the_server_idle(api, jp_serverapp):
    """The front end sends a check in the background with jupyter_server's own parameter."""
    code, _ = await api("diagnose", "POST", params={"no_track_activity": "1"})
    assert code == 200
    assert "api_last_activity" not in jp_serverapp.web_app.settings
    await api("diagnose", "POST")
    assert jp_serverapp.web_app.settings["api_last_activity"]


@pytest.mark.parametrize(("method", "name"), EVERY)
async def test_an_engine_that_answers_with_an_error_is_a_failed_verdict_with_what_to_do(
    api, folders, fake_engine, method, name
):
    """As with a damaged state.json: the panel gets what it can show, each time, and no 503."""
    fake_engine(failing=True)
    for _ in range(2):
        code, document = await api(name, method)
        assert (code, document["verdict"]) == (200, "service_error")
        assert "TypeError" in document["summary"]
        as_described(document, {"repositories": "Repositories", "packages": "Packages"}.get(name, "Document"))
        (rung,) = document["rungs"]
        record = Path.home() / ".local/state/jupyterlab-codeartifact/state.json"
        assert f"mv -- {record}" in rung["fix"]["snippets"][1]["text"]
    expected = {"repositories": {"domains": [], "repositories": []}, "packages": {"packages": []}}
    assert (expected.get(name) or {"connection": None, "files": []}).items() <= document.items()


async def test_an_engine_that_only_answers_with_errors_is_renewed_once(extension, fake_engine, api):
    fake_engine(failing=True)
    for _ in range(8):
        assert (await api("state"))[0] == 200
    assert extension.engine.starts == 2


async def test_without_file_descriptors_no_settings_are_made_up(api, fake_engine, monkeypatch):
    """The file is not bad, the server is out of resources; and pins must not be lost by that."""

    def no_more(*_, **__):
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(settings_files, "open", no_more, raising=False)
    code, told = await api("state")
    assert (code, told["reason"]) == (503, "engine_failed")
    assert "too many files are open" in told["message"]
    as_described(told, "Problem")
    assert "ulimit" in told["fix"]["snippets"][0]["text"]
    assert fake_engine.lines() == []


async def test_answers_are_not_kept_by_anything_between(extension, jp_fetch):
    response = await jp_fetch(*API, "state")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Type"].startswith("application/json")


@pytest.mark.parametrize(("accepted", "packed"), [("gzip, deflate", True), ("identity", False)])
async def test_a_long_answer_is_compressed_for_who_takes_that(api, extension, jp_fetch, monkeypatch, accepted, packed):
    document = {**(await api("state"))[1], "summary": "Every check passed. " * 500}

    async def call_engine(*_, **__):
        return document

    monkeypatch.setattr(extension, "call_engine", call_engine)
    answer = await jp_fetch(
        *API, "state", headers={"Accept-Encoding": accepted}, decompress_response=False, raise_error=False
    )
    assert answer.headers.get("Content-Encoding") == ("gzip" if packed else None)
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert json.loads(gzip.decompress(answer.body) if packed else answer.body) == document
    assert (len(answer.body) < 1000) == packed


async def test_the_openapi_file_describes_exactly_these_routes(extension):
    text = (Path(__file__).parents[2] / "api" / "openapi.yaml").read_text()
    described = {
        (path, verb)
        for path, item in yaml.safe_load(text)["paths"].items()
        for verb in item
        if verb in ("get", "post", "put", "delete", "patch")
    }
    real = {
        (pattern.removesuffix("/?").rpartition("/v1")[2], verb)
        for pattern, handler, _ in HANDLERS
        for verb in ("get", "post", "put", "delete", "patch")
        if verb in vars(handler)
    }
    assert described == real
    assert real == {(f"/{verb.name}", verb.http_method.lower()) for verb in VERBS.values()}


async def test_the_page_knows_the_pins_before_any_request(folders, fake_engine, jp_configurable_serverapp):
    file = folders.write(folders.overrides, {"domain": "corp", "pinned": ["domain"]})
    app = jp_configurable_serverapp()
    policy = json.loads(app.web_app.settings["page_config_data"]["codeartifactPolicy"])
    assert policy == {
        "pinned": {"domain": {"value": "corp", "file": str(file), "reason": f"Set by your administrator in {file}"}}
    }
