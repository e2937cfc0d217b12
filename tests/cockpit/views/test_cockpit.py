"""The cockpit's pages: each number opens as many rows, today and on a past day, in fixed queries."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accroche.actions.cycle import Etat
from accroche.campagne.models import Partenaire, SemainePartenaire
from accroche.cockpit.queries.cockpit import releve
from accroche.cockpit.queries.ecoles import annuaire, effectifs
from accroche.comptes.regles import TypeRole
from accroche.pilotage.queries import couverture as coverage
from tests import factories
from tests.cockpit.steering import PAST, Campagne, campagne, client_of, sheet, write

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db

NUMBER = re.compile(r'<a class="a-compte-lien"\s+href="([^"]+)"\s+data-(nombre|somme)="(\d+)"')
ROWS = re.compile(r'<p class="a-compte"\s+data-nombre="(\d+)"(?:\s+data-somme="(\d+)")?')
#: The list of coverage, which numbers of today lead to.
SCHOOLS = re.compile(r'id="liste">([\d\u202f]+)')


@pytest.fixture
def made() -> Campagne:
    return campagne()


@pytest.fixture
def bureau(made: Campagne) -> Client:
    assert made
    return client_of(factories.person(TypeRole.NATIONAL))


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return html.unescape(response.content.decode())


def words(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def numbers(page: str) -> Iterator[tuple[str, str, int]]:
    for address, what, value in NUMBER.findall(page):
        yield address, what, int(value)


def rows_at(client: Client, address: str, what: str) -> int:
    page = read(client, address)
    if found := ROWS.search(page):
        return int(found[1] if what == "nombre" else found[2])
    schools = SCHOOLS.search(page)
    assert schools, address
    return int(re.sub(r"\D", "", schools[1]))


BUREAU, DIJON = "/pilotage/", "/pilotage/academies/2026-2027/dijon/"
#: What is asked today is asked of both databases by the tests of coverage and of numbers of queries.
ELSEWHERE = pytest.mark.any_database


@pytest.mark.parametrize(
    ("page", "day"),
    [
        pytest.param(BUREAU, "", marks=ELSEWHERE, id="bureau-today"),
        pytest.param(BUREAU, f"?le={PAST}", id="bureau-past"),
        pytest.param(DIJON, "", marks=ELSEWHERE, id="academie-today"),
        pytest.param(DIJON, f"?le={PAST}", marks=ELSEWHERE, id="academie-past"),
    ],
)
def test_each_number_leads_to_as_many_rows(bureau: Client, page: str, day: str) -> None:
    found = list(numbers(read(bureau, page + day)))
    assert len(found) > (20 if "academies" not in page else 12)
    wrong = [one for one in found if rows_at(bureau, one[0], one[1]) != one[2]]
    assert not wrong


def test_a_past_day_is_what_the_journal_undoes(bureau: Client) -> None:
    now, then = words(read(bureau, "/pilotage/")), words(read(bureau, f"/pilotage/?le={PAST}"))
    assert "3 fiches publiées" in now
    assert "1 fiches publiées" in then, "one was published later, one bears no date"
    assert "3 fiches à relire" in now
    assert "3 fiches à relire" in then, "the one published since was to be read; the newest was not there"
    assert "Dijon oui, 09/11/2026 oui, 12/11/2026 oui" in now
    assert "Dijon oui, 09/11/2026 non oui" in then
    assert "1 fiche ne porte pas de date" in then
    assert "Ressources produites" in now
    assert "Ressources produites" not in then, "what bears no date is not shown"


@pytest.mark.any_database
def test_a_day_to_come_or_no_day_is_told_and_shows_today(bureau: Client) -> None:
    for day in ("2090-01-01", "hier"):
        page = words(read(bureau, f"/pilotage/?le={day}"))
        assert "3 fiches publiées" in page
        assert "Tel qu’au" not in page
    assert "n’est pas encore passé" in words(read(bureau, "/pilotage/?le=2090-01-01"))
    assert bureau.get("/pilotage/lignes/fiches/?le=2090-01-01").status_code == 404, "no list of a wrong day"


@pytest.mark.any_database
def test_what_a_past_day_cannot_ask_is_not_found(bureau: Client) -> None:
    for quoi in ("partenaires", "ressources", "charge"):
        assert bureau.get(f"/pilotage/lignes/{quoi}/").status_code == 200
        assert bureau.get(f"/pilotage/lignes/{quoi}/?le={PAST}").status_code == 404
    assert bureau.get("/pilotage/lignes/fiches/?etat=rien").status_code == 404, "a wrong word widens nothing"
    assert bureau.get("/pilotage/lignes/rien/").status_code == 404
    assert bureau.get("/pilotage/lignes/fiches/?academie=paris").status_code == 404
    assert bureau.get("/pilotage/?edition=1999-2000").status_code == 404


def test_schools_are_counted_as_coverage_counts_them(made: Campagne) -> None:
    """Also those whose académie is not in the edition, on the day of today and on a past one."""
    lost = factories.territory("Nice", "06")
    lost.semaine.delete()
    factories.school(lost, 20)
    access = factories.access(factories.person(TypeRole.NATIONAL))
    today, edition = timezone.localdate(), made.dijon.semaine.edition
    found = annuaire(releve(edition, access), today, everywhere=True)
    assert found
    cadre = coverage.cadre_of(edition, today)
    told = coverage.effectifs(coverage.expected(cadre, access))
    assert effectifs(found, by_bassin=True) == sorted(
        told, key=lambda row: (row.departement, row.bassin or 0, row.kind, row.etape)
    )


@pytest.mark.any_database
def test_an_academie_reads_its_own_desk_and_acts_by_role(made: Campagne) -> None:
    moderator = client_of(factories.person(TypeRole.MODERATEUR, academie=made.dijon.academie))
    reader = client_of(factories.person(TypeRole.LECTEUR, academie=made.dijon.academie))
    desk = "/pilotage/academies/2026-2027/dijon/"
    assert moderator.get("/pilotage/").headers["Location"] == desk
    acting, reading = read(moderator, desk), read(reader, desk)
    assert "Par bassin" in acting
    assert "Relire les fiches" in acting
    assert "Relire les fiches" not in reading
    assert "Remplir la grille" in acting
    # of one académie it is told, not counted: « 1 académie sur 1 » says nothing
    assert "Académies qui ont choisi" not in acting
    assert "Où ils en sont" in acting
    assert "2 fiches attendent d’être relues" in words(reading)
    for client in (moderator, reader):
        assert client.get("/pilotage/academies/2026-2027/lyon/").status_code == 404
        assert "Lyon" not in read(client, "/pilotage/lignes/fiches/")
        assert client.get("/pilotage/lignes/fiches/?academie=lyon").status_code == 404


@pytest.mark.any_database
def test_of_a_closed_edition_nothing_is_asked_that_cannot_be_written(made: Campagne) -> None:
    who = client_of(factories.person(TypeRole.MODERATEUR, academie=made.dijon.academie))
    desk = "/pilotage/academies/2026-2027/dijon/"
    assert "Remplir la grille" in read(who, desk)
    made.dijon.semaine.edition.closed_at = timezone.now()
    made.dijon.semaine.edition.save()
    closed = read(who, desk)
    assert "Remplir la grille" not in closed
    assert "Compléter la page" not in closed


@pytest.mark.any_database
def test_the_list_is_the_file(bureau: Client) -> None:
    address = "/pilotage/lignes/{}/?etat=published&edition=2026-2027"
    shown = read(bureau, address.format("fiches"))
    file = address.format("fiches/fichier")
    text = b"".join(bureau.get(file).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    book = b"".join(bureau.get(f"{file}&format=xlsx").streaming_content)  # type: ignore[attr-defined]
    cells = list(openpyxl.load_workbook(io.BytesIO(book)).worksheets[0].iter_rows(values_only=True))
    assert len(lines) == len(cells) == 4
    assert lines[0] == list(cells[0])
    assert [line[0] for line in lines[1:]] == [row[0] for row in cells[1:]]
    assert all(line[0] in shown for line in lines[1:])


@pytest.mark.any_database
def test_an_edition_that_a_report_told_counts_no_school(bureau: Client, made: Campagne) -> None:
    edition = made.dijon.semaine.edition
    edition.declaration_opens = edition.declaration_closes = None
    edition.save()
    page = words(read(bureau, "/pilotage/"))
    assert "vient d’un rapport" in page
    assert "les chiffres" in page, "its académies give their own"
    read(bureau, "/pilotage/academies/2026-2027/dijon/")
    assert rows_at(bureau, "/pilotage/lignes/etablissements/", "nombre") == 0


PAGES = (
    "/pilotage/",
    f"/pilotage/?le={PAST}",
    "/pilotage/academies/2026-2027/dijon/",
    "/pilotage/lignes/academies/",
    "/pilotage/lignes/fiches/",
    "/pilotage/lignes/partenaires/",
    "/pilotage/relances/2026-2027/publie/",
)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_as_much_for_three_as_for_one(bureau: Client, made: Campagne, page: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(bureau, page)
        return len(captured)

    one = asked()
    for rank, name in enumerate(("Caen", "Nice"), start=3):
        where = factories.territory(name, f"1{rank}")
        factories.school(where, 40)
        action = sheet(where, Etat.PUBLISHED, 41)
        write(where.semaine, factories.NOW, pilot=("", "MLDS"))
        partner = Partenaire.objects.create(name=f"Club {name}")
        SemainePartenaire.objects.create(semaine=where.semaine, partenaire=partner, position=0)
        action.participations.create(partenaire=made.partner, position=0)
    factories.territory("Paris", "75")
    assert asked() == one


@pytest.mark.any_database
def test_who_follows_two_academies_chooses(made: Campagne) -> None:
    person = factories.person(TypeRole.LECTEUR, academie=made.dijon.academie)
    factories.role(person, TypeRole.LECTEUR, academie=made.lyon.academie)
    page = words(read(client_of(person), "/pilotage/"))
    assert "Dijon" in page
    assert "Lyon" in page


@pytest.mark.any_database
def test_without_an_edition_the_page_says_so() -> None:
    client = client_of(factories.person(TypeRole.NATIONAL))
    assert "Aucune édition" in words(read(client, "/pilotage/"))


@pytest.mark.parametrize(
    "what", ["grilles", "charge", "academies", "ressources", "partenaires", "axes", "binomes"]
)
def test_what_nobody_told_is_no_word_of_a_machine(bureau: Client, what: str) -> None:
    assert "None" not in read(bureau, f"/pilotage/lignes/{what}/")
