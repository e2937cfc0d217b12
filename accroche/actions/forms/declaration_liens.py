"""Asking for a link by an address, and choosing a school whose earlier sheets one wants."""

from __future__ import annotations

from django import forms

from accroche.annuaire.forms import EtablissementField
from accroche.commun.saisies import courriel


class RetrouverForm(forms.Form):
    """The address of who declared without an account."""

    email = courriel(
        "L’adresse électronique donnée en déclarant",
        required="Écrivez votre adresse électronique.",
        autocomplete="email",
    )


class ReprendreForm(forms.Form):
    """The school whose sheets of earlier editions are looked for."""

    etablissement = EtablissementField(
        label="Établissement", help_text="Son nom, sa commune ou son code UAI", closed=True
    )
