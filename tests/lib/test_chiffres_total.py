from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.lib.chiffres import (
    Chiffre,
    ChiffreError,
    Kind,
    Total,
    counted,
    format_chiffre,
    format_chiffres,
    format_etendue,
    format_number,
    format_reserves,
    format_total,
    parse,
    total,
)

NB, THIN = "\u00a0", "\u202f"

#: As printed on the thirty sheets of 2015-2016: actions, then écoles and établissements.
PRINTED = {
    "Aix-Marseille": ("110", "110"),
    "Amiens": ("112", "62"),
    "Besançon": (
        "19 dans le Dossier de presse mais 144 actions visibles sur Expérithèque",
        "20 dans le dossier de presse",
    ),
    "Bordeaux": ("40", "Une trentaine d’établissements"),
    "Caen": ("22", "30\nTous ont été sollicités"),
    "Clermont-Ferrand": ("53", "71"),
    "Corse": ("24", "24"),
    "Créteil": ("26", "N.C."),
    "Dijon": ("19 (Nombre issu du document académique)", "15 (Nombre issu du document académique)"),
    "Grenoble": ("113", "93"),
    "Guadeloupe": ("6", "7"),
    "Guyane": ("N.C.", "N.C."),
    "La Réunion": ("N.C.", "Toutes les écoles et tous les établissements de l’Académie"),
    "Lille": ("20", "18"),
    "Limoges": ("3", "3"),
    "Lyon": ("31 actions organisées\n58 actions existantes", "14 durant la Semaine\n70 toute l’année"),
    "Martinique": ("5", "5"),
    "Montpellier": ("55", "38"),
    "Nancy-Metz": ("30", "21"),
    "Nantes": ("19", "17"),
    "Nice": ("5 dites « initiatives remarquables »", "10"),
    "Orléans-Tours": ("N.C.", "45"),
    "Paris": ("4", "4"),
    "Poitiers": ("10", "10"),
    "Reims": ("N.C.", "N.C."),
    "Rennes": ("49 actions recensées\n13 actions ponctuelles", "Plus d’une trentaine"),
    "Rouen": ("7 lors du séminaire « La persévérance", "N.C."),
    "Strasbourg": ("", ""),
    "Toulouse": ("", ""),
    "Versailles": ("300", "N.C."),
}


def exact(value: int, perimeter: str = "") -> Chiffre:
    return Chiffre(Kind.EXACT, value, perimeter)


NOT_COMMUNICATED = Chiffre(Kind.NOT_COMMUNICATED)


def test_the_actions_of_2015_2016() -> None:
    actions = total((name, parse(figures[0])) for name, figures in PRINTED.items())
    assert actions.added == actions.lower_bound == 1153
    assert len(actions.counted) == 24
    assert actions.answered == 28
    assert actions.missing == ("Guyane", "La Réunion", "Orléans-Tours", "Reims")
    assert actions.unavailable == ("Strasbourg", "Toulouse")
    assert actions.uncounted_all == actions.partial == ()
    assert not actions.is_exact
    assert not actions.is_approximate
    assert format_total(actions) == f"au moins 1{THIN}153{NB}actions"
    assert format_etendue(actions) == f"24 des 28{NB}académies dont les données sont disponibles"
    assert format_number(actions) == f"au moins 1{THIN}153"
    assert dict(actions.parts)["Caen"] == (exact(22),)


def test_the_schools_of_2015_2016() -> None:
    schools = total(((name, parse(figures[1])) for name, figures in PRINTED.items()), repeats=True)
    assert schools.added == 747
    assert schools.lower_bound is None
    assert schools.is_bare_sum
    assert schools.overlapping == ("Lyon",)
    assert schools.rough == ("Bordeaux",)
    assert len(schools.counted) == 22
    assert schools.answered == 28
    assert schools.uncounted_all == ("La Réunion",)
    assert schools.is_approximate
    assert schools.is_open_ended
    written = format_total(schools, "établissement", "établissements")
    assert written == f"747{NB}établissements (somme des nombres donnés)"
    assert format_number(schools) == "747"
    assert format_reserves(schools) == (
        f"somme des nombres donnés, dont 1{NB}approché{NB}; des recoupements sont possibles pour Lyon"
    )
    assert format_reserves(total((name, parse(figures[0])) for name, figures in PRINTED.items())) == ""
    twice = total([("Lyon", parse("31 pendant la semaine\n58 toute l’année"))], repeats=True)
    assert format_reserves(twice) == (
        f"somme des nombres donnés{NB}; des recoupements sont possibles pour Lyon"
    )


@pytest.mark.parametrize(
    ("source", "added"),
    [("31 pendant la semaine\n58 toute l’année", 89), ("19 mais 144 visibles", 19), ("0", 0), ("N.C.", None)],
)
def test_an_answer_without_a_number_adds_none_and_never_zero(source: str, added: int | None) -> None:
    assert counted(parse(source)) == added


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([exact(31), exact(58)], "89"),
        ([exact(0)], "0"),
        ([exact(31), Chiffre(Kind.ABOUT, 40)], "environ 71"),
        ([Chiffre(Kind.MORE_THAN, 30)], "au moins 30"),
        ([NOT_COMMUNICATED], "nombre non communiqué"),
        ([exact(0), NOT_COMMUNICATED], "nombre non communiqué"),
        ([], "nombre non disponible"),
    ],
)
def test_a_number_alone_is_as_firm_as_its_total(figures: list[Chiffre], expected: str) -> None:
    assert format_number(total([("A", figures)])) == expected


def test_a_total_is_exact_only_when_every_part_is() -> None:
    assert total([("A", [exact(3)]), ("B", [exact(4)])]).is_exact
    for weaker in (
        Chiffre(Kind.ABOUT, 4),
        Chiffre(Kind.MORE_THAN, 4),
        Chiffre(Kind.AT_LEAST, 4),
        Chiffre(Kind.ALL),
        NOT_COMMUNICATED,
        Chiffre(Kind.UNAVAILABLE),
    ):
        assert not total([("A", [exact(3)]), ("B", [weaker])]).is_exact
        assert not total([("A", [exact(3), weaker])]).is_exact


def test_another_perimeter_never_enters_the_sum() -> None:
    both = total([("A", [exact(19), Chiffre(Kind.EXACT, 144, additive=False)])])
    assert both.lower_bound == 19
    assert both.is_exact
    only = total([("A", [Chiffre(Kind.EXACT, 144, additive=False)])])
    assert (only.lower_bound, only.missing) == (0, ("A",))


def test_a_perimeter_without_a_number_leaves_the_answer_partial() -> None:
    mixed = total([("A", [exact(12, "lycées"), NOT_COMMUNICATED])])
    assert (mixed.counted, mixed.partial) == (("A",), ("A",))
    assert format_total(mixed) == f"au moins 12{NB}actions"


def test_namesakes_are_not_merged() -> None:
    assert total([("Collège Jean Moulin", [exact(1)]), ("Collège Jean Moulin", [exact(2)])]).answered == 2


def test_nobody_is_no_zero() -> None:
    assert not total([]).is_exact
    assert total([("A", [])]).unavailable == ("A",)


FIGURES = st.one_of(
    st.builds(
        Chiffre,
        st.sampled_from([Kind.EXACT, Kind.ABOUT, Kind.MORE_THAN, Kind.AT_LEAST]),
        st.integers(min_value=0, max_value=10_000),
        additive=st.booleans(),
    ),
    st.builds(Chiffre, st.sampled_from([Kind.ALL, Kind.NOT_COMMUNICATED, Kind.UNAVAILABLE])),
)
PARTS = st.lists(st.tuples(st.sampled_from(["A", "B", "C", "D"]), st.lists(FIGURES, max_size=4)), max_size=8)


@given(PARTS)
def test_the_bound_is_the_sum_and_everyone_is_somewhere_once(parts: list[tuple[str, list[Chiffre]]]) -> None:
    summed = total(parts)
    values = [c.value for _, figures in parts for c in figures if c.additive and c.value is not None]
    assert summed.added == sum(values)
    everyone = summed.counted + summed.missing + summed.uncounted_all + summed.unavailable
    assert sorted(everyone) == sorted(name for name, _ in parts)
    assert set(summed.partial) <= set(summed.counted)
    if summed.is_exact:
        additive = [c for _, figures in parts for c in figures if c.additive]
        assert {c.kind for c in additive} == {Kind.EXACT}


@given(PARTS)
def test_an_inexact_total_is_never_printed_as_a_bare_number(parts: list[tuple[str, list[Chiffre]]]) -> None:
    summed = total(parts)
    text = format_total(summed)
    bare = text.startswith(("aucune", *"0123456789")) and "(somme des nombres donnés)" not in text
    assert summed.is_exact == bare


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([exact(0)], "aucune action"),
        ([exact(1)], f"1{NB}action"),
        ([exact(2)], f"2{NB}actions"),
        ([Chiffre(Kind.ABOUT, 40)], f"environ 40{NB}actions"),
        ([Chiffre(Kind.MORE_THAN, 30)], f"au moins 30{NB}actions"),
        ([NOT_COMMUNICATED], "nombre non communiqué"),
        ([Chiffre(Kind.ALL)], "nombre non communiqué"),
        ([exact(0), NOT_COMMUNICATED], "nombre non communiqué"),
        ([Chiffre(Kind.UNAVAILABLE)], "nombre non disponible"),
        ([], "nombre non disponible"),
    ],
)
def test_format_total(parts: list[Chiffre], text: str) -> None:
    assert format_total(total((str(rank), [c]) for rank, c in enumerate(parts))) == text


@pytest.mark.parametrize(
    ("noun", "text"), [("établissement", "aucun établissement"), ("diplôme", f"0{NB}diplôme")]
)
def test_zero_of_another_noun(noun: str, text: str) -> None:
    assert format_total(total([("A", [exact(0)])]), noun, noun + "s") == text


@pytest.mark.parametrize(
    ("counted", "missing", "text"),
    [
        (2, 1, f"2 des 3{NB}académies dont les données sont disponibles"),
        (2, 0, f"les 2{NB}académies dont les données sont disponibles"),
        (0, 2, f"aucune des 2{NB}académies dont les données sont disponibles"),
        (1, 0, "l’unique académie dont les données sont disponibles"),
        (0, 1, "sans nombre de l’unique académie dont les données sont disponibles"),
        (0, 0, "aucune académie dont les données sont disponibles"),
    ],
)
def test_format_etendue(counted: int, missing: int, text: str) -> None:
    assert format_etendue(Total(0, counted=("A",) * counted, missing=("B",) * missing)) == text


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (exact(110), "110"),
        (exact(1153), f"1{THIN}153"),
        (Chiffre(Kind.ABOUT, 30), "environ 30"),
        (Chiffre(Kind.MORE_THAN, 30), "plus de 30"),
        (Chiffre(Kind.AT_LEAST, 12), "au moins 12"),
        (Chiffre(Kind.ALL), "tous"),
        (NOT_COMMUNICATED, "N.C."),
        (Chiffre(Kind.UNAVAILABLE), "non disponible"),
    ],
)
def test_format_chiffre(figure: Chiffre, text: str) -> None:
    assert format_chiffre(figure) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("", "non disponible"),
        ("110 actions", "110"),
        ("Une trentaine d’établissements", "environ 30"),
        (
            "31 actions organisées pour la Semaine\n58 actions existantes",
            "31 (organisées pour la Semaine) et 58 (existantes)",
        ),
        ("49 actions recensées (à l’année)\n13 ponctuelles", "49 (recensées, à l’année) et 13 (ponctuelles)"),
        ("31 dont 17 remarquables et 5 primées", "31, dont 17 (remarquables) et 5 (primées)"),
        (
            "19 valorisées mais 144 actions visibles",
            f"19 (valorisées){NB}; hors total{NB}: 144 (visibles)",
        ),
        ("110 actions, 62 établissements", f"110{NB}; hors total{NB}: 62 (établissements)"),
        ("Tous les lycées", "tous les lycées"),
        ("7 lors du séminaire « La persévérance", f"7 (lors du séminaire « La persévérance{NB}»)"),
        ("10 écoles et 5 lycées", "10 (écoles) et 5 (lycées)"),
    ],
)
def test_format_chiffres(source: str, text: str) -> None:
    assert format_chiffres(parse(source)) == text


def test_no_figure_is_written_as_unavailable() -> None:
    assert format_chiffres(()) == "non disponible"
    only_apart = Chiffre(Kind.EXACT, 144, "visibles", additive=False)
    assert format_chiffres([only_apart]) == "144 (visibles)"
    unclosed = Chiffre(Kind.EXACT, 7, "« La persévérance")
    assert format_chiffres([unclosed]) == f"7 (« La persévérance{NB}»)"


@pytest.mark.parametrize(
    "build",
    [
        lambda: Chiffre(Kind.EXACT),
        lambda: Chiffre(Kind.NOT_COMMUNICATED, 0),
        lambda: Chiffre(Kind.EXACT, -1),
    ],
)
def test_a_figure_that_contradicts_itself_cannot_be_built(build: Callable[[], Chiffre]) -> None:
    with pytest.raises(ChiffreError):
        build()
