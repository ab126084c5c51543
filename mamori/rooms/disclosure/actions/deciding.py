"""A request is decided on by two people: one proposes on the elements, another agrees; then it is given, and given again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.matters.performance import Performance, perform
from mamori.ground.people import facts as people
from mamori.ground.web.signing.seconds import is_second, somebody_else
from mamori.law.article5 import Element, ElementVerdict, SellerItem
from mamori.rooms.disclosure import notices
from mamori.rooms.disclosure.actions.matter import (
    REQUESTS,
    end,
    keep,
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
from mamori.rooms.disclosure.queries.known import found_now, found_of, held, known_of
from mamori.rooms.disclosure.queries.letter import reasons_of
from mamori.rooms.disclosure.rules.elements import ElementFound, to_give
from mamori.rooms.disclosure.rules.weighing import DecisionKind, is_partly, may_disclose, may_refuse


class NotAllMet(Refusal):
    """Given when something would be disclosed though an element is not met."""

    code = "not-all-met"
    status = 409
    text = Text(
        "まだ満たすと言えない要件があります：{elements}。証拠を確かめて判断してから提案してください。",
        "Some elements are not met: {elements}. Please look at the evidence and weigh them first.",
    )


class NothingNotMet(Refusal):
    """Given when a request would be refused though nothing speaks against it."""

    code = "nothing-not-met"
    status = 409
    text = Text(
        "満たさない要件も、足りないものもありません。開示しない理由があるときは、その要件を「満たさない」と判断してください。",
        "Nothing is missing or not met. Where there is a reason to refuse, please weigh that element as not met.",
    )


class NothingToGive(Refusal):
    """Given when none of what was proposed is held any more."""

    code = "nothing-to-give"
    status = 409
    text = Text(
        "開示する項目が、もう登録にありません。提案を戻してください。",
        "Nothing of what was proposed is registered any more. Please send the proposal back.",
    )


class NeedsAnother(Refusal):
    """Given when who proposed would agree to it, or somebody whom it brought in."""

    code = "needs-another"
    status = 403
    text = Text(
        "開示請求の決定には、提案した人とは別の人の確認が要ります。",
        "Another person than who proposed it has to agree to a decision on such a request.",
    )


def propose_disclosure(
    hand: Hand,
    *,
    request: int,
    reason: WhyProposed,
    version: int | None = None,
) -> None:
    """Propose to disclose what is asked for and held: everything is met, each on evidence, and the seller was heard.

    :raises NoSuchInfoRequest, ChangedMeanwhile, NotAllMet: as their sentences say.
    """
    with perform(hand, REQUESTS, request, version=version) as act:
        turn(act, "propose")
        known = known_of(act.matter)
        _must_be_met(found_of(known, act.matter.weighed))
        items = [one.value for one in to_give(known)]
        _propose(act, DecisionKind.DISCLOSE, items)
        act.record("propose", reason=reason, items=items)


def propose_refusal(hand: Hand, *, request: int, reason: WhyProposed, version: int | None = None) -> None:
    """Propose to refuse; where there is nobody else who could agree it is decided at once: a refusal can be mended.

    :raises NoSuchInfoRequest, ChangedMeanwhile, NothingNotMet: as their sentences say.
    """
    with perform(hand, REQUESTS, request, version=version) as act:
        turn(act, "propose_refusal")
        if not may_refuse(found_now(act.matter)):
            raise NothingNotMet
        _propose(act, DecisionKind.REFUSE, [])
        act.record("propose_refusal", reason=reason)
        if not somebody_else((people.subject_of(hand),), roles=DECIDERS, at=hand.at):
            _refuse(act)


def agree_request(hand: Hand, *, request: int, version: int | None = None) -> None:
    """Agree to what another person proposed: it is done, where all that it rests on still stands.

    :raises NoSuchInfoRequest, ChangedMeanwhile, NeedsAnother, NotAllMet, NothingNotMet, NothingToGive: as their sentences say.
    """
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
            _disclose(act)


def send_back_request(hand: Hand, *, request: int, reason: WhySentBack, version: int | None = None) -> None:
    """Do not agree: it is examined or decided anew.

    :raises NoSuchInfoRequest, ChangedMeanwhile: as their sentences say.
    """
    with perform(hand, REQUESTS, request, version=version) as act:
        turn(act, "send_back" if act.matter.heard else "reopen")
        act.matter.outcome, act.matter.items = "", []
        act.save("outcome", "items")
        act.record("send_back", reason=reason)


def receive(hand: Hand, *, request: int, how: str = "page") -> dict[SellerItem, str]:
    """Give who asks what was disclosed, as often as it asks, or staff for a letter; each time is recorded, and how.

    :raises NoSuchInfoRequest: when there is none for this hand.
    """
    with perform(hand, REQUESTS, request) as act:
        act.step("give")
        act.record("give", how="staff" if hand.is_staff else how)
        given = sealed.of_seller(act.matter, "given") or {}
    return {item: given[item] for item in SellerItem if item in given}


def note_sent(hand: Hand, *, request: int, reason: HowSent, version: int | None = None) -> None:
    """Note that the decision was sent by letter to who has no account here.

    :raises NoSuchInfoRequest, ChangedMeanwhile: as their sentences say.
    """
    with perform(hand, REQUESTS, request, version=version) as act:
        act.step("send")
        act.record("send", reason=reason)


def _must_be_met(found: Mapping[Element, ElementFound]) -> None:
    if not may_disclose(found):
        open_ = [element.text for element, one in found.items() if one.verdict is not ElementVerdict.MET]
        raise NotAllMet(elements=Text.listed(open_))


def _propose(act: Performance[SellerRequest], kind: DecisionKind, items: list[str]) -> None:
    row = act.matter
    row.outcome, row.items = kind.value, items
    row.proposed_by = people.subject_of(act.hand)
    act.save("outcome", "items", "proposed_by")
    tell(act, "lead", notices.TO_AGREE, kind=kind.text)


def _disclose(act: Performance[SellerRequest]) -> None:
    row = act.matter
    _must_be_met(found_now(row))
    has = held(market.seller(row.seller_ref))
    given = {item: has[SellerItem(item)] for item in row.items if SellerItem(item) in has}
    if not given:
        raise NothingToGive
    partly = is_partly(list(given), row.asked)
    keep(act, "given", given, subject=f"seller:{row.seller_ref}")
    verb = "disclose_partly" if partly else "disclose"
    _decide(act, verb, reasons=[])
    names = Text.listed(SellerItem(item).text for item in given)
    tell_buyer(act, notices.DISCLOSED, items=names)
    tell_seller(act, notices.SELLER_DISCLOSED, items=names)
    act.record(verb, items=list(given), proposed_by=row.proposed_by)


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
