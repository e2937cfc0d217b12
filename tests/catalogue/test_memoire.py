"""What pages read alike is read once for a revision, and never told when it is true no more."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from django.test import RequestFactory

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ComptageSemaine
from accroche.annuaire.models import Academie, Porteur
from accroche.campagne.models import Edition, Partenaire, Semaine
from accroche.catalogue.queries import editions as queries
from accroche.catalogue.queries.bascule import semaines_near
from accroche.cockpit.queries.comparaison import compare_publicly
from accroche.commun import memoire
from accroche.commun.revision import raise_revision, revision
from accroche.votes.models import Candidature, Scrutin
from accroche.votes.queries import open_votes
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client

    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_today")]


@pytest.fixture(autouse=True)
def _remembering(settings: Any) -> Iterator[None]:
    settings.PAGES_KEPT = 100
    memoire.forget()
    yield
    memoire.forget()


def within(read: Callable[[], Any], method: str = "GET") -> Any:
    """What is read while a request of that kind is answered."""
    found: list[Any] = []
    memoire.Memoire(lambda _request: found.append(read()))(  # type: ignore[arg-type,return-value]
        RequestFactory().generic(method, "/")
    )
    return found[0]


@pytest.mark.any_database
def test_pages_share_what_they_read(
    where: Territory, client: Client, django_assert_max_num_queries: Any
) -> None:
    """Whatever the address, and whoever reads: one reads the revision, the others what is their own."""
    factories.action(where, etat=Etat.PUBLISHED)
    year = where.semaine.edition.year
    assert client.get(f"/editions/{year}/?essai=1").status_code == 200
    for _ in range(2):  # whether its last sums were read
        assert client.get("/?essai=1").status_code == 200
    with django_assert_max_num_queries(2):
        assert client.get("/?essai=2").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_what_changed_is_read_again(where: Territory) -> None:
    """Whatever writes it, from the moment it is true for everybody."""
    academie = where.academie
    factories.action(where, etat=Etat.PUBLISHED)

    def read() -> object:
        [first] = queries.published_editions()
        view = queries.panorama(first)
        return first.title, view.told, [one.name for one in view.semaines], queries.national(first)

    changes: list[Callable[[], object]] = [
        lambda: Edition.objects.update(title="Autre titre"),
        lambda: factories.action(where, etat=Etat.PUBLISHED),
        lambda: Action.objects.all().delete(),
        lambda: Academie.objects.filter(pk=academie.pk).update(name="Ailleurs"),
    ]
    for change in changes:
        before = within(read)
        assert within(read) == before
        change()
        told = within(read)
        memoire.forget()
        assert told == within(read) != before


@pytest.mark.django_db(transaction=True)
def test_what_no_sheet_tells_outlives_each_change_of_a_sheet_and_nothing_else(where: Territory) -> None:
    sheet = factories.action(where, etat=Etat.PUBLISHED)
    carrier = Porteur.objects.create(academie=where.academie, kind="association", name="L’Atelier")
    asked: list[str] = []

    @memoire.remembered_apart
    def read() -> str:
        asked.append(Edition.objects.get().title)
        return asked[-1]

    within(read)
    of_sheets: list[Callable[[], object]] = [
        lambda: Action.objects.update(title="Autre titre"),
        lambda: sheet.portages.create(porteur=carrier, position=9),
        lambda: factories.action(where, etat=Etat.PUBLISHED),
        lambda: Porteur.objects.update(name="L’Établi"),
        lambda: Action.objects.all().delete(),
    ]
    for change in of_sheets:
        before = within(revision)
        change()
        assert within(revision) != before
        within(read)
        assert len(asked) == 1
    Edition.objects.update(title="Autre titre")
    assert within(read) == "Autre titre"
    raise_revision()
    within(read)
    assert len(asked) == 3


@pytest.mark.django_db(transaction=True)
def test_a_semaine_is_of_who_reads_it_and_as_it_is_now(where: Territory) -> None:
    semaine, year = where.semaine, where.semaine.edition
    partner = Partenaire.objects.create(name="L’Atelier", kind="association")
    semaine.participations.create(partenaire=partner, position=1)
    semaine.fenetres.create(starts=dt.date(2027, 3, 8), ends=dt.date(2027, 3, 12))

    def read() -> tuple[Semaine, list[object]]:
        found = queries.public_semaine(year, where.academie.slug)
        assert found is not None
        partners = [one.partenaire.name for one in found.participations.all()]
        return found, [found.title, found.academie.name, list(found.windows), partners]

    changes: list[Callable[[], object]] = [
        lambda: Partenaire.objects.update(name="L’Établi"),
        lambda: semaine.participations.all().delete(),
        lambda: Semaine.objects.update(title="Tous ensemble"),
        lambda: semaine.fenetres.all().delete(),
        lambda: Academie.objects.filter(pk=where.academie.pk).update(name="Ailleurs"),
    ]
    for change in changes:
        mine, told = within(read)
        mine.title = "de moi seul"
        assert within(read)[1] == told
        change()
        now = within(read)[1]
        memoire.forget()
        assert now == within(read)[1] != told
    semaine.delete()
    for slug in (where.academie.slug, "nulle-part"):
        assert within(partial(queries.public_semaine, year, slug)) is None
    assert not any("nulle-part" in str(key) for key in memoire._latest["apart"].told)


def test_what_reads_a_sheet_is_not_remembered_apart() -> None:
    """Whatever the test, and whether anything is remembered."""
    for read in (Action.objects.count, ComptageSemaine.objects.count):
        with pytest.raises(pytest.fail.Exception, match='reads "actions_'):
            memoire.remembered_apart(read)()


@pytest.mark.any_database
def test_a_form_is_answered_with_what_it_wrote(where: Territory) -> None:
    def read() -> str:
        return queries.published_editions()[0].title

    def wrote() -> tuple[str, str]:
        before = read()
        Edition.objects.update(title="Autre titre")
        return before, read()

    within(read)
    assert within(wrote, "POST")[1] == "Autre titre"


@pytest.mark.any_database
def test_a_vote_is_announced_from_its_first_moment_to_its_last(
    where: Territory, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = factories.action(where, etat=Etat.PUBLISHED)
    opens, closes = factories.NOW + dt.timedelta(minutes=1), factories.NOW + dt.timedelta(minutes=2)
    vote = Scrutin.objects.create(
        edition=where.semaine.edition, slug="prix", title="Prix", opens_at=opens, closes_at=closes
    )
    Candidature.objects.create(scrutin=vote, action=sheet, position=1)
    second = dt.timedelta(seconds=1)
    held: list[tuple[dt.datetime, list[Scrutin]]] = [
        (opens - second, []),
        (opens, [vote]),
        (closes - second, [vote]),
        (closes, []),
        (opens, [vote]),
    ]
    asked: list[dict[str, Any]] = [
        {},
        {"academie": where.academie},
        {"edition": where.semaine.edition},
        {"semaine": where.semaine},
    ]
    for moment, told in held:
        monkeypatch.setattr("django.utils.timezone.now", partial(lambda at: at, moment))
        assert [within(partial(open_votes, moment, **one)) for one in asked] == [told] * len(asked)


@pytest.mark.any_database
def test_what_is_remembered_is_bounded(where: Territory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memoire, "MOST", 1)
    asked: list[int] = []

    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    read = memoire.remembered(double)
    assert [within(partial(read, number)) for number in (1, 2, 1, 2)] == [2, 4, 2, 4]
    assert asked == [1, 2, 2]
    assert read(1) == 2  # nobody's request
    assert asked == [1, 2, 2, 1]


@pytest.mark.any_database
def test_addresses_that_visitors_make_up_fill_nothing(where: Territory) -> None:
    slug = where.academie.slug
    told = [within(partial(semaines_near, name)) for name in (slug, "une", "autre")]
    assert told == [{where.semaine.edition.year: [(slug, where.academie.name)]}, {}, {}]
    assert [len(kept.told) for kept in memoire._latest.values()] == [0, 1]
    read = partial(queries.public_semaine, where.semaine.edition)
    assert [within(partial(read, name)) for name in (slug, "une", "autre")] == [where.semaine, None, None]
    assert [len(kept.told) for kept in memoire._latest.values()] == [0, 2]


@pytest.mark.django_db(transaction=True)
def test_a_comparison_is_made_again_when_either_edition_changed() -> None:
    before, after = (factories.territory(year=year) for year in ("2025-2026", "2026-2027"))
    made = [factories.action(where, etat=Etat.PUBLISHED) for where in (before, after)]

    def read() -> Any:
        return compare_publicly(before.semaine.edition, after.semaine.edition)

    changes: list[Callable[[], object]] = [
        lambda: factories.action(before, etat=Etat.PUBLISHED),
        lambda: Action.objects.filter(pk=made[1].pk).update(etat=Etat.WITHDRAWN),
        lambda: Academie.objects.filter(pk=after.academie.pk).update(name="Ailleurs"),
        lambda: Semaine.objects.filter(pk=after.semaine.pk).delete(),
    ]
    for change in changes:
        first = within(read)
        assert within(read) is first
        change()
        assert within(read) != first
        assert within(read) == read()
