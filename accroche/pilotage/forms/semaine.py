"""A semaine's own page as one form and its lists; what is typed becomes plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from accroche.annuaire.regles import Niveau
from accroche.campagne.champs import Voie, names
from accroche.campagne.regles import Indicateur, StatutSemaine
from accroche.commun.conflit import MarksField, marks, untouched
from accroche.commun.listes import Listes, after_button
from accroche.dossier.dossier import SemaineDossier
from accroche.lib.champs import Genre
from accroche.lib.chiffres import Chiffre, ChiffreError, format_chiffres, parse
from accroche.lib.dates import format_figures
from accroche.pilotage.forms.semaine_faits import FAITS, EntreNousForm, FaitsForm, initial_of_faits
from accroche.pilotage.forms.semaine_listes import LISTES, PUBLIC_WORDS, as_kept, long_text, text
from accroche.pilotage.forms.semaine_prive import public_text
from accroche.pilotage.semaine import FIGURES, SOURCE, figures_text, values_of

#: Fields whose text is taken as it is.
TEXTS = names(Voie.FORMULAIRE, Genre.TEXT)
#: What is typed of where a semaine stands; that it has no data is signed elsewhere.
TYPED = (StatutSemaine.PREPARING, StatutSemaine.REPORTED)


class SemaineForm(FaitsForm, EntreNousForm):
    """All of the page but its lists."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput)
    lu = MarksField()
    status = forms.ChoiceField(
        label="Où en est la semaine ?",
        choices=[(s.value, s.label) for s in TYPED],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Dites où en est la semaine.",
            "invalid_choice": "Que les données ne sont pas disponibles, ou le sont de nouveau, se signe "
            "sur une page à part.",
        },
    )
    ordinal = forms.IntegerField(
        label="Rang de cette semaine dans l’académie",
        help_text="1 pour la première, 2 pour la deuxième… Laissez vide si vous ne savez pas.",
        required=False,
        min_value=1,
        max_value=99,
        widget=forms.NumberInput(attrs={"class": "fr-input", "inputmode": "numeric"}),
        error_messages={"invalid": "Écrivez un nombre : 1, 2, 3…", "min_value": "Le rang commence à 1."},
    )
    title = text("Titre de la semaine", 200)
    themes = long_text("Thèmes", 2, "Un par ligne.")
    levels = forms.MultipleChoiceField(
        label="Niveaux concernés",
        required=False,
        choices=[(level.value, level.label) for level in Niveau],
        widget=forms.CheckboxSelectMultiple,
    )
    levels_unknown = forms.MultipleChoiceField(
        label="Niveaux dont on ne sait rien",
        help_text="Leur case ne se lisait pas dans un rapport. Décochez ceux que vous connaissez.",
        required=False,
        choices=[(level.value, level.label) for level in Niveau],
        widget=forms.CheckboxSelectMultiple,
    )
    narrative = long_text("Récit de la semaine", 10, "Sautez une ligne entre deux paragraphes.")
    pilot = text("Service pilote", 200)
    sponsor = long_text("Parrain ou marraine", 2)
    funding = long_text("Financement", 2, "Par exemple : fonds structurels européens.")
    committee = long_text("Comité de pilotage", 3)
    partners_narrative = long_text("Ce que font les partenaires", 5)
    actions_figures = forms.CharField(
        label="Nombre d’actions",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"class": "fr-input", "rows": 2}),
        help_text="Comme vous le diriez : « 143 », « une trentaine », « plus de 30 », "
        "« 31 pendant la semaine et 58 toute l’année », « N.C. ».",
    )
    etablissements_figures = forms.CharField(
        label="Nombre d’écoles et d’établissements",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"class": "fr-input", "rows": 2}),
    )

    def __init__(self, *args: Any, before: SemaineDossier, **kwargs: Any) -> None:
        """Know what the page held, to leave alone what nobody changed."""
        super().__init__(*args, **kwargs)
        self.before = before
        if before.status not in TYPED:
            self.fields["status"].choices = [(before.status.value, before.status.label)]  # type: ignore[attr-defined]

    def clean_themes(self) -> tuple[str, ...]:
        """One theme a line."""
        return tuple(line.strip() for line in self.cleaned_data["themes"].splitlines() if line.strip())

    def clean_actions_figures(self) -> tuple[Chiffre, ...]:
        """Read what the field says."""
        return self._figures("actions_figures")

    def clean_etablissements_figures(self) -> tuple[Chiffre, ...]:
        """Read what the field says."""
        return self._figures("etablissements_figures")

    def _figures(self, name: str) -> tuple[Chiffre, ...]:
        typed: str = as_kept(self.cleaned_data[name])
        held: tuple[Chiffre, ...] = getattr(self.before, name)
        if typed == as_kept(figures_text(held)):
            return held  # with the notes and the source it came with
        if not typed:
            return ()
        public_text(typed)
        try:
            return parse(typed, source=SOURCE)
        except ChiffreError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_levels(self) -> frozenset[Niveau]:
        """The ticked levels."""
        return frozenset(Niveau(value) for value in self.cleaned_data["levels"])

    def clean_levels_unknown(self) -> tuple[Niveau, ...]:
        """The levels that nobody can tell; one that is ticked is known."""
        unknown = self.cleaned_data["levels_unknown"]
        ticked = self.cleaned_data.get("levels", frozenset())
        return tuple(level for level in Niveau if level.value in unknown and level not in ticked)


class Page:
    """The form and its lists together, over what the page holds (``before``)."""

    def __init__(
        self,
        before: SemaineDossier,
        *,
        edition: str,
        version: int,
        data: Mapping[str, list[str]] | None = None,
    ) -> None:
        """Fill the page with what it holds, or with what was typed; a button of a list rearranges it."""
        post, self.touched = after_button(MultiValueDict(data)) if data is not None else (None, "")
        self.before = before
        self.version = version
        initial = initial_of(before) | {"version": version, "lu": marks(values_of(before))}
        self.form = SemaineForm(post, before=before, initial=initial)
        self.listes = Listes(LISTES, post, rows_of(before), edition=edition)

    def is_valid(self) -> bool:
        """Whether all of it can be written."""
        # every part is asked, so that every error shows at once
        return all([self.form.is_valid(), self.listes.is_valid()])

    @property
    def read_version(self) -> int:
        """The version the person read."""
        found: int = self.form.cleaned_data["version"]
        return found

    def content(self) -> SemaineDossier:
        """Return the page as typed; what nobody changed stays to the letter. Only once it is valid."""
        data = self.form.cleaned_data
        lists = self.listes.content()
        told: dict[str, Any] = {name: data[name] for name in FAITS} | {
            name: self._text(name) for name in TEXTS
        }
        return replace(
            self.before,
            **told,
            status=StatutSemaine(data["status"]),
            ordinal=data["ordinal"],
            themes=data["themes"],
            levels=data["levels"],
            levels_unknown=data["levels_unknown"],
            actions_figures=data["actions_figures"],
            etablissements_figures=data["etablissements_figures"],
            windows=tuple(sorted(lists["windows"])),
            temps_forts=lists["temps_forts"],
            ressources=lists["ressources"],
            partners=tuple(dict.fromkeys(lists["partners"])),
            strategie=lists["strategie"],
            medias=lists["medias"],
        )

    def untouched(self) -> frozenset[str]:
        """The fields that are still as the page showed them. Only once it is valid."""
        return untouched(self.form.cleaned_data.get("lu"), values_of(self.content()))

    def _text(self, name: str) -> str:
        typed, held = as_kept(self.form.cleaned_data[name]), getattr(self.before, name)
        return str(held) if typed == as_kept(held) else typed

    def echoes(self) -> dict[str, str]:
        """How each figure typed is understood; nothing for an empty or a refused one."""
        self.form.is_valid()
        found = {}
        for indicateur in Indicateur:
            name = FIGURES[indicateur]
            figures = self.form.cleaned_data.get(name) if self.form.is_bound else getattr(self.before, name)
            if figures and figures_text(figures):
                found[name] = format_chiffres(figures)
        return found


def initial_of(content: SemaineDossier) -> dict[str, Any]:
    """The fields as the page shows them before anybody types."""
    return (
        initial_of_faits(content)
        | {name: getattr(content, name) for name in TEXTS}
        | {
            "status": content.status.value,
            "ordinal": content.ordinal,
            "themes": "\n".join(content.themes),
            "levels": [level.value for level in Niveau if level in content.levels],
            "levels_unknown": [level.value for level in content.levels_unknown],
            "actions_figures": figures_text(content.actions_figures),
            "etablissements_figures": figures_text(content.etablissements_figures),
        }
    )


def rows_of(content: SemaineDossier) -> dict[str, list[dict[str, Any]]]:
    """The lists as the page shows them before anybody types."""
    return {
        "windows": [{"starts": starts, "ends": ends} for starts, ends in content.windows],
        "temps_forts": [
            {
                "title": event.title,
                "kind": str(event.kind),
                "starts": event.starts,
                "ends": event.ends,
                "place": event.place,
                "summary": event.summary,
                "stops": "\n".join(
                    f"{stop.place} ; {format_figures(stop.date)}" if stop.date else stop.place
                    for stop in event.stops
                ),
                "authorities": [one.value for one in event.authorities],
            }
            for event in content.temps_forts
        ],
        "ressources": [
            {
                "title": one.title,
                "kind": str(one.kind),
                "url": one.url,
                "published": PUBLIC_WORDS[one.published],
            }
            for one in content.ressources
        ],
        "partners": [
            {"name": one.name, "kind": str(one.kind), "role": one.role.value, "internal": one.internal}
            for one in content.partners
        ],
        "strategie": [{"title": one.title, "date": one.date, "url": one.url} for one in content.strategie],
        "medias": [
            {"media": one.media, "kind": one.kind.value, "date": one.date, "url": one.url}
            for one in content.medias
        ],
    }
