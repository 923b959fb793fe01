"""How each kind of command is checked: run where that is cheap, otherwise judged by the tool's own parser or list."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from .papers import ROOT

BIN = Path(sys.prefix) / "bin"
PACKAGE = json.loads((ROOT / "package.json").read_text())
#: On PyPI as on npm.
NAME, SCRIPTS = PACKAGE["name"], PACKAGE["scripts"]
SETTINGS = {"domain": "analytics", "domainOwner": "111122223333", "repository": "isolatedsm"}
#: Verbs that need no connection: they make one.
MAKE_A_CONNECTION = {"connect", "login"}

#: What cannot run here, and why. An entry that no paper has any more fails.
NOT_RUN = {
    "pip install build twine hatch": "needs an index; none of it is ours",
    "hatch version minor": "hatch is not among the development tools; it would change package.json",
    "python -m build": "tests/wheel builds the same from a copy of the tree",
    "twine check dist/*": "needs a build; tests/wheel looks into the wheel",
    "twine upload dist/*": "publishes",
    "npm publish --access public": "publishes",
    "pre-commit run --all-files": "clones its hooks from the Internet",
    ".venv/bin/jupyter lab": "starts a server that does not end; the demo's tests do that",
}


class Wrong(AssertionError):
    """A command of a paper that does not work."""


def run(command: list[str], *, cwd: Path = ROOT, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**(os.environ if env is None else env)}
    environment["PATH"] = f"{BIN}{os.pathsep}{environment.get('PATH', os.defpath)}"
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120)


def succeed(command: list[str], **options) -> str:
    """What it prints on stdout; Wrong when it fails."""
    done = run(command, **options)
    if done.returncode != 0:
        raise Wrong(f"{shlex.join(command)} ends with {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done.stdout


def make(words: list[str], **_) -> None:
    targets = [word for word in words[1:] if "${{" not in word]
    recipe = succeed(["make", "--dry-run", "--no-print-directory", *targets])
    missing = [name for name in re.findall(r"npm run (?:--silent )?([\w:-]+)", recipe) if name not in SCRIPTS]
    files = re.findall(
        r"(?<![\w/.-])(?:scripts|demo|bench|docs|tests|ui-tests)/[\w./-]+\.(?:mjs|py|sh|js|ts|txt)", recipe
    )
    missing += [name for name in files if not (ROOT / name).exists()]
    if missing:
        raise Wrong(f"the recipe of {words} uses {missing}, which do not exist")


def npm_run(words: list[str], **_) -> None:
    if words[2] not in SCRIPTS:
        raise Wrong(f"package.json has no script {words[2]}")


def jest(words: list[str], **_) -> None:
    if not succeed(["npx", "jest", "--listTests", *words[2:]]).strip():
        raise Wrong("no test file matches")


def playwright(words: list[str], **_) -> None:
    # Listing starts no browser, so any program that exists will do.
    listed = succeed([*words, "--list"], env={**os.environ, "CHROMIUM": sys.executable})
    if not re.search(r"^Total: [1-9]", listed, re.MULTILINE):
        raise Wrong("no test matches")


def pytest_(words: list[str], **_) -> None:
    succeed([sys.executable, *words[1:], "--collect-only", "-q", "-p", "no:cacheprovider"])


def script(words: list[str], **_) -> None:
    succeed([sys.executable, *words[1:]])


def node(words: list[str], **_) -> None:
    # These run for minutes: that they can be read is checked here, and what they load by suites of their own.
    succeed(["node", "--check", words[1]])


def pip(words: list[str], **_) -> None:
    """pip's own parser reads the flags; the package must be ours."""
    verb, *rest = words[1:]
    code = (
        "import sys; from pip._internal.commands import create_command as command;"
        "print(command(sys.argv[1]).parse_args(sys.argv[2:])[1])"
    )
    parsed = succeed([sys.executable, "-c", code, verb, *rest])
    # Without arguments, a paper speaks of the command; a requirements file names what it names.
    if rest and verb != "config" and "-r" not in rest and NAME not in parsed:
        raise Wrong(f"{parsed} is not {NAME}")


def codeartifact(words: list[str], *, home: Path, emulator: dict) -> None:
    """Against the emulator, in a home of its own that is connected already."""
    words = [{"VERB": "status"}.get(word, word) for word in words]
    plugin = home / ".jupyter/lab/user-settings/jupyterlab-codeartifact/plugin.jupyterlab-settings"
    plugin.parent.mkdir(parents=True)
    plugin.write_text(json.dumps(SETTINGS))
    (home / "overrides.json").write_text(json.dumps({"jupyterlab-codeartifact:plugin": SETTINGS}))
    env = {"HOME": str(home), "PATH": os.defpath, "PYTHONPATH": str(ROOT), **emulator["env"]}
    if len(words) > 2 and words[2] not in MAKE_A_CONNECTION:
        succeed(["jupyter", "codeartifact", "connect"], env=env, cwd=home)
    succeed(words if len(words) > 2 else [*words, "--help"], env=env, cwd=home)


def lists_us(words: list[str], *, home: Path, **_) -> None:
    """`jupyter server extension list` and its like name the extension, enabled and valid."""
    done = run(words, cwd=home)
    told = done.stdout + done.stderr
    name = NAME if "labextension" in words else NAME.replace("-", "_")
    if not re.search(rf"{name}.*(?:OK|enabled)", told):
        raise Wrong(f"{name} is not in\n{told}")


def aws(words: list[str], *, home: Path, **_) -> None:
    """The real CLI reads it and stops before it sends anything."""
    env = {"HOME": str(home), "PATH": os.defpath, "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"}
    if words[1] == "s3":
        (home / "wheelhouse").mkdir()
        (home / "wheelhouse" / "one.whl").touch()
        if "upload:" not in succeed([*words, "--dryrun"], env=env, cwd=home):
            raise Wrong("nothing would be copied")
        return
    told = run(words, env=env, cwd=home).stderr
    # Some papers name a command without its flags, to speak of it.
    if re.search(r"invalid choice|unknown option", told, re.IGNORECASE):
        raise Wrong(told)


def git(words: list[str], *, home: Path, **_) -> None:
    succeed(["git", "init", "--quiet"], cwd=home)
    succeed(words, cwd=home)
    named = [word for word in words if word.startswith(".git-")]
    if not all((ROOT / name).exists() for name in named):
        raise Wrong(f"{named} does not exist")


def source(words: list[str], **_) -> None:
    succeed(["bash", "-c", f"source {BIN / Path(words[1]).name}"])


def executable(words: list[str], **_) -> None:
    if not os.access(ROOT / words[0], os.X_OK):
        raise Wrong(f"{words[0]} cannot be run")


RULES: list[tuple[str, Callable[..., None]]] = [
    (r"make\b", make),
    (r"npm run ", npm_run),
    (r"npx jest ", jest),
    (r"npx playwright test ", playwright),
    (r"python -m pytest ", pytest_),
    (r"python scripts/", script),
    (r"node (?:bench|scripts)/", node),
    (r"pip ", pip),
    (r"jupyter codeartifact\b", codeartifact),
    (r"jupyter (?:server extension|labextension) list$", lists_us),
    (r"aws ", aws),
    (r"git ", git),
    (r"source ", source),
    (r"lifecycle/", executable),
]


def check(text: str, *, home: Path, emulator: dict) -> None:
    """Raises Wrong when the command does not work, or nobody knows how to check it."""
    if text in NOT_RUN:
        return
    for pattern, rule in RULES:
        if re.match(pattern, text):
            rule(shlex.split(text), home=home, emulator=emulator)
            return
    raise Wrong(f"no rule checks {text!r}")
