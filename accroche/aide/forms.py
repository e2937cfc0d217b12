"""Clean input of opinions."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from accroche.aide.avis import EtatAvis, Satisfaction
from accroche.aide.http import LONGEST, page_of
from accroche.commun.saisies import SansRobot, courriel, prose
from accroche.lib.libelles import Libelle

#: Characters of an opinion.
TEXT_LENGTH: Final = 2000


def _choices(words: type[Libelle]) -> list[tuple[str, str]]:
    return [(one.value, one.label) for one in words]


class AvisForm(SansRobot):
    """What one thinks of the site."""

    satisfaction = forms.ChoiceField(
        label="Comment cela s’est-il passé ?",
        choices=_choices(Satisfaction),
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une des trois réponses."},
    )
    text = prose(
        "Que pouvons-nous améliorer ?",
        TEXT_LENGTH,
        6,
        "Ce qui vous a aidé, ce qui vous a manqué. N’y nommez personne. 2 000 caractères au plus.",
    )
    email = courriel(
        "Votre adresse électronique", "Seulement si vous souhaitez une réponse.", autocomplete="email"
    )
    page = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)

    def clean_page(self) -> str:
        """Keep a page of ours; of another, nothing: an opinion is worth having without."""
        return page_of(self.cleaned_data["page"])


class FiltreAvisForm(forms.Form):
    """Which opinions to read."""

    etat = forms.ChoiceField(required=False, choices=_choices(EtatAvis))
    satisfaction = forms.ChoiceField(required=False, choices=_choices(Satisfaction))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Read what may be read: an unknown choice is no choice."""
        super().__init__(*args, **kwargs)
        self.is_valid()

    @property
    def state(self) -> EtatAvis:
        """The state asked for; without one, what waits."""
        return EtatAvis(self.cleaned_data.get("etat") or EtatAvis.NEW)

    @property
    def answer(self) -> Satisfaction | None:
        """The satisfaction asked for, or all."""
        told = self.cleaned_data.get("satisfaction")
        return Satisfaction(told) if told else None
