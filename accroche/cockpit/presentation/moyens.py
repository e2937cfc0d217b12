"""What a campaign is made with: partners, resources, the work of people, what was agreed on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from accroche.actions.cycle import Etat
from accroche.campagne.models import Semaine
from accroche.campagne.regles import Charge, TypeRessource
from accroche.cockpit.forms.cockpit import UNBEGUN
from accroche.cockpit.partenariats import Partenariat, ParType, by_kind, kept, together
from accroche.cockpit.presentation.dessins import Donnee, Graphique, graphique
from accroche.cockpit.presentation.lignes import Quoi
from accroche.cockpit.presentation.tableaux import (
    ChiffreCle,
    Compte,
    LiensCockpit,
    RangeeTableau,
    TableauChiffres,
)
from accroche.cockpit.queries.suivi import Engagements
from accroche.evaluation.evaluation import EtatEvaluation
from accroche.lib.texte import NBSP, liste, nombre, pluriel
from accroche.tutorat.binome import EtatBinome


def partenaires(
    found: Iterable[Partenariat], liens: LiensCockpit
) -> tuple[TableauChiffres, Graphique | None]:
    """The partners from outside the Éducation nationale by kind, then those within it."""
    rows = list(found)
    outside = by_kind(kept(rows, internal=False))
    lines = [
        RangeeTableau(
            one.kind.label if one.kind else "Type non précisé",
            "",
            _partners(one, liens, interne="non", type=one.kind or "inconnu"),
        )
        for one in outside
    ]
    for words, code, internal in (
        ("Ensemble hors Éducation nationale", "non", False),
        ("Au sein de l’Éducation nationale", "oui", True),
    ):
        lines.append(
            RangeeTableau(words, "", _partners(together(kept(rows, internal=internal)), liens, interne=code))
        )
    drawing = graphique(
        "partenaires",
        "Partenaires hors Éducation nationale, par type",
        [
            Donnee(
                one.kind.label if one.kind else "Type non précisé",
                f"{nombre(one.partners)}, {nombre(one.academies)} "
                f"{pluriel(one.academies, 'académie', 'académies')}",
                (one.partners,),
            )
            for one in outside
        ],
        [("a-part--publiee", "Partenaires")],
    )
    headings = ("Type", "Partenaires", "Académies", "Fiches publiées")
    return TableauChiffres("partenaires", "Par type de partenaire", headings, tuple(lines)), drawing


def _partners(one: ParType, liens: LiensCockpit, **filtres: object) -> tuple[Compte | str, ...]:
    return (
        Compte(one.partners, liens.to(Quoi.PARTENAIRES, **filtres), "partenaires"),
        Compte(one.academies, liens.to(Quoi.ACADEMIES, **filtres), "académies"),
        Compte(one.actions, liens.to(Quoi.FICHES, etat=Etat.PUBLISHED, **filtres), "fiches"),
    )


#: Whether a resource is public, in the order of the columns: code of its list, words, part of a bar.
PUBLIC: Final = (
    (True, "oui", "Publiées", "a-part--publiee"),
    (False, "non", "Non publiées", "a-part--envoyee"),
    (None, "inconnu", "Sans précision", "a-part--brouillon"),
)


def ressources(
    counts: Mapping[tuple[str, bool | None], tuple[int, set[int]]], liens: LiensCockpit
) -> tuple[TableauChiffres, Graphique | None]:
    """The resources by kind: those that are public, those that are not, those of which nobody said it."""
    there = {kind for kind, _ in counts}
    kinds = [kind for kind in (*filter(None, TypeRessource), "") if kind in there]
    nothing: tuple[int, set[int]] = (0, set())
    lines, bars = [], []
    for kind in kinds:
        found = [counts.get((kind, public), nothing) for public, *_ in PUBLIC]
        words, code = TypeRessource(kind).label if kind else "Type non précisé", kind or "inconnu"
        numbers = tuple(count for count, _ in found)
        listed = tuple(
            Compte(count, liens.to(Quoi.RESSOURCES, ressource=code, publiee=asked), "ressources")
            for count, (_, asked, *_) in zip(numbers, PUBLIC, strict=True)
        )
        places = set().union(*(where for _, where in found))
        academies = Compte(len(places), liens.to(Quoi.ACADEMIES, ressource=code), "académies")
        lines.append(RangeeTableau(words, "", (*listed, academies)))
        bars.append(Donnee(words, nombre(sum(numbers)), numbers))
    drawing = graphique(
        "ressources",
        "Ressources produites, par type",
        bars,
        [(part, words) for _, _, words, part in PUBLIC],
    )
    headings = ("Type", *(words for _, _, words, _ in PUBLIC), "Académies")
    return TableauChiffres("ressources", "Par type de ressource", headings, tuple(lines)), drawing


def charge(semaines: Iterable[Semaine], liens: LiensCockpit) -> tuple[TableauChiffres, ChiffreCle]:
    """How heavy the semaine was: académies by answer, and the days of work that were told."""
    rows = list(semaines)
    if liens.academie:
        return _charge_d_une(rows[0], liens)
    answers = [(one.value, one.label) for one in Charge if one] + [("", "Non dit")]
    lines = tuple(
        RangeeTableau(
            words,
            "",
            (
                Compte(
                    sum(1 for one in rows if one.staff_strain == code),
                    liens.to(Quoi.CHARGE, charge=code or "inconnu"),
                    "académies",
                ),
            ),
        )
        for code, words in answers
    )
    told = [one.staff_days for one in rows if one.staff_days is not None]
    who = pluriel(len(told), "académie le dit", "académies le disent")
    days = ChiffreCle(
        f"journées de travail au moins{NBSP}: {nombre(len(told))} {who}, sur {nombre(len(rows))}"
        if told
        else f"journées de travail{NBSP}: aucune académie ne l’a encore dit",
        Compte(sum(told), liens.to(Quoi.CHARGE, jours="oui")),
    )
    return TableauChiffres("charge", "Ce qu’en disent les académies", ("Charge", "Académies"), lines), days


def _charge_d_une(semaine: Semaine, liens: LiensCockpit) -> tuple[TableauChiffres, ChiffreCle]:
    """The same of one académie: what it says, where a count of académies would tell nothing."""
    days = semaine.staff_days
    told = "dit l’académie" if days is not None else "l’académie ne l’a pas encore dit"
    said = Charge(semaine.staff_strain).label.lower() if semaine.staff_strain else "non dit"
    table = TableauChiffres(
        "charge",
        "Ce qu’en dit l’académie",
        ("Charge", "Réponse"),
        (RangeeTableau("Cette charge de travail est…", "", (said,)),),
    )
    label = f"{pluriel(days or 2, 'journée', 'journées')} de travail{NBSP}: {told}"
    return table, ChiffreCle(label, Compte(days or 0, liens.to(Quoi.CHARGE, jours="oui")))


def _suivi_d_une(found: Engagements, liens: LiensCockpit) -> TableauChiffres:
    """Where one académie stands in it, in words."""
    grids = liste(etat.label.lower() for etat in EtatEvaluation if found.grids.get(etat))
    pairs = liste(etat.label.lower() for etat in EtatBinome if found.pairs.get(etat))
    axes = liens.to(Quoi.AXES) if found.axes else ""
    rows = (
        RangeeTableau("Axes de travail", axes, ("choisis" if found.axes else "pas encore choisis",)),
        RangeeTableau("Aide pour la prochaine édition", "", ("demandée" if found.help else "pas demandée",)),
        *(
            [RangeeTableau("Grille d’auto-évaluation", "", (grids or "pas commencée",))]
            if grids or found.unbegun
            else []
        ),
        *([RangeeTableau("Accompagnement", liens.to(Quoi.BINOMES), (pairs,))] if pairs else []),
    )
    return TableauChiffres("suivi", "Entre deux éditions", ("Engagements", "Où ils en sont"), rows)


def suivi(found: Engagements, liens: LiensCockpit) -> TableauChiffres:
    """What académies and bureau agreed on between two editions: axes, help, grids, pairs."""
    if liens.academie:
        return _suivi_d_une(found, liens)
    rows = [
        RangeeTableau(
            "Académies qui ont choisi leurs axes",
            "",
            (Compte(len(found.axes), liens.to(Quoi.AXES), "académies"),),
        ),
        RangeeTableau(
            "Académies qui demandent de l’aide",
            "",
            (Compte(len(found.help), liens.to(Quoi.ACADEMIES, aide="oui"), "académies"),),
        ),
    ]
    if found.unbegun:
        grids = Compte(found.unbegun, liens.to(Quoi.GRILLES, grille=UNBEGUN), "académies")
        rows.append(RangeeTableau(f"Grille d’auto-évaluation{NBSP}: pas commencée", "", (grids,)))
    rows += [
        RangeeTableau(
            f"Grille d’auto-évaluation{NBSP}: {etat.label.lower()}",
            "",
            (Compte(count, liens.to(Quoi.GRILLES, grille=etat), "académies"),),
        )
        for etat in EtatEvaluation
        if (count := found.grids.get(etat, 0))
    ]
    rows += [
        RangeeTableau(
            f"Binômes d’accompagnement{NBSP}: {etat.label.lower()}",
            "",
            (Compte(count, liens.to(Quoi.BINOMES, binome=etat), "binômes"),),
        )
        for etat in EtatBinome
        if (count := found.pairs.get(etat, 0))
    ]
    return TableauChiffres("suivi", "Entre deux éditions", ("Engagements", "Nombre"), tuple(rows))
