"""The table of kinds: each found by its name, drawn in formats there are, read at an address there is."""

from __future__ import annotations

import pytest
from django.urls import get_resolver

from accroche.commun import lieux
from accroche.lib.texte import slug
from accroche.publications import fichiers
from accroche.publications.documents.kinds import KINDS, SYNTHESE, Kind, Reads
from accroche.publications.renderers import FORMATS
from tests.test_matrix import addresses

NAMES = {name for name, _ in addresses(get_resolver())}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_kind_says_what_is_needed_of_it(kind: Kind) -> None:
    assert kind.name == slug(kind.name)  # it stands in addresses, files and commands
    assert KINDS[kind.name] is kind
    assert (kind.page or lieux.route(kind.name)) in NAMES
    assert set(kind.formats) <= set(FORMATS)


def test_no_two_kinds_write_the_same_file() -> None:
    paths = [fichier.path for kind in KINDS.values() for fichier in fichiers.fichiers_of(kind).values()]
    assert len(paths) == len(set(paths))


def test_the_files_of_the_synthesis_keep_their_names() -> None:
    told = {one.name: (one.path, one.format, one.label) for one in fichiers.fichiers_of(SYNTHESE).values()}
    assert told == {
        "synthese.pdf": ("synthese.pdf", "PDF", "La synthèse, mise en page"),
        "synthese.docx": ("synthese.docx", "DOCX", "La synthèse, à modifier"),
        "synthese.html": ("synthese.html", "HTML", "Cette page, à garder"),
        "donnees.xlsx": ("donnees/donnees.xlsx", "XLSX", "Les données, dans un classeur"),
        "donnees.zip": ("donnees/donnees.zip", "ZIP de CSV", "Les données et leur schéma"),
        "donnees.json": ("donnees/donnees.json", "JSON", "Les données et leur origine"),
    }


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_what_an_academie_reads_is_somebody_s_to_read(kind: Kind) -> None:
    """A document of an edition is as public as it; one of an académie tells of sheets that are not."""
    assert (kind.right is not None) == (kind.reads is Reads.ACADEMIE)


def test_a_kind_offers_the_formats_that_suit_it() -> None:
    only = Kind("affiche", "L’affiche", Reads.EDITION, SYNTHESE.build, formats=("pdf",))
    assert list(fichiers.fichiers_of(only)) == ["affiche.pdf"]
