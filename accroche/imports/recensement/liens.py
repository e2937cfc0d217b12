"""The addresses of sites in a cell, among the words people write around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.row import Row

_LONGEST: Final = 500
_URL: Final = re.compile(r"https?://(?=\S+\Z)[^\s/$.?#]\S*\.\S{2,}", re.IGNORECASE)
_BARE_URL: Final = re.compile(
    r"(?:www\.[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}|[\w-]+(?:\.[\w-]+)*\.(?:fr|com|org|net|eu|info))(?:/\S*)?",
    re.IGNORECASE,
)
#: What the name of a file ends with: one may hold spaces.
_FILES: Final = frozenset({"pdf", "doc", "docx", "odt", "ppt", "pptx", "xls", "xlsx", "ods", "jpg", "png"})
#: What a sentence writes before and behind an address.
_BEFORE: Final = "([<«\"'"
_BEHIND: Final = ',;:!»">].'


def links_in(row: Row, written: Iterable[str], *, ours: bool) -> Iterator[str]:
    """Yield the addresses of a cell, each told by itself; the words around them are told together.

    ``ours``: the table is one of this site's, whose addresses stand alone.
    """
    for text in written:
        words: list[str] = []
        if is_one := _is_one_file(text):
            told = f"« {text[:80]} » est lu comme une seule adresse, avec ses espaces."
            row.note(Champ.LIENS, told, blocks=False)
        for part in [text.replace(" ", "%20")] if is_one else text.split():
            piece = part if ours else _without_marks(part)
            address = f"https://{piece}" if _BARE_URL.fullmatch(piece) else piece
            if _URL.fullmatch(address) and len(address) <= _LONGEST:
                yield address
            elif any(map(str.isalnum, part)):
                words.append(part)
        if words:
            row.note(
                Champ.LIENS,
                f"« {' '.join(words)[:80]} » n’est pas une adresse de site : laissé de côté.",
                "Une adresse commence par https://, et n’a pas d’espace.",
                blocks=False,
            )


def _is_one_file(text: str) -> bool:
    """Whether a text is the address of a file whose name holds spaces, and nothing else."""
    first, space, rest = text.partition(" ")
    path = first.partition("://")[2].partition("/")[2]
    is_address = _URL.fullmatch(first) and path and "." not in path.rpartition("/")[2]
    return bool(is_address and space and "://" not in rest and rest.rpartition(".")[2].lower() in _FILES)


def _without_marks(part: str) -> str:
    """An address without what a sentence writes around it: « (https://exemple.fr), »."""
    piece = part.lstrip(_BEFORE).rstrip(_BEHIND)
    return piece if "(" in piece else piece.rstrip(")").rstrip(_BEHIND)
