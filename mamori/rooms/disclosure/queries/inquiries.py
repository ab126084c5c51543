"""An inquiry of somebody else as leads and counsel read it, and how many there were of each kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from django.db.models import Count

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place
from mamori.law.inquiries import INQUIRIES, InquiryKind, InquiryRule, Kept, beyond, within
from mamori.rooms.disclosure.lifecycle import DECIDERS, INQUIRY, InquiryState
from mamori.rooms.disclosure.models import Inquiry

TABLE, HOUSE = "disclosure_inquiry", "market"


class NoSuchInquiry(Refusal):
    """Given when there is no such inquiry for this hand: agents see none, as some may not be told of."""

    code = "no-such-inquiry"
    status = 404
    text = Text(
        "この照会は見つかりません。番号をご確認ください。",
        "There is no such inquiry. Please check its number.",
    )


class InquirySaid(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, the number and date of its paper, and what it says."""

    by: str
    paper: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryShown:
    """An inquiry: on which ground, for what, about whom; what may be given on it and what never."""

    number: int
    kind: InquiryKind
    state: InquiryState
    version: int
    asked: tuple[Kept, ...]
    given: tuple[Kept, ...]
    parties: tuple[str, ...]
    entered_at: datetime
    closed_at: datetime | None
    due: datetime | None
    proposed_by: str
    said: InquirySaid = field(repr=False)

    @property
    def rule(self) -> InquiryRule:
        """Return what its ground says."""
        return INQUIRIES[self.kind]

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return INQUIRY.states[self.state]

    @property
    def within(self) -> tuple[Kept, ...]:
        """Return what is asked for that may be given."""
        return within(self.kind, self.asked)

    @property
    def beyond(self) -> tuple[Kept, ...]:
        """Return what is asked for that may never be given on this ground."""
        return beyond(self.kind, self.asked)

    @property
    def answer(self) -> Text | None:
        """Return what is answered about what cannot be given."""
        return self.rule.refusal if set(self.asked) - set(self.within) else None


def about_inquiry(number: int) -> str:
    """Return the name under which acts and clocks know an inquiry."""
    return f"disclosure.inquiry:{number}"


def inquiry_of(hand: Hand, number: int) -> InquiryShown:
    """Return an inquiry for a lead or counsel.

    :raises NoSuchInquiry: when there is none for this hand.
    """
    row = Inquiry.objects.filter(pk=number).first()
    if row is None or hand.role not in DECIDERS:
        raise NoSuchInquiry
    return InquiryShown(
        number=row.pk,
        kind=InquiryKind(row.kind),
        state=InquiryState(row.state),
        version=row.version,
        asked=tuple(map(Kept, row.asked)),
        given=tuple(map(Kept, row.given)),
        parties=tuple(row.parties),
        entered_at=row.entered_at,
        closed_at=row.closed_at,
        due=clocks.next_due(about_inquiry(row.pk)),
        proposed_by=row.proposed_by,
        said=said_of(row),
    )


def place_of(number: int) -> Place:
    """Return where the words of an inquiry lie."""
    return Place(TABLE, str(number), "said")


def said_of(row: Inquiry) -> InquirySaid:
    """Return who asks and what it says."""
    plain = seals.unseal(subject=HOUSE, place=place_of(row.pk), sealed=bytes(row.said or b""))
    return msgspec.json.decode(plain, type=InquirySaid)


def counted(since: datetime, until: datetime) -> Iterable[tuple[InquiryKind, InquiryState, int]]:
    """Yield of each kind how many inquiries came within a time and how they stand: for figures that name nobody."""
    rows = Inquiry.objects.filter(entered_at__gte=since, entered_at__lt=until)
    grouped = rows.values("kind", "state").annotate(number=Count("pk")).order_by("kind", "state")
    for one in grouped:
        yield InquiryKind(one["kind"]), InquiryState(one["state"]), one["number"]
