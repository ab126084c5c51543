"""Help for who has no computer: staff find out who calls or writes, and take the words down."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import case_of
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Limit
from mamori.japan import written
from mamori.japan.calendar import JAPAN
from mamori.rooms.contact import bundled, keeping, notices, words
from mamori.rooms.contact.actions.leave import ThreadEnded
from mamori.rooms.contact.actions.reading import note_consent
from mamori.rooms.contact.actions.talk import back_to_seller
from mamori.rooms.contact.actions.trouble import NoSuchOrder, opened
from mamori.rooms.contact.danger import notify_of_danger
from mamori.rooms.contact.finding import NothingHere, the_thread
from mamori.rooms.contact.harming import to_danger
from mamori.rooms.contact.models import Check, Formal, Thread, Trouble
from mamori.rooms.contact.rules.callers import (
    CHANNELS,
    HOLDS,
    NEEDED,
    NEEDED_AFTER_WRONG,
    OFF_PARCEL_AFTER_WRONG,
    Channel,
    Known,
    given,
    suffices,
)
from mamori.rooms.contact.rules.danger import tells_danger
from mamori.rooms.contact.topics import Harm, Progress, Topic

TAKERS = frozenset({Role.AGENT, Role.LEAD})


class NoOrderHere(Refusal, code="no-order-here", status=404):
    """Given when neither a case nor an order is behind what a caller gave."""

    text = Text(
        "「{ref}」という受付番号や注文は、この通販サイトの記録にありません。番号（通販サイトからのメールや納品書にあります）をもう一度伺ってください。"
        "この通販サイトの注文でないときは、ここでは受け付けられません。相手に書面で直接送るか、消費生活センター（電話188）に相談するよう、お伝えください。",
        "This marketplace knows no case and no order “{ref}”. Please ask for the number again: it stands in the marketplace's "
        "mails and on the delivery note. If it was not ordered here nothing can be taken here: tell them to write to the seller "
        "on paper, or to ask a consumer affairs centre (telephone 188).",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What somebody calls about: their open or ended thread, or an order."""

    thread: Thread | None
    order: OrderFact | None
    buyer_ref: str


def find_matter(actor: Actor, number: str) -> Matter:
    """Return what is behind the number of a case, a formal notice's too, or of an order."""
    if actor.role not in TAKERS:
        raise NothingHere()
    number = number.strip()
    thread = _thread_of(number)
    order = market.order(thread.order_ref if thread else _declared_about(number) or number)
    if thread is not None:
        return Matter(thread=thread, order=order, buyer_ref=thread.buyer_ref)
    if order is None:
        raise NoOrderHere(ref=number[:64])
    running = Thread.objects.filter(
        order_ref=order.ref, buyer_ref=order.buyer_ref, closed_at__isnull=True
    ).first()
    return Matter(thread=running, order=order, buyer_ref=order.buyer_ref)


def _thread_of(number: str) -> Thread | None:
    """Return the thread behind eight digits; a number that is none may still be an order's."""
    kind, row = cases.behind(number)
    if kind == "contact.trouble":
        return Thread.objects.filter(trouble=row).first()
    return Thread.objects.filter(pk=row).first() if kind == "contact.thread" else None


def _declared_about(number: str) -> str:
    """Return the order of the formal notice behind eight digits, or nothing."""
    kind, row = cases.behind(number)
    if kind != "contact.formal":
        return ""
    return Formal.objects.values_list("order_ref", flat=True).get(pk=row)


WRONG_ANSWERS = Limit(name="caller-checks", most=3, per=timedelta(days=1))
"""So often a day may somebody fail to show that an order is theirs before more answers are asked for."""
WRONG_ALL = Limit(name="caller-checks-all", most=10, per=timedelta(days=1))
"""So often again, with more answers, before nothing more is taken that day."""


class NotTheBuyer(Refusal, code="not-the-buyer", status=422):
    """Given when the answers do not show that it is the buyer; which one was wrong is not said."""

    text = Text(
        "ご本人と確かめられませんでした。どの答えが違うかはお伝えできません。控えを見てもう一度おかけ直しいただくよう、お伝えください。",
        "The answers do not show that it is the buyer. Which one is wrong cannot be said. "
        "Please ask to call again with the papers at hand.",
    )


class TriedTooOften(people.TooMany, code="caller-tried-too-often", status=429):
    """Given after three wrong tries in a day, whoever takes the call."""

    text = Text(
        "今日は何度も確かめられなかったため、電話や手紙では受け付けられません。明日もう一度か、通販サイトからお願いするようお伝えください。",
        "It failed many times today, so nothing can be taken by telephone or letter. "
        "Please ask to call tomorrow, or to use the marketplace's site.",
    )


class MoreAnswersNeeded(Refusal, code="more-answers-needed", status=422):
    """Given when it failed three times that day already, and too few answers were asked for since."""

    text = Text(
        "今日は3回確かめられませんでした。{needed}つ以上の答えを伺ってください。そのうち{off}つは、金額・注文日・電話番号にしてください。",
        "It failed three times today. Please ask for at least {needed} answers, {off} of them the amount, the day or the "
        "telephone number.",
    )


class TooFewAnswers(Refusal, code="too-few-answers", status=422):
    """Given when fewer questions were asked than it takes."""

    text = Text(
        "{needed}つ以上の答えを書いてください。そのうち1つは、金額・注文日・電話番号のどれかにしてください。",
        "Please fill in at least {needed} answers, one of them the amount, the day or the telephone number.",
    )


class CheckOver(Refusal, code="check-over", status=409):
    """Given when words would be taken down without a check that still holds."""

    text = Text(
        "ご本人の確認から時間がたちました（30分まで）。もう一度、確かめるところから始めてください。",
        "The check of who it is has run out (30 minutes). Please begin with the questions again.",
    )


class NotReadBack(Refusal, code="not-read-back", status=422):
    """Given when what was taken down was not read back to the caller."""

    text = Text(
        "書き取った内容を読み上げ、合っていると言っていただいてから送ってください。",
        "Please read back what you took down, and send it once it was said to be right.",
    )


def check_caller(actor: Actor, *, number: str, channel: Channel, answers: Mapping[str, str]) -> str:
    """Find out whether it is the buyer who calls or writes, and return the check by which words may be taken down.

    What was asked is recorded, and whether it sufficed; the answers are kept nowhere.  Wrong ones are counted.
    """
    matter = find_matter(actor, number)
    told = given(answers)
    if len(told) < NEEDED:
        raise TooFewAnswers(needed=NEEDED)
    limit = _counted(actor, matter, answers=len(told))
    passed = suffices(told, _known(matter), after_wrong=limit is WRONG_ALL)
    key = uuid.uuid4()
    with memory.act():
        _record(actor, matter, channel=channel.value, asked=sorted(told), passed=passed)
        if passed:
            Check.objects.create(
                id=key,
                thread=matter.thread,
                buyer_ref=matter.buyer_ref,
                order_ref=matter.order.ref if matter.order else "",
                channel=channel,
                agent=actor.by,
                at=actor.at,
            )
    if not passed:
        raise NotTheBuyer()
    people.give_back(limit, f"buyer:{matter.buyer_ref}", at=actor.at)
    return str(key)


def _counted(actor: Actor, matter: Matter, *, answers: int) -> Limit:
    """Count a try, and return against which limit: the second one once the first is used up."""
    key = f"buyer:{matter.buyer_ref}"
    try:
        people.count_exactly(WRONG_ANSWERS, key, at=actor.at)
        return WRONG_ANSWERS
    except people.TooMany:
        if answers < NEEDED_AFTER_WRONG:
            raise MoreAnswersNeeded(needed=NEEDED_AFTER_WRONG, off=OFF_PARCEL_AFTER_WRONG) from None
    try:
        people.count_exactly(WRONG_ALL, key, at=actor.at)
    except people.TooMany as refusal:
        raise TriedTooOften(wait=refusal.wait) from None
    return WRONG_ALL


def the_check(actor: Actor, check: str) -> Check:
    """Return the check that this agent passed somebody by, while it holds."""
    try:
        found = Check.objects.select_related("thread").get(pk=uuid.UUID(check), agent=actor.by)
    except (ValueError, Check.DoesNotExist):
        raise CheckOver() from None
    if actor.role not in TAKERS or not timedelta() <= actor.at - found.at < HOLDS:
        raise CheckOver()
    return found


def take_down(
    actor: Actor,
    *,
    check: str,
    said: str,
    read_back: bool,
    may_read: bool | None = None,
    danger: bool = False,
) -> int:
    """Add a caller's words to their thread and return its id; `may_read` is what was said about reading, if anything.

    With `danger`, or by words of injury or fire, they say that it is dangerous now, which is taken as the buyer's own word.
    """
    said, found = _ready(actor, check, said, read_back=read_back)
    if found.thread is None:
        raise ThreadEnded()
    with memory.act():
        thread = the_thread(actor, found.thread.pk)
        if thread.closed_at is not None:
            raise ThreadEnded()
        said_so = words.add(actor, thread, said, through=found.channel) | _how(found)
        is_danger, trouble = danger or tells_danger(said), keeping.trouble_of(thread)
        if is_danger and trouble is not None and not trouble.in_danger:
            raised = to_danger(actor, trouble, "take_down")
            keeping.keep(actor, thread, "raise_harm", *raised, attention="danger", **said_so)
        else:
            urged = back_to_seller(actor, thread, Progress.UNANSWERED, step="take_down")
            asked = bundled.notify_wrote(thread, actor.at)
            if is_danger and (trouble is None or tells_danger(said)):
                notify_of_danger(thread, trouble, actor.at)
            keeping.keep(actor, thread, "take_down", *urged, attention=asked, **said_so)
        _finish(actor, thread, found, may_read)
        return thread.pk


def open_for_caller(
    actor: Actor,
    *,
    check: str,
    topic: Topic,
    harm: Harm,
    said: str,
    read_back: bool,
    may_read: bool,
) -> int:
    """Report a trouble for a caller and return its thread's id: both clocks start at `actor.at`."""
    said, found = _ready(actor, check, said, read_back=read_back)
    with memory.act():
        order = market.with_parties(found.order_ref) if found.order_ref else None
        if order is None or order.buyer_ref != found.buyer_ref:
            raise NoSuchOrder(ref=found.order_ref)
        trouble = opened(
            actor,
            order,
            topic=topic,
            harm=harm,
            said=said,
            centre_may_read=may_read,
            through=found.channel,
        )
        thread = Trouble.objects.select_related("thread").get(pk=trouble).thread
        _finish(actor, thread, found, may_read)
        return thread.pk


def _ready(actor: Actor, check: str, said: str, *, read_back: bool) -> tuple[str, Check]:
    found = the_check(actor, check)
    said = written.checked(said)
    if not read_back:
        raise NotReadBack()
    return said, found


def _finish(actor: Actor, thread: Thread, check: Check, may_read: bool | None) -> None:
    """Note what was said about reading, and tell the buyer what was done in their name: it may not have been them."""
    if may_read is not None:
        note_consent(thread, may_read)
        keeping.keep(
            actor, thread, "let_read", attention=_as_before(thread), centre_may_read=may_read, **_how(check)
        )
    about = {"channel": CHANNELS[Channel(check.channel)]}
    keeping.notify(f"buyer:{thread.buyer_ref}", notices.TAKEN_DOWN, thread, actor.at, **about)


def _how(check: Check) -> dict[str, str]:
    return {"through": check.channel, "check": str(check.pk)}


def _known(matter: Matter) -> Known:
    buyer, order = market.buyer(matter.buyer_ref), matter.order
    seller_ref = order.seller_ref if order else matter.thread.seller_ref if matter.thread else ""
    seller = market.seller(seller_ref)
    contact = buyer.contact if buyer else market.Contact()
    at = order.ordered_at if order else matter.thread.opened_at if matter.thread else None
    assert at is not None  # a matter has the one or the other
    return Known(
        amount=order.amount if order else -1,
        ordered_on=at.astimezone(JAPAN).date(),
        shop=seller.name if seller else "",
        name=contact.name,
        phone=contact.phone,
        address=contact.address,
    )


def _record(actor: Actor, matter: Matter, **payload: Any) -> None:
    if matter.thread is not None:
        thread = the_thread(actor, matter.thread.pk)
        keeping.keep(actor, thread, "check_caller", attention=_as_before(thread), **payload)
        return
    assert matter.order is not None
    ledger.record(
        actor,
        kind="contact.check_caller",
        subject=f"buyer:{matter.buyer_ref}",
        about=f"market.order:{matter.order.ref}",
        payload=dict(payload),
    )


def _as_before(thread: Thread) -> str:
    return case_of(keeping.about(thread)).attention or ""
