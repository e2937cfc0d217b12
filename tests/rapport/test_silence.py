"""What six invented sheets say and a reader could take for something else: read as it is, or doubted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accroche.dossier.dossier import SemaineDossier
from accroche.rapport.addresses import Foot
from accroche.rapport.alliances import read_appel
from accroche.rapport.boxes import TICKED
from accroche.rapport.hyphens import with_apostrophes
from accroche.rapport.layout import Spacing, join_titles
from accroche.rapport.lines import Line, split_lines
from accroche.rapport.pages import Pages, without_pages
from accroche.rapport.paragraphs import paragraphs
from accroche.rapport.problems import Problems
from accroche.rapport.reading import Reading, read
from accroche.rapport.signs import ACTION, Zone
from accroche.rapport.turned import with_narrative_first

#: Each sheet has words of its own: lines that are equal everywhere may be headers.
TOWNS = {
    "Amiens": "du chant",
    "Caen": "de la voile",
    "Dijon": "de la cuisine",
    "Lille": "du jardinage",
    "Nice": "du cinéma",
    "Reims": "de la danse",
}
#: Figures that no page has: they do not grow.
COUNTS = (110, 46, 18, 240, 32, 74)


def report(**parts: Callable[[str], str]) -> str:
    """Six sheets; ``parts`` write one of their parts otherwise, by the name of the académie."""
    return "\n\n\n".join("\n\n".join((parts.get(k) or v)(name) for k, v in PARTS.items()) for name in TOWNS)


def _of(name: str) -> str:
    return f"l’Académie d’{name}" if name[0] == "A" else f"l’Académie de {name}"


def _count(name: str) -> int:
    return COUNTS[list(TOWNS).index(name)]


def _narrative(name: str) -> str:
    return (
        f"L{_of(name)[1:]} a tenu au printemps sa première Semaine de la persévérance scolaire.\n\n"
        "Un axe de travail se dégage pour l’an prochain :\n\n"
        f"- Plus d’écoles du premier degré, avec {TOWNS[name]} ;"
    )


def _frame(name: str) -> str:
    return (
        "☑ Premier degré\n☐ Collège\n☑ Lycée\n☐ Lycée professionnel\n\n"
        f"Nombre d’actions identifiées : {_count(name)}\n\n"
        f"Nombre d’écoles/établissements impliqué(e)s : {_count(name) // 2}"
    )


def _actions(name: str) -> str:
    return (
        f"➢ Le club {TOWNS[name]}, Collège Louise Ferrier, {name}\n\n"
        f"Les élèves de quatrième et leurs familles se retrouvent le soir autour {TOWNS[name]}.\n\n"
        f"➢ Une journée dehors, Lycée Marc Aubert, {name}\n\n"
        f"Une promenade au bord de l’eau est suivie d’un repas préparé par tous ceux du club {TOWNS[name]}."
    )


PARTS: dict[str, Callable[[str], str]] = {
    "heading": lambda name: f"A{_of(name)[3:]}",
    "dates": lambda _name: "4 – 8 avril 2016",
    "narrative": _narrative,
    "frame": _frame,
    "partners": lambda name: f"Partenaires\n\nLa mairie soutient le club {TOWNS[name]}.",
    "examples": lambda name: f"Exemples d’actions mises en œuvre dans {_of(name)}",
    "actions": _actions,
}


def sheet(reading: Reading, name: str) -> SemaineDossier:
    return next(one for one in reading.dossier.semaines if one.academie == name)


def told(reading: Reading, name: str) -> list[str]:
    return [one.message for one in reading.problems if one.academie == name]


def figures(reading: Reading, name: str) -> tuple[list[int | None], list[int | None]]:
    one = sheet(reading, name)
    return [c.value for c in one.actions_figures], [c.value for c in one.etablissements_figures]


def test_the_plain_report_leaves_nothing_to_say() -> None:
    reading = read(report(), "2015-2016")
    assert [told(reading, name) for name in TOWNS] == [[]] * len(TOWNS)
    assert figures(reading, "Caen") == ([46], [23])
    assert [action.porteurs[0].name for action in sheet(reading, "Caen").actions] == [
        "Collège Louise Ferrier",
        "Lycée Marc Aubert",
    ]


def test_a_label_cut_by_its_box_is_no_header_and_its_number_no_more_actions() -> None:
    label = "\n\nNombre d’écoles/établissements impliqué(e)s"
    cut = "\nÉcoles et établissements impli\u00ad\nqués"
    reading = read(report(frame=lambda name: _frame(name).replace(label, cut)), "2015-2016")
    assert figures(reading, "Nice") == ([32], [16])


def test_the_end_of_an_unknown_label_adds_nothing_to_the_count_above() -> None:
    label = "\n\nNombre d’écoles/établissements impliqué(e)s"
    nice = _frame("Nice").replace(label, "\nde tous les lieux")
    reading = read(report(frame=lambda name: nice if name == "Nice" else _frame(name)), "2015-2016")
    assert figures(reading, "Nice")[0] == [32]
    assert [message for message in told(reading, "Nice") if "semble finir un autre libellé" in message]


WIDE = Spacing(tight=True, widths=(96, 60))
STORY = "Une promenade au bord de l’eau, entre la maison des jeunes et la ferme du plateau, est suivie du"
REST = "repas."


@pytest.mark.parametrize(
    ("title", "sure"),
    [
        ("➢ Une journée dehors, Lycée Marc Aubert, Nice", True),
        (f"➢ Pour {'tous et ' * 6}les parents et\nles {'voisins, ' * 7}Lycée Aubert, Nice (Prix Léo)", False),
        ("➢ Une journée dehors pour tous, Lycée général Marc\nAubert, Nice", False),
    ],
)  # fmt: skip
def test_a_title_goes_on_to_its_end_though_its_line_stops_early(title: str, sure: bool) -> None:
    lines = list(split_lines(f"{title.replace('➢', ACTION)}\n{STORY}\n{REST}", Problems()))
    kept, unsure = join_titles(lines, [Zone(0, len(lines))], WIDE)
    assert kept[0].text == title.replace("➢", ACTION).replace("\n", " ")
    assert bool(unsure) is not sure


def test_what_an_extractor_cut_before_an_apostrophe_is_whole() -> None:
    cut = "➢ L\n’île aux mots\nIl va jusqu\n’au bout : « qu\n’il dise »\n\n’a »\nde\n’bon"
    kept, told_so = with_apostrophes(list(split_lines(cut, Problems())))
    assert [line.text for line in kept] == [
        *("➢ L’île aux mots", "Il va jusqu’au bout : « qu’il dise »", "’a »", "de", "’bon"),
    ]
    assert told_so == ("3 lignes qui commencent par une apostrophe sont recollées à celle du dessus.",)


@pytest.mark.parametrize(
    ("dates", "dijon"), [("4 – 8 avril 2016\n\n2 – 6 mai 2016", [4]), ("2 – 6 mai 2016", [])]
)
def test_two_headings_that_touch_give_neither_the_other_s_dates_nor_its_silence(
    dates: str, dijon: list[int]
) -> None:
    lost = "Les données de l’Académie de Dijon ne sont pas disponibles."
    text = report().replace("Académie de Lille\n\n4 – 8 avril 2016\n\n", f"{dates}\n\n{lost}\n\n")
    start, end = (
        text.index("4 – 8 avril", text.index("\nAcadémie de Dijon")),
        text.index(f"{dates}\n\n{lost}"),
    )
    reading = read(f"{text[:start]}Académie de Lille\n\n{text[end:]}", "2015-2016")
    windows = [[day.month for day, _ in sheet(reading, name).windows] for name in ("Dijon", "Lille")]
    assert windows == [dijon, [5]]
    assert figures(reading, "Lille") == ([240], [120])
    for name in ("Dijon", "Lille"):
        assert [message for message in told(reading, name) if "se touchent" in message]
    assert [message for message in told(reading, "Lille") if "parle de l’académie « Dijon »" in message]


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_an_action_whose_sign_is_forgotten_is_read_and_told_and_no_sentence_is_one(gap: str) -> None:
    sign = "• "
    story = (
        f"La danse, Collège Zola, Lille, plaît aux élèves et à {'leurs voisins, ' * 8}que le maire remercie"
    )

    def actions(name: str) -> str:
        text = _actions(name).replace("➢ ", sign)
        if name == "Lille":
            text = (
                f"{text.replace(f'{sign}Une', 'Une')}\n\n{story}\n\nTous reviennent en juin, {'bravo ' * 9}."
            )
        return text.replace("\n\n", gap)

    reading = read(report(actions=actions), "2015-2016")
    assert [action.title for action in sheet(reading, "Lille").actions] == [
        "Le club du jardinage",
        "Une journée dehors",
    ]
    assert [one.line for one in reading.problems if "Aucun signe n’ouvre cette ligne" in one.message] == [
        1 + report(actions=actions).split("\n").index("Une journée dehors, Lycée Marc Aubert, Lille")
    ]


FULL = "Le récit de la semaine va d’un bout à l’autre de sa ligne et y finit sa première"


@pytest.mark.parametrize(
    ("above", "below", "blanks"),
    [
        (FULL, "Semaine de la persévérance.", 0),
        (FULL, "et dernière ligne.", 0),
        (FULL, "Partenaires", 1),
        (f"{FULL}.", "Semaine.", 1),
        ("Le récit de sa première", "Semaine.", 1),
        (f"{FULL[:-8]}Vesoul", "Semaine.", 1),
    ],
)
def test_a_footer_inside_a_sentence_leaves_it_whole(above: str, below: str, blanks: int) -> None:
    lines = [Line(1, above), Line(3, "Bilan 7", 1), Line(5, below, 1), Line(6, FULL), Line(7, FULL)]
    kept, _ends = without_pages(lines, Pages(frozenset({1}), 1), lambda line: line.text == "Partenaires")
    assert kept[1] == Line(5, below, blanks)


@pytest.mark.parametrize(
    ("below", "texts"),
    [
        ("La semaine a été ouverte par la rectrice, avec des parents venus de loin.", 2),
        ("de la vallée, qui a été ouverte par la rectrice, avec des parents venus.", 1),
        ("Vallée", 1),
    ],
)
def test_a_paragraph_glued_under_a_list_is_no_part_of_its_last_element(below: str, texts: int) -> None:
    lines = list(split_lines(f"- Le bassin du Haut-Lac\n{below}", Problems()))
    assert len(paragraphs(lines, Foot(), Problems())) == texts


def test_a_name_of_bassin_that_holds_a_sentence_is_doubted() -> None:
    text = f"Deux bassins ont été choisis :\n- Le bassin du Lac\n- Le bassin du Val {'où ' * 20}"
    problems = Problems()
    read_appel(paragraphs(split_lines(text, problems), Foot(), problems), problems)
    assert [one.message[:35] for one in problems.noted] == ["Ce nom de bassin fait 63 caractères"]


def test_a_narrative_under_its_frame_begins_where_it_tells_its_rank() -> None:
    rest = "L’Académie de Nice a réuni, en aval de cette semaine, tous ceux qui le voulaient à la faculté."
    text = (
        "Académie de Nice\n4 – 8 avril 2016\n☑ Collège\nNombre d’actions identifiées : 4\n\nPartenaires\n"
        "Tous les partenariats ont été noués par ceux qui portent les actions, et par eux seuls.\n\nBilan\n\n"
        "L’Académie de Nice a tenu en avril sa première\nSemaine de la persévérance scolaire.\n\n"
        f"- Un atelier\n- Un repas\n\n{rest}"
    ).replace("☑", TICKED)
    lines = list(split_lines(text, Problems()))
    problems = Problems()
    kept, _told = with_narrative_first(lines, [Zone(0, len(lines))], problems)
    assert [line.text for line in kept[2:4]] == [
        "L’Académie de Nice a tenu en avril sa première",
        "Semaine de la persévérance scolaire.",
    ]
    assert problems.noted == []
