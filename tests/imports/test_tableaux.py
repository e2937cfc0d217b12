"""Another table of the file, chosen in place: on the site and by the command."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from accroche.actions.models import Action
from accroche.comptes.permissions import OPERATOR
from accroche.imports.operations import depots
from accroche.imports.recensement.tableaux import NoSuchTableError, TableauDuFichier, chosen_tables, is_read
from accroche.integrations.tableur.ecriture import Feuille, write_xlsx
from tests.factories import YEAR, make_uai
from tests.imports.test_recensement_pages import page, upload

if TYPE_CHECKING:
    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

HEADINGS = ("Titre", "UAI", "Date")
ROWS: tuple[tuple[str, ...], ...] = (
    ("Forum", make_uai(1), "12/03/2027"),
    ("", "", ""),
    ("Projet", "Établissement", "Niveau"),
    ("Café", make_uai(1), "3e"),
)
THERE = (
    TableauDuFichier("Actions", 0, "Titre"),
    TableauDuFichier("Actions", 4, "Projet"),
    TableauDuFichier("Bilan", 0, ""),
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "a.xlsx"
    write_xlsx(
        path,
        [
            Feuille("Actions", HEADINGS, ROWS),
            # the only one to be read, an empty one would leave nothing of the file: it is not offered
            Feuille("Vide", (), (), hidden=True),
            Feuille("Bilan", ("Projet", "UAI"), [("Bal", make_uai(1))], hidden=True),
        ],
    )
    return path


def test_other_tables_of_a_file_are_offered_and_read_in_place(
    client: Client, where: Territory, book: Path
) -> None:
    depot = upload(client, where, book)
    told = page(client, depot)
    assert "Les tableaux du fichier" in told
    assert "le tableau de la ligne 4 : Projet, Établissement, Niveau" in told
    assert "son premier tableau : feuille masquée" in told
    address = reverse("imports:tableaux", args=[depot.pk])
    for answer, read in (
        ({"t0": "4", "t1": ""}, ["Café"]),
        ({"t0": "", "t1": "0"}, ["Bal"]),
        ({"t0": "0", "t1": "0"}, ["Forum", "Bal"]),
    ):
        assert client.post(address, answer).status_code == 302
        depot.refresh_from_db()
        assert [row["title"] for row in depot.report["rows"]["new"]] == read
        assert [one[:2] for one in depot.tables["there"]] == [["Actions", 0], ["Actions", 4], ["Bilan", 0]]
    assert "Choisissez au moins un tableau." in client.post(address, {"t0": ""}).content.decode()


def test_the_command_names_the_tables_and_reads_those_it_is_told(where: Territory, book: Path) -> None:
    options: list[Any] = ["import_recensement", book, "--academie", where.academie.slug, "--edition", YEAR]
    out = StringIO()
    call_command(*options, "--sheet", "Actions!4", "--sheet", "Bilan", stdout=out)
    assert "  « Actions » : non lu (Titre, UAI, Date)" in out.getvalue()
    assert "  « Actions!4 » : lu (Projet, Établissement, Niveau)" in out.getvalue()
    assert sorted(Action.objects.values_list("title", flat=True)) == ["Bal", "Café"]
    with pytest.raises(CommandError, match="« Feuil9 » n’est pas un tableau de ce fichier : « Actions »"):
        call_command(*options, "--sheet", "Feuil9")


def test_a_file_that_was_not_read_has_no_tables_to_choose(
    client: Client, where: Territory, book: Path
) -> None:
    depot = upload(client, where, book)
    depot.tables = {}
    with pytest.raises(depots.ClosedError, match="pas encore été lu"):
        depots.choose_tables(depot, {"Actions": 0}, access=OPERATOR, at=depot.created_at)


def test_tables_are_named_by_their_sheet_and_the_row_of_their_headings() -> None:
    assert chosen_tables(THERE, ["Actions!4", " Bilan "]) == {"Actions": 4, "Bilan": 0}
    assert [is_read(one, {"Actions": 4}, ["Actions"]) for one in THERE] == [False, True, False]
    assert [is_read(one, {}, ["Actions"]) for one in THERE] == [True, False, False]
    with pytest.raises(NoSuchTableError):
        chosen_tables(THERE, ["Bilan!2"])
    # the last would be read alone, without a word
    with pytest.raises(NoSuchTableError, match="« Actions » est d’une feuille déjà citée"):
        chosen_tables(THERE, ["Actions!4", "Actions"])
