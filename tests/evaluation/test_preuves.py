"""Evidence in sentences, and the levels proposed from it: tables, and what holds for all facts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.annuaire.regles import Niveau
from accroche.campagne.preuves import Preuve
from accroche.campagne.regles import (
    Alliances,
    Appel,
    StatutSemaine,
    TypePartenaire,
    TypeRessource,
    TypeTempsFort,
)
from accroche.evaluation.faits import Annonce, Faits, Fiches
from accroche.evaluation.preuves import Cible, Savoir, Terrain, indications
from accroche.evaluation.propositions import REGLES, proposition
from accroche.lib.chiffres import Kind
from accroche.pilotage.couverture import Avancement
from tests.pilotage.grilles import national

CRITERES = {critere.code: critere for critere in national().criteres}
#: What a sheet is counted by; levels and families have the same name in both, and are given to the semaine.
OF_SHEETS = Fiches.__dataclass_fields__.keys() - Faits.__dataclass_fields__.keys()
COLLEGES = Avancement(nothing=30, published=10)


def savoir(**columns: Any) -> Savoir:
    """Facts of a semaine that reported, with what is told."""
    own = {name: columns.pop(name) for name in list(columns) if name in Savoir.__dataclass_fields__}
    fiches = {name: columns.pop(name) for name in list(columns) if name in OF_SHEETS}
    levels = columns.pop("fiches_levels", {})
    columns.setdefault("levels", frozenset({Niveau.COLLEGE}))
    return Savoir(faits=Faits(fiches=Fiches(levels=levels, **fiches), **columns), **own)


def level(code: str, known: Savoir) -> int | None:
    """The level proposed for a criterion of the national grid."""
    return proposition(code, CRITERES[code].levels, known).level


def texts(code: Preuve, known: Savoir) -> list[str]:
    return [one.text.replace("\u00a0", " ") for one in indications(code, known)]


@pytest.mark.parametrize(
    ("code", "known", "told"),
    [
        (
            Preuve.FICHES_RACONTEES,
            savoir(count=24, with_text=24, with_link=5),
            "19 des 24 fiches n’ont pas de lien.",
        ),
        (Preuve.FICHES_RACONTEES, savoir(count=3, with_text=3), "Aucune des 3 fiches n’a de lien."),
        (Preuve.FICHES_RACONTEES, savoir(count=1, with_link=1), "1 fiche sur 1 n’a pas de texte."),
        (Preuve.FICHES, savoir(count=24, schools=20), "24 fiches publiées, portées par 20 établissements."),
        (Preuve.FICHES, savoir(actions=Annonce(None, Kind.NOT_COMMUNICATED)), "ce n’est pas zéro"),
        (Preuve.FICHES, savoir(actions=Annonce(30, Kind.ABOUT)), "L’académie compte environ 30 actions."),
        (
            Preuve.COUVERTURE,
            savoir(coverage={Niveau.COLLEGE: COLLEGES}),
            "10 des 40 écoles et établissements ont déclaré une action (25 %).",
        ),
        (Preuve.COUVERTURE, savoir(), "inconnue"),
        (Preuve.ALLIANCES, savoir(alliances="nc"), "non communiqué (N.C.)"),
        (Preuve.ALLIANCES, savoir(), "n’a pas dit"),
        (
            Preuve.TERRITOIRES,
            savoir(terrain=Terrain(8, 3), appel="tous"),
            "3 des 8 bassins ont au moins une fiche.",
        ),
        (Preuve.DATES, savoir(windows=2, days=6), "2 périodes, 6 jours en tout."),
        (Preuve.AXES_SUIVIS, savoir(axes_before=None), "ne sont pas connus"),
    ],
)
def test_a_sentence_has_its_numbers_and_says_what_is_not_known(
    code: Preuve, known: Savoir, told: str
) -> None:
    assert any(told in text for text in texts(code, known)), texts(code, known)


def test_what_nobody_gave_is_told_as_unknown_and_never_as_zero() -> None:
    empty = Savoir()
    for code in Preuve:
        found = indications(code, empty)
        assert found
        if code not in {Preuve.FICHES, Preuve.PARTENAIRES_DES_FICHES}:  # counted by the site itself
            assert not any(one.known for one in found), (code, found)
        assert not any(text.startswith("0") for text in texts(code, empty))


def test_a_sentence_about_sheets_leads_to_those_very_sheets() -> None:
    known = savoir(count=4, with_text=4, with_link=1)
    (missing, *_) = indications(Preuve.FICHES_RACONTEES, known)
    assert (missing.cible, dict(missing.query)) == (Cible.FICHES, {"etat": "published", "manque": "lien"})


def test_examples_of_a_past_report_are_not_counted() -> None:
    told = savoir(count=3, told=True, with_link=3)
    assert "ne dit pas combien" in texts(Preuve.FICHES, told)[0]
    assert [level(code, told) for code in ("1.1", "1.4")] == [None, None]


def published(**kinds: int) -> dict[TypeRessource, int]:
    return {TypeRessource(kind): count for kind, count in kinds.items()}


def all_levels(**more: int) -> dict[Niveau, int]:
    return dict.fromkeys(Niveau, 3) | {Niveau(name): count for name, count in more.items()}


SCHOOLS = {Niveau.PREMIER_DEGRE: Avancement(nothing=90, published=10), Niveau.COLLEGE: COLLEGES}
EQUAL = {one: Avancement(nothing=30, published=10) for one in Niveau}
PARTNERS = frozenset({TypePartenaire.SANTE, TypePartenaire.ASSOCIATION, TypePartenaire.CHAMBRE})


@pytest.mark.parametrize(
    ("code", "known", "expected"),
    [
        ("1.1", savoir(), None),
        ("1.1", savoir(coverage={Niveau.COLLEGE: Avancement(nothing=40)}), 0),
        ("1.1", savoir(coverage={Niveau.COLLEGE: Avancement(nothing=99, sent=1)}), 1),
        ("1.1", savoir(coverage={Niveau.COLLEGE: Avancement(nothing=99, sent=1)}, appel="tous"), 2),
        ("1.1", savoir(coverage={Niveau.COLLEGE: COLLEGES}), 2),
        ("1.1", savoir(coverage=SCHOOLS | {Niveau.LYCEE: Avancement(nothing=40)}), 3),
        ("1.1", savoir(coverage=SCHOOLS), 4),
        ("1.2", savoir(received=6, count=0), 1),
        ("1.2", savoir(received=6, count=4), 2),
        ("1.2", savoir(received=6, count=6), 3),
        ("1.2", savoir(published=published(carte=1), told=True), 3),
        ("1.2", savoir(unpublished=published(recensement=1), told=True), 1),
        ("1.2", savoir(told=True), None),
        ("1.3", savoir(levels=frozenset(), events=1), None),
        ("1.3", savoir(), 0),
        ("1.3", savoir(count=9, fiches_levels={Niveau.LYCEE: 3}), 1),
        ("1.3", savoir(levels=frozenset(Niveau)), None),
        ("1.3", savoir(count=9, fiches_levels=all_levels(lycee=1)), 2),
        ("1.3", savoir(count=9, fiches_levels=all_levels()), 3),
        ("1.3", savoir(count=9, fiches_levels=all_levels(), coverage=EQUAL), 4),
        ("1.4", savoir(count=10), 0),
        ("1.4", savoir(count=10, with_text=3), 1),
        ("1.4", savoir(count=10, with_text=8, with_support=3), 2),
        ("1.4", savoir(count=10, with_text=8, with_support=5), 3),
        ("1.4", savoir(count=10, with_text=8, with_support=9), 4),
        ("1.5", savoir(count=10), 0),
        ("1.5", savoir(count=10, remarkable=1), 2),
        ("1.5", savoir(count=10, remarkable=1, temps_forts={TypeTempsFort.FORUM: 1}), 3),
        ("1.5", savoir(count=10, remarkable=1, reprises=2), 4),
        ("2.1", savoir(), None),
        ("2.1", savoir(alliances="nc"), None),
        ("2.1", savoir(alliances="internes"), 1),
        ("2.1", savoir(alliances="internes", partners_external=1), 2),
        ("2.1", savoir(alliances="internes_externes", partner_kinds=PARTNERS), 3),
        ("2.1", savoir(count=4, with_external=2, partner_kinds=PARTNERS), 3),
        (
            "2.1",
            savoir(count=4, with_external=4, ordinal=2, partner_kinds=frozenset(list(TypePartenaire)[1:6])),
            4,
        ),
        ("2.2", savoir(portage="porteurs"), 1),
        ("2.2", savoir(portage="porteurs", partner_roles=frozenset({"intervient"})), 2),
        ("2.2", savoir(partner_roles=frozenset({"prepare"})), 3),
        ("2.3", savoir(count=4, with_parents=1), 2),
        ("2.3", savoir(partner_kinds=frozenset({TypePartenaire.PARENTS})), 3),
        ("3.1", savoir(strategies=1), 2),
        ("3.2", savoir(has_pilot=True), 2),
        ("3.2", savoir(has_pilot=True, has_committee=True), 3),
        ("3.3", savoir(windows=1, days=1), 1),
        ("3.3", savoir(windows=2, days=2), 2),
        ("3.3", savoir(windows=1, days=5), 3),
        ("3.3", savoir(windows=1, days=300), None),
        ("3.4", savoir(appel="certains", bassins=2), 1),
        ("3.4", savoir(appel="certains", bassins=3, terrain=Terrain(8, 1)), 2),
        ("3.4", savoir(appel="tous"), 3),
        ("3.4", savoir(appel="tous", terrain=Terrain(8, 8)), 4),
        ("3.5", savoir(temps_forts={TypeTempsFort.SEMINAIRE: 1}), 2),
        ("3.5", savoir(temps_forts={TypeTempsFort.SEMINAIRE: 2, TypeTempsFort.FORMATION: 1}), 3),
        ("3.6", savoir(status=StatutSemaine.PREPARING), None),
        ("3.6", savoir(), 1),
        ("3.6", savoir(actions=Annonce(3, Kind.EXACT), etablissements=Annonce(2, Kind.EXACT)), 2),
        ("3.6", savoir(published=published(bilan=1), axes_kept=2), 3),
        ("3.6", savoir(published=published(bilan=1), axes_kept=2, axes_before=2, axes_done=1), 4),
        ("4.1", savoir(published=published(article=1)), 1),
        ("4.1", savoir(published=published(programme=1)), 2),
        ("4.1", savoir(published=published(programme=1, video=1, site=1)), 3),
        ("4.1", savoir(published=published(programme=1, video=1, site=1), ordinal=3), 4),
        ("4.2", savoir(resources=4), 1),
        ("4.2", savoir(resources=4, resources_public=1), 2),
        ("4.2", savoir(resources=4, resources_public=4), 3),
        ("4.3", savoir(medias={"presse": 2}), 2),
        ("4.3", savoir(medias={"presse": 2, "radio": 1}), 3),
        ("4.4", savoir(events=1), 2),
        ("4.4", savoir(events=2, authorities=frozenset({"recteur"})), 3),
        ("4.4", savoir(), None),
    ],
)
def test_the_level_proposed(code: str, known: Savoir, expected: int | None) -> None:
    told = proposition(code, CRITERES[code].levels, known)
    assert told.level == expected, told
    assert told.reason.endswith(".")
    assert (told.level is None) == told.reason.endswith("à vous de dire.")


def test_every_criterion_of_the_grid_has_its_rule_and_each_rule_its_sentences() -> None:
    """A sentence that is worded otherwise has its rule looked at again, or no level is proposed."""
    assert REGLES.keys() == CRITERES.keys()
    for code, critere in CRITERES.items():
        known = proposition(code, critere.levels, savoir())
        assert "n’a plus les phrases" not in known.reason, code
        other = proposition(code, (*critere.levels[:4], "Autre chose."), savoir())
        assert (other.level, "n’a plus les phrases" in other.reason) == (None, True)
    assert proposition("9.9", ("",) * 5, savoir()).level is None


def test_nothing_is_proposed_where_nothing_is_known() -> None:
    for known in (Savoir(), savoir(status=StatutSemaine.UNAVAILABLE)):
        assert {level(code, known) for code in CRITERES} == {None}


counts = st.integers(0, 12)


@st.composite
def knowledge(draw: st.DrawFn) -> Savoir:
    """Any facts that hold together: parts are never more than their whole."""
    count = draw(counts)
    part = st.integers(0, count)
    resources = draw(st.dictionaries(st.sampled_from(list(TypeRessource)), st.integers(1, 3), max_size=4))
    public = sum(resources.values())
    bassins = draw(counts)
    supported = draw(part)
    fiches = Fiches(
        count=count,
        told=count > 0 and draw(st.booleans()),
        with_text=draw(part),
        with_link=supported,
        with_support=supported,
        with_external=draw(part),
        with_parents=draw(part),
        remarkable=draw(part),
        levels={one: draw(part) for one in Niveau},
    )
    schools = st.builds(Avancement, nothing=counts, sent=counts, published=counts)
    faits = Faits(
        fiches=fiches,
        ordinal=draw(st.none() | st.integers(1, 4)),
        levels=frozenset(draw(st.sets(st.sampled_from(list(Niveau))))),
        temps_forts=draw(
            st.dictionaries(st.sampled_from(list(TypeTempsFort)), st.integers(1, 3), max_size=3)
        ),
        events=draw(counts),
        published=resources,
        resources_public=public,
        resources=public + draw(counts),
        partners_external=draw(counts),
        partner_kinds=frozenset(draw(st.sets(st.sampled_from(list(TypePartenaire)[1:])))),
        alliances=draw(st.sampled_from(Alliances)),
        appel=draw(st.sampled_from(Appel)),
        bassins=draw(counts),
        coverage=draw(st.none() | st.fixed_dictionaries(dict.fromkeys(Niveau, schools))),
    )
    terrain = Terrain(bassins, draw(st.integers(0, bassins)))
    return Savoir(faits, draw(st.none() | st.just(terrain)), count + draw(counts), axes_kept=draw(counts))


def more(known: Savoir, **columns: Any) -> Savoir:
    return replace(known, faits=replace(known.faits, **columns))


def sheets(known: Savoir, **columns: Any) -> Savoir:
    return more(known, fiches=replace(known.faits.fiches, **columns))


#: One more fact, by the criteria it speaks of.
FACTS: dict[str, tuple[tuple[str, ...], Any]] = {
    "a sheet gets a link": (
        ("1.4",),
        lambda k: sheets(
            k,
            with_link=min(k.faits.fiches.count, k.faits.fiches.with_link + 1),
            with_support=min(k.faits.fiches.count, k.faits.fiches.with_support + 1),
        ),
    ),
    "a sheet names a partner": (
        ("2.1",),
        lambda k: sheets(k, with_external=min(k.faits.fiches.count, k.faits.fiches.with_external + 1)),
    ),
    "another family": (
        ("2.1", "2.3"),
        lambda k: more(k, partner_kinds=k.faits.partner_kinds | {TypePartenaire.PARENTS}),
    ),
    "another resource is public": (
        ("1.2", "3.6", "4.1", "4.2", "4.3"),
        lambda k: more(
            k,
            published={**k.faits.published, TypeRessource.SITE: 1},
            resources=k.faits.resources + 1,
            resources_public=k.faits.resources_public + 1,
        ),
    ),
    "an event before the recteur": (
        ("4.4", "3.5", "1.5"),
        lambda k: more(k, events=k.faits.events + 1, authorities=frozenset({"recteur"})),
    ),
    "a committee": (("3.2",), lambda k: more(k, has_committee=True)),
    "all bassins called": (("3.4",), lambda k: more(k, appel="tous")),
    "a school declares": (
        ("1.1",),
        lambda k: more(
            k,
            coverage=k.faits.coverage
            and {
                one: replace(told, nothing=max(0, told.nothing - 1), sent=told.sent + min(1, told.nothing))
                for one, told in k.faits.coverage.items()
            },
        ),
    ),
}


@given(known=knowledge())
def test_one_more_fact_never_lowers_a_level(known: Savoir) -> None:
    for fact, (codes, add) in FACTS.items():
        richer = add(known)
        for code in codes:
            before, after = level(code, known), level(code, richer)
            if before is not None:
                assert after is not None, (code, fact)
                assert after >= before, (code, fact)


@given(known=knowledge())
def test_whatever_is_known_each_sentence_and_reason_can_be_told(known: Savoir) -> None:
    for code in Preuve:
        for one in indications(code, known):
            assert one.text.endswith(".")
            assert "None" not in one.text
            assert "{" not in one.text
    for critere in CRITERES.values():
        told = proposition(critere.code, critere.levels, known)
        assert told.level in {None, 0, 1, 2, 3, 4}
        assert told.reason
