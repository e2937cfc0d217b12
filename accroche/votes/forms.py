"""Clean input of votes: organising one, voting, marking."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet

from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition
from accroche.commun.saisies import CalendrierInput, courriel, ligne, prose
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.votes.models import Candidature
from accroche.votes.scrutin import BEST_MARK


def _moment(label: str, help_text: str) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        widget=CalendrierInput("datetime-local", "%Y-%m-%dT%H:%M"),
        error_messages={
            "required": "Donnez un jour et une heure.",
            "invalid": "Écrivez un jour et une heure qui existent, par exemple 23/11/2026 14:30.",
        },
    )


class ScrutinForm(forms.Form):
    """A vote to organise; ``existing``: its edition and académie stay."""

    title = ligne("Titre", 200, required=True)
    edition = forms.ModelChoiceField(
        Edition.objects.none(),
        label="Édition",
        empty_label=None,
        widget=forms.Select(attrs={"class": "fr-select"}),
    )
    academie = forms.ModelChoiceField(
        Academie.objects.none(),
        label="Académie",
        required=False,
        empty_label="Vote national",
        widget=forms.Select(attrs={"class": "fr-select"}),
    )
    presentation = prose(
        "Présentation",
        5000,
        rows=6,
        help_text="Qui vote, pour quoi, ce que gagnent les lauréats. Publique.",
    )
    opens_at = _moment("Ouverture", "Le vote s’ouvre seul, à l’heure de Paris.")
    closes_at = _moment(
        "Clôture",
        "Le vote se ferme seul, à l’heure de Paris. Les résultats restent cachés jusqu’à leur publication.",
    )

    def __init__(
        self, *args: Any, access: Access, at: dt.datetime, existing: bool = False, **kwargs: Any
    ) -> None:
        """Offer the académies where one organises votes."""
        super().__init__(*args, **kwargs)
        if existing:
            del self.fields["edition"], self.fields["academie"]
            return
        scope = access.scope(Right.RUN_VOTE)
        academies = Academie.objects.valid_on(at.date())
        if not scope.france:
            academies = academies.filter(pk__in=scope.academies)
            self.fields["academie"].required = True
            self.fields["academie"].empty_label = None  # type: ignore[attr-defined]
        self.fields["academie"].queryset = academies  # type: ignore[attr-defined]
        self.fields["edition"].queryset = Edition.objects.published()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The dates follow each other."""
        data: dict[str, Any] = super().clean() or {}
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", "La clôture vient après l’ouverture.")
        return data


class VoteForm(forms.Form):
    """One candidate, and an address for who has not signed in."""

    candidature = forms.ModelChoiceField(
        Candidature.objects.none(),
        label="Pour quelle action votez-vous ?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez une action.",
            "invalid_choice": "Cette action n’est plus candidate : choisissez-en une autre.",
        },
    )
    email = courriel(
        "Votre adresse électronique",
        "Elle sert à confirmer votre vote. Personne ne peut lire qui a voté quoi.",
        required="Écrivez votre adresse électronique.",
        example="prenom.nom@exemple.fr",
        autocomplete="email",
    )

    def __init__(self, *args: Any, candidates: QuerySet[Candidature], known: bool, **kwargs: Any) -> None:
        """``known``: the person has signed in."""
        super().__init__(*args, **kwargs)
        self.fields["candidature"].queryset = candidates  # type: ignore[attr-defined]
        if known:
            del self.fields["email"]


class NoteForm(forms.Form):
    """A juror's mark of one candidate, among those of the page; left empty, it is not marked yet."""

    mark = forms.IntegerField(
        label="Note",
        required=False,
        min_value=0,
        max_value=BEST_MARK,
        widget=forms.NumberInput(attrs={"class": "fr-input", "inputmode": "numeric"}),
        help_text=f"De 0 à {BEST_MARK}, sans virgule.",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), f"Écrivez un nombre entier, de 0 à {BEST_MARK}."
        ),
    )
    comment = prose(
        "Pourquoi",
        2000,
        rows=3,
        help_text="Lu par qui organise le vote, jamais publié.",
    )

    def __init__(self, *args: Any, action: str, **kwargs: Any) -> None:
        """``action``: what is marked, as errors of the page name it."""
        super().__init__(*args, **kwargs)
        self.told_of = f"«\N{NO-BREAK SPACE}{action}\N{NO-BREAK SPACE}», "

    def clean(self) -> dict[str, Any]:
        """A word alone marks nothing, and a mark is corrected, not taken back."""
        data: dict[str, Any] = super().clean() or {}
        if "mark" not in self.errors and data.get("mark") is None and self.has_changed():
            self.add_error("mark", "Donnez une note.")
        return data


class JureForm(forms.Form):
    """A person to seat on the jury."""

    email = courriel("Adresse électronique", required="Écrivez une adresse.")
