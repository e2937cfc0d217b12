"""Two sheets told apart: one pair whoever says it and whichever way, asked again only when one changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, DoublonEcarte
from accroche.actions.operations import StaleError
from accroche.commun import journal
from accroche.comptes.regles import TypeRole
from accroche.relecture.indices import Indice
from accroche.relecture.operations.doublons import not_apart, tell_apart
from accroche.relecture.operations.fusion import FusionError
from accroche.relecture.presentation.fiche import journal_of
from accroche.relecture.queries import file
from accroche.relecture.queries.doublons import apart_from, doublons_among, doublons_for, doublons_of
from tests import factories
from tests.factories import NOW
from tests.races import at_once, passed

if TYPE_CHECKING:
    from accroche.comptes.models import User
    from accroche.comptes.permissions import Access

TITLE = "La chaîne humaine"


class Pair:
    """Two sheets of one school that look alike, and who moderates them."""

    def __init__(self) -> None:
        self.where = factories.territory()
        self.school = factories.school(self.where)
        self.one = factories.action(self.where, self.school, title=TITLE, description="Le récit de l’une.")
        self.other = factories.action(self.where, self.school, title=TITLE, description="Celui de l’autre.")
        self.moderator: User = factories.person(TypeRole.MODERATEUR, academie=self.where.academie)
        self.access: Access = factories.access(self.moderator)

    def told(self, *, swapped: bool = False) -> DoublonEcarte:
        pair = [Action.objects.get(pk=sheet.pk) for sheet in (self.one, self.other)]
        one, other = reversed(pair) if swapped else pair
        versions = (one.version, other.version)
        return tell_apart(one, other, access=self.access, at=NOW, versions=versions)

    def proposed(self) -> list[list[int]]:
        """What each sheet is said to resemble."""
        fresh = [Action.objects.get(pk=sheet.pk) for sheet in (self.one, self.other)]
        return [[close.action.pk for close in doublons_of(sheet, self.access)] for sheet in fresh]

    def both(self) -> list[list[int]]:
        return [[self.other.pk], [self.one.pk]]


@pytest.fixture
def pair(db: None) -> Pair:
    return Pair()


def test_told_apart_once_is_told_for_all_and_both_ways(pair: Pair) -> None:
    colleague = factories.access(
        factories.person(TypeRole.MODERATEUR, "b@ac-dijon.fr", academie=pair.where.academie)
    )
    assert pair.proposed() == pair.both()
    first = pair.told()
    assert pair.told(swapped=True) == first
    assert pair.proposed() == [[], []]
    assert doublons_of(pair.one, colleague) == []
    assert doublons_for(TITLE, pair.school, pair.where.semaine, colleague, but=pair.one.pk) == []
    # who writes a third one is told of both: nobody told it apart from them
    assert len(doublons_for(TITLE, pair.school, pair.where.semaine, colleague)) == 2
    assert [entry.verb for entry in journal.entries(pair.one)] == ["tell_apart"]
    assert [entry.note for entry in journal.entries(pair.other)] == [f"Fiche n°\xa0{pair.one.pk}"]
    not_apart(pair.other, pair.one, access=pair.access, at=NOW)
    not_apart(pair.one, pair.other, access=pair.access, at=NOW)  # the same click twice
    assert pair.proposed() == pair.both()
    assert [entry.verb for entry in journal.entries(pair.one)] == ["not_apart", "tell_apart"]


def test_the_database_keeps_a_pair_once(pair: Pair) -> None:
    pair.told()
    for one, other in ((pair.one, pair.other), (pair.other, pair.one), (pair.one, pair.one)):
        with pytest.raises(IntegrityError), transaction.atomic():
            DoublonEcarte.objects.create(one=one, other=other, at=NOW)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"title": "La chaîne humaine du jeudi"}, ("le titre",)),
        ({"starts": NOW.date()}, ("les dates",)),
        ({"description": "Celui de l’autre."}, ("la description, la même désormais",)),
        ({"title": "Une chaîne humaine !"}, ()),
        ({"description": "Le récit de l’une, sans faute."}, ()),
        ({"classes": "4e B"}, ()),
    ],
)
def test_what_changed_brings_the_question_back_or_not(
    pair: Pair, change: dict[str, object], why: tuple[str, ...]
) -> None:
    pair.told()
    Action.objects.filter(pk=pair.one.pk).update(**change)
    fresh = Action.objects.get(pk=pair.one.pk)
    assert pair.proposed() == (pair.both() if why else [[], []])
    assert [one.moved for one in apart_from(fresh)] == [why]
    assert [close.moved for close in doublons_of(fresh, pair.access)] == ([why] if why else [])
    pair.told()
    assert pair.proposed() == [[], []], "told again, it is settled again"
    assert DoublonEcarte.objects.count() == 1
    assert journal.entries(pair.one).count() == (2 if why else 1)


def test_another_school_brings_the_question_back(pair: Pair) -> None:
    pair.told()
    away = factories.action(pair.where, factories.school(pair.where, 2))
    pair.one.portages.update(porteur=away.portages.get().porteur)
    assert [one.moved for one in apart_from(pair.one)] == [("l’établissement",)]


def test_who_may_and_on_what_reading(pair: Pair) -> None:
    reader = factories.access(factories.person(TypeRole.LECTEUR, academie=pair.where.academie))
    with pytest.raises(PermissionDenied):
        tell_apart(pair.one, pair.other, access=reader, at=NOW, versions=(0, 0))
    with pytest.raises(PermissionDenied):
        not_apart(pair.one, pair.other, access=reader, at=NOW)
    with pytest.raises(FusionError):
        tell_apart(pair.one, pair.one, access=pair.access, at=NOW, versions=(0, 0))
    with pytest.raises(StaleError):
        tell_apart(pair.one, pair.other, access=pair.access, at=NOW, versions=(0, 1))
    assert not DoublonEcarte.objects.exists()


def test_the_same_text_told_apart_is_no_hint_any_more(pair: Pair) -> None:
    """The queue points at a text that another sheet has; not at one that somebody answered for."""

    def pointed() -> set[int]:
        rows = list(file.with_parts(Action.objects.all()))
        found = file.repeated(rows)
        assert set(file.with_hint(Action.objects.all(), Indice.SAME_TEXT)) == {
            row for row in rows if row.pk in found
        }
        return {row.pk for row in rows if row.pk in found}

    Action.objects.update(description="Le même récit.")
    both = {pair.one.pk, pair.other.pk}
    assert pointed() == both
    pair.told()
    assert pointed() == set()
    third = factories.action(pair.where, pair.school, description="Le même récit.")
    assert pointed() == {*both, third.pk}
    Action.objects.filter(pk=third.pk).update(etat=Etat.REFUSED)
    assert pointed() == {third.pk}, "a refused sheet still sees the two that stand"


def test_the_journal_tells_it_to_the_academie_alone(pair: Pair) -> None:
    pair.told()
    entries = list(journal.entries(pair.one))
    assert [line.verb for line in journal_of(entries, internal=True)] == [
        "a dit que ce n’est pas la même action qu’une autre fiche"
    ]
    assert journal_of(entries, internal=False) == []


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_make_one_pair() -> None:
    pair = Pair()
    results = at_once(4, lambda number: pair.told(swapped=bool(number % 2)))
    assert passed(results, StaleError) == 4
    assert DoublonEcarte.objects.count() == 1
    assert journal.entries(pair.one).count() == journal.entries(pair.other).count() == 1


def test_several_sheets_at_once_are_told_what_each_is_told_alone(
    pair: Pair, django_assert_max_num_queries: Any
) -> None:
    alone = factories.action(pair.where, pair.school, title="Le petit déjeuner des parents")
    third = factories.action(pair.where, pair.school, title=TITLE)
    away = factories.territory("Lyon", "69")
    elsewhere = factories.action(away, factories.school(away), title=TITLE)
    sheets = [pair.one, pair.other, alone, third, elsewhere]

    def compared(queries: int) -> None:
        with django_assert_max_num_queries(queries):
            among = doublons_among(sheets, pair.access)
        for sheet in sheets:
            expected = [close.proche for close in doublons_of(sheet, pair.access)]
            assert [close.proche for close in among[sheet.pk]] == expected

    compared(8)
    pair.told()
    compared(20)
    Action.objects.filter(pk=pair.one.pk).update(starts=NOW.date())
    pair.one.refresh_from_db()
    compared(20)


def test_a_lot_warns_of_doubles_before_it_publishes(pair: Pair) -> None:
    client = factories.browser_of()
    client.force_login(pair.moderator, backend=settings.AUTHENTICATION_BACKENDS[0])
    told = {"choix": "publish", "fiche": [f"{pair.one.pk}:0"]}
    compare = reverse("relecture:comparer", args=[pair.one.pk, pair.other.pk])
    html = client.post(reverse("relecture:lot"), told).content.decode()
    assert html.index(compare) < html.index('name="confirmer"')
    assert compare not in client.post(reverse("relecture:lot"), told | {"choix": "refuse"}).content.decode()
    pair.told()
    assert compare not in client.post(reverse("relecture:lot"), told).content.decode()


def test_the_warning_stands_before_the_decision_and_is_dismissed_from_the_page(pair: Pair) -> None:
    client = factories.browser_of()
    client.force_login(pair.moderator, backend=settings.AUTHENTICATION_BACKENDS[0])
    address = reverse("relecture:fiche", args=[pair.one.pk])
    html = client.get(address).content.decode()
    assert html.index("peut-être déjà déclarée") < html.index('value="publish"')
    apart, together = (
        reverse(f"relecture:{name}", args=[pair.one.pk, pair.other.pk]) for name in ("ecarter", "rapprocher")
    )
    assert f'formaction="{apart}"' in html
    stale = client.post(apart, {"versions": "7-0", "text": "À garder sous la main"})
    assert stale.status_code == 409
    assert "a changé entre-temps" in stale.content.decode()
    assert "À garder sous la main" in stale.content.decode()
    assert not pair.one.commentaires.exists()
    # a note typed before the button is written with it
    noted = {"versions": "0-0", "text": "Deux classes, deux cours.", "internal": "on"}
    told = client.post(apart, noted, follow=True).content.decode()
    assert "C’est noté" in told
    assert pair.one.commentaires.get(internal=True).text == "Deux classes, deux cours."
    assert "peut-être déjà déclarée" not in told
    for name in ("fusionner", "comparer"):
        arguments = [pair.one.pk, pair.other.pk][: 2 if name == "comparer" else 1]
        shown = client.get(reverse(f"relecture:{name}", args=arguments)).content.decode()
        assert f'action="{together}"' in shown
    assert "C’est annulé" in client.post(together, follow=True).content.decode()
    assert "peut-être déjà déclarée" in client.get(address).content.decode()
