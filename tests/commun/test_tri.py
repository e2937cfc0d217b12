"""Lists sorted by a French text: one order in Python and in both databases, and no other way to sort."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from django.db import connection

from accroche.annuaire.models import Bassin, Etablissement
from accroche.campagne.models import Partenaire
from accroche.commun.tri import alphabetical
from accroche.lib.texte import sort_key
from accroche.pilotage.queries.couverture import BY_COMMUNE
from tests import factories
from tests.strictness import ROOT

#: Columns and attributes that hold a French text lists are sorted by.
TEXTS = {"name", "title", "commune"}
#: Sorted by a name that is no French text, and why.
CODES = {
    "accroche/commun/limites.py": "the names of limits, so that two requests lock them in one order",
    "accroche/exploitation/operations/sauvegarde.py": "the names of files",
    "accroche/imports/pack.py": "the names of folders, which are school years",
}

WORDS = [
    "Bernay", "Étrépagny", "Évreux", "Gisors", "Vernon", "SAINT-DENIS", "Saint Denis", "Saint-Étienne",
    "Sainte-Adresse", "Œuilly", "Oeuf-en-Ternois", "Oyonnax", "L’Isle-Adam", "L'Aigle", "La Hève", "Laon",
    "La Ferté", "Lafayette", "Ça", "cab", "Cote", "cote", "Côte", "Coté", "E\u0301tang", "Etang", "Étang",
    "« Zoé »", "\u00abAbel\u00bb", "(Zola)", "12", "2", "Æthelred", "Aérien", "Ñandu", "ÿ", "",
    "東京", "a\tb",
]  # fmt: skip


def test_accents_capitals_and_marks_do_not_part_words() -> None:
    listed = sorted(["Gisors", "Évreux", "Vernon", "Étrépagny", "Bernay"], key=sort_key)
    assert listed == ["Bernay", "Étrépagny", "Évreux", "Gisors", "Vernon"]
    # word by word: what is parted comes before what is not
    assert sorted(["Lafayette", "La Ferté", "L’Isle", "LAON"], key=sort_key) == [
        "L’Isle",
        "La Ferté",
        "Lafayette",
        "LAON",
    ]
    assert sorted(["Oyonnax", "Œuilly", "Oeuf"], key=sort_key) == ["Oeuf", "Œuilly", "Oyonnax"]
    assert sort_key("« Zoé »") > sort_key("Yves")


@pytest.mark.django_db
def test_both_databases_sort_as_python_does() -> None:
    Partenaire.objects.bulk_create(Partenaire(name=word) for word in WORDS)
    expected = sorted(WORDS, key=sort_key)
    assert list(Partenaire.objects.values_list("name", flat=True)) == expected
    by_name = Partenaire.objects.order_by(alphabetical("name").desc())
    assert [row.name for row in by_name] == expected[::-1]


@pytest.mark.django_db
def test_what_nobody_wrote_stays_unknown_and_related_rows_follow() -> None:
    here = factories.territory()
    factories.school(here)  # of no bassin
    for place, name in enumerate(["Gisors", "Étrépagny", "Bernay"], 2):
        bassin = Bassin.objects.create(academie=here.academie, code=str(place), name=name)
        factories.school(here, place, bassin=bassin)
    listed_bassins = [bassin.name for bassin in here.academie.bassins.all()]
    assert listed_bassins == ["Bassin de Dijon", "Bernay", "Étrépagny", "Gisors"]
    listed = Etablissement.objects.filter(
        bassin__in=here.academie.bassins.exclude(pk=here.bassin.pk)
    ).order_by("bassin")
    assert [school.bassin.name for school in listed] == ["Bernay", "Étrépagny", "Gisors"]  # type: ignore[union-attr]
    assert Etablissement.objects.order_by(alphabetical("bassin__name"), "pk").count() == 4


@pytest.mark.django_db
def test_schools_are_listed_by_commune_as_one_looks_them_up() -> None:
    eure = factories.territory("Normandie", "27")
    for number, commune in enumerate(["Bernay", "Évreux", "Étrépagny", "Vernon", "Gisors"], 1):
        factories.school(eure, number, commune=commune)
    listed = [school.commune for school in Etablissement.objects.order_by(*BY_COMMUNE)]
    assert listed == ["Bernay", "Étrépagny", "Évreux", "Gisors", "Vernon"]


def _sorted_otherwise() -> Iterator[str]:
    for path in sorted((ROOT / "accroche").rglob("*.py")):
        name = str(path.relative_to(ROOT))
        if "/migrations/" in name or name in CODES:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield from (f"{name}:{node.lineno}: {text}" for text in _texts(node))  # type: ignore[attr-defined]


def _texts(node: ast.AST) -> Iterator[str]:
    """The French texts that ``node`` sorts by as a machine would."""
    columns: list[ast.expr] = []
    if isinstance(node, ast.Assign) and any(getattr(to, "id", "") == "ordering" for to in node.targets):
        columns = list(getattr(node.value, "elts", ()))
    elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"order_by", "F"}:
        columns = node.args if node.func.attr == "order_by" else []  # type: ignore[attr-defined]
    elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in {
        "sorted",
        "sort",
        "min",
        "max",
    }:
        for keyword in node.keywords:
            if keyword.arg == "key" and isinstance(keyword.value, ast.Lambda):
                yield from _attributes(keyword.value.body)
    for column in columns:
        if isinstance(column, ast.Constant) and str(column.value).strip("-").split("__")[-1] in TEXTS:
            yield str(column.value)


def _attributes(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "sort_key":
        return
    if isinstance(node, ast.Attribute) and node.attr in TEXTS:
        yield f".{node.attr}"
    for inside in ast.iter_child_nodes(node):
        yield from _attributes(inside)


def test_no_list_is_sorted_by_a_french_text_in_another_way() -> None:
    """``alphabetical`` in queries, ``sort_key`` in memory: É does not come after Z."""
    assert list(_sorted_otherwise()) == []


@pytest.mark.parametrize(
    "code",
    ["x.order_by('-a__title')", "ordering = ['pk', 'name']", "sorted(x, key=lambda y: (1, y.name))"],
)
def test_what_sorts_otherwise_is_seen(code: str) -> None:
    assert [text for node in ast.walk(ast.parse(code)) for text in _texts(node)]


@pytest.mark.django_db
def test_postgresql_has_the_schools_of_the_country_in_that_order() -> None:
    """What the index holds is what the list asks for, letter by letter: another key would leave it unused."""
    if connection.vendor != "postgresql":
        pytest.skip("an index on a function of ours would keep other programs from reading the file")
    factories.school(factories.territory())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        plan = Etablissement.objects.order_by(*BY_COMMUNE)[:20].explain()
    assert "etablissement_by_commune" in plan
    assert "Sort" not in plan
