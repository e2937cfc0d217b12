"""An académie's answers to the grids of two editions: through the mapping, and for who may read them."""

from __future__ import annotations

import re
from html import unescape

import pytest

from accroche.campagne.models import Critere, Grille, Semaine
from accroche.campagne.operations import attach_grille
from accroche.comptes.permissions import OPERATOR
from accroche.comptes.regles import TypeRole
from accroche.evaluation.models import Evaluation
from accroche.evaluation.operations.grille import copy_grille
from tests import factories
from tests.cockpit.views.test_comparaison import DE, A, client_of, text_of, told
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ADDRESS = f"/pilotage/comparaison/dijon/?de={DE}&a={A}"


def answered(semaine: Semaine, grille: Grille, *, signed: bool = True, **levels: int) -> None:
    """Answer some criteria, named as ``c41`` for 4.1."""
    evaluation = Evaluation.objects.create(semaine=semaine, begun_at=NOW, signed_at=NOW if signed else None)
    for name, level in levels.items():
        critere = Critere.objects.get(objectif__grille=grille, code=f"{name[1]}.{name[2]}")
        evaluation.reponses.create(critere=critere, level=level, at=NOW)


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_levels_are_compared_where_one_criterion_became_one() -> None:
    before, after = told(DE, "Dijon", 5), told(A, "Dijon", 8)
    old = factories.grille("2016")
    attach_grille(before.edition, old, access=OPERATOR, at=NOW)
    new = copy_grille(old, "2017", "Grille de 2017", access=OPERATOR, at=NOW)
    # 4.2 is no longer asked, 2.1 reads 4.2 too
    gone = Critere.objects.get(objectif__grille=new, code="4.2")
    ancien = Critere.objects.get(objectif__grille=old, code="4.2")
    gone.delete()
    Critere.objects.get(objectif__grille=new, code="2.1").correspondances.create(ancien=ancien)
    attach_grille(after.edition, new, access=OPERATOR, at=NOW)
    answered(before, old, c41=1, c42=3, c21=2)
    answered(after, new, signed=False, c41=3, c21=4)
    own = client_of(TypeRole.MODERATEUR, academie=before.academie)
    page = words(text_of(own, ADDRESS))
    assert "4.1 Annoncer 1 : Un peu. 3 : Presque tout. 2 niveaux de plus." in page
    assert (
        "2.1 Ouvrir Rassembler, 3 : Presque tout. Ouvrir, 2 : À moitié. 4 : Tout. Plusieurs critères" in page
    )
    assert "seuls se comparent les critères qui en prolongent un seul" in page
    # the bureau reads what was signed alone
    bureau = client_of(TypeRole.NATIONAL)
    hidden = words(text_of(bureau, ADDRESS))
    assert "4.1 Annoncer 1 : Un peu. pas de niveau choisi Sans niveau des deux côtés" in hidden
    # and the country has no such table
    assert "Grille de 2017" not in text_of(bureau, f"/pilotage/comparaison/?de={DE}&a={A}")


def test_nothing_is_compared_without_two_grids_that_follow_each_other() -> None:
    before, after = told(DE, "Dijon", 5), told(A, "Dijon", 8)
    own = client_of(TypeRole.MODERATEUR, academie=before.academie)
    assert "Rien à mettre côte à côte" in text_of(own, ADDRESS)
    old, other = factories.grille("2016"), factories.grille("autre")
    attach_grille(before.edition, old, access=OPERATOR, at=NOW)
    answered(before, old, c41=1)
    assert "Rien à mettre côte à côte" in text_of(own, ADDRESS)
    attach_grille(after.edition, other, access=OPERATOR, at=NOW)
    assert "Rien à mettre côte à côte" in text_of(own, ADDRESS)
    attach_grille(after.edition, old, access=OPERATOR, at=NOW)
    answered(after, old, c41=1, c42=0)
    page = words(text_of(own, ADDRESS))
    assert "4.1 Annoncer 1 : Un peu. 1 : Un peu. Le même niveau." in page
    assert "4.2 Rassembler pas de niveau choisi 0 : Rien. Sans niveau" in page
