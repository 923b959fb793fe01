"""Builds the wheel once for all suites that need it, from a copy of the tree."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache"
#: What a wheel is made of; a change elsewhere does not need another.
INGREDIENTS = (
    *("src/engine", "src/lab", "src/protocol", "schema", "style", "jupyterlab_codeartifact", "jupyter-config"),
    *("scripts", "package.json", "package-lock.json", "tsconfig.json", "tsconfig.base.json"),
    *("pyproject.toml", "hatch_build.py", "install.json", "README.md", "LICENSE", ".gitignore"),
)
STALE = "// this engine was left here by an earlier build\n"


def tree() -> list[str]:
    """Files of the tree as git would commit them, changes included."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *INGREDIENTS],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    return sorted(name for name in listed if name and ".spec." not in name and (ROOT / name).is_file())


def wheel() -> Path:
    """The wheel of the tree as it is now; built when no other suite has built the same."""
    names = tree()
    digest = hashlib.sha256()
    for name in names:
        digest.update(f"{name}\0".encode() + (ROOT / name).read_bytes())
    place = CACHE / "wheels" / digest.hexdigest()[:16]
    if not (found := sorted(place.glob("*.whl"))):
        shutil.rmtree(place.parent, ignore_errors=True)
        _build(names, place)
        found = sorted(place.glob("*.whl"))
    return found[0]


def _build(names: list[str], place: Path) -> None:
    copy = place / "tree"
    for name in names:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, copy / name)
    (copy / "node_modules").symlink_to(ROOT / "node_modules")
    # An engine that lies about must not get into the wheel.
    engine = copy / "jupyterlab_codeartifact" / "engine" / "engine.cjs"
    engine.parent.mkdir()
    engine.write_text(STALE)
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(place), str(copy)],
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]
