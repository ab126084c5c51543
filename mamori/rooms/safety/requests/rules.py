"""Pure rules of requests: by when they are acted on, what is asked for next, and what stands before an end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from mamori.grammar.businesstime import CalendarDays, EveryHours
from mamori.grammar.text import Text
from mamori.ground.matters.standing import Asks, Runs
from mamori.japan.calendar import JAPAN
from mamori.law.requests import REQUEST_OWN_DAY, RequestBasis
from mamori.rooms.safety.lifecycle import AuthorityState


class RequestChannel(StrEnum):
    """How a request came."""

    MAIL = "mail"
    PHONE = "phone"
    PAPER = "paper"
    PAGE = "page"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _CHANNELS[self]


_CHANNELS = {
    RequestChannel.MAIL: Text("メール", "mail"),
    RequestChannel.PHONE: Text("電話", "telephone"),
    RequestChannel.PAPER: Text("文書・ファックス", "paper or fax"),
    RequestChannel.PAGE: Text("一度だけのページ", "the page to use once"),
}


class AuthorityRequestNow(Protocol):
    """What the rules read of a request."""

    basis: str
    state: str
    received_at: datetime
    own_day: date | None
    looked_at: datetime | None


WORKED_ON = frozenset(
    {AuthorityState.RECEIVED, AuthorityState.VERIFIED, AuthorityState.CONFIRMED, AuthorityState.ACTED}
)
"""A request is owed an answer in these states; afterwards no clock of it runs."""
_NEXT = {
    AuthorityState.RECEIVED: "verify",
    AuthorityState.VERIFIED: "confirm",
    AuthorityState.CONFIRMED: "act",
    AuthorityState.ACTED: "answer",
    AuthorityState.ANSWERED: "close",
}


def ours(one: AuthorityRequestNow) -> Runs | None:
    """Return the clock of our own time, since the moment at which it arrived; None where nothing is asked."""
    deadline = RequestBasis(one.basis).deadline
    return Runs(deadline, since=one.received_at, again=True) if deadline else None


def of_request(
    one: AuthorityRequestNow, due: datetime | None, *, was_acted: bool = False, is_undone: bool = False
) -> Iterator[Runs | Asks]:
    """Yield what is asked for next, and the one clock until it is answered: to the agency's day where ours is `due` later.

    With `is_undone` something that was hidden is shown again, and nobody took note.
    No clock does anything but remind.  Of a forged one upon which something `was_acted` it is asked to look at that again.
    """
    state = AuthorityState(one.state)
    is_information = RequestBasis(one.basis) is RequestBasis.INFORMATION
    if state is AuthorityState.FORGED and was_acted and one.looked_at is None:
        yield Asks("forged")
    if is_undone:
        yield Asks("undone")
    if what := _NEXT.get(state):
        yield Asks("close" if is_information else what)
    clock = ours(one)
    if state not in WORKED_ON or clock is None or due is None:
        return
    if one.own_day is not None and midnight_after(one.own_day) < due:
        yield Runs(
            REQUEST_OWN_DAY, since=one.received_at, span=until(one.received_at, one.own_day), again=True
        )
    else:
        yield clock


def midnight_after(day: date) -> datetime:
    """Return the moment at which a day in Japan is over."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), JAPAN)


def until(since: datetime, day: date) -> CalendarDays | EveryHours:
    """Return how long it is to the end of a day; of the day itself, in whole hours and one at least."""
    days = (day - since.astimezone(JAPAN).date()).days
    if days > 0:
        return CalendarDays(days)
    return EveryHours(max(1, (midnight_after(day) - since) // timedelta(hours=1)))
