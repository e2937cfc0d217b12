"""Slow work stays out of transactions, and many rows are read as of one moment without a lock."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from accroche.annuaire.models import Departement
from accroche.commun.transactions import SlowWorkError, one_moment, outside_transaction
from accroche.lib import doors

pytestmark = pytest.mark.django_db


def test_slow_work_is_refused_inside_a_transaction_and_nowhere_else() -> None:
    outside_transaction("a test")  # the transaction of the test is none
    with transaction.atomic(), pytest.raises(SlowWorkError, match="a test"):
        outside_transaction("a test")
    with transaction.atomic(), transaction.atomic(), pytest.raises(SlowWorkError):
        doors.passing("a door")
    doors.passing("a door")


@pytest.mark.django_db(transaction=True)
def test_many_rows_are_read_as_of_one_moment_while_others_write() -> None:
    Departement.objects.create(code="21", name="Côte-d’Or")

    def write() -> None:
        try:
            Departement.objects.create(code="58", name="Nièvre")
        finally:
            connection.close()

    with one_moment():
        assert Departement.objects.count() == 1
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()  # nobody waits for who reads
        assert Departement.objects.count() == 1
    assert Departement.objects.count() == 2
    with transaction.atomic():  # what comes after writes as before
        Departement.objects.update(name="Côte d’Or")


def test_inside_a_transaction_its_moment_is_that_one_s() -> None:
    with transaction.atomic(), one_moment():
        Departement.objects.create(code="21", name="Côte-d’Or")
    assert Departement.objects.exists()
