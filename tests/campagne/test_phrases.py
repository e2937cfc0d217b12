"""The new facts of a semaine in sentences: nothing is said of what nobody said."""

from __future__ import annotations

import pytest

from accroche.campagne.phrases import alliances_told, appel_told, partner_told, presence_told
from accroche.campagne.regles import Alliances, Appel, Autorite, Portage, RoleSemaine


@pytest.mark.parametrize("alliances", Alliances)
@pytest.mark.parametrize("portage", Portage)
def test_each_answer_has_its_sentence_and_no_answer_has_none(alliances: Alliances, portage: Portage) -> None:
    told = alliances_told(alliances, portage)
    assert len(told) == bool(alliances) + bool(portage)
    assert all(sentence.endswith(".") for sentence in told)


def test_two_answers_are_told_in_two_ways() -> None:
    told = {alliances_told(one, Portage.UNKNOWN) for one in Alliances}
    told |= {alliances_told(Alliances.UNKNOWN, one) for one in Portage}
    assert len(told) == len(Alliances) + len(Portage) - 1


@pytest.mark.parametrize(
    ("appel", "bassins", "told"),
    [
        (Appel.UNKNOWN, (), ""),
        (Appel.UNKNOWN, ("Beaune",), ""),
        (Appel.TOUS, ("Beaune",), "Tous les bassins"),
        (Appel.CERTAINS, (), "Certains bassins seulement"),
        (Appel.CERTAINS, ("Beaune", "Auxerre"), "Certains bassins seulement : Beaune et Auxerre"),
    ],
)
def test_bassins_are_named_where_certain_ones_were_called(
    appel: Appel, bassins: tuple[str, ...], told: str
) -> None:
    assert appel_told(appel, bassins) == told


def test_partners_and_authorities() -> None:
    assert partner_told("CANOPE", RoleSemaine.UNKNOWN) == "CANOPE"
    assert partner_told("CANOPE", RoleSemaine.INTERVIENT) == "CANOPE (intervient)"
    assert presence_told(()) == ""
    assert (
        presence_told((Autorite.RECTEUR, Autorite.ELUS)) == "Autorités présentes : recteur ou rectrice, élus."
    )
