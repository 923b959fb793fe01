"""The verbs of the REST API: one row each, for the handlers, the engine's deadlines and api/openapi.yaml.

The engine's methods of the same names are in src/protocol/request.ts. tests/python/test_rest.py compares this table
with api/openapi.yaml.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Verb:
    """One verb: `METHOD /jupyterlab-codeartifact/api/v1/NAME`, and the engine's method of that name."""

    name: str
    http_method: Literal["GET", "POST"]
    #: Seconds the engine has for an answer; an engine that takes longer is ended. Running all checks ends after
    #: 10 s at the latest; writing to a slow network home and waiting for another process's lock come on top.
    deadline_seconds: float
    #: Parameters of the query string that are passed on.
    query: tuple[str, ...] = ()
    #: Keys of the JSON body that are passed on. Settings are never among them: the server reads them from disk.
    body: tuple[str, ...] = ()
    #: The lists of the answer, when it is a listing (src/protocol/listing.ts) and not a document.
    lists: tuple[str, ...] = ()


VERBS: dict[str, Verb] = {
    verb.name: verb
    for verb in (
        Verb("state", "GET", 20.0),
        Verb("repositories", "GET", 60.0, lists=("domains", "repositories")),
        Verb("packages", "GET", 60.0, query=("query", "package"), lists=("packages",)),
        Verb("connect", "POST", 90.0),
        Verb("refresh", "POST", 90.0),
        Verb("disconnect", "POST", 60.0),
        Verb("diagnose", "POST", 60.0, body=("rung",)),
        Verb("preview", "POST", 60.0),
        Verb("cancel", "POST", 20.0),
    )
}

#: The engine's methods that are not verbs: whether it still runs, and to end.
PING = "ping"
SHUTDOWN = "shutdown"
