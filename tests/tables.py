"""The tables of docs/admin.md that tests write, between comments that name them. Twin of testing/netns/admin-tables.ts.

With WRITE_TABLES=1 a table is written anew; without, what differs is the difference between what the page promises and
what was seen.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "admin.md"

#: Seconds differ from machine to machine: they are written and not compared.
SECONDS = re.compile(r"\b\d+\.\d s\b")


def kept_table(name: str, folder: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, str]:
    """What the page says, and what was seen; seconds left out of both."""

    def line(cells: Sequence[str]) -> str:
        return f"| {' | '.join(cells)} |"

    table = "\n".join([line(head), line(["---"] * len(head)).replace(" ", ""), *map(line, rows)])
    begin, end = f"<!-- {name}: written by {folder} -->", f"<!-- end of {name} -->"
    before, _, rest = PAGE.read_text().partition(f"{begin}\n")
    present, _, after = rest.partition(f"{end}\n")
    assert after, f'docs/admin.md has no place for the table "{name}"'
    if os.environ.get("WRITE_TABLES") == "1":
        PAGE.write_text(f"{before}{begin}\n{table}\n{end}\n{after}")
        present = table
    return SECONDS.sub("s", present.strip()), SECONDS.sub("s", table)
