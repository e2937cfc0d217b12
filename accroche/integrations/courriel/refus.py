"""What a mail server refused, in words for who can mend it: its own sentence is English and for machines."""

from __future__ import annotations

import re
from typing import Final

#: Three numbers that all servers give the same meaning (RFC 3463), and the reply itself.
_STATUS: Final = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_REPLY: Final = re.compile(r"\A(\d{3})\b")

NOBODY: Final = "Cette adresse n’existe pas, ou plus."
FULL: Final = "La boîte aux lettres est pleine."
CLOSED: Final = "La boîte aux lettres n’accepte plus de courriel."
NO_DOMAIN: Final = "Ce qui suit « @ » n’existe pas, ou ne reçoit pas de courriel."
FILTERED: Final = "Un filtre l’a refusé : le service informatique qui gère cette adresse peut aider."
LATER: Final = "Le serveur de cette adresse le refuse pour l’instant."
UNKNOWN: Final = "L’envoi a échoué."

#: What the subject and the detail of a status mean, the most exact first.
_MEANING: Final = {
    (1, 1): NOBODY,
    (1, 2): NO_DOMAIN,
    (1, 3): NOBODY,
    (1, 6): NOBODY,
    (1, 10): NO_DOMAIN,
    (2, 1): CLOSED,
    (2, 2): FULL,
    (4, 4): NO_DOMAIN,
}
#: A reply without a status: what servers mostly mean by it.
_REPLIES: Final = {"550": NOBODY, "551": NOBODY, "552": FULL, "553": NOBODY, "554": FILTERED}
_SECURITY: Final = 7


def en_clair(error: str) -> str:
    """Return what went wrong in one French sentence; what we said ourselves stays as it is."""
    reply = _REPLY.match(error)
    status = _STATUS.search(error)
    if status:
        subject, detail = int(status[2]), int(status[3])
        if (subject, detail) in _MEANING:
            return _MEANING[subject, detail]
        if subject == _SECURITY:
            return FILTERED
        return LATER if status[1] == "4" else UNKNOWN
    if reply:
        return LATER if reply[1].startswith("4") else _REPLIES.get(reply[1], UNKNOWN)
    return error if "«" in error or "adresse" in error else UNKNOWN
