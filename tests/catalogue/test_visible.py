"""What the public sees: each table says so, and whatever changes it raises the revision by itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import connection, models

from accroche.actions.cycle import ARRIVING, Etat
from accroche.actions.models import Action, Lien, PresencePorteur
from accroche.annuaire.models import Academie, Etablissement, Porteur
from accroche.campagne.champs import ENTRE_NOUS
from accroche.campagne.models import Edition, Mentions, Partenaire, Semaine, TempsFort
from accroche.catalogue.models import AIndexer
from accroche.catalogue.operations import declencheurs
from accroche.catalogue.queries import porteurs
from accroche.catalogue.visible import UNSEEN, VISIBLE
from accroche.commun.revision import raise_revision, revision, revisions
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]

MODELS = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}

#: Moments of what the public sees that no page compares with the clock: they are facts of the past.
PAST = {
    "Edition.published_at": "set when it is made public; whether it is set is all that is asked",
    "Edition.closed_at": "the same of its end",
    "Edition.archived_at": "the same of its being put away",
    "Semaine.updated_at": "when it was written",
    "Action.created_at": "when it was declared",
    "Action.updated_at": "when it was written",
    "Action.submitted_at": "when it was sent",
    "PieceJointe.consent_at": "when somebody agreed",
    "PieceJointe.added_at": "when it was sent",
    "Grille.frozen_at": "when an edition first used it",
    "Grille.created_at": "when it was written",
    "Grille.updated_at": "the same",
    "GrilleEdition.opened_at": "when académies were asked",
    "GrilleEdition.answered_at": "when one first answered",
    "Scrutin.results_published_at": "set when they are told",
    "Synthese.settled_at": "when it was frozen",
    "Synthese.published_at": "set when it is made public; whether it is set is all that is asked",
    "Synthese.withdrawn_at": "the same of its being taken back",
}


def test_each_table_is_seen_by_the_public_or_says_why_not() -> None:
    untold = sorted(MODELS.keys() - VISIBLE.keys() - UNSEEN.keys())
    assert not untold, (
        f"Does a public page show something of {', '.join(untold)}? Then it has a line in VISIBLE of "
        "accroche/catalogue/visible.py, or pages are kept that tell what is no more; else a reason in UNSEEN."
    )
    assert not VISIBLE.keys() & UNSEEN.keys()
    gone = sorted({*VISIBLE, *UNSEEN} - MODELS.keys())
    assert not gone


def test_what_it_names_is_there() -> None:
    for label, vue in VISIBLE.items():
        columns = {field.column for field in MODELS[label]._meta.concrete_fields}
        assert columns >= {*vue.unseen, *vue.clock}, label
    assert set(VISIBLE["campagne.Semaine"].unseen) == set(ENTRE_NOUS)


def test_each_moment_moves_a_page_or_says_why_not() -> None:
    told = {
        f"{MODELS[label].__name__}.{field.name}": field.name in vue.clock
        for label, vue in VISIBLE.items()
        for field in MODELS[label]._meta.concrete_fields
        if isinstance(field, models.DateTimeField)
    }
    assert {name for name, moves in told.items() if not moves} == set(PAST)
    # the next moment is looked for again when something apart from sheets changed (``pages.tenue_now``)
    assert not [label for label, vue in VISIBLE.items() if vue.clock and vue.of_sheets]


@pytest.fixture
def raised(where: Territory) -> Callable[[Callable[[], Any]], bool]:
    """Return how to ask whether something raises the revision."""

    def ask(act: Callable[[], Any]) -> bool:
        # of the transaction of the test, PostgreSQL's triggers think that it raised it already
        forget_transaction()
        before = revision()
        act()
        return revision() != before

    return ask


def forget_transaction() -> None:
    """Let the transaction that a test runs in raise the revision once more."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('accroche.raised', '', true)")


def test_each_column_that_is_seen_raises_it(
    edition_2015: Edition, raised: Callable[[Callable[[], Any]], bool]
) -> None:
    silent, seen = [], set()
    for label, vue in VISIBLE.items():
        model: Any = MODELS[label]
        if vue.counts or (row := model._base_manager.order_by("pk").first()) is None:
            continue
        seen.add(label)
        for field in model._meta.concrete_fields:
            if not isinstance(field, models.CharField) or field.choices or field.unique:
                continue
            rows = model._base_manager.filter(pk=row.pk)
            value = getattr(row, field.attname) or ""
            other = partial(rows.update, **{field.name: "z" if value != "z" else "y"})
            if raised(other) is (field.column in vue.unseen):
                silent.append(f"{label}.{field.name}")
            assert not raised(other), "the same again is no change"
            rows.update(**{field.name: value})
    assert not silent
    assert len(seen) > 20


@pytest.mark.parametrize(
    ("etat", "expected"),
    [(etat, etat is Etat.PUBLISHED) for etat in Etat if etat is not Etat.MERGED] + [(ARRIVING, False)],
)
def test_what_is_typed_before_publication_raises_nothing(
    where: Territory, raised: Callable[[Callable[[], Any]], bool], etat: Any, expected: bool
) -> None:
    made: list[Action] = []
    arrivage = 3 if etat == ARRIVING else 0

    def make() -> None:
        made.append(
            Action.with_arriving.create(
                semaine=where.semaine, slug="forum", position=1, title="Forum", etat=etat, arrivage=arrivage
            )
        )

    assert raised(make) is expected
    (sheet,) = made
    rows = Action.with_arriving.filter(pk=sheet.pk)
    assert raised(lambda: rows.update(title="Forum des métiers")) is expected
    assert (
        raised(lambda: Lien.objects.create(action=sheet, url="https://example.fr/", position=1)) is expected
    )
    assert not raised(lambda: rows.update(private_phone="03 80 00 00 00"))
    assert raised(lambda: sheet.liens.all().delete()) is expected
    assert raised(rows.delete) is expected
    assert set(AIndexer.objects.filter(action_id=sheet.pk).values_list("action_id", flat=True)) == (
        {sheet.pk} if expected else set()
    )


def test_a_semaine_that_was_only_begun_raises_it_once_it_is_there(
    where: Territory, raised: Callable[[Callable[[], Any]], bool]
) -> None:
    rows = Semaine.with_begun.filter(pk=where.semaine.pk)
    assert raised(lambda: rows.update(begun=True))
    assert not raised(lambda: rows.update(title="Une semaine"))
    assert raised(where.semaine.appear)


def test_the_imprint_of_a_report_is_on_its_page_and_one_that_is_being_written_is_not(
    where: Territory, raised: Callable[[Callable[[], Any]], bool]
) -> None:
    rows = Edition.objects.filter(pk=where.semaine.edition_id)
    declared = rows.values("declaration_opens", "declaration_closes").get()
    assert declared["declaration_opens"], "schools declare in it"
    rows.update(declaration_opens=None, declaration_closes=None)
    assert raised(lambda: Mentions.objects.create(edition=rows.get(), contact="Un service"))
    assert raised(lambda: Mentions.objects.update(contact="Un autre"))
    rows.update(**declared)
    assert not raised(lambda: Mentions.objects.update(contact="Un troisième"))


def test_sheets_move_nothing_apart_and_strangers_alone_move_what_is_told_of_them(where: Territory) -> None:
    def moved(act: Callable[[], object]) -> tuple[bool, bool, bool]:
        forget_transaction()
        before = revisions()
        act()
        whole, apart, outside = (one != other for one, other in zip(before, revisions(), strict=True))
        return whole, apart, outside

    school = Porteur.objects.create(
        academie=where.academie, kind="college", name="Collège", etablissement=factories.school(where)
    )
    stranger = Porteur.objects.create(academie=where.academie, kind="association", name="L’Atelier")
    sheet = Action.objects.create(
        semaine=where.semaine, slug="un", position=1, title="Un", etat=Etat.SUBMITTED
    )
    rows = Action.objects.filter(pk=sheet.pk)
    whole, here, nothing = (True, False, False), (True, False, True), (False, False, False)
    changes: list[tuple[Callable[[], object], tuple[bool, bool, bool]]] = [
        (lambda: sheet.portages.create(porteur=school, position=1), nothing),
        (lambda: rows.update(etat=Etat.PUBLISHED), whole),
        (lambda: sheet.portages.create(porteur=stranger, position=2), here),
        (lambda: rows.update(title="Autre"), whole),
        (lambda: rows.update(etat=Etat.WITHDRAWN), here),
        (lambda: rows.update(etat=Etat.PUBLISHED), here),
        (lambda: Partenaire.objects.create(name="Une association", kind="association"), whole),
        (lambda: Porteur.objects.filter(pk=school.pk).update(name="Autre"), whole),
        (lambda: Porteur.objects.filter(pk=stranger.pk).update(name="Autre"), here),
        (lambda: sheet.portages.filter(porteur=stranger).delete(), here),
        # whoever the directory takes in or lets go
        (lambda: Etablissement.objects.update(name="Autre"), (True, True, False)),
        (lambda: Edition.objects.update(title="Autre"), (True, True, False)),
        (raise_revision, (True, True, True)),
        (lambda: rows.update(title="Autre"), nothing),
    ]
    assert [moved(act) for act, _ in changes] == [told for _, told in changes]


def test_each_part_moves_whatever_the_same_transaction_wrote_before(where: Territory) -> None:
    sheet = factories.action(where, etat=Etat.PUBLISHED)
    stranger = Porteur.objects.create(academie=where.academie, kind="association", name="L’Atelier")
    forget_transaction()  # of this test, once
    moved: list[list[bool]] = []
    acts: list[Callable[[], object]] = [
        lambda: Action.objects.filter(pk=sheet.pk).update(title="Autre"),
        lambda: Edition.objects.update(title="Autre"),
        lambda: Porteur.objects.filter(pk=stranger.pk).update(name="Autre"),
    ]
    for act in acts:
        before = revisions()
        act()
        moved.append([one != other for one, other in zip(before[1:], revisions()[1:], strict=True)])
    assert moved == [[False, False], [True, False], [False, True]]


def test_programs_and_triggers_of_the_version_before_still_write_during_an_upgrade() -> None:
    """They know the mark alone: until they are made anew, and started again."""
    writes = ["INSERT INTO commun_revision (mark) VALUES (5)"]
    if connection.vendor == "postgresql":
        writes.append("SELECT visible_raise()")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM commun_revision")
        for statement in writes:
            before = revision()
            cursor.execute(statement)
            assert revision() != before


def test_who_carries_outside_the_directory_is_known_after_each_change(where: Territory) -> None:
    """What is kept of them is read again where it is another, by whatever it became so."""
    porteurs.forget()
    first, second = (
        Porteur.objects.create(academie=where.academie, kind="association", name=name)
        for name in ("Un", "Deux")
    )
    one, two = (factories.action(where, None, Etat.SUBMITTED) for _ in range(2))
    for sheet in (one, two):
        sheet.portages.create(porteur=first, position=7)
    uai = factories.make_uai(7)
    sheets, edition = (
        Action.objects.filter(pk__in=[one.pk, two.pk]),
        Edition.objects.filter(pk=where.semaine.edition_id),
    )
    published = edition.get().published_at
    changes: list[Callable[[], object]] = [
        lambda: sheets.filter(pk=one.pk).update(etat=Etat.PUBLISHED),
        lambda: sheets.filter(pk=two.pk).update(etat=Etat.PUBLISHED),
        lambda: two.portages.filter(porteur=first).update(porteur=second),
        lambda: sheets.filter(pk=one.pk).update(etat=Etat.WITHDRAWN),
        lambda: Porteur.objects.filter(pk=second.pk).update(name="Trois", commune="Nevers"),
        lambda: Porteur.objects.filter(pk=second.pk).update(etablissement=uai),
        lambda: factories.school(where, 7),
        lambda: Etablissement.objects.filter(uai=uai).delete(),
        lambda: edition.update(published_at=None),
        lambda: edition.update(published_at=published),
        lambda: two.portages.create(porteur=first, position=8),
        lambda: Porteur.objects.filter(pk=first.pk).update(insee="58194", latitude=46.99, longitude=3.16),
        lambda: two.portages.filter(porteur=first).delete(),
        PresencePorteur.objects.all().delete,
        sheets.filter(pk=two.pk).delete,
    ]
    seen = []
    for change in changes:
        forget_transaction()
        change()
        seen.append(porteurs.hors_annuaire().rows)
        porteurs.forget()
        assert seen[-1] == porteurs.hors_annuaire().rows, len(seen)
    names = [" ".join(name for _, _, name, *_ in rows) for rows in seen]
    alone = ["Un", "Un", "Un Deux", "Deux", "Trois", "Trois", "", "Trois", "", "Trois"]
    assert names == [*alone, "Un Trois", "Un Trois", "Trois", "", ""]
    porteurs.forget()


def told() -> set[int | None]:
    """What the index was told since the last time."""
    rows = set(AIndexer.objects.values_list("action_id", flat=True))
    AIndexer.objects.all().delete()
    return rows


def test_the_index_is_told_whose_sheets_change(where: Territory) -> None:
    carrier = Porteur.objects.create(academie=where.academie, kind="college", name="Collège Nord")
    sheets = [
        Action.objects.create(semaine=where.semaine, slug=name, position=1, title=name, etat=etat)
        for name, etat in (("un", Etat.PUBLISHED), ("deux", Etat.PUBLISHED), ("trois", Etat.DRAFT))
    ]
    first, second, draft = (sheet.pk for sheet in sheets)
    told()
    sheets[0].portages.create(porteur=carrier, position=1)
    assert told() == {first}
    sheets[2].portages.create(porteur=carrier, position=1)
    assert told() == set()
    Porteur.objects.filter(pk=carrier.pk).update(name="Collège du Nord")
    assert told() == {first, draft}
    Action.objects.filter(pk=second).update(etat=Etat.WITHDRAWN)
    assert told() == {second}
    Edition.objects.update(published_at=None)
    assert told() == {first}
    TempsFort.objects.create(semaine=where.semaine, title="Forum", position=1)
    assert told() == set()
    Academie.objects.filter(pk=where.academie.pk).update(courriel="cardie@ac-dijon.fr")
    assert told() == set()
    Academie.objects.filter(pk=where.academie.pk).update(name="Bourgogne")
    assert told() == {None}


def test_the_index_is_told_whose_place_changes_with_a_school_of_their_commune(where: Territory) -> None:
    """Who has no place of their own stands in the middle of the schools of their commune."""
    here = {"academie": where.academie, "insee": "58194"}
    carriers = [
        Porteur.objects.create(kind="association", name="L’Atelier", **here),
        Porteur.objects.create(kind="cio", name="CIO", latitude=46.9, longitude=3.1, **here),
        Porteur.objects.create(
            academie=where.academie,
            kind="college",
            etablissement=factories.school(where, 1, insee="58194"),
            name="Collège",
        ),
        Porteur.objects.create(academie=where.academie, kind="association", name="Ailleurs", insee="58303"),
    ]
    sheets = []
    for position, carrier in enumerate(carriers, 1):
        sheet = factories.action(where, etat=Etat.PUBLISHED)
        sheet.portages.all().delete()
        sheet.portages.create(porteur=carrier, position=position)
        sheets.append(sheet.pk)
    told()
    school = factories.school(where, 2, insee="58194", latitude=46.99, longitude=3.16)
    assert told() == {sheets[0], sheets[2]}
    type(school).objects.filter(pk=school.pk).update(latitude=47.01)
    assert told() == {sheets[0], sheets[2]}
    type(school).objects.filter(pk=school.pk).update(insee="58303")
    assert told() == {sheets[0], sheets[2], sheets[3]}


def test_they_are_put_in_place_after_each_migration_and_only_then(django_assert_num_queries: Any) -> None:
    assert not declencheurs.are_missing()
    with django_assert_num_queries(1):
        declencheurs.after_migrations()
    before = revision()
    assert not declencheurs.install()
    name, table = next(iter(declencheurs.present().items()))
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
    assert declencheurs.are_missing()
    forget_transaction()
    declencheurs.after_migrations()
    assert not declencheurs.are_missing()
    # what was written meanwhile is unknown
    assert revision() != before
    assert told() >= {None}


def test_a_migration_of_sqlite_finds_none_in_its_way() -> None:
    declencheurs.before_migrations(plan=[])
    assert not declencheurs.are_missing()
    declencheurs.before_migrations(plan=["a migration"])
    assert declencheurs.are_missing() is (connection.vendor == "sqlite")


def test_rows_of_another_policy_raise_it_too(where: Territory, raised: Any) -> None:
    """SQLite would put the policy of the statement in the place of one of the trigger's."""
    row = Academie(slug="reims", name="Reims", valid_from=factories.NOW.date())
    assert raised(lambda: Academie.objects.bulk_create([row], ignore_conflicts=True))
    row = Academie(slug="reims", name="Reims et Ardennes", valid_from=factories.NOW.date())
    assert raised(
        lambda: Academie.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["slug"], update_fields=["name"]
        )
    )
