"""Who counsellors are: while they may come in, as leads read them, and what lies sealed in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from django.db.models import Q

from mamori.grammar.hand import HEADS, Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Opener, Place
from mamori.rooms.complaints.counselling.rules import (
    CounsellorSaid,
)
from mamori.rooms.complaints.models import Counsellor

OF_COUNSELLORS, COUNSELLOR = "complaints_counsellor", "counsellor:"


class NoSuchCounsellor(Refusal, code="no-such-counsellor", status=404):
    """Given when there is no such counsellor for this hand, or their time is over."""

    text = Text(
        "この相談員は見つからないか、利用の期間が終わっています。招くことができるのは、責任者と法務担当です。",
        "There is no such counsellor, or their time is over. Leads and counsel can invite one.",
    )


class CounsellorOver(Refusal, code="counsellor-over", status=403):
    """Given to a counsellor whose time is over, whatever they open."""

    text = Text(
        "相談員用の窓口の利用期間が終わりました。続けるときは、センターから相談窓口にお電話ください。あらためて招待をお送りします。",
        "Your time on the pages for counsellors is over. To go on, please call the customer centre from your centre: you will be "
        "invited anew.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CounsellorShown:
    """A counsellor as staff read them: who, of which centre, invited when, until when, and when they came last."""

    number: int
    said: CounsellorSaid = field(repr=False)
    invited_at: datetime
    came_at: datetime | None
    until: datetime
    is_here: bool

    @property
    def name(self) -> str:
        """Return what they are called."""
        return self.said.name

    @property
    def centre(self) -> str:
        """Return of which centre they are."""
        return self.said.centre

    @property
    def state_text(self) -> Text:
        """Say whether they may come in."""
        return Text("利用できる", "may come in") if self.is_here else Text("終わった", "over")


def mark_of(mail: str) -> bytes:
    """Return by what an address is known again."""
    return seals.blind(f"{OF_COUNSELLORS}.mark", mail.strip().lower())


def who_is(row: Counsellor) -> str:
    """Return who a counsellor is: what acts say, where mail goes, whose key it is."""
    return f"{COUNSELLOR}{row.ref}"


def counsellor_place(ref: str) -> Place:
    """Return where it lies who a counsellor is."""
    return Place(OF_COUNSELLORS, ref, "said")


def who_said(row: Counsellor, opener: Opener | None = None) -> CounsellorSaid:
    """Return who a counsellor is, empty once the key was destroyed; of many, an `opener` has fetched the keys."""
    place = counsellor_place(row.ref)
    plain = seals.opened(subject=who_is(row), place=place, sealed=row.said, opener=opener)
    return msgspec.json.decode(plain, type=CounsellorSaid) if plain is not None else CounsellorSaid()


def counsellor_mail(ref: str) -> tuple[str, str]:
    """Return where a counsellor's mail goes, and in which language."""
    row = Counsellor.objects.filter(ref=ref).first()
    return (who_said(row).mail, "ja") if row else ("", "")


def counsellor_of(hand: Hand, *, locked: bool = False) -> Counsellor:
    """Return the counsellor whose hand it is, while they may come in; `locked` for who writes on it."""
    if hand.role is not Role.COUNSELLOR:
        raise NoSuchCounsellor
    rows = Counsellor.objects.select_for_update() if locked else Counsellor.objects.all()
    row = rows.filter(_may_come_in(hand)).first()
    if row is None:
        raise CounsellorOver
    return row


def is_here(hand: Hand) -> bool:
    """Say whether it is the hand of a counsellor who may come in."""
    return hand.role is Role.COUNSELLOR and Counsellor.objects.filter(_may_come_in(hand)).exists()


def _may_come_in(hand: Hand) -> Q:
    return Q(ended_at__isnull=True, until__gt=hand.at, ref=hand.by.removeprefix(COUNSELLOR))


def counsellors_shown(rows: Sequence[Counsellor], at: datetime) -> tuple[CounsellorShown, ...]:
    """Return these as the list shows them, keys in one look."""
    opener = seals.Opener().fetch(bytes(row.said) for row in rows if row.said is not None)
    return tuple(
        CounsellorShown(
            number=row.pk,
            said=who_said(row, opener),
            invited_at=row.invited_at,
            came_at=row.came_at,
            until=row.until,
            is_here=row.ended_at is None and row.until > at,
        )
        for row in rows
    )


def counsellor_shown(hand: Hand, number: int) -> CounsellorShown:
    """Return one for leads and counsel."""
    row = Counsellor.objects.filter(pk=number).first()
    if row is None or hand.role not in HEADS:
        raise NoSuchCounsellor
    return counsellors_shown([row], hand.at)[0]
