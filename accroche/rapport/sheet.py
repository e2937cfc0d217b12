"""One académie's sheet: its lines sorted by what they say, then each part read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from accroche.dossier.dossier import (
    ActionDossier,
    AxeRetenu,
    RessourceDossier,
    SemaineDossier,
    StatutSemaine,
)
from accroche.lib.chiffres import Chiffre, parse
from accroche.rapport.addresses import Foot, is_complete, split_foot
from accroche.rapport.alliances import read_alliances, read_appel
from accroche.rapport.axes import announcement
from accroche.rapport.examples import (
    Examples,
    is_action,
    is_examples_heading,
    read_examples,
    ressource,
)
from accroche.rapport.fields import (
    is_box,
    read_axes,
    read_chiffres,
    read_dates,
    read_niveaux,
    read_ordinal,
    read_sponsor,
)
from accroche.rapport.labels import is_partners_heading
from accroche.rapport.lines import Line, folded
from accroche.rapport.paragraphs import Paragraph, as_text, paragraphs
from accroche.rapport.pilotage import read_pilotage
from accroche.rapport.plausible import check_counts, check_ordinal, check_windows, known_academie
from accroche.rapport.problems import Problems
from accroche.rapport.ressources import read_ressources
from accroche.rapport.sections import Section, academie_name
from accroche.rapport.temps_forts import read_in_actions, read_temps_forts

_OPENING: Final = 300
_NO_DATA_OF = re.compile(r"academie (?:de |d'|du |des )(?P<name>[^.]{2,40}?) ne sont")
_FUNDS: Final = "fonds structurels européens"


@dataclass(slots=True)
class _Page:
    """The lines of the first page, by what they say."""

    narrative: list[Line] = field(default_factory=list)
    axes: list[Line] = field(default_factory=list)
    boxes: list[Line] = field(default_factory=list)
    actions: list[Line] = field(default_factory=list)
    etablissements: list[Line] = field(default_factory=list)
    partenaires: list[Line] = field(default_factory=list)
    partenaires_heading: bool = False
    announced_axes: int = 0
    keep_announcement: bool = False


def read_sheet(section: Section, edition: str, problems: Problems) -> SemaineDossier:
    """Read one sheet; what cannot be read is noted in ``problems`` and left empty."""
    cut = next(
        (rank for rank, line in enumerate(section.lines) if is_action(line) or is_examples_heading(line)),
        len(section.lines),
    )
    first, foot_1 = split_foot(section.lines[:cut], links_at_end=False)
    second, foot_2 = split_foot(section.lines[cut:], links_at_end=True)
    foot = _foot([*foot_1, *foot_2], problems)
    page = _sort(first, problems)
    problems.take(line.number for line in (*page.boxes, *page.actions[:1], *page.etablissements[:1]))
    narrative = paragraphs(page.narrative, foot, problems)
    partenaires = paragraphs(page.partenaires, foot, problems)
    narrative = [p for p in narrative if not _is_of_another(p, section, problems)]
    unavailable = any(_says_unavailable(p.text) for p in narrative)
    axes, rest = _axes(page, foot, problems)
    narrative = [p for p in (*narrative, *rest) if not _says_unavailable(p.text)]
    if unavailable:
        second = [line for line in second if not _says_unavailable(line.text)]
    examples = _examples(second, section, foot, problems)
    actions, etablissements = _chiffres(page, section, f"Synthèse nationale {edition}", problems, unavailable)
    texts = [*narrative, *partenaires]
    alliances, portage = read_alliances(partenaires, problems)
    appel, bassins = read_appel(narrative, problems)
    pilot, committee = read_pilotage(narrative, problems)
    levels, unknown = read_niveaux(page.boxes, section.number, problems)
    semaine = SemaineDossier(
        academie=section.name,
        windows=read_dates(section.dates, edition, problems),
        ordinal=read_ordinal(narrative),
        status=StatutSemaine.UNAVAILABLE if unavailable else StatutSemaine.REPORTED,
        levels=levels,
        levels_unknown=unknown,
        actions_figures=actions,
        etablissements_figures=etablissements,
        pilot=pilot,
        committee=committee,
        sponsor=read_sponsor(texts),
        funding=_FUNDS if any(_FUNDS in p.text for p in texts) else "",
        narrative=as_text(p for p in narrative if not p.lone_address),
        partners_narrative=as_text(p for p in partenaires if not p.lone_address),
        axes=axes,
        temps_forts=(
            *read_temps_forts(narrative, edition, problems),
            *read_in_actions(examples.actions, second, edition, problems),
        ),
        ressources=(*_ressources(texts, examples, foot), *read_ressources(narrative, problems)),
        actions=_remarkable(examples.actions, actions),
        examples_note=examples.note,
        alliances=alliances,
        portage=portage,
        appel=appel,
        bassins=bassins,
    )
    _check(semaine, page, section, problems)
    check_windows(semaine.windows, edition, section.number, problems)
    check_ordinal(semaine.ordinal, section.number, problems)
    for figures, lines, what in (
        (actions, page.actions, "d’actions"),
        (etablissements, page.etablissements, "d’écoles et d’établissements"),
    ):
        check_counts(figures, what, lines[0].number if lines else section.number, problems)
    return semaine


def _foot(lines: Sequence[Line], problems: Problems) -> Foot:
    for line in lines:
        if not is_complete(line.text):
            problems.note(
                line.number,
                line.text,
                "Cette adresse du pied de page n’est pas entière : elle n’est pas reprise. Complétez-la.",
            )
    return Foot.of(line.text for line in lines)


def _sort(lines: Sequence[Line], problems: Problems) -> _Page:
    """Sort the lines of the first page: a known line opens a part, plain text goes on with it."""
    page = _Page()
    opened = page.narrative
    for rank, line in enumerate(lines):
        part = _part(line, page)
        if part is page.partenaires:
            opened = part
            page.partenaires_heading = True
            continue
        if part is not None:
            opened = part
        elif opened is page.narrative:
            following = lines[rank + 1].text if rank + 1 < len(lines) else ""
            found = announcement(line.text, following)
            if found is not None:
                page.announced_axes, opens_sentence = found
                _keep(page, line, opens_sentence=opens_sentence)
                opened = page.axes
        elif opened is page.boxes or _after_chiffre(opened, page, line):
            problems.note(
                line.number,
                line.text,
                "Ce texte n’est rattaché à aucune rubrique de la fiche : il n’est pas repris. Placez-le sous "
                "« Partenaires » ou dans le récit.",
            )
            continue
        opened.append(line)
    return page


def _part(line: Line, page: _Page) -> list[Line] | None:
    """Give the part a line opens, None for plain text."""
    if is_box(line):
        return page.boxes
    key = folded(line.text[:60])
    if key.startswith("nombre d'action"):
        return page.actions
    if key.startswith(("nombre d'ecole", "nombre d'etablissement")):
        return page.etablissements
    if is_partners_heading(line.text) and not page.partenaires_heading:
        return page.partenaires
    return None


def _keep(page: _Page, line: Line, *, opens_sentence: bool) -> None:
    """Keep in the narrative an announcement that says more than the number of axes.

    The lines of its paragraph that came before go along with it.
    """
    if opens_sentence and (line.blanks or not page.narrative):
        return
    page.keep_announcement = True
    blanks = line.blanks
    while page.narrative and not blanks:
        previous = page.narrative.pop()
        page.axes.insert(0, previous)
        blanks = previous.blanks


def _after_chiffre(opened: list[Line], page: _Page, line: Line) -> bool:
    """Tell whether a line comes after a figure that a blank line has ended."""
    if line.blanks == 0 or (opened is not page.actions and opened is not page.etablissements):
        return False
    return any(other.text.partition(":")[2].strip() or rank for rank, other in enumerate(opened[:2]))


def _says_unavailable(text: str) -> bool:
    key = folded(text[:_OPENING])
    return key.startswith("les donnees") and "ne sont pas disponibles" in key


def _is_of_another(paragraph: Paragraph, section: Section, problems: Problems) -> bool:
    """Tell, and note, whether the paragraph says that another académie gave no data."""
    if not _says_unavailable(paragraph.text):
        return False
    found = _NO_DATA_OF.search(folded(paragraph.text[:_OPENING]))
    name = known_academie(found["name"]) if found else ""
    if not name or name == section.name:
        return False
    problems.note(
        paragraph.number,
        paragraph.text,
        f"Cette phrase parle de l’académie « {name} » dans la fiche de « {section.name} » : elle n’y est pas "
        "reprise. Vérifiez les deux fiches, qui sont peut-être mêlées.",
    )
    return True


def _axes(page: _Page, foot: Foot, problems: Problems) -> tuple[tuple[AxeRetenu, ...], list[Paragraph]]:
    """Read the list of axes; what surrounds it belongs to the narrative."""
    if not page.axes:
        return (), []
    found = paragraphs(page.axes, foot, problems)
    bullets = [p for p in found if p.bullet]
    rest = [p for p in found if not p.bullet]
    if not page.keep_announcement:
        rest = rest[1:]
    return read_axes(bullets, page.announced_axes, page.axes[0].number, problems), rest


def _examples(second: Sequence[Line], section: Section, foot: Foot, problems: Problems) -> Examples:
    if second and is_examples_heading(second[0]):
        heading = second[0]
        name = academie_name(heading.text[max(0, heading.text.rfind("Académie")) :])
        if name is not None and name != section.name:
            problems.note(
                heading.number,
                heading.text,
                f"Ce titre nomme l’académie « {name} » dans la fiche de « {section.name} » : ses actions "
                "sont rattachées à la fiche. Vérifiez qu’il ne manque pas un titre d’académie au-dessus.",
            )
        second = second[1:]
    intruder = next((line for line in second if is_box(line) or is_examples_heading(line)), None)
    if intruder is not None:
        problems.note(
            intruder.number,
            intruder.text,
            f"Une autre fiche semble commencer plus haut, dans les actions de « {section.name} » : son titre "
            "« Académie de … » manque ou n’est pas seul sur sa ligne. Rétablissez-le et relisez le rapport.",
        )
    return read_examples(second, foot, problems)


def _chiffres(
    page: _Page, section: Section, source: str, problems: Problems, unavailable: bool
) -> tuple[tuple[Chiffre, ...], tuple[Chiffre, ...]]:
    if unavailable and not any(
        ":" in line.text.rstrip(": -–—/") for line in (*page.actions, *page.etablissements)
    ):
        return parse("", source=source), parse("", source=source)
    return (
        read_chiffres(page.actions, "d’actions", section.number, source, problems),
        read_chiffres(page.etablissements, "d’écoles et d’établissements", section.number, source, problems),
    )


def _ressources(texts: Iterable[Paragraph], examples: Examples, foot: Foot) -> tuple[RessourceDossier, ...]:
    """List the addresses of the narrative, then those of the foot that no other text cites."""
    found: dict[str, RessourceDossier] = {}
    for paragraph in texts:
        for address in paragraph.addresses:
            found.setdefault(address, ressource(address))
    for other in examples.ressources:
        found.setdefault(other.url, other)
    taken = {link.url for action in examples.actions for link in action.liens}
    for address in foot.addresses:
        if address not in taken:
            found.setdefault(address, ressource(address))
    return tuple(found.values())


def _remarkable(actions: tuple[ActionDossier, ...], figures: Sequence[Chiffre]) -> tuple[ActionDossier, ...]:
    """Mark every action when the figure calls them all remarquables (« 5 dites “remarquables” »)."""
    total = figures[0]
    if total.value != len(actions) or "remarquable" not in f"{total.perimeter} {total.note}":
        return actions
    return tuple(replace(action, remarkable=True) for action in actions)


def _check(semaine: SemaineDossier, page: _Page, section: Section, problems: Problems) -> None:
    """Report the parts that a sheet should have and that were not found."""
    missing: list[str] = []
    if not section.dates:
        missing.append("les dates de la semaine, sous le titre (par exemple « 14 – 19 mars 2016 »)")
    if not page.partenaires_heading:
        missing.append("le titre « Partenaires »")
    if semaine.status is StatutSemaine.REPORTED:
        if not semaine.narrative:
            missing.append("le récit")
        if not page.axes:
            missing.append("la phrase qui annonce les axes de travail et leur liste")
        if not semaine.actions:
            missing.append(
                "les exemples d’actions (chacun commence par une puce, sous le titre des exemples)"
                if any(map(is_examples_heading, section.lines))
                else "les exemples d’actions, et leur titre (« Exemples d’actions… », « Quelques actions… »)"
            )
    if missing:
        problems.note(
            section.number,
            f"Académie : {section.name}",
            f"Il manque dans cette fiche : {' ; '.join(missing)}. Complétez le texte, ou la fiche une fois "
            "importée.",
        )
