from __future__ import annotations

import datetime as dt

import pytest
from django.template import Context, Template

from accroche.lib.chiffres import Chiffre, Kind
from accroche.lib.texte import NBSP, NNBSP


def render(source: str, **context: object) -> str:
    return Template("{% load accroche %}" + source).render(Context(context))


def test_numbers_of_a_sentence_are_wrapped_and_its_words_escaped() -> None:
    text = f"au moins 1{NNBSP}153{NBSP}actions <b>"
    assert render("{{ t|en_grand }}", t=text) == (
        f'au moins <span class="a-nombre">1{NNBSP}153</span>{NBSP}actions &lt;b&gt;'
    )
    assert render("{{ t|en_grand }}", t="nombre non communiqué") == "nombre non communiqué"


def test_prose_becomes_escaped_paragraphs() -> None:
    text = "\nUn <script> l'été :\nsuite.\n\n  \nDeux « mots ».\n"
    assert render("{{ t|paragraphes }}", t=text) == (
        f"<p>Un &lt;script&gt; l’été{NBSP}: suite.</p>\n<p>Deux «{NBSP}mots{NBSP}».</p>"
    )
    assert render("{{ t|paragraphes }}", t="") == ""


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, f"0{NBSP}action"),
        (1, f"1{NBSP}action"),
        (2, f"2{NBSP}actions"),
        (1200, f"1{NNBSP}200{NBSP}actions"),
    ],
)
def test_a_noun_agrees_with_its_number(count: int, expected: str) -> None:
    assert render('{{ n|accorde:"action,actions" }}', n=count) == expected


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ((dt.date(2016, 3, 14), dt.date(2016, 3, 18)), "du 14 au 18\u00a0mars"),
        ((dt.date(2016, 4, 30), dt.date(2016, 4, 30)), "le 30\u00a0avril"),
        ((dt.date(2015, 12, 28), dt.date(2016, 1, 2)), "du 28\u00a0décembre 2015 au 2\u00a0janvier 2016"),
        ((dt.date(2015, 9, 1), dt.date(2016, 7, 5)), "année scolaire 2015-2016"),
    ],
)
def test_a_window_under_its_month_drops_its_year_when_it_can(
    window: tuple[dt.date, dt.date], expected: str
) -> None:
    assert render("{{ w|creneau }}", w=window) == expected


def test_figures_are_worded_by_the_library() -> None:
    figures = (Chiffre(Kind.ABOUT, 30), Chiffre(Kind.NOT_COMMUNICATED, perimeter="d'avril"))
    assert render("{{ f.0|chiffre }}", f=figures) == "environ 30"
    assert render("{{ f|reponse }}", f=figures) == "environ 30 et N.C. (d’avril)"


def test_the_breadcrumb_links_what_is_above_and_names_this_page() -> None:
    html = render('{% fil "Édition" "/e/" ici %}', ici="Ici <b>")
    assert 'href="/e/"' in html
    assert "Ici &lt;b&gt;" in html
    assert html.count("aria-current") == 1


def test_a_page_of_one_s_own_space_is_reached_from_it() -> None:
    above = render('{% lieu "espace" as espace %}{% fil "Mon espace" espace "Votes" "/v/" "Un vote" %}')
    assert render('{% fil_espace "Votes" "/v/" "Un vote" %}') == above


def test_a_block_can_be_told_twice_without_escaping_twice() -> None:
    base = Template("{% load accroche %}[{% block t %}x{% endblock %}] {% bloc t %} {% bloc absent %}.")
    child = Template("{% extends base %}{% block t %}{{ n }} &\n amis{% endblock %}")
    assert (
        child.render(Context({"base": base, "n": "<Lyon>"}))
        == "[&lt;Lyon&gt; &\n amis] &lt;Lyon&gt; & amis ."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trois petits  mots.", "Trois petits mots."),
        ("Un deux trois quatre cinq. Six sept.", "Un deux trois quatre cinq."),
        ("Un. Deux trois quatre cinq six sept", "Un. Deux trois quatre cinq six…"),
        ("Un deux trois quatre cinq : six sept", "Un deux trois quatre cinq…"),
        ("Un deux trois quatre « cinq six » sept", f"Un deux trois quatre «{NBSP}cinq…"),
    ],
)
def test_an_excerpt_ends_well(text: str, expected: str) -> None:
    assert render("{{ t|extrait:6 }}", t=text) == expected
