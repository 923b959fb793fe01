"""What `aws codeartifact login`, keyrings.codeartifact and we do on the same 20 configurations: docs/comparison.md.

    make docs-comparison

All three run for real, in a network namespace of their own where AWS's own host names lead to the emulator by TLS:
no tool is told another address. Needs Linux, unshare and ip.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "demo")]
from compare_cases import CASES, Case

from demo import node
from tests.tools.distributions import wheel
from tests.tools.environments import environment, fresh, with_pip
from tests.tools.room import TOKEN, Room
from tests.tools.watch import Watch

BIN = Path(sys.executable).parent
OPTIONS = ["--domain", "analytics", "--domain-owner", "111122223333", "--repository", "isolatedsm"]
HOST = "analytics-111122223333.d.codeartifact.us-east-1.amazonaws.com"
VPCE_API = "vpce-0a1b2c3d4e5f6a7b8-api00001.api.codeartifact.us-east-1.vpce.amazonaws.com"
VPCE_INDEX = "vpce-0b2c3d4e5f6a7b8c9-repo0001.d.codeartifact.us-east-1.vpce.amazonaws.com"
ADDRESSES = {"codeartifact.us-east-1.amazonaws.com": 2, HOST: 3, VPCE_API: 4, VPCE_INDEX: 5}
TOOLS = ("aws codeartifact login", "keyrings.codeartifact", "jupyter codeartifact")
INSIDE = "COMPARE_TOOLS_INSIDE"
#: A cell where there is nothing to keep.
NOTHING = "-"


def enter() -> None:
    """Start this script again where the network and /etc/hosts are ours alone."""
    root = [] if os.geteuid() == 0 else ["--map-root-user"]
    environ = {**os.environ, INSIDE: "1"}
    os.execvpe("unshare", ["unshare", *root, "--mount", "--net", sys.executable, *sys.argv], environ)


def make_network(folder: Path) -> None:
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    hosts = folder / "hosts"
    names = {"localhost": 1, **ADDRESSES}
    hosts.write_text("".join(f"127.0.0.{number} {name}\n" for name, number in names.items()))
    subprocess.run(["mount", "--bind", str(hosts), "/etc/hosts"], check=True)


def serve_team_index(folder: Path) -> None:
    name, content = wheel("team-only", "1.0")
    page = folder / "simple" / "team-only"
    page.mkdir(parents=True)
    (page / name).write_bytes(content)
    (page / "index.html").write_text(f'<a href="{name}">{name}</a>')

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 8000), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()


def start(folder: Path) -> tuple[subprocess.Popen, dict]:
    listeners = {"api": 2, "index": 3, "vpce-api": 4, "vpce-index": 5}
    flags = [f for name, n in listeners.items() for f in (f"--{name}-port", "443", f"--{name}-address", f"127.0.0.{n}")]
    argv = [node(), str(ROOT / "build/emulator.cjs"), "serve", *flags, "--ca-file", str(folder / "ca.pem")]
    argv += ["--public-index-base", f"https://{HOST}"]
    env = {"PATH": os.environ["PATH"], "PYTHON": sys.executable}
    process = subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)
    world = json.loads(process.stdout.readline())
    ca = str(folder / "ca.pem")
    # AWS's own names, so that the default endpoint of each tool is the emulator.
    world["env"].pop("AWS_ENDPOINT_URL_CODEARTIFACT")
    world["env"] |= {"AWS_CA_BUNDLE": ca, "PIP_CERT": ca, "REQUESTS_CA_BUNDLE": ca}
    world["env"] |= {"PIP_TIMEOUT": "3", "PIP_RETRIES": "0", "AWS_MAX_ATTEMPTS": "1"}
    return process, world


def scenario(world: dict, name: str) -> None:
    body = json.dumps({"scenario": name}).encode()
    urlopen(Request(world["controlUrl"] + "/scenario", data=body, method="PUT"), timeout=20).read()


class Trial:
    """One tool on one configuration."""

    def __init__(self, tool: str, case: Case, world: dict, folder: Path) -> None:
        self.tool, self.case = tool, case
        self.room = Room(folder / "home", world)
        self.prefix = environment("keyring", "pip", "keyring", "keyrings.codeartifact")
        if tool != "keyrings.codeartifact":
            self.prefix = with_pip("newest")
        if case.site:
            self.prefix = fresh(self.prefix, folder / "prefix")
        # The AWS CLI configures the first pip of PATH.
        self.room.env["PATH"] = f"{self.prefix / 'bin'}{os.pathsep}{self.room.env['PATH']}"
        self.place = self.prefix if case.site else self.room.home
        self.room.env |= {name: value.format(home=self.room.home) for name, value in case.env.items()}
        if case.site:
            self.room.env["VIRTUAL_ENV"] = str(self.prefix)
        for name, content in case.files.items():
            self.room.write(self.place / name, content, case.mode)
        for name, target in case.links.items():
            self.room.path(name).parent.mkdir(parents=True, exist_ok=True)
            os.symlink(self.room.path(target), self.room.path(name))
        self.before = self.look()

    def look(self) -> dict[str, tuple]:
        own = self.room.snapshot()
        if self.case.site:
            file = self.prefix / "pip.conf"
            own["the environment's pip.conf"] = (file.stat().st_mode, None, file.read_bytes()) if file.exists() else ()
        return own

    def login(self) -> subprocess.CompletedProcess:
        case, run = self.case, partial(self.room.run, code=None)
        if self.tool == "aws codeartifact login":
            more = ["--endpoint-url", f"https://{VPCE_API}"] if case.vpce else []
            return run(BIN / "aws", "codeartifact", "login", "--tool", "pip", *OPTIONS, *more)
        if self.tool == "jupyter codeartifact":
            more = ["--api-endpoint", f"https://{VPCE_API}", "--repositories-endpoint", f"https://{VPCE_INDEX}"]
            more = [*case.ours, *(more if case.vpce else []), "--json"]
            return run(BIN / "jupyter-codeartifact", "connect", *OPTIONS, *more)
        return self.by_hand()

    def by_hand(self) -> subprocess.CompletedProcess:
        """What the keyring's README asks for: its user writes the index into pip's own file, with pip's own command."""
        url = f"https://aws@{HOST}/pypi/isolatedsm/simple/"
        if self.case.vpce:
            self.room.env["AWS_ENDPOINT_URL_CODEARTIFACT"] = f"https://{VPCE_API}"
            url = f"https://aws@{VPCE_INDEX}/pypi/d/analytics-111122223333/isolatedsm/simple/"
        key = "global.extra-index-url" if self.case.ours else "global.index-url"
        return self.pip("config", "set", key, url)

    def pip(self, *argv: str, python: Path | None = None) -> subprocess.CompletedProcess:
        # The namespace has no way out: no proxy is needed to keep pip in.
        return self.room.pip(python or self.prefix, *argv, env={"HTTPS_PROXY": ""}, code=None)

    def works(self, package: str, *flags: str) -> bool:
        python = with_pip("24.0") if self.case.kernel else self.prefix
        with tempfile.TemporaryDirectory() as target:
            argv = ["download", "-q", "--no-deps", "--no-input", *flags, "-d", target, package]
            done = self.pip(*argv, python=python)
            return done.returncode == 0 and any(Path(target).iterdir())

    def holders(self) -> dict[str, tuple]:
        """Files that hold a token."""
        found = {name: entry for name, entry in self.look().items() if entry and isinstance(entry[2], bytes)}
        return {name: e for name, e in found.items() if not e[1] and TOKEN.search(e[2].decode(errors="replace"))}

    def run(self) -> dict[str, str]:
        with Watch(self.room.home) as watch:
            done = self.login()
        row = {"configured": "yes" if done.returncode == 0 else f"no: {reason(done, self.room)}"}
        row["pip works"] = yes(self.works("demo-colors"))
        if self.tool == "keyrings.codeartifact":
            row["pip works"] = yes(self.works("demo-colors", "--keyring-provider", "import"))
            row["with --no-input alone"] = yes(self.works("demo-colors"))
        else:
            row["with --no-input alone"] = row["pip works"]
        obstacle = self.case.obstacle.format(prefix=self.prefix)
        named = bool(obstacle) and obstacle in done.stdout + done.stderr
        row["else says what is in the way"] = NOTHING if row["pip works"] == "yes" else yes(named)
        row["other index kept"] = yes(self.works("team-only")) if self.case.team else NOTHING
        row["comments kept"] = self.comments()
        holders = self.holders()
        modes = {f"{entry[0] & 0o777:04o}" for entry in holders.values()}
        row["token in"] = (
            ", ".join(f"{Path(name).name} {mode}" for name, mode in zip(holders, sorted(modes))) or "no file"
        )
        row["token in argv"] = "yes" if watch.token() else "no"
        row["undone byte for byte"] = self.undo()
        return row

    def comments(self) -> str:
        lines = [
            line
            for entry in self.before.values()
            if entry and isinstance(entry[2], bytes) and not entry[1]
            for line in entry[2].decode(errors="replace").splitlines()
            if "#" in line
        ]
        if not lines:
            return NOTHING
        now = "\n".join(e[2].decode(errors="replace") for e in self.look().values() if e and isinstance(e[2], bytes))
        return yes(all(line in now for line in lines))

    def undo(self) -> str:
        if self.tool == "jupyter codeartifact":
            self.room.run(BIN / "jupyter-codeartifact", "disconnect", code=None)
        else:
            key = "global.extra-index-url" if self.tool != TOOLS[0] and self.case.ours else "global.index-url"
            self.pip("config", "unset", key)
        return yes(self.look() == self.before)


def yes(fact: bool) -> str:
    return "yes" if fact else "**no**"


def reason(done: subprocess.CompletedProcess, room: Room) -> str:
    if done.stdout.startswith("{"):
        return json.loads(done.stdout)["summary"].replace(str(room.home), "~")[:140]
    lines = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
    text = TOKEN.sub("****", lines[0] if lines else f"exit {done.returncode}").replace(str(room.home), "~")
    return re.sub(r"[|\n]", " ", text)[:140]


def version(*argv: str | Path) -> str:
    env = {"PATH": f"{BIN}{os.pathsep}/usr/bin:/bin", "HOME": "/nonexistent"}
    text = subprocess.run([str(a) for a in argv], capture_output=True, text=True, env=env, check=False).stdout
    found = re.search(r"\d+\.\d+[\w.]*", text)
    return found[0] if found else "unknown"


def versions() -> str:
    ring = environment("keyring", "pip", "keyring", "keyrings.codeartifact") / "bin/python"
    of = "import importlib.metadata as m, sys; print(m.version(sys.argv[1]))"
    pip = with_pip("newest") / "bin/python"
    package = json.loads((ROOT / "package.json").read_text())["version"]
    named = {
        "awscli": version(BIN / "aws", "--version"),
        "keyrings.codeartifact": version(ring, "-c", of, "keyrings.codeartifact"),
        "keyring": version(ring, "-c", of, "keyring"),
        "pip": version(pip, "-m", "pip", "--version"),
        "jupyterlab-codeartifact": package,
        "Python": sys.version.split()[0],
    }
    return ", ".join(f"{name} {number}" for name, number in named.items())


COLUMNS = (
    *("configured", "pip works", "else says what is in the way", "with --no-input alone"),
    *("other index kept", "comments kept", "token in", "token in argv", "undone byte for byte"),
)
GOOD = ("yes", "no file")


def page(results: dict[str, dict[str, dict[str, str]]]) -> str:
    today = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    out = [
        "# The same 20 configurations, three tools\n",
        "Written by `make docs-comparison`, which runs all three for real against the embedded emulator, under",
        f"AWS's own host names and TLS. Do not edit. {today}: {versions()}.\n",
        "- `aws codeartifact login --tool pip`: undone by `pip config unset`, as it has no command for it.",
        "- keyrings.codeartifact: in the environment of pip; the index is put into pip's file by `pip config set`,",
        "  which is what loses comments. *pip works*: with `--keyring-provider import`, which an environment",
        "  without the package cannot have; *with --no-input alone*: as scripts and notebooks run pip.",
        "- `jupyter codeartifact connect`: with its defaults (token in `~/.netrc`); undone by `disconnect`.\n",
        f"`{NOTHING}`: nothing to keep, or nothing to say. Where pip does not work, something says otherwise with",
        "more weight than the user's file. The AWS CLI edits an environment's file or the one of PIP_CONFIG_FILE",
        "where there is one; we name it, and `--scope site` writes the environment's.\n",
        "## In short\n",
        "| | " + " | ".join(TOOLS) + " |",
        "|---|" + "---|" * len(TOOLS),
    ]
    for column in COLUMNS:
        cells = []
        for tool in TOOLS:
            values = [results[case.name][tool][column] for case in CASES]
            counted = [v for v in values if v != NOTHING]
            if column == "token in":
                cells.append(", ".join(f"{v} ({values.count(v)})" for v in sorted(set(values))))
            elif column == "token in argv":
                cells.append(f"{counted.count('yes')} of {len(counted)}")
            else:
                cells.append(f"{counted.count('yes')} of {len(counted)}")
        out.append(f"| {column} | " + " | ".join(cells) + " |")
    out.append("\n## One by one\n")
    for number, case in enumerate(CASES, 1):
        out.append(f"### {number}. {case.name[0].upper()}{case.name[1:]}\n")
        out += ["| | " + " | ".join(COLUMNS) + " |", "|---|" + "---|" * len(COLUMNS)]
        for tool in TOOLS:
            out.append(f"| {tool} | " + " | ".join(results[case.name][tool][c] for c in COLUMNS) + " |")
        out.append("")
    return "\n".join(out).rstrip() + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", default=str(ROOT / "docs" / "comparison.md"))
    parser.add_argument("--only", default="", help="configurations whose name holds this; prints in place of writing")
    options = parser.parse_args()
    if not os.environ.get(INSIDE):
        # Registries are reachable out here only.
        environment("keyring", "pip", "keyring", "keyrings.codeartifact")
        for name in ("newest", "24.0"):
            with_pip(name)
        enter()
    folder = Path(tempfile.mkdtemp(prefix="compare-"))
    make_network(folder)
    serve_team_index(folder / "team")
    emulator, world = start(folder)
    results: dict[str, dict[str, dict[str, str]]] = {}
    try:
        for number, case in enumerate(c for c in CASES if options.only in c.name):
            scenario(world, "private-dns-off" if case.vpce else "ok")
            results[case.name] = {}
            for tool in TOOLS:
                trial = Trial(tool, case, world, folder / f"{number}-{TOOLS.index(tool)}")
                results[case.name][tool] = trial.run()
                print(f"{case.name}: {tool}: {results[case.name][tool]}", file=sys.stderr, flush=True)
        if not options.only:
            Path(options.out).write_text(page(results))
    finally:
        emulator.terminate()
        emulator.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
