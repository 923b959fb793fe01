"""`diagnose --json` for whoever watches a fleet: one line, exit codes, and the metric filters of docs/admin.md."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request

import pytest

from jupyterlab_codeartifact import node
from tests.emulated import ROOT, emulator

from .test_real_engine import DOMAIN, ENGINE, OWNER, REPOSITORY

pytestmark = pytest.mark.skipif(not ENGINE.exists(), reason="the engine is not built: npm run build:engine")

PAGE = (ROOT / "docs" / "admin.md").read_text()
PATTERNS = re.findall(r"'(\{ \$\.[^']+ \})'", PAGE)
CODES = {
    verdict: int(code)
    for code, verdicts in re.findall(r"^\| (\d) \| (`.+) \|$", PAGE, re.MULTILINE)
    for verdict in re.findall("`([a-z_]+)`", verdicts)
}
#: Of an event of CloudWatch Logs, in its most careful year.
MOST_BYTES = 256 * 1024


def matches(pattern: str, line: str) -> bool:
    """CloudWatch Logs' pattern for JSON, as far as the page uses it: comparisons of top-level members, joined by &&.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
    """
    try:
        event = json.loads(line)
    except ValueError:
        return False
    terms = re.fullmatch(r"\{ (.+) \}", pattern)[1].split(" && ")
    return all(_holds(event, term) for term in terms)


def _holds(event: object, term: str) -> bool:
    name, operator, literal = re.fullmatch(r'\$\.([A-Za-z]+) (=|!=) ("[^"*]*"|\d+)', term).groups()
    # What is not there equals nothing; lest it be told otherwise, each pattern of ours asks for the schema first.
    if not isinstance(event, dict) or name not in event:
        return False
    return (event[name] == json.loads(literal)) == (operator == "=")


@pytest.fixture(scope="module")
def world():
    with emulator() as running:
        yield running


@pytest.fixture
def diagnosed(world, tmp_path):
    def run(scenario: str, *, domain: str = DOMAIN) -> subprocess.CompletedProcess[str]:
        body = json.dumps({"scenario": scenario}).encode()
        urllib.request.urlopen(urllib.request.Request(f"{world['controlUrl']}/scenario", body, method="PUT"))
        command = [sys.executable, "-m", "jupyterlab_codeartifact", "diagnose", "--json"]
        place = ["--domain", domain, "--domain-owner", OWNER, "--repository", REPOSITORY]
        env = {**world["env"], "PATH": os.environ["PATH"], "HOME": str(tmp_path), node.NODE_VARIABLE: node.find_node()}
        return subprocess.run(
            [*command, *place], env={**env, "PYTHONPATH": str(ROOT)}, cwd=tmp_path, capture_output=True, text=True
        )

    return run


SEEN = [
    ("ok", {}, "ok"),
    ("security-group", {}, "timeout"),
    ("no-role-permission", {}, "access_denied"),
    ("ok", {"domain": "Not a domain"}, "invalid_settings"),
    ("throttled", {}, "throttled"),
]


def test_the_page_has_a_filter_for_all_and_one_for_a_single_verdict():
    assert PATTERNS == ['{ $.schema = 1 && $.verdict != "ok" }', '{ $.schema = 1 && $.verdict = "timeout" }']


@pytest.mark.parametrize(("scenario", "options", "verdict"), SEEN, ids=[verdict for _, _, verdict in SEEN])
def test_one_line_a_code_and_a_filter_that_counts_it(diagnosed, scenario, options, verdict):
    done = diagnosed(scenario, **options)
    assert done.stderr == ""
    assert done.stdout.endswith("\n")
    [line] = done.stdout.splitlines()
    assert len(line.encode()) < MOST_BYTES
    assert json.loads(line)["verdict"] == verdict
    assert done.returncode == CODES.get(verdict, 5)
    assert [matches(pattern, line) for pattern in PATTERNS] == [verdict != "ok", verdict == "timeout"]


@pytest.mark.parametrize("line", ["", "codeartifact: begins: layout notebook", '{"verdict": "timeout"}', "[]", "1"])
def test_lines_of_other_programs_do_not_count(line):
    assert not any(matches(pattern, line) for pattern in PATTERNS)
