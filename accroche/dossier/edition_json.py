"""A whole edition as an open JSON document, and back: what ``export_edition`` writes, ``load_edition`` reads.

``docs/edition-json.md`` tells the keys. They are those of the dataclasses of ``dossier.py``, but for a few
that older readers know: levels as four ticks, figures under ``chiffres``, the codes of axes, ``porteurs``,
``urls``. A field added to a dataclass travels both ways by itself.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from accroche.actions.champs import CHAMPS, PLUS_TARD, Voie
from accroche.actions.saisie import ActiviteSaisie, LienSaisi, PartenaireSaisi, PorteurSaisi
from accroche.campagne.champs import ABSENCE, ENTRE_NOUS
from accroche.campagne.grille import CritereDit, GrilleDite, ObjectifDit, manques
from accroche.dossier import adaptateurs
from accroche.dossier.bilan import bilan
from accroche.dossier.comptage import with_counts
from accroche.dossier.dossier import (
    ActionDossier,
    AxeCatalogue,
    EditionDossier,
    EtapeDossier,
    MentionsDossier,
    Niveau,
    ObjectifDossier,
    PartenaireDossier,
    PerspectiveDossier,
    RessourceDossier,
    Retombee,
    SemaineDossier,
    TempsFortDossier,
    TexteStrategie,
    TutoratDossier,
)
from accroche.dossier.edition_json_regles import EditionJsonError, check
from accroche.lib.chiffres import Chiffre, ChiffreError, Total

#: The shape of the document: raised when a key changes its meaning or goes, never when one is added.
FORMAT: Final = 1

#: The first and last day on which schools declare here.
Declaration = tuple[dt.date, dt.date]

#: What the document does not hold of a sheet, and why.
LEFT_OUT: Final = {champ.name: champ.raison(Voie.JSON) for champ in CHAMPS if not champ.goes(Voie.JSON)}


# -- writing ---------------------------------------------------------------------------------------


def edition_json(dossier: EditionDossier, *, declaration: Declaration | None = None) -> dict[str, Any]:
    """Return the JSON-ready document: what ``dossier`` says, and its totals as computed.

    ``declaration``: of an edition in which schools declare here. Its figures and levels are then counted from
    the sheets of ``dossier``; the académies' own stand beside, under ``announced``.
    """
    told = with_counts(dossier) if declaration else dossier
    computed = bilan(told)
    head: dict[str, Any] = adaptateurs.of_edition().dump_python(dossier, mode="json", exclude={"semaines"})
    head["introduction"] = [{"title": title, "text": text} for title, text in dossier.introduction]
    return {
        "format": FORMAT,
        **head,
        "declaration": [day.isoformat() for day in declaration] if declaration else None,
        "semaines": [
            _semaine(semaine) | ({"announced": _answers(own)} if declaration else {})
            for semaine, own in zip(told.semaines, dossier.semaines, strict=True)
        ],
        "totals": {
            "actions": _total(computed.actions),
            "etablissements": _total(computed.etablissements),
            "semaines": {
                "reported": len(computed.reported),
                "unavailable": list(computed.unavailable),
                "first_edition": list(computed.first),
                "later_edition": [name for name, _ in computed.later],
            },
            "levels": {
                level.value: len(names) if computed.levels_told else None
                for level, names in computed.levels.items()
            },
            "axes": {code: len(names) for code, names in computed.axes.items()},
            "example_actions": computed.examples,
        },
    }


_CHIFFRES: Final = TypeAdapter(tuple[Chiffre, ...])
#: What the document words otherwise, holds apart, or leaves to the académie and the national bureau;
#: ``all_examples`` is of frozen versions alone.
_SEMAINE_OTHERWISE: Final = {
    "levels",
    "levels_unknown",
    "actions_figures",
    "etablissements_figures",
    "axes",
    "actions",
    "all_examples",
    *ENTRE_NOUS,
}


def _semaine(semaine: SemaineDossier) -> dict[str, Any]:
    return {
        **adaptateurs.of_semaine().dump_python(semaine, mode="json", exclude=_SEMAINE_OTHERWISE),
        **_answers(semaine),
        "axes": [axe.code for axe in semaine.axes],
        "axes_details": {axe.code: axe.detail for axe in semaine.axes if axe.detail},
        "actions": [_action(action) for action in semaine.actions],
    }


def _answers(semaine: SemaineDossier) -> dict[str, Any]:
    """What an académie answers, and an edition declared here counts as well."""
    return {
        "levels": {level.value: semaine.reaches(level) for level in Niveau},
        "chiffres": {
            "actions": _CHIFFRES.dump_python(semaine.actions_figures, mode="json"),
            "etablissements": _CHIFFRES.dump_python(semaine.etablissements_figures, mode="json"),
        },
    }


def _action(action: ActionDossier) -> dict[str, Any]:
    told: dict[str, Any] = adaptateurs.of_action().dump_python(
        action, mode="json", exclude={*LEFT_OUT, "porteurs"}
    )
    for activity in told["activites"]:
        del activity["number"]  # a row of the database
    return {
        **told,
        "carriers": [_porteur(porteur) for porteur in action.porteurs],
        "urls": [link.url for link in action.liens],
    }


_PORTEUR: Final = TypeAdapter(PorteurSaisi)


def _porteur(porteur: PorteurSaisi) -> dict[str, Any]:
    level = porteur.level
    told: dict[str, Any] = _PORTEUR.dump_python(porteur, mode="json")
    return told | {"level": level.value if level else "", "uai": porteur.uai or None}


def _total(total: Total) -> dict[str, Any]:
    return {
        "sum": total.added,
        "lower_bound": total.lower_bound,
        "is_exact": total.is_exact,
        "is_approximate": total.is_approximate,
        "approximate": list(total.rough),
        "overlapping": list(total.overlapping),
        "counted": len(total.counted),
        "answered": total.answered,
        "not_communicated": list(total.missing),
        "all": list(total.uncounted_all),
        "unavailable": list(total.unavailable),
    }


# -- reading ---------------------------------------------------------------------------------------


def read_edition_json(text: str) -> tuple[EditionDossier, Declaration | None]:
    """Do the inverse of :func:`edition_json`: return the edition and its days of declaration.

    What is computed (totals, counts, levels of schools) is not read. Raises :class:`EditionJsonError` on what
    is no such document; the message is French, and says where.
    """
    try:
        data = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise EditionJsonError(f"Ce n’est pas un fichier JSON : {error}.") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise EditionJsonError(
            "Ce fichier n’est pas une édition de cette version d’Accroche : écrivez-le de nouveau avec "
            "accroche export_edition."
        )
    if "\\u0000" in text:
        raise EditionJsonError("Le fichier contient un caractère qu’aucun texte ne peut contenir (\\u0000).")
    check(data, KEYS)
    shaped = {name: value for name, value in data.items() if name in _names(EditionDossier)}
    shaped["introduction"] = [[text["title"], text["text"]] for text in data["introduction"]]
    shaped["semaines"] = [_read_semaine(semaine) for semaine in data["semaines"]]
    days = data["declaration"]
    try:
        # strictly: a text that looks like a number is none
        dossier = adaptateurs.of_edition().validate_json(json.dumps(shaped), strict=True)
        declaration = _DECLARATION.validate_json(json.dumps(days), strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise EditionJsonError(f"{where} : valeur inattendue ({first['msg']}).") from error
    except ChiffreError as error:
        raise EditionJsonError(f"Un chiffre se contredit : {error}") from error
    if dossier.grille and (lacking := manques(dossier.grille)):
        raise EditionJsonError(f"grille : {lacking[0]}.")
    for number, semaine in enumerate(dossier.semaines, start=1):  # as people count
        if len({bool(getattr(semaine, name)) for name in ABSENCE}) > 1:
            raise EditionJsonError(f"semaines.{number} : « {' », « '.join(ABSENCE)} » vont ensemble.")
    return dossier, declaration


def _no_number(word: str) -> float:
    raise ValueError(f"« {word} » n’est pas un nombre")


_DECLARATION: Final = TypeAdapter(Declaration | None)


def _read_semaine(told: Mapping[str, Any]) -> dict[str, Any]:
    own = told.get("announced", told)
    chiffres, details = own["chiffres"], told["axes_details"]
    return {
        **{name: value for name, value in told.items() if name in _names(SemaineDossier)},
        "levels": [level for level, ticked in own["levels"].items() if ticked],
        "levels_unknown": _unknown(own["levels"]),
        "actions_figures": chiffres["actions"],
        "etablissements_figures": chiffres["etablissements"],
        "axes": [{"code": code, "detail": details.get(code, "")} for code in told["axes"]],
        "actions": [_read_action(action) for action in told["actions"]],
    }


def _unknown(levels: Mapping[str, bool | None]) -> list[str]:
    """The levels that are null beside others that are not; all null, none is known and none is named."""
    unknown = [level for level, ticked in levels.items() if ticked is None]
    return unknown if len(unknown) < len(levels) else []


def _read_action(told: Mapping[str, Any]) -> dict[str, Any]:
    porteurs = [
        {**{name: value for name, value in porteur.items() if name != "level"}, "uai": porteur["uai"] or ""}
        for porteur in told["carriers"]
    ]
    kept = {name: value for name, value in told.items() if name not in {"carriers", "urls"}}
    return {**kept, "porteurs": porteurs}


def _names(*told: type) -> set[str]:
    return {field.name for one in told for field in fields(one)}


def _since(names: set[str], *later: str) -> set[str]:
    """Those keys, of which an older document lacks some."""
    return names - {*later} | {f"?{name}" for name in later}


_EDITION_SINCE = ("grille", "messages", "preambule", "mentions")
_EDITION_KEYS = _since(_names(EditionDossier), *_EDITION_SINCE) | {"format", "declaration", "totals"}
_SEMAINE_KEYS = _names(SemaineDossier) - {
    "levels_unknown",
    "actions_figures",
    "etablissements_figures",
    "all_examples",
    *ENTRE_NOUS,
}
_ACTION_SINCE = [champ.name for champ in CHAMPS if champ.voies.get(Voie.JSON) == PLUS_TARD]
_ACTION_KEYS = _since(_names(ActionDossier) - {*LEFT_OUT, "porteurs"}, *_ACTION_SINCE)

#: Every key of the document, by the list or table it is in; « ? » before the name of one that may be absent.
#: What is in ``totals`` is computed when the document is written, and not read.
KEYS: Final[dict[tuple[str, ...], frozenset[str]]] = {
    path: frozenset(names)
    for path, names in {
        (): _EDITION_KEYS,
        ("introduction",): {"title", "text"},
        ("axes",): _since(_names(AxeCatalogue), "text", "pistes"),
        ("objectifs",): _names(ObjectifDossier),
        ("perspectives",): _since(_names(PerspectiveDossier), "acteur", "echeance"),
        ("mentions",): _names(MentionsDossier),
        ("grille",): _names(GrilleDite),
        ("grille", "objectifs"): _names(ObjectifDit),
        ("grille", "objectifs", "criteres"): _names(CritereDit),
        ("tutorats",): _names(TutoratDossier),
        ("semaines",): _since(
            _SEMAINE_KEYS, "alliances", "portage", "appel", "bassins", "strategie", "medias", *ABSENCE
        )
        | {"chiffres", "axes_details", "?announced"},
        ("semaines", "levels"): {level.value for level in Niveau},
        ("semaines", "chiffres"): {"actions", "etablissements"},
        ("semaines", "chiffres", "actions"): _names(Chiffre),
        ("semaines", "chiffres", "etablissements"): _names(Chiffre),
        ("semaines", "announced"): {"levels", "chiffres"},
        ("semaines", "announced", "levels"): {level.value for level in Niveau},
        ("semaines", "announced", "chiffres"): {"actions", "etablissements"},
        ("semaines", "announced", "chiffres", "actions"): _names(Chiffre),
        ("semaines", "announced", "chiffres", "etablissements"): _names(Chiffre),
        ("semaines", "partners"): _since(_names(PartenaireDossier), "role"),
        ("semaines", "temps_forts"): _since(_names(TempsFortDossier), "authorities"),
        ("semaines", "temps_forts", "stops"): _names(EtapeDossier),
        ("semaines", "ressources"): _names(RessourceDossier),
        ("semaines", "strategie"): _names(TexteStrategie),
        ("semaines", "medias"): _names(Retombee),
        ("semaines", "actions"): _ACTION_KEYS | {"carriers", "urls"},
        ("semaines", "actions", "carriers"): _names(PorteurSaisi) | {"level"},
        ("semaines", "actions", "partenaires"): _names(PartenaireSaisi),
        ("semaines", "actions", "liens"): _names(LienSaisi),
        ("semaines", "actions", "activites"): _names(ActiviteSaisie) - {"number"},
    }.items()
}
