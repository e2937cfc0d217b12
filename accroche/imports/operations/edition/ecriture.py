"""Writes the chosen fields of semaines and actions; each field replaces the rows it stands for.

What they gain is gathered, then written together: a whole edition takes a few dozen
statements, however far the database is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from accroche.actions.champs import COLONNE, Voie, names
from accroche.actions.models import Action, ActionPartenaire, ActionPorteur, Activite, Cle, Lien, Theme
from accroche.annuaire.models import Academie, Porteur
from accroche.annuaire.regles import Niveau
from accroche.campagne.models import (
    Axe,
    AxeRetenu,
    Partenaire,
    Semaine,
    SemainePartenaire,
    TempsFort,
)
from accroche.campagne.regles import Indicateur
from accroche.dossier.dossier import (
    ActionDossier,
    EditionDossier,
    PartenaireDossier,
    PartenaireSaisi,
    PorteurSaisi,
    SemaineDossier,
)
from accroche.dossier.rows import SEMAINE_COLUMNS, event_rows, figure_rows, resource_rows, window_rows
from accroche.imports.operations.edition.insertion import check_lengths, insert

#: The columns of an action that a file may write.
ACTION_COLUMNS = (*names(Voie.PACK, *COLONNE), *names(Voie.PACK, *COLONNE, ajout=True))
PLACE_COLUMNS = ("insee", "uai", "latitude", "longitude")

#: Whose rows others point to: written first, in this order.
PARENTS: tuple[type[Model], ...] = (Semaine, Action, Porteur, Partenaire, TempsFort)


Told = TypeVar("Told", PartenaireDossier, PartenaireSaisi)


class Ecriture:
    """The writes of one load. What it adds waits for :meth:`flush`; the rest goes at once."""

    def __init__(self, dossier: EditionDossier) -> None:
        """Begin with nothing to add; ``dossier`` tells which carriers and partners may be met."""
        self._dossier = dossier
        self._waiting: dict[type[Model], list[Model]] = {model: [] for model in PARENTS}

    def flush(self) -> None:
        """Write what was gathered. Raises ``TooLongError``."""
        for model, rows in self._waiting.items():
            insert(model, rows)
            rows.clear()

    def semaine(
        self, semaine: Semaine, dossier: SemaineDossier, fields: Collection[str], axes: Mapping[str, Axe]
    ) -> None:
        """Write the named fields of a semaine; one without a number yet is new."""
        columns = [column for column in SEMAINE_COLUMNS if column in fields]
        for column in columns:
            setattr(semaine, column, getattr(dossier, column))
        if "themes" in fields:
            semaine.themes = list(dossier.themes)
            columns.append("themes")
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
            self._replace(
                semaine,
                "participations",
                [
                    SemainePartenaire(semaine=semaine, partenaire=partner, position=position)
                    for position, (partner, _) in enumerate(self._partners(dossier.partners))
                ],
            )
        if "temps_forts" in fields:
            self._replace(semaine, "temps_forts", event_rows(semaine, dossier))
        if "ressources" in fields:
            self._replace(semaine, "ressources", resource_rows(semaine, dossier))

    def action(
        self,
        action: Action,
        dossier: ActionDossier,
        fields: Collection[str],
        vocabularies: Mapping[str, Mapping[str, Theme | Cle]],
        *,
        own: bool,
    ) -> None:
        """Write the named fields of an action; one without a number yet is new.

        ``vocabularies``: the rows of themes and keys by their codes. ``own`` tells that nobody else wrote
        these fields: what a carrier knows of its place then follows the file too.
        """
        columns = [column for column in ACTION_COLUMNS if column in fields]
        for column in columns:
            setattr(action, column, getattr(dossier, column))
        if "levels" in fields:
            action.set_levels(tuple(Niveau(code) for code in dossier.levels))
            columns += Niveau
        self._record(action, columns)
        for name, about, column in (
            ("themes", Action.themes.through, "theme"),
            ("cles", Action.cles.through, "cle"),
        ):
            if name in fields:
                if action.pk:
                    QuerySet(about).filter(action=action).delete()
                codes, rows = getattr(dossier, name), vocabularies[name]
                self._add(about(action=action, **{column: rows[code]}) for code in codes)
        if "porteurs" in fields:
            met = [self._carrier(action.semaine.academie, facts, own=own) for facts in dossier.porteurs]
            once = {id(carrier): carrier for carrier in met}.values()
            self._replace(
                action,
                "portages",
                [ActionPorteur(action=action, porteur=one, position=n) for n, one in enumerate(once)],
            )
        if "partenaires" in fields:
            self._replace(
                action,
                "participations",
                [
                    ActionPartenaire(
                        action=action, partenaire=partner, role=told.role, part=told.part, position=position
                    )
                    for position, (partner, told) in enumerate(self._partners(dossier.partenaires))
                ],
            )
        if "liens" in fields:
            self._replace(
                action,
                "liens",
                [
                    Lien(action=action, url=link.url, label=link.label, position=position)
                    for position, link in enumerate(dossier.liens)
                ],
            )
        if "activites" in fields:
            self._replace(
                action,
                "activites",
                [
                    Activite(
                        action=action,
                        title=row.title,
                        description=row.description,
                        starts=row.starts,
                        ends=row.ends,
                        position=position,
                    )
                    for position, row in enumerate(dossier.activites)
                ],
            )

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

    def _carrier(self, academie: Academie, facts: PorteurSaisi, *, own: bool) -> Porteur:
        """Find or make the carrier. What the file tells of its place fills what is unknown.

        It replaces what is known only with ``own``, and never erases it: another action may know.
        """
        names = (academie.pk, str(facts.kind), facts.name, facts.commune)
        porteur = self._by_uai.get(facts.uai) or self._carriers.get(names)
        if porteur is None:
            porteur = Porteur(academie=academie, kind=facts.kind, name=facts.name, commune=facts.commune)
            self._add([porteur])
        changed = []
        for column in PLACE_COLUMNS:
            held, told = getattr(porteur, column), getattr(facts, column)
            if told not in (None, "", held) and (own or held in (None, "")):
                setattr(porteur, column, told)
                changed.append(column)
        if changed and porteur.pk:
            porteur.save(update_fields=["etablissement" if c == "uai" else c for c in changed])
        self._carriers[names] = porteur
        if porteur.uai:
            self._by_uai[porteur.uai] = porteur
        return porteur

    @cached_property
    def _carriers(self) -> dict[tuple[int, str, str, str], Porteur]:
        names = {semaine.academie for semaine in self._dossier.semaines}
        rows = Porteur.objects.filter(academie__name__in=names)
        return {(row.academie_id, row.kind, row.name, row.commune): row for row in rows}

    @cached_property
    def _by_uai(self) -> dict[str, Porteur]:
        """Schools by their code, which they keep when their académie is succeeded by another."""
        actions = [action for semaine in self._dossier.semaines for action in semaine.actions]
        codes = {carrier.uai for action in actions for carrier in action.porteurs if carrier.uai}
        if not codes:
            return {}
        known = {row.pk: row for row in self._carriers.values()}
        rows = Porteur.objects.filter(etablissement_id__in=codes)
        return {row.uai or "": known.get(row.pk, row) for row in rows}

    def _partners(self, partners: Iterable[Told]) -> list[tuple[Partenaire, Told]]:
        """Find or make the partners, each once, with what is told of it first."""
        found: dict[int, tuple[Partenaire, Told]] = {}
        for facts in partners:
            key = (facts.name, str(facts.kind), facts.internal)
            if key not in self._known_partners:
                row = Partenaire(name=facts.name, kind=facts.kind, internal=facts.internal)
                self._known_partners[key] = row
                self._add([row])
            partner = self._known_partners[key]
            found.setdefault(id(partner), (partner, facts))
        return list(found.values())

    @cached_property
    def _known_partners(self) -> dict[tuple[str, str, bool], Partenaire]:
        return {(row.name, row.kind, row.internal): row for row in Partenaire.objects.all()}
