"""What a guard would want to know, in one vocabulary: one line an event, never a name nor an address.

People are told by their number or their pseudonym of the day, things by their number.
"""

from __future__ import annotations

import logging
from enum import StrEnum
from typing import Final

logger = logging.getLogger("accroche.securite")


class Evenement(StrEnum):
    """Everything that is told; operators and their tools rely on these words."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    DEVICE_ENDED = "device_ended"
    CODE_SENT = "code_sent"
    WRONG_CODE = "wrong_code"
    WRONG_LINK = "wrong_link"
    FORBIDDEN = "forbidden"
    CSRF = "csrf"
    LIMITED = "limited"
    UNREADABLE = "unreadable"
    PROVIDER_REFUSED = "provider_refused"
    ROLE_GRANTED = "role_granted"
    ROLE_ENDED = "role_ended"
    ROLE_RESUMED = "role_resumed"
    INVITED = "invited"
    INVITATION_ACCEPTED = "invitation_accepted"
    INVITATION_CANCELLED = "invitation_cancelled"
    REQUEST_ACCEPTED = "request_accepted"
    REQUEST_REFUSED = "request_refused"
    JUROR_ADDED = "juror_added"
    JUROR_REMOVED = "juror_removed"
    HANDED_OVER = "handed_over"
    ATTACHED = "attached"
    ACCOUNT_LINKED = "account_linked"
    ACCOUNT_DELETED = "account_deleted"
    ADDRESS_CHANGED = "address_changed"
    ADDRESS_RESTORED = "address_restored"
    DATA_EXPORTED = "data_exported"


#: What the journal tells that concerns rights: told here too, once it is certain.
OF_THE_JOURNAL: Final = {
    "grant": Evenement.ROLE_GRANTED,
    "end_role": Evenement.ROLE_ENDED,
    "resume_role": Evenement.ROLE_RESUMED,
    "invite": Evenement.INVITED,
    "accept_invitation": Evenement.INVITATION_ACCEPTED,
    "cancel_invitation": Evenement.INVITATION_CANCELLED,
    "accept_request": Evenement.REQUEST_ACCEPTED,
    "refuse_request": Evenement.REQUEST_REFUSED,
    "add_juror": Evenement.JUROR_ADDED,
    "remove_juror": Evenement.JUROR_REMOVED,
    "hand_over": Evenement.HANDED_OVER,
    "attach": Evenement.ATTACHED,
    "link_proconnect": Evenement.ACCOUNT_LINKED,
    "change_address": Evenement.ADDRESS_CHANGED,
    "restore_address": Evenement.ADDRESS_RESTORED,
    "end_device": Evenement.DEVICE_ENDED,
    "sign_out_everywhere": Evenement.SIGNED_OUT_EVERYWHERE,
}

#: What somebody did right; the others are refusals, told louder.
USUAL: Final = frozenset(Evenement) - {
    Evenement.WRONG_CODE,
    Evenement.WRONG_LINK,
    Evenement.FORBIDDEN,
    Evenement.CSRF,
    Evenement.LIMITED,
    Evenement.UNREADABLE,
    Evenement.PROVIDER_REFUSED,
}


def tell(event: Evenement, **facts: str | int | None) -> None:
    """Log ``event``. ``facts``: numbers of rows and words of our own, never what somebody typed."""
    level = logging.INFO if event in USUAL else logging.WARNING
    logger.log(level, "security", extra={"facts": {"event": str(event), **facts}})
