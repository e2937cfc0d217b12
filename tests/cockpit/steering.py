"""A small campaign for the tests of the cockpit: two académies, sheets in every state, partners."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.test import Client

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionPartenaire
from accroche.annuaire.regles import TypePorteur
from accroche.campagne.models import (
    Axe,
    AxeRetenu,
    Edition,
    Fenetre,
    Grille,
    GrilleEdition,
    Partenaire,
    Ressource,
    Semaine,
    SemainePartenaire,
)
from accroche.campagne.regles import Charge, TypePartenaire, TypeRessource
from accroche.commun import journal
from accroche.evaluation.models import Evaluation
from accroche.tutorat.models import Binome
from tests import factories

if TYPE_CHECKING:
    from accroche.comptes.models import User
    from tests.factories import Territory

#: A past day of the campaign: what is told after it is not there yet.
PAST = dt.date(2026, 11, 10)
BEFORE = dt.datetime(2026, 11, 9, 9, 0, tzinfo=dt.UTC)
AFTER = dt.datetime(2026, 11, 12, 9, 0, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Campagne:
    """Dijon did much, Lyon little."""

    dijon: Territory
    lyon: Territory
    partner: Partenaire


def client_of(person: User) -> Client:
    """A browser in which ``person`` signed in."""
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def write(semaine: Semaine, at: dt.datetime, **changes: tuple[object, object]) -> None:
    """Tell that the page was written."""
    journal.record(semaine, "write", at=at, changes=changes)


def sheet(where: Territory, etat: Etat, number: int, at: dt.datetime = BEFORE, kind: str = "") -> Action:
    """A sheet created at ``at``, carried by the school of that number."""
    school = factories.school(where, number, kind=kind or TypePorteur.COLLEGE)
    return factories.action(where, school, etat, created_at=at, updated_at=at, submitted_at=at)


def campagne() -> Campagne:
    """Everything the cockpit counts, on both sides of :data:`PAST`."""
    dijon, lyon = factories.territory(), factories.territory("Lyon", "69")
    Edition.objects.update(declaration_opens="2020-09-01", declaration_closes="2090-07-15")
    Semaine.objects.filter(pk=dijon.semaine.pk).update(
        pilot="CARDIE", college=True, staff_days=12, staff_strain=Charge.TENDUE, help_asked=True
    )
    Fenetre.objects.create(semaine=dijon.semaine, starts="2026-11-23", ends="2026-11-27")
    write(dijon.semaine, BEFORE, pilot=("", "CARDIE"), levels=([], ["college"]))
    write(dijon.semaine, AFTER, windows=("", "23 – 27 novembre 2026"))
    published = sheet(dijon, Etat.PUBLISHED, 1)
    later = sheet(dijon, Etat.PUBLISHED, 2)
    journal.record(published, "publish", at=BEFORE, changes={"etat": ("submitted", "published")})
    journal.record(later, "publish", at=AFTER, changes={"etat": ("submitted", "published")})
    Action.objects.filter(pk=later.pk).update(updated_at=AFTER)
    sheet(dijon, Etat.SUBMITTED, 3, AFTER, TypePorteur.LYCEE)
    sheet(dijon, Etat.DRAFT, 4, kind=TypePorteur.ECOLE)
    sheet(dijon, Etat.TO_COMPLETE, 5, kind=TypePorteur.LYCEE_PROFESSIONNEL)
    sheet(dijon, Etat.WITHDRAWN, 6)
    # a school that goes on: it stands where its furthest sheet does
    for etat in (Etat.DRAFT, Etat.SUBMITTED):
        again = factories.action(dijon, None, etat, created_at=BEFORE, updated_at=BEFORE)
        again.portages.create(porteur=published.porteurs.get(), position=0)
    factories.action(dijon, None, Etat.PUBLISHED, created_at=None, updated_at=None, submitted_at=None)
    sheet(lyon, Etat.SUBMITTED, 7, kind=TypePorteur.ECOLE)
    factories.school(lyon, 8)
    factories.school(dijon, 9, bassin=None, kind=TypePorteur.ECOLE)
    partner = Partenaire.objects.create(name="ONISEP", kind=TypePartenaire.OPERATEUR, internal=False)
    inside = Partenaire.objects.create(name="DANE", kind=TypePartenaire.UNKNOWN, internal=True)
    for position, (action, one) in enumerate(((published, partner), (later, partner), (later, inside))):
        ActionPartenaire.objects.create(action=action, partenaire=one, position=position)
    nameless = Partenaire.objects.create(name="Mission locale", kind=TypePartenaire.UNKNOWN)
    SemainePartenaire.objects.create(semaine=lyon.semaine, partenaire=nameless, position=0)
    for position, (kind, public) in enumerate(
        ((TypeRessource.CARTE, True), (TypeRessource.CARTE, False), ("", True))
    ):
        Ressource.objects.create(
            semaine=dijon.semaine, title=f"R{position}", kind=kind, published=public, position=position
        )
    axe = Axe.objects.create(
        edition=dijon.semaine.edition, code="partenaires", label="Partenaires", position=0
    )
    AxeRetenu.objects.create(semaine=dijon.semaine, axe=axe, position=0)
    Binome.objects.create(
        edition=dijon.semaine.edition, mentor=dijon.academie, mentee=lyon.academie, proposed_at=BEFORE
    )
    grille = Grille.objects.create(code="essai", name="Essai", created_at=BEFORE, updated_at=BEFORE)
    GrilleEdition.objects.create(edition=dijon.semaine.edition, grille=grille, opened_at=BEFORE)
    Evaluation.objects.create(semaine=lyon.semaine, begun_at=BEFORE)
    return Campagne(dijon, lyon, partner)
