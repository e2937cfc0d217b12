"""``load_edition`` of what ``export_edition`` wrote: the same edition, on any instance."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given, settings
from hypothesis.extra.django import TestCase

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.actions.operations import declare
from accroche.actions.saisie import Contenu, PorteurSaisi
from accroche.annuaire.models import Porteur
from accroche.campagne.models import Chiffre, Edition, Partenaire
from accroche.comptes.regles import TypeRole
from accroche.relecture.operations.edition import publish_edition
from tests import factories
from tests.dossier.sample import EDITION
from tests.dossier.strategies import editions
from tests.factories import NOW
from tests.imports.loading import load, rows, stored
from tests.thorough import examples

if TYPE_CHECKING:
    from accroche.dossier.dossier import EditionDossier


def run(name: str, *arguments: str, **options: object) -> str:
    said = StringIO()
    call_command(name, *arguments, stdout=said, stderr=StringIO(), **options)
    return said.getvalue()


def export(year: str, folder: Path, name: str = "edition.json") -> Path:
    run("export_edition", year, out=folder / name)
    return folder / name


def forget_all() -> None:
    """What a fresh instance holds: académies, and nothing else."""
    Action.objects.update(merged_into=None)
    Edition.objects.all().delete()
    Porteur.objects.all().delete()
    Partenaire.objects.all().delete()


class AnyEdition(TestCase):
    """Whatever an edition says."""

    @settings(max_examples=examples(12))
    @given(editions())
    def test_it_is_written_loaded_elsewhere_and_written_the_same(self, dossier: EditionDossier) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            load(dossier)
            assert stored() == dossier
            first = export("2015-2016", folder, "first.json")
            forget_all()
            run("load_edition", str(first))
            assert stored() == dossier
            assert export("2015-2016", folder, "second.json").read_bytes() == first.read_bytes()


@pytest.mark.django_db
def test_the_shipped_edition_is_the_same_to_the_byte(edition_2015: Edition, tmp_path: Path) -> None:
    first = export(edition_2015.year, tmp_path, "first.json")
    forget_all()
    run("load_edition", str(first))
    assert export("2015-2016", tmp_path, "second.json").read_bytes() == first.read_bytes()


@pytest.mark.django_db
def test_nothing_of_a_file_is_public_before_somebody_says_so(tmp_path: Path) -> None:
    load(EDITION)
    file = export("2015-2016", tmp_path)
    forget_all()
    assert "Rien n’est publié. Après relecture : accroche publish_edition 2015-2016" in run(
        "load_edition", str(file)
    )
    assert Edition.objects.get().published_at is None
    assert set(Action.objects.values_list("etat", flat=True)) == {Etat.SUBMITTED}
    assert publish_edition(Edition.objects.get(), at=NOW).count == 2


@pytest.mark.django_db
def test_loaded_twice_it_changes_nothing_and_what_people_wrote_stays(tmp_path: Path) -> None:
    load(EDITION)
    file = export("2015-2016", tmp_path)
    forget_all()
    run("load_edition", str(file))
    Action.objects.filter(slug="atelier").update(description="Les mots de l’école.")
    Edition.objects.update(published_at=NOW)
    before = rows()
    told = run("load_edition", str(file))
    assert "0 enregistrement créé, 0 mis à jour" in told
    assert "L’édition 2015-2016 est déjà publique" in told
    assert "Rien n’est publié" not in told
    assert rows() == before


def declared(tmp_path: Path) -> tuple[Path, str]:
    """An edition declared here: two published sheets, one that waits, and what must stay here."""
    where = factories.territory()
    school = factories.school(where)
    owner = factories.access(
        factories.person(TypeRole.PORTEUR, "principale@ac-dijon.fr", etablissement=school)
    )
    content = Contenu(
        title="Forum des métiers",
        description="Les élèves rencontrent des professionnels.",
        porteurs=(PorteurSaisi(school.uai),),
        levels=("college",),
        temporality="semaine",
        starts=dt.date(2027, 3, 15),
        public_contact="Le secrétariat",
        private_contact="Secret Nom",
        private_email="secret@ac-dijon.fr",
        private_phone="0380000000",
    )
    for _ in range(3):
        declare(content, edition=where.semaine.edition, access=owner, at=NOW)
    sheets = list(Action.objects.order_by("pk"))
    Action.objects.filter(pk__in=[sheet.pk for sheet in sheets[:2]]).update(etat=Etat.PUBLISHED)
    Chiffre.objects.create(semaine=where.semaine, indicateur="actions", position=0, kind="exact", value=40)
    return export(where.semaine.edition.year, tmp_path), where.semaine.edition.year


@pytest.mark.django_db
def test_an_edition_declared_here_is_declared_there_and_the_same_to_the_byte(tmp_path: Path) -> None:
    first, year = declared(tmp_path)
    forget_all()
    run("load_edition", str(first))
    assert run("publish_edition", year).startswith(f"Édition {year} publique ; actions publiées : 2.")
    edition = Edition.objects.get(year=year)
    assert (edition.declaration_opens, edition.declaration_closes) == (
        dt.date(2026, 9, 1),
        dt.date(2027, 7, 15),
    )
    assert export(year, tmp_path, "second.json").read_bytes() == first.read_bytes()
    (semaine,) = json.loads(first.read_text("utf-8"))["semaines"]
    assert [figure["value"] for figure in semaine["chiffres"]["actions"]] == [2, 40]
    assert [figure["value"] for figure in semaine["announced"]["chiffres"]["actions"]] == [40]


@pytest.mark.django_db
def test_whom_to_ask_stays_here(tmp_path: Path) -> None:
    text = declared(tmp_path)[0].read_text("utf-8")
    assert "Le secrétariat" in text
    for private in ("Secret", "secret", "0380000000", "principale", "private"):
        assert private not in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "ne se lit pas"),
        (b"\xff", "ne se lit pas"),
        (b"{}", "de cette version d’Accroche"),
        (b"{", "Ce n’est pas un fichier JSON"),
    ],
)
def test_a_file_that_is_no_edition_says_so(tmp_path: Path, content: bytes | None, message: str) -> None:
    file = tmp_path / "edition.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=message):
        run("load_edition", str(file))
    assert not Edition.objects.exists()


@pytest.mark.django_db
def test_an_academie_nobody_knows_is_refused_as_in_any_file(tmp_path: Path) -> None:
    load(EDITION)
    file = export("2015-2016", tmp_path)
    forget_all()
    file.write_text(file.read_text("utf-8").replace('"Dijon"', '"Dijonnais"'), encoding="utf-8")
    with pytest.raises(CommandError, match="Académie inconnue : Dijonnais"):
        run("load_edition", str(file))
