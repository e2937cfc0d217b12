"""Answers to the grid, a few criteria at once: one small form each, so that one is refused or late alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from accroche.campagne.models import Critere
from accroche.commun.conflit import marks
from accroche.commun.saisies import prose
from accroche.evaluation.evaluation import COMMENT_LENGTH, TOP, ReponseDite, Sans, dite
from accroche.evaluation.models import Reponse
from accroche.integrations.tableur.controle import MEGABYTE

#: The codes a choice may have, in the order in which they are offered.
CHOICES: Final = (*(str(level) for level in range(TOP + 1)), str(Sans.NOT_APPLICABLE), str(Sans.UNKNOWN))
#: The largest workbook of a grid that is taken, in megabytes: ours weighs a hundredth of it.
LARGEST: Final = 2


def mark_of(told: ReponseDite) -> str:
    """What a page carries of the answer it showed, so that what nobody touched in it is not imposed."""
    return ".".join(_marks(told))


def _marks(told: ReponseDite) -> list[str]:
    """The marks of the choice and of the comment."""
    return list(marks({"choix": told.choice, "mot": told.comment}).values())


class ReponseGrilleForm(forms.Form):
    """The answer to one criterion: its field names begin with the number of its row."""

    use_required_attribute = False

    choix = forms.ChoiceField(
        required=False, choices=[(code, code) for code in CHOICES], widget=forms.RadioSelect
    )
    mot = prose("Commentaire", COMMENT_LENGTH, 2)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    lu = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, critere: Critere, held: Reponse | None, data: Mapping[str, Any] | None = None) -> None:
        """Show what is answered, or what was typed."""
        self.critere, self.held = critere, held
        told = held.dite if held else ReponseDite()
        super().__init__(
            data,
            prefix=f"c{critere.pk}",
            initial={
                "choix": told.choice,
                "mot": told.comment,
                "version": held.version if held else 0,
                "lu": mark_of(told),
            },
        )
        self.told_of = f"Critère {critere.code}"

    @property
    def dite(self) -> ReponseDite:
        """The answer as typed. Only once it is valid."""
        return dite(self.cleaned_data["choix"], self.cleaned_data["mot"])

    @property
    def is_touched(self) -> bool:
        """Whether the answer is not the one the page showed. Only once it is valid."""
        return str(self.cleaned_data["lu"]) != mark_of(self.dite)

    def over(self, held: ReponseDite) -> ReponseDite | None:
        """What was typed here, set into what a colleague answered meanwhile (``held``).

        One chose a level while the other wrote a comment: both stay. None where both touched the same, or
        where it is not known what the page showed: they are asked.
        """
        read = str(self.cleaned_data["lu"]).split(".")
        mine, theirs = [self.dite.choice, self.dite.comment], [held.choice, held.comment]
        if len(read) != len(mine):
            return None
        found, shown_now, held_now = [], _marks(self.dite), _marks(held)
        for typed, there, shown, now, base in zip(mine, theirs, shown_now, held_now, read, strict=True):
            if base not in {shown, now} and typed != there:
                return None
            found.append(there if shown == base else typed)
        return dite(*found)


class MotForm(forms.Form):
    """A question, an answer, or why something is opened again."""

    texte = prose(
        "Message",
        COMMENT_LENGTH,
        3,
        required=True,
        error_messages={"required": "Écrivez votre message."},
    )

    def __init__(self, *args: Any, label: str = "Message", **kwargs: Any) -> None:
        """Name the field by what is asked for."""
        super().__init__(*args, **kwargs)
        self.fields["texte"].label = label


class RetourForm(forms.Form):
    """The workbook of a grid that comes back filled."""

    fichier = forms.FileField(
        label="Votre grille remplie",
        help_text=f"Le fichier téléchargé ici : .xlsx, .ods ou .csv, {LARGEST} Mo au plus.",
        widget=forms.FileInput(attrs={"class": "fr-upload", "accept": ".xlsx,.ods,.csv"}),
        error_messages={"required": "Choisissez un fichier.", "empty": "Ce fichier est vide."},
        max_length=200,
    )

    def clean_fichier(self) -> Any:
        """Refuse what weighs more than any grid."""
        file = self.cleaned_data["fichier"]
        if file.size > LARGEST * MEGABYTE:
            raise forms.ValidationError(
                f"Ce fichier pèse plus de {LARGEST} Mo : ce n’est pas la grille téléchargée ici."
            )
        return file
