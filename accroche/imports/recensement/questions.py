"""What a long question of a form asks: the part of it that asks, wherever it stands. Pure.

« Afin d’aider les élèves à choisir, décrivez-nous ce que vous faites. Ce texte sera lu en classe. » asks to
describe; what stands around says why, and holds words of other headings.
"""

from __future__ import annotations

import re
from typing import Final

from accroche.imports.recensement.ecriture import normal

#: Words of a heading from which it is a question with something around it.
_LONG: Final = 9
_SENTENCES: Final = re.compile(r"[.?!\n]+")
_PARTS: Final = re.compile(r"[;:,]+")
#: « Si vous venez d’ailleurs, indiquez votre établissement d’origine »: of some, and of no action.
_OF_SOME: Final = re.compile(r"\s*(?:si|if)\b(?! possible)", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
#: What a part that asks begins with, as ``normal`` makes words.
_ASKS: Final = re.compile(
    r"(?:decri|expli|presente|resume|raconte|precise|indique|donne|nomme|cite|liste|detaille|renseigne)\w*\b"
    r"|(?:quel|quelle|combien|quand|comment|qui|merci|veuillez|pouvez|pourriez|dite)\b|en quoi\b|a qui\b"
    r"|(?:describe|explain|summari[sz]e|tell|what|which|when|who|how|please|give|list|provide)\b"
)


def asked_in(heading: str) -> tuple[str, ...]:
    """Return the parts of a long heading that ask something, as normal words; nothing of a short one.

    Nor of a sentence that asks some people only.
    """
    if len(heading.split()) < _LONG:
        return ()
    sentences = (one for one in _SENTENCES.split(_BRACKETS.sub(" ", heading)) if not _OF_SOME.match(one))
    parts = (normal(part) for sentence in sentences for part in _PARTS.split(sentence))
    return tuple(part for part in parts if _ASKS.match(part))
