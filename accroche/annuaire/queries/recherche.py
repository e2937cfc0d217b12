"""Finding a school from what people type."""

from __future__ import annotations

import datetime as dt
import threading

from django.db.models import Prefetch

from accroche.annuaire.models import (
    Academie,
    Departement,
    Etablissement,
    EtablissementQuerySet,
    NomEtablissement,
)
from accroche.annuaire.queries.etat import directory_state
from accroche.annuaire.recherche import Index, School, words
from accroche.annuaire.regles import TypePorteur

_lock = threading.Lock()
_kept: dict[str, tuple[tuple[object, ...], Index]] = {}


def school_index(day: dt.date) -> Index:
    """Return the index of the directory as it is on ``day``, made anew when the directory changed."""
    state = (*directory_state(), day)
    held = _kept.get("index")
    if held and held[0] == state:
        return held[1]
    with _lock:
        held = _kept.get("index")
        if held and held[0] == state:
            return held[1]
        index = Index(_schools(day), _places())
        _kept["index"] = (state, index)
        return index


def _schools(day: dt.date) -> list[School]:
    former: dict[int, list[str]] = {}
    for pk, name in NomEtablissement.objects.values_list("etablissement_id", "name"):
        former.setdefault(pk, []).append(name)
    rows = Etablissement.objects.order_by("pk").values_list(
        "pk", "uai", "name", "commune", "postal_code", "kind", "departement_id", "opened_on", "closed_on"
    )
    return [
        School(
            pk=pk,
            uai=uai,
            name=name,
            commune=commune,
            postal_code=postal_code,
            kind=TypePorteur(kind).label,
            former_names=tuple(former.get(pk, ())),
            departement=departement,
            is_open=(opened is None or opened <= day) and (closed is None or closed > day),
        )
        for pk, uai, name, commune, postal_code, kind, departement, opened, closed in rows.iterator(5000)
    ]


def _places() -> dict[str, frozenset[int]]:
    """The départements that a word names, by their numbers."""
    places: dict[str, frozenset[int]] = {}
    for pk, name in Departement.objects.values_list("pk", "name"):
        for word in words(name):
            places[word] = places.get(word, frozenset()) | {pk}
    return places


def find_schools(
    text: str, *, at: dt.date, limit: int = 10, academie: Academie | None = None
) -> list[Etablissement]:
    """Return the schools that answer to ``text``, best first; those of ``academie`` come before others.

    By name, former name, commune, postal code or UAI; accents, capitals and small mistakes do not count.
    """
    wanted = frozenset(academie.departements.values_list("pk", flat=True)) if academie else frozenset()
    return _read(school_index(at).find(text, limit=limit, departements=wanted), at)


def find_alike(text: str, *, at: dt.date, limit: int = 10) -> list[Etablissement]:
    """Return the schools that answer to most of ``text``, best first; for who found none that answers to all.

    They are to be shown as such: none of them may be what was meant.
    """
    return _read(school_index(at).alike(text, limit=limit), at)


def _read(numbers: list[int], at: dt.date) -> list[Etablissement]:
    """The schools of these numbers, in their order."""
    rows = {row.pk: row for row in with_academie(at).filter(pk__in=numbers)} if numbers else {}
    return [rows[number] for number in numbers if number in rows]


def with_academie(at: dt.date) -> EtablissementQuerySet:
    """Schools with the académie of the day prefetched: :func:`academie_of` then asks nothing."""
    today = Academie.objects.valid_on(at)
    return Etablissement.objects.select_related("departement").prefetch_related(
        Prefetch("departement__academies", queryset=today, to_attr="academies_du_jour")
    )


def academie_of(school: Etablissement) -> Academie | None:
    """The académie of a school read by :func:`with_academie`."""
    found: list[Academie] = getattr(school.departement, "academies_du_jour", [])
    return found[0] if found else None
