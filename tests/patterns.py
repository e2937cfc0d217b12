"""The patterns of the code, wherever they stand, and texts made to cost each of them most."""

from __future__ import annotations

import ast
import builtins
import importlib
import pkgutil
import re
import re._constants as codes  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice, product
from pathlib import Path
from types import ModuleType
from typing import Any

#: How patterns are used; what looks anywhere in a text is tried as what finds all.
ANYWHERE = frozenset({"search", "finditer", "findall", "sub", "subn", "split", "compile"})
AT_START = frozenset({"match", "fullmatch"})
#: What stands for a name that only a running function knows, in a pattern put together there.
PROBE = "mot"
CLASSES = frozenset({codes.IN, codes.ANY, codes.NOT_LITERAL})
REPEATS = frozenset({codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT})
#: A repetition of so many at most is no danger.
BOUNDED = 64


@dataclass(frozen=True)
class Found:
    """A pattern, where it is, and by what methods it is used."""

    where: str
    pattern: re.Pattern[Any]
    uses: frozenset[str]

    def readers(self) -> Iterator[tuple[str, Callable[[str], object]]]:
        """Each use as a function of a text."""
        for use in sorted(self.uses):
            yield use, partial(_use, getattr(self.pattern, use), self.pattern)


def _use(call: Callable[[Any], Any], pattern: re.Pattern[Any], text: str) -> None:
    found = call(text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace"))
    if found is not None and not isinstance(found, re.Match):
        for _ in found:
            pass


def modules() -> list[ModuleType]:
    """Every module of the code, migrations apart."""
    names = [
        info.name
        for package in ("accroche", "config")
        for info in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}.")
        # what serves asks for a migrated database as soon as it is imported
        if ".migrations" not in info.name and info.name != "config.wsgi"
    ]
    return [importlib.import_module(name) for name in names]


def collected(among: Iterable[ModuleType]) -> list[Found]:
    """All the patterns of modules, each once, with all its uses."""
    places: dict[re.Pattern[Any], str] = {}
    uses: dict[re.Pattern[Any], set[str]] = defaultdict(set)
    for module in among:
        held = dict(_held_by(module))
        for path, pattern in held.items():
            places.setdefault(pattern, f"{module.__name__}:{path}")
        for pattern, use, line in _used(module, held):
            # what is compiled and held is used by its name
            if use != "compile" or pattern not in places:
                uses[pattern].add(use)
            places.setdefault(pattern, f"{module.__name__}:{line}")
    return [
        Found(where, pattern, frozenset(_tried(use) for use in uses[pattern] or {"search", *AT_START}))
        for pattern, where in places.items()
    ]


def _held_by(module: ModuleType) -> Iterator[tuple[str, re.Pattern[Any]]]:
    for name, value in vars(module).items():
        yield from _held(value, name, module.__name__)


def _used(module: ModuleType, held: dict[str, re.Pattern[Any]]) -> Iterator[tuple[re.Pattern[Any], str, int]]:
    """Each use a module makes of a pattern, and on what line."""
    listed = [pattern for path, pattern in held.items() if path not in vars(module)]
    for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in ANYWHERE | AT_START:
            name = node.value.id if isinstance(node.value, ast.Name) else ""
            if name in held:
                yield held[name], node.attr, node.lineno
            elif name != "re" and node.attr != "split":
                # a variable that may be any of those a table of the module holds; texts are split too
                yield from ((pattern, node.attr, node.lineno) for pattern in listed)
        elif isinstance(node, ast.Call):
            yield from _inline(node, module)


def _tried(use: str) -> str:
    return use if use in AT_START else "finditer"


def _held(value: Any, path: str, module: str, depth: int = 5) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """The patterns a value holds, in containers and in classes of the module."""
    if isinstance(value, re.Pattern):
        yield path, value
    elif not depth or path.startswith("__"):
        return
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _held(item, f"{path}[{key!r}]", module, depth - 1)
    elif isinstance(value, list | tuple | set | frozenset):
        for number, item in enumerate(value):
            yield from _held(item, f"{path}[{number}]", module, depth - 1)
    elif isinstance(value, type) and value.__module__ == module:
        for name, item in vars(value).items():
            if not name.startswith("__"):
                yield from _held(item, f"{path}.{name}", module, depth - 1)


def _inline(node: ast.Call, module: ModuleType) -> Iterator[tuple[re.Pattern[Any], str, int]]:
    """The pattern of a ``re.sub(…)``, or of a filter of the database, which SQLite gives to ``re`` too."""
    match node.func:
        case ast.Attribute(value=ast.Name(id="re"), attr=use) if use in ANYWHERE | AT_START and node.args:
            flags = [one.value for one in node.keywords if one.arg == "flags"]
            if use == "compile":
                flags += node.args[1:2]
            text = _value(node.args[0], module)
            if text != PROBE:
                yield re.compile(text, _value(flags[0], module) if flags else 0), use, node.lineno
    for keyword in node.keywords:
        if keyword.arg and keyword.arg.endswith("regex"):
            yield re.compile(_value(keyword.value, module)), "search", node.lineno


def _value(node: ast.expr, module: ModuleType) -> Any:
    """An expression of a module; what only its functions know is the probe."""
    known = vars(module)
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    unknown = {name: PROBE for name in names if name not in known and not hasattr(builtins, name)}
    return eval(compile(ast.Expression(node), "", "eval"), {**known, **unknown})  # noqa: S307 - ours


#: What harms many patterns, whatever they look for.
USUAL = (
    " ", "\n", "\t", "a", "A", "é", "0", "1", "_", "-", ".", ",", ";", ":", "@", "(", ")", "[", "/", "'", "«",
    '"', "+", "0 ", "1 ", "a ", " a", "a.", "a@", "@a", "a@a.", "@.", ".a", "a-", "1.", "1-", "1/", "12 ",
    "01 ", "a1", "\n ", " \n", "a\n", "1\n", " ,", ", ", "((", "()", "(a", "« ", "et ", " et", "http://", "https://a",
    "www.", "\u0301\u0316", "06 12 34 5", "a é", "mot ", "Mot ", "\u00a0", "\u202f", "e\u0301",
)  # fmt: skip
#: What ends a text so that what nearly matched does not.
ENDS = ("", "\0", "\n!")
MOST_ATOMS = 12


def texts(pattern: re.Pattern[Any]) -> list[tuple[str, Callable[[int], str]]]:
    """Texts of any length, each with its name: the pattern's own letters, and its near-misses."""
    source = pattern.pattern
    tree = parser.parse(source.decode("latin-1") if isinstance(source, bytes) else source, _flags(pattern))
    made: dict[tuple[str, str, str], None] = {}
    atoms = list(dict.fromkeys(atom for atom in _atoms(tree) if atom))[:MOST_ATOMS]
    for atom in (*USUAL, *atoms):
        made["", atom, "\0"] = None
    for first, second in islice(product(atoms, atoms), MOST_ATOMS**2):
        made["", first + second, "\0"] = None
    for atom, other in product(atoms, (" ", "\n", "1", "a")):
        made["", atom + other, "\0"] = None
    for before, body in _repeats(tree, ""):
        for end in ENDS:
            made[before, body, end] = None
        made["", before + body, "\0"] = None
        made["", before + body + body, "\0"] = None
    whole = _sample(tree, 0)
    made["", whole, ""] = None
    made["", whole[:-1] or "a", "\0"] = None
    return [
        (f"{before[-20:]!r} + {body!r} x n + {end!r}", _repeated(before, body, end))
        for before, body, end in made
        if body
    ]


def _repeated(before: str, body: str, end: str) -> Callable[[int], str]:
    return lambda length: before + body * max(1, length // len(body)) + end


def _flags(pattern: re.Pattern[Any]) -> int:
    return int(pattern.flags) & ~int(re.UNICODE) if isinstance(pattern.pattern, str) else int(pattern.flags)


def _sample(tree: Any, choice: int) -> str:
    """A short text the tree matches, more or less."""
    return "".join(_sample_of(op, argument, choice) for op, argument in tree)


def _sample_of(op: Any, argument: Any, choice: int) -> str:
    if op is codes.LITERAL:
        return chr(argument)
    if op in CLASSES:
        letters = _letters(op, argument)
        return letters[choice % len(letters)]
    if op in REPEATS:
        return _sample(argument[2], choice) * min(max(int(argument[0]), 1), 40)
    if op is codes.BRANCH:
        return _sample(argument[1][choice % len(argument[1])], choice)
    if op in {codes.SUBPATTERN, codes.ATOMIC_GROUP}:
        return _sample(_below(op, argument)[0], choice)
    return ""


_TRIED = "a1 \n.é-@A_,(\0"
_CATEGORIES = {
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_SPACE: " \n",
    codes.CATEGORY_WORD: "a1",
    codes.CATEGORY_NOT_DIGIT: "a ",
    codes.CATEGORY_NOT_SPACE: "a.",
    codes.CATEGORY_NOT_WORD: " .",
}


def _letters(op: Any, argument: Any) -> list[str]:
    """Some letters of a class, of different kinds."""
    if op is codes.ANY:
        return ["a", " "]
    if op is codes.NOT_LITERAL:
        return [letter for letter in _TRIED if letter != chr(argument)][:3]
    inside: list[str] = []
    negated = False
    ranges = []
    for kind, value in argument:
        if kind is codes.NEGATE:
            negated = True
        elif kind is codes.LITERAL:
            inside.append(chr(value))
        elif kind is codes.RANGE:
            inside.append(chr(value[0]))
            ranges.append(value)
        elif kind is codes.CATEGORY:
            inside += _CATEGORIES[value]
    if not negated:
        return list(dict.fromkeys(inside))[:3]
    ranged = [letter for letter in _TRIED if any(low <= ord(letter) <= high for low, high in ranges)]
    return [letter for letter in _TRIED if letter not in (*inside, *ranged)][:3] or ["\u4e00"]


def _atoms(tree: Any) -> Iterator[str]:
    """The words and letters a tree is made of."""
    word = ""
    for op, argument in tree:
        if op is codes.LITERAL:
            word += chr(argument)
            continue
        if word:
            yield word
            word = ""
        if op in CLASSES:
            yield from _letters(op, argument)
        for below in _below(op, argument):
            yield from _atoms(below)
    yield word


def _below(op: Any, argument: Any) -> list[Any]:
    if op in REPEATS:
        return [argument[2]]
    if op in {codes.SUBPATTERN, codes.ASSERT, codes.ASSERT_NOT}:
        return [argument[-1]]
    if op is codes.ATOMIC_GROUP:
        return [argument]
    if op is codes.BRANCH:
        return list(argument[1])
    return []


def _repeats(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """Each repetition without a narrow bound: what leads to it, and what it repeats."""
    for op, argument in tree:
        if op in REPEATS and argument[1] > BOUNDED:
            for choice in range(3):
                yield before, _sample(argument[2], choice)
        for below in _below(op, argument):
            yield from _repeats(below, before)
        before += _sample_of(op, argument, 0)
