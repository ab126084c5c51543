"""One message, for whoever has to know whose it is: where it stands and who wrote it, never its words."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from mamori.rooms.contact import keeping
from mamori.rooms.contact.models import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFact:
    """A message: the case that it stands in and its number there, and which side wrote it.

    Whoever knows its `ref` has the page of that conversation before them: nobody can guess it.
    """

    ref: str
    case: str
    number: int
    by_seller: bool
    seller_ref: str


def message(ref: str) -> MessageFact | None:
    """Return the message, or nothing."""
    try:
        key = UUID(ref)
    except ValueError:
        return None
    found = Message.objects.select_related("thread__trouble").filter(pk=key).first()
    if found is None:
        return None
    return MessageFact(
        ref=str(key),
        case=keeping.case_number(keeping.about(found.thread)),
        number=found.number,
        by_seller=found.by_seller,
        seller_ref=found.thread.seller_ref,
    )
