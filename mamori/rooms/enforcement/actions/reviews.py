"""What somebody has to look at after the decision: whether a measure still has to stand, and a view that came afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mamori.grammar.declaration import Template
from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import clock_named
from mamori.ground.matters.performance import perform
from mamori.ground.matters.standing import runs
from mamori.japan import written
from mamori.law.deadlines import CURE_LOOK, VIEW_LOOK
from mamori.law.measures import measure as declared
from mamori.rooms.enforcement import execution, notices, records
from mamori.rooms.enforcement.inputs import Kept
from mamori.rooms.enforcement.matters import FINDINGS, MEASURES

__all__ = ("NoReviewDue", "NoViewToRead", "read_view", "remind", "remind_review", "review")


class NoReviewDue(Refusal, code="no-review-due", status=409):
    """Given when a measure is said to stay, and nobody was asked whether it has to."""

    text = Text(
        "この措置に、いま求められている見直しはありません。続ける必要がないときは「措置を終える・取り消す」を選んでください。",
        "No review of this measure is due. If it is needed no longer, please choose “End or reverse the measure”.",
    )


class NoViewToRead(Refusal, code="no-view-to-read", status=409):
    """Given when a view is said to be read, and none waits for it."""

    text = Text(
        "決定のあとに届いて、まだ読まれていない意見はありません。することはありません。",
        "No view came after the decision that is still to be read. There is nothing to do.",
    )


def remind_review(hand: Hand, *, measure: int) -> None:
    """Ask a lead whether a measure that is reviewed still has to stand, and again every few days until somebody looked.

    The day on which it was to be looked at stays on the seller's page, so that a review that is late is seen to be.
    """
    with perform(hand, MEASURES, measure) as act:
        found = act.matter
        if found.closed_at is not None:
            return
        found.review_due_since = found.review_due_since or hand.at
        act.save("review_due_since")
        records.tell("lead", notices.TO_REVIEW, found.finding, hand.at, measure=declared(found.kind).title)
        act.news = "review"
        act.record("remind_review")


def review(hand: Hand, *, measure: int, reason: Kept, version: int | None = None) -> None:
    """Say that somebody looked at a measure whose review is due and it stays, with a reason; the next clock starts."""
    reason = written.reasoned(reason)
    with perform(hand, MEASURES, measure, version=version) as act:
        found = act.matter
        act.step("review")
        if found.review_due_since is None:
            raise NoReviewDue()
        found.review_due_since = None
        found.reviewed_at = hand.at
        found.review_at = execution.next_review(found, hand.at)
        act.save("review_at", "review_due_since", "reviewed_at", "review_span")
        act.record("review", reason=reason)


def read_view(hand: Hand, *, finding: int, reason: Kept, version: int | None = None) -> None:
    """Say that somebody read the view that came after the decision, and what they think of it.

    What is changed because of it is a step of its own: the measure is ended, or reversed.
    """
    reason = written.reasoned(reason)
    with perform(hand, FINDINGS, finding, version=version) as act:
        found = act.matter
        act.step("read_view")
        if found.view_unread_since is None:
            raise NoViewToRead()
        found.view_unread_since = None
        act.save("view_unread_since")
        act.record("read_view", reason=reason)


@dataclass(frozen=True, slots=True)
class Reminder:
    """What reminds of something that a finding asks for by a clock, until somebody has done it."""

    notice: Template = notices.REMINDED
    verb: str = "remind"
    news: str | None = None


REMINDERS = {
    VIEW_LOOK.code: Reminder(notices.VIEW_GIVEN, "remind_view", "view"),
    CURE_LOOK.code: Reminder(notices.CURE_SAID, "remind_look", "cure"),
}
"""The clocks whose reminder has words of its own."""


def remind(hand: Hand, *, finding: int, clock: str) -> None:
    """Remind a lead of what the finding asks for by a clock, as long as its rule asks for it."""
    reminder, named = REMINDERS.get(clock, Reminder()), clock in REMINDERS
    with perform(hand, FINDINGS, finding) as act:
        stands = records.should(act.matter, act.matter.measures.all())[records.about(act.matter)]
        if clock not in {one.code for one in runs(stands)}:
            return
        said: dict[str, Any] = {} if named else {"what": clock_named(clock)}
        records.tell("lead", reminder.notice, act.matter, hand.at, **said)
        act.news = reminder.news
        act.record(reminder.verb, **({} if named else {"clock": clock}))
