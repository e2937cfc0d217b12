"""Clean input of the grid: a version's head, one criterion, a copy, giving it to an edition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.datastructures import MultiValueDict

from accroche.campagne.grille import (
    CODE_LENGTH,
    CRITERE_CODE_LENGTH,
    LABEL_LENGTH,
    LEVEL_LENGTH,
    LEVELS,
    MOST_WEIGHT,
    PREAMBLE_LENGTH,
)
from accroche.campagne.models import Edition, Grille
from accroche.campagne.preuves import Preuve
from accroche.campagne.regles import AXE_LABELS
from accroche.commun.conflit import MarksField, marks
from accroche.commun.listes import Listes, Rangee, Sorte, after_button
from accroche.commun.saisies import jour, ligne, prose
from accroche.evaluation.grille import LEVEL_FIELDS, Valeurs

Typed = Mapping[str, list[str]]


class ObjectifRangee(Rangee):
    """One objective; ``number``: its row, nothing for a new one."""

    needed = "label"
    missing = "Donnez son intitulé à cet objectif, ou retirez la ligne."

    number = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    label = ligne("Intitulé de l’objectif", LABEL_LENGTH)

    def row(self) -> list[Any]:
        """Its number and its wording."""
        return [self.cleaned_data.get("number"), self.cleaned_data["label"].strip()]


LISTES: Final = {
    "objectifs": Sorte(
        ObjectifRangee,
        "Objectifs",
        "Ajouter un objectif",
        "Ils se lisent dans cet ordre. Un objectif se retire quand il n’a plus de critère.",
        ordered=True,
    )
}


class _Tete(forms.Form):
    use_required_attribute = False

    lu = MarksField()
    name = ligne("Nom de cette version", LABEL_LENGTH, required=True)
    preamble = prose(
        "Préambule",
        PREAMBLE_LENGTH,
        10,
        "À quoi sert la grille et comment s’en servir. Sautez une ligne entre deux paragraphes.",
    )


class TetePage:
    """The name, the preamble and the objectives of a version, over what it holds (``values``)."""

    def __init__(self, values: Valeurs, data: Typed | None = None) -> None:
        """Fill the page with what it holds, or with what was typed; a button of the list rearranges it."""
        post, self.touched = after_button(MultiValueDict(data)) if data is not None else (None, "")
        initial = {"name": values["name"], "preamble": values["preamble"], "lu": marks(values)}
        self.form = _Tete(post, initial=initial)
        rows = [{"number": number, "label": label} for number, label in values["objectifs"]]
        self.listes = Listes(LISTES, post, {"objectifs": rows})

    def is_valid(self) -> bool:
        """Whether all of it can be written."""
        return all([self.form.is_valid(), self.listes.is_valid()])

    @property
    def read(self) -> dict[str, str]:
        """The marks of what the page showed. Only once it is valid."""
        return _marks(self.form)

    def values(self) -> dict[str, Any]:
        """What was typed, as JSON values. Only once it is valid."""
        data = self.form.cleaned_data
        return {
            "name": data["name"].strip(),
            "preamble": _lines(data["preamble"]),
            "objectifs": list(self.listes.content()["objectifs"]),
        }


def _marks(form: forms.Form) -> dict[str, str]:
    """What the page showed, as it sent it back; what is no such thing shows nothing."""
    held = form.cleaned_data.get("lu")
    return held if isinstance(held, dict) else {}


def _lines(text: str) -> str:
    """A text as it is kept: a browser sends other ends of lines."""
    return text.replace("\r\n", "\n").strip()


class CritereForm(forms.Form):
    """One criterion of a version; words, axis and evidence may wait, its code and title may not."""

    use_required_attribute = False

    lu = MarksField()
    objectif = forms.ChoiceField(label="Objectif", widget=forms.Select(attrs={"class": "fr-select"}))
    code = ligne("Numéro", CRITERE_CODE_LENGTH, "Par exemple 2.3 ; chaque critère a le sien.", required=True)
    title = ligne("Intitulé", LABEL_LENGTH, "Ce que le critère regarde, en quelques mots.", required=True)
    axe = forms.ChoiceField(
        label="Axe de travail",
        help_text="Celui qu’un niveau bas fait proposer à l’académie.",
        required=False,
        choices=[("", "À choisir"), *((code, label) for code, label in AXE_LABELS.items())],
        widget=forms.Select(attrs={"class": "fr-select"}),
    )
    weight = forms.TypedChoiceField(
        label="Poids",
        help_text="Ce que le critère compte parmi ceux de son objectif.",
        coerce=int,
        choices=[(n, str(n)) for n in range(1, MOST_WEIGHT + 1)],
        widget=forms.Select(attrs={"class": "fr-select"}),
    )
    evidence = forms.MultipleChoiceField(
        label="Ce que le site montre à côté",
        help_text="Ce qu’il sait déjà de la semaine, et qui aide à choisir un niveau.",
        required=False,
        choices=[
            (one.value, f"{one.label} : {one.explanation[0].lower()}{one.explanation[1:]}") for one in Preuve
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    anciens = forms.MultipleChoiceField(
        label="D’où il vient",
        help_text="Les critères de la version d’avant qu’il prolonge. Aucun : il est nouveau. "
        "Les niveaux ne se comparent que d’un critère à un seul.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, grille: Grille, values: Valeurs, data: Typed | None = None) -> None:
        """Offer the objectives of ``grille`` and the criteria of the version before it."""
        post = MultiValueDict(data) if data is not None else None
        super().__init__(post, initial=dict(values) | {"lu": marks(values)})
        self.before = values
        self.fields["objectif"].choices = [(one.code, one.label) for one in grille.objectifs.all()]  # type: ignore[attr-defined]
        if grille.previous is None:
            del self.fields["anciens"]
        else:
            self.fields["anciens"].choices = anciens_of(grille.previous)  # type: ignore[attr-defined]
        for n, name in enumerate(LEVEL_FIELDS):
            ends = {0: "Le plus bas.", LEVELS - 1: "Le plus haut."}
            self.fields[name] = prose(f"Niveau {n}", LEVEL_LENGTH, 3, ends.get(n, ""))

    @property
    def niveaux(self) -> list[forms.BoundField]:
        """The fields of the five levels, the lowest first."""
        return [self[name] for name in LEVEL_FIELDS]

    @property
    def read(self) -> dict[str, str]:
        """The marks of what the page showed. Only once it is valid."""
        return _marks(self)

    def values(self) -> dict[str, Any]:
        """What was typed, as JSON values, in the order of ``before``. Only once it is valid."""
        data = self.cleaned_data
        typed: dict[str, Any] = {name: data.get(name, self.before[name]) for name in self.before}
        return typed | {name: " ".join(typed[name].split()) for name in ("code", "title", *LEVEL_FIELDS)}


def anciens_of(previous: Grille) -> list[tuple[str, str]]:
    """The criteria of the version before, to choose from."""
    rows = (critere for objectif in previous.objectifs.all() for critere in objectif.criteres.all())
    return [(critere.code, str(critere)) for critere in rows]


class CopieForm(forms.Form):
    """A new version: its code and its name."""

    use_required_attribute = False

    name = ligne("Nom de la nouvelle version", LABEL_LENGTH, required=True)
    code = forms.SlugField(
        label="Code",
        max_length=CODE_LENGTH,
        help_text="Court et sans espace : l’année, par exemple. Il fait partie de l’adresse de la page.",
        widget=forms.TextInput(attrs={"class": "fr-input", "autocomplete": "off"}),
        error_messages={"invalid": "Écrivez des minuscules, des chiffres et des tirets, sans espace."},
    )

    def clean_code(self) -> str:
        """In small letters: it is part of an address."""
        return str(self.cleaned_data["code"]).lower()


class UsageForm(forms.Form):
    """The edition that takes a version, and the last day to fill it."""

    use_required_attribute = False

    edition = forms.ModelChoiceField(
        label="Édition",
        queryset=Edition.objects.none(),
        to_field_name="year",
        empty_label=None,
        widget=forms.Select(attrs={"class": "fr-select"}),
        error_messages={
            "invalid_choice": "Cette édition n’existe pas, ou elle est close.",
            "required": "Choisissez une édition.",
        },
    )
    due_on = jour("Dernier jour pour la remplir", "Vide : pas d’échéance.")

    def __init__(self, editions: Any, *args: Any, **kwargs: Any) -> None:
        """Offer ``editions``."""
        super().__init__(*args, **kwargs)
        self.fields["edition"].queryset = editions  # type: ignore[attr-defined]
