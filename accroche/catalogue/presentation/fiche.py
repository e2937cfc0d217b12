"""What the page of one sheet shows, computed from what ``queries`` read; no query of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accroche.actions.champs import Voie, autres
from accroche.actions.lignee import en_mots
from accroche.actions.models import Action, ActionPartenaire, Lien, PieceJointe
from accroche.actions.regles import (
    CodeCle,
    CodeTheme,
    Nature,
    RolePartenaire,
    SourceAction,
    Temporalite,
    TypePiece,
)
from accroche.actions.videos import Video, video_of
from accroche.campagne.regles import PARTENAIRE_LABELS, TypePartenaire
from accroche.catalogue.presentation.editions import GroupePartenaires, groupes
from accroche.lib.dates import Window, format_window
from accroche.lib.texte import NBSP, capitale, liste, nombre, pluriel

SOURCE_NOTES: dict[str, str] = {
    SourceAction.SEMAINE: "Action présentée par l’académie pendant sa semaine.",
    SourceAction.EXPERITHEQUE: (
        "Exemple repris d’Expérithèque, aujourd’hui Innovathèque, faute de récit des actions de la semaine."
    ),
    SourceAction.CARDIE: (
        "Exemple repris du site de la CARDIE, qui suit l’innovation et l’expérimentation dans l’académie."
    ),
    SourceAction.DECLARATION: "Action déclarée par l’établissement et relue par son académie.",
}


def partenaires_action(action: Action) -> tuple[GroupePartenaires, ...]:
    """An action's partners by kind, each with its part."""
    rows = list(action.participations.all())
    return groupes([row.partenaire for row in rows], [_part(row) for row in rows])


def _part(row: ActionPartenaire) -> str:
    words = ", ".join(filter(None, (RolePartenaire(row.role).label, row.part)))
    return f"{row.partenaire.name} ({words})" if words else row.partenaire.name


#: The texts that the page of an action words or places itself.
WORDED = frozenset(
    {
        "title",
        "description",
        "place",
        "classes",
        "audience_note",
        "authority",
        "public_contact",
        "refaire",
    }
)


Reperes = tuple[tuple[str, str], ...]


def reperes_action(action: Action) -> Reperes:
    """What is known of an action at a glance: when, where, about what, what it won."""
    return _told(
        ("Quand", _when(action.days, Temporalite(action.temporality).label)),
        ("Où", action.place),
        ("Étape", Nature(action.nature).label),
        ("Thèmes", _sentence(CodeTheme(theme.code).label for theme in action.themes.all())),
        *((champ.label, getattr(action, champ.name)) for champ in autres(Voie.PAGE, WORDED)),
        ("Prix", action.prize),
        ("Reprise de", "" if action.previous_id else en_mots(action.reprise_de)),
    )


def pour_qui(action: Action) -> Reperes:
    """Whom an action is for."""
    return _told(
        ("Niveaux", _sentence(level.label for level in action.levels)),
        ("Classes", action.classes),
        ("Public", _audience(action)),
    )


def a_prevoir(action: Action) -> Reperes:
    """What who does it anew has to plan, as far as the sheet tells: how long, with what kind of partners."""
    partners = [row.partenaire for row in action.participations.all() if not row.partenaire.internal]
    kinds = dict.fromkeys(TypePartenaire(partner.kind) for partner in partners if partner.kind)
    return _told(
        ("Durée", _duree(action.days)),
        ("Partenaires à trouver", _sentence(PARTENAIRE_LABELS[kind] for kind in kinds)),
        ("À qui poser une question", action.public_contact),
    )


def _told(*rows: tuple[str, str]) -> Reperes:
    return tuple((label, text) for label, text in rows if text)


#: Days from which a length is told in weeks, and in months.
_WEEKS, _MONTHS = 14, 62


def _duree(days: Window | None) -> str:
    """How long it lasts; empty while nobody gave its days."""
    if days is None:
        return ""
    count = (days[1] - days[0]).days + 1
    if count == 1:
        return "Une journée"
    if count < _WEEKS:
        return f"{count}{NBSP}jours"
    if count < _MONTHS:
        return f"{round(count / 7)}{NBSP}semaines"
    return f"{round(count / 30.4)}{NBSP}mois"


def _when(days: Window | None, temporality: str) -> str:
    """Its days, and whether that is in the week or all year."""
    dates = capitale(format_window(days)) if days else ""
    return (
        f"{dates} ({temporality[0].lower()}{temporality[1:]})"
        if dates and temporality
        else dates or temporality
    )


def _audience(action: Action) -> str:
    """Pupils concerned, and who they are."""
    size = action.audience_size
    count = f"{nombre(size)}{NBSP}{pluriel(size, 'élève', 'élèves')}" if size is not None else ""
    return ", ".join(filter(None, (count, action.audience_note)))


@dataclass(frozen=True, slots=True)
class ActiviteVue:
    """One of the things inside an action: when, what."""

    title: str
    when: str
    description: str


@dataclass(frozen=True, slots=True)
class PageAction:
    """What the page of an action shows besides its account; ``pieces`` are the public ones alone."""

    activites: tuple[ActiviteVue, ...]
    cles: tuple[str, ...]
    photos: tuple[PieceJointe, ...]
    documents: tuple[PieceJointe, ...]
    videos: tuple[tuple[Lien, Video], ...]
    liens: tuple[Lien, ...]


def page_action(action: Action) -> PageAction:
    """Sort what hangs on an action by the way it is shown."""
    pieces = list(action.pieces.all())
    links = [(link, video_of(link.url)) for link in action.liens.all()]
    activities = [
        ActiviteVue(
            row.title,
            capitale(format_window(row.days)) if row.days else "",
            row.description,
        )
        for row in action.activites.all()
    ]
    return PageAction(
        activites=tuple(activities),
        cles=tuple(CodeCle(cle.code).label for cle in action.cles.all()),
        photos=tuple(piece for piece in pieces if piece.kind == TypePiece.IMAGE),
        documents=tuple(piece for piece in pieces if piece.kind == TypePiece.DOCUMENT),
        videos=tuple((link, video) for link, video in links if video),
        liens=tuple(link for link, video in links if not video),
    )


def _sentence(labels: Iterable[str]) -> str:
    """A list as one sentence: only its first word keeps its capital.

    Semicolons part names that hold an « et » of their own: « Climat scolaire ; tutorat et entraide ».
    """
    words = [label[0].lower() + label[1:] for label in labels]
    double = len(words) > 1 and any(" et " in word for word in words)
    return capitale(f"{NBSP}; ".join(words) if double else liste(words))


def origine(action: Action) -> str:
    """Where this example comes from."""
    return SOURCE_NOTES[action.source].replace(" ;", f"{NBSP};")
