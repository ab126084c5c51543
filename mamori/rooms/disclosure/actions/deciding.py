"""A request is looked at, the seller heard, each element weighed; then it is decided on by two people, and given."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.memory import take_turns
from mamori.ground.market import facts as market
from mamori.ground.matters.performance import Performance, perform
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.ground.people import facts as people
from mamori.ground.web.signing.here import is_second, somebody_else
from mamori.japan.calendar import spoken
from mamori.law.article5 import (
    DISCLOSURE_COMPLETION,
    DISCLOSURE_CORRECTION,
    DISCLOSURE_HEARING,
    Element,
    ElementVerdict,
    LeftOut,
    SellerItem,
)
from mamori.rooms.disclosure import notices, queries as sealed
from mamori.rooms.disclosure.actions.asking import (
    REQUESTS,
    end,
    keep,
    notify,
    notify_buyer,
    notify_seller,
    of_seller,
    sign,
    turn,
)
from mamori.rooms.disclosure.inputs import (
    AssignedSeen,
    AuthoritySeen,
    CameOf,
    ElsewhereSeen,
    HowSent,
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
    WhyProposed,
    WhySentBack,
    WhySigned,
    WhyWeighed,
)
from mamori.rooms.disclosure.lifecycle import DECIDERS, OPEN, DisclosureState
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.queries import (
    digests,
    found_now,
    found_of,
    held,
    is_told,
    known_of,
    reasons_of,
    registered,
    tries_of,
)
from mamori.rooms.disclosure.rules import deciding
from mamori.rooms.disclosure.rules.asked import signs_in
from mamori.rooms.disclosure.rules.deciding import (
    DecisionKind,
    HearingEnd,
    OutdatedState,
    Weighed,
    doubt_of,
    doubted_over,
    is_partly,
    is_unreachable,
    may_be_doubted,
    may_be_met,
    may_disclose,
    may_refuse,
)
from mamori.rooms.disclosure.rules.elements import ElementFound, judged, to_give


class NothingToConfirm(Refusal, code="nothing-to-confirm", status=409):
    """Given when a seller would confirm what it did not call outdated, or what was dealt with already."""

    text = Text(
        "確かめる項目がありません。「開示請求への意見」のページで、いまの状態をご覧ください。",
        "There is nothing to confirm. Please see on the page “Requests for your information” how it stands.",
    )


def confirm_items(actor: Actor, *, request: int, items: Collection[SellerItem]) -> None:
    """Say as the seller that what it called outdated is right as it is registered."""
    with perform(actor, REQUESTS, request) as act:
        act.step("confirm")
        row, now = act.matter, registered(act.matter)
        if not items or not {*items} <= {*deciding.to_confirm(row.outdated, now)}:
            raise NothingToConfirm
        row.outdated = deciding.ended(row.outdated, now, dict.fromkeys(items, OutdatedState.CONFIRMED))
        act.save("outdated")
        act.record("confirm", subject=of_seller(row), items=sorted(items))


def end_correction(actor: Actor, *, request: int) -> None:
    """Go on where the seller did not put right or confirm in time what it called outdated: a person weighs it."""
    with perform(actor, REQUESTS, request) as act:
        row, now = act.matter, registered(act.matter)
        if row.state not in OPEN:
            return
        silent = deciding.awaited(row.outdated, now)
        row.outdated = deciding.ended(row.outdated, now, dict.fromkeys(silent, OutdatedState.SILENT))
        act.save("outdated")
        if silent:
            act.news = "outdated"
        act.record("end_correction", subject=of_seller(row), silent=sorted(silent))


def call_outdated(act: Performance[SellerRequest], items: Collection[SellerItem]) -> None:
    """Note what the seller calls outdated, and ask it to put that right or confirm it."""
    row = act.matter
    before = row.outdated
    row.outdated = deciding.called(before, items, registered(row), asked=row.asked) if items else before
    row.outdated_at = row.outdated_at or (act.actor.at if row.outdated else None)
    act.save("outdated", "outdated_at")
    waiting = [SellerItem(one) for one in row.outdated if row.outdated[one] != before.get(one)]
    waiting = [one for one in waiting if row.outdated[one.value][0] == OutdatedState.WAITING]
    if waiting and row.outdated_at:
        by = spoken(due(Runs(DISCLOSURE_CORRECTION, since=row.outdated_at)))
        notify_seller(act, notices.OUTDATED_ASKED, items=Text.listed(one.text for one in waiting), due=by)


# A request is looked at: what is missing is asked for, what was seen noted, each element weighed, the seller heard.


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


def begin_request(actor: Actor, *, request: int, version: int | None = None) -> None:
    """Begin to look at a request."""
    with perform(actor, REQUESTS, request, version=version) as act:
        turn(act, "begin")
        act.record("begin")


def ask_more(actor: Actor, *, request: int, missing: WhatIsMissing, version: int | None = None) -> None:
    """Ask who asks for what is missing."""
    with perform(actor, REQUESTS, request, version=version) as act:
        turn(act, "ask_more")
        notify_buyer(act, notices.MORE_NEEDED, due=spoken(due(Runs(DISCLOSURE_COMPLETION, since=actor.at))))
        act.record("ask_more", reason=missing)


def note_seen(
    actor: Actor,
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
    with perform(actor, REQUESTS, request, version=version) as act:
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
    actor: Actor, *, request: int, signal: SignalSeen, reason: WhySigned, version: int | None = None
) -> None:
    """Note a sign that leads the purpose to counsel; it decides nothing."""
    with perform(actor, REQUESTS, request, version=version) as act:
        act.step("note")
        sign(act, signal)
        act.record("flag", reason=reason, subject=of_seller(act.matter), signal=signal.value)


def weigh(
    actor: Actor,
    *,
    request: int,
    element: OfElement,
    verdict: WeighedAs,
    evidence: OnEvidence,
    reason: WhyWeighed,
    version: int | None = None,
) -> None:
    """Decide on one element, on evidence that is named; a decision that was made before is replaced and stays on record."""
    with perform(actor, REQUESTS, request, version=version) as act:
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
    actor: Actor, *, request: int, element: OfElement, reason: WhyDoubted, version: int | None = None
) -> None:
    """Mark an element doubtful, in words: what is met or not met has to be weighed from then on, and weighed anew."""
    with perform(actor, REQUESTS, request, version=version) as act:
        act.step("doubt")
        row, found = act.matter, judged(known_of(act.matter))[element]
        if not may_be_doubted(found):
            raise NothingToDoubt(element=element.text, verdict=found.verdict.text, why=found.why.text)
        row.doubts = row.doubts | {element.value: row.doubts.get(element.value, 0) + 1}
        act.save("doubts")
        act.news = "doubted"
        act.record("doubt", element=element.value, reason=reason)


def ask_view(actor: Actor, *, request: int, version: int | None = None) -> None:
    """Ask the seller whether its information may be disclosed, and tell it no more than who asks was shown."""
    with perform(actor, REQUESTS, request, version=version) as act:
        if may_refuse(found_now(act.matter)):
            raise NotToHear
        turn(act, "ask_view")
        row = act.matter
        row.asked_view_at, row.heard = actor.at, HearingEnd.NOT_YET.value
        act.save("asked_view_at", "heard")
        notify_seller(act, notices.VIEW_ASKED, due=spoken(due(Runs(DISCLOSURE_HEARING, since=actor.at))))
        act.record("ask_view")


def state_view(
    actor: Actor,
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
    with perform(actor, REQUESTS, request, version=version) as act:
        row, before = act.matter, sealed.of_seller(act.matter, "view")
        is_heard = row.state == DisclosureState.HEARING
        if actor.is_staff and before and not is_heard:
            raise ViewEntered
        if actor.is_staff or is_heard:
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
    actor: Actor,
    *,
    request: int,
    way: TriedBy,
    result: CameOf,
    reason: WhatWasTried,
    version: int | None = None,
) -> None:
    """Note that somebody tried to reach the seller, and what came of it."""
    with perform(actor, REQUESTS, request, version=version) as act:
        act.step("try")
        act.matter.tries = [*act.matter.tries, [way.value, result.value, actor.at.isoformat(), actor.by]]
        act.save("tries")
        act.record("try", reason=reason, subject=of_seller(act.matter), way=way.value, result=result.value)


def find_unreachable(actor: Actor, *, request: int, reason: WhatWasTried, version: int | None = None) -> None:
    """Find that the seller cannot be reached, so that the decision does not wait for its view."""
    with perform(actor, REQUESTS, request, version=version) as act:
        if not is_unreachable(tries_of(act.matter), by=actor.by):
            raise StillReachable
        _end_hearing(
            act, "find_unreachable", HearingEnd.UNREACHABLE, reason=reason, subject=of_seller(act.matter)
        )


def end_hearing(actor: Actor, *, request: int) -> None:
    """Go on where the seller did not answer in time."""
    with perform(actor, REQUESTS, request) as act:
        if act.matter.state == DisclosureState.HEARING:
            _end_hearing(act, "end_hearing", HearingEnd.SILENT)


def miss_completion(actor: Actor, *, request: int) -> None:
    """Go on where what is missing did not come in time: a person decides what follows."""
    with perform(actor, REQUESTS, request) as act:
        if act.matter.state == DisclosureState.INCOMPLETE:
            turn(act, "miss_completion")
            notify_buyer(act, notices.NOT_COMPLETED)
            act.news = "not-completed"
            act.record("miss_completion")


def remind(actor: Actor, *, request: int) -> None:
    """Say that a request waits for longer than we allow ourselves."""
    with perform(actor, REQUESTS, request) as act:
        if act.matter.state not in OPEN:
            return
        act.news = "overdue"
        notify(act, "lead", notices.OVERDUE, state=REQUESTS.chart.states[DisclosureState(act.matter.state)])
        act.record("remind")


def _end_hearing(act: Performance[SellerRequest], step: str, heard: HearingEnd, **told_: str) -> None:
    turn(act, step)
    act.matter.heard = heard.value
    act.save("heard")
    act.record(step, **told_)


# A request is decided on by two people: one proposes on the elements, another agrees; then it is given, and given again.


DECIDING = "disclosure.deciding"
"""Under this name disclosures are proposed and agreed to one after the other: each looks at what the others leave out."""


class NotAllMet(Refusal, code="not-all-met", status=409):
    """Given when something would be disclosed though an element is not met."""

    text = Text(
        "まだ満たすと言えない要件があります：{elements}。証拠を確かめて判断してから提案してください。",
        "Some elements are not met: {elements}. Please look at the evidence and weigh them first.",
    )


class NothingNotMet(Refusal, code="nothing-not-met", status=409):
    """Given when a request would be refused though nothing speaks against it."""

    text = Text(
        "満たさない要件も、足りないものもありません。開示しない理由があるときは、その要件を「満たさない」と判断してください。",
        "Nothing is missing or not met. Where there is a reason to refuse, please weigh that element as not met.",
    )


class NothingToGive(Refusal, code="nothing-to-give", status=409):
    """Given when none of what was proposed is held any more."""

    text = Text(
        "開示する項目が、もう登録にありません。提案を戻してください。",
        "Nothing of what was proposed is registered any more. Please send the proposal back.",
    )


class ItemsAwaited(Refusal, code="items-awaited", status=409):
    """Given when a disclosure would be decided while the seller has still to put right or confirm an item."""

    text = Text(
        "出品者が古いと言った項目があり、直すか確かめるのを待っています：{items}。期限が過ぎるか、出品者が答えてから進めてください。",
        "The seller has still to put right or confirm: {items}. Please go on once it has, or its time is over.",
    )


class AllLeftOut(Refusal, code="all-left-out", status=409):
    """Given when every item would be left out: that is a refusal, and has its own reasons."""

    text = Text(
        "すべての項目を外すと、開示するものがありません。開示する項目を残すか、満たさない要件を判断して「開示しないことを提案する」を選んでください。",
        "With every item left out nothing is disclosed. Please leave one in, or weigh what is not met and propose to refuse.",
    )


class LeftOutForNoMore(Refusal, code="left-out-for-no-more", status=409):
    """Given when an item would be left out for a reason that may be true no more."""

    text = Text(
        "外した項目について、提案のあとで登録が変わったか、出品者が正しいと答えました：{items}。提案を戻し、確かめてから提案し直してください。",
        "Since it was proposed to leave these out, they were registered otherwise or confirmed by the seller: {items}. Please "
        "send the proposal back, look at them, and propose anew.",
    )


class NeedsAnother(Refusal, code="needs-another", status=403):
    """Given when who proposed would agree to it, or somebody whom it brought in."""

    text = Text(
        "開示請求の決定には、提案した人とは別の人の確認が要ります。",
        "Another person than who proposed it has to agree to a decision on such a request.",
    )


def propose_disclosure(
    actor: Actor,
    *,
    request: int,
    reason: WhyProposed,
    left_out: Mapping[SellerItem, LeftOut] | None = None,
    version: int | None = None,
) -> None:
    """Propose to disclose what is asked for and held, but for what is left out for a declared reason.

    Everything is met, each on evidence, and the seller was heard.  Words about what is left out lie sealed with its key.
    """
    with perform(actor, REQUESTS, request, version=version) as act:
        turn(act, "propose")
        take_turns(DECIDING)
        row, now = act.matter, registered(act.matter)
        _must_not_wait(row, now)
        whys = {
            one: why for one, why in (left_out or {}).items() if one.value in now and one.value in row.asked
        }
        row.left_out = deciding.left_out(whys, row.outdated, now)
        known = known_of(row)
        items = [one.value for one in to_give(known)]
        if row.left_out and not items:
            raise AllLeftOut
        _must_be_met(found_of(known, row))
        _propose(act, DecisionKind.DISCLOSE, items)
        act.save("left_out")
        whose = of_seller(row) if row.left_out else ""
        act.record("propose", reason=reason, subject=whose, items=items, left_out=_why_left_out(row))


def propose_refusal(actor: Actor, *, request: int, reason: WhyProposed, version: int | None = None) -> None:
    """Propose to refuse; where there is nobody else who could agree it is decided at once: a refusal can be mended."""
    with perform(actor, REQUESTS, request, version=version) as act:
        turn(act, "propose_refusal")
        if not may_refuse(found_now(act.matter)):
            raise NothingNotMet
        _propose(act, DecisionKind.REFUSE, [])
        act.record("propose_refusal", reason=reason)
        if not somebody_else((people.subject_of(actor),), roles=DECIDERS, at=actor.at):
            _refuse(act)


def agree_request(actor: Actor, *, request: int, version: int | None = None) -> None:
    """Agree to what another person proposed: it is done, where all that it rests on still stands."""
    with perform(actor, REQUESTS, request, version=version) as act:
        row = act.matter
        REQUESTS.chart.take("send_back", type(REQUESTS.chart.initial)(row.state), actor.role)
        if not is_second(actor, than=row.proposed_by):
            raise NeedsAnother
        if row.outcome == DecisionKind.REFUSE:
            if not may_refuse(found_now(row)):
                raise NothingNotMet
            _refuse(act)
        else:
            take_turns(DECIDING)
            _disclose(act)


def send_back_request(actor: Actor, *, request: int, reason: WhySentBack, version: int | None = None) -> None:
    """Do not agree: it is examined or decided anew."""
    with perform(actor, REQUESTS, request, version=version) as act:
        turn(act, "send_back" if act.matter.heard else "reopen")
        act.matter.outcome, act.matter.items, act.matter.left_out = "", [], {}
        act.save("outcome", "items", "left_out")
        act.record("send_back", reason=reason)


def receive(actor: Actor, *, request: int, how: str = "page") -> dict[SellerItem, str]:
    """Give who asks what was disclosed, as often as it asks, or staff for a letter; each time is recorded, and how."""
    with perform(actor, REQUESTS, request) as act:
        act.step("give")
        act.record("give", how="staff" if actor.is_staff else how)
        given = sealed.of_seller(act.matter, "given") or {}
    return {item: given[item] for item in SellerItem if item in given}


def note_sent(actor: Actor, *, request: int, reason: HowSent, version: int | None = None) -> None:
    """Note that the decision was sent by letter to who has no account here."""
    with perform(actor, REQUESTS, request, version=version) as act:
        act.step("send")
        act.record("send", reason=reason)


def _must_be_met(found: Mapping[Element, ElementFound]) -> None:
    if not may_disclose(found):
        open_ = [element.text for element, one in found.items() if one.verdict is not ElementVerdict.MET]
        raise NotAllMet(elements=Text.listed(open_))


def _must_not_wait(row: SellerRequest, now: Mapping[str, str]) -> None:
    waiting = deciding.awaited(row.outdated, now)
    if waiting:
        raise ItemsAwaited(items=Text.listed(one.text for one in waiting))


def _why_left_out(row: SellerRequest) -> dict[str, str]:
    return {item: why for item, (why, *_) in row.left_out.items()}


def _propose(act: Performance[SellerRequest], kind: DecisionKind, items: list[str]) -> None:
    row = act.matter
    row.outcome, row.items = kind.value, items
    row.proposed_by = people.subject_of(act.actor)
    act.save("outcome", "items", "proposed_by")
    notify(act, "lead", notices.TO_AGREE, kind=kind.text)


def _disclose(act: Performance[SellerRequest]) -> None:
    row, has = act.matter, held(market.seller(act.matter.seller_ref))
    now = digests(has)
    _must_not_wait(row, now)
    over = deciding.no_longer_so(row.left_out, row.outdated, now)
    if over:
        raise LeftOutForNoMore(items=Text.listed(one.text for one in over))
    _must_be_met(found_now(row))
    items = [one for one in map(SellerItem, row.items) if one in has and one.value not in row.left_out]
    given = {one.value: has[one] for one in items}
    if not given:
        raise NothingToGive
    partly = is_partly(list(given), row.asked)
    keep(act, "given", given, subject=f"seller:{row.seller_ref}")
    verb = "disclose_partly" if partly else "disclose"
    _decide(act, verb, reasons=[])
    names = Text.listed(one.text for one in items)
    notify_buyer(act, notices.DISCLOSED, items=names)
    notify_seller(act, notices.SELLER_DISCLOSED, items=names)
    act.record(verb, items=list(given), left_out=_why_left_out(row), proposed_by=row.proposed_by)


def _refuse(act: Performance[SellerRequest]) -> None:
    reasons = reasons_of(act.matter)
    act.matter.refused_on = [element for element, _, _ in reasons]
    act.save("refused_on")
    _decide(act, "refuse", reasons=reasons)
    notify_buyer(act, notices.REFUSED)
    if is_told(act.matter):
        notify_seller(act, notices.SELLER_NOT_DISCLOSED)
    act.record("refuse", proposed_by=act.matter.proposed_by)


def _decide(act: Performance[SellerRequest], step: str, *, reasons: Sequence[tuple[str, str, str]]) -> None:
    """Keep the letter as it goes out, and end the request."""
    keep(act, "letter", reasons)
    act.matter.decided_at = act.actor.at
    act.save("decided_at")
    end(act, step)
