"""The kernels of a running server, asked for with every request and hardly ever waited for."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

from .kernels import described

#: What was read so lately is not read again: a panel that opens asks several times within a moment.
KNOWN_SECONDS = 1.0
#: No request waits longer for the kernel specs: a manager that asks conda takes seconds, and is asked on behind it.
PATIENCE_SECONDS = 0.25


class KernelWatch:
    """The kernels of a server, by its own kernel spec manager; asked in a thread, and not for every request."""

    def __init__(self, serverapp: Any) -> None:
        self._app = serverapp
        self._asking: asyncio.Future[list[dict[str, Any]]] | None = None
        self._known: list[dict[str, Any]] = []
        self._until = 0.0

    async def now(self) -> list[dict[str, Any]]:
        """The kernels of this moment, or what was last known when that takes longer than PATIENCE_SECONDS."""
        loop = asyncio.get_running_loop()
        if self._asking is None and loop.time() >= self._until:
            self._asking = loop.run_in_executor(None, self._ask)
            self._asking.add_done_callback(self._take)
        if self._asking:
            await asyncio.wait([self._asking], timeout=PATIENCE_SECONDS)
        return self._known

    def _take(self, asked: asyncio.Future[list[dict[str, Any]]]) -> None:
        self._asking = None
        if not asked.cancelled() and asked.exception() is None:
            self._known = asked.result()
            self._until = asked.get_loop().time() + KNOWN_SECONDS

    def _ask(self) -> list[dict[str, Any]]:
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
