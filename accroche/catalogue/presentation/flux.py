"""What is new, as an Atom feed (RFC 4287): the same bytes for the same sheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed

from accroche.catalogue.flux import EntreeDeFlux
from accroche.catalogue.presentation.calendriers import host, plain, shortened
from accroche.lib.texte import typographie

#: The year from which the names of entries are this site's (RFC 4151).
SINCE: Final = "2026"
LONGEST: Final = 600


def atom(entries: Iterable[EntreeDeFlux], title: str, subtitle: str, path: str, own: str) -> bytes:
    """Write entries as a feed; ``path`` is the page it is of, ``own`` the address of the feed itself."""
    feed = _Feed(
        title=title,
        link=f"{settings.SITE_URL}{path}",
        description=subtitle,
        subtitle=subtitle,
        language="fr",
        feed_url=f"{settings.SITE_URL}{own}",
        feed_guid=f"{settings.SITE_URL}{own}",
        author_name="Accroche",
    )
    for entry in entries:
        feed.add_item(
            title=plain(typographie(entry.title)),
            link=f"{settings.SITE_URL}{entry.path}",
            description=shortened(entry.summary, LONGEST),
            unique_id=f"tag:{host()},{SINCE}:{entry.identifiant}",
            pubdate=entry.published,
            updateddate=entry.updated,
            author_name=plain(entry.author),
        )
    return feed.writeString("utf-8").encode()


class _Feed(Atom1Feed):
    """Django's, whose moment is that of its newest entry: of none, that of the first days."""

    def latest_post_date(self) -> dt.datetime:
        moments = [item["updateddate"] for item in self.items]
        return max(moments, default=dt.datetime(int(SINCE), 1, 1, tzinfo=dt.UTC))
