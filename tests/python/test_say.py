"""What the server says itself reaches a page as the engine's sentences do: with how it was made, for translators."""

from __future__ import annotations

import ast
import json
import re
import runpy
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

import pytest

import jupyterlab_codeartifact
from jupyterlab_codeartifact import errors, say
from jupyterlab_codeartifact.errors import EngineError
from jupyterlab_codeartifact.protocol import VERBS
from jupyterlab_codeartifact.say import together, trans, with_phrases

from .conftest import untranslated
from .test_redaction import TOKEN

SOURCES = sorted(Path(jupyterlab_codeartifact.__file__).parent.glob("*.py"))
#: What only a terminal or a log shows: whole modules (None), or functions of one.
PLAIN_ENGLISH: dict[str, set[str] | None] = {
    "command.py": None,
    "settings_report.py": None,
    "engine_environment.py": None,
    "run_as_user.py": {"switch_to_user", "check_home", "_instead"},
}
#: Not for people: a program, a source that only `settings --explain` names, what JSON's parser says, and a reason for
#: which the page has words of its own (src/lab/settings/pins.ts).
NO_SENTENCES = (
    *("\nimport ctypes", "user settings", "Set by your administrator in"),
    *("Expecting ", "Extra data", "Unterminated", "Invalid ", "Illegal ", "Unexpected "),
)
TWO_WORDS = re.compile(r"[A-Za-z]{2,}[,:]? [a-z]{2,}")


def said(node: ast.AST) -> bool:
    """A call of `trans.__` or `trans._n`."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("__", "_n")
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "trans"
    )


def parts_that_people_read(node: ast.AST) -> Iterator[ast.AST]:
    """What is below a node, without docstrings, help texts, logs, patterns, commands, and what is said rightly."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.keyword(arg="help"):
            return
        case ast.Assign(targets=[ast.Name(id="description")]):
            return
        case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="log" | "_log") | ast.Name(id="log"))):
            return
        case ast.Call(func=ast.Attribute(attr="_warn")) | ast.Call(func=ast.Attribute(value=ast.Name(id="re"))):
            return
        case ast.Call(func=ast.Name(id="_snippet"), args=[title, *_]):
            yield from parts_that_people_read(title)
            return
        case ast.Call() if said(node):
            texts = 2 if node.func.attr == "_n" else 1
            for value in node.args[texts:]:
                yield from parts_that_people_read(value)
            return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from parts_that_people_read(child)


def sentences(path: Path) -> list[str]:
    """Words of a module that are not given to translators."""
    excused = PLAIN_ENGLISH.get(path.name, set())
    if excused is None:
        return []
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tree.body = [node for node in tree.body if getattr(node, "name", "") not in excused]
    return [
        f"{path.name}:{node.lineno}: {node.value.strip()}"
        for node in parts_that_people_read(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and TWO_WORDS.search(node.value)
        and not node.value.startswith(NO_SENTENCES)
    ]


def test_translators_are_given_every_sentence_that_a_page_may_show():
    assert [found for path in SOURCES for found in sentences(path)] == []


def test_a_sentence_that_is_not_for_translators_is_found(tmp_path):
    module = tmp_path / "module.py"
    module.write_text(
        '"""A module that is described."""\n'
        "def f(self, path):\n"
        '    self.log.info("said to the log")\n'
        '    trans.__("said to all")\n'
        '    trans.__("it ended (%1)", f"for {path} not said")\n'
        '    raise ValueError("said in English only")\n'
    )
    assert [each.partition(": ")[2] for each in sentences(module)] == ["not said", "said in English only"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_what_is_said_is_a_literal_with_a_value_for_each_hole(path):
    for call in filter(said, ast.walk(ast.parse(path.read_text(encoding="utf-8")))):
        if path.name == "say.py":
            continue
        count = 2 if call.func.attr == "_n" else 1
        texts, values = call.args[:count], call.args[count:] if count == 1 else call.args[2:]
        assert all(isinstance(text, ast.Constant) for text in texts), ast.unparse(call)
        holes = {int(number) for text in texts for number in re.findall(r"%(\d+)", text.value)}
        assert holes == set(range(1, len(values) + 1)), ast.unparse(call)


def test_an_answer_has_how_its_sentences_were_made_and_those_in_them():
    answer = {"schema": 1, "notes": [trans.__("It ended (%1).", trans.__("exit code %1", 7))], "path": "/x"}
    assert answer["notes"] == ["It ended (exit code 7)."]
    assert with_phrases(answer)["phrases"] == [
        {"text": "It ended (%1).", "values": ["exit code 7"]},
        {"text": "exit code %1", "values": [7]},
    ]


def test_those_of_the_engine_stay():
    engines = {"text": "Connected to %1.", "values": [trans.__("the other one")]}
    got = with_phrases({"summary": "Connected to the other one.", "phrases": [engines]})
    assert got["phrases"] == [engines, {"text": "the other one"}]


def test_an_answer_without_such_sentences_is_the_same():
    answer = {"summary": "a summary that nobody said here"}
    assert with_phrases(answer) is answer


def test_code_type_is_for_pages_only():
    assert trans.__("the host’s `%1`", "a.conf") == "the host's a.conf"
    (phrase,) = with_phrases({"message": "the host's a.conf"})["phrases"]
    assert phrase == {"text": "the host’s `%1`", "values": ["a.conf"]}


def test_sentences_in_a_row_and_numbers():
    text = together(trans._n("%1 time.", "%1 times.", 3), trans.__("Once more."))
    assert text == "3 times. Once more."
    assert with_phrases({"message": text})["phrases"] == [
        {"text": "%1 %2", "values": ["3 times.", "Once more."]},
        {"text": "%1 time.", "many": "%1 times.", "values": [3]},
        {"text": "Once more."},
    ]
    assert together("alone") == "alone"


def test_no_more_than_the_newest_sentences_are_remembered(monkeypatch):
    monkeypatch.setattr(say, "_said", OrderedDict())
    oldest = trans.__("sentence %1", "oldest")
    for number in range(say.REMEMBERED + 5):
        newest = trans.__("sentence %1", number)
    assert with_phrases({"message": oldest}) == {"message": oldest}
    assert len(with_phrases({"message": newest})["phrases"]) == 1
    assert len(say._said) == say.REMEMBERED


@pytest.mark.parametrize(
    "made",
    [
        errors.node_missing([trans.__("`%1` does not run.", "/nowhere/node")], ["/nowhere"]),
        errors.engine_missing("/nowhere/engine.cjs"),
        errors.engine_failed(trans.__("The engine has ended."), "boom"),
        errors.files_of_others(trans.__("the server is stopping")),
        *[errors.start_failed(OSError(number, "x")) for number in (2, 5, 11, 12, 13, 24, 40, 71)],
        errors.engine_backing_off(3, 5.0, trans.__("signal %1", "SIGKILL"), "boom"),
        errors.server_stopping(),
    ],
    ids=lambda made: made.message,
)
def test_why_there_is_no_engine_is_told_in_every_language(made):
    body = with_phrases(made.body())
    assert untranslated(body) == []
    assert untranslated(with_phrases(made.document())) == []


def test_the_panels_scenes_have_what_the_server_answers():
    """They are written by: npm run scenes"""
    scenes = runpy.run_path(str(Path(__file__).parents[2] / "testing" / "scenes" / "problems.py"))
    assert json.loads(scenes["FILE"].read_text(encoding="utf-8")) == scenes["problems"]()


def test_an_error_of_the_engine_is_told_in_every_language():
    document = EngineError("a fault of ours", "/data").answer(VERBS["state"])
    assert untranslated(with_phrases(document)) == []


async def test_a_secret_is_neither_in_what_is_said_nor_in_its_values(api, extension, folders):
    folders.user({"domain": TOKEN, "apiEndpoint": "https://ada:hunter2@host/", TOKEN: 1})
    folders.write(
        folders.overrides, {"domain": "corp", "apiEndpoint": "https://h", "pinned": ["domain", "apiEndpoint"]}
    )
    notes = extension.settings_input()["notes"]
    answers = [notes]
    for rung in ("exit", "bug"):
        answers.append((await api("diagnose", "POST", {"rung": rung}))[1])
        answers.append(await extension.call_engine("state"))
    shown = json.dumps([with_phrases({"answer": answer}) for answer in answers])
    assert "is not used" in shown
    assert "***" in shown
    assert not re.search(r"eyJ2ZXI|hunter2|YXdzOnMzY3IzdA", shown)
    assert len(with_phrases({"notes": notes})["phrases"]) >= len(notes) == 3
