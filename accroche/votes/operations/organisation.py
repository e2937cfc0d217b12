"""Organising a vote: dates, candidates, jury, prizes and the publication of its results."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.urls import reverse

from accroche.actions.models import Action
from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition
from accroche.commun import journal, mail, plafonds
from accroche.commun.limites import take
from accroche.commun.models import Message
from accroche.comptes.models import User
from accroche.comptes.operations import person_of
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Place, Right
from accroche.lib.texte import slug
from accroche.votes.models import Bulletin, Candidature, Note, Scrutin
from accroche.votes.queries import candidatures, exclusions, has_votes, proposable, with_carriers
from accroche.votes.scrutin import BEST_MARK, Phase

FROZEN = (
    "Des personnes ont déjà voté ou noté : changer les candidatures fausserait leur choix. "
    "Pour une autre liste, organisez un autre vote."
)
PUBLISHED = "Les résultats sont publiés : plus rien n’y change."


class VoteError(ValueError):
    """What is asked is not possible now; the message says why and what to do."""


def check_may_run(scrutin: Scrutin, access: Access) -> None:
    """Raise ``PermissionDenied`` unless ``access`` organises this vote."""
    if not scrutin.may(access, Right.RUN_VOTE):
        raise PermissionDenied


def mail_prefix(scrutin: Scrutin) -> str:
    """How the keys of the mails that ask to confirm a vote begin."""
    return f"vote:{scrutin.pk}:"


@transaction.atomic
def create_vote(
    *,
    edition: Edition,
    academie: Academie | None,
    title: str,
    presentation: str,
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    access: Access,
    at: dt.datetime,
) -> Scrutin:
    """Open a vote of an académie, or a national one. Raises ``PermissionDenied``."""
    if not access.allows(Right.RUN_VOTE, Place(academie=academie.pk if academie else None)):
        raise PermissionDenied
    root = slug(f"{title}-{academie.slug if academie else 'france'}-{edition.year}")[:110].strip("-")
    same = Scrutin.objects.filter(slug__startswith=root).count()
    scrutin = Scrutin.objects.create(
        edition=edition,
        academie=academie,
        slug=f"{root}-{same + 1}" if same else root,
        title=title,
        presentation=presentation,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    journal.record(scrutin, "create", at=at, actor=access.user)
    return scrutin


@transaction.atomic
def change_vote(scrutin: Scrutin, *, access: Access, at: dt.datetime, **columns: Any) -> None:
    """Change its words, and its dates while the clock has not used them.

    Raises ``PermissionDenied``, and :class:`VoteError` once it is closed or when the opening of an open
    vote would move.
    """
    check_may_run(scrutin, access)
    opened = scrutin.phase(at) is not Phase.COMING
    if opened and columns.get("opens_at", scrutin.opens_at) != scrutin.opens_at:
        raise VoteError("Le vote a commencé : son ouverture ne change plus.")
    if opened and columns.get("closes_at", scrutin.closes_at) <= at:
        raise VoteError("Choisissez une clôture à venir : un vote ouvert se ferme à l’heure annoncée.")
    before = {name: getattr(scrutin, name) for name in columns}
    if not Scrutin.objects.filter(pk=scrutin.pk, closes_at__gt=at).update(**columns):
        raise VoteError("Le vote est clos : ses dates et son texte ne changent plus.")
    changes = {
        name: (str(before[name]), str(value)) for name, value in columns.items() if before[name] != value
    }
    journal.record(scrutin, "change", at=at, actor=access.user, changes=changes)


def _frozen_while(scrutin: Scrutin) -> None:
    """Hold the row of an unpublished vote until the transaction ends. Raises :class:`VoteError`.

    The update changes nothing but waits for who publishes, and makes them wait.
    """
    if not Scrutin.objects.filter(pk=scrutin.pk, results_published_at=None).update(results_published_at=None):
        raise VoteError(PUBLISHED)


@transaction.atomic
def add_candidate(scrutin: Scrutin, action: Action, *, access: Access, at: dt.datetime) -> None:
    """Propose a published action, last. Raises ``PermissionDenied`` and :class:`VoteError`."""
    check_may_run(scrutin, access)
    _frozen_while(scrutin)
    if has_votes(scrutin):
        raise VoteError(FROZEN)
    if not proposable(scrutin).filter(pk=action.pk).exists():
        raise VoteError("Cette action n’est pas publiée, ou elle est déjà candidate.")
    last = scrutin.candidatures.aggregate(last=Max("position"))["last"]
    Candidature.objects.create(scrutin=scrutin, action=action, position=0 if last is None else last + 1)
    journal.record(scrutin, "add_candidate", at=at, actor=access.user, note=str(action))


def remove_candidate(candidature: Candidature, *, access: Access, at: dt.datetime) -> None:
    """Take a candidate out. Raises ``PermissionDenied``, and :class:`VoteError` once somebody voted."""
    scrutin = candidature.scrutin
    check_may_run(scrutin, access)
    try:
        with transaction.atomic():
            _frozen_while(scrutin)
            if has_votes(scrutin):
                raise VoteError(FROZEN)
            journal.record(scrutin, "remove_candidate", at=at, actor=access.user, note=str(candidature))
            # the row alone: a vote that arrives just now stops it instead of going with it
            Candidature.objects.filter(pk=candidature.pk)._raw_delete("default")  # noqa: SLF001
    except IntegrityError as error:
        raise VoteError(FROZEN) from error


@transaction.atomic
def move_candidate(candidature: Candidature, *, up: bool, access: Access) -> None:
    """Exchange a candidate with its neighbour; the first and the last stay where they are."""
    scrutin = candidature.scrutin
    check_may_run(scrutin, access)
    _frozen_while(scrutin)
    rows = list(scrutin.candidatures.order_by("position", "pk"))
    place = next(number for number, row in enumerate(rows) if row.pk == candidature.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for number, row in enumerate(rows):
        Candidature.objects.filter(pk=row.pk).update(position=number)


@transaction.atomic
def add_juror(scrutin: Scrutin, email: str, *, access: Access, at: dt.datetime) -> User:
    """Seat a person on the jury and tell them; an unknown address gets an account, opened by a code.

    Raises ``LimitError``.
    """
    check_may_run(scrutin, access)
    _frozen_while(scrutin)
    person = person_of(email)
    if scrutin.jury.filter(pk=person.pk).exists():
        return person
    scrutin.jury.add(person)
    journal.record(scrutin, "add_juror", at=at, actor=access.user, note=str(person))
    page = f"{settings.SITE_URL}{reverse('votes:jury', args=[scrutin.slug])}"
    mail.queue(
        to=person.email,
        subject="Vous êtes du jury d’un vote",
        body=(
            # nothing that somebody wrote: this mailbox may know nobody here yet
            f"Bonjour,\n\n{access.user.email if access.user else ''} vous a inscrit au jury d’un vote de "
            f"l’édition {scrutin.edition}.\n\n"
            f"Vous pouvez lire les candidatures et les noter, de 0 à {BEST_MARK} :\n{page}\n\n"
            "Connectez-vous avec cette adresse : un code vous sera envoyé.\n"
        ),
        key=f"jury:{scrutin.pk}:{person.pk}:{at:%Y%m%d%H%M%S%f}",
        at=at,
        reply_to=scrutin.academie.courriel if scrutin.academie else "",
    )
    take(access.counted(plafonds.INVITATIONS_PERSON), at=at)
    return person


@transaction.atomic
def remove_juror(scrutin: Scrutin, person: User, *, access: Access, at: dt.datetime) -> None:
    """Take a person off the jury, with their marks."""
    check_may_run(scrutin, access)
    _frozen_while(scrutin)
    scrutin.jury.remove(person)
    Note.objects.filter(candidature__scrutin=scrutin, juror=person).delete()
    journal.record(scrutin, "remove_juror", at=at, actor=access.user, note=str(person))


@transaction.atomic
def give_mark(candidature: Candidature, mark: int, comment: str, *, access: Access, at: dt.datetime) -> None:
    """Write one's own mark, or write it anew, until the results are published.

    Raises ``PermissionDenied`` for who does not sit on the jury, and :class:`VoteError`, also for an action
    of one's own school, or one's own.
    """
    scrutin, user = candidature.scrutin, access.user
    if user is None or not scrutin.jury.filter(pk=user.pk).exists():
        raise PermissionDenied
    if not 0 <= mark <= BEST_MARK:
        raise VoteError(f"Donnez une note entre 0 et {BEST_MARK}.")
    _frozen_while(scrutin)
    row = with_carriers(candidatures(scrutin)).get(pk=candidature.pk)
    if why := exclusions(scrutin, [row], at, only=user)[row.pk].get(user.pk):
        raise VoteError(f"Vous ne notez pas cette action : {why.label}.")
    told = {"mark": mark, "comment": comment.strip(), "at": at}
    Note.objects.update_or_create(candidature=candidature, juror=user, defaults=told)


@transaction.atomic
def give_prize(candidature: Candidature, prize: str, *, access: Access, at: dt.datetime) -> None:
    """Say what a candidate wins; an empty prize takes it back. Nothing shows before the results do."""
    check_may_run(candidature.scrutin, access)
    _frozen_while(candidature.scrutin)
    words = " ".join(prize.split())[:200]
    candidature.refresh_from_db(fields=["prize"])
    if words != candidature.prize:
        changes = {"prize": (candidature.prize, words)}
        Candidature.objects.filter(pk=candidature.pk).update(prize=words)
        journal.record(candidature.scrutin, "give_prize", at=at, actor=access.user, changes=changes)


@transaction.atomic
def publish_results(scrutin: Scrutin, *, access: Access, at: dt.datetime) -> None:
    """Make the results public, for good, and write each prize on its action.

    Marks of jurors who turned out to be of an action's school go first. What could still tell who asked to
    vote goes too: unconfirmed votes and the mails that asked. Raises
    ``PermissionDenied``, and :class:`VoteError` while it is open or when somebody already did.
    """
    check_may_run(scrutin, access)
    done = Scrutin.objects.filter(pk=scrutin.pk, results_published_at=None, closes_at__lte=at)
    if not done.update(results_published_at=at):
        raise VoteError(
            PUBLISHED if scrutin.phase(at) is Phase.PUBLISHED else "Attendez la clôture du vote pour publier."
        )
    _settle_exclusions(scrutin, at)
    journal.record(scrutin, "publish_results", at=at, actor=access.user)
    for candidature in scrutin.candidatures.exclude(prize="").select_related("action"):
        action = candidature.action
        Action.objects.filter(pk=action.pk).update(
            prize=candidature.prize, remarkable=True, version=F("version") + 1, updated_at=at
        )
        changes = {"prize": (action.prize, candidature.prize), "remarkable": (action.remarkable, True)}
        journal.record(action, "prize", at=at, actor=access.user, note=str(scrutin), changes=changes)
    Bulletin.objects.filter(scrutin=scrutin, confirmed_at=None).delete()
    Message.objects.filter(key__startswith=mail_prefix(scrutin)).delete()


def _settle_exclusions(scrutin: Scrutin, at: dt.datetime) -> None:
    """Write down who left out what, and drop the marks they gave before that was known."""
    for number, jurors in exclusions(scrutin, list(with_carriers(candidatures(scrutin))), at).items():
        Candidature.objects.filter(pk=number).update(excluded=len(jurors))
        Note.objects.filter(candidature=number, juror__in=jurors).delete()
