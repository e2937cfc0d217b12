"""The grid as a table to fill elsewhere, and what comes back: pure, row by row.

A row carries a mark: whose grid it is, and the version of the answer that was downloaded. So a file filled
during a week away is compared with what was answered meanwhile, and one of another académie is refused whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from accroche.evaluation.evaluation import COMMENT_LENGTH, TOP, ReponseDite, Sans
from accroche.lib.tableur.cellules import Cell, is_blank, number_of, text_of, unneutral
from accroche.lib.texte import slug

CODE, OBJECTIF, TITLE = "Code", "Objectif", "Critère"
LEVELS: Final = tuple(f"Niveau {level}" for level in range(TOP + 1))
EVIDENCE, PROPOSED = "Ce que le site sait", "Niveau proposé"
ANSWER, COMMENT, MARK = "Votre réponse", "Commentaire", "Repère (ne pas changer)"
HEADINGS: Final = (CODE, OBJECTIF, TITLE, *LEVELS, EVIDENCE, PROPOSED, ANSWER, COMMENT, MARK)
#: Columns of long texts, by their place.
WIDE: Final = frozenset(
    HEADINGS.index(one) for one in (OBJECTIF, TITLE, *LEVELS, EVIDENCE, PROPOSED, COMMENT)
)
#: What is written for an answer without a level.
SANS_WORDS: Final = {Sans.NOT_APPLICABLE: "sans objet", Sans.UNKNOWN: "ne sait pas"}
#: Rows looked at: a grid has some twenty.
MOST_ROWS: Final = 1000
_EXPECTED: Final = "écrivez un niveau de 0 à 4, « sans objet » ou « ne sait pas »"
_MARK: Final = re.compile(r"(\d{4}-\d{4}) ([a-z0-9-]+) (\d{1,9})")


class NotAGridError(ValueError):
    """The file is not a grid downloaded here, or another one; the message says which."""


@dataclass(frozen=True, slots=True)
class CritereEcrit:
    """What a row says of a criterion, beside its answer."""

    code: str
    objectif: str
    title: str
    levels: Sequence[str]
    evidence: str = ""
    proposed: str = ""


@dataclass(frozen=True, slots=True)
class Origine:
    """Whose grid a file is: an edition and an académie, as addresses name them."""

    year: str
    academie: str


def row_of(critere: CritereEcrit, told: ReponseDite, version: int, origine: Origine) -> list[Cell]:
    """One row to fill, with what is answered so far."""
    answer: Cell = SANS_WORDS.get(told.sans, "") if told.level is None else told.level
    return [
        critere.code,
        critere.objectif,
        critere.title,
        *critere.levels,
        critere.evidence,
        critere.proposed,
        answer,
        told.comment,
        f"{origine.year} {origine.academie} {version}",
    ]


@dataclass(frozen=True, slots=True)
class LigneLue:
    """A row that came back: the answer it gives, and the version it was downloaded with (None: no mark)."""

    number: int
    code: str
    dite: ReponseDite
    version: int | None


@dataclass(frozen=True, slots=True)
class LigneFautive:
    """A row that is not understood, and what to write."""

    number: int
    code: str
    message: str


@dataclass
class GrilleRemplie:
    """What a file gives: rows that answer, rows to mend, codes of criteria left empty."""

    lues: list[LigneLue] = field(default_factory=list)
    fautives: list[LigneFautive] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)


def read(
    rows: Iterable[tuple[int, Sequence[Cell]]],
    criteres: Mapping[str, Sequence[str]],
    held: Mapping[str, ReponseDite],
    origine: Origine,
) -> GrilleRemplie:
    """Read a filled grid. ``criteres``: the five sentences by code; ``held``: what is answered on the site.

    An empty cell never erases: beside a comment the level of the site stays, beside a level its comment.
    Raises :class:`NotAGridError` for what is no grid, or the grid of another edition or académie.
    """
    found = iter(rows)
    columns = _columns(found)
    lecture, seen = GrilleRemplie(), set()
    for number, cells in _few(found):
        told = {name: cells[place] if place < len(cells) else None for name, place in columns.items()}
        code = _code(told[CODE])
        if not code:
            continue
        if code not in criteres:
            lecture.fautives.append(LigneFautive(number, code, "ce code n’est pas dans la grille"))
            continue
        version = _mark(told.get(MARK), origine)
        if code in seen:
            lecture.fautives.append(LigneFautive(number, code, "ce critère est déjà renseigné plus haut"))
            continue
        seen.add(code)
        _read_row(lecture, number, code, told, criteres[code], held.get(code, ReponseDite()), version)
    if not seen:
        raise NotAGridError(
            "Ce fichier ne contient aucun critère de la grille : déposez celui téléchargé ici."
        )
    lecture.empty += [code for code in criteres if code not in seen]
    return lecture


def _few(rows: Iterator[tuple[int, Sequence[Cell]]]) -> Iterator[tuple[int, Sequence[Cell]]]:
    for count, row in enumerate(rows):
        if count >= MOST_ROWS:
            raise NotAGridError(f"Ce fichier a plus de {MOST_ROWS} lignes : ce n’est pas la grille.")
        yield row


def _columns(rows: Iterator[tuple[int, Sequence[Cell]]]) -> dict[str, int]:
    """The place of each column by its heading, in the first row that has those one fills."""
    wanted = {slug(name): name for name in HEADINGS}
    for _, cells in _few(rows):
        found: dict[str, int] = {}
        for place, cell in enumerate(cells):
            if name := wanted.get(slug(text_of(cell))):
                found.setdefault(name, place)
        if {CODE, ANSWER} <= found.keys():
            return found
    raise NotAGridError(
        f"Ce fichier n’a pas les colonnes « {CODE} » et « {ANSWER} » : déposez la grille téléchargée ici."
    )


def _code(cell: Cell) -> str:
    """A code as the grid has it: a spreadsheet may have made a number of « 1.1 », or a day."""
    return unneutral(text_of(cell)).strip().replace(",", ".")


def _mark(cell: Cell, origine: Origine) -> int | None:
    found = _MARK.fullmatch(text_of(cell))
    if found is None:
        return None
    if (found[1], found[2]) != (origine.year, origine.academie):
        raise NotAGridError(
            f"Ce fichier est la grille de « {found[2]} » pour {found[1]} : déposez celle téléchargée ici."
        )
    return int(found[3])


def _read_row(
    lecture: GrilleRemplie,
    number: int,
    code: str,
    told: Mapping[str, Cell],
    levels: Sequence[str],
    held: ReponseDite,
    version: int | None,
) -> None:
    typed = unneutral(text_of(told[COMMENT])) if COMMENT in told else ""
    # nothing typed erases nothing: the comment of the site stays
    comment = typed or held.comment
    if len(comment) > COMMENT_LENGTH:
        what = f"le commentaire dépasse {COMMENT_LENGTH} caractères"
        lecture.fautives.append(LigneFautive(number, code, what))
        return
    answer = told[ANSWER]
    if is_blank(answer):
        if not typed:
            lecture.empty.append(code)
            return
        lecture.lues.append(LigneLue(number, code, replace(held, comment=comment), version))
        return
    read_ = _answer(answer, levels)
    if read_ is None:
        what = f"« {text_of(answer)[:40]} » n’est pas une réponse : {_EXPECTED}"
        lecture.fautives.append(LigneFautive(number, code, what))
        return
    lecture.lues.append(LigneLue(number, code, replace(read_, comment=comment), version))


def _answer(cell: Cell, levels: Sequence[str]) -> ReponseDite | None:
    """What an answer says: a number, « niveau 3 », « sans objet », or the sentence of the level itself."""
    text = unneutral(text_of(cell))
    key = slug(text)
    for sans, words in SANS_WORDS.items():
        if key in {slug(words), slug(sans.label)}:
            return ReponseDite(sans=sans)
    for level, sentence in enumerate(levels):
        if key == slug(sentence):
            return ReponseDite(level)
    if re.fullmatch(r"(?:niveau\s+)?\d(?:[.,]0+)?", text.lower()):
        told = number_of(text.lower().removeprefix("niveau").strip())
        if told is not None and told <= TOP:
            return ReponseDite(told)
    return None
