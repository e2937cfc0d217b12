import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.lib.chiffres import SUBSET_NOTE, Chiffre, ChiffreError, Kind, format_chiffre, parse
from accroche.lib.chiffres.lecture import MAX_LENGTH

NC, NA = Kind.NOT_COMMUNICATED, Kind.UNAVAILABLE


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("110", Kind.EXACT, 110),
        ("40   ", Kind.EXACT, 40),
        ("0", Kind.EXACT, 0),
        ("1 153", Kind.EXACT, 1153),
        ("1\u00a0153", Kind.EXACT, 1153),
        ("12\u202f345\u202f678", Kind.EXACT, 12_345_678),
        ("quarante", Kind.EXACT, 40),
        ("Zéro", Kind.EXACT, 0),
        ("néant", Kind.EXACT, 0),
        ("aucune", Kind.EXACT, 0),
        ("quatre-vingt-dix-sept", Kind.EXACT, 97),
        ("soixante et onze", Kind.EXACT, 71),
        ("deux mille trois cents", Kind.EXACT, 2300),
        (
            "neuf cent quatre-vingt-dix-neuf mille neuf cent quatre-vingt-dix-neuf",
            Kind.EXACT,
            999_999,
        ),
        ("exactement 30", Kind.EXACT, 30),
        ("environ 40", Kind.ABOUT, 40),
        ("40 environ", Kind.ABOUT, 40),
        ("près de 800", Kind.ABOUT, 800),
        ("une vingtaine", Kind.ABOUT, 20),
        ("Une \ntrentaine", Kind.ABOUT, 30),
        ("environ une trentaine", Kind.ABOUT, 30),
        ("une demi-douzaine", Kind.ABOUT, 6),
        ("une centaine", Kind.ABOUT, 100),
        ("deux centaines", Kind.ABOUT, 200),
        ("Plus d’une \ntrentaine", Kind.MORE_THAN, 30),
        ("plus d'une centaine", Kind.MORE_THAN, 100),
        ("plus de 300", Kind.MORE_THAN, 300),
        ("un peu plus de 30", Kind.MORE_THAN, 30),
        ("> 300", Kind.MORE_THAN, 300),
        ("au moins 12", Kind.AT_LEAST, 12),
        ("12 au moins", Kind.AT_LEAST, 12),
        ("≥ 12", Kind.AT_LEAST, 12),
        ("300+", Kind.AT_LEAST, 300),
        ("30 ou plus", Kind.AT_LEAST, 30),
        ("tous", Kind.ALL, None),
        ("N.C.", NC, None),
        ("N.C. \n", NC, None),
        ("NC", NC, None),
        ("n. c.", NC, None),
        ("non communiqué", NC, None),
        ("Non communiqués", NC, None),
        ("indisponible", NA, None),
        ("non disponible", NA, None),
        ("Données non disponibles", NA, None),
        ("", NA, None),
        (" \n\u00a0", NA, None),
    ],
)
def test_one_figure(text: str, kind: Kind, value: int | None) -> None:
    (figure,) = parse(text, source="fiche")
    assert (figure.kind, figure.value, figure.source, figure.additive) == (kind, value, "fiche", True)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Une \ntrentaine d’établissements  ", [Chiffre(Kind.ABOUT, 30, "établissements")]),
        (
            "5 dites « initiatives \nremarquables »",
            [Chiffre(Kind.EXACT, 5, "dites « initiatives remarquables »")],
        ),
        (
            "20 dans le \ndossier de presse de l’événement",
            [Chiffre(Kind.EXACT, 20, "dans le dossier de presse de l’événement")],
        ),
        (
            "19  \n(Nombre repris du tableau que l’académie a \nenvoyé)",
            [Chiffre(Kind.EXACT, 19, note="Nombre repris du tableau que l’académie a envoyé")],
        ),
        (
            (
                "30 \nTous les lycées et tous les collèges ont été \n"
                "sollicités pour l’atelier « Dessiner un monde nouveau »"
            ),
            [
                Chiffre(
                    Kind.EXACT,
                    30,
                    note="Tous les lycées et tous les collèges ont été sollicités pour l’atelier "
                    "« Dessiner un monde nouveau »",
                )
            ],
        ),
        (
            "7 actions entendues à la conférence « La ténacité vue \ndes classes",
            [
                Chiffre(
                    Kind.EXACT,
                    7,
                    # closed, since who wrote it forgot to
                    "actions entendues à la conférence « La ténacité vue des classes\u00a0»",
                )
            ],
        ),
        (
            (
                "31 actions montées exprès pour la \nSemaine  \n"
                "58 actions déjà en place que la Semaine a fait voir"
            ),
            [
                Chiffre(Kind.EXACT, 31, "actions montées exprès pour la Semaine"),
                Chiffre(Kind.EXACT, 58, "actions déjà en place que la Semaine a fait voir"),
            ],
        ),
        (
            (
                "14 écoles et établissements dans la Semaine\n"
                "70 écoles et établissements d’un bout à l’autre de \nl’année"
            ),
            [
                Chiffre(Kind.EXACT, 14, "écoles et établissements dans la Semaine"),
                Chiffre(Kind.EXACT, 70, "écoles et établissements d’un bout à l’autre de l’année"),
            ],
        ),
        (
            (
                "49 actions recensées (menées d’un bout à l’autre de \nl’année) \n"
                "13 actions ponctuelles, propres à la Semaine"
            ),
            [
                Chiffre(Kind.EXACT, 49, "actions recensées (menées d’un bout à l’autre de l’année)"),
                Chiffre(Kind.EXACT, 13, "actions ponctuelles, propres à la Semaine"),
            ],
        ),
        (
            ("19 actions racontées dans le \nDossier de presse mais 144 actions visibles \nsur Expérithèque"),
            [
                Chiffre(Kind.EXACT, 19, "actions racontées dans le Dossier de presse"),
                Chiffre(Kind.EXACT, 144, "actions visibles sur Expérithèque", additive=False),
            ],
        ),
        (
            "Toutes les \nécoles et tous les établissements de l’Académie",
            [Chiffre(Kind.ALL, None, "Toutes les écoles et tous les établissements de l’Académie")],
        ),
    ],
)
def test_what_academies_wrote_wherever_it_is_wrapped(text: str, figures: list[Chiffre]) -> None:
    assert list(parse(text)) == figures
    unwrapped = re.sub(r"\s*\n(?=[a-zé])", " ", text)
    for space in re.finditer(" ", unwrapped):
        wrapped = f"{unwrapped[: space.start()]} \n{unwrapped[space.end() :]}"
        assert list(parse(wrapped)) == figures, wrapped


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("31 dont 17 remarquables", [(31, True), (17, False)]),
        ("31 actions, dont 17 remarquables et 5 primées", [(31, True), (17, False), (5, False)]),
        ("31 (dont 17 remarquables) organisées en mars\n58 à l’année", [(31, True), (17, False), (58, True)]),
        ("10 écoles, 3 collèges et un lycée", [(10, True), (3, True), (1, True)]),
        ("15 établissements : 10 écoles et 5 collèges", [(15, True), (10, False), (5, False)]),
        ("10 écoles et 5 collèges, soit 15 établissements", [(10, True), (5, True), (15, False)]),
        ("31 + 58", [(31, True), (58, True)]),
        ("31 actions ; une vingtaine d’autres", [(31, True), (20, True)]),
        ("- 31 actions\n- 58 actions", [(31, True), (58, True)]),
        ("31 actions. Une dizaine d’autres.", [(31, True), (10, True)]),
        ("N.C. pour les collèges, 12 lycées", [(None, True), (12, True)]),
        # Other things than those counted first never add up with them.
        ("110 actions, 62 établissements", [(110, True), (62, False)]),
        ("110 actions (62 établissements)", [(110, True), (62, False)]),
        ("31 actions ; 250 élèves", [(31, True), (250, False)]),
        ("31, 250 élèves", [(31, True), (250, False)]),
    ],
)
def test_several_figures(text: str, values: list[tuple[int | None, bool]]) -> None:
    assert [(c.value, c.additive) for c in parse(text)] == values


def test_a_subset_says_so() -> None:
    assert [c.note for c in parse("31 dont 17 remarquables")] == ["", SUBSET_NOTE]


@pytest.mark.parametrize(
    ("text", "perimeter", "note"),
    [
        ("22 (rapport 2013-2014)", "", "rapport 2013-2014"),
        ("22 actions (rapport 2013-2014)", "actions", "rapport 2013-2014"),
        ("22 actions du rapport 2013-2014", "actions du rapport 2013-2014", ""),
        ("22 actions\n2016", "actions 2016", ""),
        ("22 actions du 4 au 8 avril 2016", "actions du 4 au 8 avril 2016", ""),
        ("22 actions dans 62 établissements", "actions dans 62 établissements", ""),
        ("22 actions dans les\n12 lycées", "actions dans les 12 lycées", ""),
        ("22 actions dans 10 écoles et 5 lycées", "actions dans 10 écoles et 5 lycées", ""),
        ("22 actions et un séminaire", "actions et un séminaire", ""),
        ("22 classes de 6e", "classes de 6e", ""),
        ("22 actions « 100 chances, 100 emplois »", "actions « 100 chances, 100 emplois »", ""),
        ("22 actions. Le rapport 2013-2014 en citait 12.", "actions", "Le rapport 2013-2014 en citait 12."),
        ("22\n12 lycées ont été sollicités", "", "12 lycées ont été sollicités"),
        ("entre 22 et 40", "", "entre 22 et 40"),
    ],
)
def test_other_numbers_are_no_figures_of_their_own(text: str, perimeter: str, note: str) -> None:
    (figure,) = parse(text)
    assert (figure.value, figure.perimeter, figure.note) == (22, perimeter, note)


@pytest.mark.parametrize(
    "text",
    [
        "beaucoup",
        "?",
        "-",
        "-5",
        "40 ?",
        "12,5",
        "1.153",
        "50 %",
        "1/3",
        "2015-2016",
        "1234567890",
        "40 41",
        "30 ou 40",
        "moins de 30",
        "presque tous",
        "Aucune donnée",
        "un grand nombre d’actions",
        "une école sur deux",
        "deux tiers des lycées",
        "12 actions par lycée",
        "21 et 22 mars 2016",
        "le 4 avril",
        "Tous les lycées ont été sollicités",
        "19 actions 144 visibles",
        "٣٠",
    ],
)
def test_what_is_not_understood_is_refused_and_quoted(text: str) -> None:
    with pytest.raises(ChiffreError, match="Nombre non compris") as refused:
        parse(text)
    assert f"« {text} »" in str(refused.value)


def test_a_text_too_long_is_refused() -> None:
    with pytest.raises(ChiffreError, match="trop long"):
        parse("1 " + "a" * MAX_LENGTH)


PIECES = st.sampled_from(
    [
        *("110", "une", "trentaine", "d’", "plus de", "au moins", "environ", "N.C.", "tous", "Toutes les"),
        *("actions", "écoles", "et", "mais", "dont", "soit", "(", ")", "«", "»", ",", ";", ":", ".", "+"),
        *("-", "?", "%", "2013-2014", "avril", "sur", "par", "ont été sollicités", "\n", "mille", "1 153"),
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map(" ".join)))
def test_parse_fails_only_with_its_own_error(text: str) -> None:
    try:
        figures = parse(text)
    except ChiffreError as error:
        assert " ".join(text.split()) in str(error)  # noqa: PT017  (either outcome is right)
        return
    assert figures
    assert figures[0].additive


@given(st.lists(st.integers(min_value=0, max_value=999_999), min_size=1, max_size=5))
def test_no_line_is_lost(values: list[int]) -> None:
    text = "\n".join(f"{value} actions organisées" for value in values)
    assert [c.value for c in parse(text)] == values


@given(
    st.sampled_from([Kind.EXACT, Kind.ABOUT, Kind.MORE_THAN, Kind.AT_LEAST]),
    st.integers(min_value=0, max_value=999_999),
)
def test_a_printed_figure_reads_back(kind: Kind, value: int) -> None:
    assert parse(format_chiffre(Chiffre(kind, value))) == (Chiffre(kind, value),)
