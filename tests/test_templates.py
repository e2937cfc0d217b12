"""Templates against each other: what one is given, it reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.strictness import ROOT

TEMPLATES = sorted((ROOT / "accroche").glob("*/templates/**/*.html"))
NAMES = {str(path).partition("/templates/")[2]: path for path in TEMPLATES}
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
INCLUDE = re.compile(r"\{%\s*include\s+[\"']([^\"']+)[\"']\s*(?:with\s+(.*?))?\s*(?:only\s*)?%\}", re.DOTALL)
GIVEN = re.compile(r"(?:^|\s)(\w+)=")
LITERAL = re.compile(r"\"[^\"]*\"|'[^']*'")
EXTENDS = re.compile(r"\{%\s*extends\s+[\"']([^\"']+)[\"']")


def read_by(name: str, seen: frozenset[str] = frozenset()) -> str:
    """All that a template reads in its tags, its own includes and parents besides, without literals."""
    if name not in NAMES or name in seen:
        return ""
    text = NAMES[name].read_text(encoding="utf-8")
    tags = "\n".join(GIVEN.sub(" =", LITERAL.sub('""', tag)) for tag in TAG.findall(text))
    others = [found[0] for found in INCLUDE.findall(text)] + EXTENDS.findall(text)
    return "\n".join([tags, *(read_by(other, seen | {name}) for other in others)])


def includes() -> list[tuple[str, str, str]]:
    """Each name that a template gives to one it includes: the giver, the included, the name."""
    return [
        (str(path.relative_to(ROOT)), included, given)
        for path in TEMPLATES
        for included, values in INCLUDE.findall(path.read_text(encoding="utf-8"))
        for given in GIVEN.findall(LITERAL.sub('""', values))
    ]


def test_what_an_included_template_is_given_it_reads() -> None:
    """A name it does not know shows nothing: a label then stands with nothing after it."""
    unread = [
        f"{giver} gives « {given} » to {included}, which never reads it"
        for giver, included, given in includes()
        if not re.search(rf"\b{given}\b", read_by(included))
    ]
    assert not unread, "\n".join(unread)


def test_included_templates_exist() -> None:
    missing = [
        f"{path.relative_to(ROOT)} includes {included}"
        for path in TEMPLATES
        for included, _ in INCLUDE.findall(path.read_text(encoding="utf-8"))
        if included not in NAMES and not included.startswith("django/")
    ]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ('{% include "a.html" with rows=lines title="x = y" only %}', ["rows", "title"]),
        ('{% include "a.html" %}', []),
        ("{% include 'a.html' with\n  one=1\n  two=b|default:'c=d' %}", ["one", "two"]),
    ],
)
def test_names_given_are_found(text: str, given: list[str]) -> None:
    [(_, values)] = INCLUDE.findall(text)
    assert GIVEN.findall(LITERAL.sub('""', values)) == given


#: What Django makes of the choices of a column, or the column itself: « submitted », and no word of ours.
RAW = re.compile(r"\.get_\w+_display\b|\w\.etat\b(?!\.(?:label|value)\b)")
#: Of a form, not of a sheet.
FIELDS = re.compile(r"\b(?:form|form\.fields|filtre)\.etat\b(?!\s*\}\})")


def raw_words(text: str) -> list[str]:
    """The codes that a template reads where there are words for people."""
    return [found[0] for tag in TAG.findall(text) for found in RAW.finditer(FIELDS.sub("", tag))]


def test_codes_are_told_by_their_words() -> None:
    """One table has the words of each code, its ``Libelle``: a row gives it as a property."""
    raw = [
        f"{path.relative_to(ROOT)}: {found}"
        for path in TEMPLATES
        for found in raw_words(path.read_text(encoding="utf-8"))
    ]
    assert not raw, "\n".join(raw)


@pytest.mark.parametrize(
    ("text", "is_raw"),
    [
        ("{{ action.get_etat_display }}", True),
        ("{{ porteur.get_kind_display }}", True),
        ("{{ action.etat }}", True),
        ("{{ filtre.etat }}", True),
        ('{% if candidature.action.etat == "published" %}', True),
        ("{{ action.situation.label }}", False),
        ("{{ filtre.etat.label }}", False),
        ("{{ etat.value }}", False),
        ('{% include "commun/_champ.html" with field=form.etat %}', False),
    ],
)
def test_a_raw_code_is_seen(*, text: str, is_raw: bool) -> None:
    assert bool(raw_words(text)) is is_raw


def test_there_are_includes_to_look_at() -> None:
    assert len(includes()) > 20
    assert Path(NAMES["commun/base.html"]).is_file()
