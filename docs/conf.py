"""Sphinx configuration. Theme and parser are those of jupyter-collaboration and of Jupyter's other projects."""

import json
import re
import shutil
from pathlib import Path

DOCS = Path(__file__).parent
ROOT = DOCS.parent
#: Papers that stand at the top of the repository, because people and GitHub look for them there.
PAPERS = ("ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "RELEASE.md", "SECURITY.md")
COPIES = DOCS / "project"

project = "jupyterlab-codeartifact"
author = json.loads((ROOT / "package.json").read_text())["author"]
copyright = author
release = json.loads((ROOT / "package.json").read_text())["version"]

extensions = ["myst_parser"]
exclude_patterns = ["requirements.txt"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 3
nitpicky = True

html_theme = "pydata_sphinx_theme"
html_title = project
html_theme_options = {
    "logo": {"text": project},
    "navigation_with_keys": False,
    "show_toc_level": 2,
    "footer_start": ["copyright"],
    "footer_end": [],
}
# Only these have pages below them.
html_sidebars = {page: [] for page in ("index", "user-guide", "admin*", "reliability", "comparison", "glossary")}
html_show_sourcelink = False


def _link(match: re.Match[str]) -> str:
    """The target of a link, written for the top of the repository, as seen from docs/project."""
    target, anchor = match["target"], match["anchor"] or ""
    if target in PAPERS:
        return f"]({target}{anchor})"
    return f"](../{target.removeprefix('docs/')}{anchor})" if target.startswith("docs/") else f"](../../{target})"


def setup(app: object) -> None:
    """Copy the papers, as jupyter-collaboration does with its changelog."""
    shutil.rmtree(COPIES, ignore_errors=True)
    COPIES.mkdir()
    for name in PAPERS:
        text = (ROOT / name).read_text()
        (COPIES / name).write_text(re.sub(r"\]\((?!https?:|#)(?P<target>[^)#\s]+)(?P<anchor>#[^)\s]*)?\)", _link, text))
