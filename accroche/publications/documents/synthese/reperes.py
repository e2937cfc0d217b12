"""To find one's way: what acronyms mean, and the examples by theme and by level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from accroche.actions.regles import CodeTheme
from accroche.annuaire.regles import Niveau
from accroche.dossier.dossier import ActionDossier
from accroche.dossier.exemples import exemples
from accroche.lib.texte import sort_key, typographie
from accroche.publications.blocs import example_id
from accroche.publications.documents.synthese.tirage import Tirage
from accroche.publications.outline import BulletList, Facts, Line, Ref, Section, SectionKind, Text
from accroche.publications.paroles import words
from accroche.publications.sigles import employed

#: An example: its académie, its anchor, what it says.
Exemple = tuple[str, str, ActionDossier]
_UNNAMED: Final = "Sans titre"


def acronyms(sections: Iterable[Section]) -> Section:
    """The acronyms that ``sections`` print; nothing when they print none that the table knows."""
    found = employed(word for section in sections for word in words(section))
    blocks = (Facts(tuple((sigle, (Text(meaning),)) for sigle, meaning in found)),) if found else ()
    return Section("sigles", "Sigles", blocks, kind=SectionKind.INDEX)


def index(tirage: Tirage) -> Section:
    """The examples by theme, then by level; nothing when there are none."""
    shown = tuple(_shown(tirage))
    themes = sorted(CodeTheme, key=lambda theme: sort_key(theme.label))
    parts = (
        _part(
            "theme",
            "Par thème",
            ((theme, [one for one in shown if theme in one[2].themes]) for theme in themes),
        ),
        _part(
            "niveau",
            "Par niveau",
            ((level, [one for one in shown if level in one[2].levels]) for level in Niveau),
        ),
    )
    return Section(
        "index",
        "Index des exemples",
        sections=tuple(part for part in parts if part.sections),
        kind=SectionKind.INDEX,
    )


def _shown(tirage: Tirage) -> Iterator[Exemple]:
    for semaine in tirage.dossier.semaines:
        for rank, action in enumerate(exemples(semaine), start=1):
            yield semaine.academie, example_id(semaine.academie, rank), action


def _part(name: str, title: str, entries: Iterable[tuple[CodeTheme | Niveau, list[Exemple]]]) -> Section:
    sections = tuple(
        Section(
            f"index-{name}-{code.value.replace('_', '-')}",
            typographie(code.label),
            (
                BulletList(
                    tuple(_entry(one) for one in sorted(found, key=lambda one: sort_key(one[2].title)))
                ),
            ),
        )
        for code, found in entries
        if found
    )
    return Section(f"index-{name}", title, sections=sections)


def _entry(one: Exemple) -> Line:
    academie, target, action = one
    return (Ref(typographie(action.title) or _UNNAMED, target), Text(f", {academie}"))
