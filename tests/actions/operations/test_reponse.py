"""Two colleagues answer the académie at the same moment: one is kept, the other is told, nothing is mixed."""

from __future__ import annotations

import pytest

from accroche.actions.cycle import Etat
from accroche.actions.operations.cycle import StaleError
from accroche.actions.operations.reponse import keep_answer
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.factories import NOW
from tests.races import at_once, passed


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_is_kept_and_the_other_refused() -> None:
    where = factories.territory()
    school = factories.school(where)
    sheet = factories.action(where, school, Etat.TO_COMPLETE)
    people = [
        factories.access(factories.person(TypeRole.PORTEUR, f"{n}@ac-dijon.fr", etablissement=school))
        for n in range(3)
    ]

    def answer(number: int) -> int:
        keep_answer(sheet, f"Réponse {number}", access=people[number], at=NOW, version=sheet.version)
        return number

    done = at_once(3, answer)
    [kept] = [result for result in done if isinstance(result, int)]
    assert passed(done, StaleError) == 1
    sheet.refresh_from_db()
    assert (sheet.reponse, sheet.version) == (f"Réponse {kept}", 1)
