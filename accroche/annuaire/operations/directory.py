"""Writing the directory: schools created, changed, closed, reopened, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any

from django.db import transaction

from accroche.annuaire.fermetures import DoubtfulClosuresError, GroupeEcoles, fermetures
from accroche.annuaire.lecture import Problem, Record
from accroche.annuaire.models import (
    Academie,
    Bassin,
    Circonscription,
    Departement,
    Etablissement,
    HistoriqueEtablissement,
    NomEtablissement,
)
from accroche.annuaire.operations.anciens_noms import held, note_successions
from accroche.annuaire.recherche import words
from accroche.annuaire.regles import Mouvement, Secteur, TypePorteur
from accroche.annuaire.renommages import absorbed
from accroche.commun.insertion import insert_many
from accroche.lib.texte import counts

#: Rows sent in one statement.
BATCH = 2000

#: What a file may change of a school; what it does not tell stays.
COLUMNS = (
    "kind",
    "name",
    "sector",
    "commune",
    "insee",
    "postal_code",
    "departement_id",
    "bassin_id",
    "circonscription_id",
    "email",
    "latitude",
    "longitude",
    "precision",
    "opened_on",
    "closed_on",
)


class Doubtful(StrEnum):
    """What becomes of kinds of schools that a file held for complete does not hold."""

    REFUSE = "refuse"
    KEEP = "keep"
    CLOSE = "close"


@dataclass
class DirectoryReport:
    """How many schools each thing happened to, and what is wrong line by line."""

    created: int = 0
    changed: int = 0
    closed: int = 0
    reopened: int = 0
    unchanged: int = 0
    kept_open: int = 0
    untold: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """One line in words."""
        parts = (
            (self.created, "créés"),
            (self.changed, "modifiés"),
            (self.closed, "fermés"),
            (self.reopened, "rouverts"),
            (self.unchanged, "inchangés"),
            (self.kept_open, "absents du fichier et laissés ouverts"),
        )
        return f"Annuaire : {counts(parts)}. Points à vérifier : {len(self.problems)}."


@transaction.atomic
def load_directory(
    records: Sequence[Record],
    problems: Iterable[Problem] = (),
    *,
    at: dt.datetime,
    complete: bool = False,
    doubtful: Doubtful = Doubtful.REFUSE,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> DirectoryReport:
    """Write what a file of the directory tells; again, it changes nothing.

    ``complete``: the file holds every open school of the départements it names, so those it leaves out
    are closed. Where it holds none of a kind, or few of many, ``doubtful`` decides: they are closed as well,
    they stay open, or :class:`~accroche.annuaire.fermetures.DoubtfulClosuresError` is raised. All in one
    transaction: an interrupted or refused run wrote nothing.
    """
    report = DirectoryReport(problems=list(problems))
    writer = _Writer(records, at)
    kept: list[Record] = []
    for record in records:
        if record.departement in writer.departements:
            kept.append(record)
        else:
            text = f"département « {record.departement} » inconnu : ligne ignorée"
            report.problems.append(Problem(record.line, record.uai, text))
    missing = writer.missing(kept, doubtful, report) if complete else []
    for start in range(0, len(kept), BATCH):
        writer.write(kept[start : start + BATCH], report)
        progress(min(start + BATCH, len(kept)), len(kept))
    writer.close(missing, report)
    taken = [one for record in kept for one in absorbed(record)]
    if taken:
        note_successions(taken, held(one.successor for one in taken))
    return report


class _Writer:
    """Compares records with the rows held, and writes the difference."""

    def __init__(self, records: Sequence[Record], at: dt.datetime) -> None:
        self.at = at
        self.day = at.date()
        self.departements = dict(Departement.objects.values_list("code", "pk"))
        today = Academie.objects.valid_on(self.day)
        self.academies = dict(today.values_list("departements__pk", "pk"))
        self.bassins = self._bassins(records)
        self.circonscriptions = self._circonscriptions(records)

    def _bassins(self, records: Sequence[Record]) -> dict[tuple[int, str], int]:
        named = {
            (academie, record.bassin[0]): record.bassin[1]
            for record in records
            if record.bassin[0] and (academie := self._academie(record))
        }
        held = {(row.academie_id, row.code): row for row in Bassin.objects.all()}
        Bassin.objects.bulk_create(
            Bassin(academie_id=academie, code=code, name=name)
            for (academie, code), name in named.items()
            if (academie, code) not in held
        )
        renamed = [row for key, row in held.items() if named.get(key, row.name) != row.name]
        for row in renamed:
            row.name = named[row.academie_id, row.code]
        Bassin.objects.bulk_update(renamed, ["name"])
        return {(row.academie_id, row.code): row.pk for row in Bassin.objects.all()}

    def _circonscriptions(self, records: Sequence[Record]) -> dict[str, int]:
        held = dict(Circonscription.objects.values_list("code", "pk"))
        named = {
            record.circonscription[0]: (record.circonscription[1], self.departements[record.departement])
            for record in records
            if record.circonscription[0] and record.departement in self.departements
        }
        Circonscription.objects.bulk_create(
            Circonscription(code=code, name=name, departement_id=departement)
            for code, (name, departement) in named.items()
            if code not in held
        )
        return dict(Circonscription.objects.values_list("code", "pk"))

    def _academie(self, record: Record) -> int | None:
        return self.academies.get(self.departements.get(record.departement, 0))

    def _wanted(self, record: Record) -> dict[str, Any]:
        academie = self._academie(record)
        told: dict[str, Any] = {
            "kind": record.kind,
            "name": record.name,
            "sector": record.sector,
            "commune": record.commune,
            "insee": record.insee,
            "postal_code": record.postal_code,
            "departement_id": self.departements[record.departement],
            "bassin_id": self.bassins.get((academie, record.bassin[0])) if academie else None,
            "circonscription_id": self.circonscriptions.get(record.circonscription[0]),
            "email": record.email,
            "latitude": record.latitude,
            "longitude": record.longitude,
            "precision": record.precision,
            "opened_on": record.opened_on,
        }
        return {name: value for name, value in told.items() if value not in (None, "")}

    def write(self, records: Sequence[Record], report: DirectoryReport) -> None:
        """Write one batch."""
        held = {
            row.uai: row for row in Etablissement.objects.filter(uai__in=[record.uai for record in records])
        }
        rows: list[Etablissement] = []
        history: list[tuple[Etablissement, Mouvement, dict[str, list[Any]]]] = []
        former: list[tuple[Etablissement, str]] = []
        for record in records:
            row = held.get(record.uai)
            wanted = self._wanted(record)
            if row is None:
                closed = None if record.is_open else self.day
                row = Etablissement(uai=record.uai, closed_on=closed, **wanted)
                rows.append(row)
                history.append((row, Mouvement.CREATED, {}))
                report.created += 1
                continue
            if words(wanted["name"]) == words(row.name) and wanted["name"].isupper():
                del wanted["name"]  # the same words, badly cased: what is held reads better
            changes = {
                name: [_json(getattr(row, name)), _json(value)]
                for name, value in wanted.items()
                if getattr(row, name) != value
            }
            if "name" in changes and words(wanted["name"]) != words(row.name):
                former.append((row, row.name))
            for name in changes:
                setattr(row, name, wanted[name])
            move = Mouvement.CHANGED
            if record.is_open and row.closed_on:
                move, changes["closed_on"] = Mouvement.REOPENED, [_json(row.closed_on), None]
                row.closed_on = None
            elif not record.is_open and not row.closed_on:
                move, changes["closed_on"] = Mouvement.CLOSED, [None, _json(self.day)]
                row.closed_on = self.day
            if not changes:
                report.unchanged += 1
                continue
            rows.append(row)
            history.append((row, move, changes))
            setattr(report, move.value, getattr(report, move.value) + 1)
        self._save(rows, history, former)

    def missing(
        self, records: Sequence[Record], doubtful: Doubtful, report: DirectoryReport
    ) -> list[Etablissement]:
        """The open schools of the départements named that no line tells. Raises for what is doubtful."""
        told = {record.uai for record in records}
        named = {record.departement for record in records}
        places = {self.departements[code] for code in named}
        held = Etablissement.objects.filter(closed_on=None).order_by("uai")
        elsewhere = held.exclude(departement__in=places).order_by("departement__code")
        report.untold = tuple(elsewhere.values_list("departement__code", flat=True).distinct())
        rows = list(held.filter(departement__in=places))
        codes = {number: code for code, number in self.departements.items()}
        groups = {
            row.uai: GroupeEcoles(codes[row.departement_id], TypePorteur(row.kind), Secteur(row.sector))
            for row in rows
        }
        missing = [row for row in rows if row.uai not in told]
        found = fermetures(groups.values(), (groups[row.uai] for row in missing))
        in_doubt = {one.ecoles for one in found if one.is_doubtful}
        if in_doubt and doubtful is Doubtful.REFUSE:
            raise DoubtfulClosuresError(one for one in found if one.is_doubtful)
        if doubtful is Doubtful.KEEP:
            certain = [row for row in missing if groups[row.uai] not in in_doubt]
            report.kept_open = len(missing) - len(certain)
            return certain
        return missing

    def close(self, missing: Sequence[Etablissement], report: DirectoryReport) -> None:
        """Close schools."""
        history: list[tuple[Etablissement, Mouvement, dict[str, list[Any]]]] = []
        for row in missing:
            row.closed_on = self.day
            history.append((row, Mouvement.CLOSED, {"closed_on": [None, _json(self.day)]}))
        report.closed += len(missing)
        for start in range(0, len(missing), BATCH):
            self._save(missing[start : start + BATCH], history[start : start + BATCH], [])

    def _save(
        self,
        rows: Sequence[Etablissement],
        history: Sequence[tuple[Etablissement, Mouvement, dict[str, list[Any]]]],
        former: Sequence[tuple[Etablissement, str]],
    ) -> None:
        if not rows:
            return
        new = [row for row in rows if row.pk is None]
        insert_many(Etablissement, ("uai", *COLUMNS), [_values(row) for row in new])
        known = [row for row in rows if row.pk is not None]
        if known:  # one statement for many rows, on both databases
            Etablissement.objects.bulk_create(
                known, update_conflicts=True, unique_fields=["uai"], update_fields=list(_fields())
            )
        numbers = dict(
            Etablissement.objects.filter(uai__in=[row.uai for row in rows]).values_list("uai", "pk")
        )
        insert_many(
            HistoriqueEtablissement,
            ("etablissement_id", "at", "kind", "changes"),
            [(numbers[row.uai], self.at, move.value, changes) for row, move, changes in history],
        )
        NomEtablissement.objects.bulk_create(
            (
                NomEtablissement(etablissement_id=numbers[row.uai], name=name, replaced_on=self.day)
                for row, name in former
            ),
            ignore_conflicts=True,
        )


def _values(row: Etablissement) -> tuple[Any, ...]:
    """The columns of a new school as plain values: a driver may write a member of an enumeration its way."""
    values = (row.uai, *(getattr(row, name) for name in COLUMNS))
    return tuple(value.value if isinstance(value, Enum) else value for value in values)


def _fields() -> Iterable[str]:
    return (name.removesuffix("_id") for name in COLUMNS)


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
