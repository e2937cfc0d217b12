"""What the working page of a sheet shows of it, for one person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.timesince import timesince

from accroche.actions import saisie
from accroche.actions.champs import CHAMPS, Voie, autres
from accroche.actions.controle import Remark, missing, obstacles
from accroche.actions.cycle import TRANSITIONS, Etat, Side, Step, steps_from
from accroche.actions.lignee import en_mots
from accroche.actions.models import Action, ActionPartenaire, Commentaire
from accroche.actions.operations.cycle import SIDE_RIGHT, remarks_before
from accroche.actions.phrases import ACCEPTED, HINTS, MEANING, done
from accroche.actions.queries import fiche_of, public_path
from accroche.actions.regles import Nature, RolePartenaire, SourceAction, Temporalite
from accroche.actions.saisie import FIELD_LABELS, PRIVATE
from accroche.annuaire.regles import Niveau
from accroche.commun.changements import LigneJournal, Vocabulaire, lignes
from accroche.commun.models import JournalEntry
from accroche.commun.mots_changes import in_words
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.lib.champs import Genre
from accroche.lib.dates import format_window
from accroche.lib.texte import liste
from accroche.relecture.forms.fiche import ELSEWHERE, MotifsForm
from accroche.relecture.indices import Indice
from accroche.relecture.motifs import suggested

#: How a field is named where something has to be mended or was changed.
FIELDS = FIELD_LABELS | {
    "etablissement": "Établissement",
    "pieces": "Pièces jointes",
    "experitheque_id": "Fiche Expérithèque",
    "reprise_de": "Reprise de",
    "remarkable": "Action remarquable",
    "prize": "Prix",
    "chosen": "Exemple de la synthèse",
    "private_contact": "Contact pour l’académie",
    "private_email": "Adresse pour l’académie",
    "private_phone": "Téléphone pour l’académie",
}
#: How one line of a list is named.
LISTS = {
    "activites": "Activité",
    "partenaires": "Partenaire",
    "porteurs": "Porteur",
    "liens": "Lien",
    "pieces": "Pièce jointe",
}
_LEVEL_CODES = {str(level) for level in Niveau}


def field_label(name: str) -> str:
    """The name of a field as people know it: « Activité 2 » for ``activites-2``."""
    stem, _, number = name.partition("-")
    if number and stem in LISTS:
        return f"{LISTS[stem]} {number}"
    if name in _LEVEL_CODES:
        return Niveau(name).label
    return FIELDS.get(name, name)


@dataclass(frozen=True)
class Bouton:
    """One step the person may make. ``form``: the reasons it asks for; ``blocked``: remarks before it."""

    step: Step
    hint: str
    is_main: bool
    blocked: int
    form: MotifsForm | None = None


@dataclass(frozen=True)
class Etapes:
    """The steps of one's own side, and those a moderator may make in the school's place."""

    own: tuple[Bouton, ...]
    for_school: tuple[Bouton, ...]


#: The step one most likely came for, side by side.
_MAIN = {Side.OWNER: Step.SUBMIT, Side.MODERATOR: Step.PUBLISH}


def own_side(action: Action, access: Access) -> Side | None:
    """On which side of the table the person sits; None for who only reads."""
    if action.may(access, Right.MODERATE):
        return Side.MODERATOR
    return Side.OWNER if action.may(access, Right.EDIT_ACTION) else None


def etapes(
    action: Action,
    access: Access,
    bound: MotifsForm | None = None,
    *,
    hints: tuple[Indice, ...] = (),
    answers: bool = False,
) -> Etapes:
    """The buttons of a sheet as it stands; ``bound``: the form of a step that has to be shown again.

    ``hints``: what the académie noticed; the reasons that say so are ticked already. ``answers``: it is sent
    with the answer to what the académie asked, from another place of the page.
    """
    side = own_side(action, access)

    def of(asked: Side) -> tuple[Bouton, ...]:
        if not action.may(access, SIDE_RIGHT[asked]):
            return ()
        found = []
        for step in steps_from(Etat(action.etat), asked):
            row = TRANSITIONS[step]
            if step in ELSEWHERE or (answers and asked is side and step is Step.SUBMIT):
                continue
            form = None
            if row.needs_reason:
                told = {"motifs": suggested(hints, step)}
                again = bound is not None and bound.step is step
                form = bound if again else MotifsForm(step=step, initial=told)
            main = step is _MAIN[asked]
            blocked = len(remarks_before(action, step))
            found.append(Bouton(step, HINTS.get(step, ""), main, blocked, form))
        return tuple(found)

    if side is None:
        return Etapes((), ())
    return Etapes(of(side), of(Side.OWNER) if side is Side.MODERATOR else ())


def remarks_of(action: Action, side: Side | None) -> tuple[tuple[Remark, ...], tuple[Remark, ...]]:
    """What has to be mended before it is sent, and before it is published; nothing where it is neither."""
    if side is None or Etat(action.etat) not in {Etat.DRAFT, Etat.TO_COMPLETE, Etat.SUBMITTED}:
        return (), ()
    # who writes is told of what will block later, while mending costs nothing
    fiche = fiche_of(action)
    return missing(fiche), obstacles(fiche)


def is_over(action: Action) -> bool:
    """Whether its school may not send it as it stands."""
    return action.situation not in TRANSITIONS[Step.SUBMIT].sources


def answer_form(action: Action, bound: MotifsForm | None) -> MotifsForm:
    """What is answered to the académie, as it was kept or typed a moment ago."""
    if bound is not None and bound.step is Step.SUBMIT:
        return bound
    return MotifsForm(step=Step.SUBMIT, initial={"precision": action.reponse})


#: Hints that a remark already tells, by its field.
_TOLD = {
    "levels": Indice.NO_LEVEL,
    "private_email": Indice.NO_CONTACT,
    "etablissement": Indice.UNKNOWN_SCHOOL,
}


def not_told_yet(hints: tuple[Indice, ...], remarks: tuple[Remark, ...]) -> list[Indice]:
    """Leave out the hints that repeat what has to be mended anyway."""
    told = {_TOLD.get(remark.field) for remark in remarks}
    return [hint for hint in hints if hint not in told]


def meaning(action: Action, side: Side | None) -> str:
    """What the state means now, in one sentence."""
    if action.etat == Etat.PUBLISHED and action.semaine.edition.published_at is None:
        return ACCEPTED
    return MEANING[side or Side.MODERATOR][Etat(action.etat)]


def undo_of(action: Action, access: Access, made: str) -> Step | None:
    """The step that takes back the one just ``made``, when the person may make it."""
    for row in TRANSITIONS.values():
        if row.undoes == made and action.etat in row.sources and row.step not in ELSEWHERE:
            return row.step if action.may(access, SIDE_RIGHT[row.side]) else None
    return None


def ago(at: dt.datetime, now: dt.datetime) -> str:
    """« il y a 2 minutes »; « à l’instant » under a minute."""
    return "à l’instant" if now - at < dt.timedelta(minutes=1) else f"il y a {timesince(at, now, depth=1)}"


#: Lines of the journal that leave the sheet as it was; some are not for everybody.
WRITES_NOTHING = (
    "comment",
    "internal_note",
    "tell_apart",
    "not_apart",
    "remind_owner",
    "remind_draft",
    "remind_moderator",
)


def overtaken(last: JournalEntry | None, now: dt.datetime) -> str:
    """Why a decision was not taken: somebody else wrote the sheet meanwhile."""
    who = (
        f"{last.actor_name or 'Quelqu’un'} {done(last.verb)} {ago(last.at, now)}" if last else "Elle a changé"
    )
    return f"{who}. La fiche n’est plus celle que vous lisiez : relisez-la, puis décidez."


def _words(name: str, value: Any) -> str:
    """One value of the journal for people: codes by their names, one line an item."""
    if isinstance(value, list):
        return "\n".join(_words(name, item) for item in value)
    return saisie.in_words(name, value) if value and isinstance(value, str) else in_words(value)


#: Fields whose values are picked, days or numbers.
CHOSEN = frozenset(champ.name for champ in CHAMPS if champ.genre not in {Genre.TEXT, Genre.ROWS})
#: How the journal of a sheet reads.
VOCABULAIRE = Vocabulaire(
    field_label,
    _words,
    silent={"etat", "version", "merged_into", "fusion"},
    order=tuple(FIELDS),
    chosen=CHOSEN,
)


#: What the académie does by itself: that it did is for who may read its notes.
OF_THE_ACADEMIE = frozenset({"internal_note", "tell_apart", "not_apart"})


def journal_of(entries: Iterable[JournalEntry], *, internal: bool) -> list[LigneJournal]:
    """The journal as people read it; what the académie does by itself is for who may read its notes."""
    told = (entry for entry in entries if internal or entry.verb not in OF_THE_ACADEMIE)
    found = lignes(told, VOCABULAIRE)
    return [replace(ligne, verb=done(ligne.verb)) for ligne in found]


def reads_internal(action: Action, access: Access) -> bool:
    """Whether the académie's own notes are for this person: who moderates, and who only reads for it."""
    if action.may(access, Right.MODERATE):
        return True
    return access.allows(Right.SEE_ACTION, action.territory) and not action.may(access, Right.EDIT_ACTION)


def fil(action: Action, *, internal: bool) -> list[Commentaire]:
    """The thread, oldest first, as far as the person may read it."""
    found = action.commentaires.all()
    return list(found if internal else found.filter(internal=False))


#: The texts that the page words or places itself.
WORDED = {
    "title",
    "description",
    "refaire",
    "place",
    "classes",
    "audience_note",
    "authority",
    "public_contact",
    *PRIVATE,
}
#: Where a sheet was read, when neither its school nor its académie told it.
ORIGINES: dict[str, str] = {SourceAction.EXPERITHEQUE: "Expérithèque", SourceAction.CARDIE: "CARDIE"}


def faits(action: Action) -> list[tuple[str, str]]:
    """What the sheet says, field by field, without what it does not say."""
    when = Temporalite(action.temporality).label
    if action.days:
        when = f"{when}, {format_window(action.days)}" if when else format_window(action.days)
    partners = [_partner(row) for row in action.participations.all()]
    told = [
        ("Quand", when),
        ("Lieu", action.place),
        ("Niveaux", liste(level.label for level in action.levels)),
        ("Classes", action.classes),
        ("Élèves concernés", " ".join(filter(None, [_number(action.audience_size), action.audience_note]))),
        ("Nature", Nature(action.nature).label),
        ("Thèmes", liste(str(theme) for theme in action.themes.all())),
        ("Clés du raccrochage", liste(str(cle) for cle in action.cles.all())),
        ("Partenaires", liste(partners)),
        ("Présence d’une autorité", action.authority),
        ("Contact public", action.public_contact),
        *((champ.label, getattr(action, champ.name)) for champ in autres(Voie.RELECTURE, WORDED)),
        ("Fiche Expérithèque", _number(action.experitheque_id)),
        ("Reprise de", "" if action.previous_id else en_mots(action.reprise_de)),
        ("Prix", action.prize),
        ("Origine", ORIGINES.get(action.source, "")),
    ]
    return [(label, value) for label, value in told if value]


def reprise(action: Action, access: Access) -> str:
    """Where the sheet that one takes up is read; empty when only its own people may read it.

    Those who follow it read its working page; the others what the public reads.
    """
    source = action.previous
    if source is None:
        return ""
    if source.may(access, Right.SEE_ACTION):
        return reverse("relecture:fiche", args=[source.pk])
    return public_path(source) if source.is_public else ""


def _partner(row: ActionPartenaire) -> str:
    part = RolePartenaire(row.role).label or "participe"
    return f"{row.partenaire} ({part}{f' : {row.part}' if row.part else ''})"


def contact(action: Action) -> list[tuple[str, str]]:
    """Whom the académie may ask; never public."""
    declarant = action.declarant.email if action.declarant else action.declarant_email
    told = [
        ("Nom", action.private_contact),
        ("Adresse", action.private_email),
        ("Téléphone", action.private_phone),
        ("Déclarée par", declarant),
    ]
    return [(label, value) for label, value in told if value]


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
