"""The habits of a report, learnt from the report itself, and its lines written again in the usual ones.

Which sign starts an action, which one is a tick, what comes back on every page, how lines wrap: extractors
and authors differ, one file hardly does. Each habit is learnt where its place is sure (under the heading of
the examples, beside the names of the levels) and said, so that a person can contradict it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from accroche.rapport.addresses import is_address
from accroche.rapport.axes import announcement, axe_code
from accroche.rapport.box_lines import with_box_lines
from accroche.rapport.boxes import Boxes, find_boxes, with_boxes
from accroche.rapport.carriers import with_carriers
from accroche.rapport.confusions import name_confused_words, with_figures, with_known_words
from accroche.rapport.dressing import undressed, with_headings_apart
from accroche.rapport.examples import is_action, is_examples_heading
from accroche.rapport.examples_headings import with_examples_headings
from accroche.rapport.frame import is_frame, is_known
from accroche.rapport.headings import with_whole_headings
from accroche.rapport.hyphens import with_apostrophes, without_hyphens
from accroche.rapport.labels import count_label, learn_labels, with_labels, with_whole_labels
from accroche.rapport.layout import (
    find_titles,
    join_titles,
    learn_layout,
    with_forgotten_signs,
    with_layout,
)
from accroche.rapport.lines import Line, folded
from accroche.rapport.notes import without_notes
from accroche.rapport.pages import find_pages, without_pages
from accroche.rapport.problems import Problems
from accroche.rapport.sections import academie_name, is_conclusion, is_heading
from accroche.rapport.signs import (
    ACTION,
    BULLET,
    Zone,
    actions_of,
    learn_signs,
    sign_of,
    with_commas,
    with_lettered_actions,
    with_signs,
)
from accroche.rapport.turned import with_frame_before_examples, with_narrative_first

_MAX_HEADING: Final = 130
_NAMED = re.compile(r"\bacademie (?:de |d'|du |des )(?:la )?\S{1,40}$")
_WORD = re.compile(r"[^\W\d_]{3}")
_SHORT: Final = 60
#: Lines of dates under a heading.
_DATES: Final = 3
_SILENT: Final = "ne sont pas disponibles"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a sheet is in the lines: its heading, its second page, what follows it; each a rank."""

    heading: int
    examples: int
    after: int


@dataclass(frozen=True, slots=True)
class Conventions:
    """What was assumed of a file, in French; nothing for one written in the usual way."""

    told: tuple[str, ...] = ()


def usual(lines: Sequence[Line], problems: Problems) -> tuple[list[Line], Conventions]:
    """Write the lines of a report in the usual way, and say what was assumed to do so.

    What remains doubtful is noted in ``problems`` with its line.
    """
    told: list[str] = []
    if problems.columns:
        told.append(
            f"{len(problems.columns)} passages sont sur deux colonnes : celle de gauche est lue avant celle "
            "de droite."
        )
    pages = find_pages(lines, is_known)
    told += pages.told()
    kept, page_ends = without_pages(lines, pages, is_known)
    kept, told_notes = without_notes(kept, problems)
    told += told_notes
    kept, told_apostrophes = with_apostrophes(kept)
    told += told_apostrophes
    kept, hyphens = without_hyphens(kept)
    told += hyphens.told()
    for number, word in hyphens.unsure:
        problems.note(
            number, word, "Ce mot coupé en fin de ligne est recollé sans trait d’union : vérifiez-le."
        )
    kept = with_whole_headings(kept)
    kept = with_headings_apart(with_whole_labels(_readable(kept, problems)))
    kept = [piece for rank, line in enumerate(kept) for piece in undressed(line, kept[rank + 1 : rank + 2])]
    kept, told_headings = with_examples_headings(kept, [Zone(s.heading, s.after) for s in _sheets(kept)])
    told += told_headings
    kept, told_levels = with_box_lines(kept)
    told += told_levels
    kept, boxes = _boxes(kept, problems)
    told += boxes.told()
    kept, told_moved = with_frame_before_examples(
        kept, [(s.heading, s.examples, s.after) for s in _sheets(kept)]
    )
    told += told_moved
    kept, told_turned = with_narrative_first(kept, _pages_one(_sheets(kept)), problems)
    told += told_turned
    labels = learn_labels(kept, _pages_one(_sheets(kept)))
    told += labels.told()
    kept = with_labels(kept, _pages_one(_sheets(kept)), labels)
    kept, told_signs = _signs(kept, problems, boxes_lost=bool(boxes.lost))
    for line in kept:
        if line.number in page_ends and line.text.startswith(ACTION):
            problems.note(
                line.number, line.text, "Une page finit sous ce titre d’action : vérifiez qu’il est entier."
            )
    confused = name_confused_words(kept, problems, [kept[sheet.heading].number for sheet in _sheets(kept)])
    return kept, Conventions((*told, *told_signs, *confused))


def _readable(lines: Sequence[Line], problems: Problems) -> list[Line]:
    """The lines with the words of the frame, and the figures of counts and dates, that an OCR confused."""
    kept = with_known_words(lines, is_frame, problems)
    for rank, line in enumerate(kept):
        above = kept[max(0, rank - _DATES) : rank] if len(line.text) <= _SHORT else ()
        dated = any(academie_name(one.text) is not None for one in above)
        if dated or count_label(line.text)[2]:
            kept[rank] = with_figures(line, problems)
    return kept


# -- where the sheets are -------------------------------------------------------------------------------


def _sheets(lines: Sequence[Line]) -> list[Sheet]:
    starts = [rank for rank in range(len(lines)) if is_heading(lines, rank)]
    end = next(
        (r for r in range(len(lines) - 1, -1, -1) if folded(lines[r].text[:40]) == "conclusion"), len(lines)
    )
    if not starts or end < starts[-1]:
        end = len(lines)
    sheets: list[Sheet] = []
    if not starts:
        return sheets
    for start, after in zip(starts, [*starts[1:], end], strict=True):
        after = next((r for r in range(start + 1, after) if is_conclusion(lines[r])), after)  # noqa: PLW2901
        examples = next(
            (r for r in range(start, after) if is_examples_heading(lines[r]) or is_action(lines[r])), after
        )
        sheets.append(Sheet(start, examples, after))
    return sheets


def _pages_one(sheets: Sequence[Sheet]) -> list[Zone]:
    return [Zone(sheet.heading, sheet.examples) for sheet in sheets]


def _examples(lines: Sequence[Line], sheets: Sequence[Sheet]) -> list[Zone]:
    """The lines under the heading of the examples, of the sheets that have some."""
    zones = []
    for sheet in sheets:
        first = sheet.examples
        if first < sheet.after and is_examples_heading(lines[first]):
            first = _after_heading(lines, first, sheet.after)
        if first < sheet.after and _SILENT not in lines[first].text and not is_address(lines[first]):
            zones.append(Zone(first, sheet.after))
    return zones


def _after_heading(lines: Sequence[Line], rank: int, after: int) -> int:
    """The rank after a heading of examples, which may wrap inside the name of its académie."""
    key = folded(lines[rank].text)
    rank += 1
    while rank < after and not lines[rank].blanks and not _NAMED.search(key):
        if len(key) > _MAX_HEADING or sign_of(lines[rank].text)[0]:
            break
        key += f" {folded(lines[rank].text)}"
        rank += 1
    return rank


def _axes(lines: Sequence[Line], sheets: Sequence[Sheet]) -> list[tuple[Zone, int]]:
    """The lines after each announcement of axes, up to the boxes or the figures, and the number announced."""
    found = []
    for sheet in sheets:
        for rank in range(sheet.heading, sheet.examples):
            following = lines[rank + 1].text if rank + 1 < len(lines) else ""
            told = announcement(lines[rank].text, following)
            if told is None:
                continue
            first = rank + 1
            while first < sheet.examples and not lines[first - 1].text.endswith(":") and first - rank < 3:  # noqa: PLR2004
                first += 1
            last = first
            while last < sheet.examples and not is_known(lines[last]):
                last += 1
            found.append((Zone(first, last), told[0]))
            break
    return found


# -- boxes, signs, layout -------------------------------------------------------------------------------


def _boxes(lines: Sequence[Line], problems: Problems) -> tuple[list[Line], Boxes]:
    silent = [
        range(sheet.heading, sheet.after)
        for sheet in _sheets(lines)
        if any(_SILENT in lines[rank].text for rank in range(sheet.heading, sheet.after))
    ]
    boxes = find_boxes(lines, silent)
    for run in boxes.runs if "" in boxes.yes else ():
        problems.note(
            lines[run.first].number,
            "",
            "Les coches ont disparu : les cases sans signe sont lues comme cochées. Vérifiez les niveaux.",
        )
    return with_boxes(lines, boxes), boxes


def _signs(
    lines: Sequence[Line], problems: Problems, *, boxes_lost: bool
) -> tuple[list[Line], tuple[str, ...]]:
    sheets = _sheets(lines)
    lines, letter = with_lettered_actions(lines, _examples(lines, sheets))
    axes = _axes(lines, sheets)
    signs = learn_signs(lines, _examples(lines, sheets), [zone for zone, _ in axes])
    if signs.lost and boxes_lost:
        problems.note(
            1,
            "",
            "Aucune action ni case à cocher ne se reconnaît à son signe : les symboles semblent perdus. "
            "Reprenez le fichier d’origine ; pour une édition faite avec Accroche, la source est "
            "« donnees/donnees.json » ou la commande « export_edition ».",
        )
    layout = learn_layout(lines, [Zone(s.heading, s.after) for s in sheets], _narrow(lines, sheets))
    starts: set[int] = set()
    for zone in _examples(lines, sheets):
        found, unsure = actions_of(lines, zone, signs)
        starts |= set(found)
        if signs.shared:
            numbers = ", ".join(str(lines[rank].number) for rank in found)
            problems.note(
                lines[zone.first].number,
                "",
                f"Le même signe ouvre les actions et les listes : {len(found)} actions reconnues (lignes "
                f"{numbers}). Vérifiez qu’il n’en manque pas.",
            )
        for rank in unsure:
            problems.note(
                lines[rank].number,
                lines[rank].text,
                "Le même signe ouvre les actions et les listes : cette ligne est lue comme "
                f"{'le titre d’une action' if rank in found else 'un élément de liste'}. Vérifiez.",
            )
    whole = [Zone(s.heading, s.after) for s in sheets]
    kept = list(with_signs(lines, signs, frozenset(starts), whole))
    for rank in _lost_axes(lines, axes):
        kept[rank] = replace(kept[rank], text=f"{BULLET}{kept[rank].text}")
    kept, told_carriers = with_carriers(kept)
    kept, parted = with_commas(kept)
    kept = with_layout(kept, layout, whole, _narrow(kept, sheets))
    zones = _examples(kept, sheets)
    if signs.lost:
        kept = _titles_by_form(kept, zones, problems)
    kept, unsure_titles = join_titles(kept, zones, layout)
    for number, title in unsure_titles:
        problems.note(
            number,
            title,
            "Rien ne sépare ce titre d’action de sa description : sa fin est supposée. Vérifiez-le.",
        )
    kept = kept if signs.lost else _forgotten(kept, _examples(kept, _sheets(kept)), problems)
    told = (
        (f"Actions : « {letter} » en début de ligne est lu comme le début d’une action.",) if letter else ()
    )
    return kept, (*told, *signs.told(), *told_carriers, *parted, *layout.told())


def _forgotten(lines: Sequence[Line], zones: Sequence[Zone], problems: Problems) -> list[Line]:
    kept, titles = with_forgotten_signs(lines, zones)
    for number, title in titles:
        problems.note(
            number,
            title,
            "Aucun signe n’ouvre cette ligne, qui a la forme d’un titre d’action : elle est lue comme une "
            "action, et ce qui la suit comme sa description. Vérifiez.",
        )
    return kept


def _narrow(lines: Sequence[Line], sheets: Sequence[Sheet]) -> list[Zone]:
    """The boxes of figures and partners: from the first count to the second page."""
    found = []
    for sheet in sheets:
        first = next(
            (r for r in range(sheet.heading, sheet.examples) if count_label(lines[r].text)[0]), sheet.examples
        )
        found.append(Zone(first, sheet.examples))
    return found


def _lost_axes(lines: Sequence[Line], axes: Sequence[tuple[Zone, int]]) -> list[int]:
    """The lines where axes begin when no sign opens them: as many as announced, after a line that ends."""
    found: list[int] = []
    for zone, announced in axes:
        if any(sign_of(lines[rank].text)[0] for rank in range(zone.first, zone.after)):
            continue
        starts = [
            rank
            for rank in range(zone.first, zone.after)
            if lines[rank].text[0].isupper()
            and axe_code(lines[rank].text) is not None
            and (rank == zone.first or lines[rank].blanks or lines[rank - 1].text[-1] in ").;…")
        ]
        found += starts[:announced]
    return found


def _titles_by_form(lines: Sequence[Line], zones: Sequence[Zone], problems: Problems) -> list[Line]:
    kept = list(lines)
    for zone in zones:
        found, unsure = find_titles(lines, zone)
        for rank in found:
            kept[rank] = replace(kept[rank], text=f"\uf0d8 {kept[rank].text}")
        numbers = ", ".join(str(lines[rank].number) for rank in found)
        problems.note(
            lines[zone.first].number,
            "",
            f"Aucun signe n’ouvre les actions : {len(found)} sont reconnues à la forme de leur titre"
            + (f" (lignes {numbers})" if found else "")
            + ". Vérifiez qu’il n’en manque pas et qu’aucune n’est en trop.",
        )
        for rank in unsure:
            problems.note(
                lines[rank].number,
                lines[rank].text,
                f"Cette ligne est lue comme {'un titre d’action' if rank in found else 'du texte'}, sans "
                "certitude.",
            )
    return kept
