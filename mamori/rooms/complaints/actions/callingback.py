"""Whoever wants to hear by telephone is called back: within the time for it, tried again, and told the outcome that stands."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef

from mamori.grammar.hand import STAFF, Hand, Role
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import Kind, Performance, entered, perform
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import facts as terms
from mamori.japan.spoken import spoken
from mamori.law.calls import COMPLAINT_CALL_TRIES, HearsBy
from mamori.rooms.complaints import notices
from mamori.rooms.complaints.actions.mailing import is_untold
from mamori.rooms.complaints.actions.matter import COMPLAINTS, decided
from mamori.rooms.complaints.inputs import WasTold
from mamori.rooms.complaints.lifecycle import CALL_BACK, CallBackState
from mamori.rooms.complaints.models import IS_WHOLE, CallBack
from mamori.rooms.complaints.queries.callbacks import NoSuchCallBack, about_call_back
from mamori.rooms.complaints.queries.complaints import about_complaint
from mamori.rooms.complaints.rules import of_call_back

CALLS_AT_ONCE = 200


def line_up_calls(hand: Hand, *, complaint: int) -> int:
    """Let everybody who wants to hear by telephone be called, of a decision or that it goes on, so many at once."""
    with memory.act():
        whole = COMPLAINTS.find(hand, complaint, None)
        asked = whole.reports.filter(IS_WHOLE, is_untold(whole), hears=HearsBy.CALL.value)
        lined_up = CallBack.objects.filter(report=OuterRef("pk"), round=whole.round)
        wrong = CallBack.objects.filter(report=OuterRef("pk"), state=CallBackState.WRONG_NUMBER)
        rows = list(asked.exclude(Exists(lined_up)).exclude(Exists(wrong)).order_by("pk")[:CALLS_AT_ONCE])
        if not rows:
            return 0
        for row in rows:
            open_ = CallBack.objects.select_for_update().filter(report=row, closed_at__isnull=True).first()
            back = open_ or CallBack(report=row)
            back.round, back.since, back.tries = whole.round, hand.at, 0
            back.save()
            with entered(hand, CALL_BACKS, back) as call:
                call.verb = "line_up"
        with entered(hand, COMPLAINTS, whole) as act:
            more = (decided(whole),) if len(rows) == CALLS_AT_ONCE else ()
            act.record("line_up", *more, calls=len(rows), round=whole.round)
    return len(rows)


def note_reached(hand: Hand, *, back: int, reason: WasTold, version: int | None = None) -> None:
    """Note that whoever reported was reached and told what stands on the page."""
    with perform(hand, CALL_BACKS, back, version=version) as act:
        act.step("reach")
        row = act.matter
        row.tries, row.closed_at = row.tries + 1, hand.at
        row.report.told_round, row.report.told_at = row.round, hand.at
        row.report.interim_at = row.report.complaint.interim_at
        row.report.save(update_fields=("told_round", "told_at", "interim_at"))
        act.save("tries", "closed_at")
        act.record("reach", reason=reason)


def note_missed(hand: Hand, *, back: int, version: int | None = None) -> None:
    """Note that nobody was reached: it is tried again, as often as was set."""
    with perform(hand, CALL_BACKS, back, version=version) as act:
        row = act.matter
        row.tries, row.since = row.tries + 1, hand.at
        if row.tries >= terms.setting(COMPLAINT_CALL_TRIES, at=hand.at):
            _give_up(act)
        else:
            act.step("miss")
        act.save("tries", "since")
        act.record("miss")


def note_wrong_number(hand: Hand, *, back: int, version: int | None = None) -> None:
    """Note that the number is somebody else's: it is called no more, and nothing was told there."""
    with perform(hand, CALL_BACKS, back, version=version) as act:
        act.step("find_wrong")
        act.matter.tries, act.matter.closed_at = act.matter.tries + 1, hand.at
        act.save("tries", "closed_at")
        act.record("find_wrong")


def end_calls(hand: Hand, *, report: int) -> None:
    """Let nobody be called any more about a report whose number is erased."""
    for back in CallBack.objects.filter(report=report, closed_at__isnull=True).values_list("pk", flat=True):
        with perform(hand, CALL_BACKS, back) as act:
            _give_up(act)
            act.record("end_calls")


def remind_call(hand: Hand, *, back: int) -> None:
    """Say to staff that somebody waits to be called."""
    with perform(hand, CALL_BACKS, back) as act:
        for role in (Role.AGENT, Role.LEAD):
            outbox.tell(
                to=role.value,
                template=notices.CALL_OVERDUE,
                values={"number": f"{act.matter.report_id}"},
                about=about_call_back(back),
                at=hand.at,
            )
        act.record("remind_call")


def _give_up(act: Performance[CallBack]) -> None:
    act.step("give_up")
    act.matter.closed_at = act.hand.at
    act.save("closed_at")


def _find(hand: Hand, number: int, version: int | None) -> CallBack:
    row = CallBack.objects.select_for_update().filter(pk=number).first()
    if row is None or hand.role not in STAFF | {Role.MACHINE}:
        raise NoSuchCallBack
    if version is not None and version != row.version:
        raise ChangedMeanwhile(what=CALL_BACK.states[CallBackState(row.state)], when=spoken(hand.at))
    return row


def _record(act: Performance[CallBack], verb: str, reason: str = "", **told: Any) -> int:
    row = act.matter
    row.version += 1
    act.save("version")
    return ledger.record(
        act.hand,
        kind=f"complaints.{verb}",
        subject=ledger.MARKET,
        about=about_complaint(row.report.complaint_id),
        reason=reason,
        payload={"state": row.state, "report": row.report_id, "round": row.round, "tries": row.tries, **told},
    )


def _settle(act: Performance[CallBack]) -> None:
    settlement.settle(
        {about_call_back(act.matter.pk): of_call_back(act.matter)}, at=act.hand.at, why=act.verb
    )


CALL_BACKS: Kind[CallBack, int] = Kind(
    chart=CALL_BACK,
    find=_find,
    case=lambda row: about_call_back(row.pk),
    record=_record,
    settle=_settle,
)
