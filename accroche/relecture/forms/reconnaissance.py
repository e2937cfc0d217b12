"""Which school a carrier is: one of those proposed, none, or another of the directory."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from accroche.annuaire.forms import EtablissementField
from accroche.annuaire.models import Etablissement

NONE = "aucun"


class ReconnaissanceForm(forms.Form):
    """``choix`` is a UAI or « aucun », as the buttons send it; ``autre`` is searched in the directory."""

    choix = forms.CharField(required=False, max_length=8)
    autre = EtablissementField(
        for_desk=True,
        closed=True,
        required=False,
        label="Un autre établissement",
        help_text="Nom et commune, ou code UAI.",
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        """A button pressed counts, whatever was being written in the field."""
        pressed = data is not None and data.get("choix")
        super().__init__({"choix": pressed} if pressed else data)

    def clean(self) -> dict[str, Any]:
        """Give ``school``: the school answered, None for none. Asks for an answer when there is none."""
        found = super().clean() or {}
        choice = found.get("choix", "")
        school = found.get("autre")
        if choice and choice != NONE:
            school = Etablissement.objects.filter(uai=choice).first()
        if school is None and choice != NONE and not self.errors:
            self.add_error("autre", "Choisissez un établissement, ou « Aucun de ceux-ci ».")
        return found | {"school": school}
