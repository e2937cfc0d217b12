"""The page of a semaine as a form: what is shown comes back as it was, and what is typed is understood."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import (
    Alliances,
    Appel,
    Autorite,
    Charge,
    Obstacle,
    Portage,
    RoleSemaine,
    StatutSemaine,
    TypeMedia,
    TypePartenaire,
    TypeRessource,
    TypeTempsFort,
)
from accroche.dossier.dossier import (
    EtapeDossier,
    PartenaireDossier,
    RessourceDossier,
    Retombee,
    SemaineDossier,
    TempsFortDossier,
    TexteStrategie,
)
from accroche.lib.chiffres import Chiffre, Kind, parse
from accroche.pilotage.forms.semaine import Page, initial_of, rows_of
from accroche.pilotage.semaine import changements, in_words
from tests.dossier.sample import DIJON
from tests.thorough import examples

YEAR = "2026-2027"
EMPTY = SemaineDossier("Dijon", (), None, StatutSemaine.PREPARING)


def sent(content: SemaineDossier, **typed: Any) -> dict[str, list[str]]:
    """What a browser sends of the page that shows ``content``, with some fields typed otherwise."""
    data: dict[str, list[str]] = {"version": ["0"]}
    for name, value in initial_of(content).items():
        if isinstance(value, list):
            data[name] = list(value)
        else:
            # browsers send line ends of their own
            data[name] = ["" if value is None else str(value).replace("\r", "").replace("\n", "\r\n")]
    for prefix, lines in rows_of(content).items():
        data |= {f"{prefix}-TOTAL_FORMS": [str(len(lines) + 1)], f"{prefix}-INITIAL_FORMS": [str(len(lines))]}
        for number, line in enumerate(lines):
            for field, value in line.items():
                if isinstance(value, list):
                    data[f"{prefix}-{number}-{field}"] = list(value)
                elif value is not False and value is not None:
                    text = "on" if value is True else str(value).replace("\r", "").replace("\n", "\r\n")
                    data[f"{prefix}-{number}-{field}"] = [text]
    return data | {name.replace("__", "-"): [value] for name, value in typed.items()}


def page(content: SemaineDossier = EMPTY, year: str = YEAR, **typed: Any) -> Page:
    return Page(content, edition=year, version=0, data=sent(content, **typed))


def errors_of(shown: Page) -> str:
    assert not shown.is_valid()
    lists = [liste.rows.errors for liste in shown.listes]
    return f"{shown.form.errors} {lists}".replace("&nbsp;", " ")


WORDS = st.text(st.sampled_from("abcéèà ’-«»"), min_size=1, max_size=20).map(str.strip).filter(bool)
MAYBE = st.just("") | WORDS
PROSE = st.lists(WORDS, max_size=3).map("\n\n".join)
DAYS = st.dates(dt.date(2026, 9, 1), dt.date(2027, 7, 5))
PERIODS = st.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair)))
WINDOWS = st.lists(PERIODS, max_size=3, unique_by=lambda pair: pair[0]).map(
    lambda found: tuple(sorted(found))
)
EVENTS = st.builds(
    lambda title, kind, days, place, summary, stops, authorities: TempsFortDossier(
        title, kind, days[0], days[1], place, summary, stops, Autorite.in_order(authorities)
    ),
    WORDS,
    st.sampled_from(["", *TypeTempsFort]).map(str),
    PERIODS | st.just((None, None)),
    MAYBE,
    PROSE,
    st.lists(st.builds(EtapeDossier, WORDS, st.none() | DAYS), max_size=3).map(tuple),
    st.sets(st.sampled_from(Autorite)),
)
ADDRESSES = st.sampled_from(["", "https://www.ac-dijon.fr/programme"])
RESOURCES = st.builds(
    RessourceDossier,
    WORDS,
    st.sampled_from(["", *TypeRessource]).map(str),
    st.sampled_from(["", "https://www.ac-dijon.fr/programme"]),
    st.booleans(),
)
PARTNERS = st.builds(
    PartenaireDossier,
    WORDS,
    st.sampled_from(list(TypePartenaire)).map(str),
    st.booleans(),
    st.sampled_from(RoleSemaine),
)
CONTENTS = st.builds(
    SemaineDossier,
    academie=st.just("Dijon"),
    windows=WINDOWS,
    ordinal=st.none() | st.integers(min_value=1, max_value=99),
    status=st.sampled_from(list(StatutSemaine)),
    levels=st.frozensets(st.sampled_from(list(Niveau))),
    title=MAYBE,
    themes=st.lists(WORDS, max_size=3).map(tuple),
    pilot=MAYBE,
    sponsor=PROSE,
    funding=MAYBE,
    committee=PROSE,
    narrative=PROSE,
    partners_narrative=PROSE,
    partners=st.lists(PARTNERS, max_size=3, unique_by=lambda one: (one.name, one.kind, one.internal)).map(
        tuple
    ),
    temps_forts=st.lists(EVENTS, max_size=3).map(tuple),
    ressources=st.lists(RESOURCES, max_size=3).map(tuple),
    alliances=st.sampled_from(Alliances),
    portage=st.sampled_from(Portage),
    strategie=st.lists(st.builds(TexteStrategie, WORDS, st.none() | DAYS, ADDRESSES), max_size=2).map(tuple),
    medias=st.lists(
        st.builds(Retombee, WORDS, st.sampled_from(TypeMedia), st.none() | DAYS, ADDRESSES), max_size=2
    ).map(tuple),
    obstacle=st.sampled_from(Obstacle),
    obstacle_text=PROSE,
    help_asked=st.none() | st.booleans(),
    help_text=PROSE,
    staff_days=st.none() | st.integers(0, 9_999),
    staff_strain=st.sampled_from(Charge),
    mentor_offer=st.none() | st.integers(0, 3),
    actions_figures=st.sampled_from(["", "143", "une trentaine", "N.C.", "31 (semaine) et 58 (année)"]).map(
        parse
    ),
)


#: The bassins called, and which: only certain ones are named.
CALLED = st.sampled_from([(Appel.UNKNOWN, ()), (Appel.TOUS, ()), (Appel.CERTAINS, ())]) | st.lists(
    WORDS, min_size=1, max_size=3, unique=True
).map(lambda names: (Appel.CERTAINS, tuple(names)))


@settings(max_examples=examples(60), deadline=None)
@given(CONTENTS, CALLED)
def test_what_the_page_shows_comes_back_as_it_was(
    content: SemaineDossier, called: tuple[Appel, tuple[str, ...]]
) -> None:
    content = replace(content, appel=called[0], bassins=called[1])
    shown = page(content)
    assert shown.is_valid(), errors_of(shown)
    assert shown.content() == content


def test_a_report_comes_back_to_the_letter_with_its_notes_and_sources() -> None:
    figures = (Chiffre(Kind.ABOUT, 30, "dans la semaine", "estimation", "Synthèse nationale 2015-2016"),)
    told = replace(
        DIJON, actions_figures=figures, narrative="Deux semaines.\r\n\r\nDes rencontres. ", actions=()
    )
    shown = page(told, "2015-2016")
    assert shown.is_valid(), errors_of(shown)
    assert shown.content() == told


@pytest.mark.parametrize(
    ("typed", "kind", "value", "echo"),
    [
        ("une trentaine", Kind.ABOUT, 30, "environ 30"),
        ("plus de 30", Kind.MORE_THAN, 30, "plus de 30"),
        ("N.C.", Kind.NOT_COMMUNICATED, None, "N.C."),
        ("143", Kind.EXACT, 143, "143"),
    ],
)
def test_a_figure_is_read_as_the_field_gives_it(typed: str, kind: Kind, value: int | None, echo: str) -> None:
    shown = page(actions_figures=typed)
    assert shown.is_valid()
    assert shown.content().actions_figures == (Chiffre(kind, value, source="Saisi par l’académie"),)
    assert shown.echoes() == {"actions_figures": echo}


def test_two_figures_keep_their_perimeters() -> None:
    shown = page(actions_figures="31 pendant la semaine et 58 toute l’année")
    assert shown.is_valid()
    told = [(figure.value, figure.perimeter) for figure in shown.content().actions_figures]
    assert told == [(31, "pendant la semaine"), (58, "toute l’année")]
    emptied = page(replace(EMPTY, actions_figures=parse("12")), actions_figures="")
    assert emptied.is_valid()
    assert emptied.content().actions_figures == ()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"actions_figures": "beaucoup"}, "Nombre non compris"),
        ({"windows__0__starts": "2026-10-05", "windows__0__ends": "2026-10-01"}, "finit avant de commencer"),
        ({"windows__0__ends": "2026-10-01"}, "Donnez aussi le premier jour"),
        ({"windows__0__starts": "2028-03-01"}, "n’est pas dans l’année scolaire 2026-2027"),
        ({"windows__0__starts": "bientôt"}, "un jour qui existe"),
        ({"temps_forts__0__place": "Nevers"}, "Remplissez ce champ"),
        (
            {"temps_forts__0__title": "Tour", "temps_forts__0__stops": "Nevers ; 15/03/2030"},
            "Étape « Nevers »",
        ),
        ({"temps_forts__0__title": "Tour", "temps_forts__0__stops": " ; 15/03/2027"}, "Il manque le lieu"),
        ({"ressources__0__kind": "video"}, "Donnez un titre ou une adresse"),
        ({"ressources__0__title": "A", "ressources__0__url": "pas une adresse"}, "adresse est incomplète"),
        ({"narrative": "Appelez le 06 12 34 56 78."}, "06 12 34 56 78"),
        (
            {"temps_forts__0__title": "T", "temps_forts__0__summary": "jean.petit@gmail.com"},
            "jean.petit@gmail.com",
        ),
        ({"partners__0__name": "Jean, 03 80 12 34 56"}, "03 80 12 34 56"),
        ({"ordinal": "0"}, "Le rang commence à 1"),
        ({"bassins": "Beaune"}, "cochez « Certains bassins seulement »"),
        ({"appel": "tous", "bassins": "Beaune"}, "ou videz ce champ"),
        ({"appel": "certains", "bassins": "B" * 200}, "un bassin par ligne"),
        ({"appel": "quelques-uns", "bassins": "Beaune"}, "Choisissez dans la liste"),
        ({"bassins": "06 12 34 56 78", "appel": "certains"}, "06 12 34 56 78"),
        ({"medias__0__kind": "radio"}, "Remplissez ce champ"),
        ({"strategie__0__title": "Plan", "strategie__0__url": "plan"}, "adresse est incomplète"),
        ({"staff_days": "une quinzaine"}, "nombre entier de journées"),
        ({"mentor_offer": "4"}, "Choisissez dans la liste"),
        ({"status": ""}, "Dites où en est la semaine"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(typed: dict[str, Any], words: str) -> None:
    assert words in errors_of(page(**typed))


def test_a_single_day_and_a_stop_in_words_are_understood() -> None:
    shown = page(
        windows__0__starts="15/03/2027",
        temps_forts__0__title="Tour",
        temps_forts__0__stops="Nevers ; 16 mars 2027\r\nAutun",
    )
    assert shown.is_valid(), errors_of(shown)
    day = dt.date(2027, 3, 15)
    assert shown.content().windows == ((day, day),)
    stops = shown.content().temps_forts[0].stops
    assert stops == (EtapeDossier("Nevers", dt.date(2027, 3, 16)), EtapeDossier("Autun"))


def test_two_windows_cannot_begin_on_one_day() -> None:
    held = replace(EMPTY, windows=((dt.date(2027, 3, 15), dt.date(2027, 3, 19)),))
    assert "commence déjà ce jour-là" in errors_of(page(held, windows__1__starts="2027-03-15"))


def test_a_line_left_empty_is_no_line() -> None:
    held = replace(EMPTY, partners=(PartenaireDossier("ONISEP"), PartenaireDossier("CANOPE")))
    data = sent(held) | {"retirer": ["partners-0"]}
    removed = Page(held, edition=YEAR, version=0, data=data)
    assert removed.is_valid(), errors_of(removed)
    assert removed.content().partners == (PartenaireDossier("CANOPE"),)


def test_a_number_for_the_bureau_alone_is_nobodys_gate() -> None:
    shown = page(help_asked="oui", help_text="Appelez le 06 12 34 56 78.", mentor_offer="0", staff_days="0")
    assert shown.is_valid(), errors_of(shown)
    told = shown.content()
    assert (told.help_asked, told.mentor_offer, told.staff_days) == (True, 0, 0), "zero is an answer"
    assert told.help_text == "Appelez le 06 12 34 56 78."


def test_an_older_policy_and_a_later_article_are_dated_as_they_are() -> None:
    shown = page(
        strategie__0__title="Circulaire", strategie__0__date="2024-01-08", medias__0__media="La Gazette",
        medias__0__date="2027-11-02",
    )  # fmt: skip
    assert shown.is_valid(), errors_of(shown)
    assert shown.content().strategie[0].date == dt.date(2024, 1, 8)
    assert shown.content().medias[0].date == dt.date(2027, 11, 2)


def test_a_partner_takes_one_part() -> None:
    canope = PartenaireDossier("CANOPE", role=RoleSemaine.INTERVIENT)
    assert "déjà nommé plus haut" in errors_of(
        page(replace(EMPTY, partners=(canope, replace(canope, role=RoleSemaine.FINANCE))))
    )
    twice = page(replace(EMPTY, partners=(canope, canope)))
    assert twice.is_valid(), errors_of(twice)
    assert twice.content().partners == (canope,)


def test_the_history_of_the_page_words_each_new_answer() -> None:
    told = replace(
        EMPTY,
        alliances=Alliances.SURTOUT_INTERNES,
        bassins=("Beaune", "Auxerre"),
        strategie=(TexteStrategie("Plan", dt.date(2026, 9, 1)),),
        medias=(Retombee("La Gazette", TypeMedia.PRESSE),),
        help_asked=False,
        staff_days=0,
        staff_strain=Charge.TENABLE,
    )
    changed = changements(EMPTY, told)
    json.dumps(changed)
    assert {field: (in_words(field, old), in_words(field, new)) for field, (old, new) in changed.items()} == {
        "alliances": ("", "Souvent dans l’Éducation nationale"),
        "bassins": ("", "Beaune ; Auxerre"),
        "strategie": ("", "Plan, 1er\u00a0septembre 2026"),
        "medias": ("", "La Gazette, Presse"),
        "help_asked": ("", "non"),
        "staff_days": ("", "0"),
        "staff_strain": ("", "Tenable"),
    }


def test_a_level_nobody_can_tell_stays_so_until_it_is_ticked_or_said_known() -> None:
    before = replace(EMPTY, levels=frozenset({Niveau.COLLEGE}), levels_unknown=(Niveau.LYCEE,))
    shown = sent(before)
    answers: list[dict[str, list[str]]] = [{}, {"levels": ["college", "lycee"]}, {"levels_unknown": []}]
    pages = [Page(before, edition=YEAR, version=0, data=shown | typed) for typed in answers]
    assert all(one.is_valid() for one in pages)
    assert [one.content().levels_unknown for one in pages] == [(Niveau.LYCEE,), (), ()]
