"""The search engine by itself: French words, slips, beginnings, phrases, counts, places."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from accroche.integrations.tantivy import (
    RANK,
    Boite,
    BrokenIndexError,
    Etendue,
    IndexUnavailableError,
    Interrogation,
    SearchIndex,
    Snapshot,
    analyse,
    parente,
)
from accroche.integrations.tantivy.choix import counted
from accroche.integrations.tantivy.interrogation import MOST_DAYS
from accroche.integrations.tantivy.retenues import MOST, MOST_AGAIN, Retenues
from accroche.integrations.tantivy.schema import FACETS
from accroche.lib.requete import parse

#: Titles by key; what else each is found by stands below.
TITLES = {
    1: "L’événement de l’année au lycée",
    2: "Les évènements sportifs des élèves",
    3: "Mathématiques et jardin",
    4: "Œuvre collective : la fresque",
    5: "Une fresque collective, puis une œuvre",
    6: "Orientation en seconde",
    7: "L’élève et son orientation",
    8: "Prévenir le décrochage",
}
LEVELS = {1: ["lycee"], 2: ["college", "lycee"], 3: ["college"], 6: ["lycee"]}
THEMES = {1: ["culture"], 2: ["sport"], 3: ["mathematiques", "culture"]}
PLACES = {1: (47.0, 3.1), 2: (47.0, 3.2), 3: (-21.1, 55.5), 4: (-17.0, 179.5), 5: (-17.0, -179.5)}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    made = SearchIndex(tmp_path_factory.mktemp("index"), new=True)
    writer = made.writer()
    for key, title in TITLES.items():
        lat, lon = PLACES.get(key, (None, None))
        writer.add(
            key,
            {
                "titre": [title],
                "tout": [title],
                "niveau": LEVELS.get(key, []),
                "theme": THEMES.get(key, []),
                "edition": ["2015-2016" if key < 5 else "2016-2017"],
                "lat": [] if lat is None else [lat],
                "lon": [] if lon is None else [lon],
                "cellule": [] if lat is None else [16 if key < 3 else 100 * key],
                "debut": [10 * key],
                "fin": [10 * key + 5],
                RANK: [1000 - key],
            },
        )
    writer.commit()
    writer.close()
    return made


@pytest.fixture
def snapshot(index: SearchIndex) -> Snapshot:
    return index.snapshot()


def keys(snapshot: Snapshot, typed: str, **asked: object) -> list[int]:
    return [key for key, _ in snapshot.find(Interrogation(parse(typed), **asked), 20)[1]]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        # accents, capitals, plurals, elision, ligatures; composed or not
        ("evenement", {1, 2}),
        ("ÉVÈNEMENTS", {1, 2}),
        ("l'evenement", {1, 2}),
        ("e\u0301ve\u0301nement", {1, 2}),
        ("eleves", {2, 7}),
        ("l’élève", {2, 7}),
        ("d'élèves", {2, 7}),
        ("oeuvres", {4, 5}),
        ("cœuvre", {4, 5}),
        # slips: one from four letters, two from eight; the first letter too
        ("fresqe", {4, 5}),
        ("matematique", {3}),
        ("orientatoin", {6, 7}),
        # one family: who does it, what is done, doing it
        ("jardinage", {3}),
        ("decrocheurs", {8}),
        ("décrocher", {8}),
        ("rientation", {6, 7}),
        # a class is said in several ways
        ("2de", {6}),
        ("2nde", {6}),
        ("xjardxn", set()),
        # as one types, and once it is whole
        ("orien", {6, 7}),
        ("orien ", set()),
        # both of two words, phrases as they are
        ("fresque oeuvre", {4, 5}),
        ("fresque jardin", set()),
        ("« œuvre collective »", {4}),
        ('"une oeuvre"', {5}),
        # what tells nothing is not asked for
        ("les évènements de la", {1, 2}),
        ("zzzz", set()),
        ("*:*", set(TITLES)),
        ("x" * 10_000, set()),
    ],
)
def test_found(snapshot: Snapshot, typed: str, found: set[int]) -> None:
    assert set(keys(snapshot, typed)) == found


def test_what_is_spelt_so_comes_first(snapshot: Snapshot) -> None:
    assert keys(snapshot, "événement")[0] == 1
    assert keys(snapshot, "evenements")[0] == 2


def test_fewer_words_are_enough_when_hardly_any_says_all(snapshot: Snapshot) -> None:
    asked = parse("fresque jardin mathematiques")
    assert snapshot.least(asked) == 1
    assert keys(snapshot, "fresque jardin mathematiques", least=1) == [3, 4, 5]
    assert snapshot.least(parse("fresque")) == 1
    # what says both comes before what says the rarer one alone, twice
    assert keys(snapshot, "jardin mathematiqes", least=1)[0] == 3


def test_marks_tell_where_the_words_are(snapshot: Snapshot) -> None:
    understood = snapshot.understand(parse("evenement des eleve"))
    text = TITLES[2]
    assert [text[low:high] for low, high in understood.marks(text)] == ["évènements", "élèves"]
    assert snapshot.understand(parse("matematiques")).corrected == {"matematiques": "mathematiques"}


def test_counts_are_true_under_every_other_filter(snapshot: Snapshot) -> None:
    asked = Interrogation(choix={"niveau": ("lycee",)})
    counts = snapshot.facets(asked, ["niveau", "theme"])
    assert counts == {"niveau": {"lycee": 3, "college": 2}, "theme": {"culture": 1, "sport": 1}}
    both = Interrogation(choix={"niveau": ("lycee",), "theme": ("culture",)})
    assert snapshot.facets(both, ["niveau", "theme"]) == {
        "niveau": {"lycee": 1, "college": 1},
        "theme": {"culture": 1, "sport": 1},
    }
    assert snapshot.count(both) == 1
    assert snapshot.facets(asked, ["niveau", "theme"]) == counts, "asked again"


@pytest.mark.parametrize("asked", [Interrogation(), Interrogation(du=16), Interrogation(parse("élèves"))])
def test_choices_are_counted_alike_of_what_answers_and_of_what_does_not(
    snapshot: Snapshot, asked: Interrogation
) -> None:
    counts = counted(snapshot._searcher, snapshot._query(asked), list(FACETS))
    for total in (0, snapshot.size):
        snapshot.forget()
        found = snapshot.facets(asked, total=total)
        assert found == counts


@pytest.mark.parametrize("withdrawn", [(), (1,), (1, 2, 3)])
def test_what_was_withdrawn_is_counted_nowhere(tmp_path: Path, withdrawn: tuple[int, ...]) -> None:
    made = SearchIndex(tmp_path, new=True)
    writer = made.writer()
    for key in TITLES:
        said = {"tout": [f"mot{key}", "fresque"], "niveau": LEVELS.get(key, []), "edition": ["2015-2016"]}
        writer.add(key, said | {"lat": [float(key)], "lon": [-float(key)]})
    writer.commit()
    before = made.snapshot()
    for key in withdrawn:
        writer.replace(key, None)
    writer.commit()
    writer.close()
    assert (before._withdrawn, before.count(Interrogation())) == (0, len(TITLES))
    left = [key for key in TITLES if key not in withdrawn]
    levels = Counter(level for key in left for level in LEVELS.get(key, []))
    snapshot = made.snapshot()
    assert snapshot._withdrawn == len(withdrawn)
    # where it is not known how many were withdrawn, the same
    for found in (snapshot, Snapshot(snapshot._searcher)):
        facets = found.facets(Interrogation(), ["niveau", "edition"])
        assert facets == {"niveau": levels, "edition": {"2015-2016": len(left)}}
        assert [found._lives("tout", f"mot{key}") for key in TITLES] == [key in left for key in TITLES]
        assert found._lives("tout", "fresque")
        assert [found.count(Interrogation()), found.count(Interrogation(parse("mot1")))] == [
            len(left),
            int(1 in left),
        ]
        edges = float(left[0]), -8.0, 8.0, -float(left[0])
        assert found.extent(Interrogation()) == Etendue(len(left), *edges)
        assert found.extent(Interrogation(choix={"niveau": ("maternelle",)})) == Etendue(0)


def test_who_commits_meanwhile_leaves_in_doubt_how_many_were_withdrawn(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits = iter([b"{}", b'{"segments": []}', b"[", b"[", b"", b""])
    monkeypatch.setattr(index, "_commit", lambda: next(commits))
    assert [index.snapshot()._withdrawn for _ in range(3)] == [math.inf] * 3


def test_the_latest_first(snapshot: Snapshot) -> None:
    total, found = snapshot.find(Interrogation(), 3, 1, by=RANK)
    assert (total, [key for key, _ in found]) == (8, [2, 3, 4])


@pytest.mark.parametrize("du", [1, 13, 16, 35, 99])
def test_what_has_a_day_in_common_is_found(snapshot: Snapshot, du: int) -> None:
    for au in (*range(du, du + 20, 3), du + MOST_DAYS - 1, du + MOST_DAYS):
        found = {key for key in TITLES if 10 * key <= au and 10 * key + 5 >= du}
        assert set(keys(snapshot, "", du=du, au=au)) == found
    # the other way round, those that hold both days
    assert keys(snapshot, "", du=34, au=31) == [3]


@pytest.mark.parametrize(("most", "few"), [(0, 0), (1, 1), (2, 1), (3, 2), (7, 3), (8, 3)])
def test_until_which_day_few_have_begun(snapshot: Snapshot, most: int, few: int) -> None:
    lasts = [20, 40, 999]  # by which one, three and seven have
    assert snapshot.few_until(Interrogation(du=16), lasts, most) == few


def test_where_too_many_begin_they_are_listed_already(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = Interrogation(du=16, au=40)
    listed = snapshot.find(days, 2, by=RANK)
    snapshot.forget()
    assert snapshot.few_until(Interrogation(du=16), [40, 999], 2) == 0
    monkeypatch.setattr(snapshot, "_searcher", None)
    assert snapshot.find(days, 2, by=RANK) == listed


def test_for_a_number_nothing_is_ranked(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [Interrogation(), Interrogation(choix={"niveau": ("lycee",)}), Interrogation(parse("fresque"))]
    totals = [snapshot.find(one, 1, by=RANK)[0] for one in asked]
    monkeypatch.setattr(snapshot, "_find", None)
    assert [snapshot.find(one, 0, by=RANK) for one in asked] == [(total, ()) for total in totals]


def test_the_same_question_is_answered_once() -> None:
    kept, asked = Retenues(), []

    def ask(question: object) -> object:
        return kept.once(question, lambda: asked.append(question) or question)  # type: ignore[func-returns-value]

    french = Interrogation(parse("fresque"), {"niveau": ("lycee",), "theme": ("sport",)})
    same = Interrogation(parse("fresque"), {"theme": ("sport",), "niveau": ("lycee",)})
    others = [french.without("theme"), Interrogation(parse("fresque"), du=3), Interrogation(du=3)]
    assert [ask(one) for one in (french, same, *others, french)] == [french, french, *others, french]
    assert asked == [french, *others]
    for number in range(MOST):
        ask(number)
        ask(french)  # what is asked for all the time stays
    assert asked == [french, *others, *range(MOST)]
    ask(0)
    assert asked[-1] == 0


def test_what_a_state_was_asked_the_next_is_asked_before_anybody_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it is then."""
    made = SearchIndex(tmp_path, new=True)
    writer = made.writer()
    all_of, college = Interrogation(), Interrogation(choix={"niveau": ("college",)}, au=99)
    questions: list[Callable[[Snapshot], object]] = [
        lambda index: index.facets(all_of, ["niveau"]),
        lambda index: index.facets(college, ["niveau", "theme"]),
        lambda index: index.find(college, 5, by=RANK),
        lambda index: index.count(all_of),
        lambda index: index.few_until(college, [15, 99], 3),
        lambda index: index.cells(all_of, 16),
        lambda index: index.extent(all_of),
    ]
    told: list[list[object]] = []
    state = made.snapshot()
    for key, title in TITLES.items():
        said = {"tout": [title], "niveau": ["college"], "theme": THEMES.get(key, [])}
        days = {"debut": [10 * key], "fin": [10 * key], RANK: [key]}
        writer.add(key, said | days | {"lat": [1.0], "lon": [float(key)], "cellule": [key]})
        writer.commit()
        assert [ask(state) for ask in questions] != told[-1:]
        state.find(Interrogation(parse("fresque")), 5)
        state.find(Interrogation(boites=(Boite(0.0, 0.0, 1.0, 1.0),)), 5)
        state.like({"titre": [TITLES[4]]}, all_of, 5)
        # nothing of words, of a frame of the map, of what resembles a sheet
        handed = [question for question, _ in state.asked()]
        assert not [one for one, *_ in handed if one.requete or one.boites]
        assert {kind for _, kind, *_ in handed} == {"counts", "find", "count", "few", "cells", "extent"}
        state = made.snapshot(state)
        state.ask_again()
        with monkeypatch.context() as context:
            context.setattr(state, "_searcher", None)
            told.append([ask(state) for ask in questions])
        assert told[-1] == [ask(made.snapshot()) for ask in questions]
    writer.close()
    assert len(told) == len({repr(one) for one in told}) == len(TITLES)
    assert {question for question, _ in state.asked()} == {
        question for question, _ in made.snapshot(state)._waiting
    }
    # none holds the state it was asked of: one would hold the one before, and so on
    assert not any("self" in ask.__code__.co_freevars for _, ask in state.asked())
    # no longer than its time: the latest question, then the rest is left to who comes
    hurried = made.snapshot(state)
    hurried.ask_again(0.0)
    with monkeypatch.context() as context:
        context.setattr(hurried, "_searcher", None)
        assert hurried.extent(all_of) == state.extent(all_of)
        with pytest.raises(AttributeError):
            hurried.cells(all_of, 16)
    # what nobody asked of it is not handed on
    after = made.snapshot(made.snapshot(state))
    assert after._waiting == []


def test_few_questions_are_handed_on_the_latest() -> None:
    kept = Retenues()
    for number in range(MOST_AGAIN + 3):
        kept.once(number, lambda: 0, again=number)
        kept.once(0, lambda: 0, again=0)
    assert [question for question, _ in kept.asked()] == [*range(4, MOST_AGAIN + 3), 0]
    with pytest.raises(BrokenIndexError):  # the next state would be thought broken by who follows it
        kept.once("fails", mock.Mock(side_effect=BrokenIndexError), again=0)
    assert [question for question, _ in kept.asked()] == [*range(4, MOST_AGAIN + 3), 0]


def test_places(snapshot: Snapshot) -> None:
    around = Interrogation(boites=(Boite(3.0, 46.0, 3.15, 48.0),))
    assert [key for key, _ in snapshot.find(around, 9)[1]] == [1]
    across = Interrogation(boites=(Boite(179.0, -18.0, -179.0, -16.0),))
    assert {key for key, _ in snapshot.find(across, 9)[1]} == {4, 5}
    total, places = snapshot.places(Interrogation(), 9)
    assert (total, len(places)) == (8, 5)
    first, *others = snapshot.cells(Interrogation(), 16)
    assert (first.number, first.count, first.lat, first.west, first.east, first.key) == (
        1,
        2,
        47.0,
        3.1,
        3.2,
        2,
    )
    assert [cell.count for cell in others] == [1, 1, 1]


def test_the_same_is_said_elsewhere(snapshot: Snapshot) -> None:
    found = snapshot.like({"titre": [TITLES[4]]}, Interrogation(choix={"theme": ("culture",)}), 5)
    assert found[:2] == [4, 5]
    assert set(found) >= {1, 3}
    assert snapshot.like({}, Interrogation(), 5) == []


def test_what_everybody_says_tells_nothing(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"titre": ["Fresque, orientation"]}
    assert set(snapshot.like(said, Interrogation(), 8)) == {4, 5, 6, 7}
    monkeypatch.setattr(parente, "FEW_SAY", 1)
    snapshot.forget()
    assert set(snapshot.like(said, Interrogation(), 8)) == {4, 5, 6, 7}, "two of eight"
    monkeypatch.setattr(parente, "MANY_SAY", 8)
    snapshot.forget()
    assert snapshot.like(said, Interrogation(), 8) == []


def test_of_many_those_that_say_a_telling_word_are_ranked_alone(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, close = (
        {"titre": ["Fresque, élèves, orientation"]},
        Interrogation(choix={"theme": ("sport", "culture")}),
    )
    whole = snapshot.like(said, close, 8)
    assert set(whole) == {1, 2, 3, 4, 5, 6, 7}
    monkeypatch.setattr(parente, "RANKED", 4)
    for size in (1, 3, 4):
        snapshot.forget()
        # two words that two say each: what says the third, or holds a theme, is not looked at
        assert snapshot.like(said, close, size) == [key for key in whole if key in {2, 4, 5, 7}][:size]
    snapshot.forget()
    assert snapshot.like(said, close, 8) == whole, "where too few say one, all that is close"


@pytest.mark.parametrize(
    "text", ["L’École des œuvres", "3ème ½ №5 ß ŉ Straße élèves", " ".join(TITLES.values())]
)
def test_a_stem_is_that_of_the_analyser(text: str) -> None:
    stems = analyse.analyser(analyse.STEMMED).pre_tokenize(text).tokens
    assert [word.stem for word in analyse.words(text)] == [stem.text for stem in stems]


def test_words_stand_where_they_are(snapshot: Snapshot) -> None:
    assert [(word.plain, word.stem) for word in analyse.words("L’École des œuvres")] == [
        ("ecole", "ecol"),
        ("des", "de"),
        ("oeuvres", "oeuvr"),
    ]


def test_what_is_written_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    made = SearchIndex(tmp_path, new=True)
    before = made.moved()
    writer = made.writer()
    writer.add(1, {"titre": ["jardin"], "tout": ["jardin"]})
    with pytest.raises(IndexUnavailableError):
        SearchIndex(tmp_path).writer()
    writer.close()
    assert (made.snapshot().size, made.moved()) == (0, before)
    writer = made.writer()
    writer.replace(1, {"titre": ["jardin"], "tout": ["jardin"]})
    writer.replace(1, {"titre": ["potager"], "tout": ["potager"]})
    writer.replace(2, {"titre": ["jardin"], "tout": ["jardin"]})
    writer.commit()
    writer.replace(2, None)
    writer.commit()
    writer.close()
    assert made.moved() != before
    found = SearchIndex(tmp_path).snapshot()
    assert (found.size, keys(found, "potager"), keys(found, "jardin")) == (1, [1], [])


@pytest.mark.parametrize("harm", ["none", "meta", "segment"])
def test_what_cannot_be_read_says_so(tmp_path: Path, harm: str) -> None:
    if harm != "none":
        writer = SearchIndex(tmp_path, new=True).writer()
        writer.add(1, {"titre": ["jardin"], "tout": ["jardin"]})
        writer.commit()
        writer.close()
        path = tmp_path / "meta.json" if harm == "meta" else next(tmp_path.glob("*.term"))
        path.write_bytes(path.read_bytes()[:10])
    with pytest.raises(BrokenIndexError):
        keys(SearchIndex(tmp_path).snapshot(), "jardin")
