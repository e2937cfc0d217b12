"""What the sheet of one académie says it did, in verbs that follow its name: « publie un site »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import PARTENAIRE_LABELS, Alliances, Autorite, Indicateur
from accroche.dossier.dossier import SemaineDossier
from accroche.evaluation.faits import Faits
from accroche.lib.chiffres import Chiffre, format_total, total
from accroche.lib.texte import liste
from accroche.redaction.preuves.matiere import FEW, count, external
from accroche.redaction.preuves.supports import RESSOURCES

_INNER: Final = re.compile(r"«\s?|\s?»")


def identifier(semaine: SemaineDossier, faits: Faits) -> Iterator[str]:
    """How many actions and levels it tells, and what it publishes of them."""
    told = [
        _number(figures, indicateur)
        for indicateur, figures in (
            (Indicateur.ACTIONS, semaine.actions_figures),
            (Indicateur.ETABLISSEMENTS, semaine.etablissements_figures),
        )
    ]
    if counted := list(filter(None, told)):
        yield f"compte {liste(counted)}"
    if faits.levels:
        words = count(len(faits.levels), "niveau", "niveaux")
        yield f"coche {words} ({liste(one.label.lower() for one in Niveau if one in faits.levels)})"
    yield from _publishes(faits)
    if semaine.temps_forts:
        yield _events(semaine)


def mobiliser(semaine: SemaineDossier, faits: Faits) -> Iterator[str]:
    """Whom it names as partners, and between whom it says its alliances are."""
    if names := external(semaine.partners):
        words = count(len(names), "partenaire extérieur", "partenaires extérieurs")
        yield f"nomme {words} ({liste(names)})"
    if len(faits.partner_kinds) > 1:
        families = [
            label[:1].lower() + label[1:]
            for kind, label in PARTENAIRE_LABELS.items()
            if kind in faits.partner_kinds
        ]
        words = count(len(families), "famille", "familles")
        yield f"a des partenaires de {words} ({liste(families)})"
    if faits.alliances and faits.alliances is not Alliances.NC:
        yield f"dit ses alliances nouées {faits.alliances.label[:1].lower()}{faits.alliances.label[1:]}"


def integrer(semaine: SemaineDossier, faits: Faits) -> Iterator[str]:
    """The policy it cites, who steers, who pays, and what brings its network together."""
    if semaine.strategie:
        words = count(len(semaine.strategie), "texte de stratégie", "textes de stratégie")
        yield f"cite {words}{_titles([text.title for text in semaine.strategie])}"
    if faits.has_pilot:
        yield "nomme son service pilote"
    if faits.has_committee:
        yield "décrit son comité de pilotage"
    if faits.has_funding:
        yield "annonce un financement"
    if semaine.temps_forts:
        yield _events(semaine)


def communiquer(semaine: SemaineDossier, faits: Faits) -> Iterator[str]:
    """What it publishes, the media that told of it, its events and who came."""
    yield from _publishes(faits)
    if semaine.medias:
        words = count(len(semaine.medias), "retombée", "retombées")
        yield f"note {words} dans les médias ({liste(one.media for one in semaine.medias)})"
    if semaine.temps_forts:
        yield _events(semaine)
    if came := [one.label.lower() for one in Autorite if one in faits.authorities]:
        yield f"note la présence d’autorités ({liste(came)})"


def _number(figures: tuple[Chiffre, ...], indicateur: Indicateur) -> str:
    """« au moins 300 actions »; nothing for who gave no number."""
    result = total([("", figures)])
    return format_total(result, *indicateur.nouns) if result.has_number else ""


def _publishes(faits: Faits) -> Iterator[str]:
    """« publie un site et 2 vidéos »."""
    told = [
        one if number == 1 else count(number, one, many)
        for kind, (one, _, many) in RESSOURCES.items()
        if (number := faits.published.get(kind))
    ]
    if told:
        yield f"publie {liste(told)}"


def _events(semaine: SemaineDossier) -> str:
    words = count(len(semaine.temps_forts), "temps fort", "temps forts")
    return f"raconte {words}{_titles([event.title for event in semaine.temps_forts])}"


def _titles(titles: Sequence[str]) -> str:
    """Titles between brackets, when they are few; guillemets inside guillemets are written “ ”."""
    if len(titles) > FEW:
        return ""
    return f" ({liste(f'« {_INNER.sub(_curly, title)} »' for title in titles)})"


def _curly(found: re.Match[str]) -> str:
    return "“" if "«" in found[0] else "”"
