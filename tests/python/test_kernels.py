"""Which kernels the engine is told of: their Python, and of their variables only what pip and uv read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from jupyterlab_codeartifact.kernels import described, from_disk

ARGS = ["-m", "ipykernel_launcher", "-f", "{connection_file}"]


def program(path: Path, venv: bool = False) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    if venv:
        (path.parents[1] / "pyvenv.cfg").write_text("home = /usr/bin\n")
    return path


def spec(*argv: object, **more: object) -> dict:
    return {"language": "python", "display_name": "P", "argv": [str(a) for a in argv] + ARGS, **more}


def only(given: dict, folder: str = "") -> dict | None:
    found = described([("k", folder, given)])
    return found[0] if found else None


@pytest.fixture
def conda(tmp_path):
    """An environment as conda makes it: `python` is a link to the interpreter beside it."""
    real = program(tmp_path / "conda/envs/torch/bin/python3.11")
    real.with_name("python").symlink_to("python3.11")
    return real.parents[1]


def test_a_venvs_python_is_named_where_the_venv_is(tmp_path):
    """Its interpreter is a link out of it: followed, it would lead to another environment."""
    base = program(tmp_path / "usr/bin/python3.11")
    own = program(tmp_path / "venv/bin/x", venv=True).with_name("python")
    own.symlink_to(base)
    assert only(spec(own))["executable"] == str(own)


def test_a_link_to_an_environment_from_elsewhere_is_followed(conda, tmp_path):
    """As Python does to find its prefix, where it is no venv's."""
    link = tmp_path / "bin" / "python"
    link.parent.mkdir()
    link.symlink_to(conda / "bin/python")
    assert only(spec(link))["executable"] == str(conda / "bin/python3.11")


@pytest.mark.parametrize("word", ["python", "python3", f"python3.{sys.version_info[1]}"])
def test_a_bare_python_is_the_servers(word, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(program(tmp_path / "other" / word).parent))
    assert only(spec(word))["executable"] == sys.executable


def test_another_bare_name_is_looked_for_on_the_path_of_the_kernel(monkeypatch, tmp_path):
    here, there = (program(tmp_path / name / "python2.7") for name in ("here", "there"))
    monkeypatch.setenv("PATH", str(here.parent))
    assert only(spec("python2.7"))["executable"] == str(here)
    assert only(spec("python2.7", env={"PATH": f"{there.parent}:${{PATH}}"}))["executable"] == str(there)


def test_templates_of_the_command_are_filled_in(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "env"))
    own = program(tmp_path / "env/bin/python", venv=True)
    beside = program(tmp_path / "kernels/k/env/bin/python", venv=True)
    assert only(spec("{prefix}/bin/python"))["executable"] == str(own)
    assert only(spec("{resource_dir}/env/bin/python"), str(tmp_path / "kernels/k"))["executable"] == str(beside)


CONDA_RUNS = {
    "nb_conda_kernels": ["python", "-m", "nb_conda_kernels.runner", "/opt/conda", "{env}", "python"],
    "nb_conda_kernels, absolute": [
        "python", "-m", "nb_conda_kernels.runner", "/opt/conda", "{env}", "{env}/bin/python",
    ],
    "conda run -p": ["conda", "run", "-p", "{env}", "--no-capture-output", "python"],
    "micromamba run": ["/opt/bin/micromamba", "run", "--prefix", "{env}", "python"],
}  # fmt: skip


@pytest.mark.parametrize("argv", CONDA_RUNS.values(), ids=list(CONDA_RUNS))
def test_a_conda_runner_names_its_environment(conda, argv):
    assert only(spec(*(a.format(env=conda) for a in argv)))["executable"] == str(conda / "bin/python3.11")


LEFT_OUT = {
    "another language": {"language": "R", "argv": ["python"]},
    "a program that is gone": spec("/nowhere/bin/python"),
    "a program that is on no PATH": spec("python9.9"),
    "a shell around it": spec("/bin/sh", "-c", "python"),
    "a path beside the notebook": spec("bin/python"),
    "conda by the environment's name": spec("conda", "run", "-n", "torch", "python"),
    "a runner without a command": {**spec(), "argv": ["python", "-m", "nb_conda_kernels.runner", "/opt/conda"]},
    "a kernel in a cluster": spec("python", metadata={"kernel_provisioner": {"provisioner_name": "yarn"}}),
    "no command": {"language": "python", "argv": []},
    "a command of numbers": {"language": "python", "argv": [1, 2]},
    "variables that are no texts": spec("python", env={"PIP_INDEX_URL": 7}),
    "variables that are a list": spec("python", env=["PIP_INDEX_URL"]),
    "nothing at all": {},
}


@pytest.mark.parametrize("given", LEFT_OUT.values(), ids=list(LEFT_OUT))
def test_what_cannot_be_told_is_left_out(given):
    assert described([("bad", "", given), ("good", "", spec("python"))]) == [
        {"name": "good", "displayName": "P", "executable": sys.executable, "env": {}}
    ]


def test_only_variables_that_pip_and_uv_read_are_told(monkeypatch):
    monkeypatch.setenv("HOME", "/home/ada")
    env = {
        "PIP_INDEX_URL": "https://pypi.org/simple",
        "UV_INDEX": "x",
        "XDG_CONFIG_HOME": "${HOME}/x/$NOWHERE",
        "NETRC": "$HOME/netrc",
        "AWS_SECRET_ACCESS_KEY": "s3cr3t",
        "PIPELINE": "x",
        "PATH": "/bin",
    }
    assert only(spec("python", env=env))["env"] == {
        "PIP_INDEX_URL": "https://pypi.org/simple",
        "UV_INDEX": "x",
        "XDG_CONFIG_HOME": "/home/ada/x/$NOWHERE",
        "NETRC": "/home/ada/netrc",
    }


def install(data: Path, name: str, given: object) -> Path:
    file = data / "kernels" / name / "kernel.json"
    file.parent.mkdir(parents=True)
    file.write_text(given if isinstance(given, str) else json.dumps(given))
    return file


def test_the_command_line_finds_what_jupyter_client_finds(folders, monkeypatch, tmp_path):
    """Also which of two with one name wins, and the native kernel where none is registered."""
    from jupyter_client.kernelspec import KernelSpecManager

    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setattr("jupyter_core.paths.ENV_JUPYTER_PATH", [str(folders.prefix / "share/jupyter")])
    monkeypatch.setattr("jupyter_core.paths.SYSTEM_JUPYTER_PATH", [str(folders.usr)])

    def compare() -> list[str]:
        specs = KernelSpecManager().get_all_specs()
        theirs = described((name, one["resource_dir"], one["spec"]) for name, one in specs.items())
        ours = from_disk()
        plain = [{**kernel, "file": ""} for kernel in ours]
        assert sorted(plain, key=str) == sorted(({**kernel, "file": ""} for kernel in theirs), key=str)
        return sorted(kernel["name"] for kernel in ours)

    assert compare() == ["python3"]
    own = program(tmp_path / "venv/bin/python", venv=True)
    install(folders.data, "Mine", spec(own, display_name="mine", env={"PIP_INDEX_URL": "x"}))
    install(folders.usr, "mine", spec("python", display_name="the system's"))
    install(tmp_path / "ipython", "old", spec("python"))
    install(folders.data, "broken", "{not JSON")
    assert compare() == ["mine", "old", "python3"]
    assert next(k for k in from_disk() if k["name"] == "mine")["displayName"] == "mine"


async def test_every_request_tells_the_kernels(api, folders, tmp_path):
    own = program(tmp_path / "venv/bin/python", venv=True)
    file = install(folders.data, "torch", spec(own, display_name="Torch", env={"PIP_INDEX_URL": "x", "KEY": "k"}))
    install(folders.data, "broken", "{")
    for name, method in (("state", "GET"), ("connect", "POST"), ("diagnose", "POST")):
        _, answer = await api(name, method)
        told = {kernel["name"]: kernel for kernel in answer["input"]["kernels"]}
        assert told["torch"] == {
            "name": "torch",
            "displayName": "Torch",
            "executable": str(own),
            "env": {"PIP_INDEX_URL": "x"},
            "file": str(file),
        }
        assert "broken" not in told


def test_the_command_line_tells_them_too(tmp_path):
    fake = Path(__file__).with_name("fake-engine.cjs")
    code = f"""
import sys
from jupyterlab_codeartifact import command, node
node.engine_path = lambda: {str(fake)!r}
command_main = command.main()
"""
    own = program(tmp_path / "venv/bin/python", venv=True)
    install(tmp_path / "data", "torch", spec(own))
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "JUPYTER_DATA_DIR": str(tmp_path / "data"),
    }
    done = subprocess.run([sys.executable, "-c", code, "status"], env=env, capture_output=True, text=True, timeout=60)
    told = {kernel["name"]: kernel["executable"] for kernel in json.loads(done.stdout)["input"]["kernels"]}
    assert told["torch"] == str(own)
