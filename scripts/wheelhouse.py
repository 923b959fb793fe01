"""What lifecycle/start.sh installs on isolated notebooks: wheels for Linux x86_64 and aarch64, and a manifest.

    python scripts/wheelhouse.py dist/jupyterlab_codeartifact-*.whl --output wheelhouse

From any machine: pip picks the wheels of the notebooks' platforms, not of this one. The manifest is a requirements
file with hashes (https://pip.pypa.io/en/stable/topics/secure-installs/); its comments name the files, so that a
notebook fetches them one by one and its role needs no s3:ListBucket.
"""

from __future__ import annotations

import argparse
import email
import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from packaging.requirements import Requirement
from packaging.tags import Tag
from packaging.utils import canonicalize_name, parse_wheel_filename

MACHINES = ("x86_64", "aarch64")
#: glibc 2.34 is on AL2023 notebook instances, 2.35 in Studio's images; older tags run there too.
#: https://docs.aws.amazon.com/linux/al2023/ug/core-glibc.html
GLIBC = ("manylinux_2_34", "manylinux_2_28", "manylinux_2_17", "manylinux2014")
#: JupyterLab brings them: the environment of the notebook has them, in the version that AWS chose.
BROUGHT_BY_JUPYTERLAB = {"jupyter-server", "json5"}


def metadata(wheel: Path) -> email.message.Message:
    """The wheel's METADATA. Raises StopIteration when it has none, zipfile.BadZipFile when it is no wheel."""
    with zipfile.ZipFile(wheel) as content:
        name = next(n for n in content.namelist() if n.endswith(".dist-info/METADATA"))
        return email.message_from_bytes(content.read(name))


def needed(wheel: Path) -> list[str]:
    """Requirements of the wheel that its environment will not have."""
    found = [Requirement(line) for line in metadata(wheel).get_all("Requires-Dist") or []]
    return [
        f"{need.name}{need.specifier}"
        for need in found
        if canonicalize_name(need.name) not in BROUGHT_BY_JUPYTERLAB
        and (need.marker is None or need.marker.evaluate({"extra": ""}))
    ]


def download(requirements: list[str], machine: str, folder: Path) -> None:
    """The wheels of the requirements, without what they need in turn. Raises CalledProcessError."""
    platforms = [f"--platform={glibc}_{machine}" for glibc in GLIBC]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary=:all:", *platforms, "--dest", str(folder), *requirements]
    subprocess.run(command, check=True)


def machines_of(wheel: Path) -> list[str]:
    """["any"], or the machines that the wheel is for."""
    tags: frozenset[Tag] = parse_wheel_filename(wheel.name)[3]
    if any(tag.platform == "any" for tag in tags):
        return ["any"]
    return [machine for machine in MACHINES if any(tag.platform.endswith(f"_{machine}") for tag in tags)]


def manifest(wheels: list[Path]) -> str:
    """The requirements file. Raises ValueError for a wheel of no machine of ours or for two versions of one."""
    files, hashes = [], {}
    for wheel in sorted(wheels):
        machines = machines_of(wheel)
        if not machines or not re.fullmatch(r"[A-Za-z0-9_.+-]+\.whl", wheel.name):
            raise ValueError(f"{wheel.name} is not for {' or '.join(MACHINES)}")
        files += [f"# wheel {machine} {wheel.name}" for machine in machines]
        about = metadata(wheel)
        hashes.setdefault((about["Name"], about["Version"]), []).append(hashlib.sha256(wheel.read_bytes()).hexdigest())
    names = [name for name, _ in hashes]
    if len(set(names)) != len(names):
        raise ValueError(f"two versions of one package: {', '.join(sorted(names))}")
    lines = [
        " ".join([f"{name}=={version}", *(f"--hash=sha256:{digest}" for digest in sorted(digests))])
        for (name, version), digests in sorted(hashes.items())
    ]
    return "\n".join(["# Made by scripts/wheelhouse.py; lifecycle/start.sh reads the next lines.", *files, *lines, ""])


def main(argv: list[str] | None = None) -> int:
    """Fill the folder anew; answers the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path, help="the wheel of this project, as `python -m build --wheel` made it")
    parser.add_argument("--output", type=Path, default=Path("wheelhouse"), help="folder; its *.whl are replaced")
    given = parser.parse_args(argv)
    if not given.wheel.is_file():
        parser.error(f"{given.wheel} is not there")
    # Whole or not at all: a folder half filled would be published.
    staged = given.output.with_name(f"{given.output.name}.{os.getpid()}")
    staged.mkdir(parents=True)
    try:
        shutil.copy2(given.wheel, staged)
        if requirements := needed(given.wheel):
            for machine in MACHINES:
                download(requirements, machine, staged)
        (staged / "manifest.txt").write_text(manifest(list(staged.glob("*.whl"))))
        shutil.rmtree(given.output, ignore_errors=True)
        staged.rename(given.output)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    print(f"{given.output}: {', '.join(sorted(path.name for path in given.output.iterdir()))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
