"""A style sheet is read to its end: a browser drops in silence what it does not understand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tinycss2  # type: ignore[import-untyped]

from tests.strictness import ROOT

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
            if "<<<" in prelude or "===" in prelude or ">>>" in prelude:
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
    ],
)
def test_what_is_broken_is_found(broken: str) -> None:
    assert faults(broken)


#: The sheets of every page, and their classes.
COMMON = ("accroche", "entete", "formulaires", "fichiers")
CLASS = re.compile(r"\.(a-[\w-]+)")
#: Restyled where they stand, knowingly.
RESTYLED = {("catalogue/fiches.css", "a-pages"), ("catalogue/tableau.css", "a-tuile")}


def test_a_page_gives_no_class_of_every_page_a_second_meaning() -> None:
    """A toolbar that was called as the tools of the header broke the header, on its page alone."""
    sheets = {path.as_posix().partition("static/")[2]: (ROOT / path).read_text("utf-8") for path in SHEETS}
    common = {word for name in COMMON for word in CLASS.findall(sheets[f"commun/{name}.css"])}
    taken = {
        (name, word)
        for name, text in sheets.items()
        if not name.startswith("commun/")
        for word in re.findall(r"(?m)^\.(a-[\w-]+)(?:,| \{)", text)
        if word in common
    }
    assert taken == RESTYLED
