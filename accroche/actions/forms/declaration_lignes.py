"""The lists of a sheet's form: other carriers, partners, links and activities, one line each.

A line left empty is no line: emptying one removes it, with or without scripts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django import forms
from django.forms.formsets import TOTAL_FORM_COUNT

from accroche.actions.regles import RolePartenaire
from accroche.actions.saisie import ActiviteSaisie, Contenu, LienSaisi, PartenaireSaisi, PorteurSaisi
from accroche.annuaire.forms import EtablissementField, label
from accroche.annuaire.models import Etablissement
from accroche.annuaire.regles import TypePorteur

#: Lines of one list: more is a mistake or an attack.
MOST = 60


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


def _line(label_: str, length: int, **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label_,
        max_length=length,
        required=False,
        widget=forms.TextInput(attrs={"class": "fr-input", **attrs}),
    )


def _choice(label_: str, vocabulary: type[Any]) -> forms.ChoiceField:
    choices = [("", "Choisir…"), *((code.value, code.label) for code in vocabulary if code.value)]
    return forms.ChoiceField(
        label=label_, choices=choices, required=False, widget=forms.Select(attrs={"class": "fr-select"})
    )


def day(label_: str, help_text: str = "") -> forms.DateField:
    """An optional day."""
    return forms.DateField(
        label=label_,
        required=False,
        help_text=help_text,
        widget=forms.DateInput(attrs={"class": "fr-input", "type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Écrivez un jour qui existe, par exemple 23/11/2026."},
    )


class Ligne(forms.Form):
    """One line of a list; ``needed``: the field without which the others mean nothing."""

    needed: ClassVar[str]
    missing: ClassVar[str]
    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        """Ask for the field that is needed once another one is filled."""
        data: dict[str, Any] = super().clean() or {}
        told = any(value for name, value in data.items() if name != "number")
        if told and not data.get(self.needed) and self.needed not in self.errors:
            self.add_error(self.needed, self.missing)
        return data

    @property
    def is_told(self) -> bool:
        """Whether the line holds something."""
        return bool(self.cleaned_data.get(self.needed))

    def row(self) -> Any:
        """The line as plain data."""
        raise NotImplementedError


class PorteurLigne(Ligne):
    """Another carrier: a school of the directory, or another organisation by name."""

    etablissement = EtablissementField(label="Un autre établissement", required=False)
    name = _line("Ou un autre organisme", 200)
    kind = _choice("Type d’organisme", TypePorteur)
    commune = _line("Commune", 100)

    needed = "name"
    missing = "Nommez l’organisme, ou videz la ligne."

    def clean(self) -> dict[str, Any]:
        """A school names itself; another organisation says what it is."""
        data = super().clean()
        if school := data.get("etablissement"):
            self.errors.pop("name", None)
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


class PartenaireLigne(Ligne):
    """A partner, its role and what it brings."""

    name = _line("Nom du partenaire", 200)
    role = _choice("Sa part", RolePartenaire)
    part = _line("En quelques mots", 200)

    needed = "name"
    missing = "Nommez le partenaire, ou videz la ligne."

    def row(self) -> PartenaireSaisi:
        """The partner as plain data."""
        data = self.cleaned_data
        return PartenaireSaisi(on_one_line(data["name"]), data["role"], on_one_line(data["part"]))


class LienLigne(Ligne):
    """A link and the words to show for it."""

    url = forms.URLField(
        label="Adresse du lien",
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "fr-input"}),
        error_messages={"invalid": "Cette adresse est incomplète. Exemple : https://college.example/forum"},
    )
    label = _line("Ce qu’on y trouve", 250)

    needed = "url"
    missing = "Donnez l’adresse, ou videz la ligne."

    def row(self) -> LienSaisi:
        """The link as plain data."""
        return LienSaisi(self.cleaned_data["url"], on_one_line(self.cleaned_data["label"]))


class ActiviteLigne(Ligne):
    """One of the things that happen inside the action."""

    title = _line("Titre", 300)
    starts = day("Premier jour")
    ends = day("Dernier jour")
    description = forms.CharField(
        label="Ce qui se passe",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"class": "fr-input", "rows": 3}),
    )
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


class Liste(forms.BaseFormSet):  # type: ignore[type-arg]  # its forms are named where it is made
    """The lines of one list, told apart by ``prefix``."""

    def keep_silent(self) -> None:
        """Show the lines as they were typed, without judging them yet."""
        for form in self.forms:
            form._errors = forms.utils.ErrorDict()  # noqa: SLF001 - what Django fills when it judges
        self._errors: list[Any] = []
        self._non_form_errors = self.error_class()

    def rows(self) -> tuple[Any, ...]:
        """The lines that hold something, as plain data."""
        return tuple(form.row() for form in self.forms if form.is_told)


LIGNES: dict[str, tuple[type[Ligne], str, str]] = {
    "activites": (ActiviteLigne, "Plusieurs temps dans l’action", "Ajouter un temps"),
    "partenaires": (PartenaireLigne, "Partenaires", "Ajouter un partenaire"),
    "porteurs": (PorteurLigne, "Autres porteurs", "Ajouter un porteur"),
    "liens": (LienLigne, "Liens", "Ajouter un lien"),
}


class Lignes:
    """All the lists of a sheet's form."""

    def __init__(self, data: Any, content: Contenu, carriers: Iterable[PorteurSaisi]) -> None:
        """Show the lists of ``content``, whose carriers beside the first are ``carriers``."""
        initial = {
            "porteurs": [_carrier(row) for row in carriers],
            "partenaires": [
                {"name": row.name, "role": row.role, "part": row.part} for row in content.partenaires
            ],
            "liens": [{"url": row.url, "label": row.label} for row in content.liens],
            "activites": [
                {
                    "title": row.title,
                    "description": row.description,
                    "starts": row.starts,
                    "ends": row.ends,
                    "number": row.number,
                }
                for row in content.activites
            ],
        }
        self.lists: dict[str, Liste] = {}
        for name, (form, _title, _add) in LIGNES.items():
            kind: type[Any] = forms.formset_factory(
                form, formset=Liste, extra=0, max_num=MOST, absolute_max=MOST
            )
            # what was sent speaks for itself: compared with the sheet, a line that did not change since
            # the last save would count as empty
            self.lists[name] = kind(data, prefix=name, initial=initial[name] if data is None else None)

    def __iter__(self) -> Iterator[tuple[str, str, str, Liste]]:
        """Each list with its name, its title and the words of its button."""
        for name, (_form, title, add) in LIGNES.items():
            yield name, title, add, self.lists[name]

    def is_valid(self) -> bool:
        """Whether every line is right."""
        # each of them is asked, so that every mistake shows at once
        return False not in [rows.is_valid() for rows in self.lists.values()]

    def content(self) -> dict[str, tuple[Any, ...]]:
        """The lists as plain data, by their name in ``Contenu``."""
        return {name: rows.rows() for name, rows in self.lists.items()}

    def keep_silent(self) -> None:
        """Show the lines as they were typed, without judging them yet."""
        for rows in self.lists.values():
            rows.keep_silent()


def _carrier(row: PorteurSaisi) -> dict[str, Any]:
    """A carrier as its line shows it: a school fills one field, another organisation three."""
    if row.uai:
        school = Etablissement.objects.filter(uai=row.uai).first()
        return {"etablissement": label(school) if school else row.uai}
    return {"name": row.name, "kind": row.kind, "commune": row.commune}


def with_one_more(data: Any, name: str) -> Any:
    """Return what was sent with one more empty line in the list ``name``: the button without scripts."""
    copy = data.copy()
    key = f"{name}-{TOTAL_FORM_COUNT}"
    told = str(copy.get(key, ""))
    if name in LIGNES and told.isdecimal():
        copy[key] = str(min(int(told[:4]) + 1, MOST))
    return copy
