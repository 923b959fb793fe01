"""From files to the settings that count: defaults < administrator's overrides < user settings, and pins beat all.

The result is `SettingsInput` of src/protocol/request.ts. Command-line flags come on top in the engine, which
also refuses a flag that differs from a pin: it alone knows the flags.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from .protocol import DEFAULTS, PLUGIN_ID
from .say import together, trans
from .settings_files import SettingsFile, read_override_files, read_user_file
from .settings_paths import SettingsPaths

#: Settings that hold a host or a URL, in which a user may have written a password.
ENDPOINTS = ("apiEndpoint", "repositoriesEndpoint")
#: Of a value that is shown, so much is redacted, of which the first 100 characters are shown.
LONGEST_SHOWN = 5000
#: Of one file, so many unknown names are told.
MOST_MISSPELT = 5


class Pin(NamedTuple):
    """A setting that an administrator has fixed, and the file that fixes it."""

    value: Any
    file: str

    @property
    def reason(self) -> str:
        return f"Set by your administrator in {self.file}"


def resolve_settings(
    paths: SettingsPaths | None = None, *, allowed_endpoint_hosts: list[str] | None = None
) -> dict[str, Any]:
    """Read every settings file now and return the SettingsInput.

    A bad file is told in `notes` and is no error. Raises OSError when the process has run out of file descriptors or
    memory: then no file is bad, and to go on without an administrator's pins would be wrong.
    """
    paths = paths or SettingsPaths.find()
    folders = _Folders(paths)
    notes: list[str] = []
    settings: dict[str, Any] = {}
    sources: dict[str, str] = {}

    for folder in paths.values:
        of_folder: dict[str, tuple[Any, str]] = {}
        for file in folders.read(*folder):
            for name, value in file.values.items():
                if value is None:  # null takes a value back, of the same folder: as Jupyter's recursive_update
                    of_folder.pop(name, None)
                elif name in DEFAULTS:
                    of_folder[name] = (value, file.path)
        for name, (value, path) in of_folder.items():
            settings[name], sources[name] = value, path

    user = read_user_file(paths.user_file) or SettingsFile(paths.user_file)
    for name, value in user.values.items():
        if name in DEFAULTS and value is not None:
            settings[name], sources[name] = value, "user settings"
    if user.trouble:
        notes.append(
            trans.__(
                "Your settings file `%1` is not used: %2. "
                "Correct that line, or restore the defaults in the settings editor.",
                user.path,
                user.trouble,
            )
        )
    if user.pinned:
        notes.append(trans.__('"pinned" in your own settings has no effect: only an administrator can pin.'))

    pins, pin_notes = read_pins(folders)
    for name, pin in pins.items():
        own = user.values.get(name)
        if own is not None and own != pin.value:
            notes.append(
                trans.__(
                    "Your own value of `%1`, `%2`, is not used: `%3` fixes it to `%4`.",
                    name,
                    shown(name, own),
                    pin.file,
                    shown(name, pin.value),
                )
            )
        settings[name], sources[name] = pin.value, pin.file

    may_pin = folders.that_may_pin()
    notes += [
        trans.__(
            "The settings in `%1` are not used: %2. An administrator can correct the file.", file.path, file.trouble
        )
        for file in folders.unreadable()
        if file.path not in may_pin
    ]
    unreadable = [
        trans.__(
            "`%1` cannot be read: %2. "
            "It may pin settings, so nothing is connected until an administrator has corrected it.",
            file.path,
            file.trouble,
        )
        for file in folders.unreadable()
        if file.path in may_pin
    ]
    files = [user, *folders.all()]
    notes += [note for file in files for note in _misspelt(file)]
    return {
        "settings": settings,
        "pins": {name: {"value": pin.value, "file": pin.file} for name, pin in pins.items()},
        "sources": sources,
        "notes": notes + pin_notes,
        **({"unreadable": unreadable} if unreadable else {}),
        "allowedEndpointHosts": list(allowed_endpoint_hosts or []),
        "dataDir": paths.data_dir,
    }


def read_pins(folders: _Folders) -> tuple[dict[str, Pin], list[str]]:
    """The pins in force, and notes on the files that should set them.

    A pin's value is the pinning file's own, else another administrator's override, else the default.
    """
    files = [file for kind, folder in folders.paths.pins for file in reversed(folders.read(kind, folder))]
    pins: dict[str, Pin] = {}
    notes = []
    for file in files:
        for name in file.pinned:
            if name not in DEFAULTS:
                notes.append(trans.__("`%1` pins `%2`, which is not a setting.", file.path, shown("", name)))
            elif name not in pins:
                given = [one.values.get(name) for one in [file, *files]]
                value = next((v for v in given if v is not None), DEFAULTS[name])
                pins[name] = Pin(value, file.path)
    return pins, notes


def page_policy() -> str:
    """What the browser must know before it loads settings, as JSON for `codeartifactPolicy` in the page.

    Names, values and reasons of pins only. It is in the page's source, so nothing secret may be here: a password in
    an endpoint's address, which the engine refuses anyway, is taken out.
    """
    pins, _ = read_pins(_Folders(SettingsPaths.find()))
    shown = {n: {"value": _public(n, p.value), "file": p.file, "reason": p.reason} for n, p in pins.items()}
    return json.dumps({"pinned": shown})


class _Folders:
    """Each folder is read once for a call: the same file may hold a value and its pin."""

    def __init__(self, paths: SettingsPaths) -> None:
        self.paths = paths
        self._read: dict[tuple[str, str], list[SettingsFile]] = {}

    def read(self, kind: str, folder: str) -> list[SettingsFile]:
        key = (kind, self.paths.real[folder])
        if key not in self._read:
            self._read[key] = read_override_files(kind, folder)
        return self._read[key]

    def all(self) -> list[SettingsFile]:
        return [file for files in self._read.values() for file in files]

    def that_may_pin(self) -> set[str]:
        """The files of the folders that pins are read from."""
        return {file.path for kind, folder in self.paths.pins for file in self.read(kind, folder)}

    def unreadable(self) -> list[SettingsFile]:
        return [file for file in self.all() if file.trouble]


def _misspelt(file: SettingsFile) -> list[str]:
    """Notes on names that are none of ours, with the one that was probably meant."""
    notes = []
    if file.misspelt is not None:
        notes.append(
            trans.__(
                "`%1` has the key `%2`, which is nobody’s: ours is `%3`.",
                file.path,
                shown("", file.misspelt),
                f'"{PLUGIN_ID}"',
            )
        )
    for name in [name for name in file.values if name not in DEFAULTS][:MOST_MISSPELT]:
        from difflib import get_close_matches

        near = get_close_matches(name, DEFAULTS, n=1)
        meant = [trans.__("Did you mean `%1`?", near[0])] if near else []
        notes.append(together(trans.__("`%1` sets `%2`, which is not a setting.", file.path, shown("", name)), *meant))
    return notes


def _public(name: str, value: Any) -> Any:
    if name not in ENDPOINTS or not isinstance(value, str):
        return value
    from .redaction import without_user_info  # its patterns take 1 ms to compile, which a command need not spend

    return without_user_info(value)


def shown(name: str, value: Any) -> str:
    """A value as people read it, without secrets; cut, because a settings file may hold anything."""
    from .redaction import plain, redact

    value = _public(name, value)
    text = plain(redact((value if isinstance(value, str) else json.dumps(value))[:LONGEST_SHOWN]))
    return f"'{text[:100]}'" if isinstance(value, str) else text[:100]
