"""One académie's sheet: its lines sorted by what they say, then each part read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from accroche.actions.dossier import ActionDossier, AxeRetenu, RessourceDossier, SemaineDossier, StatutSemaine
from accroche.imports.rapport.adresses import Pied, est_complete, separer_pied
from accroche.imports.rapport.axes import annonce
from accroche.imports.rapport.exemples import Exemples, est_action, lire_exemples, ressource
from accroche.imports.rapport.lignes import Ligne, sans_accents
from accroche.imports.rapport.paragraphes import Paragraphe, en_texte, paragraphes
from accroche.imports.rapport.problemes import Releve
from accroche.imports.rapport.rubriques import (
    est_case,
    lire_axes,
    lire_chiffres,
    lire_dates,
    lire_niveaux,
    lire_ordinal,
    lire_parrain,
)
from accroche.imports.rapport.sections import Section, nom_academie
from accroche.lib.chiffres import Chiffre, parse

_OUVERTURE: Final = 300
_FONDS: Final = "fonds structurels européens"


@dataclass(slots=True)
class _Page:
    """The lines of the first page, by what they say."""

    recit: list[Ligne] = field(default_factory=list)
    axes: list[Ligne] = field(default_factory=list)
    cases: list[Ligne] = field(default_factory=list)
    actions: list[Ligne] = field(default_factory=list)
    etablissements: list[Ligne] = field(default_factory=list)
    partenaires: list[Ligne] = field(default_factory=list)
    titre_partenaires: bool = False
    axes_annonces: int = 0
    garder_annonce: bool = False


def lire_fiche(section: Section, edition: str, releve: Releve) -> SemaineDossier:
    """Read one sheet; what cannot be read is noted in ``releve`` and left empty."""
    coupe = next(
        (rang for rang, ligne in enumerate(section.lignes) if est_action(ligne) or _titre_exemples(ligne)),
        len(section.lignes),
    )
    premiere, pied_1 = separer_pied(section.lignes[:coupe], liens_en_fin=False)
    seconde, pied_2 = separer_pied(section.lignes[coupe:], liens_en_fin=True)
    pied = _pied([*pied_1, *pied_2], releve)
    page = _trier(premiere, releve)
    recit = paragraphes(page.recit, pied, releve)
    partenaires = paragraphes(page.partenaires, pied, releve)
    indisponible = any(_dit_indisponible(p.texte) for p in recit)
    axes, suite = _axes(page, pied, releve)
    recit = [p for p in (*recit, *suite) if not _dit_indisponible(p.texte)]
    if indisponible:
        seconde = [ligne for ligne in seconde if not _dit_indisponible(ligne.texte)]
    exemples = _exemples(seconde, section, pied, releve)
    actions, etablissements = _chiffres(page, section, f"Synthèse nationale {edition}", releve, indisponible)
    textes = [*recit, *partenaires]
    semaine = SemaineDossier(
        academie=section.nom,
        windows=lire_dates(section.dates, edition, releve),
        ordinal=lire_ordinal(recit),
        status=StatutSemaine.UNAVAILABLE if indisponible else StatutSemaine.REPORTED,
        levels=lire_niveaux(page.cases, section.numero, releve),
        actions_figures=actions,
        etablissements_figures=etablissements,
        sponsor=lire_parrain(textes),
        funding=_FONDS if any(_FONDS in p.texte for p in textes) else "",
        narrative=en_texte(p for p in recit if not p.adresse_seule),
        partners_narrative=en_texte(p for p in partenaires if not p.adresse_seule),
        axes=axes,
        ressources=_ressources(textes, exemples, pied),
        actions=_remarquables(exemples.actions, actions),
        examples_note=exemples.note,
    )
    _verifier(semaine, page, section, releve)
    return semaine


def _pied(lignes: Sequence[Ligne], releve: Releve) -> Pied:
    for ligne in lignes:
        if not est_complete(ligne.texte):
            releve.note(
                ligne.numero,
                ligne.texte,
                "Cette adresse du pied de page n’est pas entière : elle n’est pas reprise. Complétez-la.",
            )
    return Pied.de(ligne.texte for ligne in lignes)


def _titre_exemples(ligne: Ligne) -> bool:
    return ligne.texte.startswith("Exemple") and sans_accents(ligne.texte[:60]).startswith(
        ("exemples d'action", "exemple d'action")
    )


def _trier(lignes: Sequence[Ligne], releve: Releve) -> _Page:
    """Sort the lines of the first page: a known line opens a part, plain text goes on with it."""
    page = _Page()
    ouverte = page.recit
    for rang, ligne in enumerate(lignes):
        rubrique = _rubrique(ligne, page)
        if rubrique is page.partenaires:
            ouverte = rubrique
            page.titre_partenaires = True
            continue
        if rubrique is not None:
            ouverte = rubrique
        elif ouverte is page.recit:
            suivante = lignes[rang + 1].texte if rang + 1 < len(lignes) else ""
            lue = annonce(ligne.texte, suivante)
            if lue is not None:
                page.axes_annonces, ouvre_la_phrase = lue
                _garder(page, ligne, ouvre_la_phrase=ouvre_la_phrase)
                ouverte = page.axes
        elif ouverte is page.cases or _apres_chiffre(ouverte, page, ligne):
            releve.note(
                ligne.numero,
                ligne.texte,
                "Ce texte n’est rattaché à aucune rubrique de la fiche : il n’est pas repris. Placez-le sous "
                "« Partenaires » ou dans le récit.",
            )
            continue
        ouverte.append(ligne)
    return page


def _rubrique(ligne: Ligne, page: _Page) -> list[Ligne] | None:
    """Give the part a line opens, None for plain text."""
    if est_case(ligne):
        return page.cases
    cle = sans_accents(ligne.texte[:60])
    if cle.startswith("nombre d'action"):
        return page.actions
    if cle.startswith(("nombre d'ecole", "nombre d'etablissement")):
        return page.etablissements
    if cle in {"partenaires", "partenaires :"} and not page.titre_partenaires:
        return page.partenaires
    return None


def _garder(page: _Page, ligne: Ligne, *, ouvre_la_phrase: bool) -> None:
    """Keep in the narrative an announcement that says more than the number of axes.

    The lines of its paragraph that came before go along with it.
    """
    if ouvre_la_phrase and (ligne.vides or not page.recit):
        return
    page.garder_annonce = True
    vides = ligne.vides
    while page.recit and not vides:
        precedente = page.recit.pop()
        page.axes.insert(0, precedente)
        vides = precedente.vides


def _apres_chiffre(ouverte: list[Ligne], page: _Page, ligne: Ligne) -> bool:
    """Tell whether a line comes after a figure that a blank line has ended."""
    if ligne.vides == 0 or (ouverte is not page.actions and ouverte is not page.etablissements):
        return False
    return any(autre.texte.partition(":")[2].strip() or rang for rang, autre in enumerate(ouverte[:2]))


def _dit_indisponible(texte: str) -> bool:
    cle = sans_accents(texte[:_OUVERTURE])
    return cle.startswith("les donnees") and "ne sont pas disponibles" in cle


def _axes(page: _Page, pied: Pied, releve: Releve) -> tuple[tuple[AxeRetenu, ...], list[Paragraphe]]:
    """Read the list of axes; what surrounds it belongs to the narrative."""
    if not page.axes:
        return (), []
    lus = paragraphes(page.axes, pied, releve)
    puces = [p for p in lus if p.puce]
    suite = [p for p in lus if not p.puce]
    if not page.garder_annonce:
        suite = suite[1:]
    return lire_axes(puces, page.axes_annonces, page.axes[0].numero, releve), suite


def _exemples(seconde: Sequence[Ligne], section: Section, pied: Pied, releve: Releve) -> Exemples:
    if seconde and _titre_exemples(seconde[0]):
        titre = seconde[0]
        nom = nom_academie(titre.texte[max(0, titre.texte.rfind("Académie")) :])
        if nom is not None and nom != section.nom:
            releve.note(
                titre.numero,
                titre.texte,
                f"Ce titre nomme l’académie « {nom} » dans la fiche de « {section.nom} » : ses actions sont "
                "rattachées à la fiche. Vérifiez qu’il ne manque pas un titre d’académie au-dessus.",
            )
        seconde = seconde[1:]
    intrus = next((ligne for ligne in seconde if est_case(ligne) or _titre_exemples(ligne)), None)
    if intrus is not None:
        releve.note(
            intrus.numero,
            intrus.texte,
            f"Une autre fiche semble commencer plus haut, dans les actions de « {section.nom} » : son titre "
            "« Académie de … » manque ou n’est pas seul sur sa ligne. Rétablissez-le et relisez le rapport.",
        )
    return lire_exemples(seconde, pied, releve)


def _chiffres(
    page: _Page, section: Section, source: str, releve: Releve, indisponible: bool
) -> tuple[tuple[Chiffre, ...], tuple[Chiffre, ...]]:
    if indisponible and not any(
        ":" in ligne.texte.rstrip(": ") for ligne in (*page.actions, *page.etablissements)
    ):
        return parse("", source=source), parse("", source=source)
    return (
        lire_chiffres(page.actions, "d’actions", section.numero, source, releve),
        lire_chiffres(page.etablissements, "d’écoles et d’établissements", section.numero, source, releve),
    )


def _ressources(textes: Iterable[Paragraphe], exemples: Exemples, pied: Pied) -> tuple[RessourceDossier, ...]:
    """List the addresses of the narrative, then those of the foot that no other text cites."""
    trouvees: dict[str, RessourceDossier] = {}
    for paragraphe in textes:
        for adresse in paragraphe.adresses:
            trouvees.setdefault(adresse, ressource(adresse))
    for autre in exemples.ressources:
        trouvees.setdefault(autre.url, autre)
    prises = {lien.url for action in exemples.actions for lien in action.links}
    for adresse in pied.adresses:
        if adresse not in prises:
            trouvees.setdefault(adresse, ressource(adresse))
    return tuple(trouvees.values())


def _remarquables(
    actions: tuple[ActionDossier, ...], figures: Sequence[Chiffre]
) -> tuple[ActionDossier, ...]:
    """Mark every action when the figure calls them all remarquables (« 5 dites “remarquables” »)."""
    total = figures[0]
    if total.value != len(actions) or "remarquable" not in f"{total.perimeter} {total.note}":
        return actions
    return tuple(replace(action, remarkable=True) for action in actions)


def _verifier(semaine: SemaineDossier, page: _Page, section: Section, releve: Releve) -> None:
    """Report the parts that a sheet should have and that were not found."""
    manques: list[str] = []
    if not section.dates:
        manques.append("les dates de la semaine, sous le titre (par exemple « 14 – 19 mars 2016 »)")
    if not page.titre_partenaires:
        manques.append("le titre « Partenaires »")
    if semaine.status is StatutSemaine.REPORTED:
        if not semaine.narrative:
            manques.append("le récit")
        if not page.axes:
            manques.append("la phrase qui annonce les axes de travail et leur liste")
        if not semaine.actions:
            manques.append("les exemples d’actions (chacun commence par une flèche)")
    if manques:
        releve.note(
            section.numero,
            f"Académie : {section.nom}",
            f"Il manque dans cette fiche : {' ; '.join(manques)}. Complétez le texte, ou la fiche une fois "
            "importée.",
        )
