"""Remembering what people answered about a mention: a school, an organisation, or none of the directory."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q

from accroche.annuaire.appariement import answer_key
from accroche.annuaire.models import Academie, Etablissement, ReponseReconnaissance


def remember(
    academie: Academie,
    mention: str,
    commune: str,
    school: Etablissement | None,
    *,
    kind: str = "",
    at: dt.datetime,
    by: Any,
) -> None:
    """Keep the latest answer; ``kind``: what a mention that is no school is, a value of ``TypePorteur``."""
    ReponseReconnaissance.objects.update_or_create(
        **_key(academie, mention, commune),
        defaults={"etablissement": school, "kind": kind, "at": at, "by": by},
    )


def remember_everywhere(
    academie: Academie, mention: str, school: Etablissement | None, *, kind: str, at: dt.datetime
) -> None:
    """The same for a mention in every commune: what was said of it in one gives way."""
    held = ReponseReconnaissance.objects.filter(
        academie=academie, mention=_key(academie, mention, "")["mention"]
    )
    held.update(etablissement=school, kind=kind, at=at, by=None)
    remember(academie, mention, "", school, kind=kind, at=at, by=None)


def remember_unless_changed(
    academie: Academie,
    mention: str,
    commune: str,
    school: Etablissement | None,
    *,
    kind: str = "",
    shown: str = "",
    at: dt.datetime,
    by: Any,
) -> bool:
    """The same, unless somebody answered otherwise since the person was ``shown`` an answer.

    ``shown``: an UAI, a kind of organisation, or nothing. Neither ``school`` nor ``kind`` takes back what was
    shown: nobody has answered then, which is not to say that the directory holds none. Of two who answer at
    once the first is kept, and the other is told: returns False where the answer held is neither the one
    shown nor the one given.
    """
    key = _key(academie, mention, commune)
    told = {"etablissement": school, "kind": kind, "at": at, "by": by}
    rows = ReponseReconnaissance.objects
    before = rows.filter(**key).filter(
        Q(etablissement__uai=shown) if shown[:1].isdigit() else Q(kind=shown, etablissement=None)
    )
    if school is None and not kind:
        before.delete()
        return not rows.filter(**key).exists()
    # one that somebody gives at this very moment is found next
    rows.bulk_create([ReponseReconnaissance(**key, **told)], ignore_conflicts=True)
    if rows.filter(**key, etablissement=school, kind=kind).exists():
        return True
    return bool(before.update(**told))


def _key(academie: Academie, mention: str, commune: str) -> dict[str, Any]:
    _, said, where = answer_key(academie.name, mention, commune)
    return {"academie": academie, "mention": said, "commune": where}
