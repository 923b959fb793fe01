"""What judges that start a program for each case have in common."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def serve(judge: Callable[[tuple[int, dict]], dict], base: Path) -> None:
    """Answers each line of numbered cases with a line of answers, two at a time; removes `base` at the end."""
    try:
        with ThreadPoolExecutor(2) as pool:
            for line in sys.stdin:
                answers = list(pool.map(judge, enumerate(json.loads(line))))
                sys.stdout.write(json.dumps(answers) + "\n")
                sys.stdout.flush()
    finally:
        shutil.rmtree(base, ignore_errors=True)
