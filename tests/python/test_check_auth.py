"""The check that guards the guards: it must fail for each thing that it is there to see."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HANDLERS = (ROOT / "jupyterlab_codeartifact" / "handlers.py").read_text()

spec = importlib.util.spec_from_file_location("check_auth", ROOT / "scripts" / "check-auth.py")
check_auth = importlib.util.module_from_spec(spec)
spec.loader.exec_module(check_auth)


def test_our_handlers_pass():
    assert check_auth.main() == 0


DECORATORS = [m.span() for m in re.finditer(r"    @(web\.authenticated|authorized)\n", HANDLERS)]


@pytest.mark.parametrize("span", DECORATORS)
def test_each_decorator_is_missed_when_it_goes(span):
    assert check_auth.faults(HANDLERS[: span[0]] + HANDLERS[span[1] :], "handlers.py")


def test_there_is_a_pair_for_every_verb():
    assert len(DECORATORS) == 2 * len(re.findall(r"async def (get|post)\(self\)", HANDLERS)) == 4


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    @web.authenticated\n    @authorized\n", "    @authorized\n    @web.authenticated\n"),
        ("    @authorized\n", "    @authorized(resource='x')\n"),
        ("    @authorized\n", "    @allow_unauthenticated\n"),
        ('auth_resource = "codeartifact"', 'auth_resource = "contents"'),
        ("    auth_resource = ", "    other = "),
        ("_track_activity = False", "_track_activity = True"),
        ("    _track_activity = False\n", ""),
        ("    auth_resource", "    def check_xsrf_cookie(self): pass\n    auth_resource"),
    ],
)
def test_other_ways_out_are_seen(old, new):
    assert old in HANDLERS
    assert check_auth.faults(HANDLERS.replace(old, new, 1), "handlers.py")
