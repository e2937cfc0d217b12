"""What a page tells after it sent the reader elsewhere, in a cookie whose name the settings choose."""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class NamedCookie(CookieStorage):
    """Django's, whose cookie is always called ``messages``."""

    cookie_name = settings.MESSAGE_COOKIE_NAME


class Storage(FallbackStorage):
    """The cookie first, the session for what does not fit."""

    storage_classes = (NamedCookie, SessionStorage)
