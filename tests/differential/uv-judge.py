"""uv itself, asked which indexes it would use: one JSON list of cases a line in, one list of answers out.

UV names the program; `uv pip install --show-settings` tells the settings in force and asks no index.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from judging import serve

BASE = Path(tempfile.mkdtemp(prefix="uv-judge-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
INDEX = re.compile(
    r"Index \{\s*name: (?:Some\(\s*IndexName\(\s*\"(?P<name>[^\"]*)\",?\s*\),?\s*\)|None),"
    r".*?given: Some\(\s*\"(?P<url>[^\"]*)\""
    r".*?explicit: (?P<explicit>true|false),\s*default: (?P<default>true|false)",
    re.S,
)


def judge(numbered: tuple[int, dict]) -> dict:
    number, case = numbered
    root = BASE / str(number)
    for folder in ("home", "project/deep"):
        (root / folder).mkdir(parents=True)
    for path, text in case["files"].items():
        target = Path(path.replace("ROOT", str(root)))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace("ROOT", str(root)))
    env = {name: value.replace("ROOT", str(root)) for name, value in case["env"].items()}
    command = [os.environ["UV"], "pip", "install", "--show-settings", "six"]
    done = subprocess.run(command, env=env, cwd=root / "project/deep", capture_output=True, text=True, timeout=60)
    shutil.rmtree(root, ignore_errors=True)
    locations = done.stdout.partition("index_locations:")[2].partition("\n        python:")[0]
    indexes, _, rest = locations.partition("flat_index:")
    return {
        "code": done.returncode,
        "error": done.stderr[-300:].replace(str(root), "ROOT") if done.returncode else "",
        "indexes": [
            {"name": m["name"], "url": m["url"], "explicit": m["explicit"] == "true", "default": m["default"] == "true"}
            for m in INDEX.finditer(indexes)
        ],
        "noIndex": "no_index: true" in rest,
        "offline": bool(re.search(r"(offline: true|connectivity: Offline)", done.stdout)),
    }


if __name__ == "__main__":
    serve(judge, BASE)
