"""How far each sheet of a report has come, reminding, and talking about one: rows, mails and pages."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from accroche.actions.cycle import Etat
from accroche.campagne.models import Edition, Semaine
from accroche.campagne.operations import sign_absence
from accroche.campagne.regles import StatutSemaine
from accroche.campagne.vie import TypeEcheance
from accroche.cockpit.cockpit import Signe
from accroche.cockpit.operations.relance import remind as cockpit_remind
from accroche.commun import journal
from accroche.commun.models import Message
from accroche.comptes.models import User
from accroche.comptes.regles import TypeRole
from accroche.dossier.edition_json import edition_json
from accroche.dossier.queries.dossier import dossier_of
from accroche.evaluation.operations.evaluation_relances import remind as grid_remind
from accroche.publications.documents.synthese import build
from accroche.publications.versions import Imprint
from accroche.redaction.attendus import Attendu
from accroche.redaction.echanges import CoteFiche
from accroche.redaction.models import FilFiche, MessageFiche, RelanceFiche
from accroche.redaction.operations.echanges import ArchivedError, mark_read, settle, write_message
from accroche.redaction.operations.relances import TEXT, destinataires, remind
from accroche.redaction.queries.suivi import fil_of, fils, messages_for, suivis
from tests import factories
from tests.actions.declaring import signed_in
from tests.factories import NOW
from tests.pilotage import grilles
from tests.races import at_once
from tests.tutorat.tutorats import Scene, scene

pytestmark = pytest.mark.django_db

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
BASE = "/editions/2026-2027/redaction/"


@pytest.fixture
def found() -> Scene:
    """Dijon, Lyon and Lille, their moderators, and the bureau."""
    return scene()


def semaine(found: Scene, name: str = "Dijon") -> Semaine:
    return Semaine.objects.select_related("edition", "academie").get(academie=found.academies[name])


def browser(person: User | None) -> Client:
    assert person is not None
    return signed_in(person)


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode().replace("&nbsp;", " "))


# -- progress --------------------------------------------------------------------------------------


@pytest.mark.any_database
def test_the_table_counts_what_its_links_lead_to_and_the_file_says_the_same(found: Scene) -> None:
    dijon = factories.territory("Dijon", "21")
    factories.action(dijon, factories.school(dijon), etat=Etat.PUBLISHED, chosen=True)
    Semaine.objects.filter(pk=dijon.semaine.pk).update(
        status=StatutSemaine.REPORTED, narrative="Une semaine."
    )
    sign_absence(semaine(found, "Lille"), "le SAIO", access=found.bureau, at=NOW)
    found.edition.echeances.create(kind=TypeEcheance.BILAN, day=dt.date(2020, 1, 1))
    client = browser(found.bureau.user)
    page = text(client.get(f"{BASE}avancement/"))
    assert "rendu, avec son récit" in page
    assert "signé le 24 novembre 2026 par le bureau national, d’après le SAIO" in page
    for attendu, etat, names in (
        ("compte", "fait", ["Dijon"]),
        ("compte", "manque", ["Lyon"]),
        ("exemples", "fait", ["Dijon"]),
        ("axes", "manque", ["Dijon", "Lyon"]),
    ):
        address = f"{BASE}avancement/?attendu={attendu}&etat={etat}"
        assert f'href="?attendu={attendu}&amp;etat={etat}#tableau"' in page
        shown = text(client.get(address))
        assert f'data-nombre="{len(names)}"' in shown
        lines = b"".join(client.get(address.replace("/?", "/fichier.csv?")))
        rows = lines.decode("utf-8-sig").splitlines()[1:]
        assert [row.split(";")[0].strip('"') for row in rows] == names
    assert text(client.get(f"{BASE}avancement/?retard=oui")).count("En retard</span>") == 2
    assert client.get(f"{BASE}avancement/?attendu=autre").status_code == 404


@pytest.mark.any_database
def test_an_edition_without_semaines_says_so(found: Scene) -> None:
    Edition.objects.create(year="2030-2031", title="Vide")
    page = text(browser(found.bureau.user).get("/editions/2030-2031/redaction/avancement/"))
    assert "Aucune académie n’a encore de semaine dans cette édition." in page


def test_progress_is_read_in_a_fixed_number_of_queries(found: Scene, django_assert_num_queries: Any) -> None:
    for count in (3, 4):
        edition = Edition.objects.get(pk=found.edition.pk)
        with django_assert_num_queries(19):
            assert len(suivis(edition, NOW)) == count
        factories.territory("Nice", "06")


# -- reminders -------------------------------------------------------------------------------------


def test_a_reminder_goes_to_the_chosen_once_a_day_with_what_each_lacks(found: Scene) -> None:
    dijon = semaine(found)
    told = remind(found.edition, {dijon.pk}, TEXT, access=found.bureau, at=NOW)
    assert [one.suivi.academie for one in told] == ["Dijon"]
    mail = Message.objects.get()
    assert mail.to == "cardie@ac-dijon.fr"
    body = mail.body.replace("\u00a0", " ")
    assert "Il manque : le compte rendu de la semaine, les nombres" in body
    assert f"{BASE}academies/dijon/" in body
    assert mail.reply_to == "drdie@example.fr"
    assert remind(found.edition, {dijon.pk}, TEXT, access=found.bureau, at=NOW + HOUR) == []
    assert remind(found.edition, {dijon.pk}, TEXT, access=found.bureau, at=NOW + DAY)
    assert RelanceFiche.objects.count() == 2


def test_who_was_reminded_of_something_else_today_is_left_alone(found: Scene) -> None:
    dijon, lyon = semaine(found), semaine(found, "Lyon")
    journal.record(dijon.academie, "remind_academie", at=NOW, note="2026-2027 ouvert")
    journal.record(lyon, "remind_of_grid", at=NOW)
    why = {one.suivi.academie: one.pourquoi for one in destinataires(found.edition, NOW + HOUR)}
    assert why == {"Dijon": "déjà relancée aujourd’hui", "Lyon": "déjà relancée aujourd’hui", "Lille": ""}
    assert not any(one.pourquoi for one in destinataires(found.edition, NOW + DAY))


def test_nobody_is_reminded_without_the_right_a_text_data_or_an_open_edition(found: Scene) -> None:
    numbers = set(found.edition.semaines.values_list("pk", flat=True))
    with pytest.raises(PermissionDenied):
        remind(found.edition, numbers, TEXT, access=found.offices["Dijon"], at=NOW)
    with pytest.raises(ValueError, match="Écrivez"):
        remind(found.edition, numbers, "  ", access=found.bureau, at=NOW)
    sign_absence(semaine(found), "le SAIO", access=found.bureau, at=NOW)
    assert [one.suivi.academie for one in destinataires(found.edition, NOW)] == ["Lille", "Lyon"]
    Edition.objects.filter(pk=found.edition.pk).update(closed_at=NOW)
    found.edition.refresh_from_db()
    assert destinataires(found.edition, NOW) == []


@pytest.mark.django_db(transaction=True)
def test_two_remind_at_once_and_one_mail_leaves() -> None:
    where, person = factories.territory(), factories.person(TypeRole.NATIONAL)
    factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    access, edition = factories.access(person), where.semaine.edition
    told = at_once(2, lambda _: remind(edition, {where.semaine.pk}, TEXT, access=access, at=NOW))
    assert sorted(len(one) for one in told if isinstance(one, list)) == [0, 1], told
    assert Message.objects.count() == RelanceFiche.objects.count() == 1


@pytest.mark.any_database
def test_the_preview_sends_nothing_and_each_academie_is_chosen(found: Scene) -> None:
    client, address = browser(found.bureau.user), f"{BASE}avancement/relancer/"
    dijon, lyon = semaine(found).pk, semaine(found, "Lyon").pk
    page = text(client.get(f"{address}?semaine={dijon}"))
    assert page.count("checked") == 1
    assert "ce que lira Dijon" in page
    shown = text(client.post(address, {"semaine": [lyon], "texte": "Bonjour à tous.", "apercu": "1"}))
    assert "ce que lira Lyon" in shown
    assert "Bonjour à tous." in shown
    nobody = text(client.post(address, {"texte": "Bonjour.", "envoyer": "1"}))
    assert "Cochez au moins une académie." in nobody
    assert not Message.objects.exists()
    sent = client.post(address, {"semaine": [dijon, lyon], "texte": "Bonjour.", "envoyer": "1"}, follow=True)
    assert "2 académies sont relancées." in text(sent)
    assert {one.to for one in Message.objects.all()} == {"cardie@ac-dijon.fr", "cardie@ac-lyon.fr"}


# -- the thread ------------------------------------------------------------------------------------


def test_the_other_side_is_mailed_once_a_day_and_finds_what_is_new(found: Scene) -> None:
    dijon, office = semaine(found), found.offices["Dijon"]
    write_message(dijon, "Combien d’écoles ?", access=found.bureau, at=NOW)
    write_message(dijon, "Et de lycées ?", access=found.bureau, at=NOW + HOUR)
    again = write_message(dijon, "Et de lycées ?", access=found.bureau, at=NOW + HOUR)
    assert [one.to for one in Message.objects.all()] == ["cardie@ac-dijon.fr"]
    assert len(fil_of(dijon, CoteFiche.ACADEMIE).unread) == 2
    assert fil_of(dijon, CoteFiche.BUREAU).unread == frozenset()
    assert messages_for(office) == [dijon]
    assert messages_for(found.offices["Lyon"]) == []
    mark_read(dijon, again.pk - 1, access=office)
    assert fil_of(dijon, CoteFiche.ACADEMIE).unread == {again.pk}
    write_message(dijon, "Douze.", access=office, at=NOW + 2 * HOUR)
    assert Message.objects.order_by("pk").last().to == "drdie@example.fr"  # type: ignore[union-attr]
    assert messages_for(office) == []  # who answers has read
    state = fils(found.edition.semaines.all(), CoteFiche.BUREAU)[dijon.pk]
    assert (state.messages, state.unread, state.settled) == (3, 1, False)
    write_message(dijon, "Merci.", access=found.bureau, at=NOW + DAY)
    assert Message.objects.count() == 3


def test_settled_until_somebody_writes_again(found: Scene) -> None:
    dijon, office = semaine(found), found.offices["Dijon"]
    first = write_message(dijon, "Une question.", access=found.bureau, at=NOW)
    second = write_message(dijon, "Une réponse.", access=office, at=NOW)
    # the bureau had not seen the answer
    assert not settle(dijon, first.pk, access=found.bureau, at=NOW)
    assert settle(dijon, second.pk, access=found.bureau, at=NOW)
    assert settle(dijon, second.pk, access=office, at=NOW)  # said twice, it is settled once
    assert FilFiche.objects.get().settled_by == found.bureau.user
    write_message(dijon, "Encore un mot.", access=office, at=NOW + HOUR)
    assert FilFiche.objects.get().settled_at is None


def test_one_academie_never_reads_nor_writes_the_thread_of_another(found: Scene) -> None:
    dijon = semaine(found)
    write_message(dijon, "Secret de Dijon.", access=found.bureau, at=NOW)
    for act in (
        lambda access: write_message(dijon, "Un mot.", access=access, at=NOW),
        lambda access: mark_read(dijon, 1, access=access),
        lambda access: settle(dijon, 1, access=access, at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            act(found.offices["Lyon"])
    client = browser(found.offices["Lyon"].user)
    assert client.get(f"{BASE}academies/dijon/").status_code == 404
    for name in ("message", "fil", "donnees"):
        assert client.post(f"{BASE}academies/dijon/{name}/", {"texte": "Un mot."}).status_code == 404
    reader = factories.person(TypeRole.LECTEUR, "lecteur@ac-dijon.fr", academie=found.academies["Dijon"])
    page = text(browser(reader).get(f"{BASE}academies/dijon/"))
    assert "Secret de Dijon." in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
    assert MessageFiche.objects.count() == 1


def test_a_closed_edition_may_be_talked_of_an_archived_one_no_more(found: Scene) -> None:
    dijon = semaine(found)
    Edition.objects.update(closed_at=NOW)
    write_message(dijon, "Un chiffre à préciser.", access=found.bureau, at=NOW)
    Edition.objects.update(archived_at=NOW)
    with pytest.raises(ArchivedError, match="archivée"):
        write_message(dijon, "Trop tard.", access=found.bureau, at=NOW)
    page = text(browser(found.bureau.user).get(f"{BASE}academies/dijon/"))
    assert "L’édition est archivée : on n’y écrit plus." in page


def test_no_message_is_printed_nor_exported(found: Scene) -> None:
    before = dossier_of(found.edition)
    write_message(semaine(found), "Phrase secrète.", access=found.bureau, at=NOW)
    after = dossier_of(found.edition)
    assert after == before
    assert "Phrase secrète" not in repr(build(after, Imprint("Bureau"))) + repr(edition_json(after))


@pytest.mark.any_database
def test_who_wrote_a_message_is_not_told_to_have_changed_the_page_of_the_semaine(found: Scene) -> None:
    dijon = semaine(found)
    journal.record(dijon, "write", at=NOW, actor=found.offices["Dijon"].user, changes={"title": ("", "Un")})
    write_message(dijon, "Une question.", access=found.bureau, at=NOW + HOUR)
    page = browser(found.offices["Dijon"].user).get(f"/pilotage/semaines/{found.edition.year}/dijon/")
    assert [line.who for line in page.context["journal"]] == [str(found.offices["Dijon"].user)]


# -- the page of one sheet --------------------------------------------------------------------------


@pytest.mark.any_database
def test_an_academie_answers_signs_and_takes_back_on_one_page(found: Scene) -> None:
    address = f"{BASE}academies/dijon/"
    write_message(semaine(found), "Avez-vous des données ?", access=found.bureau, at=NOW)
    client = browser(found.offices["Dijon"].user)
    assert "lire et répondre" in text(client.get("/mon-espace/"))
    page = text(client.get(address))
    assert "Nouveau" in page
    assert "<strong>Manque</strong>" in page
    ways = re.findall(r'href="([^"]+)">Compléter', page)
    assert {client.get(one).status_code for one in ways} == {200}
    assert len(ways) == page.count("<strong>Manque</strong>")
    assert ">Compléter" not in text(browser(found.bureau.user).get(address))
    refused = text(client.post(f"{address}message/", {"texte": " "}))
    assert "Écrivez votre message." in refused
    client.post(f"{address}message/", {"texte": "Non, rien cette année."})
    assert "lire et répondre" not in text(client.get("/mon-espace/"))
    private = text(client.post(f"{address}donnees/", {"d_apres": "Mme X, 06 12 34 56 78", "signer": "1"}))
    assert "06 12 34 56 78" in private
    assert Semaine.objects.get(pk=semaine(found).pk).status == StatutSemaine.PREPARING
    signed = client.post(f"{address}donnees/", {"d_apres": "la DRAIO.", "signer": "1"}, follow=True)
    assert "par l’académie, d’après la DRAIO." in text(signed)
    public = text(Client().get("/editions/2026-2027/academies/dijon/"))
    assert "par l’académie, d’après la DRAIO" in public
    twice = client.post(f"{address}donnees/", {"d_apres": "la DRAIO", "signer": "1"})
    assert twice.status_code == 409
    lifted = client.post(f"{address}donnees/", {"d_apres": "la DRAIO", "lever": "1"}, follow=True)
    assert "annulé, d’après la DRAIO" in text(lifted)
    assert suivis(found.edition, NOW)[0].manques[0] is Attendu.COMPTE


@pytest.mark.any_database
def test_settling_says_when_a_message_came_meanwhile(found: Scene) -> None:
    first = write_message(semaine(found), "Une question.", access=found.bureau, at=NOW)
    write_message(semaine(found), "Une réponse.", access=found.offices["Dijon"], at=NOW)
    client, address = browser(found.bureau.user), f"{BASE}academies/dijon/fil/"
    answer = client.post(address, {"jusqu": str(first.pk), "regle": "1"}, follow=True)
    assert "Un message est arrivé entre-temps" in text(answer)
    for wrong in ("", "x", "9" * 30):
        assert client.post(address, {"jusqu": wrong}).status_code == 404


def test_the_cockpit_and_the_grid_leave_alone_who_was_reminded_of_its_sheet_today(found: Scene) -> None:
    dijon = semaine(found)
    grilles.attached(found.edition)
    assert remind(found.edition, {dijon.pk}, TEXT, access=found.bureau, at=NOW)

    def others(at: dt.datetime) -> tuple[int, list[str]]:
        sent = cockpit_remind(Signe.OUVERT, found.edition, "", access=found.bureau, at=at)
        told = grid_remind(found.edition, {dijon.pk}, "Un mot.", access=found.bureau, at=at)
        return sent, [one.semaine.academie.name for one in told]

    assert others(NOW + HOUR) == (2, [])  # Lille and Lyon
    page = text(browser(found.bureau.user).get("/pilotage/relances/2026-2027/ouvert/"))
    assert page.count("Dernière relance") == 4
    # the next day the cockpit is first, and one reminder is enough
    assert others(NOW + DAY) == (3, [])
    assert grid_remind(found.edition, {dijon.pk}, "Un mot.", access=found.bureau, at=NOW + 2 * DAY)
