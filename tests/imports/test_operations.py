"""Loading an edition: all of it or nothing, twice the same, public or waiting."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.annuaire.models import Porteur
from accroche.campagne.models import Edition, Partenaire
from accroche.commun import journal
from accroche.dossier.dossier import (
    ActionDossier,
    AxeCatalogue,
    AxeRetenu,
    EditionDossier,
    LienSaisi,
    ObjectifDossier,
    PartenaireSaisi,
    TutoratDossier,
)
from accroche.dossier.queries.dossier import dossier_of
from accroche.imports.operations import LoadError, LoadReport
from accroche.imports.pack import available_packs, read_pack
from tests.conftest import PUBLISHED_AT
from tests.dossier.sample import CAEN, DIJON, EDITION, FORUM, PLACED
from tests.imports.loading import load, rows, stored, verbs, with_dijon, with_forum

pytestmark = pytest.mark.django_db


# -- there and back -------------------------------------------------------------------------------------


def test_the_real_edition_comes_back_as_it_was_told(pack_2015: EditionDossier, edition_2015: Edition) -> None:
    assert dossier_of(edition_2015, steering=True) == pack_2015


def test_every_field_comes_back_as_it_was_told() -> None:
    load(EDITION)
    assert stored() == EDITION


def test_every_field_comes_back_where_rows_do_not_tell_their_number() -> None:
    with mock.patch.object(type(connection.features), "can_return_rows_from_bulk_insert", new=False):
        load(EDITION)
    assert stored() == EDITION


def test_partners_and_carriers_named_twice_are_there_once() -> None:
    load(with_forum(porteurs=(PLACED, PLACED), partenaires=FORUM.partenaires * 2))
    assert stored() == EDITION


@pytest.mark.any_database
def test_the_report_counts_editions_semaines_and_actions() -> None:
    assert load(EDITION) == LoadReport(created=5, public=True)
    assert load(EDITION) == LoadReport(unchanged=5, public=True)
    assert load(with_forum(title="Forum des métiers", prize="")) == LoadReport(
        updated=1, unchanged=4, public=True
    )


# -- again ----------------------------------------------------------------------------------------------


def test_again_writes_nothing(pack_2015: EditionDossier, edition_2015: Edition) -> None:
    before = rows()
    with CaptureQueriesContext(connection) as queries:
        report = load(pack_2015)
    assert report == LoadReport(unchanged=128, public=True)
    assert set(verbs(queries)) == {"SELECT", "SAVEPOINT", "RELEASE"}
    assert len(queries) < 100
    assert rows() == before
    assert edition_2015.published_at == PUBLISHED_AT


def test_queries_do_not_grow_with_the_edition(pack_2015: EditionDossier) -> None:
    counts = []
    for kept in (2, 30):
        Edition.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            load(replace(pack_2015, semaines=pack_2015.semaines[:kept]))
        counts.append(verbs(queries)["SELECT"])
    assert counts[1] < counts[0] + 20


@pytest.mark.any_database
def test_two_actions_with_one_title_stay_two() -> None:
    dossier = with_dijon(actions=(ActionDossier("Tutorat", prize="A"), ActionDossier("Tutorat", prize="B")))
    load(dossier)
    assert load(dossier) == LoadReport(unchanged=5, public=True)
    assert stored() == dossier
    assert list(Action.objects.values_list("slug", flat=True)) == ["tutorat", "tutorat-2"]


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("titles", "slugs"),
    [
        (["A", "A", "A"], ["a", "a-2", "a-3"]),
        (["A 2", "A", "A"], ["a-2", "a", "a-3"]),
        (["« … »", "?"], ["action", "action-2"]),
        (["x" * 300, "x" * 300], ["x" * 100, "x" * 100 + "-2"]),
        (["y" * 99 + " z"], ["y" * 99]),
    ],
)
def test_every_action_has_its_own_address(titles: list[str], slugs: list[str]) -> None:
    dossier = with_dijon(actions=tuple(ActionDossier(title) for title in titles))
    load(dossier)
    assert [action.slug for action in Action.objects.order_by("position")] == slugs
    assert load(dossier).created == 0


@pytest.mark.any_database
def test_a_carrier_is_shared_by_its_actions(pack_2015: EditionDossier, edition_2015: Edition) -> None:
    del edition_2015
    load(with_dijon(academie="Reims", actions=(FORUM, replace(FORUM, title="Autre forum"))))
    assert Porteur.objects.get(name="Lycée Le Castel", academie__name="Reims").actions.count() == 2
    told = {
        (semaine.academie, porteur.kind, porteur.name, porteur.commune)
        for semaine in pack_2015.semaines
        for action in semaine.actions
        for porteur in action.porteurs
    }
    assert Porteur.objects.count() == len(told) + 1
    assert Partenaire.objects.filter(name="ONISEP", internal=True).count() == 1


# -- all or nothing -------------------------------------------------------------------------------------


def broken() -> dict[str, tuple[EditionDossier, str]]:
    event = DIJON.temps_forts[0]
    return {
        "academie": (with_dijon(academie="Dijonn"), r"Académie inconnue : Dijonn\. Vérifiez"),
        "cited": (
            replace(EDITION, tutorats=(TutoratDossier("possible", ("Lutèce",)),)),
            "Académie inconnue : Lutèce",
        ),
        "goal": (
            replace(EDITION, objectifs=(ObjectifDossier("a", "A", academies=("Ys", "Lutèce")),)),
            "Académie inconnue : Lutèce, Ys",
        ),
        "twice": (replace(EDITION, semaines=(CAEN, DIJON, DIJON)), "Académie en double : Dijon"),
        "windows": (with_dijon(windows=((dt.date(2016, 3, 14), dt.date(2016, 3, 13)),)), "contredit"),
        "event": (with_dijon(temps_forts=(replace(event, ends=dt.date(2016, 1, 1)),)), "contredit"),
        "axis": (with_dijon(axes=(AxeRetenu("niveaux"), AxeRetenu("niveaux"))), "contredit"),
        "long": (with_dijon(title="é" * 201), r"« é{60}… » compte 201 caractères, 200 au plus"),
        "long action": (with_forum(title="A" * 301), "301 caractères, 300 au plus"),
        "long partner": (with_forum(partenaires=(PartenaireSaisi("A" * 201),)), "201 caractères"),
        "long link": (with_forum(liens=(LienSaisi("http://" + "a" * 494),)), "501 caractères, 500 au plus"),
        "long edition": (replace(EDITION, title="A" * 201), "201 caractères"),
        "long axis": (replace(EDITION, axes=(AxeCatalogue("niveaux", "A" * 201),)), "201 caractères"),
        "long text": (replace(EDITION, introduction=(("A" * 201, ""),)), "201 caractères"),
    }


@pytest.mark.parametrize("name", list(broken()))
def test_what_cannot_be_held_is_refused_whole(name: str) -> None:
    dossier, message = broken()[name]
    with pytest.raises(LoadError, match=message):
        load(dossier)
    assert not any(rows().values())


@pytest.mark.any_database
@pytest.mark.parametrize("name", list(broken()))
def test_what_cannot_be_held_leaves_the_edition_as_it_was(name: str) -> None:
    load(EDITION)
    before = rows()
    dossier, message = broken()[name]
    with pytest.raises(LoadError, match=message):
        load(dossier)
    assert rows() == before


@pytest.mark.parametrize("last", [1, 2])
def test_a_failure_on_the_way_writes_nothing(last: int) -> None:
    def fail(done: int, total: int) -> None:
        assert total == 2
        if done == last:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(EDITION, progress=fail)
    assert not any(rows().values())
    load(EDITION)
    before = rows()
    with pytest.raises(KeyboardInterrupt):
        load(with_forum(prize=""), progress=fail)
    assert rows() == before


@pytest.mark.any_database
def test_progress_counts_the_semaines() -> None:
    steps: list[tuple[int, int]] = []
    load(EDITION, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(1, 2), (2, 2)]


# -- publication ----------------------------------------------------------------------------------------


@pytest.mark.any_database
def test_an_import_never_publishes() -> None:
    load(EDITION, origin="rapport", publish_at=None)
    assert Edition.objects.get().published_at is None
    assert set(Action.objects.values_list("etat", flat=True)) == {Etat.SUBMITTED}
    assert not Action.objects.published().exists()


@pytest.mark.any_database
def test_a_reviewed_pack_is_public_at_once() -> None:
    load(EDITION)
    assert Edition.objects.get().published_at == PUBLISHED_AT
    assert Action.objects.published().count() == 2


@pytest.mark.any_database
def test_what_an_import_adds_to_a_public_edition_waits() -> None:
    load(EDITION)
    more = with_dijon(actions=(*DIJON.actions, ActionDossier("Nouvelle")))
    load(more, origin="rapport", publish_at=None)
    assert set(Action.objects.published().values_list("slug", flat=True)) == {"forum-des-metiers", "atelier"}


@pytest.mark.any_database
def test_a_pack_makes_its_sheets_public_by_the_same_door_as_any_other() -> None:
    load(EDITION)
    for action in Action.objects.all():
        (line,) = journal.entries(action)
        assert (line.verb, line.at, line.actor_name) == ("publish", PUBLISHED_AT, "accroche load_edition")
        assert (action.etat, action.version) == (Etat.PUBLISHED, 1)
    before = rows()
    load(EDITION)
    assert rows() == before


@pytest.mark.any_database
def test_what_the_gate_finds_in_a_pack_waits_and_is_told() -> None:
    report = load(with_forum(description="Appelez le 06 12 34 56 78."))
    (held,) = report.held
    assert (held.title, [remark.field for remark in held.remarks]) == ("Forum des métiers", ["description"])
    assert {a.slug: a.etat for a in Action.objects.all()} == {
        "forum-des-metiers": Etat.SUBMITTED,
        "atelier": Etat.PUBLISHED,
    }
    assert load(with_forum(description="Appelez le 06 12 34 56 78.")).held == ()


@pytest.mark.any_database
@pytest.mark.parametrize("edition", available_packs())
def test_the_gate_holds_nothing_of_the_shipped_packs_back(edition: str) -> None:
    pack = read_pack(edition)
    assert load(pack).held == ()
    assert Action.objects.published().count() == sum(len(semaine.actions) for semaine in pack.semaines)


@pytest.mark.any_database
def test_a_pack_does_not_publish_what_waits() -> None:
    load(EDITION, origin="rapport", publish_at=None)
    load(EDITION)
    assert Edition.objects.get().published_at is None
    assert not Action.objects.published().exists()
