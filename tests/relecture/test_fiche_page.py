"""The working page of a sheet: the buttons of each role, two people at once, messages, the visible diff."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accroche.actions.cycle import TRANSITIONS, Etat, Side, Step, steps_from
from accroche.actions.models import Action, Commentaire
from accroche.actions.operations.cycle import move
from accroche.commun import journal
from accroche.commun.models import Message
from accroche.comptes.regles import TypeRole
from accroche.dossier.queries.comptage import public_dossier
from accroche.lib.texte import typographie
from accroche.relecture.forms.fiche import ELSEWHERE
from accroche.relecture.motifs import MOTIFS
from accroche.relecture.operations.echanges import comment
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def owner(school: Etablissement) -> User:
    return factories.person(TypeRole.PORTEUR, "prof@ac-dijon.fr", etablissement=school)


def signed_in(person: User | None, sheet: Action | None = None) -> Client:
    client = factories.browser_of(*([factories.followed(sheet)] if sheet else []))
    if person:
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def page(client: Client, action: Action, query: str = "") -> str:
    response = client.get(reverse("relecture:fiche", args=[action.pk]) + query)
    assert response.status_code == 200
    return response.content.decode()


def step(client: Client, action: Action, made: Step, **more: Any) -> Any:
    told = {"etape": made, "version": action.version} | more
    return client.post(reverse("relecture:etape", args=[action.pk]), told)


def offered(html: str) -> set[Step]:
    return {Step(found) for found in re.findall(r'name="etape"\s+value="(\w+)"', html)}


ROLES: dict[str, set[Side]] = {
    "porteur": {Side.OWNER},
    "by_link": {Side.OWNER},
    "referent": {Side.OWNER},
    "moderateur": {Side.OWNER, Side.MODERATOR},
    "administrateur": {Side.OWNER, Side.MODERATOR},
    "lecteur": set(),
    "national": set(),
}


def client_of(who: str, action: Action, where: Territory, school: Etablissement) -> Client:
    places: dict[str, dict[str, Any]] = {
        "porteur": {"etablissement": school},
        "referent": {"bassin": where.bassin},
        "moderateur": {"academie": where.academie},
        "lecteur": {"academie": where.academie},
        "national": {},
        "administrateur": {},
    }
    if who == "by_link":
        return signed_in(None, action)
    return signed_in(factories.person(TypeRole(who), **places[who]))


@pytest.mark.parametrize("etat", Etat)
@pytest.mark.parametrize("who", ROLES)
def test_each_role_is_offered_its_steps_and_each_works(
    who: str, etat: Etat, where: Territory, school: Etablissement
) -> None:
    """Every button × state × role: what is offered works, what is not is refused.

    Of roles that stand on the same side of a sheet the first presses them all, the others one.
    """
    target = factories.action(where, school)
    merged = {"merged_into": target} if etat is Etat.MERGED else {}
    action = factories.action(where, school, etat, **merged)
    client = client_of(who, action, where, school)
    expected = {s for side in ROLES[who] for s in steps_from(etat, side)} - ELSEWHERE
    assert offered(page(client, action)) == expected
    others = [made for made in Step if made not in expected | ELSEWHERE][:2]
    first = next(role for role, sides in ROLES.items() if sides == ROLES[who])
    for made in [*sorted(expected), *others][: None if who == first else 1]:
        Action.objects.filter(pk=action.pk).update(etat=etat, **merged)
        before = Action.objects.get(pk=action.pk)
        response = step(client, before, made, precision="Parce que")
        after = Action.objects.get(pk=action.pk)
        if made in expected:
            assert response.status_code == 302, made
            assert after.etat == TRANSITIONS[made].target
        else:
            assert response.status_code in {403, 422}, made
            assert (after.etat, after.version) == (before.etat, before.version)


def test_the_step_just_made_can_be_taken_back(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    action = factories.action(where, school)
    client = signed_in(moderator)
    html = client.post(
        reverse("relecture:etape", args=[action.pk]), {"etape": Step.PUBLISH, "version": 0}, follow=True
    ).content.decode()
    assert "C’est fait" in html
    assert re.search(r'value="unpublish">Annuler', html)
    action.refresh_from_db()
    step(client, action, Step.UNPUBLISH)
    action.refresh_from_db()
    assert action.etat == Etat.SUBMITTED
    assert "C’est fait" not in page(client, action, "?fait=publish"), "an old address claims nothing"


def test_two_moderators_at_once_the_second_is_told_who_was_first(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    action = factories.action(where, school)
    second = factories.person(TypeRole.MODERATEUR, "saio@ac-dijon.fr", academie=where.academie)
    move(Action.objects.get(pk=action.pk), Step.PUBLISH, access=factories.access(moderator), at=NOW)
    comment(action, "Bravo", access=factories.access(second), at=NOW, internal=True)  # changes no sheet
    response = step(signed_in(second), action, Step.REFUSE, precision="Mon motif à moi")
    html = response.content.decode()
    assert response.status_code == 409
    assert f"{moderator} l’a publiée il y a" in html
    assert "Mon motif à moi" in html, "what was typed stays"
    action.refresh_from_db()
    assert action.etat == Etat.PUBLISHED
    assert [entry.verb for entry in journal.entries(action)] == ["internal_note", Step.PUBLISH]


def test_a_reason_is_owed_and_the_mail_quotes_it(
    where: Territory, school: Etablissement, moderator: User, owner: User
) -> None:
    action = factories.action(where, school)
    client = signed_in(moderator)
    response = step(client, action, Step.ASK)
    assert response.status_code == 422
    assert "Cochez un motif" in response.content.decode()
    refused = step(client, action, Step.ASK, motifs=["hors_sujet"])
    assert refused.status_code == 422, "a reason of another step"
    assert step(client, action, Step.ASK, motifs=["dates"], precision="Et la salle ?").status_code == 302
    mail = Message.objects.get(to=owner.email)
    assert f"> {typographie(MOTIFS['dates'].text)}" in mail.body
    assert "> Et la salle\u00a0?" in mail.body
    assert reverse("relecture:fiche", args=[action.pk]) in mail.body
    assert MOTIFS["dates"].text in page(signed_in(owner), action), "the school reads it on the page too"


def test_what_blocks_is_said_instead_of_a_button(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    action = factories.action(where, school, description="Appelez le 03 80 12 34 56 pour venir.")
    factories.piece(action)
    client = signed_in(moderator)
    html = page(client, action)
    assert "03 80 12 34 56</q>" in html
    assert "fete.jpg" in html
    assert Step.PUBLISH not in offered(html)
    response = step(client, action, Step.PUBLISH)
    assert response.status_code == 422
    assert "Retirez ce numéro" in response.content.decode()


def test_messages_go_to_the_other_side_once_and_notes_stay_inside(
    where: Territory, school: Etablissement, moderator: User, owner: User
) -> None:
    action = factories.action(where, school)
    address = reverse("relecture:commenter", args=[action.pk])
    academie, ecole = signed_in(moderator), signed_in(owner)
    academie.post(address, {"text": "Quel jour ?"})
    academie.post(address, {"text": "Quel jour ?"})  # the same click twice
    academie.post(address, {"text": "À montrer au recteur", "internal": "on"})
    ecole.post(address, {"text": "Le 12 mars."})
    assert [c.text for c in Commentaire.objects.all()] == [
        "Quel jour ?",
        "À montrer au recteur",
        "Le 12 mars.",
    ]
    assert list(Message.objects.order_by("pk").values_list("to", flat=True)) == [
        owner.email,
        "vie.scolaire@ac-dijon.fr",
        moderator.email,
    ]
    assert "recteur" in page(academie, action)
    seen = page(ecole, action)
    assert "recteur" not in seen
    assert "note interne" not in seen
    reader = factories.person(TypeRole.LECTEUR, academie=where.academie)
    assert "recteur" in page(signed_in(reader), action)
    assert ecole.post(address, {"text": "Note", "internal": "on"}).status_code == 403
    assert signed_in(reader).post(address, {"text": "Bonjour"}).status_code == 403


def test_who_declared_by_link_answers(where: Territory, school: Etablissement, moderator: User) -> None:
    action = factories.action(where, school, declarant_email="prof@example.fr", private_email="")
    client = signed_in(None, action)
    address = reverse("relecture:commenter", args=[action.pk])
    assert client.post(address, {"text": " "}).status_code == 422
    assert client.post(address, {"text": "Voici les dates."}).status_code == 302
    assert Commentaire.objects.get().author_name == "prof@example.fr"
    assert Message.objects.get().to == moderator.email


def test_a_change_is_shown_word_by_word(where: Territory, school: Etablissement, moderator: User) -> None:
    action = factories.action(where, school)
    changes = {
        "title": ("Forum des métiers", "Forum des formations"),
        "levels": (["college"], ["college", "lycee"]),
        "audience_size": (None, 30),
        "activites": ([{"title": "Visite"}], []),
    }
    journal.record(action, "edit", at=NOW, actor=moderator, changes=changes)
    html = page(signed_in(moderator), action)
    assert re.search(r"<del>.*métiers</del>", html)
    assert re.search(r"<ins>.*formations</ins>", html)
    assert re.search(r"<ins>.*\s*Lycée</ins>", html)
    assert "Élèves" in html or "Nombre d’élèves" in html
    assert "supprimé&nbsp;:" in html, "colour is not alone"


def test_the_public_is_sent_to_the_public_page_and_a_visitor_of_a_mail_to_sign_in(
    where: Territory, school: Etablissement
) -> None:
    published = factories.action(where, school, Etat.PUBLISHED)
    draft = factories.action(where, school, Etat.DRAFT)
    found = Client().get(reverse("relecture:fiche", args=[published.pk]))
    assert found["Location"].endswith(f"/{published.slug}/")
    asked = Client().get(reverse("relecture:fiche", args=[draft.pk]))
    assert asked["Location"].startswith(reverse("comptes:connexion"))


def test_a_distinction_is_given_and_taken_back(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    action = factories.action(where, school, Etat.PUBLISHED)
    client = signed_in(moderator)
    address = reverse("relecture:distinguer", args=[action.pk])
    client.post(address, {"remarkable": "on", "prize": "Prix du public", "version": 0})
    action.refresh_from_db()
    assert (action.remarkable, action.prize) == (True, "Prix du public")
    assert client.post(address, {"prize": "", "version": 0}).status_code == 409
    client.post(address, {"prize": "", "version": action.version})
    action.refresh_from_db()
    assert (action.remarkable, action.prize) == (False, "")
    assert [entry.verb for entry in journal.entries(action)][::-1] == [
        "remarkable",
        "prize",
        "not_remarkable",
        "prize",
    ]


def test_an_example_of_the_synthesis_is_chosen_and_given_up(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    action = factories.action(where, school, Etat.PUBLISHED)
    client = signed_in(moderator)
    page, address = (reverse(f"relecture:{name}", args=[action.pk]) for name in ("fiche", "distinguer"))
    assert "au plus 12 exemples par académie" in client.get(page).content.decode()
    client.post(address, {"chosen": "on", "prize": "", "version": 0})
    action.refresh_from_db()
    assert (action.chosen, action.remarkable) == (True, False)
    shown = client.get(page).content.decode()
    assert "Choisie comme exemple" in shown
    assert "l’a choisie comme exemple de la synthèse" in shown
    assert public_dossier(where.semaine.edition).semaines[0].actions[0].chosen
    client.post(address, {"prize": "", "version": action.version})
    action.refresh_from_db()
    assert not action.chosen
    assert [entry.verb for entry in journal.entries(action)][::-1] == ["chosen", "not_chosen"]


def test_the_mail_to_who_has_no_account_opens_the_sheet(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    """A fresh single-use link, made for each mail; the school's own people get the plain address."""
    action = factories.action(where, school, declarant_email="prof@example.fr")
    factories.followed(action)
    factories.person(TypeRole.PORTEUR, "collegue@ac-dijon.fr", etablissement=school)
    step(signed_in(moderator), action, Step.ASK, motifs=["dates"])
    bodies = dict(Message.objects.order_by("pk").values_list("to", "body"))
    plain = reverse("relecture:fiche", args=[action.pk])
    assert plain in bodies["collegue@ac-dijon.fr"]
    assert plain not in bodies["prof@example.fr"]
    address = re.search(r"http\S+/lien/\S+", bodies["prof@example.fr"])
    assert address
    visitor = Client()
    path = address[0].removeprefix(settings.SITE_URL)
    assert visitor.get(path).status_code == 200
    visitor.post(path)
    assert MOTIFS["dates"].text in page(visitor, action)
