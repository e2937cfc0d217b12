"""A version of the grid that a file tells, and the edition that takes it."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError

from accroche.campagne.grille import GrilleDite
from accroche.campagne.models import Edition, Grille
from accroche.campagne.operations.grille import Chargement, GrilleError, attach_grille, load_grille
from accroche.campagne.queries.grille import attached
from accroche.comptes.permissions import OPERATOR
from accroche.imports.pack_grille import GrilleLue


class LoadError(Exception):
    """The file says something the database cannot hold; nothing was written.

    ``text``: the text that is too long, where one is.
    """

    def __init__(self, message: str, *, text: str = "") -> None:
        """Keep the text beside what is said of it."""
        super().__init__(message)
        self.text = text


def write_grille(told: GrilleLue, *, at: dt.datetime) -> Chargement:
    """Write the version a file tells, unless it is there; raise :class:`LoadError` when it cannot be."""
    try:
        return load_grille(told.grille, at=at, previous=told.previous, origines=told.origines)
    except GrilleError as error:
        raise LoadError(str(error)) from error
    except IntegrityError as error:
        raise LoadError(f"La grille « {told.grille.code} » vient d’être écrite par ailleurs.") from error


def take_grille(edition: Edition, grille: GrilleDite, *, at: dt.datetime) -> list[str]:
    """Give an edition without a grid the version its file tells; return what stays as it is all the same.

    Raises :class:`LoadError` when the version is not right.
    """
    kept = []
    is_other = write_grille(GrilleLue(grille), at=at) is Chargement.KEPT
    if is_other:
        kept.append(f"grille « {grille.code} », écrite autrement")
    held = attached(edition)
    if held is None and edition.is_closed:
        kept.append("sans grille, l’édition est close")
    elif held is None and not is_other:  # what somebody else wrote under this name is not what the file means
        row = Grille.objects.get(code=grille.code)
        try:
            attach_grille(edition, row, access=OPERATOR, at=at)
        except GrilleError as error:
            raise LoadError(f"Édition {edition} : {error}") from error
    elif held is not None and held.grille.code != grille.code:
        kept.append("grille utilisée")
    return kept
