"""The agenda, its calendars and feeds: what they tell, how calendars know it again, what they never tell."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.annuaire.models import Etablissement
from accroche.campagne.models import Edition, Fenetre, TempsFort
from accroche.campagne.regles import TypeTempsFort
from accroche.catalogue.criteres import Criteres
from accroche.catalogue.presentation.calendriers import calendrier_of
from accroche.catalogue.queries import agenda as queries
from accroche.catalogue.queries import flux, recherche_index
from accroche.comptes.regles import TypeRole
from accroche.pilotage.operations.semaine import write_semaine
from accroche.pilotage.queries.semaine import semaine_content
from tests import factories
from tests.catalogue.test_agenda import event
from tests.catalogue.test_recherche import text_of

if TYPE_CHECKING:
    from django.test import Client

    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

DAY = dt.date(2027, 3, 9)
AGENDA = f"/agenda/?jour={DAY}"
ATOM = "{http://www.w3.org/2005/Atom}"


def fort(where: Territory, title: str = "Forum de l’orientation", **columns: Any) -> TempsFort:
    held = where.semaine.temps_forts.count()
    told = {"kind": TypeTempsFort.FORUM, "starts": DAY, "position": held, "uid": f"{where.semaine.pk}-{held}"}
    return TempsFort.objects.create(semaine=where.semaine, title=title, **told | columns)


def sheet(where: Territory, number: int = 1, etat: Etat = Etat.PUBLISHED, **columns: Any) -> Action:
    told = {"title": f"Jardin partagé {number}", "starts": DAY, "ends": DAY + dt.timedelta(days=2)}
    return factories.action(where, factories.school(where, number), etat, **told | columns)


def events_of(client: Client, path: str) -> dict[str, Any]:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    body = response.content
    assert all(len(line) <= 75 for line in body.split(b"\r\n")), "folded as the standard asks"
    return {str(one["uid"]): one for one in Calendar.from_ical(body).walk("VEVENT")}


def test_the_page_tells_each_day(client: Client, where: Territory) -> None:
    fort(where, place="Nevers")
    sheet(where)
    Fenetre.objects.create(semaine=where.semaine, starts=DAY, ends=DAY + dt.timedelta(days=4))
    found = text_of(client, AGENDA)
    assert "3 rendez-vous annoncés" in found
    assert "Mardi 9 mars 2027" in found
    assert "Semaine de la persévérance scolaire, académie de Dijon" in found
    assert "Forum de l’orientation" in found
    assert "du 9 au 11 mars 2027" in found
    assert "Jardin partagé 1" in text_of(client, f"{AGENDA}&vue=semaine")
    assert "Jardin partagé 1" in text_of(client, "/agenda/?vue=jour&jour=2027-03-11")
    nothing = client.get("/agenda/?vue=jour&jour=2027-03-20").content.decode()
    assert "Rien n’est annoncé" in nothing
    assert re.search(r'href="/agenda/">Voir tous les rendez-vous à venir</a>', nothing)
    assert "Académie de Dijon" in text_of(client, f"{AGENDA}&vue=lieu")
    marks = re.findall(r'<nav[^>]*aria-label="([^"]+)"', client.get(AGENDA).content.decode())
    assert len(set(marks)) == len(marks), "each is told from the others by who hears the page"


def test_filters_are_those_of_the_search(client: Client, where: Territory) -> None:
    fort(where)
    sheet(where)
    sheet(where, 2, college=False, lycee=True, title="Atelier théâtre")
    found = text_of(client, f"/agenda/?niveau=college&jour={DAY}")
    assert "Jardin partagé 1" in found
    assert "Atelier théâtre" not in found
    assert "Forum de l’orientation" not in found
    assert "l’agenda montre seulement les actions" in found
    found = text_of(client, f"/agenda/?q=theatre&jour={DAY}")
    assert ("Atelier théâtre" in found, "Forum de l’orientation" in found) == (True, False)
    assert "Forum de l’orientation" in text_of(client, f"/agenda/?q=orientation&jour={DAY}")
    assert "Forum de l’orientation" not in text_of(client, f"/agenda/?academie=lyon&jour={DAY}")


@pytest.mark.parametrize("vue", ["jour", "semaine"])
def test_days_outside_the_filter_hold_nothing(client: Client, where: Territory, vue: str) -> None:
    fort(where)
    sheet(where, starts=DAY - dt.timedelta(days=20), ends=DAY + dt.timedelta(days=40))
    sheet(where, 2)
    asked = f"/agenda/?vue={vue}&jour={DAY}"
    assert "Jardin partagé" in text_of(client, asked)
    later = DAY + dt.timedelta(days=30)
    found = text_of(client, f"{asked}&du={later}&au={later}")
    assert "Rien n’est annoncé" in found
    assert "Jardin partagé" not in found


def test_counts_of_filters_hold_what_academies_do(client: Client, where: Territory) -> None:
    fort(where)
    sheet(where)
    page = client.get(f"/agenda/?academie=lyon&jour={DAY}")
    [academies] = [one for one in page.context["filtres"] if one.name == "academie"]
    assert [(one.code, one.count) for one in academies.options] == [("dijon", 2), ("lyon", 0)]
    told = text_of(client, f"/agenda/?jour={DAY}")
    assert "Dijon (2 rendez-vous )" in told
    assert not re.search(r"\(\d+ actions? \)", told)  # an action is one of them


def test_what_cannot_be_read_is_told(client: Client, where: Territory) -> None:
    assert where
    found = text_of(client, "/agenda/?vue=siecle&jour=hier")
    assert "Cette façon de lire l’agenda n’existe pas" in found
    assert "« hier »" in found
    assert client.get(f"/agenda/?jour={'9' * 10_000}").status_code == 200
    assert client.get("/agenda/?jour=9999-12-31").status_code == 200


def test_an_empty_agenda_leads_to_what_was(client: Client, where: Territory) -> None:
    fort(where)
    page = client.get("/agenda/?jour=2030-01-01").content.decode()
    assert 'href="/agenda/?jour=2027-03-09"' in page


def test_a_calendar_holds_the_same_events(client: Client, where: Territory) -> None:
    one, action = fort(where, place="Nevers, salle des fêtes ; porte B"), sheet(where)
    whole = events_of(client, f"/agenda.ics?du={DAY}")
    assert set(whole) == {f"{one.uid}@127.0.0.1", f"action-{action.pk}@127.0.0.1"}
    jardin = whole[f"action-{action.pk}@127.0.0.1"]
    # the end is the day after the last
    assert (jardin["dtstart"].dt, jardin["dtend"].dt) == (DAY, DAY + dt.timedelta(days=3))
    assert str(whole[f"{one.uid}@127.0.0.1"]["location"]) == "Nevers, salle des fêtes ; porte B"
    assert set(events_of(client, f"/evenements/{one.uid}.ics")) == {f"{one.uid}@127.0.0.1"}
    alone = f"/editions/{factories.YEAR}/academies/dijon/actions/{action.slug}/agenda.ics"
    assert events_of(client, alone).keys() == {f"action-{action.pk}@127.0.0.1"}
    assert client.get(f"/agenda.ics?du={DAY}").content == client.get(f"/agenda.ics?du={DAY}").content
    assert events_of(client, f"/agenda.ics?du={DAY}&academie=lyon") == {}


def test_a_sheet_told_elsewhere_is_not_where_its_school_is(client: Client, where: Territory) -> None:
    """Its place comes first, then who receives; the school is no point on a map of it."""
    sheet(where, 1)
    sheet(where, 2, place="Salle des fêtes, Talant")
    Etablissement.objects.update(latitude=47.3, longitude=5.0)
    told = events_of(client, f"/agenda.ics?du={DAY}")
    assert {(str(one["location"]), "geo" in one) for one in told.values()} == {
        ("Collège Dijon 1", True),
        ("Salle des fêtes, Talant ; Collège Dijon 2", False),
    }
    assert "Salle des fêtes, Talant Collège Dijon 2" in text_of(client, f"/agenda/?jour={DAY}")


def test_a_calendar_knows_an_event_again(client: Client, where: Territory) -> None:
    """The page of a semaine is written whole: what it told before stays who it was."""
    moderator = factories.role(factories.user(), TypeRole.MODERATEUR, academie=where.academie).user
    access, now = factories.access(moderator), timezone.now()

    def told(*events: Any) -> dict[str, Any]:
        where.semaine.refresh_from_db()
        content = semaine_content(where.semaine)
        kept = content.__class__(**{**_fields(content), "temps_forts": events})
        write_semaine(where.semaine, kept, access=access, at=now, version=where.semaine.version)
        return {str(one["summary"]): one for one in events_of(client, f"/agenda.ics?du={DAY}").values()}

    fort(where)
    fort(where, "Visite")
    forum, visite = semaine_content(where.semaine).temps_forts
    first = told(visite, forum)
    later = type(forum)(**{**_fields(forum), "starts": DAY + dt.timedelta(days=1)})
    second = told(later)
    assert [one["uid"] for one in second.values()] == [first["Forum de l’orientation"]["uid"]]
    assert first["Forum de l’orientation"]["sequence"] == 0
    assert second["Forum de l’orientation"]["sequence"] == 1


def _fields(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}


@pytest.mark.parametrize("etat", [Etat.DRAFT, Etat.SUBMITTED, Etat.WITHDRAWN, Etat.REFUSED])
def test_what_is_not_published_is_nowhere(client: Client, where: Territory, etat: Etat) -> None:
    action = sheet(where, etat=etat)
    for path in (AGENDA, f"/agenda.ics?du={DAY}", "/agenda.atom", "/sitemap.xml", "/sitemap-fiches.xml"):
        assert action.title not in client.get(path, follow=True).content.decode()
    alone = f"/editions/{factories.YEAR}/academies/dijon/actions/{action.slug}/agenda.ics"
    assert client.get(alone).status_code == 404


def test_an_edition_that_is_not_published_has_no_day(client: Client, where: Territory) -> None:
    one, action = fort(where), sheet(where)
    Fenetre.objects.create(semaine=where.semaine, starts=DAY, ends=DAY)
    Edition.objects.update(published_at=None)
    told = text_of(client, AGENDA)
    assert "Rien n’est annoncé" in told
    assert "Aucun rendez-vous" not in told, "said once"
    assert events_of(client, f"/agenda.ics?du={DAY}") == {}
    assert client.get(f"/evenements/{one.uid}.ics").status_code == 404
    assert action.title not in client.get("/agenda.atom").content.decode()


def test_a_semaine_that_was_only_begun_has_no_day(client: Client, where: Territory) -> None:
    """A visitor's unconfirmed draft made it: the public does not see that it is there."""
    one = fort(where)
    assert one.title in text_of(client, AGENDA)
    type(where.semaine).objects.filter(pk=where.semaine.pk).update(begun=True)
    for path in (AGENDA, "/editions/2026-2027/", "/academies/dijon/"):
        assert one.title not in text_of(client, path), path
    assert client.get(f"/evenements/{one.uid}.ics").status_code == 404


def test_a_feed_tells_what_changed_last_first(client: Client, where: Territory) -> None:
    old, new = sheet(where, title="A < B & C"), sheet(where, 2)
    Action.objects.filter(pk=new.pk).update(updated_at=factories.NOW + dt.timedelta(days=1))
    response = client.get("/agenda.atom")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(response.content)  # noqa: S314 - ours
    entries = feed.findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}title") for one in entries] == [new.title, old.title]
    assert [one.findtext(f"{ATOM}id") for one in entries] == [
        f"tag:127.0.0.1,2026:action-{pk}" for pk in (new.pk, old.pk)
    ]
    narrowed = ET.fromstring(client.get("/agenda.atom?q=jardin").content)  # noqa: S314 - ours
    assert len(narrowed.findall(f"{ATOM}entry")) == 1


def test_a_feed_whose_index_fails_half_way_tells_each_sheet_once(
    where: Territory, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = sheet(where)

    def fail(_criteres: Criteres, seen: Any, **_asked: Any) -> None:
        seen([made.pk])

    monkeypatch.setattr(recherche_index, "numbers", fail)
    assert [one.title for one in flux.entries(Criteres(q="jardin"), 9)] == [made.title]


@pytest.mark.parametrize("path", [AGENDA, f"{AGENDA}&vue=semaine", f"/agenda.ics?du={DAY}", "/agenda.atom"])
def test_one_and_three_rows_ask_as_much(
    client: Client, where: Territory, path: str, django_assert_num_queries: Any
) -> None:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    fort(where)
    sheet(where)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(f"{path}{'&' if '?' in path else '?'}utm=1")
    for number in (2, 3):
        fort(where, f"Forum {number}")
        sheet(where, number)
    with django_assert_num_queries(len(one)):
        client.get(f"{path}{'&' if '?' in path else '?'}utm=2")


def test_a_sheet_is_one_event_whoever_reads_it(where: Territory) -> None:
    """As a row of a list and with the page of its action; its place is the list's alone."""
    read = Action.objects.select_related("semaine__academie", "semaine__edition").get(pk=sheet(where).pk)
    [listed] = queries.dated_actions([read.pk])
    assert listed._replace(precisions=listed.precise._replace(position=None)) == queries.action_event(read)


def test_temps_forts_are_the_same_remembered_or_not(
    client: Client, where: Territory, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (3, 1, 2):
        fort(where, f"Forum {number}", starts=DAY + dt.timedelta(days=number), ends=None)
    fort(where, "Après", starts=DAY + dt.timedelta(days=900))
    remembered = titles(client.get(AGENDA))
    assert remembered == ["Forum 1", "Forum 2", "Forum 3"]
    monkeypatch.setattr(queries, "BOUND", 3)
    assert titles(client.get(AGENDA)) == remembered, "four are more than are remembered"


def titles(response: Any) -> list[str]:
    return [event.title for day in response.context["agenda"].programme.jours for event in day.events]


def test_what_was_read_for_a_page_makes_no_calendar() -> None:
    with pytest.raises(ValueError, match="read for a page"):
        calendrier_of([event(DAY)._replace(precisions=None)], "Agenda")


TEXTS = st.text(st.characters(codec="utf-8"), max_size=200)


@given(TEXTS, TEXTS, TEXTS)
def test_any_text_makes_a_calendar_that_is_read_again(title: str, place: str, summary: str) -> None:
    body = calendrier_of([event(DAY, 2, title=title, place=place, summary=summary)], title)
    found: Any
    [found] = Calendar.from_ical(body).walk("VEVENT")
    assert found["dtend"].dt == DAY + dt.timedelta(days=2)
    assert not {"\u202e", "\x00"} & set(str(found["summary"]) + str(found.get("location", "")))
    body.decode()
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
