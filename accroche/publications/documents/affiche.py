"""The poster of one published action: what, when, where, and the way to its page, on one A4 to hang."""

from __future__ import annotations

from accroche.integrations import qr
from accroche.lib.texte import NBSP, de, liste, typographie
from accroche.publications.blocs import text
from accroche.publications.fiches import FicheAffichee
from accroche.publications.outline import (
    Block,
    Document,
    Facts,
    Image,
    Layout,
    Link,
    Paragraph,
    Section,
    Tone,
)
from accroche.publications.versions import Imprint

#: Carriers named on a poster; of more, how many there are.
MOST_PORTEURS = 3
#: Characters of the account that a passer-by reads.
MOST_WORDS = 280


def build(told: FicheAffichee, imprint: Imprint) -> Document:
    """Build the poster; what the sheet does not say is left out, nothing stands in its place."""
    facts = (("Quand", told.when), ("Où", told.place), ("Pour qui", told.public))
    shown = [(label, text(typographie(value))) for label, value in facts if value]
    blocks: tuple[Block, ...] = (
        *([Paragraph(text(typographie(_short(told.account))), Tone.LEAD)] if told.account else []),
        *([Facts(tuple(shown))] if shown else []),
        Image(
            qr.png(told.address),
            alt=f"Code QR vers la page de l’action{NBSP}: {told.address}",
            credit=imprint.organisation or "Accroche",
        ),
        Paragraph((Link(told.address.removeprefix("https://"), told.address),), Tone.NOTE),
    )
    return Document(
        title=typographie(told.title),
        subtitle=typographie(_carried(told.porteurs)),
        organisation=imprint.organisation,
        version=f"Édition {told.edition}",
        date=told.day,
        abstract=f"Académie {de(told.academie)}",
        sections=(Section("affiche", typographie(told.title), blocks),),
        site_url=imprint.site_url,
        layout=Layout.POSTER,
    )


def _carried(porteurs: tuple[str, ...]) -> str:
    rest = len(porteurs) - MOST_PORTEURS
    if rest <= 1:  # one more takes the room of « et 1 autre »
        return liste(porteurs)
    return liste((*porteurs[:MOST_PORTEURS], f"{rest}{NBSP}autres"))


def _short(account: str) -> str:
    """Its first paragraph, cut after a word."""
    first = " ".join(account.split("\n\n", 1)[0].split())
    return first if len(first) <= MOST_WORDS else f"{first[:MOST_WORDS].rsplit(' ', 1)[0].rstrip(',;:.')}…"
