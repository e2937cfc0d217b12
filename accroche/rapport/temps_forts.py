"""The events that a narrative states plainly; those it only speaks of are named, for a person to type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from accroche.campagne.regles import Autorite, TypeTempsFort
from accroche.dossier.dossier import ActionDossier, EtapeDossier, TempsFortDossier
from accroche.lib.dates import DateError, Window, format_windows, parse_windows
from accroche.lib.texte import capitale, liste
from accroche.rapport.etapes import listed_places, stopped
from accroche.rapport.evenements import AUTHORITY, Found, announced, find, find_in_action, speaks
from accroche.rapport.lieux import place_in
from accroche.rapport.lines import FOLDED_MONTHS, Line
from accroche.rapport.paragraphs import Paragraph
from accroche.rapport.phrases import flat, sentences, with_guillemets
from accroche.rapport.problems import Problems

# -- what is said of it -------------------------------------------------------------------------------------

_END: Final = re.compile(
    r"[,;.:(]| (?:(?:le|du|les) (?:\w+di )?[0-9]|en presence |sous la presidence |qui |dont |durant |avec "
    r"|pour |ainsi |a l'|au |aux |a la |a destination |destinee?s? |organisee?s? |(?:a|ont) (?:\w{2,20} )?"
    r"ete |a eu |venant |ou encore |ou une? |en partenariat|s'est |se sont |par (?:le|la|les) |en a[mv]\w+ )"
)
_QUOTED_THEME: Final = re.compile(r" sur le theme (?:de |d')?« ?([^»]{3,150}?) ?»")
_MONTHS: Final = "|".join(FOLDED_MONTHS)
_DAYS: Final = re.compile(
    rf"\b(?:du )?[0-9]{{1,2}}(?:er)?(?: (?:{_MONTHS}))?(?: (?:au|et) [0-9]{{1,2}}(?:er)?)? (?:{_MONTHS})"
    r"(?: [0-9]{4})?\b"
)
_OPENING: Final = re.compile(rf"(?:le )?(?:\w{{2,5}}di )?(?P<days>{_DAYS.pattern}),")
_PRESENT: Final = re.compile(
    rf"(?:(?:en )?presence|sous la presidence|presidee?s?|par|ouverte?s? par)(?: d[ue]| de la| des| de l')?"
    rf" (?:le |la |les |l')?({AUTHORITY})\b"
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
_BY_AUTHORITY: Final = re.compile(rf"\b{AUTHORITY} (?=d)")
#: « La Semaine s’est ouverte à Clairval avec… »
_BEFORE: Final = re.compile(
    r"\b(?:semaine|evenement|manifestation)[^.;:]{0,40}? s'est (?:ouverte?|tenue?|deroulee?)(?= a[u ])"
)
#: « La présentation à la presse, en présence du Recteur, du projet… »
_PRESENTED: Final = re.compile(
    r"(?:, |presse )(?P<what>(?:du |de la |de l'|des |d'une? )[^;:.,]{3,140}?)"
    r"(?= mise? en | en partenariat| en lien|[,;.:]|$)"
)
#: A longer title is a whole sentence.
_MAX_TITLE: Final = 160
_FIRST_WORDS: Final = 25
#: « au », « à la » before a place.
_ARTICLE: Final = 6


def read_temps_forts(
    narrative: Sequence[Paragraph], edition: str, problems: Problems
) -> tuple[TempsFortDossier, ...]:
    """Read the events that took place in the edition; a sentence that speaks of others is named.

    So is each that is read, with what was understood, as prose can say more than its words.
    """
    events: list[TempsFortDossier] = []
    awaited = 0  # elements of a list that the report says is of events
    before: Paragraph | None = None
    for paragraph, written in sentences(narrative):
        sentence = with_guillemets(written)
        folded = flat(sentence)
        if paragraph is not before:
            awaited = _still_awaited(awaited, before, paragraph)
        opens = paragraph is not before and (paragraph.bullet or awaited > 0)
        before = paragraph
        if _travelled(sentence, folded, events):
            _tell(paragraph.number, sentence, events[-1:], problems)
            continue
        found = find(sentence, folded, opens_element=opens, announced=awaited > 0)
        told = [_event(one, sentence, folded, _until(one, found, sentence), edition) for one in found]
        if found and all(told):
            read = [event for one in told if one for event in _visits(one, sentence, folded)]
            events += read
            _tell(paragraph.number, sentence, read, problems)
        elif _speaks(folded):
            problems.leave(
                paragraph.number,
                sentence,
                "Cette phrase parle d’un temps fort sans dire clairement qu’il a eu lieu, ni quand : elle "
                "reste dans le récit. Ajoutez-le à la main s’il le faut.",
            )
        awaited = (0 if paragraph.bullet else announced(folded)) or awaited
    return _once(events)


def _still_awaited(awaited: int, before: Paragraph | None, paragraph: Paragraph) -> int:
    """How many elements are awaited, this paragraph among them: signs end a list, without them its count."""
    if awaited == 0 or before is None or paragraph.bullet:
        return awaited
    return 0 if before.bullet else awaited - 1


def read_in_actions(
    actions: Iterable[ActionDossier], lines: Sequence[Line], edition: str, problems: Problems
) -> tuple[TempsFortDossier, ...]:
    """Read what the examples say of the semaine itself, when they tell its day: its opening, a programme."""
    events: list[TempsFortDossier] = []
    for action in actions:
        for _, sentence in sentences([Paragraph(0, action.description)]):
            folded = flat(sentence)
            for one in find_in_action(folded):
                event = _event(one, sentence, folded, len(sentence), edition)
                if event is None or event.starts is None:
                    continue
                if event.kind == TypeTempsFort.JOURNEE:
                    event = replace(
                        event, title=f"{capitale(sentence[one.start :].split(' ')[0])} : {action.title}"
                    )
                events.append(event)
                _tell(_line_of(sentence, lines), sentence, [event], problems)
    return _once(events)


def _once(events: Iterable[TempsFortDossier]) -> tuple[TempsFortDossier, ...]:
    return tuple({(one.title, one.kind, one.starts): one for one in events}.values())


def _line_of(sentence: str, lines: Sequence[Line]) -> int:
    """The line that holds the first words of a sentence; the first of all when it cannot be told."""
    start = flat(sentence[:_FIRST_WORDS])
    numbers = [line.number for line in lines if start in flat(line.text)]
    return (numbers or [lines[0].number])[0]


def _tell(number: int, sentence: str, events: Sequence[TempsFortDossier], problems: Problems) -> None:
    """Say what was understood of a sentence, for a person to check."""
    for event in events:
        days = format_windows([(event.starts, event.ends)]) if event.starts and event.ends else ""
        places = liste(stop.place for stop in event.stops) or event.place
        told = " – ".join(filter(None, (event.title, days, places)))
        problems.understand(number, sentence, f"Temps fort lu dans cette phrase : {told}. Vérifiez-le.")


def _until(one: Found, found: Sequence[Found], sentence: str) -> int:
    return next((other.start for other in found if other.start > one.start), len(sentence))


def _speaks(folded: str) -> bool:
    return bool("semaine" not in folded and _DAYS.search(folded)) or speaks(folded)


def _travelled(sentence: str, folded: str, events: list[TempsFortDossier]) -> bool:
    """Read the stops of what travelled, in the event told before or in one of its own, put last."""
    span = stopped(folded)
    places = listed_places(sentence, folded, span[1]) if span else ()
    if span is None or not places:
        return False
    title = capitale(sentence[slice(*span)].strip())
    known = next((one for one in events if flat(one.title).startswith(flat(title))), None)
    if known:
        events.remove(known)
    event = known or TempsFortDossier(title=title, kind=TypeTempsFort.TOURNEE)
    events.append(replace(event, stops=tuple(EtapeDossier(place) for place in places)))
    return True


def _visits(event: TempsFortDossier, sentence: str, folded: str) -> Iterator[TempsFortDossier]:
    """Part a visit of several schools, counted and listed, into as many; another event is left alone."""
    places = listed_places(sentence, folded, 0) if event.kind == TypeTempsFort.VISITE else ()
    for place in places:
        yield replace(event, title=f"Visite : {place}", place=place)
    if not places:
        yield event


def _event(found: Found, sentence: str, folded: str, until: int, edition: str) -> TempsFortDossier | None:
    """Describe an event, None when its days cannot be told."""
    days = [match.group() for match in _DAYS.finditer(folded, 0 if found.name else found.start, until)]
    if not days and (opening := _OPENING.match(folded)):  # « Le 17 mars 2016, une table ronde s’est tenue… »
        days = [opening["days"]]
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
        place=_place(found, sentence, folded, until),
        authorities=Autorite.in_order(who),
    )


def _place(found: Found, sentence: str, folded: str, until: int) -> str:
    opening = _BEFORE.search(folded, 0, found.start)
    if opening:
        return place_in(sentence, folded, opening.end(), found.start)
    if found.kind is TypeTempsFort.VISITE:
        return ""  # « la présence du Recteur au colloque »: what is visited is in the title
    start = found.start - _ARTICLE if found.name.startswith("Intervention ") else found.start
    return place_in(sentence, folded, max(0, start), until)


def _title(found: Found, sentence: str, folded: str) -> str:
    """Its name as it is written, a quoted theme included: « Séminaire “Persévérer” »."""
    end = _END.search(folded, found.start)
    close = end.start() if end else len(folded)
    quote = sentence.find("«", found.start)
    if -1 < quote < close and (shut := sentence.find("»", quote)) > 0:
        close = shut + 1
    title = sentence[found.start : close].strip(" ,;.")
    if found.kind is TypeTempsFort.PRESSE and (what := _PRESENTED.search(folded, found.start)):
        title = f"{title.partition(' ')[0]} {sentence[what.start('what') : what.end('what')]}"
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
