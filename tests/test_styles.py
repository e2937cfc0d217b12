"""A style sheet is read to its end: a browser drops in silence what it does not understand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tinycss2  # type: ignore[import-untyped]

from accroche.commun.feuille import OURS
from tests.strictness import ROOT
from tests.test_templates import EXTENDS, INCLUDE, NAMES

SHEETS = sorted(path.relative_to(ROOT) for path in (ROOT / "accroche").rglob("static/**/*.css"))


def faults(source: str) -> list[str]:
    """What a parser stumbles on, in rules within rules too."""
    found = []
    rules = tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True)
    while rules:
        rule = rules.pop()
        if rule.type == "error":
            found.append(f"line {rule.source_line}: {rule.message}")
        elif rule.type == "at-rule" and rule.at_keyword in {"media", "container", "supports"}:
            rules += tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        elif rule.type == "qualified-rule":
            inside = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            rules += [one for one in inside if one.type in {"error", "qualified-rule"}]
            prelude = tinycss2.serialize(rule.prelude)
            # « .a,\n\n.b { » is a rule whose body was taken away
            if any(sign in prelude for sign in ("<<<", "===", ">>>", "\n\n")):
                found.append(f"line {rule.source_line}: {prelude[:40]}")
            # a rule that opens in another was not closed: this product nests none
            found += [f"line {one.source_line}: in a rule" for one in inside if one.type == "qualified-rule"]
    return found


@pytest.mark.parametrize("path", SHEETS, ids=str)
def test_a_sheet_is_read_to_its_end(path: Path) -> None:
    assert not faults((ROOT / path).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "broken",
    [
        "<<<<<<< HEAD\n.a { color: red; }",
        ".a { color: red;\n.b { color: blue; }",
        "@media print { .a { color } }",
        ".a { color: red; }\n=======\n.b { color: red; }",
        ".a,\n\n.b { color: red; }",
    ],
)
def test_what_is_broken_is_found(broken: str) -> None:
    assert faults(broken)


def texts_of_sheets() -> dict[str, str]:
    """Each sheet by its name, whole."""
    return {path.as_posix().partition("static/")[2]: (ROOT / path).read_text("utf-8") for path in SHEETS}


#: The sheets of every page, and their classes.
COMMON = ("accroche", "entete", "formulaires")
CLASS = re.compile(r"\.(a-[\w-]+)")
#: Restyled where they stand, knowingly.
RESTYLED = {("catalogue/fiches.css", "a-pages"), ("catalogue/tableau.css", "a-tuile")}


def test_a_page_gives_no_class_of_every_page_a_second_meaning() -> None:
    """A toolbar that was called as the tools of the header broke the header, on its page alone."""
    sheets = texts_of_sheets()
    common = {word for name in COMMON for word in CLASS.findall(sheets[f"commun/{name}.css"])}
    taken = {
        (name, word)
        for name, text in sheets.items()
        if not name.startswith("commun/")
        for word in re.findall(r"(?m)^\.(a-[\w-]+)(?:,| \{)", text)
        if word in common
    }
    assert taken == RESTYLED


_SHEET = re.compile(r"""{% static ["']([\w/-]+\.css)["'] %}""")
_CLASSES = re.compile(r'\bclass="([^"]*)"')
_OURS = re.compile(r"(?<![\w-])a-[\w-]*\w(?![\w-]*{)")
_TAGS = re.compile(r"{% (\w+)")


def drawn_by_tags() -> dict[str, str]:
    """The template of each of our tags that draws one."""
    drawn = re.compile(r'inclusion_tag\(\s*"([^"]+)"[^)]*\)\s*\ndef (\w+)')
    sources = (path.read_text("utf-8") for path in (ROOT / "accroche").rglob("templatetags/*.py"))
    return {tag: name for source in sources for name, tag in drawn.findall(source)}


def parts_of(name: str, texts: dict[str, str], tags: dict[str, str]) -> set[str]:
    """A template and all it is made of."""
    found, left = set(), [name]
    while left:
        one = left.pop()
        if one in texts and one not in found:
            found.add(one)
            left += [included for included, _ in INCLUDE.findall(texts[one])] + EXTENDS.findall(texts[one])
            left += [tags[tag] for tag in _TAGS.findall(texts[one]) if tag in tags]
    return found


def unstyled(texts: dict[str, str], sheets: dict[str, str], tags: dict[str, str]) -> set[tuple[str, str]]:
    """Pages, and the classes they use that only sheets of other pages style."""
    styled: dict[str, set[str]] = {}
    for sheet, text in sheets.items():
        for word in re.findall(r"(?m)^\.(a-[\w-]+)", text):
            styled.setdefault(word, set()).add(sheet)
    found = set()
    for page, text in texts.items():
        if "{% extends" not in text:
            continue
        whole = "".join(texts[one] for one in parts_of(page, texts, tags))
        has = {f"commun/{name}.css" for name in OURS} | set(_SHEET.findall(whole))
        words = {word for classes in _CLASSES.findall(whole) for word in _OURS.findall(classes)}
        found |= {(page, word) for word in words if word in styled and not styled[word] & has}
    return found


def test_a_page_has_the_sheets_of_its_classes() -> None:
    """Buttons stood glued to a form, and folded parts without their line, on pages that lacked one sheet."""
    texts = {name: path.read_text("utf-8") for name, path in NAMES.items()}
    sheets = texts_of_sheets()
    del sheets["commun/impression.css"]  # of paper alone, which a page within somebody else's has not
    tags = drawn_by_tags()
    assert tags.items() >= {("fil_espace", "commun/_fil.html")}
    assert unstyled(texts, sheets, tags) == set()
    # the sheet of one page away, it is seen
    page = "pilotage/edition/edition.html"
    without = texts | {page: _SHEET.sub("", texts[page])}
    assert unstyled(without, sheets, tags) == {(page, "a-en-retard")}


def test_no_class_is_for_nobody() -> None:
    """Each one is styled, or looked for by a script or a test."""
    readers = [*(ROOT / "accroche").rglob("static/**/*.css"), *(ROOT / "accroche").rglob("static/**/*.js")]
    readers += [path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)]
    known = {word for path in readers for word in _OURS.findall(path.read_text("utf-8"))}
    texts = (path.read_text("utf-8") for path in NAMES.values())
    used = {word for text in texts for classes in _CLASSES.findall(text) for word in _OURS.findall(classes)}
    assert len(used) > 200
    assert used - known == set()
