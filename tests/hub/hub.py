"""A JupyterHub with its proxy, and people who use it: each has a server, a home, and a token of the hub."""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import re
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from pathlib import Path

import requests
import websocket

from tests.emulated import ROOT, dev_node

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
BASE_URL = "/data/science/"
API = "jupyterlab-codeartifact/api/v1/"
SETTINGS = {"domain": "analytics", "domainOwner": "111122223333", "repository": "isolatedsm", "region": "us-east-1"}
PROXY = ROOT / "node_modules" / "configurable-http-proxy" / "bin" / "configurable-http-proxy"


class Person:
    """A user of the hub, who asks with a token of the hub; `get` and `post` go through the proxy."""

    def __init__(self, hub: Hub, name: str, home: Path) -> None:
        self.hub, self.name, self.home = hub, name, home
        self.token = ""

    @property
    def server(self) -> str:
        return f"{self.hub.url}user/{self.name}/"

    @property
    def route(self) -> str:
        """The name that the hub's proxy has for the way to this person's server."""
        return f"{BASE_URL}user/{self.name}"

    def start(self) -> None:
        """Return when this person's server answers."""
        users = f"users/{self.name}"
        self.token = self.hub.api("POST", f"{users}/tokens", json={"note": "tests"}).json()["token"]
        self.hub.api("POST", f"{users}/server")
        with self.hub.api("GET", f"{users}/server/progress", stream=True) as progress:
            for line in progress.iter_lines(decode_unicode=True):
                event = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
                assert not event.get("failed"), event
                if event.get("ready"):
                    return
        raise AssertionError(f"the server of {self.name} did not start")

    def ask(self, method: str, path: str, *, of: Person | None = None, **options) -> requests.Response:
        """Ask the server `of` a person, our own by default, with our own token."""
        headers = {"Authorization": f"token {self.token}", **options.pop("headers", {})}
        url = (of or self).server + path
        return self.hub.session.request(method, url, headers=headers, allow_redirects=False, timeout=60, **options)

    def get(self, path: str, **options) -> requests.Response:
        return self.ask("GET", API + path, **options)

    def post(self, path: str, **options) -> requests.Response:
        return self.ask("POST", API + path, **{"json": {}, **options})

    def websocket(self, path: str) -> websocket.WebSocket:
        url = self.server.replace("http:", "ws:", 1) + path
        return websocket.create_connection(url, header={"Authorization": f"token {self.token}"}, timeout=30)

    def activity(self) -> str:
        """When the hub's proxy last saw activity on the way to this person's server."""
        return self.hub.routes()[self.route]["last_activity"]

    def reported_activity(self) -> str:
        """What this person's Jupyter server calls its last activity, which it reports to the hub."""
        return self.ask("GET", "api/status").json()["last_activity"]

    def idle_seconds(self) -> float:
        """How long the hub holds this person's server for idle, as its culler reads it."""
        last = self.hub.api("GET", f"users/{self.name}").json()["servers"][""]["last_activity"]
        return (datetime.now(timezone.utc) - datetime.fromisoformat(last.replace("Z", "+00:00"))).total_seconds()

    def running(self) -> bool:
        return bool(self.hub.api("GET", f"users/{self.name}").json()["server"])


class Hub:
    """A running hub. `api` asks it as its administrator."""

    def __init__(self, given: dict) -> None:
        self.given = given
        self.url = f"http://127.0.0.1:{given['port']}{given['base_url']}"
        self.session = requests.Session()
        # No proxy and no netrc of this machine's.
        self.session.trust_env = False

    def api(self, method: str, path: str, **options) -> requests.Response:
        headers = {"Authorization": f"token {self.given['token']}"}
        # Straight to the hub, so that asking it is no traffic through the proxy.
        url = f"http://127.0.0.1:{self.given['hub_port']}{BASE_URL}hub/api/{path}"
        answer = self.session.request(method, url, headers=headers, timeout=60, **options)
        answer.raise_for_status()
        return answer

    def routes(self) -> dict:
        answer = self.session.get(
            f"http://127.0.0.1:{self.given['proxy_api_port']}/api/routes",
            headers={"Authorization": f"token {self.given['proxy_token']}"},
            timeout=30,
        )
        answer.raise_for_status()
        return answer.json()

    def culler(self, seconds: int) -> subprocess.Popen:
        """jupyterhub-idle-culler, which ends servers that were idle for so many seconds."""
        command = [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={seconds}", "--cull-every=1"]
        hub_api = f"http://127.0.0.1:{self.given['hub_port']}{BASE_URL}hub/api"
        environment = {"PATH": os.defpath, "JUPYTERHUB_API_TOKEN": self.given["token"]}
        return subprocess.Popen(
            [*command, f"--url={hub_api}"], env=environment, stderr=subprocess.DEVNULL, start_new_session=True
        )


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [one.getsockname()[1] for one in sockets]


def in_reach_of_users(paths: list[Path]) -> list[str]:
    """What to put before a command that root runs, so that programs below `paths` can be run by every user.

    A Python in root's home, or a checkout in a runner's, is behind a folder that is closed to others. In a mount
    namespace of the command's own, an open folder stands in its place, with nothing but the way to the path. The
    command's working folder gets an empty folder for each.
    """
    steps = []
    for path in paths:
        for closed in (folder for folder in reversed(path.parents) if not folder.stat().st_mode & 0o001):
            child = closed / path.relative_to(closed).parts[0]
            steps.append(
                f"hold=$(mktemp -d -p .) && mount --bind {child} $hold && mount -t tmpfs -o mode=0755 none {closed}"
                f" && mkdir {child} && mount --bind $hold {child}"
            )
    return ["unshare", "--mount", "sh", "-c", " && ".join([*dict.fromkeys(steps), 'exec "$@"']), "sh"] if steps else []


def _is_up(line: str) -> bool:
    return "JupyterHub is now running" in line


@contextlib.contextmanager
def running_hub(folder: Path, people: dict[str, Path], emulator: dict, **options) -> Iterator[Hub]:
    """Yield a hub for `people` (names and homes) whose notebooks find AWS at the emulator.

    `options`: last_activity_interval, how often the hub asks the proxy for activity, in seconds; 0 for never.
    """
    port, hub_port, proxy_api_port = _free_ports(3)
    separate = os.geteuid() == 0
    given = {
        "port": port,
        "hub_port": hub_port,
        "proxy_api_port": proxy_api_port,
        "base_url": BASE_URL,
        "cookie_secret": secrets.token_hex(32),
        "proxy_token": secrets.token_hex(16),
        "token": secrets.token_hex(16),
        "password": secrets.token_hex(16),
        "proxy_command": [dev_node(), str(PROXY)],
        "users": list(people),
        "homes": None if separate else str(next(iter(people.values())).parent / "{username}"),
        "singleuser": str(BIN / "jupyterhub-singleuser"),
        "environment": {
            **emulator["env"],
            # How often a server reports its activity to the hub; 300 s by default.
            "JUPYTERHUB_ACTIVITY_INTERVAL": "1",
        },
        **options,
    }
    prefix = in_reach_of_users([Path(sys.base_prefix), ROOT]) if separate else []
    log = folder / "hub.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [*prefix, sys.executable, "-m", "jupyterhub", f"--config={HERE / 'jupyterhub_config.py'}"],
            cwd=folder,
            env={"PATH": f"{BIN}{os.pathsep}{os.defpath}", "HOME": str(folder), "TEST_HUB": json.dumps(given)},
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            for line in process.stderr:
                output.write(line)
                if _is_up(line):
                    break
            else:
                output.flush()
                raise AssertionError(f"the hub did not start: {log.read_text()[-3000:]}")
            # What it prints from now on goes to the file, so that it never waits for a reader.
            rest = subprocess.Popen(["cat"], stdin=process.stderr, stdout=output)
            yield Hub(given)
        finally:
            # It stops its servers and its proxy, as on a service's stop.
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
            process.stderr.close()
            if "rest" in locals():
                rest.wait(10)


def start_servers(hub: Hub, homes: dict[str, Path]) -> list[Person]:
    """Everybody's server, started at the same time."""
    people = [Person(hub, name, home) for name, home in homes.items()]
    with ThreadPoolExecutor() as pool:
        list(pool.map(Person.start, people))
    return people


@contextlib.contextmanager
def people_with_homes(folder: Path, names: list[str]) -> Iterator[dict[str, Path]]:
    """Accounts of this machine when root may make them, else folders; gone afterwards."""
    separate = os.geteuid() == 0
    homes = {}
    try:
        for name in names:
            home = folder / "homes" / name
            if separate:
                home.parent.mkdir(mode=0o755, exist_ok=True)
                command = ["useradd", "--create-home", "--home-dir", str(home), "--shell", "/bin/bash", name]
                subprocess.run(command, check=True, capture_output=True)
                home.chmod(0o700)
            else:
                home.mkdir(parents=True, mode=0o700)
            homes[name] = home
            settings = home / ".jupyter/lab/user-settings/jupyterlab-codeartifact/plugin.jupyterlab-settings"
            settings.parent.mkdir(parents=True)
            settings.write_text(json.dumps(SETTINGS))
            if separate:
                user = pwd.getpwnam(name)
                for path in [home / ".jupyter", *(home / ".jupyter").rglob("*")]:
                    os.chown(path, user.pw_uid, user.pw_gid)
        yield homes
    finally:
        if separate:
            for name in homes:
                subprocess.run(["userdel", "--force", "--remove", name], check=False, capture_output=True)


def xsrf_of(page: str) -> str:
    """The token in the hub's login form."""
    return re.search(r'name="_xsrf" value="([^"]*)"', page)[1]
