"""Writes the table of docs/differential.md from the tallies that the suites left in build/reports/differential."""

from __future__ import annotations

import json
import re

from report_page import DOCS, REPORTS, fill, table

HEAD = ("Judge", "Configurations", "Of them it works", "Missed", "False alarms", "Exceptions", "When first asked")
KEYS = ("configurations", "working", "missed", "falseAlarms", "exceptions")
#: What the first comparisons with each judge came to, before anything was mended.
BEFORE = {
    r"pip .*usual": "10,972: 0 missed, 137 false alarms",
    r"pip .*odd": "6,000: 134 missed, 173 false alarms",
    r"uv --show-settings": "1,586: 123 missed, 73 false alarms",
    r"botocore: credentials": "1,900: 114 differ",
    r"botocore: Region": "1,500: 27 differ",
}


def before(judge: str) -> str:
    return next((figures for pattern, figures in BEFORE.items() if re.match(pattern, judge)), "")


def tallies() -> str | None:
    given = [json.loads(path.read_text()) for path in sorted((REPORTS / "differential").glob("*.json"))]
    rows = [(tally["judge"], *(f"{tally[key]:,}" for key in KEYS), before(tally["judge"])) for tally in given]
    return table(HEAD, rows, numbers=True) if rows else None


if __name__ == "__main__":
    fill(DOCS / "differential.md", {"tallies": tallies})
