"""The lists of a sheet's form: other carriers, partners, links and activities."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from django import forms

from accroche.actions.regles import RolePartenaire
from accroche.actions.saisie import ActiviteSaisie, Contenu, LienSaisi, PartenaireSaisi, PorteurSaisi
from accroche.annuaire.forms import EtablissementField, label
from accroche.annuaire.models import Etablissement
from accroche.annuaire.regles import TypePorteur
from accroche.commun.listes import Listes, Rangee, Sorte
from accroche.commun.saisies import jour, ligne, prose


def on_one_line(text: str) -> str:
    """Fold line ends and repeated spaces: a field of one line stays one."""
    return " ".join(text.split())


def with_plain_ends(text: str) -> str:
    """End lines in one way, whatever the browser sends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def wrong_days(starts: dt.date | None, ends: dt.date | None) -> tuple[str, str] | None:
    """Return the field and the message when two days cannot be; None when they can."""
    if ends and not starts:
        return "starts", "Donnez aussi le premier jour."
    if starts and ends and ends < starts:
        return "ends", "Le dernier jour vient après le premier : corrigez l’un des deux."
    return None


def _choice(label_: str, vocabulary: type[Any]) -> forms.ChoiceField:
    choices = [("", "Choisir…"), *((code.value, code.label) for code in vocabulary if code.value)]
    return forms.ChoiceField(
        label=label_, choices=choices, required=False, widget=forms.Select(attrs={"class": "fr-select"})
    )


class PorteurRangee(Rangee):
    """Another carrier: a school of the directory, or another organisation by name."""

    etablissement = EtablissementField(label="Un autre établissement", required=False)
    name = ligne("Ou un autre organisme", 200)
    kind = _choice("Type d’organisme", TypePorteur)
    commune = ligne("Commune", 100)

    needed = "name"
    missing = "Nommez l’organisme, ou videz la ligne."
    #: a school alone, or an organisation and what it is
    mentions = {"etablissement": "", "name": "", "kind": "pour un organisme"}

    def clean(self) -> dict[str, Any]:
        """A school names itself; another organisation says what it is."""
        data = super().clean()
        school = data.get("etablissement")
        if school or "etablissement" in self.errors:
            self.errors.pop("name", None)
        if school:
            data |= {"name": school.name, "kind": school.kind, "commune": school.commune}
        elif data.get("name") and not data.get("kind") and "kind" not in self.errors:
            self.add_error("kind", "Dites quel type d’organisme c’est.")
        return data

    def row(self) -> PorteurSaisi:
        """The carrier as plain data."""
        data = self.cleaned_data
        school: Etablissement | None = data.get("etablissement")
        return PorteurSaisi(
            school.uai if school else "",
            data["kind"],
            on_one_line(data["name"]),
            on_one_line(data["commune"]),
        )


class PartenaireRangee(Rangee):
    """A partner, its role and what it brings."""

    name = ligne("Nom du partenaire", 200)
    role = _choice("Sa part", RolePartenaire)
    part = ligne("En quelques mots", 200)

    needed = "name"
    missing = "Nommez le partenaire, ou videz la ligne."

    def row(self) -> PartenaireSaisi:
        """The partner as plain data."""
        data = self.cleaned_data
        return PartenaireSaisi(on_one_line(data["name"]), data["role"], on_one_line(data["part"]))


class LienRangee(Rangee):
    """A link and the words to show for it."""

    url = forms.URLField(
        label="Adresse du lien",
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "fr-input"}),
        error_messages={"invalid": "Cette adresse est incomplète. Exemple : https://college.example/forum"},
    )
    label = ligne("Ce qu’on y trouve", 250)

    needed = "url"
    missing = "Donnez l’adresse, ou videz la ligne."

    def row(self) -> LienSaisi:
        """The link as plain data."""
        return LienSaisi(self.cleaned_data["url"], on_one_line(self.cleaned_data["label"]))


class ActiviteRangee(Rangee):
    """One of the things that happen inside the action."""

    title = ligne("Titre", 300)
    starts = jour("Premier jour")
    ends = jour("Dernier jour")
    description = prose("Ce qui se passe", 5_000, rows=3)
    number = forms.IntegerField(required=False, widget=forms.HiddenInput)

    needed = "title"
    missing = "Donnez un titre, ou videz la ligne."

    def clean(self) -> dict[str, Any]:
        """Days come in order, and a last one needs a first."""
        data = super().clean()
        if wrong := wrong_days(data.get("starts"), data.get("ends")):
            self.add_error(*wrong)
        return data

    def row(self) -> ActiviteSaisie:
        """The activity as plain data."""
        data = self.cleaned_data
        title, description = on_one_line(data["title"]), with_plain_ends(data["description"])
        return ActiviteSaisie(title, description, data["starts"], data["ends"], data["number"])


#: The lists of the form, by the name their fields begin with, which is theirs in ``Contenu`` too.
LISTES: Final = {
    "activites": Sorte(ActiviteRangee, "Plusieurs temps dans l’action", "Ajouter un temps"),
    "partenaires": Sorte(PartenaireRangee, "Partenaires", "Ajouter un partenaire"),
    # the first carrier has a field of its own
    "porteurs": Sorte(PorteurRangee, "Autres porteurs", "Ajouter un porteur", first=2),
    "liens": Sorte(LienRangee, "Liens", "Ajouter un lien"),
}


def listes_of(data: Any, content: Contenu, porteurs: Iterable[PorteurSaisi]) -> Listes:
    """Return the lists of ``content``, whose carriers beside the first are ``porteurs``, or those sent."""
    initial = {
        "porteurs": [_porteur(row) for row in porteurs],
        "partenaires": [asdict(row) for row in content.partenaires],
        "liens": [asdict(row) for row in content.liens],
        "activites": [asdict(row) for row in content.activites],
    }
    return Listes(LISTES, data, initial)


def _porteur(row: PorteurSaisi) -> dict[str, Any]:
    """A carrier as its line shows it: a school fills one field, another organisation three."""
    if row.uai:
        school = Etablissement.objects.filter(uai=row.uai).first()
        return {"etablissement": label(school) if school else row.uai}
    return {"name": row.name, "kind": row.kind, "commune": row.commune}
