"""The gate of public texts: no private number nor address, with the place shown."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from accroche.actions.controle import (
    TOO_MANY_DIGITS,
    has_too_many_digits,
    private_addresses,
    telephones,
)

#: Characters of a public text of several lines: ten pages.
LONGEST = 20_000


def public_text(text: str) -> None:
    """Refuse a text that would publish a telephone number or somebody's own address."""
    if len(text) > LONGEST:
        return  # its field refuses it for that
    if has_too_many_digits(text):
        raise ValidationError(TOO_MANY_DIGITS)
    found = [
        f"Retirez ce numéro de téléphone, il serait public : « {number} »." for number in telephones(text)
    ]
    found += [
        f"Retirez cette adresse personnelle, ou donnez celle d’un service : « {address} »."
        for address in private_addresses(text)
    ]
    if found:
        raise ValidationError(found)
