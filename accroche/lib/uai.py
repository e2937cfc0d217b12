"""UAI: the eight-character identifier of a French school, and its control letter.

Seven digits, then a letter that the digits determine; a mistyped digit is nearly always
caught. Corsican schools are numbered 620… or 720…: a code such as « 2B120 » is no UAI.
"""

from __future__ import annotations

import re
from typing import Final

#: The control letter is the one at (number modulo 23); I, O and Q are left out as misread.
LETTERS: Final = "ABCDEFGHJKLMNPRSTUVWXYZ"

_DIGITS = re.compile(r"[0-9]{7}")
_SHAPE = re.compile(r"([0-9]{7})([A-Z])")
#: A code within a text as people copy it: « 081 0124 V », « 0810124-V ».
_SPACED = re.compile(
    r"(?<![0-9A-Za-z])[0-9](?:[ .\u00a0\u202f-]?[0-9]){6}[ .\u00a0\u202f-]?[A-Za-z](?![0-9A-Za-z])"
)
_BETWEEN = re.compile(r"[ .\u00a0\u202f-]")


class UaiError(ValueError):
    """A code that is not a UAI; the message is French and says what to do."""


def check_letter(digits: str) -> str:
    """Return the control letter of seven digits, spaces ignored.

    Raise :class:`UaiError` when there are not exactly seven.
    """
    compact = "".join(digits.split())
    if not _DIGITS.fullmatch(compact):
        raise UaiError(f"« {digits} » ne compte pas sept chiffres : la lettre ne peut pas être calculée.")
    return LETTERS[int(compact) % len(LETTERS)]


def is_valid(uai: str) -> bool:
    """Tell whether ``uai`` is a UAI written as we store it: seven digits and a capital."""
    found = _SHAPE.fullmatch(uai)
    return found is not None and check_letter(found[1]) == found[2]


def joined(text: str) -> str:
    """Return the text with what may be a UAI written in one word: « 081 0124 V » is « 0810124V »."""
    return _SPACED.sub(lambda found: _BETWEEN.sub("", found[0]), text)


def parse(uai: str) -> str:
    """Return the UAI in capitals without spaces, or raise :class:`UaiError`."""
    compact = "".join(uai.split()).upper()
    found = _SHAPE.fullmatch(compact)
    if found is None:
        if _DIGITS.fullmatch(compact):
            raise UaiError(f"Il manque la lettre qui termine le code UAI « {compact} » : ajoutez-la.")
        raise UaiError(
            f"« {uai.strip()} » n’est pas un code UAI : saisissez sept chiffres puis une lettre, "
            "comme 0010001W. Le code figure dans l’annuaire de l’Éducation nationale."
        )
    if check_letter(found[1]) != found[2]:
        # The expected letter is not suggested: the wrong character is as often a digit, and a
        # code « corrected » by its letter would name another school.
        raise UaiError(
            f"Les chiffres et la lettre du code UAI « {compact} » ne s’accordent pas : "
            "vérifiez chaque caractère dans l’annuaire de l’Éducation nationale."
        )
    return compact
