"""Writes the table of docs/differential.md from the tallies that the suites left in build/reports/differential."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "build" / "reports" / "differential"
PAGE = ROOT / "docs" / "differential.md"
HEAD = ("Judge", "Configurations", "Of them it works", "Missed", "False alarms", "Exceptions")
KEYS = ("configurations", "working", "missed", "falseAlarms", "exceptions")


def rows() -> list[tuple[str, ...]]:
    tallies = [json.loads(path.read_text()) for path in sorted(REPORTS.glob("*.json"))]
    return [(tally["judge"], *(f"{tally[key]:,}" for key in KEYS)) for tally in tallies]


def table() -> str:
    lines = [HEAD, ("---", *("---:" for _ in KEYS)), *rows()]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main() -> None:
    page = PAGE.read_text()
    begin, end = "<!-- the run -->\n", "<!-- /the run -->"
    PAGE.write_text(re.sub(f"{begin}.*?{end}", lambda _: f"{begin}\n{table()}\n\n{end}", page, flags=re.S))


if __name__ == "__main__":
    main()
