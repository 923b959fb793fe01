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

#: For the engine: its file descriptor of the pipe.
PIPE_VARIABLE = "JUPYTERLAB_CODEARTIFACT_PIPE"

#: A connect makes some 15 MB of objects and ends. V8 begins with room for one: it would stop four times to collect
#: (--trace-gc), and copy what it cannot free. In MB; Node.js 20 and newer hand the option to V8.
SHORT_LIVED = ("--min-semi-space-size=16",)


class Handover:
    """What the child knows: how the engine was started, and the pipes to it."""

    def __init__(self, pipe: int, life: int, binary: str, environment: dict[str, str]) -> None:
        self._pipe = pipe
        #: Reaches its end when the engine does.
        self._life = life
        self._started = (binary, environment)

    def fits(self, binary: str, environment: dict[str, str]) -> bool:
        """Whether the engine runs as it should: an administrator may have configured another Node.js, or variables."""
        return (binary, environment) == self._started

    def begin(self, handed: dict[str, object]) -> None:
        """Let the engine begin with this SettingsInput."""
        self._send({"input": handed})

    def end(self, code: int) -> None:
        """Let the engine end with this exit code: what there is to do was done here."""
        self._send({"exit": code})

    def run_in_its_place(self, argv: list[str], environment: dict[str, str]) -> int:
        """Run another engine than the one that was started, which holds the terminal for it. Answers its exit code.

        Raises OSError when it cannot be started.
        """
        import select

        ended, wake = os.pipe()
        os.set_blocking(wake, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake)
        process = os.posix_spawn(argv[0], argv, environment)
        if self._life in select.select([ended, self._life], [], [])[0]:
            # By Ctrl-C or SIGTERM, as the command: this one says what it says to that.
            os.kill(process, signal.SIGTERM)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        return code if code >= 0 else 128 - code

    def _send(self, message: dict[str, object]) -> None:
        import json

        try:
            with os.fdopen(self._pipe, "w", encoding="utf-8") as pipe:
                json.dump(message, pipe)
        except BrokenPipeError:
            pass  # it has ended by Ctrl-C


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
    pipe, life = os.pipe(), os.pipe()
    # Ctrl-C reaches both, and has nothing to stop here: it ends them as it will end Node.js, also before that is there.
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        child = os.fork()
    except OSError:
        _close(*pipe, *life)
        signal.signal(signal.SIGINT, before)
        return None
    if child == 0:
        _close(pipe[0], life[1])
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        return Handover(pipe[1], life[0], binary, environment)
    _close(pipe[1], life[0])
    os.set_inheritable(pipe[0], True)
    os.set_inheritable(life[1], True)
    try:
        os.execve(binary, [binary, *SHORT_LIVED, engine, *argv], {**environment, PIPE_VARIABLE: str(pipe[0])})
    except OSError:
        # This Node.js does not run at all: who starts it later says why.
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        _close(pipe[0], life[1])
        signal.signal(signal.SIGINT, before)
        return None


def _close(*descriptors: int) -> None:
    for descriptor in descriptors:
        os.close(descriptor)
