"""Clean input of an edition's life: opening one, and its calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from accroche.campagne.models import Edition
from accroche.campagne.vie import TypeEcheance
from accroche.commun.saisies import jour
from accroche.lib.dates import DateError, school_year


def _owed(label: str, help_text: str) -> forms.DateField:
    field = jour(label, help_text)
    field.required = True
    field.error_messages["required"] = "Donnez un jour."
    return field


class CalendrierForm(forms.Form):
    """The days of an edition: those of declaration where schools declare, and its deadlines."""

    opens = _owed("Ouverture des déclarations", "Premier jour où les écoles et établissements déclarent.")
    closes = _owed("Clôture des déclarations", "Dernier jour, compris.")

    def __init__(self, *args: Any, edition: Edition | None = None, **kwargs: Any) -> None:
        """Offer the days ``edition`` has; an edition told by a report has no declarations."""
        super().__init__(*args, **kwargs)
        if edition is not None and not edition.is_counted:
            del self.fields["opens"], self.fields["closes"]
        for kind in TypeEcheance:
            self.fields[kind.value] = jour(kind.label, f"C’est {kind.tour.label}.")

    def echeances(self) -> dict[TypeEcheance, dt.date | None]:
        """The deadlines as they were typed; None for one that is left empty. Only once it is valid."""
        return {kind: self.cleaned_data[kind.value] for kind in TypeEcheance}

    @property
    def days(self) -> tuple[dt.date | None, dt.date | None]:
        """The days of declaration as they were typed. Only once it is valid."""
        return self.cleaned_data.get("opens"), self.cleaned_data.get("closes")


def initial_of(edition: Edition) -> dict[str, dt.date | None]:
    """The days of ``edition`` as its form shows them."""
    found: dict[str, dt.date | None] = {row.kind: row.day for row in edition.echeances.all()}
    return found | {"opens": edition.declaration_opens, "closes": edition.declaration_closes}


class OuvertureForm(CalendrierForm):
    """Opening an edition: its school year, and its days."""

    field_order = ("year",)

    year = forms.CharField(
        label="Année scolaire",
        max_length=20,
        help_text="Deux années qui se suivent, par exemple 2027-2028.",
        widget=forms.TextInput(attrs={"class": "fr-input", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Donnez l’année scolaire, par exemple 2027-2028."},
    )

    def clean_year(self) -> str:
        """Two years that follow one another."""
        typed = "".join(self.cleaned_data["year"].replace("–", "-").replace("/", "-").split())
        try:
            school_year(typed)
        except DateError as error:
            raise forms.ValidationError(str(error)) from error
        return typed
