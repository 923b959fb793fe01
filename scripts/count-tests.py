"""Adds up the reports that the suites left in build/reports and prints `N passed, N failed`.

Exit 0 only when something passed, nothing failed and nothing was skipped: in CI a test that cannot
run is a failure to set the machine up.
"""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

REPORTS = Path(__file__).resolve().parent.parent / "build" / "reports"


def jest(path: Path) -> tuple[int, int, int]:
    report = json.loads(path.read_text())
    crashed = report.get("numRuntimeErrorTestSuites", 0)
    return report["numPassedTests"], report["numFailedTests"] + crashed, report["numPendingTests"]


def junit(path: Path) -> tuple[int, int, int]:
    passed = failed = skipped = 0
    for suite in ET.parse(path).getroot().iter("testsuite"):
        total, bad = int(suite.get("tests", 0)), int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        idle = int(suite.get("skipped", 0))
        passed, failed, skipped = passed + total - bad - idle, failed + bad, skipped + idle
    return passed, failed, skipped


def main() -> int:
    expected = sys.argv[1:]
    totals = [0, 0, 0]
    for name in expected:
        found = [p for p in (REPORTS / f"{name}.json", REPORTS / f"{name}.xml") if p.exists()]
        if not found:
            print(f"{name}: no report, the suite did not run")
            totals[1] += 1
            continue
        counts = jest(found[0]) if found[0].suffix == ".json" else junit(found[0])
        print(f"{name}: {counts[0]} ok, {counts[1]} bad, {counts[2]} not run")
        totals = [a + b for a, b in zip(totals, counts)]
    passed, failed, skipped = totals
    if skipped:
        print(f"{skipped} tests did not run; none may be left out here")
    print(f"{passed} passed, {failed + skipped} failed")
    return 0 if passed and not failed and not skipped else 1


if __name__ == "__main__":
    sys.exit(main())
