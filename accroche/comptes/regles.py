"""Who may do what: roles, rights, and the one table that joins them.

Deny by default: what the table does not give, nobody has.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from accroche.lib.libelles import Libelle


class TypeRole(Libelle):
    """What a person is, on one territory."""

    PORTEUR = "porteur", "Porteur de projet"
    REFERENT = "referent", "Référent décrochage scolaire"
    MODERATEUR = "moderateur", "Modérateur académique"
    LECTEUR = "lecteur", "Lecteur académique"
    NATIONAL = "national", "Bureau national"
    PARTENAIRE = "partenaire", "Partenaire"
    ADMINISTRATEUR = "administrateur", "Administrateur"

    @property
    def scopes(self) -> frozenset[Portee]:
        """The kinds of territory the role may be given for."""
        return ROLE_SCOPES[self]


class Portee(StrEnum):
    """The kind of territory a role holds for; the values are the columns that name it."""

    ETABLISSEMENT = "etablissement"
    BASSIN = "bassin"
    DEPARTEMENT = "departement"
    ACADEMIE = "academie"
    ORGANISATION = "organisation"
    FRANCE = "france"


ROLE_SCOPES: dict[TypeRole, frozenset[Portee]] = {
    TypeRole.PORTEUR: frozenset({Portee.ETABLISSEMENT}),
    TypeRole.REFERENT: frozenset({Portee.BASSIN, Portee.DEPARTEMENT}),
    TypeRole.MODERATEUR: frozenset({Portee.ACADEMIE}),
    TypeRole.LECTEUR: frozenset({Portee.ACADEMIE}),
    TypeRole.NATIONAL: frozenset({Portee.FRANCE}),
    TypeRole.PARTENAIRE: frozenset({Portee.ORGANISATION}),
    TypeRole.ADMINISTRATEUR: frozenset({Portee.FRANCE}),
}


class Right(StrEnum):
    """One thing a person may be allowed to do on a territory."""

    #: read sheets that are not public yet, their comments and their journal
    SEE_ACTION = "see_action"
    #: write a sheet, send it, withdraw it, answer comments
    EDIT_ACTION = "edit_action"
    #: publish, ask to complete, refuse, merge, mark as remarkable
    MODERATE = "moderate"
    #: write the semaine's own page
    EDIT_SEMAINE = "edit_semaine"
    #: see which schools have not declared, and invite them
    SEE_COVERAGE = "see_coverage"
    INVITE_SCHOOL = "invite_school"
    #: invite people, give and end their roles, answer requests to join
    GRANT = "grant"
    #: organise the vote and the jury of a journée de l'innovation
    RUN_VOTE = "run_vote"
    #: read what an académie and the national bureau tell each other: its grid, its axes, its tutoring
    SEE_STEERING = "see_steering"
    #: run the national steering: the grid, the life of an edition, questions, tutoring
    STEER = "steer"
    #: see where one's organisation takes part
    SEE_PARTNER = "see_partner"
    #: open an edition, name national and administrator roles
    ADMINISTER = "administer"


_READ = frozenset({Right.SEE_ACTION, Right.SEE_COVERAGE})

#: The one table: what each role gives on its territory.
RIGHTS: dict[TypeRole, frozenset[Right]] = {
    # a school answers the colleagues who ask to share its sheets
    TypeRole.PORTEUR: frozenset({Right.SEE_ACTION, Right.EDIT_ACTION, Right.GRANT}),
    # helps schools without re-typing for them, and does not judge them
    TypeRole.REFERENT: _READ | {Right.EDIT_ACTION, Right.INVITE_SCHOOL},
    TypeRole.MODERATEUR: _READ
    | {
        Right.EDIT_ACTION,
        Right.MODERATE,
        Right.EDIT_SEMAINE,
        Right.SEE_STEERING,
        Right.INVITE_SCHOOL,
        Right.GRANT,
        Right.RUN_VOTE,
    },
    TypeRole.LECTEUR: _READ | {Right.SEE_STEERING},
    # reads all, steers, names moderators, and leaves each académie its own sheets
    TypeRole.NATIONAL: _READ | {Right.SEE_STEERING, Right.STEER, Right.GRANT},
    TypeRole.PARTENAIRE: frozenset({Right.SEE_PARTNER}),
    TypeRole.ADMINISTRATEUR: frozenset(Right),
}

#: Which roles a holder of GRANT may give: never above one's own.
GRANTABLE: dict[TypeRole, frozenset[TypeRole]] = {
    TypeRole.PORTEUR: frozenset({TypeRole.PORTEUR}),
    TypeRole.MODERATEUR: frozenset(
        {TypeRole.PORTEUR, TypeRole.REFERENT, TypeRole.MODERATEUR, TypeRole.LECTEUR}
    ),
    TypeRole.NATIONAL: frozenset(
        {TypeRole.REFERENT, TypeRole.MODERATEUR, TypeRole.LECTEUR, TypeRole.PARTENAIRE, TypeRole.NATIONAL}
    ),
    TypeRole.ADMINISTRATEUR: frozenset(TypeRole),
}


class IssueAbsence(Libelle):
    """What became of a school that somebody did not find in the directory."""

    TROUVE = "trouve", "C’est cet établissement"
    AJOUTE = "ajoute", "Ajouté à l’annuaire"
    ORGANISME = "organisme", "Ce n’est pas un établissement"
    INTROUVABLE = "introuvable", "Je ne le trouve pas"

    @property
    def names_school(self) -> bool:
        """Whether the answer names a school of the directory."""
        return self in {IssueAbsence.TROUVE, IssueAbsence.AJOUTE}


@dataclass(frozen=True, slots=True)
class Scope:
    """Territories, as row numbers: where one right holds. ``france`` holds everywhere."""

    france: bool = False
    academies: frozenset[int] = frozenset()
    departements: frozenset[int] = frozenset()
    bassins: frozenset[int] = frozenset()
    etablissements: frozenset[int] = frozenset()
    organisations: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether the right holds anywhere."""
        return bool(
            self.france
            or self.academies
            or self.departements
            or self.bassins
            or self.etablissements
            or self.organisations
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is, as row numbers: an académie, and the schools that carry it with theirs."""

    academie: int | None = None
    departements: frozenset[int] = frozenset()
    bassins: frozenset[int] = frozenset()
    etablissements: frozenset[int] = frozenset()

    def within(self, scope: Scope) -> bool:
        """Whether one of its territories is in ``scope``."""
        return bool(
            scope.france
            or self.academie in scope.academies
            or self.departements & scope.departements
            or self.bassins & scope.bassins
            or self.etablissements & scope.etablissements
        )
