"""Single-use links for who declares without an account: they confirm an address, and open one sheet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accroche.actions.controle import Remark, missing
from accroche.actions.cycle import TRANSITIONS, Etat, Step
from accroche.actions.models import Action, LienAcces
from accroche.actions.operations.adresses import day_of, sheet_for
from accroche.actions.operations.confirmation import confirm
from accroche.actions.operations.cycle import NotReadyError, move
from accroche.actions.operations.liens import LINK_HOURS, new_link
from accroche.actions.operations.notices import declarant_left
from accroche.actions.queries import fiche_of
from accroche.commun import journal, mail, plafonds, securite
from accroche.commun.limites import LimitError, take
from accroche.commun.securite import Evenement
from accroche.comptes.operations import LinkError
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.comptes.sessions import digest

#: Sheets one mail may open.
SHEETS_PER_MAIL = 5

GONE = "Ce lien a expiré : la fiche n’est plus au nom de cette adresse. Elle reste à son établissement."
USED = "Ce lien a déjà servi. Demandez-en un autre ci-dessous : il arrive en quelques minutes."


@dataclass(frozen=True, slots=True)
class Followed:
    """What following a link did: its sheet, its number, whether that sent the sheet, what it still lacks."""

    action: Action
    link: int
    sent: bool
    remarks: tuple[Remark, ...] = ()


@transaction.atomic
def ask_to_confirm(action: Action, *, access: Access, at: dt.datetime) -> None:
    """Mail a visitor the link that confirms their address and sends their complete draft.

    Raises ``PermissionDenied``, ``NotReadyError`` with what is missing, and ``LimitError``.
    """
    if not action.may(access, Right.EDIT_ACTION) or not action.declarant_email:
        raise PermissionDenied
    if remarks := missing(fiche_of(action)):
        raise NotReadyError(remarks)
    email, network = action.declarant_email, access.network
    link, address = new_link(action, email, submits=True, at=at, network=network)
    mail.queue(
        to=link.email,
        subject="Confirmez votre fiche pour la Semaine de la persévérance scolaire",
        body=(
            f"Bonjour,\n\nVotre fiche {day_of(action)} est prête. Pour confirmer votre adresse et envoyer "
            f"la fiche à l’académie, ouvrez ce lien :\n{address}\n\n{VALIDITY}\n\n"
            "Si vous n’avez rien déclaré, ne faites rien : la fiche restera un brouillon, jamais envoyé."
        ),
        key=f"lien:{link.pk}",
        at=at,
        priority=mail.Priority.URGENT,
        until=link.expires_at,
        reply_to=action.semaine.academie.courriel,
    )
    take(plafonds.mails_from(network), at=at)


@transaction.atomic
def ask_again(email: str, *, at: dt.datetime, network: str = "") -> None:
    """Mail an address new links to the sheets it declared, if it declared any.

    ``network``: where it is asked from. Says nothing about what it found, nor about what was not sent because
    too much was asked for.
    """
    address = email.strip().lower()
    sheets = Action.with_unconfirmed.filter(declarant=None, declarant_email=address).exclude(etat=Etat.MERGED)
    lines, first = [], None
    for action in sheets.order_by("-updated_at", "-pk")[:SHEETS_PER_MAIL]:
        if declarant_left(action, at):
            continue
        # the link of a sheet that was to be sent sends it, however many were lost on the way
        submits = action.etat == Etat.DRAFT and action.acces.filter(submits=True).exists()
        try:
            link, url = new_link(action, address, submits=submits, at=at, network=network)
        except LimitError:
            continue
        first = first or link
        lines.append(f"{sheet_for(action, address)}{', à envoyer' if submits else ''} :\n{url}")
    if first:
        mail.queue(
            to=address,
            subject="Vos fiches pour la Semaine de la persévérance scolaire",
            body="\n\n".join(
                ["Bonjour,", "Voici de quoi retrouver ce que vous avez déclaré.", *lines, VALIDITY]
            ),
            key=f"lien:{first.pk}",
            at=at,
            priority=mail.Priority.URGENT,
            until=first.expires_at,
            # of several sheets, the one that was written last
            reply_to=first.action.semaine.academie.courriel,
        )


VALIDITY = f"Un lien sert une fois, pendant {LINK_HOURS} heures. Ne le transférez pas : il ouvre votre fiche."


def open_link(token: str, at: dt.datetime) -> LienAcces:
    """Return the link behind an address, without using it. Raises ``LinkError``."""
    link = LienAcces.objects.select_related("action").filter(token_hash=digest(token)).first()
    if link is None:
        securite.tell(Evenement.WRONG_LINK, kind="sheet")
        raise LinkError("Ce lien n’existe pas. Vérifiez qu’il est complet, ou demandez-en un autre.")
    if link.used_at:
        raise LinkError(USED)
    if not LienAcces.objects.valid(at).filter(pk=link.pk).exists():
        raise LinkError(GONE)
    if link.expires_at <= at:
        raise LinkError("Ce lien a expiré. Demandez-en un autre ci-dessous : votre fiche n’a pas bougé.")
    return link


def sheet_behind(token: str, access: Access) -> Action | None:
    """The sheet of a link that serves no more, for who may write it all the same: they need no other link."""
    link = LienAcces.objects.select_related("action").filter(token_hash=digest(token)).first()
    if link is None or not link.action.may(access, Right.EDIT_ACTION):
        return None
    return link.action


@transaction.atomic
def follow_link(token: str, *, access: Access, at: dt.datetime) -> Followed:
    """Use a link, once: its address is confirmed, and the sheet goes to the académie if it was to.

    ``access``: what the visitor may do already; the caller opens the sheet to them, by the link's number.
    Raises ``LinkError``, and ``StaleError`` when somebody wrote the sheet at that very moment.
    """
    link = open_link(token, at)
    if not LienAcces.objects.usable(at).filter(pk=link.pk).update(used_at=at):
        raise LinkError(USED)
    action = link.action
    confirm(action)
    journal.record(action, "confirm", at=at, actor=access.user, actor_name=link.email)
    if not link.submits or Etat(action.etat) not in TRANSITIONS[Step.SUBMIT].sources:
        return Followed(action, link.pk, sent=False)
    opened = access.opening({action.pk})
    try:
        return Followed(move(action, Step.SUBMIT, access=opened, at=at), link.pk, sent=True)
    except NotReadyError as error:  # it was emptied since the link left
        return Followed(action, link.pk, sent=False, remarks=error.remarks)
