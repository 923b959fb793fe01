"""Says it in English, and remembers how it was made, so that a page can say it in its reader's language.

The same for the server as src/engine/core/say.ts for the engine: `trans.__` takes a literal, in which code and names of
files stand between back quotes and `%1`, `%2` … stand for the values. What it answers is plain text, for logs and
terminals; `with_phrases` adds to an answer how its sentences were made (src/protocol/phrase.ts).

The name is what jupyterlab-translate collects texts by: https://github.com/jupyterlab/jupyterlab-translate
"""

from __future__ import annotations

import re
from collections import OrderedDict

TYPE_CHECKING = False  # typing takes 5 ms to import, which every command would wait for
if TYPE_CHECKING:
    from typing import Any

    Phrase = dict[str, Any]

#: The newest sentences are remembered. Forgetting one costs a translation, nothing else.
REMEMBERED = 500
_HOLE = re.compile(r"%(\d+)")
#: For terminals and logs, as `plainText` of src/protocol/text.ts: without code type and typographic signs.
_PLAIN = str.maketrans({"`": None, "’": "'", "“": '"', "”": '"', "\u00a0": " "})
#: Each call of it is atomic: settings are read in a thread.
_said: OrderedDict[str, Phrase] = OrderedDict()


class Trans:
    """Texts in English; a page translates them. The values are shown as they stand, so none may hold a secret."""

    def __(self, text: str, *values: str | int) -> str:
        """The text with its values."""
        return _remember({"text": text, **({"values": list(values)} if values else {})}, text, values)

    def _n(self, one: str, many: str, count: int, *values: str | int) -> str:
        """The same in two numbers: `%1` is the count."""
        phrase = {"text": one, "many": many, "values": [count, *values]}
        return _remember(phrase, one if count == 1 else many, (count, *values))


def _remember(phrase: Phrase, text: str, values: tuple[str | int, ...]) -> str:
    english = _HOLE.sub(lambda hole: str(values[int(hole[1]) - 1]), text).translate(_PLAIN)
    if english not in values:
        _said[english] = phrase
        _said.move_to_end(english)
        if len(_said) > REMEMBERED:
            _said.popitem(last=False)
    return english


trans = Trans()


def together(*parts: str) -> str:
    """Sentences one after the other."""
    return parts[0] if len(parts) == 1 else trans.__(" ".join(f"%{at + 1}" for at in range(len(parts))), *parts)


def with_phrases(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer, and how its sentences were made, each once; those that stand in other sentences, too."""
    found: dict[str, Phrase] = {}

    def look(value: object) -> None:
        if isinstance(value, str):
            if value in _said and value not in found:
                found[value] = phrase = _said[value]
                look(phrase.get("values"))
        elif isinstance(value, (list, dict)):
            for each in value.values() if isinstance(value, dict) else value:
                look(each)

    look(answer)
    known = answer.get("phrases")
    return {**answer, "phrases": [*(known or []), *found.values()]} if found else answer
