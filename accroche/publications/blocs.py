"""Parts that several documents share: provenances, key figures, the sheet of an académie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from accroche.annuaire.regles import Niveau
from accroche.campagne.phrases import absence_told, alliances_told, appel_told, partner_told, presence_told
from accroche.campagne.regles import StatutSemaine, TypeRessource, TypeTempsFort
from accroche.dossier.comptage import ANNOUNCED, are_counted, is_counted
from accroche.dossier.dossier import SemaineDossier
from accroche.dossier.exemples import exemples
from accroche.lib.chiffres import Chiffre, Kind, Total, format_chiffre, format_chiffres
from accroche.lib.dates import format_date, format_window, format_windows
from accroche.lib.texte import (
    NBSP,
    capitale,
    de,
    en_lettres,
    liste,
    nombre,
    ordinal_feminin,
    pluriel,
    slug,
    typographie,
)
from accroche.publications.outline import (
    Block,
    BulletList,
    Callout,
    Event,
    Facts,
    Figure,
    KeyFigure,
    KeyFigures,
    LevelBoxes,
    Line,
    Link,
    Paragraph,
    Provenance,
    Ref,
    Section,
    SectionKind,
    Text,
    Timeline,
    Tone,
)
from accroche.publications.vignettes import example, site_of

#: What each figure of a sheet counts: field, label, provenance suffix.
SHEET_FIGURES = (
    ("actions_figures", "actions identifiées", "actions"),
    ("etablissements_figures", "écoles et établissements impliqués", "etablissements"),
)
OTHER_PERIMETER = "autre périmètre, non additionné"


class Provenances:
    """Collects the provenance of each figure a document prints, in order of first use."""

    def __init__(self) -> None:
        """Start empty."""
        self._known: dict[str, Provenance] = {}

    def figure(self, text: str, provenance: Provenance) -> Figure:
        """Register ``provenance``, its label typeset, and return the figure that points to it."""
        typeset = replace(provenance, label=typographie(provenance.label))
        self._known.setdefault(provenance.id, typeset)
        return Figure(text, provenance.id)

    def all(self) -> tuple[Provenance, ...]:
        """Every provenance registered."""
        return tuple(self._known.values())


def text(content: str) -> Line:
    """Return a line of plain text, typeset."""
    return (Text(typographie(content)),)


def paragraphs(content: str, tone: Tone = Tone.BODY) -> tuple[Paragraph, ...]:
    """Paragraphs from a text that separates them by an empty line."""
    parts = (" ".join(part.split()) for part in content.replace("\r", "").split("\n\n"))
    return tuple(Paragraph(text(part), tone) for part in parts if part)


def sheet_id(academie: str) -> str:
    """Return the anchor of an académie's sheet, stable over editions."""
    return f"academie-{slug(academie)}"


def example_id(academie: str, rank: int) -> str:
    """Return the anchor of an example of an académie, by its place among them, from one."""
    return f"{sheet_id(academie)}-exemple-{rank}"


def references(names: Iterable[str]) -> Line:
    """Académies as links to their sheets: « Caen, Lille et Paris »."""
    items = list(names)
    line: list[Text | Ref] = []
    for position, name in enumerate(items):
        if position:
            line.append(Text(" et " if position == len(items) - 1 else ", "))
        line.append(Ref(name, sheet_id(name)))
    return tuple(line)


def total_provenance(ident: str, label: str, printed: str, total: Total, edition: str) -> Provenance:
    """Where a national total comes from: each académie's figures, and who is missing."""
    rows = tuple(
        (name, typographie(format_chiffres(figures)), _notes(figures)) for name, figures in total.parts
    )
    counted = len(total.counted)
    who = f"{nombre(counted)}{NBSP}{pluriel(counted, 'académie', 'académies')}, édition {edition}. "
    if is_counted(total):
        statement = (
            f"Compté sur les fiches publiées sur Accroche dans {who}"
            "Une académie sans fiche publiée n’est pas comptée comme zéro ; ce que les académies annoncent "
            "figure à côté et n’est pas additionné. La liste des fiches est dans les données de la synthèse."
        )
    else:
        statement = (
            f"Somme des nombres donnés par {who}{_reserves(total)}"
            "N.C. n’est pas compté comme zéro ; un autre périmètre n’est pas additionné."
        )
    return Provenance(id=ident, label=label, value=printed, statement=typographie(statement), rows=rows)


def _reserves(total: Total) -> str:
    """Say in sentences why a sum is no proven bound; nothing when it is one."""
    told = []
    if total.rough:
        told.append(f"{liste(total.rough)} : nombre approché.")
    if total.overlapping:
        told.append(f"{liste(total.overlapping)} : plusieurs nombres, où les mêmes peuvent se retrouver.")
    if total.is_bare_sum:
        told.append("Le vrai total peut donc être plus grand ou plus petit que cette somme.")
    return "".join(f"{sentence} " for sentence in told)


def counted_provenance(ident: str, label: str, printed: str, names: Sequence[str], rule: str) -> Provenance:
    """Return where a count of académies comes from: the rule, and the académies counted."""
    who = f"{'C’est' if len(names) == 1 else 'Ce sont'} {liste(names)}." if names else "Il n’y en a aucune."
    return Provenance(id=ident, label=label, value=printed, statement=typographie(f"{rule} {who}"))


def _notes(figures: Iterable[Chiffre]) -> str:
    notes = []
    for figure in figures:
        parts = [figure.note] if figure.note else []
        if not figure.additive and not figure.note and figure.source != ANNOUNCED:
            parts.append(f"{format_chiffre(figure)} : {OTHER_PERIMETER}")
        notes += parts
    return typographie(" ; ".join(notes))


def sheet_figure(semaine: SemaineDossier, field: str, label: str, suffix: str, into: Provenances) -> Figure:
    """One figure of an académie's sheet, with its provenance."""
    figures: tuple[Chiffre, ...] = getattr(semaine, field)
    printed = typographie(_headline(figures))
    sources = liste(dict.fromkeys(figure.source for figure in figures if figure.source))
    return into.figure(
        printed,
        Provenance(
            id=f"p-{slug(semaine.academie)}-{suffix}",
            label=typographie(f"Académie {de(semaine.academie)} : {label}"),
            value=printed,
            statement=typographie(
                f"{_declared(figures)}{f' ({sources})' if sources else ''}{_signed(semaine)}."
            ),
            rows=_told(figures, label),
        ),
    )


def _signed(semaine: SemaineDossier) -> str:
    told = absence_told(semaine.absence_by, semaine.absence_on, semaine.absence_word)
    return f" ; l’absence de données est {told.replace('signé', 'signée', 1)}" if told else ""


def _declared(figures: tuple[Chiffre, ...]) -> str:
    kinds = {figure.kind for figure in figures}
    if are_counted(figures):
        if figures[0].value is None:
            return "Aucune fiche n’est publiée à ce jour, ce qui n’est pas zéro action"
        return "Compté sur les fiches publiées, dont la liste est dans les données de la synthèse"
    if kinds <= {Kind.UNAVAILABLE}:
        return "Aucun chiffre n’est disponible pour cette académie"
    if kinds == {Kind.NOT_COMMUNICATED}:
        return "L’académie a répondu sans communiquer ce nombre"
    return "Chiffre déclaré par l’académie"


def _told(figures: tuple[Chiffre, ...], label: str) -> tuple[tuple[str, str, str], ...]:
    """Return the rows of a sheet figure; a single bare one says nothing more than its value."""
    if len(figures) == 1 and not (figures[0].perimeter or figures[0].note):
        return ()
    return tuple(
        (typographie(figure.perimeter or label), format_chiffre(figure), _notes((figure,)))
        for figure in figures
    )


def _headline(figures: tuple[Chiffre, ...]) -> str:
    """Return what is printed large: the additive figures, « 31 + 58 » when there are several."""
    shown = [figure for figure in figures if figure.additive] or list(figures)
    return " + ".join(format_chiffre(figure) for figure in shown) if shown else "non disponible"


def _detail(figures: tuple[Chiffre, ...]) -> str:
    """Return what is printed small under a figure: perimeters, notes and the other perimeters."""
    parts = [figure.perimeter for figure in figures if figure.additive and figure.perimeter]
    parts += [
        f"{format_chiffre(f)} {f.perimeter} ({OTHER_PERIMETER})"
        for f in figures
        # what the académie announces beside a count is told by the note of the count
        if not f.additive and f.source != ANNOUNCED
    ]
    parts += [figure.note for figure in figures if figure.note]
    return typographie(" ; ".join(dict.fromkeys(parts)))


def academie_sheet(
    semaine: SemaineDossier,
    axis_labels: dict[str, str],
    provenances: Provenances,
    published: int | None = None,
) -> Section:
    """Return the sheet of one académie: its semaine on one side, its example actions on the other.

    An académie that did not answer keeps its sheet, which says so (domain rule 2). ``published``: how many
    actions it has, where ``semaine`` holds its examples alone.
    """
    fiches = len(semaine.actions) if published is None else published
    unavailable = semaine.status == StatutSemaine.UNAVAILABLE and not fiches
    blocks: list[Block] = [*_state(semaine, fiches)]
    blocks.append(
        LevelBoxes(
            "Niveaux concernés",
            tuple((level.label, semaine.reaches(level)) for level in Niveau),
            unknown=not (semaine.levels or semaine.levels_unknown),
        )
    )
    blocks.append(
        KeyFigures(
            tuple(
                KeyFigure(
                    sheet_figure(semaine, field, label, suffix, provenances),
                    label,
                    _detail(getattr(semaine, field)),
                )
                for field, label, suffix in SHEET_FIGURES
            )
        )
    )
    if facts := _facts(semaine):
        blocks.append(Facts(facts))
    if not unavailable:
        blocks += paragraphs(semaine.narrative)
    sections = []
    if semaine.axes:
        items = tuple(_axis(axis_labels.get(kept.code, kept.code), kept.detail) for kept in semaine.axes)
        sections.append(
            _part(semaine, "axes", "Axes de travail pour la prochaine édition", BulletList(items))
        )
    if partners := _partners(semaine):
        sections.append(_part(semaine, "partenaires", "Partenaires", *partners))
    if semaine.strategie:
        sections.append(_part(semaine, "strategie", "La politique de l’académie", _strategy(semaine)))
    if semaine.temps_forts:
        sections.append(_part(semaine, "temps-forts", "Temps forts", _timeline(semaine)))
    if semaine.ressources:
        sections.append(_part(semaine, "ressources", "Ressources", _resources(semaine)))
    if semaine.medias:
        sections.append(_part(semaine, "medias", "Dans les médias", _media(semaine)))
    if fiches:
        note = paragraphs(semaine.examples_note, Tone.NOTE)
        shown = exemples(semaine)
        cards = (
            replace(example(action), id=example_id(semaine.academie, rank))
            for rank, action in enumerate(shown, start=1)
        )
        title = pluriel(len(shown), "Exemple d’action", "Exemples d’actions") if shown else "Actions"
        sections.append(_part(semaine, "actions", title, *note, *_others(fiches, len(shown)), *cards))
    return Section(
        id=sheet_id(semaine.academie),
        title=typographie(f"Académie {de(semaine.academie)}"),
        summary=capitale(format_windows(semaine.windows)) if semaine.windows else "Dates non communiquées",
        blocks=tuple(blocks),
        sections=tuple(sections),
        kind=SectionKind.SHEET,
    )


def _others(total: int, shown: int) -> tuple[Paragraph, ...]:
    """Say how many sheets are no examples, and where they are; nothing when all of them are."""
    if shown == total:
        return ()
    are = pluriel(total, "action est publiée", "actions sont publiées")
    published = f"Dans cette académie, {nombre(total)}{NBSP}{are}"
    if shown:
        others = total - shown
        some = f"{en_lettres(shown, 'une')} {pluriel(shown, 'est montrée', 'sont montrées')} ici en exemple"
        told = (
            f"{published}{NBSP}; {some}. "
            f"{pluriel(others, 'L’autre figure', f'Les {nombre(others)} autres figurent')} "
            "dans les données de la synthèse."
        )
    else:
        told = (
            f"{published}{NBSP}; elle n’en a pas encore choisi en exemple. "
            f"{pluriel(total, 'Elle figure', 'Elles figurent')} dans les données de la synthèse."
        )
    return (Paragraph(text(told), Tone.NOTE),)


def _state(semaine: SemaineDossier, fiches: int) -> tuple[Callout, ...]:
    """What the académie has not told, or not yet; nothing once it reported."""
    if semaine.status == StatutSemaine.PREPARING:
        told = (
            f"L’académie {de(semaine.academie)} n’a pas rendu compte de sa semaine à ce jour : "
            "cette fiche montre ce qui est publié."
        )
        return (Callout("Compte rendu attendu", text(told)),)
    if semaine.status == StatutSemaine.UNAVAILABLE and not fiches:
        told = f"Les données de l’académie {de(semaine.academie)} ne sont pas disponibles pour cette édition."
        return (Callout("Données non disponibles", text(told)),)
    return ()


def _part(semaine: SemaineDossier, suffix: str, title: str, *blocks: Block) -> Section:
    return Section(id=f"{sheet_id(semaine.academie)}-{suffix}", title=title, blocks=blocks)


def _axis(label: str, detail: str) -> Line:
    named = typographie(label)
    if not detail:
        return (Text(named, strong=True),)
    return (Text(f"{named}.", strong=True), Text(f" {capitale(typographie(detail))}"))


def _facts(semaine: SemaineDossier) -> tuple[tuple[str, Line], ...]:
    rank = f"{ordinal_feminin(semaine.ordinal)} édition" if semaine.ordinal else ""
    told = (
        ("Rang", rank),
        ("Bassins appelés", appel_told(semaine.appel, semaine.bassins)),
        ("Intitulé", semaine.title),
        ("Thème", liste(semaine.themes)),
        ("Service pilote", semaine.pilot),
        ("Parrain", semaine.sponsor),
        ("Financement", semaine.funding),
        ("Comité de pilotage", semaine.committee),
        (
            StatutSemaine.UNAVAILABLE.label,
            absence_told(semaine.absence_by, semaine.absence_on, semaine.absence_word),
        ),
    )
    return tuple((label, text(capitale(value))) for label, value in told if value)


def _partners(semaine: SemaineDossier) -> tuple[Block, ...]:
    """What partners did, between whom the alliances are, and who is cited, with its part."""
    parts: list[Block] = [*paragraphs(semaine.partners_narrative)]
    if told := alliances_told(semaine.alliances, semaine.portage):
        parts.append(Paragraph(text(" ".join(told))))
    if semaine.partners:
        names = liste(partner_told(partner.name, partner.role) for partner in semaine.partners)
        parts.append(Facts((("Partenaires cités", text(names)),)))
    return tuple(parts)


def _strategy(semaine: SemaineDossier) -> BulletList:
    return BulletList(
        tuple(
            _dated(one.title, one.url, format_date(one.date) if one.date else "") for one in semaine.strategie
        )
    )


def _media(semaine: SemaineDossier) -> BulletList:
    return BulletList(
        tuple(
            _dated(one.media, one.url, one.kind.label.lower(), format_date(one.date) if one.date else "")
            for one in semaine.medias
        )
    )


def _dated(title: str, url: str, *aside: str) -> Line:
    """A title, which leads where it can be read, and in brackets what is known besides."""
    named = typographie(title)
    told = ", ".join(filter(None, aside))
    name = Link(named, url) if url else Text(named)
    return (name, Text(f" ({told})")) if told else (name,)


def _timeline(semaine: SemaineDossier) -> Timeline:
    return Timeline(
        "Temps forts de la semaine",
        tuple(
            Event(
                when=capitale(format_window((event.starts, event.ends or event.starts)))
                if event.starts
                else "",
                kind=TypeTempsFort(event.kind).label if event.kind else "",
                title=typographie(event.title),
                place=typographie(event.place),
                summary=typographie(
                    " ".join(filter(None, (event.summary, presence_told(event.authorities))))
                ),
                stops=tuple(typographie(stop.place) for stop in event.stops),
            )
            for event in semaine.temps_forts
        ),
    )


def _resources(semaine: SemaineDossier) -> BulletList:
    items: list[Line] = []
    for resource in semaine.ressources:
        # a past report gives bare addresses, without saying what kind of resource they lead to
        kind = TypeRessource(resource.kind).label if resource.kind else "Page"
        title = typographie(resource.title) or site_of(resource.url)
        name = Link(title, resource.url) if resource.url else Text(title)
        suffix = {True: "", None: ", publication non précisée"}.get(
            resource.published,
            f", {TypeRessource(resource.kind).unpublished}" if resource.kind else ", non publiée",
        )
        same = slug(title).startswith(slug(kind))
        items.append((name, Text(suffix if same else f" ({kind.lower()}{suffix})")))
    return BulletList(tuple(items))
