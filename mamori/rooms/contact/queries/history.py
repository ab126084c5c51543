"""What came before with the same buyer, seller and order: outcomes, refunds, promises; never a word of anybody's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.declared.fields import IS_OPEN
from mamori.rooms.contact import keeping
from mamori.rooms.contact.lifecycle import TROUBLE, RemedyState, TroubleState
from mamori.rooms.contact.models import Call, Thread, Trouble
from mamori.rooms.contact.queries.matter import remedy_of, whole_threads
from mamori.rooms.contact.topics import TOPICS, Topic

LOOKED_AT = 100
"""How many of the newest matters the figures are made of."""
SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An earlier trouble.  Yen."""

    number: str
    topic: Text
    state: Text
    is_open: bool
    at: datetime
    refund: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Earlier troubles with one buyer, seller or order: how many in which state, what was refunded, the newest.  Yen."""

    title: Text
    ref: str
    count: int
    is_cut: bool
    outcomes: tuple[tuple[Text, int], ...]
    refunded: int
    newest: tuple[Earlier, ...]
    promises: tuple[tuple[Text, int], ...] = ()


def history_of(trouble: Trouble) -> tuple[Past, ...]:
    """Return what came before, side by side: the buyer, the seller, the order."""
    thread = trouble.thread
    of_buyer = _threads(thread, buyer_ref=thread.buyer_ref)
    of_seller = _threads(thread, seller_ref=thread.seller_ref)
    of_order = [one for one in of_buyer if one.order_ref == thread.order_ref]
    numbers = _numbers({*of_buyer, *of_seller})
    return (
        _past(Text("この購入者", "This buyer"), thread.buyer_ref, of_buyer, numbers),
        _past(
            Text("この出品者", "This seller"),
            thread.seller_ref,
            of_seller,
            numbers,
            promises=_promises(thread.seller_ref),
        ),
        _past(Text("この注文", "This order"), thread.order_ref, of_order, numbers),
    )


def _threads(thread: Thread, **whose: str) -> list[Thread]:
    """Return the newest troubles' threads, open ones first, each part along an index of its own."""
    mine = whole_threads().filter(**whose).order_by("-id")
    found = [*mine.filter(IS_OPEN)[:LOOKED_AT], *mine.filter(~IS_OPEN)[:LOOKED_AT]]
    others = [one for one in found if one.pk != thread.pk and keeping.trouble_of(one) is not None]
    return others[:LOOKED_AT]


def _numbers(threads: Iterable[Thread]) -> dict[str, str]:
    known = cases.cases_of(abouts=[keeping.about(thread) for thread in threads])
    return {about: case.number for about, case in known.items()}


def _past(
    title: Text,
    ref: str,
    threads: list[Thread],
    numbers: dict[str, str],
    *,
    promises: tuple[tuple[Text, int], ...] = (),
) -> Past:
    rows = [_earlier(thread, numbers) for thread in threads]
    counts: dict[Text, int] = {}
    for row in rows:
        counts[row.state] = counts.get(row.state, 0) + 1
    return Past(
        title=title,
        ref=ref,
        count=len(rows),
        is_cut=len(rows) == LOOKED_AT,
        outcomes=tuple(sorted(counts.items(), key=lambda one: -one[1])),
        refunded=sum(row.refund for row in rows),
        newest=tuple(rows[:SHOWN]),
        promises=promises,
    )


def _earlier(thread: Thread, numbers: dict[str, str]) -> Earlier:
    trouble = keeping.trouble_of(thread)
    assert trouble is not None, "questions were left out"
    remedy = remedy_of(trouble)
    return Earlier(
        number=numbers[keeping.about(thread)],
        topic=TOPICS[Topic(thread.topic)],
        state=TROUBLE.states[TroubleState(trouble.state)],
        is_open=trouble.closed_at is None,
        at=trouble.opened_at,
        refund=remedy.amount if remedy is not None and remedy.state == RemedyState.DONE else 0,
    )


def _promises(seller_ref: str) -> tuple[tuple[Text, int], ...]:
    """Count the promises by telephone that were kept and broken, and the calls that reached nobody."""
    calls = list(Call.objects.filter(~IS_OPEN, seller_ref=seller_ref).order_by("-id")[:LOOKED_AT])
    figures = (
        (Text("守られた約束", "promises kept"), sum(call.kept is True for call in calls)),
        (Text("守られなかった約束", "promises broken"), sum(call.kept is False for call in calls)),
        (
            Text("つながらなかった電話", "calls that reached nobody"),
            sum(call.outcome in ("voicemail", "no_answer") for call in calls),
        ),
    )
    return tuple(figure for figure in figures if figure[1])
