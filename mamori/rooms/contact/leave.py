"""What a buyer lets the seller know of them: one telephone number, one mail address, as long as they want."""

from __future__ import annotations

import re
import unicodedata
import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.rooms.contact.models import HOLDS, Leave, Thread


class Way(StrEnum):
    """By which way the seller may reach the buyer."""

    PHONE = "phone"
    MAIL = "mail"


WAYS = {
    Way.PHONE: Text("電話番号", "telephone number"),
    Way.MAIL: Text("メールアドレス", "mail address"),
}
NUMBER = regex(r"0[1-9][0-9]{8,9}|\+[1-9][0-9]{8,14}")
"""A number as it is dialled in Japan, ten or eleven digits, or with the plus of a country."""
LONGEST = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveShown:
    """A detail that holds now."""

    way: Way
    detail: str
    given_at: datetime


def plain(way: Way, detail: str) -> str:
    """Return the detail as it is kept, or nothing when it cannot be one; digits of any width will do."""
    told = "".join(
        c for c in unicodedata.normalize("NFKC", detail) if unicodedata.category(c)[0] != "C"
    ).strip()
    if way is Way.PHONE:
        told = re.sub(r"[\s().]", "", re.sub(r"[‐‑–—ー−]", "-", told)).strip("-")
        return told if NUMBER.fullmatch(told.replace("-", "")) and len(told) <= LONGEST else ""
    try:
        validate_email(told)
    except ValidationError:
        return ""
    return told


def seal(thread: Thread, way: Way, detail: str, at: datetime) -> Leave:
    """Return a row that is not saved yet, its detail sealed with the buyer's key."""
    key = uuid.uuid4()
    return Leave(
        id=key,
        thread=thread,
        way=way,
        given_at=at,
        sealed=sealing.seal(subject=f"buyer:{thread.buyer_ref}", place=_place(key), plain=detail.encode()),
    )


def held(thread: Thread) -> tuple[LeaveShown, ...]:
    """Return what the seller may use now: nothing once the thread has ended or the buyer was erased."""
    if thread.closed_at is not None:
        return ()
    opener = seals.Opener()
    found = []
    for row in Leave.objects.filter(HOLDS, thread=thread).order_by("-way"):
        try:
            detail = opener.unseal(
                subject=f"buyer:{thread.buyer_ref}", place=_place(row.pk), sealed=bytes(row.sealed)
            )
        except seals.Shredded:
            continue
        found.append(LeaveShown(way=Way(row.way), detail=detail.decode(), given_at=row.given_at))
    return tuple(found)


def _place(key: uuid.UUID) -> seals.Place:
    return seals.Place("contact_leave", str(key), "sealed")
