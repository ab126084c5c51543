"""Who is to be called back: how many wait, and of one the number, the hours that suit, and what is to be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from mamori.grammar.hand import STAFF, Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.terms import facts as terms
from mamori.law.calls import COMPLAINT_CALL_TRIES
from mamori.law.complaints import INTERIM_ANSWER, ComplaintReason
from mamori.rooms.complaints.lifecycle import CALL_BACK, CallBackState, ComplaintState
from mamori.rooms.complaints.models import CallBack
from mamori.rooms.complaints.queries.callers import SheetShown, waiting
from mamori.rooms.complaints.queries.sealed import said_of
from mamori.rooms.complaints.rules import heard

DUE_MOST = 50


class NoSuchCallBack(Refusal, code="no-such-call-back", status=404):
    """Given when there is no such call back for this hand."""

    text = Text(
        "この折り返しの電話は見つかりません。「電話・手紙での申し出」の一覧から開いてください。",
        "There is no such call back. Please open it from the list at “Reports by telephone”.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackDue:
    """A call back that waits, by number: its report, how often it was tried, and by when it is due."""

    number: int
    report: int
    tries: int
    due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackShown:
    """A call back: how it stands, of which report, and the words to tell; number and name where it is still to be made."""

    number: int
    report: int
    complaint: int
    reason: Text
    state: CallBackState
    version: int
    tries: int
    tries_left: int
    due: datetime | None
    heard: tuple[Text, ...]
    phone: str = field(repr=False)
    name: str = field(repr=False)
    when: str = field(repr=False)

    @property
    def is_due(self) -> bool:
        """Say whether it is still to be made."""
        return self.state is CallBackState.DUE

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return CALL_BACK.states[self.state]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallsShown:
    """What waits at the telephone: calls that nobody took, and whoever is to be called back.

    `takes_buyers`: the hand also takes calls about an order, as counsel does not.
    """

    waiting: tuple[SheetShown, ...]
    due: tuple[CallBackDue, ...]
    takes_buyers: bool


def about_call_back(number: int) -> str:
    """Return the name under which the clock of a call back is known."""
    return f"complaints.callback:{number}"


def due_calls(hand: Hand) -> tuple[CallBackDue, ...]:
    """Return the call backs that wait, the oldest first."""
    if hand.role not in STAFF:
        return ()
    rows = list(CallBack.objects.filter(closed_at__isnull=True).order_by("since", "pk")[:DUE_MOST])
    return tuple(
        CallBackDue(
            number=row.pk,
            report=row.report_id,
            tries=row.tries,
            due=clocks.next_due(about_call_back(row.pk)),
        )
        for row in rows
    )


def calls_of(hand: Hand) -> CallsShown:
    """Return what waits at the telephone, for staff."""
    return CallsShown(waiting=waiting(hand), due=due_calls(hand), takes_buyers=hand.role is not Role.COUNSEL)


def call_back_of(hand: Hand, number: int) -> CallBackShown:
    """Return a call back for staff; the number is told while it is to be called, and not after."""
    row = CallBack.objects.select_related("report__complaint").filter(pk=number).first()
    if row is None or hand.role not in STAFF:
        raise NoSuchCallBack
    whole, said = row.report.complaint, said_of(row.report)
    is_due = row.closed_at is None
    return CallBackShown(
        number=row.pk,
        report=row.report_id,
        complaint=whole.pk,
        reason=ComplaintReason(whole.reason).text,
        state=CallBackState(row.state),
        version=row.version,
        tries=row.tries,
        tries_left=max(terms.setting(COMPLAINT_CALL_TRIES, at=hand.at) - row.tries, 0),
        due=clocks.next_due(about_call_back(number)) if is_due else None,
        heard=heard(ComplaintState(whole.state), whole.because) or (INTERIM_ANSWER,),
        phone=said.phone if is_due else "",
        name=said.name if is_due else "",
        when=said.when if is_due else "",
    )
