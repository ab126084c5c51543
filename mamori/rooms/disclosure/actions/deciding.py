"""A request is decided on by two people: one proposes on the elements, another agrees; then it is given, and given again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.turns import take_turns
from mamori.ground.market import facts as market
from mamori.ground.matters.performance import Performance, perform
from mamori.ground.people import facts as people
from mamori.ground.web.signing.seconds import is_second, somebody_else
from mamori.law.article5 import Element, ElementVerdict, LeftOut, SellerItem
from mamori.rooms.disclosure import notices
from mamori.rooms.disclosure.actions.matter import (
    REQUESTS,
    end,
    keep,
    of_seller,
    tell,
    tell_buyer,
    tell_seller,
    turn,
)
from mamori.rooms.disclosure.inputs import HowSent, WhyProposed, WhySentBack
from mamori.rooms.disclosure.lifecycle import DECIDERS
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.queries import sealed
from mamori.rooms.disclosure.queries.access import is_told
from mamori.rooms.disclosure.queries.known import (
    digests,
    found_now,
    found_of,
    held,
    known_of,
    registered,
)
from mamori.rooms.disclosure.queries.letter import reasons_of
from mamori.rooms.disclosure.rules import leaving
from mamori.rooms.disclosure.rules.elements import ElementFound, to_give
from mamori.rooms.disclosure.rules.weighing import DecisionKind, is_partly, may_disclose, may_refuse

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
    hand: Hand,
    *,
    request: int,
    reason: WhyProposed,
    left_out: Mapping[SellerItem, LeftOut] | None = None,
    version: int | None = None,
) -> None:
    """Propose to disclose what is asked for and held, but for what is left out for a declared reason.

    Everything is met, each on evidence, and the seller was heard.  Words about what is left out lie sealed with its key.
    """
    with perform(hand, REQUESTS, request, version=version) as act:
        turn(act, "propose")
        take_turns(DECIDING)
        row, now = act.matter, registered(act.matter)
        _must_not_wait(row, now)
        whys = {
            one: why for one, why in (left_out or {}).items() if one.value in now and one.value in row.asked
        }
        row.left_out = leaving.left_out(whys, row.outdated, now)
        known = known_of(row)
        items = [one.value for one in to_give(known)]
        if row.left_out and not items:
            raise AllLeftOut
        _must_be_met(found_of(known, row))
        _propose(act, DecisionKind.DISCLOSE, items)
        act.save("left_out")
        whose = of_seller(row) if row.left_out else ""
        act.record("propose", reason=reason, subject=whose, items=items, left_out=_why_left_out(row))


def propose_refusal(hand: Hand, *, request: int, reason: WhyProposed, version: int | None = None) -> None:
    """Propose to refuse; where there is nobody else who could agree it is decided at once: a refusal can be mended."""
    with perform(hand, REQUESTS, request, version=version) as act:
        turn(act, "propose_refusal")
        if not may_refuse(found_now(act.matter)):
            raise NothingNotMet
        _propose(act, DecisionKind.REFUSE, [])
        act.record("propose_refusal", reason=reason)
        if not somebody_else((people.subject_of(hand),), roles=DECIDERS, at=hand.at):
            _refuse(act)


def agree_request(hand: Hand, *, request: int, version: int | None = None) -> None:
    """Agree to what another person proposed: it is done, where all that it rests on still stands."""
    with perform(hand, REQUESTS, request, version=version) as act:
        row = act.matter
        REQUESTS.chart.take("send_back", type(REQUESTS.chart.initial)(row.state), hand.role)
        if not is_second(hand, than=row.proposed_by):
            raise NeedsAnother
        if row.outcome == DecisionKind.REFUSE:
            if not may_refuse(found_now(row)):
                raise NothingNotMet
            _refuse(act)
        else:
            take_turns(DECIDING)
            _disclose(act)


def send_back_request(hand: Hand, *, request: int, reason: WhySentBack, version: int | None = None) -> None:
    """Do not agree: it is examined or decided anew."""
    with perform(hand, REQUESTS, request, version=version) as act:
        turn(act, "send_back" if act.matter.heard else "reopen")
        act.matter.outcome, act.matter.items, act.matter.left_out = "", [], {}
        act.save("outcome", "items", "left_out")
        act.record("send_back", reason=reason)


def receive(hand: Hand, *, request: int, how: str = "page") -> dict[SellerItem, str]:
    """Give who asks what was disclosed, as often as it asks, or staff for a letter; each time is recorded, and how."""
    with perform(hand, REQUESTS, request) as act:
        act.step("give")
        act.record("give", how="staff" if hand.is_staff else how)
        given = sealed.of_seller(act.matter, "given") or {}
    return {item: given[item] for item in SellerItem if item in given}


def note_sent(hand: Hand, *, request: int, reason: HowSent, version: int | None = None) -> None:
    """Note that the decision was sent by letter to who has no account here."""
    with perform(hand, REQUESTS, request, version=version) as act:
        act.step("send")
        act.record("send", reason=reason)


def _must_be_met(found: Mapping[Element, ElementFound]) -> None:
    if not may_disclose(found):
        open_ = [element.text for element, one in found.items() if one.verdict is not ElementVerdict.MET]
        raise NotAllMet(elements=Text.listed(open_))


def _must_not_wait(row: SellerRequest, now: Mapping[str, str]) -> None:
    waiting = leaving.awaited(row.outdated, now)
    if waiting:
        raise ItemsAwaited(items=Text.listed(one.text for one in waiting))


def _why_left_out(row: SellerRequest) -> dict[str, str]:
    return {item: why for item, (why, *_) in row.left_out.items()}


def _propose(act: Performance[SellerRequest], kind: DecisionKind, items: list[str]) -> None:
    row = act.matter
    row.outcome, row.items = kind.value, items
    row.proposed_by = people.subject_of(act.hand)
    act.save("outcome", "items", "proposed_by")
    tell(act, "lead", notices.TO_AGREE, kind=kind.text)


def _disclose(act: Performance[SellerRequest]) -> None:
    row, has = act.matter, held(market.seller(act.matter.seller_ref))
    now = digests(has)
    _must_not_wait(row, now)
    over = leaving.no_longer_so(row.left_out, row.outdated, now)
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
    tell_buyer(act, notices.DISCLOSED, items=names)
    tell_seller(act, notices.SELLER_DISCLOSED, items=names)
    act.record(verb, items=list(given), left_out=_why_left_out(row), proposed_by=row.proposed_by)


def _refuse(act: Performance[SellerRequest]) -> None:
    reasons = reasons_of(act.matter)
    act.matter.refused_on = [element for element, _, _ in reasons]
    act.save("refused_on")
    _decide(act, "refuse", reasons=reasons)
    tell_buyer(act, notices.REFUSED)
    if is_told(act.matter):
        tell_seller(act, notices.SELLER_NOT_DISCLOSED)
    act.record("refuse", proposed_by=act.matter.proposed_by)


def _decide(act: Performance[SellerRequest], step: str, *, reasons: Sequence[tuple[str, str, str]]) -> None:
    """Keep the letter as it goes out, and end the request."""
    keep(act, "letter", reasons)
    act.matter.decided_at = act.hand.at
    act.save("decided_at")
    end(act, step)
