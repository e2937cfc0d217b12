"""What a JSON document that says to be an edition must keep to, before anything of it is believed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final

from accroche.actions.lignee import FicheReprise
from accroche.actions.regles import CodeCle, CodeTheme, Nature, RolePartenaire, SourceAction, Temporalite
from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.campagne.regles import (
    Alliances,
    Appel,
    Autorite,
    CodeAxe,
    CodeObjectif,
    Portage,
    RoleSemaine,
    Signataire,
    StatutSemaine,
    TypeMedia,
    TypePartenaire,
    TypeRessource,
    TypeTempsFort,
    TypeTutorat,
)
from accroche.lib import uai
from accroche.lib.dates import DateError, school_year

Path = tuple[str, ...]
#: Says what is wrong with a value; nothing when it will do.
Rule = Callable[[Any], str]


class EditionJsonError(ValueError):
    """A document is not the JSON of an edition; the message is French, and names the place."""


def check(data: Any, keys: Mapping[Path, frozenset[str]]) -> None:
    """Refuse unknown and absent keys, unknown words of a vocabulary, and addresses no page may link to.

    ``keys``: those of each list and table, by its path; under another path anything goes. Raises
    :class:`EditionJsonError`.
    """
    _check(data, (), "", keys)


#: Under these names a path of ``keys`` is one table; every other is a list of tables.
_TABLES: Final = {"levels", "chiffres", "announced", "grille", "mentions"}
#: A table that nobody may have told.
_PERHAPS: Final[Path] = ("grille",)


def _check(value: Any, path: Path, where: str, keys: Mapping[Path, frozenset[str]]) -> None:
    if path == _PERHAPS and value is None:
        return
    if path in keys:
        if not path or path[-1] in _TABLES:
            _check_table(value, path, where, keys)
        elif isinstance(value, list):
            for number, row in enumerate(value, start=1):  # as people count
                _check_table(row, path, f"{where}.{number}", keys)
        else:
            raise EditionJsonError(f"{where} : une liste est attendue.")
    elif (rule := RULES.get(path)) and (wrong := rule(value)):
        raise EditionJsonError(f"{where} : {wrong}.")


def _check_table(row: Any, path: Path, where: str, keys: Mapping[Path, frozenset[str]]) -> None:
    if not isinstance(row, dict):
        raise EditionJsonError(f"{where or 'Le fichier'} : une table est attendue.")
    allowed = {name.lstrip("?") for name in keys[path]}
    if unknown := sorted(row.keys() - allowed):
        raise EditionJsonError(f"{where or 'Le fichier'} : clé inconnue « {unknown[0]} ».")
    if missing := sorted(name for name in keys[path] - row.keys() if not name.startswith("?")):
        raise EditionJsonError(f"{where or 'Le fichier'} : clé absente « {missing[0]} ».")
    for name, value in row.items():
        _check(value, (*path, name), f"{where}.{name}".lstrip("."), keys)


def _among(words: type[StrEnum]) -> Rule:
    known = {word.value for word in words}
    return lambda value: "" if isinstance(value, str) and value in known else f"« {value} » est inconnu"


def _perhaps(words: type[StrEnum]) -> Rule:
    """One of ``words``, or nothing: the page of a semaine does not ask what kind a thing is."""
    one = _among(words)
    return lambda value: "" if value == "" else one(value)


def _list_of(words: type[StrEnum]) -> Rule:
    one = _among(words)

    def check(value: Any) -> str:
        if not isinstance(value, list):
            return "une liste est attendue"
        return next(filter(None, map(one, value)), "")

    return check


def _at_most(limit: int) -> Rule:
    def check(value: Any) -> str:
        good = value is None or (type(value) is int and 0 <= value <= limit)
        return "" if good else f"« {value} » n’est pas un nombre entre 0 et {limit}"

    return check


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else f"« {value} » n’est ni true ni false"


def _flag_or_untold(value: Any) -> str:
    return "" if value is None else _flag(value)


def _texts(value: Any) -> str:
    good = isinstance(value, list) and all(isinstance(text, str) and text.strip() for text in value)
    return "" if good else "une liste de textes est attendue"


def _written(value: Any) -> str:
    return "" if isinstance(value, str) and value.strip() else "le texte est vide"


_URL: Final = re.compile(r"https?://\S+")


def _address(value: Any) -> str:
    good = isinstance(value, str) and _URL.fullmatch(value)
    return "" if good else f"« {value} » n’est pas une adresse http:// ou https://"


def _address_or_none(value: Any) -> str:
    return "" if value == "" else _address(value)


def _origine(value: Any) -> str:
    said = isinstance(value, str) and (not value or FicheReprise.read(value))
    return "" if said else "édition/académie/fiche attendues, comme 2015-2016/caen/cafe-des-parents"


def _code(value: Any) -> str:
    if value is None:
        return ""
    return "" if isinstance(value, str) and uai.is_valid(value) else f"« {value} » n’est pas un code UAI"


def _year(value: Any) -> str:
    try:
        school_year(value if isinstance(value, str) else "")
    except DateError as error:
        return str(error).rstrip(".")
    return ""


def _details(value: Any) -> str:
    known = {code.value for code in CodeAxe}
    if isinstance(value, dict) and value.keys() <= known and all(isinstance(v, str) for v in value.values()):
        return ""
    return "le détail de chaque axe est attendu sous son code"


#: The greatest numbers the database holds.
SMALL: Final = 32_767
LARGE: Final = 2_147_483_647
#: Figures, in both places where they stand.
_FIGURES: Final = [
    (*path, "chiffres", name)
    for path in (("semaines",), ("semaines", "announced"))
    for name in ("actions", "etablissements")
]

RULES: Final[dict[Path, Rule]] = {
    ("edition",): _year,
    ("axes", "code"): _among(CodeAxe),
    ("axes", "pistes"): _texts,
    ("messages",): _texts,
    ("objectifs", "code"): _among(CodeObjectif),
    ("tutorats", "kind"): _among(TypeTutorat),
    ("semaines", "academie"): _written,
    ("semaines", "status"): _among(StatutSemaine),
    ("semaines", "ordinal"): _at_most(SMALL),
    ("semaines", "axes"): _list_of(CodeAxe),
    ("semaines", "axes_details"): _details,
    ("semaines", "partners", "kind"): _among(TypePartenaire),
    ("semaines", "partners", "role"): _among(RoleSemaine),
    ("semaines", "alliances"): _among(Alliances),
    ("semaines", "portage"): _among(Portage),
    ("semaines", "appel"): _among(Appel),
    ("semaines", "absence_by"): _perhaps(Signataire),
    ("semaines", "strategie", "title"): _written,
    ("semaines", "strategie", "url"): _address_or_none,
    ("semaines", "medias", "media"): _written,
    ("semaines", "medias", "kind"): _among(TypeMedia),
    ("semaines", "medias", "url"): _address_or_none,
    ("semaines", "temps_forts", "authorities"): _list_of(Autorite),
    ("semaines", "temps_forts", "kind"): _perhaps(TypeTempsFort),
    ("semaines", "ressources", "kind"): _perhaps(TypeRessource),
    ("semaines", "ressources", "url"): _address_or_none,
    ("semaines", "actions", "audience_size"): _at_most(LARGE),
    ("semaines", "actions", "experitheque_id"): _at_most(LARGE),
    ("semaines", "actions", "reprise_de"): _origine,
    ("semaines", "actions", "title"): _written,
    ("semaines", "actions", "temporality"): _among(Temporalite),
    ("semaines", "actions", "nature"): _among(Nature),
    ("semaines", "actions", "source"): _among(SourceAction),
    ("semaines", "actions", "levels"): _list_of(Niveau),
    ("semaines", "actions", "themes"): _list_of(CodeTheme),
    ("semaines", "actions", "cles"): _list_of(CodeCle),
    ("semaines", "actions", "carriers", "kind"): _among(TypePorteur),
    ("semaines", "actions", "carriers", "uai"): _code,
    ("semaines", "actions", "partenaires", "kind"): _among(TypePartenaire),
    ("semaines", "actions", "partenaires", "role"): _among(RolePartenaire),
    ("semaines", "actions", "liens", "url"): _address,
    **{(*path, "value"): _at_most(LARGE) for path in _FIGURES},
    **{(*path[:-2], "levels", level.value): _flag_or_untold for path in _FIGURES for level in Niveau},
}
