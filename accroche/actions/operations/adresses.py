"""What a mail may say of a sheet, by what is known of the mailbox: strangers are sent nobody's words.

Anybody may type any address in a sheet. If its title went there, the site would carry a text of the sender's
choice to a mailbox of the sender's choice.
"""

from __future__ import annotations

from django.db.models import Q

from accroche.actions.models import Action
from accroche.comptes.models import User
from accroche.lib.moments import format_recent


def is_confirmed(action: Action, address: str) -> bool:
    """Whether a mailbox is somebody's we know: an account, a link of the sheet followed, a school's own."""
    to = address.lower()
    if action.declarant and action.declarant.email == to:
        return True
    if to == action.declarant_email.lower() and action.acces.filter(used_at__isnull=False).exists():
        return True
    people = User.objects.filter(Q(last_login__isnull=False) | Q(roles__isnull=False), email=to)
    schools = action.porteurs.filter(etablissement__email__iexact=to)
    return people.exists() or schools.exists()


def day_of(action: Action) -> str:
    """A sheet without a word of who wrote it: « du 26 novembre à 14 h 05 (heure de Paris) »."""
    return f"du {format_recent(action.created_at)}" if action.created_at else ""


def title_for(action: Action, address: str) -> str:
    """The title of a sheet, to head a line; for a mailbox nobody confirmed, its day."""
    return action.title if is_confirmed(action, address) else f"Votre fiche {day_of(action)}"


def sheet_for(action: Action, address: str) -> str:
    """A sheet at the beginning of a sentence: « La fiche « Forum » », or its day for who is not known."""
    if is_confirmed(action, address):
        return f"La fiche « {action.title} »"
    return f"Votre fiche {day_of(action)}"
