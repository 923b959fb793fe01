"""Kernels of the server's kernel spec manager: a slow, failing or remote one holds nothing up."""

from __future__ import annotations

import asyncio
import threading
from types import SimpleNamespace

import pytest

from jupyterlab_codeartifact import kernel_specs
from jupyterlab_codeartifact.kernel_specs import KernelSpecCache

from .test_kernels import spec


def serverapp(get_all_specs, **more):
    import logging

    manager = SimpleNamespace(get_all_specs=get_all_specs)
    return SimpleNamespace(kernel_spec_manager=manager, log=logging.getLogger("test"), **more)


SPECS = {"k": {"resource_dir": "", "spec": spec("python")}}


@pytest.mark.filterwarnings("error")
async def test_a_gateways_kernels_are_not_on_this_machine():
    app = serverapp(lambda: SPECS, gateway_config=SimpleNamespace(gateway_enabled=True))
    assert await KernelSpecCache(app).kernels() == []

    async def over_the_network():
        return SPECS

    assert await KernelSpecCache(serverapp(over_the_network)).kernels() == []


async def test_a_manager_that_fails_keeps_no_request_from_its_answer():
    def fail():
        raise RuntimeError("conda is not there")

    assert await KernelSpecCache(serverapp(fail)).kernels() == []


async def test_a_slow_manager_is_not_waited_for_and_told_of_later(monkeypatch):
    monkeypatch.setattr(kernel_specs, "PATIENCE_SECONDS", 0.01)
    asked, go = [], threading.Event()

    def slow():
        asked.append(1)
        go.wait(30)
        return SPECS

    cache = KernelSpecCache(serverapp(slow))
    assert await cache.kernels() == []
    assert await cache.kernels() == []
    monkeypatch.setattr(kernel_specs, "PATIENCE_SECONDS", 30)
    go.set()
    told = await cache.kernels()
    assert [kernel["name"] for kernel in told] == ["k"]
    # One question for all of them, and its answer serves for a while.
    assert await cache.kernels() == told
    assert len(asked) == 1


@pytest.fixture
def frozen(monkeypatch):
    """The time of the event loop, which goes on only when the test says so."""

    class Frozen:
        def __init__(self):
            self.now = 1000.0
            monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: self.now)

        async def advance(self, seconds):
            self.now += seconds
            for _ in range(5):
                await asyncio.sleep(0)

    yield Frozen
    monkeypatch.undo()


async def test_a_request_waits_a_quarter_of_a_second_and_no_longer(frozen):
    go = threading.Event()
    cache = KernelSpecCache(serverapp(lambda: go.wait(30) and SPECS))
    clock = frozen()
    request = asyncio.ensure_future(cache.kernels())
    await clock.advance(0.0)  # it has begun to wait
    await clock.advance(0.249)
    assert not request.done()
    await clock.advance(0.002)
    assert request.done()
    assert await request == []
    go.set()
    assert [kernel["name"] for kernel in await cache.kernels()] == ["k"]


async def test_what_was_read_serves_for_a_second_and_no_longer(frozen):
    read = []
    cache = KernelSpecCache(serverapp(lambda: read.append(1) or SPECS))
    clock = frozen()
    await cache.kernels()
    await clock.advance(0.999)
    await cache.kernels()
    assert len(read) == 1
    await clock.advance(0.002)
    await cache.kernels()
    assert len(read) == 2
