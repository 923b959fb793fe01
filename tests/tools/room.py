"""A home of its own, and the real tools in it: nothing of this machine's environment decides what they do."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import Request, urlopen

BIN = Path(sys.executable).parent
CONNECTION = {"domain": "analytics", "domainOwner": "111122223333", "repository": "isolatedsm"}
#: A CodeArtifact token is long; anything like one in an output is a leak.
TOKEN = re.compile(r"(?<![\w/])[\w.+/=-]{200,}")


#: What a template leaves where a value was missing, and an object that nobody put into words.
UNSAID = re.compile(r"\bundefined\b|\bNaN\b|\[object\b|Invalid Date")


def contradictions(document: dict) -> list[str]:
    """What no answer of any verb may say, as testing/harness/invariants.ts has it for the engine."""
    told = json.dumps(document)
    wrong = [f"a hole: {told[max(0, hole.start() - 80) : hole.end() + 20]}" for hole in UNSAID.finditer(told)]
    summary = document.get("summary", "")
    tools = next((rung for rung in document.get("rungs", ()) if rung["id"] == "tools"), None)
    if document.get("verdict") == "ok" and tools and tools["verdict"] not in ("ok", "skipped"):
        wrong.append(f"{summary} is denied by the tools: {tools['summary']}")
    if document.get("verdict") == "ok" and re.search("does not use this connection|cannot install", summary):
        wrong.append(f"the headline denies its verdict: {summary}")
    return wrong


@dataclass
class Room:
    """One user's home, and a world to connect to."""

    home: Path
    world: dict
    env: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self.env = {
            "PATH": f"{BIN}{os.pathsep}/usr/local/bin{os.pathsep}/usr/bin{os.pathsep}/bin",
            "HOME": str(self.home),
            "PYTHONDONTWRITEBYTECODE": "1",
            **self.world["env"],
            **self.env,
        }
        self.settings(CONNECTION)

    def settings(self, values: dict) -> None:
        """What the user chose in JupyterLab's settings editor."""
        name = ".jupyter/lab/user-settings/jupyterlab-codeartifact/plugin.jupyterlab-settings"
        self.write(name, json.dumps(values))

    def path(self, name: str | Path) -> Path:
        return self.home / name

    def write(self, name: str | Path, text: str | bytes, mode: int = 0o644) -> Path:
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        path.chmod(mode)
        return path

    def run(self, *argv: str | Path, env: dict[str, str] | None = None, cwd: Path | None = None, code: int | None = 0):
        """A tool to its end; its exit code is checked unless `code` is None."""
        done = subprocess.run(
            [str(word) for word in argv],
            env={**self.env, **(env or {})},
            cwd=cwd or self.home,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )
        if code is not None:
            assert done.returncode == code, f"{argv[0]} exited {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def ours(self, *argv: str, env: dict[str, str] | None = None, code: int | None = 0) -> dict:
        """`jupyter codeartifact ... --json`: the document. No output may hold a token."""
        done = self.run(BIN / "jupyter-codeartifact", *argv, "--json", env=env, code=code)
        assert not TOKEN.search(done.stdout + done.stderr)
        document = json.loads(done.stdout)
        assert not contradictions(document), contradictions(document)
        return document

    def pip(self, python: Path, *argv: str, env: dict[str, str] | None = None, code: int | None = 0):
        """`python -m pip`, as `%pip` runs it, with nothing from a cache."""
        # Nothing goes out: what is not on loopback finds a proxy that refuses.
        quiet = {"HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": "127.0.0.1,localhost"}
        quiet |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_CACHE_DIR": "1", "PIP_RETRIES": "0"}
        return self.run(python / "bin" / "python", "-m", "pip", *argv, env={**quiet, **(env or {})}, code=code)

    def control(self, method: str, path: str, body: object | None = None) -> object:
        """Ask the emulator."""
        data = None if body is None else json.dumps(body).encode()
        with urlopen(Request(self.world["controlUrl"] + path, data=data, method=method), timeout=20) as answer:
            return json.loads(answer.read())

    def heal(self) -> None:
        """The emulator as it was at first: a test before may have left it with another world."""
        self.control("PUT", "/scenario", {"scenario": "ok"})

    def asked(self, operation: str) -> list[dict]:
        """Requests of this kind that the emulator saw."""
        return [entry for entry in self.control("GET", "/log") if entry["operation"] == operation]

    def snapshot(self) -> dict[str, tuple]:
        """Every file and folder of the home but our own state and settings: mode and bytes."""
        kept = {}
        for path in sorted(self.home.rglob("*")):
            name = str(path.relative_to(self.home))
            if name.startswith((".jupyter", ".local", ".cache")):
                continue
            content = None if path.is_dir() else path.read_bytes()
            kept[name] = (path.lstat().st_mode, os.readlink(path) if path.is_symlink() else None, content)
        return kept
