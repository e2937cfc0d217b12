"""What the bureau writes: what is read of a text, how a page gives it and takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accroche.integrations.markdown.redige import lines, literal, parse, typed
from accroche.lib.redige import Bloc, Bout, Bouts, Intertitre, LienEcrit, ListeEcrite, Paragraphe
from tests.thorough import examples

if TYPE_CHECKING:
    from accroche.dossier.dossier import EditionDossier


def said(*mots: Bout | LienEcrit) -> Bouts:
    return mots


def told(text: str) -> Paragraphe:
    return Paragraphe((Bout(text),))


@pytest.mark.parametrize(
    ("text", "blocs"),
    [
        ("", ()),
        (" \n\t\n", ()),
        ("Un texte\ncoupé.\n\n\nUn autre.", (told("Un texte coupé."), told("Un autre."))),
        (
            "Un **mot**, [ici](https://exemple.fr/a).",
            (
                Paragraphe(
                    (
                        Bout("Un "),
                        Bout("mot", True),
                        Bout(", "),
                        LienEcrit("ici", "https://exemple.fr/a"),
                        Bout("."),
                    )
                ),
            ),
        ),
        ("Avant\n## Titre **gras**\nAprès", (told("Avant"), Intertitre("Titre gras"), told("Après"))),
        (
            "- un\n- deux\n  suite\n\n- trois",
            (ListeEcrite(False, (said(Bout("un")), said(Bout("deux suite")), said(Bout("trois")))),),
        ),
        (
            "1. un\n2. deux\n\n3. trois",
            (ListeEcrite(True, (said(Bout("un")), said(Bout("deux")), said(Bout("trois")))),),
        ),
        (
            "- un\n  1. dedans\n- deux",
            (ListeEcrite(False, (said(Bout("un")), said(Bout("dedans")), said(Bout("deux")))),),
        ),
        # what is no sign is what it looks like
        ("2015. Une année\n2016. Une autre", (told("2015. Une année 2016. Une autre"),)),
        ("1. un\n2015. Une année", (ListeEcrite(True, (said(Bout("un 2015. Une année")),)),)),
        ("# Titre\n### Autre", (told("# Titre ### Autre"),)),
        (
            "*un* _deux_ __trois__ `quatre` ~cinq~ \\*six\\*",
            (told("*un* _deux_ __trois__ `quatre` ~cinq~ \\*six\\*"),),
        ),
        ("+ un\n* deux\n2. trois\n1) quatre", (told("+ un * deux 2. trois 1) quatre"),)),
        (
            "<b>un</b> &amp; <script>\n\n> cité\n\n---\n\n    code",
            (told("<b>un</b> &amp; <script>"), told("> cité"), told("---"), told("code")),
        ),
        (
            "[a](javascript:alert(1)) [b](mailto:a@b.fr) [c](/d) [e][f] [g]",
            (told("[a](javascript:alert(1)) [b](mailto:a@b.fr) [c](/d) [e][f] [g]"),),
        ),
        ("[lien](https://) [b](https:///c)", (told("[lien](https://) [b](https:///c)"),)),
        ("[f]: https://exemple.fr\n\n![i](data:x)", (told("[f]: https://exemple.fr"), told("![i](data:x)"))),
        (
            "[](https://exemple.fr/)",
            (Paragraphe((LienEcrit("https://exemple.fr/", "https://exemple.fr/"),)),),
        ),
        ("##\n\n- \n\n1. ", (told("##"),)),
        ("- un\n\n  suite\n\nfin", (ListeEcrite(False, (said(Bout("un suite")),)), told("fin"))),
    ],
)
def test_what_is_read(text: str, blocs: tuple[Bloc, ...]) -> None:
    assert parse(text) == blocs
    assert parse(text.replace("\n", "\r\n")) == blocs


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Un titre\r\nUn paragraphe.\r\nUn autre.\r\n", "Un titre\n\nUn paragraphe.\n\nUn autre."),
        (
            "Trois choses :\n•\tla première\n•\tla seconde\nEt voilà.",
            "Trois choses :\n\n- la première\n- la seconde\n\nEt voilà.",
        ),
        ("\u00a0\u00a0·\u00a0un\n\u00a0\u00a0·\u00a0deux", "- un\n- deux"),
        ("– un ;\n– deux.", "- un ;\n- deux."),
        ("1)\tun\n2)\tdeux\n\n3.\u00a0trois", "1. un\n2. deux\n\n3. trois"),
        ("o\tun\n§\tdeux\nØ\ttrois\n§ 4 du code", "- un\n- deux\n- trois\n\n§ 4 du code"),
        ("[le site](https://https://exemple.fr)", "[le site](https://exemple.fr)"),
        ("3. juillet\n4. août", "3. juillet\n\n4. août"),
        ("2015. Une année", "2015. Une année"),
        (
            "Il a dit «\u00a0oui\u00a0»\u00a0: 3\u202f000\u00a0élèves.",
            "Il a dit «\u00a0oui\u00a0»\u00a0: 3\u202f000\u00a0élèves.",
        ),
        ("\n\n  Un.  \n\n\n\nDeux.\n\n", "Un.\n\nDeux."),
        ("**gras** et – tiret\n-5 degrés", "**gras** et – tiret\n\n-5 degrés"),
    ],
)
def test_what_is_typed_or_pasted_is_kept_in_signs(pasted: str, kept: str) -> None:
    assert typed(pasted) == kept
    assert typed(kept) == kept


SIGNS = st.lists(
    st.sampled_from(
        [
            "a",
            "é ",
            " ",
            "\n",
            "\n\n",
            "- ",
            "1. ",
            "2. ",
            "12. ",
            "2015. ",
            "## ",
            "#",
            "**",
            "*",
            "[",
            "](https://a.fr)",
            "\t",
            "\u00a0",
            "•\t",
            "+ ",
            "    ",
        ]
    ),
    max_size=12,
).map("".join)


@settings(max_examples=examples(40))
@given(SIGNS)
def test_a_page_gives_a_text_and_takes_it_back_unchanged(text: str) -> None:
    kept = typed(text)
    assert typed(kept) == kept
    assert parse(lines(kept)) == parse(kept)
    assert parse(typed(lines(kept))) == parse(kept)


@settings(max_examples=examples(40))
@given(SIGNS)
def test_what_was_written_before_signs_prints_as_it_did(text: str) -> None:
    before = [" ".join(part.split()) for part in text.split("\n\n")]
    printed = [
        "".join(mot.text for mot in bloc.mots).replace("\u2060", "")
        for bloc in parse(literal(text))
        if isinstance(bloc, Paragraphe)
    ]
    assert [" ".join(part.split()) for part in printed] == [part for part in before if part]


def test_the_edition_of_2015_has_no_sign(pack_2015: EditionDossier) -> None:
    """Its synthesis is what it was: paragraphs, all of them."""
    texts = [text for _, text in pack_2015.introduction]
    texts += [one.conclusion for one in pack_2015.objectifs] + [one.text for one in pack_2015.perspectives]
    texts += [one.reason for one in pack_2015.tutorats]
    assert [literal(text) for text in texts] == texts
