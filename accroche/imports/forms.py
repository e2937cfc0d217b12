"""Clean input about census files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone

from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition
from accroche.comptes.permissions import Access, Lookups
from accroche.comptes.regles import Right
from accroche.imports.models import Depot
from accroche.imports.queries.export import Contenance
from accroche.imports.recensement.answers import AnswerError, Question, asked
from accroche.imports.recensement.champs import CHAMPS, Champ
from accroche.imports.recensement.columns import letter
from accroche.integrations.tableur.controle import LIGHTER, MAX_BYTES, MEGABYTE

_SELECT = {"class": "fr-select"}


class _Semaine(forms.Form):
    """An académie the person moderates, and an edition. ``only``: the académie, when there is no choice."""

    academie = forms.ModelChoiceField(
        Academie.objects.none(),
        label="Académie",
        widget=forms.Select(attrs=_SELECT),
        empty_label=None,
        error_messages={"invalid_choice": "Ce n’est pas une académie que vous relisez."},
    )
    edition = forms.ModelChoiceField(
        Edition.objects.all(), label="Édition", widget=forms.Select(attrs=_SELECT), empty_label=None
    )

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        """Offer the académies of the person, and the running edition first."""
        super().__init__(*args, **kwargs)
        own = Academie.objects.filter(access.q(Right.MODERATE, Lookups(academie="pk")))
        field: Any = self.fields["academie"]
        field.queryset = own
        held = list(own[:2])
        self.only = held[0] if len(held) == 1 else None
        if self.only:
            field.initial, field.widget = self.only.pk, forms.HiddenInput()
        running = Edition.objects.declaring_on(timezone.localdate()).first()
        self.fields["edition"].initial = running


class DepotForm(_Semaine):
    """A file to import."""

    fichier = forms.FileField(
        label="Votre tableau",
        help_text=(
            f"Excel (.xlsx), LibreOffice (.ods) ou CSV, {MAX_BYTES // MEGABYTE} Mo au plus. "
            "Gardez vos propres en-têtes."
        ),
        widget=forms.FileInput(
            attrs={
                "class": "fr-upload",
                "accept": ".xlsx,.ods,.csv,.tsv,.txt",
                "data-octets-au-plus": MAX_BYTES,
                "data-trop-gros": LIGHTER,
            }
        ),
        error_messages={"required": "Choisissez un fichier.", "empty": "Ce fichier est vide."},
        max_length=200,
    )
    field_order = ("fichier", "academie", "edition")


class ExportForm(_Semaine):
    """What to export, and as what."""

    mentions = None

    contenu = forms.ChoiceField(
        label="Contenu",
        choices=[(one.value, one.label) for one in Contenance],
        widget=forms.Select(attrs=_SELECT),
    )
    format = forms.ChoiceField(
        label="Format",
        choices=[("xlsx", "Excel (.xlsx)"), ("csv", "CSV")],
        widget=forms.Select(attrs=_SELECT),
    )


class ReponsesForm(forms.Form):
    """What holds for all the rows of a read file that do not say it: a field for each question it raises."""

    def __init__(self, depot: Depot, *args: Any, **kwargs: Any) -> None:
        """Ask what some rows lack, and what was answered already."""
        super().__init__(*args, **kwargs)
        missing = (one["field"] for one in depot.report.get("missing", []))
        self.questions = asked(missing, depot.answers)
        for question in self.questions:
            self.fields[question.key] = _field_of(question, depot.answers.get(question.key, ""))

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be read."""
        for question in self.questions:
            if text := self.cleaned_data.get(question.key):
                try:
                    self.cleaned_data[question.key] = question.read(text)
                except AnswerError as error:
                    self.add_error(question.key, str(error))
        return self.cleaned_data


def _field_of(question: Question, initial: str) -> forms.Field:
    common: dict[str, Any] = {"label": question.label, "initial": initial, "required": False}
    if question.choices:
        choices = [("", "(rien pour l’instant)"), *question.choices]
        common["error_messages"] = {"invalid_choice": "Choisissez une des réponses proposées."}
        return forms.ChoiceField(choices=choices, widget=forms.Select(attrs=_SELECT), **common)
    return forms.CharField(max_length=200, widget=forms.TextInput(attrs={"class": "fr-input"}), **common)


class ColonnesForm(forms.Form):
    """What each column of a read file holds: one list for each, « s2c14 » for column 14 of sheet 2."""

    def __init__(self, depot: Depot, *args: Any, **kwargs: Any) -> None:
        """Make a field for each column, at what was understood."""
        super().__init__(*args, **kwargs)
        self.depot = depot
        choices = [(Champ.IGNORE.value, Champ.IGNORE.label)]
        choices += [(champ.value, champ.label) for champ in CHAMPS if champ is not Champ.IGNORE]
        for name, _, column in self._columns():
            position, heading, champ = column[:3]
            self.fields[name] = forms.ChoiceField(
                label=heading or f"Colonne {position + 1}",
                choices=choices,
                initial=champ,
                widget=forms.Select(attrs=_SELECT),
            )

    def _columns(self) -> Iterator[tuple[str, str, list[Any]]]:
        for rank, table in enumerate(self.depot.tables.get("tables", [])):
            for column in table["columns"]:
                yield f"s{rank}c{column[0]}", table["sheet"], column

    def sheets(self) -> Iterator[dict[str, Any]]:
        """Yield each table: its sheet, the row of its headings, and its columns as the page shows them."""
        samples = self.depot.tables.get("samples", {})
        for rank, table in enumerate(self.depot.tables.get("tables", [])):
            held = samples.get(table["sheet"], {})
            yield {
                "sheet": table["sheet"] if len(self.depot.tables["tables"]) > 1 else "",
                "heading_row": table["heading_row"],
                "columns": [
                    {
                        "letter": letter(column[0]),
                        "sample": held.get(str(column[0]), ""),
                        "remembered": column[4],
                        "ignored": column[2] == Champ.IGNORE,
                        "field": self[f"s{rank}c{column[0]}"],
                    }
                    for column in table["columns"]
                ],
            }

    def chosen(self) -> dict[str, dict[int, Champ]]:
        """Return the answers, by sheet and position."""
        found: dict[str, dict[int, Champ]] = {}
        for name, sheet, column in self._columns():
            found.setdefault(sheet, {})[column[0]] = Champ(self.cleaned_data[name])
        return found
