"""Python environments with one version of pip each, kept under .cache/tools by version."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "tools"
PYTHON = f"py{sys.version_info.major}.{sys.version_info.minor}"

#: pip 21.3 does not start on Python 3.12: its pkg_resources asks for pkgutil.ImpImporter, which is gone.
#: 23.2.1 is the first pip that runs there.
OLD = "21.3.1" if sys.version_info < (3, 12) else "23.2.1"
PIPS = ("newest", "24.0", OLD)


def _named(version: str) -> str:
    """The newest pip is looked for once a week, so that a rerun is quick and a new pip is met soon."""
    if version != "newest":
        return version
    year, week, _ = datetime.date.today().isocalendar()
    return f"newest-{year}w{week:02}"


def environment(name: str, *requirements: str) -> Path:
    """A venv with exactly these requirements, made once; its folder."""
    place = CACHE / f"{name}-{PYTHON}"
    if not (place / "made").exists():
        shutil.rmtree(place, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
        # This may use the machine's own pip settings: it is not what is tested.
        pip = [sys.executable, "-m", "pip", "--python", str(place / "bin" / "python"), "install", "--quiet"]
        done = subprocess.run([*pip, "--disable-pip-version-check", *requirements], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-4000:]
        (place / "made").touch()
    return place


def with_pip(version: str) -> Path:
    """The environment that holds this version of pip and nothing else."""
    return environment(f"pip-{_named(version)}", "pip" if version == "newest" else f"pip=={version}")


def under(minor: int, version: str) -> Path:
    """The same for another Python of this machine, `python3.N` on PATH; too old for the pip that installs above."""
    place = CACHE / f"pip-{version}-py3.{minor}"
    if not (place / "made").exists():
        shutil.rmtree(place, ignore_errors=True)
        # The programs of these names that pyenv puts on PATH ask it which one to start.
        env = {**os.environ, "PYENV_VERSION": f"3.{minor}"}
        subprocess.run([f"python3.{minor}", "-m", "venv", str(place)], check=True, env=env)
        pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, f"pip=={version}"], check=True, capture_output=True)
        (place / "made").touch()
    return place


def fresh(source: Path, target: Path) -> Path:
    """A new environment of its own with the pip of another: for tests that write into the environment."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(target)], check=True)
    site = f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
    for package in (source / site).iterdir():
        os.symlink(package, target / site / package.name)
    pip = target / "bin" / "pip"
    pip.write_text(
        f"#!{target / 'bin' / 'python'}\nimport sys\nfrom pip._internal.cli.main import main\nsys.exit(main())\n"
    )
    pip.chmod(0o755)
    return target
