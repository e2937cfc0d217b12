"""The fields of a sheet: dates, ordinal, levels, figures, axes, sponsor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from accroche.dossier.dossier import AxeRetenu, Niveau
from accroche.lib.chiffres import Chiffre, ChiffreError, parse
from accroche.lib.dates import DateError, Window, parse_windows
from accroche.lib.texte import OrdinalError, liste, parse_ordinal, pluriel
from accroche.rapport.axes import axe_code
from accroche.rapport.boxes import TICKED, UNKNOWN, UNTICKED
from accroche.rapport.datation import in_words
from accroche.rapport.lines import Line, folded
from accroche.rapport.paragraphs import Paragraph
from accroche.rapport.phrases import flat
from accroche.rapport.problems import Problems

_SIGNS: Final = TICKED + UNTICKED + UNKNOWN
_BOX = re.compile(f"([{_SIGNS}])([^{_SIGNS}]*)")
_NIVEAUX: Final = {
    "premier degre": Niveau.PREMIER_DEGRE,
    "college": Niveau.COLLEGE,
    "lycee": Niveau.LYCEE,
    "lycee professionnel": Niveau.LYCEE_PROFESSIONNEL,
}
_COUNTED = re.compile(r" (?=[0-9]{1,5} (?:actions?|projets?|[ée]coles?|[ée]tablissements?)\b)")
#: The end of a label that a line end has cut, with the number of that label: « qués : 30 ».
_OTHER_COUNT = re.compile(r"[^\W\d_A-ZÀ-Þ][^:0-9]{0,60}: ?(?:[0-9]|[Uu]ne? |N\.? ?C\b)")
#: What authors write where there is nothing to count.
_NOTHING: Final = " \n-–—/"
#: A figure longer than this is no figure.
_MAX_CHIFFRE: Final = 600
# Where a paragraph says which edition it is about.
_OPENING: Final = 600
# Read without accents nor capitals, which some texts have lost.
_OWN_SEMAINE = re.compile(r"\bsa ([\w-]+) (?:semaine|edition)\b")
_EDITION_OF = re.compile(r"la ([\w-]+) (?:edition de la )?semaine\b.{0,120}\bacademie\b")
_CONTINUITY = re.compile(r"\bcontinuite de la ([\w-]+) (?:semaine|edition)\b")
_SPONSOR = re.compile(
    r"(?:Le |La |L’|Les )?([^.]{2,80}?) (?:est|sont) (?:le parrain|la marraine|les parrains)\b"
)
_SPONSORED_BY = re.compile(r"\bparrainée? par ([^.,;]{2,100})")


def is_box(line: Line) -> bool:
    """Tell whether a line is a box to tick."""
    return _BOX.match(line.text) is not None


def read_dates(lines: Sequence[Line], edition: str, problems: Problems) -> tuple[Window, ...]:
    """Read the windows; lines that wrap are read together, a line not understood is reported."""
    try:
        return parse_windows([in_words(line.text) for line in lines], edition)
    except DateError:
        pass
    found: list[Window] = []
    for line in lines:
        try:
            found.extend(parse_windows([in_words(line.text)], edition))
        except DateError as error:
            problems.note(line.number, line.text, f"{error}")
    return tuple(found)


def read_ordinal(narrative: Iterable[Paragraph]) -> int | None:
    """Read which edition of the académie this is, None when the text does not say.

    Only what the académie says of itself counts: a département may be ahead of it (Nièvre),
    and « dans la continuité de la première Semaine » makes this one the second.
    """
    for paragraph in narrative:
        text = flat(paragraph.text[:_OPENING])
        match, offset = None, 0
        if text.startswith("l'academie"):
            match = _OWN_SEMAINE.search(text)
        if match is None:
            match = _EDITION_OF.match(text)
        if match is None:
            match, offset = _CONTINUITY.search(text), 1
        if match is None:
            continue
        try:
            return parse_ordinal(match.group(1)) + offset
        except OrdinalError:
            continue
    return None


def read_niveaux(
    lines: Sequence[Line], default: int, problems: Problems
) -> tuple[frozenset[Niveau], tuple[Niveau, ...]]:
    """Read the ticked boxes, and the levels whose box cannot be read while others can.

    Nothing is told of any level when no box can be read: unknown is not unticked.
    """
    seen: dict[Niveau, bool] = {}
    for line in lines:
        for sign, label in _BOX.findall(line.text):
            niveau = _NIVEAUX.get(folded(label).rstrip(" :;,."))
            if niveau is None:
                problems.note(
                    line.number,
                    line.text[1:].strip(),
                    "Cette case ne nomme aucun des quatre niveaux (premier degré, collège, lycée, lycée "
                    "professionnel) : elle est laissée de côté. Corrigez son libellé.",
                )
            elif sign == UNKNOWN:
                continue
            elif niveau in seen and seen[niveau] != (sign == TICKED):
                problems.note(
                    line.number,
                    line.text[1:].strip(),
                    "Ce niveau a déjà une case, qui dit le contraire : la première compte. Supprimez celle "
                    "qui est en trop.",
                )
            else:
                seen[niveau] = sign == TICKED
    missing = tuple(niveau for niveau in Niveau if niveau not in seen)
    number = lines[0].number if lines else default
    if not seen:
        problems.note(
            number,
            "",
            "Aucune case à cocher ne se lit : les niveaux de cette académie restent inconnus. Cochez-les "
            "dans sa fiche.",
        )
    elif missing:
        problems.note(
            number,
            "",
            f"{pluriel(len(missing), 'Case à cocher illisible', 'Cases à cocher illisibles')} : "
            f"{liste(one.label.lower() for one in missing)}. "
            f"{pluriel(len(missing), 'Ce niveau reste inconnu', 'Ces niveaux restent inconnus')} ; "
            "complétez la fiche.",
        )
    return frozenset(niveau for niveau, ticked in seen.items() if ticked), missing if seen else ()


def read_chiffres(
    lines: Sequence[Line], what: str, default: int, source: str, problems: Problems
) -> tuple[Chiffre, ...]:
    """Read one figure, « Nombre … : » and its wrapped lines; an unreadable one is unavailable."""
    valued = bool(lines) and not lines[0].text.endswith(":")
    other = next((r for r, line in enumerate(lines) if r and _OTHER_COUNT.match(line.text)), len(lines))
    if valued and other < len(lines):
        problems.note(
            lines[other].number,
            lines[other].text,
            f"Cette ligne, sous le nombre {what}, semble finir un autre libellé : son nombre n’y est pas "
            "ajouté. Complétez la fiche.",
        )
        lines = lines[:other]
    raw = "\n".join(line.text for line in lines)
    value = raw.partition(":")[2].strip(_NOTHING)
    number = lines[0].number if lines else default
    problem = ""
    if not value:
        problem = f"Le nombre {what} manque. Écrivez un nombre, ou « N.C. »."
    elif len(value) > _MAX_CHIFFRE:
        problem = f"Le nombre {what} est noyé dans un long texte. Ne laissez que le nombre et sa précision."
    else:
        try:
            return parse(value, source=source)
        except ChiffreError as error:
            problem = f"{error}"
        try:  # two counts that stood each on its line
            return parse(_COUNTED.sub("\n", " ".join(value.split())), source=source)
        except ChiffreError:
            pass
    problems.note(number, raw, problem)
    return parse("", source=source)


def read_axes(
    bullets: Sequence[Paragraph], expected: int, number: int, problems: Problems
) -> tuple[AxeRetenu, ...]:
    """Classify the bullets of the axes list, and compare their number with the one announced."""
    axes: list[AxeRetenu] = []
    for bullet in bullets:
        code = axe_code(bullet.text)
        if code is None:
            problems.note(
                bullet.number,
                bullet.text,
                "Cet axe de travail ne correspond à aucun des dix axes du catalogue : il n’est pas repris. "
                "Rattachez-le à la main.",
            )
        else:
            axes.append(AxeRetenu(code, bullet.text.rstrip(" ;.")))
    if len(bullets) != expected:
        problems.note(
            number,
            "",
            f"Le texte annonce {expected} {pluriel(expected, 'axe', 'axes')} de travail et en énumère "
            f"{len(bullets)}. Vérifiez la liste.",
        )
    return tuple(axes)


def read_sponsor(paragraphs: Iterable[Paragraph]) -> str:
    """Give the sponsor's name, empty when none is named."""
    for paragraph in paragraphs:
        text = paragraph.text[: _OPENING * 2]
        match = _SPONSOR.match(text)
        if match:
            return match.group(1)
        match = _SPONSORED_BY.search(text)
        if match:
            return _proper_name(match.group(1))
    return ""


def _proper_name(group: str) -> str:
    """Keep the name that closes « l’ex-basketteur professionnel Yohann Sangaré »."""
    words = group.split()
    rank = len(words)
    while rank and words[rank - 1][0].isupper():
        rank -= 1
    return " ".join(words[rank:]) or group
