"""The poster of a sheet: one page whatever it says, with the way to its page, and readable by everybody."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from accroche.publications.documents.affiche import build
from accroche.publications.fiches import FicheAffichee
from accroche.publications.outline import Document, Facts, Image, Paragraph, Tone
from accroche.publications.renderers import pdf
from accroche.publications.versions import Imprint
from tests.publications.renderers.lecture_pdf import Reader, bare
from tests.verapdf import MissingVeraPdfError, validate

IMPRINT = Imprint("Bureau national", "https://accroche.example.fr")
ADDRESS = "https://accroche.example.fr/editions/2026-2027/academies/dijon/actions/cafe-des-parents/"
BARE = FicheAffichee("Café des parents", (), "Dijon", "2026-2027", ADDRESS, dt.date(2026, 11, 26))
FULL = replace(
    BARE,
    porteurs=("Collège Marcelle Pardé",),
    account="Les parents prennent un café avec le principal.\n\nEt puis on parle.",
    when="Du 15 au 19 mars 2027",
    place="Dijon",
    public="Collège et lycée",
)
LONGEST = replace(
    FULL,
    title=("Un forum des métiers inversé où les élèves interrogent celles et ceux qui reviennent " * 5)[:300],
    porteurs=tuple(
        f"Lycée polyvalent régional numéro {n} de Saint-Germain-du-Bois-d’Oingt" for n in range(9)
    ),
    account="Un très long récit, " * 60,
    when="Du lundi 15 au vendredi 19 mars 2027, et toute l’année dans les classes qui le veulent bien",
    place="Dijon, Saint-Germain-du-Bois-d’Oingt, Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson et Beaune",
    public="Premier degré, collège, lycée et lycée professionnel",
)
#: words that no line holds, a text that turns the others round, letters that the font lacks
HOSTILE = replace(
    LONGEST, title="\u202ealivès رزق " + "W" * 250, porteurs=("W" * 300,), account="W" * 900, when="W" * 90
)


def words(document: Document) -> str:
    return str([block for section in document.sections for block in section.blocks])


def test_it_says_what_the_sheet_says_and_stands_nothing_in_for_the_rest() -> None:
    document = build(FULL, IMPRINT)
    blocks = document.sections[0].blocks
    facts = next(block for block in blocks if isinstance(block, Facts))
    assert [label for label, _ in facts.items] == ["Quand", "Où", "Pour qui"]
    assert "Et puis on parle" not in words(document), "a passer-by reads the first paragraph"
    assert (document.title, document.subtitle) == ("Café des parents", "Collège Marcelle Pardé")
    assert (document.abstract, document.version) == ("Académie de Dijon", "Édition 2026-2027")
    bare_one = build(BARE, IMPRINT).sections[0].blocks
    assert [type(block) for block in bare_one] == [Image, Paragraph]
    assert isinstance(bare_one[1], Paragraph)
    assert bare_one[1].tone is Tone.NOTE
    assert build(LONGEST, IMPRINT).subtitle.endswith("et 6\xa0autres")


@pytest.mark.parametrize("told", [BARE, FULL, LONGEST, HOSTILE], ids=["bare", "full", "longest", "hostile"])
def test_it_holds_on_one_page_with_the_way_to_the_sheet(told: FicheAffichee) -> None:
    drawn = pdf.render(build(told, IMPRINT))
    with Reader(drawn) as reader:
        assert len(reader.pages) == 1
        assert ADDRESS in reader.addresses(0)
        text = bare(reader.texts[0])
        assert bare("Académie de Dijon") in text
        assert bare(told.title[:20].removeprefix("\u202e").split()[0]) in text
        assert "\u202e" not in reader.texts[0]
    assert drawn == pdf.render(build(told, IMPRINT)), "the same sheet, the same bytes"


def test_no_word_that_a_line_holds_is_cut() -> None:
    account = "Un collège et un lycée accueillent les collégiens, les lycéens et les apprentis. " * 3
    told = replace(FULL, account=account, porteurs=("Collège intercommunal Saint-Exupéry",) * 3)
    with Reader(pdf.render(build(told, IMPRINT))) as reader:
        found = set(reader.texts[0].split())
    assert {"collégiens,", "lycéens", "accueillent", "apprentis.", "intercommunal"} <= found


@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
@pytest.mark.parametrize("told", [BARE, HOSTILE], ids=["bare", "hostile"])
def test_it_keeps_the_standards(flavour: str, told: FicheAffichee) -> None:
    try:
        assert validate(pdf.render(build(told, IMPRINT)), flavour) == []
    except MissingVeraPdfError as error:
        pytest.skip(f"ACCESSIBILITY NOT CHECKED: {error}")
