"""The events that a narrative states plainly; those it only speaks of are named, for a person to type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from accroche.campagne.regles import Autorite, TypeTempsFort
from accroche.dossier.dossier import TempsFortDossier
from accroche.imports.rapport.paragraphs import Paragraph
from accroche.imports.rapport.phrases import flat, sentences
from accroche.imports.rapport.problems import Problems
from accroche.lib.dates import MONTHS, DateError, Window, parse_windows
from accroche.lib.texte import capitale

#: What an event is called, in the order in which they are looked for: the narrow ones first.
_NOUNS: Final = (
    (TypeTempsFort.LANCEMENT, r"(?:demi-)?journees? d'(?:ouverture|lancement)"),
    (TypeTempsFort.FORMATION, r"journees? (?:academiques? )?de (?:formation|professionnalisation)"),
    (
        TypeTempsFort.JOURNEE,
        r"journees? (?:academiques?|departementales?|d'etudes?|de l'innovation|de la perseverance)",
    ),
    (TypeTempsFort.SEMINAIRE, r"seminaires?"),
    (TypeTempsFort.TABLE_RONDE, r"tables? rondes?"),
    (TypeTempsFort.CONFERENCE, r"conferences?"),
    (TypeTempsFort.SALON, r"salons?"),
    (TypeTempsFort.TOURNEE, r"forums? itinerants?"),
    (TypeTempsFort.FORUM, r"forums?"),
    (TypeTempsFort.CEREMONIE, r"ceremonies?"),
)
_KINDS: Final = tuple((kind, re.compile(noun)) for kind, noun in _NOUNS)
_NOUN: Final = rf"(?P<noun>\b(?:{'|'.join(noun for _, noun in _NOUNS)})\b)"
#: A text that speaks of an event, whether or not it says it took place.
_SPOKEN: Final = re.compile(
    rf"{_NOUN}|\bvisites?\b|\bcolloques?\b|\bwebinaires?\b|\btemps forts?\b|\binaugur\w+|\btournee\b"
    r"|\b(?:ouverture|lancement|cloture) de la semaine\b|\b(?:recteur|rectrice|dasen|prefet)\b"
)
_COUNT: Final = r"(?P<count>une?|deux|trois|quatre|cinq|plusieurs|des)"
_THE: Final = r"(?:l'|la |le |les |sa |son |leur )?(?:premi\w+ |second\w* |grande? )?"

# -- the ways of saying that it took place; read without accents nor capitals -------------------------------

_DONE: Final = r"\b(?:a|ont) (?!ete )(?:\w{2,20} )?(?!ete )"
_ORGANISED: Final = re.compile(_DONE + r"(?:organise|mis en place|tenu)\b")
_OBJECT: Final = re.compile(rf"\b{_COUNT} (?:premi\w+ |grande?s? )?{_NOUN}")
_HELD: Final = re.compile(
    rf"\b(?:{_COUNT} |{_THE}){_NOUN}[^.;:]{{0,120}}? "
    r"(?:(?:a|ont) (?:\w{2,20} )?ete (?:organise|mise? en place|tenu)|(?:s'est|se sont) (?:tenu|deroule)"
    r"|a eu lieu)"
)
_HOLDING: Final = re.compile(
    rf"\b(?:la tenue|l'organisation|la mise en place) (?:d'(?P<count>une?) |du |de la |de |des ){_NOUN}"
)
#: The line of a list that is about events.
_LISTED: Final = re.compile(rf"(?:{_COUNT} |{_THE}){_NOUN}")
_CALLED: Final = re.compile(_DONE + r"organise [^«.;]{0,60}\b(?:intitule|appele|baptise|denomme)e?s? « ?")
_AUTHORITY: Final = (
    r"(?:recteur|rectrice|dasen|directeurs? academiques?|directrice academique|inspect\w{2,12}|prefete?"
    r"|ministre|secretaire d'etat|elus|maire|autorites academiques)"
)
_BY_AUTHORITY: Final = re.compile(rf"\b{_AUTHORITY} (?=d)")
_VISIT: Final = re.compile(
    r"\b(?P<noun>visites?)\b(?: (?:d'|de |du |des )[^.;:]{3,120}?)? par "
    rf"(?:le |la |l'|les )?{_AUTHORITY}\b"
)
_CLOSED: Final = re.compile(
    r"\b(?:evenement|semaine|manifestation)[^.;:]{0,60}? a ete cloturee? par (?:le |la |l'|une? )?"
    r"(?P<noun>\w+)"
)
# What is told of another year, or is only wished for.
_NOT_NOW: Final = re.compile(
    r"\b(?:avait|avaient|sera|seront|serait|seraient|pourrai\w+|devra\w*|souhait\w+|envisag\w+|prevoi\w+|aurait"
    r"|auraient|annulee?s?|reportee?s?|n'a pas|n'ont pas|prochaine edition|an prochain|edition precedente"
    r"|l'an dernier|edition [0-9]{4}-[0-9]{4})\b"
)
#: What only comes back to an event told before.
_AGAIN: Final = re.compile(
    r"\b(?:ce|cet|cette|ces|lors d\w*|durant|a l'issue d\w*|a l'occasion d\w*) (?:\w+ )?$"
)

# -- what is said of it -------------------------------------------------------------------------------------

_END: Final = re.compile(
    r"[,;.:(]| (?:le|du|les) (?:\w+di )?[0-9]| en presence | sous la presidence | qui | dont | durant | avec "
    r"| pour | ainsi | a l'| au | aux | a la | a destination | organisee?s? | (?:a|ont) (?:\w{2,20} )?ete "
    r"| a eu | s'est | se sont | par (?:le|la|les) | en a[mv]\w+ "
)
_QUOTED_THEME: Final = re.compile(r" sur le theme (?:de |d')?« ?([^»]{3,150}?) ?»")
_MONTHS: Final = "|".join(map(flat, MONTHS))
_DAYS: Final = re.compile(
    rf"\b(?:du )?[0-9]{{1,2}}(?:er)?(?: (?:{_MONTHS}))?(?: (?:au|et) [0-9]{{1,2}}(?:er)?)? (?:{_MONTHS})"
    r"(?: [0-9]{4})?\b"
)
_PRESENT: Final = re.compile(
    rf"(?:en presence|sous la presidence|presidee?s?|par|ouverte?s? par)(?: d[ue]| de la| des| de l')?"
    rf" (?:le |la |les |l')?({_AUTHORITY})\b"
)
_WHO: Final = (
    ("recteur", Autorite.RECTEUR),
    ("rectrice", Autorite.RECTEUR),
    ("dasen", Autorite.DASEN),
    ("direct", Autorite.DASEN),
    ("inspect", Autorite.INSPECTEUR),
    ("prefet", Autorite.PREFET),
    ("ministre", Autorite.MINISTRE),
    ("secretaire", Autorite.MINISTRE),
    ("elus", Autorite.ELUS),
    ("maire", Autorite.ELUS),
    ("autorites", Autorite.AUTRE),
)
#: A longer title is a whole sentence.
_MAX_TITLE: Final = 160


@dataclass(frozen=True, slots=True)
class _Found:
    """An event in a sentence: where its name begins, what it is, how it is counted, its name in quotes."""

    start: int
    kind: TypeTempsFort
    count: str = ""
    name: str = ""


def read_temps_forts(
    narrative: Sequence[Paragraph], edition: str, problems: Problems
) -> tuple[TempsFortDossier, ...]:
    """Read the events that took place in the edition; a sentence that speaks of others is named."""
    events: list[TempsFortDossier] = []
    for paragraph, sentence in sentences(narrative):
        folded = flat(sentence)
        found = [] if _NOT_NOW.search(folded) else sorted(_found(paragraph, sentence, folded), key=_start)
        told = [_event(one, sentence, folded, _until(one, found, sentence), edition) for one in found]
        if found and all(told):
            events += filter(None, told)
        elif _speaks(folded):
            problems.leave(
                paragraph.number,
                sentence,
                "Cette phrase parle d’un temps fort sans dire clairement qu’il a eu lieu, ni quand : elle "
                "reste dans le récit. Ajoutez-le à la main s’il le faut.",
            )
    return tuple({(one.title, one.kind, one.starts): one for one in events}.values())


def _start(one: _Found) -> int:
    return one.start


def _until(one: _Found, found: Sequence[_Found], sentence: str) -> int:
    return next((other.start for other in found if other.start > one.start), len(sentence))


def _speaks(folded: str) -> bool:
    return bool("semaine" not in folded and _DAYS.search(folded)) or any(
        not _AGAIN.search(folded[: match.start()]) for match in _SPOKEN.finditer(folded)
    )


def _found(paragraph: Paragraph, sentence: str, folded: str) -> Iterator[_Found]:
    if match := _CALLED.search(folded):
        name = sentence[match.end() :].partition("»")[0].strip()
        if kind := _kind(flat(name)):
            yield _Found(match.end(), kind, name=name)
        return
    if match := _CLOSED.search(folded):
        yield _Found(match.start("noun"), TypeTempsFort.CLOTURE)
        return
    if match := _VISIT.search(folded):
        yield _Found(match.start("noun"), TypeTempsFort.VISITE)
        return
    matches = []
    if match := _ORGANISED.search(folded):
        matches += list(_OBJECT.finditer(folded, match.end()))
    if not matches:
        matches += [one for one in (_HELD.search(folded), _HOLDING.search(folded)) if one][:1]
    if not matches and paragraph.bullet and paragraph.text.startswith(sentence):
        matches += [one for one in (_LISTED.match(folded),) if one]
    for match in matches:
        if kind := _kind(match["noun"]):
            yield _Found(match.start("noun"), kind, count=match["count"] or "")


def _kind(folded: str) -> TypeTempsFort | None:
    return next((kind for kind, noun in _KINDS if noun.match(folded)), None)


def _event(found: _Found, sentence: str, folded: str, until: int, edition: str) -> TempsFortDossier | None:
    """Describe an event, None when its days cannot be told."""
    days = [match.group() for match in _DAYS.finditer(folded, 0 if found.name else found.start, until)]
    window: Window | None = None
    if days:
        try:
            (window,) = parse_windows(days, edition)
        except (DateError, ValueError):  # of another year, or several
            return None
    present = {match.group(1) for match in _PRESENT.finditer(folded, found.start, until)}
    who = {code for start, code in _WHO for one in present if one.startswith(start)}
    return TempsFortDossier(
        title=found.name or _title(found, sentence[:until], folded[:until]),
        kind=found.kind,
        starts=window[0] if window else None,
        ends=window[1] if window else None,
        authorities=Autorite.in_order(who),
    )


def _title(found: _Found, sentence: str, folded: str) -> str:
    """Its name as it is written, a quoted theme included: « Séminaire “Persévérer” »."""
    end = _END.search(folded, found.start)
    close = end.start() if end else len(folded)
    quote = sentence.find("«", found.start)
    if -1 < quote < close and (shut := sentence.find("»", quote)) > 0:
        close = shut + 1
    title = sentence[found.start : close].strip(" ,;.")
    if (
        found.kind is TypeTempsFort.VISITE and " " not in title
    ):  # « la visite par le recteur de trois collèges »
        title = _visited(sentence, folded, close)
    theme = _QUOTED_THEME.search(folded, found.start)
    if theme:
        before = title[: max(0, theme.start() - found.start)] or title
        title = f"{before} « {sentence[theme.start(1) : theme.end(1)]} »"
    if found.count not in {"", "un", "une", "des"}:
        title = f"{found.count} {title}"
    return capitale(title[:_MAX_TITLE].strip())


def _visited(sentence: str, folded: str, start: int) -> str:
    what = _BY_AUTHORITY.search(folded, start)
    if what is None:
        return "Visite"
    begin = what.end()
    end = _END.search(folded, begin)
    return f"Visite {sentence[begin : end.start() if end else len(sentence)]}"
