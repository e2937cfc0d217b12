"""Addresses as people type them: cleaned, refused in words, or asked about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.integrations.courriel import AdresseError, acheminable, domaine_voisin, nettoyee, proposition
from accroche.integrations.courriel.domaines import ACADEMIES, FREQUENT, REAL


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Camille.Petit@AC-Dijon.fr", "Camille.Petit@ac-dijon.fr"),
        ("  camille@ac-dijon.fr.\u00a0", "camille@ac-dijon.fr"),
        ("mailto:camille@ac-dijon.fr", "camille@ac-dijon.fr"),
        ("<camille@ac-dijon.fr>;", "camille@ac-dijon.fr"),
        ("\u200bcamille@ac-dijon.fr", "camille@ac-dijon.fr"),
        ("o'neil+projet@ac-dijon.fr", "o'neil+projet@ac-dijon.fr"),
        ("contact@collège-deux.fr", "contact@collège-deux.fr"),
    ],
)
def test_what_was_pasted_around_an_address_goes(typed: str, kept: str) -> None:
    assert nettoyee(typed) == kept
    assert acheminable(typed).isascii()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "incomplète"),
        ("dupont", "incomplète"),
        ("dupont@", "incomplète"),
        ("@ac-dijon.fr", "incomplète"),
        ("a@gmailcom", "incomplète"),
        ("ce.0819902@ac-toulouse.fr, secretariat@college-deux.fr", "plusieurs adresses"),
        ("a@b.fr;c@d.fr", "plusieurs adresses"),
        ("secrétariat@college-trois.fr", "sans accent, par exemple secretariat@college-trois.fr"),
        ("a@אb1.fr", "n’est pas une adresse"),
        ("a@exemple.fr\r\nRCPT TO:<b@exemple.fr>", "plusieurs adresses"),
        ("a b@ac-dijon.fr", "n’est pas une adresse"),
        ("a..b@ac-dijon.fr", "n’est pas une adresse"),
        ("a@-dijon.fr", "n’est pas une adresse"),
        ("a@ac-dijon..fr", "n’est pas une adresse"),
        ("a@127.0.0.1", "n’est pas une adresse"),
        ("a@\u202eb.fr", "n’est pas une adresse"),
        ("a" * 65 + "@ac-dijon.fr", "n’est pas une adresse"),
        ("a@" + "b" * 64 + ".fr", "n’est pas une adresse"),
    ],
)
def test_what_is_no_address_is_told_with_what_to_change(typed: str, said: str) -> None:
    with pytest.raises(AdresseError, match=said):
        nettoyee(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.fr", "gmail.com"),
        ("orange.f", "orange.fr"),
        ("hotmial.fr", "hotmail.fr"),
        ("laposte.nt", "laposte.net"),
        ("yahooo.fr", "yahoo.fr"),
        ("wanado.fr", "wanadoo.fr"),
        ("sfr.ft", "sfr.fr"),
        ("ac-toulouse.f", "ac-toulouse.fr"),
        ("ac-toulouse.com", "ac-toulouse.fr"),
        ("ac-montpelier.fr", "ac-montpellier.fr"),
        ("actoulouse.fr", "ac-toulouse.fr"),
        ("education.gouv.f", "education.gouv.fr"),
        # somebody's, however close
        ("yahoo.de", ""),
        ("hotmail.it", ""),
        ("ymail.com", ""),
        ("orange.com", ""),
        ("afr.fr", ""),
        ("fred.fr", ""),
        ("lycee-dijon.fr", ""),
        ("ac-dijon.fr", ""),
        ("", ""),
    ],
)
def test_a_domain_near_a_frequent_one_is_asked_about(typed: str, meant: str) -> None:
    assert domaine_voisin(typed) == meant
    assert proposition(f"camille@{typed}") == (f"camille@{meant}" if meant else "")


def test_no_domain_that_is_known_is_asked_about() -> None:
    assert [name for name in (*ACADEMIES, *FREQUENT, *REAL) if domaine_voisin(name)] == []


@given(st.text(max_size=80) | st.from_regex(r"[a-zé.]{1,9}@[a-z.א-ת-]{1,20}\.[a-z]{1,4}", fullmatch=True))
def test_whatever_is_typed_is_cleaned_once_or_refused(text: str) -> None:
    proposition(text)
    try:
        cleaned = nettoyee(text)
    except AdresseError:
        return
    assert nettoyee(cleaned) == cleaned
    assert acheminable(cleaned).isascii()
