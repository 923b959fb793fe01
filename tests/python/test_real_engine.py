"""The real engine under the real server, against the emulator: the seam between Python and Node."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from jupyterlab_codeartifact import node
from jupyterlab_codeartifact.remembered import remembered_state
from tests.emulated import emulator

from .conftest import as_described
from .test_engine_supervisor import EVENT, exists, until

ENGINE = Path(node.__file__).parent / "engine" / "engine.cjs"
pytestmark = pytest.mark.skipif(not ENGINE.exists(), reason="the engine is not built: npm run build:engine")

OWNER, DOMAIN, REPOSITORY = "111122223333", "analytics", "isolatedsm"


@pytest.fixture
def world():
    with emulator() as given:
        yield given


def scenario(world, name):
    """Put the running emulator into a state."""
    subprocess.run(
        [
            node.find_node(),
            str(Path(__file__).parents[2] / "build/emulator.cjs"),
            "scenario",
            name,
            "--control",
            world["controlUrl"],
        ],
        check=True,
        capture_output=True,
    )


@pytest.fixture
def real(world, folders, jp_environ, monkeypatch, tmp_path):
    """A home of its own and the emulator's variables; then the server's fixtures."""
    home = tmp_path / "real-home"
    home.mkdir()
    for name in list(os.environ):
        if name.startswith(("AWS_", "PIP_", "UV_", "SSL_", "REQUESTS_", "CURL_", "NODE_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    for name, value in world["env"].items():
        monkeypatch.setenv(name, value)
    folders.write(
        folders.overrides, {"domain": DOMAIN, "domainOwner": OWNER, "repository": REPOSITORY, "pinned": ["repository"]}
    )
    return home


@pytest.fixture
def extension(real, jp_serverapp):
    return jp_serverapp.extension_manager.extension_points["jupyterlab_codeartifact"].app


def token_of(home):
    """The token as written; what nothing else may show."""
    return (home / ".netrc").read_text().split("password", 1)[1].split()[0]


async def test_connect_state_and_disconnect(real, extension, api, jp_serverapp, caplog):
    heard = []

    async def listener(logger, schema_id, data):
        heard.append(data)

    jp_serverapp.event_logger.add_listener(schema_id=EVENT, listener=listener)
    code, connected = await api("connect", "POST")
    assert (code, connected["verdict"]) == (200, "ok")
    assert connected["connection"]["state"] == "connected"
    token = token_of(real)
    for path in (real / ".netrc", real / ".config/pip/pip.conf"):
        assert path.stat().st_mode & 0o777 == 0o600
    _, state = await api("state")
    assert state["connection"]["expiresAt"] == connected["connection"]["expiresAt"]
    # What a page is told without an engine is what the engine remembers.
    known = remembered_state()["connection"]
    assert known.pop("refreshAt") < state["connection"]["expiresAt"]
    assert known == {name: state["connection"][name] for name in known}
    assert "token" not in known
    _, checked = await api("diagnose", "POST")
    assert checked["verdict"] == "ok"
    assert len(checked["rungs"]) == 14
    _, listed = await api("repositories")
    assert REPOSITORY in [r["name"] for r in listed["repositories"]]
    _, packages = await api("packages")
    assert packages["verdict"] == "ok"
    _, refreshed = await api("refresh", "POST")
    assert refreshed["verdict"] == "ok"
    later = token_of(real)
    assert later != token
    _, gone = await api("disconnect", "POST")
    assert gone["verdict"] == "ok"
    assert gone["connection"] is None
    assert remembered_state()["connection"] is None
    assert not (real / ".netrc").exists()
    assert not (real / ".config/pip/pip.conf").exists()
    await until(lambda: heard and heard[-1]["state"] == "disconnected")
    everything = json.dumps([connected, state, checked, listed, packages, refreshed, gone, heard]) + caplog.text
    for secret in (token, later, os.environ["AWS_SECRET_ACCESS_KEY"], os.environ["AWS_SESSION_TOKEN"]):
        assert secret not in everything


async def test_each_kernel_of_the_server_is_looked_at(real, folders, api, tmp_path):
    """The bridge tells the kernels of the server's own manager, the engine what their pip will use."""
    python = tmp_path / "torch" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    (tmp_path / "torch" / "pyvenv.cfg").touch()
    (tmp_path / "torch" / "pip.conf").write_text("[global]\nindex-url = https://pypi.org/simple\n")
    spec = {"argv": [str(python), "-m", "ipykernel_launcher"], "display_name": "Torch", "language": "python"}
    folders.raw(folders.data / "kernels" / "torch" / "kernel.json", json.dumps(spec))
    _, connected = await api("connect", "POST")
    torch = next(kernel for kernel in connected["kernels"] if kernel["name"] == "torch")
    assert (torch["displayName"], torch["prefix"]) == ("Torch", str(tmp_path / "torch"))
    assert not torch["effective"]
    (snippet,) = torch["fix"]["snippets"]
    assert snippet["text"] == f"{python} -m pip config --site unset global.index-url"
    own = next(kernel for kernel in connected["kernels"] if kernel["name"] == "python3")
    assert own["effective"]
    as_described(connected)


async def test_a_pin_holds_against_the_users_settings(real, folders, api):
    folders.user({"repository": "scratch", "domain": DOMAIN})
    _, connected = await api("connect", "POST")
    assert connected["connection"]["repository"] == REPOSITORY
    assert any("scratch" in note and str(folders.overrides) in note for note in connected["notes"])


async def test_invalid_settings_are_an_answer_not_an_error(real, folders, api):
    folders.user({"domainOwner": "12"})
    code, told = await api("connect", "POST")
    assert (code, told["verdict"]) == (200, "invalid_settings")
    assert not (real / ".netrc").exists()


@pytest.mark.parametrize(
    ("name", "verdict", "seconds"), [("no-endpoints", "timeout", 4), ("no-role-permission", "access_denied", 1)]
)
async def test_the_articles_states_in_their_time(real, world, api, name, verdict, seconds):
    await api("state")  # the engine is warm, as when the panel is open
    scenario(world, name)
    begin = time.monotonic()
    code, told = await api("connect", "POST")
    took = time.monotonic() - begin
    assert (code, told["verdict"]) == (200, verdict), told["summary"]
    assert took < seconds
    assert not (real / ".netrc").exists()


async def test_cancel_reaches_a_connect_that_hangs(real, world, api):
    scenario(world, "no-endpoints")
    running = asyncio.create_task(api("connect", "POST"))

    async def connecting():
        return (((await api("state"))[1]["connection"]) or {}).get("state") == "connecting"

    while not await connecting():
        assert not running.done()
    begin = time.monotonic()
    await api("cancel", "POST")
    _, told = await running
    assert told["verdict"] == "cancelled"
    assert time.monotonic() - begin < 1


async def test_after_a_crash_the_connection_is_taken_up_again(real, extension, api):
    _, connected = await api("connect", "POST")
    os.kill(extension.engine.pid, signal.SIGKILL)
    await until(lambda: extension.engine.pid is None)
    _, state = await api("state")
    assert state["connection"]["state"] == "connected"
    assert state["connection"]["expiresAt"] == connected["connection"]["expiresAt"]
    assert extension.engine.starts == 2


@pytest.mark.parametrize(
    "damage",
    [
        {"settings": 7},
        {"settings": None, "domain": [], "region": {}},
        {"expiresAt": 1e300, "obtainedAt": "yesterday"},
        {"generation": "x", "repository": None, "domainOwner": 1},
        {"indexUrl": "not a URL"},
    ],
)
async def test_a_damaged_record_of_the_connection_leaves_the_panel_something_to_show(
    real, folders, extension, api, damage
):
    """Whatever the engine makes of it: a document; or, where it ends by it again and again, what to do about it."""
    await api("connect", "POST")
    state = Path.home() / ".local/state/jupyterlab-codeartifact/state.json"
    whole = json.loads(state.read_text())
    os.kill(extension.engine.pid, signal.SIGKILL)
    await until(lambda: extension.engine.pid is None)
    extension.engine.crashes = 0
    state.write_text(json.dumps({**whole, **damage}))
    for name, method in (("state", "GET"), ("diagnose", "POST"), ("disconnect", "POST"), ("state", "GET")):
        code, told = await api(name, method)
        if code == 200:
            assert told["schema"] == 1
        elif extension.engine.crashes > 1:
            assert any(str(state) in snippet["text"] for snippet in told["fix"]["snippets"])


async def test_the_engine_ends_when_asked_and_is_small(real, extension, api):
    await api("connect", "POST")
    pid = extension.engine.pid
    resident = megabytes(pid)
    begin = time.monotonic()
    await extension.stop_extension()
    assert not exists(pid)
    assert time.monotonic() - begin < 3
    print(f"engine: {resident:.0f} MB resident")
    assert resident < 90


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_the_engine_does_not_outlive_the_server(real, tmp_path, how):
    """A whole `jupyter server` process, ended politely or killed."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyter_server", "--allow-root", "--no-browser"),
            *(f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=t0ken"),
            "--ServerApp.jpserver_extensions=jupyterlab_codeartifact=True",
        ],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        url = f"http://127.0.0.1:{port}/jupyterlab-codeartifact/api/v1"

        def ask(name, data=None):
            with urlopen(Request(f"{url}/{name}", data=data, headers={"Authorization": "token t0ken"})) as response:
                return json.load(response)

        end = time.monotonic() + 30
        while True:
            try:
                ask("state")
                break
            except OSError:
                assert time.monotonic() < end
                assert server.poll() is None
                time.sleep(0.1)
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        engines = [int(p) for p in children if b"engine.cjs" in Path(f"/proc/{p}/cmdline").read_bytes()]
        assert len(engines) == 1
        server.send_signal(how)
        server.wait(15)
        end = time.monotonic() + 5
        while exists(engines[0]) and _state(engines[0]) != "Z":
            assert time.monotonic() < end, "the engine outlived the server"
            time.sleep(0.02)
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        server.stderr.close()


def megabytes(pid):
    return int(Path(f"/proc/{pid}/status").read_text().split("VmRSS:")[1].split()[0]) / 1024


def _state(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"
