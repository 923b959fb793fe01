"""The 20 configurations that `bench/compare-tools.py` starts each tool on."""

from __future__ import annotations

from dataclasses import dataclass, field

PIP = ".config/pip/pip.conf"
TEAM = "http://localhost:8000/simple/"
OLD = "https://pypi.example.org/simple/"


@dataclass(frozen=True)
class Case:
    """A home before the tool comes: files, links, variables, and how pip is run."""

    name: str
    files: dict[str, str] = field(default_factory=dict)
    #: link -> target, in the home
    links: dict[str, str] = field(default_factory=dict)
    env: dict[str, str] = field(default_factory=dict)
    mode: int = 0o644
    #: The team's own index must go on working.
    team: bool = False
    #: Flags that only we have; the AWS CLI has none for it.
    ours: tuple[str, ...] = ()
    #: pip of another environment than the one that the tool is installed in.
    kernel: bool = False
    #: No private DNS: only the endpoints' own names connect.
    vpce: bool = False
    #: Files below the environment of pip in place of the home.
    site: bool = False
    #: What keeps pip from the index, in words that a tool which knows would use.
    obstacle: str = ""


CASES = (
    Case("no configuration at all"),
    Case("comments and blank lines", {PIP: "# the platform team's\n\n[global]\n# slow link\ntimeout = 7\n\n"}),
    Case("a team index as extra-index-url", {PIP: f"[global]\nextra-index-url = {TEAM}\n"}, team=True),
    Case(
        "several extra-index-url lines",
        {PIP: f"[global]\nextra-index-url =\n    {TEAM}\n    # another\n    http://localhost:8000/simple\n"},
        team=True,
    ),
    Case(
        "a team index as index-url, to stay beside",
        {PIP: f"[global]\nindex-url = {TEAM}\n"},
        team=True,
        ours=("--index-mode", "extra-index-url"),
    ),
    Case("an old index-url", {PIP: f"[global]\nindex-url = {OLD}\ntimeout = 7\n"}),
    Case("an old Index_URL with a colon", {PIP: f"[global]\nIndex_URL: {OLD}\n"}),
    Case("lines that end in CR LF", {PIP: "[global]\r\ntimeout = 7\r\n"}),
    Case("no newline at the end", {PIP: "[global]\ntimeout = 7"}),
    Case("letters beyond ASCII in a comment", {PIP: "# Grüße\n[global]\ntimeout = 7\n"}),
    Case("a file with mode 0600", {PIP: "[global]\ntimeout = 7\n"}, mode=0o600),
    Case(
        "a link into a dotfiles folder",
        {"dotfiles/pip.conf": "# mine\n[global]\ntimeout = 7\n"},
        links={PIP: "dotfiles/pip.conf"},
    ),
    Case("the legacy file ~/.pip/pip.conf", {".pip/pip.conf": f"[global]\nindex-url = {OLD}\n"}),
    Case("a ~/.netrc of one's own", {".netrc": "machine example.org login me password x # mine\n"}, mode=0o600),
    Case(
        "an environment with its own pip.conf",
        {"pip.conf": f"[global]\nindex-url = {OLD}\n"},
        site=True,
        obstacle="{prefix}/pip.conf",
    ),
    Case(
        "a file that PIP_CONFIG_FILE names",
        {"team.conf": f"# team\n[global]\nindex-url = {OLD}\n"},
        env={"PIP_CONFIG_FILE": "{home}/team.conf"},
        obstacle="PIP_CONFIG_FILE",
    ),
    Case("the variable PIP_INDEX_URL", env={"PIP_INDEX_URL": OLD}, obstacle="PIP_INDEX_URL"),
    Case("a section for one command", {PIP: f"[download]\nindex-url = {OLD}\n"}, obstacle="[download]"),
    Case("a kernel's environment of its own", {PIP: "# mine\n[global]\ntimeout = 7\n"}, kernel=True),
    Case("endpoints without private DNS (vpce- hosts)", {PIP: "# mine\n[global]\ntimeout = 7\n"}, vpce=True),
)
