"""What the engine prints, read within limits: lines of standard output, and standard error for the log.

An engine that prints without end must cost the server neither memory nor its event loop nor a full disk.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator

from .redaction import plain, redact
from .say import trans

#: The longest answer: 5,000 repositories with their descriptions take about 2 MB (src/engine/packages). Once parsed, a
#: line can take thirty times its length: "[],[],…" (tests/python/test_memory.py).
LINE_LIMIT = 4 * 1024 * 1024
#: What an engine may print on standard output within WINDOW_SECONDS: several panels that list packages stay far below.
OUTPUT_LIMIT = 256 * 1024 * 1024
#: Messages within WINDOW_SECONDS. A connect sends about a hundred.
MESSAGE_LIMIT = 20_000

#: One line of standard error as it is read; what is longer is cut before it is redacted, so that the work is bounded.
RAW_LINE_LIMIT = 8192
#: One line of standard error as it is logged.
LOG_LINE_LIMIT = 2000
#: What goes to the log within WINDOW_SECONDS; the rest is counted and left out.
LOG_LIMIT = 64 * 1024
#: What an engine may print on standard error within WINDOW_SECONDS before it is ended: it is in a loop.
STDERR_LIMIT = 64 * 1024 * 1024
#: What a line costs of that besides its text: the log's own time and name.
LINE_COST = 100
#: Lines of standard error kept to explain a crash.
TAIL_LINES = 20

WINDOW_SECONDS = 60.0


class TooMuch(Exception):
    """A limit was exceeded; the text says which, to follow "it was ended:"."""


class Budget:
    """So much within WINDOW_SECONDS, then nothing until the next window begins."""

    def __init__(self, limit: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._ends = 0.0
        self._spent = 0

    def spend(self, amount: int) -> bool:
        """Whether `amount` fits into what is left of this window; it is spent in any case."""
        now = self._clock()
        if now >= self._ends:
            self._ends, self._spent = now + WINDOW_SECONDS, 0
        self._spent += amount
        return self._spent <= self._limit


class MessageReader:
    """Cuts standard output into lines. `feed` raises TooMuch."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._parts: list[bytes] = []
        self._size = 0
        self._bytes = Budget(OUTPUT_LIMIT, clock)
        self._messages = Budget(MESSAGE_LIMIT, clock)

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The lines that end in this piece, without their end."""
        if not self._bytes.spend(len(data)):
            raise TooMuch(trans.__("it printed more than %1 bytes within %2 s", OUTPUT_LIMIT, f"{WINDOW_SECONDS:g}"))
        # Joined once per line: to add piece to piece would copy a long line again for each of them.
        *lines, rest = data.split(b"\n")
        for line in lines:
            self._keep(line)
            whole = b"".join(self._parts)
            self._parts, self._size = [], 0
            if not self._messages.spend(1):
                raise TooMuch(
                    trans.__("it sent more than %1 messages within %2 s", MESSAGE_LIMIT, f"{WINDOW_SECONDS:g}")
                )
            yield whole
        self._keep(rest)

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > LINE_LIMIT:
            raise TooMuch(trans.__("an answer was longer than %1 bytes", LINE_LIMIT))
        if part:
            self._parts.append(part)


class ErrorReader:
    """Cuts standard error into lines for the log: redacted, of printable characters, and not more than LOG_LIMIT.

    `log` gets each line; `warn` a sentence about what was left out. `feed` raises TooMuch.
    """

    def __init__(
        self, log: Callable[[str], None], warn: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._log = log
        self._warn = warn
        self._line = b""
        self._cut = False
        self._all = Budget(STDERR_LIMIT, clock)
        self._logged = Budget(LOG_LIMIT, clock)
        self._left_out = [0, 0]
        self._tail: deque[str] = deque(maxlen=TAIL_LINES)

    @property
    def tail(self) -> str:
        """The last lines, to explain a crash."""
        return "\n".join(self._tail)

    def feed(self, data: bytes) -> None:
        if not self._all.spend(len(data)):
            raise TooMuch(
                trans.__(
                    "it printed more than %1 bytes on standard error within %2 s", STDERR_LIMIT, f"{WINDOW_SECONDS:g}"
                )
            )
        ends = data.count(b"\n")
        if not self._logged.spend(len(data) + ends * LINE_COST):
            # Not decoded, not redacted, not cut into lines.
            self._left_out[0] += len(data)
            self._left_out[1] += ends
            # A line whose beginning was left out is left out up to its end.
            self._line, self._cut = b"", not data.endswith(b"\n")
            return
        self._tell_left_out()
        *lines, rest = data.split(b"\n")
        for line in lines:
            self._add(line)
            self._end_line()
        self._add(rest)

    def close(self) -> None:
        """The engine has ended: what is left counts as a line."""
        self._end_line()
        self._tell_left_out()

    def _add(self, part: bytes) -> None:
        room = RAW_LINE_LIMIT - len(self._line)
        if self._cut or len(part) > room:
            self._left_out[0] += len(part) - (0 if self._cut else room)
        if not self._cut:
            self._line += part[:room]
            self._cut = len(part) > room

    def _end_line(self) -> None:
        line, cut = self._line, self._cut
        self._line, self._cut = b"", False
        if cut:
            # Half a secret no longer looks like one: the word that was cut goes.
            line = line.rpartition(b" ")[0]
        text = plain(redact(line.decode("utf-8", "replace"))).rstrip()[:LOG_LINE_LIMIT]
        if text:
            self._tail.append(text)
            self._log(text)

    def _tell_left_out(self) -> None:
        size, lines = self._left_out
        self._left_out = [0, 0]
        if size:
            self._warn(f"{size} bytes of the engine's standard error ({lines} whole lines) were left out of the log")
