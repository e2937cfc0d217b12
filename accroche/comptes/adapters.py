"""Where the ways in are plugged: allauth, whose mails leave through our one door, and ProConnect."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from accroche.commun import mail
from accroche.comptes.models import User
from accroche.comptes.views.entree import sign_in
from accroche.integrations.proconnect import ProConnect, Registration

#: The one mail of allauth we send; any other would be a flow we do not offer.
CODE = "account/email/login_code"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Our choices where allauth asks."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": "Ce code n’est pas le bon. Vérifiez-le, ou demandez-en un autre.",
        "too_many_login_attempts": "Trop d’essais. Attendez quelques minutes, puis recommencez.",
        "rate_limited": "Trop de demandes. Attendez quelques minutes, puis recommencez.",
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail with the code."""
        if template_prefix != CODE:
            raise ValueError(f"No mail is written for {template_prefix}.")
        mail.queue(
            to=email,
            subject=f"{context['code']} est votre code de connexion",
            body=(
                f"Bonjour,\n\nVotre code pour vous connecter à Accroche : {context['code']}\n\n"
                "Il sert une fois, pendant quinze minutes. Si vous n’avez rien demandé, ignorez ce message : "
                "personne ne peut se connecter sans ce code.\n"
            ),
            key=f"code:{secrets.token_hex(16)}",
            at=timezone.now(),
        )

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in who gave their code back, by the one door."""
        sign_in(request, user, at=timezone.now())

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Keep the errors; what went well shows on our own pages."""
        if level >= messages.ERROR:
            super().add_message(request, level, *args, **kwargs)


def proconnect() -> ProConnect | None:
    """The instance's ProConnect; None where it is not registered."""
    given: dict[str, Any] = settings.PROCONNECT
    return ProConnect(Registration(**given), cache) if given else None
