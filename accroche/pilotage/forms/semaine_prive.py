"""The gate of public texts: no private number nor address, with the place shown; and texts that need none."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from accroche.actions.controle import (
    TOO_MANY_DIGITS,
    has_too_many_digits,
    private_addresses,
    telephones,
)

#: Characters of a public text of several lines: ten pages.
LONGEST = 20_000
#: Characters of what is told to the bureau alone.
LONGEST_TOLD = 2_000


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


def private_text(label: str, rows: int) -> forms.CharField:
    """A text for the national bureau alone: whom to ring may stand in it."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_TOLD,
        widget=forms.Textarea(attrs={"class": "fr-input", "rows": rows}),
        error_messages={"max_length": "Ce texte dépasse 2\u202f000 caractères : raccourcissez-le."},
    )
