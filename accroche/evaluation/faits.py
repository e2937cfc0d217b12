"""What is known of one semaine as structured facts, for the rules, the needs and the evidence that read it.

Counts, kinds and flags, never prose nor names: two semaines that differ only by their académie, the words of
their texts, what is cited of them or who accompanies them have the same facts. N.C. is never zero: a count
nobody gave is ``None``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from accroche.actions.regles import CodeTheme, SourceAction, Temporalite
from accroche.actions.videos import video_of
from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import (
    Alliances,
    Appel,
    Autorite,
    Charge,
    Obstacle,
    Portage,
    RoleSemaine,
    StatutSemaine,
    TypeMedia,
    TypePartenaire,
    TypeRessource,
    TypeTempsFort,
)
from accroche.dossier.comptage import decompte_of
from accroche.dossier.dossier import ActionDossier, PartenaireDossier, PartenaireSaisi, SemaineDossier
from accroche.lib.chiffres import Chiffre, Kind, counted
from accroche.pilotage.couverture import Avancement

#: What the press, families and other schools can open by themselves, or see broadcast.
SUPPORTS: Final = frozenset(
    {
        TypeRessource.DOSSIER_PRESSE,
        TypeRessource.DOSSIER_THEMATIQUE,
        TypeRessource.SITE,
        TypeRessource.VIDEO,
        TypeRessource.FILM,
        TypeRessource.ARTICLE,
        TypeRessource.EMISSION,
    }
)


@dataclass(frozen=True, slots=True)
class Annonce:
    """What an académie answered to « how many »: a count where it gave one, and whether it said « N.C. ».

    ``value`` adds up the perimeters that enter totals; ``None`` without a number, never zero. ``kind`` is
    that of the first of them, else of the first figure; ``None`` when nothing was answered. ``at_least``: the
    real count may be higher.
    """

    value: int | None = None
    kind: Kind | None = None
    at_least: bool = False

    @property
    def is_nc(self) -> bool:
        """Whether there is no number, nor « all »: not communicated, not available, or not answered."""
        return self.value is None and self.kind is not Kind.ALL


@dataclass(frozen=True, slots=True)
class Fiches:
    """The sheets of a semaine, counted by what they hold.

    ``told``: a past report told them as examples, so that their number says nothing of how many there were.
    """

    count: int = 0
    told: bool = False
    schools: int = 0
    levels: Mapping[Niveau, int] = field(default_factory=dict)
    with_text: int = 0
    with_link: int = 0
    with_video: int = 0
    with_piece: int = 0
    #: a link or an attachment
    with_support: int = 0
    with_partner: int = 0
    with_external: int = 0
    with_parents: int = 0
    all_year: int = 0
    remarkable: int = 0
    prized: int = 0
    #: kinds of the external organisations they name
    partner_kinds: frozenset[TypePartenaire] = frozenset()

    def of(self, level: Niveau) -> int:
        """How many tick a level."""
        return self.levels.get(level, 0)


@dataclass(frozen=True, slots=True)
class Faits:
    """The structured facts of one semaine. Counts have no unit; ``days`` are calendar days of its windows."""

    status: StatutSemaine = StatutSemaine.REPORTED
    ordinal: int | None = None
    windows: int = 0
    days: int = 0
    themes: int = 0
    levels: frozenset[Niveau] = frozenset()
    levels_unknown: tuple[Niveau, ...] = ()
    actions: Annonce = Annonce()
    etablissements: Annonce = Annonce()
    temps_forts: Mapping[TypeTempsFort, int] = field(default_factory=dict)
    #: temps forts whose kind nobody told included
    events: int = 0
    dated_events: int = 0
    stops: int = 0
    published: Mapping[TypeRessource, int] = field(default_factory=dict)
    unpublished: Mapping[TypeRessource, int] = field(default_factory=dict)
    resources: int = 0
    resources_public: int = 0
    partners_external: int = 0
    partners_internal: int = 0
    #: kinds of external organisations, of the semaine and of its sheets
    partner_kinds: frozenset[TypePartenaire] = frozenset()
    partner_roles: frozenset[RoleSemaine] = frozenset()
    has_pilot: bool = False
    has_committee: bool = False
    has_funding: bool = False
    has_sponsor: bool = False
    fiches: Fiches = field(default_factory=Fiches)
    alliances: Alliances = Alliances.UNKNOWN
    portage: Portage = Portage.UNKNOWN
    appel: Appel = Appel.UNKNOWN
    bassins: int = 0
    strategies: int = 0
    medias: Mapping[TypeMedia, int] = field(default_factory=dict)
    #: those that one can still open
    medias_linked: int = 0
    authorities: frozenset[Autorite] = frozenset()
    obstacle: Obstacle = Obstacle.UNKNOWN
    help_asked: bool | None = None
    staff_days: int | None = None
    staff_strain: Charge = Charge.UNKNOWN
    mentor_offer: int | None = None
    #: schools of the directory by the level they teach; ``None`` when no directory is known
    coverage: Mapping[Niveau, Avancement] | None = None

    @property
    def has_data(self) -> bool:
        """Whether there is anything to judge: « données absentes » is a state of its own, no fault."""
        if self.status is StatutSemaine.UNAVAILABLE:
            return False
        # N.C. is an answer once the académie reported; before, it only says that nothing was counted yet
        answered = self.status is StatutSemaine.REPORTED and self.actions.kind not in {None, Kind.UNAVAILABLE}
        told = self.actions.value is not None or self.levels or self.events or self.resources
        return bool(answered or told or self.fiches.count)

    @property
    def is_first(self) -> bool | None:
        """Whether it is the académie's first semaine; ``None`` when nobody said."""
        return None if self.ordinal is None else self.ordinal == 1

    @property
    def figures_nc(self) -> bool:
        """Whether neither its actions nor its schools were counted."""
        return self.actions.is_nc and self.etablissements.is_nc

    @property
    def supports(self) -> frozenset[TypeRessource]:
        """The kinds of public media that make the semaine seen (:data:`SUPPORTS`)."""
        return SUPPORTS & frozenset(self.published)

    @property
    def is_visible(self) -> bool:
        """Whether anybody can open what shows the semaine: a medium of its own, or one of the press."""
        return bool(self.supports or self.medias_linked)

    def has(self, *kinds: TypeRessource) -> bool:
        """Whether a resource of one of these kinds is public."""
        return not self.published.keys().isdisjoint(kinds)

    @property
    def rate(self) -> int | None:
        """Schools that declared, in whole per cent of the directory; ``None`` when it is not known."""
        if self.coverage is None:
            return None
        return sum(self.coverage.values(), Avancement()).rate


def faits_of(
    semaine: SemaineDossier,
    *,
    coverage: Mapping[Niveau, Avancement] | None = None,
    fiches: Fiches | None = None,
) -> Faits:
    """Return the facts of a semaine.

    In an edition declared here give it with its counts (``dossier.comptage.with_counts``). ``coverage``: its
    schools of the directory by level, when one is known. ``fiches``: its sheets, where the database counted
    them (``queries/faits.py``) instead of the dossier holding them.
    """
    sheets = fiches_of(semaine.actions) if fiches is None else fiches
    public = [one for one in semaine.ressources if one.published]
    return Faits(
        status=semaine.status,
        ordinal=semaine.ordinal,
        windows=len(semaine.windows),
        days=sum((last - first).days + 1 for first, last in semaine.windows),
        themes=len(semaine.themes),
        levels=semaine.levels,
        levels_unknown=semaine.levels_unknown,
        actions=_answer(semaine.actions_figures),
        etablissements=_answer(semaine.etablissements_figures),
        temps_forts=Counter(TypeTempsFort(one.kind) for one in semaine.temps_forts if one.kind),
        events=len(semaine.temps_forts),
        dated_events=sum(1 for one in semaine.temps_forts if one.starts),
        stops=sum(len(one.stops) for one in semaine.temps_forts),
        published=_kinds(one.kind for one in public),
        unpublished=_kinds(one.kind for one in semaine.ressources if one.published is False),
        resources=len(semaine.ressources),
        resources_public=len(public),
        partners_external=sum(1 for one in semaine.partners if not one.internal),
        partners_internal=sum(1 for one in semaine.partners if one.internal),
        partner_kinds=_external(semaine.partners) | sheets.partner_kinds,
        partner_roles=frozenset(filter(None, (one.role for one in semaine.partners))),
        has_pilot=bool(semaine.pilot),
        has_committee=bool(semaine.committee),
        has_funding=bool(semaine.funding),
        has_sponsor=bool(semaine.sponsor),
        fiches=sheets,
        alliances=semaine.alliances,
        portage=semaine.portage,
        appel=semaine.appel,
        bassins=len(semaine.bassins),
        strategies=len(semaine.strategie),
        medias=Counter(one.kind for one in semaine.medias),
        medias_linked=sum(1 for one in semaine.medias if one.url),
        authorities=frozenset(code for one in semaine.temps_forts for code in one.authorities),
        obstacle=semaine.obstacle,
        help_asked=semaine.help_asked,
        staff_days=semaine.staff_days,
        staff_strain=semaine.staff_strain,
        mentor_offer=semaine.mentor_offer,
        coverage=coverage,
    )


def _answer(figures: tuple[Chiffre, ...]) -> Annonce:
    entering = [figure for figure in figures if figure.additive] or figures
    return Annonce(
        counted(figures),
        entering[0].kind if entering else None,
        any(figure.kind in {Kind.AT_LEAST, Kind.MORE_THAN} for figure in entering),
    )


def _kinds(codes: Iterable[str]) -> Mapping[TypeRessource, int]:
    return Counter(TypeRessource(code) for code in codes if code)


def _external(partners: Iterable[PartenaireDossier | PartenaireSaisi]) -> frozenset[TypePartenaire]:
    return frozenset(TypePartenaire(one.kind) for one in partners if one.kind and not one.internal)


def fiches_of(actions: tuple[ActionDossier, ...]) -> Fiches:
    """Count sheets that are plain data."""

    def count(holds: Iterable[object]) -> int:
        return sum(map(bool, holds))

    return Fiches(
        count=len(actions),
        told=bool(actions) and all(one.source != SourceAction.DECLARATION for one in actions),
        schools=decompte_of(actions).etablissements,
        levels=Counter(Niveau(code) for one in actions for code in one.levels),
        with_text=count(one.description for one in actions),
        with_link=count(one.liens for one in actions),
        with_video=count(any(video_of(link.url) for link in one.liens) for one in actions),
        with_piece=count(one.pieces for one in actions),
        with_support=count(one.liens or one.pieces for one in actions),
        with_partner=count(one.partenaires for one in actions),
        with_external=count(any(not p.internal for p in one.partenaires) for one in actions),
        with_parents=count(CodeTheme.PARENTS in one.themes for one in actions),
        all_year=count(one.temporality in {Temporalite.ANNEE, Temporalite.LES_DEUX} for one in actions),
        remarkable=count(one.remarkable for one in actions),
        prized=count(one.prize for one in actions),
        partner_kinds=_external(partner for one in actions for partner in one.partenaires),
    )
