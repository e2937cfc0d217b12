"""Writes the chosen fields of semaines and actions; each field replaces the rows it stands for.

The content of an action goes through the writer of all contents (``actions.operations.contenu``).

What they gain is gathered, then written together: a whole edition takes a few dozen
statements, however far the database is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model

from accroche.actions.champs import COLONNE, Voie, names
from accroche.actions.models import Action
from accroche.actions.operations.contenu import LISTS, Sheet, Writer, columns_of
from accroche.actions.operations.organisations import Told
from accroche.annuaire.regles import Niveau
from accroche.campagne.champs import ABSENCE
from accroche.campagne.models import Axe, AxeRetenu, Semaine, SemainePartenaire, TempsFort
from accroche.campagne.regles import Indicateur
from accroche.commun.insertion import check_lengths, insert_rows
from accroche.dossier.dossier import ActionDossier, EditionDossier, PartenaireDossier, SemaineDossier
from accroche.dossier.rows import (
    SEMAINE_COLUMNS,
    SEMAINE_LISTS,
    event_rows,
    figure_rows,
    media_rows,
    resource_rows,
    strategy_rows,
    window_rows,
)

#: What a file tells of an action besides its content.
DISTINCTIONS = names(Voie.PACK, *COLONNE, ajout=True)
#: The fields of its content that a file tells.
CONTENT = frozenset(names(Voie.PACK))

#: Whose rows others point to: written first, in this order.
PARENTS: tuple[type[Model], ...] = (Semaine, Action, TempsFort)


class Ecriture:
    """The writes of one load. What it adds waits for :meth:`flush`; the rest goes at once."""

    def __init__(self, dossier: EditionDossier) -> None:
        """Begin with nothing to add; ``dossier`` tells which carriers may be met."""
        academies = (semaine.academie for semaine in dossier.semaines)
        sheets = (sheet for semaine in dossier.semaines for sheet in semaine.actions)
        self._organisations = Told(academies, (code for sheet in sheets for code in sheet.schools))
        self._writer = Writer(self._organisations)
        self._waiting: dict[type[Model], list[Model]] = {model: [] for model in PARENTS}
        self._partners: list[tuple[Semaine, Sequence[PartenaireDossier]]] = []
        self._sheets: list[tuple[Action, ActionDossier, frozenset[str], bool, bool]] = []

    def flush(self) -> None:
        """Write what was gathered. Raises ``TooLongError``."""
        for model in PARENTS:
            insert_rows(model, self._waiting.pop(model, []))
        found = self._organisations.partners([partners for _, partners in self._partners])
        for (semaine, _), partners in zip(self._partners, found, strict=True):
            self._add(
                SemainePartenaire(semaine=semaine, partenaire_id=number, position=position, role=told.role)
                for position, (number, told) in enumerate(partners)
            )
        for model, rows in self._waiting.items():
            insert_rows(model, rows)
        self._writer.write(
            [
                Sheet(action.pk, action.semaine.academie_id, content, lists, is_new=is_new, own=own)
                for action, content, lists, is_new, own in self._sheets
            ]
        )
        self._waiting.clear()
        self._partners.clear()
        self._sheets.clear()

    def semaine(
        self, semaine: Semaine, dossier: SemaineDossier, fields: Collection[str], axes: Mapping[str, Axe]
    ) -> None:
        """Write the named fields of a semaine; one without a number yet is new."""
        signs = any(column in fields for column in ABSENCE)
        columns = [column for column in SEMAINE_COLUMNS if column in fields or (signs and column in ABSENCE)]
        for column in columns:
            setattr(semaine, column, getattr(dossier, column))
        for column in SEMAINE_LISTS:
            if column in fields:
                setattr(semaine, column, list(getattr(dossier, column)))
                columns.append(column)
        if "levels" in fields:
            semaine.set_levels(dossier.levels)
            columns += Niveau
        self._record(semaine, columns)
        self._semaine_rows(semaine, dossier, fields)
        if "axes" in fields:
            self._replace(
                semaine,
                "axes_retenus",
                [
                    AxeRetenu(semaine=semaine, axe=axes[kept.code], detail=kept.detail, position=position)
                    for position, kept in enumerate(dossier.axes)
                ],
            )

    def _semaine_rows(self, semaine: Semaine, dossier: SemaineDossier, fields: Collection[str]) -> None:
        if "windows" in fields:
            self._replace(semaine, "fenetres", window_rows(semaine, dossier))
        for indicateur in Indicateur:
            if f"{indicateur}_figures" in fields:
                figures = getattr(dossier, f"{indicateur}_figures")
                self._replace(
                    semaine, "chiffres", figure_rows(semaine, indicateur, figures), indicateur=indicateur
                )
        if "partners" in fields:
            self._replace(semaine, "participations", ())
            self._partners.append((semaine, dossier.partners))
        if "temps_forts" in fields:
            self._replace(semaine, "temps_forts", event_rows(semaine, dossier))
        if "ressources" in fields:
            self._replace(semaine, "ressources", resource_rows(semaine, dossier))
        if "strategie" in fields:
            self._replace(semaine, "strategie", strategy_rows(semaine, dossier))
        if "medias" in fields:
            self._replace(semaine, "medias", media_rows(semaine, dossier))

    def action(self, action: Action, dossier: ActionDossier, fields: Collection[str], *, own: bool) -> None:
        """Write the named fields of an action; one without a number yet is new.

        ``own`` tells that nobody else wrote these fields: what a carrier knows of its place then follows the
        file too.
        """
        told = columns_of(dossier, CONTENT.intersection(fields))
        told |= {name: getattr(dossier, name) for name in DISTINCTIONS if name in fields}
        for column, value in told.items():
            setattr(action, column, value)
        is_new = action.pk is None
        self._record(action, list(told))
        lists = frozenset(fields) & LISTS.keys()
        self._sheets.append((action, dossier, lists, is_new, own))

    def _record(self, record: Semaine | Action, columns: list[str]) -> None:
        if record.pk is None:
            self._add([record])
        elif columns:
            check_lengths([record])
            record.save(update_fields=columns)

    def _replace(self, record: Semaine | Action, name: str, rows: Iterable[Model], **which: Any) -> None:
        """Put ``rows`` in the place of those the record has under ``name``."""
        if record.pk:
            getattr(record, name).filter(**which).delete()
        self._add(rows)

    def _add(self, rows: Iterable[Model]) -> None:
        for row in rows:
            self._waiting.setdefault(type(row), []).append(row)
