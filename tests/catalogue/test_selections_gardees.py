"""Selections: what they show as sheets come and go, who keeps them, and two who write at once."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.catalogue.criteres import Criteres
from accroche.catalogue.models import FicheRetenue, Selection
from accroche.catalogue.operations.selections import (
    GesteDeSelection,
    SelectionDite,
    SelectionError,
    StaleSelectionError,
    create_selection,
    do_with_selection,
    write_selection,
)
from accroche.catalogue.queries.selections import sheets_of
from accroche.commun.models import JournalEntry
from accroche.comptes.permissions import ANONYMOUS, OPERATOR, access_of
from accroche.comptes.regles import TypeRole
from accroche.portail.gestes import GESTES
from tests import factories, indexing
from tests.catalogue.test_recherche import text_of
from tests.factories import NOW
from tests.races import at_once, passed

if TYPE_CHECKING:
    from pathlib import Path

    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

TITLES = ("Théâtre au collège", "Théâtre au lycée", "Théâtre en ville")


def sheets(where: Territory) -> list[Action]:
    school = factories.school(where, 11)
    return [factories.action(where, school, Etat.PUBLISHED, title=title) for title in TITLES]


def kept(where: Territory, *, frozen: bool, **columns: Any) -> Selection:
    found = create_selection(
        SelectionDite("Le théâtre", "Pourquoi.\n\nComment."),
        Criteres(q="theatre"),
        where.academie,
        frozen=frozen,
        access=OPERATOR,
        at=NOW,
    )
    if columns:
        Selection.objects.filter(pk=found.pk).update(**columns)
        found.refresh_from_db()
    return found


def titles(selection: Selection) -> list[str]:
    return [action.title for action in sheets_of(selection).actions]


def moderator(where: Territory) -> User:
    return factories.person(TypeRole.MODERATEUR, academie=where.academie)


def do(selection: Selection, geste: GesteDeSelection, fiche: Action | None = None) -> None:
    selection.refresh_from_db()
    pk = fiche.pk if fiche else None
    do_with_selection(selection, geste, pk, version=selection.version, access=OPERATOR, at=NOW)


@pytest.mark.any_database
def test_live_asks_again_and_frozen_lists(where: Territory) -> None:
    made = sheets(where)
    live, frozen = kept(where, frozen=False), kept(where, frozen=True)
    assert (live.slug, frozen.slug) == ("le-theatre", "le-theatre-2")
    assert sorted(titles(live)) == sorted(titles(frozen)) == sorted(TITLES)
    factories.action(where, factories.school(where, 12), Etat.PUBLISHED, title="Théâtre de rue")
    Action.objects.filter(pk__in=[made[0].pk, made[1].pk]).update(etat=Etat.WITHDRAWN)
    assert sorted(titles(live)) == ["Théâtre de rue", "Théâtre en ville"]
    assert titles(frozen) == ["Théâtre en ville"]
    assert sheets_of(frozen).gone == 2
    Selection.objects.update(published=True)
    page = text_of(Client(), frozen.get_absolute_url())
    assert "2 fiches ne sont plus publiées" in page
    assert "Théâtre au" not in page
    assert "Pourquoi." in page
    # in a frame too, which oEmbed knows by the address of the page; a draft is in none
    whole = f"{settings.SITE_URL}{frozen.get_absolute_url()}"
    told = Client().get("/oembed", {"url": whole}).json()
    assert (told["title"], "/integre/selections/le-theatre-2/" in told["html"]) == ("Le théâtre", True)
    framed = text_of(Client(), "/integre/selections/le-theatre-2/")
    assert ("Théâtre en ville" in framed, "Théâtre au" in framed) == (True, False)
    Selection.objects.update(published=False)
    assert Client().get("/oembed", {"url": whole}).status_code == 404
    assert Client().get("/integre/selections/le-theatre-2/").status_code == 404


@pytest.mark.any_database
def test_frozen_ones_are_put_in_order_by_hand(where: Territory) -> None:
    sheets(where)
    selection = kept(where, frozen=True)
    first, second, third = sheets_of(selection).actions
    for geste, fiche, after in (
        (GesteDeSelection.DESCENDRE, first, [second, first, third]),
        (GesteDeSelection.MONTER, third, [second, third, first]),
        # nowhere to go
        (GesteDeSelection.MONTER, second, [second, third, first]),
        (GesteDeSelection.DESCENDRE, first, [second, third, first]),
        (GesteDeSelection.ENLEVER, third, [second, first]),
        (GesteDeSelection.ENLEVER, third, [second, first]),
    ):
        do(selection, geste, fiche)
        assert titles(selection) == [action.title for action in after], geste
    with pytest.raises(IntegrityError), transaction.atomic():
        FicheRetenue.objects.create(selection=selection, action=first, position=9)
    do(selection, GesteDeSelection.SUPPRIMER)
    assert not Selection.objects.exists()
    assert JournalEntry.objects.filter(verb="delete_selection", note="Le théâtre").exists()
    told = set(JournalEntry.objects.filter(subject__startswith="selection:").values_list("verb", flat=True))
    assert told == {"create_selection", "reorder_selection", "reduce_selection", "delete_selection"}
    # what is told of a person's deeds has words for each of them
    assert told <= set(GESTES)


@pytest.mark.any_database
def test_nothing_to_freeze_is_refused(where: Territory) -> None:
    with pytest.raises(SelectionError):
        kept(where, frozen=True)
    assert not Selection.objects.exists()


@pytest.mark.any_database
def test_each_keeps_its_own(where: Territory) -> None:
    bureau = access_of(factories.person(TypeRole.NATIONAL), NOW)
    local = access_of(moderator(where), NOW)
    for access, academie, is_allowed in (
        (local, where.academie, True),
        (local, None, False),
        (bureau, None, True),
        (bureau, where.academie, False),
        (ANONYMOUS, None, False),
    ):
        dite = SelectionDite("Une")
        if is_allowed:
            made = create_selection(dite, Criteres(), academie, frozen=False, access=access, at=NOW)
            assert list(Selection.objects.kept_by(access)) == [made]
        else:
            with pytest.raises(PermissionDenied):
                create_selection(dite, Criteres(), academie, frozen=False, access=access, at=NOW)


@pytest.mark.any_database
@pytest.mark.usefixtures("open_today")
def test_from_the_search_to_the_page(where: Territory) -> None:
    sheets(where)
    client = Client()
    assert "Enregistrer cette sélection" not in client.get("/actions/?q=theatre").content.decode()
    client.force_login(moderator(where))
    assert "/selections/nouvelle/?q=theatre" in client.get("/actions/?q=theatre").content.decode()
    typed = {"name": "Sur scène", "introduction": "Un", "a_qui": where.academie.slug, "figee": "oui"}
    refused = client.post("/selections/nouvelle/?q=theatre", typed | {"name": "", "a_qui": "national"})
    assert refused.status_code == 422
    answer = client.post("/selections/nouvelle/?q=theatre", typed)
    assert answer.headers["Location"] == "/selections/sur-scene/modifier/"
    assert Client().get("/selections/sur-scene/").status_code == 404, "a draft"
    assert "Sur scène" not in text_of(Client(), "/selections/")
    selection = Selection.objects.get()
    client.post("/selections/sur-scene/geste/", {"geste": "publier", "version": selection.version})
    assert "Sur scène" in text_of(Client(), "/selections/")
    lines = b"".join(Client().get("/selections/sur-scene/fichier/")).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(lines), delimiter=";"))
    assert sorted(row[0] for row in rows[1:]) == sorted(TITLES)
    # a press on a page from before is refused, and says so
    late = client.post("/selections/sur-scene/geste/", {"geste": "retirer", "version": 0}, follow=True)
    assert "a changé entre-temps" in late.content.decode()
    assert Selection.objects.get().published


@pytest.mark.any_database
def test_a_frozen_one_takes_a_further_sheet_by_its_address(where: Territory) -> None:
    first, *_ = sheets(where)
    more = factories.action(where, None, Etat.PUBLISHED, title="Marionnettes")
    waiting = factories.action(where, None, Etat.SUBMITTED, title="En attente")
    selection = kept(where, frozen=True)
    client = Client()
    client.force_login(moderator(where))
    there = f"/editions/{factories.YEAR}/academies/dijon/actions/"

    def add(address: str) -> str:
        selection.refresh_from_db()
        typed = {"geste": "ajouter", "version": selection.version, "adresse": address}
        return client.post(f"/selections/{selection.slug}/geste/", typed, follow=True).content.decode()

    assert "La fiche est ajoutée, en dernier." in add(f"https://exemple.fr{there}{more.slug}/?utm=1#haut")
    assert titles(selection)[-1] == "Marionnettes"
    assert JournalEntry.objects.filter(verb="extend_selection", note="Marionnettes").exists()
    assert "extend_selection" in GESTES
    assert "déjà dans la sélection" in add(f"{there}{first.slug}/")
    assert "Ce champ est obligatoire" in add("")
    for wrong in (
        "n’importe quoi",
        "/actions/",
        f"{there}inconnue/",
        f"{there}{waiting.slug}/",
        "http://[",
    ):
        page = add(wrong)
        assert "n’est pas celle d’une fiche publiée" in page, wrong
        assert f'value="{wrong}"' in page, "what was typed is still there"
    assert len(titles(selection)) == len(TITLES) + 1


@pytest.mark.any_database
@pytest.mark.parametrize("indexed", [False, True], ids=["database", "index"])
def test_a_frozen_one_is_a_map_and_an_agenda_too(
    where: Territory, settings: Any, tmp_path: Path, *, indexed: bool
) -> None:
    settings.INDEX = tmp_path / "index" if indexed else None
    first, second, _ = sheets(where)
    day = dt.date(2027, 3, 9)
    Action.objects.filter(pk=first.pk).update(starts=day, ends=day)
    school = factories.school(where, 12, latitude=47.0, longitude=3.1)
    factories.action(where, school, Etat.PUBLISHED, title="Ailleurs", starts=day)
    selection = kept(where, frozen=True)
    do(selection, GesteDeSelection.ENLEVER, second)
    if indexed:
        indexing.fill(settings.INDEX)
    within = f"selection={selection.slug}"
    assert "Aucune action trouvée" in text_of(Client(), f"/actions/?{within}"), "a draft"
    Selection.objects.update(published=True)
    found = text_of(Client(), f"/actions/?{within}")
    assert "2 actions trouvées" in found
    assert "sélection « Le théâtre »" in found
    assert second.title not in found
    assert "2 actions publiées" in text_of(Client(), f"/carte/?{within}")
    agenda = text_of(Client(), f"/agenda/?{within}&vue=jour&jour={day}")
    assert first.title in agenda
    assert "Ailleurs" not in agenda
    page = Client().get(f"/selections/{selection.slug}/").content.decode()
    assert f"/carte/?{within}" in page
    assert f"/agenda/?{within}" in page
    for wrong in ("selection=inconnue", "selection=A%20B"):
        assert Client().get(f"/actions/?{wrong}").status_code == 200


@pytest.mark.any_database
@pytest.mark.usefixtures("open_today")
def test_who_wrote_second_is_shown_both(where: Territory) -> None:
    selection = kept(where, frozen=False)
    client, address = Client(), "/selections/le-theatre/modifier/"
    client.force_login(moderator(where))
    version = selection.version
    write_selection(
        selection, SelectionDite("La scène", "Pourquoi."), version=version, access=OPERATOR, at=NOW
    )
    mine = {"name": "Le théâtre", "introduction": "Mon texte", "version": version}
    conflict = client.post(address, mine)
    shown = conflict.content.decode()
    assert conflict.status_code == 409
    for words in ("La scène", "Pourquoi.", "Mon texte", "choix-introduction"):
        assert words in shown
    selection.refresh_from_db()
    assert selection.name == "La scène"
    chosen = mine | {"version": selection.version, "choix-name": "site", "choix-introduction": "saisie"}
    assert client.post(address, chosen).status_code == 302
    selection.refresh_from_db()
    assert (selection.name, selection.introduction) == ("La scène", "Mon texte")
    refused = client.post(address, chosen | {"introduction": "Appelez le 06 12 34 56 78"})
    assert refused.status_code == 422


@pytest.mark.any_database
def test_a_page_takes_as_many_queries_for_three_as_for_one(where: Territory) -> None:
    counted = []
    school = factories.school(where, 11)
    for number in range(3):
        factories.action(where, school, Etat.PUBLISHED, title=f"Théâtre {number}")
        selection = kept(where, frozen=True, published=True)
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(selection.get_absolute_url()).status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[2]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_lose_nothing() -> None:
    where = factories.territory()
    sheets(where)
    made = at_once(3, lambda _number: kept(where, frozen=True).slug)
    assert sorted(map(str, made)) == ["le-theatre", "le-theatre-2", "le-theatre-3"]
    selection = Selection.objects.get(slug="le-theatre")
    first = sheets_of(selection).actions[0]

    def write(number: int) -> None:
        if number % 2:
            do_with_selection(
                selection, GesteDeSelection.DESCENDRE, first.pk, version=0, access=OPERATOR, at=NOW
            )
        else:
            write_selection(selection, SelectionDite(f"Nom {number}"), version=0, access=OPERATOR, at=NOW)

    assert passed(at_once(4, write), StaleSelectionError) == 1
    selection.refresh_from_db()
    assert selection.version == 1
    assert sorted(selection.retenues.values_list("position", flat=True)) == [0, 1, 2]
