"""The embedded emulator, for suites that run the real engine."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EMULATOR = ROOT / "build" / "emulator.cjs"


def dev_node() -> str:
    """Node for the emulator; the product's own is found by the product."""
    from jupyterlab_codeartifact.node import find_node

    return find_node()


@contextlib.contextmanager
def emulator(*flags: str) -> Iterator[dict]:
    """Serve until the block ends; yields the line it prints: addresses and a client's environment."""
    if not EMULATOR.exists():
        pytest.skip("build/emulator.cjs is not built: npm run build:emulator")
    process = subprocess.Popen(
        [dev_node(), str(EMULATOR), "serve", *flags],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"PATH": os.environ["PATH"], "PYTHON": sys.executable},
        start_new_session=True,
    )
    try:
        yield json.loads(process.stdout.readline())
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)
        process.stdout.close()
        process.stdin.close()
