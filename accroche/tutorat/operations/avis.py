"""What mails tell about a pair of tutoring, and to whom. Nobody is told of their own gesture."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.conf import settings
from django.urls import reverse

from accroche.commun import mail
from accroche.lib.texte import capitale, de
from accroche.pilotage.queries.destinataires import bureau_addresses, office_addresses
from accroche.tutorat.besoins import CodeBesoin
from accroche.tutorat.binome import Cote, EtatBinome, MotifSortie, Pas
from accroche.tutorat.models import Binome, ContactBinome

_PAIR: Final = (Cote.MENTOR, Cote.MENTEE)


def link_to(binome: Binome) -> str:
    """The page of a pair, in full."""
    return f"{settings.SITE_URL}{reverse('tutorat:binome', args=[binome.pk])}"


def name_of(binome: Binome, side: Cote) -> str:
    """Who is on a side, as a sentence names them."""
    if side is Cote.BUREAU or (side is Cote.MENTOR and not binome.mentor):
        return "le bureau national"
    academie = binome.mentor if side is Cote.MENTOR and binome.mentor else binome.mentee
    return f"l’académie {de(academie.name)}"


def addresses_of(binome: Binome, side: Cote, at: dt.datetime) -> list[str]:
    """Who is written to on a side."""
    if side is Cote.MENTEE:
        return office_addresses(binome.mentee, at)
    if side is Cote.MENTOR and binome.mentor:
        return office_addresses(binome.mentor, at)
    return bureau_addresses(at)


def _tell(binome: Binome, side: Cote, subject: str, body: str, key: str, at: dt.datetime) -> int:
    """Write one mail a person and ``key``; return how many are new."""
    other = binome.mentee if side is Cote.MENTOR else binome.mentor
    return sum(
        mail.queue(
            to=to,
            subject=subject,
            body=f"Bonjour,\n\n{body}\n\nTout est ici : {link_to(binome)}\n",
            key=f"binome:{binome.pk}:{key}:{side}:{to}",
            at=at,
            reply_to=other.courriel if other and side is not Cote.BUREAU else "",
        )
        for to in addresses_of(binome, side, at)
    )


def tell_proposed(binome: Binome, *, at: dt.datetime) -> None:
    """Ask both académies whether they agree."""
    why = "\n".join(
        f"- {CodeBesoin(one['besoin']).label} : {one['preuve']}" for one in binome.reasons.get("comble", ())
    )
    mentor, mentee = (name_of(binome, side) for side in _PAIR)
    reasons = f"\n\nCe que {mentor} peut montrer :\n{why}" if why else ""
    free = (
        "Rien n’est engagé : chacun accepte ou décline sur la page du binôme, et peut se retirer plus tard."
    )
    if binome.mentor:
        told = f"Le bureau national propose que votre académie accompagne {mentee} pour sa prochaine semaine."
        _tell(binome, Cote.MENTOR, "Accompagner une académie ?", f"{told}{reasons}\n\n{free}", "propose", at)
    told = f"Le bureau national propose que {mentor} accompagne votre académie pour sa prochaine semaine."
    if not binome.mentor:
        told = "Le bureau national vous propose son appui pour votre prochaine semaine."
    _tell(binome, Cote.MENTEE, "Un appui pour votre semaine ?", f"{told}{reasons}\n\n{free}", "propose", at)


def recall_proposal(binome: Binome, *, at: dt.datetime) -> int:
    """Remind the sides that have not answered a proposal, once each; return how many mails were written."""
    body = (
        f"Le binôme proposé ({binome.mentee.name}, {binome.mentor_name}) attend encore votre réponse. "
        "Accepter ou décliner prend un clic, et les deux réponses sont bonnes : elles permettent d’avancer."
    )
    owed = [side for side in _PAIR if side not in binome.accepted]
    return sum(_tell(binome, side, "Votre réponse au tutorat proposé", body, "recall", at) for side in owed)


_TOLD: Final = {
    Pas.ACCEPT: "{who} accepte l’accompagnement proposé.",
    Pas.DECLINE: "{who} préfère décliner l’accompagnement proposé. Merci d’y avoir pensé.",
    Pas.WITHDRAW: "{who} retire l’accompagnement proposé. Vous n’avez rien à faire.",
    Pas.PAUSE: "{who} met l’accompagnement en pause. Il reprend quand vous le souhaitez ; "
    "plus aucune question ne vous sera posée d’ici là.",
    Pas.RESUME: "{who} reprend l’accompagnement.",
    Pas.FINISH: "{who} clôt l’accompagnement. Dites en deux minutes ce qu’il vous a apporté.",
    Pas.LEAVE: "{who} se retire de l’accompagnement. Ce qui restait à faire est clos : "
    "plus rien ne vous est demandé.",
}
_NEXT: Final = "Le bureau national en est informé, et peut proposer un autre appui."
_SUBJECTS: Final = {
    Pas.ACCEPT: "Accompagnement accepté",
    Pas.DECLINE: "Accompagnement décliné",
    Pas.WITHDRAW: "Proposition d’accompagnement retirée",
    Pas.PAUSE: "Accompagnement en pause",
    Pas.RESUME: "Accompagnement repris",
    Pas.FINISH: "Accompagnement terminé",
    Pas.LEAVE: "Fin de l’accompagnement",
}


def tell_moved(binome: Binome, pas: Pas, side: Cote, *, at: dt.datetime) -> None:
    """Tell everybody but ``side`` what it did; ``binome`` as it is now."""
    who = name_of(binome, side)
    parts = [_TOLD[pas].format(who=capitale(who))]
    if pas is Pas.ACCEPT and binome.etat is EtatBinome.ACTIVE:
        parts.append("L’accord est complet : l’accompagnement commence. Convenez d’un premier échange.")
    if binome.end_reason:
        parts.append(f"Raison donnée : {MotifSortie(binome.end_reason).label.lower()}.")
    if binome.end_text:
        parts.append(f"« {binome.end_text} »")
    if pas in {Pas.LEAVE, Pas.DECLINE}:
        parts.append(_NEXT)
    about = f"Binôme : {binome.mentee.name}, {binome.mentor_name}."
    body = "\n\n".join([*parts, about])
    told = {side}
    # the bureau that accompanies is not told twice
    sides = [*_PAIR, *([Cote.BUREAU] if binome.mentor else [])]
    if side is Cote.BUREAU and not binome.mentor:
        told.add(Cote.MENTOR)
    for other in sides:
        if other not in told:
            _tell(binome, other, _SUBJECTS[pas], body, f"{binome.moves}", at)


def ask_whether_they_talked(contact: ContactBinome, *, at: dt.datetime) -> None:
    """Mail both sides « avez-vous pu vous parler ? », answered from one page after signing in."""
    binome = contact.binome
    page = f"{settings.SITE_URL}{reverse('tutorat:contact', args=[contact.pk])}"
    for side in _PAIR:
        other = name_of(binome, Cote.MENTEE if side is Cote.MENTOR else Cote.MENTOR)
        body = (
            f"Avez-vous pu vous parler, vous et {other}, ces dernières semaines ?\n\n"
            f"Répondez d’un clic : {page}\n\n"
            "Une réponse suffit pour le binôme. « Pas encore » en est une : elle aide à trouver un moment. "
            "Si le rythme ne convient plus, la page du binôme permet de faire une pause ou de s’arrêter."
        )
        _tell(binome, side, "Avez-vous pu vous parler ?", body, f"contact:{contact.asked_on}", at)
