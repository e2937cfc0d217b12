"""Voting: by a link sent to an address, or in one click for who has signed in."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse

from accroche.commun import mail, plafonds, securite
from accroche.commun.limites import take
from accroche.commun.models import Message
from accroche.commun.securite import Evenement
from accroche.comptes.permissions import Access
from accroche.comptes.queries import addresses_of
from accroche.lib.moments import format_moment
from accroche.votes.models import Bulletin, Candidature, Scrutin
from accroche.votes.operations.organisation import VoteError, mail_prefix
from accroche.votes.queries import in_the_running
from accroche.votes.scrutin import Phase, expiry, one_address, sealed

ALREADY = "Vous avez déjà voté : une personne, une voix."
NOT_NOW = {
    Phase.COMING: "Le vote n’est pas encore ouvert.",
    Phase.CLOSED: "Le vote est clos.",
    Phase.PUBLISHED: "Le vote est clos : les résultats sont publiés.",
}


def _voter(scrutin: Scrutin, address: str) -> str:
    return sealed(settings.SECRET_KEY, f"voix:{scrutin.pk}", one_address(address))


def _token_hash(token: str) -> str:
    # keyed, so that no mail in the database leads to the vote it confirmed
    return sealed(settings.SECRET_KEY, "jeton", token)


def _mail_key(scrutin: Scrutin, token: str) -> str:
    return f"{mail_prefix(scrutin)}{hashlib.sha256(token.encode()).hexdigest()}"


def _check_open(candidature: Candidature, at: dt.datetime) -> None:
    phase = candidature.scrutin.phase(at)
    if phase is not Phase.OPEN:
        raise VoteError(NOT_NOW[phase])
    if not in_the_running(candidature.scrutin).filter(pk=candidature.pk).exists():
        raise VoteError("Cette action n’est plus candidate : choisissez-en une autre.")


@transaction.atomic
def ask_to_vote(candidature: Candidature, email: str, *, at: dt.datetime, network: str = "") -> None:
    """Send the link that confirms a vote. Raises :class:`VoteError` and ``LimitError``.

    ``network``: where it is asked from.
    Whether the address has voted already is not told here, to whoever types it: the link tells.
    """
    _check_open(candidature, at)
    scrutin = candidature.scrutin
    voter = _voter(scrutin, email)
    token = secrets.token_urlsafe(32)
    expires = expiry(at, scrutin.closes_at)
    Bulletin.objects.create(
        scrutin=scrutin,
        candidature=candidature,
        voter=voter,
        token_hash=_token_hash(token),
        cast_at=at,
        expires_at=expires,
    )
    link = f"{settings.SITE_URL}{reverse('votes:confirmer_vote', args=[token])}"
    # without the action's name: a mailbox is not the place to keep what one voted
    mail.queue(
        to=email.strip().lower(),
        subject=f"Confirmez votre vote : {scrutin.title}",
        body=(
            f"Bonjour,\n\nPour que votre voix compte dans « {scrutin.title} », ouvrez ce lien et confirmez, "
            f"avant le {format_moment(expires, str(scrutin.academie or ''))} :\n{link}\n\n"
            "Vous n’avez rien demandé ? Ne faites rien : rien ne sera compté.\n"
        ),
        key=_mail_key(scrutin, token),
        at=at,
        priority=mail.Priority.URGENT,
        until=expires,
        reply_to=scrutin.academie.courriel if scrutin.academie else "",
    )
    mailbox = plafonds.of_mailbox(voter, network, plafonds.VOTES_MAILBOX, plafonds.VOTES_MAILBOX_ALL)
    take([*mailbox, *plafonds.mails_from(network)], at=at)


def open_vote(token: str, *, at: dt.datetime) -> Bulletin:
    """The vote a link confirms. Raises :class:`VoteError`, with why it no longer can."""
    found = (
        Bulletin.objects.filter(token_hash=_token_hash(token))
        .select_related("scrutin", "candidature__action__semaine__academie")
        .first()
    )
    if found is None:
        securite.tell(Evenement.WRONG_LINK, kind="vote")
        raise VoteError("Ce lien n’existe pas. Vérifiez qu’il est complet.")
    if found.confirmed_at:
        raise VoteError("Ce lien a déjà servi : votre voix est comptée.")
    _check_open(found.candidature, at)
    if found.expires_at <= at:
        raise VoteError("Ce lien a expiré. Votez de nouveau pour en recevoir un autre.")
    return found


def confirm_vote(token: str, *, at: dt.datetime) -> Scrutin:
    """Count the vote of a link, once, and forget the mail. Raises :class:`VoteError`."""
    bulletin = open_vote(token, at=at)
    waiting = Bulletin.objects.filter(pk=bulletin.pk, confirmed_at=None)
    try:
        with transaction.atomic():
            if not waiting.update(confirmed_at=at):
                raise VoteError("Ce lien a déjà servi : votre voix est comptée.")
            Message.objects.filter(key=_mail_key(bulletin.scrutin, token)).delete()
    except IntegrityError as error:  # the constraint decides between two links of one person
        raise VoteError(ALREADY) from error
    return bulletin.scrutin


def vote_now(candidature: Candidature, *, access: Access, at: dt.datetime) -> None:
    """Count the vote of who has signed in: their mailbox is proven. Raises :class:`VoteError`."""
    if access.user is None:
        raise PermissionDenied
    _check_open(candidature, at)
    scrutin = candidature.scrutin
    if has_voted(scrutin, access):
        raise VoteError(ALREADY)
    try:
        with transaction.atomic():
            Bulletin.objects.create(
                scrutin=scrutin,
                candidature=candidature,
                voter=_voter(scrutin, access.user.email),
                token_hash=_token_hash(secrets.token_urlsafe(32)),
                cast_at=at,
                expires_at=at,
                confirmed_at=at,
            )
    except IntegrityError as error:
        raise VoteError(ALREADY) from error


def has_voted(scrutin: Scrutin, access: Access) -> bool:
    """Whether who has signed in has voted; for what is not known."""
    if access.user is None:
        return False
    # by an address they left a short while ago as well
    voters = [_voter(scrutin, address) for address in addresses_of(access.user)]
    return Bulletin.objects.filter(scrutin=scrutin, voter__in=voters, confirmed_at__isnull=False).exists()


def ballots_of(address: str) -> QuerySet[Bulletin]:
    """The votes a mailbox asked for or confirmed: only who has its address finds them."""
    known = Scrutin.objects.filter(bulletins__isnull=False).order_by("pk").distinct()
    return Bulletin.objects.filter(voter__in=[_voter(scrutin, address) for scrutin in known])


def purge_ballots(at: dt.datetime) -> int:
    """Remove the votes whose mail was not answered in time; return how many."""
    count, _ = Bulletin.objects.filter(confirmed_at=None, expires_at__lte=at).delete()
    return count
