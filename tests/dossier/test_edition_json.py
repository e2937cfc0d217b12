"""The JSON of an edition there and back: nothing is lost, nothing private leaves, nothing wrong comes in."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from accroche.annuaire.regles import Niveau
from accroche.campagne.champs import ENTRE_NOUS
from accroche.campagne.regles import Charge, Obstacle
from accroche.dossier.dossier import (
    ActionDossier,
    EditionDossier,
    RessourceDossier,
    SemaineDossier,
    TempsFortDossier,
)
from accroche.dossier.edition_json import KEYS, LEFT_OUT, edition_json, read_edition_json
from accroche.dossier.edition_json_regles import RULES, EditionJsonError
from tests.dossier.sample import EDITION, without_steering
from tests.dossier.strategies import editions
from tests.strictness import ROOT
from tests.thorough import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DAYS = (EDITION.semaines[0].windows[0][0], EDITION.semaines[0].windows[0][1])


def written(dossier: EditionDossier, **options: Any) -> str:
    return json.dumps(edition_json(dossier, **options), ensure_ascii=False)


@settings(max_examples=examples(60))
@given(editions())
def test_a_document_reads_as_the_edition_it_was_written_of(dossier: EditionDossier) -> None:
    assert read_edition_json(written(dossier)) == (dossier, None)
    assert read_edition_json(written(dossier, declaration=DAYS)) == (dossier, DAYS)


def test_the_shipped_edition_and_the_sample_come_back_whole(pack_2015: EditionDossier) -> None:
    for dossier in (pack_2015, EDITION):
        assert read_edition_json(written(dossier))[0] == without_steering(dossier)


def test_a_temps_fort_and_a_resource_of_no_kind_come_back_so() -> None:
    kinds = {"temps_forts": (TempsFortDossier("Soirée", ""),), "ressources": (RessourceDossier("Page", ""),)}
    told = replace(EDITION, semaines=(replace(EDITION.semaines[1], **kinds),))  # type: ignore[arg-type]
    assert read_edition_json(written(told))[0] == told


def test_an_edition_declared_here_tells_what_is_counted_and_what_was_announced() -> None:
    _, dijon = edition_json(EDITION, declaration=DAYS)["semaines"]
    assert dijon["chiffres"]["actions"][0]["value"] == 2
    assert dijon["announced"]["chiffres"]["actions"][0]["value"] == 19
    assert dijon["announced"]["levels"]["college"] is True
    assert "announced" not in edition_json(EDITION)["semaines"][1]


def test_levels_that_nobody_told_are_no_count_of_zero() -> None:
    silent = replace(EDITION, semaines=tuple(replace(one, levels=frozenset()) for one in EDITION.semaines))
    told = edition_json(silent)
    assert set(told["totals"]["levels"].values()) == {None}
    assert edition_json(EDITION)["totals"]["levels"]["premier_degre"] == 0


def test_every_field_of_a_sheet_is_there_or_says_why_not() -> None:
    (told,) = edition_json(replace(EDITION, semaines=EDITION.semaines[1:]))["semaines"]
    missing = {field.name for field in fields(ActionDossier)} - told["actions"][0].keys()
    assert missing == {*LEFT_OUT, "porteurs"}, "a field of a sheet has to travel, or to say why it does not"
    assert all(LEFT_OUT.values())
    missing = {field.name for field in fields(SemaineDossier)} - told.keys()
    # all examples: said of frozen versions alone
    # levels that nobody can tell are null among the levels
    otherwise = {"actions_figures", "etablissements_figures", "levels_unknown"}
    assert missing == {*otherwise, "all_examples", *ENTRE_NOUS}
    assert not {field.name for field in fields(EditionDossier)} - edition_json(EDITION).keys()


def test_what_an_academie_tells_the_bureau_alone_is_never_in_it() -> None:
    told = {"obstacle": Obstacle.MOYENS, "obstacle_text": "X1", "help_asked": True, "help_text": "X2"}
    told |= {"staff_days": 99_887, "staff_strain": Charge.INTENABLE, "mentor_offer": 2}
    assert told.keys() == {*ENTRE_NOUS}
    semaine = replace(EDITION.semaines[1], **told)  # type: ignore[arg-type]
    assert written(replace(EDITION, semaines=(semaine,))) == written(
        replace(EDITION, semaines=EDITION.semaines[1:])
    )


def test_an_older_document_lacks_what_was_added_since() -> None:
    data = edition_json(EDITION)
    for semaine in data["semaines"]:
        for name in ("alliances", "portage", "appel", "bassins", "strategie", "medias"):
            del semaine[name]
        for row in semaine["partners"]:
            del row["role"]
        for row in semaine["temps_forts"]:
            del row["authorities"]
    assert read_edition_json(json.dumps(data)) == (EDITION, None)


#: What the first documents of this shape told of a sheet.
SHEETS_FIRST = {
    *("activites", "audience_note", "audience_size", "authority", "carriers", "chosen", "classes", "cles"),
    *("description", "ends", "experitheque_id", "levels", "liens", "nature", "partenaires", "prize"),
    *("public_contact", "remarkable", "source", "starts", "temporality", "themes", "title", "urls"),
}


def test_what_a_sheet_gained_since_is_asked_of_no_older_document() -> None:
    asked = {name for name in KEYS["semaines", "actions"] if not name.startswith("?")}
    assert asked == SHEETS_FIRST, "an older document lacks it: PLUS_TARD in actions/champs.py"


def test_whom_to_ask_is_never_in_it() -> None:
    private = {"private_contact": "X1", "private_email": "X2", "private_phone": "X3"}
    action = replace(EDITION.semaines[1].actions[0], **private)  # type: ignore[arg-type]
    dossier = replace(EDITION, semaines=(replace(EDITION.semaines[1], actions=(action,)),))
    assert not re.search("X[123]", written(dossier))
    assert "private" not in written(dossier)


# -- what is refused -------------------------------------------------------------------------------


def at(data: dict[str, Any], *path: str | int) -> Any:
    for step in path:
        data = data[step]  # type: ignore[index]
    return data


DIJON = ("semaines", 1)
FORUM = (*DIJON, "actions", 0)


def put(value: Any, *path: str | int) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        at(data, *path[:-1])[path[-1]] = value

    return change


def drop(*path: str | int) -> Callable[[dict[str, Any]], None]:
    return lambda data: at(data, *path[:-1]).pop(path[-1])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (put(2, "format"), "de cette version"),
        (drop("format"), "de cette version"),
        (put(1, "autre"), "Le fichier : clé inconnue « autre »"),
        (drop("notes"), "Le fichier : clé absente « notes »"),
        (put("2015-2020", "edition"), "edition : "),
        (put(["Mobiliser"], "introduction"), r"introduction.1 : une table est attendue"),
        (put({}, "semaines"), r"semaines : une liste est attendue"),
        (put("X", *DIJON, "duree"), r"semaines.2 : clé inconnue « duree »"),
        (drop(*DIJON, "chiffres", "actions"), r"semaines.2.chiffres : clé absente « actions »"),
        (put("maybe", *DIJON, "status"), r"semaines.2.status : « maybe » est inconnu"),
        (put("bureau", *DIJON, "absence_by"), r"semaines.2 : « absence_by », .* vont ensemble"),
        (put("moi", *DIJON, "absence_by"), r"semaines.2.absence_by : « moi » est inconnu"),
        (put("niveaux", *DIJON, "axes"), r"semaines.2.axes : une liste est attendue"),
        (put(["autre"], *DIJON, "axes"), r"semaines.2.axes : « autre » est inconnu"),
        (put({"autre": ""}, *DIJON, "axes_details"), r"semaines.2.axes_details : le détail"),
        (put(40_000, *DIJON, "ordinal"), r"semaines.2.ordinal : « 40000 » n’est pas un nombre"),
        (put("oui", *DIJON, "levels", "college"), r"semaines.2.levels.college : « oui »"),
        (put(-1, *DIJON, "chiffres", "actions", 0, "value"), r"chiffres.actions.1.value : « -1 »"),
        (put(None, *DIJON, "chiffres", "actions", 0, "value"), "se contredi"),
        (put("javascript:alert(1)", *FORUM, "liens", 0, "url"), r"actions.1.liens.1.url : .*http"),
        (put("javascript:alert(1)", *DIJON, "ressources", 0, "url"), r"ressources.1.url : .*http"),
        (put("0010001A", *FORUM, "carriers", 0, "uai"), r"carriers.1.uai : .*UAI"),
        (put("planete", *FORUM, "carriers", 0, "kind"), r"carriers.1.kind : « planete » est inconnu"),
        (put("chef", *FORUM, "partenaires", 0, "role"), r"partenaires.1.role : « chef » est inconnu"),
        (put(["autre"], *FORUM, "themes"), r"actions.1.themes : « autre » est inconnu"),
        (put(True, *FORUM, "audience_size"), r"actions.1.audience_size : « True » n’est pas un nombre"),
        (put(10**12, *FORUM, "audience_size"), r"actions.1.audience_size"),
        (put(" ", *FORUM, "title"), r"actions.1.title : le texte est vide"),
        (put("14/03/2016", *FORUM, "starts"), "valeur inattendue"),
        (put(12, *FORUM, "description"), "valeur inattendue"),
        (put("a\0b", *FORUM, "description"), "u0000"),
        (put("\ud800", *FORUM, "description"), "valeur inattendue|JSON"),
        (put(["2016-01-01"], "declaration"), "valeur inattendue"),
    ],
)
def test_what_is_no_edition_is_refused_with_its_place(
    change: Callable[[dict[str, Any]], None], message: str
) -> None:
    data = edition_json(EDITION)
    change(data)
    with pytest.raises(EditionJsonError, match=message):
        read_edition_json(json.dumps(data))


@pytest.mark.parametrize("text", ["", "{", "[1]", "12", '{"format": NaN}', "[" * 100_000])
def test_what_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(EditionJsonError):
        read_edition_json(text)


def test_each_rule_is_of_a_key_that_is_there() -> None:
    for path in RULES:
        assert path[-1] in {name.lstrip("?") for name in KEYS[path[:-1]]}, path


# -- the page that tells it ------------------------------------------------------------------------


def told_keys(text: str) -> dict[str, set[str]]:
    """Every key the page tells, by the list or table it is in."""
    found: dict[str, set[str]] = {}
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title = part.splitlines()[0]
        where = re.search(r"`([^`]+)`", title)
        rows = re.findall(r"^\| `([^`]+)`", part, flags=re.MULTILINE)
        if rows:
            found.setdefault(where[1] if where else "", set()).update(rows)
    return found


def keys_of(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    if isinstance(data, list):
        for one in data:
            yield from keys_of(one, path)
    elif isinstance(data, dict) and path[-1:] != ("axes_details",) and path[:2] != ("totals", "axes"):
        for name, value in data.items():
            yield ".".join(path), name
            yield from keys_of(value, (*path, name))


def test_the_page_tells_every_key_and_no_other() -> None:
    page = told_keys((ROOT / "docs/edition-json.md").read_text(encoding="utf-8"))
    known = {".".join(path): {name.lstrip("?") for name in names} for path, names in KEYS.items()}
    data = edition_json(EDITION, declaration=DAYS)
    for where, name in keys_of(data):
        known.setdefault(where, set()).add(name)
    same = {"semaines.announced.", "semaines.chiffres.etablissements", "semaines.announced"}
    totals = {"totals.etablissements", "totals.levels"}
    told_once = {w for w in known if w in totals or any(w.startswith(s) for s in same)}
    expected = {where: names for where, names in known.items() if where not in told_once}
    assert page == expected


def test_a_level_that_nobody_can_tell_is_null_and_comes_back() -> None:
    partly = replace(EDITION.semaines[0], levels=frozenset({Niveau.COLLEGE}), levels_unknown=(Niveau.LYCEE,))
    edition = replace(EDITION, semaines=(partly,))
    told = edition_json(edition)
    assert told["semaines"][0]["levels"] == {
        "premier_degre": False,
        "college": True,
        "lycee": None,
        "lycee_professionnel": False,
    }
    read, _ = read_edition_json(json.dumps(told, default=str))
    assert (read.semaines[0].levels, read.semaines[0].levels_unknown) == (
        partly.levels,
        partly.levels_unknown,
    )
