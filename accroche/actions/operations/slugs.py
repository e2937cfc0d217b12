"""The addresses of sheets: made of their title, each once in a semaine."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from typing import TypeVar

from django.db import IntegrityError, transaction

from accroche.actions.models import Action, AncienneAdresse
from accroche.campagne.models import Semaine
from accroche.lib.texte import slug as words_of

#: Room left in an address for the number that tells two sheets of one title apart.
SLUG_LENGTH = 100

T = TypeVar("T")


def slug_of_chance() -> str:
    """The address of a draft that nobody may read yet: no title ever gives one like it."""
    return f"_{secrets.token_hex(8)}"


def free_slugs(semaine: Semaine, title: str) -> Iterator[str]:
    """The addresses of a title nobody has in a semaine yet, best first, without end.

    A handful is looked for by name, then twice as many: however many sheets there are, nobody waits.
    """
    base = words_of(title)[:SLUG_LENGTH].strip("-") or "action"
    first, many = 1, 10
    while True:
        wanted = [base if number == 1 else f"{base}-{number}" for number in range(first, first + many)]
        held = Action.with_unconfirmed.filter(semaine=semaine, slug__in=wanted)
        taken = set(held.values_list("slug", flat=True))
        # one that led elsewhere for years would lead to another action
        former = AncienneAdresse.objects.order_by().filter(semaine=semaine, slug__in=wanted)
        taken |= set(former.values_list("slug", flat=True))
        yield from (slug for slug in wanted if slug not in taken)
        first, many = first + many, 2 * many


def keep_address(action: Action) -> None:
    """Keep the address that a sheet leaves, if anybody may have been given it: it was sent once."""
    if action.submitted_at is not None:
        AncienneAdresse.objects.update_or_create(
            semaine_id=action.semaine_id, slug=action.slug, defaults={"action": action}
        )


def with_free_slug(semaine: Semaine, title: str, create: Callable[[str], T]) -> T:
    """Create under the first address that is free when it is written: two at once get two."""
    for slug in free_slugs(semaine, title):
        try:
            with transaction.atomic():
                return create(slug)
        except IntegrityError:
            if not Action.with_unconfirmed.filter(semaine=semaine, slug=slug).exists():
                raise
    raise AssertionError  # there is always another number
