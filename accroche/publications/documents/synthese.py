"""The national synthesis of an edition: one sheet per académie, a conclusion, perspectives, totals.

What it must hold comes from the ministry's synthesis of 2015-2016; its narratives come from the
edition's records, and every total, list and count is computed.
"""

from __future__ import annotations

from accroche.campagne.regles import Indicateur, TypeTutorat
from accroche.dossier.bilan import Bilan, bilan
from accroche.dossier.comptage import couverture, is_census
from accroche.dossier.dossier import EditionDossier, SemaineDossier
from accroche.lib.chiffres import Kind, Total, format_chiffres, format_number, format_total
from accroche.lib.dates import next_edition, school_year
from accroche.lib.texte import NBSP, liste, nombre, ordinal_feminin, pluriel, typographie
from accroche.publications.blocs import (
    Provenances,
    academie_sheet,
    counted_provenance,
    paragraphs,
    references,
    sheet_id,
    text,
    total_provenance,
)
from accroche.publications.documents.synthese_donnees import data_tables
from accroche.publications.outline import (
    Align,
    Block,
    BulletList,
    Callout,
    Column,
    Document,
    Figure,
    KeyFigure,
    KeyFigures,
    Line,
    Paragraph,
    Ref,
    Section,
    SectionKind,
    Table,
    Text,
    Tone,
)
from accroche.publications.versions import WORKING, Imprint, changes_section
from accroche.publications.visuels import action_chart, calendar, level_chart, tile_map

#: What the figures of an edition are: declared by the académies, or counted here.
SOURCE = {
    False: "Chiffres déclarés par les académies",
    True: "Chiffres comptés sur les fiches publiées",
}
TUTORING = {
    TypeTutorat.PRIORITAIRE: "Accompagnement proposé en priorité",
    TypeTutorat.POSSIBLE: "Accompagnement possible",
    TypeTutorat.CHARGE: "Attention à la charge de travail",
}


def build(dossier: EditionDossier, imprint: Imprint) -> Document:
    """Build the synthesis of ``dossier``; equal arguments give equal documents, whatever the day.

    A working version is dated from the last day of its school year, since its text has no day of its own.
    """
    return _Synthese(dossier, imprint).document()


class _Synthese:
    """One build: the edition, what it adds up to, and the provenances of the figures printed."""

    def __init__(self, dossier: EditionDossier, imprint: Imprint) -> None:
        self.dossier = dossier
        self.imprint = imprint
        self.bilan: Bilan = bilan(dossier)
        self.census = is_census(self.bilan.actions)
        self.provenances = Provenances()
        self.actions_text = format_total(self.bilan.actions)
        self.schools_text = format_total(self.bilan.etablissements, *Indicateur.ETABLISSEMENTS.nouns)

    def document(self) -> Document:
        edition = self.dossier.edition
        sections = [self._overview(), self._introduction(), self._numbers(), self._academies()]
        sections += [self._conclusion(), self._perspectives(), self._totals()]
        version = self.imprint.version
        return Document(
            title=typographie(self.dossier.title or "Semaine de la persévérance scolaire"),
            subtitle=f"Synthèse nationale de l’édition {edition}",
            organisation=self.imprint.organisation,
            version=version.label if version else WORKING,
            date=version.settled if version else school_year(edition)[1],
            abstract=typographie(self._abstract()),
            sections=tuple(section for section in sections if section.blocks or section.sections),
            provenances=self.provenances.all(),
            data=data_tables(self.dossier, self.bilan),
            site_url=self.imprint.site_url,
        )

    def _abstract(self) -> str:
        total, told = len(self.dossier.semaines), len(self.bilan.reported)
        actions = "aucun nombre d’actions communiqué"
        if self.bilan.actions.has_number:
            actions = f"{self.actions_text} d’après {couverture(self.bilan.actions)}"
        return (
            f"{total} {pluriel(total, 'académie', 'académies')}, "
            f"{told} {pluriel(told, 'compte rendu', 'comptes rendus')}, {actions}."
        )

    # -- figures ---------------------------------------------------------------------------------

    def _actions(self) -> Figure:
        return self.provenances.figure(
            format_number(self.bilan.actions),
            total_provenance(
                "p-actions",
                "Actions identifiées, toutes académies",
                self.actions_text,
                self.bilan.actions,
                self.dossier.edition,
            ),
        )

    def _schools(self) -> Figure:
        total = self.bilan.etablissements
        return self.provenances.figure(
            format_number(total),
            total_provenance(
                "p-etablissements",
                "Écoles et établissements impliqués, toutes académies",
                self.schools_text,
                total,
                self.dossier.edition,
            ),
        )

    def _schools_detail(self) -> str:
        """Coverage, and a word on the parts that are only approximate."""
        rough = sum(
            figure.kind is Kind.ABOUT for _, figures in self.bilan.etablissements.parts for figure in figures
        )
        remark = f" ; {nombre(rough)}{NBSP}{pluriel(rough, 'nombre est approché', 'nombres sont approchés')}"
        return typographie(couverture(self.bilan.etablissements) + (remark if rough else ""))

    def _count(self, ident: str, label: str, names: tuple[str, ...], rule: str, printed: str = "") -> Figure:
        shown = printed or nombre(len(names))
        return self.provenances.figure(shown, counted_provenance(ident, label, shown, names, rule))

    # -- chapters --------------------------------------------------------------------------------

    def _overview(self) -> Section:
        computed = self.bilan
        everyone = len(self.dossier.semaines)
        later = tuple(name for name, _ in computed.later)
        figures = KeyFigures(
            (
                KeyFigure(self._actions(), "actions identifiées", couverture(computed.actions)),
                KeyFigure(self._schools(), "écoles et établissements impliqués", self._schools_detail()),
                KeyFigure(
                    self._count(
                        "p-comptes-rendus",
                        "Académies qui ont rendu compte",
                        computed.reported,
                        "Compté sur les fiches : académies dont les données sont disponibles.",
                        f"{len(computed.reported)}{NBSP}/{NBSP}{everyone}",
                    ),
                    pluriel(len(computed.reported), "académie a rendu compte", "académies ont rendu compte"),
                ),
                KeyFigure(
                    self._count(
                        "p-premieres",
                        "Académies dont c’est la première édition",
                        computed.first,
                        "Compté sur les fiches : académies qui tiennent leur première semaine.",
                    ),
                    pluriel(len(computed.first), "première édition", "premières éditions"),
                    _already(len(later)),
                ),
            )
        )
        blocks: list[Block] = [figures]
        if missing := self._missing():
            blocks.append(Callout("Ce que ces totaux ne disent pas", missing))
        blocks.append(tile_map(self.dossier, self.bilan))
        return Section("en-bref", "L’édition en bref", tuple(blocks), kind=SectionKind.CHAPTER)

    def _missing(self) -> Line:
        line: list[Text | Ref] = []
        if self.census:
            return self._without_sheet()
        groups = (
            (
                self.bilan.actions.missing,
                "n’a pas communiqué",
                "n’ont pas communiqué",
                " leur nombre d’actions",
            ),
            (
                self.bilan.etablissements.missing,
                "n’a pas communiqué",
                "n’ont pas communiqué",
                " leur nombre d’établissements",
            ),
            (self.bilan.unavailable, "n’a pas répondu", "n’ont pas répondu", ""),
        )
        for names, singular, plural, what in groups:
            if names:
                if line:
                    line.append(Text(" "))
                line += [part for part in references(names) if isinstance(part, Text | Ref)]
                verb = singular if len(names) == 1 else plural
                line.append(Text(f" {verb}{what.replace('leur', 'son') if len(names) == 1 else what}."))
        if everything := self.bilan.etablissements.uncounted_all:
            if line:
                line.append(Text(" "))
            line += [part for part in references(everything) if isinstance(part, Text | Ref)]
            verb = pluriel(len(everything), "dit", "disent")
            line.append(Text(f" {verb} « tous » sans donner de nombre."))
        return tuple(Text(typographie(p.text), p.strong) if isinstance(p, Text) else p for p in line)

    def _without_sheet(self) -> Line:
        names = (*self.bilan.actions.missing, *self.bilan.actions.unavailable)
        if not names:
            return ()
        verb = pluriel(len(names), "n’a pas encore", "n’ont pas encore")
        told = Text(typographie(f" {verb} de fiche publiée : ce n’est pas zéro action."))
        return (*references(names), told)

    def _introduction(self) -> Section:
        return Section(
            "introduction",
            "Introduction",
            sections=tuple(
                Section(f"introduction-{number}", typographie(title), paragraphs(typographie(body)))
                for number, (title, body) in enumerate(self.dossier.introduction, start=1)
            ),
            kind=SectionKind.CHAPTER,
        )

    def _numbers(self) -> Section:
        lead = Paragraph((*self._identified(), Text(typographie(_shown(self.bilan)))), Tone.LEAD)
        return Section(
            "chiffres",
            "Ce que disent les chiffres",
            (lead, level_chart(self.bilan), action_chart(self.dossier)),
            kind=SectionKind.CHAPTER,
        )

    def _identified(self) -> Line:
        actions, schools = self.bilan.actions, self.bilan.etablissements
        if not actions.has_number:
            none = "Aucune académie n’a encore donné de nombre d’actions. "
            return text("Aucune fiche n’est encore publiée. " if self.census else none)
        who = pluriel(len(self.bilan.reported), "L’académie a identifié ", "Les académies ont identifié ")
        if self.census:
            who = "Les fiches publiées racontent "
        noun = pluriel(actions.lower_bound, "action", "actions")
        line: Line = (Text(who), self._actions(), Text(f"{NBSP}{noun}"))
        if schools.has_number:
            where = pluriel(schools.lower_bound, *Indicateur.ETABLISSEMENTS.nouns)
            line += (Text(" dans "), self._schools(), Text(f"{NBSP}{where}"))
        return (*line, Text(". "))

    def _academies(self) -> Section:
        labels = {axe.code: typographie(axe.label) for axe in self.dossier.axes}
        sheets = (academie_sheet(semaine, labels, self.provenances) for semaine in self.dossier.semaines)
        lead = Paragraph(
            text(
                "Chaque fiche réunit les dates, le récit, les niveaux, les chiffres, les partenaires "
                "et des exemples."
            ),
            Tone.LEAD,
        )
        blocks = (lead, calendar(self.dossier))
        return Section("academies", "Les académies", blocks, tuple(sheets), kind=SectionKind.CHAPTER)

    def _conclusion(self) -> Section:
        sections = []
        for objectif in self.dossier.objectifs:
            blocks: list[Block] = [*paragraphs(typographie(objectif.conclusion))]
            if objectif.academies:
                blocks.append(
                    Paragraph(
                        (Text("Fiches à lire : "), *references(objectif.academies), Text(".")), Tone.NOTE
                    )
                )
            sections.append(
                Section(
                    f"objectif-{objectif.code.replace('_', '-')}", typographie(objectif.label), tuple(blocks)
                )
            )
        later = self.bilan.later
        blocks = []
        if later:
            count = self._count(
                "p-suivantes",
                "Académies qui avaient déjà tenu une semaine",
                tuple(name for name, _ in later),
                "Compté sur les fiches : académies dont le rang dépasse un.",
            )
            had = pluriel(len(later), "académie avait", "académies avaient")
            line: list[Text | Ref | Figure] = [count, Text(f" {had} déjà tenu une semaine{NBSP}: ")]
            for position, (name, rank) in enumerate(later):
                if position:
                    line.append(Text(" et " if position == len(later) - 1 else ", "))
                line.append(Ref(name, sheet_id(name)))
                if rank > 2:  # noqa: PLR2004 - a second edition is the ordinary case
                    line.append(Text(f" ({ordinal_feminin(rank)} édition)"))
            blocks.append(Paragraph((*line, Text("."))))
        return Section("conclusion", "Conclusion", tuple(blocks), tuple(sections), kind=SectionKind.CHAPTER)

    def _perspectives(self) -> Section:
        sections = [
            Section(f"perspective-{n}", f"{n}. {typographie(p.title)}", paragraphs(typographie(p.text)))
            for n, p in enumerate(self.dossier.perspectives, start=1)
        ]
        kept = [(axe, self.bilan.axes[axe.code]) for axe in self.dossier.axes if self.bilan.axes[axe.code]]
        kept.sort(key=lambda pair: -len(pair[1]))
        if kept:
            table = Table(
                caption="Axes de travail retenus par les académies",
                columns=(Column("Axe"), Column("Académies", Align.END), Column("Lesquelles")),
                rows=tuple(
                    (
                        text(axe.label),
                        (
                            self._count(
                                f"p-axe-{axe.code.replace('_', '-')}",
                                f"Académies qui retiennent l’axe « {axe.label} »",
                                names,
                                "Compté sur les fiches : académies qui retiennent cet axe.",
                            ),
                        ),
                        references(names),
                    )
                    for axe, names in kept
                ),
            )
            sections.append(Section("axes", "Les axes de travail de la prochaine édition", (table,)))
        if self.dossier.tutorats:
            items = tuple(
                (
                    Text(f"{TUTORING[TypeTutorat(group.kind)]} : ".replace(" :", f"{NBSP}:"), strong=True),
                    *references(group.academies),
                    Text(typographie(f". {group.reason}") if group.reason else "."),
                )
                for group in self.dossier.tutorats
            )
            sections.append(Section("tutorat", "Accompagnement et tutorat", (BulletList(items),)))
        title = f"Perspectives pour l’édition {next_edition(self.dossier.edition)}"
        return Section("perspectives", title, sections=tuple(sections), kind=SectionKind.CHAPTER)

    def _totals(self) -> Section:
        columns = (
            Column("Académie"),
            Column("Actions", Align.END),
            Column("Écoles et établissements", Align.END),
            Column("Rang", Align.END),
        )
        table = Table(
            caption=f"{SOURCE[self.census]}, édition {self.dossier.edition}",
            columns=columns,
            rows=tuple(self._totals_row(semaine) for semaine in self.dossier.semaines),
            note=typographie(
                f"Total : {_covered(self.bilan.actions, self.actions_text, 'd’actions')} ; "
                f"{_covered(self.bilan.etablissements, self.schools_text, 'd’écoles et d’établissements')}. "
                "N.C. : non communiqué, jamais compté comme zéro."
            ),
        )
        sections = []
        if self.dossier.notes:
            notes = BulletList(tuple(text(note) for note in self.dossier.notes))
            sections.append(Section("remarques", "Remarques sur les sources", (notes,)))
        if changes := self.imprint.changes:
            sections.append(changes_section(changes))
        if version := self.imprint.version:
            settled = f"{version.label}. Empreinte SHA-256 du contenu : {version.digest}"
            sections.append(Section("version", "Version", paragraphs(typographie(settled), Tone.NOTE)))
        return Section("totaux", "Totaux et sources", (table,), tuple(sections), kind=SectionKind.ANNEX)

    def _totals_row(self, semaine: SemaineDossier) -> tuple[Line, ...]:
        rank = ordinal_feminin(semaine.ordinal) if semaine.ordinal else "–"
        return (
            (Ref(semaine.academie, sheet_id(semaine.academie)),),
            text(format_chiffres(semaine.actions_figures)),
            text(format_chiffres(semaine.etablissements_figures)),
            text(rank),
        )


def _covered(total: Total, printed: str, what: str) -> str:
    """Return a total and whom it comes from; what was not counted when there is none."""
    if total.has_number:
        return f"{printed}, d’après {couverture(total)}"
    return f"{printed.replace('nombre', f'nombre {what}', 1)}"


def _already(count: int) -> str:
    """Return how many had held one before; nothing for none, since some give no rank."""
    return (
        ""
        if count == 0
        else f"{nombre(count)} {pluriel(count, 'académie en avait', 'académies en avaient')} déjà tenu une"
    )


def _shown(computed: Bilan) -> str:
    """Return what the synthesis shows besides the figures; what there is none of is not named."""
    transmitted = computed.resources_transmitted
    resources = computed.resources_published + transmitted
    others = []
    if count := computed.temps_forts:
        others.append(f"{count} {pluriel(count, 'temps fort', 'temps forts')}")
    if resources:
        kept = pluriel(transmitted, "transmise sans être publiée", "transmises sans être publiées")
        aside = f", dont {transmitted} {kept}" if transmitted else ""
        others.append(f"{resources} {pluriel(resources, 'ressource', 'ressources')}{aside}")
    if computed.examples:
        beside = f", avec {liste(others)}" if others else ""
        return f"La synthèse en présente {computed.examples} en exemple{beside}."
    return f"La synthèse présente {liste(others)}." if others else ""
