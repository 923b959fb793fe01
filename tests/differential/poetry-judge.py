"""Poetry itself, asked what it would send to our index: one JSON list of cases a line in.

Poetry's own configuration, project and authenticator, in this process; nothing is sent. Paths begin with ROOT.
"""

import json
import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import requests
from poetry.config import config as configuration
from poetry.factory import Factory
from poetry.utils.authenticator import Authenticator

ROOT = Path(tempfile.mkdtemp(prefix="poetry-judge-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
logging.disable(logging.CRITICAL)


class NoNetwork(requests.adapters.BaseAdapter):
    """Sends nothing, and keeps what would have been sent."""

    sent: list

    def send(self, request, **_):
        self.sent.append(request)
        response = requests.Response()
        response.status_code = 200
        response.request = request
        return response

    def close(self):
        pass


def sent_by(authenticator: Authenticator, url: str) -> str | None:
    """The Authorization of a request as Poetry makes it, the netrc included, which requests reads."""
    network = NoNetwork()
    network.sent = []
    session = authenticator.get_session(url)
    session.mount("https://", network)
    authenticator.get(url)
    return network.sent[0].headers.get("Authorization")


def same(url: str, ours: str) -> bool:
    """Whether two addresses are one index; case makes no difference in a host's name."""
    parts = [urlsplit(one) for one in (url, ours)]
    return len({(one.hostname, one.path.rstrip("/")) for one in parts}) == 1


def judge(case: dict) -> dict:
    shutil.rmtree(ROOT, ignore_errors=True)
    for path, text in case["files"].items():
        place = Path(path.replace("ROOT", str(ROOT)))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text.replace("ROOT", str(ROOT)))
    here = Path(case["cwd"].replace("ROOT", str(ROOT)))
    here.mkdir(parents=True, exist_ok=True)
    os.chdir(here)
    os.environ.clear()
    os.environ.update({name: value.replace("ROOT", str(ROOT)) for name, value in case["env"].items()})
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    # What poetry/locations.py finds when Poetry starts.
    configuration.CONFIG_DIR = Path(os.getenv("POETRY_CONFIG_DIR") or ROOT / "home/.config/pypoetry")
    configuration._default_config = None
    ours = case["index"]
    try:
        project = any((folder / "pyproject.toml").exists() for folder in (here, *here.parents))
        if not project:
            # What the next project will find.
            config = configuration.Config.create(reload=True)
            authenticator = Authenticator(config, disable_cache=True)
            authenticator.add_repository("codeartifact", ours)
            return {"sent": [sent_by(authenticator, ours)], "error": ""}
        poetry = Factory().create_poetry(here, disable_plugins=True, disable_cache=True)
        asked = [one for one in poetry.pool.all_repositories if same(getattr(one, "url", ""), ours)]
        if any(one.name == "codeartifact" and one not in asked for one in poetry.pool.all_repositories):
            # Our token would go there.
            return {"sent": ["elsewhere"], "error": ""}
        if not asked:
            # `poetry source add` has not been run yet: it will name this one.
            authenticator = Authenticator(poetry.config, disable_cache=True)
            authenticator.add_repository("codeartifact", ours)
            return {"sent": [sent_by(authenticator, ours)], "error": ""}
        return {"sent": [sent_by(one.session, f"{one.url.rstrip('/')}/six/") for one in asked], "error": ""}
    except BaseException as error:
        return {"sent": [], "error": repr(error)[:300]}


if __name__ == "__main__":
    try:
        for line in sys.stdin:
            answers = [judge(case) for case in json.loads(line)]
            sys.stdout.write(json.dumps(answers) + "\n")
            sys.stdout.flush()
    finally:
        os.chdir("/")
        shutil.rmtree(ROOT, ignore_errors=True)
