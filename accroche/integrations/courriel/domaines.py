"""The ends of addresses that the people of schools have: the frequent ones, and real ones that look alike.

The most frequent come first: of two that are as close to what was typed, the first is proposed.
"""

from __future__ import annotations

import re
from typing import Final

#: The académies' own, those before the mergers included.
ACADEMIES: Final = tuple(
    f"ac-{name}.fr"
    for name in re.findall(
        r"[a-z-]+",
        """
        versailles creteil lille nantes lyon normandie rennes grenoble bordeaux toulouse montpellier paris
        aix-marseille amiens orleans-tours nancy-metz strasbourg nice poitiers dijon reims besancon clermont
        limoges corse reunion guadeloupe martinique guyane mayotte noumea polynesie spm wf caen rouen cned
        """,
    )
)

#: Mailboxes of people in France, and of the State.
FREQUENT: Final = (
    "gmail.com",
    "orange.fr",
    "hotmail.fr",
    "wanadoo.fr",
    "hotmail.com",
    "outlook.fr",
    "free.fr",
    "yahoo.fr",
    "laposte.net",
    "sfr.fr",
    "live.fr",
    "outlook.com",
    "yahoo.com",
    "icloud.com",
    "bbox.fr",
    "neuf.fr",
    "gmx.fr",
    "aol.com",
    "msn.com",
    "live.com",
    "club-internet.fr",
    "protonmail.com",
    "numericable.fr",
    "aliceadsl.fr",
    "education.gouv.fr",
    "agriculture.gouv.fr",
    "justice.fr",
    "googlemail.com",
    "cegetel.net",
    "voila.fr",
    "nordnet.fr",
    "monlycee.net",
    "educagri.fr",
)

#: Real domains that are one or two letters away from a frequent one: never asked about.
REAL: Final = frozenset(
    {
        "ymail.com",
        "mail.com",
        "email.com",
        "gmx.com",
        "gmx.net",
        "hushmail.com",
        "fastmail.com",
        "fastmail.fm",
        "tutamail.com",
        "hotmail.co.uk",
        "yahoo.co.uk",
        "live.co.uk",
        "laposte.fr",
        "orange.com",
        "sfr.com",
        "sfr.net",
        "online.fr",
        "proton.me",
        "pm.me",
        "me.com",
        "mac.com",
        "aol.fr",
        "rocketmail.com",
        "netcourrier.com",
        "live.ca",
        "protonmail.ch",
        "libre.fr",
        "freesbee.fr",
        "groupe-orange.com",
    }
)
