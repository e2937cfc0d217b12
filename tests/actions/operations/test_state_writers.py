"""Whatever writes the state of a sheet goes through the one door, or is the birth of a row."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from accroche.actions.operations.contenu import CONTENT_COLUMNS
from accroche.imports.operations.edition.ecriture import DISTINCTIONS
from tests.strictness import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Where a state is written: the door, then the births.
WRITERS = {
    ("accroche/actions/operations/cycle.py", "_write"): "the one door: move, move_many",
    ("accroche/actions/operations/declaration.py", "create"): "a sheet is born, a draft or in the queue",
    ("accroche/actions/operations/livraison.py", ""): "many are born, hidden: what a row gives of a sheet",
    ("accroche/actions/operations/arrivage.py", "reveal"): "they are there: their life begins in the queue",
}
#: Calls that write what they are given by name.
WRITES = {"update", "create", "acreate", "aupdate", "get_or_create", "update_or_create", "Action"}
#: Modules that write: there, the name of the column is a way to write it.
WRITING = {"operations", "operations.py", "models", "models.py", "management", "tasks.py"}
#: Where such a module reads a state, or tells of it.
READERS = {
    ("accroche/actions/operations/cycle.py", "_told"): "what the journal says of a step",
    ("accroche/portail/operations.py", "_sheet"): "a state of the demo's file, reached through its steps",
    ("accroche/actions/models/action.py", "Action.Meta"): "indexes",
    ("accroche/actions/models/action.py", "ActionQuerySet._public_by_number"): "what of some is public",
}


def writes(source: str, *, name_counts: bool) -> Iterator[str]:
    """Yield the function of each place of ``source`` that writes a state, or could.

    ``name_counts``: whether the column's bare name is one, as in ``update_fields=["etat"]``.
    """

    def walk(node: ast.AST, where: tuple[str, ...]) -> Iterator[str]:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            # a nested function is known by its own name
            where = (
                (*where, node.name)
                if isinstance(node, ast.ClassDef) or not where
                else ((*where, node.name) if where[-1][0].isupper() else (node.name,))
            )
        if _writes(node) or (name_counts and isinstance(node, ast.Constant) and node.value == "etat"):
            yield ".".join(where)
        for child in ast.iter_child_nodes(node):
            yield from walk(child, where)

    yield from walk(ast.parse(source), ())


def _writes(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "etat" and isinstance(node.ctx, ast.Store)
    if not isinstance(node, ast.Call):
        return False
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called == "setattr":
        return any(isinstance(arg, ast.Constant) and arg.value == "etat" for arg in node.args)
    return called in WRITES and any(keyword.arg == "etat" for keyword in node.keywords)


def test_a_state_is_written_by_the_door_and_where_a_row_is_born() -> None:
    """EU Code Week let a form edit the state, past its mails and its journal."""
    found = set()
    for path in (ROOT / "accroche").rglob("*.py"):
        if "migrations" not in path.parts:
            name_counts = bool(WRITING & set(path.parts))
            place = path.relative_to(ROOT).as_posix()
            found |= {(place, where) for where in writes(path.read_text("utf-8"), name_counts=name_counts)}
    assert found - READERS.keys() == WRITERS.keys()
    assert READERS.keys() <= found, "one of the readers is gone: drop its line"


@pytest.mark.parametrize("columns", [CONTENT_COLUMNS, DISTINCTIONS])
def test_no_list_of_columns_holds_the_state(columns: tuple[str, ...]) -> None:
    assert not {"etat", "version", "merged_into", "submitted_at"} & set(columns)


@pytest.mark.parametrize(
    "source",
    [
        "def f(a): a.etat = 'published'",
        "def f(a): Action.objects.filter(pk=a).update(etat='published')",
        "def f(a): Action.objects.create(etat='published')",
        "def f(a): Action(title='A', etat='published')",
        "def f(a): setattr(a, 'etat', 'published')",
        "def f(a): a.save(update_fields=['etat'])",
        "def f(a): Action.objects.update_or_create(defaults={'etat': 'published'})",
        "def f(a): QuerySet(Action).bulk_update([a], ('etat',))",
    ],
)
def test_each_way_to_write_one_would_be_found(source: str) -> None:
    assert set(writes(source, name_counts=True)) == {"f"}
    assert not set(writes("def f(a): return a.filter(etat='x'), a.etat == 'x'", name_counts=True))
