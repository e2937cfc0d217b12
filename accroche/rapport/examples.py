"""The second page of a sheet: the note on the examples, what precedes them, and the actions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from accroche.dossier.dossier import ActionDossier, LienSaisi, RessourceDossier, SourceAction
from accroche.lib.texte import capitale
from accroche.rapport.addresses import Foot, assemble
from accroche.rapport.lines import Line, fact, folded
from accroche.rapport.paragraphs import Paragraph, as_text, paragraphs
from accroche.rapport.plausible import check_action
from accroche.rapport.porteurs import read_title
from accroche.rapport.problems import Problems

#: Signs that start an action: the Wingdings arrow of the report, and what other readers make of it.
MARKS: Final = ("\uf0d8", "➢", "►", "▶", "➤", "⮚")
_MAX_TITLE_LINES = 4
# A title line this long has been wrapped; a shorter one ends the title.
_FULL_LINE = 60
_MAX_BRACKET = 80
#: A shorter title in capitals is an acronym.
_MIN_CAPITALS = 20
_MAX_HEADING = 140
_HEADING = re.compile(
    r"(?:(?:quelques |des |les )?exemples? (?:d'|de )(?:actions?|projets?|initiatives?|operations?)\b"
    r"|(?:quelques|zoom sur (?:les|des|quelques)|focus sur (?:les|des|quelques)) "
    r"(?:actions?|projets?|initiatives?)\b"
    r"|actions? (?:remarquables?|phares?|exemplaires?|valorisees?|marquantes?) (?:de |dans |en |a )l?'?acad)"
)
_MAX_BLANKS = 2
_MAX_ANNOUNCEMENT = 200
_VERBS = (
    "voir",
    "ecouter",
    "acceder",
    "lire",
    "consulter",
    "decouvrir",
    "telecharger",
    "regarder",
    "retrouver",
)
_INVITATION = re.compile(
    r"(?:voir|[ée]couter|acc[ée]der|lire|consulter|d[ée]couvrir|t[ée]l[ée]charger|regarder|retrouver)"
    r"(?: (?:aux|au|à) | )(?:(?:les|le|la) |l’)?",
    re.IGNORECASE,
)
_SHEET = re.compile(r"experitheque/(?:(?!experitheque/)\S)*[?&]idFiche=([0-9]{1,9})(?![0-9])", re.IGNORECASE)
_PRIZE_WON = re.compile(
    r"\ba (?:obtenu|reçu|remporté) (?:le|un) (prix [^.;,()]{2,80}?)(?: en [0-9]{4})?(?=[.;,()]|$)",
    re.IGNORECASE,
)
_NOTICED = re.compile(r"\ba été (?:remarquée?|primée?|récompensée?|lauréate?|distinguée?)\b", re.IGNORECASE)
_VIDEO = re.compile(r"https?://(?:[\w-]+\.)*(?:youtube|youtu|dailymotion|vimeo)\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Examples:
    """What the second page says."""

    note: str = ""
    source: SourceAction = SourceAction.SEMAINE
    ressources: tuple[RessourceDossier, ...] = ()
    actions: tuple[ActionDossier, ...] = ()


def is_action(line: Line) -> bool:
    """Tell whether a line starts an action."""
    return line.text.startswith(MARKS)


def is_examples_heading(line: Line) -> bool:
    """Tell whether a line is the title of the second page: « Exemples d’actions mises en œuvre dans… »."""
    return _HEADING.match(folded(line.text[:_MAX_HEADING])) is not None and line.text[-1] not in ".:;,"


def ressource(address: str, title: str = "") -> RessourceDossier:
    """Describe an address the text only cites: a video by its host, a site otherwise."""
    return RessourceDossier(title, "video" if _VIDEO.match(address) else "site", address)


def read_examples(lines: Sequence[Line], foot: Foot, problems: Problems) -> Examples:
    """Read the lines that follow the title of the page."""
    start = next((rank for rank, line in enumerate(lines) if is_action(line)), len(lines))
    note: list[Paragraph] = []
    ressources: list[RessourceDossier] = []
    for paragraph in paragraphs(lines[:start], foot, problems):
        if paragraph.lone_address:
            title = note.pop().text if note and not note[-1].text.endswith(".") else ""
            ressources.extend(
                ressource(address, _without_invitation(title)) for address in paragraph.addresses
            )
        else:
            note.append(paragraph)
            ressources.extend(ressource(address) for address in paragraph.addresses)
    text = as_text(note)
    source = _source(text)
    blocks: list[list[Line]] = []
    for line in lines[start:]:
        if is_action(line):
            blocks.append([])
        blocks[-1].append(line)
    capitals = next((block[0] for block in blocks if _is_in_capitals(block[0].text)), None)
    if capitals is not None:
        problems.note(
            capitals.number,
            capitals.text,
            "Des titres d’action sont tout en capitales : qui porte l’action et où s’y lisent moins bien. "
            "Vérifiez-les.",
        )
    found = (_action(block, source, foot, problems) for block in blocks)
    return Examples(text, source, tuple(ressources), tuple(a for a in found if a is not None))


def _is_in_capitals(title: str) -> bool:
    return title.isupper() and len(title) > _MIN_CAPITALS


def _source(note: str) -> SourceAction:
    key = folded(note[:2_000])
    if "experitheque" in key:
        return SourceAction.EXPERITHEQUE
    if "cardie" in key or "centre academique recherche" in key:
        return SourceAction.CARDIE
    return SourceAction.SEMAINE


def _action(
    block: Sequence[Line], source: SourceAction, foot: Foot, problems: Problems
) -> ActionDossier | None:
    first = block[0]
    start = first.text[1:].lstrip()
    texts = [start] if start else []
    rank = 1
    while (
        rank < len(block)
        and len(texts) < _MAX_TITLE_LINES
        and _continues_title(texts, block[rank - 1], block[rank])
    ):
        texts.append(block[rank].text)
        rank += 1
    title = assemble(texts, foot)
    if not title.strip(" ,;"):
        problems.note(
            first.number,
            first.text,
            "Cette action n’a pas de titre : elle n’est pas reprise. Ajoutez-le.",
        )
        return None
    description, links = _description(paragraphs(block[rank:], foot, problems))
    title_line = read_title(title, description)
    if title_line.doubt:
        problems.note(first.number, title, title_line.doubt)
    if not description:
        problems.note(
            first.number,
            title,
            "Cette action n’a pas de description. Complétez-la ou laissez-la telle quelle.",
        )
    won = _PRIZE_WON.search(description)
    prize = title_line.prize or (capitale(won.group(1)) if won else "")
    sheet = next((m for m in (_SHEET.search(link.url) for link in links) if m), None)
    action = ActionDossier(
        title=title_line.title,
        porteurs=title_line.porteurs,
        liens=links,
        description=description,
        prize=prize,
        remarkable=bool(prize) or _NOTICED.search(description) is not None,
        source=source,
        experitheque_id=int(sheet.group(1)) if sheet else None,
    )
    return check_action(action, first.number, problems)


def _continues_title(texts: Sequence[str], previous: Line, line: Line) -> bool:
    """Tell whether a line goes on with the title: wrapped, or only the commune in brackets."""
    if not texts:
        return True
    text = line.text
    if text[0] == "(" and text[-1] == ")" and len(text) <= _MAX_BRACKET:
        return line.blanks <= _MAX_BLANKS and "://" not in text
    if line.blanks:
        return False
    if texts[-1][-1] in ",;(–-":
        return True
    return len(texts[-1]) >= _FULL_LINE and line.page == previous.page


def _description(found: Sequence[Paragraph]) -> tuple[str, tuple[LienSaisi, ...]]:
    """Separate the text of an action from its links, which the line above each announces."""
    text: list[Paragraph] = []
    links: dict[str, str] = {}
    for paragraph in found:
        label = ""
        if paragraph.lone_address:
            if text and _announces(text[-1]):
                label = _without_invitation(text.pop().text)
        else:
            text.append(paragraph)
        for address in paragraph.addresses:
            sheet = _SHEET.search(address)
            links.setdefault(address, f"Fiche Expérithèque n° {sheet.group(1)}" if sheet else label)
    return as_text(text), tuple(LienSaisi(url, label) for url, label in links.items())


def _announces(paragraph: Paragraph) -> bool:
    return not paragraph.bullet and not paragraph.addresses and announces_link(paragraph.text)


def announces_link(text: str) -> bool:
    """Tell whether a text only says what the address under it shows: « Voir la vidéo : »."""
    return len(text) <= _MAX_ANNOUNCEMENT and folded(text).startswith(_VERBS) and ". " not in text


def _without_invitation(text: str) -> str:
    """Say what the link shows: « Voir la vidéo du projet : » is « Vidéo du projet »."""
    rest = fact(text).rstrip(" :")
    invitation = _INVITATION.match(rest)
    if invitation and invitation.end() < len(rest):
        rest = rest[invitation.end() :]
    return capitale(rest)
