"""The edition's plain data as JSON and back, for snapshots and for remembering what was loaded."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

from accroche.actions.champs import names
from accroche.actions.regles import SourceAction
from accroche.actions.saisie import PRIVATE
from accroche.campagne.champs import ENTRE_NOUS
from accroche.dossier import adaptateurs
from accroche.dossier.dossier import EditionDossier
from accroche.integrations.markdown import redige
from accroche.lib.champs import Genre

#: The shape of the data. Raise it when the dataclasses change, and teach :func:`load` to read those
#: before: frozen versions of the synthesis keep theirs for good. In shape 1 an action had a telling of its
#: own, without days, activities nor pieces. Up to shape 2 national texts were paragraphs alone, without signs
#: of their own (``integrations.markdown.redige``).
SHAPE = 3


NOT_FROZEN = (*PRIVATE, *names(None, Genre.MOMENT, ajout=True))


class UnknownShapeError(ValueError):
    """The data were written by another version of Accroche, in a shape this one cannot read."""


def dump(dossier: EditionDossier) -> dict[str, Any]:
    """Return JSON-ready data; equal dossiers give equal data (sets are sorted).

    Without what makes no version: a sheet sent again says the same. Whom to ask is not kept for good, nor
    what an académie tells the national bureau alone: a version is public.
    """
    data: dict[str, Any] = adaptateurs.of_edition().dump_python(dossier, mode="json")
    for semaine in data["semaines"]:
        semaine["levels"].sort()
        for name in ENTRE_NOUS:
            del semaine[name]
        for action in semaine["actions"]:
            for name in NOT_FROZEN:
                del action[name]
    return {"shape": SHAPE, **data}


def load(data: dict[str, Any]) -> EditionDossier:
    """Do the inverse of :func:`dump`.

    Raises :class:`UnknownShapeError` on another shape, ``pydantic.ValidationError`` on data that break
    their own.
    """
    content = dict(data)
    shape = content.pop("shape", None)
    if shape not in range(1, SHAPE + 1):
        raise UnknownShapeError(f"Instantané de forme {shape!r} : cette version lit les formes 1 à {SHAPE}.")
    if shape == 1:
        content = _edition_of_shape_1(content)
    dossier = adaptateurs.of_edition().validate_python(content)
    return dossier if shape == SHAPE else _without_signs(dossier)


def _without_signs(dossier: EditionDossier) -> EditionDossier:
    """The same, its national texts written so that they print as they did before signs meant something."""
    return replace(
        dossier,
        introduction=tuple((title, redige.literal(text)) for title, text in dossier.introduction),
        objectifs=tuple(replace(one, conclusion=redige.literal(one.conclusion)) for one in dossier.objectifs),
        perspectives=tuple(replace(one, text=redige.literal(one.text)) for one in dossier.perspectives),
        tutorats=tuple(replace(one, reason=redige.literal(one.reason)) for one in dossier.tutorats),
    )


def _edition_of_shape_1(content: dict[str, Any]) -> dict[str, Any]:
    semaines = content.get("semaines")
    if not isinstance(semaines, list):
        return content  # refused as it is
    read = []
    for semaine in semaines:
        told = semaine.get("actions", ())
        # examples were not chosen then: what was declared here was printed whole, and stays so
        declared = any(action.get("source") == SourceAction.DECLARATION for action in told)
        actions = [action_of_shape_1(action) for action in told]
        read.append({**semaine, "actions": actions, "all_examples": declared})
    return {**content, "semaines": read}


#: How shape 1 called the lists of an action.
_RENAMED = {"carriers": "porteurs", "partners": "partenaires", "links": "liens"}


def action_of_shape_1(told: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of an action told in shape 1 as they are called and written now.

    Frozen versions hold it, and so does what a record remembers of the file that wrote it.
    """
    fields = {_RENAMED.get(name, name): value for name, value in told.items()}
    if "carriers" in told:
        fields["porteurs"] = [{**porteur, "uai": porteur.get("uai") or ""} for porteur in told["carriers"]]
    return fields


def same_content(snapshot: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two :func:`dump` tell the same edition, whatever the shape each was written in."""
    return snapshot == other or dump(load(snapshot)) == dump(load(other))


def digest(data: dict[str, Any]) -> str:
    """SHA-256 (hexadecimal) of the canonical JSON text of ``data``."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
