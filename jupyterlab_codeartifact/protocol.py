"""What the server shares with the engine and the browser: the settings' defaults and the verbs of the REST API.

protocol.json is written from the tables of src/protocol by scripts/write-schema.mjs; `npm run lint` fails when it is
out of date.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

PLUGIN_ID = "jupyterlab-codeartifact:plugin"

_PROTOCOL: dict[str, Any] = json.loads((Path(__file__).parent / "protocol.json").read_text(encoding="utf-8"))

#: The names of our settings, and what they are when nobody has set anything.
DEFAULTS: dict[str, Any] = _PROTOCOL["settings"]


# NamedTuple here and in its neighbours: dataclasses imports inspect, 5 ms of a command that takes 200.
class Verb(NamedTuple):
    """One verb: `METHOD /jupyterlab-codeartifact/api/v1/NAME`, and the engine's method of that name."""

    name: str
    #: "GET" or "POST".
    http_method: str
    #: Seconds the engine has for an answer; an engine that takes longer is ended.
    deadline_seconds: float
    #: Parameters of the query string that are passed on.
    query: tuple[str, ...] = ()
    #: Keys of the JSON body that are passed on. Settings are never among them: the server reads them from disk.
    body: tuple[str, ...] = ()
    #: The lists of the answer, when it is a listing (src/protocol/listing.ts) and not a document.
    lists: tuple[str, ...] = ()


VERBS: dict[str, Verb] = {
    name: Verb(
        name,
        row["rest"],
        float(row["seconds"]),
        tuple(row.get("query", ())),
        tuple(row.get("body", ())),
        tuple(row.get("lists", ())),
    )
    for name, row in _PROTOCOL["verbs"].items()
}

#: The engine's methods that are not verbs: whether it still runs, and to end.
PING = "ping"
SHUTDOWN = "shutdown"
