"""Places that a sentence counts, then lists: « dans deux lycées : le lycée du Val et le LP des Monts »."""

from __future__ import annotations

import re
from typing import Final

from accroche.lib.nombres import value_of
from accroche.lib.texte import capitale

_NUMBERS: Final = "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze"
_COUNTED: Final = re.compile(
    rf"\b(?P<count>{_NUMBERS}|[0-9]{{1,2}}) [^:.;]{{3,120}}: (?P<list>[^:.;]{{3,400}})"
)
#: « Le Tour du Val s’est arrêté, cette année, dans… »
_STOPPED: Final = re.compile(
    r"(?:^|, )(?P<article>l[ea] |l')(?P<what>[^,.;:]{3,60}) s'est (?:\w+ )?arretee?\b"
)
_ARTICLE: Final = re.compile(r"(?:l[ea]s? |l'|au |à l[a'] ?)", re.IGNORECASE)
_SHORTENED: Final = re.compile(r"(?P<whole>[\w-]{2,30}(?: [\w-]{2,30})?) \((?P<short>[A-Z]{2,5})\)")
_LONGEST: Final = 90


def stopped(folded: str) -> tuple[int, int] | None:
    """Give where the name of what travelled begins and ends in a flat sentence, None when nothing did."""
    match = _STOPPED.search(folded)
    return match.span("what") if match else None


def listed_places(sentence: str, folded: str, start: int) -> tuple[str, ...]:
    """Give the places counted then listed after ``start``; none unless there are as many as is told."""
    match = _COUNTED.search(folded, start)
    if match is None:
        return ()
    count = int(match["count"]) if match["count"].isdigit() else value_of([match["count"]])
    text = sentence[match.start("list") : match.end("list")].strip(" ,")
    for short in _SHORTENED.finditer(text):  # « le lycée professionnel (LP) du Val, le LP des Monts »
        text = text.replace(f" ({short['short']})", "", 1)
        text = text.replace(f"{short['short']} ", f"{short['whole'].removeprefix('le ')} ")
    head, _, last = text.rpartition(" et ")
    places = [_named(one) for one in (*(head or last).split(", "), *([last] if head else []))]
    whole = len(places) == count and all(places) and all(len(one) <= _LONGEST for one in places)
    return tuple(places) if whole else ()


def _named(text: str) -> str:
    """A place without its article; empty when it has no name."""
    name = _ARTICLE.sub("", text.strip(), count=1) if _ARTICLE.match(text.strip()) else text.strip()
    return capitale(name) if any(sign.isupper() for sign in name) else ""
