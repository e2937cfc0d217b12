"""The style sheet of every page: the DSFR as this site needs it, then our own rules; made once, in memory.

The DSFR ships 825 KB of rules and icons, and our pages bear few of its classes. What no page can show is left
out, and nothing is listed: a class that a template, a module or a script of ours names is in the sheet
(``docs/adr/0043-the-styles-that-pages-bear.md``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders

from accroche.lib import css

#: Where the sheet is served from, outside of the public files: those are on a disk.
PLACE: Final = "/styles/dsfr-"
#: What the package ships, among the public files.
FOLDER: Final = "dsfr/dist/"
#: In their order.
SHEETS: Final = ("dsfr.main.min.css", "utility/utility.main.min.css")
SCRIPT: Final = "dsfr.module.min.js"
#: Ours that every page reads, in their order: one address asked for rather than five.
OURS: Final = ("accroche", "entete", "formulaires", "bascule")
#: What the script of the DSFR gives to elements of any kind.
GIVEN: Final = frozenset({"fr-collapsing", "fr-placement", "fr-scroll-divider", "fr-transition-none"})

_NAME = re.compile(r"(?<![\w-])fr-[a-z0-9][\w-]*")
_WORD = re.compile(r"[a-z][a-z0-9-]*")
_PART = re.compile("--|__")
#: How the sheets ask for a font or an icon.
_BESIDE = re.compile(r"url\((?:\.\./){0,3}(?=(?:fonts|icons)/)")
_OURS = Path(__file__).parents[1]


@dataclass(frozen=True)
class FeuilleDeStyle:
    """A style sheet and its address on this site, which changes with it."""

    text: str
    address: str


class Classes:
    """The classes of the DSFR that our pages may bear: one of ours, or what a script makes of one of ours."""

    def __init__(self, named: Iterable[str], words: Iterable[str]) -> None:
        """Take what our files name, and the words of the script of the DSFR.

        A name that ends with « - » is completed as the page is shown; a word may be put behind the name of a
        component, as a part or a state: « opened ».
        """
        self._named = frozenset(named)
        self._beginnings = tuple(name for name in self._named if name.endswith("-"))
        self._components = self._named | GIVEN
        self._words = frozenset(words)

    def __contains__(self, name: str) -> bool:
        """Whether a page may bear it; what is not of the DSFR is no concern of ours."""
        if not name.startswith("fr-") or name in self._named or name.startswith(self._beginnings):
            return True
        component, *parts = _PART.split(name)
        return component in self._components and self._words.issuperset(parts)


def named_in(text: str) -> set[str]:
    """The classes of the DSFR, or beginnings of such, that a template or a module names."""
    return set(_NAME.findall(text))


def feuille() -> FeuilleDeStyle:
    """Return the site's sheet; made anew for each page while the site is being developed."""
    return made() if settings.DEBUG else _once()


def is_asked(path: str) -> bool:
    """Whether a path is the sheet's, this one's or that of a page still open from before an upgrade."""
    return path.startswith(PLACE) and path.endswith(".css")


def made() -> FeuilleDeStyle:
    """Make the sheet: some fifty milliseconds of processor."""
    own = (_OURS / "commun" / "static" / "commun" / f"{name}.css" for name in OURS)
    text = "\n".join((of_dsfr(), *(path.read_text(encoding="utf-8") for path in own)))
    return FeuilleDeStyle(text, f"{PLACE}{hashlib.sha256(text.encode()).hexdigest()[:12]}.css")


def of_dsfr() -> str:
    """Return what of the DSFR our pages may bear, with its licence."""
    script = shipped(SCRIPT)
    ours = [path.read_text(encoding="utf-8") for path in sources()]
    classes = Classes((name for text in ours for name in named_in(text)), _WORD.findall(script))
    whole = "".join(map(shipped, SHEETS))
    licence = whole[whole.index("/*!") : whole.index("*/") + 2]
    text = css.with_properties_read(css.trimmed(whole, classes.__contains__), [*ours, script])
    return _BESIDE.sub(f"url({settings.STATIC_URL}{FOLDER}", f'@charset "UTF-8";\n{licence}\n{text}')


def sources() -> list[Path]:
    """The files of ours that may name a class or read a property."""
    return sorted(path for path in _OURS.rglob("*") if path.suffix in {".css", ".html", ".js", ".py"})


def shipped(name: str) -> str:
    """Return the text of a file of the package, by its name in ``FOLDER``."""
    path = finders.find(f"{FOLDER}{name}")
    if path is None:
        msg = f"django-dsfr ships no {FOLDER}{name}"
        raise LookupError(msg)
    return Path(path).read_text(encoding="utf-8")


_once = cache(made)
