"""Who carries the action of a row: schools of the académie, found in the directory, and others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from accroche.actions.saisie import PorteurSaisi
from accroche.annuaire.appariement import Decision, Match
from accroche.annuaire.models import Academie, Etablissement
from accroche.annuaire.queries.reconnaissance import Matcher
from accroche.annuaire.regles import NIVEAU_DE, Niveau, TypePorteur
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.rows import Row
from accroche.imports.recensement.words import kind_of
from accroche.lib.texte import slug

#: How many schools are proposed for a mention that names none for sure.
PROPOSED = 3


@dataclass(frozen=True, slots=True)
class Ecole:
    """A school of the directory, as rows need it."""

    uai: str
    kind: str
    name: str
    commune: str
    email: str
    departement: int

    @property
    def level(self) -> Niveau | None:
        """The level it stands for."""
        return NIVEAU_DE.get(TypePorteur(self.kind))

    def __str__(self) -> str:
        return f"{self.name}, {self.commune} ({self.uai})"


@dataclass(frozen=True, slots=True)
class Reconnaissance:
    """What a mention is: schools, another organisation, or nobody for sure with what to choose from."""

    ecoles: tuple[Ecole, ...] = ()
    organisme: PorteurSaisi | None = None
    proposed: tuple[Ecole, ...] = ()


_COLUMNS = ("uai", "kind", "name", "commune", "email", "departement_id")


class Ecoles:
    """The schools of one académie of its time; a mention is looked for once."""

    def __init__(self, academie: Academie, day: dt.date) -> None:
        """Read the académie's schools; ``day``: the day names are looked for."""
        self.academie, self.day = academie, day
        self.departements = frozenset(academie.departements.values_list("pk", flat=True))
        rows = Etablissement.objects.of_academie(academie).order_by("uai").values_list(*_COLUMNS)
        self._by_uai: dict[str, Ecole | None] = {row[0]: Ecole(*row) for row in rows}
        self._by_words: dict[str, list[Ecole]] = {}
        for school in self._by_uai.values():
            if school:
                for words in {slug(f"{school.name} {school.commune}"), slug(school.name)}:
                    self._by_words.setdefault(words, []).append(school)
        self._answers: dict[tuple[str, ...], tuple[Reconnaissance, ...]] = {}

    def porteurs(self, row: Row) -> tuple[list[Ecole], list[PorteurSaisi]]:
        """Return the schools and the other organisations that carry the action of ``row``.

        What is not found, or is of another académie, is told in the remarks of the row.
        """
        schools = [school for code in row.codes if (school := self._coded(row, code))]
        others: list[PorteurSaisi] = []
        # names beside codes say the same schools again
        mentions = row.mentions if len(row.mentions) > len(row.codes) else ()
        for mention, answer in zip(mentions, self._named(mentions, row), strict=True):
            schools += answer.ecoles
            if answer.organisme:
                others.append(answer.organisme)
            elif not answer.ecoles:
                _tell(row, mention, answer)
        return list({school.uai: school for school in schools}.values()), list(dict.fromkeys(others))

    def _coded(self, row: Row, code: str) -> Ecole | None:
        school = self._school(code)
        champ = Champ.UAI
        if school is None:
            row.note(champ, f"L’annuaire ne connaît pas le code « {code} ».", "Vérifiez-le dans l’annuaire.")
        elif not self._is_own(school):
            row.note(
                champ,
                f"« {school} » n’est pas de l’académie « {self.academie} ».",
                "Retirez la ligne, ou confiez-la à son académie.",
            )
            return None
        return school

    def _school(self, code: str) -> Ecole | None:
        if code not in self._by_uai:
            found = Etablissement.objects.filter(uai=code).values_list(*_COLUMNS).first()
            self._by_uai[code] = Ecole(*found) if found else None
        return self._by_uai[code]

    def _named(self, mentions: tuple[str, ...], row: Row) -> tuple[Reconnaissance, ...]:
        """An answer for each mention; the same words of the same row are looked for once."""
        if not mentions:
            return ()
        first = mentions[0]
        if row.type_word and slug(row.type_word) not in slug(first):
            mentions = (f"{row.type_word} {first}", *mentions[1:])
        place = row.commune if slug(row.commune) not in slug(" ".join(mentions)) else ""
        key = (*mentions, place)
        if key not in self._answers:
            known = [self._known(mention, place) for mention in mentions]
            rest = [mention for mention, answer in zip(mentions, known, strict=True) if answer is None]
            found = iter(self._recognised(rest, place))
            self._answers[key] = tuple(answer or next(found) for answer in known)
        return self._answers[key]

    def _known(self, mention: str, place: str) -> Reconnaissance | None:
        """The very name of one school, or an organisation that is none."""
        exact = self._by_words.get(slug(f"{mention} {place}"), [])
        if len(exact) == 1:
            return Reconnaissance(ecoles=(exact[0],))
        kind = kind_of(mention)
        return (
            Reconnaissance(organisme=PorteurSaisi(kind=kind, name=mention[:200], commune=place[:100]))
            if kind
            else None
        )

    def _recognised(self, mentions: list[str], place: str) -> list[Reconnaissance]:
        """What the directory recognises: together first, since « Collèges A ; B » names two collèges."""
        if not mentions:
            return []
        whole = self._matcher.match(self.academie.name, " ; ".join(mentions), place)
        parts = whole.parts or (whole,)
        if len(parts) == len(mentions):
            return [self._answer(part) for part in parts]
        if all(part.decision is Decision.AUTO for part in parts):
            schools = tuple(school for part in parts for school in self._answer(part).ecoles)
            return [Reconnaissance(ecoles=schools)] * len(mentions)
        return [self._answer(self._matcher.match(self.academie.name, one, place)) for one in mentions]

    def _answer(self, match: Match) -> Reconnaissance:
        schools = tuple(
            school for one in match.candidates if (school := self._school(one.uai)) and self._is_own(school)
        )
        if match.decision is Decision.AUTO and schools:
            return Reconnaissance(ecoles=schools[:1])
        return Reconnaissance(proposed=schools[:PROPOSED])

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher.for_directory(self.day)

    def _is_own(self, school: Ecole) -> bool:
        return school.departement in self.departements


def _tell(row: Row, mention: str, answer: Reconnaissance) -> None:
    if answer.proposed:
        suggestion = f"Est-ce {' ou '.join(str(school) for school in answer.proposed)} ? Écrivez son UAI."
    elif row.commune:
        suggestion = "Vérifiez le nom et la commune, ou écrivez l’UAI de l’établissement."
    else:
        suggestion = "Ajoutez la commune, ou écrivez l’UAI de l’établissement."
    row.note(Champ.ETABLISSEMENT, f"« {mention} » n’est pas reconnu à coup sûr dans l’annuaire.", suggestion)
