"""Writes the measured parts of docs/performance.md and its plots from what the benches left in build/reports.

bench.json: make bench; browser.json: node bench/browser.mjs; fleet.json: node bench/fleet.mjs;
growth.json: node bench/growth.mjs; growth-browser.json: node bench/growth-browser.mjs; flat.json: bench/flat.py.
"""

from __future__ import annotations

import json
import statistics
from typing import Any

from report_page import DOCS, IMAGES, REPORTS, fill, plot, table


def report(name: str) -> Any:
    path = REPORTS / f"{name}.json"
    return json.loads(path.read_text()) if path.exists() else None


def bench() -> str | None:
    given = report("bench")
    if given is None:
        return None
    rows = [(label, *(f"{row[key]:,.1f}" for key in ("min", "median", "max")), row["unit"]) for label, row in given]
    return table(("", "Least", "Median", "Most", "Unit"), rows, numbers=True)


def fleet() -> str | None:
    given = report("fleet")
    if given is None:
        return None
    heads = (
        *("10,000 notebooks, 48 hours", "Calls", "Throttled", "Of them in steady state", "Most in one second"),
        *("Wait, p99 s", "Wait, longest s", "Click waits, p99 ms", "Minutes without a token"),
    )
    rows = [
        (
            each["name"],
            *(f"{each[key]:,}" for key in ("calls", "throttled", "throttledInSteadyState", "mostInOneSecond")),
            *(f"{each['waitSeconds'][key]:,.0f}" for key in ("p99", "most")),
            f"{each['clickMs']['p99']:,.0f}",
            f"{each['withoutTokenMinutes']:,.0f}",
        )
        for each in given
    ]
    shown = [each for each in given if each["scenario"]["fleetSize"]][:3]
    lines = {each["name"]: [(i / 6, n / 10) for i, n in enumerate(each["series"][:360])] for each in shown}
    picture = plot("Calls a second in the first hour", lines, x="60 minutes", unit="/s", limit=40)
    (IMAGES / "fleet.svg").write_text(picture)
    return table(heads, rows, numbers=True)


def growth() -> str | None:
    given = report("growth")
    if given is None:
        return None
    rows = []
    for curve in [*given, *(report("growth-browser") or [])]:
        told = [
            f"{point['size']:,}: {point['ms']:,.1f}{'' if point['verdict'] == 'ok' else ' (refused)'}"
            for point in curve["points"]
        ]
        rows.append((f"{curve['what']}, by {curve['of']}", ", ".join(told), f"{curve['exponent']:.1f}"))
    lines = {
        f"connect by {curve['of']}": [(p["size"], p["ms"]) for p in curve["points"]]
        for curve in given
        if curve["what"] == "connect" and curve["of"].startswith("kernelspecs")
    }
    (IMAGES / "growth.svg").write_text(
        plot("Connect by the number of kernelspecs", lines, x="200 kernelspecs", unit="ms")
    )
    return table(("Cost of", "Size: milliseconds", "Grows as n to the"), rows)


def flat() -> str | None:
    given = report("flat")
    if given is None or len(given["readings"]) < 2:
        return None
    readings = given["readings"]
    first, last = readings[0], readings[-1]
    rows = []
    names = [name for name in first if name != "calls"]
    for name in names:
        most = max(reading[name] for reading in readings)
        change = [(mb / first[name] - 1) * 100 for mb in (last[name], most)]
        rows.append(
            (name, f"{first[name]:.1f}", f"{last[name]:.1f} ({change[0]:+.1f} %)", f"{most:.1f} ({change[1]:+.1f} %)")
        )
    calls = f"{last['calls']:,} calls"
    lines = {name: [(reading["calls"], reading[name]) for reading in readings] for name in names}
    (IMAGES / "flat.svg").write_text(plot("Memory by calls", lines, x=calls, unit="MB"))
    return table(("Memory, MB", "After 1,000 calls", f"After {calls}", "Most"), rows, numbers=True)


def browser() -> str | None:
    given = report("browser")
    if given is None:
        return None
    rows = [
        (label, *(f"{n:,.0f}" for n in (min(values), statistics.median(values), max(values))), str(len(values)))
        for label, values in given["rows"].items()
    ]
    return table(("Milliseconds", "Least", "Median", "Most", "Runs"), rows, numbers=True)


def wire() -> str | None:
    given = report("browser")
    if given is None:
        return None
    names = {"before": "Before the panel is opened", "opened": "From the click on the panel's tab until Connected"}
    rows = [
        (
            names[phase],
            f"{len(requests)}",
            f"{sum(r['wire'] for r in requests) / 1000:,.1f}",
            f"{sum(r['gzip'] for r in requests) / 1000:,.1f}",
        )
        for phase, requests in given["bytes"].items()
    ]
    return table(("", "Requests", "kB as sent", "kB with gzip"), rows, numbers=True)


if __name__ == "__main__":
    parts = {"bench": bench, "browser": browser, "wire": wire, "fleet": fleet, "growth": growth, "flat": flat}
    fill(DOCS / "performance.md", parts)
