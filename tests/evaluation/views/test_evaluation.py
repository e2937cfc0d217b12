"""The pages of a self-evaluation: filled by several, signed, read, talked about, filled in a workbook."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accroche.actions.cycle import Etat
from accroche.actions.models import Lien
from accroche.campagne.models import Edition
from accroche.commun.models import Message
from accroche.comptes.regles import TypeRole
from accroche.evaluation.evaluation import ReponseDite
from accroche.evaluation.models import Evaluation, Reponse
from accroche.evaluation.operations.evaluation import answer
from tests import factories
from tests.evaluation.operations.test_evaluation import HIGH, LOW, filled, signed
from tests.factories import NOW, YEAR
from tests.pilotage import grilles

if TYPE_CHECKING:
    from accroche.comptes.models import User
    from tests.factories import Territory

# the queries of these pages, the matrix asks of both databases
pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("open_today")]

LIST = "/pilotage/evaluation/"
PAGE = f"/pilotage/evaluation/{YEAR}/dijon/"
FIRST = f"{PAGE}objectif/identifier_valoriser/"
LAST = f"{PAGE}objectif/communiquer/"


@pytest.fixture
def person(where: Territory) -> User:
    grilles.attached(where.semaine.edition)
    return factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)


@pytest.fixture
def bureau(where: Territory) -> Client:
    return browser(factories.person(TypeRole.NATIONAL, "drdie@education.example"))


@pytest.fixture
def client(person: User) -> Client:
    return browser(person)


def browser(person: User) -> Client:
    found = Client()
    found.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return found


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ").split())


def form_of(client: Client, address: str = FIRST, **typed: str) -> dict[str, str]:
    """The form of an objective as its page shows it, then what was typed: ``c12__choix``."""
    shown = client.get(address).context["formulaires"]
    held = {
        f"{form.prefix}-{name}": "" if (value := form[name].value()) is None else str(value)
        for form in shown
        for name in form.fields
    }
    return held | {name.replace("__", "-"): value for name, value in typed.items()}


def name_of(code: str, field: str) -> str:
    return f"c{grilles.critere(code).pk}-{field}"


def test_each_criterion_says_what_the_site_knows_and_proposes(where: Territory, client: Client) -> None:
    for number in range(3):
        sheet = factories.action(where, etat=Etat.PUBLISHED)
        if not number:
            Lien.objects.create(action=sheet, url="https://www.ac-dijon.fr/projet", position=0)
    page = text_of(client.get(FIRST))
    assert "2 des 3 fiches n’ont pas de lien." in page
    assert "manque=lien" in page
    assert "Le site propose :</strong> « La plupart sont décrites ; peu renvoient à un article" in page
    queue = client.get(f"/moderation/?etat=published&manque=lien&edition={where.semaine.edition_id}")
    assert "2 fiches publiées" in text_of(queue)


def test_the_button_saves_what_was_touched_alone(where: Territory, client: Client, person: User) -> None:
    theirs = form_of(client, **{name_of("1.4", "choix"): "2"})
    answer(where.semaine, grilles.critere("1.2"), HIGH, access=factories.access(person), at=NOW, version=0)
    assert client.post(FIRST, theirs | {"suite": "1"}).headers["Location"] == LAST
    assert {row.critere.code: row.level for row in Reponse.objects.select_related("critere")} == {
        "1.2": 3,
        "1.4": 2,
    }


def test_what_was_typed_while_a_colleague_signed_is_still_there(
    where: Territory, client: Client, person: User
) -> None:
    filled(where, factories.access(person))
    typed = form_of(client, **{name_of("1.2", "choix"): "0", name_of("1.2", "mot"): "Tapé trop tard."})
    evaluation = Evaluation.objects.get()
    client.post(f"{PAGE}signer/", {"version": str(evaluation.version)})
    refused = client.post(FIRST, typed)
    assert refused.status_code == 409
    page = text_of(refused)
    assert page.count("Ce que vous avez écrit, et qui n’est pas enregistré") == 1  # what was touched alone
    assert "Tapé trop tard." in page


def test_a_conflict_is_about_one_criterion_and_loses_nothing(
    where: Territory, client: Client, person: User
) -> None:
    mine = form_of(
        client,
        **{name_of("1.2", "choix"): "1", name_of("1.2", "mot"): "À nous.", name_of("1.4", "choix"): "0"},
    )
    other = factories.person(TypeRole.MODERATEUR, "saio@ac-dijon.fr", academie=where.academie)
    answer(where.semaine, grilles.critere("1.2"), HIGH, access=factories.access(other), at=NOW, version=0)
    response = client.post(FIRST, mine)
    assert response.status_code == 409
    page = text_of(response)
    for words in ("Quelqu’un d’autre a répondu entre-temps", "À nous.", "Une carte.", "1.2 "):
        assert words in page
    assert Reponse.objects.get(critere__code="1.4").level == 0  # the other one is saved already
    again = {
        f"{form.prefix}-{name}": str(form[name].value() or "")
        for form in response.context["formulaires"]
        for name in form.fields
    }
    field = f"choix-critere_{grilles.critere('1.2').pk}"
    kept = client.post(FIRST, again | {field: "site"})
    assert kept.status_code == 302
    assert Reponse.objects.get(critere__code="1.2").dite == HIGH
    assert client.post(FIRST, again | {field: "saisie"}).status_code == 302
    assert Reponse.objects.get(critere__code="1.2").comment == "À nous."


def test_a_level_and_a_comment_of_two_people_both_stay(
    where: Territory, client: Client, person: User
) -> None:
    mine = form_of(client, **{name_of("1.2", "mot"): "À nous."})
    answer(where.semaine, grilles.critere("1.2"), LOW, access=factories.access(person), at=NOW, version=0)
    assert client.post(FIRST, mine).status_code == 302
    held = Reponse.objects.get(critere__code="1.2")
    assert (held.level, held.comment) == (1, "À nous.")
    # what was emptied here, and rewritten there, is asked about
    emptied = form_of(client, **{name_of("1.2", "mot"): ""})
    answer(
        where.semaine,
        grilles.critere("1.2"),
        ReponseDite(1, comment="Autre chose."),
        access=factories.access(person),
        at=NOW,
        version=2,
    )
    assert client.post(FIRST, emptied).status_code == 409


def test_a_script_saves_one_criterion_and_is_told_who_was_faster(where: Territory, client: Client) -> None:
    critere = grilles.critere("1.2")
    address = f"{PAGE}repondre/{critere.pk}/"
    sent = {f"c{critere.pk}-choix": "3", f"c{critere.pk}-mot": "", f"c{critere.pk}-version": "0"}
    asked: Any = {"headers": {"accept": "application/json"}}
    told = json.loads(client.post(address, sent, **asked).content)
    assert (told["version"], told["repondus"]) == (1, 1)
    late = client.post(address, sent | {f"c{critere.pk}-choix": "2"}, **asked)
    assert late.status_code == 409
    found = json.loads(late.content)
    assert (found["version"], found["choix"], found["qui"]) == (1, "3", "")  # oneself, in another tab
    too_long = sent | {f"c{critere.pk}-version": "1", f"c{critere.pk}-mot": "x" * 3000}
    assert client.post(address, too_long, **asked).status_code == 422


def test_signing_lists_what_is_missing_then_leads_to_what_comes_of_it(
    where: Territory, client: Client, person: User, bureau: Client
) -> None:
    incomplete = client.post(f"{PAGE}signer/", {"version": "0"})
    assert incomplete.status_code == 409
    head, _ = text_of(incomplete).split("À quoi sert cette grille", 1)
    assert "Ce n’est pas signé" in head  # where the page opens, not under eighteen criteria
    assert "ne l’a pas encore signée" in text_of(bureau.get(f"{PAGE}bilan/"))
    hidden = text_of(bureau.get(PAGE))
    assert "ses réponses sont à l’académie jusqu’à sa signature" in hidden
    access = factories.access(person)
    evaluation = filled(where, access)
    assert bureau.get(FIRST).headers["Location"] == PAGE
    refused = client.post(f"{PAGE}signer/", {"version": "0"})
    assert "Une réponse a changé" in text_of(refused)
    signed_ = client.post(f"{PAGE}signer/", {"version": str(evaluation.version)})
    assert signed_.headers["Location"] == f"{PAGE}bilan/"
    assert "Une carte." in text_of(bureau.get(FIRST))
    assert "Cette auto-évaluation est signée" in text_of(client.get(FIRST)), "why nothing is typed there"
    evaluation.refresh_from_db()
    assert bureau.post(f"{PAGE}lue/", {"version": str(evaluation.version)}).status_code == 302
    assert "Lue par le bureau national" in text_of(client.get(PAGE))


def test_a_question_is_asked_answered_and_counted_in_the_list(
    where: Territory, client: Client, person: User, bureau: Client
) -> None:
    signed(where, factories.access(person))
    empty = bureau.post(f"{PAGE}question/", {"texte": " "})
    assert "Écrivez votre message." in text_of(empty)
    told = bureau.post(
        f"{PAGE}question/", {"texte": "Quelle carte ?", "critere": str(grilles.critere("1.2").pk)}
    )
    assert told.status_code == 302
    assert "1 question sans réponse" in text_of(bureau.get(LIST))
    number = told.headers["Location"].rpartition("-")[2]
    assert client.post(f"{PAGE}reponse/", {"texte": "Celle du site.", "question": number}).status_code == 302
    page = text_of(bureau.get(PAGE))
    assert "Quelle carte ?" in page
    assert "Celle du site." in page
    assert "question sans réponse" not in text_of(bureau.get(LIST))


def test_the_bureau_reminds_those_who_have_not_signed_after_a_look(
    where: Territory, person: User, bureau: Client
) -> None:
    factories.territory("Lyon", "69")  # nobody to write to
    address = f"{LIST}relancer/?edition={YEAR}&semaine={where.semaine.pk}"
    page = text_of(bureau.get(address))
    assert "Critères renseignés : 0 sur 3." in page
    assert not Message.objects.exists()
    assert bureau.post(address, {"texte": "C’est bientôt.", "envoyer": "1"}).status_code == 302
    assert list(Message.objects.values_list("to", flat=True)) == [person.email]
    again = text_of(bureau.get(f"{LIST}relancer/?edition={YEAR}"))
    assert "déjà relancée cette semaine" in again
    assert "personne à qui écrire" in again


def workbook(client: Client) -> Any:
    response: Any = client.get(f"{PAGE}grille.xlsx")
    return load_workbook(io.BytesIO(response.content))


def sent_back(client: Client, book: Any) -> Any:
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("grille.xlsx", out.getvalue())
    return client.post(f"{PAGE}deposer/", {"fichier": file})


def test_a_workbook_comes_back_and_asks_before_it_writes(
    where: Territory, client: Client, person: User
) -> None:
    access = factories.access(person)
    answer(where.semaine, grilles.critere("1.2"), LOW, access=access, at=NOW, version=0)
    book = workbook(client)
    sheet = book["Grille"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    rows = {sheet.cell(n, 1).value: n for n in range(2, sheet.max_row + 1)}
    sheet.cell(rows["1.2"], columns["Votre réponse"], 4)
    sheet.cell(rows["1.4"], columns["Votre réponse"], "ne sait pas")
    sheet.cell(rows["1.4"], columns["Commentaire"], "À demander.")
    sheet.cell(rows["4.4"], columns["Votre réponse"], 7)
    answer(where.semaine, grilles.critere("1.2"), HIGH, access=access, at=NOW, version=1)  # meanwhile
    shown = sent_back(client, book)
    page = text_of(shown)
    assert f"Ligne {rows['4.4']} (critère 4.4) : « 7 » n’est pas une réponse" in page
    assert "Répondu sur le site depuis que le fichier a été téléchargé" in page
    assert Reponse.objects.count() == 1
    told = shown.context["retour"]
    form = {"appliquer": "1"}
    for critere, choice, words, version in told.fields:
        form |= {
            f"c{critere.pk}-choix": choice,
            f"c{critere.pk}-mot": words,
            f"c{critere.pk}-version": str(version),
        }
    one = grilles.critere("1.2").pk
    assert client.post(f"{PAGE}deposer/", form | {f"choix-critere_{one}": "site"}).status_code == 302
    assert {row.critere.code: row.dite.choice for row in Reponse.objects.select_related("critere")} == {
        "1.2": "3",
        "1.4": "ne_sait_pas",
    }
    assert client.post(f"{PAGE}deposer/", form | {f"choix-critere_{one}": "saisie"}).status_code == 302
    assert Reponse.objects.get(critere__code="1.2").level == 4


def test_a_file_that_is_no_grid_of_this_semaine_is_refused(where: Territory, client: Client) -> None:
    factories.territory("Lyon", "69")
    other = factories.person(
        TypeRole.MODERATEUR, "cardie@ac-lyon.fr", academie=factories.territory("Lyon", "69").academie
    )
    response: Any = browser(other).get(f"/pilotage/evaluation/{YEAR}/lyon/grille.xlsx")
    theirs = load_workbook(io.BytesIO(response.content))
    assert "Ce fichier est la grille de « lyon »" in text_of(sent_back(client, theirs))
    wrong = SimpleUploadedFile("notes.csv", b"Nom;Ville\nA;B\n")
    assert "n’a pas les colonnes" in text_of(client.post(f"{PAGE}deposer/", {"fichier": wrong}))


def test_what_comes_of_it_tells_words_and_steps_and_no_score(
    where: Territory, client: Client, person: User
) -> None:
    access = factories.access(person)
    empty = text_of(client.get(f"{PAGE}bilan/"))
    assert "Rien sous le niveau 3" not in empty  # nothing was answered: no praise
    assert "ce que vous pouvez essayer apparaîtra ici" in empty
    for code, told in (("1.2", HIGH), ("4.4", LOW)):
        answer(where.semaine, grilles.critere(code), told, access=access, at=NOW, version=0)
    page = text_of(client.get(f"{PAGE}bilan/"))
    assert "Toutes celles qui ont été reçues se lisent en ligne." in page
    assert "Vers où aller" in page
    assert "1 critère n’a pas encore de réponse" in page
    for address in (f"{PAGE}imprimer/", f"{PAGE}imprimer/?remplie=1"):
        assert "Un temps fort a réuni les seuls services." in text_of(client.get(address))


@pytest.mark.parametrize("address", [LIST, PAGE, FIRST, f"{PAGE}bilan/"])
def test_a_page_asks_as_much_for_three_as_for_one(
    where: Territory, client: Client, person: User, bureau: Client, address: str
) -> None:
    access = factories.access(person)

    def fill(codes: tuple[str, ...]) -> None:
        for code in codes:
            answer(where.semaine, grilles.critere(code), HIGH, access=access, at=NOW, version=0)
            factories.territory(f"Academie{code[0]}", f"9{code[0]}")

    reader = bureau if address == LIST else client
    fill(("1.2",))
    reader.get(address)
    with CaptureQueriesContext(connection) as one:
        reader.get(address)
    fill(("1.4", "4.4"))
    with CaptureQueriesContext(connection) as three:
        assert reader.get(address).status_code == 200
    assert len(three) == len(one)
    assert Evaluation.objects.count() == 1


def test_of_a_closed_edition_each_page_says_so_and_gives_back_what_was_sent(
    where: Territory, client: Client, person: User
) -> None:
    critere = grilles.critere("1.2")
    access = factories.access(person)
    answer(where.semaine, critere, LOW, access=access, at=NOW, version=0)
    Edition.objects.update(closed_at=NOW)
    told = text_of(client.get(f"{PAGE}deposer/"))
    assert "L’édition est close depuis" in told
    assert "Rouvrez-la" not in told
    assert "L’édition est close depuis" in text_of(client.get(PAGE))
    words = "Trois mots écrits."
    typed = {f"c{critere.pk}-choix": "3", f"c{critere.pk}-mot": words, f"c{critere.pk}-version": "1"}
    for address in ("deposer/", "signer/", "rouvrir/", "objectif/identifier_valoriser/"):
        sent = client.post(f"{PAGE}{address}", typed | {"texte": words})
        assert (address, sent.status_code, words in text_of(sent)) == (address, 409, True)
    script = client.post(f"{PAGE}repondre/{critere.pk}/", typed, headers={"Accept": "application/json"})
    assert script.status_code == 410
    assert script.json() == {"message": f"Le bureau national a clos l’édition {YEAR}."}
    # who never could is told no more than before
    reader = factories.person(TypeRole.LECTEUR, "lectrice@ac-dijon.fr", academie=where.academie)
    assert browser(reader).post(f"{PAGE}rouvrir/", {"texte": words}).status_code == 403
