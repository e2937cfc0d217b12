"""A past report after e-mail, a web page, a terminal, another extractor or another author had it in hand."""

from __future__ import annotations

import html
import quopri
import random
import re
import unicodedata
from collections.abc import Callable
from html.entities import codepoint2name
from typing import Final

from benchmarks.extractions import (
    _FULL,
    _MONTHS,
    ARROW,
    EMPTY,
    TICKED,
    Change,
    Kind,
    _both,
    _boxes,
    _bullet,
    _dates,
    _no_blank_lines,
    _paged,
    _replaced,
    _rewrapped,
    _subbed,
)

_BOXED = frozenset({"niveau"})
#: Lines of a page.
_PAGE: Final = 60
_SIGNS = f"[{TICKED}{EMPTY}]"
_ROWS = re.compile(rf"(?m)(?:^{_SIGNS}.*\n)+")
_HEADING = r"^ ?Académie (?:de |d’|du )(.{1,25}?) *$"
_ANY_HEADING = re.compile(
    rf"^ ?(Académie d.{{1,28}}?) *$|^ ?(Exemples d’act.*?) *$|^(Partenaires) *$|^ ?CONCLUSION *$|^{ARROW}.*$",
    re.MULTILINE,
)


def _plain_lines(change: Callable[[str], str]) -> Change:
    """Change the lines that hold no address."""
    return lambda text: "\n".join(line if "http" in line else change(line) for line in text.split("\n"))


def _lottery(change: Callable[[str, random.Random], str], seed: int) -> Change:
    def _one(text: str) -> str:
        chance = random.Random(seed)  # noqa: S311  the same at each run
        return "\n".join(line if "http" in line else change(line, chance) for line in text.split("\n"))

    return _one


def _other_spaces(line: str, chance: random.Random) -> str:
    return re.sub(r"(?<=\S) (?=\S)", lambda _: chance.choice("\u00a0\u202f\u2009\u2007\u2002\u3000 "), line)


def _soft_hyphens(line: str, chance: random.Random) -> str:
    return re.sub(
        r"[^\W\d_]{7,}", lambda m: f"{m[0][:3]}\u00ad{m[0][3:]}" if chance.randrange(3) < 1 else m[0], line
    )


def _justified(line: str, chance: random.Random) -> str:
    if len(line) <= _FULL:
        return line
    return re.sub(r"(?<=\S) (?=\S)", lambda _: " " * chance.choice([1, 1, 1, 2, 2, 3]), line)


def confused(pairs: tuple[tuple[str, str], ...], rate: float) -> Callable[[str, random.Random], str]:
    """What an OCR takes for something else, so many times in a hundred."""
    pattern = re.compile("|".join(re.escape(before) for before, _ in pairs))
    after = dict(pairs)
    return lambda line, chance: pattern.sub(
        lambda found: after[found[0]] if chance.random() < rate else found[0], line
    )


def _misread(encoding: str) -> Change:
    def _one(sign: str) -> str:
        given = sign.encode()
        try:
            return given.decode(encoding)
        except UnicodeDecodeError:
            return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in given)

    return lambda text: "".join(map(_one, text))


def _entity(sign: str) -> str:
    if sign.isascii():
        return sign
    name = codepoint2name.get(ord(sign))
    return f"&{name};" if name else f"&#{ord(sign)};"


def _rows(write: Callable[[list[tuple[str, bool]]], str]) -> Change:
    """Write the four boxes of each sheet otherwise."""

    def _one(match: re.Match[str]) -> str:
        found = [line.strip() for line in match[0].strip().split("\n")]
        return f"{write([(line[1:].strip(), line[0] == TICKED) for line in found])}\n"

    return lambda text: _ROWS.sub(_one, text)


def _listed(rows: list[tuple[str, bool]]) -> str:
    told = ", ".join(label.lower() for label, ticked in rows if ticked)
    return f"Niveaux concernés : {told or 'aucun'}"


def _box(ticked: bool) -> str:
    return "☑" if ticked else "☐"


def _some_lost(sign: str) -> Change:
    """One box in eight without its sign, or with one that says nothing."""

    def _one(text: str) -> str:
        chance = random.Random(7)  # noqa: S311
        return re.sub(
            rf"(?m)^({_SIGNS})\s*(\S.*)$",
            lambda m: f"{sign if not chance.randrange(8) else _box(m[1] == TICKED)} {m[2]}".lstrip(),
            text,
        )

    return _one


def _footnotes(text: str) -> str:
    """A word in some long lines calls a note, and notes stand wherever a page may end."""
    given: list[str] = []
    called = 0
    for rank, line in enumerate(text.split("\n")):
        if len(line) > _FULL and rank % _PAGE == _PAGE // 8:
            called += 1
            given.append(re.sub(r"([a-zé]{5,})(?= )", rf"\g<1>{called}", line, count=1))
        else:
            given.append(line)
        if rank % _PAGE == _PAGE * 2 // 3 and called:
            given += ["", f"{called} Mission de lutte contre le décrochage scolaire, voir le guide.", ""]
    return "\n".join(given)


def _beside(text: str) -> str:
    def _one(match: re.Match[str]) -> str:
        left, right = (
            [line.strip() for line in part.split("\n") if line.strip()] for part in (match[1], match[2])
        )
        rows = max(len(left), len(right))
        left += [""] * (rows - len(left))
        right += [""] * (rows - len(right))
        beside = "\n".join(f"  {a:<34}{b}".rstrip() for a, b in zip(left, right, strict=True))
        return f"{beside}\n\n{match[3]}"

    return re.sub(rf"(?m)((?:^{_SIGNS}.*\n)+)((?:.*\n)*?)(Partenaires)", _one, text)


def _numbered_axes(form: str) -> Change:
    def _one(text: str) -> str:
        number = 0
        given = []
        for line in text.split("\n"):
            if "axes de travail se d" in line or line.rstrip().endswith(":"):
                number = 0
            if line.startswith("- "):
                number += 1
                line = form.format(n=number, a=chr(96 + number)) + line[2:]  # noqa: PLW2901
            given.append(line)
        return "\n".join(given)

    return _one


def _numbered_actions(text: str) -> str:
    numbers = iter(range(1, 1_000))
    return re.sub(rf"{ARROW}\s*", lambda _: f"Action {next(numbers)} : ", text)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" if line.strip() else ">" for line in text.split("\n"))


def _twice(text: str) -> str:
    return "\n".join(f"{line}\n{line}" if line.strip() else line for line in text.split("\n"))


def _margin(step: int) -> Change:
    def _one(text: str) -> str:
        lines = enumerate(text.split("\n"), start=1)
        return "\n".join(f"{n if n % step == 0 else '':<6}{line}" for n, line in lines)

    return _one


def _markdown(text: str) -> str:
    text = re.sub(r"(?m)^(https?://\S+)", r"<\1>", text)
    return text.replace("_", "\\_").replace("- ", "-   ").replace(f"{ARROW} ", "-   ")


def _unaccented(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _first_page_turned(text: str) -> str:
    """The box of levels, counts and partners before the narrative, as an extractor orders frames."""
    pieces = re.split(r"(?m)(?=^ ?Académie d.{1,28}? *$)|(?=^ ?Exemples d’act)|(?=^ ?CONCLUSION)", text)
    given = []
    for piece in pieces:
        box = re.search(rf"(?m)^{_SIGNS}", piece)
        dates = [match.end() for match in re.finditer(r"(?m)^.*20\d\d *$", piece[:400])]
        foot = re.search(r"(?m)(?:^https?://\S+\s*)+\Z", piece)
        if not piece.lstrip().startswith("Académie d") or not box or not dates or dates[0] > box.start():
            given.append(piece)
            continue
        head, stop = dates[0], foot.start() if foot and foot.start() > box.start() else len(piece)
        given.append(
            f"{piece[:head]}\n\n{piece[box.start() : stop]}\n\n{piece[head : box.start()]}\n\n{piece[stop:]}"
        )
    return "".join(given)


def _letters_for_figures(match: re.Match[str]) -> str:
    return match[0].translate(str.maketrans("0158", "OlSB"))


def _accents_beside(line: str) -> str:
    """Accents before their letters, as old typesetters write them."""
    signs = {"\u0301": "´", "\u0300": "`", "\u0302": "ˆ", "\u0327": "¸"}
    return re.sub(
        r"([A-Za-z])([\u0300\u0301\u0302\u0327])",
        lambda m: signs[m[2]] + m[1],
        unicodedata.normalize("NFD", line),
    )


def _letters_apart(match: re.Match[str]) -> str:
    return "   ".join(" ".join(word) for word in match[1].split())


def _letters_twice(match: re.Match[str]) -> str:
    return "".join(c if c.isspace() else c * 2 for c in match[1])


_OCR_SIGNS: Final = _replaced(("« ", '"'), (" »", '"'), ("’", "'"), ("œ", "oe"), ("…", "..."), ("–", "-"))
_CONFUSED: Final = (("rn", "m"), ("l", "1"), ("I", "l"), ("O", "0"), ("é", "e"), ("cl", "d"), ("fi", "f1"))
#: Of a text that is cut short, whatever is read is a gain: what counts is that it says so.
_ALL = frozenset(
    *[("dates", "rang", "niveau", "chiffre", "bassin", "titre", "prix", "porteur", "commune", "lien")]
) | {"ressource", "axe", "alliances", "statut"}
_TITLES = r"^ ?(Académie d.{1,28}?|Partenaires|CONCLUSION) *$"
_FIRST = rf"^{ARROW} .*$"

KINDS: Final[dict[str, Kind]] = {
    "hyphens U+2011": Kind(_plain_lines(lambda line: line.replace("-", "\u2011"))),
    "spaces of all kinds": Kind(_lottery(_other_spaces, 2)),
    "soft hyphens inside words": Kind(_lottery(_soft_hyphens, 3)),
    "justified": Kind(_lottery(_justified, 4)),
    "quoted in a mail": Kind(_quoted),
    "quoted in a mail, 72": Kind(_both(_rewrapped(72), _quoted)),
    "quoted-printable": Kind(lambda text: quopri.encodestring(text.encode()).decode("ascii")),
    "entities": Kind(lambda text: "".join(map(_entity, html.escape(text, quote=False)))),
    **{f"UTF-8 read as {name}": Kind(_misread(name)) for name in ("cp1252", "latin-1", "mac_roman")},
    "no accents": Kind(_unaccented),
    "apostrophes lost": Kind(_plain_lines(lambda line: line.replace("’", " "))),
    "apostrophes ´": Kind(_plain_lines(lambda line: line.replace("’", "´"))),
    "quotes << >>": Kind(_replaced(("«", "<<"), ("»", ">>"))),
    "lines twice": Kind(_twice),
    "headings twice": Kind(lambda text: _ANY_HEADING.sub(lambda m: f"{m[0]}\n{m[0]}", text)),
    "headings fat": Kind(_subbed(_TITLES, _letters_twice)),
    "headings spaced": Kind(_subbed(_TITLES, _letters_apart)),
    "line numbers": Kind(_margin(1)),
    "one line number in five": Kind(_margin(5)),
    "box before narrative": Kind(_first_page_turned),
    "boxes beside counts": Kind(_beside),
    "boxes on their own line": Kind(
        _rows(lambda rows: "\n".join(f"{_box(ticked)}\n{label}" for label, ticked in rows))
    ),
    "boxes then labels": Kind(
        _rows(lambda rows: "\n".join([*(_box(t) for _, t in rows), *(label for label, _ in rows)]))
    ),
    "levels listed": Kind(_rows(_listed)),
    "boxes in columns": Kind(
        _rows(lambda rows: "\n".join(["\t".join(a for a, _ in rows), "\t".join("X" * t for _, t in rows)]))
    ),
    "boxes between bars": Kind(
        _rows(lambda rows: "\n".join(f"| {label} | {'X' if ticked else ' '} |" for label, ticked in rows))
    ),
    "boxes M O": Kind(_boxes("M", "O")),
    "boxes El LI": Kind(_boxes("El", "LI")),
    "some boxes lost": Kind(_some_lost("")),
    "some boxes �": Kind(_some_lost("\ufffd")),
    "codes of the font": Kind(_replaced((ARROW, "(cid:216)"), (TICKED, "(cid:254)"), (EMPTY, "(cid:111)"))),
    "counts on one line": Kind(
        _subbed(
            r"^(Nombre d’actions identifiées) : *(\d+) *\n\s*\n*(Nombre d’écoles/[^:]*: *.*)$",
            r"\1 : \2 ; \3",
        )
    ),
    "counts before their name": Kind(
        _both(
            _subbed(r"^Nombre d’actions identifiées : *(\d+) *$", r"\1 actions identifiées"),
            _subbed(r"^Nombre d’écoles/\S* impliqu\S* : *(\d+) *$", r"\1 écoles et établissements impliqués"),
        )
    ),
    "counts between bars": Kind(_subbed(r"^(Nombre d’[^:\n]*?) : ?(.*)$", r"| \1 | \2 |")),
    "titles with dashes": Kind(_subbed(_FIRST, lambda m: re.sub(r", (?=[A-ZÉ])", " – ", m[0]))),
    "titles in capitals": Kind(_subbed(_FIRST, lambda m: m[0].upper())),
    "actions numbered by name": Kind(_numbered_actions),
    "markdown escaped": Kind(_markdown),
    "page n/N, no blank": Kind(_paged(lambda page: [f"{page}/78"], blank=False)),
    "header with years": Kind(_paged(lambda page: [f"DGESCO – Bilan 2015-2016{' ' * 60}{page}"])),
    "dates in brackets": Kind(
        _dates(lambda a, b, c, d, y: f"(du {a} {_MONTHS[b - 1].lower()} au {c} {_MONTHS[d - 1].lower()} {y})")
    ),
    "dates shortened": Kind(
        _dates(
            lambda a, b, c, d, y: f"{a} {_MONTHS[b - 1].lower()[:3]}. – {c} {_MONTHS[d - 1].lower()[:4]}. {y}"
        )
    ),
    **{
        f"heading {form}": Kind(_subbed(_HEADING, form.replace("X", r"\1")))
        for form in (
            "Académie : X",
            "ACADÉMIE – X",
            "X",
            "Fiche n° 4 : Académie de X",
            "Rectorat de X",
            "— X —",
        )
    },
    "heading in lower case": Kind(_subbed(_HEADING, lambda m: m[0].lower())),
    **{f"bullet {sign}": Kind(_bullet(sign)) for sign in ("e", "©", "¾", "A.", "=>", "\ufffd")},
    **{f"axes {form}": Kind(_numbered_axes(form)) for form in ("{n}) ", "{a}) ", "Axe {n} : ", "{n} - ")},
    "all ?": Kind(_both(_bullet("?"), _boxes("?", "?"), _subbed(r"^- ", "? ")), _BOXED),
    "signs of an OCR": Kind(_OCR_SIGNS),
    **{f"OCR {rate:.1%}": Kind(_lottery(confused(_CONFUSED, rate), 1)) for rate in (0.003, 0.01, 0.03)},
    "OCR of figures": Kind(_subbed(r"^(?:Nombre d.*| *\d.{3,40}20\d\d *)$", _letters_for_figures)),
    "OCR whole": Kind(
        _both(
            _OCR_SIGNS,
            _bullet(">"),
            _boxes("M", "O"),
            _no_blank_lines,
            _lottery(confused(_CONFUSED, 0.002), 1),
        )
    ),
    "é dropped": Kind(_plain_lines(lambda line: line.replace("é", ""))),
    "é �": Kind(_plain_lines(lambda line: re.sub("[éè’]", "\ufffd", line))),
    "é ?": Kind(_plain_lines(lambda line: re.sub("[éè]", "?", line))),
    "accents beside": Kind(_plain_lines(_accents_beside)),
    "footnotes": Kind(_footnotes),
    "cut short": Kind(lambda text: text[: len(text) * 6 // 10], _ALL),
    "60, all lost": Kind(_both(_rewrapped(60), _bullet(""), _boxes("", ""), _no_blank_lines), _BOXED),
    "50 • •": Kind(_both(_rewrapped(50), _bullet("•"), _subbed(r"^- ", "• "))),
    "70 • pages": Kind(
        _both(
            _rewrapped(70),
            _bullet("•"),
            _paged(lambda page: ["Bilan national – DGESCO", f"Page {page} sur 90"]),
        )
    ),
}
