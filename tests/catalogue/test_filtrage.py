"""What the filters mean: counts equal to what each choice would find, whatever the sheets."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accroche.catalogue.criteres import FACETTES, Criteres, Ordre, Point
from accroche.catalogue.filtrage import FicheLue, needles, score_of, sift

DAY = dt.date(2026, 3, 1)
CODES: dict[str, list[str]] = {
    "edition": ["2015-2016", "2026-2027"],
    "academie": ["dijon", "lyon"],
    "departement": ["58", "21", "69"],
    "niveau": ["college", "lycee"],
    "theme": ["culture", "sport"],
    "nature": ["prevention", "intervention"],
    "temporalite": ["semaine", "annee"],
    "partenaire": ["association", "media"],
    "distinction": ["remarquable", "prix"],
    "video": ["1"],
}
days = st.integers(0, 5).map(lambda n: DAY + dt.timedelta(days=n))
values = st.fixed_dictionaries({name: st.frozensets(st.sampled_from(codes)) for name, codes in CODES.items()})
texts = st.tuples(st.just(1.0), st.sampled_from(["Un forum", "Des métiers", "À l’école"]))
sheets = st.lists(
    st.builds(
        FicheLue,
        pk=st.integers(1, 999),
        values=values,
        etablissements=st.frozensets(st.sampled_from(["0580031U", "0210001A"])),
        communes=st.frozensets(st.sampled_from(["58194", "21231"])),
        places=st.lists(st.tuples(st.floats(46.9, 47.6), st.floats(3, 5)), max_size=2).map(tuple),
        days=st.none() | st.tuples(days, days).map(lambda pair: (min(pair), max(pair))),
        texts=st.lists(texts, max_size=2).map(tuple),
    ),
    max_size=8,
)  # fmt: skip
some = {name: st.lists(st.sampled_from(codes), max_size=2).map(tuple) for name, codes in CODES.items()}
searches = st.builds(
    Criteres,
    q=st.sampled_from(["", "forum", "metier", "ecole forum"]),
    edition=st.sampled_from(["", *CODES["edition"]]),
    **{facette.field: some[facette.name] for facette in FACETTES if not facette.single},
    video=st.booleans(),
    etablissement=st.sampled_from(["", "0580031U"]),
    commune=st.sampled_from(["", "58194"]),
    pres_de=st.none() | st.just(Point(47, 3.2)),
    rayon=st.integers(1, 200),
    du=st.none() | days,
    au=st.none() | days,
    tri=st.sampled_from(Ordre),
)


@settings(max_examples=60)
@given(searches, sheets)
def test_a_count_is_what_the_choice_alone_in_its_filter_would_find(
    criteres: Criteres, given_sheets: list[FicheLue]
) -> None:
    found = sift(criteres, given_sheets)
    for facette in FACETTES:
        expected = {}
        for code in CODES[facette.name]:
            alone: Any = (code == "1" if facette.name == "video" else code) if facette.single else (code,)
            total = len(sift(replace(criteres, **{facette.field: alone}), given_sheets).kept)
            if total:
                expected[code] = total
        assert found.facettes[facette.name] == expected


@settings(max_examples=50)
@given(searches, sheets)
def test_each_filter_keeps_what_it_says_and_nothing_else(
    criteres: Criteres, given_sheets: list[FicheLue]
) -> None:
    def answers(sheet: FicheLue) -> bool:
        near = [criteres.pres_de.distance_to(*place) for place in sheet.places] if criteres.pres_de else []
        return all(
            (
                not criteres.edition or criteres.edition in sheet.values["edition"],
                *(
                    not getattr(criteres, facette.field)
                    or any(code in sheet.values[facette.name] for code in getattr(criteres, facette.field))
                    for facette in FACETTES
                    if not facette.single
                ),
                not criteres.video or "1" in sheet.values["video"],
                not criteres.etablissement or criteres.etablissement in sheet.etablissements,
                not criteres.commune or criteres.commune in sheet.communes,
                not criteres.pres_de or any(distance <= (criteres.rayon or 0) for distance in near),
                not criteres.du or (sheet.days is not None and sheet.days[1] >= criteres.du),
                not criteres.au or (sheet.days is not None and sheet.days[0] <= criteres.au),
                score_of(sheet, needles(criteres.q)) is not None,
            )
        )

    kept = [found.fiche for found in sift(criteres, given_sheets).kept]
    expected = [sheet for sheet in given_sheets if answers(sheet)]
    key = repr if criteres.tri is not Ordre.DATE else (lambda _sheet: 0)
    assert sorted(kept, key=key) == sorted(expected, key=key)


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("decrochage", "Le Décrochage scolaire", True),
        ("métiers", "Forum du métier", True),
        ("forum des métiers", "Métiers : le forum", True),
        ("orient", "Aide à l’orientation", True),
        ("entation", "Aide à l’orientation", False),
        ("« forum des métiers »", "Métiers : le forum", False),
        ("« forum des métiers »", "Le forum des métiers", True),
        ("de la", "De la parole aux actes", True),
        ("cœur", "Au coeur du quartier", True),
        ("!!!", "N’importe quoi", True),
        ("forum sport", "Le forum", False),
    ],
)
def test_words_are_found_without_accents_where_they_begin(typed: str, text: str, found: bool) -> None:
    sheet = FicheLue(1, {}, texts=((1.0, text),))
    assert (score_of(sheet, needles(typed)) is not None) is found


def test_the_title_counts_more_than_the_account_and_the_nearest_comes_first() -> None:
    told = FicheLue(1, {}, texts=((5.0, "Autre"), (1.0, "Un forum")), places=((47.0, 3.2),))
    titled = FicheLue(2, {}, texts=((5.0, "Le forum"), (1.0, "")), places=((47.1, 3.2), (46.0, 0.0)))
    by_words = sift(Criteres(q="forum"), [told, titled])
    assert [kept.fiche.pk for kept in by_words.kept] == [2, 1]
    near = sift(Criteres(pres_de=Point(47, 3.2)), [titled, told])
    assert [(kept.fiche.pk, round(kept.distance or 0)) for kept in near.kept] == [(1, 0), (2, 11)]
