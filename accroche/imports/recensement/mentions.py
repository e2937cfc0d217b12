"""The names of one cell, put together and made ready to be looked for; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from accroche.annuaire.appariement import says_kind, says_kind_alone
from accroche.annuaire.organismes import kind_of
from accroche.imports.recensement.words import mentions_of
from accroche.lib import uai
from accroche.lib.texte import slug

#: A part of a school, and the name of the whole: one school of the directory.
_SECTION: Final = re.compile(r"((?:^|, )(?:sep|segpa|section d.enseignement [^,]{1,60})),\s*", re.IGNORECASE)


def with_kinds_alone(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names, where what says a kind of school and not which goes with its neighbour.

    « SEGPA », « Collège X » name one school or two, which looking for them together tells.
    """
    found = list(names)
    for at in reversed(range(len(found))):
        if len(found) > 1 and says_kind_alone(found[at]) and not kind_of(found[at]):
            start = min(at, len(found) - 2)
            found[start : start + 2] = [", ".join(found[start : start + 2])]
    return tuple(found)


def searched(names: Sequence[str], type_word: str) -> list[str]:
    """Return the names as they are looked for; ``type_word``: what a column says the first of them is.

    Nothing of it is added to a name that is kept.
    """
    texts = [_SECTION.sub(r"\1 ", name) for name in names]
    if type_word and says_kind(type_word) and not says_kind(texts[0]):
        texts[0] = f"{type_word} {texts[0]}"
    return texts


def unsaid(commune: str, names: Iterable[str]) -> str:
    """Return the commune, unless the names say it already."""
    return commune if slug(commune) not in slug(" ".join(names)) else ""


def carriers_in(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the codes and the names of who carries a whole file."""
    codes, names = [], []
    for one in mentions_of(text):
        if uai.is_valid(one.upper()):
            codes.append(one.upper())
        else:
            names.append(one)
    return tuple(codes), tuple(names)
