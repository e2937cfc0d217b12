"""Reading the notice by which a server gives a mail back (RFC 3464): who did not get it, which mail, why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from typing import Final

#: A longer notice is read to there (bytes): what counts comes first, what is given back comes last.
LONGEST: Final = 1_000_000
#: Recipients that one notice tells of.
MOST: Final = 100


class AvisError(ValueError):
    """This is no such notice; the message says what it is instead, in French."""


@dataclass(frozen=True, slots=True)
class Avis:
    """One recipient a mail did not reach. ``message_id``: of that mail, empty when it does not say."""

    address: str
    reason: str
    message_id: str


def lire_avis(raw: bytes) -> tuple[Avis, ...]:
    """Return whom a notice says a mail did not reach, for good; nobody when it only tells of a delay.

    Anybody can write one: what it tells is to be believed only of a mail that was sent, to that address.
    Raises :class:`AvisError`.
    """
    message = message_from_bytes(raw[:LONGEST], policy=policy.default)
    parts = list(message.walk())
    told = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    if not told:
        raise AvisError("Ce message n’est pas un avis de non-remise (RFC 3464) : rien n’est marqué.")
    name = _returned(parts)
    return tuple(
        Avis(address, _text(block, "Diagnostic-Code") or _text(block, "Status"), name)
        for block in [block for part in told for block in _blocks(part)][:MOST]
        if _text(block, "Action").lower() == "failed"
        and (address := _text(block, "Original-Recipient") or _text(block, "Final-Recipient"))
    )


def _blocks(part: Message) -> Iterator[Message]:
    """What a notice tells of each recipient; the first block is about the server."""
    held = part.get_payload()
    if isinstance(held, list):
        yield from (block for block in held if isinstance(block, Message))


def _text(block: Message, name: str) -> str:
    """A field as « rfc822; camille@exemple.fr » holds it, without its kind."""
    try:
        value = str(block.get(name) or "")
    except (ValueError, IndexError):  # a header no parser can make anything of
        return ""
    _, kind, rest = value.partition(";")
    return " ".join((rest if kind else value).split())[:500]


def _returned(parts: Sequence[Message]) -> str:
    """The name of the mail that is given back, whole or by its headers."""
    for part in parts[1:]:
        kind = part.get_content_type()
        if kind == "message/rfc822" and isinstance(held := part.get_payload(), list) and held:
            return _name(held[0])
        if kind == "text/rfc822-headers":
            text = part.get_payload(decode=True)
            if isinstance(text, bytes):
                return _name(message_from_bytes(text, policy=policy.default))
    return ""


def _name(message: object) -> str:
    if not isinstance(message, Message):
        return ""
    try:
        return "".join(str(message.get("Message-ID") or "").split())[:250]
    except (ValueError, IndexError):
        return ""
