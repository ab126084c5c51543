"""A member of staff bears abuse: it is noted, a lead is told at once and sees to them; the matter itself goes on."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from mamori.grammar.declaration import Template
from mamori.grammar.hand import HEADS, STAFF, Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import Kind, Performance, entered, perform
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.ground.seal import actions as sealing
from mamori.ground.web.signing.seconds import is_second
from mamori.japan.spoken import spoken
from mamori.law.care import CONDUCT, ConductKind
from mamori.rooms.complaints import notices
from mamori.rooms.complaints.inputs import CareGiven, ConductSeen, HowCared, WhatHappened
from mamori.rooms.complaints.lifecycle import CARE, CareState
from mamori.rooms.complaints.models import CareRecord
from mamori.rooms.complaints.queries.care import (
    NoSuchCare,
    about_care,
    is_there,
    may_see,
    said_place,
    subject_of_care,
)
from mamori.rooms.complaints.rules import of_care

CARE_ENDED = "retention.complaints.care"


class WarnFirst(Refusal):
    """Given when a call would be ended without the warning that it needs."""

    code = "warn-first"
    status = 409
    text = Text(
        "先に注意の言葉を伝え、「注意を伝えた」を押してください。暴力・脅しと性的な言葉のときだけ、すぐに電話を終えられます。",
        "Please read the warning out first, and note that you did. Only upon violence or sexual words a call is ended at once.",
    )


class CareNeedsAnother(Refusal):
    """Given when a lead would see to themselves."""

    code = "care-needs-another"
    status = 403
    text = Text(
        "自分が受けたカスハラへの対応は、ほかの責任者か法務担当がします。声をかけてください。",
        "What you bore yourself is seen to by another lead or counsel. Please ask one of them.",
    )


def flag_conduct(hand: Hand, *, about: str, conduct: ConductSeen, said: WhatHappened) -> int:
    """Note abuse on a call about a matter; return the record's number: a lead is told at once, the matter stays as it is."""
    if hand.role not in STAFF or not is_there(about):
        raise NoSuchCare
    with memory.act():
        row = CareRecord(
            ref=secrets.token_hex(12),
            about=about,
            conduct=conduct.value,
            staff=people.subject_of(hand),
            at=hand.at,
        )
        row.said = sealing.seal(
            subject=subject_of_care(row.ref), place=said_place(row.ref), plain=said.encode(errors="replace")
        )
        row.save(force_insert=True)
        with entered(hand, CARES, row) as act:
            _tell(act, notices.ABUSE_FLAGGED)
            act.record("flag", conduct=conduct.value)
    return row.pk


def note_warned(hand: Hand, *, care: int, version: int | None = None) -> None:
    """Note that the warning was read out."""
    with perform(hand, CARES, care, version=version) as act:
        act.step("warn")
        act.matter.warned_at = hand.at
        act.save("warned_at")
        act.record("warn")


def note_call_ended(hand: Hand, *, care: int, version: int | None = None) -> None:
    """Note that the call was ended, with the words for it."""
    with perform(hand, CARES, care, version=version) as act:
        row = act.matter
        if row.warned_at is None and not CONDUCT[ConductKind(row.conduct)].at_once:
            raise WarnFirst
        act.step("end_call")
        row.ended_at = hand.at
        act.save("ended_at")
        act.record("end_call")


def give_care(
    hand: Hand, *, care: int, taken: CareGiven, reason: HowCared, version: int | None = None
) -> None:
    """Note what a lead did for who bore it."""
    with perform(hand, CARES, care, version=version) as act:
        act.step("care")
        row = act.matter
        if not is_second(hand, than=row.staff):
            raise CareNeedsAnother
        row.care, row.cared_by, row.closed_at = taken.value, people.subject_of(hand), hand.at
        act.save("care", "cared_by", "closed_at")
        act.record("care", reason=reason, taken=taken.value)


def remind_care(hand: Hand, *, care: int) -> None:
    """Say to leads that somebody who bore abuse waits for them."""
    with perform(hand, CARES, care) as act:
        _tell(act, notices.CARE_OVERDUE)
        act.record("remind_care")


def erase_care(hand: Hand, *, over: datetime, limit: int) -> int:
    """Erase the words of so many records that were seen to before `over`; what is held stays."""
    rows = CareRecord.objects.filter(closed_at__lt=over, said__isnull=False).order_by("pk")
    return ledger.shred_each(hand, rows, limit=limit, reason=CARE_ENDED, whose=_whose, wipe=_wipe)


def _whose(row: CareRecord) -> tuple[str, str]:
    return subject_of_care(row.ref), row.about


def _wipe(row: CareRecord) -> None:
    row.said = None
    row.save(update_fields=("said",))


def _tell(act: Performance[CareRecord], template: Template) -> None:
    for role in sorted(HEADS):
        outbox.tell(
            to=role.value,
            template=template,
            values={"number": f"{act.matter.pk}"},
            about=about_care(act.matter.pk),
            at=act.hand.at,
        )


def _find(hand: Hand, number: int, version: int | None) -> CareRecord:
    row = CareRecord.objects.select_for_update().filter(pk=number).first()
    if row is None or not (hand.role is Role.MACHINE or may_see(hand, row)):
        raise NoSuchCare
    if version is not None and version != row.version:
        raise ChangedMeanwhile(what=CARE.states[CareState(row.state)], when=spoken(hand.at))
    return row


def _record(act: Performance[CareRecord], verb: str, reason: str = "", **told: Any) -> int:
    row = act.matter
    row.version += 1
    act.save("version")
    return ledger.record(
        act.hand,
        kind=f"complaints.{verb}",
        subject=subject_of_care(row.ref),
        about=about_care(row.pk),
        reason=reason,
        payload={"state": row.state, "matter": row.about, **told},
    )


def _settle(act: Performance[CareRecord]) -> None:
    settlement.settle({about_care(act.matter.pk): of_care(act.matter)}, at=act.hand.at, why=act.verb)


CARES: Kind[CareRecord, int] = Kind(
    chart=CARE, find=_find, case=lambda row: about_care(row.pk), record=_record, settle=_settle
)
