"""The lists of a semaine's page: its dates, temps forts, resources and partners."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from django import forms

from accroche.campagne.regles import (
    Autorite,
    RoleSemaine,
    TypeMedia,
    TypePartenaire,
    TypeRessource,
    TypeTempsFort,
)
from accroche.commun.listes import Rangee, Rangees, Sorte
from accroche.commun.saisies import jour
from accroche.dossier.dossier import (
    EtapeDossier,
    PartenaireDossier,
    RessourceDossier,
    Retombee,
    TempsFortDossier,
    TexteStrategie,
)
from accroche.lib.dates import DateError, Window, edition_of, format_date, parse_windows
from accroche.pilotage.forms.semaine_prive import LONGEST, public_text


def text(label: str, max_length: int) -> forms.CharField:
    """A public text of one line."""
    return forms.CharField(
        label=label,
        max_length=max_length,
        required=False,
        widget=forms.TextInput(attrs={"class": "fr-input"}),
        validators=[public_text],
        error_messages={"max_length": f"Ce texte dépasse {max_length} caractères : raccourcissez-le."},
    )


def long_text(label: str, rows: int, help_text: str = "") -> forms.CharField:
    """A public text of several lines."""
    widget = forms.Textarea(attrs={"class": "fr-input", "rows": rows})
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST,
        widget=widget,
        help_text=help_text,
        validators=[public_text],
        error_messages={"max_length": "Ce texte dépasse 20\u202f000 caractères : raccourcissez-le."},
    )


def address() -> forms.URLField:
    """Where something is to be read."""
    return forms.URLField(
        label="Adresse",
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "fr-input", "placeholder": "https://"}),
        error_messages={"invalid": "Cette adresse est incomplète. Exemple : https://www.ac-dijon.fr/page"},
    )


def kinds(
    labels: Iterable[tuple[str, str]],
    label: str = "Nature",
    help_text: str = "",
    unsaid: str = "Non précisée",
) -> forms.ChoiceField:
    """One of a vocabulary, which a past report does not always tell."""
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        choices=[("", unsaid), *labels],
        widget=forms.Select(attrs={"class": "fr-select"}),
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )


def as_kept(typed: str) -> str:
    """A text as it is kept: line ends of one kind, nothing around."""
    return typed.replace("\r\n", "\n").replace("\r", "\n").strip()


class SemaineRangee(Rangee):
    """One row, in an edition whose school year bounds its days."""

    def __init__(self, *args: Any, edition: str, **kwargs: Any) -> None:
        """Know the school year."""
        super().__init__(*args, **kwargs)
        self.edition = edition

    def check_days(self, starts: str, ends: str) -> None:
        """Refuse days out of order or outside the school year, each on its field."""
        first, last = self.cleaned_data.get(starts), self.cleaned_data.get(ends)
        for name, found in ((starts, first), (ends, last)):
            if found and edition_of(found) != self.edition:
                told = f"Le {format_date(found)} n’est pas dans l’année scolaire {self.edition}."
                self.add_error(name, told)
        if last and not first and not self.has_error(starts):
            self.add_error(starts, "Donnez aussi le premier jour.")
        if first and last and last < first:
            self.add_error(ends, "Cette période finit avant de commencer : vérifiez les deux dates.")


class WindowForm(SemaineRangee):
    """A date window; one day alone is a window too."""

    starts = jour("Du")
    ends = jour("Au")

    def clean(self) -> dict[str, Any]:
        """Complete a single day."""
        super().clean()
        self.check_days("starts", "ends")
        data = self.cleaned_data
        if data.get("starts") and not data.get("ends") and not self.errors:
            data["ends"] = data["starts"]
        return data

    def row(self) -> Window:
        """The window as plain data."""
        return self.cleaned_data["starts"], self.cleaned_data["ends"]


class TempsFortForm(SemaineRangee):
    """A dated event, and the stops of a tour."""

    needed = "title"

    title = text("Titre", 250)
    kind = kinds((k.value, k.label) for k in TypeTempsFort)
    starts = jour("Premier jour")
    ends = jour("Dernier jour")
    place = text("Lieu", 200)
    summary = long_text("En quelques mots", 3)
    stops = long_text(
        "Étapes",
        3,
        "Pour une tournée : une par ligne, avec sa date si elle est connue. Exemple : Nevers ; 15/03/2027",
    )
    authorities = forms.MultipleChoiceField(
        label="Autorités présentes",
        required=False,
        choices=[(one.value, one.label) for one in Autorite],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )

    def clean_stops(self) -> tuple[EtapeDossier, ...]:
        """Read the stops, one a line."""
        return tuple(
            self._stop(line.strip()) for line in self.cleaned_data["stops"].splitlines() if line.strip()
        )

    def _stop(self, line: str) -> EtapeDossier:
        place, separator, when = (part.strip() for part in line.rpartition(";"))
        if not separator:
            return EtapeDossier(line[:200])
        if not place:
            raise forms.ValidationError(f"Il manque le lieu de l’étape « {line} ».")
        try:
            return EtapeDossier(place[:200], self._day(when))
        except DateError as error:
            raise forms.ValidationError(f"Étape « {place} » : {error}") from error

    def _day(self, when: str) -> dt.date:
        try:
            found = dt.datetime.strptime(when, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            windows = parse_windows([when], self.edition)
            if len(windows) != 1 or windows[0][0] != windows[0][1]:
                raise DateError(f"« {when} » n’est pas un jour. Exemple : 15/03/2027.") from None
            return windows[0][0]
        if edition_of(found) != self.edition:
            raise DateError(f"« {when} » n’est pas dans l’année scolaire {self.edition}.")
        return found

    def clean_authorities(self) -> tuple[Autorite, ...]:
        """The ticked ones, in the order of their vocabulary."""
        return Autorite.in_order(self.cleaned_data["authorities"])

    def clean(self) -> dict[str, Any]:
        """Check the days."""
        super().clean()
        self.check_days("starts", "ends")
        return self.cleaned_data

    def row(self) -> TempsFortDossier:
        """The event as plain data."""
        return TempsFortDossier(**self.cleaned_data | {"summary": as_kept(self.cleaned_data["summary"])})


#: What the form calls a resource that is public or is not; nobody said it of the others.
PUBLIC: Final = {"oui": True, "non": False}
PUBLIC_WORDS: Final = {said: code for code, said in PUBLIC.items()} | {None: ""}


class RessourceForm(SemaineRangee):
    """A document or medium, and whether it is public."""

    title = text("Titre", 250)
    kind = kinds((k.value, k.label) for k in TypeRessource)
    url = address()
    published = kinds((("oui", "Publiée"), ("non", "Non publiée")), "Publication")

    def clean(self) -> dict[str, Any]:
        """Ask for a title, unless an address stands for it."""
        data = super().clean()
        if self.is_told and not data.get("title") and not data.get("url") and not self.errors:
            self.add_error("title", "Donnez un titre ou une adresse.")
        return data

    def row(self) -> RessourceDossier:
        """The resource as plain data."""
        data = self.cleaned_data
        return RessourceDossier(data["title"], data["kind"], data["url"], PUBLIC.get(data["published"]))


class PartenaireForm(SemaineRangee):
    """A partner of the semaine, and what part it takes."""

    needed = "name"

    name = text("Organisme", 200)
    kind = kinds((k.value, k.label) for k in TypePartenaire if k)
    role = kinds(((r.value, r.label.capitalize()) for r in RoleSemaine if r), "Sa part dans la semaine")
    internal = forms.BooleanField(label="De l’Éducation nationale", required=False)

    def row(self) -> PartenaireDossier:
        """The partner as plain data."""
        data = self.cleaned_data
        return PartenaireDossier(data["name"], data["kind"], data["internal"], RoleSemaine(data["role"]))


class StrategieForm(SemaineRangee):
    """A written policy that the semaine belongs to; it may be older than the school year."""

    needed = "title"

    title = text("Titre", 250)
    date = jour("Date")
    url = address()

    def row(self) -> TexteStrategie:
        """The text as plain data."""
        return TexteStrategie(**self.cleaned_data)


class RetombeeForm(SemaineRangee):
    """A medium that told of the semaine, in advance or long after."""

    needed = "media"

    # a field, which Django takes out of the class: the form keeps its assets
    media = text("Média", 200)  # type: ignore[assignment]
    kind = kinds((k.value, k.label) for k in TypeMedia if k)
    date = jour("Date")
    url = address()

    def row(self) -> Retombee:
        """The medium as plain data."""
        data = self.cleaned_data
        return Retombee(data["media"], TypeMedia(data["kind"]), data["date"], data["url"])


class WindowsFormSet(Rangees):
    """Date windows, each once."""

    def clean(self) -> None:
        """Refuse two windows that begin on the same day: the second would replace the first."""
        seen = set()
        for form in self.forms:
            starts = form.cleaned_data.get("starts") if form.is_valid() else None
            if starts and starts in seen:
                form.add_error("starts", "Une autre période commence déjà ce jour-là.")
            seen.add(starts)


class PartenairesFormSet(Rangees):
    """Partners, each with one part."""

    def clean(self) -> None:
        """Refuse one partner told with two parts: one of them would be lost."""
        roles: dict[PartenaireDossier, RoleSemaine] = {}
        for form in self.forms:
            if not form.is_valid() or not form.is_told:
                continue
            told: PartenaireDossier = form.row()
            if roles.setdefault(replace(told, role=RoleSemaine.UNKNOWN), told.role) is not told.role:
                form.add_error("role", "Ce partenaire est déjà nommé plus haut : gardez une seule ligne.")


#: Each list by the name its fields begin with.
LISTES: Final = {
    "windows": Sorte(
        WindowForm,
        "Dates",
        "Ajouter une période",
        "Une période, ou plusieurs. Pour un seul jour, laissez la seconde date vide.",
        blank=1,
        rows=WindowsFormSet,
    ),
    "temps_forts": Sorte(
        TempsFortForm,
        "Temps forts",
        "Ajouter un temps fort",
        "Séminaire, tournée, visite, remise de prix… Ils s’affichent dans cet ordre.",
        ordered=True,
        blank=1,
    ),
    "ressources": Sorte(
        RessourceForm,
        "Ressources",
        "Ajouter une ressource",
        "Programme, dossier de presse, vidéo, article…",
        ordered=True,
        blank=1,
    ),
    "medias": Sorte(
        RetombeeForm,
        "Dans les médias",
        "Ajouter un média",
        "Les journaux, radios, télévisions et sites qui ont parlé de la semaine.",
        ordered=True,
        blank=1,
    ),
    "partners": Sorte(
        PartenaireForm,
        "Partenaires",
        "Ajouter un partenaire",
        "Une ligne par organisme, avec la part la plus grande qu’il prend.",
        ordered=True,
        blank=1,
        rows=PartenairesFormSet,
    ),
    "strategie": Sorte(
        StrategieForm,
        "La politique de l’académie",
        "Ajouter un texte",
        "Le plan, la circulaire ou le projet d’académie dont la semaine fait partie.",
        ordered=True,
        blank=1,
    ),
}
