"""The lists of a semaine's page: one small form for each line, an empty line being no line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, cast

from django import forms

from accroche.campagne.regles import TypePartenaire, TypeRessource, TypeTempsFort
from accroche.dossier.dossier import EtapeDossier
from accroche.lib.dates import DateError, edition_of, format_date, parse_windows
from accroche.pilotage.forms.semaine_prive import LONGEST, public_text

#: Lines of one list: more than any académie ever needed.
MAX_LINES = 60


def text(label: str, max_length: int, *, required: bool = False, **attrs: str) -> forms.CharField:
    """A public text of one line."""
    widget = forms.TextInput(attrs={"class": "fr-input"} | attrs)
    return forms.CharField(
        label=label,
        max_length=max_length,
        required=required,
        widget=widget,
        validators=[public_text],
        error_messages={
            "required": "Remplissez ce champ, ou retirez la ligne.",
            "max_length": f"Ce texte dépasse {max_length} caractères : raccourcissez-le.",
        },
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


def day(label: str) -> forms.DateField:
    """A day, in whatever form a browser or a person writes it."""
    return forms.DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"class": "fr-input", "type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Cette date n’est pas comprise. Exemple : 15/03/2027."},
    )


def kinds(labels: Iterable[tuple[str, str]]) -> forms.ChoiceField:
    """What kind of thing a line is; a past report does not always tell."""
    return forms.ChoiceField(
        label="Nature",
        required=False,
        choices=[("", "Non précisée"), *labels],
        widget=forms.Select(attrs={"class": "fr-select"}),
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )


class LineForm(forms.Form):
    """One line of a list, in an edition whose school year bounds its days."""

    use_required_attribute = False

    def __init__(self, *args: Any, edition: str, **kwargs: Any) -> None:
        """Know the school year, and take an empty line for none."""
        super().__init__(*args, **(kwargs | {"empty_permitted": True}))
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


class WindowForm(LineForm):
    """A date window; one day alone is a window too."""

    starts = day("Du")
    ends = day("Au")

    def clean(self) -> dict[str, Any]:
        """Complete a single day."""
        super().clean()
        self.check_days("starts", "ends")
        data = self.cleaned_data
        if data.get("starts") and not data.get("ends") and not self.errors:
            data["ends"] = data["starts"]
        return data


class TempsFortForm(LineForm):
    """A dated event, and the stops of a tour."""

    title = text("Titre", 250, required=True)
    kind = kinds((k.value, k.label) for k in TypeTempsFort)
    starts = day("Premier jour")
    ends = day("Dernier jour")
    place = text("Lieu", 200)
    summary = long_text("En quelques mots", 3)
    stops = long_text(
        "Étapes",
        3,
        "Pour une tournée : une par ligne, avec sa date si elle est connue. Exemple : Nevers ; 15/03/2027",
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

    def clean(self) -> dict[str, Any]:
        """Check the days."""
        super().clean()
        self.check_days("starts", "ends")
        return self.cleaned_data


class RessourceForm(LineForm):
    """A document or medium: in line for all, or only sent to the national bureau."""

    title = text("Titre", 250)
    kind = kinds((k.value, k.label) for k in TypeRessource)
    url = forms.URLField(
        label="Adresse",
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "fr-input", "placeholder": "https://"}),
        error_messages={"invalid": "Cette adresse est incomplète. Exemple : https://www.ac-dijon.fr/page"},
    )
    transmitted = forms.BooleanField(
        label="Seulement transmise au bureau national, sans être publiée", required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a title, unless an address stands for it."""
        super().clean()
        data = self.cleaned_data
        if not data.get("title") and not data.get("url") and not self.errors:
            self.add_error("title", "Donnez un titre ou une adresse.")
        return data


class PartenaireForm(LineForm):
    """A partner of the committee."""

    name = text("Organisme", 200, required=True)
    kind = kinds((k.value, k.label) for k in TypePartenaire if k)
    internal = forms.BooleanField(label="De l’Éducation nationale", required=False)


class LinesFormSet(forms.BaseFormSet):  # type: ignore[type-arg]  # lines of one kind, named by the factory
    """A list whose order is that of its lines."""

    def lines(self) -> list[dict[str, Any]]:
        """The lines that say something, in order."""
        return [form.cleaned_data for form in self.forms if form.has_changed()]


class WindowsFormSet(LinesFormSet):
    """Date windows, each once."""

    def clean(self) -> None:
        """Refuse two windows that begin on the same day: the second would replace the first."""
        seen = set()
        for form in self.forms:
            starts = form.cleaned_data.get("starts") if form.is_valid() else None
            if starts and starts in seen:
                form.add_error("starts", "Une autre période commence déjà ce jour-là.")
            seen.add(starts)


def list_of(form: type[LineForm], formset: type[LinesFormSet] = LinesFormSet) -> type[LinesFormSet]:
    """Return the list of such lines, with an empty one to begin."""
    made: Any = forms.formset_factory(
        form, formset=formset, extra=1, max_num=MAX_LINES, absolute_max=MAX_LINES, validate_max=True
    )
    return cast("type[LinesFormSet]", made)


#: Each list by the name its fields begin with.
LISTS: dict[str, type[LinesFormSet]] = {
    "windows": list_of(WindowForm, WindowsFormSet),
    "temps_forts": list_of(TempsFortForm),
    "ressources": list_of(RessourceForm),
    "partners": list_of(PartenaireForm),
}
