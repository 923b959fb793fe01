"""Takes secrets and control characters out of text from the engine before it reaches a log or a browser.

The engine redacts what it prints; this is the second net. It runs on foreign text of any size, so each pattern is
linear: everything before a secret is of bounded length, and only the secret itself, at the pattern's end where
nothing can fail any more, is not. tests/python/test_redaction.py checks that for each pattern.
"""

from __future__ import annotations

import re

#: Longer than any token of CodeArtifact's (about 1,500 characters) or session token of AWS's.
_LONGEST_USER_INFO = 4096

PATTERNS = [
    # https://aws:TOKEN@host, and any other user information in a URL
    (re.compile(rf"(://)[^\s/@]{{1,{_LONGEST_USER_INFO}}}@"), r"\1***@"),
    # CodeArtifact's tokens are encrypted JWTs (eyJ...), role session tokens are long base64
    (re.compile(r"\beyJ[\w.=-]{16,}"), "***"),
    (re.compile(r"\b[A-Za-z0-9+/]{100}[A-Za-z0-9+/=]*"), "***"),
    # AWS access key ids, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    (re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"), "***"),
    (
        re.compile(r"(?i)\b((?:proxy-)?authorization\W{1,4}(?:basic|bearer|aws4-hmac-sha256)[ \t]{1,8})[^\r\n]+"),
        r"\1***",
    ),
    (
        re.compile(
            r"(?i)((?:authorization_?token|secret_?(?:access_?)?key|session_?token|security-token|password|passwd)"
            r"[\"']?\s{0,8}[:=]\s{0,8}[\"']?)[^\s\"',;&]+"
        ),
        r"\1***",
    ),
    # The same words before a blank: in a netrc a value follows, in a sentence ("has no password for HOST") a word does.
    (re.compile(r"(\b(?:machine|login|user|account)\s{1,8}\S{1,256}\s{1,8}password\s{1,8})\S+"), r"\1***"),
    (
        re.compile(
            r"((?i:authorization_?token|secret_?(?:access_?)?key|session_?token|security-token|password|passwd)"
            r"\s{1,8})(?!(?:[A-Z]?[a-z]{1,15}|[A-Z]{1,4})[.,;:!?)]{0,2}(?:\s|$)|[=:*])[^\s\"',;&]+"
        ),
        r"\1***",
    ),
]

#: C0 and C1 control characters but tab and line feed, and the marks that turn the direction of text: they would
#: move a terminal's cursor or make a log line look like another. https://www.unicode.org/reports/tr36/
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def redact(text: str) -> str:
    """The text with everything that looks like a secret replaced by `***`."""
    for pattern, replacement in PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def plain(text: str) -> str:
    """The text with each control character replaced by a space."""
    return _CONTROLS.sub(" ", text)


def without_user_info(value: str) -> str:
    """A setting that should be a host or URL, without user name and password, however malformed it is.

    By place, not by pattern: in `https://ada:pa/ss@host` everything up to the last `@` may be a secret.
    """
    before, at, after = value.rpartition("@")
    if not at:
        return value
    scheme, separator, _ = before.partition("://")
    return f"{scheme}://***@{after}" if separator else f"***@{after}"
