"""What each table holds of a person, and how it is told to them (GDPR, articles 15 and 20).

:data:`PARTIES` is the one list. A column that may name somebody is in one of its lines, or in
:data:`LEFT_OUT` with why it is not; a test walks every model (``tests/portail/test_mes_donnees.py``).
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db.models import Q

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, Commentaire, DoublonEcarte, LienAcces, PieceJointe
from accroche.actions.phrases import DONE
from accroche.actions.queries.contenu import content_of
from accroche.actions.saisie import FIELD_LABELS, as_value, in_words
from accroche.aide.models import AvisSite
from accroche.annuaire.models import ReponseReconnaissance
from accroche.commun import journal
from accroche.commun.models import Job, JobState, JournalEntry, Message
from accroche.comptes.models import (
    Appareil,
    ChangementAdresse,
    CodeConnexion,
    DemandeInvitation,
    DemandeRattachement,
    EtablissementAbsent,
    Invitation,
    Role,
    SignalementAbsent,
    User,
)
from accroche.comptes.operations import names_of
from accroche.comptes.regles import IssueAbsence
from accroche.evaluation.models import EchangeGrille, Evaluation, RelanceGrille, Reponse
from accroche.imports.models import Depot
from accroche.pilotage.models import Sollicitation
from accroche.portail.gestes import GESTES
from accroche.portail.queries.volet import Champ, Value, Volet, words_of
from accroche.redaction.models import FilFiche, MessageFiche, RelanceFiche, VersionPartie
from accroche.votes.models import Bulletin, Note, Scrutin
from accroche.votes.operations.vote import ballots_of


def _sheet(row: Any, _at: dt.datetime) -> str:
    return str(row.action)


def _content(action: Action, _at: dt.datetime) -> dict[str, Value]:
    """What the sheet says, by the labels of the form."""
    told = content_of(action)
    return {
        label: words
        for name, label in FIELD_LABELS.items()
        if (words := in_words(name, as_value(getattr(told, name)))) != "(vide)"
    }


def _journal(entry: JournalEntry, _at: dt.datetime) -> str:
    return (DONE | GESTES).get(entry.verb, entry.verb)


def _of_mail(column: str) -> Champ:
    """A mail's own words, but for one whose code or link still serves: it is in the mailbox alone."""
    return lambda row, at: "" if row.until and row.until > at else getattr(row, column)


_ROLE: Final[dict[str, Champ]] = {
    "rôle": lambda row, _at: row.role_words,
    "territoire": lambda row, _at: row.territory,
    "depuis": "granted_at",
    "jusqu’au": "expires_at",
    "terminé le": "ended_at",
}
_INVITATION: Final[dict[str, Champ]] = {
    "adresse": "email",
    "rôle": lambda row, _at: row.role_words,
    "le": "invited_at",
    "jusqu’au": "expires_at",
    "acceptée le": "accepted_at",
    "annulée le": "cancelled_at",
}
_RATTACHEMENT: Final[dict[str, Champ]] = {
    "établissement": lambda row, _at: str(row.etablissement),
    "message": "message",
    "le": "asked_at",
    "répondu le": "decided_at",
    "acceptée": "accepted",
}
_SUR_INVITATION: Final[dict[str, Champ]] = {
    "rôle": lambda row, _at: row.invitation.role_words,
    "le": "asked_at",
    "répondu le": "decided_at",
    "acceptée": "accepted",
}
_ABSENT: Final[dict[str, Champ]] = {
    "établissement": "name",
    "commune": "commune",
    "code postal": "postal_code",
    "type": lambda row, _at: row.kind_words,
    "code UAI": "uai",
    "le": "asked_at",
    "répondu le": "decided_at",
    "réponse": words_of(IssueAbsence, "issue"),
}


def _of_absent(champ: Champ) -> Champ:
    """The same, of the school that somebody told."""
    return lambda row, at: champ(row.absent, at) if callable(champ) else getattr(row.absent, champ)


PARTIES: Final = (
    Volet(
        "compte",
        "Mon compte",
        User,
        {"adresse": "email", "nom": "name", "inscription": "created_at", "dernière connexion": "last_login"},
        ("email", "name"),
        lambda person: Q(pk=person.pk),
    ),
    Volet(
        "proconnect",
        "ProConnect",
        SocialAccount,
        {"identifiant": "uid", "depuis": "date_joined", "dernière connexion": "last_login"},
        ("user",),
    ),
    Volet(
        "adresses", "Adresses connues de ProConnect", EmailAddress, {"adresse": "email"}, ("user", "email")
    ),
    Volet(
        "adresses_changees",
        "Changements d’adresse",
        ChangementAdresse,
        {
            "ancienne": "before",
            "nouvelle": "after",
            "demandé le": "asked_at",
            "confirmé le": "confirmed_at",
            "annulé le": "undone_at",
        },
        ("user", "before", "after"),
        lambda person: Q(user=person),
    ),
    Volet("roles", "Mes rôles", Role, _ROLE, ("user",)),
    Volet("roles_donnes", "Rôles que j’ai donnés", Role, _ROLE, ("granted_by",)),
    Volet("invitations", "Invitations reçues", Invitation, _INVITATION, ("email",)),
    Volet("invitations_envoyees", "Invitations envoyées", Invitation, _INVITATION, ("invited_by",)),
    Volet("demandes", "Mes demandes", DemandeRattachement, _RATTACHEMENT, ("user",)),
    Volet(
        "reponses", "Demandes auxquelles j’ai répondu", DemandeRattachement, _RATTACHEMENT, ("decided_by",)
    ),
    Volet(
        "demandes_invitation", "Mes demandes sur invitation", DemandeInvitation, _SUR_INVITATION, ("user",)
    ),
    Volet(
        "reponses_invitation",
        "Demandes sur invitation auxquelles j’ai répondu",
        DemandeInvitation,
        _SUR_INVITATION,
        ("decided_by",),
    ),
    Volet(
        "etablissements_absents",
        "Établissements que j’ai signalés absents de l’annuaire",
        SignalementAbsent,
        {
            **{label: _of_absent(champ) for label, champ in _ABSENT.items()},
            "message": "message",
            "le": "asked_at",
        },
        ("email",),
    ),
    Volet(
        "reponses_absents",
        "Établissements signalés absents sur lesquels j’ai répondu",
        EtablissementAbsent,
        _ABSENT,
        ("decided_by",),
    ),
    Volet(
        "appareils",
        "Mes appareils",
        Appareil,
        {
            "appareil": "label",
            "depuis": "known_at",
            "dernière visite": "seen_at",
            "rester connecté": "kept",
            "oublié le": "ended_at",
        },
        ("user",),
    ),
    Volet(
        "codes",
        "Codes de connexion demandés",
        CodeConnexion,
        {"le": "created_at", "essais": "tries", "utilisé le": "used_at"},
        ("email",),
    ),
    Volet(
        "fiches",
        "Mes fiches, et celles qui me nomment",
        Action,
        {
            "titre": "title",
            "édition": lambda row, _at: str(row.semaine.edition),
            "académie": lambda row, _at: str(row.semaine.academie),
            "état": words_of(Etat, "etat"),
            "déclarée le": "created_at",
            "modifiée le": "updated_at",
            "envoyée le": "submitted_at",
            "contenu": _content,
            "fichiers": lambda row, _at: [piece.name for piece in row.pieces.all()],
        },
        ("declarant", "declarant_email", "private_email"),
    ),
    Volet(
        "liens",
        "Liens d’accès reçus",
        LienAcces,
        {"fiche": _sheet, "le": "created_at", "suivi le": "used_at", "retiré le": "revoked_at"},
        ("email",),
    ),
    Volet(
        "messages",
        "Messages écrits sur des fiches",
        Commentaire,
        {"fiche": _sheet, "le": "at", "note interne": "internal", "texte": "text"},
        ("author", "author_name"),
        lambda person: Q(author=person) | Q(author_name__iexact=person.email),
    ),
    Volet(
        "accords",
        "Accords des personnes visibles, donnés par moi",
        PieceJointe,
        {"fiche": _sheet, "fichier": "name", "le": "consent_at", "par": "consent_by"},
        ("consent_by",),
        lambda person: Q(consent_by__iexact=person.email) | Q(consent_by__in=names_of(person)),
    ),
    Volet(
        "doublons",
        "Fiches dites différentes",
        DoublonEcarte,
        {"l’une": lambda row, _at: str(row.one), "l’autre": lambda row, _at: str(row.other), "le": "at"},
        ("actor",),
    ),
    Volet(
        "jurys",
        "Jurys dont je suis",
        Scrutin,
        {"vote": "title"},
        ("jury",),
    ),
    Volet(
        "notes",
        "Notes données comme juré",
        Note,
        {
            "vote": lambda row, _at: str(row.candidature.scrutin),
            "action": lambda row, _at: str(row.candidature.action),
            "note": "mark",
            "pourquoi": "comment",
            "le": "at",
        },
        ("juror",),
    ),
    # whom one voted for is not told: a vote that can be proved can be bought
    Volet(
        "votes",
        "Votes auxquels j’ai pris part (le choix reste secret)",
        Bulletin,
        {"vote": lambda row, _at: str(row.scrutin), "le": "cast_at", "confirmé le": "confirmed_at"},
        ("voter",),
        lambda person: Q(pk__in=ballots_of(person.email).values("pk")),
    ),
    Volet(
        "reconnaissances",
        "Établissements reconnus",
        ReponseReconnaissance,
        {
            "mention": "mention",
            "commune": "commune",
            "établissement": lambda row, _at: str(row.etablissement or "aucun"),
            "organisme": lambda row, _at: row.get_kind_display(),
            "le": "at",
        },
        ("by",),
    ),
    Volet(
        "sollicitations",
        "Invitations à déclarer, envoyées ou reçues",
        Sollicitation,
        {
            "établissement": lambda row, _at: str(row.etablissement),
            "à": "to",
            "le": "sent_at",
            "texte": "text",
        },
        ("sent_by", "to"),
    ),
    Volet(
        "grilles",
        "Auto-évaluations que j’ai signées ou lues",
        Evaluation,
        {"semaine": lambda row, _at: str(row), "signée le": "signed_at", "lue le": "read_at"},
        ("signed_by", "read_by"),
    ),
    Volet(
        "reponses_grille",
        "Réponses à la grille d’auto-évaluation",
        Reponse,
        {
            "semaine": lambda row, _at: str(row.evaluation),
            "critère": lambda row, _at: str(row.critere),
            "niveau": "level",
            "commentaire": "comment",
            "le": "at",
        },
        ("by",),
    ),
    Volet(
        "echanges_grille",
        "Questions et réponses sur une auto-évaluation",
        EchangeGrille,
        {"semaine": lambda row, _at: str(row.evaluation), "message": "text", "le": "at"},
        ("author",),
    ),
    Volet(
        "relances_grille",
        "Académies relancées pour leur grille",
        RelanceGrille,
        {"semaine": lambda row, _at: str(row.semaine), "message": "text", "le": "sent_at"},
        ("sent_by",),
    ),
    Volet(
        "textes_rapport",
        "Textes de la synthèse nationale que j’ai écrits",
        VersionPartie,
        {"partie": lambda row, _at: str(row.partie), "texte": "valeurs", "le": "at"},
        ("by",),
    ),
    Volet(
        "messages_fiche",
        "Messages écrits sur la fiche d’une académie dans la synthèse",
        MessageFiche,
        {"semaine": lambda row, _at: str(row.fil), "message": "text", "le": "at"},
        ("author",),
    ),
    Volet(
        "fils_fiche",
        "Échanges sur une fiche que j’ai réglés",
        FilFiche,
        {"semaine": lambda row, _at: str(row), "le": "settled_at"},
        ("settled_by",),
    ),
    Volet(
        "relances_fiche",
        "Académies relancées pour leur fiche de la synthèse",
        RelanceFiche,
        {"semaine": lambda row, _at: str(row.semaine), "message": "text", "le": "sent_at"},
        ("sent_by",),
    ),
    Volet(
        "recensements",
        "Fichiers de recensement déposés",
        Depot,
        {
            "fichier": "name",
            "académie": lambda row, _at: str(row.academie),
            "déposé le": "created_at",
            "écrit le": "written_at",
            "fermé le": "closed_at",
        },
        ("owner",),
    ),
    Volet(
        "travaux",
        "Travaux demandés",
        Job,
        {
            "travail": "kind",
            "le": "created_at",
            "état": words_of(JobState, "state"),
            "fini le": "finished_at",
        },
        ("owner",),
    ),
    Volet(
        "avis",
        "Avis donnés sur le site avec mon adresse",
        AvisSite,
        {"le": "given_at", "réponse": "how", "texte": "text", "page": "page", "traité le": "handled_at"},
        ("email",),
    ),
    Volet(
        "journal",
        "Ce que j’ai fait, et ce qui a été fait sur mon compte",
        JournalEntry,
        {
            "le": "at",
            "qui": "actor_name",
            "quoi": _journal,
            "sur": "subject",
            "note": "note",
            "changements": "changes",
        },
        ("actor", "actor_name"),
        lambda person: (
            Q(actor=person) | Q(actor_name__iexact=person.email) | Q(subject=journal.subject_of(person))
        ),
    ),
    Volet(
        "courriels",
        "Courriels qui m’ont été envoyés",
        Message,
        {
            "le": "created_at",
            "objet": _of_mail("subject"),
            "texte": _of_mail("body"),
            "parti le": "sent_at",
        },
        ("to",),
    ),
)

#: Columns that may name somebody and are in no part, and why.
LEFT_OUT: Final = {
    "annuaire.Academie.courriel": "the mailbox of an académie's office",
    "commun.Message.reply_to": "the same, where answers to a mail go",
    "annuaire.Etablissement.email": "a school's own mailbox, which the official directory publishes",
    "actions.Action.public_contact": "told with the sheet it stands on, if it is one's own",
    "actions.Action.private_contact": "the same",
    "actions.Action.private_phone": "the same",
    "publications.Construction.asked_by": "who had a synthesis built, until the next one is",
    "publications.Synthese.settled_by": "who froze a version, told by the journal",
    "redaction.PartieEcrite.by": "who wrote a part last, told by its versions",
    "redaction.RedacteurPresent.user": "who has a page open, forgotten some minutes later",
    "votes.Scrutin_jury.user": "told by the votes whose jury one is of",
}
