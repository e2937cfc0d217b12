"""What the pages of needs and tutoring show, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from accroche.annuaire.models import Academie
from accroche.commun.changements import Vocabulaire
from accroche.lib.texte import NBSP, nombre, pluriel
from accroche.tutorat.appariement import MOST
from accroche.tutorat.besoins import CodeBesoin, Composante, EtatBesoin, Evolution, MotifAppui
from accroche.tutorat.binome import Cote, EtatBinome
from accroche.tutorat.models import Binome, ContrainteBinome
from accroche.tutorat.proposition import BinomePropose
from accroche.tutorat.queries.tutorat import AcademieSituee, PropositionLue

BUREAU: Final = "Le bureau national"
#: How the value of a pair names the bureau, in a form.
BUREAU_CODE: Final = "bureau"


@dataclass(frozen=True, slots=True)
class ComposanteDite:
    """One component of an académie: its words, its fact, and what became of it."""

    label: str
    evidence: str
    evolution: str


@dataclass(frozen=True, slots=True)
class AppuiDit:
    """An académie on the page of needs: why help is proposed, and its components by what is known of them."""

    academie: Academie
    motif: MotifAppui
    present: tuple[ComposanteDite, ...]
    absent: tuple[ComposanteDite, ...]
    unknown: tuple[ComposanteDite, ...]
    forces: tuple[str, ...]
    help_text: str
    pairs: tuple[Binome, ...]
    writes: bool


def appui_dit(one: AcademieSituee, pairs: Iterable[Binome], *, writes: bool) -> AppuiDit:
    """Word one académie; ``pairs``: where it is accompanied; ``writes``: who reads answers for it."""

    def parts(etat: EtatBesoin) -> tuple[ComposanteDite, ...]:
        composantes = one.situation.besoins.composantes
        return tuple(_composante(part, one.evolution) for part in composantes if part.etat is etat)

    return AppuiDit(
        one.academie,
        one.situation.besoins.motif,
        parts(EtatBesoin.PRESENT),
        parts(EtatBesoin.ABSENT),
        parts(EtatBesoin.INCONNU),
        tuple(one.situation.forces.values()),
        one.help_text,
        tuple(pairs),
        writes,
    )


def _composante(one: Composante, became: Mapping[CodeBesoin, Evolution]) -> ComposanteDite:
    evolution = became.get(one.code)
    return ComposanteDite(one.code.label, one.evidence, evolution.label if evolution else "")


@dataclass(frozen=True, slots=True)
class RaisonDite:
    """A need that is filled: what it is about, the fact of who is helped, the proof of who helps."""

    label: str
    need: str
    strength: str


@dataclass(frozen=True, slots=True)
class PaireDite:
    """A pair of the proposal; ``value`` names it in a form."""

    mentee: Academie
    motif: MotifAppui
    mentor: Academie | None
    value: str
    raisons: tuple[RaisonDite, ...]
    unfilled: tuple[str, ...]
    distance: str
    cost: str
    alternative: str
    pinned: bool

    @property
    def mentor_name(self) -> str:
        """Who would accompany, within a sentence."""
        return self.mentor.name if self.mentor else BUREAU.lower()


def paires_dites(lue: PropositionLue) -> list[PaireDite]:
    """Word each pair of a proposal."""
    return [_paire(one, lue) for one in lue.pairs]


def _paire(one: BinomePropose, lue: PropositionLue) -> PaireDite:
    couple, academies = one.couple, lue.academies
    return PaireDite(
        academies[couple.mentee],
        lue.situations[couple.mentee].besoins.motif,
        academies[couple.mentor] if couple.mentor else None,
        f"{couple.mentee}:{couple.mentor or BUREAU_CODE}",
        tuple(RaisonDite(part.code.label, part.need, part.strength) for part in one.raisons),
        tuple(code.label.lower() for code in one.unfilled),
        distance_words(one.kilometres, one.hours),
        _cost(one),
        _alternative(one, academies),
        couple.pinned,
    )


def distance_words(kilometres: int | None, hours: float | None) -> str:
    """How far apart two offices are: « 235 km », « 7 157 km, 4 h de décalage »."""
    if kilometres is None:
        return ""
    apart = f", {hours:g}{NBSP}h de décalage".replace(".", ",") if hours else ""
    return f"{nombre(kilometres)}{NBSP}km{apart}"


def _cost(one: BinomePropose) -> str:
    """The cost of a pair, part by part, as a reader can check it."""
    cout = one.couple.cout
    if one.couple.mentor is None:
        return f"{decimal(cout.total)} (coût fixe du bureau national)"
    parts = {
        "besoins non couverts": cout.besoins,
        "distance": cout.distance,
        "décalage horaire": cout.heures,
        "charge": cout.charge,
    }
    told = ", ".join(f"{label} {decimal(value)}" for label, value in parts.items() if value >= 0.005)  # noqa: PLR2004 - prints as 0,01
    return f"{decimal(cout.total)} ({told})" if told else decimal(cout.total)


def _alternative(one: BinomePropose, academies: Mapping[str, Academie]) -> str:
    other = one.alternative
    if one.couple.pinned:
        return "Imposé par le bureau national."
    if other is None:
        return "Il n’y a pas d’autre possibilité."
    name = academies[other.mentor].name if other.mentor else "le bureau national"
    if other.extra < 0.005:  # noqa: PLR2004 - prints as 0,01
        return f"Sinon, le mieux serait{NBSP}: {name}, pour un coût d’ensemble égal."
    return (
        f"Sinon, le mieux serait{NBSP}: {name}, pour un coût d’ensemble plus élevé de {decimal(other.extra)}."
    )


def decimal(value: float) -> str:
    """Two digits after a comma."""
    return f"{value:.2f}".replace(".", ",")


@dataclass(frozen=True, slots=True)
class PlaceDite:
    """How many académies one may accompany: what was set, what it offers or would be asked."""

    academie: Academie
    chosen: str
    usual: int


CAPACITIES: Final = tuple(str(number) for number in range(MOST + 1))


def places_dites(lue: PropositionLue) -> list[PlaceDite]:
    """The académies with their places, in the order of their addresses."""
    return [
        PlaceDite(
            academie,
            str(lue.reglages.capacities[slug]) if slug in lue.reglages.capacities else "",
            lue.situations[slug].capacity,
        )
        for slug, academie in lue.academies.items()
    ]


def contrainte_words(one: ContrainteBinome) -> str:
    """A pin or an exclusion in words."""
    mentor = one.mentor.name if one.mentor else BUREAU
    verb = "imposé" if one.kind == ContrainteBinome.Kind.PIN else "exclu"
    return f"{mentor} pour {one.mentee.name}{NBSP}: {verb}"


def waiting_words(binome: Binome, today: dt.date) -> str:
    """What comes next for a pair, and whose turn it is."""
    etat = binome.etat
    if etat is EtatBinome.PROPOSED:
        owed = [
            binome.mentee.name if side is Cote.MENTEE else binome.mentor_name
            for side in (Cote.MENTOR, Cote.MENTEE)
            if side not in binome.accepted
        ]
        return f"Réponse attendue de {' et de '.join(owed)}"
    if etat is EtatBinome.PAUSED:
        return "En pause, jusqu’à ce que l’un des deux reprenne"
    if etat is EtatBinome.ACTIVE:
        late = sum(1 for one in binome.etapes.all() if one.due_on and one.due_on < today and not one.done_on)
        silent = sum(1 for one in binome.contacts.all() if not one.answer and not one.dropped_at)
        told = []
        if late:
            told.append(f"{late}{NBSP}{pluriel(late, 'étape en retard', 'étapes en retard')}")
        if silent:
            told.append(f"{silent}{NBSP}{pluriel(silent, 'question sans réponse', 'questions sans réponse')}")
        return ", ".join(told) or "Tout suit son cours"
    return ""


#: A state is told by the verb that made it.
VOCABULAIRE: Final = Vocabulaire(lambda field: field, silent={"state"})
