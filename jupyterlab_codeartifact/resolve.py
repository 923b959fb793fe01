"""From files to the settings that count: defaults < administrator's overrides < user settings, and pins beat all.

The result is `SettingsInput` of src/protocol/request.ts. Command-line flags come on top in the engine, which
also refuses a flag that differs from a pin: it alone knows the flags.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from .defaults import DEFAULTS
from .layers import Layer, read_override_layers, read_user_layer
from .places import Places


@dataclass(frozen=True)
class Pin:
    """A setting that an administrator has fixed, and the file that fixes it."""

    value: Any
    file: str

    @property
    def reason(self) -> str:
        return f"Set by your administrator in {self.file}"


def resolve(places: Places | None = None, *, allowed_endpoint_hosts: list[str] | None = None) -> dict[str, Any]:
    """Read every layer now and answer the SettingsInput; never raises for a bad file, but says so in notes."""
    places = places or Places.here()
    folders = _Folders(places)
    notes: list[str] = []
    settings: dict[str, Any] = {}
    sources: dict[str, str] = {}

    for place in places.values:
        settings_here: dict[str, tuple[Any, str]] = {}
        for layer in folders.read(*place):
            for name, value in layer.values.items():
                if value is None:  # null takes a value back, of the same folder: as Jupyter's recursive_update
                    settings_here.pop(name, None)
                elif name in DEFAULTS:
                    settings_here[name] = (value, layer.path)
        for name, (value, file) in settings_here.items():
            settings[name], sources[name] = value, file

    path = places.user_file
    user = read_user_layer(path) or Layer(path)
    for name, value in user.values.items():
        if name in DEFAULTS and value is not None:
            settings[name], sources[name] = value, "user settings"
    if user.trouble:
        notes.append(
            f"Your settings file {path} is not used: {user.trouble}. "
            "Correct that line, or restore the defaults in the settings editor."
        )
    if user.pinned:
        notes.append('"pinned" in your own settings has no effect: only an administrator can pin.')

    pins, pin_notes = read_pins(folders)
    for name, pin in pins.items():
        own = user.values.get(name)
        if own is not None and own != pin.value:
            notes.append(
                f"Your own value of {name}, {_show(own)}, is not used: {pin.file} fixes it to {_show(pin.value)}."
            )
        settings[name], sources[name] = pin.value, pin.file

    notes += [
        f"The settings in {layer.path} are not used: {layer.trouble}. An administrator can correct the file."
        for layer in folders.troubled()
    ]
    return {
        "settings": settings,
        "pins": {name: {"value": pin.value, "file": pin.file} for name, pin in pins.items()},
        "sources": sources,
        "notes": notes + pin_notes,
        "allowedEndpointHosts": list(allowed_endpoint_hosts or []),
        "dataDir": places.data_dir,
    }


def read_pins(folders: _Folders) -> tuple[dict[str, Pin], list[str]]:
    """The pins in force, and what is wrong with the files that should set them.

    A pin's value is the pinning file's own, else another administrator's override, else the default.
    """
    layers = [layer for kind, folder in folders.places.pins for layer in reversed(folders.read(kind, folder))]
    pins: dict[str, Pin] = {}
    notes = []
    for layer in layers:
        for name in layer.pinned:
            if name not in DEFAULTS:
                notes.append(f"{layer.path} pins {_show(name)}, which is not a setting.")
            elif name not in pins:
                named = [one.values.get(name) for one in [layer, *layers]]
                value = next((v for v in named if v is not None), DEFAULTS[name])
                pins[name] = Pin(value, layer.path)
    return pins, notes


def policy() -> str:
    """What the browser must know before it loads settings, as JSON for `codeartifactPolicy` in the page.

    Names, values and reasons of pins only; it is in the page's source, so nothing secret may be here.
    """
    pins, _ = read_pins(_Folders(Places.here()))
    shown = {n: {"value": p.value, "file": p.file, "reason": p.reason} for n, p in pins.items()}
    return json.dumps({"pinned": shown})


class _Folders:
    """Each folder is read once for a call: the same file may hold a value and its pin."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self._read: dict[tuple[str, str], list[Layer]] = {}

    def read(self, kind: str, folder: str) -> list[Layer]:
        key = (kind, self.places.real[folder])
        if key not in self._read:
            self._read[key] = read_override_layers(kind, folder)
        return self._read[key]

    def troubled(self) -> list[Layer]:
        return [layer for layers in self._read.values() for layer in layers if layer.trouble]


def _show(value: Any) -> str:
    """A value as people read it; cut, because a settings file may hold anything."""
    text = value if isinstance(value, str) else json.dumps(value)
    return f"'{text[:100]}'" if isinstance(value, str) else text[:100]
