"""`jupyter codeartifact VERB`: resolves the settings, finds Node and becomes the engine.

Everything a person sees comes from the engine, `--help` included: it replaces this process, so that signals and
exit codes pass. Started by hand, by cells and by lifecycle scripts, so it must be quick: nothing
of jupyter_server or jupyterlab is imported.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

#: design.md: wrong usage 2, a failure such as service_error 5
USAGE, FAILURE = 2, 5
#: How the engine gets the resolved settings: a SettingsInput as JSON. No secret of ours is in it.
INPUT_VARIABLE = "JUPYTERLAB_CODEARTIFACT_INPUT"


def main(argv: list[str] | None = None) -> int:
    """Replace this process by the engine; answers an exit code only when that cannot be."""
    from . import kernels, node
    from .problem import Problem
    from .resolve import resolve
    from .user import CannotBecome, become

    given = list(sys.argv[1:] if argv is None else argv)
    try:
        user, given = take_user(given)
        if user is not None:
            become(user)
    except (UsageError, CannotBecome) as e:
        return _refuse("invalid_settings", str(e), given, USAGE)

    config = configuration()
    try:
        engine = node.engine_file()
        configured = _text(config.get("node_path")) or os.environ.get(node.NODE_VARIABLE, "")
        binary = node.find_node(configured, trust_wheel=True)
    except Problem as e:
        return _problem(e, given)
    hosts = config.get("allowed_endpoint_hosts")
    settings = resolve(
        allowed_endpoint_hosts=[h for h in hosts if isinstance(h, str)] if isinstance(hosts, list) else []
    )
    environment = {**node.child_environment(), INPUT_VARIABLE: json.dumps({**settings, "kernels": kernels.from_disk()})}
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        os.execve(binary, [binary, engine, *given], environment)
    except OSError as e:
        from .problem import engine_failed

        return _problem(engine_failed(f"{binary} could not be started: {e.strerror}."), given)


class UsageError(Exception):
    """The command line is not understood; the text says what is."""


def take_user(argv: list[str]) -> tuple[str | None, list[str]]:
    """Take `--user NAME` (or `--user=NAME`) out: the only flag that must be known before the engine starts."""
    rest: list[str] = []
    user = None
    given = iter(argv)
    for word in given:
        if word == "--":
            rest += [word, *given]
        elif word == "--user":
            user = next(given, "")
        elif word.startswith("--user="):
            user = word.partition("=")[2]
        else:
            rest.append(word)
    if user is not None and (not user or user.startswith("-")):
        raise UsageError("--user needs a name, such as --user ec2-user.")
    return user, rest


def configuration() -> dict[str, Any]:
    """Section CodeArtifactApp of Jupyter's JSON configuration files, as the server would merge it.

    Only JSON: a jupyter_server_config.py would have to be run with all it imports.
    """
    from jupyter_core.paths import jupyter_config_path

    from .layers import read_object

    merged: dict[str, Any] = {}
    for folder in reversed(jupyter_config_path()):
        for name in ("jupyter_config", "jupyter_server_config", "jupyter_jupyterlab_codeartifact_config"):
            try:
                section = read_object(os.path.join(folder, name + ".json"), json5_allowed=False).get("CodeArtifactApp")
            except (OSError, ValueError):
                continue  # the server says so at its start; a command goes on with the rest
            if isinstance(section, dict):
                merged.update(section)
    return merged


def _problem(problem: Any, argv: list[str]) -> int:
    lines = [problem.message, problem.fix["text"]]
    lines += [f"  {line}" for snippet in problem.fix["snippets"] for line in snippet["text"].splitlines()]
    print("\n".join(lines), file=sys.stderr)
    if "--json" in argv:
        print(json.dumps(problem.document()))
    return FAILURE


def _refuse(verdict: str, sentence: str, argv: list[str], code: int) -> int:
    print(sentence, file=sys.stderr)
    if "--json" in argv:
        document = {"schema": 1, "verdict": verdict, "summary": sentence, "connection": None, "rungs": [], "files": []}
        print(json.dumps(document))
    return code


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


if __name__ == "__main__":
    sys.exit(main())
