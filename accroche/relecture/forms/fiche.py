"""Clean input about one sheet: a step with its reasons, a message, a distinction."""

from __future__ import annotations

from typing import Any

from django import forms

from accroche.actions.cycle import TRANSITIONS, Step
from accroche.actions.forms.declaration import ANSWER_HELP
from accroche.commun.saisies import prose
from accroche.dossier.exemples import MOST
from accroche.relecture.motifs import MOTIFS, compose, motifs_for

#: The longest message or reason.
LONGEST = 4000
#: Steps with pages of their own: they need another sheet.
ELSEWHERE = frozenset({Step.MERGE, Step.SPLIT})


class MotifsForm(forms.Form):
    """Reasons to tick and words of one's own, for one step; ``reason`` is what the school reads."""

    motifs = forms.MultipleChoiceField(
        label="Pourquoi ?", required=False, widget=forms.CheckboxSelectMultiple()
    )
    precision = prose(
        "Avec vos mots",
        LONGEST,
        rows=3,
        help_text="L’établissement lira ce texte.",
        error_messages={"max_length": "Ce texte est trop long : restez sous 4 000 caractères."},
    )

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        """Offer the reasons of ``step``."""
        super().__init__(*args, **{"auto_id": f"id_{step}_%s"} | kwargs)
        self.step = step
        offered = [(motif.code, motif.label) for motif in motifs_for(step)]
        self.fields["motifs"].choices = offered  # type: ignore[attr-defined]
        if step is Step.SUBMIT:  # an answer to the académie, with no ready reasons
            self.fields["precision"].label = "Votre réponse"
            self.fields["precision"].help_text = ANSWER_HELP

    @property
    def needs_reason(self) -> bool:
        """Whether the step owes the other side a word."""
        return TRANSITIONS[self.step].needs_reason

    @property
    def mentions(self) -> dict[str, str]:
        """A reason to tick or words of one's own: one of both is owed."""
        if not self.needs_reason:
            return {}
        return {"motifs": "un motif, ou vos mots", "precision": "obligatoire sans motif coché"}

    def clean(self) -> dict[str, Any]:
        """Put the reasons together; one is owed when the step says so."""
        data: dict[str, Any] = super().clean() or {}
        codes = [code for code in data.get("motifs", ()) if code in MOTIFS]
        data["reason"] = compose(codes, data.get("precision", ""))
        if not self.errors and self.needs_reason and not data["reason"]:
            self.add_error(
                "precision", "Cochez un motif ou écrivez-en un : la personne qui a déclaré l’action le lira."
            )
        return data


class EtapeForm(forms.Form):
    """Which step, on which reading of the sheet."""

    etape = forms.TypedChoiceField(
        choices=[(step, step.label) for step in Step if step not in ELSEWHERE], coerce=Step
    )
    version = forms.IntegerField(min_value=0)


class CommentaireForm(forms.Form):
    """A message of the thread."""

    text = prose(
        "Votre message",
        LONGEST,
        rows=4,
        required=True,
        error_messages={
            "required": "Écrivez votre message.",
            "max_length": "Ce message est trop long : restez sous 4 000 caractères.",
        },
    )
    internal = forms.BooleanField(
        label="Note interne : seule l’académie la lira", required=False, widget=forms.CheckboxInput()
    )


class DistinctionForm(forms.Form):
    """The mark of a remarkable sheet, its prize, and whether its académie shows it as an example."""

    remarkable = forms.BooleanField(label="Action remarquable", required=False, widget=forms.CheckboxInput())
    prize = forms.CharField(
        label="Prix obtenu",
        help_text="Par exemple « Prix du public 2027 ».",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "fr-input"}),
    )
    chosen = forms.BooleanField(
        label="Exemple de la synthèse",
        help_text=(
            f"La synthèse présente au plus {MOST} exemples par académie : les actions remarquables, puis "
            "celles qui ont un prix, puis celles que vous choisissez ici. Les autres y sont comptées."
        ),
        required=False,
        widget=forms.CheckboxInput(),
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput())
