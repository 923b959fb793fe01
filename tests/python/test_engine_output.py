"""What the engine prints costs the server a bounded amount of memory, log and time."""

from __future__ import annotations

import json

import pytest

from jupyterlab_codeartifact import engine_output
from jupyterlab_codeartifact.engine_output import (
    LINE_COST,
    LINE_LIMIT,
    LOG_LIMIT,
    LOG_LINE_LIMIT,
    MESSAGE_LIMIT,
    OUTPUT_LIMIT,
    RAW_LINE_LIMIT,
    STDERR_LIMIT,
    WINDOW_SECONDS,
    ErrorReader,
    MessageReader,
    TooMuch,
)

from .test_redaction import SECRETS

PIECE = 256 * 1024  # what asyncio reads at once


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def reader():
    """An ErrorReader; `.log` and `.warnings` are what it said."""
    log, warnings, clock = [], [], Clock()
    made = ErrorReader(log.append, warnings.append, clock)
    made.log, made.warnings, made.clock = log, warnings, clock
    return made


def feed(reader, pieces):
    for piece in pieces:
        list(reader.feed(piece) or ())


def test_messages_are_cut_at_the_ends_of_lines_however_they_arrive():
    given = b"".join(json.dumps({"id": n, "text": "x" * n}).encode() + b"\n" for n in range(50))
    for size in (1, 7, 1000, len(given)):
        messages = MessageReader()
        got = [line for at in range(0, len(given), size) for line in messages.feed(given[at : at + size])]
        assert b"".join(line + b"\n" for line in got) == given


def test_a_line_has_a_limit():
    messages = MessageReader()
    with pytest.raises(TooMuch, match="longer than"):
        feed(messages, [b"x" * PIECE] * (LINE_LIMIT // PIECE + 1))


def test_a_long_line_is_put_together_once(monkeypatch):
    """Linear: piece after piece is kept, and none copied again until the line ends."""
    messages = MessageReader()
    for _ in range(100):
        list(messages.feed(b"x" * 1000))
    assert len(messages._parts) == 100
    assert [len(line) for line in messages.feed(b"\n")] == [100_000]


def test_messages_and_bytes_have_a_limit_for_each_minute():
    clock = Clock()
    messages = MessageReader(clock)
    for _ in range(MESSAGE_LIMIT):
        list(messages.feed(b"{}\n"))
    clock.now += WINDOW_SECONDS
    for _ in range(MESSAGE_LIMIT):
        list(messages.feed(b"{}\n"))
    with pytest.raises(TooMuch, match="messages"):
        list(messages.feed(b"{}\n"))
    messages = MessageReader(clock)
    piece = b"x" * (PIECE - 1) + b"\n"
    with pytest.raises(TooMuch, match="bytes within"):
        feed(messages, [piece] * (OUTPUT_LIMIT // PIECE + 1))


def test_a_flood_on_standard_error_fills_no_log_and_is_counted(reader):
    line = b"x" * 99 + b"\n"
    for _ in range(10 * LOG_LIMIT // 100):
        reader.feed(line)
    assert LOG_LIMIT / 2 < sum(len(text) + LINE_COST for text in reader.log) <= LOG_LIMIT
    assert reader.warnings == []
    reader.clock.now += WINDOW_SECONDS
    reader.feed(b"after\n")
    left_out = 10 * LOG_LIMIT // 100 - (len(reader.log) - 1)
    assert reader.warnings == [
        f"{left_out * 100} bytes of the engine's standard error ({left_out} whole lines) were left out of the log"
    ]
    assert reader.log[-1] == "after"


def test_what_is_left_out_is_neither_decoded_nor_redacted(reader, monkeypatch):
    reader.feed(b"x" * LOG_LIMIT)
    worked_on = []
    monkeypatch.setattr(engine_output, "redact", lambda text: worked_on.append(text) or text)
    for _ in range(100):
        reader.feed(b"password " * 10_000 + b"\n")
    assert worked_on == []


def test_an_engine_in_a_loop_is_given_up(reader):
    with pytest.raises(TooMuch, match="standard error"):
        feed(reader, [b"x" * PIECE] * (STDERR_LIMIT // PIECE + 1))


def test_the_work_on_a_long_line_is_bounded(reader, monkeypatch):
    """Whatever its length, so much of it is redacted; and so much of that is logged."""
    worked_on = []
    monkeypatch.setattr(engine_output, "redact", lambda text: worked_on.append(text) or text)
    for at in range(60):
        reader.feed(b"word%d " % at * 100)
    reader.feed(b"\n")
    (text,) = worked_on
    assert len(text) <= RAW_LINE_LIMIT
    assert len(reader.log[0]) == LOG_LINE_LIMIT


@pytest.mark.parametrize(("secret", "line"), SECRETS)
def test_a_secret_that_is_cut_is_not_logged_by_half(reader, secret, line):
    """Wherever the limit falls, no part of eight characters of it is in the log."""
    for at in range(0, len(line), 5):
        reader.log.clear()
        reader.feed(b"." * (RAW_LINE_LIMIT - at - 1) + b" " + line.encode() + b"z" * RAW_LINE_LIMIT + b"\n")
        reader.clock.now += WINDOW_SECONDS
        logged = "".join(reader.log)
        assert not any(secret[i : i + 8] in logged for i in range(len(secret) - 7))


def test_secrets_on_standard_error_stay_out_of_the_log(reader):
    for secret, line in SECRETS:
        for size in (3, 1000):
            data = line.encode() + b"\n"
            for at in range(0, len(data), size):
                reader.feed(data[at : at + size])
        assert secret not in "".join(reader.log)


def test_nothing_moves_the_cursor_of_who_reads_the_log(reader):
    reader.feed(b"\x1b[2Jred\x1b[31m\x07\r\xc2\x9b8m \xe2\x80\xaeevil\n")
    assert reader.log == [" [2Jred [31m   8m  evil"]


def test_the_tail_is_short_and_ends_with_what_came_last(reader):
    for number in range(100):
        reader.feed(b"line %d\n" % number)
    reader.feed(b"no end")
    reader.close()
    assert reader.tail.splitlines()[-2:] == ["line 99", "no end"]
    assert len(reader.tail.splitlines()) == engine_output.TAIL_LINES
