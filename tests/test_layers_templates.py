"""Layers hold for pages too: what a template, a style, a script or a string of Python names lies below it.

The order is that of ``.importlinter``, the only one there is. What a page needs of an app above, it reaches
by a place that app offers (``accroche/commun/lieux.py``).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from configparser import ConfigParser
from functools import cache
from pathlib import Path

import pytest
from django.core.checks import Error
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse

from accroche.commun import checks, lieux
from accroche.commun.lieux import EntreeMenu, LieuError
from tests.strictness import ROOT

SOURCES = ROOT / "accroche"

#: ``{% tag "what" … %}``, whatever the quotes and the line breaks.
TAG = re.compile(r"\{%\s*(url|include|dessin|extends|static|lieu)\s+[\"']([^\"']+)[\"']", re.DOTALL)
#: The same with a name that only the page's data knows: nothing here could tell where it leads.
UNKNOWN = re.compile(r"\{%\s*(?:url|include|dessin|extends|static|lieu)\s+[^\"'\s][^%]*%\}")
LOAD = re.compile(r"\{%\s*load\s+([^%]+?)\s*%\}")
#: Files that scripts and styles name, from ``static/<app>/``.
NEIGHBOUR = re.compile(r"[\"'(](?:\.\./)+(\w+)/[\w./-]+[\"')]")
ROUTE = re.compile(r"(\w+):\w*")
FILE = re.compile(r"(\w+)/[\w./{}-]+\.(?:html|txt|xml|css|js|svg|png|woff2)")

#: Templates that read a name of their data, and why that cannot lead up.
BY_DATA = {
    "accroche/publications/templates/publications/documents.html": (
        "the page of a kind of document, which documents/kinds.py names: read there"
    ),
}


@cache
def ranks() -> dict[str, int]:
    """Each app with its line in the order of ``.importlinter``, the highest first."""
    contracts = ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    lines = contracts["importlinter:contract:apps"]["layers"].split("\n")
    return {
        app.strip(" ()"): rank for rank, line in enumerate(filter(None, lines)) for app in line.split("|")
    }


def is_below(app: str, other: str) -> bool:
    """Whether ``app`` may name ``other``: itself, or an app of a lower line."""
    return app == other or ranks()[app] < ranks()[other]


@cache
def libraries() -> dict[str, str]:
    """Each library of tags with the app it is of."""
    return {path.stem: path.parent.parent.name for path in SOURCES.glob("*/templatetags/*.py")}


def app_of(path: Path) -> str:
    return path.relative_to(SOURCES).parts[0]


def named_by_template(text: str) -> Iterator[tuple[str, str]]:
    """What a template names: the words, and the app they are of."""
    for tag, name in TAG.findall(text):
        if tag == "url":
            yield name, name.partition(":")[0]
        elif tag != "lieu" and "/" in name:
            yield name, name.partition("/")[0]
    for names in LOAD.findall(text):
        yield from ((name, libraries()[name]) for name in names.split() if name in libraries())


def named_by_script(text: str) -> Iterator[tuple[str, str]]:
    yield from ((found[0], found[1]) for found in NEIGHBOUR.finditer(text))


def named_by_python(text: str) -> Iterator[tuple[str, str]]:
    """The routes, templates and static files that a module names, also by the beginning of an f-string."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found = ROUTE.fullmatch(node.value) or FILE.fullmatch(node.value)
            if found:
                yield node.value, found[1]


READERS = {
    ".html": named_by_template,
    ".js": named_by_script,
    ".css": named_by_script,
    ".py": named_by_python,
}


def sources() -> list[Path]:
    return sorted(
        path
        for path in SOURCES.rglob("*")
        if path.suffix in READERS and "migrations" not in path.parts and app_of(path) in ranks()
    )


def upward(path: Path, text: str) -> list[str]:
    """What ``path``, holding ``text``, names that does not lie below it."""
    app = app_of(path)
    return [
        f"{path.relative_to(ROOT)} names « {name} », which is of {other}: see accroche/commun/lieux.py"
        for name, other in READERS[path.suffix](text)
        if other in ranks() and not is_below(app, other)
    ]


def test_what_is_named_lies_below() -> None:
    wrong = [told for path in sources() for told in upward(path, path.read_text(encoding="utf-8"))]
    assert not wrong, "\n".join(wrong)


def test_every_app_is_looked_at() -> None:
    """Those that have pages, at least: a reader that finds nothing would always be content."""
    found = {
        (path.suffix, other)
        for path in sources()
        for _, other in READERS[path.suffix](path.read_text(encoding="utf-8"))
    }
    assert {other for kind, other in found if kind == ".html"} >= {
        "portail",
        "catalogue",
        "relecture",
        "cockpit",
        "tutorat",
        "evaluation",
        "pilotage",
        "imports",
        "publications",
        "votes",
        "actions",
        "comptes",
        "annuaire",
        "commun",
    }
    assert (".js", "commun") in found
    assert {other for kind, other in found if kind == ".py"} >= {"portail", "actions", "comptes"}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("actions/templates/actions/a.html", "{% url 'relecture:fiche' action.pk %}", ["relecture:fiche"]),
        ("actions/templates/actions/a.html", '{%\n url "portail:tableau" as x %}', ["portail:tableau"]),
        ("actions/templates/actions/a.html", '{% include "votes/_a.html" with a=1 %}', ["votes/_a.html"]),
        ("commun/templates/commun/a.html", "{% extends 'actions/a.html' %}", ["actions/a.html"]),
        ("commun/templates/commun/a.html", "{% static 'actions/a.js' %}", ["actions/a.js"]),
        ("lib/a.html", "{% load static accroche %}", ["accroche"]),
        ("pilotage/templates/pilotage/a.html", "{% url 'relecture:file' %}", ["relecture:file"]),
        ("pilotage/templates/pilotage/a.html", "{% url 'actions:declarer' %}{% static 'commun/a.css' %}", []),
        ("commun/static/commun/a.js", 'import { a } from "../annuaire/a.js";', ["../annuaire/a.js"]),
        ("actions/views/a.py", 'redirect("relecture:fiche", 1)', ["relecture:fiche"]),
        ("actions/views/a.py", 'reverse(f"relecture:{name}")', ["relecture:"]),
        ("actions/views/a.py", 'render(request, "relecture/fiche.html")', ["relecture/fiche.html"]),
        ("actions/views/a.py", 'render(request, f"relecture/{name}.html")', []),
        ("relecture/views/a.py", 'redirect("actions:modifier", 1)', []),
    ],
)
def test_each_way_to_name_is_read(name: str, text: str, expected: list[str]) -> None:
    assert [
        re.findall("« (.+?) »", told)[0].strip("\"'") for told in upward(SOURCES / name, text)
    ] == expected


def test_no_name_is_hidden_in_data() -> None:
    """A name that a view gives is read in the view; one that comes from elsewhere has its reason here."""
    hiding = {
        str(path.relative_to(ROOT))
        for path in sources()
        if path.suffix == ".html" and UNKNOWN.search(path.read_text(encoding="utf-8"))
    }
    assert hiding == set(BY_DATA)


# -- places ----------------------------------------------------------------------------------------


def asked_for() -> dict[str, set[str]]:
    """Each place that pages and modules lead to, with the apps these are of."""
    found: dict[str, set[str]] = {}
    for path in sources():
        text = path.read_text(encoding="utf-8")
        names = [name for tag, name in TAG.findall(text) if tag == "lieu"]
        names += re.findall(r"\blieux\.address\(\s*[\"'](\w+)", text)
        for name in names if path.name != "accroche.py" else ():
            found.setdefault(name, set()).add(app_of(path))
    return found


def test_each_place_that_is_asked_for_is_known_and_each_known_one_serves() -> None:
    assert set(asked_for()) == set(lieux.PLACES)


def test_a_place_is_only_needed_where_its_app_may_not_be_named() -> None:
    """Whoever may say the name says it: one jump less for who reads."""
    useless = [
        f"{app} may name {lieux.route(place)}"
        for place, apps in asked_for().items()
        for app in apps
        if is_below(app, lieux.route(place).partition(":")[0])
    ]
    assert not useless


def test_the_apps_are_wired() -> None:
    assert checks.places() == []


def test_a_place_nobody_offers_is_told_at_start(monkeypatch: pytest.MonkeyPatch) -> None:
    offered = {name: lieux.route(name) for name in lieux.PLACES if name != "espace"}
    monkeypatch.setattr(lieux, "_offered", offered)
    [error] = checks.places()
    assert isinstance(error, Error)
    assert "espace" in error.msg
    with pytest.raises(SystemCheckError, match="« espace »"):
        call_command("check")


def test_a_route_nobody_serves_is_told_at_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lieux, "_offered", dict.fromkeys(lieux.PLACES, "portail:nulle_part"))
    assert ["portail:nulle_part" in error.msg for error in checks.places()] == [True]


def test_a_link_to_a_place_nobody_offers_is_never_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lieux, "_offered", {"accueil": "portail:accueil"})
    for text in ("{% lieu 'espace' %}", "{% lieu 'espace' as espace %}{{ espace }}"):
        with pytest.raises(LieuError, match="« espace »"):
            Template("{% load accroche %}" + text).render(Context())


def test_arguments_reach_the_address() -> None:
    assert lieux.address("fiche", 12) == reverse("relecture:fiche", args=[12])
    shown = Template("{% load accroche %}{% lieu 'fiche' 12 as fiche %}<{{ fiche }}>").render(Context())
    assert shown == f"<{reverse('relecture:fiche', args=[12])}>"
    with pytest.raises(NoReverseMatch):
        Template("{% load accroche %}{% lieu 'fiche' as fiche %}").render(Context())


def test_a_place_is_offered_once_and_by_its_name() -> None:
    lieux.offer(espace=lieux.route("espace"))  # the same again is no matter
    with pytest.raises(LieuError, match="twice"):
        lieux.offer(espace="comptes:mon_compte")
    with pytest.raises(LieuError, match="no place"):
        lieux.offer(espase="portail:tableau")


def test_two_entries_of_the_menu_have_two_ranks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lieux, "_menu", {})
    lieux.add_entry(EntreeMenu(20, "Carte", "portail:plan", rubrique="carte"))
    lieux.add_entry(EntreeMenu(10, "Accueil", "portail:accueil", rubrique="accueil"))
    assert [entry.label for entry in lieux.entries()] == ["Accueil", "Carte"]
    with pytest.raises(LieuError, match="same order"):
        lieux.add_entry(EntreeMenu(20, "Agenda", "portail:mentions", rubrique="agenda"))
