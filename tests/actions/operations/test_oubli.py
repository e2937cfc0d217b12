"""A deleted account leaves its name, address and telephone on no sheet."""

from __future__ import annotations

import pytest
from django.db.models import QuerySet

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, Commentaire, LienAcces
from accroche.actions.operations.oubli import delete_person
from accroche.commun import journal
from accroche.commun.models import JournalEntry
from accroche.comptes import operations as comptes
from accroche.comptes.regles import TypeRole
from accroche.comptes.sessions import digest
from accroche.relecture.operations.echanges import comment
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_a_deleted_account_leaves_no_sheet_that_names_it() -> None:
    where = factories.territory()
    school = factories.school(where)
    person = factories.person(TypeRole.PORTEUR, "partante@exemple.fr", etablissement=school)
    comptes.rename(person, "Andrea Partante", at=NOW)
    contact = {"private_contact": "Andrea Partante", "private_phone": "0612345678"}
    own = factories.action(
        where, school, Etat.SUBMITTED, declarant=person, private_email="Partante@exemple.fr", **contact
    )
    other = factories.action(where, school, private_contact="Dominique", private_email="autre@exemple.fr")
    Action.objects.filter(pk=other.pk).update(declarant_email="partante@exemple.fr")
    comment(own, "Bonjour", access=factories.access(person), at=NOW)
    journal.record(
        own, "edit", at=NOW, changes={"private_email": ("", "partante@exemple.fr"), "title": ("A", "B")}
    )
    columns = {"private_contact": ["", "Andrea Partante"], "classes": ["", "4e"]}
    journal.record(own, "absorb", at=NOW, changes={"fusion": (None, {"absorbed": 9, "columns": columns})})
    row = {"action": own, "email": "partante@exemple.fr", "created_at": NOW, "expires_at": NOW}
    LienAcces.objects.create(token_hash=digest("jeton"), **row)
    delete_person(person, at=NOW)

    for model in (Action, Commentaire, LienAcces, JournalEntry):
        told = str(list(QuerySet(model).order_by("pk").values()))
        assert "partante" not in told.lower(), model
    own.refresh_from_db()
    assert own.private_phone == ""
    assert Commentaire.objects.get().text == "Bonjour"
    assert Action.objects.get(pk=other.pk).private_contact == "Dominique", "who stays is still named"
    changes = {entry.verb: entry.changes for entry in journal.entries(own)}
    assert changes["edit"] == {"title": ["A", "B"]}
    assert changes["absorb"]["fusion"][1] == {"absorbed": 9, "columns": {"classes": ["", "4e"]}}
