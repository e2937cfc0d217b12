"""What a list of schools is narrowed to, read from the address of the page."""

from __future__ import annotations

from typing import Any

from django import forms

from accroche.annuaire.models import Bassin, Circonscription, Departement, EtablissementQuerySet
from accroche.annuaire.regles import Niveau, Secteur
from accroche.campagne.models import Edition
from accroche.pilotage.couverture import Etape, Filtres
from accroche.pilotage.queries.couverture import Cadre

#: What « étape » offers besides the steps; and the choices of the schools that are nowhere.
ALL = "tous"
NO_ACADEMIE, NO_BASSIN = "aucune", "aucun"
#: From this many on, there is something to choose.
SEVERAL = 2


def _select(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.Select(attrs={"class": "fr-select"}),
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )


class TerritoireForm(forms.Form):
    """Which edition, and which part of one's territory. ``found``: the schools one may see.

    ``laisses``: the smaller places left out, by name, since they are not in the larger one that was chosen.
    """

    mentions = None

    edition = _select("Édition", [])
    academie = _select("Académie", [])
    departement = _select("Département", [])
    bassin = _select("Bassin", [])

    def __init__(
        self,
        *args: Any,
        editions: list[Edition],
        cadre: Cadre,
        found: EtablissementQuerySet,
        **kwargs: Any,
    ) -> None:
        """Offer what is on the territory: its bassins, once it is in one académie."""
        super().__init__(*args, **kwargs)
        self.data: dict[str, Any] = dict(self.data.items())
        self.laisses: dict[str, str] = {}
        inside = found.order_by()
        self.fields["edition"].choices = [(edition.year, edition.year) for edition in editions]  # type: ignore[attr-defined]
        departements = list(Departement.objects.filter(pk__in=inside.values("departement")))
        self._codes = {row.code: row.pk for row in departements}
        named = {cadre.academies[row.pk] for row in departements if row.pk in cadre.academies}
        academies = sorted(named, key=lambda academie: academie.slug)
        choices = [(academie.slug, academie.name) for academie in academies]
        self._numbers = {academie.slug: academie.pk for academie in academies}
        if any(row.pk not in cadre.academies for row in departements):
            choices.append((NO_ACADEMIE, "Sans académie"))
            self._numbers[NO_ACADEMIE] = 0
        self._offer("academie", "Toutes", choices)
        if (chosen := self._numbers.get(str(self.data.get("academie", "")))) is not None:
            departements = [row for row in departements if row.pk in cadre.of_academie(chosen)]
        self._offer_within("departement", "Tous", [(row.code, str(row)) for row in departements])
        if code := self.data.get("departement"):
            departements = [row for row in departements if row.code == code]
        #: the schools whose bassins and circonscriptions are few enough to choose among
        self.near = found.none()
        if len(choices) < SEVERAL or chosen is not None or code:
            self.near = inside.filter(departement__in=[row.pk for row in departements])
        rows = Bassin.objects.filter(pk__in=self.near.values("bassin"))
        bassins = [(str(row.pk), row.name) for row in rows]
        self._offer_within("bassin", "Tous", [*bassins, (NO_BASSIN, "Sans bassin")] if bassins else [])

    def _offer(self, name: str, everything: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", everything), *choices]  # type: ignore[attr-defined]

    def _offer_within(self, name: str, everything: str, choices: list[tuple[str, str]]) -> None:
        """Offer smaller places; who chooses another académie does not mean the département chosen before."""
        self._offer(name, everything, choices)
        told = self.data.get(name)
        if told and told not in {code for code, _ in choices}:
            self.laisses[name] = str(self.fields[name].label)
            self.data[name] = ""

    @property
    def filtres(self) -> Filtres:
        """What the form asks for, once it is valid."""
        data = self.cleaned_data
        bassin = data["bassin"]
        return Filtres(
            academie=self._numbers.get(data["academie"]),
            departement=self._codes.get(data["departement"]),
            bassin=(0 if bassin == NO_BASSIN else int(bassin)) if bassin else None,
        )


class FiltresForm(TerritoireForm):
    """A list of schools, by default those that have not declared."""

    circonscription = _select("Circonscription", [])
    etape = _select(
        "Étape",
        [
            ("", "N’ont pas déclaré"),
            *((etape.value, etape.label) for etape in Etape),
            (ALL, "Tous les établissements"),
        ],
    )
    niveau = _select("Niveau", [("", "Tous"), *((niveau.value, niveau.label) for niveau in Niveau)])
    secteur = _select("Secteur", [("", "Tous"), (Secteur.PUBLIC, "Public"), (Secteur.PRIVATE, "Privé")])
    commune = forms.CharField(
        label="Commune ou code postal",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "fr-input"}),
    )
    adresse = _select("Courriel dans l’annuaire", [("", "Peu importe"), ("oui", "Oui"), ("non", "Non")])
    invitation = _select(
        "Invitation",
        [
            ("", "Peu importe"),
            ("jamais", "Pas encore invité"),
            ("deja", "Déjà invité"),
            ("possible", "Pas cette semaine"),
        ],
    )

    def __init__(self, *args: Any, found: EtablissementQuerySet, **kwargs: Any) -> None:
        """Offer the circonscriptions of the territory."""
        super().__init__(*args, found=found, **kwargs)
        rows = Circonscription.objects.filter(pk__in=self.near.values("circonscription"))
        self._offer_within("circonscription", "Toutes", [(str(row.pk), row.name) for row in rows])

    @property
    def filtres(self) -> Filtres:
        """What the form asks for, once it is valid."""
        data, place = self.cleaned_data, super().filtres
        etape, level, address, invitation = (
            data[name] for name in ("etape", "niveau", "adresse", "invitation")
        )
        return Filtres(
            academie=place.academie,
            departement=place.departement,
            bassin=place.bassin,
            circonscription=int(data["circonscription"]) if data["circonscription"] else None,
            levels=frozenset({Niveau(level)}) if level else frozenset(),
            sector=data["secteur"],
            commune=data["commune"],
            etapes=_etapes(etape),
            has_address=(address == "oui") if address else None,
            invited={"jamais": False, "deja": True}.get(invitation),
            not_this_week=invitation == "possible",
        )


def _etapes(choice: str) -> frozenset[Etape]:
    if choice == ALL:
        return frozenset()
    if choice:
        return frozenset({Etape(choice)})
    return frozenset(etape for etape in Etape if not etape.has_declared)


class LettreForm(forms.Form):
    """The mail one is about to send."""

    subject = forms.CharField(
        label="Objet", max_length=150, widget=forms.TextInput(attrs={"class": "fr-input"})
    )
    text = forms.CharField(
        label="Message",
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "fr-input", "rows": 14}),
        error_messages={"required": "Écrivez le message à envoyer."},
    )
