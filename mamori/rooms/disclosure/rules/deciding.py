"""How a request goes to its decision: the seller heard, elements weighed, what is left out, the letter, and the clocks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from mamori.grammar.businesstime import CalendarDays
from mamori.grammar.text import Text
from mamori.ground.matters.standing import Asks, Runs, Stands
from mamori.japan.calendar import JAPAN
from mamori.law.article5 import (
    DISCLOSURE_COMPLETION,
    DISCLOSURE_CORRECTION,
    DISCLOSURE_DECISION,
    DISCLOSURE_HEARING,
    DISCLOSURE_RECEIPT,
    LEFT_OUT,
    Element,
    ElementVerdict,
    LeftOut,
    SellerItem,
)
from mamori.law.inquiries import INQUIRY_ANSWER
from mamori.rooms.disclosure.lifecycle import OPEN, DisclosureState
from mamori.rooms.disclosure.rules.asked import ClaimKind, RequestKnown
from mamori.rooms.disclosure.rules.elements import ElementFound, EvidenceKind, LeadsTo, WhyFound, outcome_of

# What a person decided of an element, over what the rules found: what the law plainly denies, nobody can call met.


class Weighed(StrEnum):
    """What a person may decide of an element."""

    MET = "met"
    NOT_MET = "not_met"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return ElementVerdict(self.value).text


class DecisionKind(StrEnum):
    """What is proposed."""

    DISCLOSE = "disclose"
    REFUSE = "refuse"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _KINDS[self]


_KINDS = {
    DecisionKind.DISCLOSE: Text("開示する", "disclose"),
    DecisionKind.REFUSE: Text("開示しない", "refuse"),
}
_WHYS = {Weighed.MET: WhyFound.PERSON_MET, Weighed.NOT_MET: WhyFound.PERSON_NOT_MET}


_FIXED = {WhyFound.NOT_ABOVE, WhyFound.BEFORE_ACT, WhyFound.NONE_OF_THE_SIX, WhyFound.NONE_HELD}
"""Sum, date and what is not held: of these nothing can be argued."""


def may_be_met(found: ElementFound, weighed: Sequence[Any] | None = None) -> bool:
    """Say whether a person may call an element met, over what was `weighed` before.

    That is what takes judgement, and what is met by the rules while a person's “not met” stands over it.
    """
    is_replaced = weighed is not None and found.verdict is ElementVerdict.MET
    return found.verdict is ElementVerdict.COUNSEL or is_replaced


def may_be_doubted(found: ElementFound) -> bool:
    """Say whether an element can be marked doubtful: not what is missing, nor sum, date and what is not held."""
    is_denied = found.verdict is ElementVerdict.NOT_MET and found.why in _FIXED
    return found.verdict is not ElementVerdict.MISSING and not is_denied


def doubted_over(
    found: Mapping[Element, ElementFound], doubts: Mapping[str, int]
) -> dict[Element, ElementFound]:
    """Return what stands once somebody marked elements doubtful: met or not met by the rules needs counsel."""
    return {element: _doubted(one, doubts.get(element.value, 0)) for element, one in found.items()}


def _doubted(found: ElementFound, times: int) -> ElementFound:
    if not times or not may_be_doubted(found):
        return found
    why = found.why if found.verdict is ElementVerdict.COUNSEL else WhyFound.DOUBTED
    return ElementFound(ElementVerdict.COUNSEL, why, found.evidence, doubted=times, under=found.why)


def doubt_of(element: Element, found: ElementFound, known: RequestKnown) -> str:
    """Return what there was to be weighed: why, every sign and doubted item that was there; a decision holds for just that."""
    items = known.doubted if element is Element.ITEMS else ()
    under = (found.under.value,) if found.under else ()
    return " ".join((found.why.value, *under, *sorted(one.value for one in known.signals), *sorted(items)))


def weighed_over(
    found: Mapping[Element, ElementFound], weighed: Mapping[str, Sequence[Any]], known: RequestKnown
) -> dict[Element, ElementFound]:
    """Return what stands of each element once persons have decided.

    That it is met holds only while the doubt is the same, that it is not until it is weighed or marked doubtful anew, and of
    doubted items no longer than any of them would be given.
    """
    return {
        element: _over(one, _still(element, one, weighed, known), doubt_of(element, one, known))
        for element, one in found.items()
    }


def _still(
    element: Element, found: ElementFound, weighed: Mapping[str, Sequence[Any]], known: RequestKnown
) -> Sequence[Any] | None:
    one = weighed.get(element.value)
    was_of_doubted = one is not None and WhyFound.ITEM_DOUBTED in one[2].split()
    are_gone = element is Element.ITEMS and bool(known.left_out) and found.why is WhyFound.ITEMS_HELD
    return None if was_of_doubted and are_gone else one


def _over(found: ElementFound, weighed: Sequence[Any] | None, doubt: str) -> ElementFound:
    if weighed is None or weighed[3] < found.doubted:
        return found
    verdict = Weighed(weighed[0])
    if verdict is Weighed.MET and not (may_be_met(found) and weighed[2] == doubt):
        return found
    return ElementFound(ElementVerdict(verdict.value), _WHYS[verdict], (EvidenceKind(weighed[1]),))


def may_disclose(found: Mapping[Element, ElementFound]) -> bool:
    """Say whether everything is met, each on evidence."""
    return all(one.verdict is ElementVerdict.MET for one in found.values())


def may_refuse(found: Mapping[Element, ElementFound]) -> bool:
    """Say whether there is a reason to refuse: something is not met, or was never sent."""
    return any(one.verdict in (ElementVerdict.NOT_MET, ElementVerdict.MISSING) for one in found.values())


def is_partly(given: Sequence[str], asked: Sequence[str]) -> bool:
    """Say whether less is given than was asked for of the six."""
    return any(one.value in asked and one.value not in given for one in SellerItem)


OPENINGS: Mapping[LeadsTo, Text] = {
    LeadsTo.COMPLETE_IT: Text(
        "ご請求を進めるために、次のものをお送りください。",
        "To go on with your request we need the following from you.",
    ),
    LeadsTo.REFUSE: Text(
        "ご請求は、次の理由で、この法律の要件を満たしません。",
        "Your request does not meet the requirements of the Act, for these reasons.",
    ),
    LeadsTo.COUNSEL: Text(
        "ご請求を受け取りました。担当者が要件を一つずつ確かめ、出品者の意見を聴くかを決めます。",
        "We have your request. A person looks at each requirement and decides whether the seller is heard.",
    ),
    LeadsTo.HEAR: Text(
        "ご請求に足りないものはありません。担当者が確かめ、出品者の意見を聴いてから決めます。",
        "Nothing is missing in your request. A person looks at it, and the seller is heard before it is decided.",
    ),
}


def reasons(
    found: Mapping[Element, ElementFound], written: Mapping[Element, str] | None = None
) -> list[tuple[Element, Text]]:
    """Return each element that is not met, else what is missing, with why, each sentence once.

    What a person wrote about an element stands as written.
    """
    words, seen = written or {}, {one.verdict for one in found.values()}
    hearing_text = ElementVerdict.NOT_MET if ElementVerdict.NOT_MET in seen else ElementVerdict.MISSING
    listed: list[tuple[Element, Text]] = []
    for element, one in found.items():
        if one.verdict is hearing_text:
            own = words.get(element, "") if one.why is WhyFound.PERSON_NOT_MET else ""
            why = Text(own, own) if own else one.why.text
            if why not in [before for _, before in listed]:
                listed.append((element, why))
    return listed


def letter(found: Mapping[Element, ElementFound]) -> tuple[Text, ...]:
    """Return what who asks reads when the rules have been asked and before any person has looked: each sentence once."""
    outcome = outcome_of(found)
    hearing_text = reasons(found) if outcome in (LeadsTo.COMPLETE_IT, LeadsTo.REFUSE) else []
    return (OPENINGS[outcome], *(why for _, why in hearing_text))


# How the seller is heard: what it is told, how that ended, and when it may be found that it cannot be reached.


DAYS_IN_VAIN = 2
"""On so many days nobody has to have answered by a way before that has failed."""
FAILED_WAYS = 2
"""So many different ways have to have been tried in vain before it is found that a seller cannot be reached."""


class HearingEnd(StrEnum):
    """How the hearing ended."""

    NOT_YET = ""
    ANSWERED = "answered"
    SILENT = "silent"
    UNREACHABLE = "unreachable"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _HEARD[self]


_HEARD = {
    HearingEnd.NOT_YET: Text("まだ聴いていない", "not heard yet"),
    HearingEnd.ANSWERED: Text("意見があった", "it stated its view"),
    HearingEnd.SILENT: Text("期限までに返事がなかった", "it did not answer in time"),
    HearingEnd.UNREACHABLE: Text("連絡がとれなかった", "it could not be reached"),
}


class ReachWay(StrEnum):
    """By which way somebody tried to reach the seller."""

    MAIL = "mail"
    PHONE = "phone"
    LETTER = "letter"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _WAYS[self]


_WAYS = {
    ReachWay.MAIL: Text("電子メール", "mail"),
    ReachWay.PHONE: Text("電話", "telephone"),
    ReachWay.LETTER: Text("郵便", "letter"),
}


class ReachResult(StrEnum):
    """What came of it."""

    REACHED = "reached"
    RETURNED = "returned"
    NOBODY = "nobody"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _TRIED[self]


_TRIED = {
    ReachResult.REACHED: Text("届いた・話せた", "it was reached"),
    ReachResult.RETURNED: Text(
        "戻ってきた（宛先なし・番号が使われていない）", "it came back: no such address or number"
    ),
    ReachResult.NOBODY: Text("出なかった・返事がない", "nobody answered"),
}
TOLD = Text(
    "注文 {order} の購入者から、法律（取引デジタルプラットフォーム消費者保護法）にもとづき、お店の情報の開示請求がありました。"
    "請求の内容：{claim}（{sum}円）。開示を求められた項目：{items}。請求した人の名前と連絡先は、お知らせしません。",
    "The buyer of order {order} asks us for your information under the Act on Digital Platforms for Shopping. "
    "Claim: {claim} ({sum} yen). Items asked for: {items}. The name and contact of who asks are not told to you.",
)
"""All that a seller is told of a request; who asks reads it beforehand."""


def hearing_text(orders: Sequence[str], claim: ClaimKind, total: int, items: Iterable[SellerItem]) -> Text:
    """Return what the seller is told."""
    some = [item.text for item in items]
    return TOLD.fill(
        order=", ".join(orders),
        claim=claim.text,
        sum=f"{total:,}",
        items=Text.listed(some) if some else Text("なし", "none"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachTry:
    """A try to reach the seller: by which way, what came of it, on which day, and who tried."""

    way: ReachWay
    result: ReachResult
    on: date
    by: str


def is_unreachable(tries: Iterable[ReachTry], *, by: str = "") -> bool:
    """Say whether the tries establish that a seller cannot be reached, so that `by` may find it.

    Two ways have to have failed and none to have reached it.  A way failed where something came back, or where nobody answered
    on two days.  Whoever finds it is not the only one who tried.
    """
    tried = list(tries)
    failed = {one.way for one in tried if one.result is ReachResult.RETURNED}
    for way in ReachWay:
        days = {one.on for one in tried if one.way is way and one.result is ReachResult.NOBODY}
        if len(days) >= DAYS_IN_VAIN:
            failed.add(way)
    is_reached = any(one.result is ReachResult.REACHED for one in tried)
    return len(failed) >= FAILED_WAYS and not is_reached and any(one.by != by for one in tried)


# Of which held items it is open whether they are the seller's: what it called outdated, and what was left out before.


type Marked = Mapping[str, Sequence[str]]
"""Items, each with how it stands or why it was left out, the digest of what was registered then, and how it stood then."""


class OutdatedState(StrEnum):
    """How an item stands that the seller called outdated."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    CHANGED = "changed"
    SILENT = "silent"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _OUTDATED[self]


_OUTDATED = {
    OutdatedState.WAITING: Text("出品者が直すか確かめるのを待っている", "waits for the seller"),
    OutdatedState.CONFIRMED: Text(
        "出品者が、登録のとおりで正しいと答えた", "confirmed by the seller as registered"
    ),
    OutdatedState.CHANGED: Text(
        "登録が変わった（人が確かめる）", "what is registered has changed: a person looks at it"
    ),
    OutdatedState.SILENT: Text(
        "直されも確かめられもしなかった（人が判断する）",
        "neither put right nor confirmed: a person weighs it",
    ),
}
_UNANSWERED = (OutdatedState.WAITING, OutdatedState.SILENT)


def standing(outdated: Marked, registered: Mapping[str, str]) -> dict[SellerItem, OutdatedState]:
    """Return how each item stands that was called outdated; what is registered otherwise since may be put right or not."""
    return {
        SellerItem(item): OutdatedState.CHANGED
        if registered.get(item, digest) != digest
        else OutdatedState(state)
        for item, (state, digest) in outdated.items()
    }


def awaited(outdated: Marked, registered: Mapping[str, str]) -> tuple[SellerItem, ...]:
    """Return the items that the seller has still to put right or confirm."""
    stands = standing(outdated, registered)
    return tuple(one for one in SellerItem if stands.get(one) is OutdatedState.WAITING)


def to_confirm(outdated: Marked, registered: Mapping[str, str]) -> tuple[SellerItem, ...]:
    """Return the registered items that the seller may still confirm; what has changed a person looks at."""
    stands = standing(outdated, registered)
    return tuple(one for one in SellerItem if one.value in registered and stands.get(one) in _UNANSWERED)


def called(
    outdated: Marked,
    items: Collection[SellerItem],
    registered: Mapping[str, str],
    *,
    asked: Collection[str] = tuple(SellerItem),
) -> dict[str, list[str]]:
    """Return what is outdated once the seller has called these so.

    Its days run once: what it calls so after they are over, or calls so again, a person weighs at once.  What was not asked for
    holds nothing up, and is known when somebody else asks for it.
    """
    is_first = not outdated or any(state == OutdatedState.WAITING for state, _ in outdated.values())
    now = {item: [*one] for item, one in outdated.items()}
    for item in (one for one in SellerItem if one in items and one.value in registered):
        may_wait = is_first and item.value not in outdated and item.value in asked
        state = OutdatedState.WAITING if may_wait else OutdatedState.SILENT
        if now.get(item.value, [""])[0] != OutdatedState.WAITING:
            now[item.value] = [state.value, registered[item.value]]
    return now


def ended(
    outdated: Marked, registered: Mapping[str, str], answer: Mapping[SellerItem, OutdatedState]
) -> dict[str, list[str]]:
    """Return the same with what was answered, and with what the registration answers itself."""
    stands = {**standing(outdated, registered), **answer}
    return {
        item: [stands[SellerItem(item)].value, registered.get(item, one[1])] for item, one in outdated.items()
    }


def left_out(
    whys: Mapping[SellerItem, LeftOut], outdated: Marked, registered: Mapping[str, str]
) -> dict[str, list[str]]:
    """Return the items that are left out, as they are kept."""
    stands = standing(outdated, registered)
    return {
        item.value: [why.value, registered[item.value], stands.get(item, "")] for item, why in whys.items()
    }


def no_longer_so(marked: Marked, outdated: Marked, registered: Mapping[str, str]) -> tuple[SellerItem, ...]:
    """Return what is left out as another's or outdated, and was registered otherwise or confirmed by the seller since."""
    stands, found = standing(outdated, registered), []
    for item in (one for one in SellerItem if one.value in marked):
        why, digest, stood = marked[item.value]
        is_confirmed = stands.get(item) is OutdatedState.CONFIRMED and stood != OutdatedState.CONFIRMED
        if why in (LeftOut.ANOTHERS, LeftOut.OUTDATED) and (
            registered.get(item.value) != digest or is_confirmed
        ):
            found.append(item)
    return tuple(found)


def doubted(
    own: Iterable[Marked], registered: Mapping[str, str], *, others: Iterable[Marked] = ()
) -> tuple[str, ...]:
    """Return the registered items of which it is open whether they are the seller's.

    They were called outdated and not confirmed since, or left out of an answer or of a proposal.  Another value makes no
    difference, as the same home can be written in many ways: a person looks at it.  Of another seller's the same value counts.
    """
    found = {item for item, _ in _open(own, registered)}
    found |= {item for item, digest in _open(others, {}) if registered.get(item) == digest}
    return tuple(one.value for one in SellerItem if one.value in found & registered.keys())


def not_weighed(
    marked: Marked,
    at: datetime | None,
    registered: Mapping[str, str],
    given: Iterable[tuple[datetime, Mapping[str, str]]],
) -> Marked:
    """Return what of a mark, made `at` then, nobody has weighed since: what is registered otherwise by now is weighed once.

    It was, where two people gave it as it is registered now after the mark.  A danger is weighed each time, and so is what is
    registered as it was marked.
    """
    return {
        item: one
        for item, one in marked.items()
        if at is None
        or one[0] == LeftOut.DANGER
        or (one[1] == registered.get(item) and one[0] != OutdatedState.CHANGED)
        or not any(then > at and digest.get(item) == registered.get(item) for then, digest in given)
    }


def _open(marks: Iterable[Marked], registered: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each item that a mark leaves open, and the digest of what was registered then."""
    for item, (code, digest, *_) in ((item, one) for marked in marks for item, one in marked.items()):
        is_confirmed = code == OutdatedState.CONFIRMED and registered.get(item, digest) == digest
        if not is_confirmed and (code not in LEFT_OUT or LEFT_OUT[LeftOut(code)].stays):
            yield item, digest


class InfoRequestNow(Protocol):
    """What of a request it rests on."""

    state: str
    turn_at: datetime
    outdated: Mapping[str, Sequence[str]]
    outdated_at: datetime | None


def of_seller_request(one: InfoRequestNow) -> Iterator[Stands]:
    """Yield what should stand; in every state that goes on a clock runs."""
    waits = any(state == OutdatedState.WAITING for state, _ in one.outdated.values())
    if one.outdated_at is not None and waits and one.state in OPEN:
        yield Runs(DISCLOSURE_CORRECTION, since=one.outdated_at)
    match DisclosureState(one.state):
        case DisclosureState.RECEIVED:
            yield Runs(DISCLOSURE_RECEIPT, since=one.turn_at, again=True)
            yield Asks("begin")
        case DisclosureState.INCOMPLETE:
            yield Runs(DISCLOSURE_COMPLETION, since=one.turn_at)
        case DisclosureState.HEARING:
            yield Runs(DISCLOSURE_HEARING, since=one.turn_at)
        case DisclosureState.EXAMINING:
            yield Runs(DISCLOSURE_DECISION, since=one.turn_at, again=True)
            yield Asks("examine")
        case DisclosureState.DECIDING:
            yield Runs(DISCLOSURE_DECISION, since=one.turn_at, again=True)
            yield Asks("decide")
        case DisclosureState.PROPOSED:
            yield Runs(DISCLOSURE_DECISION, since=one.turn_at, again=True)
            yield Asks("agree")
        case _:
            return


class InquiryNow(Protocol):
    """What of an inquiry it rests on."""

    entered_at: datetime
    closed_at: datetime | None
    due_on: date | None


def of_inquiry(one: InquiryNow) -> Iterator[Runs]:
    """Yield its clocks while it is open: our own time, and the paper's; both since it was entered, whatever was proposed."""
    if one.closed_at is not None:
        return
    yield Runs(INQUIRY_ANSWER, since=one.entered_at, again=True)
    if one.due_on is not None:
        days = (one.due_on - one.entered_at.astimezone(JAPAN).date()).days
        yield Runs(INQUIRY_ANSWER, since=one.entered_at, key=f"{one.due_on}", span=CalendarDays(max(1, days)))
