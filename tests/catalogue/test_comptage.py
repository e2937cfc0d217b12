"""What published sheets add up to, kept by triggers: what counting each of them would say."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Count, Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionPorteur, ComptageSemaine
from accroche.annuaire.models import Porteur
from accroche.annuaire.regles import NIVEAU_DE, Niveau
from accroche.campagne.models import Edition
from accroche.catalogue.declencheurs_comptage import RECOUNT
from accroche.dossier.comptage import Decompte
from accroche.dossier.queries.comptage import comptages
from tests import factories
from tests.races import at_once

pytestmark = pytest.mark.django_db

KINDS = ("college", "ecole", "cio")
STATES = (Etat.PUBLISHED, Etat.DRAFT, Etat.WITHDRAWN)


def counted(edition: Edition) -> dict[int, Decompte]:
    """What walking every sheet says."""
    accepted = Action.objects.accepted().filter(semaine__edition=edition).order_by()
    ticked = {f"with_{level}": Count("pk", filter=Q(**{level.value: True})) for level in Niveau}
    rows: Any = accepted.values("semaine").annotate(sheets=Count("pk"), **ticked)
    schools = accepted.filter(porteurs__kind__in=NIVEAU_DE).values("semaine")
    of = dict(schools.annotate(n=Count("porteurs", distinct=True)).values_list("semaine", "n"))
    return {
        row["semaine"]: Decompte(
            row["sheets"],
            of.get(row["semaine"], 0),
            frozenset(level for level in Niveau if row[f"with_{level}"]),
        )
        for row in rows
    }


def kept(edition: Edition) -> dict[int, Decompte]:
    """What the triggers kept, of the semaines that have something."""
    return {pk: found for pk, found in comptages(edition).items() if found != Decompte()}


SHEETS, CARRIERS = 4, 3
numbers = st.integers(0, SHEETS - 1)
carriers = st.integers(0, CARRIERS - 1)
steps = st.one_of(
    st.tuples(st.just("state"), st.sets(numbers, min_size=1), st.sampled_from(STATES)),
    st.tuples(st.just("move"), st.sets(numbers, min_size=1), st.integers(0, 1)),
    st.tuples(st.just("level"), numbers, st.sampled_from(list(Niveau))),
    st.tuples(st.just("join"), numbers, carriers),
    st.tuples(st.just("leave"), numbers, carriers),
    st.tuples(st.just("swap"), numbers, carriers),
    st.tuples(st.just("kind"), carriers, st.sampled_from(KINDS)),
    st.tuples(st.just("delete"), numbers, st.none()),
    st.tuples(st.just("undo"), numbers, st.none()),
)


def do(
    kind: str, about: Any, value: Any, sheets: list[Action], made: list[Porteur], weeks: list[Any]
) -> None:
    """Take one step."""
    if kind == "kind":
        Porteur.objects.filter(pk=made[about].pk).update(kind=value)
        return
    pks = (
        [sheets[number].pk for number in about] if isinstance(about, (set, frozenset)) else [sheets[about].pk]
    )
    rows = Action.objects.filter(pk__in=pks)
    if kind == "state":
        rows.update(etat=value)
    elif kind == "move":
        rows.update(semaine=weeks[value])
    elif kind == "level":
        rows.update(**{value.value: True})
    elif kind == "join":
        rows_of = [
            ActionPorteur(action_id=pk, porteur=made[value], position=1) for pk in pks if rows.exists()
        ]
        ActionPorteur.objects.bulk_create(rows_of, ignore_conflicts=True)
    elif kind == "leave":
        ActionPorteur.objects.filter(action__in=pks, porteur=made[value]).delete()
    elif kind == "swap":
        free = ActionPorteur.objects.filter(action__in=pks).order_by("pk").first()
        if free and not ActionPorteur.objects.filter(action=free.action_id, porteur=made[value]).exists():
            ActionPorteur.objects.filter(pk=free.pk).update(porteur=made[value])
    elif kind == "delete":
        rows.delete()
    else:
        with transaction.atomic():
            rows.update(etat=Etat.PUBLISHED)
            rows.delete()
            transaction.set_rollback(True)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(steps, max_size=12))
def test_the_sums_are_those_of_the_sheets_after_any_walk(db: None, walk: list[Any]) -> None:
    with transaction.atomic():
        weeks = [factories.territory().semaine, factories.territory("Reims", "51").semaine]
        edition = weeks[0].edition
        made = [
            Porteur.objects.create(academie=weeks[0].academie, kind=kind, name=f"Porteur {number}")
            for number, kind in enumerate(KINDS)
        ]
        sheets = [
            Action.objects.create(
                semaine=weeks[number % 2],
                slug=f"fiche-{number}",
                position=number,
                title="Forum",
                etat=STATES[number % 3],
            )
            for number in range(SHEETS)
        ]
        ActionPorteur.objects.bulk_create(
            ActionPorteur(action=sheet, porteur=made[sheet.position % CARRIERS], position=1)
            for sheet in sheets
        )
        assert kept(edition) == counted(edition)
        for kind, about, value in walk:
            do(kind, about, value, sheets, made, weeks)
            assert kept(edition) == counted(edition), (kind, about, value)
        before = kept(edition)
        with connection.cursor() as cursor:
            for statement in RECOUNT:
                cursor.execute(statement)
        assert kept(edition) == before
        transaction.set_rollback(True)


def test_a_whole_edition_is_added_up(edition_2015: Edition) -> None:
    assert kept(edition_2015) == counted(edition_2015)
    assert sum(found.actions for found in kept(edition_2015).values()) == 97


def test_what_comes_after_all_was_counted_again_counts_once(edition_2015: Edition) -> None:
    """As it is after each upgrade that changes a trigger."""
    with connection.cursor() as cursor:
        for statement in RECOUNT:
            cursor.execute(statement)
    some = Action.objects.accepted().filter(semaine__edition=edition_2015, porteurs__kind__in=NIVEAU_DE)
    sheet = some.order_by("pk")[0]
    for state in (Etat.WITHDRAWN, Etat.PUBLISHED, Etat.WITHDRAWN):
        Action.objects.filter(pk=sheet.pk).update(etat=state)
        assert kept(edition_2015) == counted(edition_2015), state


@pytest.mark.django_db(transaction=True)
def test_many_who_publish_at_once_are_all_counted() -> None:
    """Of the same school and of others, with nobody waiting for more than a school's row."""
    where = factories.territory()
    semaine = where.semaine
    shared = Porteur.objects.create(academie=where.academie, kind="college", name="Collège commun")
    own = [Porteur.objects.create(academie=where.academie, kind="lycee", name=f"Lycée {n}") for n in range(4)]
    sheets = [
        [
            Action.objects.create(
                semaine=semaine, slug=f"f-{n}-{turn}", position=1, title="F", etat=Etat.SUBMITTED
            )
            for turn in range(4)
        ]
        for n in range(4)
    ]
    for n, mine in enumerate(sheets):
        for sheet in mine:
            for position, porteur in enumerate((own[n], shared)):
                ActionPorteur.objects.create(action=sheet, porteur=porteur, position=position)

    def publish(number: int) -> bool:
        for turn, sheet in enumerate(sheets[number]):
            with transaction.atomic():
                Action.objects.filter(pk=sheet.pk).update(etat=Etat.PUBLISHED)
                if turn == 3:
                    Action.objects.filter(pk=sheets[number][0].pk).update(etat=Etat.WITHDRAWN)
        return True

    assert at_once(4, publish) == [True] * 4
    assert kept(semaine.edition) == counted(semaine.edition)
    assert kept(semaine.edition)[semaine.pk].actions == 12
    assert kept(semaine.edition)[semaine.pk].etablissements == 5


def test_rows_are_put_together_by_who_writes() -> None:
    where = factories.territory()
    sheet = Action.objects.create(semaine=where.semaine, slug="f", position=1, title="F", etat=Etat.SUBMITTED)
    for _ in range(150):
        for state in (Etat.PUBLISHED, Etat.SUBMITTED):
            Action.objects.filter(pk=sheet.pk).update(etat=state)
    assert ComptageSemaine.objects.count() < 150
    assert kept(where.semaine.edition) == {}
