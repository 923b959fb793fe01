"""The Python kernels of this machine: each has a pip of its own, which the engine looks at.

Only where a kernel's Python is and which of pip's variables its kernel spec sets; what pip makes of it is the
engine's business. A kernel whose Python is not certain is left out, and nothing here raises an error.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable
from string import Template
from typing import Any

#: What pip, uv and netrc read; the rest of a kernel spec's variables (keys, tokens) stays where it is.
READ = re.compile(
    r"(PIP|UV)_\w+|NETRC|HOME|XDG_CONFIG_HOME|XDG_CONFIG_DIRS|VIRTUAL_ENV|CONDA_PREFIX"
    r"|\w+_(proxy|PROXY)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|SSL_CERT_(FILE|DIR)"
)
#: Programs whose environment is the folder above theirs; a shell or a wrapper may start any Python.
PYTHONS = re.compile(r"(x?python|pypy)[\d.]*")
#: A kernel.json has some hundred bytes.
LARGEST_SPEC = 256 * 1024
Spec = dict[str, Any]


def described(specs: Iterable[tuple[str, str, Spec]]) -> list[dict[str, Any]]:
    """`kernels` of the SettingsInput (src/protocol/kernel.ts), of names, resource folders and kernel.json; by name."""
    found = []
    for name, folder, spec in specs:
        try:
            kernel = _describe(name, folder, spec)
        except (AttributeError, LookupError, TypeError, ValueError, OSError):  # whatever is in somebody's kernel.json
            continue
        if kernel:
            found.append(kernel)
    return sorted(found, key=lambda kernel: (kernel["displayName"].lower(), kernel["name"]))


def from_disk() -> list[dict[str, Any]]:
    """The same for the command line, as jupyter_client's KernelSpecManager finds them.

    The server uses its own manager (kernel_specs.py). Here the files are read, because importing
    jupyter_client.kernelspec takes 90 ms, twice what all of this package takes before the engine starts. A server
    that is configured with a manager of its own (nb_conda_kernels) may know more. tests/python/test_kernels.py
    compares the two.
    """
    from jupyter_core.paths import jupyter_path

    found: dict[str, tuple[str, str, Spec]] = {}
    for folder in [*jupyter_path("kernels"), os.path.join(_ipython_dir(), "kernels")]:
        try:
            names = os.listdir(folder)
        except OSError:
            continue
        for name in names:
            place = os.path.join(folder, name)
            if name.lower() not in found and os.path.isfile(os.path.join(place, "kernel.json")):
                found[name.lower()] = (name.lower(), place, _read(os.path.join(place, "kernel.json")))
    if "python3" not in found:
        found["python3"] = ("python3", "", _native())
    return described(found.values())


def _describe(name: str, folder: str, spec: Spec) -> dict[str, Any] | None:
    if str(spec.get("language", "")).lower() != "python" or _runs_elsewhere(spec):
        return None
    # As jupyter_client fills them in when it starts the kernel (KernelProvisionerBase, format_kernel_cmd).
    given = {k: Template(v).safe_substitute(os.environ) for k, v in (spec.get("env") or {}).items()}
    argv = [a.replace("{prefix}", sys.prefix).replace("{resource_dir}", folder) for a in spec["argv"]]
    executable = _executable(argv, given.get("PATH", os.environ.get("PATH", os.defpath)))
    if executable is None:
        return None
    kernel = {
        "name": name,
        "displayName": str(spec.get("display_name") or name),
        "executable": executable,
        "env": {k: v for k, v in given.items() if READ.fullmatch(k)},
    }
    file = os.path.join(folder, "kernel.json")
    return {**kernel, "file": file} if folder and os.path.isfile(file) else kernel


def _runs_elsewhere(spec: Spec) -> bool:
    """A provisioner of another name may start the kernel in a cluster or a container."""
    chosen = ((spec.get("metadata") or {}).get("kernel_provisioner") or {}).get("provisioner_name")
    return (chosen or os.environ.get("JUPYTER_DEFAULT_PROVISIONER_NAME") or "local-provisioner") != "local-provisioner"


def _executable(argv: list[str], path: str) -> str | None:
    """The kernel's Python, absolute; None where it is not plainly there."""
    prefix, argv = _conda(argv)
    word = argv[0] if argv else ""
    if not PYTHONS.fullmatch(os.path.basename(word)):
        return None
    if os.path.isabs(word):
        place: str | None = word
    elif os.sep in word:
        return None  # beside a notebook's folder, which differs
    elif prefix:
        place = os.path.join(prefix, "bin", word)
    elif word in ("python", f"python{sys.version_info[0]}", f"python{sys.version_info[0]}.{sys.version_info[1]}"):
        place = sys.executable
    else:
        import shutil

        place = shutil.which(word, path=path)
    if not place or not os.path.isfile(place):
        return None
    return _in_its_environment(os.path.normpath(place))


def _conda(argv: list[str]) -> tuple[str, list[str]]:
    """The environment that a conda runner activates, and the command it runs there."""
    # python -m nb_conda_kernels.runner CONDA ENVIRONMENT COMMAND...
    if argv[1:3] == ["-m", "nb_conda_kernels.runner"]:
        return (argv[4], argv[5:]) if len(argv) > 5 and os.path.isabs(argv[4]) else ("", [])
    # conda run --prefix ENVIRONMENT [FLAGS] COMMAND...
    if os.path.basename(argv[0]) in ("conda", "mamba", "micromamba") and argv[1:2] == ["run"]:
        for at, word in enumerate(argv[:-1]):
            if word in ("-p", "--prefix") and os.path.isabs(argv[at + 1]):
                rest = argv[at + 2 :]
                while rest and rest[0].startswith("-"):
                    rest = rest[1:]
                return argv[at + 1], rest
        return "", []
    return "", argv


def _in_its_environment(place: str) -> str:
    """The path from which the environment can be told: Python follows links to itself but in a venv (getpath.py)."""
    folder = os.path.dirname(place)
    if any(os.path.isfile(os.path.join(f, "pyvenv.cfg")) for f in (folder, os.path.dirname(folder))):
        return place
    return os.path.realpath(place)


def _read(path: str) -> Spec:
    try:
        with open(path, "rb") as file:
            spec = json.loads(file.read(LARGEST_SPEC))
    except (OSError, ValueError, RecursionError):
        return {}
    return spec if isinstance(spec, dict) else {}


def _native() -> Spec:
    """The kernel that jupyter_client offers where none is registered: ipykernel beside the server."""
    from importlib.util import find_spec

    if not find_spec("ipykernel"):
        return {}
    return {"language": "python", "display_name": "Python 3 (ipykernel)", "argv": [sys.executable]}


def _ipython_dir() -> str:
    # Older kernels were registered there; IPython itself takes 60 ms to import.
    return os.environ.get("IPYTHONDIR") or os.path.join(os.path.expanduser("~"), ".ipython")
