"""What a sheet says in set phrases: its alliances, who weaves them, and which bassins were called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from accroche.campagne.regles import Alliances, Appel, Portage
from accroche.rapport.axes import read_number
from accroche.rapport.lines import fact, folded
from accroche.rapport.paragraphs import Paragraph
from accroche.rapport.phrases import flat
from accroche.rapport.plausible import MAX_COMMUNE
from accroche.rapport.problems import Problems

#: Characters of a paragraph that are read: longer than any of a sheet, and no text costs more.
_READ: Final = 4_000
_SENTENCE: Final = re.compile(r"(?<=[.!?…]) ")
_UNSAID: Final = {"n.c.", "n.c", "nc", "nc.", "non communique", "non communique."}

# -- alliances: read without accents nor capitals -----------------------------------------------------------

_SUBJECT: Final = re.compile(r"\b(?:alliances?|partenariats?)\b")
_SIDES: Final = re.compile(r"\b(?:internes?|externes?)\b")
#: In this order: the narrow wordings first.
_ALLIANCES: Final = (
    (Alliances.INTERNES_EXTERNES, re.compile(r"\binternes? (?:et|qu')\W*externes?\b")),
    (Alliances.INTERNES, re.compile(r"\b(?:uniquement|exclusivement|seulement) internes?\b")),
    (
        Alliances.SURTOUT_INTERNES,
        re.compile(r"\b(?:souvent|majoritairement|principalement|surtout|plutot|generalement) internes?\b"),
    ),
    (Alliances.INTERNES, re.compile(r"\bsont internes? a\b")),
)
#: Said of who took part, without the word.
_BOTH_TOOK_PART: Final = re.compile(
    r"\bacteurs de l'education nationale et (?:plusieurs|de nombreux|des) partenaires\b"
)
_WOVEN: Final = re.compile(r"\b(?:tisse|noue)e?s?\b")
_FORMED: Final = re.compile(
    r"\bformee?s? par les acteurs locaux(?P<services> et les services academiques)?\b"
)
_BY_PORTEURS: Final = re.compile(r"\b(?:porteurs de projets?|acteurs locaux)\b")
_BY_SERVICES: Final = re.compile(r"\b(?:(?:services|autorites) academiques|au niveau academique)\b")


def read_alliances(box: Sequence[Paragraph], problems: Problems) -> tuple[Alliances, Portage]:
    """Read the partners box: between whom the alliances are, and who weaves them; empty when it is silent.

    A phrase about them that is not understood is reported, and so is one that contradicts another.
    """
    if folded(" ".join(paragraph.text[:_READ] for paragraph in box)) in _UNSAID:
        return Alliances.NC, Portage.NC
    return _alliances(box, problems), _portage(box, problems)


def _alliances(box: Sequence[Paragraph], problems: Problems) -> Alliances:
    found: dict[Alliances, Paragraph] = {}
    doubtful: list[tuple[Paragraph, str]] = []
    for paragraph, sentence in _sentences(box):
        code = _sides(sentence)
        if code:
            found.setdefault(code, paragraph)
        elif _SUBJECT.search(sentence) and _SIDES.search(sentence):
            doubtful.append((paragraph, sentence))
    if len(found) > 1:
        told = " », « ".join(code.label.lower() for code in found)
        paragraph = list(found.values())[-1]
        _not_understood(
            paragraph, paragraph.text, f"Les alliances sont dites de deux façons, « {told} »", problems
        )
        return Alliances.UNKNOWN
    # with a plain phrase beside it, one that says more of outside partners only adds to it
    if not found:
        if {side[0] for _, sentence in doubtful for side in _SIDES.findall(sentence)} == {"i", "e"}:
            # one sentence tells of those inside, another of those outside
            return Alliances.INTERNES_EXTERNES
        for paragraph, sentence in doubtful:
            _not_understood(
                paragraph, sentence, "Cette phrase sur les alliances n’est pas comprise", problems
            )
    return next(iter(found), Alliances.UNKNOWN)


def _sides(sentence: str) -> Alliances:
    if _BOTH_TOOK_PART.search(sentence):
        return Alliances.INTERNES_EXTERNES
    if not _SUBJECT.search(sentence):
        return Alliances.UNKNOWN
    return next((code for code, phrase in _ALLIANCES if phrase.search(sentence)), Alliances.UNKNOWN)


def _portage(box: Sequence[Paragraph], problems: Problems) -> Portage:
    porteurs = services = said = False
    formed = Portage.UNKNOWN
    for paragraph, sentence in _sentences(box):
        if match := _FORMED.search(sentence):
            formed = Portage.LES_DEUX if match["services"] else Portage.PORTEURS
        if not (_WOVEN.search(sentence) and _SUBJECT.search(sentence)):
            continue
        by = bool(_BY_PORTEURS.search(sentence)), bool(_BY_SERVICES.search(sentence))
        if not any(by):
            _not_understood(
                paragraph, sentence, "Cette phrase ne dit pas qui noue les partenariats", problems
            )
            continue
        said, porteurs, services = True, porteurs or by[0], services or by[1]
    if not said:
        return formed
    if porteurs and services:
        return Portage.LES_DEUX
    return Portage.PORTEURS if porteurs else Portage.SERVICES


def _sentences(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, str]]:
    for paragraph in paragraphs:
        for sentence in _SENTENCE.split(folded(paragraph.text[:_READ])):
            yield paragraph, sentence


def _not_understood(paragraph: Paragraph, excerpt: str, what: str, problems: Problems) -> None:
    problems.note(
        paragraph.number, excerpt, f"{what} : elle n’est pas reprise. Complétez la fiche à la main."
    )


# -- bassins: read without accents nor capitals; names are kept as they are written -------------------------

_VERB: Final = (
    r"(?:ont ete|sont|etaient) (?:selectionnes|mobilises|retenus|choisis|appeles|sollicites|invites)"
)
_KIND: Final = r"(?: educatifs| d'education(?: et de formation)?)?(?: de l'academie)?"
_ALL: Final = re.compile(rf"\b(?:tous les|l'ensemble des) bassins{_KIND} {_VERB}")
_SOME: Final = re.compile(rf"\b(?P<count>\w+) bassins{_KIND} {_VERB}")
_BASSINS: Final = re.compile(r"\bbassins\b")
_NAME: Final = re.compile(
    r"\b[Bb]assin (?:de l’|de la |de |du |des |d’)(?P<name>[^,;.]+?)(?=,|;|\.|$| et (?:le |celui |du bassin))"
)


def read_appel(narrative: Sequence[Paragraph], problems: Problems) -> tuple[Appel, tuple[str, ...]]:
    """Read which bassins were called to take part, and their names; empty when the narrative is silent."""
    for rank, paragraph in enumerate(narrative):
        text = fact(paragraph.text[:_READ])
        plain = flat(text)
        if not _BASSINS.search(plain):
            continue
        if _ALL.search(plain):
            return Appel.TOUS, ()
        if match := _SOME.search(plain):
            names = _names(text[match.end() :], narrative[rank + 1 :])
            _check_count(match["count"], names, paragraph, problems)
            return Appel.CERTAINS, names
        _not_understood(
            paragraph, paragraph.text, "Cette phrase ne dit pas quels bassins ont été appelés", problems
        )
    return Appel.UNKNOWN, ()


def _names(rest: str, following: Sequence[Paragraph]) -> tuple[str, ...]:
    """The names that end the sentence, or those of the list it announces."""
    sentence = rest.partition(". ")[0]
    told = [sentence]
    if sentence.rstrip().endswith(":"):
        told = []
        for paragraph in following:
            if not paragraph.bullet:
                break
            told.append(fact(paragraph.text[:_READ]))
    found = (match["name"].strip() for text in told for match in _NAME.finditer(text))
    return tuple(dict.fromkeys(found))


def _check_count(word: str, names: Sequence[str], paragraph: Paragraph, problems: Problems) -> None:
    announced = read_number(word)
    if not names or (announced is not None and announced != len(names)):
        problems.note(
            paragraph.number,
            paragraph.text,
            f"Le texte annonce « {word.lower()} bassins », et {len(names)} y sont nommés : vérifiez.",
        )
    for name in names:
        if len(name) > MAX_COMMUNE:
            problems.note(
                paragraph.number,
                name,
                f"Ce nom de bassin fait {len(name)} caractères : un autre texte y est sans doute mêlé. "
                "Vérifiez la liste des bassins.",
            )
