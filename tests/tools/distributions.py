"""Distributions made on the spot: a wheel, a build back end, and a source distribution that needs it."""

from __future__ import annotations

import io
import tarfile
import zipfile

#: A PEP 517 back end in one module: enough to prove that pip fetched it from the index for the build.
BACKEND = """
import pathlib, zipfile

def build_wheel(folder, config_settings=None, metadata_directory=None):
    name, version = pathlib.Path("NAME").read_text().split()
    stem = f"{name.replace('-', '_')}-{version}"
    info = f"{stem}.dist-info"
    with zipfile.ZipFile(pathlib.Path(folder) / f"{stem}-py3-none-any.whl", "w") as made:
        made.writestr(f"{name.replace('-', '_')}.py", f"__version__ = {version!r}\\nBUILT_BY = {__name__!r}\\n")
        made.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n")
        made.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        made.writestr(f"{info}/RECORD", "")
    return f"{stem}-py3-none-any.whl"
"""


def wheel(name: str, version: str, source: str = "") -> tuple[str, bytes]:
    """A wheel with one module: file name and content."""
    module = name.replace("-", "_")
    info = f"{module}-{version}.dist-info"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr(f"{module}.py", source or f"__version__ = {version!r}\n")
        made.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        made.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        made.writestr(f"{info}/RECORD", "")
    return f"{module}-{version}-py3-none-any.whl", buffer.getvalue()


def sdist(name: str, version: str, backend: str) -> tuple[str, bytes]:
    """A source distribution whose build needs `backend` from the index: file name and content."""
    module = backend.replace("-", "_")
    stem = f"{name.replace('-', '_')}-{version}"
    texts = {
        "pyproject.toml": f'[build-system]\nrequires = ["{backend}"]\nbuild-backend = "{module}"\n',
        "NAME": f"{name} {version}",
        "PKG-INFO": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
    }
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as made:
        for file, text in texts.items():
            entry = tarfile.TarInfo(f"{stem}/{file}")
            entry.size = len(text.encode())
            made.addfile(entry, io.BytesIO(text.encode()))
    return f"{stem}.tar.gz", buffer.getvalue()
