"""The académies a file names: those nobody knows, those of another time, and what to do about each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches

from accroche.annuaire.models import Academie
from accroche.dossier.dossier import EditionDossier
from accroche.imports.operations.grille import LoadError
from accroche.lib.dates import format_date, school_year
from accroche.lib.texte import liste, pluriel


class UnknownAcademiesError(LoadError):
    """A file names académies nobody knows; ``names`` are theirs."""

    def __init__(self, names: Iterable[str], known: Iterable[str]) -> None:
        """Tell the names, and the known one that each resembles."""
        self.names = tuple(names)
        near = {name: get_close_matches(name, known, 1) for name in self.names}
        meant = [f" « {name} » : voulez-vous dire « {close[0]} » ?" for name, close in near.items() if close]
        super().__init__(
            f"Académie inconnue : {', '.join(self.names)}. Vérifiez l’orthographe de son nom.{''.join(meant)}"
        )


def check_academies(dossier: EditionDossier, academies: Mapping[str, Academie]) -> None:
    """Refuse the names nobody knows, of sheets or cited. Raises :class:`UnknownAcademiesError`."""
    named = {semaine.academie for semaine in dossier.semaines}
    if unknown := sorted({*named, *_cited(dossier)} - academies.keys()):
        raise UnknownAcademiesError(unknown, academies)


def only_known(
    dossier: EditionDossier, academies: Mapping[str, Academie]
) -> tuple[EditionDossier, dict[str, str]]:
    """Leave out the names nobody knows, of a few sheets or cited: the others were read, not typed.

    Also return what to tell of each. Where half of the sheets bear such names, the file is another thing.
    """
    headed = {semaine.academie for semaine in dossier.semaines} - academies.keys()
    aside = headed if len(headed) * 2 < len(dossier.semaines) else set()
    unknown = (_cited(dossier) - academies.keys() - headed) | aside
    if not unknown:
        return dossier, {}

    def known(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in names if name not in unknown)

    cited = (
        "la conclusion cite ce nom, qui n’est celui d’aucune académie : il n’est pas repris parmi les "
        "académies citées ou à accompagner. Ajoutez la bonne à la main."
    )
    told = dict.fromkeys(sorted(unknown - aside), cited)
    for name in sorted(aside):
        close = get_close_matches(name, academies, 1)
        told[name] = (
            "aucune académie ne porte ce nom : sa fiche n’est pas reprise, les autres le sont."
            f"{f' Voulez-vous dire « {close[0]} » ?' if close else ''} Corrigez ce titre dans le fichier et "
            "recommencez : les fiches déjà reprises n’en changent pas."
        )
    return replace(
        dossier,
        semaines=tuple(one for one in dossier.semaines if one.academie not in aside),
        objectifs=tuple(replace(one, academies=known(one.academies)) for one in dossier.objectifs),
        tutorats=tuple(replace(one, academies=known(one.academies)) for one in dossier.tutorats),
    ), told


def of_another_time(dossier: EditionDossier, academies: Mapping[str, Academie]) -> dict[str, str]:
    """Tell of each académie that did not exist during the edition which ones did, and what to do."""
    first, last = school_year(dossier.edition)
    told: dict[str, str] = {}
    for name in (semaine.academie for semaine in dossier.semaines):
        academie = academies[name]
        if academie.valid_from > last:
            others = sorted(one.name for one in academie.predecessors.all())
            when = f"n’existe que depuis le {format_date(academie.valid_from)}"
        elif academie.valid_until and academie.valid_until < first:
            others = sorted(one.name for one in academie.successors.all())
            when = f"a pris fin le {format_date(academie.valid_until)}"
        else:
            continue
        then = f" ; en {dossier.edition}, {pluriel(len(others), 'c’était', 'c’étaient')} {liste(others)}"
        told[name] = (
            f"cette académie {when}{then if others else ''}. Sa fiche est reprise sous ce nom. Vérifiez "
            "l’année de l’édition ; si elle est juste, corrigez le nom dans le fichier et recommencez."
        )
    return told


def _cited(dossier: EditionDossier) -> set[str]:
    cited = {name for objectif in dossier.objectifs for name in objectif.academies}
    return cited | {name for group in dossier.tutorats for name in group.academies}
