"""What whoever reported says later: more words and files, the answers about a danger, and once the wish for another look."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from mamori.grammar.hand import STAFF, Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.matters.performance import Performance, perform
from mamori.ground.vault import actions as vault
from mamori.ground.vault.actions import Ready
from mamori.law.calls import ReportChannel
from mamori.law.complaints import DangerAnswer
from mamori.rooms.complaints.actions.matter import COMPLAINTS, nobody, sealed
from mamori.rooms.complaints.actions.reporting import hear
from mamori.rooms.complaints.inputs import MoreWords, WhyAgain
from mamori.rooms.complaints.models import IS_WHOLE, Complaint, ComplaintReport
from mamori.rooms.complaints.queries.complaints import NoSuchComplaint
from mamori.rooms.complaints.queries.mine import why_not_again
from mamori.rooms.complaints.queries.sealed import about_report, report_by, said_of
from mamori.rooms.complaints.rules import is_harm, raises

MOST_ADDED = 10


class AddedEnough(Refusal, code="report-added-enough", status=409):
    """Given when somebody has added to a report as often as one may."""

    text = Text(
        "書き足せるのは{most}回までです。これ以上は、新しい申し出としてお送りください。",
        "A report can be added to {most} times. Please make a new one for what is more.",
    )


class NotToAskAgain(Refusal, code="not-to-ask-again", status=409):
    """Given when another look is asked for that cannot be."""

    text = Text("見直しは求められません。{why}", "Another look cannot be asked for. {why}")


def add_words(hand: Hand, *, secret: str, said: MoreWords, files: Ready | None = None) -> None:
    """Add words to a report, and files with them."""
    with perform(nobody(hand), COMPLAINTS, report_by(secret).complaint_id) as act:
        row = report_by(secret)
        kept = _add(act, row, said, files)
        act.record("add", report=row.pk, files=kept)
        hear(act, row, is_harm=raises(said))


def answer_danger(hand: Hand, *, secret: str, danger: Collection[DangerAnswer], lot: str) -> None:
    """Take the answers about a danger; the last ones count, and a harm that was told once stays told.

    The same answers say nothing new while it is open; a harm that is told again after the end is heard.
    """
    with perform(nobody(hand), COMPLAINTS, report_by(secret).complaint_id) as act:
        row = report_by(secret)
        said, answers = said_of(row), tuple(one.value for one in DangerAnswer if one in danger)
        act.record("danger", report=row.pk)
        is_new = (answers, lot) != (said.danger, said.lot)
        if is_new or (act.matter.closed_at is not None and is_harm(answers)):
            row.said = sealed(row, msgspec.structs.replace(said, danger=answers, lot=lot))
            row.is_harmed = row.is_harmed or is_harm(answers)
            hear(act, row, is_harm=is_harm(answers))


def ask_again(hand: Hand, *, secret: str, said: WhyAgain, files: Ready | None = None) -> None:
    """Ask, once and within the time for it, that somebody else look at what was decided, and at what is added to it."""
    with perform(nobody(hand), COMPLAINTS, report_by(secret).complaint_id) as act:
        _ask_again(act, report_by(secret), said, files)


def add_words_for(hand: Hand, *, report: int, said: MoreWords) -> None:
    """Add what whoever reported by telephone or on paper tells later."""
    with perform(hand, COMPLAINTS, taken_report(hand, report).complaint_id) as act:
        row = taken_report(hand, report)
        _add(act, row, said, None)
        act.record("add", report=row.pk)
        hear(act, row, is_harm=raises(said))


def ask_again_for(hand: Hand, *, report: int, said: WhyAgain) -> None:
    """Ask for another look for them, as they may themselves; the record says who took it down."""
    with perform(nobody(hand), COMPLAINTS, taken_report(hand, report).complaint_id) as act:
        _ask_again(act, taken_report(hand, report), said, None, taken_by=hand.by)


def taken_report(hand: Hand, report: int) -> ComplaintReport:
    """Return a report that staff took."""
    rows = ComplaintReport.objects.select_related("complaint").filter(IS_WHOLE, pk=report)
    row = rows.exclude(channel=ReportChannel.PAGE.value).first()
    if row is None or hand.role not in STAFF:
        raise NoSuchComplaint
    return row


def _ask_again(
    act: Performance[Complaint], row: ComplaintReport, said: str, files: Ready | None, **told: str
) -> None:
    at = act.hand.at
    if (why := why_not_again(row, at)) is not None:
        raise NotToAskAgain(why=why)
    act.step("ask_again")
    act.matter.again_at, row.wished_at = at, at
    act.save("again_at")
    kept = _add(act, row, said, files)
    act.record("ask_again", report=row.pk, files=kept, **told)
    hear(act, row, is_harm=raises(said), is_wish=True)


def _add(act: Performance[Complaint], row: ComplaintReport, words: str, files: Ready | None) -> int:
    """Keep what is added, and return how many files that were."""
    said, added = said_of(row), files.files if files else ()
    if len(said.more) >= MOST_ADDED:
        raise AddedEnough(most=MOST_ADDED)
    row.said = sealed(row, msgspec.structs.replace(said, more=(*said.more, (act.hand.at, words))))
    row.is_raised = row.is_raised or raises(words)
    for one in added:
        vault.keep(act.hand, one, about=about_report(row.ref))
    return len(added)
