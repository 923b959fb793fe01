"""One run of the engine: a Node process that speaks newline-delimited JSON-RPC 2.0 on its stdin and stdout."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
from collections import deque
from collections.abc import Callable
from logging import Logger
from typing import Any

from .problem import InvalidParams, engine_failed
from .redact import redact

#: The longest answer. asyncio's own limit of 64 KiB is less than a repository's list of packages.
LINE_LIMIT = 32 * 1024 * 1024
#: One line of standard error in the log; what is longer is cut.
STDERR_LINE = 2000
#: Lines of standard error kept to explain a crash.
LAST_WORDS = 20
#: JSON-RPC 2.0, section 5.1
INVALID_PARAMS = -32602


class Child:
    """A started engine. Answers are matched by id; when it ends, every open question fails."""

    def __init__(
        self,
        process: asyncio.subprocess.Process,
        log: Logger,
        on_notification: Callable[[str, dict[str, Any]], None],
        on_end: Callable[[Child], None],
    ) -> None:
        self.process = process
        self._log = log
        self._on_notification = on_notification
        self._on_end = on_end
        self._open: dict[int, asyncio.Future[Any]] = {}
        self._last_id = 0
        self._words: deque[str] = deque(maxlen=LAST_WORDS)
        #: Why we ended it ourselves, when we did.
        self.cause: str | None = None
        self.ended = asyncio.Event()
        self._tasks = [
            asyncio.create_task(self._read_answers()),
            asyncio.create_task(self._read_words()),
        ]

    @classmethod
    async def start(cls, command: list[str], env: dict[str, str], **kwargs: Any) -> Child:
        """Start it. Raises OSError when the system cannot.

        In a session of its own: Ctrl-C in the server's terminal asks the person whether to stop, and must
        not have stopped the engine by then. It still ends with the server, however that dies: its stdin closes.
        """
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=LINE_LIMIT,
            env=env,
            start_new_session=True,
        )
        return cls(process, **kwargs)

    @property
    def busy(self) -> bool:
        return bool(self._open)

    @property
    def last_words(self) -> str:
        return "\n".join(self._words)

    async def ask(self, method: str, params: dict[str, Any], seconds: float | None) -> Any:
        """Ask, and wait for the answer.

        Raises InvalidParams, Problem(engine_failed), TimeoutError after `seconds`.
        """
        if self.ended.is_set():
            raise engine_failed("The engine has ended.", self.last_words)
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._last_id += 1
        number = self._last_id
        self._open[number] = answer
        try:
            self.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
            with contextlib.suppress(ConnectionError):  # then _read_answers notices the end and says so
                await self.process.stdin.drain()  # type: ignore[union-attr]
            return await asyncio.wait_for(answer, seconds)
        finally:
            self._open.pop(number, None)

    def send(self, message: dict[str, Any]) -> None:
        line = json.dumps(message, separators=(",", ":")).encode() + b"\n"
        if not self.process.stdin.is_closing():  # type: ignore[union-attr]
            self.process.stdin.write(line)  # type: ignore[union-attr]

    def fail_open(self, error: Exception) -> None:
        for answer in list(self._open.values()):
            if not answer.done():
                answer.set_exception(error)

    def kill(self, how: signal.Signals, cause: str) -> None:
        """End it and whatever it may have started (a configured path may be a wrapper around Node)."""
        self.cause = self.cause or cause
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, how)

    async def stop(self, graces: tuple[float, float, float]) -> None:
        """Ask it to end; after the first grace terminate it, after the second kill it. Seconds."""
        self.cause = self.cause or "asked to stop"
        self.send({"jsonrpc": "2.0", "id": 0, "method": "shutdown", "params": {}})
        if self.process.stdin.can_write_eof():  # type: ignore[union-attr]
            with contextlib.suppress(OSError, RuntimeError):
                self.process.stdin.close()  # type: ignore[union-attr]
        for grace, then in zip(graces, (signal.SIGTERM, signal.SIGKILL, None), strict=True):
            try:
                await asyncio.wait_for(self.ended.wait(), grace)
                return
            except asyncio.TimeoutError:
                if then is not None:
                    self.kill(then, "asked to stop")

    async def _read_answers(self) -> None:
        try:
            while line := await self.process.stdout.readline():  # type: ignore[union-attr]
                self._take(line)
        except ValueError:  # asyncio's word for a line over the limit
            self.kill(signal.SIGKILL, f"an answer was longer than {LINE_LIMIT} bytes")
        except Exception:
            self._log.exception("codeartifact: reading from the engine failed")
            self.kill(signal.SIGKILL, "its answers could not be read")
        await self._wait()
        self.ended.set()
        code = self.process.returncode
        self.fail_open(engine_failed(f"The engine ended unexpectedly ({self.cause or _exit(code)}).", self.last_words))
        self._on_end(self)

    async def _wait(self) -> None:
        """Reap it. Its stdout is closed; give it a moment to exit, then end it: no engine without ears."""
        for then in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._reaper()), 1)
                break
            self.kill(then, "it stopped answering")
        else:
            await self.process.wait()
        # Its stderr may still hold the reason; but a grandchild may hold it open for ever.
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(asyncio.shield(self._tasks[1]), 0.5)
        self._tasks[1].cancel()
        self.process.stdin.close()  # type: ignore[union-attr]

    def _reaper(self) -> asyncio.Task[int]:
        if not hasattr(self, "_reaping"):
            self._reaping = asyncio.create_task(self.process.wait())
        return self._reaping

    def _take(self, line: bytes) -> None:
        try:
            message = json.loads(line)
        except ValueError:
            self._log.warning("codeartifact: the engine printed a line that is not JSON (%d bytes)", len(line))
            return
        if not isinstance(message, dict):
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
        text = redact(str(error.get("message", ""))) if isinstance(error, dict) else "no reason given"
        if isinstance(error, dict) and error.get("code") == INVALID_PARAMS:
            answer.set_exception(InvalidParams(text))
        else:
            answer.set_exception(engine_failed(f"The engine could not answer: {text}"))

    async def _read_words(self) -> None:
        """Standard error to the log, redacted. Read in pieces: a line without an end must not fill memory."""
        rest = b""
        while piece := await self.process.stderr.read(65536):  # type: ignore[union-attr]
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                self._say(line)
            if len(rest) > STDERR_LINE * 4:
                self._say(rest)
                rest = b""
        self._say(rest)

    def _say(self, raw: bytes) -> None:
        # Redacted before it is cut: half a secret no longer looks like one.
        text = redact(raw.decode("utf-8", "replace").rstrip())[:STDERR_LINE]
        if text:
            self._words.append(text)
            self._log.debug("codeartifact engine: %s", text)


def _exit(code: int | None) -> str:
    if code is None:
        return "its end could not be seen"
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"
