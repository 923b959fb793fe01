"""The kernels of a running server: sent to the engine with every request, which hardly ever waits for them."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

from .kernels import described

#: Kernels that were read this recently are not read again: a panel that opens sends several requests within a moment.
KNOWN_SECONDS = 1.0
#: No request waits longer for the kernel specs: a manager that asks conda takes seconds, and goes on meanwhile.
PATIENCE_SECONDS = 0.25


class KernelSpecCache:
    """The kernels as the server's own kernel spec manager finds them; read in a thread, and not for every request."""

    def __init__(self, serverapp: Any) -> None:
        self._app = serverapp
        self._reading: asyncio.Future[list[dict[str, Any]]] | None = None
        self._known: list[dict[str, Any]] = []
        self._until = 0.0

    async def kernels(self) -> list[dict[str, Any]]:
        """The kernels of this moment, or what was last known when that takes longer than PATIENCE_SECONDS."""
        loop = asyncio.get_running_loop()
        if self._reading is None and loop.time() >= self._until:
            self._reading = loop.run_in_executor(None, self._read)
            self._reading.add_done_callback(self._keep)
        if self._reading:
            await asyncio.wait([self._reading], timeout=PATIENCE_SECONDS)
        return self._known

    def _keep(self, read: asyncio.Future[list[dict[str, Any]]]) -> None:
        self._reading = None
        if not read.cancelled() and read.exception() is None:
            self._known = read.result()
            self._until = read.get_loop().time() + KNOWN_SECONDS

    def _read(self) -> list[dict[str, Any]]:
        # A gateway's kernels run on another machine: their paths say nothing here.
        if getattr(getattr(self._app, "gateway_config", None), "gateway_enabled", False):
            return []
        try:
            specs = self._app.kernel_spec_manager.get_all_specs()
            if inspect.isawaitable(specs):
                # Managers that ask over the network are asynchronous, as the gateway's.
                specs.close() if inspect.iscoroutine(specs) else None
                return []
            return described((name, one.get("resource_dir", ""), one["spec"]) for name, one in specs.items())
        except Exception:  # another package's class: nothing of it may keep a request from its answer
            self._app.log.debug("codeartifact: the kernel specs could not be read", exc_info=True)
            return []
