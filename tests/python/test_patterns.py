"""No regular expression of ours takes longer than its text: neither the server's nor those that run in kernels.

For TypeScript the same is checked by eslint-plugin-regexp in `npm run lint` (eslint.config.mjs, LINEAR).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

try:
    from re import _constants as sre
    from re import _parser as parser
except ImportError:  # Python 3.10
    import sre_constants as sre
    import sre_parse as parser

ROOT = Path(__file__).resolve().parents[2]

#: What may be repeated before the end of a pattern; more than a URL's user information need not be.
LONGEST_PREFIX = 5000


def faults(pattern):
    """Why the pattern's work may grow faster than the text; empty when it cannot.

    Work at one place of the text is bounded when every repeat is, or is at the very end, where nothing after it can
    fail and what it takes is not looked at again; and when no repeat is inside another.
    """
    found = []

    def walk(items, in_repeat, is_last):
        for at, (kind, value) in enumerate(items):
            last = is_last and at == len(items) - 1
            if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
                _, most, inner = value
                # `(one of some words)?` repeats nothing
                if in_repeat and most > 1:
                    found.append("a repeat inside a repeat")
                if most > LONGEST_PREFIX and not last:
                    found.append("an unbounded repeat before the end")
                if most > LONGEST_PREFIX and (len(inner) != 1 or inner[0][0] is not sre.IN):
                    found.append("an unbounded repeat of more than a set of characters")
                walk(inner, in_repeat or most > 1, False)
            elif kind is sre.SUBPATTERN:
                walk(value[3], in_repeat, last)
            elif kind is sre.BRANCH:
                for branch in value[1]:
                    walk(branch, in_repeat, last)

    walk(parser.parse(pattern.pattern, pattern.flags), False, True)
    return found


@pytest.mark.parametrize(
    "quadratic",
    [
        r"(\w+://)[^\s/@]+@",
        r"password\s*[:=]\s*\S+",
        r"(a+)+",
        r"(?:x[0-9]{1,9}){1,9}",
        r"\b[A-Za-z0-9+/]{100,}={0,2}",
    ],
)
def test_the_check_sees_what_it_is_for(quadratic):
    """The first two were in use: a log line without a space stopped the server for minutes."""
    assert faults(re.compile(quadratic))


def values(node: ast.AST) -> str | None:
    """A pattern as it stands in the source; what is put into an f-string is taken for a word. None for a name."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "1" for part in node.values]
        return "".join(str(part) for part in parts)
    return None


def patterns() -> Iterator[tuple[str, str, int]]:
    """(file and line, pattern, flags) of each call of `re`."""
    for path in [*ROOT.glob("jupyterlab_codeartifact/*.py"), *ROOT.glob("src/lab/kernel/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            call = node.func if isinstance(node, ast.Call) else None
            if not (isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name) and call.value.id == "re"):
                continue
            if call.attr in ("compile", "match", "fullmatch", "search", "sub", "findall", "finditer", "split"):
                verbose = any("VERBOSE" in ast.dump(arg) for arg in node.args[1:])
                text = values(node.args[0])
                assert text is not None, f"{path}:{node.lineno}: the pattern is not written there"
                yield f"{path.relative_to(ROOT)}:{node.lineno}", text, re.VERBOSE if verbose else 0


#: Where the check above cannot tell that a pattern is linear, and why it is. Found by how the pattern begins.
KNOWN = {
    "(PIP|UV)_": "tried at the first character alone (fullmatch); one repeat",
    "<string>:": "tried at the first character alone (match); what follows ` at column ` is digits",
    "v(\\d+": "tried at the first character alone (match); a dot ends each repeat",
    "v\\d+": "tried at the first character alone (fullmatch); a dot ends each repeat",
    "(?mi)^[ \\t]*": "tried at the beginning of each line; a character outside the set ends each repeat",
    "//[^/": "a slash ends the repeat, and begins the next try",
    "(Looking in": "tried at the first character alone (match)",
}

FOUND = list(patterns())


def test_patterns_are_found():
    assert len(FOUND) > 15


@pytest.mark.parametrize(("text", "flags"), [pytest.param(text, flags, id=place) for place, text, flags in FOUND])
def test_a_pattern_takes_no_longer_than_its_text(text, flags):
    known = text.startswith(tuple(KNOWN))
    assert known or faults(re.compile(text, flags)) == []
