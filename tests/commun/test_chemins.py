"""Addresses are found once, and each is the one Django would find."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse, set_script_prefix

from accroche.commun.chemins import Montage, path_of, paths_of


def drawn(template: str, **told: object) -> str:
    return Template(template).render(Context(told))


@pytest.mark.parametrize("year", ["2026-2027", "été & « l’an »", "a/b'c\"<d>", 2026, True, 1, 1.0])
def test_an_address_is_the_one_django_finds(year: object) -> None:
    expected = reverse("catalogue:edition", args=[year]) if "/" not in str(year) else ""
    if not expected:
        with pytest.raises(NoReverseMatch):
            path_of("catalogue:edition", year)
        return
    for _ in range(2):
        assert path_of("catalogue:edition", year) == expected
    assert drawn("{% url 'catalogue:edition' year=year %}", year=year) == drawn(
        "{% url 'catalogue:edition' year %}", year=year
    )


def test_none_is_said_as_django_says_it() -> None:
    assert drawn("{% url 'catalogue:edition' as found %}[{{ found }}]") == "[]"
    with pytest.raises(NoReverseMatch):
        drawn("{% url 'catalogue:edition' %}")


def test_a_site_that_is_mounted_elsewhere_has_its_own() -> None:
    path_of("catalogue:recherche")
    set_script_prefix("/accroche/")
    try:
        assert path_of("catalogue:recherche") == paths_of("catalogue:recherche")() == "/accroche/actions/"
    finally:
        set_script_prefix("/")


def test_a_page_has_all_its_addresses_from_where_it_was_asked_for() -> None:
    def page(_request: HttpRequest) -> HttpResponse:
        set_script_prefix("/ailleurs/")
        return HttpResponse(path_of("catalogue:recherche") + paths_of("catalogue:recherche")())

    try:
        assert Montage(page)(HttpRequest()).text == "/actions//actions/"
        assert path_of("catalogue:recherche") == "/ailleurs/actions/"
    finally:
        set_script_prefix("/")


@pytest.mark.parametrize(
    "asked",
    [
        "{% static 'commun/accroche.css' %}",
        "{% static 'commun/l’été & « moi ».css' %}",
        "{% static name %}",
        "{% static name|lower %}",
        "{% static 'commun/A.css'|lower %}",
        "{% static 'commun/a.css' as found %}[{{ found }}]",
        "{% autoescape off %}{% static 'commun/l\"a&b.css' %}{% endautoescape %}",
    ],
)
def test_a_file_has_the_address_django_finds(asked: str) -> None:
    for _ in range(2):
        assert drawn(asked, name="commun/B & C.css") == drawn(
            "{% load static %}" + asked, name="commun/B & C.css"
        )
