"""Asking for a link by an address, and choosing a school whose earlier sheets one wants."""

from __future__ import annotations

from django import forms

from accroche.annuaire.forms import EtablissementField


class RetrouverForm(forms.Form):
    """The address of who declared without an account."""

    email = forms.EmailField(
        label="L’adresse électronique donnée en déclarant",
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "fr-input", "autocomplete": "email"}),
        error_messages={
            "required": "Écrivez votre adresse électronique.",
            "invalid": "Cette adresse est incomplète. Exemple : prenom.nom@ac-dijon.fr",
        },
    )


class ReprendreForm(forms.Form):
    """The school whose sheets of earlier editions are looked for."""

    etablissement = EtablissementField(label="Établissement", help_text="Son nom, sa commune ou son code UAI")
