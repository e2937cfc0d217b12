"""What pages show, computed from what ``queries.py`` read; no query of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accroche.annuaire.regles import Niveau, reaches
from accroche.campagne.models import Partenaire, Semaine
from accroche.campagne.phrases import absence_told, alliances_told, appel_told, partner_told
from accroche.campagne.regles import (
    PARTENAIRE_LABELS,
    Alliances,
    Appel,
    Indicateur,
    Portage,
    RoleSemaine,
    Signataire,
    StatutSemaine,
    TypePartenaire,
    TypeTutorat,
)
from accroche.catalogue.calendrier import Repere
from accroche.catalogue.provenance import Reponse, reponse_of
from accroche.dossier.comptage import ANNOUNCED, COUNTED, Decompte, are_counted
from accroche.dossier.dossier import EditionDossier
from accroche.dossier.queries.comptage import figures_of, levels_of
from accroche.lib.chiffres import SUBSET_NOTE, Chiffre, Kind, format_chiffre, format_total, total
from accroche.lib.dates import Window
from accroche.lib.texte import capitale

INTERNAL_LABEL = "Au sein de l’Éducation nationale"

TUTORAT_LABELS: dict[str, str] = {
    TypeTutorat.PRIORITAIRE: "À accompagner en priorité",
    TypeTutorat.POSSIBLE: "Pourraient demander un appui",
    TypeTutorat.CHARGE: "Services à soulager",
}

#: What each way of answering means for the national total.
_MEANING: dict[Kind, str] = {
    Kind.EXACT: "Nombre donné par l’académie, ajouté tel quel au total national.",
    Kind.ABOUT: "Nombre approché donné par l’académie ; le total national est donc approché lui aussi.",
    Kind.MORE_THAN: "L’académie dit « plus de » : le total national retient ce nombre comme un minimum.",
    Kind.AT_LEAST: "L’académie dit « au moins » : le total national retient ce nombre comme un minimum.",
    Kind.ALL: "L’académie répond « tous », sans nombre : rien n’est ajouté au total national.",
    Kind.NOT_COMMUNICATED: (
        "L’académie a répondu sans communiquer ce nombre. Ce n’est pas zéro : il manque au total national."
    ),
    Kind.UNAVAILABLE: "Les données de l’académie ne sont pas disponibles : ce nombre non plus.",
}
#: The same for a figure counted here, with and without a sheet, and for what stands beside it.
_COUNTED = (
    "Compté sur les fiches publiées sur Accroche, dont la liste est sur cette page. "
    "C’est ce nombre qui entre dans le total national."
)
_NONE_COUNTED = (
    "Aucune fiche de cette académie n’est encore publiée. "
    "Ce n’est pas zéro : rien n’est ajouté au total national."
)
_ANNOUNCED = "Nombre annoncé par l’académie : il est montré à côté du compte, et n’est pas additionné."
_OTHER_PERIMETER = "Ce nombre couvre un autre périmètre : il n’entre pas dans le total national."
_SUBSET = "Ce nombre est compris dans le précédent : il n’est pas ajouté une seconde fois."


@dataclass(frozen=True, slots=True)
class Declaration:
    """One figure as declared: how it is written, over what, and what becomes of it in the total."""

    text: str
    perimeter: str
    note: str
    source: str
    meaning: str


@dataclass(frozen=True, slots=True)
class ChiffreSemaine:
    """One question put to an académie, its answer in a few words, and the declarations behind it."""

    label: str
    text: str
    sum: str
    has_number: bool
    declarations: tuple[Declaration, ...]
    #: counted from the sheets listed on the page, and why the académie's word differs
    is_counted: bool = False
    remark: str = ""


def chiffres_of(semaine: Semaine, counted: Mapping[int, Decompte]) -> tuple[ChiffreSemaine, ...]:
    """The two figures of a semaine, each with its provenance; ``counted``: its published sheets."""
    actions = figures_of(semaine, Indicateur.ACTIONS, counted)
    schools = figures_of(semaine, Indicateur.ETABLISSEMENTS, counted)
    label = "Actions recensées" if are_counted(actions) else "Actions identifiées"
    return (
        chiffre_semaine(label, actions, Indicateur.ACTIONS),
        chiffre_semaine("Écoles et établissements", schools, Indicateur.ETABLISSEMENTS),
    )


def chiffre_semaine(label: str, figures: tuple[Chiffre, ...], indicateur: Indicateur) -> ChiffreSemaine:
    """Sum an answer up in a few words; the details are in its declarations."""
    given = figures or (Chiffre(Kind.UNAVAILABLE),)
    counted = [c for c in given if c.additive and c.value is not None]
    answer = reponse_of(given)
    text = {
        Reponse.NOMBRE: " + ".join(format_chiffre(c) for c in counted),
        Reponse.NC: "Aucune fiche publiée" if are_counted(given) else "N.C.",
        Reponse.TOUS: "Tous",
        Reponse.INDISPONIBLE: "Non disponible",
    }[answer]
    return ChiffreSemaine(
        label=label,
        text=text,
        # what lists and totals print, so that « 31 + 58 » here and « 89 » there are seen to agree
        sum=format_total(total([(label, given)], repeats=indicateur.repeats), *indicateur.nouns)
        if len(counted) > 1
        else "",
        has_number=answer is Reponse.NOMBRE,
        declarations=tuple(_declaration(figure) for figure in given),
        is_counted=are_counted(given),
        # without a sheet the words above say it already, but for what the académie announces
        remark=given[0].note if are_counted(given) and (counted or len(given) > 1) else "",
    )


def _is_subset(figure: Chiffre) -> bool:
    return figure.note.startswith(SUBSET_NOTE)


def _declaration(figure: Chiffre) -> Declaration:
    meaning = _MEANING[figure.kind]
    if _is_subset(figure):
        meaning = _SUBSET
    elif figure.source == COUNTED:
        meaning = _NONE_COUNTED if figure.value is None else _COUNTED
    elif figure.source == ANNOUNCED:
        meaning = _ANNOUNCED
    elif not figure.additive:
        meaning = _OTHER_PERIMETER
    note = figure.note.removeprefix(SUBSET_NOTE).lstrip(" ;")
    return Declaration(format_chiffre(figure), figure.perimeter, note, figure.source, meaning)


def niveaux(semaine: Semaine, counted: Mapping[int, Decompte]) -> tuple[tuple[str, bool | None], ...]:
    """The four level boxes, ticked or not, None for one nobody can tell; no box where no level is told."""
    ticked, unknown = levels_of(semaine, counted), semaine.levels_unknown
    boxes = tuple((level.label, reaches(level, ticked, unknown)) for level in Niveau)
    return boxes if ticked or unknown else ()


def reperes(semaine: Semaine) -> tuple[tuple[str, str], ...]:
    """Who was called, led, sponsored and paid, when it is known."""
    rows = (
        ("Bassins appelés à participer", appel_told(Appel(semaine.appel), semaine.bassins)),
        ("Service pilote", semaine.pilot),
        ("Comité de pilotage", semaine.committee),
        ("Parrainage", semaine.sponsor),
        ("Financement", semaine.funding),
        # read beside the sheets that were published all the same: those are counted, and told
        ("Compte rendu non disponible", absence(semaine)),
    )
    return tuple((label, capitale(text)) for label, text in rows if text)


def absence(semaine: Semaine) -> str:
    """Who signed that there are no data, when, and on whose word; empty when nobody did."""
    return absence_told(Signataire(semaine.absence_by), semaine.absence_on, semaine.absence_word)


def statut(semaine: Semaine, *, has_actions: bool) -> str:
    """Whether its page says « en préparation » or « non disponible »; empty once there is enough to tell."""
    if semaine.status == StatutSemaine.PREPARING:
        return StatutSemaine.PREPARING.value
    hidden = semaine.status == StatutSemaine.UNAVAILABLE and not has_actions
    return StatutSemaine.UNAVAILABLE.value if hidden else ""


def est_passee(windows: Sequence[Window], today: dt.date) -> bool:
    """Whether all days of a semaine are behind: what was announced is then told in the past."""
    return bool(windows) and max(last for _, last in windows) < today


@dataclass(frozen=True, slots=True)
class GroupePartenaires:
    """Partners of one kind."""

    label: str
    names: tuple[str, ...]


def partenaires(semaine: Semaine) -> tuple[GroupePartenaires, ...]:
    """The semaine's partners by kind, those inside Éducation nationale last."""
    rows = list(semaine.participations.all())
    told = [partner_told(row.partenaire.name, RoleSemaine(row.role)) for row in rows]
    return groupes([row.partenaire for row in rows], told)


def alliances(semaine: Semaine) -> tuple[str, ...]:
    """Between whom its alliances are and who weaves them, in sentences."""
    return alliances_told(Alliances(semaine.alliances), Portage(semaine.portage))


def groupes(partners: list[Partenaire], words: list[str]) -> tuple[GroupePartenaires, ...]:
    """Group partners by kind, in the order of :data:`PARTENAIRE_LABELS`; ``words``: how each is told."""
    found: dict[str, list[str]] = {label: [] for label in (*PARTENAIRE_LABELS.values(), INTERNAL_LABEL)}
    for partner, told in zip(partners, words, strict=True):
        found[INTERNAL_LABEL if partner.internal else TypePartenaire(partner.kind).label].append(told)
    return tuple(GroupePartenaires(label, tuple(names)) for label, names in found.items() if names)


@dataclass(frozen=True, slots=True)
class AxeVue:
    """An axis of the national catalogue and the académies that keep it."""

    label: str
    academies: tuple[str, ...]


def axes(dossier: EditionDossier, kept: Mapping[str, tuple[str, ...]]) -> tuple[AxeVue, ...]:
    """The axes, the most often kept first; none before the first is kept. ``kept``: by whom, by code."""
    found = [AxeVue(axe.label, kept.get(axe.code, ())) for axe in dossier.axes]
    if not any(axe.academies for axe in found):
        return ()
    return tuple(sorted(found, key=lambda axe: -len(axe.academies)))


@dataclass(frozen=True, slots=True)
class ObjectifVue:
    """An objective, what the edition shows of it, and who is cited."""

    label: str
    conclusion: str
    academies: tuple[Repere, ...]


def objectifs(dossier: EditionDossier, slugs: Mapping[str, str]) -> tuple[ObjectifVue, ...]:
    """The objectives of the national grid."""
    return tuple(
        ObjectifVue(goal.label, goal.conclusion, _reperes(goal.academies, slugs))
        for goal in dossier.objectifs
    )


@dataclass(frozen=True, slots=True)
class TutoratVue:
    """A group of académies proposed for support."""

    label: str
    academies: tuple[Repere, ...]
    reason: str


def tutorats(dossier: EditionDossier, slugs: Mapping[str, str]) -> tuple[TutoratVue, ...]:
    """The support proposed for the next edition."""
    return tuple(
        TutoratVue(TUTORAT_LABELS[group.kind], _reperes(group.academies, slugs), group.reason)
        for group in dossier.tutorats
    )


def _reperes(names: tuple[str, ...], slugs: Mapping[str, str]) -> tuple[Repere, ...]:
    return tuple(Repere(name, slugs.get(name, "")) for name in names)
