"""Evidence of partners: who names most of them, who is named by most académies, and of which families."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from accroche.campagne.regles import PARTENAIRE_LABELS, TypePartenaire
from accroche.dossier.dossier import SemaineDossier
from accroche.lib.texte import capitale, de, liste, nombre, slug
from accroche.redaction.preuves.matiere import (
    LignePreuve,
    Matiere,
    PreuveComptee,
    academies,
    celles,
    count,
    external,
    of_academies,
    preuve,
    rows,
)

#: So many numbers of partners are told, each with all the académies that have it.
PODIUM: Final = 3
#: So many partners at most, of those that several académies name.
SHARED: Final = 8

_PAGE: Final = "Compté sur les partenaires extérieurs de chaque fiche, ceux de ses actions non compris."
_ALL: Final = "Compté sur les partenaires extérieurs de chaque fiche et de ses actions."


def les_plus_nommes(matiere: Matiere) -> Iterator[PreuveComptee]:
    """Who names most external partners, and who comes next; equal numbers are told together."""
    counts = defaultdict[int, list[str]](list)
    for semaine in matiere.heard:
        if number := len(external(semaine.partners)):
            counts[number].append(semaine.academie)
    if not counts:
        return
    first, *others = [(number, counts[number]) for number in sorted(counts, reverse=True)][:PODIUM]
    most, leading = first
    verb = "nomme" if len(leading) == 1 else "nomment"
    phrase = (
        f"{capitale(academies(leading))} {verb} le plus de partenaires extérieurs : {nombre(most)}"
        f"{'' if len(leading) == 1 else ' chacune'}."
    )
    if others:
        phrase += f" Viennent ensuite {liste(_next(names, number) for number, names in others)}."
    told = [name for _, names in (first, *others) for name in names]
    by_name = {one.academie: one for one in matiere.heard}
    yield preuve("partenaires", phrase, told, _PAGE, rows((by_name[name] for name in told), _names))


def _next(names: Iterable[str], number: int) -> str:
    told = [de(name) for name in names]
    return f"{'celle' if len(told) == 1 else 'celles'} {liste(told)} ({nombre(number)})"


def _names(semaine: SemaineDossier) -> str:
    names = external(semaine.partners)
    return f"{count(len(names), 'partenaire', 'partenaires')} : {liste(names)}" if names else ""


def partages(matiere: Matiere) -> Iterator[PreuveComptee]:
    """The partners that several académies name, the most named first; written alike is one partner."""
    where: dict[str, dict[str, None]] = {}
    written: dict[str, str] = {}
    for semaine in matiere.heard:
        for name in (*external(semaine.partners), *matiere.des_fiches.get(semaine.academie, ())):
            key = slug(name)
            written.setdefault(key, name)
            where.setdefault(key, {})[semaine.academie] = None
    shared = [(key, tuple(names)) for key, names in where.items() if len(names) > 1]
    shared.sort(key=lambda one: (-len(one[1]), one[0]))
    for number, (key, names) in enumerate(shared[:SHARED], start=1):
        yield preuve(
            f"partenaire-{number}",
            f"La mention « {written[key]} » figure parmi les partenaires {of_academies(names)}.",
            (written[key], *names),
            _ALL,
            (LignePreuve(name, written[key]) for name in names),
        )


def familles(matiere: Matiere) -> Iterator[PreuveComptee]:
    """Which académies name a partner of each family."""
    for family, label in PARTENAIRE_LABELS.items():
        if family in (TypePartenaire.UNKNOWN, TypePartenaire.AUTRE):
            continue
        naming = [one for one in matiere.heard if _of(one, family)]
        if naming:
            names = tuple(one.academie for one in naming)
            yield preuve(
                f"famille-{family}",
                f"Au moins un partenaire de la famille « {label} » est nommé par {celles(names)}.",
                names,
                _PAGE,
                rows(naming, lambda one, family=family: liste(_of(one, family))),  # type: ignore[misc]
            )


def _of(semaine: SemaineDossier, family: TypePartenaire) -> tuple[str, ...]:
    return external(partner for partner in semaine.partners if partner.kind == family)
