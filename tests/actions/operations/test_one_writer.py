"""A content is written the same by a form, by a census file and by a pack: every row of every table."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from django.db.models import ForeignKey
from django.test.utils import CaptureQueriesContext
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.actions.operations import arrivage as arrivages
from accroche.actions.operations import declare, save
from accroche.actions.operations.contenu import (
    CONTENT_COLUMNS,
    LISTS,
    Sheet,
    Writer,
    columns_of,
    complete_vocabularies,
)
from accroche.actions.operations.livraison import Livraison, Nouvelle
from accroche.actions.operations.organisations import Told, Typed
from accroche.actions.queries import content_of
from accroche.actions.regles import CodeCle, CodeTheme, Nature, RolePartenaire, Temporalite
from accroche.actions.saisie import (
    PRIVATE,
    ActiviteSaisie,
    Contenu,
    LienSaisi,
    PartenaireSaisi,
    PorteurSaisi,
    as_typed,
)
from accroche.annuaire.models import Etablissement, Porteur
from accroche.annuaire.regles import Niveau
from accroche.campagne.models import Partenaire
from accroche.campagne.regles import StatutSemaine
from accroche.commun.insertion import TooLongError
from accroche.comptes.regles import TypeRole
from accroche.dossier.dossier import ActionDossier, EditionDossier, SemaineDossier
from accroche.imports.operations import LoadError, load_dossier
from tests import factories
from tests.conftest import _models
from tests.dossier.strategies import lists, spans, texts, urls, words
from tests.factories import NOW, YEAR
from tests.thorough import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.db.models import Model

    from tests.factories import Territory

days = st.dates(dt.date(2026, 9, 1), dt.date(2027, 8, 31))


@st.composite
def contents(draw: st.DrawFn) -> Contenu:
    """Any content: carriers and partners now and then twice, lists in any order."""
    porteurs = [
        *(
            PorteurSaisi(factories.make_uai(n, "021"), "college", f"Collège Dijon {n}", "Dijon")
            for n in (1, 2)
        ),
        PorteurSaisi(kind="cio", name="CIO de Beaune", commune="Beaune"),
        PorteurSaisi(kind="association", name="CIO de Beaune"),
    ]
    partners = st.builds(
        PartenaireSaisi, st.sampled_from(["ONISEP", "Ville"]), st.sampled_from(RolePartenaire).map(str), texts
    )
    return Contenu(
        title=draw(words),
        description=draw(texts),
        # a form asks for a school first: it decides the académie
        porteurs=(porteurs[0], *draw(lists(st.sampled_from(porteurs), 3))),
        levels=draw(lists(st.sampled_from(Niveau).map(str))),
        temporality=str(draw(st.sampled_from(Temporalite))),
        place=draw(texts),
        classes=draw(texts),
        audience_size=draw(st.none() | st.integers(0, 9999)),
        audience_note=draw(texts),
        nature=str(draw(st.sampled_from(Nature))),
        themes=draw(lists(st.sampled_from(CodeTheme).map(str))),
        cles=draw(lists(st.sampled_from(CodeCle).map(str))),
        partenaires=draw(lists(partners, 3)),
        liens=draw(lists(st.builds(LienSaisi, urls, texts))),
        activites=tuple(
            ActiviteSaisie(title=draw(words), description=draw(texts), number=None, **draw(spans(days)))
            for _ in range(draw(st.integers(0, 2)))
        ),
        refaire=draw(texts),
        authority=draw(texts),
        public_contact=draw(texts),
        private_contact=draw(texts),
        private_email=draw(st.sampled_from(["", "vie.scolaire@ac-dijon.fr"])),
        private_phone=draw(texts),
        **draw(spans(days)),
    )


#: What a pack renews besides: the reference of académies and départements.
WHERE = {"semaine", "academie", "departement", "bassin"}
#: What who writes decides, and no content: who, when, from where.
WHO = {"declarant", "declarant_email", "loaded_from", "loaded_facts"}
WHEN = {"source", "created_at", "updated_at", "submitted_at"}


Seen = dict[tuple[type[Any], Any], str]


def told(row: Model, but: frozenset[str], seen: Seen) -> str:
    """All columns of a row, numbers aside: what it points at is told by what that says."""
    if (type(row), row.pk) not in seen:
        seen[type(row), row.pk] = _told(row, but, seen)
    return seen[type(row), row.pk]


def _told(row: Model, but: frozenset[str], seen: Seen) -> str:
    columns = []
    for field in row._meta.concrete_fields:
        if field.primary_key or field.name in but:
            continue
        value = getattr(row, field.attname)
        if isinstance(field, ForeignKey) and value is not None:
            other = field.related_model
            value = seen.get((other, value)) or told(getattr(row, field.name), but, seen)
        columns.append(f"{field.name}={value!r}")
    return f"{type(row).__name__}({', '.join(columns)})"


def tables(*models: type[Model], but: set[str] | None = None) -> dict[str, list[str]]:
    """Every row of every table (of ``models`` when given), as text, in an order of its own."""
    seen: Seen = {}
    return {
        model.__name__: sorted(told(row, frozenset(but or ()), seen) for row in model._base_manager.all())
        for model in models or _models()
        if model.__name__ not in {"JournalEntry", "Compteur"}  # who did what, and how often
    }


@contextmanager
def taken_back() -> Iterator[None]:
    """Undo what is written within."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # as Django marks its own: nobody waits for it
    with block:
        yield
        transaction.set_rollback(True)


def by_form(where: Territory, written: Sequence[Contenu]) -> list[str]:
    """One by one; return the addresses given."""
    moderator = factories.access(factories.user("cardie@ac-dijon.fr"))
    return [
        declare(
            one,
            edition=where.semaine.edition,
            access=moderator,
            at=NOW,
            semaine=where.semaine,
            etat=Etat.SUBMITTED,
        ).slug
        for one in written
    ]


def by_census(where: Territory, written: Sequence[Contenu], slugs: Sequence[str]) -> None:
    """As a census file brings them: hidden, then shown."""
    moderator = factories.access(factories.user("cardie@ac-dijon.fr"))
    made = arrivages.begin(where.semaine.edition, where.academie, at=NOW)
    rows = [Nouvelle(one, slug, "a.csv") for one, slug in zip(written, slugs, strict=True)]
    Livraison(made, access=moderator, at=NOW).write(rows)
    assert arrivages.reveal(made) == len(written)


def by_pack(written: Sequence[Contenu]) -> None:
    """As a file tells them: without whom to ask."""
    public = [field.name for field in fields(Contenu) if field.name not in PRIVATE]
    sheets = [ActionDossier(**{name: getattr(one, name) for name in public}) for one in written]
    semaine = SemaineDossier("Dijon", (), None, StatutSemaine.PREPARING, actions=tuple(sheets))
    load_dossier(EditionDossier(YEAR, semaines=(semaine,)), origin="rapport")


def place() -> Territory:
    where = factories.territory()
    factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    for number in (1, 2):
        factories.school(where, number)
    complete_vocabularies()
    return where


LIST_MODELS = [kind.model for kind in LISTS.values()]


#: Every field filled.
FULL = Contenu(
    title="Forum des métiers",
    description="Les élèves rencontrent des professionnels.",
    porteurs=(
        PorteurSaisi(factories.make_uai(1, "021"), "college", "Collège Dijon 1", "Dijon"),
        PorteurSaisi(kind="chambre", name="Chambre de métiers", commune="Dijon"),
    ),
    levels=("college",),
    temporality="semaine",
    starts=dt.date(2026, 11, 23),
    ends=dt.date(2026, 11, 27),
    place="Salle des fêtes",
    classes="4e A",
    audience_size=120,
    audience_note="et leurs parents",
    nature="prevention",
    themes=("orientation", "parents"),
    cles=("equipe",),
    partenaires=(PartenaireSaisi("ONISEP", "participe", "prête des kakémonos"),),
    liens=(LienSaisi("https://college.example/forum", "Le programme"),),
    activites=(ActiviteSaisie("Atelier", "Par métier.", dt.date(2026, 11, 23), dt.date(2026, 11, 24)),),
    authority="La rectrice",
    public_contact="Le secrétariat",
    private_contact="Camille Petit",
    private_email="vie.scolaire@ac-dijon.fr",
    private_phone="03 80 00 00 00",
)


class AnyContent(TestCase):
    """Whatever a sheet says."""

    @settings(max_examples=examples(10))
    @given(st.lists(contents(), min_size=1, max_size=3))
    @example([FULL])
    def test_a_form_a_census_file_and_a_pack_write_the_same_rows(self, written: list[Contenu]) -> None:
        where = place()
        with taken_back():
            slugs = by_form(where, written)
            one_by_one = tables(but=WHO)
            public = tables(Action, *LIST_MODELS, Porteur, Partenaire, but=WHO | WHEN | WHERE | {*PRIVATE})
        with taken_back():
            by_census(where, written, slugs)
            assert tables(but=WHO) == one_by_one
        with taken_back():
            by_pack(written)
            but = WHO | WHEN | WHERE | {*PRIVATE}
            assert tables(Action, *LIST_MODELS, Porteur, Partenaire, but=but) == public

    @settings(max_examples=examples(10))
    @given(contents(), contents())
    @example(FULL, replace(FULL, cles=(), activites=(), themes=("sport",)))
    def test_a_sheet_written_over_says_what_a_new_one_would(self, before: Contenu, after: Contenu) -> None:
        where = place()
        person = factories.access(factories.user("cardie@ac-dijon.fr"))
        with taken_back():
            by_form(where, [after])
            new = content_of(Action.objects.get())
            expected = tables(*LIST_MODELS, but={"action"})
        with taken_back():
            by_form(where, [before])
            action = Action.objects.get()
            save(action, after, access=person, at=NOW)
            assert as_typed(content_of(Action.objects.get())) == as_typed(new)
            assert tables(*LIST_MODELS, but={"action"}) == expected


def test_every_field_of_a_content_is_a_column_a_list_or_a_level() -> None:
    names = {field.name for field in fields(Contenu)}
    assert names == {*CONTENT_COLUMNS, *LISTS, "levels"} - {level.value for level in Niveau}
    assert tuple(columns_of(Contenu("A"))) == CONTENT_COLUMNS
    assert columns_of(Contenu("A", levels=("college",)), {"levels"}) == {
        level.value: level is Niveau.COLLEGE for level in Niveau
    }


@pytest.mark.django_db
def test_activities_keep_their_rows_in_any_order() -> None:
    where = place()
    person = factories.access(factories.user("cardie@ac-dijon.fr"))
    by_form(
        where,
        [
            Contenu(
                "A",
                porteurs=(PorteurSaisi(factories.make_uai(1)),),
                activites=tuple(map(ActiviteSaisie, "abc")),
            )
        ],
    )
    action = Action.objects.get()
    content = content_of(action)
    a, b, c = content.activites
    save(
        action,
        replace(content, activites=(c, ActiviteSaisie("d"), replace(a, title="A"), a)),
        access=person,
        at=NOW,
    )
    rows = list(action.activites.values_list("pk", "title", "position"))
    assert rows[0] == (c.number, "c", 0)
    assert rows[2] == (a.number, "A", 2)
    assert [title for _, title, _ in rows] == ["c", "d", "A", "a"]
    assert b.number not in [number for number, _, _ in rows]


@pytest.mark.django_db
def test_a_batch_takes_as_many_queries_whatever_it_holds() -> None:
    where = place()
    school = Etablissement.objects.order_by("uai")[0]
    content = Contenu(
        "Forum",
        porteurs=(PorteurSaisi(school.uai, school.kind, school.name, school.commune),),
        themes=("orientation",),
        cles=("accueil",),
        partenaires=(PartenaireSaisi("ONISEP"),),
        liens=(LienSaisi("https://a.fr"),),
        activites=(ActiviteSaisie("Atelier"),),
    )
    counts = []
    for many in (1, 20, 40):
        with taken_back(), CaptureQueriesContext(connection) as queries:
            by_census(where, [content] * many, [f"s{number}" for number in range(many)])
        counts.append(len(queries))
    # what is left of the last group of rows (``insertion.TOGETHER``, fewer if wide) is a statement more
    assert counts == [counts[0], counts[0], counts[0] + 1]


@pytest.mark.django_db
@pytest.mark.parametrize("write", [by_form, lambda where, one: by_census(where, one, ["a"])])
def test_a_text_too_long_for_its_column_is_refused_on_both_databases(
    write: Callable[[Territory, list[Contenu]], object],
) -> None:
    where = place()
    link = LienSaisi("https://a.fr", "x" * 300)
    content = Contenu(
        "A", porteurs=(PorteurSaisi(factories.make_uai(1), "college", "A", "B"),), liens=(link,)
    )
    with pytest.raises(TooLongError, match="compte 300 caractères, 250 au plus"):
        write(where, [content])
    with pytest.raises(LoadError, match="Texte trop long"):
        by_pack([content])


@pytest.mark.django_db
def test_who_types_a_name_and_a_file_that_prints_it_meet_different_rows() -> None:
    """A school recognised since a report was loaded stays the one its mention means."""
    where = place()
    school = Etablissement.objects.order_by("uai")[0]
    known = Porteur.objects.create(
        academie=where.academie, kind="college", name="Collège A", commune="Dijon", etablissement=school
    )
    mention = PorteurSaisi(kind="college", name="Collège A", commune="Dijon")
    typed, read = (
        Sheet(factories.action(where).pk, where.academie.pk, Contenu("A", porteurs=(mention,)), is_new=True)
        for _ in range(2)
    )
    Writer(Told(["Dijon"], [])).write([read])
    Writer(Typed()).write([typed])
    assert Action.objects.get(pk=read.action).porteurs.get() == known
    assert Action.objects.get(pk=typed.action).porteurs.get() != known


@pytest.mark.django_db
def test_what_is_taken_away_before_it_arrives_leaves_no_list_behind() -> None:
    where = place()
    before = tables()
    made = arrivages.begin(where.semaine.edition, where.academie, at=NOW)
    content = Contenu(
        "A",
        porteurs=(PorteurSaisi(kind="cio", name="CIO"),),
        cles=("accueil",),
        activites=(ActiviteSaisie("B"),),
    )
    moderator = factories.access(factories.user("cardie@ac-dijon.fr"))
    Livraison(made, access=moderator, at=NOW).write([Nouvelle(content, "a", "a.csv")])
    arrivages.take_away(made)
    assert tables() == before
