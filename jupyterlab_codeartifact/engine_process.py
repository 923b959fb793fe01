"""One run of the engine: a Node.js process that speaks newline-delimited JSON-RPC 2.0 on its stdin and stdout."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
from collections.abc import Callable
from logging import Logger
from typing import Any

from .engine_output import ErrorReader, MessageReader, TooMuch
from .errors import EngineError, InvalidParams, engine_failed
from .protocol import PING, SHUTDOWN
from .redaction import plain, redact
from .say import trans

#: JSON-RPC 2.0, section 5.1: https://www.jsonrpc.org/specification#error_object
INVALID_PARAMS = -32602
#: After the engine has exited, its pipes are read for so long: they may hold the reason. No longer, because a
#: process that it started (credential_process) may hold them open for ever.
DRAIN_SECONDS = 0.3
#: An engine that closed its standard output can answer nobody: it has so long to exit, then as long after SIGTERM.
EXIT_SECONDS = 1.0


class EngineProcess(asyncio.SubprocessProtocol):
    """A started engine. Answers are matched by id; when it ends, every open call fails.

    Its end is what the operating system reports of the process, not the end of its pipes: `Process.wait` of asyncio
    waits for both (https://github.com/python/cpython/issues/119710), hence a protocol of our own.
    """

    def __init__(
        self,
        log: Logger,
        on_notification: Callable[[str, dict[str, Any]], None],
        on_end: Callable[[EngineProcess], None],
    ) -> None:
        self._log = log
        self._on_notification = on_notification
        self._on_end = on_end
        self._open: dict[int, asyncio.Future[Any]] = {}
        self._last_id = 0
        self._transport: asyncio.SubprocessTransport
        self._pid = 0
        self._closed_pipes: set[int] = set()
        self._stray_lines = 0
        self._timer: asyncio.TimerHandle | None = None
        self._messages = MessageReader()
        self._errors = ErrorReader(
            log=lambda text: log.debug("codeartifact engine: %s", text),
            warn=lambda text: log.warning("codeartifact: %s", text),
        )
        #: Why we ended it ourselves, when we did.
        self.cause: str | None = None
        self.ended = asyncio.Event()

    @classmethod
    async def start(cls, command: list[str], env: dict[str, str], **kwargs: Any) -> EngineProcess:
        """Start it. Raises OSError when the system cannot.

        In a session of its own: Ctrl-C in the server's terminal asks the person whether to stop, and must
        not have stopped the engine by then. It still ends with the server, however that dies: its stdin closes
        (node.end_with_parent for one that does not read it).
        """
        _, process = await asyncio.get_running_loop().subprocess_exec(
            lambda: cls(**kwargs),
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=env,
            start_new_session=True,
        )
        return process

    @property
    def pid(self) -> int:
        return self._pid

    @property
    def returncode(self) -> int | None:
        return self._transport.get_returncode()

    @property
    def busy(self) -> bool:
        return bool(self._open)

    @property
    def stderr_tail(self) -> str:
        """The last lines of standard error, redacted."""
        return self._errors.tail

    @property
    def end_reason(self) -> str:
        """Why it ended, to put in brackets."""
        return self.cause or _exit(self.returncode)

    async def call(self, method: str, params: dict[str, Any], seconds: float | None) -> Any:
        """Send a request and wait for the answer.

        Raises InvalidParams, EngineError, EngineUnavailable(engine_failed), TimeoutError after `seconds`.
        """
        if self.ended.is_set():
            raise engine_failed(trans.__("The engine has ended."), self.stderr_tail)
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._last_id += 1
        number = self._last_id
        self._open[number] = answer
        try:
            self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
            return await asyncio.wait_for(answer, seconds)
        finally:
            self._open.pop(number, None)

    async def responds(self, seconds: float, attempts: int) -> bool:
        """Whether it answers a ping within `attempts` times `seconds`. Any answer will do, an error too.

        More than one wait, because after a machine or a container was frozen the first is over at once.
        """
        waiting = asyncio.ensure_future(self.call(PING, {}, None))
        try:
            for _ in range(attempts):
                done, _ = await asyncio.wait([waiting], timeout=seconds)
                if done:
                    waiting.exception()
                    return True
        finally:
            waiting.cancel()
        return False

    def fail_open_calls(self, error: Exception) -> None:
        for answer in list(self._open.values()):
            if not answer.done():
                answer.set_exception(error)

    def kill(self, how: signal.Signals, cause: str) -> None:
        """Signal it and what it started: a credential_process, or Node.js where the configured path is a wrapper."""
        self.cause = self.cause or cause
        if self.returncode is None:
            self._signal_group(how)

    async def stop(self, graces: tuple[float, float, float]) -> None:
        """Ask it to end; after the first of `graces` (seconds) terminate it, after the second kill it."""
        self.cause = self.cause or trans.__("asked to stop")
        self._send({"jsonrpc": "2.0", "id": 0, "method": SHUTDOWN, "params": {}})
        stdin = self._transport.get_pipe_transport(0)
        if stdin is not None:
            stdin.close()  # what was written is sent first
        for grace, then in zip(graces, (signal.SIGTERM, signal.SIGKILL, None), strict=True):
            try:
                await asyncio.wait_for(self.ended.wait(), grace)
                return
            except asyncio.TimeoutError:
                if then is not None:
                    self.kill(then, self.cause)

    # --- asyncio.SubprocessProtocol ---

    def connection_made(self, transport: asyncio.SubprocessTransport) -> None:  # type: ignore[override]
        self._transport = transport
        self._pid = transport.get_pid()

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        try:
            if fd == 1:
                for line in self._messages.feed(data):
                    self._receive(line)
            elif not self.ended.is_set():
                self._errors.feed(data)
        except TooMuch as e:
            self._give_up_reading(str(e))
        except Exception:
            self._log.exception("codeartifact: reading from the engine failed")
            self._give_up_reading(trans.__("what it printed could not be read"))

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        self._closed_pipes.add(fd)
        if self.returncode is not None:
            if {1, 2} <= self._closed_pipes:
                self._finish()
        elif fd == 1:
            self._end_after(EXIT_SECONDS, (signal.SIGTERM, signal.SIGKILL))

    def process_exited(self) -> None:
        # What it left behind in its process group ends too; the group is gone when it left nothing.
        self._signal_group(signal.SIGKILL)
        self._cancel_timer()
        if {1, 2} <= self._closed_pipes:
            self._finish()
        else:
            self._timer = asyncio.get_running_loop().call_later(DRAIN_SECONDS, self._finish)

    # --- private ---

    def _send(self, message: dict[str, Any]) -> None:
        stdin = self._transport.get_pipe_transport(0)
        if stdin is not None and not stdin.is_closing():
            stdin.write(json.dumps(message, separators=(",", ":")).encode() + b"\n")  # type: ignore[attr-defined]

    def _signal_group(self, how: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._pid, how)

    def _give_up_reading(self, cause: str) -> None:
        for fd in (1, 2):
            if pipe := self._transport.get_pipe_transport(fd):
                pipe.close()
        self.kill(signal.SIGKILL, cause)

    def _end_after(self, seconds: float, signals: tuple[signal.Signals, ...]) -> None:
        """Each of `signals` after another `seconds`, unless it exits before."""
        if not signals:
            return

        def end() -> None:
            self.kill(signals[0], trans.__("it closed its standard output"))
            self._end_after(seconds, signals[1:])

        self._cancel_timer()
        self._timer = asyncio.get_running_loop().call_later(seconds, end)

    def _cancel_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _finish(self) -> None:
        """It has ended: whoever waits is told, once."""
        if self.ended.is_set():
            return
        self._cancel_timer()
        self._errors.close()
        if self._stray_lines:
            self._log.warning("codeartifact: %d lines of the engine were no messages", self._stray_lines)
        self.ended.set()
        self._transport.close()
        message = trans.__("The engine ended unexpectedly (%1).", self.end_reason)
        self.fail_open_calls(engine_failed(message, self.stderr_tail))
        self._on_end(self)

    def _receive(self, line: bytes) -> None:
        try:
            message = json.loads(line) if line else None
        except (ValueError, RecursionError):
            message = None
        if not isinstance(message, dict):
            self._stray_lines += bool(line)
            return
        if "id" not in message:
            params = message.get("params")
            if isinstance(message.get("method"), str):
                self._on_notification(message["method"], params if isinstance(params, dict) else {})
            return
        answer = self._open.get(message["id"]) if isinstance(message["id"], int) else None
        if answer is None or answer.done():
            return
        error = message.get("error")
        if error is None:
            answer.set_result(message.get("result"))
            return
        told = error if isinstance(error, dict) else {}
        text = plain(redact(str(told.get("message", ""))[:2000])) or trans.__("no reason given")
        wrong_params = told.get("code") == INVALID_PARAMS
        answer.set_exception(InvalidParams(text) if wrong_params else EngineError(text))


def _exit(code: int | None) -> str:
    if code is None:
        return trans.__("its end could not be seen")
    if code >= 0:
        return trans.__("exit code %1", code)
    try:
        return trans.__("signal %1", signal.Signals(-code).name)
    except ValueError:
        return trans.__("signal %1", -code)
