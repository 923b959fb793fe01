"""Links, files, examples and lists in the papers are as the sources have them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess

import jsonschema
import pytest
import yaml

from jupyterlab_codeartifact.app import CodeArtifactApp

from .papers import PAPERS, ROOT, WORKFLOWS, anchors, blocks, links, spans
from .rules import BIN, SETTINGS

TREE = re.compile(
    r"(?:src|scripts|testing|tests|docs|ui-tests|lifecycle|schema|api|style|bench|binder|demo|jupyterlab_codeartifact)"
    r"(?:/[\w.-]+)+/?"
)
#: Engine folders have a table of their own, with names relative to src/engine.
ENGINE_ROW = re.compile(r"^\| ((?:`[\w.]+`(?:, )?)+) \|", re.MULTILINE)

ids = lambda path: str(path.relative_to(ROOT))  # noqa: E731


@pytest.mark.parametrize("path", PAPERS, ids=ids)
def test_links_lead_somewhere(path):
    for link in links(path):
        target, _, anchor = link.text.partition("#")
        page = (path.parent / target).resolve() if target else path
        # docs/conf.py copies the papers of the root there.
        page = ROOT / page.name if page.parent == ROOT / "docs" / "project" else page
        assert page.exists(), str(link)
        if anchor:
            assert anchor in anchors(page), str(link)


@pytest.mark.parametrize("path", PAPERS, ids=ids)
def test_files_that_are_named_exist(path):
    named = [span for span in spans(path) if TREE.fullmatch(span.text)]
    assert [str(span) for span in named if not (ROOT / span.text).exists()] == []


@pytest.mark.parametrize("path", PAPERS, ids=ids)
def test_code_says_its_language(path):
    """A block without one would escape the other tests."""
    assert [str(block) for block in blocks(path) if not block.language] == []


JSON_BLOCKS = [block for path in PAPERS for block in blocks(path) if block.language == "json"]


@pytest.mark.parametrize("block", JSON_BLOCKS, ids=lambda block: f"{block.paper}:{block.line}")
def test_examples_of_configuration_are_valid(block):
    given = json.loads(block.text)
    schema = json.loads((ROOT / "schema" / "plugin.json").read_text())
    assert set(given) <= {"jupyterlab-codeartifact:plugin", "CodeArtifactApp"}
    settings = given.get("jupyterlab-codeartifact:plugin", {})
    assert set(settings.pop("pinned", [])) <= set(schema["properties"])
    jsonschema.validate(settings, schema)
    assert set(given.get("CodeArtifactApp", {})) <= set(CodeArtifactApp.class_trait_names(config=True))


def test_examples_of_configuration_are_found():
    assert JSON_BLOCKS


def test_architecture_lists_the_folders_of_the_engine():
    text = (ROOT / "ARCHITECTURE.md").read_text()
    table = text[text.index("In `src/engine`") : text.index("## Invariants")]
    listed = {name for row in ENGINE_ROW.findall(table) for name in re.findall(r"[\w.]+", row)}
    assert listed == {path.name for path in (ROOT / "src" / "engine").iterdir()}


def test_commits_left_out_of_blame_are_in_the_history():
    lines = (ROOT / ".git-blame-ignore-revs").read_text().splitlines()
    hashes = [line for line in lines if line and not line.startswith("#")]
    assert hashes
    for commit in hashes:
        assert re.fullmatch(r"[0-9a-f]{40}", commit)
        subprocess.run(["git", "merge-base", "--is-ancestor", commit, "HEAD"], cwd=ROOT, check=True)


@pytest.mark.parametrize("path", WORKFLOWS, ids=ids)
def test_workflows_are_whole(path):
    workflow = yaml.safe_load(path.read_text())
    # YAML reads the key `on` as true.
    assert {"name", "jobs", True} <= set(workflow)
    for job in workflow["jobs"].values():
        assert job["runs-on"]
        assert all(("run" in step) != ("uses" in step) for step in job["steps"])


def test_the_traits_of_the_server_extension_are_listed():
    text = (ROOT / "docs" / "admin.md").read_text()
    listed = set(re.findall(r"^\| `(\w+)` \|", text[text.index("## Configure the server extension") :], re.MULTILINE))
    assert listed == set(CodeArtifactApp.class_own_traits(config=True))


def test_binder_starts_a_server_that_reaches_the_emulator(tmp_path):
    """binder/start, with a command that connects in the place of JupyterLab's."""
    flags = [f"--domain={SETTINGS['domain']}", f"--domain-owner={SETTINGS['domainOwner']}"]
    with (tmp_path / "output").open("w+") as output:
        process = subprocess.Popen(
            ["bash", "binder/start", "jupyter", "codeartifact", "connect", *flags, "--repository=isolatedsm"],
            cwd=ROOT,
            env={"HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "PATH": f"{BIN}{os.pathsep}{os.defpath}"},
            stderr=output,
            stdout=output,
            start_new_session=True,
        )
        try:
            code = process.wait(60)
        finally:
            # The emulator, which in Binder ends with the container.
            os.killpg(process.pid, signal.SIGTERM)
        output.seek(0)
        assert code == 0, output.read()
    assert (tmp_path / ".netrc").exists()


CONVENTIONS = ROOT / "docs" / "conventions.md"


def test_every_convention_is_shown_by_a_test_that_there_is():
    rows = re.findall(r"^\| (\d+) \| [^|]+ \| (.+) \|$", CONVENTIONS.read_text(), re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 41))
    named = [pair for _, shown in rows for pair in re.findall(r'`([\w./-]+\.(?:spec\.tsx?|py))`, "([^"]+)"', shown)]
    assert len(named) > 5
    missing = [f"{path}: {name}" for path, name in named if name not in (ROOT / path).read_text()]
    assert missing == []
