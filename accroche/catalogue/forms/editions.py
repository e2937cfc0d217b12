"""The filter of the académies: clean input only."""

from __future__ import annotations

from typing import Any

from django import forms

from accroche.annuaire.regles import Niveau
from accroche.catalogue.provenance import Reponse
from accroche.catalogue.queries.editions import SemaineEnListe

#: What an edition declared here may be filtered by.
COUNTED_LABELS = {
    Reponse.NOMBRE.value: "Avec des actions publiées",
    Reponse.NC.value: "Sans action publiée",
}


class FiltreAcademies(forms.Form):
    """Which académies to keep; an empty or unknown choice keeps them all."""

    mentions = None

    niveau = forms.ChoiceField(
        label="Niveau concerné",
        required=False,
        choices=[("", "Tous les niveaux"), *((level.value, level.label) for level in Niveau)],
    )
    reponse = forms.ChoiceField(
        label="Nombre d’actions",
        required=False,
        choices=[("", "Toutes les réponses"), *((answer.value, answer.label) for answer in Reponse)],
    )

    def __init__(self, *args: Any, counted: bool = False, **kwargs: Any) -> None:
        """Word the answers as ``counted`` asks: sheets are counted, nobody answers anything."""
        super().__init__(*args, **kwargs)
        if counted:
            self.fields["reponse"] = forms.ChoiceField(
                label="Actions",
                required=False,
                choices=[("", "Toutes les académies"), *COUNTED_LABELS.items()],
            )

    def keep(self, semaines: tuple[SemaineEnListe, ...]) -> tuple[SemaineEnListe, ...]:
        """Return the académies that match."""
        level = self._asked("niveau")
        return tuple(one for one in self._answering(semaines) if not level or level in one.levels)

    def unsaid(self, semaines: tuple[SemaineEnListe, ...]) -> int:
        """Return how many may match the level that is asked, and are left out as nobody told theirs."""
        level = self._asked("niveau")
        told = self._answering(semaines) if level else ()
        return sum(
            one.is_available and level not in one.levels and (not one.levels or level in one.levels_unknown)
            for one in told
        )

    def _answering(self, semaines: tuple[SemaineEnListe, ...]) -> tuple[SemaineEnListe, ...]:
        answer = self._asked("reponse")
        return tuple(one for one in semaines if not answer or answer == one.reponse)

    def _asked(self, name: str) -> str:
        self.full_clean()
        return self.cleaned_data.get(name) or ""

    @property
    def is_active(self) -> bool:
        """Whether anything is filtered out."""
        self.full_clean()
        return any(self.cleaned_data.get(name) for name in self.fields)
