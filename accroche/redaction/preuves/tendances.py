"""Evidence of what changed since the edition before, told only where the figures make it certain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from accroche.dossier.evolution import Ligne as Comparee
from accroche.dossier.evolution import Sens, evolution
from accroche.dossier.evolution_academies import CoteEdition, by_academie, certain
from accroche.lib.texte import de
from accroche.redaction.preuves.matiere import LignePreuve, Matiere, PreuveComptee, celles, preuve

#: What each line of a comparison counts, in a sentence.
NOMS: Final = {
    "actions": "d’actions",
    "etablissements": "d’écoles et d’établissements",
    "temps_forts": "de temps forts racontés",
    "ressources": "de ressources publiées",
    "partenaires": "de partenaires extérieurs nommés",
    "jours": "de jours de semaine",
}
_TELLS: Final = {Sens.HAUSSE: "en hausse", Sens.BAISSE: "en baisse", Sens.EGAL: "le même"}
_SOURCE: Final = (
    "Comparé à l’édition {before}, comme des fourchettes : rien n’est dit là où les deux peuvent se "
    "recouvrir, ni là où une académie n’a pas répondu les deux fois"
)


def tendances(matiere: Matiere) -> Iterator[PreuveComptee]:
    """What went which way: for those that answered both times, then académie by académie."""
    if matiere.previous is None:
        return
    now, then = matiere.closed
    after = CoteEdition(matiere.dossier.edition, matiere.dossier.semaines, now)
    before = CoteEdition(matiere.previous.edition, matiere.previous.semaines, then)
    before, after = certain(before, after), certain(after, before)
    found = evolution(before.semaines, after.semaines, matiere.successors)
    source = f"{_SOURCE.format(before=before.year)}."
    # the figures of the same académies; the counts are of those that told both times already
    lines = [*found.constant, *found.counts]
    for line in lines:
        # nothing then, nothing now: nobody would print it
        if line.sens in _TELLS and (line.before, line.after) != ("0", "0"):
            yield preuve(
                f"tendance-{line.code}",
                _sentence(line, before.year, after.year, _those(line)),
                (),
                source,
            )
    for code, told in by_academie(before, after, matiere.successors).items():
        for sens in (Sens.HAUSSE, Sens.BAISSE):
            gone = [one for one in told if one.ligne.sens is sens]
            if not gone:
                continue
            names = tuple(one.academie for one in gone)
            went = f"est {_TELLS[sens]} depuis l’édition {before.year}"
            yield preuve(
                f"{sens}-{code}",
                f"Le nombre {NOMS[code]} {went} dans {celles(names)}.",
                names,
                source,
                (
                    LignePreuve(one.academie, f"{one.ligne.before} puis {one.ligne.after} ({one.phrase})")
                    for one in gone
                ),
            )


def _those(line: Comparee) -> str:
    """Which académies a line adds up, as its label says it: « , les 5 académies qui ont répondu… »."""
    _, comma, those = line.label.partition(", ")
    return those if comma else ""


def _sentence(line: Comparee, before: str, after: str, those: str) -> str:
    whole = f"le nombre {NOMS[line.code]}{f', pour {those},' if those else ''}"
    when = f"De l’édition {before} à l’édition {after}"
    if line.sens is Sens.EGAL:
        return f"{when}, {whole} est resté le même : {line.after}."
    return f"{when}, {whole} est passé {de(line.before)} à {line.after}, soit {line.phrase}."
