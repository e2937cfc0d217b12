"""Who carries the action of a row: schools of the académie, found in the directory, and others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from accroche.actions.saisie import PorteurSaisi
from accroche.annuaire.appariement import (
    AWAY,
    LONGEST_MENTION,
    MOST_PARTS,
    PLACED,
    Decision,
    Heir,
    Match,
    answer_key,
    says_kind,
)
from accroche.annuaire.models import Academie, Etablissement
from accroche.annuaire.organismes import describes_a_kind, kind_of, says_a_kind_alone, sounds_like_a_school
from accroche.annuaire.queries.reconnaissance import Matcher
from accroche.annuaire.queries.succession import heirs
from accroche.annuaire.regles import TypePorteur
from accroche.imports.queries.academies import Academies
from accroche.imports.queries.ecole import COLUMNS, Ecole, Nomme, Reconnaissance
from accroche.imports.queries.memoire import answered, organisations_of
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.inconnus import Inconnu, Inconnus
from accroche.imports.recensement.lieux import tell_place, together
from accroche.imports.recensement.mentions import carriers_in, searched, unsaid, with_kinds_alone
from accroche.imports.recensement.porteurs import (
    LONGEST_NAME,
    TOO_LONG,
    tell_name,
    tell_nobody,
)
from accroche.imports.recensement.row import Row
from accroche.imports.recensement.words import no_nowhere
from accroche.lib.gardees import Gardees
from accroche.lib.texte import de, slug

#: How many schools are proposed for a mention that names none for sure.
PROPOSED = 3
#: Parts of one name that commas or « et » separate.
_PARTS = 4
#: Mentions whose answer is kept: a file has few that come back, or is of strangers.
_MOST_KEPT = 2**14
_ELSEWHERE = "Retirez la ligne, ou confiez-la à son académie."


class Ecoles:
    """The schools of one académie of its time; a mention is looked for once."""

    def __init__(
        self,
        academie: Academie,
        day: dt.date,
        since: dt.date,
        *,
        porteur: str = "",
        told: Mapping[str, str] | None = None,
    ) -> None:
        """Read the académie's schools; ``day``: the day names are looked for.

        ``since``: what closed until that day carries no new sheet.
        ``porteur``: who carries the rows that name nobody. ``told``: what names are, an UAI or a kind of
        organisation, before what is remembered.
        """
        self.academie, self.day, self.since = academie, day, since
        self.departements = frozenset(academie.departements.values_list("pk", flat=True))
        rows = Etablissement.objects.of_academie(academie).order_by("uai").values_list(*COLUMNS)
        self._by_uai: dict[str, Ecole | None] = {row[0]: Ecole(*row) for row in rows}
        self._by_words: dict[str, list[Ecole]] = {}
        for school in self._by_uai.values():
            if school and not self._has_closed(school):
                for words in {slug(f"{school.name} {school.commune}"), slug(school.name)}:
                    self._by_words.setdefault(words, []).append(school)
        self._answers: Gardees[tuple[str, ...], tuple[Nomme, ...]] = Gardees(_MOST_KEPT)
        self._besides: Gardees[tuple[str, ...], tuple[tuple[str, ...], Ecole | None]] = Gardees(_MOST_KEPT)
        now = {self._key(name): what for name, what in (told or {}).items()}
        before = {key: what for key, what in answered(academie).items() if key[0] not in now}
        self._told = before | {(name, ""): what for name, what in now.items()}
        self._academies = Academies(academie, day)
        self._default = carriers_in(porteur)
        self.unknown = Inconnus()
        self.without = 0

    def carriers(self, told: Iterable[str]) -> dict[str, Any]:
        """What was met, as JSON values: see ``Inconnus.as_json``; rows ``without`` carrier, names not met."""
        strangers = [name for name in told if self._key(name) not in self.unknown]
        return self.unknown.as_json() | {"without": self.without, "strangers": strangers}

    def porteurs(self, row: Row) -> tuple[list[Ecole], list[PorteurSaisi]]:
        """Return the schools and the other organisations that carry the action of ``row``.

        What is not found, or is of another académie, is told in the remarks of the row.
        """
        if row.academie and (other := self._academies.other(row.academie)):
            self._tell_elsewhere(row, other)
            return [], []
        schools = [school for code in row.codes if (school := self._coded(row, code))]
        mentions = self._beside(row, schools) if row.codes else row.mentions
        named = self._named(mentions, row.commune, row.type_word)
        if row.names_places and not row.codes:
            named = tuple(one for one in named if one[2].ecoles or one[2].is_sure)
        wrong = any(one.champ in {Champ.UAI, Champ.ETABLISSEMENT} for one in row.remarks)
        if not row.codes and not named and not wrong:
            self.without += 1
            schools, named = self._by_default(row)
        others: list[PorteurSaisi] = []
        for mention, place, answer in named:
            schools += answer.ecoles
            if answer.organisme:
                others.append(answer.organisme)
                tell_name(row, answer.organisme)
            if answer.gone:
                row.note(Champ.ETABLISSEMENT, f"« {mention} » : {answer.gone}, qui est retenu.", blocks=False)
            elif answer.ecoles and answer.is_away:
                row.note(
                    Champ.ETABLISSEMENT,
                    f"« {mention} » est lu comme « {answer.ecoles[0]} » : la commune écrite est une autre.",
                    "Si c’est un autre établissement, écrivez son UAI.",
                    blocks=False,
                )
            if answer.answer or not answer.is_known:
                self._meet(row, mention, place, answer)
            if not answer.is_known:
                self._tell(row, mention, place, answer)
        return list({school.uai: school for school in schools}.values()), list(dict.fromkeys(others))

    def refuse_closed(self, row: Row, porteurs: Iterable[PorteurSaisi], held: Collection[str] = ()) -> None:
        """Refuse ``row`` for each school that closed before the school year, with the one that follows it.

        ``held``: the UAI of those that its sheet has already: they may stay.
        """
        for one in porteurs:
            school = self._school(one.uai) if one.uai and one.uai not in held else None
            if school is None or school.closed_on is None or not self._has_closed(school):
                continue
            heir = self._school(self._heirs[school.uai].uai) if school.uai in self._heirs else None
            if heir is None or self._has_closed(heir):
                told, advice = "", "Écrivez l’UAI de l’établissement d’aujourd’hui."
            else:
                told, advice = f" ; son successeur : {heir}", "Écrivez son UAI si c’est le vôtre."
            champ = Champ.UAI if school.uai in row.codes else Champ.ETABLISSEMENT
            row.note(champ, f"« {school} » a fermé en {school.closed_on.year}{told}.", advice)

    def _has_closed(self, school: Ecole) -> bool:
        """Whether it was no more when the school year began."""
        return school.closed_on is not None and school.closed_on <= self.since

    @cached_property
    def _heirs(self) -> Mapping[str, Heir]:
        return heirs()

    @cached_property
    def _heirs_told(self) -> Mapping[str, Sequence[str]]:
        """What is said of a school that took the place of others, by its UAI."""
        found: dict[str, list[str]] = {}
        for heir in self._heirs.values():
            found.setdefault(heir.uai, []).append(heir.told)
        return found

    def _by_default(self, row: Row) -> tuple[list[Ecole], tuple[Nomme, ...]]:
        """Who carries the rows that name nobody; a sheet of the site keeps its own, or says whose it is."""
        codes, names = ((), ()) if row.identifiant else self._default
        if not codes and not names:
            tell_nobody(row)
        elif halls := [one for one in row.mentions if no_nowhere(one)]:
            tell_place(row, together((*halls, row.place, row.commune)))
        return [school for code in codes if (school := self._coded(row, code))], self._named(names, "", "")

    def _beside(self, row: Row, schools: Sequence[Ecole]) -> tuple[str, ...]:
        """The names beside codes that are somebody else: most say the same schools again."""
        key = (*row.codes, "", *row.mentions, "", row.commune)
        known = self._besides.get(key)
        if known is None:
            known = self._besides[key] = self._compared(row, schools)
        others, named = known
        if named:
            row.note(
                Champ.UAI,
                f"L’UAI est celui de « {schools[0]} », le nom celui de « {named} » : l’UAI est suivi.",
                "Corrigez l’un ou l’autre s’ils ne disent pas le bon établissement.",
                blocks=False,
            )
        return others

    def _compared(self, row: Row, schools: Sequence[Ecole]) -> tuple[tuple[str, ...], Ecole | None]:
        """The names that are not those of the codes; a school that one of them is for sure, and no code."""
        place = unsaid(row.commune, row.mentions)
        mentions = self._joined(row.mentions, place)
        said = _words_of(schools)
        others = tuple(one for one in mentions if not said.issuperset(slug(one).split("-")))
        if len(mentions) > len(row.codes):
            return others, None
        found = (self._exact(one, place) for one in others)
        return (), next((one for one in found if one and schools and one.uai not in row.codes), None)

    def _coded(self, row: Row, code: str) -> Ecole | None:
        school = self._school(code)
        if school is None:
            row.note(
                Champ.UAI, f"L’annuaire ne connaît pas le code « {code} ».", "Vérifiez-le dans l’annuaire."
            )
        elif not self._is_own(school):
            row.note(Champ.UAI, self._words_elsewhere(school), _ELSEWHERE)
            return None
        return school

    def _school(self, code: str) -> Ecole | None:
        if code not in self._by_uai:
            found = Etablissement.objects.filter(uai=code).values_list(*COLUMNS).first()
            self._by_uai[code] = Ecole(*found) if found else None
        return self._by_uai[code]

    def _named(self, mentions: tuple[str, ...], commune: str, type_word: str) -> tuple[Nomme, ...]:
        """Each mention, its commune when it does not say it, and an answer; looked for once."""
        if not mentions:
            return ()
        key = (*mentions, commune, type_word)
        if key not in self._answers:
            place = unsaid(commune, mentions)
            joined = self._joined(mentions, place)
            known = [self._known(mention, place, type_word) for mention in joined]
            rest = [mention for mention, answer in zip(joined, known, strict=True) if answer is None]
            found = iter(self._recognised(rest, place, type_word))
            self._answers[key] = tuple(
                (mention, place, answer or next(found)) for mention, answer in zip(joined, known, strict=True)
            )
        return self._answers[key]

    def _joined(self, mentions: tuple[str, ...], place: str) -> tuple[str, ...]:
        """The mentions, with what is one name put together again: official names hold commas."""
        found: list[str] = []
        first = 0
        while first < len(mentions):
            last = next(
                (
                    last
                    for last in range(min(len(mentions), first + _PARTS), first + 1, -1)
                    if self._exact(" ".join(mentions[first:last]), place)
                    and not all(self._exact(one, place) for one in mentions[first:last])
                ),
                first + 1,
            )
            found.append(", ".join(mentions[first:last]))
            first = last
        return with_kinds_alone(found)

    def _exact(self, mention: str, place: str) -> Ecole | None:
        """The one school of that very name."""
        exact = self._by_words.get(slug(f"{mention} {place}"), ())
        return exact[0] if len(exact) == 1 else None

    def _known(self, mention: str, place: str, type_word: str) -> Reconnaissance | None:
        """The very name of one school, what somebody answered, or an organisation that says what it is."""
        if exact := self._exact(mention, place):
            return Reconnaissance(ecoles=(exact,))
        name, where = self._key(mention), answer_key("", "", place)[2]
        told = self._told.get((name, where)) or self._told.get((name, ""))
        if told and told[:1].isdigit():
            school = self._school(told)
            if school and self._is_own(school):
                return Reconnaissance(ecoles=(school,), answer=told)
        elif told:
            return Reconnaissance(organisme=PorteurSaisi(kind=told, name=mention, commune=place), answer=told)
        kind = kind_of(mention)
        if says_a_kind_alone(mention) or describes_a_kind(mention):  # which one, its commune alone may tell
            if kind is not TypePorteur.COLLECTIVITE or not place:
                return None
            mention = f"{mention[:1].upper()}{mention[1:]} {de(place)}"
        if kind and says_kind(mention) and (held := self._service(mention, place, kind)):
            return Reconnaissance(ecoles=(held,))
        kind = kind or self._organisations.get(name)
        if kind is None and not sounds_like_a_school(mention):
            kind = kind_of(type_word)  # « Type : association »
        return (
            Reconnaissance(organisme=PorteurSaisi(kind=kind, name=mention, commune=place)) if kind else None
        )

    def _service(self, mention: str, place: str, kind: TypePorteur) -> Ecole | None:
        """A service or a maison familiale that the directory holds, under its code: some directories do."""
        found = self._answer(self._matcher.match(self.academie.name, mention, place), mention).ecoles
        same = found and (found[0].kind == kind or kind is TypePorteur.ASSOCIATION)
        return found[0] if same else None

    def _recognised(self, mentions: list[str], place: str, type_word: str) -> list[Reconnaissance]:
        """What the directory recognises: together first, since « Collèges A ; B » names two collèges."""
        if not mentions:
            return []
        texts = searched(mentions, type_word)
        together = " ; ".join(texts)
        # of a longer list those that recognise read the beginning alone: its last schools would be lost
        parts: tuple[Match, ...] = ()
        if len(texts) <= MOST_PARTS and len(together) <= LONGEST_MENTION:
            whole = self._matcher.match(self.academie.name, together, place)
            parts = whole.parts or (whole,)
        if len(parts) == len(texts):
            found = [self._answer(part, text) for part, text in zip(parts, texts, strict=True)]
        elif parts and all(part.decision is Decision.AUTO for part in parts):
            schools = tuple(school for part in parts for school in self._answer(part, together).ecoles)
            found = [Reconnaissance(ecoles=schools)] * len(texts)
        else:
            found = [self._answer(self._matcher.match(self.academie.name, one, place), one) for one in texts]
        return [
            answer if answer.is_known else self._abroad(text, place, answer)
            for text, answer in zip(texts, found, strict=True)
        ]

    def _answer(self, match: Match, text: str) -> Reconnaissance:
        """Which school ``text`` names, if it is one for sure.

        It is not where nothing says a school and a word is left, or is another: « Champ social » is no
        « Champ-Lumière », « Françoise » no « François Verdier ».
        """
        found = [
            (school, one.reason)
            for one in match.candidates
            if (school := self._school(one.uai)) and self._is_own(school)
        ]
        schools = tuple(school for school, _ in found)
        if match.decision is Decision.AUTO and schools and _is_named(match, schools[0], text):
            reason = match.candidates[0].reason
            told = self._heirs_told.get(schools[0].uai, ())
            return Reconnaissance(
                ecoles=schools[:1], gone=next(filter(reason.endswith, told), ""), is_away=AWAY in reason
            )
        away = all(AWAY in reason for _, reason in found[:PROPOSED])
        return Reconnaissance(proposed=schools[:PROPOSED], is_away=away)

    def _abroad(self, text: str, place: str, answer: Reconnaissance) -> Reconnaissance:
        """A school of another académie, where none of this one is sure."""
        match = self._matcher.match("", text, place) if sounds_like_a_school(text) else None
        found = match and self._elsewhere(match)
        if not match or not found:
            return answer
        # a namesake in another town than the one that is told is a guess
        placed = any(words in match.candidates[0].reason for words in PLACED)
        is_sure = placed or slug(found.commune) in slug(text)
        if answer.proposed and not is_sure:
            return answer
        return replace(answer, elsewhere=found, is_sure=is_sure)

    def _elsewhere(self, match: Match) -> Ecole | None:
        if match.decision is not Decision.AUTO or match.parts:
            return None
        school = self._school(match.uais[0])
        return school if school and not self._is_own(school) else None

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher.for_directory(self.day)

    @cached_property
    def _organisations(self) -> dict[str, TypePorteur]:
        return organisations_of(self.academie)

    def _is_own(self, school: Ecole) -> bool:
        return school.departement in self.departements

    @staticmethod
    def _key(mention: str) -> str:
        return answer_key("", mention, "")[1]

    def _words_elsewhere(self, school: Ecole) -> str:
        return f"« {school} » {self._academies.words_of(school.departement)}."

    def _tell_elsewhere(self, row: Row, other: Academie) -> None:
        """The row says itself that it is of another académie."""
        school = next(filter(None, map(self._school, row.codes)), None)
        if school is None and row.mentions:
            found = self._matcher.match(other.name, row.mentions[0], row.commune)
            school = self._elsewhere(found)
        if school and not self._is_own(school):
            row.note(Champ.ETABLISSEMENT, self._words_elsewhere(school), _ELSEWHERE)
        else:
            row.note(Champ.ACADEMIE, f"Cette ligne est {self._academies.of(other)}.", _ELSEWHERE)

    def _meet(self, row: Row, mention: str, place: str, answer: Reconnaissance) -> None:
        """Ask about a name, or tell what was answered."""
        key = self._key(mention)
        if key and len(mention) <= LONGEST_NAME and not answer.is_sure:
            schools = answer.proposed or answer.ecoles
            one = Inconnu(
                mention,
                row.sheet,
                row.number,
                sounds_like_a_school(mention),
                tuple((school.uai, str(school)) for school in schools),
                answer.answer,
            )
            self.unknown.meet(key, one, place)

    def _tell(self, row: Row, mention: str, place: str, answer: Reconnaissance) -> None:
        if answer.elsewhere and answer.is_sure:
            row.note(Champ.ETABLISSEMENT, self._words_elsewhere(answer.elsewhere), _ELSEWHERE)
            return
        if len(mention) > LONGEST_NAME:  # not asked about by its name
            suggestion = TOO_LONG
        elif answer.proposed:
            suggestion = answer.proposal(place)
            if not sounds_like_a_school(mention):
                suggestion += " Sinon, dites une fois ce que c’est."
        elif answer.elsewhere:
            where = self._words_elsewhere(answer.elsewhere)
            verb = "vérifiez" if row.commune else "ajoutez"
            suggestion = f"{where} Est-ce lui ? {_ELSEWHERE} Sinon, {verb} la commune, ou écrivez l’UAI."
        elif says_a_kind_alone(mention):
            suggestion = "C’est ce qu’il est : écrivez son nom, ou dites qui porte toutes les lignes."
        elif not sounds_like_a_school(mention):
            suggestion = "Dites une fois ce que c’est, ou écrivez l’UAI de l’établissement."
        elif row.commune:
            suggestion = "Vérifiez le nom et la commune, ou écrivez l’UAI de l’établissement."
        else:
            suggestion = "Ajoutez la commune, ou écrivez l’UAI de l’établissement."
        row.note(
            Champ.ETABLISSEMENT,
            f"« {mention[:LONGEST_NAME]} » n’est pas reconnu à coup sûr dans l’annuaire.",
            suggestion,
        )


def _is_named(match: Match, school: Ecole, text: str) -> bool:
    """Whether a text says a school, or no word but those of this one's name and commune."""
    own = match.candidates[0].explained and _words_of([school]).issuperset(slug(text).split("-"))
    return says_kind(text) or own


def _words_of(schools: Iterable[Ecole]) -> set[str]:
    """The words of the names of schools and of their communes."""
    return {word for school in schools for word in slug(f"{school.name} {school.commune}").split("-")}
