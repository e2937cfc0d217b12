"""A style sheet without the rules that can apply to nothing, in the order of the others.

What stays is what stood there: a rule goes when each of its selectors asks for a class that no page bears, a
custom property of ``:root`` when nothing reads it. So pages look the same to the pixel.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

_MARK = re.compile(r"""["'{};]|/\*""")
_SEPARATOR = re.compile(r"""["'(),;\[\]]""")
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_PROPERTY = re.compile(r"--[A-Za-z_][\w-]*")
_OPENING = re.compile(r"[()]")
#: At-rules that hold rules; others hold declarations and stay as they are.
_GROUPS = ("@media", "@supports", "@layer")
#: Where custom properties stand that the whole sheet reads.
_ROOT = ":root"

Known = Callable[[str], bool]


def pieces(sheet: str) -> Iterator[tuple[str, str | None]]:
    """What stands before each brace and what it holds; None of a statement that ends without braces."""
    start = at = depth = opened = 0
    while found := _MARK.search(sheet, at):
        mark, at = found[0], found.end()
        if mark == "/*":
            at = _after(sheet, "*/", at)
        elif mark in "\"'":
            at = _after(sheet, mark, at)
        elif mark == "{":
            depth += 1
            opened = at if depth == 1 else opened
        elif mark == "}":
            depth -= 1
            if not depth:
                yield _uncommented(sheet[start : opened - 1]), sheet[opened : found.start()]
                start = at
        elif not depth:
            yield _uncommented(sheet[start : found.start()]), None
            start = at


def trimmed(sheet: str, known: Known) -> str:
    """Return the sheet without the rules that ask for an unknown class, nor what tells its characters."""
    return "".join(_kept(sheet, known))


def with_properties_read(sheet: str, also: Iterable[str] = ()) -> str:
    """Return the sheet without the properties of its root that nothing reads, here or in other texts."""
    rules = list(_rules(sheet))
    declared: dict[str, set[str]] = {}
    read = {name for text in also for name in _PROPERTY.findall(text)}
    for selector, body in rules:
        for declaration in _split(body, ";"):
            name, _, value = declaration.partition(":")
            used = set(_PROPERTY.findall(value))
            if name.startswith("--") and selector.startswith(_ROOT):
                declared.setdefault(name, set()).update(used)
            else:
                read |= used
    waiting = list(read)
    while waiting:
        new = declared.get(waiting.pop(), set()) - read
        read |= new
        waiting += new
    return "".join(_with_properties(sheet, read))


def _after(sheet: str, end: str, at: int) -> int:
    """Where the text goes on behind a string or comment; a backslash hides what follows it."""
    while True:
        found = sheet.find(end, at)
        if found < 0:
            return len(sheet)
        behind = found
        while end != "*/" and sheet[behind - 1] == "\\":
            behind -= 1
        if (found - behind) % 2 == 0:
            return found + len(end)
        at = found + 1


def _uncommented(prelude: str) -> str:
    return prelude.rpartition("*/")[2].strip()


def _split(text: str, separator: str) -> list[str]:
    """Cut a text at a separator that stands in no string, parenthesis or bracket."""
    parts, start, at, depth = [], 0, 0, 0
    while found := _SEPARATOR.search(text, at):
        mark, at = found[0], found.end()
        if mark in "\"'":
            at = _after(text, mark, at)
        elif mark in "([":
            depth += 1
        elif mark in ")]":
            depth -= 1
        elif mark == separator and not depth:
            parts.append(text[start : found.start()])
            start = at
    return [*parts, text[start:]]


def _asked(selector: str) -> list[str]:
    """The classes that an element or one of its parents must bear; not those in parentheses."""
    if "(" not in selector:
        return _CLASS.findall(selector)
    outside, start, depth = [], 0, 0
    for found in _OPENING.finditer(selector):
        if found[0] == "(":
            outside += [] if depth else [selector[start : found.start()]]
            depth += 1
        else:
            depth -= 1
            start = found.end()
    return [name for part in (*outside, selector[start:]) for name in _CLASS.findall(part)]


def _kept(sheet: str, known: Known) -> Iterator[str]:
    for prelude, body in pieces(sheet):
        if body is None:
            yield "" if prelude.startswith("@charset") else f"{prelude};"
        elif prelude.startswith(_GROUPS):
            if inside := trimmed(body, known):
                yield f"{prelude}{{{inside}}}"
        elif prelude.startswith("@"):
            yield f"{prelude}{{{body}}}"
        else:
            selectors = [one for one in _split(prelude, ",") if all(map(known, _asked(one)))]
            if selectors and body.strip():
                yield f"{','.join(selectors)}{{{body}}}"


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    for prelude, body in pieces(sheet):
        if body is None:
            continue
        if prelude.startswith(_GROUPS):
            yield from _rules(body)
        else:
            yield prelude, body


def _with_properties(sheet: str, read: set[str]) -> Iterator[str]:
    for prelude, body in pieces(sheet):
        if body is None:
            yield f"{prelude};"
        elif prelude.startswith(_GROUPS):
            if inside := "".join(_with_properties(body, read)):
                yield f"{prelude}{{{inside}}}"
        elif prelude.startswith(_ROOT):
            declarations = [
                one for one in _split(body, ";") if not one.startswith("--") or one.partition(":")[0] in read
            ]
            if any(declarations):
                yield f"{prelude}{{{';'.join(declarations)}}}"
        else:
            yield f"{prelude}{{{body}}}"
