"""A request is looked at: what is missing is asked for, what was seen noted, each element weighed, the seller heard."""

from __future__ import annotations

from collections.abc import Collection

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.matters.performance import Performance, perform
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.japan.spoken import spoken
from mamori.law.article5 import (
    DISCLOSURE_COMPLETION,
    DISCLOSURE_HEARING,
    SellerItem,
)
from mamori.rooms.disclosure import notices
from mamori.rooms.disclosure.actions.correcting import call_outdated
from mamori.rooms.disclosure.actions.matter import (
    REQUESTS,
    keep,
    of_seller,
    sign,
    tell,
    tell_buyer,
    tell_seller,
    turn,
)
from mamori.rooms.disclosure.inputs import (
    AssignedSeen,
    AuthoritySeen,
    CameOf,
    ElsewhereSeen,
    IdentitySeen,
    MinorSeen,
    OfElement,
    OnEvidence,
    OperatorSeen,
    SearchedSeen,
    SignalSeen,
    SignedSeen,
    TriedBy,
    ViewAgrees,
    ViewWords,
    WeighedAs,
    WhatIsMissing,
    WhatWasTried,
    WhyDoubted,
    WhySigned,
    WhyWeighed,
)
from mamori.rooms.disclosure.lifecycle import OPEN, DisclosureState
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.queries import sealed
from mamori.rooms.disclosure.queries.known import found_now, known_of, tries_of
from mamori.rooms.disclosure.rules.elements import judged
from mamori.rooms.disclosure.rules.hearing import HearingEnd, is_unreachable
from mamori.rooms.disclosure.rules.said import signs_in
from mamori.rooms.disclosure.rules.weighing import (
    Weighed,
    doubt_of,
    doubted_over,
    may_be_doubted,
    may_be_met,
    may_refuse,
)


class PlainlyNotMet(Refusal, code="plainly-not-met", status=409):
    """Given when somebody would call an element met that the law denies, or of which something is still missing."""

    text = Text(
        "「{element}」はいま「{verdict}」です。人が「満たす」と判断できるのは、判断の要る要件だけです：{why}",
        "“{element}” is “{verdict}” now. Only what takes judgement can be weighed as met: {why}",
    )


class NotToHear(Refusal, code="not-to-hear", status=409):
    """Given when a seller would be heard on a request that is going to be refused."""

    text = Text(
        "満たさない要件、または足りないものがあります。出品者に意見を聴くのは、開示を考えるときだけです。",
        "Something is not met or missing. The seller is heard only where a disclosure is thought of.",
    )


class NothingToDoubt(Refusal, code="nothing-to-doubt", status=409):
    """Given when an element would be marked doubtful of which nothing can be argued."""

    text = Text(
        "「{element}」はいま「{verdict}」です：{why} 足りないものは請求した人にお願いしてください。額・日付などは争えません。",
        "“{element}” is “{verdict}” now: {why} Please ask for what is missing; sum, date and what is not held are not argued.",
    )


class StillReachable(Refusal, code="still-reachable", status=409):
    """Given when the record does not show that a seller cannot be reached."""

    text = Text(
        "二つ以上の方法で連絡がつかなかった記録が要ります（戻ってきたもの。出ないだけなら、別の日にもう一度）。別の担当者が試みた記録も要ります。",
        "The record has to show two ways tried in vain: what came back, or nobody answering on two days; and not by you alone.",
    )


class ViewEntered(Refusal, code="view-entered", status=409):
    """Given when staff would enter a view that was entered, or stated by the seller, before."""

    text = Text(
        "出品者の意見は、もう記録されています。案件の画面で、記録されている意見を確かめてください。",
        "The seller's view was recorded already. Please read it on the page of the case.",
    )


def begin_request(hand: Hand, *, request: int, version: int | None = None) -> None:
    """Begin to look at a request."""
    with perform(hand, REQUESTS, request, version=version) as act:
        turn(act, "begin")
        act.record("begin")


def ask_more(hand: Hand, *, request: int, missing: WhatIsMissing, version: int | None = None) -> None:
    """Ask who asks for what is missing."""
    with perform(hand, REQUESTS, request, version=version) as act:
        turn(act, "ask_more")
        tell_buyer(act, notices.MORE_NEEDED, due=spoken(due(Runs(DISCLOSURE_COMPLETION, since=hand.at))))
        act.record("ask_more", reason=missing)


def note_seen(
    hand: Hand,
    *,
    request: int,
    identity: IdentitySeen,
    authority: AuthoritySeen,
    signed: SignedSeen,
    is_minor: MinorSeen,
    searched: SearchedSeen,
    elsewhere: ElsewhereSeen,
    by_operator: OperatorSeen,
    assigned: AssignedSeen,
    version: int | None = None,
) -> None:
    """Note what somebody saw of who asks, of the contract and of the claim."""
    with perform(hand, REQUESTS, request, version=version) as act:
        act.step("note")
        seen = {
            "identity": identity.value,
            "authority": authority,
            "signed": signed,
            "is_minor": is_minor,
            "searched": searched,
            "elsewhere": elsewhere,
            "by_operator": by_operator,
            "assigned": assigned,
        }
        for name, value in seen.items():
            setattr(act.matter, name, value)
        act.save(*seen)
        act.record("note", **seen)


def flag_signal(
    hand: Hand, *, request: int, signal: SignalSeen, reason: WhySigned, version: int | None = None
) -> None:
    """Note a sign that leads the purpose to counsel; it decides nothing."""
    with perform(hand, REQUESTS, request, version=version) as act:
        act.step("note")
        sign(act, signal)
        act.record("flag", reason=reason, subject=of_seller(act.matter), signal=signal.value)


def weigh(
    hand: Hand,
    *,
    request: int,
    element: OfElement,
    verdict: WeighedAs,
    evidence: OnEvidence,
    reason: WhyWeighed,
    version: int | None = None,
) -> None:
    """Decide on one element, on evidence that is named; a decision that was made before is replaced and stays on record."""
    with perform(hand, REQUESTS, request, version=version) as act:
        act.step("weigh")
        row, known = act.matter, known_of(act.matter)
        found = doubted_over(judged(known), row.doubts)[element]
        if verdict is Weighed.MET and not may_be_met(found, row.weighed.get(element.value)):
            raise PlainlyNotMet(element=element.text, verdict=found.verdict.text, why=found.why.text)
        doubt, times = doubt_of(element, found, known), row.doubts.get(element.value, 0)
        row.weighed = row.weighed | {element.value: [verdict.value, evidence.value, doubt, times]}
        act.save("weighed")
        act.record(
            "weigh", element=element.value, verdict=verdict.value, evidence=evidence.value, reason=reason
        )


def mark_doubtful(
    hand: Hand, *, request: int, element: OfElement, reason: WhyDoubted, version: int | None = None
) -> None:
    """Mark an element doubtful, in words: what is met or not met has to be weighed from then on, and weighed anew."""
    with perform(hand, REQUESTS, request, version=version) as act:
        act.step("doubt")
        row, found = act.matter, judged(known_of(act.matter))[element]
        if not may_be_doubted(found):
            raise NothingToDoubt(element=element.text, verdict=found.verdict.text, why=found.why.text)
        row.doubts = row.doubts | {element.value: row.doubts.get(element.value, 0) + 1}
        act.save("doubts")
        act.news = "doubted"
        act.record("doubt", element=element.value, reason=reason)


def ask_view(hand: Hand, *, request: int, version: int | None = None) -> None:
    """Ask the seller whether its information may be disclosed, and tell it no more than who asks was shown."""
    with perform(hand, REQUESTS, request, version=version) as act:
        if may_refuse(found_now(act.matter)):
            raise NotToHear
        turn(act, "ask_view")
        row = act.matter
        row.asked_view_at, row.heard = hand.at, HearingEnd.NOT_YET.value
        act.save("asked_view_at", "heard")
        tell_seller(act, notices.VIEW_ASKED, due=spoken(due(Runs(DISCLOSURE_HEARING, since=hand.at))))
        act.record("ask_view")


def state_view(
    hand: Hand,
    *,
    request: int,
    agrees: ViewAgrees,
    said: ViewWords,
    outdated: Collection[SellerItem] = (),
    version: int | None = None,
) -> None:
    """State the seller's view, or enter once, while it is heard, what it said by telephone or letter.

    The first brings a request back that somebody had still to agree to; what the seller adds afterwards is kept and read, and
    holds nothing up.  Items that it calls `outdated` it has to put right or confirm first.
    """
    with perform(hand, REQUESTS, request, version=version) as act:
        row, before = act.matter, sealed.of_seller(act.matter, "view")
        is_heard = row.state == DisclosureState.HEARING
        if hand.is_staff and before and not is_heard:
            raise ViewEntered
        if hand.is_staff or is_heard:
            turn(act, "state_view")
        else:
            act.step("add_view" if before else "late_view")
        if not before:
            row.outcome, row.items, row.left_out = "", [], {}
        row.agrees, row.heard = agrees, HearingEnd.ANSWERED.value
        words = "\n\n".join(one for one in ((before or {}).get("said", ""), said) if one)
        keep(act, "view", {"said": words}, subject=f"seller:{row.seller_ref}")
        sign(act, *signs_in(said))
        act.save("agrees", "heard", "outcome", "items", "left_out")
        call_outdated(act, outdated)
        act.news = "view"
        act.record("state_view", subject=of_seller(row), agrees=agrees, outdated=sorted(outdated))


def note_try(
    hand: Hand,
    *,
    request: int,
    way: TriedBy,
    result: CameOf,
    reason: WhatWasTried,
    version: int | None = None,
) -> None:
    """Note that somebody tried to reach the seller, and what came of it."""
    with perform(hand, REQUESTS, request, version=version) as act:
        act.step("try")
        act.matter.tries = [*act.matter.tries, [way.value, result.value, hand.at.isoformat(), hand.by]]
        act.save("tries")
        act.record("try", reason=reason, subject=of_seller(act.matter), way=way.value, result=result.value)


def find_unreachable(hand: Hand, *, request: int, reason: WhatWasTried, version: int | None = None) -> None:
    """Find that the seller cannot be reached, so that the decision does not wait for its view."""
    with perform(hand, REQUESTS, request, version=version) as act:
        if not is_unreachable(tries_of(act.matter), by=hand.by):
            raise StillReachable
        _end_hearing(
            act, "find_unreachable", HearingEnd.UNREACHABLE, reason=reason, subject=of_seller(act.matter)
        )


def end_hearing(hand: Hand, *, request: int) -> None:
    """Go on where the seller did not answer in time."""
    with perform(hand, REQUESTS, request) as act:
        if act.matter.state == DisclosureState.HEARING:
            _end_hearing(act, "end_hearing", HearingEnd.SILENT)


def miss_completion(hand: Hand, *, request: int) -> None:
    """Go on where what is missing did not come in time: a person decides what follows."""
    with perform(hand, REQUESTS, request) as act:
        if act.matter.state == DisclosureState.INCOMPLETE:
            turn(act, "miss_completion")
            tell_buyer(act, notices.NOT_COMPLETED)
            act.news = "not-completed"
            act.record("miss_completion")


def remind(hand: Hand, *, request: int) -> None:
    """Say that a request waits for longer than we allow ourselves."""
    with perform(hand, REQUESTS, request) as act:
        if act.matter.state not in OPEN:
            return
        act.news = "overdue"
        tell(act, "lead", notices.OVERDUE, state=REQUESTS.chart.states[DisclosureState(act.matter.state)])
        act.record("remind")


def _end_hearing(act: Performance[SellerRequest], step: str, heard: HearingEnd, **told_: str) -> None:
    turn(act, step)
    act.matter.heard = heard.value
    act.save("heard")
    act.record(step, **told_)
