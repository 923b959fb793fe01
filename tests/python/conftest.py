"""A server, a stand-in for the engine, and folders of one's own for every kind of settings file."""

from __future__ import annotations

import json
import os
import pwd
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from jupyterlab_codeartifact import code_cache, engine_environment, node, settings_paths
from jupyterlab_codeartifact.protocol import PLUGIN_ID
from jupyterlab_codeartifact.say import _PLAIN

HERE = Path(__file__).parent
API = ("jupyterlab-codeartifact", "api", "v1")


def as_described(answer: object, schema: str = "Document") -> None:
    """Fails when the answer is not what api/openapi.yaml says, or holds something that it does not name."""
    import jsonschema
    import yaml

    described = yaml.safe_load((HERE.parents[1] / "api" / "openapi.yaml").read_text())
    for one in described["components"]["schemas"].values():
        if "properties" in one:
            one["additionalProperties"] = False
    jsonschema.validate(answer, {**described, "$ref": f"#/components/schemas/{schema}"})


def untranslated(answer: dict) -> list[str]:
    """The sentences of an answer of the server's own of which a page is not told how they were made."""

    def filled(phrase: dict) -> str:
        values = phrase.get("values", [])
        text = phrase["many"] if "many" in phrase and values[0] != 1 else phrase["text"]
        return re.sub(r"%(\d+)", lambda hole: str(values[int(hole[1]) - 1]), text).translate(_PLAIN)

    def texts(value: object, key: str = "") -> Iterator[str]:
        if isinstance(value, dict):
            for name, each in value.items():
                if name != "phrases":
                    yield from texts(each, "fix" if name == "text" and "who" in value else name)
        elif isinstance(value, list):
            for each in value:
                yield from texts(each, key)
        elif key in ("message", "summary", "notes", "title", "fix"):
            yield str(value)

    known = {filled(phrase) for phrase in answer.get("phrases", [])}
    return [text for text in texts(answer) if text not in known]


class Folders:
    """Writes settings files where JupyterLab has them."""

    def __init__(self, root: Path) -> None:
        self.prefix = root / "env"
        self.etc = root / "etc" / "jupyter"
        self.usr = root / "usr" / "share" / "jupyter"
        self.config = root / "home" / ".jupyter"
        self.data = root / "home" / ".local" / "share" / "jupyter"

    @property
    def overrides(self) -> Path:
        return self.prefix / "share" / "jupyter" / "lab" / "settings" / "overrides.json"

    @property
    def user_file(self) -> Path:
        return self.config / "lab" / "user-settings" / "jupyterlab-codeartifact" / "plugin.jupyterlab-settings"

    def labconfig(self, base: Path) -> Path:
        return base / "labconfig" / "default_setting_overrides.json"

    def write(self, path: Path, values: object) -> Path:
        return self.raw(path, json.dumps({PLUGIN_ID: values}))

    def user(self, values: object) -> Path:
        return self.raw(self.user_file, json.dumps(values))

    def raw(self, path: Path, text: str | bytes) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path


@pytest.fixture(autouse=True)
def cache_of_the_test(tmp_path, monkeypatch):
    """Node's compiled code goes into the test's folder, not into the cache of whoever runs the tests."""
    monkeypatch.setattr(code_cache, "cache_home", lambda: str(tmp_path / "cache"))


@pytest.fixture
def folders(tmp_path, monkeypatch, jp_environ):
    """Every place that settings come from, empty and ours."""
    made = Folders(tmp_path / "places")
    made.prefix.joinpath("share", "jupyter", "lab").mkdir(parents=True)
    monkeypatch.setattr(sys, "prefix", str(made.prefix))
    monkeypatch.setattr("jupyter_core.paths.ENV_CONFIG_PATH", [str(made.prefix / "etc" / "jupyter")])
    monkeypatch.setattr("jupyter_core.paths.SYSTEM_CONFIG_PATH", [str(made.etc)])
    monkeypatch.setattr(settings_paths, "SYSTEM_CONFIG", [str(made.etc)])
    monkeypatch.setattr(settings_paths, "SYSTEM_DATA", [str(made.usr)])
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(made.config))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(made.data))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    for name in ("JUPYTERLAB_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTER_CONFIG_PATH", "JUPYTER_PATH"):
        monkeypatch.delenv(name, raising=False)
    return made


@pytest.fixture
def fake_engine(tmp_path, monkeypatch):
    """The stand-in instead of the engine; call it with orders, read what it did from `.log`."""

    class Fake:
        log = tmp_path / "engine.log"
        path = HERE / "fake-engine.cjs"

        def __call__(self, **orders: object) -> Fake:
            monkeypatch.setenv("FAKE_ENGINE", json.dumps({"log": str(self.log), **orders}))
            return self

        def lines(self) -> list[str]:
            return self.log.read_text().splitlines() if self.log.exists() else []

    fake = Fake()
    monkeypatch.setattr(node, "engine_file", lambda: str(fake.path))
    handed_on = engine_environment.HANDED_ON
    monkeypatch.setattr(
        engine_environment, "HANDED_ON", re.compile(f"(?:{handed_on.pattern})|FAKE_ENGINE", handed_on.flags)
    )
    return fake()


@pytest.fixture
def extension(folders, fake_engine, jp_serverapp):
    """The extension as the running server loaded it."""
    return jp_serverapp.extension_manager.extension_points["jupyterlab_codeartifact"].app


@pytest.fixture
def api(extension, jp_fetch):
    """Ask our REST API; answers (status, JSON)."""
    from tornado.httpclient import HTTPClientError

    async def ask(name: str, method: str = "GET", body: object = None, **kwargs):
        if method == "POST":
            kwargs["body"] = body if isinstance(body, str) else json.dumps({} if body is None else body)
        try:
            response = await jp_fetch(*API, name, method=method, **kwargs)
        except HTTPClientError as e:
            response = e.response
        answer = json.loads(response.body)
        # "no such rung" is the stand-in's; what the engine says is looked at in src/engine.
        if response.code in (400, 503) and answer["message"] != "no such rung":
            assert untranslated(answer) == []
        return response.code, answer

    return ask


@pytest.fixture
def second_user():
    """A user beside root, with a home, as ec2-user is on a SageMaker notebook; gone afterwards."""
    if os.geteuid() != 0:
        pytest.skip("only root can make a second user")
    if not shutil.which("useradd") or not shutil.which("runuser"):
        pytest.skip("useradd and runuser are needed")
    name = f"notebook{os.getpid()}"
    subprocess.run(["useradd", "--create-home", "--shell", "/bin/bash", name], check=True)
    try:
        yield pwd.getpwnam(name)
    finally:
        # --force: a program that a test left behind may still run for a moment.
        subprocess.run(["userdel", "--force", "--remove", name], check=False, capture_output=True)
