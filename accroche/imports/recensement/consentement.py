"""What a form asked about publishing: a row that says no is told, and its column left aside. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from accroche.lib.texte import slug

_AGREES: Final = re.compile(r"\b(?:autoris|accept|accord|consen)")
_TO_PUBLISH: Final = re.compile(r"\b(?:publi(?!c)|publication|diffus|rgpd|en-ligne)")
_NO: Final = re.compile(r"non\b|no\b|refus|pas-d-accord|je-n|n-autorise|n-accepte")


@lru_cache(maxsize=1024)
def asks_to_publish(heading: str) -> bool:
    """Whether a heading asks for leave to publish: « J’autorise la publication de cette fiche »."""
    words = slug(heading)
    return bool(_AGREES.search(words) and _TO_PUBLISH.search(words))


@lru_cache(maxsize=1024)
def says_no(answer: str) -> bool:
    """Whether an answer refuses: « Non », « Je n’autorise pas »."""
    return bool(_NO.match(slug(answer)))
