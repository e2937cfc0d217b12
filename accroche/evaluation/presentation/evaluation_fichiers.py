"""The workbook of a grid, what one that came back changes, and what the answers lead to."""

from __future__ import annotations

from dataclasses import dataclass, field

from accroche.campagne.axes import CATALOGUE
from accroche.campagne.models import Critere, Semaine
from accroche.commun.conflit import Ecart
from accroche.evaluation.evaluation_tableur import (
    ANSWER,
    COMMENT,
    HEADINGS,
    MARK,
    WIDE,
    CritereEcrit,
    GrilleRemplie,
    LigneFautive,
    Origine,
    row_of,
)
from accroche.evaluation.presentation.evaluation import field_of, told
from accroche.evaluation.preuves import Savoir, indications
from accroche.evaluation.propositions import proposition
from accroche.evaluation.queries.axes import suggestions_of
from accroche.evaluation.queries.evaluation import Consultee
from accroche.evaluation.suites import CritereRepondu, Suites, axes_of, suites
from accroche.integrations.tableur.ecriture import Feuille
from accroche.lib.texte import de, liste


def feuille(found: Consultee, savoir: Savoir, origine: Origine) -> Feuille:
    """The sheet to fill: a row a criterion."""
    rows = []
    for critere in found.criteres:
        proposed = proposition(critere.code, critere.levels, savoir)
        level = "" if proposed.level is None else f"{proposed.level} : "
        known = [one.text for code in critere.evidence for one in indications(code, savoir)]
        held = found.reponses.get(critere.pk)
        written = CritereEcrit(
            code=critere.code,
            objectif=critere.objectif.label,
            title=critere.title,
            levels=critere.levels,
            evidence="\n".join(dict.fromkeys(known)),
            proposed=f"{level}{proposed.reason}",
        )
        rows.append(row_of(written, found.dite(critere), held.version if held else 0, origine))
    return Feuille("Grille", HEADINGS, rows, WIDE)


def lisez_moi(semaine: Semaine) -> list[list[str]]:
    """The sheet that explains."""
    return [
        [f"Grille d’auto-évaluation, académie {de(semaine.academie.name)}, édition {semaine.edition.year}"],
        [ANSWER, "Un niveau de 0 à 4, « sans objet » ou « ne sait pas ». Vide : la réponse du site reste."],
        [COMMENT, "Un mot d’explication, si vous le voulez ; il est demandé pour une réponse sans niveau."],
        [MARK, "Le site y reconnaît ce qui a été répondu entre-temps : laissez cette colonne."],
        [
            "Le retour",
            "Déposez le fichier sur la page de l’auto-évaluation : vous verrez ce qu’il change avant.",
        ],
    ]


@dataclass
class Retour:
    """What a file that came back changes. ``changed``: criterion, before and after in words.

    ``ecarts``: answered otherwise on the site since it was downloaded. ``fields``: what the form that applies
    it holds: criterion, choice, comment, and the version it writes over.
    """

    changed: list[tuple[Critere, str, str]] = field(default_factory=list)
    ecarts: list[Ecart] = field(default_factory=list)
    fields: list[tuple[Critere, str, str, int]] = field(default_factory=list)
    fautives: list[LigneFautive] = field(default_factory=list)
    same: int = 0
    empty: int = 0


def retour(found: Consultee, lecture: GrilleRemplie) -> Retour:
    """Compare a file with the site: a row that was downloaded before the last answer is asked about."""
    by_code = {critere.code: critere for critere in found.criteres}
    shown = Retour(fautives=lecture.fautives, empty=len(lecture.empty))
    for line in lecture.lues:
        critere = by_code[line.code]
        row, held = found.reponses.get(critere.pk), found.dite(critere)
        if held == line.dite:
            shown.same += 1
            continue
        version = row.version if row else 0
        shown.fields.append((critere, line.dite.choice, line.dite.comment, version))
        if row is not None and line.version != version:
            typed, site = told(critere, line.dite), told(critere, held)
            # what the site holds stays unless one says otherwise
            shown.ecarts.append(Ecart(field_of(critere), str(critere), site, typed, untouched=True))
        else:
            shown.changed.append((critere, told(critere, held), told(critere, line.dite)))
    return shown


@dataclass(frozen=True, slots=True)
class AxePropose:
    """An axis the site proposes: why, from facts or from the answers, and what to try."""

    label: str
    why: str
    pistes: tuple[str, ...]


#: Axes told on the end page, and what to try of each: it holds on two sheets of paper.
MOST_AXES, MOST_PISTES = 3, 2


def axes_of_page(semaine: Semaine, told: Suites) -> list[AxePropose]:
    """The axes proposed: those the rules suggest, then those the lowest answers lead to; a few queries."""
    reasons: dict[str, list[str]] = {}
    for suggestion in suggestions_of(semaine):
        if suggestion.counted:
            reasons.setdefault(suggestion.axe, []).append(suggestion.reason)
    for code, titles in axes_of(told.steps).items():
        words = liste(f"« {title} »" for title in titles)
        reasons.setdefault(code, []).append(f"Votre réponse à {words} y mène aussi.")
    catalogue = {axe.code: axe for axe in semaine.edition.axes.all()}
    found = []
    for code, why in list(reasons.items())[:MOST_AXES]:
        known = CATALOGUE.get(code)
        held = catalogue.get(code)
        label = held.label if held else (known.label if known else code)
        pistes = tuple(held.pistes) if held and held.pistes else (known.pistes if known else ())
        found.append(AxePropose(label, " ".join(why), pistes[:MOST_PISTES]))
    return found


def suites_of(found: Consultee) -> Suites:
    """What the answers of an evaluation lead to."""
    return suites(
        CritereRepondu(
            code=critere.code,
            title=critere.title,
            objectif=critere.objectif.label,
            levels=tuple(critere.levels),
            weight=critere.weight,
            axe=critere.axe,
            dite=found.dite(critere),
        )
        for critere in found.criteres
    )
