"""The kind of matter that an inquiry is: found locked, recorded under one name, its clocks settled, its parties held."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from mamori.grammar.declaration import Template
from mamori.grammar.event import Event
from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import Kind, Performance
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.ground.vault import actions as vault
from mamori.japan.spoken import spoken
from mamori.law.grounds import BEING_ANSWERED
from mamori.law.inquiries import INQUIRIES, InquiryKind
from mamori.rooms.disclosure.acts import INQUIRY_ACTS
from mamori.rooms.disclosure.lifecycle import DECIDERS, INQUIRY
from mamori.rooms.disclosure.models import Inquiry
from mamori.rooms.disclosure.queries.inquiries import ACT, NoSuchInquiry, about_inquiry, past_of
from mamori.rooms.disclosure.rules.inquiries import BY_OTHERS, deciders_of
from mamori.rooms.disclosure.rules.standing import of_inquiry


class NotYoursToDecide(Refusal, code="not-yours-to-decide", status=403):
    """Given when somebody decides on a kind of inquiry that is another's to decide."""

    text = BY_OTHERS


def must_decide(act: Performance[Inquiry]) -> InquiryKind:
    """See that the hand decides on this kind, and return the kind."""
    kind = InquiryKind(act.matter.kind)
    if act.hand.role not in INQUIRIES[kind].deciders:
        raise NotYoursToDecide(roles=deciders_of(kind))
    return kind


def hold(act: Performance[Inquiry]) -> None:
    """Let nothing be destroyed of whom it is about for as long as it is open, on a ground that says nothing of it."""
    if act.matter.parties:
        name = about_inquiry(act.matter.pk)
        vault.hold_open(act.hand, what=name, covers=act.matter.parties, ground=BEING_ANSWERED)


def release(act: Performance[Inquiry]) -> None:
    """Hold nothing for its sake any more."""
    vault.let_go(act.hand, what=about_inquiry(act.matter.pk), ground=BEING_ANSWERED)


def end(act: Performance[Inquiry], step: str) -> None:
    """Take a step that ends it."""
    act.step(step)
    act.matter.closed_at = act.hand.at
    act.save("closed_at")
    release(act)


def decided(act: Performance[Inquiry]) -> None:
    """Note who decided."""
    act.matter.decided_by = people.subject_of(act.hand)
    act.save("decided_by")


def tell(act: Performance[Inquiry], template: Template, roles: Collection[Role]) -> None:
    """Tell these roles of its number, and nothing of what it is."""
    for role in sorted(roles):
        outbox.tell(
            to=role.value,
            template=template,
            values={"number": f"{act.matter.pk}"},
            about=about_inquiry(act.matter.pk),
            at=act.hand.at,
        )


def _find(hand: Hand, number: int, version: int | None) -> Inquiry:
    row = Inquiry.objects.select_for_update().filter(pk=number).first()
    if row is None or hand.role not in DECIDERS | {Role.MACHINE}:
        raise NoSuchInquiry
    if version is not None and version != row.version:
        newest = past_of(number)[-1]
        raise ChangedMeanwhile(what=newest.text, when=spoken(newest.at))
    return row


def _record(act: Performance[Inquiry], verb: str, *events: Event, reason: str = "", **told: Any) -> int:
    del events
    assert verb in INQUIRY_ACTS, verb
    act.matter.version += 1
    act.save("version")
    return ledger.record(
        act.hand,
        kind=ACT,
        subject=ledger.MARKET,
        about=about_inquiry(act.matter.pk),
        reason=reason,
        payload={"verb": verb, "state": act.matter.state, **told},
    )


def _settle(act: Performance[Inquiry]) -> None:
    name = about_inquiry(act.matter.pk)
    settlement.settle({name: of_inquiry(act.matter)}, at=act.hand.at, why=act.verb)


INQUIRED: Kind[Inquiry, int] = Kind(
    chart=INQUIRY,
    find=_find,
    case=lambda row: about_inquiry(row.pk),
    record=_record,
    settle=_settle,
)
