"""What an import tells of new sheets before they can be published, and what one answer gives them all."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from accroche.actions.models import Action
from accroche.annuaire.models import ReponseReconnaissance
from tests.factories import YEAR, make_uai
from tests.imports.recensement.nasty import PLAIN, csv
from tests.imports.test_recensement_pages import page, upload

if TYPE_CHECKING:
    from tests.factories import Territory

pytestmark = pytest.mark.django_db


@pytest.mark.any_database
def test_days_within_the_semaine_tell_its_moment_and_the_page_says_so(
    client: Client, where: Territory, tmp_path: Path
) -> None:
    where.semaine.fenetres.create(starts=dt.date(2027, 3, 8), ends=dt.date(2027, 3, 12))
    path = tmp_path / "r.csv"
    days = ("du 8 au 12 mars", "10/03/2027 (14h)", "12 et 15 mars", "à définir")
    csv((("Titre", "UAI", "Dates"), *((f"Forum {day}", make_uai(1), day) for day in days)))(path)
    depot = upload(client, where, path)
    told = " ".join(page(client, depot).split())
    assert "déduit des dates pour 2 fiches nouvelles" in told
    assert "(lignes 2, 3)" in told
    assert "2 fiches (lignes 4, 5)" in told
    assert "« à définir » ne donne pas de jour" in told
    client.post(reverse("imports:importer", args=[depot.pk]))
    rows = Action.objects.order_by("position")
    assert [*rows.values_list("temporality", flat=True)] == ["semaine", "semaine", "", ""]
    assert rows[1].description == "Dates indiquées : 10/03/2027 (14h)."


@pytest.mark.any_database
def test_one_answer_holds_for_every_row_that_does_not_say_it(
    client: Client, where: Territory, tmp_path: Path
) -> None:
    path = tmp_path / "r.csv"
    rows = [(*row, "Toute l’année" if at == 0 else "") for at, row in enumerate(PLAIN[1:])]
    csv(((*PLAIN[0], "Moment"), *rows))(path)
    depot = upload(client, where, path)
    told = " ".join(page(client, depot).split())
    assert "Avant de publier" in told
    assert "est déduit des dates" not in told
    assert "Dites si l’action a lieu pendant la semaine ou toute l’année." in told
    address = reverse("imports:reponses", args=[depot.pk])
    assert (
        "une des réponses proposées"
        in client.post(address, {"moment": "bientôt"}, follow=True).content.decode()
    )
    client.post(address, {"moment": "semaine"})
    told = page(client, depot)
    assert "Dites si l’action a lieu" not in told
    assert '<option value="semaine" selected>' in told
    options: dict[str, Any] = {"academie": "dijon", "edition": YEAR, "dry_run": True}
    out = StringIO()
    call_command("import_recensement", str(path), **options, moment="pendant la semaine", stdout=out)
    assert "Dites si l’action a lieu" not in out.getvalue()
    with pytest.raises(CommandError, match="ne dit pas quand"):
        call_command("import_recensement", str(path), **options, moment="bientôt")
    client.post(reverse("imports:importer", args=[depot.pk]))
    assert [*Action.objects.order_by("position").values_list("temporality", flat=True)] == [
        "annee",
        "semaine",
        "annee",  # its dates say so
    ]


@pytest.mark.any_database
def test_a_name_nobody_knows_is_said_once_on_the_page(
    client: Client, where: Territory, tmp_path: Path
) -> None:
    path = tmp_path / "r.csv"
    rows = (
        ("Forum", "Le Pôle jeunesse"),
        ("Salon", "Le Pôle jeunesse"),
        ("Débat", "Collège Zzyzx"),
        ("Bal", ""),
        ("Jeux", "La Grange"),
    )
    csv((("Titre", "Structure"), *rows))(path)
    depot = upload(client, where, path)
    told = " ".join(page(client, depot).split())
    assert "Qui porte ces actions" in told
    assert "1 ligne où rien de ce qui est lu ne dit qui" in told
    assert "Relire avec ces réponses" in told
    pole, zzyzx, _ = (one["field"] for one in depot.report["carriers"]["asked"])
    address = reverse("imports:porteurs", args=[depot.pk])
    wrong = client.post(address, {pole: "college", f"{zzyzx}-uai": make_uai(9)}, follow=True).content.decode()
    assert "une des réponses proposées" in wrong
    assert "L’annuaire ne connaît pas le code" in wrong
    assert f'value="{make_uai(9)}"' in wrong  # nothing typed is lost
    said = {pole: "association", "porteur": "Mairie de Nolay", "les-autres": "autre"}
    client.post(address, said)
    told = page(client, depot)
    assert "Importer 4" in told  # what sounds like a school is none of the others
    assert "2\xa0noms déjà dits" in told
    client.post(address, {f"{zzyzx}-uai": make_uai(1), "porteur": "Mairie de Nolay"})
    assert "Importer 5" in page(client, depot)
    # somebody else of the académie says otherwise meanwhile, or another tab
    ReponseReconnaissance.objects.filter(kind="association").update(kind="autre")
    said = {pole: "collectivite", f"{pole}-vu": "association", zzyzx: make_uai(1), f"{zzyzx}-vu": make_uai(1)}
    said |= {"porteur": "", "initial-porteur": "Mairie de Nolay"}
    other = client.post(address, said, follow=True).content.decode()
    assert "Quelqu’un vient de dire ce qu’est « Le Pôle jeunesse »" in other
    assert "Importer 4" in other
    client.post(reverse("imports:importer", args=[depot.pk]))
    kinds = Action.objects.order_by("position").values_list("porteurs__kind", flat=True)
    assert [*kinds] == ["autre", "autre", "college", "autre"]


@pytest.mark.any_database
def test_a_list_without_titles_takes_one_for_the_whole_file(
    client: Client, where: Territory, tmp_path: Path
) -> None:
    path = tmp_path / "r.csv"
    rows = ((make_uai(1), "12/03/2027"), (make_uai(2), "13/03/2027"))
    csv((("UAI", "Date(s) et horaires"), *rows))(path)
    depot = upload(client, where, path)
    told = " ".join(page(client, depot).split())
    assert "ou dites un titre pour toutes les lignes qui n’en ont pas" in told
    assert "Aucune colonne ne donne le titre de l’action." in told
    assert '<details class="i-colonnes" open>' in told
    assert "Titre des lignes qui n’en ont pas" in told
    address = reverse("imports:reponses", args=[depot.pk])
    client.post(address, {"titre": "  Portes   ouvertes "})
    told = page(client, depot)
    assert "Importer 2" in told
    assert 'value="Portes ouvertes"' in told
    assert "Il manque un titre" not in told
    options: dict[str, Any] = {"academie": "dijon", "edition": YEAR, "dry_run": True}
    out = StringIO()
    call_command("import_recensement", str(path), **options, stdout=out)
    assert "2 lignes n’ont pas de titre. Donnez-en un pour toutes : --titre" in out.getvalue()
    out = StringIO()
    call_command("import_recensement", str(path), **options, titre="Portes ouvertes", stdout=out)
    assert "2 fiches nouvelles" in out.getvalue()
    client.post(reverse("imports:importer", args=[depot.pk]))
    assert [*Action.objects.values_list("title", flat=True)] == ["Portes ouvertes"] * 2


@pytest.mark.any_database
def test_many_names_are_said_by_a_table(where: Territory, tmp_path: Path) -> None:
    path, names = tmp_path / "r.csv", tmp_path / "noms.csv"
    rows = [(f"Forum {at}", f"Le Pôle {at}") for at in range(5)] + [("Salon", "mairie")]
    csv((("Titre", "Structure"), *rows))(path)
    options: dict[str, Any] = {"academie": "dijon", "edition": YEAR, "dry_run": True}
    out = StringIO()
    call_command("import_recensement", str(path), **options, stdout=out)
    assert "Pour beaucoup de noms : --porteurs FICHIER.csv" in out.getvalue()
    assert "C’est ce qu’il est : écrivez son nom" in out.getvalue()
    csv((("Nom", "Genre"), *((name, "association") for _, name in rows[:5])))(names)
    out = StringIO()
    call_command("import_recensement", str(path), **options, porteurs=names, stdout=out)
    assert "5 fiches nouvelles" in out.getvalue()
    csv((("Nom", "Genre"), ("Le Pôle 1", "club")))(names)
    with pytest.raises(CommandError, match="ligne 2, « Le Pôle 1 » : « club » n’est ni un UAI"):
        call_command("import_recensement", str(path), **options, porteurs=names)
    with pytest.raises(CommandError, match="n’existe pas"):
        call_command("import_recensement", str(path), **options, porteurs=tmp_path / "rien.csv")


@pytest.mark.any_database
def test_two_tabs_answer_each_their_own_and_a_wrong_answer_loses_none(
    client: Client, where: Territory, tmp_path: Path
) -> None:
    path = tmp_path / "r.csv"
    csv((("Date(s) et horaires", "Structure"), ("12/03/2027", "Mairie de Nolay")))(path)
    depot = upload(client, where, path)
    address = reverse("imports:reponses", args=[depot.pk])
    wrong = client.post(address, {"titre": "x" * 301}, follow=True).content.decode()
    assert "Certaines réponses sont à reprendre" in wrong
    assert "x" * 300 in wrong
    assert wrong.count('class="fr-error-text"') == 1, "beside the field"
    client.post(address, {"titre": "Bal", "initial-titre": ""})
    client.post(address, {"titre": "Bal", "initial-titre": "Bal", "moment": "annee", "initial-moment": ""})
    # a tab opened before knows of no moment
    client.post(address, {"titre": "Fête", "initial-titre": "Bal", "moment": "", "initial-moment": ""})
    depot.refresh_from_db()
    assert depot.answers == {"titre": "Fête", "moment": "annee"}
    columns = reverse("imports:colonnes", args=[depot.pk])
    client.post(
        columns, {"s0c0": "ignore", "initial-s0c0": "dates", "s0c1": "ignore", "initial-s0c1": "ignore"}
    )
    depot.refresh_from_db()
    assert [one[2] for one in depot.tables["tables"][0]["columns"]] == ["ignore", "etablissement"]


@pytest.mark.any_database
def test_a_list_whose_columns_say_neither_what_nor_who_takes_both_once(
    client: Client, where: Territory, tmp_path: Path
) -> None:
    path = tmp_path / "r.csv"
    csv((("Date(s) et horaires", "Zzyzx"), ("12/03/2027", "1"), ("12 au 13/03/2027", "2")))(path)
    depot = upload(client, where, path)
    told = page(client, depot)
    assert "Dites ce que contiennent les colonnes" in told
    assert "Ces actions sont portées par" in told
    address = reverse("imports:reponses", args=[depot.pk])
    client.post(address, {"titre": "Portes ouvertes", "porteur": make_uai(1)})
    told = page(client, depot)
    assert "Importer 1" in told
    assert "ses dates, du 12 au 13 mars 2027, ne sont pas reprises" in told, "its last day is another"


def test_what_leads_to_other_choices_leads_there_from_a_page_of_refused_answers() -> None:
    rows = [{"number": 2, "action": 1, "title": "Bal", "differences": []}]
    shown = {"changed": rows, "report": {"conflicts": 2}, "depot": {"pk": 7}, "counts": {"changed": 1}}
    told = render_to_string("imports/_differences.html", shown)
    assert f'href="{reverse("imports:depot", args=[7])}?conflits=fichier#differences"' in told
