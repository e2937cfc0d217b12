"""Two writings of sheets at once, on either database: nothing is doubled, nothing is mixed."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.actions.operations import StaleError, declare, follow_link, save
from accroche.actions.operations.liens import new_link
from accroche.actions.saisie import Contenu, LienSaisi, PartenaireSaisi, PorteurSaisi
from accroche.annuaire.models import Porteur
from accroche.campagne.models import Partenaire, Semaine
from accroche.commun import journal
from accroche.comptes.operations import LinkError
from accroche.comptes.permissions import ANONYMOUS
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from collections.abc import Callable


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run the calls together, each on a connection of its own; return what each gave or raised."""
    results: list[object] = [None] * len(calls)
    ready = threading.Barrier(len(calls))

    def run(number: int) -> None:
        ready.wait()
        try:
            results[number] = calls[number]()
        except (StaleError, LinkError) as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_the_first_two_sheets_of_an_academie_meet_in_one_semaine() -> None:
    where = factories.territory()
    school = factories.school(where)
    edition = where.semaine.edition
    where.semaine.delete()
    access = factories.access(factories.user())
    shared = Contenu(
        "Forum des métiers",
        "Des métiers",
        (PorteurSaisi(school.uai),),
        partenaires=(PartenaireSaisi("ONISEP"),),
        themes=("sport",),
    )

    def once() -> Action:
        return declare(shared, edition=edition, access=access, at=NOW)

    made = at_once(once, once, once)
    assert all(isinstance(action, Action) for action in made), made
    assert sorted(Action.objects.values_list("slug", flat=True)) == [
        "forum-des-metiers",
        "forum-des-metiers-2",
        "forum-des-metiers-3",
    ]
    assert (Semaine.objects.count(), Porteur.objects.count(), Partenaire.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_writings_at_once_leave_one_and_tell_the_other() -> None:
    where = factories.territory()
    school = factories.school(where)
    sheet = factories.action(where, school, Etat.SUBMITTED)
    access = factories.access(factories.person(TypeRole.PORTEUR, etablissement=school))
    told = [
        Contenu(
            title,
            "Des métiers",
            (PorteurSaisi(school.uai),),
            liens=(LienSaisi(f"https://example.fr/{title}"),),
        )
        for title in ("A", "B")
    ]
    results = at_once(
        *(
            lambda new=new: save(Action.objects.get(pk=sheet.pk), new, access=access, at=NOW, version=0)
            for new in told
        )
    )
    assert sorted(type(result).__name__ for result in results) == ["Saved", "StaleError"]
    held = Action.objects.get(pk=sheet.pk)
    assert held.liens.get().url.endswith(held.title), "nothing of the two is mixed"
    assert journal.entries(sheet).count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_address_that_changes_while_its_link_is_followed_is_confirmed_or_another_never_both() -> None:
    """One who mistyped an address mends it at the very moment its owner follows the link."""
    where = factories.territory()
    told = Contenu(
        "Forum", "Des métiers", (PorteurSaisi(factories.school(where).uai),), temporality="semaine"
    )
    for number in range(4):
        mistyped = f"autre{number}@exemple.fr"
        draft = declare(told, edition=where.semaine.edition, access=ANONYMOUS, at=NOW, email=mistyped)
        opened = factories.access(None, sheets=frozenset({draft.pk}))
        _, address = new_link(draft, draft.declarant_email, submits=False, at=NOW)
        token = address.rstrip("/").rpartition("/")[2]
        followed, saved = at_once(
            partial(follow_link, token, access=ANONYMOUS, at=NOW),
            partial(save, draft, told, access=opened, at=NOW, email="prof@exemple.fr"),
        )
        draft = Action.with_unconfirmed.get(pk=draft.pk)
        state = (draft.declarant_email, draft.unconfirmed)
        assert state in {(mistyped, False), ("prof@exemple.fr", True)}, (followed, saved)
        assert isinstance(followed, LinkError) == draft.unconfirmed
