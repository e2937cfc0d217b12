"""Clean input about people and roles; the views then call one operation."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Final

from django import forms
from django.utils import timezone

from accroche.annuaire.forms import EtablissementField
from accroche.annuaire.models import Academie, Bassin, Departement
from accroche.annuaire.queries import departement_of
from accroche.annuaire.regles import TypePorteur
from accroche.commun.saisies import SansRobot, courriel, jour, ligne, prose
from accroche.comptes.operations.codes import DIGITS
from accroche.comptes.regles import IssueAbsence, Portee, TypeRole
from accroche.lib import uai

#: Figures of a postal code.
POSTAL_CODE: Final = 5


class AdresseForm(forms.Form):
    """The address a code is sent to, whether or not anybody signed in with it before."""

    email = courriel(
        "Votre adresse électronique",
        "De préférence professionnelle, par exemple prenom.nom@ac-academie.fr",
        required="Écrivez votre adresse électronique.",
        autocomplete="email",
        inputmode="email",
    )


class EntreeForm(forms.Form):
    """What whoever signs in says of the device."""

    rester = forms.BooleanField(
        label="Rester connecté sur cet appareil",
        required=False,
        help_text=(
            "Sur votre téléphone ou votre ordinateur. Sur un ordinateur partagé, ne cochez pas : la "
            "connexion prend fin avec le navigateur, ou après trente minutes sans visite."
        ),
    )


class CodeSeulForm(forms.Form):
    """The code received, however its digits are set apart."""

    code = forms.CharField(
        label="Code à huit chiffres",
        max_length=40,
        help_text="Par exemple 1234 5678, avec ou sans espace.",
        widget=forms.TextInput(
            attrs={"class": "fr-input", "autocomplete": "one-time-code", "inputmode": "numeric"}
        ),
        error_messages={"required": "Écrivez le code reçu par courriel."},
    )

    def clean_code(self) -> str:
        """Keep the digits; what cannot be a code costs no try."""
        digits = "".join(char for char in self.cleaned_data["code"] if char in "0123456789")
        if len(digits) != DIGITS:
            raise forms.ValidationError(f"Le code a {DIGITS} chiffres : recopiez-le en entier.")
        return digits


class CodeForm(CodeSeulForm, EntreeForm):
    """The code received to sign in with."""


def _last_moment(day: dt.date) -> dt.datetime:
    """A role holds through its last day."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.max))


class InvitationForm(forms.Form):
    """A role to offer: to whom, which one, where, until when."""

    email = courriel("Adresse électronique", required="Écrivez une adresse.")
    kind = forms.ChoiceField(label="Rôle", widget=forms.Select(attrs={"class": "fr-select"}))
    academie = forms.ModelChoiceField(
        Academie.objects.none(),
        label="Académie",
        required=False,
        widget=forms.Select(attrs={"class": "fr-select"}),
        help_text="Pour un modérateur ou un lecteur.",
    )
    departement = forms.ModelChoiceField(
        Departement.objects.all(),
        label="Département",
        required=False,
        widget=forms.Select(attrs={"class": "fr-select"}),
        help_text="Pour un référent.",
    )
    bassin = forms.ModelChoiceField(
        Bassin.objects.select_related("academie"),
        label="Bassin",
        required=False,
        widget=forms.Select(attrs={"class": "fr-select"}),
        help_text="Pour un référent, à la place du département.",
    )
    etablissement = EtablissementField(
        label="Établissement",
        required=False,
        help_text="Pour un porteur de projet.",
        for_desk=True,
        closed=True,
    )
    organisation = ligne("Organisme", 200, "Pour un partenaire, tel que les fiches le nomment.")
    until = jour("Jusqu’au", "Sans date, le rôle dure jusqu’à ce que quelqu’un y mette fin.")

    #: which territory is owed depends on the role: each says for which
    mentions: ClassVar = dict.fromkeys(
        ("academie", "departement", "bassin", "etablissement", "organisation"), ""
    )

    def __init__(self, *args: Any, kinds: frozenset[TypeRole], at: dt.datetime, **kwargs: Any) -> None:
        """Offer the roles of ``kinds`` and the académies of the day."""
        super().__init__(*args, **kwargs)
        self.at = at
        choices = [(kind.value, kind.label) for kind in TypeRole if kind in kinds]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        self.fields["academie"].queryset = Academie.objects.valid_on(at.date())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Keep the one territory the role holds for."""
        data: dict[str, Any] = super().clean() or {}
        if "kind" not in data:
            return data
        kind = TypeRole(data["kind"])
        if kind.scopes == {Portee.FRANCE}:
            data["territory"] = {}
            return data
        given = {scope.value: data.get(scope.value) for scope in kind.scopes if data.get(scope.value)}
        names = " ou ".join(LABELS[scope] for scope in sorted(kind.scopes))
        if len(given) != 1 and not self.errors:
            first = min(kind.scopes)
            self.add_error(first.value, f"Pour le rôle « {kind.label} », choisissez {names}.")
        data["territory"] = given
        if (until := data.get("until")) and until < self.at.date():
            self.add_error("until", "Cette date est passée.")
        data["expires_at"] = _last_moment(until) if until else None
        return data


LABELS = {
    Portee.ETABLISSEMENT: "un établissement",
    Portee.BASSIN: "un bassin",
    Portee.DEPARTEMENT: "un département",
    Portee.ACADEMIE: "une académie",
    Portee.ORGANISATION: "un organisme",
    Portee.FRANCE: "la France",
}


class RejoindreForm(forms.Form):
    """A school whose sheets one wants to share."""

    etablissement = EtablissementField(label="Votre établissement", closed=True)
    message = prose(
        "Un mot pour vos collègues",
        1000,
        rows=3,
        help_text="Qui vous êtes, ce que vous y faites.",
    )


class BureauForm(forms.Form):
    """The office that answers for an académie."""

    courriel = courriel(
        "Adresse du bureau qui suit la semaine",
        "Quand on répond à l’un de nos courriels, la réponse arrive là. Vide : au contact national du site.",
        autocomplete="off",
    )


class NomForm(forms.Form):
    """How a person wants to be named."""

    name = ligne(
        "Prénom et nom",
        150,
        "Ce que vos collègues liront à côté de ce que vous faites.",
        autocomplete="name",
    )


class NouvelleAdresseForm(forms.Form):
    """The address an account is to answer at."""

    email = courriel(
        "Nouvelle adresse électronique",
        "Un code y est envoyé, pour vérifier qu’elle est bien la vôtre.",
        required="Écrivez votre nouvelle adresse électronique.",
        autocomplete="email",
        inputmode="email",
    )


class ReponseForm(forms.Form):
    """An answer to a request to join."""

    demande = forms.IntegerField(min_value=1)
    reponse = forms.ChoiceField(choices=[("oui", "Accepter"), ("non", "Refuser")])
    mot = forms.CharField(max_length=1000, required=False)


#: What somebody who looks for a school may be looking for.
KINDS: Final = (
    TypePorteur.ECOLE,
    TypePorteur.COLLEGE,
    TypePorteur.LYCEE,
    TypePorteur.LYCEE_PROFESSIONNEL,
    TypePorteur.AUTRE,
)


class EtablissementAbsentForm(SansRobot):
    """A school that is not in the directory, and where to answer."""

    name = ligne("Nom de l’établissement", 200, "Par exemple : Collège Victor-Hugo", required=True)
    kind = forms.ChoiceField(
        label="Type d’établissement",
        choices=[("", "Choisir…"), *((kind.value, kind.label) for kind in KINDS)],
        widget=forms.Select(attrs={"class": "fr-select"}),
        error_messages={"required": "Dites si c’est une école, un collège, un lycée."},
    )
    commune = ligne("Commune", 100, required=True)
    postal_code = ligne("Code postal", 5, "Cinq chiffres.", inputmode="numeric")
    departement = forms.ModelChoiceField(
        Departement.objects.all(),
        label="Département",
        required=False,
        empty_label="Celui du code postal",
        widget=forms.Select(attrs={"class": "fr-select"}),
    )
    uai = ligne("Code UAI", 20, "Si vous le connaissez : sept chiffres et une lettre.", autocomplete="off")
    email = courriel(
        "Votre adresse électronique",
        "Pour vous répondre. Elle n’est jamais publiée.",
        required="Laissez votre adresse électronique pour avoir la réponse.",
        autocomplete="email",
    )
    message = prose(
        "Un mot pour l’académie", 1000, 3, "Un ancien nom, une adresse, ce qui aide à le trouver."
    )

    #: one of the two
    mentions: ClassVar = {
        "postal_code": "nécessaire sans département",
        "departement": "nécessaire sans code postal",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say what is missing in words of their own."""
        super().__init__(*args, **kwargs)
        self.fields["name"].error_messages["required"] = "Écrivez le nom de l’établissement."
        self.fields["commune"].error_messages["required"] = "Écrivez sa commune."

    def clean_name(self) -> str:
        """A name is one line."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_commune(self) -> str:
        """So is a commune."""
        return " ".join(self.cleaned_data["commune"].split())

    def clean_email(self) -> str:
        """An address is told in small letters."""
        return str(self.cleaned_data["email"]).lower()

    def clean_postal_code(self) -> str:
        """Five figures, or nothing. Raises ``ValidationError``."""
        code = "".join(self.cleaned_data["postal_code"].split())
        if code and not (code.isascii() and code.isdigit() and len(code) == POSTAL_CODE):
            raise forms.ValidationError("Un code postal a cinq chiffres, par exemple 21000.")
        return code

    def clean_uai(self) -> str:
        """A UAI as we write it, or nothing. Raises ``ValidationError``."""
        told = self.cleaned_data["uai"]
        if not told:
            return ""
        try:
            return uai.parse(uai.joined(told))
        except uai.UaiError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Find the département, which says which académie is told."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("departement") or self.errors.keys() & {"postal_code", "departement"}:
            return data
        code = data.get("postal_code", "")
        if not code:
            self.add_error("postal_code", "Écrivez le code postal, ou choisissez le département.")
        elif found := departement_of(code):
            data["departement"] = found
        else:
            self.add_error(
                "departement", f"Aucun département ne répond au code postal {code} : choisissez-le."
            )
        return data


class IssueAbsenceForm(forms.Form):
    """What an académie answers about a school somebody does not find."""

    issue = forms.ChoiceField(
        label="Votre réponse",
        choices=[(issue.value, issue.label) for issue in IssueAbsence],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse."},
    )
    etablissement = EtablissementField(
        label="Lequel ?",
        required=False,
        help_text="Son nom, sa commune ou son code UAI, tel que l’annuaire le tient",
        for_desk=True,
    )
    mot = prose("Un mot pour qui le cherche", 1000, 2)

    #: owed with the answers that name a school
    mentions: ClassVar = {"etablissement": "nécessaire s’il est dans l’annuaire"}

    def clean(self) -> dict[str, Any]:
        """An answer that names a school says which."""
        data: dict[str, Any] = super().clean() or {}
        issue = data.get("issue")
        if issue and IssueAbsence(issue).names_school and not data.get("etablissement") and not self.errors:
            self.add_error("etablissement", "Dites lequel : choisissez-le dans l’annuaire.")
        return data
