"""Clean input of the workshop."""

from __future__ import annotations

from django import forms

from accroche.commun.saisies import ligne, prose


class ArretForm(forms.Form):
    """What the bureau calls a version it freezes."""

    name = ligne(
        "Nom de la version",
        100,
        "Pour vous y retrouver, par exemple « Version pour le cabinet ». Le public ne le lit pas.",
        autocomplete="off",
    )


class RetraitForm(forms.Form):
    """Why a version is taken back."""

    reason = prose(
        "Pourquoi la retirer ?",
        500,
        3,
        "Qui suit un ancien lien lira cette phrase : n’y nommez personne.",
        required=True,
        error_messages={"required": "Dites pourquoi : qui suit un ancien lien le lira."},
    )
