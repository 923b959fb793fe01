"""Writes the table of docs/differential.md from the tallies that the suites left in build/reports/differential."""

from __future__ import annotations

import json

from report_page import DOCS, REPORTS, fill, table

HEAD = ("Judge", "Configurations", "Of them it works", "Missed", "False alarms", "Exceptions")
KEYS = ("configurations", "working", "missed", "falseAlarms", "exceptions")


def tallies() -> str | None:
    given = [json.loads(path.read_text()) for path in sorted((REPORTS / "differential").glob("*.json"))]
    rows = [(tally["judge"], *(f"{tally[key]:,}" for key in KEYS)) for tally in given]
    return table(HEAD, rows, numbers=True) if rows else None


if __name__ == "__main__":
    fill(DOCS / "differential.md", {"tallies": tallies})
