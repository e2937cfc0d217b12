"""What the cockpit is asked by its address: an edition, a past day, and what a list is narrowed to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from django import forms

from accroche.actions.cycle import Etat
from accroche.annuaire.regles import Niveau
from accroche.campagne.models import Edition
from accroche.campagne.regles import Charge, TypePartenaire, TypeRessource
from accroche.cockpit.cockpit import Lacune, Signe
from accroche.commun.saisies import jour
from accroche.evaluation.evaluation import EtatEvaluation
from accroche.pilotage.couverture import Etape
from accroche.pilotage.forms.couverture import NO_BASSIN
from accroche.tutorat.binome import EtatBinome

YES, NO = "oui", "non"
#: A kind nobody told, in an address; a past day has sheets without a date.
UNKNOWN, UNDATED = "inconnu", "sans-date"
#: An académie that has not answered anything of its grid.
UNBEGUN = "pas-commencee"
#: The schools that have not declared: nothing yet, or a draft.
LEFT = "restent"


def _choice(label: str, choices: Iterable[tuple[str, str]]) -> forms.ChoiceField:
    widget = forms.Select(attrs={"class": "fr-select"})
    return forms.ChoiceField(label=label, choices=[("", "Tous"), *choices], required=False, widget=widget)


class MomentForm(forms.Form):
    """Which edition, and on which day."""

    mentions = None

    edition = _choice("Édition", [])
    le = jour("Où en était-on le")

    def __init__(self, *args: Any, editions: Iterable[Edition], today: dt.date, **kwargs: Any) -> None:
        """Offer these editions; no day to come can be told."""
        super().__init__(*args, **kwargs)
        self.fields["edition"].choices = [(edition.year, edition.year) for edition in editions]  # type: ignore[attr-defined]
        self._today = today

    def clean_le(self) -> dt.date | None:
        """A past day; today is now."""
        day: dt.date | None = self.cleaned_data["le"]
        if day and day > self._today:
            raise forms.ValidationError("Ce jour n’est pas encore passé : choisissez-en un autre.")
        return None if day == self._today else day


_BOTH: Final = ((YES, "Oui"), (NO, "Non"))


class LignesForm(forms.Form):
    """What a list is narrowed to; a word nobody knows is an error, and widens nothing."""

    mentions = None

    academie = forms.SlugField(required=False, max_length=60)
    signe = _choice("", ((one.value, one.label) for one in Signe))
    present = _choice("", _BOTH)
    manque = _choice("", ((one.value, one.label) for one in Lacune))
    etat = _choice("", [*((one.value, one.label) for one in Etat), (UNDATED, "Sans date")])
    niveau = _choice("", ((one.value, one.label) for one in Niveau))
    departement = forms.CharField(required=False, max_length=3)
    bassin = forms.RegexField(rf"\A(\d{{1,9}}|{NO_BASSIN})\Z", required=False)
    etape = _choice("", [*((one.value, one.label) for one in Etape), (LEFT, "N’ont pas déclaré")])
    type = _choice(
        "",
        [
            *((one.value, one.label) for one in TypePartenaire if one),
            (UNKNOWN, "Type non précisé"),
        ],
    )
    ressource = _choice("", [*((one.value, one.label) for one in TypeRessource), (UNKNOWN, "Non précisé")])
    interne = _choice("", _BOTH)
    partenaire = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    publiee = _choice("", (*_BOTH, (UNKNOWN, "Non précisé")))
    charge = _choice("", [*((one.value, one.label) for one in Charge if one), (UNKNOWN, "Non dit")])
    jours = _choice("", _BOTH)
    aide = _choice("", [(YES, "Oui")])
    grille = _choice("", [*((one.value, one.label) for one in EtatEvaluation), (UNBEGUN, "Pas commencée")])
    binome = _choice("", ((one.value, one.label) for one in EtatBinome))
