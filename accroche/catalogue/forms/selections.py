"""Clean input of selections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from accroche.annuaire.models import Academie
from accroche.catalogue.operations.selections import GesteDeSelection, SelectionDite
from accroche.commun.conflit import MarksField
from accroche.commun.saisies import ligne, prose
from accroche.pilotage.forms.semaine_listes import as_kept
from accroche.pilotage.forms.semaine_prive import public_text

#: Characters of an introduction: about a page.
LONGEST: Final = 3000
#: The bureau's own, among the owners one chooses from.
NATIONAL: Final = "national"
_MOST: Final = 2**31 - 1


class SelectionForm(forms.Form):
    """What is written of a selection; ``lus``: the marks of what the page showed."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=_MOST, required=False)
    lus = MarksField()
    name = ligne("Nom", 120, "Par exemple : Le théâtre pour raccrocher", required=True)
    introduction = prose(
        "Présentation",
        LONGEST,
        6,
        "Du texte simple ; une ligne vide commence un paragraphe.",
        validators=[public_text],
        error_messages={"max_length": "Ce texte dépasse 3\u202f000 caractères : raccourcissez-le."},
    )

    def clean_name(self) -> str:
        """One line, without what would publish somebody's number."""
        name = str(self.cleaned_data["name"])
        public_text(name)
        return name

    def dite(self) -> SelectionDite:
        """What was typed. Only once it is valid."""
        return SelectionDite(self.cleaned_data["name"], as_kept(self.cleaned_data["introduction"]))


class NouvelleSelectionForm(SelectionForm):
    """The same, with whose it is and whether its sheets are fixed."""

    a_qui = forms.ChoiceField(
        label="À qui est cette sélection\u00a0?",
        widget=forms.Select(attrs={"class": "fr-select"}),
        error_messages={
            "required": "Choisissez dans la liste.",
            "invalid_choice": "Choisissez dans la liste.",
        },
    )
    figee = forms.ChoiceField(
        label="Quelles fiches montre-t-elle\u00a0?",
        choices=[
            ("non", "Celles que ces filtres trouvent, chaque jour (vivante)"),
            ("oui", "Celles que ces filtres trouvent aujourd’hui, dans l’ordre de mon choix (figée)"),
        ],
        initial="non",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez dans la liste.",
            "invalid_choice": "Choisissez dans la liste.",
        },
    )

    def __init__(self, *args: Any, academies: Sequence[Academie], national: bool, **kwargs: Any) -> None:
        """Offer the owners in whose name one writes."""
        super().__init__(*args, **kwargs)
        self.academies = {academie.slug: academie for academie in academies}
        owners = [(NATIONAL, "Bureau national")] if national else []
        owners += [(academie.slug, f"Académie : {academie.name}") for academie in academies]
        self.fields["a_qui"].choices = owners  # type: ignore[attr-defined]

    @property
    def academie(self) -> Academie | None:
        """Whose it is; None: the bureau's. Only once it is valid."""
        return self.academies.get(self.cleaned_data["a_qui"])


class GesteSelectionForm(forms.Form):
    """One press of a button."""

    geste = forms.ChoiceField(choices=[(geste.value, geste.label) for geste in GesteDeSelection])
    version = forms.IntegerField(min_value=0, max_value=_MOST)
    fiche = forms.IntegerField(min_value=1, max_value=2**62, required=False)


class AutreFicheForm(forms.Form):
    """A further sheet, by the address of its page."""

    use_required_attribute = False

    adresse = ligne(
        "Adresse de la fiche à ajouter",
        500,
        "Celle de sa page, copiée dans votre navigateur. La fiche vient en dernier.",
        required=True,
        inputmode="url",
        autocomplete="off",
    )
