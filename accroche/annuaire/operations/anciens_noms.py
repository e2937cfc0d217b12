"""Writing former names and successions: what directories of other years and files of renamings tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from accroche.annuaire.lecture import Problem
from accroche.annuaire.models import Etablissement, HistoriqueEtablissement, NomEtablissement, Succession
from accroche.annuaire.queries.succession import LONGEST
from accroche.annuaire.recherche import words
from accroche.annuaire.regles import Mouvement
from accroche.annuaire.renommages import Renommage
from accroche.commun.insertion import insert_many
from accroche.lib.texte import counts

#: Rows read by one statement.
BATCH = 500


@dataclass
class RenommageReport:
    """How many names and successions are new, how many were known, and what is wrong line by line."""

    names: int = 0
    successions: int = 0
    known: int = 0
    unheld: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """One line in words."""
        parts = (
            (self.names, "ajoutés"),
            (self.successions, "successions notées"),
            (self.known, "déjà connus ou inchangés"),
            (self.unheld, "d’établissements que l’annuaire n’a pas"),
        )
        return f"Anciens noms : {counts(parts)}. Points à vérifier : {len(self.problems)}."


@transaction.atomic
def load_renommages(
    renommages: Sequence[Renommage],
    problems: Iterable[Problem] = (),
    *,
    at: dt.datetime,
    whole_directory: bool = False,
) -> RenommageReport:
    """Write former names, and who took the place of whom; again, it changes nothing.

    The name of a school the directory does not hold is its successor's former name, when one is told.
    ``whole_directory``: the names are those of a directory of another year, so that a school which is no
    more is no mistake of the file. All in one transaction.
    """
    report = RenommageReport(problems=list(problems))
    schools = held({one.uai for one in renommages} | {one.successor for one in renommages})
    lasting: list[tuple[Etablissement, Renommage]] = []
    told: list[Renommage] = []
    for one in renommages:
        bearer = schools.get(one.uai)
        heir = schools.get(one.successor)
        wrong = _wrong(one, bearer, heir)
        if wrong and whole_directory:
            report.unheld += 1
            continue
        if wrong:
            report.problems.append(Problem(one.line, one.uai, f"{wrong} Ligne ignorée."))
            continue
        if heir is not None:
            told.append(one)
        owner = bearer or heir
        if owner is not None and one.name:
            lasting.append((owner, one))
    _names(lasting, report, at)
    note_successions(told, schools, report)
    return report


def _wrong(one: Renommage, bearer: Etablissement | None, heir: Etablissement | None) -> str:
    if one.successor and heir is None:
        return f"Le successeur {one.successor} n’est pas dans l’annuaire."
    if bearer is None and heir is None:
        return "Cet UAI n’est pas dans l’annuaire, et aucun successeur n’est dit."
    return ""


def held(codes: Iterable[str]) -> dict[str, Etablissement]:
    """The schools of these UAI, by UAI."""
    wanted = sorted(set(codes) - {""})
    found: dict[str, Etablissement] = {}
    for start in range(0, len(wanted), BATCH):
        for row in Etablissement.objects.filter(uai__in=wanted[start : start + BATCH]):
            found[row.uai] = row
    return found


def _names(told: Sequence[tuple[Etablissement, Renommage]], report: RenommageReport, at: dt.datetime) -> None:
    """Write the names that are new: neither today's nor kept already, however they are written."""
    numbers = sorted({school.pk for school, _ in told})
    known = {(school.pk, tuple(words(school.name))) for school, _ in told}
    for start in range(0, len(numbers), BATCH):
        rows = NomEtablissement.objects.filter(etablissement__in=numbers[start : start + BATCH])
        known.update((pk, tuple(words(name))) for pk, name in rows.values_list("etablissement_id", "name"))
    new: list[tuple[Etablissement, Renommage]] = []
    for school, one in told:
        key = (school.pk, tuple(words(one.name)))
        if key in known:
            report.known += 1
            continue
        known.add(key)
        new.append((school, one))
    report.names = len(new)
    NomEtablissement.objects.bulk_create(
        (NomEtablissement(etablissement=school, name=one.name, replaced_on=one.on) for school, one in new),
        ignore_conflicts=True,
    )
    # what is made from the directory is made anew once a line of history tells that it changed
    insert_many(
        HistoriqueEtablissement,
        ("etablissement_id", "at", "kind", "changes"),
        [(school.pk, at, Mouvement.CHANGED.value, {"ancien_nom": [None, one.name]}) for school, one in new],
    )


def note_successions(
    told: Iterable[Renommage], schools: Mapping[str, Etablissement], report: RenommageReport | None = None
) -> None:
    """Write who took the place of whom; a chain that would come back to its beginning is refused."""
    report = report or RenommageReport()
    chain = dict(Succession.objects.values_list("uai", "successeur__uai"))
    for one in told:
        heir = schools[one.successor]
        if chain.get(one.uai) == heir.uai:
            report.known += not one.name
            continue
        if _comes_back(chain, one.uai, heir.uai):
            text = f"{one.uai} et {heir.uai} se succéderaient l’un à l’autre. Ligne ignorée."
            report.problems.append(Problem(one.line, one.uai, text))
            continue
        chain[one.uai] = heir.uai
        Succession.objects.update_or_create(uai=one.uai, defaults={"successeur": heir, "since": one.on})
        report.successions += 1


def _comes_back(chain: Mapping[str, str], first: str, then: str) -> bool:
    for _ in range(LONGEST):
        if then == first:
            return True
        if then not in chain:
            return False
        then = chain[then]
    return True
