"""Who lets the centre read a thread: its seller by showing it, its buyer by saying so; each for themselves."""

from __future__ import annotations

from typing import Annotated

from ninja import Status

from mamori.grammar.hand import Hand
from mamori.ground.declared.records import Flag, Part, says
from mamori.rooms.contact import actions
from mamori.rooms.contact.actions.reading import AlreadyShared, ConsentNotYours
from mamori.rooms.contact.endpoints.shapes import ThreadShown
from mamori.rooms.contact.endpoints.showing import shown, thread_of, trouble_of
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.ids import ThreadId

SHARING = (NothingHere, AlreadyShared)
DECIDING = (NothingHere, ConsentNotYours)


class ReadingDecided(Part, frozen=True, kw_only=True):
    """What the buyer answers, asked whether the centre may read if it has to help."""

    centre_may_read: Annotated[
        Flag,
        says("購入者本人の答え。いつでも変えられる", "the buyer's own answer; it may be changed at any time"),
    ]


def share_thread(hand: Hand, thread: ThreadId) -> Status[ThreadShown]:
    """Let the seller show the words of a trouble's thread to the centre; it cannot be undone."""
    found = _of_a_trouble(hand, thread)
    actions.share(hand, thread=found)
    return Status(200, shown(hand, thread_of(hand, found)))


def decide_reading(hand: Hand, thread: ThreadId, body: ReadingDecided) -> Status[ThreadShown]:
    """Take the buyer's word whether the centre may read a trouble's thread once it helps."""
    found = _of_a_trouble(hand, thread)
    actions.let_read(hand, thread=found, centre_may_read=body.centre_may_read)
    return Status(200, shown(hand, thread_of(hand, found)))


def _of_a_trouble(hand: Hand, thread: ThreadId) -> int:
    """Return the thread's number; with a question before purchase the centre has nothing to do."""
    return trouble_of(thread_of(hand, thread)).thread_id
