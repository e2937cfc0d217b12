"""What the bureau wrote, as blocks of a document: no document reads its signs, nor any format."""

from __future__ import annotations

from accroche.integrations.markdown.redige import parse
from accroche.lib import redige
from accroche.lib.texte import typographie
from accroche.publications.outline import (
    Block,
    BulletList,
    Inline,
    Line,
    Link,
    NumberedList,
    Paragraph,
    Section,
    SectionKind,
    Text,
)

#: What the bureau's texts are made of.
Rich = Paragraph | BulletList | NumberedList


def rich(content: str) -> tuple[Rich, ...]:
    """Return what the bureau wrote as blocks: paragraphs, lists, a heading as words that stand out.

    Where headings are sections of their own, see :func:`rich_section`.
    """
    return tuple(_block(bloc) for bloc in parse(content))


def rich_section(
    ident: str, title: str, content: str, *more: Block, kind: SectionKind = SectionKind.PLAIN
) -> Section:
    """Return what the bureau wrote as a section, its headings as sections; ``more`` stands at the end."""
    parts: list[tuple[str, list[Block]]] = [(title, [])]
    for bloc in parse(content):
        if isinstance(bloc, redige.Intertitre):
            parts.append((typographie(bloc.text), []))
        else:
            parts[-1][1].append(_block(bloc))
    while len(parts) > 1 and not parts[-1][1]:
        parts.pop()  # a heading of nothing has not what follows under it
    parts[-1][1].extend(more)
    (_, blocks), *rest = parts
    sections = (
        Section(f"{ident}-{n}", words, tuple(said)) for n, (words, said) in enumerate(rest, start=1) if said
    )
    return Section(ident, title, tuple(blocks), tuple(sections), kind=kind)


def rich_line(content: str) -> Line:
    """Return what the bureau wrote as one line: a sentence or two, whatever stands between them."""
    line: list[Inline] = []
    for block in rich(content):
        for said in block.items if isinstance(block, BulletList | NumberedList) else (block.content,):
            line += ([Text(" ")] if line else []) + [*said]
    return tuple(line)


def _block(bloc: redige.Bloc) -> Rich:
    match bloc:
        case redige.Paragraphe(mots):
            return Paragraph(_line(mots))
        case redige.Intertitre(words):
            return Paragraph((Text(typographie(words), strong=True),))
        case redige.ListeEcrite(ordonnee, elements):
            kind = NumberedList if ordonnee else BulletList
            return kind(tuple(map(_line, elements)))


def _line(mots: redige.Bouts) -> Line:
    """Typeset words; what follows bold ones begins within the sentence, where « : » has its space too."""
    line: list[Text | Link] = []
    for mot in mots:
        words = typographie(f"…{mot.text}")[1:] if line else typographie(mot.text)
        line.append(Link(words, mot.url) if isinstance(mot, redige.LienEcrit) else Text(words, mot.strong))
    return tuple(line)
