"""The page of one part of the report as a form and its list; what is typed becomes values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.utils.datastructures import MultiValueDict

from accroche.commun.conflit import MarksField, marks
from accroche.commun.listes import Listes, Rangee, Sorte, after_button
from accroche.commun.saisies import ligne, prose
from accroche.integrations.markdown.redige import typed
from accroche.lib.redige import LONGEST
from accroche.lib.texte import nombre
from accroche.redaction.contenu import GROUPES, HEADING_LENGTH, Valeurs, passages, settled
from accroche.redaction.parties import Partie

#: A message is a sentence or two.
MESSAGE_LENGTH: Final = 600


def rich(label: str, rows: int, help_text: str = "", length: int = LONGEST) -> forms.CharField:
    """A rich text; ``length`` counts characters as they are typed."""
    look = {"class": "fr-input", "rows": rows, "data-redige": "", "spellcheck": "true", "lang": "fr"}
    field = prose(
        label,
        length,
        rows,
        help_text,
        widget=forms.Textarea(attrs=look),
        error_messages={"max_length": f"Ce texte est trop long : {nombre(length)} signes au plus."},
    )
    # a browser would cut what is pasted without a word; the page refuses it, and says so
    del field.widget.attrs["maxlength"]
    return field


class PartieForm(forms.Form):
    """What the page of every part holds: the marks of what it showed."""

    use_required_attribute = False

    lu = MarksField()

    def values(self) -> Valeurs:
        """What was typed, by field. Only once it is valid."""
        return {name: value for name, value in self.cleaned_data.items() if name != "lu"}


class TexteForm(PartieForm):
    """One text."""

    texte = rich("Texte", 18)

    def clean_texte(self) -> str:
        """Take what was pasted into the signs of a kept text."""
        return typed(self.cleaned_data["texte"])


class IntroductionForm(TexteForm):
    """The introduction, whose headings are the titles of its passages."""

    def clean_texte(self) -> str:
        """Refuse a heading that no passage could have as its title."""
        text = super().clean_texte()
        if any(len(title) > HEADING_LENGTH for title, _ in passages(text)):
            raise forms.ValidationError(f"Un intertitre tient en {HEADING_LENGTH} signes.")
        return text


class ConclusionForm(TexteForm):
    """What the edition shows about one objective, and the académies it cites."""

    academies = forms.MultipleChoiceField(
        label="Académies citées",
        required=False,
        help_text="Leurs fiches sont données à lire sous la conclusion.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, noms: Iterable[str], **kwargs: Any) -> None:
        """Offer the académies of the edition, and those that are cited already."""
        super().__init__(*args, **kwargs)
        held = self.initial.get("academies", ())
        self.fields["academies"].choices = _choices(noms, held)  # type: ignore[attr-defined]

    def clean_academies(self) -> list[str]:
        """Those that were cited stay in their order, new ones come after."""
        return _in_order(self.cleaned_data["academies"], self.initial.get("academies", ()))


class MentionsForm(PartieForm):
    """The imprint."""

    ministere = ligne("Ministère", 200, "Qui publie : ministère, direction, bureau.")
    contact = ligne("Contact", 300, "À qui écrire : un nom de service, une adresse.")
    licence = ligne("Licence", 300, "Sous quelles conditions on réutilise : « Licence Ouverte 2.0 ».")
    credits = prose("Crédits", 2000, 3, "Qui a rédigé, relu, mis en page, photographié.")
    couverture = ligne(
        "Ligne de couverture",
        200,
        "Une ligne au bas de la couverture : « Remis au ministre le 12 juin 2027 ».",
    )

    def clean(self) -> dict[str, Any]:
        """Leave no space around what is printed on a line."""
        data: dict[str, Any] = super().clean() or {}
        return {name: _plain(value) if isinstance(value, str) else value for name, value in data.items()}


class MessageRangee(Rangee):
    """One key message."""

    needed = "text"

    text = rich("Message", 3, length=MESSAGE_LENGTH)

    def row(self) -> str:
        """Its text."""
        return typed(self.cleaned_data["text"])


class PerspectiveRangee(Rangee):
    """One perspective: what is proposed, who acts and by when."""

    needed = "title"
    missing = "Donnez son titre à cette perspective, ou retirez la ligne."

    title = ligne("Titre", 200)
    text = rich("Texte", 6)
    acteur = ligne("Qui agit", 200, "Une personne, un service, les académies…")
    echeance = ligne("Pour quand", 200, "En toutes lettres : « avant le 31 mars 2027 ».")

    def row(self) -> dict[str, str]:
        """What it says."""
        data = self.cleaned_data
        return {
            "title": _plain(data["title"]),
            "text": typed(data["text"]),
            "acteur": _plain(data["acteur"]),
            "echeance": _plain(data["echeance"]),
        }


class TutoratRangee(Rangee):
    """One group of académies, and why."""

    needed = "kind"
    missing = "Dites ce qui est proposé à ce groupe, ou retirez la ligne."

    kind = forms.ChoiceField(
        label="Ce qui est proposé",
        required=False,
        choices=[("", "Choisissez"), *GROUPES.items()],
        widget=forms.Select(attrs={"class": "fr-select"}),
    )
    academies = forms.MultipleChoiceField(
        label="Académies", required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = rich("Pourquoi", 4)

    def __init__(self, *args: Any, noms: Iterable[str], held: Iterable[str], **kwargs: Any) -> None:
        """Offer the académies of the edition, and those that are named already."""
        super().__init__(*args, **kwargs)
        self.fields["academies"].choices = _choices(noms, held)  # type: ignore[attr-defined]

    def row(self) -> dict[str, Any]:
        """What it says."""
        data = self.cleaned_data
        return {"kind": data["kind"], "academies": list(data["academies"]), "reason": typed(data["reason"])}


LISTES: Final = {
    Partie.MESSAGES: Sorte(
        MessageRangee,
        "Messages clés",
        "Ajouter un message",
        "Une ou deux phrases chacun, dans l’ordre où on les lira.",
        ordered=True,
    ),
    Partie.PERSPECTIVES: Sorte(
        PerspectiveRangee,
        "Perspectives",
        "Ajouter une perspective",
        "Elles sont numérotées dans cet ordre.",
        ordered=True,
    ),
    Partie.TUTORAT: Sorte(TutoratRangee, "Groupes d’académies", "Ajouter un groupe", ordered=True),
}
_LIST_FIELDS: Final = {
    Partie.MESSAGES: "messages",
    Partie.PERSPECTIVES: "perspectives",
    Partie.TUTORAT: "tutorats",
}


class PagePartie:
    """One part over what it says (``held``); ``noms``: the académies of its edition."""

    def __init__(
        self,
        partie: Partie,
        held: Valeurs,
        noms: Iterable[str],
        data: Mapping[str, list[str]] | None = None,
    ) -> None:
        """Fill the page with what the part says, or with what was typed; a button of a list rearranges it."""
        self.partie = partie
        self.held = held
        post, self.touched = after_button(MultiValueDict(data)) if data is not None else (None, "")
        initial = held | {"lu": marks(held)}
        names = tuple(noms)
        if partie.objectif:
            self.form: PartieForm = ConclusionForm(post, initial=initial, noms=names)
        elif partie is Partie.MENTIONS:
            self.form = MentionsForm(post, initial=initial)
        elif partie in LISTES:
            self.form = PartieForm(post, initial=initial)
        else:
            self.form = (IntroductionForm if partie is Partie.INTRODUCTION else TexteForm)(
                post, initial=initial
            )
        self.listes = self._listes(post, names)

    def _listes(self, post: Any, noms: tuple[str, ...]) -> Listes | None:
        if self.partie not in LISTES:
            return None
        name = _LIST_FIELDS[self.partie]
        rows = self.held[name]
        told = [{"text": row} for row in rows] if self.partie is Partie.MESSAGES else rows
        more: dict[str, Any] = {}
        if self.partie is Partie.TUTORAT:
            more = {"noms": noms, "held": [one for row in rows for one in row["academies"]]}
        return Listes({name: LISTES[self.partie]}, post, {name: told}, **more)

    def is_valid(self) -> bool:
        """Whether all of it can be written."""
        return all([self.form.is_valid(), self.listes is None or self.listes.is_valid()])

    def keep_silent(self) -> None:
        """Show a list as it was typed, without judging it yet."""
        if self.listes:
            self.listes.keep_silent()

    @property
    def read(self) -> dict[str, str]:
        """The marks of what the page showed. Only once it is valid."""
        found = self.form.cleaned_data.get("lu")
        return found if isinstance(found, dict) else {}

    def values(self) -> Valeurs:
        """What was typed, by field. Only once it is valid."""
        told = self.form.values()
        if self.listes:
            told |= {name: list(rows) for name, rows in self.listes.content().items()}
        if self.partie is Partie.TUTORAT:
            order = {tuple(sorted(row["academies"])): row["academies"] for row in self.held["tutorats"]}
            for row in told["tutorats"]:
                row["academies"] = order.get(tuple(sorted(row["academies"])), row["academies"])
        return settled(self.partie, told)

    def errors(self) -> list[str]:
        """All that is refused, in words."""
        found = [str(one) for errors in self.form.errors.values() for one in errors]
        for liste in self.listes or ():
            found += [str(one) for row in liste.rows.forms for many in row.errors.values() for one in many]
        return list(dict.fromkeys(found))


def _choices(noms: Iterable[str], held: Iterable[str]) -> list[tuple[str, str]]:
    known = list(noms)
    return [(name, name) for name in (*known, *(one for one in dict.fromkeys(held) if one not in known))]


def _in_order(chosen: Iterable[str], held: Iterable[str]) -> list[str]:
    names = list(chosen)
    kept = [name for name in held if name in names]
    return [*kept, *(name for name in names if name not in kept)]


def _plain(text: str) -> str:
    """A text as it is kept: a browser sends other ends of lines."""
    return text.replace("\r\n", "\n").strip()
