"""An inquiry is entered as its paper says, once; what was entered wrongly is corrected; what comes before giving is noted."""

from __future__ import annotations

import msgspec

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.matters.performance import Performance, entered, perform
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.japan.calendar import JAPAN
from mamori.law.inquiries import INQUIRIES
from mamori.law.kept import HeldKind
from mamori.rooms.disclosure.actions.inquirymatter import INQUIRED, hold, must_decide, release
from mamori.rooms.disclosure.inputs import HowSeen
from mamori.rooms.disclosure.lifecycle import DECIDERS
from mamori.rooms.disclosure.models import Inquiry
from mamori.rooms.disclosure.queries.inquiries import HOUSE, InquirySaid, NoSuchInquiry, place_of
from mamori.rooms.disclosure.rules.inquiries import InquiryPaper, silence_fits


class PaperKnown(Refusal, code="paper-known", status=409):
    """Given when the same paper of the same sender was entered before."""

    text = Text(
        "この文書は、すでに第{number}号として記録されています。照会の一覧から第{number}号を開いてください。"
        "別の文書のときは「これは別の文書」に印を付けてください。",
        "This paper was entered already, as no. {number}: please open that in the list of inquiries. Where it is another paper, "
        "tick “This is another paper”.",
    )


class SilenceUnfit(Refusal, code="silence-unfit", status=422):
    """Given when silence would be kept longer than its ground lets it be ordered."""

    text = Text(
        "この種類の照会が漏らさないよう命じられるのは、1年までの期間です。書面にある終わりの日を書いてください。",
        "This kind can forbid to tell for a year at most: please write the last day that the paper names.",
    )


def enter_inquiry(hand: Hand, *, told: InquiryPaper, another: bool = False) -> int:
    """Enter an inquiry as it came, and return its number; nobody whom it is about is told."""
    if hand.role not in DECIDERS:
        raise NoSuchInquiry
    with memory.act():
        mark = _mark(told)
        known = Inquiry.objects.filter(mark=mark).order_by("pk").first()
        if known is not None and not another:
            raise PaperKnown(number=known.pk)
        row = Inquiry.objects.create(mark=mark, entered_at=hand.at)
        with entered(hand, INQUIRED, row) as act:
            _write(act, told)
            act.record("enter", kind=row.kind, asked=row.asked)
    return row.pk


def correct_inquiry(
    hand: Hand, *, inquiry: int, told: InquiryPaper, reason: str, version: int | None = None
) -> None:
    """Correct what was entered, and why; what its ground asks for beforehand is seen to anew where the kind changes."""
    with perform(hand, INQUIRED, inquiry, version=version) as act:
        before = must_decide(act)
        act.step("correct")
        if told.kind is not before:
            act.matter.is_seen = False
        act.matter.mark = _mark(told)
        release(act)
        _write(act, told)
        act.save("is_seen", "mark")
        act.record("correct", reason=reason, before=before.value, kind=told.kind.value)


def see_first(hand: Hand, *, inquiry: int, reason: HowSeen, version: int | None = None) -> None:
    """Note that what comes before giving was seen to: a hearing, or who it is that asks."""
    with perform(hand, INQUIRED, inquiry, version=version) as act:
        act.step("see")
        act.matter.is_seen = True
        act.save("is_seen")
        act.record("see", reason=reason)


def _write(act: Performance[Inquiry], told: InquiryPaper) -> None:
    if not silence_fits(told, act.matter.entered_at.astimezone(JAPAN).date()):
        raise SilenceUnfit
    row = act.matter
    row.kind, row.parties = told.kind.value, sorted(set(told.parties))
    row.asked = [one.value for one in HeldKind if one in told.asked]
    row.due_on, row.silent, row.silent_until = told.due_on, told.silent, told.silent_until
    row.by_two = row.by_two or INQUIRIES[told.kind].is_compulsory
    said = InquirySaid(by=told.by, paper=told.paper, scope=told.scope, words=told.words)
    plain = msgspec.json.encode(said, order="sorted")
    row.said = sealing.seal(subject=HOUSE, place=place_of(row.pk), plain=plain)
    act.save("kind", "parties", "asked", "due_on", "silent", "silent_until", "by_two", "said")
    hold(act)


def _mark(told: InquiryPaper) -> bytes:
    return seals.blind("disclosure_inquiry.mark", f"{told.by}\n{told.paper}")
