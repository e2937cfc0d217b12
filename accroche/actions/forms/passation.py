"""Clean input about handing sheets over."""

from __future__ import annotations

from typing import Any

from django import forms

from accroche.commun.saisies import courriel


class PassationForm(forms.Form):
    """To whom, and whether the role ends."""

    email = courriel(
        "Adresse électronique du collègue qui prend la suite",
        "Il recevra une invitation à rejoindre l’établissement. Sans adresse, les fiches restent "
        "simplement à l’établissement.",
        autocomplete="off",
    )
    partir = forms.BooleanField(
        label="Mettre aussi fin à ce rôle",
        required=False,
        widget=forms.CheckboxInput(),
        help_text="À cocher si la personne quitte l’établissement. L’académie peut rétablir le rôle.",
    )


class RattachementForm(forms.Form):
    """Which of the sheets declared without an account to take up."""

    fiches = forms.TypedMultipleChoiceField(
        coerce=int,
        required=True,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une fiche, ou revenez plus tard."},
    )

    def __init__(self, *args: Any, sheets: list[int], **kwargs: Any) -> None:
        """Offer the sheets of ``sheets``, by number."""
        super().__init__(*args, **kwargs)
        self.fields["fiches"].choices = [(pk, str(pk)) for pk in sheets]  # type: ignore[attr-defined]
