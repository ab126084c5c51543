"""An inquiry is entered as its paper says, and decided: given by two within its ground, refused, or passed on."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec

from mamori.grammar.actor import Actor, Role
from mamori.grammar.declaration import Template
from mamori.grammar.event import Event
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import MatterKind, Performance, entered, perform
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.ground.vault import actions as vault
from mamori.ground.web.signing.here import is_second
from mamori.japan.calendar import JAPAN, spoken
from mamori.law.grounds import BEING_ANSWERED
from mamori.law.inquiries import INQUIRIES, HeldKind, InquiryKind, listed, within
from mamori.rooms.disclosure import notices
from mamori.rooms.disclosure.acts import INQUIRY_ACTS
from mamori.rooms.disclosure.inputs import HowHandedOver, HowSeen, WhyInquiry
from mamori.rooms.disclosure.inquiries.queries import (
    ACT,
    HOUSE,
    NoSuchInquiry,
    about_inquiry,
    may_obey_alone,
    past_of,
    place_of,
)
from mamori.rooms.disclosure.inquiries.rules import (
    BY_OTHERS,
    SEALED,
    InquiryEnd,
    InquiryPaper,
    before_giving,
    deciders_of,
    silence_fits,
)
from mamori.rooms.disclosure.lifecycle import DECIDERS, INQUIRY, InquiryState
from mamori.rooms.disclosure.models import Inquiry
from mamori.rooms.disclosure.rules.deciding import of_inquiry

# The kind of matter that an inquiry is: found locked, recorded under one name, its clocks settled, its parties held.


class NotYoursToDecide(Refusal, code="not-yours-to-decide", status=403):
    """Given when somebody decides on a kind of inquiry that is another's to decide."""

    text = BY_OTHERS


def must_decide(act: Performance[Inquiry]) -> InquiryKind:
    """See that the actor decides on this kind, and return the kind."""
    kind = InquiryKind(act.matter.kind)
    if act.actor.role not in INQUIRIES[kind].deciders:
        raise NotYoursToDecide(roles=deciders_of(kind))
    return kind


def hold(act: Performance[Inquiry]) -> None:
    """Let nothing be destroyed of whom it is about for as long as it is open, on a ground that says nothing of it."""
    if act.matter.parties:
        name = about_inquiry(act.matter.pk)
        vault.hold_open(act.actor, what=name, covers=act.matter.parties, ground=BEING_ANSWERED)


def release(act: Performance[Inquiry]) -> None:
    """Hold nothing for its sake any more."""
    vault.let_go(act.actor, what=about_inquiry(act.matter.pk), ground=BEING_ANSWERED)


def end(act: Performance[Inquiry], step: str) -> None:
    """Take a step that ends it."""
    act.step(step)
    act.matter.closed_at = act.actor.at
    act.save("closed_at")
    release(act)


def decided(act: Performance[Inquiry]) -> None:
    """Note who decided."""
    act.matter.decided_by = people.subject_of(act.actor)
    act.save("decided_by")


def notify_roles(act: Performance[Inquiry], template: Template, roles: Collection[Role]) -> None:
    """Tell these roles of its number, and nothing of what it is."""
    for role in sorted(roles):
        outbox.notify(
            to=role.value,
            template=template,
            values={"number": f"{act.matter.pk}"},
            about=about_inquiry(act.matter.pk),
            at=act.actor.at,
        )


def _find(actor: Actor, number: int, version: int | None) -> Inquiry:
    row = Inquiry.objects.select_for_update().filter(pk=number).first()
    if row is None or actor.role not in DECIDERS | {Role.MACHINE}:
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
        act.actor,
        kind=ACT,
        subject=ledger.MARKET,
        about=about_inquiry(act.matter.pk),
        reason=reason,
        payload={"verb": verb, "state": act.matter.state, **told},
    )


def _settle(act: Performance[Inquiry]) -> None:
    name = about_inquiry(act.matter.pk)
    settlement.settle({name: of_inquiry(act.matter)}, at=act.actor.at, why=act.verb)


INQUIRED: MatterKind[Inquiry, int] = MatterKind(
    chart=INQUIRY,
    find=_find,
    case=lambda row: about_inquiry(row.pk),
    record=_record,
    settle=_settle,
)


# An inquiry is entered as its paper says, once; what was entered wrongly is corrected; what comes before giving is noted.


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


def enter_inquiry(actor: Actor, *, told: InquiryPaper, another: bool = False) -> int:
    """Enter an inquiry as it came, and return its number; nobody whom it is about is told."""
    if actor.role not in DECIDERS:
        raise NoSuchInquiry
    with memory.act():
        mark = _mark(told)
        known = Inquiry.objects.filter(mark=mark).order_by("pk").first()
        if known is not None and not another:
            raise PaperKnown(number=known.pk)
        row = Inquiry.objects.create(mark=mark, entered_at=actor.at)
        with entered(actor, INQUIRED, row) as act:
            _write(act, told)
            act.record("enter", kind=row.kind, asked=row.asked)
    return row.pk


def correct_inquiry(
    actor: Actor, *, inquiry: int, told: InquiryPaper, reason: str, version: int | None = None
) -> None:
    """Correct what was entered, and why; what its ground asks for beforehand is seen to anew where the kind changes."""
    with perform(actor, INQUIRED, inquiry, version=version) as act:
        before = must_decide(act)
        act.step("correct")
        if told.kind is not before:
            act.matter.is_seen = False
        act.matter.mark = _mark(told)
        release(act)
        _write(act, told)
        act.save("is_seen", "mark")
        act.record("correct", reason=reason, before=before.value, kind=told.kind.value)


def see_first(actor: Actor, *, inquiry: int, reason: HowSeen, version: int | None = None) -> None:
    """Note that what comes before giving was seen to: a hearing, or who it is that asks."""
    with perform(actor, INQUIRED, inquiry, version=version) as act:
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
    plain = msgspec.json.encode({name: getattr(told, name) for name in SEALED}, order="sorted")
    row.said = sealing.seal(subject=HOUSE, place=place_of(row.pk), plain=plain)
    act.save("kind", "parties", "asked", "due_on", "silent", "silent_until", "by_two", "said")
    hold(act)


def _mark(told: InquiryPaper) -> bytes:
    return seals.blind("disclosure_inquiry.mark", f"{told.by}\n{told.paper}")


# An inquiry is decided: given by two within its ground and then handed over, refused or passed on, by two where it binds.


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
    actor: Actor, *, inquiry: int, items: Collection[HeldKind], reason: WhyInquiry, version: int | None = None
) -> None:
    """Propose to give some of what is asked for, within what the ground lets."""
    with perform(actor, INQUIRED, inquiry, version=version) as act:
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


def refuse_inquiry(actor: Actor, *, inquiry: int, reason: WhyInquiry, version: int | None = None) -> None:
    """Give nothing, or propose it where it is compulsory or was entered so."""
    with perform(actor, INQUIRED, inquiry, version=version) as act:
        _end_or_propose(act, InquiryEnd.REFUSE, "propose_refusal", reason)


def pass_inquiry(actor: Actor, *, inquiry: int, reason: WhyInquiry, version: int | None = None) -> None:
    """Pass it on to another procedure (a hold, a buyer's request), or propose it where it is compulsory or was entered so."""
    with perform(actor, INQUIRED, inquiry, version=version) as act:
        _end_or_propose(act, InquiryEnd.PASS, "propose_passing", reason)


def agree_inquiry(actor: Actor, *, inquiry: int, version: int | None = None) -> None:
    """Agree, as another person, to what is proposed; a compulsory one is obeyed by one where nobody else is there."""
    with perform(actor, INQUIRED, inquiry, version=version) as act:
        row = act.matter
        INQUIRY.take("give", InquiryState(row.state), actor.role)
        alone = not is_second(actor, than=row.proposed_by)
        if alone and not may_obey_alone(actor, row):
            raise InquiryNeedsAnother
        outcome = InquiryEnd(row.outcome)
        if outcome is InquiryEnd.GIVE:
            act.step("give")
            decided(act)
            act.record("obey_alone" if alone else "give", items=row.given, proposed_by=row.proposed_by)
        else:
            _finish(act, outcome)
            act.record(STEPS[outcome], proposed_by=row.proposed_by)


def take_back_inquiry(actor: Actor, *, inquiry: int, reason: WhyInquiry, version: int | None = None) -> None:
    """Do not agree, or hand over after all: it is decided anew."""
    with perform(actor, INQUIRED, inquiry, version=version) as act:
        act.step("take_back")
        act.matter.given, act.matter.outcome, act.matter.decided_by = [], "", ""
        act.save("given", "outcome", "decided_by")
        act.record("take_back", reason=reason)


def hand_over_inquiry(
    actor: Actor, *, inquiry: int, reason: HowHandedOver, version: int | None = None
) -> None:
    """Note when, how and to whom what was decided was handed over, or done: that ends it."""
    with perform(actor, INQUIRED, inquiry, version=version) as act:
        is_all = set(act.matter.given) == set(act.matter.asked)
        end(act, "hand_over" if is_all else "hand_over_partly")
        act.record("hand_over", reason=reason, items=act.matter.given)


def remind_inquiry(actor: Actor, *, inquiry: int) -> None:
    """Say to whoever has to act that an inquiry waits for its answer, and nothing of what it is."""
    with perform(actor, INQUIRED, inquiry) as act:
        if act.matter.closed_at is not None:
            return
        waits = act.matter.state == InquiryState.WAITING
        notify_roles(
            act,
            notices.INQUIRY_OVERDUE,
            DECIDERS if waits else INQUIRIES[InquiryKind(act.matter.kind)].deciders,
        )
        act.record("remind")


def _propose(act: Performance[Inquiry], outcome: InquiryEnd) -> None:
    act.step("propose")
    act.matter.outcome, act.matter.proposed_by = outcome.value, people.subject_of(act.actor)
    act.save("given", "outcome", "proposed_by")
    notify_roles(act, notices.INQUIRY_TO_AGREE, DECIDERS)


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
