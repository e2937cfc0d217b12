"""The pages of needs and tutoring: who sees what, in how many queries, and what each gesture answers."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition, Semaine
from accroche.campagne.regles import StatutSemaine
from accroche.comptes.models import User
from accroche.tutorat.binome import RHYTHM, Cote, EtatBinome, MotifSortie, Pas
from accroche.tutorat.models import Binome, ContactBinome, ContrainteBinome
from accroche.tutorat.operations.binome import StaleBinomeError, ask_contacts, move
from accroche.tutorat.operations.tutorat import constrain
from tests import factories
from tests.factories import NOW
from tests.tutorat.tutorats import Scene, active, proposed, scene

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("open_today")]

YEAR = factories.YEAR
LIST, PROPOSAL, NEEDS = (
    f"/pilotage/tutorats/{YEAR}/",
    f"/pilotage/tutorats/{YEAR}/proposition/",
    f"/pilotage/appui/{YEAR}/",
)
PIN, EXCLUDE = ContrainteBinome.Kind


@pytest.fixture
def found() -> Scene:
    made = scene()
    lille, dijon = made.academies["Lille"], made.academies["Dijon"]
    constrain(made.edition, lille, dijon, PIN, access=made.bureau, at=NOW)
    return made


def browser(found: Scene, who: str = "") -> Client:
    client = Client()
    access = found.offices[who] if who else found.bureau
    assert access.user
    client.force_login(User.objects.get(pk=access.user.pk))
    return client


def text(response: Any) -> str:
    return str(response.content.decode().replace("\u00a0", " ").replace("&nbsp;", " "))


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def more_pairs(found: Scene, count: int) -> None:
    for number in range(count):
        academie = Academie.objects.create(
            slug=f"academie-{number}", name=f"Académie {number}", valid_from=NOW.date()
        )
        Semaine.objects.create(edition=found.edition, academie=academie, status=StatutSemaine.UNAVAILABLE)
        binome = Binome.objects.create(
            edition=found.edition, mentor=found.academies["Lyon"], mentee=academie, proposed_at=NOW
        )
        binome.etapes.create(title="Appeler", added_at=NOW)
        binome.contacts.create(asked_on=NOW.date())


@pytest.mark.parametrize("path", [LIST, PROPOSAL, NEEDS])
def test_a_page_asks_as_much_of_three_as_of_thirteen(found: Scene, path: str) -> None:
    client = browser(found)
    more_pairs(found, 1)
    first = queries(client, path)
    Binome.objects.all().delete()
    Semaine.objects.filter(academie__slug__startswith="academie-").delete()
    Academie.objects.filter(slug__startswith="academie-").delete()
    more_pairs(found, 10)
    assert queries(client, path) == first


def test_an_academie_reads_its_own_needs_and_pairs_alone(found: Scene) -> None:
    binome = active(found)
    assert "Dijon, par Lille" in text(browser(found).get(LIST))
    assert "Dijon, par Lille" in text(browser(found, "Dijon").get(LIST))
    assert "Dijon, par Lille" not in text(browser(found, "Lyon").get(LIST))
    assert browser(found, "Lyon").get(f"/pilotage/tutorats/binomes/{binome.pk}/").status_code == 404
    own = text(browser(found, "Dijon").get(NEEDS))
    assert "Dijon" in own
    assert "Lyon" not in own
    assert browser(found, "Dijon").get(PROPOSAL).status_code == 403


def test_needs_are_narrowed_and_ordered_never_ranked(found: Scene) -> None:
    Semaine.objects.filter(academie__slug="lyon").update(
        status=StatutSemaine.UNAVAILABLE, help_text="Nous sommes deux."
    )

    def order(query: str) -> list[str]:
        page = browser(found).get(f"{NEEDS}?{query}")
        return [one.academie.slug for one in page.context["academies"]]

    assert order("") == ["dijon", "lille", "lyon"]
    assert order("motif=donnees") == ["lyon"]
    assert order("besoin=donnees&ordre=alphabet") == ["lyon"]
    assert order("ordre=territoire") == ["dijon", "lille", "lyon"]  # 21, 59, 69
    assert "Nous sommes deux." in text(browser(found).get(NEEDS))


def test_the_bureau_arranges_and_confirms(found: Scene) -> None:
    client = browser(found)

    def post(**data: str) -> str:
        return text(client.post(PROPOSAL, data, follow=True))

    assert "Lille pour Dijon : imposé" in text(client.get(PROPOSAL))
    assert "Dijon, par le bureau national" in post(geste="exclure", mentor="lille", aidee="dijon")
    imposed = post(geste="imposer", mentor="lille", aidee="dijon")
    assert "Dijon, par Lille" in imposed
    assert "Imposé par le bureau national." in imposed
    assert "le mieux serait : Imposé" not in imposed
    post(geste="places", academie="lille", places="0")
    page = client.get(PROPOSAL)
    assert page.status_code == 409
    assert "« Lille » est imposée 1 fois" in text(page)
    assert "n’a plus" not in post(geste="liberer", mentor="lille", aidee="dijon")
    post(geste="places", academie="lille", places="")
    post(geste="ne_pas_aider", academie="dijon")
    assert "Dijon : sans accompagnement" in text(client.get(PROPOSAL))
    post(geste="aider", academie="dijon")
    version = client.get(PROPOSAL).context["version"]
    assert "Cochez au moins un binôme" in post(confirmer="oui", version=str(version))
    stale = post(confirmer="oui", version=str(version - 1), paire="dijon:bureau")
    assert "rien n’est parti" in stale
    done = post(confirmer="oui", version=str(version), paire="dijon:bureau")
    assert "Le binôme est proposé" in done
    assert Binome.objects.get().mentor is None


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"geste": "rien"},
        {"geste": "imposer", "mentor": "inconnue", "aidee": "dijon"},
        {"geste": "places", "academie": "lille", "places": "9"},
    ],
)
def test_what_no_form_sends_is_not_found(found: Scene, data: dict[str, str]) -> None:
    assert browser(found).post(PROPOSAL, data).status_code == 404


def test_a_pair_answers_each_gesture(found: Scene) -> None:
    binome = active(found)
    page = f"/pilotage/tutorats/binomes/{binome.pk}/"
    mentor, mentee = browser(found, "Lille"), browser(found, "Dijon")

    def post(client: Client, **data: str) -> Any:
        return client.post(page, data, follow=True)

    assert post(mentor, geste="etape", titre="").status_code == 422
    assert "au plan" in text(post(mentor, geste="etape", titre="Appeler", pour_le="2026-01-01"))
    assert "1 étape en retard" in text(mentee.get(page))
    step = str(binome.etapes.get().pk)
    assert "faite le" in text(post(mentee, geste="fait", etape=step, fait="oui"))
    assert post(mentee, geste="fait", etape="9" * 30, fait="oui").status_code == 404
    assert "L’échange est noté" in text(post(mentee, geste="contact", jour="2026-11-20"))
    assert "pas encore venu" in text(post(mentee, geste="contact", jour="2030-11-20"))
    assert post(mentor, geste="pas", pas="leave").status_code == 422
    assert post(mentor, geste="pas", pas="rien").status_code == 404
    assert "plus possible" in text(post(mentor, geste="pas", pas="accept"))
    assert "en pause" in text(post(mentor, geste="pas", pas="pause"))
    gone = post(mentor, geste="pas", pas="leave", raison="charge", mot="Merci.")
    assert "Votre retrait est noté" in text(gone)
    assert "nos services n’ont plus le temps" in text(mentee.get(page))
    assert "bilan est enregistré" in text(post(mentee, geste="bilan", utile="un_peu", version="0"))
    assert "Oui, un peu" in text(mentor.get(page))


def test_the_bureau_that_accompanies_is_no_academie(found: Scene) -> None:
    browser(found).post(PROPOSAL, {"geste": "exclure", "mentor": "lille", "aidee": "dijon"})
    binome = proposed(found, mentor=None)
    move(binome, Pas.ACCEPT, side=Cote.MENTEE, access=found.offices["Dijon"], at=NOW)
    page = f"/pilotage/tutorats/binomes/{binome.pk}/"
    ended = text(browser(found).post(page, {"geste": "pas", "pas": "finish"}, follow=True))
    assert "Le bureau national." in ended
    assert "L’académie qui accompagne" not in ended
    assert "a proposé ce binôme" in ended


def test_a_link_of_a_mail_opened_late_says_so(found: Scene) -> None:
    binome = active(found)
    ask_contacts(at=NOW + RHYTHM)
    page = f"/pilotage/tutorats/contacts/{ContactBinome.objects.get().pk}/"
    mentee = browser(found, "Dijon")
    assert mentee.get(page).status_code == 200
    assert Client().get(page).status_code == 302  # signs in, and comes back
    assert mentee.post(page, {"reponse": "non"}).status_code == 302
    assert "pas encore" in text(mentee.get(page))
    assert "déjà été donnée" in text(mentee.post(page, {"reponse": "oui"}, follow=True))
    leave: dict[str, Any] = {
        "side": Cote.MENTOR,
        "access": found.offices["Lille"],
        "at": NOW,
        "reason": MotifSortie.CHARGE,
    }
    assert move(binome, Pas.LEAVE, **leave).etat is EtatBinome.CLOSED


def test_who_stops_accompanying_is_told_what_that_closes(found: Scene) -> None:
    active(found)
    page = f"/pilotage/tutorats/{YEAR}/arret/lille/"
    lille = browser(found, "Lille")
    assert "Dijon : en cours" in text(lille.get(page))
    assert "Choisissez une raison" in text(lille.post(page, {}))
    assert browser(found, "Dijon").get(page).status_code == 404
    done = text(lille.post(page, {"raison": "charge"}, follow=True))
    assert "L’accompagnement est clos" in done
    assert "n’accompagne personne" in text(lille.get(page))
    assert "aucun accompagnement" in text(lille.post(page, {"raison": "charge"}, follow=True))


def test_who_stops_while_the_other_acts_is_told_that_nothing_changed(
    found: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*_args: object, **_more: object) -> int:
        raise StaleBinomeError("Trop tard.")

    active(found)
    monkeypatch.setattr("accroche.tutorat.views.tutorat.leave_all", late)
    page = f"/pilotage/tutorats/{YEAR}/arret/lille/"
    done = text(browser(found, "Lille").post(page, {"raison": "charge"}, follow=True))
    assert "rien n’a changé" in done
    assert "Dijon : en cours" in done


def test_before_the_first_edition_the_pages_say_so(found: Scene) -> None:
    Edition.objects.update(published_at=None)
    for path in ("/pilotage/appui/", "/pilotage/tutorats/"):
        assert "Aucune édition" in text(browser(found).get(path))
