"""Codes and their words: a member is its code everywhere, and knows how people read it."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from accroche.annuaire.regles import Niveau
from accroche.lib.libelles import Libelle


class Couleur(Libelle):
    """Some colours; empty when nobody said."""

    UNKNOWN = ""
    ROUGE = "rouge", "Rouge vif"
    VERT = "vert", "Vert"

    @property
    def is_warm(self) -> bool:
        return self is Couleur.ROUGE


def test_a_member_is_its_code_and_has_its_words() -> None:
    rouge = Couleur("rouge")
    assert rouge is Couleur.ROUGE
    assert {rouge.value, str(rouge), f"{rouge}", rouge} == {"rouge"}
    assert (rouge.label, Couleur.UNKNOWN.label, bool(Couleur.UNKNOWN)) == ("Rouge vif", "", False)
    assert json.dumps({rouge: [rouge]}) == '{"rouge": ["rouge"]}'
    assert {"rouge": 1}[rouge] == 1
    assert [code.value for code in Couleur] == ["", "rouge", "vert"]
    assert rouge.is_warm


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(ValueError, match="bleu"):
        Couleur("bleu")


def test_a_member_stays_itself_through_copies() -> None:
    assert copy.deepcopy(Niveau.LYCEE) is Niveau.LYCEE
    assert pickle.loads(pickle.dumps(Niveau.LYCEE)) is Niveau.LYCEE  # noqa: S301 - our own
