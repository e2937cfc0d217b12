"""Writing a sheet: a new one, and the changes of one that is there.

Both take the same plain content (``saisie.Contenu``), whoever writes: a form, a spreadsheet, a console.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, Max

from accroche.actions.controle import obstacles
from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.actions.operations.contenu import Sheet, Writer, columns_of
from accroche.actions.operations.cycle import NotReadyError, StaleError
from accroche.actions.operations.declaration_avis import tell_owners_of_edit
from accroche.actions.operations.liens import revoke_links
from accroche.actions.operations.organisations import Typed
from accroche.actions.operations.slugs import free_slugs, keep_address, slug_of_chance, with_free_slug
from accroche.actions.queries import content_of, fiche_of
from accroche.actions.regles import SourceAction
from accroche.actions.saisie import Contenu, PorteurSaisi, changements
from accroche.annuaire.models import Academie, Etablissement
from accroche.campagne.models import Edition, Semaine
from accroche.campagne.regles import StatutSemaine
from accroche.commun import journal, plafonds
from accroche.commun.limites import take
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Place, Right


class DeclarationError(ValueError):
    """The sheet cannot be written like this; ``field`` names the place, the message says what to do."""

    def __init__(self, field: str, message: str) -> None:
        """Keep both."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Saved:
    """A sheet after a save, and what that changed: ``{field: (before, after)}``, nothing if nothing."""

    action: Action
    changes: dict[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Ecriture:
    """A save that is ready: what to write over a sheet that still is as it was read. See :func:`ready`."""

    action: Action
    content: Contenu
    etat: Etat
    version: int
    columns: dict[str, Any]
    changes: dict[str, tuple[Any, Any]]
    address: dict[str, str]


def semaine_of(edition: Edition, academie: Academie, *, begun: bool = False) -> Semaine:
    """The académie's semaine in an edition, opened in preparation when it is the first to need it.

    ``begun``: it is for a draft that nobody may read yet, and does not show by that.
    """
    semaine, _ = Semaine.with_begun.get_or_create(
        edition=edition, academie=academie, defaults={"status": StatutSemaine.PREPARING, "begun": begun}
    )
    if not begun:
        semaine.appear()
    return semaine


@transaction.atomic
def declare(
    content: Contenu,
    *,
    edition: Edition,
    access: Access,
    at: dt.datetime,
    email: str = "",
    previous: Action | None = None,
    semaine: Semaine | None = None,
    etat: Etat = Etat.DRAFT,
) -> Action:
    """Write a new sheet in ``edition``, and return it: a draft of whoever declares it.

    ``email``: the address of a visitor without account, who then has to confirm it. ``previous``: the
    sheet it takes up, of this school or of another. ``semaine``: where it goes; otherwise the académie of its
    first school decides. ``etat``: a moderator's import may put it straight in the queue
    (``SUBMITTED``); nothing else skips the draft.

    Raises :class:`DeclarationError`, ``LimitError``, ``PermissionDenied``.
    """
    content = _recognised(content)
    address = "" if access.user else email.strip().lower()
    if not access.user and not address:
        raise DeclarationError("email", "Laissez votre adresse électronique pour retrouver votre fiche.")
    unconfirmed = etat is Etat.DRAFT and not access.user
    if semaine is None:
        academie = _academie(content, at)
        semaine = semaine_of(edition, academie, begun=unconfirmed)
    if etat is not Etat.DRAFT:
        place = Place(academie=semaine.academie_id)
        if etat is not Etat.SUBMITTED or not access.allows(Right.MODERATE, place):
            raise PermissionDenied
    where, columns = semaine, columns_of(content)
    last = Action.with_arriving.filter(semaine=where).aggregate(last=Max("position"))["last"]

    def create(slug: str) -> Action:
        return Action.objects.create(
            semaine=where,
            slug=slug,
            position=(last or 0) + 1,
            etat=etat,
            declarant=access.user,
            declarant_email=address,
            unconfirmed=unconfirmed,
            source=SourceAction.DECLARATION,
            previous=previous,
            created_at=at,
            updated_at=at,
            submitted_at=None if etat is Etat.DRAFT else at,
            **columns,
        )

    action = create(slug_of_chance()) if unconfirmed else with_free_slug(where, content.title, create)
    _write_lists(Sheet(action.pk, where.academie_id, content, is_new=True))
    journal.record(
        action,
        "declare",
        at=at,
        actor=access.user,
        actor_name=address,
        note=f"Reprise de « {previous} », édition {previous.semaine.edition}" if previous else "",
    )
    if etat is Etat.DRAFT:
        # last of all: what is refused before counts for nothing, and others wait for these rows the least
        take(_limits(access, address), at=at)
    return action


@transaction.atomic
def save(
    action: Action,
    content: Contenu,
    *,
    access: Access,
    at: dt.datetime,
    version: int | None = None,
    autosave: bool = False,
    email: str | None = None,
    reponse: str | None = None,
) -> Saved:
    """Write ``content`` over a sheet; return it as it now stands, and what changed.

    ``version``: what the person read (default: what ``action`` holds); the same content again changes
    nothing, whatever the version. ``autosave``: a draft saved while one types leaves no line in the
    journal. ``email``: another address of a visitor who has not confirmed theirs yet. ``reponse``: what
    is being answered to the académie, kept with the sheet until it is sent.

    Each change writes one line in the journal, verb ``edit``; a change by who does not answer for the
    sheet is told to its owners, once.

    Raises ``PermissionDenied``, :class:`StaleError`, :class:`DeclarationError`, ``LimitError``, and
    ``NotReadyError`` when a published sheet could not stay public.
    """
    made = ready(action, content, access=access, at=at, version=version, email=email, reponse=reponse)
    return write(made, access=access, at=at, autosave=autosave)


def ready(
    action: Action,
    content: Contenu,
    *,
    access: Access,
    at: dt.datetime,
    version: int | None = None,
    email: str | None = None,
    reponse: str | None = None,
) -> Ecriture:
    """Do all of a :func:`save` that needs no lock: who has many to write prepares them before.

    Raises ``PermissionDenied`` and :class:`DeclarationError`.
    """
    etat = Etat(action.etat)
    if not may_write(action, access):
        raise PermissionDenied
    content = _recognised(content)
    sheets = Action.with_unconfirmed.select_related("semaine__academie", "semaine__edition")
    action = sheets.get(pk=action.pk)
    changes = changements(content_of(action), content)
    address = _new_address(action, email)
    read = action.version if version is None else version
    columns: dict[str, Any] = {}
    if reponse is not None and reponse != action.reponse:
        columns["reponse"] = reponse
    if changes or address:
        columns |= columns_of(content) | address | _moved(action, content, etat, at)
    return Ecriture(action, content, etat, read, columns, changes, address)


@transaction.atomic
def write(made: Ecriture, *, access: Access, at: dt.datetime, autosave: bool = False) -> Saved:
    """Write what is :func:`ready`, when nobody wrote the sheet since. Raises as :func:`save` does."""
    action, changes, etat = made.action, made.changes, made.etat
    if not made.columns:
        return Saved(action, {})
    if made.address:
        revoke_links(action, at=at)
    held = Action.with_unconfirmed.filter(pk=action.pk, etat=etat, version=made.version)
    if made.address:  # unless its link was followed at this very moment
        held = held.filter(unconfirmed=True)
    try:
        with transaction.atomic():
            written = held.update(version=F("version") + 1, updated_at=at, **made.columns)
    except IntegrityError as error:  # its new semaine gave its address to another sheet that very moment
        raise StaleError from error
    if not written:
        raise StaleError
    if "slug" in made.columns:
        keep_address(action)  # as it was read: the one it leaves
    action.refresh_from_db()
    _write_lists(Sheet(action.pk, action.semaine.academie_id, made.content, changes))
    if etat is Etat.PUBLISHED and (remarks := obstacles(fiche_of(action))):
        raise NotReadyError(remarks)
    if changes and not (autosave and etat is Etat.DRAFT):
        journal.record(
            action,
            "edit",
            at=at,
            actor=access.user,
            actor_name="" if access.user else action.declarant_email,
            changes=changes,
        )
        tell_owners_of_edit(action, changes, access=access, at=at)
    often = [(plafonds.SAVES_SHEET, str(action.pk))] if autosave else []
    if not access.user:
        often += plafonds.of_network(access.network, plafonds.SAVES_NETWORK)
    take(often, at=at)
    return Saved(action, changes)


def may_write(action: Action, access: Access) -> bool:
    """Whether a sheet can be written as it stands; a published one by its moderators only, in place."""
    etat = Etat(action.etat)
    if etat is Etat.PUBLISHED:
        return action.may(access, Right.MODERATE)
    return etat.is_editable and action.may(access, Right.EDIT_ACTION)


def _limits(access: Access, address: str) -> plafonds.Uses:
    """Against what a new draft counts."""
    who = access.counted(plafonds.DRAFTS_PERSON, plafonds.DRAFTS_NETWORK_MINUTE, plafonds.DRAFTS_NETWORK_HOUR)
    if access.user:
        return who
    mailbox = plafonds.of_mailbox(
        address, access.network, plafonds.DRAFTS_MAILBOX, plafonds.DRAFTS_MAILBOX_ALL
    )
    return [*who, *mailbox, (plafonds.DRAFTS_ALL, "")]


def _recognised(content: Contenu) -> Contenu:
    """Name each school as the directory does; each carrier and partner once."""
    schools = {row.uai: row for row in Etablissement.objects.filter(uai__in=content.schools)}
    found: dict[PorteurSaisi, None] = {}
    for porteur in content.porteurs:
        if porteur.uai in schools:
            row = schools[porteur.uai]
            found[PorteurSaisi(row.uai, row.kind, row.name, row.commune)] = None
        elif porteur.uai:
            message = f"L’annuaire ne connaît pas « {porteur.uai} ». Vérifiez le code UAI."
            raise DeclarationError("etablissement", message)
        else:
            found[porteur] = None
    partners = {partner.name: partner for partner in reversed(content.partenaires)}
    return replace(
        content,
        porteurs=tuple(found),
        partenaires=tuple(p for p in content.partenaires if partners[p.name] is p),
    )


def _academie(content: Contenu, at: dt.datetime) -> Academie:
    """The académie of the first school that carries the action."""
    if not content.schools:
        raise DeclarationError("etablissement", "Choisissez l’établissement qui porte l’action.")
    school = Etablissement.objects.get(uai=content.schools[0])
    academie = school.academie_on(at.date())
    if academie is None:
        message = f"« {school} » relève d’un vice-rectorat, et d’aucune académie : choisissez-en un autre."
        raise DeclarationError("etablissement", message)
    return academie


def _write_lists(sheet: Sheet) -> None:
    Writer(Typed()).write([sheet])


def _new_address(action: Action, email: str | None) -> dict[str, str]:
    """The address of a visitor may change until it is confirmed."""
    address = (email or "").strip().lower()
    if not address or address == action.declarant_email or not action.unconfirmed:
        return {}
    return {"declarant_email": address}


def _moved(action: Action, content: Contenu, etat: Etat, at: dt.datetime) -> dict[str, Any]:
    """The semaine follows the school: the columns that change when its académie is another one."""
    held = {row.pk for row in action.semaine.academie.departements.all()}
    school = Etablissement.objects.filter(uai__in=content.schools[:1]).first()
    if school is None or school.departement_id in held:
        return {}
    if etat is not Etat.DRAFT:
        message = (
            "Cet établissement est d’une autre académie. Remettez d’abord la fiche en brouillon : "
            "elle partira ensuite à la bonne académie."
        )
        raise DeclarationError("etablissement", message)
    semaine = semaine_of(action.semaine.edition, _academie(content, at), begun=action.unconfirmed)
    if action.unconfirmed:
        return {"semaine": semaine}
    return {"semaine": semaine, "slug": next(free_slugs(semaine, content.title))}
