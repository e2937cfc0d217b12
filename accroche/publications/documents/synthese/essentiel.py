"""The key messages of an edition: what the bureau wrote, or else what its records add up to, in sentences.

Computed sentences state counts, names and days. None says that a figure is good, low or enough.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from accroche.campagne.regles import Alliances
from accroche.dossier.dossier import SemaineDossier
from accroche.lib.dates import format_month
from accroche.lib.texte import NBSP, liste, nombre, pluriel, typographie
from accroche.publications.blocs import references
from accroche.publications.documents.synthese.themes import Themes
from accroche.publications.documents.synthese.tirage import Tirage
from accroche.publications.outline import Block, Facts, Figure, Line, NumberedList, Ref, Text
from accroche.publications.textes import rich_line

#: Themes and axes named in a sentence; those that are as frequent as the last of them come too.
NAMED = 3
#: Days beyond which a semaine is a year of actions, and says nothing of when semaines begin.
LONGEST = 31


def messages(tirage: Tirage) -> tuple[Block, ...]:
    """The messages, the bureau's when it wrote any; nothing when the edition tells nothing yet."""
    written = tuple(filter(None, map(rich_line, tirage.dossier.messages)))
    if written:
        return (NumberedList(written),)
    told = (
        ("Participation", _participation(tirage)),
        ("Calendrier", _calendar(tirage)),
        ("Niveaux", _levels(tirage)),
        ("Thèmes", _themes(tirage)),
        ("Alliances", _alliances(tirage)),
        ("Suites", _axes(tirage)),
    )
    facts = tuple((label, line) for label, line in told if line)
    return (Facts(facts),) if facts else ()


def _said(*parts: str | Figure | Ref | Line) -> Line:
    """Put words and figures in one line."""
    line: Line = ()
    for part in parts:
        if isinstance(part, str):
            line = (*line, Text(typographie(part)))
        else:
            line = (*line, *(part if isinstance(part, tuple) else (part,)))
    return line


def _listed(items: list[Line]) -> Line:
    line: Line = ()
    for rank, item in enumerate(items):
        between = "" if not rank else " et " if rank == len(items) - 1 else ", "
        line = (*line, *((Text(between),) if between else ()), *item)
    return line


def _participation(tirage: Tirage) -> Line:
    reported, first = len(tirage.bilan.reported), len(tirage.bilan.first)
    if tirage.counted or not reported:
        return ()
    held = pluriel(reported, "a rendu compte de sa semaine", "ont rendu compte de leur semaine")
    line = _said(f"Sur {nombre(len(tirage.dossier.semaines))} académies, ", tirage.reported(), f" {held}.")
    if first:
        began = pluriel(first, "la tenait pour la première fois", "la tenaient pour la première fois")
        line += _said(" Parmi celles dont le rang est connu, ", tirage.first(), f" {began}.")
    if unavailable := tirage.bilan.unavailable:
        line += _said(" Les données manquent pour ", references(unavailable), ".")
    return line


def _calendar(tirage: Tirage) -> Line:
    semaines = [(semaine, set(_begins(semaine))) for semaine in tirage.dossier.semaines]
    starts = Counter(month for _, months in semaines for month in months)
    if not starts:
        return ()
    most = max(starts.values())
    busiest = sorted(month for month, count in starts.items() if count == most)
    names = tuple(semaine.academie for semaine, months in semaines if months & set(busiest))
    when = liste(f"en {format_month(month)}" for month in busiest)
    count = tirage.count(
        "p-mois",
        f"Académies dont la semaine commence {when}",
        names,
        "Compté sur les fiches : académies dont une semaine, d’un mois au plus, commence ce mois-là.",
    )
    first, last = format_month(min(starts)), format_month(max(starts))
    spread = f"entre {first} et {last}" if first != last else f"en {first}"
    noun = pluriel(len(names), "académie", "académies")
    return _said(
        f"Les semaines commencent {spread}. C’est {when} qu’elles sont les plus nombreuses à commencer : ",
        count,
        f"{NBSP}{noun}.",
    )


def _begins(semaine: SemaineDossier) -> Iterator[dt.date]:
    """The months in which its windows begin, as their first days."""
    for starts, ends in semaine.windows:
        if (ends - starts).days <= LONGEST:
            yield starts.replace(day=1)


def _levels(tirage: Tirage) -> Line:
    reached = sorted(tirage.bilan.levels.items(), key=lambda pair: -len(pair[1]))
    if not any(names for _, names in reached):
        return ()
    items = []
    for rank, (level, names) in enumerate(reached):
        count = tirage.count(
            f"p-niveau-{level.value.replace('_', '-')}",
            f"Académies qui touchent le niveau « {level.label} »",
            names,
            "Compté sur les fiches : académies où ce niveau est coché.",
        )
        noun = "" if rank else f"{NBSP}{pluriel(len(names), 'académie', 'académies')}"
        items.append(_said(f"le {level.label.lower()} dans ", count, noun))
    reported = set(tirage.bilan.reported)
    silent = any(reported.difference(names) for names in tirage.bilan.levels_known.values())
    among = ", parmi celles qui précisent leurs niveaux" if silent else ""
    return _said("Les actions touchent ", _listed(items), f"{among}.")


def _themes(tirage: Tirage) -> Line:
    found = Themes(tirage)
    if not (counted := found.counted):
        return ()
    least = counted[min(NAMED, len(counted)) - 1][1]
    frequent = [_said(f"« {theme.label} » ({nombre(count)})") for theme, count in counted if count >= least]
    are = pluriel(len(frequent), "Le thème le plus fréquent est", "Les thèmes les plus fréquents sont")
    return _said(f"{are} ", _listed(frequent), ", parmi ", found.total(), f"{NBSP}{found.noun}.")


def _alliances(tirage: Tirage) -> Line:
    inside = (Alliances.INTERNES, Alliances.SURTOUT_INTERNES)
    items = []
    for ident, kinds, label, told in (
        (
            "internes",
            inside,
            "dans l’Éducation nationale, souvent ou seulement",
            " souvent ou seulement dans l’Éducation nationale",
        ),
        (
            "externes",
            (Alliances.INTERNES_EXTERNES,),
            "dans l’Éducation nationale et au-dehors",
            " dans l’Éducation nationale et au-dehors",
        ),
    ):
        names = tuple(one.academie for one in tirage.dossier.semaines if one.alliances in kinds)
        if names:
            count = tirage.count(
                f"p-alliances-{ident}",
                f"Académies dont les alliances se nouent {label}",
                names,
                "Compté sur les fiches : académies qui le disent de leurs alliances.",
            )
            noun = f"{NBSP}{pluriel(len(names), 'académie', 'académies')}"
            items.append(_said("pour ", count, noun, f",{told}" if False else told))
    return _said("Les alliances se nouent, ", _listed(items), ".") if items else ()


def _axes(tirage: Tirage) -> Line:
    kept = tirage.kept_axes()[:NAMED]
    items = [_said(f"« {axe.label} » (", tirage.keep(axe, names), ")") for axe, names in kept]
    if not items:
        return ()
    are = pluriel(
        len(items), "L’axe de travail le plus retenu est", "Les axes de travail les plus retenus sont"
    )
    return _said(f"{are} ", _listed(items), ".")
