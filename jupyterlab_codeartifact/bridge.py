"""Keeps one engine for the server: starts it when first asked, again after a crash, stops it with the server."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable
from logging import Logger
from typing import Any

from .child import Child
from .problem import engine_failed, engine_resting, engine_stopped

#: Seconds the engine has for an answer. The ladder ends itself after 10 s; writing on a slow network home
#: and waiting for another process's lock come on top. What takes longer hangs, and is ended.
DEADLINES: dict[str, float] = {
    "state": 20.0,
    "cancel": 20.0,
    "repositories": 60.0,
    "packages": 60.0,
    "connect": 90.0,
    "refresh": 90.0,
    "disconnect": 60.0,
    "diagnose": 60.0,
    "preview": 60.0,
}
#: A run that lasted this long was healthy: the next crash counts as the first.
HEALTHY_SECONDS = 60.0
#: After the first crash at once (a person is waiting), then seconds between starts.
BACK_OFF = (0.0, 1.0, 2.0, 5.0, 15.0, 60.0)
#: The first wait before it is started again unasked, to go on renewing.
REVIVE_SECONDS = 1.0
#: `stop_extension` has 3 s: to end by itself, after SIGTERM, after SIGKILL.
STOP_GRACES = (1.5, 0.8, 0.5)
#: States in which an engine has nothing to do by itself. In every other it renews a token or tries again.
QUIET = (None, "disconnected")


class Bridge:
    """The way to the engine.

    `command` finds Node (in a thread: it may start processes); it raises Problem when there is none.
    `on_changed` hears the engine's notification; `on_revive` is awaited after a crash that left a
    connection unattended. Everything runs on the server's event loop.
    """

    def __init__(
        self,
        *,
        command: Callable[[], list[str]],
        environment: Callable[[], dict[str, str]],
        log: Logger,
        on_changed: Callable[[str | None], None],
        on_revive: Callable[[], Awaitable[None]],
        idle_seconds: float = 0,
    ) -> None:
        self._command = command
        self._environment = environment
        self._log = log
        self._on_changed = on_changed
        self._on_revive = on_revive
        self._idle_seconds = idle_seconds
        self._starting = asyncio.Lock()
        self._child: Child | None = None
        self._closed = False
        self._crashes = 0
        self._started_at = 0.0
        self._not_before = 0.0
        self._idle: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._leaving: set[Child] = set()
        #: The connection's state as last heard; None when nothing was heard.
        self.state: str | None = None
        #: How often an engine was started.
        self.starts = 0

    @property
    def pid(self) -> int | None:
        """The engine's process id while it runs."""
        return self._child.process.pid if self._child else None

    async def call(self, method: str, params: dict[str, Any], *, patient: bool = False) -> Any:
        """Ask the engine, starting it when needed. Raises Problem, InvalidParams.

        `patient`: no deadline, for automatic calls that a fleet spreads over time.
        """
        child = await self._ready()
        seconds = None if patient else DEADLINES[method]
        try:
            answer = await child.ask(method, params, seconds)
        except asyncio.TimeoutError:
            child.kill(signal.SIGKILL, f"no answer to {method} within {seconds:g} s")
            raise engine_failed(f"The engine did not answer within {seconds:g} s and was ended.") from None
        finally:
            self._rest()
        self._learn(answer)
        return answer

    async def stop(self) -> None:
        """End the engine for good, within the sum of STOP_GRACES. Open calls fail with engine_stopped."""
        self._closed = True
        if self._idle:
            self._idle.cancel()
        for task in list(self._tasks):
            task.cancel()
        for leaving in list(self._leaving):
            leaving.kill(signal.SIGKILL, "the server is stopping")
        if child := self._child:
            child.fail_open(engine_stopped())
            await child.stop(STOP_GRACES)

    async def _ready(self) -> Child:
        async with self._starting:
            if self._closed:
                raise engine_stopped()
            if self._child:
                return self._child
            loop = asyncio.get_running_loop()
            wait = self._not_before - loop.time()
            if wait > 0:
                raise engine_resting(self._crashes, wait)
            command = await loop.run_in_executor(None, self._command)
            if self._closed:
                raise engine_stopped()
            try:
                child = await Child.start(
                    command,
                    self._environment(),
                    log=self._log,
                    on_notification=self._heard,
                    on_end=self._ended,
                )
            except OSError as e:
                self._failed()
                raise engine_failed(f"The engine could not be started: {e.strerror or e}.") from None
            self._child, self._started_at = child, loop.time()
            self.starts += 1
            self._log.debug("codeartifact: engine started, pid %d", child.process.pid)
            if self._closed:  # stop() came while the process was being made
                child.kill(signal.SIGKILL, "the server is stopping")
                raise engine_stopped()
            return child

    def _learn(self, answer: Any) -> None:
        if isinstance(answer, dict) and "connection" in answer:
            connection = answer["connection"] or {"state": "disconnected"}
            state = connection.get("state") if isinstance(connection, dict) else None
            self.state = state if isinstance(state, str) else self.state

    def _heard(self, method: str, params: dict[str, Any]) -> None:
        if method == "changed":
            state = params.get("state")
            self.state = state if isinstance(state, str) else self.state
            self._on_changed(self.state)

    def _ended(self, child: Child) -> None:
        self._leaving.discard(child)
        if self._child is child:
            self._child = None
        if self._closed or child.cause == "idle":
            return
        lived = asyncio.get_running_loop().time() - self._started_at
        if lived >= HEALTHY_SECONDS:
            self._crashes = 0
        self._failed()
        self._log.warning(
            "codeartifact: the engine ended unexpectedly (%s, exit code %s). %s",
            child.cause or "by itself",
            child.process.returncode,
            child.last_words,
        )
        if self.state not in QUIET:
            self._spawn(self._revive())
        self._on_changed(self.state)

    def _failed(self) -> None:
        self._crashes += 1
        pause = BACK_OFF[min(self._crashes, len(BACK_OFF)) - 1]
        self._not_before = asyncio.get_running_loop().time() + pause

    async def _revive(self) -> None:
        pause = self._not_before - asyncio.get_running_loop().time()
        await asyncio.sleep(max(REVIVE_SECONDS, pause))
        if not self._closed and not self._child:
            with contextlib.suppress(Exception):  # the next call tells the person
                await self._on_revive()

    def _rest(self) -> None:
        """Start counting idle time: an engine that has nothing to renew need not stay in memory."""
        if self._idle:
            self._idle.cancel()
        if self._idle_seconds > 0 and not self._closed:
            self._idle = asyncio.get_running_loop().call_later(self._idle_seconds, self._idled)

    def _idled(self) -> None:
        child = self._child
        if child is None:
            return
        if child.busy or self.state not in QUIET:
            self._rest()
            return
        child.cause = "idle"
        self._child = None
        self._leaving.add(child)
        self._log.debug("codeartifact: engine stopped, nothing to do")
        self._spawn(child.stop(STOP_GRACES))

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
