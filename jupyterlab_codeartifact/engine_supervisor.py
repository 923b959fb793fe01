"""Keeps one engine for the server: starts it on the first call, watches it, restarts it, stops it with the server."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable
from logging import Logger
from typing import Any

from .engine_process import EngineProcess
from .errors import EngineError, EngineUnavailable, engine_backing_off, engine_failed, server_stopping, start_failed
from .protocol import VERBS
from .say import trans

#: A run that lasted this long was healthy: the next crash counts as the first. As long, a restart is told in answers.
HEALTHY_SECONDS = 60.0
#: After the first crash at once (a person is waiting), then seconds between starts.
BACK_OFF = (0.0, 1.0, 2.0, 5.0, 15.0, 60.0)
#: The first wait before it is started again unasked, to go on renewing.
REVIVE_SECONDS = 1.0
#: `stop_extension` has 3 s: to end by itself, after SIGTERM, after SIGKILL, and engine_process.DRAIN_SECONDS.
STOP_GRACES = (1.4, 0.7, 0.4)
#: Seconds between two pings. A hung engine is noticed after at most PING_SECONDS + 2 x PING_ANSWER_SECONDS: the
#: token is renewed hours before it ends, and a click waits no longer than the checks themselves may take.
PING_SECONDS = 15.0
PING_ANSWER_SECONDS = 5.0
PING_ATTEMPTS = 2
#: So many errors in a row, and the next call gets a new engine: what the old one had in memory may be the reason.
ERRORS_BEFORE_RESTART = 3
#: States in which an engine has nothing to do by itself, unless it looks on at something broken. In every other it
#: renews a token or tries again.
QUIET = (None, "disconnected")
#: `cause` of an end that we wanted and that is no crash.
_UNNEEDED = "unneeded"


class EngineSupervisor:
    """Starts and watches the engine, and calls it.

    `command` finds Node.js (in a thread: it may start processes); it raises EngineUnavailable when there is none.
    `on_changed` gets the engine's notification; `on_revive` is awaited after a crash that left a
    connection, or something broken, unattended. Everything runs on the server's event loop.
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
        self._process: EngineProcess | None = None
        self._closed = False
        #: How often in a row the engine ended unexpectedly.
        self.crashes = 0
        self._last_end = ("", "")
        self._errors = 0
        self._renewed_after_errors = False
        self._started_at = 0.0
        self._not_before = 0.0
        self._notice: tuple[str, float] | None = None
        self._idle: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._leaving: set[EngineProcess] = set()
        #: The connection's state as last heard; None when nothing was heard.
        self.state: str | None = None
        #: Something is broken and the engine looks at it again by itself, connected or not.
        self.looking_on = False
        #: How often an engine was started.
        self.starts = 0

    @property
    def pid(self) -> int | None:
        """The engine's process id while it runs."""
        return self._process.pid if self._process else None

    @property
    def is_needed(self) -> bool:
        """Whether the engine has something to do while nobody calls it."""
        return self.state not in QUIET or self.looking_on

    async def call(self, method: str, params: dict[str, Any], *, deadline: bool = True) -> Any:
        """Call the engine, starting it when needed. Raises EngineUnavailable, EngineError, InvalidParams.

        `deadline=False` is for automatic calls that a fleet spreads over time.
        """
        before = self._process
        process = await self._ready()
        seconds = VERBS[method].deadline_seconds if deadline else None
        try:
            try:
                answer = await process.call(method, params, seconds)
            except EngineUnavailable:
                # One that ran has ended. Who only reads asks the next one, and sees nothing of it.
                if VERBS[method].http_method != "GET" or process is not before or self._closed:
                    raise
                process = await self._ready()
                answer = await process.call(method, params, seconds)
        except asyncio.TimeoutError:
            process.kill(signal.SIGKILL, trans.__("no answer to `%1` within %2 s", method, f"{seconds:g}"))
            raise engine_failed(
                trans.__("The engine did not answer within %1 s and was ended.", f"{seconds:g}")
            ) from None
        except EngineError:
            self._count_error(process)
            raise
        finally:
            self._start_idle_timer()
        self._errors = 0
        self._renewed_after_errors = False
        self._remember_state(answer)
        return self._with_notice(answer)

    async def stop(self) -> None:
        """End the engine for good, within the sum of STOP_GRACES. Open calls fail with server_stopping."""
        self._closed = True
        if self._idle:
            self._idle.cancel()
        for task in list(self._tasks):
            task.cancel()
        for leaving in list(self._leaving):
            leaving.kill(signal.SIGKILL, trans.__("the server is stopping"))
        if process := self._process:
            process.fail_open_calls(server_stopping())
            await process.stop(STOP_GRACES)

    async def _ready(self) -> EngineProcess:
        async with self._starting:
            if self._closed:
                raise server_stopping()
            if self._process:
                return self._process
            loop = asyncio.get_running_loop()
            wait = self._not_before - loop.time()
            if wait > 0:
                raise engine_backing_off(self.crashes, wait, *self._last_end)
            command = await loop.run_in_executor(None, self._command)
            if self._closed:
                raise server_stopping()
            self._started_at = loop.time()
            try:
                process = await EngineProcess.start(
                    command,
                    self._environment(),
                    log=self._log,
                    on_notification=self._notified,
                    on_end=self._ended,
                )
            except OSError as e:
                self._back_off()
                raise start_failed(e) from None
            self.starts += 1
            self._log.debug("codeartifact: engine started, pid %d", process.pid)
            if process.ended.is_set():
                raise engine_failed(trans.__("The engine ended at once (%1).", process.end_reason), process.stderr_tail)
            self._process = process
            if self._closed:  # stop() came while the process was being made
                process.kill(signal.SIGKILL, trans.__("the server is stopping"))
                raise server_stopping()
            self._spawn(self._watch(process))
            return process

    async def _watch(self, process: EngineProcess) -> None:
        """Ping it until it ends; end it when it does not answer, stopped (SIGSTOP) or in an endless loop."""
        while not process.ended.is_set():
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(process.ended.wait(), PING_SECONDS)
            if process.ended.is_set():
                return
            if not await process.responds(PING_ANSWER_SECONDS, PING_ATTEMPTS):
                silent = PING_ANSWER_SECONDS * PING_ATTEMPTS
                process.kill(signal.SIGKILL, trans.__("it did not respond for %1 s", f"{silent:g}"))
                return

    def _count_error(self, process: EngineProcess) -> None:
        self._errors += 1
        if self._errors < ERRORS_BEFORE_RESTART or self._renewed_after_errors or self._process is not process:
            return
        if process.busy:  # a call that runs may still end well; the next error comes soon enough
            return
        self._renewed_after_errors = True
        self._log.warning(
            "codeartifact: the engine answered %d times with an error: a new one is started", self._errors
        )
        self._retire(process)
        if self.is_needed:
            self._spawn(self._revive())

    def _with_notice(self, answer: Any) -> Any:
        """A document says for a while that the engine had to be started again."""
        if self._notice and isinstance(answer, dict) and "connection" in answer:
            text, until = self._notice
            if asyncio.get_running_loop().time() < until:
                notes = answer.get("notes")
                return {**answer, "notes": [*(notes if isinstance(notes, list) else []), text]}
            self._notice = None
        return answer

    def _remember_state(self, answer: Any) -> None:
        if isinstance(answer, dict) and "connection" in answer:
            connection = answer["connection"] or {"state": "disconnected"}
            state = connection.get("state") if isinstance(connection, dict) else None
            self.state = state if isinstance(state, str) else self.state

    def _notified(self, method: str, params: dict[str, Any]) -> None:
        if method == "changed":
            state = params.get("state")
            self.state = state if isinstance(state, str) else self.state
            self.looking_on = params.get("lookingOn") is True
            self._on_changed(self.state)

    def _ended(self, process: EngineProcess) -> None:
        self._leaving.discard(process)
        if self._process is process:
            self._process = None
        if self._closed or process.cause == _UNNEEDED:
            return
        now = asyncio.get_running_loop().time()
        if now - self._started_at >= HEALTHY_SECONDS:
            self.crashes = 0
        self._last_end = (process.end_reason, process.stderr_tail)
        self._notice = (
            trans.__("The engine ended unexpectedly (%1) and was started again.", process.end_reason),
            now + HEALTHY_SECONDS,
        )
        self._back_off()
        self._log.warning(
            "codeartifact: the engine ended unexpectedly (%s, exit code %s). %s",
            process.cause or "by itself",
            process.returncode,
            process.stderr_tail,
        )
        if self.is_needed:
            self._spawn(self._revive())
        self._on_changed(self.state)

    def _back_off(self) -> None:
        self.crashes += 1
        pause = BACK_OFF[min(self.crashes, len(BACK_OFF)) - 1]
        self._not_before = asyncio.get_running_loop().time() + pause

    async def _revive(self) -> None:
        pause = self._not_before - asyncio.get_running_loop().time()
        await asyncio.sleep(max(REVIVE_SECONDS, pause))
        if not self._closed and not self._process:
            with contextlib.suppress(Exception):  # the next call tells the person
                await self._on_revive()

    def _start_idle_timer(self) -> None:
        """An engine that has nothing to renew need not stay in memory."""
        if self._idle:
            self._idle.cancel()
        if self._idle_seconds > 0 and not self._closed:
            self._idle = asyncio.get_running_loop().call_later(self._idle_seconds, self._stop_when_idle)

    def _stop_when_idle(self) -> None:
        process = self._process
        if process is None:
            return
        if process.busy or self.is_needed:
            self._start_idle_timer()
            return
        self._log.debug("codeartifact: engine stopped, nothing to do")
        self._retire(process)

    def _retire(self, process: EngineProcess) -> None:
        """Let it end while the next call already gets a new one."""
        process.cause = _UNNEEDED
        self._process = None
        self._leaving.add(process)
        self._spawn(process.stop(STOP_GRACES))

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
