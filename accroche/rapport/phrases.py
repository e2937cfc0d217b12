"""The sentences of paragraphs, and a text without accents whose places are those of the text itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from accroche.rapport.paragraphs import Paragraph

#: Characters of a paragraph that are read: longer than any of a sheet, and no text costs more.
READ: Final = 4_000
_STRAIGHT: Final = re.compile(r'"([^"\s][^"]{0,300})"')
_CURLED: Final = str.maketrans("“”„", "«»«")
_SENTENCE: Final = re.compile(r"(?<=[.!?…;]) ")


def sentences(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Paragraph, str]]:
    """Yield each sentence with its paragraph, as it is written."""
    for paragraph in paragraphs:
        for sentence in _SENTENCE.split(paragraph.text[:READ]):
            yield paragraph, sentence


def with_guillemets(text: str) -> str:
    """Write the quotes of ``text`` as French does, whoever wrote them: « … »."""
    return _STRAIGHT.sub(r"« \1 »", text.translate(_CURLED).replace("<<", "«").replace(">>", "»"))


def flat(text: str) -> str:
    """Give ``text`` without accents nor capitals, straight ’, character for character.

    A place in it is one in the text itself, which ``lines.folded`` does not keep: spaces go, « ß » is two.
    """
    return "".join(map(_flat, text))


def _flat(sign: str) -> str:
    if sign == "’":
        return "'"
    first = unicodedata.normalize("NFD", sign)[0].lower()
    return first if len(first) == 1 else sign
