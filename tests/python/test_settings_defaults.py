"""One table of settings, written three times: TypeScript, schema, Python."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from jupyterlab_codeartifact.settings_defaults import DEFAULTS

ROOT = Path(__file__).parents[2]


def test_the_schema_has_the_same():
    schema = json.loads((ROOT / "schema" / "plugin.json").read_text())
    assert {name: row["default"] for name, row in schema["properties"].items()} == DEFAULTS


def test_the_protocol_has_the_same(tmp_path):
    esbuild = ROOT / "node_modules" / ".bin" / "esbuild"
    if not esbuild.exists():
        pytest.skip("node_modules is not installed")
    bundle = tmp_path / "settings.cjs"
    subprocess.run(
        [
            esbuild,
            ROOT / "src/protocol/settings.ts",
            "--bundle",
            "--platform=node",
            "--format=cjs",
            f"--outfile={bundle}",
            "--log-level=error",
        ],
        check=True,
    )
    told = subprocess.run(
        [shutil.which("node"), "-p", f"JSON.stringify(require({json.dumps(str(bundle))}).DEFAULT_SETTINGS)"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert json.loads(told.stdout) == DEFAULTS
