"""The bureau's workshop: one build at a time, of one content, whole or not at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accroche.actions.cycle import Etat
from accroche.campagne.models import Edition, Semaine
from accroche.campagne.regles import SectionTexte
from accroche.commun import disque, jobs
from accroche.commun.models import Job, JobState
from accroche.comptes.regles import TypeRole
from accroche.integrations.typst import CompilationError
from accroche.lib.texte import de
from accroche.publications.models import Chantier, Construction, Synthese
from accroche.publications.operations import construction, freeze, publish, withdraw
from accroche.publications.operations.construction import AlreadyBuildingError, ask
from accroche.publications.queries.atelier import version_folder, working_folder
from accroche.publications.renderers import FORMATS, STREAMED
from tests import factories
from tests.races import at_once, passed

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import Settings

    from tests.factories import Territory

pytestmark = pytest.mark.django_db

AT = factories.NOW


@pytest.fixture(autouse=True)
def outputs(tmp_path: Path, settings: Settings) -> Path:
    settings.OUTPUTS_ROOT = tmp_path
    settings.WORKER = "separate"
    return tmp_path


@pytest.fixture
def where() -> Territory:
    found = factories.territory()
    factories.action(found, etat=Etat.PUBLISHED, title="Forum des métiers")
    return found


@pytest.fixture
def edition(where: Territory) -> Edition:
    return where.semaine.edition


@pytest.fixture
def bureau(client: Client) -> Client:
    client.force_login(factories.person(TypeRole.NATIONAL))
    return client


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Draw nothing: each format is its own name, and there are two pages."""
    found: list[str] = []

    def draw(name: str) -> Any:
        def one(document: Any, _draw: Any) -> Any:
            found.append(f"{name} {document.version}")
            if name == "data":  # which names the version that a folder is of
                return {"donnees.json": json.dumps({"document": {"version": document.version}}).encode()}
            return f"{name}: {document!r}".encode()

        return one

    for name in list(FORMATS):
        monkeypatch.setitem(FORMATS, name, draw(name))
        monkeypatch.delitem(STREAMED, name, raising=False)
    monkeypatch.setattr(construction, "render_pages", lambda _document: [b"\x89PNG1", b"\x89PNG2"])
    return found


def address(edition: Edition, name: str, *more: object) -> str:
    return reverse(f"publications:{name}", args=[edition.year, *more])


def words(client: Client, edition: Edition) -> str:
    response = client.get(address(edition, "atelier"))
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\xa0", " ").replace("&nbsp;", " ").split())


def access() -> Any:
    return factories.access(factories.person(TypeRole.NATIONAL))


def correct(edition: Edition, narrative: str = "Autre chose.") -> None:
    Semaine.objects.filter(edition=edition).update(narrative=narrative)


def test_from_nothing_to_a_version_that_the_public_reads(
    bureau: Client, edition: Edition, drawn: list[str], client: Client
) -> None:
    assert "Rien n’est construit encore" in words(bureau, edition)
    assert bureau.post(address(edition, "construire")).status_code == 302
    assert "En attente de son tour" in words(bureau, edition)
    assert bureau.get(address(edition, "avancement")).json()["over"] is False
    jobs.run_waiting()
    assert bureau.get(address(edition, "avancement")).json()["over"] is True
    told = words(bureau, edition)
    assert "Relire les 2 pages" in told
    assert "Rien n’a changé depuis." in told
    assert bureau.get(address(edition, "atelier_page", 2)).getvalue() == b"\x89PNG2"
    assert bureau.get(address(edition, "atelier_page", 3)).status_code == 404
    assert bureau.get(address(edition, "atelier_pages")).status_code == 200
    pdf = bureau.get(address(edition, "atelier_fichier", "synthese.pdf"))
    assert pdf.headers["Content-Disposition"] == f'inline; filename="synthese-{edition.year}-travail.pdf"'
    assert pdf.getvalue().startswith(b"pdf: ")

    correct(edition)
    assert "L’édition a changé depuis :" in words(bureau, edition)
    bureau.post(address(edition, "arreter"), {"name": "Version pour le cabinet"})
    jobs.run_waiting()
    told = words(bureau, edition)
    assert "Version pour le cabinet" in told
    assert "Pour le bureau seul" in told
    assert "Rien n’a changé depuis la version 1" in told
    anyone = f"/editions/{edition.year}/synthese/"
    client.logout()
    assert client.get(f"{anyone}1/").status_code == 404
    assert client.get(f"{anyone}1/synthese.pdf").status_code == 404

    client.force_login(factories.person(TypeRole.NATIONAL))
    bureau.post(address(edition, "publier", 1))
    assert "Le public lit la version 1" in words(bureau, edition)
    client.logout()
    assert "arrêtée" in client.get(anyone).content.decode()
    assert client.get(f"{anyone}synthese.pdf").getvalue().startswith(b"pdf: ")
    assert [one.split()[1] for one in drawn] == ["Version"] * 8

    withdraw(Synthese.objects.get(), "Un total y est faux.", at=AT)
    for old in (f"{anyone}1/", f"{anyone}1/synthese.pdf"):
        gone = client.get(old)
        assert (gone.status_code, "Un total y est faux." in gone.content.decode()) == (410, True)
    # no list of what cannot be downloaded
    assert "pas encore produit" not in client.get(anyone).content.decode()


def test_characters_that_no_font_has_are_named_sheet_by_sheet(
    bureau: Client, where: Territory, edition: Edition, drawn: list[str]
) -> None:
    correct(edition, "Une tablette d’Ougarit : 𐎀.")
    bureau.post(address(edition, "construire"))
    jobs.run_waiting()
    assert drawn
    told = words(bureau, edition)
    assert f"Académie {de(where.academie.name)} : « 𐎀 » (U+10380)" in told.replace("\u202f", " ")


def test_a_second_click_does_not_build_twice(bureau: Client, edition: Edition, drawn: list[str]) -> None:
    bureau.post(address(edition, "construire"))
    again = bureau.post(address(edition, "arreter"), {"name": "Encore"})
    assert again.status_code == 409
    assert "Une construction est en cours" in again.content.decode()
    assert jobs.run_waiting() == 1
    assert len(drawn) == len(FORMATS)
    assert not Synthese.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_once_one_is_told(edition: Edition) -> None:
    who = access()
    made = at_once(2, lambda _: ask(edition, Chantier.TRAVAIL, access=who, at=AT))
    assert passed(made, AlreadyBuildingError) == 1
    assert Job.objects.count() == 1


def test_a_killed_build_starts_again_and_freezes_once(
    edition: Edition, drawn: list[str], monkeypatch: pytest.MonkeyPatch, outputs: Path
) -> None:
    class Killed(BaseException):
        """The program ends here."""

    def die(_document: Any) -> Any:
        raise Killed

    ask(edition, Chantier.ARRET, access=access(), at=AT, name="Cabinet")
    with monkeypatch.context() as patch:
        patch.setattr(construction, "render_pages", die)
        with pytest.raises(Killed):
            jobs.run_waiting()
    assert Synthese.objects.get().name == "Cabinet"
    assert not version_folder(Synthese.objects.get()).exists()
    correct(edition)  # what is written meanwhile is in no version that nobody asked for
    jobs.run_waiting(lambda: timezone.now() + jobs.STALE)
    assert Synthese.objects.count() == 1
    assert Job.objects.get().state == JobState.DONE
    assert (version_folder(Synthese.objects.get()) / "synthese.pdf").is_file()
    assert len(drawn) == 2 * len(FORMATS)
    assert [path.name for path in outputs.glob("*/.*")] == []


@pytest.mark.any_database
def test_a_text_that_cannot_be_set_is_told_and_leaves_what_was_there(
    bureau: Client, edition: Edition, drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau.post(address(edition, "construire"))
    jobs.run_waiting()
    before = Construction.objects.get().folder

    def refuse(_document: Any) -> Any:
        raise CompilationError("unknown variable")

    monkeypatch.setattr(construction, "render_pages", refuse)
    bureau.post(address(edition, "construire"))
    jobs.run_waiting()
    told = words(bureau, edition)
    assert "La dernière construction n’a pas abouti" in told
    assert "unknown variable" in told
    assert Construction.objects.get().folder == before
    assert working_folder(edition, before).is_dir()
    assert drawn


@pytest.mark.any_database
def test_a_disk_that_is_short_takes_no_build(
    bureau: Client, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disque, "free", lambda _path=None: 0)
    refused = bureau.post(address(edition, "construire"))
    assert refused.status_code == 409
    assert "manque de place" in refused.content.decode()
    assert not Job.objects.exists()


@pytest.mark.any_database
def test_old_builds_go(bureau: Client, edition: Edition, drawn: list[str]) -> None:
    for _ in range(3):
        bureau.post(address(edition, "construire"))
        jobs.run_waiting()
    assert [path.name for path in working_folder(edition, "").iterdir()] == [
        Construction.objects.get().folder
    ]
    assert drawn


@pytest.mark.any_database
def test_what_a_version_quotes_is_built_again_once_it_is_taken_back(
    bureau: Client, edition: Edition, drawn: list[str]
) -> None:
    correct(edition, "Un nom de trop.")
    first = freeze(edition, at=AT)
    publish(first, at=AT)
    correct(edition, "Corrigé.")
    bureau.post(address(edition, "arreter"))
    jobs.run_waiting()
    second = Synthese.objects.get(number=2)
    bureau.post(address(edition, "publier", 2))
    pdf = version_folder(second) / "synthese.pdf"
    assert "Un nom de trop" in pdf.read_text("utf-8")
    assert bureau.post(address(edition, "retirer", 1)).status_code == 200
    bureau.post(address(edition, "retirer", 1), {"reason": "Un nom de trop."})
    assert not pdf.exists()
    jobs.run_waiting()
    assert "Un nom de trop" not in pdf.read_text("utf-8")
    assert drawn


@pytest.mark.any_database
def test_a_version_published_while_another_is_built_is_told_in_it(
    edition: Edition, drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = freeze(edition, at=AT)
    correct(edition)
    ask(edition, Chantier.ARRET, access=access(), at=AT)

    def meanwhile(_document: Any) -> list[bytes]:
        if Synthese.objects.published().count() == 0:
            publish(first, at=AT)
        return []

    monkeypatch.setattr(construction, "render_pages", meanwhile)
    jobs.run_waiting()
    pdf = version_folder(Synthese.objects.get(number=2)) / "synthese.pdf"
    assert "depuis la version\\xa01" in pdf.read_text("utf-8")
    # the first one, which nobody built, is public: its files came with it
    assert (version_folder(first) / "synthese.pdf").is_file()
    assert drawn
    withdraw(first, "Motif", at=AT)


@pytest.mark.any_database
def test_what_changed_is_told_academie_by_academie(bureau: Client, edition: Edition) -> None:
    correct(edition, "Une semaine de rencontres dans chaque collège.")
    freeze(edition, at=AT)
    correct(edition, "Une semaine de rencontres dans chaque lycée.")
    told = bureau.get(address(edition, "comparer")).content.decode()
    assert "<del>" in told
    assert "lycée" in told
    assert "Dijon" in told
    freeze(edition, at=AT)
    assert "lycée" in bureau.get(address(edition, "comparer_version", 2)).content.decode()
    assert "rien à comparer" in bureau.get(address(edition, "comparer_version", 1)).content.decode()


@pytest.mark.any_database
def test_a_text_that_counts_as_the_last_version_did_is_told(
    bureau: Client, edition: Edition, where: Territory
) -> None:
    taken_back = factories.action(where, etat=Etat.PUBLISHED, slug="une-autre")
    edition.textes.create(section=SectionTexte.MESSAGES, position=0, text="Deux actions, pas plus.")
    freeze(edition, at=AT)
    assert "À vérifier" not in words(bureau, edition)
    taken_back.delete()
    assert "Messages clés</a> : « Deux actions », les fiches en comptent 1" in words(bureau, edition)


@pytest.mark.any_database
def test_an_archived_edition_freezes_nothing(bureau: Client, edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(closed_at=AT, archived_at=AT)
    assert "archivée" in words(bureau, edition)
    assert bureau.post(address(edition, "arreter")).status_code == 409
