"""Clean input of tutoring: what a list is narrowed to, a step's reason, a plan, a contact, an assessment."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from accroche.commun.saisies import jour, ligne, prose
from accroche.tutorat.besoins import CodeBesoin, MotifAppui
from accroche.tutorat.binome import MotifSortie, Utilite

ALPHABETICAL, TERRITORY = "alphabet", "territoire"
TEXT: Final = 2000


def _select(label: str, choices: list[tuple[str, str]], **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.Select(attrs={"class": "fr-select"}), **options
    )


class AppuiForm(forms.Form):
    """Which académies are shown, and in which order; no order says who is worst."""

    mentions = None

    motif = _select(
        "Situation", [("", "Toutes"), *((one.value, one.label) for one in MotifAppui)], required=False
    )
    besoin = _select(
        "Appui utile sur",
        [("", "Tous les points"), *((one.value, one.label) for one in CodeBesoin)],
        required=False,
    )
    ordre = _select("Ordre", [(ALPHABETICAL, "Alphabétique"), (TERRITORY, "Par territoire")], required=False)


class SortieForm(forms.Form):
    """Why a side declines or leaves: one ready reason, and a word if one likes."""

    raison = _select(
        "Raison",
        [("", "Choisissez"), *((one.value, one.label) for one in MotifSortie)],
        error_messages={"required": "Choisissez une raison : l’autre académie la lira."},
    )
    mot = prose("Un mot pour l’autre académie", TEXT, 3)


class EtapeBinomeForm(forms.Form):
    """A step of the plan."""

    titre = ligne("Étape", 200, "Par exemple : relire ensemble le dossier de presse.", required=True)
    pour_le = jour("À faire pour le")


class ContactForm(forms.Form):
    """When the two talked."""

    jour = jour("Jour de l’échange", "Aujourd’hui, si vous ne le dites pas.")
    note = prose("Ce que vous en retenez", TEXT, 3, "Lu par les deux académies et par le bureau national.")


class BilanForm(forms.Form):
    """What a side says at the end."""

    utile = forms.ChoiceField(
        label="Cet accompagnement vous a-t-il été utile ?",
        choices=[(one.value, one.label) for one in Utilite],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse."},
    )
    texte = prose("Ce qui a changé, ce qui manquait", TEXT, 5)
    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
