"""What the papers say: their commands, code blocks, links and names of files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
#: docs/project holds copies that the build of the documentation makes.
PAPERS = sorted(p for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")] if p.parent != ROOT / "docs" / "project")
WORKFLOWS = sorted(ROOT.glob(".github/workflows/*.yml"))

#: A code span is a command when it starts with one of these and a space.
PROGRAMS = ("make", "npm", "npx", "node", "python", "pip", "jupyter", "aws", "hatch", "twine", "pre-commit")
SHELL = {"bash", "sh", "shell", "console"}

_FENCE = re.compile(r"^(?P<ticks>```+)(?P<language>[^\n]*)\n(?P<text>.*?)^(?P=ticks)\s*$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"\]\((?!https?:)([^)\s]*)\)")


@dataclass(frozen=True)
class Found:
    """Something in a paper that a test can look at."""

    paper: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.paper}:{self.line} {self.text}"


@dataclass(frozen=True)
class Block(Found):
    language: str


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def blocks(path: Path) -> list[Block]:
    """The fenced code blocks; directives such as ```{toctree} are not code."""
    text = path.read_text()
    return [
        Block(_name(path), _line(text, m.start()), m["text"], m["language"].strip())
        for m in _FENCE.finditer(text)
        if not m["language"].strip().startswith("{")
    ]


def prose(path: Path) -> str:
    """The text with its code blocks blanked, so that lines keep their numbers."""
    return _FENCE.sub(lambda m: "\n" * m[0].count("\n"), path.read_text())


def spans(path: Path) -> list[Found]:
    text = prose(path)
    return [Found(_name(path), _line(text, m.start()), m[1]) for m in _SPAN.finditer(text)]


def links(path: Path) -> list[Found]:
    text = prose(path)
    return [Found(_name(path), _line(text, m.start()), m[1]) for m in _LINK.finditer(text)]


def commands() -> list[Found]:
    """Every command of the papers: lines of shell blocks, indented lines and code spans."""
    found = []
    for path in PAPERS:
        for block in blocks(path):
            if block.language in SHELL:
                lines = re.sub(r"\\\n\s*", "", block.text).splitlines()
                found += [Found(block.paper, block.line, s) for line in lines if (s := line.strip()) and s[0] != "#"]
        indented = [
            Found(_name(path), number, line.strip())
            for number, line in enumerate(prose(path).splitlines(), 1)
            if line.startswith("    ")
        ]
        found += [f for f in [*indented, *spans(path)] if f.text.startswith(tuple(f"{p} " for p in PROGRAMS))]
    for path in WORKFLOWS:
        for job in yaml.safe_load(path.read_text())["jobs"].values():
            for step in job["steps"]:
                if "make " in step.get("run", ""):
                    found.append(Found(_name(path), 1, step["run"].strip().removeprefix("sudo ")))
    # The same command is checked once, where it stands first.
    return list({f.text: f for f in reversed(found)}.values())[::-1]


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub and MyST make them."""
    heads = re.findall(r"^#+\s+(.+?)\s*$", prose(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
