"""Clean input about the queue: what it is narrowed to, and a selection to decide on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from accroche.actions.cycle import Etat
from accroche.actions.regles import Temporalite
from accroche.annuaire.regles import Niveau
from accroche.relecture.indices import Indice
from accroche.relecture.lot import Lot
from accroche.relecture.queries.file import FicheSans, Filtre, Territoires

#: In the address: whatever their state.
ALL = "toutes"
#: Sheets decided on at once; a page of the queue holds fewer.
MOST = 200

Choices = list[tuple[str, str]]


def _select(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, widget=forms.Select(attrs={"class": "fr-select"}))


def _rows(rows: Iterable[Any]) -> Choices:
    return [(str(row.pk), str(row)) for row in rows]


class FiltreForm(forms.Form):
    """The filters of the queue, as parameters of its address; a value nobody offers is left aside."""

    mentions = None

    q = forms.CharField(
        label="Chercher",
        required=False,
        max_length=200,
        help_text="Titre, texte, établissement, commune ou UAI",
        widget=forms.TextInput(attrs={"class": "fr-input", "type": "search"}),
    )
    etat = _select("État")
    indice = _select("À regarder")
    manque = _select("Ce qui manque")
    niveau = _select("Niveau")
    moment = _select("Moment")
    departement = _select("Département")
    bassin = _select("Bassin")
    academie = _select("Académie")
    edition = _select("Édition")

    def __init__(self, *args: Any, territoires: Territoires, **kwargs: Any) -> None:
        """Offer the territories and editions of the person."""
        super().__init__(*args, **kwargs)
        offered: dict[str, Choices] = {
            "etat": [("", Etat.SUBMITTED.label)]
            + [(etat.value, etat.label) for etat in Etat if etat is not Etat.SUBMITTED]
            + [(ALL, "Tous les états")],
            "indice": [("", "Toutes les fiches"), *((one.value, one.label) for one in Indice)],
            "manque": [("", "Peu importe"), *((one.value, one.label) for one in FicheSans)],
            "niveau": [("", "Tous"), *((one.value, one.label) for one in Niveau)],
            "moment": [("", "Tous"), *((one.value, one.label) for one in Temporalite if one)],
            "departement": [("", "Tous"), *_rows(territoires.departements)],
            "bassin": [("", "Tous"), *_rows(territoires.bassins)],
            "academie": [("", "Toutes"), *_rows(territoires.academies)],
            "edition": [("", "Toutes"), *_rows(territoires.editions)],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        for name in ("departement", "bassin", "academie", "edition"):
            _, *places = offered[name]
            if len(places) < 2:  # noqa: PLR2004 - one territory: nothing to choose
                del self.fields[name]

    def filtre(self) -> Filtre:
        """What was asked for; the waiting sheets when nothing was."""
        self.is_valid()
        data = self.cleaned_data
        etat = data.get("etat", "")

        def number(name: str) -> int | None:
            return int(data[name]) if data.get(name) else None

        return Filtre(
            etat=None if etat == ALL else Etat(etat or Etat.SUBMITTED),
            academie=number("academie"),
            departement=number("departement"),
            bassin=number("bassin"),
            edition=number("edition"),
            niveau=Niveau(data["niveau"]) if data.get("niveau") else None,
            moment=data.get("moment", ""),
            indice=Indice(data["indice"]) if data.get("indice") else None,
            lacune=FicheSans(data["manque"]) if data.get("manque") else None,
            texte=data.get("q", ""),
        )

    def en_mots(self) -> str:
        """What was asked for, as the page words it: « État : Publiée ; Niveau : Lycée »."""
        self.is_valid()
        told = {"etat": Etat.SUBMITTED.label}
        for name, field in self.fields.items():
            choices: Any = getattr(field, "choices", ())
            if value := self.cleaned_data.get(name):
                told[name] = dict(choices).get(value, value)
        return " ; ".join(f"{self.fields[name].label} : {words}" for name, words in told.items())

    @property
    def is_narrowed(self) -> bool:
        """Whether something was asked for."""
        return any(self.cleaned_data.values())


class LotForm(forms.Form):
    """A decision, and the sheets it is about, each as it was read: ``fiche=12:3`` is sheet 12, version 3."""

    choix = forms.TypedChoiceField(choices=[(one, one.label) for one in Lot], coerce=Lot)
    retour = forms.CharField(required=False, max_length=1000)

    def clean(self) -> dict[str, Any]:
        """Read the selection; what is not « number:number » is left aside."""
        data: dict[str, Any] = super().clean() or {}
        versions = {}
        for told in self.data.getlist("fiche")[:MOST]:  # type: ignore[attr-defined]
            number, _, version = told.partition(":")
            if number.isdecimal() and version.isdecimal() and len(told) < 30:  # noqa: PLR2004 - no number is longer
                versions[int(number)] = int(version)
        data["versions"] = versions
        return data
