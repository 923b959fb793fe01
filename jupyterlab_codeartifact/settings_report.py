"""`jupyter codeartifact settings`: where each value comes from, and what is wrong with an overrides file.

Reads files only; the values of a checked file are judged by the engine, which alone knows their rules.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .protocol import DEFAULTS, PLUGIN_ID
from .settings_files import read_object, read_override_files, read_user_file
from .settings_paths import SettingsPaths
from .settings_resolver import resolve_settings, shown

#: design.md: settings that are not valid, and wrong usage
INVALID = 2
DEFAULT = "default"
USER = "user settings"


@dataclass(frozen=True)
class Explained:
    """One setting: what counts, and what it beat, the nearest first."""

    name: str
    value: Any
    source: str
    pinned: bool
    beat: list[tuple[Any, str]] = field(default_factory=list)


def explain(paths: SettingsPaths | None = None) -> tuple[list[Explained], list[str]]:
    """Every setting as it counts now, and the notes on files that are not used."""
    paths = paths or SettingsPaths.find()
    resolved = resolve_settings(paths)
    given: dict[str, list[tuple[Any, str]]] = {name: [(value, DEFAULT)] for name, value in DEFAULTS.items()}
    for kind, folder in paths.values:
        for file in read_override_files(kind, folder):
            for name, value in file.values.items():
                if name in given and value is not None:
                    given[name].append((value, file.path))
    user = read_user_file(paths.user_file)
    for name, value in (user.values if user else {}).items():
        if name in given and value is not None:
            given[name].append((value, USER))
    rows = []
    for name, default in DEFAULTS.items():
        value = resolved["settings"].get(name, default)
        source = resolved["sources"].get(name, DEFAULT)
        beat = [(other, where) for other, where in reversed(given[name]) if where != source]
        rows.append(Explained(name, value, source, name in resolved["pins"], beat))
    return rows, [*resolved["notes"], *resolved.get("unreadable", [])]


def check(path: str, judge: Callable[[dict[str, Any]], str | None]) -> list[str]:
    """What is wrong with an overrides file, one sentence each; `judge` says what is wrong with values."""
    try:
        data = read_object(path, json5_allowed=path.endswith(".json5"))
    except OSError as e:
        return [f"{path} cannot be read: {(e.strerror or str(e)).lower()}."]
    except ValueError as e:
        return [f"{path} cannot be read: {e}."]
    if PLUGIN_ID not in data:
        near = next((name for name in data if name.startswith("jupyterlab-codeartifact")), None)
        return [f'It has no "{PLUGIN_ID}".' + (f' Is "{near}" meant?' if near else "")]
    ours = data[PLUGIN_ID]
    if not isinstance(ours, dict):
        return [f'"{PLUGIN_ID}" is not an object.']
    problems = [
        f'"{name}" is not a setting.{_nearest(name)}' for name in ours if name != "pinned" and name not in DEFAULTS
    ]
    problems += _wrong_pins(ours)
    if verdict := judge({name: value for name, value in ours.items() if name in DEFAULTS and value is not None}):
        problems.append(verdict)
    return problems


def _wrong_pins(ours: dict[str, Any]) -> list[str]:
    pinned = ours.get("pinned", [])
    if not isinstance(pinned, list) or not all(isinstance(name, str) for name in pinned):
        return ['"pinned" is not a list of names of settings.']
    problems = [f'"pinned" names "{n}", which is not a setting.{_nearest(n)}' for n in pinned if n not in DEFAULTS]
    problems += [
        f'"{n}" is pinned without a value here: it would be fixed to the default, {shown(n, DEFAULTS[n])}.'
        for n in pinned
        if n in DEFAULTS and ours.get(n) is None
    ]
    return problems


def _nearest(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, DEFAULTS, 1)
    return f' Is "{near[0]}" meant?' if near else ""


def main(argv: list[str], judge: Callable[[dict[str, Any]], str | None]) -> int:
    """The verb; `argv` is what comes behind `settings`."""
    parser = argparse.ArgumentParser(prog="jupyter codeartifact settings", allow_abbrev=False)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--explain", action="store_true", help="each value, the file it is from, and what it beat")
    what.add_argument("--check", metavar="FILE", help="what is wrong with an overrides file")
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    given = parser.parse_args(argv)
    if given.check is not None:
        return _print_check(given.check, check(given.check, judge), given.json)
    rows, notes = explain()
    _print_explained(rows, notes, given.json)
    return 0


def _print_check(path: str, problems: list[str], as_json: bool) -> int:
    if as_json:
        print(json.dumps({"schema": 1, "file": path, "verdict": _verdict(problems), "problems": problems}))
    elif problems:
        print("\n".join(problems), file=sys.stderr)
    else:
        print(f"{path} is right.")
    return INVALID if problems else 0


def _verdict(problems: list[str]) -> str:
    return "invalid_settings" if problems else "ok"


def _print_explained(rows: list[Explained], notes: list[str], as_json: bool) -> None:
    if as_json:
        settings = {
            row.name: {
                "value": row.value,
                "source": row.source,
                "pinned": row.pinned,
                "beat": [{"value": value, "source": source} for value, source in row.beat],
            }
            for row in rows
        }
        print(json.dumps({"schema": 1, "settings": settings, "notes": notes}))
        return
    for row in rows:
        print(f"{row.name} = {shown(row.name, row.value)}")
        print(f"    from {row.source}{', pinned' if row.pinned else ''}")
        for value, source in row.beat:
            print(f"    over {shown(row.name, value)}, {source}")
    if notes:
        print("\n".join(notes), file=sys.stderr)


def judge_by_engine(binary: str, engine: str, environment: dict[str, str], variable: str) -> Callable:
    """Asks the engine's `status`, which asks nobody, whether it would take these values."""

    def judge(values: dict[str, Any]) -> str | None:
        import subprocess
        import tempfile

        with tempfile.TemporaryDirectory() as empty:
            given = {
                "settings": values,
                # As if pinned: a wrong value that is not is replaced by its default with a note.
                "pins": {name: {"value": value, "file": empty} for name, value in values.items()},
                "sources": {},
                "notes": [],
                "allowedEndpointHosts": [],
                "dataDir": empty,
                "kernels": [],
            }
            done = subprocess.run(
                [binary, engine, "status", "--json"],
                env={**environment, variable: json.dumps(given), "HOME": empty},
                capture_output=True,
                text=True,
                timeout=30,
                check=False,
                stdin=subprocess.DEVNULL,
            )
        try:
            document = json.loads(done.stdout)
        except ValueError:
            return f"The values could not be checked: {done.stderr.strip() or os.strerror(done.returncode)}"
        return document["summary"] if document["verdict"] == "invalid_settings" else None

    return judge
