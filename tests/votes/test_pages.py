"""The pages of a vote: what they show in each phase, to whom, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
import html
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.comptes.regles import TypeRole
from accroche.votes.models import Bulletin, Candidature, Note, Scrutin
from tests import factories
from tests.pages import Page

if TYPE_CHECKING:
    from accroche.comptes.models import User
    from tests.factories import Territory

# the queries of these pages, the matrix asks of both databases
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

DAY = dt.timedelta(days=1)


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def words(response: Any) -> str:
    return " ".join(html.unescape(response.content.decode()).split())


@pytest.fixture
def scrutin(where: Territory) -> Scrutin:
    """The pages read the clock: a vote that is open whenever these tests run."""
    now = timezone.now()
    return Scrutin.objects.create(
        edition=where.semaine.edition,
        academie=where.academie,
        slug="innover",
        title="Innover",
        presentation="Votez pour l’action qui vous a marqué.",
        opens_at=now - DAY,
        closes_at=now + DAY,
    )


@pytest.fixture
def organiser(where: Territory) -> Client:
    return client_of(factories.person(TypeRole.MODERATEUR, academie=where.academie))


def candidate(where: Territory, scrutin: Scrutin) -> Candidature:
    number = Action.objects.count() + 1
    action = factories.action(where, factories.school(where, number), Etat.PUBLISHED)
    return Candidature.objects.create(scrutin=scrutin, action=action, position=number)


def ballot(candidature: Candidature, number: int = 0) -> None:
    now = timezone.now()
    Bulletin.objects.create(
        scrutin=candidature.scrutin,
        candidature=candidature,
        voter=f"v{number}",
        token_hash=f"t{number}",
        cast_at=now,
        expires_at=now,
        confirmed_at=now,
    )


def close(scrutin: Scrutin) -> None:
    Scrutin.objects.filter(pk=scrutin.pk).update(closes_at=timezone.now())


def page(client: Client, name: str = "scrutin") -> str:
    response = client.get(reverse(f"votes:{name}", args=["innover"]))
    assert response.status_code == 200
    return words(response)


def test_each_phase_has_its_page(where: Territory, scrutin: Scrutin) -> None:
    client, row = Client(), candidate(where, scrutin)
    ballot(row)
    assert "Pour quelle action votez-vous" in page(client)
    assert "1 voix" not in page(client)
    Scrutin.objects.update(opens_at=timezone.now() + DAY, closes_at=timezone.now() + 2 * DAY)
    assert "Le vote ouvre le" in page(client)
    assert "votez-vous" not in page(client)
    Scrutin.objects.update(opens_at=timezone.now() - 2 * DAY, closes_at=timezone.now() - DAY)
    assert "Le vote est clos depuis le" in page(client)
    assert "1 voix" not in page(client)
    Scrutin.objects.update(results_published_at=timezone.now())
    assert "Public : 1 voix" in page(client)


def test_the_vote_of_an_unpublished_edition_is_nobody_s_business(scrutin: Scrutin) -> None:
    type(scrutin.edition).objects.update(published_at=None)
    assert Client().get(reverse("votes:scrutin", args=["innover"])).status_code == 404
    assert "Aucun vote" in words(Client().get(reverse("votes:votes")))


def test_an_action_off_the_site_is_named_nowhere(where: Territory, scrutin: Scrutin) -> None:
    candidate(where, scrutin)
    Action.objects.update(etat=Etat.WITHDRAWN)
    title = Action.objects.get().title
    assert title not in page(Client())
    close(scrutin)
    Scrutin.objects.update(results_published_at=timezone.now())
    shown = page(Client())
    assert title not in shown
    assert "Une action retirée depuis" in shown


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"email": "prof@ac-dijon.fr"}, "Choisissez une action"),
        ({"candidature": "9999", "email": "prof@ac-dijon.fr"}, "plus candidate"),
        ({"candidature": "own", "email": "prof@"}, "Cette adresse est incomplète"),
        ({"candidature": "own", "email": "prof@ac-dijon.fr"}, "Un courriel part à prof@ac-dijon.fr"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    where: Territory, scrutin: Scrutin, told: dict[str, str], expected: str
) -> None:
    row = candidate(where, scrutin)
    sent = {name: str(row.pk) if value == "own" else value for name, value in told.items()}
    shown = words(Client().post(reverse("votes:scrutin", args=["innover"]), sent))
    assert expected in shown
    assert told["email"] in shown


def test_who_signed_in_votes_in_one_click(where: Territory, scrutin: Scrutin) -> None:
    row, client = candidate(where, scrutin), client_of(factories.user())
    address = reverse("votes:scrutin", args=["innover"])
    assert "Votre adresse électronique" not in page(client)
    assert "votre voix est comptée" in words(client.post(address, {"candidature": row.pk}, follow=True))
    assert "Votre voix est comptée" in page(client)
    assert "une personne, une voix" in words(client.post(address, {"candidature": row.pk})).lower()
    assert Bulletin.objects.count() == 1


def test_nobody_reads_the_tally_of_an_open_vote(
    where: Territory, scrutin: Scrutin, organiser: Client
) -> None:
    ballot(candidate(where, scrutin))
    shown = page(organiser, "gerer_scrutin")
    assert "1 personne a voté" in shown
    assert "voix" not in shown.split("Candidatures")[1]
    close(scrutin)
    assert "Public : 1 voix" in page(organiser, "gerer_scrutin")


def test_one_creates_fills_and_publishes(where: Territory, organiser: Client) -> None:
    action = factories.action(where, None, Etat.PUBLISHED)
    told = {
        "title": "Innover",
        "edition": where.semaine.edition_id,
        "academie": where.academie.pk,
        "presentation": "",
        "opens_at": "2020-01-01T08:00",
        "closes_at": "2019-01-01T08:00",
    }
    create = reverse("votes:creer_scrutin")
    assert "La clôture vient après l’ouverture" in words(organiser.post(create, told))
    organiser.post(create, told | {"closes_at": "2090-01-01T08:00"})
    scrutin = Scrutin.objects.get()
    manage, choose = (
        reverse(f"votes:{name}", args=[scrutin.slug]) for name in ("gerer_scrutin", "candidatures")
    )
    assert action.title in words(organiser.get(choose, {"q": "forum"}))
    organiser.post(choose, {"ajouter": action.pk})
    row = Candidature.objects.get()
    organiser.post(manage, {"geste": "jure", "email": "jury@ac-dijon.fr"})
    assert "incomplète" in words(organiser.post(manage, {"geste": "jure", "email": "jury"}))
    assert scrutin.jury.count() == 1
    early = organiser.post(manage, {"geste": "publier"}, follow=True)
    assert "Attendez la clôture" in words(early)
    close(scrutin)
    organiser.post(manage, {"geste": "prix", f"prix-{row.pk}": "Prix du public"})
    organiser.post(manage, {"geste": "publier"})
    action.refresh_from_db()
    assert action.prize == "Prix du public"
    assert "Prix du public" in words(Client().get(reverse("votes:scrutin", args=[scrutin.slug])))
    for gesture in ("rien", ""):
        assert organiser.post(manage, {"geste": gesture}).status_code == 404
    assert organiser.post(choose, {}).status_code == 404


def test_frozen_candidates_say_why(where: Territory, scrutin: Scrutin, organiser: Client) -> None:
    row = candidate(where, scrutin)
    address = reverse("votes:candidatures", args=["innover"])
    other = candidate(where, scrutin)
    organiser.post(address, {"monter": other.pk})
    assert Candidature.objects.order_by("position").first() == other
    organiser.post(address, {"retirer": other.pk})
    assert Candidature.objects.get() == row
    ballot(row)
    assert "fausserait leur choix" in page(organiser, "candidatures")
    assert "fausserait leur choix" in words(organiser.post(address, {"retirer": row.pk}, follow=True))
    assert Candidature.objects.get() == row


def test_words_and_dates_are_changed(scrutin: Scrutin, organiser: Client) -> None:
    address = reverse("votes:modifier_scrutin", args=["innover"])
    local = timezone.localtime(scrutin.opens_at)
    told = {"title": "Innover ici", "opens_at": f"{local:%Y-%m-%dT%H:%M}", "closes_at": "2090-01-01T08:00"}
    assert "ouverture ne change plus" in words(
        organiser.post(address, told | {"opens_at": "2020-01-01T08:00"})
    )
    Scrutin.objects.update(opens_at=local.replace(second=0, microsecond=0))
    organiser.post(address, told)
    assert Scrutin.objects.get().title == "Innover ici"


def marks(*told: tuple[Candidature, str, str]) -> dict[str, str]:
    """What the page of a juror sends."""
    sent: dict[str, str] = {}
    for row, mark, comment in told:
        sent |= {f"{row.pk}-mark": mark, f"{row.pk}-comment": comment}
    return sent


def test_a_juror_sees_their_own_marks_alone(where: Territory, scrutin: Scrutin) -> None:
    row = candidate(where, scrutin)
    mine, other = factories.user("a@ac-dijon.fr"), factories.user("b@ac-dijon.fr")
    scrutin.jury.add(mine, other)
    Note.objects.create(candidature=row, juror=other, mark=7, comment="Secret", at=timezone.now())
    client = client_of(mine)
    assert "innover" in words(client.get(reverse("portail:tableau")))
    shown = page(client, "jury")
    assert "Secret" not in shown
    assert "0 sur 1 candidature notée" in shown
    address = reverse("votes:jury", args=["innover"])
    bad = words(client.post(address, marks((row, "21", "Trop"))))
    assert "Trop" in bad
    assert "fr-error-text" in bad
    client.post(address, marks((row, "14", "Bien")))
    assert Note.objects.get(juror=mine).mark == 14
    close(scrutin)
    Scrutin.objects.update(results_published_at=timezone.now())
    assert "Votre note : 14 sur 20" in page(client, "jury")
    late = words(client.post(address, marks((row, "2", ""))))
    assert "les notes ne changent plus" in late
    assert Note.objects.get(juror=mine).mark == 14
    assert client_of(factories.user("c@ac-dijon.fr")).get(address).status_code == 404


def test_every_mark_of_the_page_is_written_at_once(where: Territory, scrutin: Scrutin) -> None:
    """One that is wrong is shown again, and holds none of the others back."""
    first, second, third, fourth = (candidate(where, scrutin) for _ in range(4))
    juror = factories.user("a@ac-dijon.fr")
    scrutin.jury.add(juror)
    client, address = client_of(juror), reverse("votes:jury", args=["innover"])
    assert page(client, "jury").split("<main")[1].count("<form") == 1
    typed = marks((first, "12", ""), (second, "21", "Trop"), (third, "15", "Bien"), (fourth, "", ""))
    again = words(client.post(address, typed))
    assert sorted(Note.objects.values_list("mark", flat=True)) == [12, 15]
    assert "2 notes enregistrées" in again
    assert f"« {second.action} », Note" in again.replace("\N{NO-BREAK SPACE}", " ")
    assert "Trop" in again
    lone = words(client.post(address, marks((fourth, "", "Un mot sans note"))))
    assert "Donnez une note." in lone
    assert "Un mot sans note" in lone


def test_prizes_typed_beside_the_button_are_published(
    where: Territory, scrutin: Scrutin, organiser: Client
) -> None:
    row = candidate(where, scrutin)
    close(scrutin)
    shown = Page(page(organiser, "gerer_scrutin"))
    [form] = [one for one in shown.forms if one.attributes.get("id") == "prix"]
    assert {"prix", "publier"} == {champ.value for champ in form.champs if champ.name == "geste"}
    address = reverse("votes:gerer_scrutin", args=["innover"])
    organiser.post(address, {"geste": "publier", f"prix-{row.pk}": "Prix du public"})
    row.refresh_from_db()
    assert row.prize == "Prix du public"
    assert Scrutin.objects.get().results_published_at


def test_who_leaves_an_action_out_is_told_and_counted(
    where: Territory, scrutin: Scrutin, organiser: Client
) -> None:
    own, other = candidate(where, scrutin), candidate(where, scrutin)
    juror = factories.person(
        TypeRole.PORTEUR, "jury@ac-dijon.fr", etablissement=own.action.porteurs.get().etablissement
    )
    scrutin.jury.add(juror)
    client = client_of(juror)
    shown = page(client, "jury")
    assert "Vous ne notez pas cette action : votre établissement la porte." in shown
    assert "0 sur 1 candidature notée" in shown
    address = reverse("votes:jury", args=["innover"])
    client.post(address, marks((other, "14", ""), (own, "20", "")))
    assert Note.objects.get().candidature == other
    assert "1 candidature notée, 1 exclue (de son établissement, ou la sienne)" in page(
        organiser, "gerer_scrutin"
    )
    close(scrutin)
    organiser.post(reverse("votes:gerer_scrutin", args=["innover"]), {"geste": "publier"})
    told = page(Client())
    assert "Jury : pas de note (1 exclu)" in told
    assert "Jury : 14 sur 20 (1 juré)" in told


@pytest.mark.parametrize("name", ["scrutin", "candidatures", "gerer_scrutin", "jury"])
@pytest.mark.parametrize("over", [False, True])
def test_a_page_asks_as_much_for_three_as_for_one(
    where: Territory, scrutin: Scrutin, organiser: Client, name: str, over: bool
) -> None:
    if over:
        close(scrutin)
        Scrutin.objects.update(results_published_at=timezone.now())
    juror = factories.user("jury@ac-dijon.fr")
    scrutin.jury.add(juror)
    client = client_of(juror) if name == "jury" else organiser

    def fill() -> None:
        row = candidate(where, scrutin)
        Note.objects.create(candidature=row, juror=juror, mark=7, at=timezone.now())
        factories.action(where, row.action.porteurs.get().etablissement, Etat.PUBLISHED)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, name)
        return len(captured)

    fill()
    one = asked()
    fill()
    fill()
    assert asked() == one


@pytest.mark.parametrize("name", ["votes", "organiser_votes"])
def test_a_list_of_votes_asks_as_much_for_three_as_for_one(
    where: Territory, scrutin: Scrutin, organiser: Client, name: str
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert "Innover" in words(organiser.get(reverse(f"votes:{name}")))
        return len(captured)

    one = asked()
    for number in range(2):
        scrutin.pk, scrutin.slug = None, f"innover-{number}"
        scrutin.save()
    assert asked() == one
