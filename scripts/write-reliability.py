"""Writes the measured parts of docs/reliability.md and its plot from the reports that the suites left in build/reports.

A part whose report is not there stays as it is. Reports: the names that the Makefile gives them, soak.json, and those
of tests/crowd/report.ts. A suite that fails leaves no report of these.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from report_page import DOCS, IMAGES, REPORTS, ROOT, fill, plot, table

#: What is tried, and the files of tests that try it.
ATTACKS = {
    "The process is killed at a file-system call, or at any moment": ["tests/files/kill.spec.ts"],
    "A file-system call fails: disk full, quota, no permission, a dying disk": ["tests/files/faults.spec.ts"],
    "Configuration files with any content": ["tests/files/fuzz.spec.ts"],
    "Settings, arguments, bodies and homes that are wrong": ["tests/engine/bad-input.spec.ts"],
    "The token, looked for in answers, logs, events, processes and files": ["tests/engine/canary.spec.ts"],
    "Text made to get a secret past the redaction, or to make it slow": [
        "tests/python/test_redaction.py",
        "src/engine/core/secret/redact.spec.ts",
    ],
    "Callers without a login, a permission or the XSRF token; bodies that smuggle settings": [
        "tests/python/test_rest.py"
    ],
    "An engine that floods, hangs, crashes, or leaves children": [
        "tests/python/test_engine_output.py",
        "tests/python/test_engine_process.py",
        "tests/python/test_engine_supervisor.py",
        "tests/python/test_engine_end.py",
    ],
    "Variables that weaken TLS or print secrets": ["tests/python/test_engine_environment.py"],
    "Root with another's home, and users who plant programs, links and settings for root": [
        "tests/python/test_run_as_user.py",
        "tests/lifecycle/test_hostile.py",
    ],
    "A service or an engine that tries to fill the memory": ["tests/python/test_memory.py"],
    "Another user of the same JupyterHub": ["tests/hub/test_access.py"],
}

YES_NO = {"True": "yes", "False": "no"}


def results() -> Iterator[tuple[str, bool | None]]:
    """(file of tests, passed) of every test in the reports; None for one that was skipped."""
    for path in REPORTS.glob("*.json"):
        for suite in json.loads(path.read_text()).get("testResults", []):
            name = str(Path(suite["name"]).relative_to(ROOT))
            for test in suite["assertionResults"]:
                yield name, {"passed": True, "failed": False}.get(test["status"])
    for path in REPORTS.glob("*.xml"):
        for case in ET.parse(path).getroot().iter("testcase"):
            bad = case.find("failure") is not None or case.find("error") is not None
            name = case.get("classname", "").replace(".", "/") + ".py"
            yield name, None if case.find("skipped") is not None else not bad


def attacks() -> str | None:
    counts: dict[str, list[int]] = {}
    for name, passed in results():
        if passed is not None:
            row = counts.setdefault(name, [0, 0])
            row[0] += 1
            row[1] += passed
    if not all(name in counts for names in ATTACKS.values() for name in names):
        return None
    rows = []
    for what, names in ATTACKS.items():
        tried, held = (sum(counts[name][i] for name in names) for i in (0, 1))
        rows.append((what, str(tried), str(held), ", ".join(f"`{name}`" for name in names)))
    return table(("Tried", "Tests", "Held", "Where"), rows)


def activity() -> str | None:
    path = REPORTS / "hub.xml"
    if not path.exists():
        return None
    cases = [case for case in ET.parse(path).getroot().iter("testcase") if case.find("failure") is None]
    given = [p.get("value", "").split("|") for case in cases for p in case.iter("property")]
    rows = [(name, status, YES_NO[proxy], YES_NO[server]) for name, status, proxy, server in given]
    return table(("Request", "Status", "Counts for JupyterHub's proxy", "Counts for Jupyter Server"), rows)


def schedules() -> str | None:
    path = REPORTS / "crowd-schedules.json"
    if not path.exists():
        return None
    given = json.loads(path.read_text())
    kinds = [(kind["name"], kind["schedules"], kind["calls"]) for kind in given["kinds"]]
    total = ("together", sum(kind[1] for kind in kinds), sum(kind[2] for kind in kinds))
    rows = [(name, f"{count:,}", f"{calls:,}", "0") for name, count, calls in [*kinds, total]]
    return table(("What several processes do", "Schedules", "File-system calls", "Failures"), rows)


def real_runs() -> str | None:
    path = REPORTS / "crowd-real.json"
    if not path.exists():
        return None
    given = json.loads(path.read_text())
    rows = [
        ("Runs", f"{given['runs']:,}, each of {given['calls']:,} calls by {given['processes']} processes at once"),
        ("Processes killed", f"{given['killed']:,}"),
        ("Renewals that were due, each made once", f"{given['renewals']:,}"),
        ("Failures", "0"),
    ]
    return table(("", ""), rows)


def memory() -> str | None:
    """Peaks and seconds of tests/python/test_memory.py."""
    path = REPORTS / "python.xml"
    found = ET.parse(path).getroot().iter("property") if path.exists() else []
    given = [p.get("value", "").split("|") for p in found if p.get("name") == "memory"]
    rows = [(who, what, f"`{end}`" if who == "engine" else end, *rest) for who, what, end, *rest in given]
    return table(("Of", "What is sent to it", "Comes to", "Peak, MiB", "Seconds"), rows) if rows else None


def soak() -> str | None:
    path = REPORTS / "soak.json"
    if not path.exists():
        return None
    given = json.loads(path.read_text())
    windows = given["windows"]
    last = windows[-1]
    third = len(windows) // 3
    heaps = [window["heap"] / 1e6 for window in windows]
    middle, end = (sum(part) / len(part) for part in (heaps[third : 2 * third], heaps[-third:]))
    descriptors = [window["descriptors"] for window in windows[third:]]
    growth = (last["heap"] - windows[0]["heap"]) / (last["calls"] - windows[0]["calls"])
    line = [(window["hours"], heap) for window, heap in zip(windows, heaps)]
    days = f"{last['hours'] / 24:.0f} simulated days"
    (IMAGES / "soak.svg").write_text(plot("Live heap by simulated time", {"heap": line}, x=days, unit="MB"))
    rows = [
        ("Simulated", f"{last['hours'] / 24:.0f} days, a wall clock put forward by 5 minutes at a time"),
        ("Real", f"{given['seconds']} s at least, Node.js {given['node']}, seed {given['seed']}"),
        ("Calls", f"{last['calls']:,}"),
        ("Renewals that were due, each made once", f"{last['renewals']:,}"),
        ("Live heap, second third of the time", f"{middle:.2f} MB"),
        ("Live heap, last third", f"{end:.2f} MB ({(end / middle - 1) * 100:+.1f} %)"),
        ("Growth of the live heap, first reading to last", f"{growth:.0f} bytes for each call"),
        ("Open descriptors", " to ".join(str(n) for n in sorted({min(descriptors), max(descriptors)}))),
    ]
    calls = [(f"`{name}`", str(grown)) for name, grown in given["growth"].items()]
    return f"{table(('', ''), rows)}\n\n{table(('Call', 'Bytes of live heap left behind by one call'), calls)}"


PARTS = {
    "attacks": attacks,
    "schedules": schedules,
    "real-runs": real_runs,
    "activity": activity,
    "memory": memory,
    "soak": soak,
}


if __name__ == "__main__":
    fill(DOCS / "reliability.md", PARTS)
