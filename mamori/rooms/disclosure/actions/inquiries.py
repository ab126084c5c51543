"""An inquiry is decided: given by two within its ground and then handed over, refused or passed on, by two where it binds."""

from __future__ import annotations

from collections.abc import Collection

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.matters.performance import Performance, perform
from mamori.ground.people import facts as people
from mamori.ground.web.signing.seconds import is_second
from mamori.law.inquiries import INQUIRIES, InquiryKind, within
from mamori.law.kept import HeldKind, listed
from mamori.rooms.disclosure import notices
from mamori.rooms.disclosure.actions.inquirymatter import (
    INQUIRED,
    decided,
    end,
    must_decide,
    tell,
)
from mamori.rooms.disclosure.inputs import HowHandedOver, WhyInquiry
from mamori.rooms.disclosure.lifecycle import DECIDERS, INQUIRY, InquiryState
from mamori.rooms.disclosure.models import Inquiry
from mamori.rooms.disclosure.queries.inquiries import may_obey_alone
from mamori.rooms.disclosure.rules.inquiries import InquiryEnd, before_giving

STEPS = {InquiryEnd.REFUSE: "refuse", InquiryEnd.PASS: "pass_on"}
"""The step by which each of these ends it."""


class NotOnThisGround(Refusal, code="not-on-this-ground", status=422):
    """Given when more would be given than the ground lets, or nothing."""

    text = Text(
        "この根拠で渡せるのは次のものだけです：{may}。渡せるものがないときは、渡さないと決めてください。",
        "On this ground only these may be given: {may}. Where there is nothing, please decide to give nothing.",
    )


class NotToGive(Refusal, code="not-to-give", status=409):
    """Given when something stands before giving: nobody is named, or what comes first was not seen to."""

    text = Text("まだ渡せません。{why}", "Nothing can be given yet. {why}")


class InquiryNeedsAnother(Refusal, code="inquiry-needs-another", status=403):
    """Given when who proposed would agree to it, or somebody whom it brought in."""

    text = Text(
        "照会への答えには、提案した人とは別の責任者か法務担当の確認が要ります。",
        "Another lead or counsel than who proposed it has to agree to what is answered to an inquiry.",
    )


def offer_inquiry(
    hand: Hand, *, inquiry: int, items: Collection[HeldKind], reason: WhyInquiry, version: int | None = None
) -> None:
    """Propose to give some of what is asked for, within what the ground lets."""
    with perform(hand, INQUIRED, inquiry, version=version) as act:
        row, kind = act.matter, must_decide(act)
        asked = [HeldKind(one) for one in row.asked]
        may = within(kind, asked)
        if not items or not set(items) <= set(may):
            raise NotOnThisGround(may=listed(may))
        if why := before_giving(kind, asked, row.parties, is_seen=row.is_seen):
            raise NotToGive(why=why)
        row.given = [one.value for one in may if one in items]
        _propose(act, InquiryEnd.GIVE)
        act.record("offer", reason=reason, items=row.given)


def refuse_inquiry(hand: Hand, *, inquiry: int, reason: WhyInquiry, version: int | None = None) -> None:
    """Give nothing, or propose it where it is compulsory or was entered so."""
    with perform(hand, INQUIRED, inquiry, version=version) as act:
        _end_or_propose(act, InquiryEnd.REFUSE, "propose_refusal", reason)


def pass_inquiry(hand: Hand, *, inquiry: int, reason: WhyInquiry, version: int | None = None) -> None:
    """Pass it on to another procedure (a hold, a buyer's request), or propose it where it is compulsory or was entered so."""
    with perform(hand, INQUIRED, inquiry, version=version) as act:
        _end_or_propose(act, InquiryEnd.PASS, "propose_passing", reason)


def agree_inquiry(hand: Hand, *, inquiry: int, version: int | None = None) -> None:
    """Agree, as another person, to what is proposed; a compulsory one is obeyed by one where nobody else is there."""
    with perform(hand, INQUIRED, inquiry, version=version) as act:
        row = act.matter
        INQUIRY.take("give", InquiryState(row.state), hand.role)
        alone = not is_second(hand, than=row.proposed_by)
        if alone and not may_obey_alone(hand, row):
            raise InquiryNeedsAnother
        outcome = InquiryEnd(row.outcome)
        if outcome is InquiryEnd.GIVE:
            act.step("give")
            decided(act)
            act.record("obey_alone" if alone else "give", items=row.given, proposed_by=row.proposed_by)
        else:
            _finish(act, outcome)
            act.record(STEPS[outcome], proposed_by=row.proposed_by)


def take_back_inquiry(hand: Hand, *, inquiry: int, reason: WhyInquiry, version: int | None = None) -> None:
    """Do not agree, or hand over after all: it is decided anew."""
    with perform(hand, INQUIRED, inquiry, version=version) as act:
        act.step("take_back")
        act.matter.given, act.matter.outcome, act.matter.decided_by = [], "", ""
        act.save("given", "outcome", "decided_by")
        act.record("take_back", reason=reason)


def hand_over_inquiry(hand: Hand, *, inquiry: int, reason: HowHandedOver, version: int | None = None) -> None:
    """Note when, how and to whom what was decided was handed over, or done: that ends it."""
    with perform(hand, INQUIRED, inquiry, version=version) as act:
        is_all = set(act.matter.given) == set(act.matter.asked)
        end(act, "hand_over" if is_all else "hand_over_partly")
        act.record("hand_over", reason=reason, items=act.matter.given)


def remind_inquiry(hand: Hand, *, inquiry: int) -> None:
    """Say to whoever has to act that an inquiry waits for its answer, and nothing of what it is."""
    with perform(hand, INQUIRED, inquiry) as act:
        if act.matter.closed_at is not None:
            return
        waits = act.matter.state == InquiryState.WAITING
        tell(
            act,
            notices.INQUIRY_OVERDUE,
            DECIDERS if waits else INQUIRIES[InquiryKind(act.matter.kind)].deciders,
        )
        act.record("remind")


def _propose(act: Performance[Inquiry], outcome: InquiryEnd) -> None:
    act.step("propose")
    act.matter.outcome, act.matter.proposed_by = outcome.value, people.subject_of(act.hand)
    act.save("given", "outcome", "proposed_by")
    tell(act, notices.INQUIRY_TO_AGREE, DECIDERS)


def _end_or_propose(act: Performance[Inquiry], outcome: InquiryEnd, proposing: str, reason: str) -> None:
    must_decide(act)
    if act.matter.by_two:
        _propose(act, outcome)
        act.record(proposing, reason=reason)
    else:
        _finish(act, outcome)
        act.record(STEPS[outcome], reason=reason)


def _finish(act: Performance[Inquiry], outcome: InquiryEnd) -> None:
    end(act, STEPS[outcome])
    act.matter.outcome = outcome.value
    act.save("outcome")
    decided(act)
