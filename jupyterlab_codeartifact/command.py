"""`jupyter codeartifact VERB`: finds Node and becomes the engine, which gets the resolved settings.

What is printed comes from the engine, `--help` included: it replaces this process, so that signals and exit codes pass.
Where it can, it does so before the settings are known (early_start.py). Started by hand, by cells and by lifecycle
scripts, so it must be quick: nothing of jupyter_server, jupyter_client or jupyterlab is imported.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # typing takes 5 ms to import, which every command would wait for
if TYPE_CHECKING:
    from typing import Any

    from .early_start import Handover

#: design.md: wrong usage 2, a failure such as service_error 5
USAGE, FAILURE = 2, 5
#: How the engine gets the resolved settings: a SettingsInput as JSON. No secret of ours is in it.
INPUT_VARIABLE = "JUPYTERLAB_CODEARTIFACT_INPUT"


def main(argv: list[str] | None = None) -> int:
    """Become the engine; return an exit code only when that is not possible, or in the child that hands over to it."""
    from .run_as_user import CannotSwitchUser, check_home, refuse_files_of_others, switch_to_user

    given = list(sys.argv[1:] if argv is None else argv)
    try:
        # Before anything is looked up: what is read and run from here on may be in the user's hands.
        user, given = take_user(given)
        if user is not None:
            # All imports before the change of user, who may not be able to read this Python.
            from . import early_start, errors, kernels, settings_resolver  # noqa: F401

            switch_to_user(user)
        else:
            check_home()
            refuse_files_of_others(given)
    except (UsageError, CannotSwitchUser) as e:
        return _refuse("invalid_settings", str(e), given, USAGE)

    from .early_start import start_early

    handover = None if given[:1] == ["settings"] else start_early(given)
    code = _go_on(given, handover)
    if handover and code is not None:
        sys.stdout.flush()
        sys.stderr.flush()
        handover.end(code)
    return code or 0


def _go_on(given: list[str], handover: Handover | None) -> int | None:
    """The command from here: reads the settings for the engine, or becomes it. An exit code when that is all."""
    import json

    from . import kernels, node
    from .engine_environment import INSTEAD, advice, engine_environment, notable_names
    from .errors import OUT_OF_RESOURCES, EngineUnavailable, out_of_resources, start_failed
    from .settings_resolver import resolve_settings

    config = configuration()
    also = _texts(config.get("engine_variables"))
    try:
        engine = node.engine_file()
        configured = _text(config.get("node_path")) or os.environ.get(node.NODE_VARIABLE, "")
        binary = node.find_node(configured, trust_wheel=True, variables=also)
        settings = resolve_settings(allowed_endpoint_hosts=_texts(config.get("allowed_endpoint_hosts")))
    except EngineUnavailable as e:
        return _unavailable(e, given)
    except OSError as e:
        if e.errno in OUT_OF_RESOURCES:
            return _unavailable(out_of_resources(e), given)
        raise
    environment = engine_environment(also)
    if given[:1] == ["settings"] and not {"--help", "-h"} & set(given):
        from . import settings_report

        judge = settings_report.judge_by_engine(binary, engine, environment, INPUT_VARIABLE)
        return settings_report.main(given[1:], judge)
    # Only what changes whom we trust: NODE_OPTIONS, which many an editor sets, is not worth a line at each call.
    if told := [name for name in notable_names(also) if name in INSTEAD]:
        print(advice(told), file=sys.stderr)
    handed = {**settings, "kernels": kernels.from_disk()}
    sys.stdout.flush()
    sys.stderr.flush()
    if handover and handover.fits(binary, environment):
        handover.begin(handed)
        return None
    started_so = {**environment, INPUT_VARIABLE: json.dumps(handed)}
    try:
        if handover:
            return handover.run_in_its_place([binary, engine, *given], started_so)
        os.execve(binary, [binary, engine, *given], started_so)
    except OSError as e:
        return _unavailable(start_failed(e), given)


class UsageError(Exception):
    """The command line is not understood; the text says what is."""


def take_user(argv: list[str]) -> tuple[str | None, list[str]]:
    """Take `--user NAME` (or `--user=NAME`) out: the only flag that must be known before the engine starts.

    Returns the name, or None, and the other arguments. Raises UsageError.
    """
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

    from .settings_files import read_object

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


def _unavailable(problem: Any, argv: list[str]) -> int:
    import json

    lines = [problem.message, problem.fix["text"]]
    lines += [f"  {line}" for snippet in problem.fix["snippets"] for line in snippet["text"].splitlines()]
    print("\n".join(lines), file=sys.stderr)
    if "--json" in argv:
        print(json.dumps(problem.document()))
    return FAILURE


def _refuse(verdict: str, sentence: str, argv: list[str], code: int) -> int:
    print(sentence, file=sys.stderr)
    if "--json" in argv:
        import json

        document = {"schema": 1, "verdict": verdict, "summary": sentence, "connection": None, "rungs": [], "files": []}
        print(json.dumps(document))
    return code


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


if __name__ == "__main__":
    sys.exit(main())
