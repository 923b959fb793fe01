"""Every command that a paper or a workflow names works."""

from __future__ import annotations

import pytest

from tests.emulated import emulator

from . import papers, rules

COMMANDS = papers.commands()


@pytest.fixture(scope="module")
def world():
    with emulator() as given:
        yield given


@pytest.mark.parametrize("found", COMMANDS, ids=str)
def test_a_command_works(found, world, tmp_path):
    rules.check(found.text, home=tmp_path, emulator=world)


def test_nothing_is_exempt_that_no_paper_names():
    assert set(rules.NOT_RUN) <= {found.text for found in COMMANDS}


@pytest.mark.parametrize(
    "command",
    [
        "make wtach",
        "npm run wtach",
        "npx jest src/engine/pure/text",
        "npx playwright test --config ui-tests/playwright.config.ts no-such-test",
        "python -m pytest tests/python -k no_such_test",
        "python scripts/no-such-script.py",
        "pip install jupyterlab-code-artifact",
        "pip download jupyterlab-codeartifact --destination wheelhouse",
        "jupyter codeartifact conect",
        "jupyter codeartifact connect --domian analytics",
        "aws codeartifact log-in",
        "aws s3 cp wheelhouse s3://bucket --recusive",
        "git config --no-such-flag .git-blame-ignore-revs",
        "brew install node",
    ],
)
def test_a_wrong_command_is_found(command, world, tmp_path):
    with pytest.raises(rules.Wrong):
        rules.check(command, home=tmp_path, emulator=world)
