"""Reads of self-evaluations: one with all its page shows, those of an edition, what is known of a semaine."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.actions.queries.lignee import born_elsewhere
from accroche.annuaire.models import Bassin
from accroche.campagne.models import Critere, Edition, EditionQuerySet, GrilleEdition, Semaine
from accroche.comptes.permissions import Access, Lookups
from accroche.comptes.regles import Right
from accroche.evaluation.evaluation import EtatEvaluation, Incomplete, ReponseDite, incomplete
from accroche.evaluation.models import EchangeGrille, Evaluation, RelanceGrille, Reponse, SuiviAxe
from accroche.evaluation.preuves import Savoir, Terrain
from accroche.evaluation.queries.axes import followed_codes
from accroche.evaluation.queries.faits import facts_of
from accroche.evaluation.regles import EtatSuivi
from accroche.pilotage.couverture import Effectif, Filtres, group
from accroche.pilotage.queries.couverture import cadre_of, effectifs, expected, filtered

#: States of a sheet that reached its académie.
RECEIVED = (Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.PUBLISHED)


def readable(access: Access) -> QuerySet[Semaine]:
    """The semaines whose evaluation one may open, the latest edition first."""
    found = Semaine.objects.within(access, Right.SEE_STEERING).select_related("edition", "academie")
    return found.order_by("-edition__year", "academie__slug")


@dataclass(frozen=True)
class Consultee:
    """One evaluation as it stands, with its grid; ``used`` is None while the edition has no grid open.

    ``hides``: the reader is of the bureau, and the académie has not signed yet: no answer is theirs to read.
    """

    semaine: Semaine
    used: GrilleEdition | None
    evaluation: Evaluation | None
    criteres: tuple[Critere, ...] = ()
    reponses: Mapping[int, Reponse] = field(default_factory=dict)
    echanges: tuple[EchangeGrille, ...] = ()
    hides: bool = False

    @property
    def etat(self) -> EtatEvaluation:
        """Where it stands; « en cours » before anybody began."""
        return self.evaluation.etat if self.evaluation else EtatEvaluation.OPEN

    @property
    def is_open(self) -> bool:
        """Whether it may be answered."""
        return self.etat.is_open

    @property
    def is_reopened(self) -> bool:
        """Whether it was signed once, and may be answered again."""
        return self.etat is EtatEvaluation.REOPENED

    @property
    def waits_for_reading(self) -> bool:
        """Whether the bureau has not said that it read it."""
        return self.etat is EtatEvaluation.SIGNED

    @property
    def is_read(self) -> bool:
        """Whether the bureau has read it as it is."""
        return self.etat is EtatEvaluation.READ

    @property
    def version(self) -> int:
        """What a signature or a reading is made of."""
        return self.evaluation.version if self.evaluation else 0

    def dite(self, critere: Critere) -> ReponseDite:
        """What is answered to a criterion, maybe nothing."""
        row = self.reponses.get(critere.pk)
        return row.dite if row else ReponseDite()

    @cached_property
    def missing(self) -> tuple[Incomplete, ...]:
        """What keeps it from being signed."""
        told = [(critere.code, critere.title) for critere in self.criteres]
        return incomplete(told, {critere.code: self.dite(critere) for critere in self.criteres})

    @property
    def answered(self) -> int:
        """How many criteria have a level, or why there is none."""
        return sum(self.dite(critere).is_chosen for critere in self.criteres)

    def questions(self, critere: Critere | None) -> list[tuple[EchangeGrille, list[EchangeGrille]]]:
        """The questions about a criterion, or about the whole, each with its answers."""
        number = critere.pk if critere else None
        here = [one for one in self.echanges if one.critere_id == number]
        return [
            (asked, [one for one in here if one.question_id == asked.pk])
            for asked in here
            if asked.question_id is None
        ]

    @property
    def open_questions(self) -> list[EchangeGrille]:
        """Those nobody has answered."""
        answered = {one.question_id for one in self.echanges}
        return [one for one in self.echanges if one.question_id is None and one.pk not in answered]


def consultee(semaine: Semaine, access: Access, at: dt.datetime) -> Consultee:
    """Return the evaluation of a semaine as ``access`` may read it; in a fixed number of queries."""
    used = (
        GrilleEdition.objects.select_related("grille")
        .filter(edition=semaine.edition_id, opened_at__lte=at)
        .first()
    )
    if used is None:
        return Consultee(semaine, None, None)
    # whoever reads it shall find the semaine with its académie, whose mails name it
    evaluation = Evaluation.objects.filter(semaine=semaine).select_related("signed_by", "read_by").first()
    if evaluation:
        evaluation.semaine = semaine
    criteres = Critere.objects.filter(objectif__grille=used.grille).select_related("objectif")
    hides = is_hidden(evaluation, semaine, access)
    answers = evaluation.reponses.select_related("by") if evaluation and not hides else Reponse.objects.none()
    told = evaluation.echanges.select_related("author", "critere") if evaluation else ()
    return Consultee(
        semaine,
        used,
        evaluation,
        tuple(criteres),
        {row.critere_id: row for row in answers},
        tuple(told),
        hides,
    )


def is_hidden(evaluation: Evaluation | None, semaine: Semaine, access: Access) -> bool:
    """Whether the answers are not for ``access`` to read: the bureau's, before the first signature."""
    if semaine.may(access, Right.EDIT_SEMAINE) or not semaine.may(access, Right.STEER):
        return False
    return evaluation is None or evaluation.signed_at is None


def savoir_of(semaine: Semaine, access: Access, today: dt.date) -> Savoir:
    """Return all that evidence reads of a semaine; in a fixed number of queries."""
    edition = semaine.edition
    schools = _schools(semaine, access, today) if edition.is_counted else []
    coverage = group((level, one) for one in schools if (level := one.level))
    return Savoir(
        faits=facts_of(semaine, coverage=coverage or None),
        terrain=_terrain(semaine, schools) if schools else None,
        received=Action.objects.filter(semaine=semaine, etat__in=RECEIVED).count()
        if edition.is_counted
        else None,
        reprises=born_elsewhere(Action.objects.accepted().filter(semaine=semaine)).count()
        if edition.is_counted
        else None,
        axes_kept=semaine.axes_retenus.count(),
        **_axes_before(semaine),
    )


def _axes_before(semaine: Semaine) -> dict[str, Any]:
    """The axes of the edition before, and what the académie said became of them; None where none is known."""
    codes = followed_codes(semaine)
    said = SuiviAxe.objects.filter(semaine=semaine, code__in=codes).order_by()
    words = Counter(said.values_list("said", flat=True))
    return {
        "axes_before": len(codes) or None,
        "axes_told": words.total() - words[EtatSuivi.UNKNOWN],
        "axes_done": words[EtatSuivi.FAIT] + words[EtatSuivi.EN_PARTIE],
    }


def _schools(semaine: Semaine, access: Access, today: dt.date) -> list[Effectif]:
    cadre = cadre_of(semaine.edition, today)
    return effectifs(filtered(expected(cadre, access), Filtres(academie=semaine.academie_id), cadre, today))


def _terrain(semaine: Semaine, schools: list[Effectif]) -> Terrain:
    active = [one for one in schools if one.etape.has_declared]
    return Terrain(
        bassins=Bassin.objects.filter(academie=semaine.academie_id).count(),
        bassins_with=len({one.bassin for one in active} - {None}),
        departements=len({one.departement for one in schools}),
        departements_with=len({one.departement for one in active}),
    )


@dataclass(frozen=True, slots=True)
class LigneEvaluation:
    """One académie's evaluation in a list: how far it has come, never what it answered."""

    semaine: Semaine
    etat: EtatEvaluation | None
    answered: int
    asked: int
    questions: int
    signed_at: dt.datetime | None
    due_on: dt.date | None
    reminded_at: dt.datetime | None

    @property
    def is_begun(self) -> bool:
        """Whether anything was answered."""
        return self.etat is not None

    @property
    def is_signed(self) -> bool:
        """Whether its académie has signed it, and has not opened it again."""
        return self.etat is not None and not self.etat.is_open

    def is_late(self, today: dt.date) -> bool:
        """Whether its last day is over."""
        return not self.is_signed and self.due_on is not None and self.due_on < today


def lignes(semaines: QuerySet[Semaine]) -> list[LigneEvaluation]:
    """Return the evaluations of ``semaines``, by edition and académie; five queries, however many."""
    rows = list(
        semaines.select_related("edition__grille_edition", "academie").order_by(
            "-edition__year", "academie__slug"
        )
    )
    used = {
        row.edition_id: row.edition.grille_edition for row in rows if hasattr(row.edition, "grille_edition")
    }
    asked = dict(
        Critere.objects.order_by()
        .filter(objectif__grille__in={one.grille_id for one in used.values()})
        .values_list("objectif__grille")
        .annotate(Count("pk"))
    )
    answered = Q(reponses__level__isnull=False) | ~Q(reponses__sans="")
    found = Evaluation.objects.filter(semaine__in=rows).order_by()
    evaluations = {
        one.semaine_id: one for one in found.annotate(count=Count("reponses", filter=answered, distinct=True))
    }
    questions = dict(
        _open_questions().filter(evaluation__semaine__in=rows).values_list("evaluation").annotate(Count("pk"))
    )
    sent = RelanceGrille.objects.filter(semaine__in=rows).order_by("sent_at")
    reminded = dict(sent.values_list("semaine", "sent_at"))
    return [
        _ligne(row, used.get(row.edition_id), asked, evaluations.get(row.pk), questions, reminded)
        for row in rows
    ]


def questions_for(access: Access) -> list[EchangeGrille]:
    """The bureau's questions that wait for who may answer them, the oldest first; one query."""
    mine = access.q(Right.EDIT_SEMAINE, Lookups(academie="evaluation__semaine__academie"))
    found = _open_questions().filter(mine, evaluation__semaine__edition__closed_at=None)
    return list(
        found.select_related("evaluation__semaine__academie", "evaluation__semaine__edition").order_by("at")
    )


def _open_questions() -> QuerySet[EchangeGrille]:
    answers = EchangeGrille.objects.order_by().filter(question=OuterRef("pk"))
    return EchangeGrille.objects.order_by().filter(~Exists(answers), question=None)


def _ligne(
    semaine: Semaine,
    used: GrilleEdition | None,
    asked: Mapping[int, int],
    evaluation: Evaluation | None,
    questions: Mapping[int, int],
    reminded: Mapping[int, dt.datetime],
) -> LigneEvaluation:
    return LigneEvaluation(
        semaine=semaine,
        etat=evaluation.etat if evaluation else None,
        answered=evaluation.count if evaluation else 0,  # type: ignore[attr-defined]
        asked=asked.get(used.grille_id, 0) if used else 0,
        questions=questions.get(evaluation.pk, 0) if evaluation else 0,
        signed_at=evaluation.signed_at if evaluation else None,
        due_on=used.due_on if used else None,
        reminded_at=reminded.get(semaine.pk),
    )


def editions_with_grid(at: dt.datetime) -> EditionQuerySet:
    """The editions whose grid is open, the latest first."""
    return Edition.objects.filter(grille_edition__opened_at__lte=at).order_by("-year")


def unsigned(edition: Edition) -> QuerySet[Semaine]:
    """The semaines of an edition whose evaluation is not signed, begun or not; none once it is closed."""
    signed = Evaluation.objects.order_by().filter(
        semaine=OuterRef("pk"), state__in=[EtatEvaluation.SIGNED, EtatEvaluation.READ]
    )
    found = Semaine.objects.filter(~Exists(signed), edition=edition, edition__closed_at=None)
    return found.select_related("edition", "academie").order_by("academie__slug")
