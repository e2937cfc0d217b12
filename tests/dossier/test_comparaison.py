"""Two tellings of an edition, compared fact by fact."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.actions.regles import Nature, Temporalite
from accroche.actions.saisie import PieceDite
from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.campagne.champs import ENTRE_NOUS
from accroche.campagne.regles import Autorite, StatutSemaine
from accroche.dossier.comparaison import NOTHING, Difference, differences
from accroche.dossier.dossier import (
    ActionDossier,
    AxeRetenu,
    EditionDossier,
    LienSaisi,
    Retombee,
    TexteStrategie,
    TutoratDossier,
)
from accroche.dossier.instantane import NOT_FROZEN
from accroche.lib.chiffres import Chiffre, Kind, parse
from accroche.lib.texte import comparable
from tests.dossier.sample import CAEN, DIJON, EDITION, FORUM, LYCEE, PLACED
from tests.growth import growth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from accroche.campagne.models import Edition


def dijon(**changes: Any) -> EditionDossier:
    return replace(EDITION, semaines=(CAEN, replace(DIJON, **changes)))


def forum(**changes: Any) -> EditionDossier:
    return dijon(actions=(replace(FORUM, **changes), *DIJON.actions[1:]))


def swapped(found: tuple[Difference, ...]) -> set[tuple[str, str, str, str]]:
    return {(one.where, one.fact, one.right, one.left) for one in found}


(GOAL,) = EDITION.objectifs
PLACE = "Dijon, « Forum des métiers »"


@pytest.mark.parametrize(
    ("other", "where", "fact"),
    [
        (replace(EDITION, edition="2016-2017"), "Édition", "année"),
        (replace(EDITION, previous_academies=()), "Édition", "académies d’une édition précédente"),
        (dijon(status=StatutSemaine.UNAVAILABLE), "Dijon", "statut"),
        (dijon(windows=DIJON.windows[:1]), "Dijon", "dates"),
        (
            dijon(windows=((dt.date(2016, 1, 18), dt.date(2016, 1, 23)), DIJON.windows[1])),
            "Dijon",
            "dates",
        ),
        (dijon(ordinal=2), "Dijon", "rang"),
        (dijon(ordinal=None), "Dijon", "rang"),
        (dijon(levels=DIJON.levels | {Niveau.PREMIER_DEGRE}), "Dijon", "niveaux"),
        (dijon(levels=frozenset()), "Dijon", "niveaux"),
        (dijon(levels_unknown=(Niveau.PREMIER_DEGRE,)), "Dijon", "niveaux"),
        (dijon(actions_figures=parse("20 (recensées)")), "Dijon", "actions"),
        (dijon(actions_figures=parse("environ 19 (recensées)")), "Dijon", "actions"),
        (dijon(actions_figures=parse("19")), "Dijon", "actions"),
        (dijon(actions_figures=parse("N.C.")), "Dijon", "actions"),
        (dijon(actions_figures=()), "Dijon", "actions"),
        (dijon(actions_figures=(replace(DIJON.actions_figures[0], additive=False),)), "Dijon", "actions"),
        (dijon(actions_figures=(replace(DIJON.actions_figures[0], note="Autre"),)), "Dijon", "actions"),
        (dijon(etablissements_figures=parse("Au moins 30")), "Dijon", "établissements"),
        (dijon(etablissements_figures=(Chiffre(Kind.ALL),)), "Dijon", "établissements"),
        (dijon(axes=(AxeRetenu("niveaux"),)), "Dijon", "axes"),
        (dijon(axes=(AxeRetenu("niveaux"), AxeRetenu("animation"))), "Dijon", "axes"),
        (forum(porteurs=()), PLACE, "porteurs"),
        (forum(porteurs=(replace(PLACED, commune="Beaune"),)), PLACE, "porteurs"),
        (forum(porteurs=(replace(PLACED, kind=TypePorteur.LYCEE_PROFESSIONNEL),)), PLACE, "porteurs"),
        (forum(porteurs=(replace(PLACED, name="Lycée Carnot"),)), PLACE, "porteurs"),
        (forum(liens=()), PLACE, "liens"),
        (forum(liens=(LienSaisi("http://www.ac-dijon.fr/autre"),)), PLACE, "liens"),
        (forum(prize="Prix du jury"), PLACE, "prix"),
        (dijon(actions=DIJON.actions[:1]), "Dijon", "action"),
        (dijon(actions=DIJON.actions[::-1]), "Dijon", "ordre des actions"),
        (replace(EDITION, semaines=(DIJON,)), "Caen", "fiche"),
        (replace(EDITION, introduction=()), "Édition", "introduction"),
        (replace(EDITION, objectifs=()), "Édition", "objectifs"),
        (replace(EDITION, objectifs=(replace(GOAL, academies=("Dijon",)),)), "Édition", "objectifs"),
        (replace(EDITION, objectifs=(replace(GOAL, conclusion=""),)), "Édition", "objectifs"),
        (replace(EDITION, perspectives=EDITION.perspectives * 2), "Édition", "perspectives"),
        (replace(EDITION, tutorats=()), "Édition", "tutorats"),
        (replace(EDITION, tutorats=(TutoratDossier("possible", ("Dijon",), "Oui."),)), "Édition", "tutorats"),
        (dijon(narrative=""), "Dijon", "récit"),
        (dijon(temps_forts=DIJON.temps_forts[:1]), "Dijon", "temps forts"),
        (dijon(ressources=(replace(DIJON.ressources[0], published=None),)), "Dijon", "ressources"),
        (dijon(pilot="MLDS"), "Dijon", "pilote"),
        (dijon(committee=""), "Dijon", "comité de pilotage"),
    ],
)
def test_one_altered_fact_is_one_difference(other: EditionDossier, where: str, fact: str) -> None:
    (found,) = differences(EDITION, other)
    assert (found.where, found.fact) == (where, fact)
    assert found.left != found.right
    (back,) = differences(other, EDITION)
    assert back == Difference(where, fact, found.right, found.left)
    assert fact in {one.fact for one in differences(EDITION, other, prose=True)}


def test_a_difference_is_told_in_words() -> None:
    assert differences(EDITION, dijon(ordinal=None)) == (Difference("Dijon", "rang", "1", NOTHING),)
    (found,) = differences(EDITION, dijon(levels=frozenset()))
    assert (found.left, found.right) == ("Collège et Lycée", "non précisés")
    assert differences(EDITION, forum(remarkable=False), prose=True) == (
        Difference(PLACE, "mention remarquable", "oui", "non"),
    )
    (found,) = differences(EDITION, dijon(temps_forts=DIJON.temps_forts[:1]), prose=True)
    assert found.right == "Salon, Salon, 21\u00a0janvier 2016, 21\u00a0janvier 2016, Nevers, Un salon."
    assert found.left.endswith("Tour, Tournée, Cher, 15\u00a0mars 2016 ; Indre")
    helped = replace(EDITION, tutorats=(TutoratDossier("possible", ("Dijon",)),))
    (found,) = differences(replace(EDITION, tutorats=()), helped, prose=True)
    assert found.right == "Accompagnement possible, Dijon"


def test_a_figure_is_told_without_the_code_of_its_kind() -> None:
    unknown, none = (Chiffre(Kind.NOT_COMMUNICATED),), (Chiffre(Kind.UNAVAILABLE),)
    (found,) = differences(dijon(actions_figures=unknown), dijon(actions_figures=none), prose=True)
    assert (found.left, found.right) == ("N.C.", "non disponible")


def test_a_renamed_action_is_one_that_went_and_one_that_came() -> None:
    assert differences(EDITION, forum(title="Salon des métiers")) == (
        Difference("Dijon", "action", "Forum des métiers", NOTHING),
        Difference("Dijon", "action", NOTHING, "Salon des métiers"),
    )


def test_actions_with_one_title_are_paired_in_order() -> None:
    first, second = replace(FORUM, prize="A"), replace(FORUM, prize="B")
    assert differences(dijon(actions=(first, second)), dijon(actions=(first, second))) == ()
    found = differences(dijon(actions=(first, second)), dijon(actions=(second,)))
    assert [one.fact for one in found] == ["prix", "action"]
    same = differences(dijon(actions=(first, first)), dijon(actions=(first,)))
    assert [one.fact for one in same] == ["action"]


@pytest.mark.parametrize(
    "other",
    [
        forum(title="Forum  des métiers"),
        forum(title="Forum des\u00a0métiers"),
        forum(liens=(LienSaisi(FORUM.liens[0].url, "Autre nom"),)),
        forum(porteurs=(LYCEE,)),
        dijon(narrative="Autre", partners_narrative="Autre", examples_note="Autre"),
        dijon(temps_forts=tuple(replace(one, title="Autre", summary="Autre") for one in DIJON.temps_forts)),
        dijon(ressources=tuple(replace(one, title="Autre") for one in DIJON.ressources)),
        dijon(axes=(AxeRetenu("niveaux"), AxeRetenu("structuration", "Autre"))),
        replace(
            EDITION,
            introduction=(("Autre", "Autre"),),
            objectifs=tuple(replace(one, label="Autre", conclusion="Autre") for one in EDITION.objectifs),
            perspectives=tuple(replace(one, title="Autre", text="Autre") for one in EDITION.perspectives),
            tutorats=tuple(replace(one, reason="Autre") for one in EDITION.tutorats),
        ),
    ],
)
def test_words_are_no_facts(other: EditionDossier) -> None:
    assert differences(EDITION, other) == ()


@pytest.mark.parametrize("text", ["L’élève « perdu » : où ?", "L'élève « perdu »\u00a0: où\u202f?"])
def test_typography_makes_no_difference(text: str) -> None:
    ours = dijon(narrative="L’élève «\u00a0perdu\u00a0»\u00a0: où\u00a0?")
    assert differences(ours, dijon(narrative=text), prose=True) == ()


# -- nothing escapes a comparison of two versions -------------------------------------------------------


#: What is in no version, and which row an activity is.
NOT_COMPARED = frozenset({*NOT_FROZEN, *ENTRE_NOUS, "number"})


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every value of a dossier that holds no other."""
    if is_dataclass(value):
        for one in fields(value):
            if one.name not in NOT_COMPARED:
                yield from leaves(getattr(value, one.name), (*path, one.name))
    elif isinstance(value, tuple) and value:
        for index, part in enumerate(value):
            yield from leaves(part, (*path, index))
    else:
        yield path


def altered(value: Any, path: tuple[Any, ...]) -> Any:
    """Return ``value`` with another leaf at the end of ``path``."""
    if not path:
        return other(value)
    step, rest = path[0], path[1:]
    if isinstance(value, tuple):
        return (*value[:step], altered(value[step], rest), *value[step + 1 :])
    return replace(value, **{step: altered(getattr(value, step), rest)})


def other(value: Any) -> Any:
    ways: tuple[tuple[type, Callable[[Any], Any]], ...] = (
        (bool, lambda one: not one),
        (Kind, lambda _: Kind.ABOUT),
        (Enum, lambda one: next(each for each in type(one) if each and each != one)),
        (str, lambda one: f"{one} autrement"),
        (float, lambda one: one + 1),
        (int, lambda one: one + 1),
        (dt.date, lambda one: one + dt.timedelta(days=1)),
        (frozenset, lambda one: one ^ {Niveau.PREMIER_DEGRE}),
    )
    return next(way(value) for kind, way in ways if isinstance(value, kind))


#: What an absent value becomes, where a text would be of another type.
TYPED: dict[str, Any] = {
    "starts": dt.date(2016, 3, 14),
    "ends": dt.date(2016, 3, 18),
    "date": dt.date(2016, 3, 16),
    "absence_on": dt.date(2016, 6, 1),
    "ordinal": 3,
    "experitheque_id": 12,
    "levels": (Niveau.COLLEGE,),
    "themes": ("langue",),
    "cles": ("ambition",),
    "evidence": ("supports",),
    "temporality": Temporalite.LES_DEUX,
    "nature": Nature.REMEDIATION,
    "audience_size": 12,
    "activites": FORUM.activites,
    "pieces": (PieceDite("fete.jpg", caption="La fête"),),
    "porteurs": (LYCEE,),
    "liens": FORUM.liens,
    "partners": DIJON.partners,
    "partenaires": FORUM.partenaires,
    "axes": DIJON.axes,
    "pistes": ("Un comité",),
    "temps_forts": DIJON.temps_forts,
    "ressources": DIJON.ressources,
    "actions": DIJON.actions,
    "bassins": ("Beaune",),
    "levels_unknown": (Niveau.LYCEE_PROFESSIONNEL,),
    "strategie": (TexteStrategie("Plan académique"),),
    "medias": (Retombee("France Bleu"),),
    "authorities": (Autorite.RECTEUR,),
    "stops": DIJON.temps_forts[1].stops,
    "actions_figures": DIJON.actions_figures,
    "etablissements_figures": DIJON.etablissements_figures,
}


#: The words of who tells, and what is no fact between two sources; all else is compared without being asked.
WORDS = {
    ("introduction",),
    ("objectifs", "label"),
    ("objectifs", "conclusion"),
    ("perspectives", "title"),
    ("perspectives", "text"),
    ("tutorats", "reason"),
    ("narrative",),
    ("partners_narrative",),
    ("examples_note",),
    ("temps_forts", "title"),
    ("temps_forts", "summary"),
    ("ressources", "title"),
    ("axes", "detail"),
    ("actions_figures", "source"),
    ("etablissements_figures", "source"),
    ("actions", "description"),
    ("liens", "label"),
    *(("porteurs", name) for name in ("uai", "insee", "latitude", "longitude")),
}


def test_no_altered_value_escapes_a_comparison_of_versions() -> None:
    paths = list(leaves(EDITION))
    assert len(paths) > 200
    escaped = [".".join(map(str, path)) for path in paths if not _is_told(path)]
    assert not escaped


def _is_told(path: tuple[Any, ...]) -> bool:
    value: Any = EDITION
    for step in path:
        value = value[step] if isinstance(value, tuple) else getattr(value, step)
    if path[-1] in TYPED and not value:
        changed = _set(EDITION, path[:-1], path[-1], TYPED[path[-1]])
    else:
        changed = altered(EDITION, path)
    found = differences(EDITION, changed, prose=True)
    names = tuple(step for step in path if isinstance(step, str))
    asked = {names[-1:], names[-2:]} & WORDS or differences(EDITION, changed)
    return changed != EDITION and bool(found and asked) and all(one.left != one.right for one in found)


def _set(value: Any, path: tuple[Any, ...], name: str, content: Any) -> Any:
    if not path:
        return replace(value, **{name: content})
    step, rest = path[0], path[1:]
    if isinstance(value, tuple):
        return (*value[:step], _set(value[step], rest, name, content), *value[step + 1 :])
    return replace(value, **{step: _set(getattr(value, step), rest, name, content)})


SEMAINES = st.lists(
    st.builds(
        lambda name, ordinal, titles: replace(
            DIJON, academie=name, ordinal=ordinal, actions=tuple(replace(FORUM, title=t) for t in titles)
        ),
        st.sampled_from(["Caen", "Dijon", "Lyon"]),
        st.sampled_from([None, 1, 2]),
        st.lists(st.sampled_from("ABC"), max_size=4),
    ),
    max_size=3,
    unique_by=lambda semaine: semaine.academie,
).map(lambda semaines: replace(EDITION, semaines=tuple(semaines)))


@given(SEMAINES, SEMAINES, st.booleans())
def test_symmetric(left: EditionDossier, right: EditionDossier, prose: bool) -> None:
    there = differences(left, right, prose=prose)
    back = differences(right, left, prose=prose)
    assert {(one.where, one.fact, one.left, one.right) for one in there} == swapped(back)
    assert len(there) == len(back)


TITLES = st.lists(st.sampled_from(["A", "a’b", "a'b", "B", "C"]), max_size=8)


@given(TITLES, TITLES)
def test_each_action_is_paired_with_the_first_of_its_title_that_is_left(
    left: list[str], right: list[str]
) -> None:
    """Told by looking for each among those that wait, which no large semaine can afford."""
    waiting = list(enumerate(right))
    paired, gone = [], []
    for at, title in enumerate(left):
        found = next((one for one in waiting if comparable(one[1]) == comparable(title)), None)
        if found:
            waiting.remove(found)
            paired.append((at, found[0]))
        else:
            gone.append(title)
    told = differences(dijon(actions=numbered(left)), dijon(actions=numbered(right, 100)))
    assert [(one.left, one.right) for one in told if one.fact == "prix"] == [
        (str(a), str(100 + b)) for a, b in paired
    ]
    assert [one.left for one in told if one.fact == "action" and one.right == NOTHING] == gone
    assert [one.right for one in told if one.fact == "action" and one.left == NOTHING] == [
        title for _, title in waiting
    ]
    places = [place for _, place in paired]
    assert (places != sorted(places)) == any(one.fact == "ordre des actions" for one in told)


def numbered(titles: list[str], first: int = 0) -> tuple[ActionDossier, ...]:
    """Actions whose prize says which one each is."""
    return tuple(ActionDossier(title, prize=str(at)) for at, title in enumerate(titles, start=first))


@pytest.mark.parametrize("kept", [1, 0], ids=["others", "copies"])
def test_a_census_of_one_academie_costs_what_its_sheets_do(kept: int) -> None:
    """Against another, against itself the other way round, and when all have one title."""

    def compare(text: str) -> None:
        titles = [line[:11] if kept else "Même titre" for line in text.splitlines()]
        left = dijon(actions=numbered(titles))
        differences(left, dijon(actions=numbered(titles[::-1])))
        differences(left, dijon(actions=numbered([f"{title}*" for title in titles])))

    found = growth(compare, lambda length: "\n".join(f"Atelier {at:04}" for at in range(length // 10)))
    assert not found.is_steep, found


@given(SEMAINES, st.booleans())
def test_the_same_is_no_difference(dossier: EditionDossier, prose: bool) -> None:
    assert differences(dossier, dossier, prose=prose) == ()


@pytest.mark.django_db
def test_the_database_tells_what_the_pack_does(pack_2015: EditionDossier, edition_2015: Edition) -> None:
    from accroche.dossier.queries.dossier import dossier_of  # noqa: PLC0415 - needs models

    stored = dossier_of(edition_2015)
    assert differences(pack_2015, stored, prose=True) == ()
    assert differences(stored, pack_2015, prose=True) == ()
