"""The file of a version of the grid: the one that is shipped, what is refused and why, and its command."""

from __future__ import annotations

import io
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from accroche.campagne.grille import LEVELS, manques
from accroche.campagne.models import Edition, Grille, GrilleEdition
from accroche.campagne.preuves import Preuve
from accroche.campagne.queries import grille_of
from accroche.campagne.queries.grille import origines_of
from accroche.campagne.regles import CodeAxe
from accroche.imports.pack import PACKS
from accroche.imports.pack_grille import read_grille
from accroche.imports.pack_tables import PackError
from tests.conftest import PUBLISHED_AT
from tests.dossier.sample import DIJON, EDITION, GRILLE
from tests.imports.loading import load

if TYPE_CHECKING:
    from accroche.dossier.dossier import EditionDossier

SHIPPED = PACKS / "2015-2016" / "grille.toml"
#: The smallest version, to break.
SMALL = """
code = "2017"
name = "Grille"
previous = "2016"
[[objectifs]]
code = "communiquer"
label = "Communiquer"
[[objectifs.criteres]]
code = "4.1"
title = "Annoncer"
axe = "valorisation"
levels = ["a", "b", "c", "d", "e"]
anciens = ["4.1"]
"""


def test_the_shipped_version_serves_every_axis_with_evidence(pack_2015: EditionDossier) -> None:
    grille = read_grille(SHIPPED).grille
    assert pack_2015.grille == grille
    assert manques(grille) == ()
    # the document's own objectives, in its words as the pack has them
    told = [(one.code, one.label) for one in pack_2015.objectifs]
    assert [(one.code, one.label) for one in grille.objectifs] == told
    assert len(grille.criteres) == 18
    assert {critere.axe for critere in grille.criteres} == set(CodeAxe)
    assert {code for critere in grille.criteres for code in critere.evidence} == set(Preuve)
    assert all(critere.evidence for critere in grille.criteres)
    for fact in ("DRDIE", "avril 2016", "juin", "s’évaluer soi-même", "2016-2017"):
        assert fact in grille.preamble


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('"e"]', "]", "4.1 : le niveau 4 n’a pas de mots"),
        ('axe = "valorisation"', 'axe = "gloire"', "objectifs.0.criteres.0.axe : « gloire » ne convient pas"),
        ('title = "Annoncer"', 'titre = "Annoncer"', "clé"),
        ('anciens = ["4.1"]', 'evidence = ["devine"]', "« devine » ne convient pas"),
        ('anciens = ["4.1"]', "weight = 9", "4.1 : le poids est un nombre de 1 à 5"),
        ('anciens = ["4.1"]', 'weight = "2"', "écrivez un nombre entier"),
        ('previous = "2016"', "", "pas de version d’avant"),
        ('code = "2017"', 'code = "La grille"', "n’a pas la forme attendue"),
        ("[[objectifs]]", "[[objectifs", "fichier TOML illisible"),
    ],
)
def test_what_is_wrong_in_a_file_is_said(tmp_path: Path, was: str, becomes: str, said: str) -> None:
    path = tmp_path / "grille.toml"
    path.write_text(SMALL.replace(was, becomes, 1))
    with pytest.raises(PackError, match=r"grille\.toml") as refused:
        read_grille(path)
    assert said in str(refused.value)


def run(what: str) -> str:
    out = io.StringIO()
    call_command("load_grille", what, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_command_loads_a_version_once(tmp_path: Path) -> None:
    path = tmp_path / "suivante.toml"
    path.write_text(SMALL)
    with pytest.raises(CommandError, match="« 2016 » n’est pas là"):
        run(str(path))
    assert "est chargée" in run("2015-2016")
    assert "rien n’a changé" in run("2015-2016")
    assert "est chargée" in run(str(path))
    assert origines_of(Grille.objects.get(code="2017")) == {"4.1": {"4.1"}}
    # what another version follows is not written any more
    assert Grille.objects.get(code="2016").frozen_at is not None
    path.write_text(SMALL.replace("Annoncer", "Dire"))
    assert "reste telle qu’elle est en base" in run(str(path))
    with pytest.raises(CommandError, match="donnez une édition fournie"):
        run("1999-2000")


@pytest.mark.django_db
def test_an_edition_takes_its_grid_once_and_keeps_another(edition_2015: Edition) -> None:
    shipped = read_grille(SHIPPED).grille
    assert grille_of(edition_2015) == shipped
    assert tomllib.loads(SHIPPED.read_text())["code"] == "2016"
    # the same edition, told with another grid: it keeps its own, and says so
    told = replace(EDITION, grille=replace(GRILLE, code="autre"), semaines=(DIJON,))
    assert "Édition 2015-2016 : grille utilisée" in load(told).kept
    assert "Édition 2015-2016 : grille « 2016 », écrite autrement" in load(replace(told, grille=GRILLE)).kept
    assert grille_of(edition_2015) == shipped


@pytest.mark.django_db
def test_what_somebody_else_wrote_under_this_name_is_not_given() -> None:
    Grille.objects.create(code="2016", name="À nous", created_at=PUBLISHED_AT, updated_at=PUBLISHED_AT)
    assert load(EDITION).kept == ["Édition 2015-2016 : grille « 2016 », écrite autrement"]
    assert not GrilleEdition.objects.exists()
    assert Grille.objects.get().frozen_at is None


def test_every_criterion_has_as_many_levels_as_the_others() -> None:
    assert {len(critere.levels) for critere in read_grille(SHIPPED).grille.criteres} == {LEVELS}
