"""A member of staff bears abuse: it is noted, leads are told at once and note what they did; the matter itself goes on."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from mamori.grammar.hand import HEADS, STAFF, Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.ground.seal import actions as sealing
from mamori.law.care import AT_ONCE
from mamori.rooms.complaints import notices
from mamori.rooms.complaints.inputs import ConductSeen, HasEnded, HowCared, WasWarned, WhatHappened
from mamori.rooms.complaints.models import CareRecord
from mamori.rooms.complaints.queries import care as queries

CARE_ENDED = "retention.complaints.care"


class WarnFirst(Refusal, code="warn-first", status=409):
    """Given when a call was ended without the warning that it needs."""

    text = Text(
        "電話を終える前に、注意の言葉を伝えてください。暴力・脅しと性的な言葉のときだけ、すぐに電話を終えられます。",
        "Please read the warning out before the call is ended. Only upon violence or sexual words it is ended at once.",
    )


class CareNeedsAnother(Refusal, code="care-needs-another", status=403):
    """Given when somebody would see to themselves, or is no lead."""

    text = Text(
        "カスハラを受けた人への対応は、本人ではない責任者か法務担当がします。声をかけてください。",
        "Who bore abuse is seen to by a lead or counsel, and never by themselves. Please ask one of them.",
    )


def flag_conduct(
    hand: Hand,
    *,
    about: str,
    conduct: ConductSeen,
    said: WhatHappened,
    warned: WasWarned = False,
    ended: HasEnded = False,
) -> int:
    """Note abuse on a call about a matter, and what was done on the call; return the record's number: leads are told at once."""
    if hand.role not in STAFF or not queries.is_there(about):
        raise queries.NoSuchCare
    if ended and not (warned or conduct in AT_ONCE):
        raise WarnFirst
    done: dict[str, Any] = {"conduct": conduct.value, "warned": warned, "ended": ended}
    with memory.act():
        row = CareRecord(
            ref=secrets.token_hex(12), about=about, staff=people.subject_of(hand), at=hand.at, **done
        )
        plain = said.encode(errors="replace")
        row.said = sealing.seal(subject=queries.subject_of(row), place=queries.place_of(row), plain=plain)
        row.save(force_insert=True)
        for role in sorted(HEADS):
            outbox.tell(
                to=role.value,
                template=notices.ABUSE_FLAGGED,
                values={"number": f"{row.pk}"},
                about=queries.about_care(row.pk),
                at=hand.at,
            )
        _record(hand, row, "flag", **done)
    return row.pk


def give_care(hand: Hand, *, care: int, reason: HowCared) -> None:
    """Note what a lead did for who bore it; more may be noted later."""
    with memory.act():
        row = queries.record_of(hand, care, locked=True)
        if not queries.may_care(hand, row):
            raise CareNeedsAnother
        row.closed_at = hand.at
        row.save(update_fields=("closed_at",))
        _record(hand, row, "care", reason)


def erase_care(hand: Hand, *, over: datetime, limit: int) -> int:
    """Erase the words of so many records that were seen to before `over`; what is held stays."""
    rows = CareRecord.objects.filter(closed_at__lt=over, said__isnull=False).order_by("pk")
    return ledger.shred_each(hand, rows, limit=limit, reason=CARE_ENDED, whose=_whose, wipe=_wipe)


def _whose(row: CareRecord) -> tuple[str, str]:
    return queries.subject_of(row), row.about


def _wipe(row: CareRecord) -> None:
    row.said = None
    row.save(update_fields=("said",))


def _record(hand: Hand, row: CareRecord, verb: str, reason: str = "", **told: Any) -> None:
    ledger.record(
        hand,
        kind=f"complaints.{verb}",
        subject=queries.subject_of(row),
        about=queries.about_care(row.pk),
        reason=reason,
        payload={"matter": row.about, **told},
    )
