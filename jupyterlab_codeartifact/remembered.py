"""The connection as it is remembered on the disk: enough for a status bar, without starting the engine.

The engine writes the record (src/engine/tools/record.ts) and alone decides what it means; here it is only told.
"""

from __future__ import annotations

import json
import os
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from .say import trans

#: A record has some 800 bytes.
LARGEST = 64 * 1024
TEXTS = ("domain", "domainOwner", "repository", "region", "indexUrl")
TIMES = ("expiresAt", "obtainedAt")
LAST_TIME = 8.64e15


def record_file() -> Path:
    """Where the engine remembers the connection (src/engine/tools/memory.ts)."""
    return Path(os.path.expanduser("~")) / ".local/state/jupyterlab-codeartifact/state.json"


def remembered_state(file: Path | None = None, now: float | None = None) -> dict[str, Any]:
    """The document of `GET state` as far as the record tells it; without a connection when there is none to read."""
    at = time.time() if now is None else now
    record = _read(file or record_file())
    document = {"schema": 1, "verdict": "ok", "connection": None, "rungs": [], "files": []}
    if record is None:
        return {**document, "summary": trans.__("Not connected."), "at": _iso(at * 1000)}
    over = record["expiresAt"] <= at * 1000
    connection = {
        "state": "expired" if over else "connected",
        **{name: record[name] for name in TEXTS},
        "expiresAt": _iso(record["expiresAt"]),
    }
    settings = record.get("settings")
    if not over and isinstance(settings, dict) and settings.get("autoRefresh") is not False:
        # The engine says when exactly; it is on the way to its end at least.
        connection["refreshAt"] = _iso((record["obtainedAt"] + record["expiresAt"]) / 2)
    name, domain = record["repository"], record["domain"]
    summary = (
        trans.__("The token for %1 in %2 has ended.", name, domain)
        if over
        else trans.__("Connected to %1 in %2.", name, domain)
    )
    verdict = "expired_credentials" if over else "ok"
    return {**document, "verdict": verdict, "summary": summary, "connection": connection, "at": _iso(at * 1000)}


def _read(file: Path) -> dict[str, Any] | None:
    try:
        with file.open("rb") as stream:
            text = stream.read(LARGEST + 1)
        value = json.loads(text) if len(text) <= LARGEST else None
    except (OSError, ValueError, RecursionError):
        return None
    right = (
        isinstance(value, dict)
        and value.get("version") == 1
        and all(isinstance(value.get(name), str) for name in TEXTS)
        and "@" not in value["indexUrl"]
        and all(_is_time(value.get(name)) for name in TIMES)
    )
    return value if right else None


def _is_time(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= LAST_TIME / 100


def _iso(milliseconds: float) -> str:
    moment = datetime.fromtimestamp(milliseconds / 1000, timezone.utc)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
