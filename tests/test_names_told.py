"""What docs, docstrings and comments name exists: modules, files, classes and functions."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.test_consistency import docs, files, named, text, with_suffix

#: What begins like a module of ours and is none.
NOT_OURS = {
    "accroche.requests": "a logger",
    "accroche.securite": "a logger",
    "sqlite3.executemany": "Python's",
}
#: Folders and files that are made, not kept, or that stand for many.
MADE = {
    "var/": "the data of a working copy",
    "ACCROCHE_DATA/": "the data of an instance",
    ".venv/": "made by `make setup`",
    "build/": "made by `make mutants`",
    "donnees/": "in the archive of a synthesis",
    "academies/<slug>.toml": "one file per académie",
    "accroche/imports/packs/<edition>/": "one folder per edition",
    "../shared/": "reference documents, beside a clone",
}

SUFFIXES = "py|html|css|js|toml|typ|md|csv|yml"
FILE = rf"\.(?:{SUFFIXES}|txt|pdf|docx|xlsx)$"
#: A path of at least two parts, or a Python file alone.
PATH = re.compile(rf"(?<![\w./<>{{}}-])((?:[\w.-]+/)+[\w-]+\.(?:{SUFFIXES})|(?:[\w.-]+/)*[a-z_]\w*\.py)\b")
#: What stands between backticks in a page: a path, or a dotted name.
IN_BACKTICKS = re.compile(r"`([\w.<>-]+/[\w./<>-]*|[\w/-]+\.py)`")
DOTTED = re.compile(r"`+~?([a-zA-Z_]\w*(?:\.[a-zA-Z_]\w*)+)`+")
#: The file and the function of « `journal.py: record` », as pages say it.
IN_FILE = re.compile(r"`((?:\w+/)*\w+\.py): (\w+)`")
ROLE = re.compile(r":(?:mod|func|class|meth|data|attr|exc):`~?\.?([\w.]+)`")
#: A module of ours, wherever it is written.
MODULE = re.compile(r"(?<![\w./@-])((?:accroche|config|tests|benchmarks)(?:\.\w+)+)")


@cache
def paths() -> frozenset[str]:
    """Return every way to name a file or a folder of the repository: whole, or by its end."""
    parts = [Path(named(path)).parts for path in files()]
    return frozenset(
        "/".join(part[start:end]) for part in parts for end in range(1, len(part) + 1) for start in range(end)
    )


def is_made(path: str) -> bool:
    return any(path.startswith(start) for start in MADE)


@cache
def modules() -> dict[str, tuple[Path, ...]]:
    """Return the files of each module, by every way to name it: whole, or by its end."""
    found: dict[str, tuple[Path, ...]] = {}
    for path in with_suffix(".py"):
        parts = Path(named(path)).with_suffix("").parts
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        for start in range(len(parts)):
            name = ".".join(parts[start:])
            found[name] = (*found.get(name, ()), path)
    return found


@cache
def members(path: Path) -> dict[str, frozenset[str]]:
    """Return the names of a module, and under each what a class of it defines; « » holds all of them."""
    found: dict[str, frozenset[str]] = {}
    everything: set[str] = set()
    for node in ast.parse(text(path)).body:
        names = _defined(node)
        inner = {name for one in getattr(node, "body", []) for name in _defined(one)}
        inner |= {
            name
            for one in getattr(node, "body", [])
            for below in getattr(one, "body", [])
            for name in _defined(below)
        }
        for name in names:
            found[name] = frozenset(inner)
        everything |= names | inner
    return found | {"": frozenset(everything)}


def _defined(node: ast.AST) -> set[str]:
    """Return the names a statement gives a meaning to."""
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    found = {
        name.id for target in targets if target for name in ast.walk(target) if isinstance(name, ast.Name)
    }
    found |= {name.attr for target in targets if isinstance(target, ast.Attribute) for name in [target]}
    if isinstance(node, ast.If | ast.Try):
        found |= {name for one in node.body for name in _defined(one)}
    return found


def is_known(name: str) -> bool:
    """Whether a dotted name is a module of ours, what one holds, or what a class of ours has."""
    parts = name.split(".")
    return (
        name in modules()
        or any(
            _holds(members(path), parts[end:])
            for end in range(1, len(parts))
            for path in modules().get(".".join(parts[:end]), ())
        )
        or any(_holds(members(path), parts) for path in with_suffix(".py"))
    )


def _holds(held: dict[str, frozenset[str]], parts: list[str]) -> bool:
    first, *rest = parts
    return first in held and (not rest or not held[first] or rest[0] in held[first])


def unknown(told: str) -> list[str]:
    """Return the dotted names between backticks that begin with a module of ours and lead nowhere.

    The others are variables, keys of data, or somebody else's.
    """
    return [
        name
        for name in DOTTED.findall(told)
        if name.partition(".")[0] in modules() and name not in NOT_OURS
        if not re.search(FILE, name) and not is_known(name)
    ]


@cache
def prose(path: Path) -> tuple[tuple[int, str], ...]:
    """Return the docstrings and the comments of a Python file, with the line each begins at."""
    return tuple(_prose(path))


def _prose(path: Path) -> Iterator[tuple[int, str]]:
    with tokenize.open(path) as source:
        for token in tokenize.generate_tokens(source.readline):
            is_docstring = token.type == tokenize.STRING and token.string.startswith(('"""', 'r"""'))
            if token.type == tokenize.COMMENT or (is_docstring and not token.line[: token.start[1]].strip()):
                yield token.start[0], token.string


def test_each_file_that_code_tells_of_exists() -> None:
    wrong = [
        f"{named(path)}:{line}: {told}"
        for path in with_suffix(".py")
        for line, words in prose(path)
        for told in PATH.findall(words)
        if told not in paths() and not is_made(told)
    ]
    assert wrong == []


def test_each_module_that_is_told_of_exists() -> None:
    told = [
        (named(path), name) for path in docs() for name in MODULE.findall(text(path)) if name not in NOT_OURS
    ]
    told += [
        (f"{named(path)}:{line}", name)
        for path in with_suffix(".py")
        for line, words in prose(path)
        for name in MODULE.findall(words)
    ]
    assert [f"{where}: {name}" for where, name in told if not is_known(name)] == []


def test_each_dotted_name_of_ours_exists() -> None:
    wrong = [
        f"{named(path)}:{line}: {name}"
        for path in with_suffix(".py")
        for line, words in prose(path)
        for name in unknown(words)
    ]
    assert wrong == []


def test_each_role_of_a_docstring_leads_somewhere() -> None:
    wrong = []
    for path in with_suffix(".py"):
        held = members(path)
        for line, words in prose(path):
            for name in ROLE.findall(words):
                here = name in held[""] or _holds(held, name.split("."))
                if not here and not ("." in name and is_known(name)):
                    wrong.append(f"{named(path)}:{line}: {name}")
    assert wrong == []


def test_what_pages_name_exists() -> None:
    wrong = []
    for page in docs():
        if page.name == "CHANGELOG.md":  # what was, as it was called then
            continue
        told = re.sub(r"```.*?```", "", text(page), flags=re.DOTALL)
        wrong += [
            f"{named(page)}: {name}"
            for name in IN_BACKTICKS.findall(told)
            if name.rstrip("/") not in paths() and not is_made(name)
        ]
        for name, function in IN_FILE.findall(told):
            ends = [path for path in with_suffix(".py") if f"/{named(path)}".endswith(f"/{name}")]
            if not any(function in members(path)[""] for path in ends):
                wrong.append(f"{named(page)}: {name}: {function}")
        wrong += [f"{named(page)}: {name}" for name in unknown(told)]
    assert wrong == []


def test_each_exception_is_still_told_somewhere() -> None:
    told = "\n".join(
        text(path) for path in (*docs(), *with_suffix(".py")) if path.name != "test_names_told.py"
    )
    assert [name for name in (*NOT_OURS, *MADE) if name not in told] == []
