"""What is known before a file is read: what an académie said of headings and names, and where schools are."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from django.db.models import Count, Max

from accroche.annuaire.appariement import answer_key
from accroche.annuaire.models import Academie, Etablissement, Porteur, ReponseReconnaissance
from accroche.annuaire.organismes import ORGANISMES, kind_told, sounds_like_a_school
from accroche.annuaire.queries.succession import successor_of
from accroche.annuaire.regles import NIVEAU_DE, TypePorteur
from accroche.commun.tri import alphabetical
from accroche.imports.models import MemoireColonne
from accroche.imports.recensement.answers import PORTEUR, QUESTION_OF, AnswerError
from accroche.lib import uai
from accroche.lib.dates import school_year
from accroche.lib.texte import de, slug

#: What the directory calls the parts of the three towns that have several.
_ARRONDISSEMENT: Final = re.compile(r"([a-z-]+)-(\d{1,2})(?:er|e|eme)-arrondissement")


def remembered(academie: Academie) -> dict[str, str]:
    """Return the field of each heading somebody corrected."""
    rows = MemoireColonne.objects.filter(academie=academie).order_by("pk")
    return dict(rows.values_list("heading", "champ"))


def answered(academie: Academie) -> dict[tuple[str, str], str]:
    """Return what people said each name of a commune is: an UAI, or a kind of organisation."""
    rows = ReponseReconnaissance.objects.filter(academie=academie).order_by("pk")
    told = rows.values_list("mention", "commune", "etablissement__uai", "kind")
    return {(mention, commune): uai or kind for mention, commune, uai, kind in told if uai or kind}


def answer_read(academie: Academie, year: str, text: str) -> str:
    """Return what somebody says a name is as it is kept: an UAI of the académie, or a kind of organisation.

    The school is open in the school year of the edition. Raises ``AnswerError``.
    """
    kind = kind_told(text)
    if kind:
        return kind.value
    try:
        code = uai.parse(text)
    except uai.UaiError as error:
        kinds = ", ".join(one.value for one in ORGANISMES)
        raise AnswerError(f"« {text} » n’est ni un UAI, ni un genre d’organisme : {kinds}.") from error
    return _open_school(academie, year, code).uai


def _open_school(academie: Academie, year: str, code: str) -> Etablissement:
    school = Etablissement.objects.filter(uai=code).first()
    if school is None:
        raise AnswerError(f"L’annuaire ne connaît pas le code « {code} ».")
    if not Etablissement.objects.of_academie(academie).filter(pk=school.pk).exists():
        raise AnswerError(f"« {school} » ({code}) n’est pas de l’académie {de(academie.name)}.")
    if school.has_closed(rentree(year)):
        heir = successor_of(school)
        today = f"son successeur : {heir} ({heir.uai})" if heir else "écrivez l’UAI de celui d’aujourd’hui"
        raise AnswerError(f"« {school} » ({code}) a fermé ; {today}.")
    return school


def carrier_read(academie: Academie, year: str, text: str) -> str:
    """Return who carries all rows of an edition's file as it is kept: a name, or the UAI of an open school.

    Raises ``AnswerError``, which names the school that took the place of one that closed.
    """
    told = QUESTION_OF[PORTEUR].read(text)
    return _open_school(academie, year, told).uai if uai.is_valid(told) else told


def rentree(year: str) -> dt.date:
    """The day by which schools of an edition's school year are open, and those of the year before closed.

    Registers date the end of a school around the first day of the year, some days after it as well.
    """
    return school_year(year)[0] + dt.timedelta(days=30)


def organisations_of(academie: Academie) -> dict[str, TypePorteur]:
    """Return the kind of the organisations that carry actions already; those held as two kinds are none.

    A school that the directory does not hold may stand among them: what sounds like one is left out.
    """
    rows = Porteur.objects.filter(academie=academie, etablissement=None).exclude(kind__in=list(NIVEAU_DE))
    told = rows.order_by(alphabetical("name")).values("name")
    told = told.annotate(kinds=Count("kind", distinct=True), kind=Max("kind"))
    return {
        answer_key("", row["name"], "")[1]: TypePorteur(row["kind"])
        for row in told
        if row["kinds"] == 1 and not sounds_like_a_school(row["name"])
    }


def communes() -> frozenset[str]:
    """Return the communes that have a school, as slugs; nothing before a directory is loaded.

    The directory knows Paris, Lyon and Marseille by their arrondissements: lists say « Paris », « Lyon 5e ».
    """
    rows = Etablissement.objects.order_by().values_list("commune", flat=True).distinct()
    return frozenset(said for name in rows if name for said in _as_said(slug(name)))


def _as_said(commune: str) -> tuple[str, ...]:
    """The slugs of a commune: « lyon-5e-arrondissement » is « lyon » as well, « lyon-5e » and « lyon-05 »."""
    found = _ARRONDISSEMENT.fullmatch(commune)
    if found is None:
        return (commune,)
    town, number = found[1], int(found[2])
    first = ("1er",) if number == 1 else ()
    ranks = (*first, f"{number}e", f"{number}eme", number, f"{number:02}")
    return (commune, town, *(f"{town}-{rank}" for rank in ranks))
