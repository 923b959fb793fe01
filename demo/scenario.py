"""Puts the running demo into one of the article's states.

python scenario.py ok | timeout | denied      (or any name that the emulator lists)
"""

import json
import os
import sys
import urllib.request
from pathlib import Path

NAMES = {"ok": "ok", "timeout": "no-endpoints", "denied": "no-role-permission"}


def control_url() -> str:
    """From the demo's own environment (in the notebook), else from the running demo's note."""
    if url := os.environ.get("CODEARTIFACT_EMULATOR_CONTROL"):
        return url
    note = Path(__file__).resolve().parent.parent / ".demo" / "demo.json"
    if not note.exists():
        raise SystemExit("The demo is not running. Start it with: make demo")
    return json.loads(note.read_text())["control"]


def main() -> None:
    word = sys.argv[1] if len(sys.argv) > 1 else "ok"
    request = urllib.request.Request(
        f"{control_url()}/scenario",
        data=json.dumps({"scenario": NAMES.get(word, word)}).encode(),
        headers={"Content-Type": "application/json"},
        method="PUT",
    )
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10) as answer:
            print(answer.read().decode())
    except urllib.error.HTTPError as error:
        raise SystemExit(error.read().decode()) from None
    except OSError:
        raise SystemExit("The demo does not answer. Start it with: make demo") from None


if __name__ == "__main__":
    main()
