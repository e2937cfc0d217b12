"""The first chapters: the edition at a glance, the introduction, what the figures say."""

from __future__ import annotations

from accroche.campagne.regles import Indicateur
from accroche.dossier.bilan import Bilan
from accroche.lib.chiffres import Total, format_reserves
from accroche.lib.texte import NBSP, capitale, en_lettres, liste, pluriel, typographie
from accroche.publications.blocs import references, text
from accroche.publications.documents.synthese.essentiel import messages
from accroche.publications.documents.synthese.tirage import Tirage
from accroche.publications.outline import (
    Block,
    Callout,
    KeyFigure,
    KeyFigures,
    Line,
    Paragraph,
    Ref,
    Section,
    SectionKind,
    Text,
    Tone,
)
from accroche.publications.textes import rich_section
from accroche.publications.visuels import action_chart, level_chart, tile_map


def overview(tirage: Tirage) -> Section:
    """The edition on a page: key figures, key messages, what they leave out."""
    computed = tirage.bilan
    everyone = len(tirage.dossier.semaines)
    later = tuple(name for name, _ in computed.later)
    schools = tirage.detail(computed.etablissements)
    figures = KeyFigures(
        (
            KeyFigure(tirage.actions(), "actions identifiées", tirage.detail(computed.actions)),
            KeyFigure(tirage.schools(), "écoles et établissements impliqués", schools),
            KeyFigure(
                tirage.reported(f"{len(computed.reported)}{NBSP}/{NBSP}{everyone}"),
                pluriel(len(computed.reported), "académie a rendu compte", "académies ont rendu compte"),
            ),
            KeyFigure(
                tirage.first(),
                pluriel(len(computed.first), "première édition", "premières éditions"),
                _already(len(later)),
            ),
        ),
        source=tirage.source,
    )
    blocks: list[Block] = [figures, *messages(tirage)]
    if missing := _missing(tirage):
        blocks.append(Callout("Ce que ces totaux ne disent pas", missing))
    return Section("en-bref", "L’édition en bref", tuple(blocks), kind=SectionKind.CHAPTER)


def _missing(tirage: Tirage) -> Line:
    line: list[Text | Ref] = []
    if tirage.counted:
        return _without_sheet(tirage)
    groups = (
        (tirage.bilan.actions.missing, "d’actions"),
        (tirage.bilan.etablissements.missing, "d’écoles et d’établissements"),
    )
    for names, what in groups:
        if names:
            if line:
                line.append(Text(" "))
            line += [part for part in references(names) if isinstance(part, Text | Ref)]
            verb = pluriel(len(names), "n’a pas communiqué son", "n’ont pas communiqué leur")
            line.append(Text(f" {verb} nombre {what}."))
    if absent := tirage.bilan.unavailable:
        whose = pluriel(len(absent), "de l’académie suivante", "des académies suivantes")
        line.append(Text(f"{' ' if line else ''}Les données {whose} ne sont pas disponibles : "))
        line += [part for part in references(absent) if isinstance(part, Text | Ref)]
        line.append(Text("."))
    if everything := tirage.bilan.etablissements.uncounted_all:
        if line:
            line.append(Text(" "))
        line += [part for part in references(everything) if isinstance(part, Text | Ref)]
        verb = pluriel(len(everything), "dit", "disent")
        line.append(Text(f" {verb} « tous » sans donner de nombre."))
    return tuple(Text(typographie(p.text), p.strong) if isinstance(p, Text) else p for p in line)


def _without_sheet(tirage: Tirage) -> Line:
    names = (*tirage.bilan.actions.missing, *tirage.bilan.actions.unavailable)
    if not names:
        return ()
    verb = pluriel(len(names), "n’a pas encore", "n’ont pas encore")
    told = Text(typographie(f" {verb} de fiche publiée : ce n’est pas zéro action."))
    return (*references(names), told)


def introduction(tirage: Tirage) -> Section:
    """What the edition is about, in the words of its records; a passage without words is left out."""
    untitled: list[Block] = []
    sections = []
    for number, (title, body) in enumerate(tirage.dossier.introduction, start=1):
        told = rich_section(f"introduction-{number}", typographie(title), body)
        if title:
            sections.append(told)
        else:
            untitled += told.blocks
            sections += told.sections
    return Section(
        "introduction",
        "Introduction",
        tuple(untitled),
        tuple(one for one in sections if one.blocks or one.sections),
        kind=SectionKind.CHAPTER,
    )


def numbers(tirage: Tirage) -> Section:
    """What the figures say, in a sentence, a map and two charts."""
    lead = Paragraph((*_identified(tirage), Text(typographie(_shown(tirage.bilan)))), Tone.LEAD)
    return Section(
        "chiffres",
        "Ce que disent les chiffres",
        (
            lead,
            tile_map(tirage.dossier, tirage.bilan, tirage.source),
            level_chart(tirage.bilan, tirage.source),
            action_chart(tirage.dossier, tirage.source),
        ),
        kind=SectionKind.CHAPTER,
    )


def _identified(tirage: Tirage) -> Line:
    actions, schools = tirage.bilan.actions, tirage.bilan.etablissements
    if not actions.has_number:
        none = "Aucune académie n’a encore donné de nombre d’actions. "
        return text("Aucune fiche n’est encore publiée. " if tirage.counted else none)
    who = pluriel(len(tirage.bilan.reported), "L’académie a identifié ", "Les académies ont identifié ")
    if tirage.counted:
        who = "Les fiches publiées racontent "
    noun = pluriel(actions.added, "action", "actions")
    line: Line = (Text(who), tirage.actions(), Text(f"{NBSP}{noun}{_aside(actions)}"))
    if schools.has_number:
        where = pluriel(schools.added, *Indicateur.ETABLISSEMENTS.nouns)
        line += (Text(" dans "), tirage.schools(), Text(f"{NBSP}{where}{_aside(schools)}"))
    return (*line, Text(". "))


def _aside(result: Total) -> str:
    """Return in brackets why a total is a sum and no more; nothing when it is firmer."""
    reserves = format_reserves(result)
    return typographie(f" ({reserves})") if reserves else ""


def _already(count: int) -> str:
    """Return how many had held one before; nothing for none, since some give no rank."""
    return (
        ""
        if count == 0
        else f"{capitale(en_lettres(count, 'une'))} "
        f"{pluriel(count, 'académie en avait', 'académies en avaient')} déjà tenu une"
    )


def _shown(computed: Bilan) -> str:
    """Return what the synthesis shows besides the figures; what there is none of is not named."""
    hidden, resources = computed.resources_unpublished, computed.resources
    others = []
    if count := computed.temps_forts:
        others.append(f"{count} {pluriel(count, 'temps fort', 'temps forts')}")
    if resources:
        aside = f", dont {hidden} {pluriel(hidden, 'non publiée', 'non publiées')}" if hidden else ""
        others.append(f"{resources} {pluriel(resources, 'ressource', 'ressources')}{aside}")
    if computed.examples:
        beside = f", avec {liste(others)}" if others else ""
        return f"La synthèse en présente {computed.examples} en exemple{beside}."
    return f"La synthèse présente {liste(others)}." if others else ""
