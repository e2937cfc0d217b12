"""Every write about people, their roles, and how they get them."""

from __future__ import annotations

from accroche.comptes.operations.absents import report_absent, settle_absent
from accroche.comptes.operations.demandes import (
    answer_for_invitation,
    answer_request,
    ask_for_invitation,
    ask_to_join,
)
from accroche.comptes.operations.invitations import (
    INVITATION_DAYS,
    LinkError,
    OtherAddressError,
    accept_invitation,
    cancel_invitation,
    invite,
    open_invitation,
)
from accroche.comptes.operations.personnes import (
    UNUSED,
    delete_account,
    link_proconnect,
    name_at_first,
    names_of,
    person_of,
    purge_unused,
    rename,
)
from accroche.comptes.operations.roles import end_role, grant, resume_role

__all__ = [
    "INVITATION_DAYS",
    "UNUSED",
    "LinkError",
    "OtherAddressError",
    "accept_invitation",
    "answer_for_invitation",
    "answer_request",
    "ask_for_invitation",
    "ask_to_join",
    "cancel_invitation",
    "delete_account",
    "end_role",
    "grant",
    "invite",
    "link_proconnect",
    "name_at_first",
    "names_of",
    "open_invitation",
    "person_of",
    "purge_unused",
    "rename",
    "report_absent",
    "resume_role",
    "settle_absent",
]
