"""What an académie may do next, with where to do it for who may act there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from accroche.actions.cycle import Etat
from accroche.campagne.models import Edition
from accroche.cockpit.cockpit import FIELDS, EtatAcademie, Lacune
from accroche.commun import lieux
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Place, Right
from accroche.lib.texte import liste, nombre, pluriel


@dataclass(frozen=True, slots=True)
class GesteSuivant:
    """One thing to do: in words, and the gesture with its address (empty for who only reads)."""

    words: str
    gesture: str = ""
    href: str = ""


def suites(
    row: EtatAcademie, edition: Edition, access: Access, today: dt.date, *, grid: bool
) -> list[GesteSuivant]:
    """What comes next for an académie; nothing when all is done. ``grid``: its grid is not signed."""
    where = Place(academie=row.academie)

    def suite(words: str, right: Right, gesture: str, href: str) -> GesteSuivant:
        return GesteSuivant(words, gesture, href) if access.allows(right, where) else GesteSuivant(words)

    found = []
    if waiting := row.fiches.of(Etat.SUBMITTED):
        words = f"{nombre(waiting)} {pluriel(waiting, 'fiche attend', 'fiches attendent')} d’être relues"
        found.append(suite(words, Right.MODERATE, "Relire les fiches", lieux.address("file")))
    unsaid = [manque.label for manque in row.manques if manque in FIELDS]
    # of a closed edition nobody writes any more: its pages are not there to be written
    if unsaid and not edition.is_closed:
        page = reverse("pilotage:semaine", args=[edition.year, row.slug])
        words = f"La page de la semaine ne dit pas encore {liste(unsaid)}"
        found.append(suite(words, Right.EDIT_SEMAINE, "Compléter la page", page))
    if grid and not edition.is_closed:
        page = reverse("evaluation:evaluation", args=[edition.year, row.slug])
        words = "La grille d’auto-évaluation n’est pas encore signée"
        found.append(suite(words, Right.EDIT_SEMAINE, "Remplir la grille", page))
    if row.avancement and row.avancement.missing and edition.is_declaring_on(today):
        left = row.avancement.missing
        words = (
            f"{nombre(left)} {pluriel(left, 'établissement n’a', 'établissements n’ont')} pas encore déclaré"
        )
        page = f"{reverse('pilotage:etablissements')}?edition={edition.year}&academie={row.slug}"
        found.append(suite(words, Right.INVITE_SCHOOL, "Les voir et les inviter", page))
    if Lacune.MODERATEUR in row.manques:
        people = reverse("comptes:inviter")
        found.append(
            suite("Personne ne peut encore relire les fiches", Right.GRANT, "Inviter quelqu’un", people)
        )
    return found
