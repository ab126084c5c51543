"""An inquiry of somebody else: entered, weighed against its ground, given by two or refused with the declared answer."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec

from mamori.grammar.event import Event
from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.ledger import facts as ledger_facts
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import Kind, Performance, entered, perform
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.ground.seal import actions as sealing
from mamori.ground.web.signing.seconds import is_second
from mamori.japan.spoken import spoken
from mamori.law.inquiries import INQUIRIES, INQUIRY_ANSWER, InquiryKind, Kept, within
from mamori.rooms.disclosure import notices
from mamori.rooms.disclosure.actions.deciding import NeedsAnother
from mamori.rooms.disclosure.acts import ACTS
from mamori.rooms.disclosure.inputs import WhyInquiry
from mamori.rooms.disclosure.lifecycle import DECIDERS, INQUIRY, InquiryState
from mamori.rooms.disclosure.models import Inquiry
from mamori.rooms.disclosure.queries.inquiries import (
    HOUSE,
    InquirySaid,
    NoSuchInquiry,
    about_inquiry,
    place_of,
)


class NotOnThisGround(Refusal):
    """Given when more would be given than the ground lets, or nothing."""

    code = "not-on-this-ground"
    status = 422
    text = Text(
        "この根拠で渡せるのは次のものだけです：{may}。渡せるものがないときは、渡さないと決めてください。",
        "On this ground only these may be given: {may}. Where there is nothing, please decide to give nothing.",
    )


class NotYoursToDecide(Refusal):
    """Given when somebody decides on a kind of inquiry that is another's to decide."""

    code = "not-yours-to-decide"
    status = 403
    text = Text("この種類の照会を決めるのは{roles}です。", "On this kind of inquiry {roles} decides.")


def enter_inquiry(
    hand: Hand,
    *,
    kind: InquiryKind,
    by: str,
    paper: str,
    words: str,
    asked: Collection[Kept],
    parties: Collection[str],
) -> int:
    """Enter an inquiry as it came, and return its number; nobody whom it is about is told.

    :raises NoSuchInquiry: for everybody but a lead or counsel.
    """
    if hand.role not in DECIDERS:
        raise NoSuchInquiry
    with memory.act():
        row = Inquiry.objects.create(
            kind=kind.value,
            asked=[one.value for one in Kept if one in asked],
            parties=sorted(parties),
            entered_at=hand.at,
            turn_at=hand.at,
        )
        said = msgspec.json.encode(InquirySaid(by=by, paper=paper, words=words), order="sorted")
        row.said = sealing.seal(subject=HOUSE, place=place_of(row.pk), plain=said)
        row.save(update_fields=("said",))
        with entered(hand, INQUIRED, row) as act:
            act.record("enter_inquiry", inquiry=row.kind, asked=row.asked)
    return row.pk


def offer_inquiry(
    hand: Hand, *, inquiry: int, items: Collection[Kept], reason: WhyInquiry, version: int | None = None
) -> None:
    """Propose to give some of what is asked for, within what the ground lets.

    :raises NoSuchInquiry, ChangedMeanwhile, NotYoursToDecide, NotOnThisGround: as their sentences say.
    """
    with perform(hand, INQUIRED, inquiry, version=version) as act:
        row, kind = act.matter, InquiryKind(act.matter.kind)
        may = within(kind, [Kept(one) for one in row.asked])
        if not items or not set(items) <= set(may):
            raise NotOnThisGround(may=_named(may))
        act.step("offer")
        row.given, row.proposed_by = [one.value for one in may if one in items], people.subject_of(hand)
        row.turn_at = hand.at
        act.save("given", "proposed_by", "turn_at")
        act.record("offer", reason=reason, items=row.given)


def agree_inquiry(hand: Hand, *, inquiry: int, version: int | None = None) -> None:
    """Agree, as another person, that it is given.

    :raises NoSuchInquiry, ChangedMeanwhile, NotYoursToDecide, NeedsAnother: as their sentences say.
    """
    with perform(hand, INQUIRED, inquiry, version=version) as act:
        row = act.matter
        if not is_second(hand, than=row.proposed_by):
            raise NeedsAnother
        _end(act, "give" if set(row.given) == set(row.asked) else "give_partly")
        act.record("give_inquiry", items=row.given, proposed_by=row.proposed_by)


def take_back_inquiry(hand: Hand, *, inquiry: int, reason: WhyInquiry, version: int | None = None) -> None:
    """Do not agree: it is decided anew.

    :raises NoSuchInquiry, ChangedMeanwhile, NotYoursToDecide: as their sentences say.
    """
    with perform(hand, INQUIRED, inquiry, version=version) as act:
        act.step("take_back")
        act.matter.given, act.matter.turn_at = [], hand.at
        act.save("given", "turn_at")
        act.record("take_back", reason=reason)


def refuse_inquiry(hand: Hand, *, inquiry: int, reason: WhyInquiry, version: int | None = None) -> None:
    """Give nothing; it is answered with the declared words.

    :raises NoSuchInquiry, ChangedMeanwhile, NotYoursToDecide: as their sentences say.
    """
    with perform(hand, INQUIRED, inquiry, version=version) as act:
        _end(act, "refuse")
        act.record("refuse_inquiry", reason=reason)


def pass_inquiry(hand: Hand, *, inquiry: int, reason: WhyInquiry, version: int | None = None) -> None:
    """Pass it on to another procedure: a hold, a request of a buyer, a notice of a right.

    :raises NoSuchInquiry, ChangedMeanwhile, NotYoursToDecide: as their sentences say.
    """
    with perform(hand, INQUIRED, inquiry, version=version) as act:
        _end(act, "pass_on")
        act.record("pass_on", reason=reason)


def remind_inquiry(hand: Hand, *, inquiry: int) -> None:
    """Say that an inquiry waits for its answer, and nothing of what it is."""
    with perform(hand, INQUIRED, inquiry) as act:
        if act.matter.closed_at is not None:
            return
        outbox.tell(
            to="lead",
            template=notices.INQUIRY_OVERDUE,
            values={"number": f"{inquiry}"},
            about=about_inquiry(inquiry),
            at=hand.at,
        )
        act.record("remind_inquiry")


def _named(some: Collection[Kept]) -> Text:
    return Text.listed(one.text for one in some) if some else Text("なし", "nothing")


def _end(act: Performance[Inquiry], step: str) -> None:
    act.step(step)
    act.matter.closed_at = act.hand.at
    act.save("closed_at")


def _find(hand: Hand, number: int, version: int | None) -> Inquiry:
    row = Inquiry.objects.select_for_update().filter(pk=number).first()
    is_machine = hand.role is Role.MACHINE
    if row is None or not (is_machine or hand.role in DECIDERS):
        raise NoSuchInquiry
    deciders = INQUIRIES[InquiryKind(row.kind)].deciders
    if not is_machine and hand.role not in deciders:
        raise NotYoursToDecide(roles=Text.listed(one.text for one in sorted(deciders)))
    if version is not None and version != row.version:
        kind, at = [one for one in ledger_facts.kinds_about(about_inquiry(number)) if one[0] in ACTS][-1]
        raise ChangedMeanwhile(what=ACTS[kind], when=spoken(at))
    return row


def _record(act: Performance[Inquiry], verb: str, *events: Event, reason: str = "", **told: Any) -> int:
    del events
    act.matter.version += 1
    act.save("version")
    return ledger.record(
        act.hand,
        kind=f"disclosure.{verb}",
        subject=ledger.MARKET,
        about=about_inquiry(act.matter.pk),
        reason=reason,
        payload={"state": act.matter.state, **told},
    )


def _settle(act: Performance[Inquiry]) -> None:
    row = act.matter
    is_open = row.state in (InquiryState.ENTERED, InquiryState.WAITING)
    should = (Runs(INQUIRY_ANSWER, since=row.turn_at, again=True),) if is_open else ()
    settlement.settle({about_inquiry(row.pk): should}, at=act.hand.at, why=act.verb)


INQUIRED: Kind[Inquiry, int] = Kind(
    chart=INQUIRY,
    find=_find,
    case=lambda row: about_inquiry(row.pk),
    record=_record,
    settle=_settle,
)
