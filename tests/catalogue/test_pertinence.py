"""How well sixty questions are answered: the table of ``docs/recherche.md`` is what is measured now."""

from __future__ import annotations

import re

import pytest

from accroche.dossier.dossier import EditionDossier
from benchmarks.pertinence.juges import ndcg, questions
from benchmarks.pertinence.mesure import ANY, OURS, measured, table
from tests.strictness import ROOT

pytestmark = pytest.mark.any_database


def test_the_table_is_what_is_measured(pack_2015: EditionDossier) -> None:
    found = measured(pack_2015)
    page = (ROOT / "docs/recherche.md").read_text("utf-8")
    [told] = re.findall(r"<!-- pertinence -->\n(.*?)\n<!-- /pertinence -->", page, re.DOTALL)
    assert table(found) == told
    assert sum(scores[OURS] for scores in found.values()) > sum(scores[ANY] for scores in found.values())


def test_sixty_questions_of_all_sorts() -> None:
    asked = questions()
    assert len({question.text for question in asked}) == 60
    assert len({question.who for question in asked}) >= 6


def test_an_order_is_judged_by_its_best() -> None:
    assert ndcg([3, 2, 0], [0, 2, 3]) == 1
    assert ndcg([0, 2, 3], [0, 2, 3]) < ndcg([2, 3, 0], [0, 2, 3]) < 1
    assert ndcg([], [3]) == ndcg([0], [0]) == 0
