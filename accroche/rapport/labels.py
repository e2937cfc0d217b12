"""What the parts of a sheet are called: its two counts and its partners, under any usual name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from accroche.lib.chiffres import ChiffreError, parse
from accroche.rapport.lines import Line, folded
from accroche.rapport.signs import Zone

#: The labels of the two counts, as the sheet knows them.
ACTIONS: Final = "Nombre d’actions identifiées"
SCHOOLS: Final = "Nombre d’écoles/établissements impliqué(e)s"
_MAX_LABEL: Final = 90
_MAX_HEADING: Final = 60
_MAX_VALUE: Final = 600
_COUNT = re.compile(r"(?:le )?(?:nombre|nb|nbre|total)\b\.?")
_VALUE = re.compile(r" (?=[0-9]|N\.? ?C\b|[Uu]ne? |[Pp]lus |[Ee]nviron |[Tt]ou[ts])")
_NOUN = re.compile(
    r"\b(?:(?P<actions>actions?|projets?|initiatives?|operations?|evenements?)"
    r"|(?P<schools>ecoles?|etablissements?|eple|colleges?|structures?))\b"
)
_TOLD = re.compile(
    r"(?:les )?[a-z]+(?: [a-z/]+){0,4}? "
    r"(?:recense|identifie|mene|engage|participant|implique|concerne|mobilise|realise|valorise|touche|organise)"
    r"[a-z]{0,4}(?:\(e\)s?)?"
)
#: The value before its name: « 19 actions identifiées ».
_COUNTED_FIRST = re.compile(
    r"(?P<value>[0-9]{1,5}|N\.? ?C\.?) "
    r"(?P<label>(?:actions?|projets?|initiatives?|[ée]coles?|[ée]tablissements?|EPLE)"
    r"(?: (?:et|ou|/) (?:[ée]coles?|[ée]tablissements?))?(?: scolaires)?"
    r" (?:recens|identifi|men|engag|participant|impliqu|concern|mobilis|r[ée]alis|touch)\w{0,5}"
    r"(?:\([a-z]\)s?)?)\.?"
)
_PARTNERS = re.compile(
    r"(?:les |nos )?(?:partenaires|partenariats)"
    r"(?: (?:de|du|mobilises|engages|associes|impliques|et|academiques|locaux)\b.{0,40})?(?: ?:)?"
)
_GLUED_PARTNERS = re.compile(
    r"(?:Les |LES )?(?:Partenaires|PARTENAIRES|Partenariats|PARTENARIATS) ?:? (?=[A-ZÉÈÀ-])"
)
_USUAL: Final = ("nombre d'action", "nombre d'ecole", "nombre d'etablissement")
_TWO: Final = 2


@dataclass(frozen=True, slots=True)
class Labels:
    """How a file calls its two counts, when not by their usual name; and how many times each does."""

    actions: frozenset[str] = frozenset()
    schools: frozenset[str] = frozenset()
    #: those that their place alone tells
    guessed: frozenset[str] = frozenset()

    def told(self) -> tuple[str, ...]:
        """Say in French which labels were taken for the two counts."""
        found = [
            f"« {', '.join(sorted(labels))} » est lu comme le nombre {what}"
            + (", d’après sa place : vérifiez." if labels & self.guessed else ".")
            for labels, what in ((self.actions, "d’actions"), (self.schools, "d’écoles et d’établissements"))
            if labels
        ]
        return tuple(found)


def is_partners_heading(text: str) -> bool:
    """Tell whether a line is the heading of the partners: « Partenaires », « Les partenariats »."""
    return len(text) <= _MAX_HEADING and text[0].isupper() and _PARTNERS.fullmatch(folded(text)) is not None


def count_label(text: str) -> tuple[str, str, str]:
    """Give the usual label of a count, the one that is written, and its value; empty when it is none."""
    first = _COUNTED_FIRST.fullmatch(text)
    label, value = (first["label"], first["value"]) if first else _cut(text)
    key = folded(label)
    noun = _NOUN.search(key)
    counts = _COUNT.match(key) is not None or (":" in text and _TOLD.fullmatch(key) is not None)
    if not label or noun is None or not (counts or first):
        return "", "", ""
    return (ACTIONS if noun["actions"] else SCHOOLS), label, value


def _cut(text: str) -> tuple[str, str]:
    label, colon, value = text.partition(":")
    if colon and len(label) <= _MAX_LABEL:
        return label.strip(), value.strip()
    found = _VALUE.search(text[:_MAX_LABEL])
    if found and _COUNT.match(folded(text[:20])):
        return text[: found.start()].strip(), text[found.end() :].strip()
    return (text.strip(), "") if len(text) <= _MAX_LABEL and text[-1] not in ".;!?" else ("", "")


def with_whole_labels(lines: Sequence[Line]) -> list[Line]:
    """Write on one line the name of a count that a narrow column has cut before its colon."""
    kept: list[Line] = []
    for line in lines:
        above = kept[-1] if kept else None
        start, colon, _value = line.text.partition(":")
        if (
            above is not None
            and colon
            and line.blanks <= 1
            and line.text[0].islower()
            and len(above.text) + len(start) <= _MAX_LABEL
            and ":" not in above.text
            and _COUNT.match(folded(above.text))
            and count_label(f"{above.text} {line.text}")[0]
        ):
            kept[-1] = replace(above, text=f"{above.text} {line.text}")
        else:
            kept.append(line)
    return kept


def learn_labels(lines: Sequence[Line], sheets: Sequence[Zone]) -> Labels:
    """Learn the names of the two counts; without any known, the two that each sheet gives with a number."""
    known: dict[str, set[str]] = {ACTIONS: set(), SCHOOLS: set()}
    named: Counter[str] = Counter()
    for zone in sheets:
        for rank in range(zone.first, zone.after):
            usual, label, _value = count_label(lines[rank].text)
            if usual:
                named[usual] += 1
                plain = folded(label).startswith(_USUAL)
                if not plain:
                    known[usual].add(label)
    if len(sheets) >= _TWO:
        guessed = _one_beside(lines, sheets, named) if named else _by_place(lines, sheets)
        for usual, label in guessed.items():
            known[usual].add(label)
        return Labels(frozenset(known[ACTIONS]), frozenset(known[SCHOOLS]), frozenset(guessed.values()))
    return Labels(frozenset(known[ACTIONS]), frozenset(known[SCHOOLS]))


def _one_beside(lines: Sequence[Line], sheets: Sequence[Zone], named: Counter[str]) -> dict[str, str]:
    """The name of the count that has none where the other one has: what most sheets give beside that one."""
    missing = [usual for usual in (ACTIONS, SCHOOLS) if not named[usual]]
    if len(missing) != 1:
        return {}
    votes: Counter[str] = Counter()
    for zone in sheets:
        for rank in range(zone.first + 1, zone.after):
            above, below = lines[rank - 1].text, lines[rank].text
            for text, beside in ((above, below), (below, above)):
                label, colon, value = text.partition(":")
                if count_label(beside)[0] and colon and len(label) <= _MAX_LABEL and _is_count(value.strip()):
                    votes[label.strip()] += 1
    label, count = votes.most_common(1)[0] if votes else ("", 0)
    return {missing[0]: label} if count * _TWO >= len(sheets) else {}


def _by_place(lines: Sequence[Line], sheets: Sequence[Zone]) -> dict[str, str]:
    """The two labels that most sheets give with a number: that of the actions comes first."""
    votes: Counter[str] = Counter()
    for zone in sheets:
        for rank in range(zone.first, zone.after):
            label, colon, value = lines[rank].text.partition(":")
            if colon and len(label) <= _MAX_LABEL and _is_count(value.strip()):
                votes[label.strip()] += 1
    found = [label for label, count in votes.items() if count * _TWO >= len(sheets)]
    return dict(zip((ACTIONS, SCHOOLS), found, strict=True)) if len(found) == _TWO else {}


def _is_count(value: str) -> bool:
    if not value or len(value) > _MAX_VALUE or "://" in value:
        return False
    try:
        return bool(parse(value, source=""))
    except ChiffreError:
        return False


def with_labels(lines: Sequence[Line], sheets: Sequence[Zone], labels: Labels) -> list[Line]:
    """Write the counts under their usual labels, and the partners' heading on a line of its own."""
    inside = {rank for zone in sheets for rank in range(zone.first, zone.after)}
    guessed = {label: ACTIONS if label in labels.actions else SCHOOLS for label in labels.guessed}
    kept: list[Line] = []
    counted = False
    for rank, line in enumerate(lines):
        if rank not in inside:
            counted = False
            kept.append(line)
            continue
        usual, _label, value = count_label(line.text)
        if not usual and guessed:
            label, _colon, value = line.text.partition(":")
            usual = guessed.get(label.strip(), "")
        if usual:
            counted = True
            line = replace(line, text=f"{usual} : {value.strip()}".strip())  # noqa: PLW2901
        elif counted and (glued := _GLUED_PARTNERS.match(line.text)):
            kept.append(replace(line, text="Partenaires"))
            line = replace(line, text=line.text[glued.end() :], blanks=0)  # noqa: PLW2901
        kept.append(line)
    return kept
