"""Who is told of a step or of a message, and in which words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container

from django.conf import settings
from django.urls import reverse

from accroche.actions.cycle import Etat, Side, Step
from accroche.actions.models import Action
from accroche.actions.operations.adresses import is_confirmed, sheet_for, title_for
from accroche.actions.operations.liens import new_link
from accroche.actions.phrases import COMPLETED, NOTICES, NOW_PUBLIC, ONLINE, ONLINE_LATER, SEE, done
from accroche.actions.queries import public_address
from accroche.commun import lieux, mail
from accroche.commun.limites import LimitError
from accroche.comptes.models import Role, User
from accroche.comptes.permissions import OPERATOR, Access, access_of
from accroche.comptes.regles import Right, TypeRole

#: Where a text names the sheet: by its title, or by its day for a mailbox nobody confirmed.
FICHE = "{fiche}"


def owners(action: Action, at: dt.datetime) -> list[str]:
    """The addresses of who answers for a sheet: who declared it, and the people of its schools.

    Who declared it and has left its school since answers for it no more. An address that somebody typed and
    nobody confirmed is written to by no one: it may be a stranger's (:func:`unconfirmed`).
    """
    return sorted(_named(action, at) - unconfirmed(action, at))


def unconfirmed(action: Action, at: dt.datetime) -> set[str]:
    """The addresses a sheet names to be answered at, and that nobody confirmed to be theirs.

    What the académie's office gave itself, in a file or under an account of its own, needs no more.
    """
    person = action.declarant
    told = person is None and not action.declarant_email
    by_office = person is not None and access_of(person, at).allows(Right.MODERATE, action.territory)
    named = {action.declarant_email.lower()} if person is None else set()
    if not told and not by_office:
        named.add(action.private_email.lower())
    return {address for address in named if address and not is_confirmed(action, address)}


def _named(action: Action, at: dt.datetime) -> set[str]:
    schools = [school.pk for porteur in action.porteurs.all() if (school := porteur.school)]
    roles = Role.objects.in_force(at).filter(kind=TypeRole.PORTEUR, etablissement__in=schools)
    active = action.declarant and action.declarant.is_active
    found = [action.declarant.email if action.declarant and active else action.declarant_email]
    found.append(action.private_email)
    if gone := declarant_left(action, at):
        found = [address for address in found if address.lower() != gone]
    found += roles.values_list("user__email", flat=True)
    return {address.lower() for address in found if address}


def declarant_left(action: Action, at: dt.datetime) -> str:
    """The address of who declared a sheet for a school they answered for, and no longer do; else empty.

    With an account or without: an address says who it is too.
    """
    person = action.declarant
    if person is None and action.declarant_email:
        person = User.objects.filter(email=action.declarant_email.lower()).first()
    schools = {school.pk for porteur in action.porteurs.all() if (school := porteur.school)}
    return person.email if person and schools & access_of(person, at).left else ""


def moderators(action: Action, at: dt.datetime) -> list[str]:
    """The addresses of who moderates its académie."""
    roles = Role.objects.in_force(at).filter(kind=TypeRole.MODERATEUR, academie=action.semaine.academie_id)
    return sorted(set(roles.values_list("user__email", flat=True)))


def tell_other_side(
    action: Action, step: Step, *, before: Etat, side: Side, reason: str, access: Access, at: dt.datetime
) -> None:
    """Mail the other side once about ``step``; who made it is not told of it.

    ``before``: where the sheet stood. A school is also told of what somebody else did in its place.
    """
    completed = step is Step.SUBMIT and before is Etat.TO_COMPLETE
    notice, school = COMPLETED if completed else NOTICES[step], owners(action, at)
    subject, key = notice.subject, f"action:{action.pk}:{action.version}"
    told = f"{FICHE} {notice.told}."
    others = school if side is Side.MODERATOR else moderators(action, at)
    if step is Step.PUBLISH:  # an accepted sheet is not always public yet
        told = f"{FICHE} {NOTICES[step].told}." if action.is_public else f"{FICHE} est acceptée. Merci."
    words = (told, reason, notice.next_step)
    where = where_public(action) if step is Step.PUBLISH else ""
    _tell(action, others, access, at, subject=subject, words=words, key=key, where=where)
    if side is Side.OWNER and access.user and access.user.email not in school:
        told = f"{FICHE} : {access.user} {done(step)}, à la place de l’établissement."
        _tell(action, school, access, at, subject=subject, words=(told, reason, SEE), key=key)


def where_public(action: Action) -> str:
    """Where the public reads a published sheet, or will: what a mail says of it."""
    edition = action.semaine.edition
    words = ONLINE if action.is_public else ONLINE_LATER.format(edition=edition)
    return f"{words}\n{public_address(action)}"


def tell_now_public(action: Action, *, at: dt.datetime) -> None:
    """Mail the owners of a sheet that its edition just made public where it is to be read; once."""
    words = (f"{FICHE} {NOW_PUBLIC.told}.", "", NOW_PUBLIC.next_step)
    key, where = f"public:{action.pk}", where_public(action)
    _tell(
        action,
        owners(action, at),
        OPERATOR,
        at,
        subject=NOW_PUBLIC.subject,
        words=words,
        key=key,
        where=where,
    )


def tell_of_merge(
    action: Action, told: str, *, access: Access, at: dt.datetime, but: Container[str] = ()
) -> None:
    """Mail the owners of a sheet that took another in, or gave it back; ``but``: who is told already."""
    others = [to for to in owners(action, at) if to not in but]
    key = f"action:{action.pk}:{action.version}"
    for to in others:
        words = (told if is_confirmed(action, to) else f"{FICHE} a changé.", "", SEE)
        _tell(action, [to], access, at, subject="ce qui change", words=words, key=key)


def tell_of_comment(
    action: Action, text: str, *, number: int, side: Side, access: Access, at: dt.datetime
) -> None:
    """Mail the other side once about the message ``number``."""
    author = str(access.user) if access.user else action.declarant_email
    told = f"{FICHE} : un message de {author}."
    others = owners(action, at) if side is Side.MODERATOR else moderators(action, at)
    words, key = (told, text, "Répondre :"), f"commentaire:{number}"
    _tell(action, others, access, at, subject="un message", words=words, key=key)


def _tell(
    action: Action,
    addresses: list[str],
    access: Access,
    at: dt.datetime,
    *,
    subject: str,
    words: tuple[str, str, str],
    key: str,
    where: str = "",
) -> None:
    """``words``: what happened to :data:`FICHE`, the passage quoted (may be empty), what the link is for.

    ``where``: its public page, which comes before the page of those who follow it.
    """
    told, quoted, next_step = words
    own = access.user.email if access.user else action.declarant_email.lower()
    if access is OPERATOR:  # nobody's own doing
        own = ""
    quote = "\n".join(f"> {line}" for line in quoted.splitlines())
    for to in addresses:
        if to != own:
            link = link_for(action, to, at)
            news = told.replace(FICHE, sheet_for(action, to), 1)
            body = "\n\n".join(filter(None, ["Bonjour,", news, quote, where, f"{next_step}\n{link}"]))
            about = f"{title_for(action, to)} : {subject}"
            office = action.semaine.academie.courriel
            mail.queue(to=to, subject=about, body=f"{body}\n", key=f"{key}:{to}", at=at, reply_to=office)


def link_for(action: Action, to: str, at: dt.datetime) -> str:
    """The address of the sheet; for who declared without an account, one that opens it once."""
    if action.declarant_id or to != action.declarant_email.lower():
        return f"{settings.SITE_URL}{lieux.address('fiche', action.pk)}"
    try:
        return new_link(action, to, submits=False, at=at, network=None)[1]
    except LimitError:  # many mails within the hour: the page sends another link to who asks
        return f"{settings.SITE_URL}{reverse('actions:retrouver')}"
