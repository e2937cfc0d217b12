"""The level the site proposes for a criterion of the grid, with its reason, or why it proposes none.

A rule was written for the five sentences of one criterion: when the bureau words them otherwise, the site no
longer knows what its counts mean there, and says so (:attr:`RegleNiveau.words`). Two rules hold for all. 0 is
proposed only from what the site itself counts: what nobody noted on a page may exist all the same. And one
more fact never lowers a proposal, but for the dates (two periods are less of a common week than one).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import StatutSemaine, TypePartenaire, TypeRessource, TypeTempsFort
from accroche.evaluation.preuves.actions import LISTS, touched
from accroche.evaluation.preuves.savoir import Savoir, counted
from accroche.evaluation.preuves.strategie import OF_THE_NETWORK
from accroche.lib.texte import NBSP, nombre, pluriel
from accroche.pilotage.couverture import Avancement

#: Days of a common week and of a fortnight around it; a longer period is something else.
LONGEST_WEEK: Final = 14
TENTH, QUARTER, HALF, MOST, NEARLY_ALL = 10, 25, 50, 75, 90
SECONDARY: Final = (Niveau.COLLEGE, Niveau.LYCEE, Niveau.LYCEE_PROFESSIONNEL)
#: Where the teams of a remarkable action show it to others.
SHOWN: Final = (
    *OF_THE_NETWORK,
    TypeTempsFort.FORUM,
    TypeTempsFort.TABLE_RONDE,
    TypeTempsFort.SALON,
    TypeTempsFort.CONFERENCE,
    TypeTempsFort.CEREMONIE,
)
YOURS: Final = "à vous de dire"


@dataclass(frozen=True, slots=True)
class Proposition:
    """A level from 0 to 4, None when the site cannot tell; ``reason``: why, in one sentence.

    ``check``: what only the académie can say, and that may change the level.
    """

    level: int | None
    reason: str
    check: str = ""


def _none(reason: str) -> Proposition:
    return Proposition(None, f"{reason}{NBSP}: {YOURS}.")


def proposition(code: str, levels: Sequence[str], savoir: Savoir) -> Proposition:
    """Return what the site proposes for the criterion ``code`` whose five sentences are ``levels``."""
    regle = REGLES.get(code)
    if regle is None:
        return _none("Le site ne sait pas compter ce que demande ce critère")
    if regle.words != fingerprint(levels):
        return _none("Ce critère n’a plus les phrases pour lesquelles le site sait compter")
    if not savoir.faits.has_data:
        return _none("Rien n’est encore connu de cette semaine")
    return regle.level(savoir)


def fingerprint(levels: Sequence[str]) -> int:
    """What five sentences are recognised by, spaces apart."""
    return crc32("\n".join(" ".join(level.split()) for level in levels).encode())


# -- objective 1: identify and show ----------------------------------------------------------------


def _known(savoir: Savoir) -> Proposition:
    coverage, fiches = savoir.faits.coverage, savoir.faits.fiches
    if coverage is None or not savoir.counts_sheets:
        return _none("L’annuaire n’est pas connu ici, et la part des établissements qui ont répondu non plus")
    secondary = sum((coverage.get(level, Avancement()) for level in SECONDARY), Avancement())
    primary = coverage.get(Niveau.PREMIER_DEGRE, Avancement())
    rate = secondary.rate or 0
    share = f"{nombre(rate)}{NBSP}% des collèges et lycées ont déclaré"
    schools = f", et {counted(primary.declared, 'école', 'écoles')}"
    if primary.declared and rate >= QUARTER:
        return Proposition(4, f"{share}{schools} ; le site tient la liste de ceux qui manquent.")
    if primary.declared and rate >= TENTH:
        return Proposition(3, f"{share}{schools}.")
    if not (secondary.declared or primary.declared or fiches.count):
        return Proposition(0, "Aucune fiche n’est arrivée.")
    if rate >= TENTH or savoir.faits.appel == "tous":
        told = f"{share}{schools if primary.declared else ', aucune école'}."
        return Proposition(2, told, "La phrase suivante demande aussi des écoles." if rate >= TENTH else "")
    return Proposition(1, f"{share}.", "Dites si tous ont été interrogés.")


def _listed(savoir: Savoir) -> Proposition:
    faits = savoir.faits
    if savoir.received and savoir.counts_sheets:
        published, received = faits.fiches.count, savoir.received
        told = f"{nombre(published)} des {nombre(received)}{NBSP}fiches reçues se lisent sur le site"
        if published >= received:
            return Proposition(3, f"{told}.")
        return Proposition(2 if published else 1, f"{told}.")
    if faits.has(TypeRessource.CARTE):
        return Proposition(3, "Une carte des actions est en ligne.", "Dites si toutes y sont.")
    if faits.has(*LISTS):
        return Proposition(2, "Un recensement ou un programme est en ligne.", "Dites s’il est complet.")
    if any(faits.unpublished.get(kind) for kind in LISTS):
        return Proposition(1, "Un tableau des actions existe et n’est pas en ligne.")
    return _none("Aucune liste n’est notée ici")


def _ages(savoir: Savoir) -> Proposition:
    found, fiches = touched(savoir), savoir.faits.fiches
    if not found:
        return _none("Aucun niveau n’est coché")
    told = f"{counted(len(found), 'niveau touché', 'niveaux touchés')} sur {len(Niveau)}"
    if len(found) < len(Niveau):
        return Proposition(len(found) - 1, f"{told}.")
    if not savoir.counts_sheets or not fiches.count:
        return _none("Les quatre niveaux sont cochés, sans que le site sache combien d’actions a chacun")
    least = min(Niveau, key=fiches.of)
    few = fiches.of(least)
    if few <= 1:
        words = counted(few, "fiche", "fiches") if few else "aucune fiche"
        return Proposition(2, f"{told}, mais {words} pour le niveau « {least.label.lower()} ».")
    coverage = savoir.faits.coverage or {}
    rates = [rate for level in Niveau if (rate := coverage.get(level, Avancement()).rate) is not None]
    if len(rates) == len(Niveau) and 2 * min(rates) >= max(rates) > 0:
        return Proposition(4, f"{told}, de {min(rates)} à {max(rates)}{NBSP}% des établissements de chacun.")
    return Proposition(3, f"{told}, chacun avec plusieurs fiches.")


def _told(savoir: Savoir) -> Proposition:
    fiches = savoir.faits.fiches
    if not fiches.count or not savoir.counts_sheets:
        return _none("Le site ne connaît pas toutes les fiches de cette édition")
    linked = fiches.with_support
    elsewhere = (
        f"{nombre(linked)} {pluriel(linked, 'renvoie', 'renvoient')} ailleurs"
        if linked
        else "aucune ne renvoie ailleurs"
    )
    share, text = 100 * linked / fiches.count, 100 * fiches.with_text / fiches.count
    told = (
        f"{nombre(linked)} {pluriel(linked, 'fiche', 'fiches')} sur {nombre(fiches.count)} "
        f"{pluriel(linked, 'renvoie', 'renvoient')} à une page, une image ou une vidéo"
    )
    if share >= NEARLY_ALL:
        return Proposition(4, f"{told}.", "Dites si les liens répondent.")
    if share >= HALF:
        return Proposition(3, f"{told}.")
    described = f"{nombre(fiches.with_text)} sur {nombre(fiches.count)} ont un texte"
    if text >= HALF:
        return Proposition(2, f"{described}, {elsewhere}.")
    return Proposition(1 if fiches.with_text or linked else 0, f"{described}.")


def _circulating(savoir: Savoir) -> Proposition:
    faits = savoir.faits
    marked = max(faits.fiches.remarkable, faits.fiches.prized)
    if marked:
        told = f"{counted(marked, 'action distinguée', 'actions distinguées')}"
        if savoir.reprises:
            return Proposition(
                4, f"{told}, et {counted(savoir.reprises, 'fiche née', 'fiches nées')} d’une autre."
            )
        if any(faits.temps_forts.get(kind) for kind in SHOWN):
            return Proposition(3, f"{told}, et un temps fort où les présenter.")
        return Proposition(2, f"{told} par l’académie.")
    if faits.fiches.count and savoir.counts_sheets:
        return Proposition(
            0, f"Aucune des {counted(faits.fiches.count, 'fiche', 'fiches')} n’est distinguée."
        )
    return _none("Le site ne connaît pas les actions mises en avant")


# -- objective 2: partners -------------------------------------------------------------------------

_DECLARED: Final = {"internes": 1, "surtout_internes": 2, "internes_externes": 2}


def _alliances(savoir: Savoir) -> Proposition:
    faits, fiches = savoir.faits, savoir.faits.fiches
    families = len(faits.partner_kinds)
    declared = _DECLARED.get(faits.alliances)
    many = counted(families, "famille de partenaires", "familles de partenaires")
    share = 100 * fiches.with_external / fiches.count if fiches.count and savoir.counts_sheets else None
    if share is not None and share >= MOST and families >= 5 and (faits.ordinal or 0) > 1:  # noqa: PLR2004
        return Proposition(4, f"Plus de trois fiches sur quatre ont un partenaire extérieur, et {many}.")
    open_ = faits.alliances == "internes_externes" or (share is not None and share >= HALF)
    if open_ and families >= 3:  # noqa: PLR2004 - as the sentence of the level says
        how = "Alliances dites ouvertes" if share is None or share < HALF else "Une fiche sur deux au moins"
        return Proposition(3, f"{how}, et {many}.")
    if families or faits.partners_external or fiches.with_external:
        return Proposition(2, f"{many[0].upper()}{many[1:]} {pluriel(families, 'connue', 'connues')}.")
    if declared is not None:
        return Proposition(declared, "C’est ce que l’académie dit de ses alliances.")
    return _none("L’académie n’a pas dit entre qui se nouent les alliances")


def _with_services(savoir: Savoir) -> Proposition:
    roles, portage = savoir.faits.partner_roles, savoir.faits.portage
    if roles & {"prepare", "co_organise"}:
        return Proposition(
            3, "Un partenaire prépare ou co-organise.", "S’il siège au comité, c’est le niveau 4."
        )
    if roles:
        return Proposition(2, "Des partenaires prennent part à la semaine de l’académie.")
    if portage in {"services", "les_deux"}:
        return Proposition(2, "Les services nouent eux-mêmes des alliances.")
    if portage == "porteurs":
        return Proposition(1, "Les porteurs nouent les alliances, chacun de leur côté.")
    return _none("L’académie n’a pas dit qui noue les alliances, ni ce que font les partenaires")


def _parents(savoir: Savoir) -> Proposition:
    if TypePartenaire.PARENTS in savoir.faits.partner_kinds:
        return Proposition(3, "Des parents sont nommés parmi les partenaires.")
    if count := savoir.faits.fiches.with_parents:
        return Proposition(2, f"{counted(count, 'fiche a', 'fiches ont')} les parents pour thème.")
    return _none("Rien n’est noté de la place des parents")


# -- objective 3: strategy -------------------------------------------------------------------------


def _written(savoir: Savoir) -> Proposition:
    if count := savoir.faits.strategies:
        told = counted(count, "texte noté", "textes notés")
        return Proposition(2, f"{told}.", "Dites ce qu’on y attend de la semaine.")
    return _none("Aucun texte n’est noté ici")


def _piloted(savoir: Savoir) -> Proposition:
    if savoir.faits.has_committee:
        return Proposition(3, "Un comité de pilotage est décrit.", "Dites s’il accueille des partenaires.")
    if savoir.faits.has_pilot:
        return Proposition(2, "Un service pilote est nommé, sans comité.")
    return _none("Ni service pilote ni comité n’est noté")


def _week(savoir: Savoir) -> Proposition:
    faits = savoir.faits
    if not faits.windows:
        return _none("Aucune date n’est donnée")
    if faits.windows > 1:
        return Proposition(2, f"{counted(faits.windows, 'période distincte', 'périodes distinctes')}.")
    if faits.days == 1:
        return Proposition(1, "Un seul jour.")
    if faits.days > LONGEST_WEEK:
        return _none(f"Une période de {nombre(faits.days)}{NBSP}jours n’est pas une semaine")
    return Proposition(3, "Une période commune.", "Dites si toute l’académie s’en saisit.")


def _territory(savoir: Savoir) -> Proposition:
    faits, terrain = savoir.faits, savoir.terrain
    known = terrain is not None and terrain.bassins > 0
    active, every = (terrain.bassins_with, terrain.bassins) if terrain else (0, 0)
    told = f"{nombre(active)} des {nombre(every)}{NBSP}bassins ont une fiche"
    if known and active == every:
        return Proposition(4, f"{told}.")
    if faits.appel == "tous":
        return Proposition(3, f"Tous les bassins ont été appelés{f' ; {told}' if known else ''}.")
    if known and 2 * active >= every:
        return Proposition(3, f"{told}.")
    if faits.appel and faits.bassins:
        called = counted(faits.bassins, "bassin appelé", "bassins appelés")
        if faits.bassins <= 2:  # noqa: PLR2004 - as the sentence of the level says
            return Proposition(1, f"{called}.")
        if known:
            return Proposition(3 if 2 * faits.bassins >= every else 2, f"{called} sur {nombre(every)}.")
    return _none("Le site ne sait pas quelle part des bassins a été appelée")


def _network(savoir: Savoir) -> Proposition:
    count = sum(savoir.faits.temps_forts.get(kind, 0) for kind in OF_THE_NETWORK)
    told = counted(count, "séminaire, journée ou formation", "séminaires, journées ou formations")
    if count > 2:  # noqa: PLR2004 - « plusieurs fois dans l’année »
        return Proposition(3, f"{told[0].upper()}{told[1:]}.", "Dites si ce sont les mêmes équipes.")
    return Proposition(2, f"{told}.") if count else _none("Ni séminaire ni formation n’est noté")


def _report(savoir: Savoir) -> Proposition:
    faits = savoir.faits
    if faits.has(TypeRessource.BILAN):
        if savoir.axes_kept and savoir.axes_done:
            return Proposition(4, "Un bilan en ligne, et des axes de l’édition d’avant qui ont avancé.")
        if savoir.axes_kept:
            return Proposition(
                3, f"Un bilan en ligne, et {counted(savoir.axes_kept, 'axe', 'axes')} choisis."
            )
        return Proposition(2, "Un bilan en ligne, sans axes choisis pour la suite.")
    if faits.status is not StatutSemaine.REPORTED:
        return _none("La semaine n’a pas encore rendu compte")
    if faits.actions.is_nc or faits.etablissements.is_nc:
        return Proposition(1, "L’académie a rendu compte ; un nombre au moins manque (N.C.).")
    return Proposition(2, "L’académie a rendu compte, avec ses nombres ; aucun bilan n’est en ligne.")


# -- objective 4: being seen -----------------------------------------------------------------------


def _announced(savoir: Savoir) -> Proposition:
    faits = savoir.faits
    kinds = len(faits.published)
    told = f"{counted(kinds, 'sorte de support', 'sortes de supports')} en ligne"
    if kinds >= 3:  # noqa: PLR2004 - « plusieurs se complètent »
        lasting = faits.has(TypeRessource.SITE) and (faits.ordinal or 0) > 1
        return Proposition(4 if lasting else 3, f"{told}{', dont un site' if lasting else ''}.")
    if faits.has(TypeRessource.PROGRAMME, TypeRessource.DOSSIER_PRESSE):
        return Proposition(2, "Un programme ou un dossier de presse est en ligne.")
    return Proposition(1, f"{told}.") if kinds else _none("Aucun support publié n’est noté")


def _kept(savoir: Savoir) -> Proposition:
    public, every = savoir.faits.resources_public, savoir.faits.resources
    if not every:
        return _none("Aucune production n’est notée")
    some = nombre(public) if public else "Aucune"
    told = f"{some} {pluriel(public, 'production', 'productions')} en ligne sur {nombre(every)}"
    if not public:
        return Proposition(1, f"{told}.")
    if 2 * public < every:
        return Proposition(2, f"{told}.")
    return Proposition(3, f"{told}.", "Dites si l’on sait comment s’en resservir.")


def _media(savoir: Savoir) -> Proposition:
    faits = savoir.faits
    told = faits.published.get(TypeRessource.ARTICLE, 0) + faits.published.get(TypeRessource.EMISSION, 0)
    count = max(sum(faits.medias.values()), told)
    aired = {"radio", "television"} & set(faits.medias) or faits.has(TypeRessource.EMISSION)
    if count > 1 and aired:
        return Proposition(
            3, f"{counted(count, 'retombée', 'retombées')}, dont une à la radio ou à la télévision."
        )
    return (
        Proposition(2, f"{counted(count, 'retombée notée', 'retombées notées')}.")
        if count
        else _none("Aucune retombée n’est notée")
    )


def _events(savoir: Savoir) -> Proposition:
    faits = savoir.faits
    if not faits.events:
        return _none("Aucun temps fort n’est noté")
    told = counted(faits.events, "temps fort", "temps forts")
    if faits.events > 1 and faits.authorities & {"recteur", "dasen"}:
        return Proposition(3, f"{told}, dont un devant le recteur ou un DASEN.")
    return Proposition(2, f"{told}.", "Dites à qui c’était ouvert.")


@dataclass(frozen=True, slots=True)
class RegleNiveau:
    """How one criterion is judged; ``words``: the fingerprint of the sentences it was written for."""

    words: int
    level: Callable[[Savoir], Proposition]


#: By the code of the criterion, for the grid of 2016 (``imports/packs/2015-2016/grille.toml``).
REGLES: Final[Mapping[str, RegleNiveau]] = {
    "1.1": RegleNiveau(0x65A1CF1D, _known),
    "1.2": RegleNiveau(0x3E9D1875, _listed),
    "1.3": RegleNiveau(0x9B8908CA, _ages),
    "1.4": RegleNiveau(0x8BDF068B, _told),
    "1.5": RegleNiveau(0x29191F4C, _circulating),
    "2.1": RegleNiveau(0x96412721, _alliances),
    "2.2": RegleNiveau(0xB4F2CD0D, _with_services),
    "2.3": RegleNiveau(0xC1A3A0C8, _parents),
    "3.1": RegleNiveau(0xD679E953, _written),
    "3.2": RegleNiveau(0xB49D0EEF, _piloted),
    "3.3": RegleNiveau(0xF82D9A6C, _week),
    "3.4": RegleNiveau(0xB9FEC4C1, _territory),
    "3.5": RegleNiveau(0xDCDAE779, _network),
    "3.6": RegleNiveau(0x3CD47FA8, _report),
    "4.1": RegleNiveau(0x1F755FAC, _announced),
    "4.2": RegleNiveau(0xDDD7139B, _kept),
    "4.3": RegleNiveau(0xF7B50201, _media),
    "4.4": RegleNiveau(0x68E935DC, _events),
}
