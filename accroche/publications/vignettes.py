"""An example action as a card, and links that say where they lead."""

from __future__ import annotations

from urllib.parse import urlsplit

from accroche.actions.regles import CodeTheme, Nature, RolePartenaire, SourceAction, Temporalite
from accroche.campagne.phrases import partner_told
from accroche.dossier.dossier import ActionDossier, LienSaisi, PartenaireSaisi
from accroche.lib.texte import typographie
from accroche.publications.outline import Example, Link

#: Where an example comes from, when it is not the académie's own account.
SOURCE_TAGS = {
    SourceAction.EXPERITHEQUE: "Source : Expérithèque",
    SourceAction.CARDIE: "Source : CARDIE",
}


def example(action: ActionDossier) -> Example:
    """Return an example action as a card."""
    tags = [Temporalite(action.temporality).label, Nature(action.nature).label]
    tags += [CodeTheme(code).label for code in sorted(action.themes)]
    if action.remarkable and not action.prize:
        tags.insert(0, "Action remarquable")
    if action.source in SOURCE_TAGS:
        tags.append(SOURCE_TAGS[SourceAction(action.source)])
    return Example(
        title=typographie(action.title),
        porteurs=typographie(
            " ; ".join(
                f"{c.name}, {c.commune}" if c.commune and c.commune != c.name else c.name
                for c in action.porteurs
            )
        ),
        paragraphs=tuple(
            typographie(" ".join(part.split())) for part in action.description.split("\n\n") if part.strip()
        ),
        links=tuple(link_of(link) for link in action.liens),
        partners=tuple(typographie(_partner(one)) for one in action.partenaires),
        prize=typographie(action.prize),
        tags=tuple(typographie(tag) for tag in tags if tag),
    )


def _partner(partner: PartenaireSaisi) -> str:
    """A partner of an action, with its part when it says more than that it takes part."""
    role = RolePartenaire(partner.role)
    return partner_told(partner.name, RolePartenaire.UNKNOWN if role is RolePartenaire.PARTICIPE else role)


def link_of(link: LienSaisi) -> Link:
    """Return a link that says where it leads, by its label or by its site."""
    return Link(typographie(link.label) or f"Voir sur {site_of(link.url)}", link.url)


def site_of(url: str) -> str:
    """Return the host of an address, without « www. »."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
