"""A past report as other extractors and authors give it: one habit each, some of them together."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

Change = Callable[[str], str]

ARROW: Final = "\uf0d8"
TICKED: Final = "\uf0fe"
EMPTY: Final = "\uf06f"
_FULL: Final = 80
_ADDRESS = re.compile(r"https?://")


@dataclass(frozen=True)
class Kind:
    """A way of giving the report: the change, the facts it takes away, and how it calls some académies."""

    change: Change
    lost: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = field(default_factory=dict)


# -- the ways -------------------------------------------------------------------------------------------


def _lines(change: Callable[[str], str]) -> Change:
    return lambda text: "\n".join(change(line) for line in text.split("\n"))


def _replaced(*pairs: tuple[str, str]) -> Change:
    def _one(text: str) -> str:
        for old, new in pairs:
            text = text.replace(old, new)
        return text

    return _one


def _subbed(pattern: str, new: str | Callable[[re.Match[str]], str], flags: int = re.MULTILINE) -> Change:
    return lambda text: re.sub(pattern, new, text, flags=flags)


def _bullet(sign: str) -> Change:
    return _subbed(ARROW + r"\s*", f"{sign} " if sign else "")


def _boxes(ticked: str, empty: str) -> Change:
    return _subbed(
        rf"[{TICKED}{EMPTY}]\s*", lambda m: f"{ticked} " * (m[0][0] == TICKED) or f"{empty} ".lstrip()
    )


def _boxes_after(ticked: str, empty: str) -> Change:
    pattern = rf"^\s*([{TICKED}{EMPTY}])\s*(\S.*?)\s*$"
    return _subbed(pattern, lambda m: f"{m[2]} {ticked if m[1] == TICKED else empty}")


def _paragraphs(text: str) -> list[str]:
    return re.split(r"\n[ \t]*\n", text)


def _by_paragraph(change: Callable[[str], str]) -> Change:
    return lambda text: "\n\n".join(change(paragraph) for paragraph in _paragraphs(text))


_OPENS_LINE = re.compile(rf"[{ARROW}{TICKED}{EMPTY}-]|Nombre d|Partenaires|https?://|Acad")


def _kept_lines(paragraph: str) -> list[str]:
    """The lines of a paragraph joined, but where a sign or a heading opens one."""
    found: list[str] = []
    for line in (one.strip() for one in paragraph.split("\n")):
        last = found[-1] if found else ""
        if not line:
            continue
        apart = not found or _OPENS_LINE.match(line) or last.startswith("Partenaires") or _ADDRESS.match(last)
        if apart and not (last.startswith("http") and last.endswith("-")):
            found.append(line)
        else:
            glue = "" if last.endswith("-") and last[-2:-1].isalnum() else " "
            found[-1] = f"{last}{glue}{line}"
    return found


def _rewrapped(width: int) -> Change:
    def _one(paragraph: str) -> str:
        return "\n".join(
            "\n".join(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False))
            for line in _kept_lines(paragraph)
        )

    return _by_paragraph(_one)


def _each_line_wrapped(width: int) -> Change:
    return _lines(
        lambda line: "\n".join(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False))
    )


_one_line = _by_paragraph(lambda paragraph: "\n".join(_kept_lines(paragraph)))
_all_joined = _by_paragraph(lambda paragraph: " ".join(paragraph.split()))
_no_blank_lines = _subbed(r"\n[ \t\x0c]*\n+", "\n")


def _hyphenated(text: str) -> str:
    """Cut one word in three that ends a full line, as a typesetter does."""
    lines = text.split("\n")
    for rank in range(len(lines) - 1):
        first, rest = lines[rank].rstrip(), lines[rank + 1].lstrip()
        word, _, after = rest.partition(" ")
        if len(first) < _FULL or rank % 3 or not re.fullmatch(r"[a-zéèêàçôî]{7,}", word):
            continue
        lines[rank] = f"{first} {word[:4]}-"
        lines[rank + 1] = f"{word[4:]} {after}"
    return "\n".join(lines)


def _paged(head: Callable[[int], list[str]], *, every: int = 47, blank: bool = True) -> Change:
    def _one(text: str) -> str:
        given: list[str] = []
        page = 1
        for rank, line in enumerate(text.split("\n"), start=1):
            given.append(line)
            if rank % every == 0:
                page += 1
                around = [""] if blank else []
                given += [*around, *head(page), *around]
        return "\n".join(given)

    return _one


_MONTHS: Final = (
    *("Janvier", "Février", "Mars", "Avril", "Mai", "Juin", "Juillet", "Août"),
    *("Septembre", "Octobre", "Novembre", "Décembre"),
)
_DAYS = re.compile(
    rf"^( *)(\d+)(?:er)?(?: ({'|'.join(_MONTHS)}))? ?[–-] ?(\d+)(?:er)?"
    rf" ({'|'.join(_MONTHS)}) (\d{{4}})(?=\s*$)",
    re.MULTILINE,
)


def _dates(write: Callable[[int, int, int, int, int], str]) -> Change:
    def _one(match: re.Match[str]) -> str:
        last = _MONTHS.index(match[5]) + 1
        first = _MONTHS.index(match[3]) + 1 if match[3] else last
        return match[1] + write(int(match[2]), first, int(match[4]), last, int(match[6]))

    return lambda text: _DAYS.sub(_one, text)


def _two_columns(text: str) -> str:
    """Set the boxes, the figures and the partners of each sheet beside its narrative."""
    pieces = re.split(r"(?m)(?=^ ?Académie d)|(?=^ ?Exemples d’act)|(?=^ ?CONCLUSION)", text)
    given = []
    for piece in pieces:
        box = re.search(rf"(?m)^[{TICKED}{EMPTY}]", piece)
        end = re.search(r"(?m)^https?://\S+\s*\Z", piece)
        if not piece.lstrip().startswith("Académie d") or box is None:
            given.append(piece)
            continue
        foot = end.start() if end else len(piece)
        start = [m.end() for m in re.finditer(r"(?m)^.*20\d\d *$", piece[:400])]
        head = start[0] if start else 0
        left = [line.rstrip() for line in piece[head : box.start()].split("\n")]
        narrow = [one for line in left for one in (textwrap.wrap(line, 70, break_on_hyphens=False) or [""])]
        right = [line.strip() for line in piece[box.start() : foot].split("\n")]
        rows = max(len(narrow), len(right))
        narrow += [""] * (rows - len(narrow))
        right += [""] * (rows - len(right))
        beside = "\n".join(f"{a:<76}{b}".rstrip() for a, b in zip(narrow, right, strict=True))
        given.append(f"{piece[:head]}\n\n{beside}\n\n{piece[foot:]}")
    return "".join(given)


def _contents(text: str) -> str:
    names = [m.strip() for m in re.findall(r"(?m)^ ?(Académie d.{1,28}?) *$", text)]
    rows = "\n".join(f"{name} {'.' * 30} {rank + 4}" for rank, name in enumerate(names))
    return f"SOMMAIRE\n\n{rows}\n\n{text}"


def _both(*changes: Change) -> Change:
    def _one(text: str) -> str:
        for change in changes:
            text = change(text)
        return text

    return _one


_CAEN: Final = _replaced(
    ("Académie de Caen", "Académie de Normandie"), ("l’Académie de Caen", "l’Académie de Normandie")
)
_BOXED = frozenset({"niveau"})

KINDS: Final[dict[str, Kind]] = {
    "reference": Kind(lambda text: text),
    **{
        f"bullet {sign}": Kind(_bullet(sign))
        for sign in ("•", "-", "*", "Ø", ">", "→", "?", "o", "–", "■", "v", "1.")
    },
    "bullet lost": Kind(_bullet("")),
    "bullet own line": Kind(_subbed(ARROW + r"\s*", f"{ARROW}\n")),
    "bullets all •": Kind(_both(_bullet("•"), _subbed(r"^- ", "• "))),
    "bullets all -": Kind(_bullet("-")),
    "boxes ☑☐": Kind(_boxes("☑", "☐")),
    "boxes þo": Kind(_boxes("þ", "o")),
    "boxes [x]": Kind(_boxes("[x]", "[ ]")),
    "boxes X": Kind(_boxes("X", "")),
    "boxes Xo": Kind(_boxes("X", "o")),
    "boxes ■□": Kind(_boxes("■", "□")),
    "boxes ✓": Kind(_boxes("✓", "")),
    "boxes R£": Kind(_boxes("R", "£")),
    "boxes ⊠◻": Kind(_boxes("⊠", "◻")),
    "boxes ◆◇": Kind(_boxes("◆", "◇")),
    "boxes lost": Kind(_boxes("", ""), _BOXED),
    "boxes alike": Kind(_boxes("□", "□"), _BOXED),
    "boxes ?": Kind(_boxes("?", "?"), _BOXED),
    "boxes after": Kind(_boxes_after("X", "")),
    "boxes oui": Kind(_boxes_after(": oui", ": non")),
    "boxes one line": Kind(_subbed(rf"\s*\n\s*([{TICKED}{EMPTY}])(?! *Premier)", r"  \1")),
    "boxes one line lost": Kind(
        _both(_subbed(rf"\s*\n\s*([{TICKED}{EMPTY}])(?! *Premier)", r"  \1"), _boxes("", "")), _BOXED
    ),
    "axes •": Kind(_subbed(r"^- ", "• ")),
    "axes *": Kind(_subbed(r"^- ", "* ")),
    "axes –": Kind(_subbed(r"^- ", "– ")),
    "axes o": Kind(_subbed(r"^- ", "o ")),
    "axes ": Kind(_subbed(r"^- ", "\uf0a7 ")),
    "axes lost": Kind(_subbed(r"^- ", "")),
    "axes glued": Kind(_subbed(r"^- ", "-")),
    "no blank lines": Kind(_no_blank_lines),
    "single blank lines": Kind(_subbed(r"\n[ \t]*\n(?:[ \t]*\n)+", "\n\n")),
    "double spaced": Kind(_replaced(("\n", "\n\n"))),
    "ligatures": Kind(_replaced(("ffi", "ﬃ"), ("fi", "ﬁ"), ("fl", "ﬂ"), ("ff", "ﬀ"))),
    "straight quotes": Kind(
        _replaced(("’", "'"), ("« ", '"'), (" »", '"'), ("“", '"'), ("”", '"'), ("œ", "oe"))
    ),
    "decomposed": Kind(lambda text: unicodedata.normalize("NFD", text)),
    "no-break spaces": Kind(_subbed(r"(?<=\S) (?=\S)", "\u00a0")),
    "CRLF and tabs": Kind(_both(_subbed(r"^(?=\S)", "\t"), _replaced(("\n", "\r\n")))),
    "indented": Kind(_subbed(r"^(?=\S)", "      ")),
    "wrapped 60": Kind(_rewrapped(60)),
    "wrapped 160": Kind(_rewrapped(160)),
    "each line wrapped 60": Kind(_each_line_wrapped(60)),
    "a paragraph a line": Kind(_one_line),
    "a paragraph a line, joined": Kind(_all_joined),
    "a paragraph a line, no blank": Kind(_both(_one_line, _no_blank_lines)),
    "wrapped 60, no blank": Kind(_both(_rewrapped(60), _no_blank_lines)),
    "hyphenated": Kind(_hyphenated),
    "soft hyphens": Kind(_both(_hyphenated, _subbed(r"(?<=[a-zé])-$", "\u00ad"))),
    "page numbers": Kind(_paged(lambda page: [str(page)])),
    "page numbers, no blank": Kind(_paged(lambda page: [str(page)], blank=False)),
    "page n/N": Kind(_paged(lambda page: [f"Page {page} / 88"])),
    "headers": Kind(_paged(lambda page: [f"- {page} -", "", "Ministère de l’éducation nationale – DGESCO"])),
    "headers with the year": Kind(
        _paged(lambda page: ["Ministère de l’éducation nationale – Synthèse 2015-2016", f"Page {page}"])
    ),
    "headers, form feeds": Kind(
        _paged(lambda page: [str(page), "\fSemaine de la persévérance – bilan national"], blank=False)
    ),
    "headers alone": Kind(
        _paged(lambda _page: ["Direction générale de l’enseignement scolaire"], blank=False)
    ),
    "dates in figures": Kind(_dates(lambda a, b, c, d, y: f"du {a:02}/{b:02}/{y} au {c:02}/{d:02}/{y}")),
    "dates short": Kind(_dates(lambda a, b, c, d, y: f"du {a:02}/{b:02} au {c:02}/{d:02}/{y}")),
    "dates judged": Kind(_subbed(r"(\d+) – (\d+) Mars 2016", r"du \1 au \2/03/2016")),
    "dates dotted": Kind(_dates(lambda a, b, c, d, y: f"{a}.{b:02}.{y % 100} - {c}.{d:02}.{y % 100}")),
    "dates iso": Kind(_dates(lambda a, b, c, d, y: f"{y}-{b:02}-{a:02} / {y}-{d:02}-{c:02}")),
    "dates named": Kind(
        _dates(
            lambda a, b, c, d, y: (
                f"Du lundi {a} {_MONTHS[b - 1].lower()} au vendredi {c} {_MONTHS[d - 1].lower()} {y}"
            )
        )
    ),
    "dates beside": Kind(_subbed(r"^ ?(Académie d.{1,28}?) *\n\s*\n\s*(\S.*20\d\d) *$", r"\1 – \2")),
    "dates labelled": Kind(_subbed(r"^( *\d[\dr e]* ?.{0,12}[–-].{4,25}20\d\d) *$", r"Dates : \1")),
    "labels projets": Kind(
        _both(
            _subbed(r"^Nombre d’actions identifiées", "Nombre de projets recensés"),
            _subbed(r"^Nombre d’écoles/[^:]*", "Nombre d’EPLE et d’écoles engagés "),
        )
    ),
    "labels short": Kind(
        _both(
            _subbed(r"^Nombre d’actions identifiées", "Actions recensées"),
            _subbed(r"^Nombre d’écoles/[^:]*", "Établissements participants "),
        )
    ),
    "labels nb": Kind(
        _both(
            _subbed(r"^Nombre d’actions identifiées", "Nb d'actions"),
            _subbed(r"^Nombre d’écoles/[^:]*", "Nb d'établissements scolaires "),
        )
    ),
    "labels odd": Kind(
        _both(
            _subbed(r"^Nombre d’actions identifiées", "Volume de la semaine"),
            _subbed(r"^Nombre d’écoles/[^:]*", "Périmètre touché "),
        )
    ),
    "labels no colon": Kind(_subbed(r"^(Nombre d’[^:\n]*?) : ?", r"\1 ")),
    "labels value below": Kind(_subbed(r"^(Nombre d’[^:\n]*? :) ?(?=\S)", r"\1\n")),
    "no introduction": Kind(lambda text: text[text.index("Académie d’Aix-Marseille  \n") :]),
    "no conclusion": Kind(lambda text: text[: text.index("CONCLUSION")], frozenset({"édition"})),
    "no foot": Kind(
        lambda text: re.sub(
            r"((?:\n[ \t]*){3,}|^)(?:https?://\S+[ \t]*\n)+(?=\s*(?:Exemples|Académie|CONCLUSION))",
            r"\1",
            text,
        )
    ),
    "contents": Kind(_contents),
    "Normandie": Kind(_CAEN, renamed={"Caen": "Normandie"}),
    "Antilles-Guyane": Kind(
        _replaced(("Académie de Guyane", "Académie des Antilles et de la Guyane")),
        renamed={"Guyane": "Antilles et de la Guyane"},
    ),
    "headings in capitals": Kind(
        _subbed(r"^ ?(Académie d.{1,28}?) *$", lambda m: m[1].upper().translate(str.maketrans("ÉÈÇ", "EEC"))),
    ),
    "headings in markdown": Kind(
        _both(
            _subbed(r"^ ?(Académie d.{1,28}?) *$", r"# \1"),
            _subbed(r"^ ?(Exemples d’act.*?) *$", r"## \1"),
            _subbed(r"^Partenaires *$", "**Partenaires**"),
            _bullet("### "),
            _boxes("- [x]", "- [ ]"),
        )
    ),
    "headings numbered": Kind(_subbed(r"^ ?(Académie d.{1,28}?) *$", r"3.2 \1")),
    "other headings": Kind(
        _both(
            _subbed(r"^ ?Exemples d’actions mises en \w+ dans l’", "Quelques actions remarquables de l’"),
            _subbed(r"^Partenaires *$", "Les partenariats"),
        )
    ),
    "two columns": Kind(_two_columns),
    "• and ☑☐ and 60": Kind(_both(_bullet("•"), _boxes("☑", "☐"), _rewrapped(60))),
    "• all, no blank": Kind(_both(_bullet("•"), _subbed(r"^- ", "• "), _no_blank_lines)),
    "lost all": Kind(_both(_bullet(""), _boxes("", ""), _subbed(r"^- ", "")), _BOXED),
    "bullet lost, no blank": Kind(_both(_bullet(""), _no_blank_lines)),
    "bullet lost, numbers": Kind(_both(_bullet(""), _paged(lambda page: [str(page)]))),
    "bullet lost, 60": Kind(_both(_bullet(""), _rewrapped(60))),
    "ligatures, hyphens, decomposed": Kind(
        _both(
            _hyphenated, _replaced(("fi", "ﬁ"), ("fl", "ﬂ")), lambda text: unicodedata.normalize("NFD", text)
        )
    ),
}
