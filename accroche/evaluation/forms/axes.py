"""Clean input of axes: those an académie chooses, in order, and its word on those before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms

from accroche.campagne.axes import AxeNational
from accroche.commun.saisies import prose
from accroche.dossier.dossier import AxeRetenu
from accroche.evaluation.axes import MOST_AXES
from accroche.evaluation.regles import EtatSuivi
from accroche.pilotage.forms.semaine_listes import as_kept
from accroche.pilotage.forms.semaine_prive import public_text

#: Characters of a detail or a comment: half a page.
LONGEST_DETAIL: Final = 1500

RANKS: Final = range(1, MOST_AXES + 1)


@dataclass(frozen=True)
class AxesSaisis:
    """The axes an académie keeps, as the page of a conflict compares them."""

    axes: tuple[AxeRetenu, ...]


class ChoixForm(forms.Form):
    """Four ranks: an axis of the catalogue, and what the académie means by it here."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, catalogue: Iterable[AxeNational], **kwargs: Any) -> None:
        """Offer the axes of ``catalogue`` at each rank."""
        super().__init__(*args, **kwargs)
        choices = [("", "Aucun"), *((axe.code, axe.label) for axe in catalogue)]
        for rank in RANKS:
            self.fields[f"axe_{rank}"] = forms.ChoiceField(
                label=f"Axe n° {rank}".replace("° ", "°\u00a0"),
                choices=choices,
                required=False,
                widget=forms.Select(attrs={"class": "fr-select"}),
                error_messages={"invalid_choice": "Choisissez dans la liste."},
            )
            self.fields[f"detail_{rank}"] = prose(
                f"Ce que nous ferons (axe n°\u00a0{rank})",
                LONGEST_DETAIL,
                3,
                validators=[public_text],
                error_messages={"max_length": "Ce texte dépasse 1\u202f500 caractères : raccourcissez-le."},
            )

    @property
    def rangs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The axis and the detail of each rank."""
        return [(self[f"axe_{rank}"], self[f"detail_{rank}"]) for rank in RANKS]

    def clean(self) -> dict[str, Any]:
        """Refuse none, the same twice, and words that belong to no axis."""
        data = super().clean() or {}
        seen: set[str] = set()
        for rank in RANKS:
            code = data.get(f"axe_{rank}", "")
            if code and code in seen:
                self.add_error(f"axe_{rank}", "Cet axe est déjà choisi plus haut : gardez-le à un seul rang.")
            if not code and data.get(f"detail_{rank}") and f"axe_{rank}" not in self.errors:
                self.add_error(f"axe_{rank}", "Choisissez l’axe dont parle ce texte, ou effacez le texte.")
            seen.add(code)
        if not seen - {""} and not self.errors:
            self.add_error("axe_1", "Choisissez au moins un axe.")
        return data

    def choix(self) -> AxesSaisis:
        """The axes as typed, in their order, without the ranks left empty. Only once it is valid."""
        data = self.cleaned_data
        rows = ((data[f"axe_{rank}"], as_kept(data[f"detail_{rank}"])) for rank in RANKS)
        return AxesSaisis(tuple(AxeRetenu(code, detail) for code, detail in rows if code))


def initial_of(axes: Sequence[AxeRetenu]) -> dict[str, str]:
    """The ranks as the page shows them before anybody types."""
    found: dict[str, str] = {}
    for rank, axe in enumerate(axes[:MOST_AXES], start=1):
        found |= {f"axe_{rank}": axe.code, f"detail_{rank}": axe.detail}
    return found


class SuiviForm(forms.Form):
    """What became of one axis: how far, and in which way."""

    code = forms.CharField(max_length=30, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    mot = forms.ChoiceField(
        label="Où en êtes-vous ?",
        choices=[(etat.value, etat.label) for etat in EtatSuivi if etat],
        widget=forms.RadioSelect,
        error_messages={"required": "Dites où vous en êtes.", "invalid_choice": "Choisissez dans la liste."},
    )
    comment = prose(
        "Comment ?",
        LONGEST_DETAIL,
        3,
        "Le bureau national et votre académie le lisent, personne d’autre.",
        error_messages={"max_length": "Ce texte dépasse 1\u202f500 caractères : raccourcissez-le."},
    )

    def clean_comment(self) -> str:
        """The text as it is kept."""
        return as_kept(self.cleaned_data["comment"])
