"""How often what may be asked for: the one table of limits, told with its reasons in docs/exploitation.md.

Limits fall on who asks: a person who signed in, or the network a visitor comes from. A whole school, or an
académie, may be behind one address: a network has room for sixty teachers who declare within the hour. What
concerns one mailbox or one sheet is counted besides. A limit of all is only there so that a crowd of machines
does not fill the disk or have the mail server refused everywhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from accroche.commun.limites import Limite

MINUTE = dt.timedelta(minutes=1)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)

Uses = list[tuple[Limite, str]]

NETWORK = "Beaucoup de demandes viennent de votre réseau en ce moment."
ALL = "Le site reçoit en ce moment plus de demandes qu’il n’en peut servir."
MAILBOX = "Plusieurs courriels viennent de partir à cette adresse : regardez aussi les indésirables."
CODE_MAILBOX = (
    "Plusieurs codes viennent de partir à cette adresse. Ouvrez ici le lien du dernier courriel reçu : il "
    "vous connecte, sur cet appareil aussi. Regardez parmi les indésirables."
)

# -- sign-in codes: the figures of the sum in docs/exploitation.md, which a test computes -----------

#: For a browser nobody knows. Who signed in there has a count of their own, out of strangers’ reach.
#: No longer than the links of those mails serve (``comptes.operations.codes``): who is refused holds one.
CODES_MAILBOX = Limite("code, adresse, heure", 8, HOUR, CODE_MAILBOX)
CODES_KNOWN_HOUR = Limite("code, appareil connu, heure", 10, HOUR, CODE_MAILBOX)
CODES_KNOWN_DAY = Limite("code, appareil connu, jour", 60, DAY, CODE_MAILBOX)
#: One network cannot use up alone what a mailbox may receive.
CODES_MAILBOX_NETWORK = Limite("code, adresse et réseau, heure", 5, HOUR, CODE_MAILBOX)
CODES_NETWORK_MINUTE = Limite("code, réseau, minute", 30, MINUTE, NETWORK)
CODES_NETWORK_HOUR = Limite("code, réseau, heure", 300, HOUR, NETWORK)
CODES_ALL = Limite("code, tous, heure", 20_000, HOUR, ALL)

# -- other mails to an address that somebody typed: links to sheets, votes --------------------------

MAILS_NETWORK_MINUTE = Limite("courriel, réseau, minute", 30, MINUTE, NETWORK)
MAILS_NETWORK_HOUR = Limite("courriel, réseau, heure", 300, HOUR, NETWORK)
MAILS_ALL = Limite("courriel, tous, heure", 20_000, HOUR, ALL)
LINKS_SHEET = Limite("lien, fiche, heure", 3, HOUR, MAILBOX)
LINKS_MAILBOX = Limite("lien, adresse et réseau, heure", 6, HOUR, MAILBOX)
LINKS_MAILBOX_ALL = Limite("lien, adresse, heure", 20, HOUR, MAILBOX)
VOTES_MAILBOX = Limite("vote, adresse et réseau, heure", 3, HOUR, MAILBOX)
VOTES_MAILBOX_ALL = Limite("vote, adresse, heure", 10, HOUR, MAILBOX)

# -- sheets ----------------------------------------------------------------------------------------

DRAFTS = (
    "Plusieurs fiches viennent d’être créées avec cette adresse. Connectez-vous : la limite est alors bien "
    "plus haute."
)
DRAFTS_MAILBOX = Limite("fiche, adresse et réseau, heure", 5, HOUR, DRAFTS)
DRAFTS_MAILBOX_ALL = Limite("fiche, adresse, heure", 20, HOUR, DRAFTS)
DRAFTS_NETWORK_MINUTE = Limite("fiche, réseau, minute", 20, MINUTE, NETWORK)
DRAFTS_NETWORK_HOUR = Limite("fiche, réseau, heure", 200, HOUR, NETWORK)
DRAFTS_ALL = Limite("fiche, tous, heure", 5_000, HOUR, ALL)
DRAFTS_PERSON = Limite(
    "fiche, personne, heure", 200, HOUR, "Vous avez créé beaucoup de fiches en peu de temps."
)
#: A page saves by itself 1.2 seconds after the last key: at most 50 times a minute.
SAVES_SHEET = Limite("enregistrement, fiche, minute", 60, MINUTE, "Cette fiche est enregistrée trop souvent.")
SAVES_NETWORK = Limite("enregistrement, réseau, minute", 1_200, MINUTE, NETWORK)
STEPS_SHEET = Limite(
    "étape, fiche, heure", 20, HOUR, "Cette fiche vient d’être envoyée et reprise bien des fois."
)
UPLOADS_NETWORK = Limite("pièce jointe, réseau, heure", 600, HOUR, NETWORK)
#: In megabytes: what a disk can take, far above what an académie sends behind one address.
ROOM = "Trop de fichiers ont été envoyés depuis hier."
ROOM_NETWORK = Limite("pièces jointes, réseau, mégaoctets", 4_000, DAY, ROOM)
ROOM_UNCONFIRMED = Limite("pièces jointes à confirmer, réseau, mégaoctets", 600, DAY, ROOM)
ROOM_ALL = Limite("pièces jointes, tous, mégaoctets", 40_000, DAY, ROOM)
UPLOADS_PERSON = Limite(
    "pièce jointe, personne, heure", 200, HOUR, "Vous avez ajouté beaucoup de fichiers en peu de temps."
)

# -- what a person has mailed to others ------------------------------------------------------------

PERSON = "Vous avez écrit à beaucoup de monde en peu de temps."
REQUESTS = Limite(
    "rattachement, personne, jour",
    5,
    DAY,
    "Vous avez déjà plusieurs demandes en attente, ou faites aujourd’hui : attendez leurs réponses.",
)
INVITATIONS_PERSON = Limite("invitation, personne, jour", 200, DAY, PERSON)
INVITATIONS_MAILBOX = Limite(
    "invitation, personne et adresse, jour",
    5,
    DAY,
    "Vous avez déjà envoyé plusieurs invitations à cette adresse.",
)
COMMENTS_PERSON = Limite("message, personne, heure", 120, HOUR, PERSON)
COMMENTS_SHEET = Limite(
    "message, fiche, heure", 30, HOUR, "Beaucoup de messages viennent d’être écrits sur cette fiche."
)

#: Each criterion of a grid is saved by itself 1.2 seconds after the last key: at most 50 times a minute.
ANSWERS_PERSON = Limite(
    "réponse à la grille, personne, minute", 120, MINUTE, "Cette grille est enregistrée trop souvent."
)

#: A part of the report is saved by itself two seconds after the last key: 30 times a minute, in each tab.
REPORT_PERSON = Limite("rapport, personne, minute", 120, MINUTE, "Ce texte est enregistré trop souvent.")

ADDRESSES_PERSON = Limite(
    "adresse nouvelle, personne, heure", 5, HOUR, "Vous avez demandé plusieurs changements d’adresse."
)
ADDRESSES_MAILBOX = Limite("adresse nouvelle, adresse, heure", 5, HOUR, MAILBOX)
EXPORTS_PERSON = Limite(
    "export, personne, heure", 10, HOUR, "Vous avez téléchargé vos données plusieurs fois en peu de temps."
)

# -- opinions of the site ----------------------------------------------------------------------------

AVIS_PERSON = Limite("avis, personne, heure", 10, HOUR, "Vous avez donné plusieurs avis en peu de temps.")
AVIS_NETWORK = Limite("avis, réseau, heure", 60, HOUR, NETWORK)
AVIS_ALL = Limite("avis, tous, jour", 2_000, DAY, ALL)


# -- schools that are not in the directory -----------------------------------------------------------

ABSENTS_PERSON = Limite("établissement absent, personne, jour", 20, DAY, PERSON)
ABSENTS_NETWORK = Limite("établissement absent, réseau, heure", 60, HOUR, NETWORK)
ABSENTS_PLACE = Limite(
    "établissement absent, département, jour", 100, DAY, "L’académie a déjà reçu beaucoup de signalements."
)


def of_network(network: str, *limites: Limite) -> Uses:
    """What counts for the network a visitor comes from; nothing for a console, which comes from none."""
    return [(limite, network) for limite in limites] if network else []


def of_mailbox(address: str, network: str, theirs: Limite, everybodys: Limite) -> Uses:
    """What counts for an address somebody typed: for who types it there, and for all who do.

    So that one network never uses up alone what a mailbox may receive.
    """
    return [(theirs, f"{network} {address}"), (everybodys, address)]


def mails_from(network: str) -> Uses:
    """The limits of a mail that a visitor of ``network`` has sent to an address nobody has confirmed."""
    return [*of_network(network, MAILS_NETWORK_MINUTE, MAILS_NETWORK_HOUR), (MAILS_ALL, "")]


def table() -> Iterable[Limite]:
    """Every limit of this module, in its order."""
    return [value for value in globals().values() if isinstance(value, Limite)]
