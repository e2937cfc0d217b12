"""What comes of the edition: its conclusion by objectif, and the perspectives of the next one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from accroche.campagne.regles import TypeTutorat
from accroche.dossier.dossier import PerspectiveDossier
from accroche.lib.dates import next_edition
from accroche.lib.texte import NBSP, capitale, en_lettres, ordinal_feminin, pluriel, typographie
from accroche.publications.blocs import references, sheet_id, text
from accroche.publications.documents.synthese.grille import criteria, preamble
from accroche.publications.documents.synthese.tirage import Tirage
from accroche.publications.outline import (
    Align,
    Block,
    BulletList,
    Column,
    Facts,
    Figure,
    Line,
    Paragraph,
    Ref,
    Section,
    SectionKind,
    Table,
    Text,
    Tone,
)
from accroche.publications.textes import rich_line, rich_section


def conclusion(tirage: Tirage) -> Section:
    """The grid and what the edition shows, objectif by objectif, and who had held a semaine before."""
    grille = tirage.dossier.grille
    asked = {one.code: one for one in grille.objectifs} if grille else {}
    sections = [preamble(grille, tirage.dossier.preambule)]
    source = typographie(f"Source : {grille.name}.") if grille else ""
    for objectif in tirage.dossier.objectifs:
        blocks: list[Block] = []
        if objectif.academies:
            blocks.append(
                Paragraph(
                    (Text(f"Fiches à lire{NBSP}: "), *references(objectif.academies), Text(".")), Tone.NOTE
                )
            )
        if objectif.code in asked:
            blocks.append(criteria(asked.pop(objectif.code), source))
        sections.append(_objectif(objectif.code, objectif.label, objectif.conclusion, blocks))
    # those of the grid of which the edition tells nothing yet
    sections += [_objectif(one.code, one.label, "", [criteria(one, source)]) for one in asked.values()]
    later = tirage.bilan.later
    blocks = []
    if later:
        count = tirage.count(
            "p-suivantes",
            "Académies qui avaient déjà tenu une semaine",
            tuple(name for name, _ in later),
            "Compté sur les fiches : académies dont le rang dépasse un.",
        )
        had = pluriel(len(later), "académie avait", "académies avaient")
        first = replace(count, text=capitale(en_lettres(len(later), "une")))
        line: list[Text | Ref | Figure] = [first, Text(f" {had} déjà tenu une semaine{NBSP}: ")]
        for position, (name, rank) in enumerate(later):
            if position:
                line.append(Text(" et " if position == len(later) - 1 else ", "))
            line.append(Ref(name, sheet_id(name)))
            if rank > 2:  # noqa: PLR2004 - a second edition is the ordinary case
                line.append(Text(f" ({ordinal_feminin(rank)} édition)"))
        blocks.append(Paragraph((*line, Text("."))))
    told = tuple(one for one in sections if one.blocks or one.sections)
    return Section("conclusion", "Conclusion", tuple(blocks), told, kind=SectionKind.CHAPTER)


def _objectif(code: str, label: str, conclusion: str, more: Iterable[Block]) -> Section:
    return rich_section(f"objectif-{code.replace('_', '-')}", typographie(label), conclusion, *more)


def _who(perspective: PerspectiveDossier) -> Iterator[Block]:
    """Who acts and by when, where it is said."""
    told = (("Qui agit", perspective.acteur), ("Échéance", perspective.echeance))
    if items := tuple((label, text(words)) for label, words in told if words):
        yield Facts(items)


def _reason(reason: str) -> Line:
    line = rich_line(reason)
    return (Text(". "), *line) if line else (Text("."),)


def perspectives(tirage: Tirage) -> Section:
    """What comes next: perspectives, axes kept, tutoring."""
    told = [p for p in tirage.dossier.perspectives if p.text.strip()]
    sections = [
        rich_section(f"perspective-{n}", f"{n}. {typographie(p.title)}", p.text, *_who(p))
        for n, p in enumerate(told, start=1)
    ]
    if kept := tirage.kept_axes():
        table = Table(
            caption="Axes de travail retenus par les académies",
            columns=(Column("Axe"), Column("Académies", Align.END), Column("Lesquelles")),
            rows=tuple(
                (
                    text(axe.label),
                    (tirage.keep(axe, names),),
                    references(names),
                )
                for axe, names in kept
            ),
            source=typographie(
                f"Source : axes retenus par les académies, édition {tirage.dossier.edition} ; une académie "
                "peut en retenir plusieurs."
            ),
        )
        sections.append(Section("axes", "Les axes de travail de la prochaine édition", (table,)))
    if any(group.academies for group in tirage.dossier.tutorats):
        items = tuple(
            (
                Text(f"{TypeTutorat(group.kind).label}{NBSP}: ", strong=True),
                *references(group.academies),
                *_reason(group.reason),
            )
            for group in tirage.dossier.tutorats
            if group.academies
        )
        sections.append(Section("tutorat", "Accompagnement et tutorat", (BulletList(items),)))
    title = f"Perspectives pour l’édition {next_edition(tirage.dossier.edition)}"
    return Section("perspectives", title, sections=tuple(sections), kind=SectionKind.CHAPTER)
