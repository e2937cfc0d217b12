"""The one operation that writes an edition from a file, whatever the file was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.db import transaction

from accroche.actions.dossier import ActionDossier, AxeCatalogue, EditionDossier, SemaineDossier
from accroche.actions.models import Action, Theme
from accroche.actions.queries import action_dossier, complete_actions, complete_semaines, dossier_of, semaine_dossier
from accroche.actions.regles import CodeTheme, Etat
from accroche.annuaire.models import Academie
from accroche.annuaire.operations import load_reference
from accroche.campagne.models import Edition, Semaine
from accroche.campagne.regles import AXE_LABELS
from accroche.imports.ecriture import write_action, write_edition, write_semaine
from accroche.imports.faits import Facts, action_facts, edition_facts, semaine_facts
from accroche.imports.fusion import decide
from accroche.lib.texte import slug

Progress = Callable[[int, int], None]


class LoadError(Exception):
    """The file names something the database cannot hold; nothing was written."""


@dataclass(slots=True)
class LoadReport:
    """What a load did to editions, semaines and actions.

    ``kept`` lists « where : field » that the file says otherwise but somebody else wrote.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def load_dossier(
    dossier: EditionDossier,
    *,
    origin: str,
    publish_at: dt.datetime | None = None,
    progress: Progress | None = None,
) -> LoadReport:
    """Write ``dossier`` into the database, all of it or nothing; again changes nothing.

    ``origin`` names the kind of source (« pack », « rapport »). With ``publish_at`` new actions and a
    new edition are public at once (a reviewed pack); without, they wait for moderation, since an
    import never publishes. Raises :class:`LoadError` on an académie nobody knows.
    """
    load_reference()
    academies = {academie.name: academie for academie in Academie.objects.all()}
    cited = {semaine.academie for semaine in dossier.semaines}
    cited |= {name for group in (*dossier.objectifs, *dossier.tutorats) for name in group.academies}
    if unknown := sorted(cited - academies.keys()):
        raise LoadError(f"Académie inconnue : {', '.join(unknown)}. Vérifiez l’orthographe de son nom.")
    for code in CodeTheme:
        Theme.objects.get_or_create(code=code)
    loader = _Loader(dossier, academies, origin, publish_at)
    for done, semaine in enumerate(dossier.semaines, start=1):
        loader.semaine(semaine)
        if progress:
            progress(done, len(dossier.semaines))
    return loader.report


class _Loader:
    """One load: the edition it fills and the report it writes."""

    def __init__(
        self,
        dossier: EditionDossier,
        academies: dict[str, Academie],
        origin: str,
        publish_at: dt.datetime | None,
    ) -> None:
        self.academies = academies
        self.origin = origin
        self.state = Etat.PUBLISHED if publish_at else Etat.SUBMITTED
        self.report = LoadReport()
        self.themes = {theme.code: theme for theme in Theme.objects.all()}
        self.edition = self._edition(dossier, publish_at)
        self.axes = {axe.code: axe for axe in self.edition.axes.all()}

    def _edition(self, dossier: EditionDossier, publish_at: dt.datetime | None) -> Edition:
        edition, created = Edition.objects.get_or_create(
            year=dossier.edition, defaults={"title": dossier.title, "published_at": publish_at}
        )
        # A report names the axes its académies keep but prints no catalogue: an unknown one gets its
        # usual label, a known one keeps the label it has.
        labels = {axe.code: axe.label for axe in edition.axes.all()} | {a.code: a.label for a in dossier.axes}
        for semaine in dossier.semaines:
            for kept in semaine.axes:
                labels.setdefault(kept.code, AXE_LABELS[kept.code])
        head = replace(dossier, axes=tuple(AxeCatalogue(code, label) for code, label in labels.items()))
        before = edition_facts(dossier_of(edition))
        fields = self._decide(edition, f"Édition {edition}", edition_facts(head), before, created=created)
        write_edition(edition, head, fields, self.academies)
        self._remember(edition, edition_facts(head), edition_facts(dossier_of(edition)), fields)
        return edition

    def semaine(self, dossier: SemaineDossier) -> None:
        """Write one semaine and its actions."""
        semaine, created = Semaine.objects.get_or_create(
            edition=self.edition,
            academie=self.academies[dossier.academie],
            defaults={"status": dossier.status},
        )
        incoming = semaine_facts(dossier)
        fields = self._decide(semaine, str(semaine), incoming, self._stored(semaine), created=created)
        write_semaine(semaine, dossier, fields, self.axes)
        self._remember(semaine, incoming, self._stored(semaine), fields)
        slugs: set[str] = set()
        for position, action in enumerate(dossier.actions, start=1):
            self._action(semaine, position, action, _free_slug(action.title, slugs))

    def _action(self, semaine: Semaine, position: int, dossier: ActionDossier, key: str) -> None:
        action, created = Action.objects.get_or_create(
            semaine=semaine,
            slug=key,
            defaults={"title": dossier.title, "position": position, "etat": self.state},
        )
        incoming = action_facts(dossier)
        before = action_facts(action_dossier(complete_actions().get(pk=action.pk)))
        where = f"{semaine}, « {dossier.title} »"
        fields = self._decide(action, where, incoming, before, created=created)
        write_action(action, dossier, fields, self.themes)
        after = action_facts(action_dossier(complete_actions().get(pk=action.pk)))
        self._remember(action, incoming, after, fields)

    @staticmethod
    def _stored(semaine: Semaine) -> Facts:
        return semaine_facts(semaine_dossier(complete_semaines(Action.objects.none()).get(pk=semaine.pk)))

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
            return tuple(incoming)
        own = record.loaded_from == self.origin
        decision = decide(
            incoming=incoming,
            current=current,
            last_incoming=record.loaded_facts["incoming"] if own else None,
            last_stored=record.loaded_facts["stored"] if own else None,
        )
        if decision.write:
            self.report.updated += 1
        else:
            self.report.unchanged += 1
        self.report.kept += [f"{where} : {name}" for name in decision.kept]
        return decision.write

    def _remember(
        self, record: Edition | Semaine | Action, incoming: Facts, after: Facts, written: tuple[str, ...]
    ) -> None:
        """Store what this source said and what the database holds of it; the first source owns a record."""
        if record.loaded_from not in ("", self.origin):
            return
        stored = record.loaded_facts.get("stored", {}) | {name: after[name] for name in written}
        facts = {"incoming": incoming, "stored": stored}
        if record.loaded_facts != facts:
            record.loaded_from, record.loaded_facts = self.origin, facts
            record.save(update_fields=["loaded_from", "loaded_facts"])


def _free_slug(title: str, taken: set[str]) -> str:
    """A slug for an action, unique within its semaine; the order of the file decides between equals."""
    base = slug(title)[:100].strip("-") or "action"
    candidate, number = base, 2
    while candidate in taken:
        candidate, number = f"{base}-{number}", number + 1
    taken.add(candidate)
    return candidate
