"""Clean input about census files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from django import forms
from django.utils import timezone

from accroche.annuaire.models import Academie
from accroche.annuaire.organismes import ORGANISMES
from accroche.campagne.models import Edition
from accroche.comptes.permissions import Access, Lookups
from accroche.comptes.regles import Right
from accroche.imports.models import Depot
from accroche.imports.operations.porteurs import Reponse
from accroche.imports.queries.export import Contenance
from accroche.imports.queries.memoire import answer_read, carrier_read
from accroche.imports.recensement.answers import PORTEUR, QUESTION_OF, TITRE, AnswerError, Question, asked
from accroche.imports.recensement.champs import CHAMPS, Champ
from accroche.imports.recensement.columns import letter
from accroche.imports.recensement.tableaux import TableauDuFichier, is_read
from accroche.integrations.tableur.controle import LIGHTER, MAX_BYTES, MEGABYTE

#: Where a kept column tells why it holds what it holds.
_REASON = 5
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
        self.depot = depot
        missing = [one["field"] for one in depot.report.get("missing", [])]
        if depot.report.get("untitled"):
            missing.append(QUESTION_OF[TITRE].field)
        self.questions = asked(missing, depot.answers)
        if not depot.report:  # no column says what nor who: both are told here, or the columns are
            self.questions = (QUESTION_OF[TITRE], QUESTION_OF[PORTEUR])
        for question in self.questions:
            self.fields[question.key] = _field_of(question, depot.answers.get(question.key, ""))

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be read."""
        for question in self.questions:
            if text := self.cleaned_data.get(question.key):
                try:
                    self.cleaned_data[question.key] = _reader(self.depot, question)(text)
                except AnswerError as error:
                    self.add_error(question.key, str(error))
        return self.cleaned_data

    def told(self) -> dict[str, str]:
        """Return what was answered otherwise than it was shown: another tab may have answered the rest."""
        return {key: self.cleaned_data[key] for key in self.changed_data}


def _field_of(question: Question, initial: str) -> forms.Field:
    common: dict[str, Any] = {
        "label": question.label,
        "initial": initial,
        "required": False,
        "show_hidden_initial": True,
    }
    if question.choices:
        choices = [("", "(rien pour l’instant)"), *question.choices]
        common["error_messages"] = {"invalid_choice": "Choisissez une des réponses proposées."}
        return forms.ChoiceField(choices=choices, widget=forms.Select(attrs=_SELECT), **common)
    return forms.CharField(max_length=300, widget=forms.TextInput(attrs={"class": "fr-input"}), **common)


#: The choice that leaves a name to be corrected in the file.
_LATER = "Je corrigerai dans mon tableau"
#: The field of what the names left without an answer are.
REST = "les-autres"
_KINDS = ("Ce n’est pas un établissement", [(kind.value, kind.label) for kind in ORGANISMES])


class PorteursForm(forms.Form):
    """Who carries the rows that name nobody, and who each name is that nobody knows.

    A name has a list, « nom-… », a text for the code of a school, « nom-…-uai », which wins, and what the
    person was shown, « nom-…-vu »: another tab may have answered since.
    """

    def __init__(self, depot: Depot, *args: Any, **kwargs: Any) -> None:
        """Ask about the names of the report, at what was said already."""
        super().__init__(*args, **kwargs)
        self.depot = depot
        carriers = depot.report.get("carriers", {})
        self.names: list[dict[str, Any]] = [*carriers.get("asked", []), *carriers.get("told", [])]
        self.more = carriers.get("more", 0)
        self.without = carriers.get("without", 0)
        question = QUESTION_OF[PORTEUR]
        if self.without or PORTEUR in depot.answers:
            self.fields[PORTEUR] = _field_of(question, depot.answers.get(PORTEUR, ""))
        if sum(map(_may_be_any, self.names)) > 1:
            self.fields[REST] = forms.ChoiceField(
                label="Ceux que je laisse, et qui ne semblent pas être des établissements, sont",
                choices=[("", _LATER), *_KINDS[1]],
                required=False,
                widget=forms.Select(attrs=_SELECT),
                error_messages={"invalid_choice": "Choisissez une des réponses proposées."},
            )
        for one in self.names:
            self.fields[one["field"]] = _choice_of(one)
            self.fields[f"{one['field']}-vu"] = forms.CharField(
                initial=one["answer"], max_length=20, required=False, widget=forms.HiddenInput
            )
            self.fields[f"{one['field']}-uai"] = forms.CharField(
                label=f"UAI de « {one['name']} »",
                max_length=20,
                required=False,
                widget=forms.TextInput(attrs={"class": "fr-input", "autocapitalize": "characters"}),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a code that is none of the académie's, and a school for a name of several communes."""
        if text := self.cleaned_data.get(PORTEUR):
            self._keep(PORTEUR, _reader(self.depot, QUESTION_OF[PORTEUR]), text)
        for one in self.names:
            name = one["field"]
            if code := self.cleaned_data.get(f"{name}-uai", "").strip():
                self._keep(name, partial(answer_read, self.depot.academie, self.depot.edition.year), code)
            if self.cleaned_data.get(name, "")[:1].isdigit() and len(one["communes"]) > 1:
                self.add_error(
                    name,
                    f"« {one['name']} » est dans plusieurs communes : écrivez l’UAI de chacun "
                    "dans votre tableau.",
                )
        return self.cleaned_data

    def _keep(self, name: str, read: Callable[[str], str], text: str) -> None:
        try:
            self.cleaned_data[name] = read(text)
        except AnswerError as error:
            self.add_error(name, str(error))

    def told(self) -> dict[str, str]:
        """Return who carries the rows that name nobody, when it was answered otherwise than it was shown."""
        return {PORTEUR: self.cleaned_data[PORTEUR]} if PORTEUR in self.changed_data else {}

    def given(self) -> list[Reponse]:
        """Return what was said of names otherwise than it was shown; nothing takes back what was said."""
        found = []
        for one in self.names:
            what, shown = (self.cleaned_data.get(f"{one['field']}{end}", "") for end in ("", "-vu"))
            if not what and not shown and _may_be_any(one):
                what = self.cleaned_data.get(REST, "")
            if what != shown:
                found.append(Reponse(one["name"], what, next(iter(one["communes"]), ""), shown))
        return found

    @property
    def one_for_all(self) -> forms.BoundField | None:
        """The field of who carries the rows that name nobody, when that is asked."""
        return self[PORTEUR] if PORTEUR in self.fields else None

    @property
    def rest(self) -> forms.BoundField | None:
        """The field of what the names left without an answer are, when there are some."""
        return self[REST] if REST in self.fields else None

    def asked(self) -> list[dict[str, Any]]:
        """Return the names to say, with their fields."""
        return [one for one in self._shown() if not one["answer"]]

    def answered(self) -> list[dict[str, Any]]:
        """Return those said already: an answer can be changed."""
        return [one for one in self._shown() if one["answer"]]

    def _shown(self) -> Iterator[dict[str, Any]]:
        for one in self.names:
            choice, code, shown = (self[f"{one['field']}{end}"] for end in ("", "-uai", "-vu"))
            yield {**one, "choice": choice, "code": code, "shown": shown}


def _reader(depot: Depot, question: Question) -> Callable[[str], str]:
    """What reads an answer; who carries the rows is looked up, since its rows would be refused one by one."""
    if question.key != PORTEUR:
        return question.read
    return partial(carrier_read, depot.academie, depot.edition.year)


def _may_be_any(one: Mapping[str, Any]) -> bool:
    """Whether a name without an answer may be said together with others: what sounds like a school is not."""
    return not one["answer"] and not one["is_schoolish"]


def _choice_of(one: Mapping[str, Any]) -> forms.ChoiceField:
    schools = [tuple(pair) for pair in one["proposed"]]
    choices: list[Any] = [("", _LATER)]
    if schools:
        choices.append(("Un établissement", schools))
    return forms.ChoiceField(
        label=f"Ce qu’est « {one['name']} »",
        choices=[*choices, _KINDS],
        initial=one["answer"],
        required=False,
        widget=forms.Select(attrs=_SELECT),
        error_messages={"invalid_choice": "Choisissez une des réponses proposées."},
    )


class ColonnesForm(forms.Form):
    """What each column of a read file holds: one list for each, « s2c14 » for column 14 of sheet 2."""

    def __init__(self, depot: Depot, *args: Any, **kwargs: Any) -> None:
        """Make a field for each column, at what was understood."""
        super().__init__(*args, **kwargs)
        self.depot = depot
        choices = [(Champ.IGNORE.value, Champ.IGNORE.label)]
        choices += [
            (champ.value, champ.label)
            for champ in CHAMPS
            if champ is not Champ.IGNORE and not champ.is_information
        ]
        for name, _, column in self._columns():
            position, heading, champ = column[:3]
            # what is told for information is offered where it stands, and nowhere else
            told = [(champ, Champ(champ).label)] if Champ(champ).is_information else []
            self.fields[name] = forms.ChoiceField(
                label=heading or f"Colonne {position + 1}",
                choices=[*choices, *told],
                initial=champ,
                widget=forms.Select(attrs=_SELECT),
                show_hidden_initial=True,
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
                        "score": min(round(column[3]), 100),
                        # kept before columns told why: nothing then
                        "reason": column[5] if len(column) > _REASON else "",
                        "field": self[f"s{rank}c{column[0]}"],
                    }
                    for column in table["columns"]
                ],
            }

    def chosen(self) -> dict[str, dict[int, Champ]]:
        """Return what was chosen otherwise than it was shown, by sheet and position."""
        found: dict[str, dict[int, Champ]] = {}
        for name, sheet, column in self._columns():
            if name not in self.changed_data:
                continue
            found.setdefault(sheet, {})[column[0]] = Champ(self.cleaned_data[name])
        return found


class TableauxForm(forms.Form):
    """Which tables of a read file are read: one list for each sheet, « t2 » for the second."""

    def __init__(self, depot: Depot, *args: Any, **kwargs: Any) -> None:
        """Offer the tables of each sheet, at what is read; nothing where there is one in all."""
        super().__init__(*args, **kwargs)
        there = [TableauDuFichier(*one) for one in depot.tables.get("there", [])]
        self.sheets = list(dict.fromkeys(one.sheet for one in there)) if len(there) > 1 else []
        read = [table["sheet"] for table in depot.tables.get("tables", [])]
        for rank, sheet in enumerate(self.sheets):
            own = [one for one in there if one.sheet == sheet]
            taken = (str(one.row) for one in own if is_read(one, depot.tables.get("chosen"), read))
            self.fields[f"t{rank}"] = forms.ChoiceField(
                label=f"Feuille « {sheet} »" if sheet else "Votre fichier",
                choices=[
                    *((str(one.row), _called(one)) for one in own),
                    *([_UNREAD] if self.sheets[1:] else []),
                ],
                initial=next(taken, ""),
                required=False,
                widget=forms.Select(attrs=_SELECT),
                error_messages={"invalid_choice": "Choisissez un des tableaux de la liste."},
            )

    def clean(self) -> dict[str, Any]:
        """Refuse to read nothing."""
        if not self.errors and not self.chosen():
            self.add_error(None, "Choisissez au moins un tableau.")
        return self.cleaned_data

    def chosen(self) -> dict[str, int]:
        """Return the row of the table to read of each sheet that is read."""
        told = ((sheet, self.cleaned_data.get(f"t{rank}")) for rank, sheet in enumerate(self.sheets))
        return {sheet: int(row) for sheet, row in told if row}


_UNREAD: Final = ("", "ne pas la lire")


def _called(one: TableauDuFichier) -> str:
    """What a table is called in a list: where it begins and its first headings."""
    where = f"le tableau de la ligne {one.row}" if one.row else "son premier tableau"
    return f"{where} : {one.told}" if one.told else where
