"""The engine redacts what it logs; this is the second net, before its standard error reaches a log."""

from __future__ import annotations

import re

_PATTERNS = [
    # https://aws:TOKEN@host, and any other user information in a URL
    (re.compile(r"(\w+://)[^\s/@]+@"), r"\1***@"),
    # CodeArtifact's tokens are encrypted JWTs (eyJ...), role session tokens are long base64
    (re.compile(r"\beyJ[\w.=-]{16,}"), "***"),
    (re.compile(r"\b[A-Za-z0-9+/]{100,}={0,2}"), "***"),
    # AWS access key ids, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    (re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"), "***"),
    (re.compile(r"(?i)\b((?:proxy-)?authorization\W{1,4}(?:basic|bearer|aws4-hmac-sha256)\s+)[^\r\n]+"), r"\1***"),
    (
        re.compile(
            r"(?i)((?:authorization_?token|secret_?(?:access_?)?key|session_?token|security-token|password|passwd)"
            r"[\"']?\s*[:= ]\s*[\"']?)[^\s\"',;&]+"
        ),
        r"\1***",
    ),
]


def redact(text: str) -> str:
    """The text with everything that looks like a secret replaced by `***`."""
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text
