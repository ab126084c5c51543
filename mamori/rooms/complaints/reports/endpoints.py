"""Calls over JSON: the centre's telephone system tells that somebody calls, and a sheet waits on the desk."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta
from ninja import Schema, Status

from mamori.grammar.actor import Actor
from mamori.ground.declared.records import NO_NUL, Part, Ref, form, says
from mamori.rooms.complaints.reports.actions import reporting

MOST_NUMBER = 60


class NewCall(Part, frozen=True, kw_only=True):
    """A call that comes in."""

    call: Annotated[
        Ref,
        says(
            "電話の仕組みでの通話の番号。同じ番号は同じ電話",
            "the telephone system's name of it: the same is the same call",
        ),
    ]
    number: Annotated[
        str,
        says("かけてきた番号。非通知なら省く", "the number that calls, left out where it is withheld"),
        Meta(
            max_length=MOST_NUMBER,
            pattern=NO_NUL,
            extra=form("0から、または+から始まる電話番号", "a telephone number from 0 or +"),
        ),
    ] = ""
    at: Annotated[datetime | None, says("かかってきた時刻", "when it came in")] = None


class CallTaken(Schema):
    """A call that waits on the desk; the sheet's number is where staff open it."""

    call: str
    sheet: int


def post_call(actor: Actor, body: NewCall) -> Status[CallTaken]:
    """Tell that somebody calls: a sheet waits on the desk, and is filled in by whoever takes the call.

    Told again under the same name it is the same call.  What is no number is taken as withheld; each is forgotten after a day.
    """
    sheet = reporting.ring_in(actor, call=body.call, number=body.number, at=body.at or actor.at)
    return Status(200, CallTaken(call=body.call, sheet=sheet))
