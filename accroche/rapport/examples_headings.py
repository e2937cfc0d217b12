"""The heading of the examples under another name, learnt from where it comes back in the sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from accroche.rapport.examples import is_action, is_examples_heading
from accroche.rapport.frame import is_known
from accroche.rapport.labels import count_label, is_partners_heading
from accroche.rapport.lines import Line, folded
from accroche.rapport.porteurs import names_organisation
from accroche.rapport.signs import Zone, sign_of

_MAX_HEADING: Final = 140
#: A heading that comes back in fewer sheets may be a line of some of them.
_ENOUGH: Final = 3
_NUMBERING = re.compile(r"(?:[0-9]{1,2}[.)]?){1,4} |[ivx]{1,5}[.)-] ?|[a-z][.)] ?")
_ACADEMIE = re.compile(r" ?(?:(?:de|dans|en|a|par) )?(?:l')?academie (?:de|d'|du|des) ?[^.]{2,40}$")
_NOUN = re.compile(r"\b(?:actions?|projets?|initiatives?|operations?|exemples?)\b")
#: The first action of a sheet, which its author called so: « Action 1 : Un journal, Collège … ».
_FIRST = re.compile(r"(?:action|projet|exemple|initiative) ?(?:n ?[°o] ?)?1 ?[.:)–-]")
_ENDS: Final = (".", ";", ",", "?", "!", "…")


def with_examples_headings(
    lines: Sequence[Line], sheets: Sequence[Zone]
) -> tuple[list[Line], tuple[str, ...]]:
    """Write the heading of the examples as most sheets do; say in French which line was taken for it.

    ``sheets`` go each from its heading to the next one. Only those without a heading of examples are asked:
    the line that comes back in most of them under their figures, or the first action that is numbered.
    """
    bare = [zone for zone in sheets if not _has_heading(lines, zone)]
    kept = list(lines)
    if not bare:
        return kept, ()
    places = [_places(lines, zone) for zone in bare]
    # where most sheets bear a known heading, those without one have no examples
    key = _learnt(lines, places, len(bare)) if len(bare) * 2 > len(sheets) else ""
    taken = 0
    for zone, found in reversed(list(zip(bare, places, strict=True))):
        text = f"Exemples d’actions de l’{lines[zone.first].text}"
        rank = found.get(key) if key else None
        if rank is not None:
            taken += 1
            kept[rank] = replace(kept[rank], text=text, blanks=max(1, kept[rank].blanks))
        elif (first := _numbered(lines, zone)) is not None:
            kept.insert(first, replace(kept[first], text=text, blanks=max(1, kept[first].blanks)))
    if not taken:
        return kept, ()
    shown = next(lines[found[key]].text for found in places if key in found)
    where = f"dans {taken} fiches " if taken > 1 else ""
    return kept, (f"« {shown} » est lu {where}comme le titre des exemples d’actions.",)


def _has_heading(lines: Sequence[Line], zone: Zone) -> bool:
    return any(is_examples_heading(lines[rank]) for rank in range(zone.first, zone.after))


def _places(lines: Sequence[Line], zone: Zone) -> dict[str, int]:
    """Where each line that may be the heading stands in a sheet: it comes once, no action above it."""
    found: dict[str, int] = {}
    often: set[str] = set()
    for rank in _under_figures(lines, zone):
        if is_action(lines[rank]):
            break
        key = _key(lines[rank].text)
        if not key:
            continue
        if key in found:
            often.add(key)
        found.setdefault(key, rank)
    return {key: rank for key, rank in found.items() if key not in often}


def _under_figures(lines: Sequence[Line], zone: Zone) -> Iterator[int]:
    """The ranks under the figures or the partners of a sheet; all, where neither stands above anything."""
    starts = [
        rank
        for rank in range(zone.first, zone.after)
        if count_label(lines[rank].text)[0] or is_partners_heading(lines[rank].text)
    ]
    first = starts[0] if starts else zone.first
    for rank in range(first + 1, zone.after - 1):
        if not is_known(lines[rank]):
            yield rank


def _key(text: str) -> str:
    """What a heading says in every sheet: not its number, not its académie; empty for what is no heading."""
    if len(text) > _MAX_HEADING or text.endswith(_ENDS) or "://" in text or not text[0].isalnum():
        return ""
    key = folded(text).rstrip(" :")
    key = key[found.end() :] if (found := _NUMBERING.match(key)) else key
    return _ACADEMIE.sub("", key)


def _learnt(lines: Sequence[Line], places: Sequence[dict[str, int]], sheets: int) -> str:
    """The heading that most sheets bear: it names actions, or stands above what looks like one."""
    ranks: dict[str, list[int]] = {}
    for found in places:
        for key, rank in found.items():
            ranks.setdefault(key, []).append(rank)
    best, most = "", 0
    for key, ones in ranks.items():
        if len(ones) * 2 <= sheets:
            continue
        opened = sum(_opens_action(lines[rank + 1]) for rank in ones)
        named = _NOUN.search(key) is not None
        if (opened * 2 > len(ones) and (named or len(ones) >= _ENOUGH)) or (named and len(ones) >= _ENOUGH):
            score = len(ones) * (1 + named) + opened
            best, most = (key, score) if score > most else (best, most)
    return best


def _opens_action(below: Line) -> bool:
    return bool(sign_of(below.text)[0]) or names_organisation(below.text)


def _numbered(lines: Sequence[Line], zone: Zone) -> int | None:
    """Where the first numbered action of a sheet stands, under its figures; none where nothing is."""
    return next((r for r in _under_figures(lines, zone) if _FIRST.match(folded(lines[r].text[:30]))), None)
