"""An example as a card: what its marks say, in which order, what a prize says instead; and smaller parts."""

from __future__ import annotations

import pytest

from accroche.actions.regles import Nature, SourceAction, Temporalite
from accroche.annuaire.regles import TypePorteur
from accroche.dossier.dossier import ActionDossier, LienSaisi, PorteurSaisi
from accroche.publications.blocs import paragraphs, references
from accroche.publications.outline import Example, Link, Paragraph, Text, Tone
from accroche.publications.vignettes import example, link_of, site_of
from tests.publications import recit


@pytest.mark.parametrize(
    ("remarkable", "prize", "tags"),
    [
        (False, "", ()),
        (True, "", ("Action remarquable",)),
        (True, "Prix du public", ()),
        (False, "Prix du public", ()),
    ],
)
def test_a_prize_says_it_all(remarkable: bool, prize: str, tags: tuple[str, ...]) -> None:
    card = example(ActionDossier("Forum", remarkable=remarkable, prize=prize))
    assert (card.tags, card.prize) == (tags, prize)


def test_the_marks_come_in_this_order() -> None:
    card = example(
        ActionDossier(
            "Forum",
            remarkable=True,
            temporality=Temporalite.SEMAINE,
            nature=Nature.PREVENTION,
            themes=("orientation", "climat_scolaire"),
            source=SourceAction.CARDIE,
        )
    )
    assert card.tags == (
        "Action remarquable",
        "Pendant la semaine",
        "Prévention",
        "Climat scolaire",
        "Orientation",
        "Source\u00a0: CARDIE",
    )


def test_a_card_tells_its_carriers_account_and_links() -> None:
    porteurs = (
        PorteurSaisi(kind=TypePorteur.LYCEE, name="L'Étang", commune="L'Isle"),
        PorteurSaisi(kind=TypePorteur.DSDEN, name="DSDEN"),
        PorteurSaisi(kind=TypePorteur.AUTRE, name="Nevers", commune="Nevers"),
    )
    action = ActionDossier(
        "L'appel",
        description="Un  récit,\nd'abord.\n\n \n\nUn autre.",
        porteurs=porteurs,
        liens=(LienSaisi("https://www.a.fr/x", "L'affiche"), LienSaisi("https://www.b.fr/y")),
        prize="Prix de l'été",
        temporality=Temporalite.ANNEE,
    )
    assert example(action) == Example(
        title="L’appel",
        porteurs="L’Étang, L’Isle\u00a0; DSDEN\u00a0; Nevers",
        paragraphs=("Un récit, d’abord.", "Un autre."),
        links=(Link("L’affiche", "https://www.a.fr/x"), Link("Voir sur b.fr", "https://www.b.fr/y")),
        prize="Prix de l’été",
        tags=("Toute l’année",),
    )


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.ac-caen.fr/a/www.html", "ac-caen.fr"),
        ("http://eduscol.education.fr:8000/", "eduscol.education.fr"),
        ("sans adresse", "sans adresse"),
    ],
)
def test_an_address_is_told_by_its_site(url: str, site: str) -> None:
    assert site_of(url) == site
    assert link_of(LienSaisi(url)) == Link(f"Voir sur {site}", url)


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ("", []),
        (" \n\n\r\n", []),
        ("L'un\r\nsuit  ici.\r\n\r\nL'autre\u00a0!", ["L’un suit ici.", "L’autre\u00a0!"]),
    ],
)
def test_an_empty_line_parts_paragraphs(content: str, parts: list[str]) -> None:
    assert paragraphs(content) == tuple(Paragraph((Text(part),), Tone.BODY) for part in parts)
    assert paragraphs(content, Tone.LEAD) == tuple(Paragraph((Text(part),), Tone.LEAD) for part in parts)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ([], ""),
        (["La Réunion"], "[La Réunion](#academie-la-reunion)"),
        (["Caen", "Lille"], "[Caen](#academie-caen) et [Lille](#academie-lille)"),
        (
            ["Caen", "Lille", "Nice"],
            "[Caen](#academie-caen), [Lille](#academie-lille) et [Nice](#academie-nice)",
        ),
    ],
)
def test_academies_are_links_to_their_sheets(names: list[str], told: str) -> None:
    assert recit.line(references(iter(names))) == told
