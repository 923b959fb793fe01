"""What looks like a secret does not reach a log, whatever the engine forgot."""

from __future__ import annotations

import re

import pytest

from jupyterlab_codeartifact.redaction import PATTERNS, redact, without_user_info

try:
    from re import _constants as sre
    from re import _parser as parser
except ImportError:  # Python 3.10
    import sre_constants as sre
    import sre_parse as parser

TOKEN = "eyJ2ZXIiOjEsImlzdSI6MTcwMDAwMDAwMCwiZW5jIjoiQTEyOEdDTSJ9.abcDEF-_123.zzz"
SECRETS = [
    (
        TOKEN,
        f"index-url = https://aws:{TOKEN}@corp-111122223333.d.codeartifact.eu-west-1.amazonaws.com/pypi/team/simple/",
    ),
    ("s3cr3t", "http://user:s3cr3t@proxy:3128"),
    ("YXdzOnMzY3IzdA==", "Authorization: Basic YXdzOnMzY3IzdA=="),
    ("abcdef123", "Proxy-Authorization: Bearer abcdef123"),
    ("ASIAIOSFODNN7EXAMPLE", "key ASIAIOSFODNN7EXAMPLE used"),
    ("wJalrXUtnFEMI/K7MDENG", "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG"),
    ("FwoGZXIvYXdz", '{"sessionToken":"FwoGZXIvYXdz"}'),
    ("hunter2", "password: hunter2"),
    (TOKEN, f'{{"authorizationToken": "{TOKEN}"}}'),
    ("Q" * 400, "x-amz-something " + "Q" * 400),
]


@pytest.mark.parametrize(("secret", "line"), SECRETS)
def test_secrets_go(secret, line):
    assert secret not in redact(line)
    assert "***" in redact(line)


@pytest.mark.parametrize(
    "line",
    [
        "connect: timeout after 3300 ms to 10.0.1.17:443",
        "arn:aws:iam::111122223333:role/notebook is not authorized to perform: codeartifact:GetAuthorizationToken",
        "/home/ec2-user/.config/pip/pip.conf written, 0600",
        "token expires 2026-11-23T12:00:00Z",
    ],
)
def test_plain_words_stay(line):
    assert redact(line) == line


#: What may be matched before the secret itself begins, or fails; more than a URL's user information need not be.
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


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in PATTERNS], ids=lambda p: p.pattern[:30])
def test_the_work_grows_with_the_text_and_not_faster(pattern):
    assert faults(pattern) == []


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


@pytest.mark.parametrize("text", ["x", "a://", "password ", "eyJ.", "A+", "authorization: basic ", "AKIA", "://a"])
def test_a_text_made_to_be_slow_comes_back(text):
    assert len(redact(text * (1_000_000 // len(text)))) > 0


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("https://ada:hunter2@host/", "https://***@host/"),
        ("https://ada:hun/ter2@host", "https://***@host"),
        ("https//ada:hun ter2@host", "***@host"),
        ("ada:h@nter2@host", "***@host"),
        ("https://vpce-0.api.codeartifact.eu-west-1.vpce.amazonaws.com", None),
        ("", None),
    ],
)
def test_an_address_is_shown_without_who_may_use_it(value, shown):
    assert without_user_info(value) == (value if shown is None else shown)
