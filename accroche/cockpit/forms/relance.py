"""What the bureau adds to a reminder."""

from __future__ import annotations

from django import forms

from accroche.commun.saisies import prose


class RelanceForm(forms.Form):
    """A word of one's own, between what is missing and the link."""

    word = prose("Votre mot", 2000, 5, "S’ajoute au message. Laissez vide pour l’envoyer tel quel.")
