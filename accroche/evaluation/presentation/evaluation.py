"""What the pages of a self-evaluation show: each criterion with its evidence, and where its rows are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from accroche.campagne.models import Critere, GrilleObjectif, Semaine
from accroche.commun import lieux
from accroche.commun.conflit import Ecart
from accroche.commun.models import JournalEntry
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.evaluation.evaluation import ReponseDite, Sans
from accroche.evaluation.forms.evaluation import CHOICES, ReponseGrilleForm
from accroche.evaluation.models import EchangeGrille, Reponse
from accroche.evaluation.preuves import Cible, Indication, Savoir, indications
from accroche.evaluation.propositions import Proposition, proposition
from accroche.evaluation.queries.evaluation import Consultee

SEE: Final = {
    Cible.FICHES: "les voir",
    Cible.ETABLISSEMENTS: "les voir",
    Cible.COUVERTURE: "voir la couverture",
    Cible.SEMAINE: "voir la page",
}


@dataclass(frozen=True, slots=True)
class Constatee:
    """One sentence of evidence, with the address of its rows; none when there is nothing to open."""

    text: str
    known: bool
    address: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers offered to a criterion: its code and sentence, whether it is chosen, or proposed."""

    code: str
    words: str
    checked: bool
    proposed: bool

    @property
    def level(self) -> str:
        """The number of its level; nothing for one that has none."""
        return self.code if self.code.isdigit() else ""


@dataclass(frozen=True, slots=True)
class CritereMontre:
    """One criterion as its page shows it."""

    critere: Critere
    form: ReponseGrilleForm
    row: Reponse | None
    dite: ReponseDite
    constats: tuple[Constatee, ...]
    proposition: Proposition
    questions: list[tuple[EchangeGrille, list[EchangeGrille]]]

    @property
    def options(self) -> list[Option]:
        """The answers offered, the highest level first as one reads a scale; then why there is none."""
        held = str(self.form["choix"].value() or "")
        proposed = "" if self.proposition.level is None else str(self.proposition.level)
        return [
            Option(code, words_of(self.critere, code), code == held, code == proposed) for code in CHOICES
        ]

    @property
    def words(self) -> str:
        """What is answered, in words."""
        return words_of(self.critere, self.dite.choice)

    @property
    def proposed_words(self) -> str:
        """The sentence of the proposed level; empty when none is proposed."""
        level = self.proposition.level
        return "" if level is None else words_of(self.critere, str(level))


def words_of(critere: Critere, choice: str) -> str:
    """An answer in words, from the code of its choice; empty for none."""
    if choice.isdigit():
        return str(critere.levels[int(choice)])
    return Sans(choice).label


def told(critere: Critere, one: ReponseDite) -> str:
    """A whole answer in words: its sentence, then its comment."""
    return "\n".join(filter(None, (words_of(critere, one.choice), one.comment)))


def montres(
    consultee: Consultee,
    criteres: Iterable[Critere],
    forms: Mapping[int, ReponseGrilleForm],
    savoir: Savoir,
    access: Access,
) -> list[CritereMontre]:
    """The criteria of one page; ``forms``: by the number of each criterion."""
    addresses = Adresses(consultee.semaine, access)
    return [
        CritereMontre(
            critere,
            forms[critere.pk],
            consultee.reponses.get(critere.pk),
            consultee.dite(critere),
            constats(critere, savoir, addresses),
            proposition(critere.code, critere.levels, savoir),
            consultee.questions(critere),
        )
        for critere in criteres
    ]


def constats(critere: Critere, savoir: Savoir, addresses: Adresses) -> tuple[Constatee, ...]:
    """The evidence of a criterion, each sentence once."""
    found = [one for code in critere.evidence for one in indications(code, savoir)]
    return tuple(addresses.shown(one) for one in dict.fromkeys(found))


@dataclass(frozen=True)
class Adresses:
    """Where the rows of evidence are, for one reader."""

    semaine: Semaine
    access: Access

    def shown(self, one: Indication) -> Constatee:
        """A sentence with the address of its rows."""
        address = self.of(one)
        return Constatee(one.text, one.known, address, self._words(one) if address else "")

    def _words(self, one: Indication) -> str:
        if one.cible is Cible.SEMAINE and not one.known:
            return "compléter la page de la semaine" if self._writes else ""
        return SEE[one.cible] if one.cible else ""

    @property
    def _writes(self) -> bool:
        return self.semaine.may(self.access, Right.EDIT_SEMAINE)

    def of(self, one: Indication) -> str:
        """The address of the rows behind a sentence; empty when its reader has nothing to open."""
        semaine, edition = self.semaine, self.semaine.edition
        place = (edition.year, semaine.academie.slug)
        if one.cible is Cible.SEMAINE:
            if self._writes:
                return reverse("pilotage:semaine", args=place)
            return lieux.address("semaine", *place) if edition.published_at and one.known else ""
        if one.cible is None or not semaine.may(self.access, Right.SEE_COVERAGE):
            return ""
        query = dict(one.query)
        if one.cible is Cible.FICHES:
            query |= {"edition": str(edition.pk), "academie": str(semaine.academie_id)}
            return f"{lieux.address('file')}?{urlencode(query)}"
        if not edition.is_counted:
            return ""
        query |= {"edition": edition.year, "academie": semaine.academie.slug}
        route = "couverture" if one.cible is Cible.COUVERTURE else "etablissements"
        return f"{reverse(f'pilotage:{route}')}?{urlencode(query)}"


@dataclass(frozen=True, slots=True)
class ObjectifMontre:
    """One objective of a grid in the overview: how far it has come, and its criteria with their answers."""

    objectif: GrilleObjectif
    criteres: list[tuple[Critere, Reponse | None, str]]

    @property
    def answered(self) -> int:
        """How many of its criteria have an answer."""
        return sum(row is not None and row.dite.is_chosen for _, row, _ in self.criteres)


def objectifs(consultee: Consultee) -> list[ObjectifMontre]:
    """The objectives of a grid, each with its criteria, in their order."""
    found: dict[int, ObjectifMontre] = {}
    for critere in consultee.criteres:
        shown = found.setdefault(critere.objectif_id, ObjectifMontre(critere.objectif, []))
        row = consultee.reponses.get(critere.pk)
        shown.criteres.append((critere, row, words_of(critere, row.dite.choice) if row else ""))
    return list(found.values())


#: What the journal of an evaluation tells, after a name.
GESTES: Final = {
    "answer_grid": "a changé la réponse au critère {note}",
    "sign_grid": "a signé",
    "read_grid": "a lu",
    "reopen_grid": "a rouvert : {note}",
    "ask_about_grid": "a posé une question",
    "answer_question": "a répondu à une question",
}


def gestes(entries: Iterable[JournalEntry]) -> list[tuple[JournalEntry, str]]:
    """The journal of an evaluation, each line with its words."""
    return [(entry, GESTES.get(entry.verb, entry.verb).format(note=entry.note)) for entry in entries]


def field_of(critere: Critere) -> str:
    """How a conflict names a criterion."""
    return f"critere_{critere.pk}"


def ecart(form: ReponseGrilleForm, held: Reponse) -> Ecart:
    """Two answers to one criterion, to choose from."""
    critere = form.critere
    return Ecart(
        field_of(critere), str(critere), told(critere, held.dite), told(critere, form.dite), untouched=False
    )
