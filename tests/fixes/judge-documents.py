"""Judges policy documents of standard input, a JSON list of [name, document], by AWS's service authorization data.

Prints what is wrong as a JSON list of [name, fault].
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.infra.service_authorization import as_list, faults


def judged(document: dict) -> list[str]:
    """In a key's own policy "*" is that key."""
    for statement in document["Statement"]:
        if all(action.startswith("kms:") for action in as_list(statement["Action"])):
            statement["Resource"] = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    return list(faults(document))


print(json.dumps([[name, fault] for name, document in json.load(sys.stdin) for fault in judged(document)]))
