"""A test in a browser waits for what it expects: what looks once is red on a busy machine, and only there.

A click is over before the answer of the site has come, and a page is shown before all of it has. So what is
expected is told to the browser (``expect(...)``), which looks until it comes; what leads to another page
goes through ``follow``. Where nothing can change any more, a line says why: ``# still: the reason``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.strictness import ROOT

FOLDER = ROOT / "tests" / "browser"

#: What looks once, and what to write instead.
ONCE = {
    "all": "expect(place).to_have_count(…), then place.nth(…)",
    "all_inner_texts": "expect(place).to_have_text([…])",
    "all_text_contents": "expect(place).to_have_text([…])",
    "bounding_box": "expect(place).to_be_in_viewport() or to_have_css(…)",
    "content": "reads(place, …) or expect(place).to_contain_text(…)",
    "count": "expect(place).to_have_count(…)",
    "evaluate": "expect(place).to_have_js_property(…), to_have_css(…), to_be_focused()",
    "evaluate_all": "expect(place).to_have_js_property(…), to_have_css(…)",
    "get_attribute": "expect(place).to_have_attribute(…)",
    "inner_html": "reads(place, …)",
    "inner_text": "reads(place, …) or expect(place).to_have_text(…)",
    "input_value": "expect(place).to_have_value(…)",
    "is_checked": "expect(place).to_be_checked()",
    "is_disabled": "expect(place).to_be_disabled()",
    "is_editable": "expect(place).to_be_editable()",
    "is_enabled": "expect(place).to_be_enabled()",
    "is_hidden": "expect(place).to_be_hidden()",
    "is_visible": "expect(place).to_be_visible()",
    "text_content": "expect(place).to_have_text(…)",
    "title": "expect(page).to_have_title(…)",
    "url": "expect(page).to_have_url(…)",
    "wait_for_timeout": "wait for what is expected, not for a time",
}
#: What rows and lists have too: of a page when it is asked of a page, or of a place on one.
COMMON = {"all", "count", "title", "url"}
STILL = re.compile(r"#.*\bstill: \w")


def _asked(node: ast.expr) -> list[str]:
    """Return the names of a chain, from the last back to the first: ``page.locator(…).count`` gives three."""
    names = []
    while True:
        if isinstance(node, ast.Call | ast.Subscript):
            node = node.func if isinstance(node, ast.Call) else node.value
        elif isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        else:
            return [*names, node.id] if isinstance(node, ast.Name) else names


def _of_a_page(names: list[str], known: set[str]) -> bool:
    return names[-1] in known or any(name == "locator" or name.startswith("get_by_") for name in names)


def _known(tree: ast.AST) -> set[str]:
    """Return the names that a file gives to pages and to places on them."""
    known = set()
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.arg)
            and node.annotation
            and ast.unparse(node.annotation) in {"Page", "Locator"}
        ):
            known.add(node.arg)
        elif isinstance(node, ast.withitem) and isinstance(node.optional_vars, ast.Name):
            if _asked(node.context_expr)[0] in {"open_page", "open_as"}:
                known.add(node.optional_vars.id)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            names = _asked(node.value)
            if names and (_of_a_page(names, set()) or names[0] == "new_page"):
                known.add(node.targets[0].id)
    return known


def looks(source: str) -> Iterator[str]:
    """Tell each look that does not wait: its line, what it is and what to write instead."""
    tree, lines = ast.parse(source), source.splitlines()
    known = _known(tree)
    said = {number for number, line in enumerate(lines, start=1) if STILL.search(line)}
    # a reason stands on its statement, or alone on the line above
    alone = {number + 1 for number in said if lines[number - 1].lstrip().startswith("#")}
    for statement in [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]:
        body: list[ast.stmt] | None = getattr(statement, "body", None)
        last = body[0].lineno - 1 if body else statement.end_lineno or statement.lineno
        if said & set(range(statement.lineno, last + 1)) or statement.lineno in alone:
            continue
        parts = [node for node in ast.iter_child_nodes(statement) if not isinstance(node, ast.stmt)]
        for node in [inner for part in parts for inner in ast.walk(part)]:
            what = node.func if isinstance(node, ast.Call) else node
            if not isinstance(what, ast.Attribute) or what.attr not in ONCE:
                continue
            if isinstance(node, ast.Call) == (what.attr == "url"):
                continue  # all are asked by calling, but for an address
            names = _asked(what)
            if what.attr not in COMMON or _of_a_page(names, known):
                yield f"{what.lineno}: {what.attr} looks once; {ONCE[what.attr]}"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_a_browser_is_asked_to_wait_for_what_is_expected(path: Path) -> None:
    assert not list(looks(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ("assert page.locator('li').count() == 2", True),
        ("assert part.first.is_visible()", True),
        ("told = page.get_by_role('alert').inner_text()", True),
        ("assert page.url.endswith('#dijon')", True),
        ("for button in page.locator('[data-add]').all():\n    button.click()", True),
        ("if page.get_by_label('Titre').count():\n    page.reload()", True),
        ("page.wait_for_timeout(500)", True),
        ("assert page.evaluate(WIDE) == 0  # still: the page is loaded", False),
        ("# still: the page is loaded\nassert page.evaluate(\n    WIDE\n) == 0", False),
        ("assert page.evaluate(WIDE) == 0  # still:", True),
        ("expect(page.locator('li')).to_have_count(2)", False),
        ("assert Action.objects.count() == 2", False),
        ("assert [row.url for row in sheet.liens.all()]", False),
        ("assert sheet.title == 'Forum'", False),
    ],
)
def test_what_looks_once_is_found(line: str, refused: bool) -> None:
    body = "\n".join(f"        {part}" for part in line.splitlines())
    source = (
        f"def test(open_page):\n    with open_page() as page:\n        part = page.locator('p')\n{body}\n"
    )
    assert bool(list(looks(source))) is refused
