"""Reads settings files, one by one: what each sets for our plugin, or why it could not be read."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from .errors import OUT_OF_RESOURCES, system_words
from .protocol import PLUGIN_ID
from .say import trans

#: A settings file of ours has some hundred bytes; overrides.json may hold those of all extensions.
LARGEST_FILE = 1024 * 1024
#: json5 is written in Python and takes up to 8 s for this much; a click waits for it.
LARGEST_JSON5 = 128 * 1024
#: A file has a key for each extension; more are not compared with ours.
MOST_KEYS = 500


class SettingsFile(NamedTuple):
    """One file: its values for our plugin, its `pinned` list, or why it could not be read."""

    path: str
    values: Mapping[str, Any] = MappingProxyType({})
    pinned: tuple[str, ...] = ()
    #: A key of the whole file that is almost ours, and so is nobody's.
    misspelt: str | None = None
    #: A phrase such as "line 3: Unexpected ..."; None when the file was read.
    trouble: str | None = None


def read_object(path: str, *, json5_allowed: bool = True) -> dict[str, Any]:
    """The file's top-level object; `{}` for an empty file.

    Raises ValueError with a phrase for people (with the line where one is known), OSError when unreadable.
    """
    with open(path, "rb") as file:
        raw = file.read(LARGEST_FILE + 1)
    if len(raw) > LARGEST_FILE:
        raise ValueError(trans.__("it is larger than %1 bytes", LARGEST_FILE))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        line = raw.count(b"\n", 0, e.start) + 1
        raise ValueError(trans.__("line %1: %2", line, trans.__("it is not UTF-8 text"))) from None
    if not text.strip():
        return {}
    data = _parse(text, json5_allowed)
    if not isinstance(data, dict):
        raise ValueError(trans.__("line %1: %2", 1, trans.__("an object in curly brackets is expected")))
    return data


def _parse(text: str, json5_allowed: bool) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError(trans.__("it is nested too deeply")) from None
    except json.JSONDecodeError as e:
        told = trans.__("line %1: %2", e.lineno, _json_words(e.msg))
        if not json5_allowed:
            raise ValueError(told) from None
        if len(text) > LARGEST_JSON5:
            raise ValueError(
                trans.__("%1 (comments are read in files of up to %2 characters)", told, LARGEST_JSON5)
            ) from None
    # Comments and trailing commas are JupyterLab's own dialect (json5), which costs 30 ms to import.
    import json5

    try:
        return json5.loads(text)
    except RecursionError:
        raise ValueError(trans.__("it is nested too deeply")) from None
    except ValueError as e:
        found = re.match(r"<string>:(\d+) (.*?)(?: at column \d+)?$", str(e), re.DOTALL)
        raise ValueError(trans.__("line %1: %2", int(found[1]), _json5_words(found[2])) if found else str(e)) from None


def _json_words(told: str) -> str:
    """What the JSON parser said (https://github.com/python/cpython/blob/3.14/Lib/json/decoder.py), for translators."""
    words = {
        "Expecting value": trans.__("a value is expected"),
        "Expecting ',' delimiter": trans.__("a comma is expected"),
        "Expecting ':' delimiter": trans.__("a colon is expected"),
        "Expecting property name enclosed in double quotes": trans.__("a name in double quotes is expected"),
        "Extra data": trans.__("something follows the end of the object"),
        "Unterminated string starting at": trans.__("a string has no end"),
        "Invalid control character at": trans.__(
            "a string goes over the end of its line, or has another control character"
        ),
        "Invalid \\escape": trans.__("a backslash is followed by a wrong character"),
        "Invalid \\uXXXX escape": trans.__("a backslash is followed by a wrong character"),
        "Illegal trailing comma before end of object": trans.__("a comma is too much"),
        "Illegal trailing comma before end of array": trans.__("a comma is too much"),
    }
    return words.get(told, told)


def _json5_words(told: str) -> str:
    """The same of json5 (https://github.com/dpranke/pyjson5)."""
    if told == "Unexpected end of input":
        return trans.__("something is missing at the end")
    before, what = told[:12], told[12:-1]
    return trans.__("`%1` is not expected here", what) if before == 'Unexpected "' else told


def read_user_file(path: str) -> SettingsFile | None:
    """The user's own settings; None without such a file. Raises OSError when the process is out of resources."""
    try:
        return _settings_of(path, read_object(path))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as e:
        return SettingsFile(path, trouble=_phrase(e))


def read_override_files(kind: str, folder: str) -> list[SettingsFile]:
    """The overrides in one folder, the one that wins last. Raises OSError when the process is out of resources.

    `settings`: overrides.d/*.{json,json5}, overrides.json, overrides.json5 (jupyterlab_server's
    settings_utils). `labconfig`: default_setting_overrides.d/*.json, default_setting_overrides.json
    (jupyter_server's config_manager).
    """
    if kind == "settings":
        parts = _parts(os.path.join(folder, "overrides.d"), ".json", ".json5")
        parts += [os.path.join(folder, name) for name in ("overrides.json", "overrides.json5")]
    else:
        parts = _parts(os.path.join(folder, "default_setting_overrides.d"), ".json")
        parts += [os.path.join(folder, "default_setting_overrides.json")]
    files = []
    for path in parts:
        try:
            data = read_object(path, json5_allowed=path.endswith(".json5"))
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (OSError, ValueError) as e:
            files.append(SettingsFile(path, trouble=_phrase(e)))
            continue
        ours = data.get(PLUGIN_ID)
        if isinstance(ours, dict):
            files.append(_settings_of(path, ours))
        elif ours is not None:
            files.append(SettingsFile(path, trouble=trans.__("`%1` is not an object", PLUGIN_ID)))
        elif data and (meant := _almost_ours(data)):
            files.append(SettingsFile(path, misspelt=meant))
    return files


def _almost_ours(data: dict[str, Any]) -> str | None:
    """The key by which somebody meant our plugin; keys of other extensions are far from it."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(PLUGIN_ID, list(data)[:MOST_KEYS], n=1, cutoff=0.85)), None)


def _parts(folder: str, *endings: str) -> list[str]:
    """The files of a folder of parts in their order; hidden ones are left out, as `glob` does."""
    try:
        names = os.listdir(folder)
    except OSError as e:
        _raise_if_out_of_resources(e)
        return []
    return sorted(os.path.join(folder, n) for n in names if n.endswith(endings) and not n.startswith("."))


def _settings_of(path: str, ours: dict[str, Any]) -> SettingsFile:
    values = {k: v for k, v in ours.items() if k != "pinned"}
    pinned = ours.get("pinned", [])
    if not isinstance(pinned, list) or not all(isinstance(name, str) for name in pinned):
        return SettingsFile(path, values, trouble=trans.__("`pinned` is not a list of names"))
    return SettingsFile(path, values, tuple(pinned))


def _raise_if_out_of_resources(error: Exception) -> None:
    if isinstance(error, OSError) and error.errno in OUT_OF_RESOURCES:
        raise error


def _phrase(error: Exception) -> str:
    """Why a file could not be read, to follow a colon. Raises an OSError that is not the file's fault."""
    _raise_if_out_of_resources(error)
    if isinstance(error, OSError):
        return system_words(error)
    return str(error)
