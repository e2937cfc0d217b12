"""Title lines as reports print them: each shape of carrier, and the code of each axis."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.dossier.dossier import TypePorteur
from accroche.rapport.axes import announcement, axe_code
from accroche.rapport.porteurs import read_title

TITLES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "fixtures" / "titles.toml").read_text(encoding="utf-8")
)["titles"]


@pytest.mark.parametrize("case", TITLES, ids=lambda case: str(case["line"]))
def test_title_lines(case: dict[str, Any]) -> None:
    found = read_title(case["line"])
    assert found.title == case["title"]
    assert [[str(p.kind), p.name, p.commune] for p in found.porteurs] == case["porteurs"]


@pytest.mark.parametrize(
    ("line", "title", "prize"),
    [
        (
            "La boite sonore, Collège Marie Marvingt, Tallard (Prix du jury) ",
            "La boite sonore",
            "Prix du jury",
        ),
        ("Chaîne humaine (Trophée de l’audace)", "Chaîne humaine", "Trophée de l’audace"),
        ("Jeunes ambassadeurs (JANUS)", "Jeunes ambassadeurs (JANUS)", ""),
    ],
)
def test_prizes_in_brackets(line: str, title: str, prize: str) -> None:
    found = read_title(line)
    assert (found.title, found.prize) == (title, prize)


def test_the_description_tells_a_place_from_an_organisation() -> None:
    line = "Jeunes ambassadeurs, Planétarium"
    assert read_title(line, "Un projet porté par le Planétarium.").porteurs[0].kind is TypePorteur.AUTRE
    assert read_title(line, "Une soirée à Planétarium.").porteurs[0].kind is TypePorteur.TERRITOIRE
    assert read_title(line, "Une soirée à Planétarium.").doubt == ""
    assert "« Planétarium »" in read_title(line, "Une soirée.").doubt


def test_a_quotation_never_closed_hides_no_carrier() -> None:
    assert read_title("« Lire, Collège Minard, Tonnerre").porteurs[0].commune == "Tonnerre"


@given(st.text(alphabet=st.sampled_from("Collège Lycée,;()«» –du’ABcd1"), max_size=80))
def test_any_title_line_gives_something(line: str) -> None:
    found = read_title(line)
    assert all(p.name for p in found.porteurs)


@pytest.mark.parametrize(
    ("bullet", "code"),
    [
        (
            "Bâtir une véritable Semaine, avec un rendez-vous chaque jour",
            "structuration",
        ),
        ("La structuration de l’événement, d’un bout à l’autre de l’académie", "structuration"),
        (
            "La valorisation de l’événement auprès des familles (ex : mobilisation des partenaires)",
            "valorisation",
        ),
        ("La valorisation de l’événement, grâce à des ressources en ligne", "valorisation"),
        (
            "Un plan de communication et de valorisation des actions, avec des articles",
            "valorisation_projet",
        ),
        ("La mobilisation des partenaires, région et communes", "partenaires"),
        (
            "L’animation du territoire tout entier (ex : recensement exhaustif)",
            "animation",
        ),
        ("Un recensement plus exhaustif, jusque dans les écoles", "recensement"),
        (
            "D’autres façons d’agir, vers une dynamique de travail collective",
            "dynamique",
        ),
        ("Une place pour le premier degré, qui a lui aussi des idées", "niveaux"),
        (
            "Toucher l’ensemble des niveaux, maternelle comprise",
            "niveaux",
        ),
        ("Le déploiement vers les autres bassins", "deploiement"),
        ("La consolidation de quatre années d’efforts", "consolidation"),
        ("Une plus grande place du sport", None),
        ("", None),
    ],
)
def test_axes(bullet: str, code: str | None) -> None:
    assert axe_code(bullet) == code


@pytest.mark.parametrize(
    ("line", "following", "found"),
    [
        ("Trois axes de travail se dégagent ensuite :", "", (3, True)),
        ("Un axe de travail se dégage ensuite :", "", (1, True)),
        ("12 axes de travail se dégagent :", "", (12, True)),
        ("En l’absence de bilan, deux axes de travail se dégagent", "ensuite", (2, False)),
        ("Deux axes de", "travail se dégagent ensuite", (2, True)),
        ("Bilan complet.", "Deux axes de travail se dégagent", None),
        ("Trois axes de travail ont nourri les échanges :", "", None),
        ("Plusieurs axes de travail ont été proposés", "", None),
    ],
)
def test_announcement_of_the_axes(line: str, following: str, found: tuple[int, bool] | None) -> None:
    assert announcement(line, following) == found


@pytest.mark.parametrize("name", ["Essonne", "Saint-Pierre-et-Miquelon", "Polynésie française", "ESSONNE"])
def test_a_departement_carries_an_action_and_is_no_commune(name: str) -> None:
    (porteur,) = read_title(f"Journée des acteurs, {name}").porteurs
    assert (porteur.kind, porteur.name, porteur.commune) == (TypePorteur.TERRITOIRE, name, "")
