"""What the pages of progress and of one sheet are asked, and what is signed there."""

from __future__ import annotations

from django import forms

from accroche.commun.saisies import prose
from accroche.pilotage.forms.semaine_prive import public_text
from accroche.redaction.attendus import Attendu, Etat

#: Characters of « d’après qui ».
WORD_LENGTH = 300


class FiltreSuiviForm(forms.Form):
    """What the table is narrowed to; a word nobody knows is an error, and widens nothing."""

    mentions = None

    attendu = forms.ChoiceField(
        label="Ce qui est attendu",
        required=False,
        choices=[("", "Tout"), *((one.value, one.label) for one in Attendu)],
        widget=forms.Select(attrs={"class": "fr-select"}),
    )
    etat = forms.ChoiceField(
        label="Où cela en est",
        required=False,
        choices=[("", "Tous"), (Etat.FAIT.value, "Fait"), (Etat.MANQUE.value, "Manque")],
        widget=forms.Select(attrs={"class": "fr-select"}),
    )
    retard = forms.ChoiceField(
        label="Échéance",
        required=False,
        choices=[("", "Toutes"), ("oui", "En retard")],
        widget=forms.Select(attrs={"class": "fr-select"}),
    )
    fil = forms.ChoiceField(
        label="Échanges",
        required=False,
        choices=[("", "Tous"), ("oui", "À lire ou à régler")],
        widget=forms.Select(attrs={"class": "fr-select"}),
    )


class AbsenceForm(forms.Form):
    """On whose word there are no data, or there are again: it is printed, so nothing private stands in it."""

    d_apres = prose(
        "D’après qui ?",
        WORD_LENGTH,
        2,
        "Une fonction et un moyen plutôt qu’un nom : « la cheffe du SAIO, par courriel du 3 juin ».",
        required=True,
        error_messages={"required": "Dites d’après qui : une fonction, un service, une lettre."},
    )

    def clean_d_apres(self) -> str:
        """One line, without anybody's number or own address."""
        word = " ".join(str(self.cleaned_data["d_apres"]).split()).rstrip(".")
        public_text(word)
        return word
