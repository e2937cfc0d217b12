"""Title lines as reports print them: each shape of carrier, and the code of each axis."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.actions.dossier import TypePorteur
from accroche.imports.rapport.axes import annonce, code_axe
from accroche.imports.rapport.porteurs import lire_titre

TITRES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "fixtures" / "titres.toml").read_text(encoding="utf-8")
)["titres"]


@pytest.mark.parametrize("cas", TITRES, ids=lambda cas: str(cas["ligne"]))
def test_title_lines(cas: dict[str, Any]) -> None:
    lu = lire_titre(cas["ligne"])
    assert lu.title == cas["titre"]
    assert [[p.kind.value, p.name, p.commune] for p in lu.carriers] == cas["porteurs"]


@pytest.mark.parametrize(
    ("ligne", "titre", "prix"),
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
def test_prizes_in_brackets(ligne: str, titre: str, prix: str) -> None:
    lu = lire_titre(ligne)
    assert (lu.title, lu.prize) == (titre, prix)


def test_the_description_tells_a_place_from_an_organisation() -> None:
    ligne = "Jeunes ambassadeurs, Planétarium"
    assert lire_titre(ligne, "Un projet porté par le Planétarium.").carriers[0].kind is TypePorteur.AUTRE
    assert lire_titre(ligne, "Une soirée à Planétarium.").carriers[0].kind is TypePorteur.TERRITOIRE
    assert lire_titre(ligne, "Une soirée à Planétarium.").doute == ""
    assert "« Planétarium »" in lire_titre(ligne, "Une soirée.").doute


def test_a_quotation_never_closed_hides_no_carrier() -> None:
    assert lire_titre("« Lire, Collège Minard, Tonnerre").carriers[0].commune == "Tonnerre"


@given(st.text(alphabet=st.sampled_from("Collège Lycée,;()«» –du’ABcd1"), max_size=80))
def test_any_title_line_gives_something(ligne: str) -> None:
    lu = lire_titre(ligne)
    assert all(p.name for p in lu.carriers)


@pytest.mark.parametrize(
    ("puce", "code"),
    [
        (
            "L’organisation d’une véritable Semaine académique, rythmée par plusieurs événements",
            "structuration",
        ),
        ("Une plus grande structuration de l’événement au niveau académique", "structuration"),
        (
            "Une plus grande valorisation de l’événement et des actions menées (ex : dossier de presse)",
            "valorisation",
        ),
        ("Une plus grande valorisation de l’événement par la diffusion des ressources", "valorisation"),
        (
            "Un travail de communication et de valorisation des actions menées permettant d’obtenir",
            "valorisation_projet",
        ),
        ("Une plus grande mobilisation des partenaires de l’Ecole, en particulier", "partenaires"),
        (
            "Une plus grande animation du territoire académique (ex : recensement exhaustif des actions)",
            "animation",
        ),
        ("Un recensement plus exhaustif des actions menées dans les écoles", "recensement"),
        (
            "Une évolution des modalités d’action vers une vraie dynamique de travail collective",
            "dynamique",
        ),
        ("L’implication plus importante du premier degré qui est également source d’initiatives", "niveaux"),
        (
            "Une mobilisation de l’ensemble des niveaux d’enseignement concernés, de la maternelle au lycée",
            "niveaux",
        ),
        ("Le déploiement du dispositif de la Semaine aux autres bassins de l’Académie", "deploiement"),
        ("La consolidation de la dynamique de travail engagée depuis quatre ans", "consolidation"),
        ("Une plus grande place du sport", None),
        ("", None),
    ],
)
def test_axes(puce: str, code: str | None) -> None:
    assert code_axe(puce) == code


@pytest.mark.parametrize(
    ("ligne", "suivante", "lu"),
    [
        ("Trois axes de travail se dégagent pour la prochaine édition :", "", (3, True)),
        ("Un axe de travail se dégage pour la prochaine édition :", "", (1, True)),
        ("12 axes de travail se dégagent :", "", (12, True)),
        ("En l’absence de bilan, deux axes de travail se dégagent pour la", "prochaine édition", (2, False)),
        ("Deux axes de", "travail se dégagent pour la prochaine édition", (2, True)),
        ("Bilan complet.", "Deux axes de travail se dégagent", None),
        ("Trois axes de travail ont particulièrement été développés :", "", None),
        ("Plusieurs axes de travail ont été proposés", "", None),
    ],
)
def test_announcement_of_the_axes(ligne: str, suivante: str, lu: tuple[int, bool] | None) -> None:
    assert annonce(ligne, suivante) == lu
