"""The one operation that writes an edition from a file, whatever the file was."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from accroche.actions.cycle import Step
from accroche.actions.models import Action
from accroche.actions.operations.contenu import complete_vocabularies
from accroche.actions.operations.cycle import Held, move_many
from accroche.actions.operations.lignee import tie_told
from accroche.annuaire.departements import read_reference
from accroche.annuaire.models import Academie
from accroche.annuaire.operations import write_reference
from accroche.campagne.models import Edition, Semaine
from accroche.campagne.regles import AXE_LABELS
from accroche.commun.insertion import TooLongError
from accroche.comptes.permissions import OPERATOR
from accroche.dossier.dossier import ActionDossier, AxeCatalogue, EditionDossier, SemaineDossier
from accroche.dossier.operations import add_axes, write_edition
from accroche.dossier.queries.dossier import (
    action_dossier,
    complete_semaines,
    edition_dossier,
    semaine_dossier,
)
from accroche.imports.edition.faits import (
    Facts,
    action_facts,
    edition_facts,
    remembered,
    remembered_edition,
    remembered_semaine,
    semaine_facts,
)
from accroche.imports.edition.priorite import decide
from accroche.imports.operations.edition.academies import check_academies, of_another_time, only_known
from accroche.imports.operations.edition.ecriture import Ecriture
from accroche.imports.operations.grille import LoadError, take_grille
from accroche.lib.texte import pluriel, slug

Progress = Callable[[int, int], None]

#: How the journal names who publishes a pack.
SIGNATURE = "accroche load_edition"


@dataclass(slots=True)
class LoadReport:
    """What a load did to editions, semaines and actions.

    ``kept`` lists « where : field » that the file says otherwise but somebody else wrote. ``held``: the new
    sheets of a pack that the gate kept from being public. ``doubts``: by académie, what to look at and do.
    ``public``: whether everybody reads the edition already.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    held: tuple[Held, ...] = ()
    doubts: dict[str, str] = field(default_factory=dict)
    public: bool = False

    def summary(self, edition: str) -> str:
        """Return the counts in one French sentence."""
        return (
            f"Édition {edition} : {self.created} "
            f"{pluriel(self.created, 'enregistrement créé', 'enregistrements créés')}, "
            f"{self.updated} mis à jour, "
            f"{self.unchanged} {pluriel(self.unchanged, 'inchangé', 'inchangés')}, "
            f"{len(self.kept)} {pluriel(len(self.kept), 'champ gardé', 'champs gardés')}."
        )

    def next_step(self, edition: str) -> str:
        """Return who reads what a file without a review brought, and the command that comes after."""
        seen = (
            f"L’édition {edition} est déjà publique : ce qui y est mis à jour se lit dès maintenant, "
            "les actions nouvelles attendent."
            if self.public
            else "Rien n’est publié."
        )
        return f"{seen} Après relecture : accroche publish_edition {edition}"


def load_dossier(
    dossier: EditionDossier,
    *,
    origin: str,
    publish_at: dt.datetime | None = None,
    declaration: tuple[dt.date, dt.date] | None = None,
    rehearsal: bool = False,
    progress: Progress | None = None,
) -> LoadReport:
    """Write ``dossier`` into the database, all of it or nothing; again writes nothing.

    ``origin`` names the kind of source (« pack », « rapport »). Every new action waits for moderation, since
    an import never publishes; with ``publish_at`` (a reviewed pack) a new edition is public at once, and the
    new actions make the step, by the same door and gate as any other.

    ``declaration``: the days on which schools declare in a new edition; one that is there keeps its own.

    ``rehearsal``: all is written as it would be, with the same refusals and the same report, then undone.

    Raises :class:`LoadError` on an académie nobody knows, and on anything else the database refuses.
    """
    reference = read_reference()
    try:
        with transaction.atomic():
            write_reference(reference)
            report = _load(dossier, origin, publish_at, declaration, progress)
            if rehearsal:
                connection.check_constraints()  # those that are looked at as one commits
                transaction.set_rollback(True)
            return report
    except TooLongError as error:
        raise LoadError(f"Texte trop long : {error}", text=error.text) from error
    except (DataError, IntegrityError) as error:
        raise LoadError(f"Le fichier contredit une règle de la base, rien n’est écrit : {error}") from error


def _load(
    dossier: EditionDossier,
    origin: str,
    publish_at: dt.datetime | None,
    declaration: tuple[dt.date, dt.date] | None,
    progress: Progress | None,
) -> LoadReport:
    academies = {academie.name: academie for academie in Academie.objects.all()}
    named = [semaine.academie for semaine in dossier.semaines]
    doubts: dict[str, str] = {}
    if origin == "rapport":
        dossier, doubts = only_known(dossier, academies)
    check_academies(dossier, academies)
    if twice := sorted(name for name, count in Counter(named).items() if count > 1):
        raise LoadError(f"Académie en double : {', '.join(twice)}. Une académie a une fiche par édition.")
    opens, closes = declaration or (None, None)
    began = {"published_at": publish_at, "declaration_opens": opens, "declaration_closes": closes}
    loader = _Loader(dossier, academies, origin, publish_at, began)
    for done, semaine in enumerate(dossier.semaines, start=1):
        loader.semaine(semaine)
        if progress:
            progress(done, len(dossier.semaines))
    loader.finish()
    loader.report.public = loader.edition.published_at is not None
    loader.report.doubts = doubts | of_another_time(dossier, academies)
    tie_told()
    if dossier.grille:
        told = take_grille(loader.edition, dossier.grille, at=publish_at or timezone.now())
        loader.report.kept += [f"Édition {loader.edition} : {what}" for what in told]
    return loader.report


@dataclass(frozen=True, slots=True)
class _Touched:
    """A record the file speaks of: what the file says, what the database held, what is written."""

    record: Edition | Semaine | Action
    incoming: Facts
    before: Facts
    fields: tuple[str, ...]


class _Loader:
    """One load: the edition it fills and the report it writes.

    The edition is read whole before anything is written, and again after: both reads, and what is
    added, take a fixed number of queries.
    """

    def __init__(
        self,
        dossier: EditionDossier,
        academies: dict[str, Academie],
        origin: str,
        publish_at: dt.datetime | None,
        began: dict[str, Any],
    ) -> None:
        self.academies = academies
        self.origin = origin
        self.publish_at = publish_at
        self.report = LoadReport()
        self.touched: list[_Touched] = []
        self.born: list[Action] = []
        complete_vocabularies()
        self.edition, created = self._edition(dossier, began)
        self.axes = {axe.code: axe for axe in self.edition.axes.all()}
        self.semaines = {} if created else self._told(dossier)
        self.writing = Ecriture(dossier)

    def _edition(self, dossier: EditionDossier, began: dict[str, Any]) -> tuple[Edition, bool]:
        """Write the edition itself, and tell whether it is a new one."""
        edition, created = Edition.objects.get_or_create(year=dossier.edition, defaults=began)
        held = None if created else edition_dossier(edition)
        # A report names the axes its académies keep but prints no catalogue: an unknown one gets its
        # usual label, a known one keeps the label it has.
        axes = {axe.code: axe for axe in dossier.axes}
        for known in held.axes if held else ():
            axes.setdefault(known.code, known)
        for semaine in dossier.semaines:
            for kept in semaine.axes:
                axes.setdefault(kept.code, AxeCatalogue(kept.code, AXE_LABELS[kept.code]))
        head = replace(dossier, axes=tuple(axes.values()))
        before = edition_facts(held) if held else {}
        fields = self._decide(edition, f"Édition {edition}", edition_facts(head), before, created=created)
        add_axes(edition, head.axes)
        write_edition(edition, head, fields, self.academies)
        return edition, created

    def _told(self, dossier: EditionDossier) -> dict[str, Semaine]:
        """What the database holds; what is told of an académie is told whatever visitors began there."""
        begun = Semaine.with_begun.filter(edition=self.edition, begun=True)
        told = begun.filter(academie__name__in=[one.academie for one in dossier.semaines])
        if told.exists():  # loaded again, nothing is written
            told.update(begun=False)
        return self._stored()

    def semaine(self, dossier: SemaineDossier) -> None:
        """Write one semaine and its actions."""
        semaine = self.semaines.get(dossier.academie)
        created = semaine is None
        if semaine is None:
            semaine = Semaine(edition=self.edition, academie=self.academies[dossier.academie])
        where = f"{dossier.academie} {self.edition}"
        before = semaine_facts(semaine_dossier(semaine, steering=True)) if not created else {}
        fields = self._decide(semaine, where, semaine_facts(dossier), before, created=created)
        self.writing.semaine(semaine, dossier, fields, self.axes)
        actions = {} if created else {action.slug: action for action in semaine.actions.all()}
        slugs: set[str] = set()
        for position, told in enumerate(dossier.actions, start=1):
            key = _free_slug(told.title, slugs)
            action = actions.get(key) or Action(slug=key, position=position)
            action.semaine = semaine
            self._action(action, f"{where}, « {told.title} »", told)

    def _action(self, action: Action, where: str, dossier: ActionDossier) -> None:
        created = action.pk is None
        own = action.loaded_from == self.origin
        before = action_facts(action_dossier(action)) if not created else {}
        fields = self._decide(action, where, action_facts(dossier), before, created=created)
        self.writing.action(action, dossier, fields, own=own)
        if created:
            self.born.append(action)

    def finish(self) -> None:
        """Write what waits, then remember what this source said and what the database holds of it."""
        self.writing.flush()
        after = self._facts_after() if any(touched.fields for touched in self.touched) else {}
        changed: dict[type[Model], list[Model]] = {Edition: [], Semaine: [], Action: []}
        for touched in self.touched:
            record = touched.record
            if record.loaded_from not in ("", self.origin):
                continue  # the first source owns a record
            held = after.get((type(record), record.pk), touched.before)
            last = _memory(record)["stored"]
            # a carrier is shared: a field nobody touched may hold what another action's carrier became
            follows = {name for name, value in last.items() if touched.before.get(name) == value}
            stored = last | {name: held[name] for name in {*touched.fields, *follows}}
            facts = {"incoming": touched.incoming, "stored": stored}
            if record.loaded_facts != facts:
                record.loaded_from, record.loaded_facts = self.origin, facts
                changed[type(record)].append(record)
        for model, records in changed.items():
            table: QuerySet[Model] = QuerySet(model)
            table.bulk_update(records, ["loaded_from", "loaded_facts"], batch_size=50)
        self._publish([action.pk for action in self.born])

    def _publish(self, numbers: list[int]) -> None:
        """Publish what a pack added: it was reviewed, and what the gate finds all the same is told."""
        if self.publish_at and numbers:
            new = Action.objects.filter(pk__in=numbers)
            at, name = self.publish_at, SIGNATURE
            moved = move_many(new, Step.PUBLISH, access=OPERATOR, at=at, actor_name=name)
            self.report.held = moved.held

    def _stored(self) -> dict[str, Semaine]:
        """Return what the database holds of the edition, by académie."""
        semaines = complete_semaines(Action.objects.all()).filter(edition=self.edition)
        return {semaine.academie.name: semaine for semaine in semaines}

    def _facts_after(self) -> dict[tuple[type[Model], int], Facts]:
        semaines = self._stored().values()
        facts: dict[tuple[type[Model], int], Facts] = {}
        for semaine in semaines:
            facts[Semaine, semaine.pk] = semaine_facts(semaine_dossier(semaine, steering=True))
            for action in semaine.actions.all():
                facts[Action, action.pk] = action_facts(action_dossier(action))
        facts[Edition, self.edition.pk] = edition_facts(edition_dossier(self.edition))
        return facts

    def _decide(
        self,
        record: Edition | Semaine | Action,
        where: str,
        incoming: Facts,
        current: Facts,
        *,
        created: bool,
    ) -> tuple[str, ...]:
        """Return the fields to write, and note in the report what happens to the record."""
        if created:
            self.report.created += 1
            fields = tuple(incoming)
        else:
            own = record.loaded_from == self.origin
            memory = _memory(record)
            decision = decide(
                incoming=incoming,
                current=current,
                last_incoming=memory["incoming"] if own else None,
                last_stored=memory["stored"] if own else None,
            )
            fields = decision.write
            self.report.updated += bool(fields)
            self.report.unchanged += not fields
            self.report.kept += [f"{where} : {name}" for name in decision.kept]
        self.touched.append(_Touched(record, incoming, current, fields))
        return fields


def _memory(record: Edition | Semaine | Action) -> dict[str, Facts]:
    """What the record remembers of its source: what it said last, and what the database then held."""
    told = record.loaded_facts
    if not isinstance(record, Action) or not told:
        facts = {name: told.get(name, {}) for name in ("incoming", "stored")}
        since = remembered_semaine if isinstance(record, Semaine) else remembered_edition
        return {name: since(one) for name, one in facts.items()}
    return {
        "incoming": remembered(told["incoming"], whole=True),
        "stored": remembered(told["stored"], whole=False),
    }


def _free_slug(title: str, taken: set[str]) -> str:
    """A slug for an action, unique within its semaine; the order of the file decides between equals."""
    base = slug(title)[:100].strip("-") or "action"
    candidate, number = base, 2
    while candidate in taken:
        candidate, number = f"{base}-{number}", number + 1
    taken.add(candidate)
    return candidate
