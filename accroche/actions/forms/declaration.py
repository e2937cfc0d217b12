"""The form of a sheet: its first page, which is enough for a draft, and the whole of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar

from django import forms

from accroche.actions.champs import Voie, autres
from accroche.actions.controle import Remark
from accroche.actions.cycle import Etat
from accroche.actions.forms.declaration_rangees import (
    LISTES,
    listes_of,
    on_one_line,
    with_plain_ends,
    wrong_days,
)
from accroche.actions.models import Action
from accroche.actions.queries import Complement
from accroche.actions.regles import CodeCle, CodeTheme, Nature, Temporalite
from accroche.actions.saisie import COLUMNS, Contenu, PorteurSaisi, values_of
from accroche.annuaire.forms import EtablissementField, label
from accroche.annuaire.models import Etablissement
from accroche.annuaire.regles import NIVEAU_DE, Niveau, TypePorteur
from accroche.commun.conflit import MarksField, marks, untouched
from accroche.commun.listes import anchor
from accroche.commun.saisies import SansRobot, courriel, jour, ligne, prose, told_at
from accroche.lib.dates import school_year

DESCRIPTION_LENGTH = 20_000
#: What one advises who does the action anew.
REFAIRE_LENGTH = 4_000
#: A number of pupils no school reaches.
AUDIENCE_MAX = 1_000_000
#: What a school answers to the académie's request: as long as the request may be.
ANSWER_LENGTH = 4_000
ANSWER_HELP = "L’académie la lira avec la fiche ; elle n’est jamais publiée."


def _boxes(label_: str, vocabulary: type[Any], help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label_,
        choices=[(code.value, code.label) for code in vocabulary],
        required=False,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
    )


def _buttons(label_: str, vocabulary: type[Any], help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label_,
        choices=[(code.value, code.label) for code in vocabulary if code.value],
        required=False,
        help_text=help_text,
        widget=forms.RadioSelect,
    )


class EssentielForm(forms.Form):
    """What a draft needs: a title, a school, what happens; and the address of who has no account."""

    title = forms.CharField(
        label="Titre de l’action",
        max_length=300,
        help_text="Par exemple : Forum des métiers",
        widget=forms.TextInput(attrs={"class": "fr-input", "data-doublons": "titre"}),
        error_messages={"required": "Donnez un titre à l’action."},
    )
    etablissement = EtablissementField(
        label="Établissement qui la porte", help_text="Son nom, sa commune ou son code UAI"
    )
    description = prose(
        "Ce qui se passe",
        DESCRIPTION_LENGTH,
        rows=6,
        help_text="Quelques phrases : pour qui, avec qui, ce que font les élèves",
        required=True,
        error_messages={"required": "Dites en quelques phrases ce qui se passe."},
    )
    temporality = _buttons("Quand a-t-elle lieu ?", Temporalite)
    email = courriel(
        "Votre adresse électronique",
        "Pour confirmer la fiche et la retrouver. Elle n’est jamais publiée.",
        required="Laissez votre adresse électronique pour retrouver votre fiche.",
        autocomplete="email",
    )

    #: a draft does without; the académie does not
    mentions: ClassVar = dict.fromkeys(("levels", "temporality"), "nécessaire pour envoyer")

    def __init__(self, *args: Any, with_email: bool, **kwargs: Any) -> None:
        """Ask for an address only from who has no account."""
        super().__init__(*args, **kwargs)
        self.fields["etablissement"].widget.attrs["data-doublons"] = "etablissement"
        if not with_email:
            del self.fields["email"]

    def clean_title(self) -> str:
        """A title is one line."""
        return on_one_line(self.cleaned_data["title"])

    def clean_description(self) -> str:
        """Lines end in one way, whatever the browser sends."""
        return with_plain_ends(self.cleaned_data["description"])

    @property
    def email_given(self) -> str:
        """The visitor's address; empty for who has an account."""
        return str(self.cleaned_data.get("email") or "")


class DebutForm(SansRobot, EssentielForm):
    """The first page: a draft begins here."""

    reprise = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_order = ("title", "etablissement", "description", "temporality", "email", "reprise", "site")

    def content(self, base: Contenu | None = None) -> Contenu:
        """Return what was written, over an earlier sheet when one is taken up.

        A school of one level ticks that level: most actions concern it, and it can be unticked.
        """
        data = self.cleaned_data
        school: Etablissement = data["etablissement"]
        level = NIVEAU_DE.get(TypePorteur(school.kind))
        told: dict[str, Any] = {name: data[name] for name in ("title", "description", "temporality")}
        first = school_row(school)
        if base is None:
            return Contenu(**told, porteurs=(first,), levels=(level.value,) if level else ())
        others = tuple(row for row in base.porteurs if row.uai != first.uai)
        return replace(base, **told, porteurs=(first, *others))


def school_row(school: Etablissement) -> PorteurSaisi:
    """A school of the directory as a carrier."""
    return PorteurSaisi(school.uai, school.kind, school.name, school.commune)


class FicheForm(EssentielForm):
    """All the single fields of a sheet; its lists are in ``listes``."""

    levels = _boxes("Niveaux concernés", Niveau)
    starts = jour("Premier jour")
    ends = jour("Dernier jour", "Vide si l’action tient en un jour")
    place = ligne("Lieu", 200, "Si l’action n’a pas lieu dans l’établissement : salle, quartier, commune")
    classes = ligne("Classes", 200, "Par exemple : 4e A, 4e B et SEGPA")
    audience_size = forms.IntegerField(
        label="Nombre d’élèves",
        required=False,
        min_value=0,
        max_value=AUDIENCE_MAX,
        widget=forms.NumberInput(attrs={"class": "fr-input", "inputmode": "numeric"}),
        error_messages={"invalid": "Écrivez un nombre entier, par exemple 120."},
    )
    audience_note = ligne("Précision sur le public", 200, "Par exemple : et leurs parents")
    nature = _buttons(
        "Nature",
        Nature,
        "Avant les difficultés, dès les premiers signes, ou pour revenir après un décrochage",
    )
    themes = _boxes("Thèmes", CodeTheme)
    cles = _boxes("Clés du raccrochage", CodeCle, "Les seize clés que l’action met en œuvre")
    refaire = prose(
        "Pour la refaire ailleurs",
        REFAIRE_LENGTH,
        rows=4,
        help_text="Ce qu’il faut prévoir : un lieu, du matériel, du temps, ce que vous conseillez",
        error_messages={"max_length": "Ces conseils sont trop longs : restez sous 4 000 caractères."},
    )
    authority = ligne("Présence d’une autorité", 200, "Rectrice, préfet, maire… Publié avec la fiche")
    public_contact = ligne(
        "Contact publié avec la fiche",
        200,
        "Celui de l’établissement, par exemple : ce.0210001a@ac-dijon.fr",
    )
    private_contact = ligne("Votre nom", 200, autocomplete="name")
    private_email = courriel("Adresse électronique", autocomplete="email")
    private_phone = ligne("Téléphone", 30, type="tel", autocomplete="tel")
    reponse = prose(
        "Votre réponse",
        ANSWER_LENGTH,
        rows=4,
        help_text=ANSWER_HELP,
        error_messages={"max_length": "Cette réponse est trop longue : restez sous 4 000 caractères."},
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    # marks of what was read: after a conflict, a field its author left alone is not theirs to impose
    lu = MarksField()

    field_order = ("title", "etablissement", "description", "levels", "temporality", "starts", "ends")

    def __init__(
        self,
        data: Any = None,
        *,
        action: Action,
        content: Contenu,
        with_email: bool,
        asked: Complement | None = None,
    ) -> None:
        """Show ``content``, the sheet as it stands; ``with_email``: its address may still be mended.

        ``asked``: what the académie asked for, which is answered here.
        """
        main = next((row for row in content.porteurs if row.uai), None)
        self.has_school = main is not None
        first, last = school_year(action.semaine.edition.year)
        initial: dict[str, Any] = {name: getattr(content, name) for name in COLUMNS}
        initial |= {name: list(getattr(content, name)) for name in ("levels", "themes", "cles")}
        initial |= {"version": action.version, "email": action.declarant_email, "reponse": action.reponse}
        initial["lu"] = marks(values_of(content))
        if main:
            school = Etablissement.objects.filter(uai=main.uai).first()
            initial["etablissement"] = label(school) if school else str(main)
        super().__init__(data, initial=initial, with_email=with_email)
        for line in LINES:
            length: int = getattr(Action._meta.get_field(line.name), "max_length", 200)  # noqa: SLF001 - Django documents this name
            self.fields[line.name] = ligne(line.label, length)
        self.action, self.asked = action, asked
        if asked is None:
            del self.fields["reponse"]
        # a sheet told by a report may have no school of the directory
        self.fields["etablissement"].required = bool(main) or action.etat == Etat.DRAFT
        for name in ("starts", "ends"):
            self.fields[name].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
        others = [row for row in content.porteurs if row is not main]
        self.listes = listes_of(data, content, others)
        # a school that closed since stays on the sheets that name it
        held = frozenset(row.uai for row in content.porteurs if row.uai)
        for form in (self, *self.listes["porteurs"].rows.forms):
            form.fields["etablissement"].held = held

    def is_valid(self) -> bool:
        """Whether the fields and all the lines are right; every error is found, not only the first."""
        fields = super().is_valid()
        return self.listes.is_valid() and fields

    def clean(self) -> dict[str, Any]:
        """Days come in order, and a last one needs a first; a place and a note are one line."""
        data: dict[str, Any] = super().clean() or {}
        lines = ("place", "audience_note", *(line.name for line in LINES))
        data |= {name: on_one_line(data[name]) for name in lines if name in data}
        if wrong := wrong_days(data.get("starts"), data.get("ends")):
            self.add_error(*wrong)
        return data

    def clean_refaire(self) -> str:
        """Lines end in one way, whatever the browser sends."""
        return with_plain_ends(self.cleaned_data["refaire"])

    def anchor(self, remark: Remark, action: Action) -> str:
        """Where the page holds what a remark is about; ``action``: the sheet it was made of.

        An attachment may come while this form is being saved: it is not on the sheet as the form read it.
        """
        name, number = remark.place
        if name == "pieces":
            pieces = action.pieces.all()
            return f"piece-{pieces[number - 1].pk}" if number <= len(pieces) else "id_pieces"
        return anchor(name, LISTES[name], self._row(name, number)) if number else f"id_{name}"

    def tell(self, remarks: Iterable[Remark]) -> None:
        """Show each remark where it is mended; for the form of what is written, before anything is typed."""
        for remark in remarks:
            name, number = remark.place
            if name in self.fields:
                told_at(self[name], remark)
            elif name in LISTES and number:
                rows = self.listes[name].rows.forms
                at = self._row(name, number) - LISTES[name].first
                if 0 <= at < len(rows):
                    told_at(rows[at][LISTES[name].row.needed], remark)

    def _row(self, name: str, number: int) -> int:
        """The number that the page gives a row: a sheet without a school has no carrier above its list."""
        return number + 1 if name == "porteurs" and not self.has_school else number

    @property
    def answer_given(self) -> str | None:
        """What is answered to the académie's request; None where nothing is asked."""
        return with_plain_ends(self.cleaned_data["reponse"]) if "reponse" in self.fields else None

    def content(self) -> Contenu:
        """Return what was written."""
        data = self.cleaned_data
        school = data["etablissement"]
        main = (school_row(school),) if school else ()
        parts: dict[str, Any] = self.listes.content()
        parts["porteurs"] = (*main, *(row for row in parts["porteurs"] if row not in main))
        sets: dict[str, Any] = {name: tuple(data[name]) for name in ("levels", "themes", "cles")}
        return Contenu(**{name: data[name] for name in COLUMNS}, **sets, **parts)

    @property
    def other_lines(self) -> list[forms.BoundField]:
        """The texts of one line that the page gives no place of their own."""
        return [self[line.name] for line in LINES]

    def untouched(self) -> frozenset[str]:
        """The fields that are still as the page showed them."""
        return untouched(self.cleaned_data.get("lu"), values_of(self.content()))

    def keep_silent(self) -> None:
        """Show the form as it was typed, without judging it yet."""
        self._errors = forms.utils.ErrorDict()
        self.listes.keep_silent()


#: The texts of one line that have no words of their own above: they follow the table of fields.
LINES = autres(Voie.FORMULAIRE, FicheForm.base_fields)
