"""Starts the engine before the settings are known: Node.js loads it while Python reads them.

Loading takes Node.js some 65 ms, and only then does it need the settings, which take Python 25 ms to find. This process
becomes the engine as it would a moment later, so that signals and exit codes pass. A child of it, Python still, goes on
with the command and hands over what it finds through a pipe; src/engine/cli/handed-over.ts has the other end.

What this module imports is what every command waits for: no typing, no json, nothing of jupyter_core.
"""

from __future__ import annotations

import os
import signal

from . import node
from .engine_environment import engine_environment

#: The engine's file descriptor of the pipe.
PIPE_VARIABLE = "JUPYTERLAB_CODEARTIFACT_PIPE"


class Handover:
    """What the child knows: the engine that was started, and the pipe to it."""

    def __init__(self, pipe: int, binary: str, environment: dict[str, str]) -> None:
        self._pipe = pipe
        self._binary = binary
        self._environment = environment

    def start(self, binary: str, environment: dict[str, str], handed: dict[str, object]) -> None:
        """Let the engine begin. Where an administrator has configured another Node.js or more variables, the one that
        was started starts that one in its place, and lends it the terminal."""
        if (binary, environment) == (self._binary, self._environment):
            self._send(input=handed)
        else:
            self._send(input=handed, instead={"node": binary, "environment": environment})

    def end(self, code: int) -> None:
        """Let the engine end with this exit code: what there is to say has been said."""
        self._send(exit=code)

    def _send(self, **message: object) -> None:
        import json

        try:
            with os.fdopen(self._pipe, "w", encoding="utf-8") as pipe:
                json.dump(message, pipe)
        except BrokenPipeError:
            pass  # it was interrupted meanwhile


def start_early(argv: list[str]) -> Handover | None:
    """Become the engine, and return in a child what that has to hand over.

    Returns None, in this process, where the engine can only be started later: without the Node.js that pip installed,
    which needs no look at its version, or where a variable names another.
    """
    binary = "" if os.environ.get(node.NODE_VARIABLE) else node.bundled_node()
    engine = node.engine_path()
    if not binary or not os.path.isfile(engine):
        return None
    environment = engine_environment()
    reading, writing = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return None
    if child == 0:
        os.close(reading)
        # Ctrl-C reaches both, and the engine says what it says to it.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        return Handover(writing, binary, environment)
    os.close(writing)
    os.set_inheritable(reading, True)
    try:
        os.execve(binary, [binary, engine, *argv], {**environment, PIPE_VARIABLE: str(reading)})
    except OSError:
        # This Node.js does not run at all: who starts it later says why.
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reading)
        return None
