"""Whoever reported is told: by mail once its address is confirmed, or called back until somebody is reached."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from mamori.grammar.actor import STAFF, Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import MatterKind, Performance, entered, perform
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import actions as people
from mamori.ground.seal import facts as seals
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import spoken
from mamori.law.calls import COMPLAINT_CALL_TRIES, HearsBy
from mamori.law.complaints import INTERIM_ANSWER
from mamori.rooms.complaints import notices
from mamori.rooms.complaints.actions import COMPLAINTS, decided, nobody, sealed
from mamori.rooms.complaints.inputs import MailCode, WasTold
from mamori.rooms.complaints.lifecycle import CALL_BACK, CallBackState, ComplaintState
from mamori.rooms.complaints.models import IS_WHOLE, CallBack, Complaint, ComplaintReport
from mamori.rooms.complaints.queries import (
    TABLE,
    about_complaint,
    about_report,
    report_by,
    said_of,
    subject_of,
)
from mamori.rooms.complaints.reports.queries import NoSuchCallBack, about_call_back
from mamori.rooms.complaints.rules import CODE_MINUTES, CODE_TRIES, ReportSaid, heard, of_call_back

# Where to be told: an address is confirmed by a code before anything else is ever sent to it; then the outcome is.


PAGE_HOLDS = timedelta(days=90)
"""How long a mail on its way may still carry the address of the report's page."""
AT_ONCE = 200


class MailConfirmed(Refusal, code="report-mail-confirmed", status=409):
    """Given when another address is left where one was confirmed."""

    text = Text(
        "メールアドレスはすでに確かめてあります。結果はそこへお送りします。",
        "An address is confirmed already, and the outcome is sent there.",
    )


def leave_mail(actor: Actor, *, secret: str, mail: str) -> None:
    """Leave a mail address, or another one while none is confirmed: a code goes there, and nothing else."""
    row = report_by(secret)
    _count(row, mail, actor.at)
    with perform(nobody(actor), COMPLAINTS, row.complaint_id) as act:
        row = report_by(secret)
        if row.confirmed_at is not None:
            raise MailConfirmed
        leave(act, row, said_of(row), mail, secret)


def leave_at_first(
    act: Performance[Complaint], row: ComplaintReport, said: ReportSaid, mail: str, secret: str
) -> None:
    """Do the same with a report that is made just now, which is taken where too many codes went there or from there: it waits.

    It waits among more harms than usual as well, each of which is taken: the house is not made to mail whoever is named there.
    """
    if not row.is_many and _may_send(row, mail, act.actor.at):
        leave(act, row, said, mail, secret)
    else:
        row.said = sealed(row, msgspec.structs.replace(said, mail=mail))
        row.save(update_fields=("said",))


def leave(
    act: Performance[Complaint], row: ComplaintReport, said: ReportSaid, mail: str, secret: str
) -> None:
    """Keep the address and the page that a mail will lead to, both sealed, and send a code."""
    code = seals.new_code()
    page = f"{settings.ORIGIN}{reverse('complaints_public:mine', args=(secret,))}"
    row.said = sealed(row, msgspec.structs.replace(said, mail=mail, page=page))
    row.code, row.code_tries = _mac(row, code), 0
    row.code_until = act.actor.at + timedelta(minutes=CODE_MINUTES)
    row.save(update_fields=("said", "code", "code_tries", "code_until"))
    outbox.notify_numbered(
        to=subject_of(row.ref),
        template=notices.CODE,
        values={"number": f"{row.pk}"},
        about=about_report(row.ref),
        at=act.actor.at,
        secret=outbox.Secret(name="code", value=code, until=row.code_until),
    )
    act.record("leave_mail", report=row.pk)


def confirm_mail(actor: Actor, *, secret: str, code: MailCode) -> None:
    """Try a code: right, the address is confirmed, and told at once what is decided already; wrong, the try counts."""
    row = report_by(secret)
    with perform(nobody(actor), COMPLAINTS, row.complaint_id) as act:
        row = report_by(secret)
        if row.code is None or row.code_until is None or row.confirmed_at is not None:
            return
        given = seals.typed_code(code)
        if (
            row.code_tries >= CODE_TRIES
            or act.actor.at > row.code_until
            or _mac(row, given) != bytes(row.code)
        ):
            row.code_tries = min(row.code_tries + 1, CODE_TRIES)
            row.save(update_fields=("code_tries",))
            return
        row.confirmed_at, row.code, row.code_until = act.actor.at, None, None
        row.save(update_fields=("confirmed_at", "code", "code_until"))
        news = (decided(act.matter),) if act.matter.round or act.matter.interim_at else ()
        act.record("confirm_mail", *news, report=row.pk)


def notify_reporters(actor: Actor, *, complaint: int) -> int:
    """Tell everybody who left a confirmed address what came of it, or that it goes on, so many at once; return how many."""
    with memory.act():
        whole = COMPLAINTS.find(actor, complaint, None)
        waiting = whole.reports.filter(IS_WHOLE, confirmed_at__isnull=False)
        rows = list(waiting.filter(is_untold(whole)).order_by("pk")[:AT_ONCE])
        if not rows:
            return 0
        with entered(actor, COMPLAINTS, whole) as act:
            for row in rows:
                _notify(whole, row, actor)
            more = (decided(whole),) if len(rows) == AT_ONCE else ()
            act.record("tell", *more, reports=len(rows), round=whole.round)
        return len(rows)


def is_untold(whole: Complaint) -> Q:
    """Return by what a report is known that was not told yet how a complaint stands: its outcome, or that it goes on."""
    if whole.closed_at is not None:
        return Q(told_round__lt=whole.round)
    if whole.interim_at is None:
        return Q(pk__in=())
    return Q(interim_at__isnull=True) | Q(interim_at__lt=whole.interim_at)


def _notify(whole: Complaint, row: ComplaintReport, actor: Actor) -> None:
    if whole.closed_at is None:
        outbox.notify_numbered(
            to=subject_of(row.ref),
            template=notices.INTERIM,
            values={"number": f"{row.pk}", "interim": INTERIM_ANSWER},
            about=about_report(row.ref),
            at=actor.at,
        )
        row.interim_at = whole.interim_at
        row.save(update_fields=("interim_at",))
        return
    outcome, because = heard(ComplaintState(whole.state), whole.because)
    page = said_of(row).page
    outbox.notify_numbered(
        to=subject_of(row.ref),
        template=notices.OUTCOME if page else notices.OUTCOME_TOLD,
        values={"number": f"{row.pk}", "outcome": outcome, "because": because},
        about=about_report(row.ref),
        at=actor.at,
        secret=outbox.Secret(name="page", value=page, until=actor.at + PAGE_HOLDS) if page else None,
    )
    row.told_round, row.told_at = whole.round, actor.at
    row.save(update_fields=("told_round", "told_at"))


def _mac(row: ComplaintReport, code: str) -> bytes:
    return seals.blind(f"{TABLE}.code", f"{row.ref}:{code}")


def _may_send(row: ComplaintReport, mail: str, at: datetime) -> bool:
    try:
        _count(row, mail, at)
    except people.TooMany:
        return False
    return True


def _count(row: ComplaintReport, mail: str, at: datetime) -> None:
    people.count_mail_code(mail, bytes(row.source).hex(), at=at)


# Whoever wants to hear by telephone is called back: within the time for it, tried again, and told the outcome that stands.


CALLS_AT_ONCE = 200


def line_up_calls(actor: Actor, *, complaint: int) -> int:
    """Let everybody who wants to hear by telephone be called, of a decision or that it goes on, so many at once."""
    with memory.act():
        whole = COMPLAINTS.find(actor, complaint, None)
        asked = whole.reports.filter(IS_WHOLE, is_untold(whole), hears=HearsBy.CALL.value)
        lined_up = CallBack.objects.filter(report=OuterRef("pk"), round=whole.round)
        wrong = CallBack.objects.filter(report=OuterRef("pk"), state=CallBackState.WRONG_NUMBER)
        rows = list(asked.exclude(Exists(lined_up)).exclude(Exists(wrong)).order_by("pk")[:CALLS_AT_ONCE])
        if not rows:
            return 0
        for row in rows:
            open_ = CallBack.objects.select_for_update().filter(report=row, closed_at__isnull=True).first()
            back = open_ or CallBack(report=row)
            back.round, back.since, back.tries = whole.round, actor.at, 0
            back.save()
            with entered(actor, CALL_BACKS, back) as call:
                call.verb = "line_up"
        with entered(actor, COMPLAINTS, whole) as act:
            more = (decided(whole),) if len(rows) == CALLS_AT_ONCE else ()
            act.record("line_up", *more, calls=len(rows), round=whole.round)
    return len(rows)


def note_reached(actor: Actor, *, back: int, reason: WasTold, version: int | None = None) -> None:
    """Note that whoever reported was reached and told what stands on the page."""
    with perform(actor, CALL_BACKS, back, version=version) as act:
        act.step("reach")
        row = act.matter
        row.tries, row.closed_at = row.tries + 1, actor.at
        row.report.told_round, row.report.told_at = row.round, actor.at
        row.report.interim_at = row.report.complaint.interim_at
        row.report.save(update_fields=("told_round", "told_at", "interim_at"))
        act.save("tries", "closed_at")
        act.record("reach", reason=reason)


def note_missed(actor: Actor, *, back: int, version: int | None = None) -> None:
    """Note that nobody was reached: it is tried again, as often as was set."""
    with perform(actor, CALL_BACKS, back, version=version) as act:
        row = act.matter
        row.tries, row.since = row.tries + 1, actor.at
        if row.tries >= terms.setting(COMPLAINT_CALL_TRIES, at=actor.at):
            _give_up(act)
        else:
            act.step("miss")
        act.save("tries", "since")
        act.record("miss")


def note_wrong_number(actor: Actor, *, back: int, version: int | None = None) -> None:
    """Note that the number is somebody else's: it is called no more, and nothing was told there."""
    with perform(actor, CALL_BACKS, back, version=version) as act:
        act.step("find_wrong")
        act.matter.tries, act.matter.closed_at = act.matter.tries + 1, actor.at
        act.save("tries", "closed_at")
        act.record("find_wrong")


def end_calls(actor: Actor, *, report: int) -> None:
    """Let nobody be called any more about a report whose number is erased."""
    for back in CallBack.objects.filter(report=report, closed_at__isnull=True).values_list("pk", flat=True):
        with perform(actor, CALL_BACKS, back) as act:
            _give_up(act)
            act.record("end_calls")


def remind_call(actor: Actor, *, back: int) -> None:
    """Say to staff that somebody waits to be called."""
    with perform(actor, CALL_BACKS, back) as act:
        for role in (Role.AGENT, Role.LEAD):
            outbox.notify(
                to=role.value,
                template=notices.CALL_OVERDUE,
                values={"number": f"{act.matter.report_id}"},
                about=about_call_back(back),
                at=actor.at,
            )
        act.record("remind_call")


def _give_up(act: Performance[CallBack]) -> None:
    act.step("give_up")
    act.matter.closed_at = act.actor.at
    act.save("closed_at")


def _find(actor: Actor, number: int, version: int | None) -> CallBack:
    row = CallBack.objects.select_for_update().filter(pk=number).first()
    if row is None or actor.role not in STAFF | {Role.MACHINE}:
        raise NoSuchCallBack
    if version is not None and version != row.version:
        raise ChangedMeanwhile(what=CALL_BACK.states[CallBackState(row.state)], when=spoken(actor.at))
    return row


def _record_call(act: Performance[CallBack], verb: str, reason: str = "", **told: Any) -> int:
    row = act.matter
    row.version += 1
    act.save("version")
    return ledger.record(
        act.actor,
        kind=f"complaints.{verb}",
        subject=ledger.MARKET,
        about=about_complaint(row.report.complaint_id),
        reason=reason,
        payload={"state": row.state, "report": row.report_id, "round": row.round, "tries": row.tries, **told},
    )


def _settle(act: Performance[CallBack]) -> None:
    settlement.settle(
        {about_call_back(act.matter.pk): of_call_back(act.matter)}, at=act.actor.at, why=act.verb
    )


CALL_BACKS: MatterKind[CallBack, int] = MatterKind(
    chart=CALL_BACK,
    find=_find,
    case=lambda row: about_call_back(row.pk),
    record=_record_call,
    settle=_settle,
)
