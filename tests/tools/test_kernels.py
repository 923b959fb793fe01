"""Each kernel's own pip, as a kernel spec names it: what we say of it is what it does, and our fix mends it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from .environments import fresh, with_pip
from .room import BIN, CONNECTION
from .test_shadows import gets_six


@pytest.fixture
def connected(room):
    room.settings(CONNECTION)
    assert room.ours("connect")["verdict"] == "ok"
    return room


def register(room, name: str, prefix: Path, **more: object) -> Path:
    """A kernel spec as `ipython kernel install --user` in that environment writes it."""
    argv = [str(prefix / "bin/python"), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": f"Python ({name})", "language": "python", **more}
    return room.write(f".local/share/jupyter/kernels/{name}/kernel.json", json.dumps(spec))


def kernels(document: dict) -> dict[str, dict]:
    return {kernel["name"]: kernel for kernel in document["kernels"]}


def tools(room) -> dict:
    document = room.ours("diagnose", "--rung", "tools")
    return next(rung for rung in document["rungs"] if rung["id"] == "tools")


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("[global]\nindex-url = {other}\n", ["global.index-url"]),
        ("[install]\nno-index = true\n\n[download]\nindex-url: {other}\n", ["download.index-url", "install.no-index"]),
    ],
)
def test_a_kernels_pip_is_shadowed_and_our_fix_mends_it(connected, other_index, tmp_path, text, commands):
    torch, plain = (fresh(with_pip("newest"), tmp_path / name) for name in ("torch", "plain"))
    register(connected, "torch", torch)
    register(connected, "plain", plain)
    site = connected.write(torch / "pip.conf", text.format(other=other_index))

    # The real pip of that kernel, and ours beside it.
    assert str(site) in connected.pip(torch, "config", "debug").stdout
    assert not gets_six(connected, torch, tmp_path / "before", {})
    assert gets_six(connected, plain, tmp_path / "plain-gets", {})
    told = kernels(connected.ours("status"))
    assert (told["plain"]["effective"], told["python3"]["effective"]) == (True, True)
    assert not told["torch"]["effective"]
    assert told["torch"]["prefix"] == str(torch)
    assert all(f"in {site}, line " in reason for reason in told["torch"]["shadowedBy"])

    rung = tools(connected)
    assert rung["verdict"] == "ok"
    assert rung["warning"].startswith("In the kernel Python (torch), pip does not use this connection because of ")
    assert {entry["name"]: entry["effective"] for entry in rung["evidence"]["kernels"]}["torch"] is False
    printed = connected.run(BIN / "jupyter-codeartifact", "status").stderr
    assert f"Python (torch)  {torch}" in printed
    assert "Python (plain)" not in printed

    (snippet,) = rung["fix"]["snippets"]
    assert snippet == told["torch"]["fix"]["snippets"][0]
    assert snippet["text"] in printed.replace("\n    ", "\n")
    assert sorted(line.split()[-1] for line in snippet["text"].splitlines()) == commands
    done = subprocess.run(
        ["sh", "-ec", snippet["text"]], env=connected.env, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr

    assert gets_six(connected, torch, tmp_path / "after", {})
    after = kernels(connected.ours("status"))["torch"]
    assert (after["effective"], after["shadowedBy"]) == (True, [])
    assert "warning" not in tools(connected)


def test_a_variable_of_the_kernel_spec_shadows_its_pip(connected, other_index, tmp_path):
    prefix = fresh(with_pip("newest"), tmp_path / "prefix")
    file = register(connected, "team", prefix, env={"PIP_INDEX_URL": other_index})
    assert not gets_six(connected, prefix, tmp_path / "before", {"PIP_INDEX_URL": other_index})
    told = kernels(connected.ours("status"))["team"]
    assert told["source"] == "PIP_INDEX_URL"
    assert told["shadowedBy"] == [f"the variable PIP_INDEX_URL ({other_index}) in {file}"]
    assert told["fix"]["snippets"][0]["text"] == f"{file}: PIP_INDEX_URL"
    register(connected, "team", prefix)
    assert kernels(connected.ours("connect"))["team"]["effective"]


def test_a_kernel_with_a_home_of_its_own(connected, tmp_path):
    """Its pip reads other files, and finds neither the index nor the token."""
    prefix = fresh(with_pip("newest"), tmp_path / "prefix")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    register(connected, "away", prefix, env={"HOME": str(elsewhere)})
    assert not gets_six(connected, prefix, tmp_path / "before", {"HOME": str(elsewhere)})
    told = kernels(connected.ours("status"))["away"]
    assert not told["effective"]
    assert told["shadowedBy"][0].startswith(f"the variable HOME ({elsewhere})")
