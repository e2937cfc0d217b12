"""What awaits an académie on « Mon espace » of what the bureau asks it."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from accroche.comptes.models import User
from accroche.evaluation.models import EchangeGrille, Evaluation
from accroche.tutorat.binome import Cote, Pas
from accroche.tutorat.models import Binome
from accroche.tutorat.operations.binome import move
from tests.factories import NOW
from tests.tutorat.tutorats import Scene, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> Scene:
    return scene()


def space_of(person: User | None) -> str:
    client = Client()
    assert person is not None
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client.get("/mon-espace/").content.decode().replace("&nbsp;", " ")


def test_a_question_of_the_bureau_waits_until_it_is_answered(found: Scene) -> None:
    semaine = found.edition.semaines.get(academie__slug="dijon")
    evaluation = Evaluation.objects.create(semaine=semaine, begun_at=NOW)
    question = EchangeGrille.objects.create(evaluation=evaluation, at=NOW, text="Et les écoles ?")
    words = "Le bureau national vous pose une question"
    assert words in space_of(found.offices["Dijon"].user)
    assert words not in space_of(found.offices["Lyon"].user)
    assert words not in space_of(found.bureau.user)
    EchangeGrille.objects.create(evaluation=evaluation, at=NOW, text="Bientôt.", question=question)
    assert words not in space_of(found.offices["Dijon"].user)


def test_a_pair_waits_for_the_side_that_has_not_answered(found: Scene) -> None:
    binome = Binome.objects.create(
        edition=found.edition,
        mentor=found.academies["Lille"],
        mentee=found.academies["Dijon"],
        proposed_at=NOW,
    )
    words = "Un tutorat attend votre réponse"
    assert words in space_of(found.offices["Dijon"].user)
    assert words in space_of(found.offices["Lille"].user)
    assert words not in space_of(found.offices["Lyon"].user)
    move(binome, Pas.ACCEPT, side=Cote.MENTOR, access=found.offices["Lille"], at=NOW)
    assert words not in space_of(found.offices["Lille"].user)
    assert words in space_of(found.offices["Dijon"].user)
