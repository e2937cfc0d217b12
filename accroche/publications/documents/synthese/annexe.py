"""The annex: what each académie told, where totals come from, what changed, which version this is."""

from __future__ import annotations

from accroche.dossier.comptage import etendue
from accroche.dossier.dossier import SemaineDossier
from accroche.lib.chiffres import Total, format_chiffres, format_reserves
from accroche.lib.texte import ordinal_feminin, typographie
from accroche.publications.blocs import paragraphs, sheet_id, text
from accroche.publications.documents.synthese.tirage import Tirage
from accroche.publications.outline import (
    Align,
    BulletList,
    Column,
    Facts,
    Figure,
    Line,
    Ref,
    Section,
    SectionKind,
    Table,
    Text,
    Tone,
)
from accroche.publications.versions import changes_section

#: What the figures of an edition are: declared by the académies, or counted here.
SOURCE = {
    False: "Chiffres déclarés par les académies",
    True: "Chiffres comptés sur les fiches publiées",
}


#: The imprint in its order, but for the line of the cover.
MENTIONS = (
    ("ministere", "Ministère"),
    ("contact", "Contact"),
    ("licence", "Licence"),
    ("credits", "Crédits"),
)


def mentions(tirage: Tirage) -> Section:
    """The imprint: who publishes, whom to ask, under which terms, who made it."""
    said = tirage.dossier.mentions
    items = tuple((label, text(told)) for name, label in MENTIONS if (told := getattr(said, name).strip()))
    blocks = (Facts(items),) if items else ()
    return Section("mentions", "Mentions", blocks, kind=SectionKind.ANNEX)


def totals(tirage: Tirage) -> Section:
    """The totals académie by académie, remarks on sources, changes, and the version."""
    columns = (
        Column("Académie"),
        Column("Actions", Align.END),
        Column("Écoles et établissements", Align.END),
        Column("Rang", Align.END),
    )
    table = Table(
        caption=f"{SOURCE[tirage.counted]}, édition {tirage.dossier.edition}",
        columns=columns,
        rows=tuple(_totals_row(semaine) for semaine in tirage.dossier.semaines),
        note=typographie(
            f"Total : {_covered(tirage.bilan.actions, tirage.actions_text, 'd’actions')} ; "
            f"{_covered(tirage.bilan.etablissements, tirage.schools_text, 'd’écoles et d’établissements')}. "
            "N.C. : non communiqué, jamais compté comme zéro."
        ),
        total=(
            (Text("Ensemble"),),
            _total(tirage.bilan.actions, tirage.actions()),
            _total(tirage.bilan.etablissements, tirage.schools()),
            (Text("–"),),
        ),
        source=tirage.source,
    )
    sections = []
    if tirage.dossier.notes:
        notes = BulletList(tuple(text(note) for note in tirage.dossier.notes))
        sections.append(Section("remarques", "Remarques sur les sources", (notes,)))
    if changes := tirage.imprint.changes:
        sections.append(changes_section(changes))
    if version := tirage.imprint.version:
        settled = f"{version.label}. Empreinte SHA-256 du contenu : {version.digest}"
        sections.append(Section("version", "Version", paragraphs(typographie(settled), Tone.NOTE)))
    return Section("totaux", "Totaux et sources", (table,), tuple(sections), kind=SectionKind.ANNEX)


def _totals_row(semaine: SemaineDossier) -> tuple[Line, ...]:
    rank = ordinal_feminin(semaine.ordinal) if semaine.ordinal else "–"
    return (
        (Ref(semaine.academie, sheet_id(semaine.academie)),),
        text(format_chiffres(semaine.actions_figures)),
        text(format_chiffres(semaine.etablissements_figures)),
        text(rank),
    )


def _total(total: Total, printed: Figure) -> Line:
    return (printed,) if total.has_number else (Text("–"),)


def _covered(total: Total, printed: str, what: str) -> str:
    """Return a total and whom it comes from; what was not counted when there is none."""
    if total.has_number:
        reserves = format_reserves(total)
        return f"{printed}, d’après {etendue(total)}{f' ({reserves})' if reserves else ''}"
    return f"{printed.replace('nombre', f'nombre {what}', 1)}"
