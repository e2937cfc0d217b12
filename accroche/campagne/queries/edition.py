"""Reads of editions used in several places."""

from __future__ import annotations

from accroche.campagne.models import Edition


class UnknownEditionError(LookupError):
    """No such edition; the message says which there are."""


def get_edition(year: str) -> Edition:
    """Return the edition of ``year`` (« 2015-2016 »). Raises :class:`UnknownEditionError`."""
    edition = Edition.objects.filter(year=year).first()
    if edition is None:
        known = ", ".join(Edition.objects.values_list("year", flat=True)) or "aucune"
        raise UnknownEditionError(
            f"Édition « {year} » inconnue (éditions en base : {known}). "
            f"Chargez-la d’abord : accroche load_edition {year} si elle est fournie, "
            f"sinon accroche import_rapport FICHIER --edition {year}"
        )
    return edition
