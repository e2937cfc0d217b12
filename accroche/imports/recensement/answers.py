"""One answer for all the rows of a file that do not say it: what is asked, how an answer is read; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from accroche.actions.regles import Temporalite
from accroche.annuaire.regles import Niveau
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.niveaux import is_everybody, read_levels
from accroche.imports.recensement.row import LIMITS, LINES, Row
from accroche.imports.recensement.words import UAI, moment_of
from accroche.lib import uai
from accroche.lib.dates import Window
from accroche.lib.texte import liste


class AnswerError(ValueError):
    """An answer that cannot be taken; the message is French."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something a whole file may be asked.

    ``field``: what of a sheet it gives. ``read`` takes an answer as people write it, and returns it as it is
    kept, or raises :class:`AnswerError`. ``choices``: the answers offered, value and label; none for a text.
    """

    key: str
    field: str
    label: str
    help: str
    read: Callable[[str], str]
    choices: tuple[tuple[str, str], ...] = ()


def _moment(text: str) -> str:
    found = Temporalite(text) if text in set(Temporalite) else moment_of(text)
    if not found:
        raise AnswerError(
            f"« {text} » ne dit pas quand les actions ont lieu. Écrivez semaine (pendant la semaine), annee "
            "(toute l’année) ou les_deux."
        )
    return found.value


def _niveaux(text: str) -> str:
    found = read_levels(text)
    if not found.levels or found.unread:
        raise AnswerError(
            f"« {text[:100]} » ne se lit pas comme des niveaux. "
            f"Écrivez {liste(level.label for level in Niveau)}, séparés par des points-virgules."
        )
    return " ; ".join(level.label for level in found.levels)


def _porteur(text: str) -> str:
    if len(text) > _LONGEST:
        raise AnswerError(f"Le nom du porteur compte {len(text)} caractères, {_LONGEST} au plus.")
    if not UAI.fullmatch(text):
        return " ".join(text.split())
    try:
        return uai.parse(text)
    except uai.UaiError as error:
        raise AnswerError(str(error)) from error


def _titre(text: str) -> str:
    title = " ".join(text.split())
    if len(title) > LIMITS[Champ.TITRE]:
        raise AnswerError(f"Ce titre compte {len(title)} caractères, {LIMITS[Champ.TITRE]} au plus.")
    return title


#: What the rows without a title are called.
TITRE: Final = "titre"
#: Who carries the rows that name nobody: asked where the page asks about names.
PORTEUR: Final = "porteur"
_LONGEST: Final = 200
#: A public of everybody names no level of school.
_ANYBODY: Final = re.compile(r"\b(?:publics?|tous|toute?s?)\b", re.IGNORECASE)

#: What a file may be asked, in the order of the page; each key is an option of the command as well.
QUESTIONS: Final = (
    Question(
        TITRE,
        "title",
        "Titre des lignes qui n’en ont pas",
        "titre des lignes qui n’en ont pas : « Portes ouvertes »",
        _titre,
    ),
    Question(
        "moment",
        "temporality",
        "Ces actions ont lieu",
        "moment des lignes qui ne le disent pas : semaine, annee ou les_deux",
        _moment,
        tuple((one.value, one.label) for one in Temporalite if one),
    ),
    Question(
        "niveaux",
        "levels",
        "Niveaux de ces actions",
        "niveaux des lignes qui n’en disent pas, et dont le porteur n’est pas une école",
        _niveaux,
    ),
    Question(
        PORTEUR,
        "porteurs",
        "Ces actions sont portées par",
        "qui porte les lignes qui ne nomment personne : un nom (« Mairie de Nolay ») ou un UAI",
        _porteur,
    ),
)
QUESTION_OF: Final = {question.key: question for question in QUESTIONS}


def answers_of(told: Mapping[str, str | None]) -> dict[str, str]:
    """Read the answers given among ``told``, by key; a question without an answer is not there.

    Raises :class:`AnswerError`.
    """
    written = {question: (told.get(question.key) or "").strip() for question in QUESTIONS}
    return {question.key: question.read(text) for question, text in written.items() if text}


def entitle(row: Row, answers: Mapping[str, str]) -> None:
    """Give a row that has no title the one of the whole file; a sheet of the site keeps its own."""
    if not row.title and not row.identifiant and (title := answers.get(TITRE)):
        row.title = title
        row.remarks[:] = [one for one in row.remarks if one.champ is not Champ.TITRE]


def fill(row: Row, answers: Mapping[str, str]) -> None:
    """Give a new row what it does not say and the file was asked."""
    if not row.temporality and (moment := answers.get("moment")):
        row.temporality = Temporalite(moment)
    if not row.levels and (levels := answers.get("niveaux")):
        row.levels = read_levels(levels).levels


def levels_told(row: Row, schools: Collection[Niveau]) -> tuple[Niveau, ...]:
    """Return the levels of a new row that has none: those its public or its classes name, else its schools'.

    Where they are not those of the schools, its remarks say so.
    """
    for text in (row.audience_note, str(getattr(row, LINES[Champ.CLASSES]))):
        found = read_levels(text)
        if found.levels and not found.unread and not is_everybody(text) and not _ANYBODY.search(text):
            if set(found.levels) != set(schools):
                told = liste(level.label for level in found.levels)
                row.note(Champ.NIVEAUX, f"Lus d’après « {text} » : {told}.", blocks=False)
            return found.levels
    return tuple(level for level in Niveau if level in schools)


def of_the_school(row: Row, schools: Collection[Niveau]) -> None:
    """Read « lycéens » of a lycée professionnel alone as its own, and say so."""
    if Niveau.LYCEE in row.levels and set(schools) == {Niveau.LYCEE_PROFESSIONNEL}:
        if Niveau.LYCEE_PROFESSIONNEL not in row.levels:
            row.note(
                Champ.NIVEAUX,
                "« Lycée » est lu « Lycée professionnel » : c’est celui de l’établissement.",
                blocks=False,
            )
        told = {*row.levels, Niveau.LYCEE_PROFESSIONNEL} - {Niveau.LYCEE}
        row.levels = tuple(level for level in Niveau if level in told)


def infer(row: Row, windows: Iterable[Window]) -> None:
    """Give a row that does not say when it takes place what its days tell: all within a semaine."""
    if row.temporality or row.starts is None or row.ends is None:
        return
    if any(first <= row.starts and row.ends <= last for first, last in windows):
        row.temporality, row.moment_is_inferred = Temporalite.SEMAINE, True


def asked(missing: Iterable[str], answers: Mapping[str, str]) -> tuple[Question, ...]:
    """Return what a file is to be asked: what some of its rows lack, and what was answered already.

    Who carries them is asked elsewhere, beside the names nobody knows.
    """
    lacking = set(missing)
    some = (one for one in QUESTIONS if one.key != PORTEUR)
    return tuple(one for one in some if one.field in lacking or one.key in answers)
