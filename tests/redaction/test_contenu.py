"""What a part says, read of an edition and put back into it, and how far it has come."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accroche.dossier.dossier import EditionDossier
from accroche.redaction.contenu import EtatPartie, applied, constat, passages, valeurs
from accroche.redaction.parties import Partie, partie_at
from tests.dossier.sample import EDITION

EMPTY = EditionDossier("2026-2027")


@pytest.mark.parametrize("partie", Partie)
def test_what_a_part_says_is_put_back_unchanged(partie: Partie, pack_2015: EditionDossier) -> None:
    for dossier in (EDITION, pack_2015):
        told = valeurs(dossier, partie)
        assert valeurs(applied(dossier, partie, told), partie) == told
        assert valeurs(applied(EMPTY, partie, told), partie) == told
    assert constat(partie, valeurs(EMPTY, partie)).etat is EtatPartie.VIDE
    assert partie_at(partie.adresse) is partie


def test_an_introduction_is_one_text_whose_headings_are_its_passages() -> None:
    text = "Avant.\n\n## Mobiliser\n\nUn.\n\n- deux\n- trois\n\n## **Seul**"
    assert passages(text) == (("", "Avant."), ("Mobiliser", "Un.\n\n- deux\n- trois"), ("Seul", ""))
    edition = applied(EMPTY, Partie.INTRODUCTION, {"texte": text})
    assert valeurs(edition, Partie.INTRODUCTION)["texte"] == text.replace("**", "")


def test_a_conclusion_takes_its_place_and_the_words_of_the_grid() -> None:
    told = {"texte": "Oui.", "academies": ["Dijon"]}
    edition = applied(EDITION, Partie.CONCLUSION_MOBILISER_PARTENAIRES, told)
    assert [(one.code, one.label) for one in edition.objectifs] == [
        ("mobiliser_partenaires", "Mobiliser"),
        ("communiquer", "Communiquer"),
    ]
    assert edition.objectifs[1] == EDITION.objectifs[0]
    first = applied(EMPTY, Partie.CONCLUSION_COMMUNIQUER, told).objectifs
    assert [one.label for one in first] == ["Communiquer"]


ROW = {"title": "Aider", "text": "Tôt.", "acteur": "Le bureau", "echeance": "en mars"}


@pytest.mark.parametrize(
    ("partie", "told", "etat", "manque"),
    [
        (Partie.PREAMBULE, {"texte": " \n"}, "vide", ""),
        (Partie.PREAMBULE, {"texte": "Oui."}, "ecrite", ""),
        (Partie.CONCLUSION_COMMUNIQUER, {"texte": "", "academies": ["Caen"]}, "commencee", "sans texte"),
        (Partie.PERSPECTIVES, {"perspectives": []}, "vide", ""),
        (Partie.PERSPECTIVES, {"perspectives": [ROW]}, "ecrite", ""),
        (
            Partie.PERSPECTIVES,
            {"perspectives": [ROW, ROW | {"text": ""}]},
            "commencee",
            "perspective 2 n’a pas",
        ),
        (Partie.PERSPECTIVES, {"perspectives": [ROW | {"acteur": ""}]}, "commencee", "qui agit"),
        (
            Partie.TUTORAT,
            {"tutorats": [{"kind": "possible", "academies": [], "reason": "Oui."}]},
            "commencee",
            "pas d’académie",
        ),
        (
            Partie.MENTIONS,
            {"ministere": "M", "contact": "", "licence": "L", "credits": "", "couverture": ""},
            "commencee",
            "Contact",
        ),
    ],
)
def test_how_far_a_part_has_come(partie: Partie, told: dict[str, object], etat: str, manque: str) -> None:
    found = constat(partie, told)
    assert found.etat.value == etat
    assert manque in " ".join(found.manques)
    assert bool(found.manques) is bool(manque)


def test_an_edition_of_no_grid_and_no_objective_is_concluded_all_the_same() -> None:
    bare = replace(EDITION, grille=None, objectifs=())
    told = valeurs(bare, Partie.CONCLUSION_COMMUNIQUER)
    assert told == {"texte": "", "academies": []}
