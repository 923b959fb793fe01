"""One hub with three users and the emulator, for the whole suite."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
import requests

from tests.emulated import emulator

from .hub import PROXY, Person, people_with_homes, running_hub, start_servers


@pytest.fixture(scope="session")
def aws():
    """Addresses of the emulator and a client's environment."""
    with emulator() as given:
        yield given


@pytest.fixture(scope="session")
def folder():
    """Not pytest's tmp_path: that is closed to the users whose homes are below."""
    made = Path(tempfile.mkdtemp(prefix="hub-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="session")
def homes(folder):
    if not PROXY.exists():
        pytest.skip("configurable-http-proxy is not installed: npm ci")
    if os.geteuid() == 0 and not shutil.which("useradd"):
        pytest.skip("useradd is needed to make users")
    names = [f"{name}{os.getpid()}" for name in ("ann", "bob", "cat")]
    with people_with_homes(folder, names) as made:
        yield made


@pytest.fixture(scope="session")
def start_hub(folder, homes, aws):
    """start_hub(name, **options): a context in which that hub runs (running_hub), in a folder of its own."""

    def start(name: str, **options):
        (folder / name).mkdir()
        return running_hub(folder / name, homes, aws, **options)

    return start


@pytest.fixture(scope="session")
def hub(start_hub):
    """A hub as it is by default, but that it asks its proxy for activity every second."""
    with start_hub("hub", last_activity_interval=1) as running:
        yield running


@pytest.fixture(scope="session")
def people(hub, homes) -> list[Person]:
    """Ann, Bob and Cat; each has a server that answers."""
    return start_servers(hub, homes)


@pytest.fixture
def control(aws):
    """control(scenario): what AWS is like from now on, for everybody."""

    def change(scenario: str) -> None:
        answer = requests.put(f"{aws['controlUrl']}/scenario", json={"scenario": scenario}, timeout=30)
        answer.raise_for_status()

    return change
