"""The form of a sheet: what it refuses, and that it gives back what it is given."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accroche.actions.cycle import Etat
from accroche.actions.forms.declaration import DebutForm, FicheForm
from accroche.actions.forms.declaration_rangees import LISTES
from accroche.actions.models import Action
from accroche.actions.operations import declare, save
from accroche.actions.queries import content_of
from accroche.actions.regles import CodeCle, CodeTheme, Nature, RolePartenaire, Temporalite
from accroche.actions.saisie import (
    ActiviteSaisie,
    Contenu,
    LienSaisi,
    PartenaireSaisi,
    PorteurSaisi,
)
from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.commun.listes import after_button
from accroche.commun.rangees import MOST
from tests import factories
from tests.factories import NOW
from tests.thorough import examples

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement


def sent(form: FicheForm) -> QueryDict:
    """What a browser sends of a form as it shows it."""
    data = QueryDict(mutable=True)
    lists = [liste.rows for liste in form.listes]
    parts = [form, *(part for rows in lists for part in (rows.management_form, *rows.forms))]
    for part in parts:
        for bound in part:
            value = bound.value()
            if isinstance(value, list):
                data.setlist(bound.html_name, [str(item) for item in value])
            elif value is not None:
                data[bound.html_name] = str(value)
    return data


def form_of(action: Action, data: Any = None) -> FicheForm:
    return FicheForm(data, action=action, content=content_of(action), with_email=False)


#: What people type: no control character, and no space a form would fold.
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), max_size=20)
WORDS = st.lists(TEXT.filter(bool), min_size=1, max_size=4).map(" ".join)
MAYBE = st.one_of(st.just(""), WORDS)
DAYS = st.dates(dt.date(2026, 9, 1), dt.date(2027, 8, 31))


@st.composite
def windows(draw: Any) -> tuple[dt.date | None, dt.date | None]:
    days = sorted(draw(st.lists(DAYS, max_size=2)))
    return (days[0] if days else None, days[1] if len(days) > 1 else None)


def some(vocabulary: Any) -> Any:
    return st.lists(st.sampled_from([code.value for code in vocabulary]), unique=True).map(tuple)


@st.composite
def activities(draw: Any) -> ActiviteSaisie:
    return ActiviteSaisie(draw(WORDS), draw(MAYBE), *draw(windows()))


@st.composite
def contents(draw: Any, schools: tuple[PorteurSaisi, ...]) -> Contenu:
    starts, ends = draw(windows())
    others = draw(
        st.lists(
            st.one_of(
                st.sampled_from(schools[1:]),
                st.builds(
                    PorteurSaisi, st.just(""), st.sampled_from([k.value for k in TypePorteur]), WORDS, MAYBE
                ),
            ),
            unique=True,
            max_size=3,
        )
    )
    partners = st.builds(PartenaireSaisi, WORDS, st.sampled_from([r.value for r in RolePartenaire]), MAYBE)
    links = st.builds(LienSaisi, st.sampled_from(["https://a.example/", "http://b.example/x?y=1#z"]), MAYBE)
    return Contenu(
        title=draw(WORDS),
        description="\n\n".join(draw(st.lists(WORDS, min_size=1, max_size=3))),
        porteurs=(schools[0], *others),
        levels=draw(some(Niveau)),
        temporality=draw(st.sampled_from([t.value for t in Temporalite])),
        starts=starts,
        ends=ends,
        place=draw(MAYBE),
        classes=draw(MAYBE),
        audience_size=draw(st.one_of(st.none(), st.integers(0, 1_000_000))),
        audience_note=draw(MAYBE),
        nature=draw(st.sampled_from([n.value for n in Nature])),
        themes=draw(some(CodeTheme)),
        cles=draw(some(CodeCle)),
        partenaires=tuple(draw(st.lists(partners, max_size=3, unique_by=lambda row: row.name))),
        liens=tuple(draw(st.lists(links, max_size=3))),
        activites=tuple(draw(st.lists(activities(), max_size=3))),
        authority=draw(MAYBE),
        public_contact=draw(MAYBE),
        private_contact=draw(MAYBE),
        private_email=draw(st.sampled_from(["", "camille@ac-dijon.fr"])),
        private_phone=draw(st.sampled_from(["", "03 80 00 00 00"])),
    )


class RoundTrip(TestCase):
    """Content → sheet → form → content, with rows for real."""

    @settings(max_examples=examples(25))
    @given(st.data())
    def test_a_sheet_shown_and_sent_back_is_the_same(self, data: st.DataObject) -> None:
        where = factories.territory()
        rows = [factories.school(where, number) for number in (1, 2, 3)]
        schools = tuple(PorteurSaisi(s.uai, s.kind, s.name, s.commune) for s in rows)
        told = data.draw(contents(schools))
        access = factories.access(factories.user())
        action = declare(told, edition=where.semaine.edition, access=access, at=NOW)
        read = Action.objects.get(pk=action.pk)
        assert content_of(read) == told
        form = form_of(read, sent(form_of(read)))
        assert form.is_valid(), (form.errors, [liste.rows.errors for liste in form.listes])
        assert form.content() == told
        assert save(read, form.content(), access=access, at=NOW).changes == {}


@pytest.fixture
def school(db: None) -> Etablissement:
    assert db is None, "asked for its effect: the database is open"
    return factories.school(factories.territory())


@pytest.fixture
def sheet(school: Etablissement) -> Action:
    return factories.action(factories.territory(), school, Etat.DRAFT)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", " ", "Donnez un titre"),
        ("description", "", "quelques phrases"),
        ("etablissement", "", "Choisissez un établissement"),
        ("audience_size", "une centaine", "nombre entier"),
        ("audience_size", "-1", "0"),
        ("starts", "32/13/2026", "un jour qui existe"),
        ("private_email", "camille@", "incomplète"),
        ("levels", "crèche", "crèche"),
        ("version", "", "obligatoire"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    sheet: Action, field: str, value: str, words: str
) -> None:
    data = sent(form_of(sheet))
    data[field] = value
    form = form_of(sheet, data)
    assert not form.is_valid()
    assert list(form.errors) == [field]
    assert words in form.errors[field][0]


@pytest.mark.parametrize(
    ("starts", "ends", "field"),
    [("", "2026-11-27", "starts"), ("2026-11-27", "2026-11-23", "ends")],
)
def test_days_come_in_order_here_and_in_each_activity(
    sheet: Action, starts: str, ends: str, field: str
) -> None:
    data = sent(form_of(sheet))
    data.update({"starts": starts, "ends": ends})
    data.update({"activites-TOTAL_FORMS": "1", "activites-0-title": "Bilan"})
    data.update({"activites-0-starts": starts, "activites-0-ends": ends})
    # a field given twice counts once, by its last value
    form = form_of(sheet, data)
    assert not form.is_valid()
    assert list(form.errors) == [field]
    assert [list(errors) for errors in form.listes["activites"].rows.errors] == [[field]]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"partenaires-0-part": "prête une salle"}, "name"),
        ({"liens-0-label": "Le programme"}, "url"),
        ({"liens-0-url": "pas une adresse"}, "url"),
        ({"activites-0-description": "Le soir"}, "title"),
        ({"porteurs-0-commune": "Dijon"}, "name"),
        ({"porteurs-0-name": "Chambre de métiers"}, "kind"),
        ({"porteurs-0-etablissement": "0219999Z"}, "etablissement"),
    ],
)
def test_half_a_line_asks_for_the_rest(sheet: Action, line: dict[str, str], field: str) -> None:
    name = next(iter(line)).split("-")[0]
    data = sent(form_of(sheet))
    data.update({f"{name}-TOTAL_FORMS": "1"} | line)
    form = form_of(sheet, data)
    assert not form.is_valid()
    assert field in form.listes[name].rows.errors[0]


def test_an_emptied_line_is_no_line(sheet: Action, school: Etablissement) -> None:
    access = factories.access(factories.user("x@example.fr"), sheets=frozenset({sheet.pk}))
    told = Contenu(
        "A",
        "B",
        (PorteurSaisi(school.uai),),
        liens=(LienSaisi("https://a.example"), LienSaisi("https://b.example")),
    )
    save(sheet, told, access=access, at=NOW)
    sheet = Action.objects.get(pk=sheet.pk)
    data = sent(form_of(sheet))
    data["liens-0-url"] = ""
    form = form_of(sheet, data)
    assert form.is_valid()
    assert [row.url for row in form.content().liens] == ["https://b.example"]


def test_a_school_among_the_other_carriers_names_itself(sheet: Action) -> None:
    other = factories.school(factories.territory(), 2)
    data = sent(form_of(sheet))
    data.update({"porteurs-TOTAL_FORMS": "1", "porteurs-0-etablissement": f"{other} ({other.uai})"})
    form = form_of(sheet, data)
    assert form.is_valid(), form.listes["porteurs"].rows.errors
    assert form.content().porteurs[1] == PorteurSaisi(other.uai, other.kind, other.name, other.commune)


def test_a_sheet_keeps_the_school_it_holds_and_takes_no_other_that_closed(
    sheet: Action, school: Etablissement
) -> None:
    closed = {"closed_on": dt.date(2021, 8, 31)}
    gone = factories.school(factories.territory(), 7, **closed)
    type(school).objects.filter(pk=school.pk).update(**closed)
    data = sent(form_of(sheet))
    assert form_of(sheet, data).is_valid()
    data["etablissement"] = gone.uai
    assert "a fermé en 2021" in str(form_of(sheet, data).errors["etablissement"])
    data["etablissement"] = school.uai
    data.update({"porteurs-TOTAL_FORMS": "1", "porteurs-0-etablissement": gone.uai})
    form = form_of(sheet, data)
    assert not form.is_valid()
    assert "a fermé en 2021" in str(form.listes["porteurs"].rows.errors)
    begun = DebutForm({"title": "A", "description": "B", "etablissement": gone.uai}, with_email=False)
    assert "a fermé en 2021" in str(begun.errors["etablissement"])


@pytest.mark.parametrize("name", [*LISTES, "inconnue"])
def test_one_more_line_and_never_too_many(sheet: Action, name: str) -> None:
    data = sent(form_of(sheet))
    key = f"{name}-TOTAL_FORMS"
    data["ajouter"] = name
    more, touched = after_button(data)
    assert touched == name
    if name == "inconnue":
        assert more == data
        return
    assert (more[key], data[key]) == ("1", "0")
    more[key] = str(MOST)
    again, _ = after_button(more)
    assert again[key] == str(MOST)
    form = form_of(sheet, again)
    form.keep_silent()
    assert not form.errors
    assert not form.listes.faulty


@pytest.mark.parametrize(
    ("kind", "levels"),
    [(TypePorteur.COLLEGE, ("college",)), (TypePorteur.ECOLE, ("premier_degre",)), (TypePorteur.CIO, ())],
)
def test_a_school_of_one_level_ticks_it(db: None, kind: TypePorteur, levels: tuple[str, ...]) -> None:
    assert db is None, "asked for its effect: the database is open"
    school = factories.school(factories.territory(), kind=kind)
    form = DebutForm({"title": "A", "description": "B\r\nC", "etablissement": school.uai}, with_email=False)
    assert form.is_valid()
    assert form.content().levels == levels
    assert form.content().description == "B\nC"


def test_a_robot_that_fills_everything_is_refused(school: Etablissement) -> None:
    data = {"title": "A", "description": "B", "etablissement": school.uai, "email": "a@b.fr", "site": "x"}
    form = DebutForm(data, with_email=True)
    assert list(form.errors) == ["site"]
