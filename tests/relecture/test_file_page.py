"""The queue and its lots: who sees what, filters, a fixed number of queries, preview then apply."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accroche.actions.cycle import Etat, Step
from accroche.actions.models import Action
from accroche.actions.operations.cycle import move
from accroche.annuaire.models import Bassin, Departement
from accroche.campagne.models import Edition
from accroche.commun import journal
from accroche.commun.models import Message
from accroche.comptes.regles import TypeRole
from accroche.lib.texte import typographie
from accroche.relecture.lot import Lot
from accroche.relecture.motifs import MOTIFS
from accroche.relecture.operations.decision import decide, foresee
from tests import factories
from tests.factories import NOW, YEAR

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def listed(client: Client, **filters: Any) -> list[str]:
    response = client.get(reverse("relecture:file"), filters)
    assert response.status_code == 200
    return re.findall(r'class="a-ligne__lien"\s+href="[^"]+">([^<]+)<', response.content.decode())


def test_the_oldest_comes_first_and_only_what_waits_here(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    away = factories.territory("Lyon", "69")
    factories.action(away, factories.school(away), title="Ailleurs")
    factories.action(where, school, title="Jeudi", submitted_at=NOW)
    factories.action(where, school, title="Lundi", submitted_at=NOW - 3 * DAY)
    factories.action(where, school, title="Sans jour", submitted_at=None)
    factories.action(where, school, Etat.PUBLISHED, title="Publiée")
    client = signed_in(moderator)
    assert listed(client) == ["Lundi", "Jeudi", "Sans jour"]
    assert listed(client, etat="published") == ["Publiée"]
    assert len(listed(client, etat="toutes")) == 4
    assert listed(client, etat="inconnu", niveau="rien", page="x") == ["Lundi", "Jeudi", "Sans jour"]
    Edition.objects.update(closed_at=NOW)
    assert client.get(reverse("relecture:file")).content.decode().count(f"Édition {YEAR}, close") == 3


def test_each_filter_narrows(where: Territory, school: Etablissement, moderator: User) -> None:
    other_bassin = Bassin.objects.create(academie=where.academie, code="21-2", name="Beaune")
    nievre = Departement.objects.create(code="58", name="Nièvre")
    nievre.academies.add(where.academie)
    beaune = factories.school(where, 2, name="Lycée Étienne", commune="Beaune", bassin=other_bassin)
    nevers = factories.school(
        where, 3, name="Collège Adam", commune="Nevers", departement=nievre, bassin=None
    )
    past = factories.territory("Dijon", "21", year="2025-2026")
    factories.action(where, school, title="Un", temporality="annee", starts=None)
    factories.action(where, beaune, title="Deux", college=False, lycee=True)
    factories.action(where, nevers, title="TROIS MOTS", starts=NOW.date())
    factories.action(past, school, title="Quatre")
    client = signed_in(moderator)

    def kept(**filters: Any) -> set[str]:
        return set(listed(client, **filters))

    assert kept(bassin=other_bassin.pk) == {"Deux"}
    assert kept(departement=nievre.pk) == {"TROIS MOTS"}
    assert kept(niveau="lycee") == {"Deux"}
    assert kept(moment="annee") == {"Un"}
    assert kept(indice="majuscules") == {"TROIS MOTS"}
    assert kept(edition=past.semaine.edition_id) == {"Quatre"}
    assert kept(q="lycée beaune") == {"Deux"}
    assert kept(q=nevers.uai.lower()) == {"TROIS MOTS"}
    assert kept(q="rien du tout") == set()


@pytest.mark.parametrize(
    ("kind", "place", "sees", "decides"),
    [
        (TypeRole.MODERATEUR, "academie", True, True),
        (TypeRole.LECTEUR, "academie", True, False),
        (TypeRole.REFERENT, "bassin", True, False),
        (TypeRole.NATIONAL, "", True, False),
        (TypeRole.ADMINISTRATEUR, "", True, True),
    ],
)
def test_who_reads_and_who_decides(
    where: Territory,
    school: Etablissement,
    kind: TypeRole,
    place: str,
    sees: bool,
    decides: bool,
) -> None:
    action = factories.action(where, school)
    client = signed_in(factories.person(kind, **({place: getattr(where, place)} if place else {})))
    html = client.get(reverse("relecture:file")).content.decode()
    assert (action.title in html) is sees
    assert (f'value="{action.pk}:0"' in html) is decides
    assert ('name="choix"' in html) is decides


def test_the_page_asks_as_much_for_one_sheet_as_for_three(where: Territory, moderator: User) -> None:
    client = signed_in(moderator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("relecture:file")).status_code == 200
        return len(captured)

    factories.action(where, factories.school(where))
    client.get(reverse("relecture:file"))
    one = queries()
    for number in (2, 3):
        factories.action(where, factories.school(where, number))
    assert queries() == one


def test_pages_keep_the_filters(where: Territory, school: Etablissement, moderator: User) -> None:
    for _ in range(27):
        factories.action(where, school)
    client = signed_in(moderator)
    html = client.get(reverse("relecture:file"), {"moment": "semaine"}).content.decode()
    assert "Page 1 sur 2" in html
    following = re.search(r'href="(\?[^"]*page=2)"', html)
    assert following
    assert len(listed(client, moment="semaine", page=2)) == 2
    assert "moment=semaine" in following[1]


def test_a_number_is_always_of_something_and_no_state_is_raw(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    client = signed_in(moderator)
    address = reverse("relecture:file")

    def text(**filters: str) -> str:
        html = client.get(address, filters).content.decode()
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).replace("&nbsp;", " ")

    assert "Aucune fiche à relire dans l’académie de Dijon. " in text()
    assert "Tout est à jour" in text()
    assert "Aucune fiche à relire dans l’académie de Dijon avec ces filtres." in text(q="x")
    assert "Aucune fiche refusée dans l’académie de Dijon." in text(etat="refused")
    for etat in Etat:
        merged = {"merged_into": Action.objects.all()[0]} if etat is Etat.MERGED else {}
        factories.action(where, school, etat, **merged)
    assert "1 fiche à relire dans l’académie de Dijon. 1 autre attend un complément." in text()
    assert "7 fiches dans l’académie de Dijon, la plus ancienne en premier." in text(etat="toutes")
    shown = text(etat="toutes")
    for etat in Etat:
        assert etat.label in shown
        assert not re.search(rf"\b{etat.value}\b", shown)
        assert "0 fiche" not in text(etat=etat.value)
    national = factories.person(TypeRole.NATIONAL)
    factories.territory("Lyon", "69")
    page = signed_in(national).get(address).content.decode()
    assert "1\xa0fiche à relire en France" in page


def test_what_is_filtered_is_said_and_each_filter_can_be_taken_off(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    factories.action(where, school)
    client = signed_in(moderator)
    response = client.get(
        reverse("relecture:file"), {"niveau": "college", "q": "forum", "moment": "rien", "page": "1"}
    )
    told = {one.label: (one.value, one.without) for one in response.context["actifs"]}
    assert told == {
        "Chercher": ("«\xa0forum\xa0»", "niveau=college&moment=rien"),
        "Niveau": ("Collège", "q=forum&moment=rien"),
    }
    assert not client.get(reverse("relecture:file")).context["actifs"]


def chosen(*actions: Action) -> list[str]:
    return [f"{action.pk}:{action.version}" for action in actions]


def test_a_lot_is_shown_before_it_is_done(where: Territory, school: Etablissement, moderator: User) -> None:
    good, phone = (
        factories.action(where, school),
        factories.action(where, school, description="Au 03 80 12 34 56"),
    )
    stale, done = factories.action(where, school), factories.action(where, school, Etat.PUBLISHED)
    away = factories.territory("Lyon", "69")
    elsewhere = factories.action(away, factories.school(away))
    told = {
        "choix": Lot.PUBLISH,
        "fiche": chosen(good, phone, stale, done, elsewhere),
        "retour": "niveau=college",
    }
    Action.objects.filter(pk=stale.pk).update(version=3)
    client = signed_in(moderator)
    preview = client.post(reverse("relecture:lot"), told).content.decode()
    assert "Publier&nbsp;: 1\xa0fiche" in preview
    for words in ("sera publiée", "Retirez ce numéro", "Quelqu’un l’a changée", "Elle est « Publiée »"):
        assert words in preview
    assert "pas de votre territoire" in preview
    assert elsewhere.title not in preview
    assert Action.objects.accepted().count() == 1, "a preview writes nothing"
    report = client.post(reverse("relecture:lot"), told | {"confirmer": "1"}).content.decode()
    assert "fait pour 1\xa0fiche" in report
    assert f"{reverse('relecture:file')}?niveau=college" in report
    assert set(Action.objects.accepted()) == {good, done}
    again = client.post(reverse("relecture:lot"), told | {"confirmer": "1"}).content.decode()
    assert "rien n’a été fait" in again
    assert journal.entries(good).count() == 1


def test_a_lot_that_owes_a_reason_asks_for_it_and_keeps_what_was_typed(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    one, two = factories.action(where, school), factories.action(where, school)
    told = {"choix": Lot.ASK, "fiche": chosen(one, two), "confirmer": "1"}
    client = signed_in(moderator)
    response = client.post(reverse("relecture:lot"), told)
    assert response.status_code == 422
    assert "Cochez un motif" in response.content.decode()
    too_long = client.post(reverse("relecture:lot"), told | {"precision": "Bonjour " * 1000})
    assert "Bonjour Bonjour" in too_long.content.decode()
    client.post(reverse("relecture:lot"), told | {"motifs": ["dates"]})
    assert set(Action.objects.filter(etat=Etat.TO_COMPLETE)) == {one, two}
    assert [typographie(MOTIFS["dates"].text) in mail.body for mail in Message.objects.order_by("pk")] == [
        True,
        True,
    ]


def test_a_lot_of_nothing_says_what_to_do(moderator: User) -> None:
    client = signed_in(moderator)
    for told in (
        {},
        {"choix": Lot.PUBLISH},
        {"choix": "merge", "fiche": ["1:0"]},
        {"choix": "ask", "fiche": ["x"]},
    ):
        response = client.post(reverse("relecture:lot"), told, follow=True)
        assert "Cochez au moins une fiche" in response.content.decode()


@pytest.mark.parametrize("choice", Lot)
@pytest.mark.parametrize("etat", [etat for etat in Etat if etat is not Etat.MERGED])
def test_what_is_foreseen_is_what_happens(
    where: Territory, school: Etablissement, moderator: User, etat: Etat, choice: Lot
) -> None:
    action = factories.action(where, school, etat)
    access = factories.access(moderator)
    before = foresee(action, choice, access=access, version=0)
    (after,) = decide([action], choice, versions={action.pk: 0}, access=access, at=NOW, reason="Parce que")
    assert (before.is_possible, before.why) == (after.is_possible, after.why)
    assert journal.entries(action).count() == int(after.is_possible)


def test_one_decided_meanwhile_does_not_stop_the_others(
    where: Territory, school: Etablissement, moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the write, a colleague decides one of the two."""
    one, two = factories.action(where, school), factories.action(where, school)
    access = factories.access(moderator)
    taken = Action.objects.get(pk=one.pk)

    def faster(action: Action, step: Step, **more: Any) -> Action:
        if action.pk == one.pk and taken.etat == Etat.SUBMITTED:
            move(taken, Step.REFUSE, access=access, at=NOW, reason="Parce que")
        return move(action, step, **more)

    monkeypatch.setattr("accroche.relecture.operations.decision.move", faster)
    told = decide([one, two], Lot.PUBLISH, versions={one.pk: 0, two.pk: 0}, access=access, at=NOW)
    assert [(verdict.number, verdict.is_possible) for verdict in told] == [(one.pk, False), (two.pk, True)]
    assert "à l’instant" in told[0].why
    assert Action.objects.get(pk=one.pk).etat == Etat.REFUSED


def test_the_bureau_sees_where_nobody_moderates(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    factories.territory("Lyon", "69")
    national = signed_in(factories.person(TypeRole.NATIONAL))
    html = national.get(reverse("relecture:territoires")).content.decode()
    # nothing waits in Lyon: it is named among the others, without a line of its own
    assert "Lyon." in html
    assert "Dijon" not in html
    assert signed_in(moderator).get(reverse("relecture:territoires")).status_code == 403
