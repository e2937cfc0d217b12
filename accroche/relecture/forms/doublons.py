"""Clean input about near-duplicates and merging."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accroche.actions.models import Action
from accroche.annuaire.forms import EtablissementField
from accroche.commun.saisies import ligne, prose


class RechercheForm(forms.Form):
    """What is known of a sheet while it is being written."""

    title = forms.CharField(max_length=300)
    etablissement = EtablissementField(closed=True)
    fiche = forms.IntegerField(required=False, min_value=1)


class AvecForm(forms.Form):
    """Another sheet, by its number or its address."""

    avec = ligne(
        "Numéro ou adresse de l’autre fiche",
        300,
        "Le nombre à la fin de l’adresse de sa page, par exemple 1204.",
        required=True,
    )

    def clean_avec(self) -> int:
        """Keep the number. Raises ``ValidationError`` when there is none."""
        found = re.search(r"(?:^|/fiches/)(\d{1,9})/?$", self.cleaned_data["avec"].strip())
        if not found:
            raise ValidationError("Donnez le numéro d’une fiche, par exemple 1204.")
        return int(found[1])


class PaireForm(forms.Form):
    """What the person read of each of two sheets: « 3-0 », in the order of the address."""

    versions = forms.RegexField(r"^\d{1,9}-\d{1,9}$", max_length=19)

    @property
    def read(self) -> tuple[int, int]:
        """The version the person read of each."""
        one, _, other = self.cleaned_data["versions"].partition("-")
        return int(one), int(other)


class FusionForm(PaireForm):
    """Which of two sheets stays, and why; with what the person read of each."""

    garder = forms.ChoiceField(label="La fiche à garder", widget=forms.RadioSelect)
    mot = prose(
        "Un mot pour les personnes qui les ont déclarées",
        1000,
        rows=3,
        help_text="Elles reçoivent de toute façon un message qui dit ce qui change.",
    )
    versions = forms.RegexField(r"^\d{1,9}-\d{1,9}$", max_length=19, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, pair: tuple[Action, Action]) -> None:
        """Offer both, the more public first, then the older."""
        one, other = pair
        kept = min(pair, key=lambda action: (action.etat != "published", action.pk))
        initial = {"garder": kept.pk, "versions": f"{one.version}-{other.version}"}
        super().__init__(data, initial=initial)
        self.fields["garder"].choices = [  # type: ignore[attr-defined]
            (str(action.pk), f"{side} : {action.title}") for side, action in zip("AB", pair, strict=True)
        ]
