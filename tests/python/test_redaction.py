"""What looks like a secret does not reach a log, whatever the engine forgot."""

from __future__ import annotations

import pytest

from jupyterlab_codeartifact.redaction import PATTERNS, redact, without_user_info

from .test_patterns import faults

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
    ("hunter2", "password hunter2"),
    ("hunter", "machine h login aws password hunter"),
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
        "~/.netrc, which has no password for 127.0.0.1.",
        "password = ***",
        "index-url in pip.conf, line 4, whose password the index refuses.",
    ],
)
def test_plain_words_stay(line):
    assert redact(line) == line


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in PATTERNS], ids=lambda p: p.pattern[:30])
def test_the_work_grows_with_the_text_and_not_faster(pattern):
    assert faults(pattern) == []


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
