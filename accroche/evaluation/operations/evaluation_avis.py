"""Who is told of an evaluation, and in which words: one mail a person and event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from accroche.campagne.models import Semaine
from accroche.commun import mail
from accroche.comptes.models import Role
from accroche.comptes.regles import TypeRole
from accroche.evaluation.models import EchangeGrille, Evaluation
from accroche.lib.texte import capitale, de


def of_academie(semaine: Semaine, at: dt.datetime) -> list[str]:
    """The addresses of who writes for an académie; that of its office when it has nobody; maybe none."""
    roles = Role.objects.in_force(at).filter(kind=TypeRole.MODERATEUR, academie=semaine.academie_id)
    found = sorted({address.lower() for address in roles.values_list("user__email", flat=True)})
    office = semaine.academie.courriel
    return found or ([office.lower()] if office else [])


def of_bureau(at: dt.datetime) -> list[str]:
    """The addresses of the national bureau."""
    roles = Role.objects.in_force(at).filter(kind=TypeRole.NATIONAL)
    return sorted({address.lower() for address in roles.values_list("user__email", flat=True)})


def page_of(semaine: Semaine) -> str:
    """The address of an evaluation, as a mail tells it."""
    page = reverse("evaluation:evaluation", args=[semaine.edition.year, semaine.academie.slug])
    return f"{settings.SITE_URL}{page}"


def named(semaine: Semaine) -> str:
    """« l’académie de Dijon »."""
    return f"l’académie {de(semaine.academie.name)}"


def send(to: Iterable[str], subject: str, body: str, *, key: str, at: dt.datetime, reply_to: str = "") -> int:
    """Write one mail to each; the same ``key`` again writes none. Return how many were new."""
    return sum(
        mail.queue(to=one, subject=subject, body=body, key=f"{key}:{one}", at=at, reply_to=reply_to)
        for one in to
    )


def tell_signed(evaluation: Evaluation, *, at: dt.datetime) -> None:
    """Tell the bureau that it may read."""
    semaine = evaluation.semaine
    send(
        of_bureau(at),
        f"Auto-évaluation signée : {semaine.academie} {semaine.edition}",
        f"Bonjour,\n\n{capitale(named(semaine))} a signé son auto-évaluation de l’édition "
        f"{semaine.edition}.\n\nLa lire : {page_of(semaine)}\n",
        key=f"grille-signee:{evaluation.pk}:{evaluation.version}",
        at=at,
        reply_to=semaine.academie.courriel,
    )


def tell_read(evaluation: Evaluation, *, at: dt.datetime) -> None:
    """Tell the académie that the bureau has read."""
    semaine = evaluation.semaine
    send(
        of_academie(semaine, at),
        f"Le bureau national a lu votre auto-évaluation {semaine.edition}",
        f"Bonjour,\n\nLe bureau national a lu l’auto-évaluation de {named(semaine)}.\n\n"
        f"Vos points d’appui et ce que vous pouvez essayer ensuite : {page_of(semaine)}bilan/\n",
        key=f"grille-lue:{evaluation.pk}:{evaluation.version}",
        at=at,
    )


def tell_reopened(evaluation: Evaluation, why: str, *, by_bureau: bool, at: dt.datetime) -> None:
    """Tell the other side that answers may change again, and why."""
    semaine = evaluation.semaine
    who = "Le bureau national" if by_bureau else capitale(named(semaine))
    send(
        of_academie(semaine, at) if by_bureau else of_bureau(at),
        f"Auto-évaluation rouverte : {semaine.academie} {semaine.edition}",
        f"Bonjour,\n\n{who} a rouvert l’auto-évaluation de l’édition {semaine.edition} :\n\n{why}\n\n"
        f"La voir : {page_of(semaine)}\n",
        key=f"grille-rouverte:{evaluation.pk}:{evaluation.version}",
        at=at,
        reply_to="" if by_bureau else semaine.academie.courriel,
    )


def _subject(echange: EchangeGrille) -> str:
    return f"le critère {echange.critere}" if echange.critere else "l’ensemble de la grille"


def tell_question(echange: EchangeGrille, *, at: dt.datetime) -> None:
    """Tell the académie what the bureau asks."""
    semaine = echange.evaluation.semaine
    send(
        of_academie(semaine, at),
        f"Une question du bureau national sur votre auto-évaluation {semaine.edition}",
        f"Bonjour,\n\nLe bureau national demande, sur {_subject(echange)} :\n\n{echange.text}\n\n"
        f"Répondre : {page_of(semaine)}#echanges\n",
        key=f"grille-question:{echange.pk}",
        at=at,
    )


def tell_answer(echange: EchangeGrille, *, at: dt.datetime) -> None:
    """Tell who asked, or the whole bureau when they left it, what the académie answers."""
    semaine = echange.evaluation.semaine
    bureau = of_bureau(at)
    asker = echange.question.author if echange.question else None
    mine = [asker.email.lower()] if asker and asker.email.lower() in bureau else bureau
    send(
        mine,
        f"Réponse de {named(semaine)} sur son auto-évaluation {semaine.edition}",
        f"Bonjour,\n\nSur {_subject(echange)}, {named(semaine)} répond :\n\n{echange.text}\n\n"
        f"Lire l’échange : {page_of(semaine)}#echanges\n",
        key=f"grille-reponse:{echange.pk}",
        at=at,
        reply_to=semaine.academie.courriel,
    )
