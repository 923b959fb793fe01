"""The editable install: the server part is this folder, the front end a link to what was built last.

`pip install -e .` copies the built front end into the environment; the copy is replaced by a link, as
`jupyter labextension develop` would do, so that each build shows after a reload of the page. Needs no jlpm.
Run it with the environment's Python.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "jupyterlab_codeartifact" / "labextension"
INSTALLED = Path(sys.prefix) / "share" / "jupyter" / "labextensions" / "jupyterlab-codeartifact"


def main() -> None:
    # What is built is built by make; pip would otherwise build everything once more.
    environment = {**os.environ, "SKIP_JUPYTER_BUILDER": "1"}
    # pip would write through the link of an earlier run: install.json, into what was built, where the
    # next wheel finds it twice.
    if INSTALLED.is_symlink():
        INSTALLED.unlink()
    (BUILT / "install.json").unlink(missing_ok=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.check_call(
        [*pip, "--no-build-isolation", "--no-deps", "--editable", str(ROOT)], cwd=ROOT, env=environment
    )
    if INSTALLED.exists():
        shutil.rmtree(INSTALLED)
    INSTALLED.parent.mkdir(parents=True, exist_ok=True)
    INSTALLED.symlink_to(BUILT, target_is_directory=True)
    print(f"{INSTALLED} -> {BUILT}")


if __name__ == "__main__":
    main()
