"""The field of an electronic address: cleaned as mails need it, and asked about when it looks mistyped.

« Vouliez-vous dire camille@gmail.com ? » is a question with two answers, one tap each: the address that was
meant, or « non, c’est bien cette adresse ». It needs no script; a stored address is not asked about again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accroche.integrations.courriel import AdresseError, nettoyee, proposition

#: What the name of the field has besides, for the answer to the question.
ANSWER = "-confirmee"


class Repondue(str):
    """An address as it was typed, with the one its author answered the question with; empty: no answer."""

    __slots__ = ("__dict__",)
    answer: str

    def __new__(cls, text: str, answer: str = "") -> Self:
        """Keep both."""
        made = super().__new__(cls, text)
        made.answer = answer
        return made


class CourrielInput(forms.EmailInput):
    """A line for an address and, when it looks mistyped, the question with its two answers."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Repondue | None:
        """Read the address and the answer."""
        text = super().value_from_datadict(data, files, name)
        return None if text is None else Repondue(str(text), str(data.get(name + ANSWER) or "").strip())

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Show the line; below it the question, or without a word that a stored address was not mistyped."""
        shown = super().render(name, value, attrs, renderer)
        address = str(value or "").strip()
        meant = proposition(address)
        if not meant:
            return shown
        if not isinstance(value, Repondue):
            return shown + format_html('<input type="hidden" name="{}" value="{}">', name + ANSWER, address)
        number = (attrs or {}).get("id", name)
        choices = ((meant, f"Oui, {meant}"), (address, f"Non, c’est bien {address}"))
        answers = [
            format_html(
                '<div class="fr-fieldset__element"><div class="fr-radio-group">'
                '<input type="radio" id="{0}_{1}" name="{2}" value="{3}"{4}>'
                '<label class="fr-label" for="{0}_{1}">{5}</label></div></div>',
                number,
                rank,
                name + ANSWER,
                choice,
                SafeString(" checked") if value.answer == choice else "",
                words,
            )
            for rank, (choice, words) in enumerate(choices, 1)
        ]
        return shown + format_html(
            '<fieldset class="fr-fieldset fr-mt-2w" aria-labelledby="{0}_question">'
            '<legend class="fr-fieldset__legend fr-fieldset__legend--regular" id="{0}_question">'
            "Vouliez-vous dire {1}\N{NO-BREAK SPACE}?</legend>{2}{3}</fieldset>",
            number,
            meant,
            *answers,
        )


class CourrielField(forms.EmailField):
    """An address that mails can be sent to; ``Vouliez-vous dire…`` when it looks mistyped."""

    widget = CourrielInput
    default_validators = []

    def __init__(self, *, example: str, **kwargs: Any) -> None:
        """``example``: a complete one, shown beside an incomplete one."""
        super().__init__(**kwargs)
        self.example = example

    def to_python(self, value: Any) -> str:
        """Keep what was typed, with its answer: the next step reads both."""
        return value if isinstance(value, Repondue) else str(value or "").strip()

    def clean(self, value: Any) -> str:
        """Return the address as mails need it. Raises ``ValidationError``, the question included."""
        typed = Repondue("" if value is None else str(value), getattr(value, "answer", ""))
        super().clean(typed.strip())
        if not typed.strip():
            return ""
        try:
            cleaned = nettoyee(typed)
        except AdresseError as error:
            raise forms.ValidationError(f"{error} Exemple : {self.example}", code="invalid") from error
        meant = proposition(cleaned)
        if not meant or typed.answer in {cleaned, typed.strip()}:
            return cleaned
        if typed.answer == meant:
            return meant
        raise forms.ValidationError(
            f"Vouliez-vous dire {meant} ? Choisissez une des deux réponses, ou corrigez l’adresse.",
            code="doubt",
        )
