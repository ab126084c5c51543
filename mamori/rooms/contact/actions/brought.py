"""Open troubles of a shop's old system, brought along as a table: their clocks begin today, and each comes in once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.records import NO_NUL, Day, PersonRef, Ref, form, says
from mamori.ground.market import facts as market
from mamori.ground.market.actions import Change, DateAhead, Line
from mamori.ground.market.tables.actions import TableKind
from mamori.japan import written
from mamori.japan.calendar import JAPAN
from mamori.rooms.contact.actions.trouble import NoSuchOrder, opened
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import Trouble
from mamori.rooms.contact.rules.callers import Through
from mamori.rooms.contact.topics import SUBJECTS, Topic

AFTER = {topic: subject.text for topic, subject in SUBJECTS.items() if subject.after}


class BroughtLine(Line, frozen=True, kw_only=True, tag="trouble", rename={"ref": "order"}.get):
    """An open trouble as the shop's old system has it."""

    title = Text("前の窓口の困りごと", "open trouble")

    ref: Annotated[Ref, says("注文番号", "the number of the order")]
    buyer: Annotated[
        PersonRef | None,
        says("購入者の番号。書くなら、その注文の購入者", "the buyer, if told the order's own"),
    ] = None
    topic: Annotated[
        Topic,
        says("困りごとの種類", "what it is about"),
        Meta(
            extra=form(
                "、".join(text.ja for text in AFTER.values()) + " のどれか",
                f"one of {', '.join(topic.value for topic in AFTER)}",
            )
        ),
    ] = Topic.OTHER
    received_on: Annotated[Day, says("前の窓口が受け付けた日", "the day on which the old system received it")]
    text: Annotated[
        str,
        says("購入者の言葉", "what the buyer said"),
        Meta(
            min_length=1,
            max_length=10_000,
            pattern=NO_NUL,
            extra=form("1〜10,000文字の文字列", "a text of 1 to 10,000 characters"),
        ),
    ]


TABLE = TableKind(
    code="troubles",
    title=Text("前の窓口の困りごと(未解決)", "open troubles of your old system"),
    kind="trouble",
    names={
        "trouble.order": "注文番号 注文ID 受注番号 order order_id order_number",
        "trouble.buyer": "会員番号 会員ID 顧客番号 購入者番号 buyer buyer_id customer_id",
        "trouble.topic": "種類 種別 問い合わせ種別 困りごとの種類 topic type",
        "trouble.received_on": "受付日 受付日時 受領日 問い合わせ日 受信日 received_on received_at",
        "trouble.text": "内容 本文 問い合わせ内容 相談内容 text body",
    },
    needs=("trouble.order",),
)
WORDS = {text.ja: topic.value for topic, text in AFTER.items()} | {"未着": Topic.NOT_ARRIVED.value}


def bring_trouble(actor: Actor, line: BroughtLine) -> Change:
    """Open a trouble that the old system received: both clocks start at `actor.at`; brought before, nothing changes."""
    if actor.role not in (Role.LEAD, Role.MACHINE):
        raise NothingHere()
    if line.received_on > actor.at.astimezone(JAPAN).date():
        raise DateAhead(field="received_on")
    said = written.checked(line.text)
    with memory.act():
        order = market.with_parties(line.ref)
        if order is None or line.buyer not in (None, order.buyer_ref):
            raise NoSuchOrder(ref=line.ref)
        brought = Trouble.objects.filter(thread__order_ref=order.ref, received_on=line.received_on)
        if brought.exists():
            return Change.UNCHANGED
        topic = line.topic if line.topic in AFTER else Topic.OTHER
        opened(
            actor,
            order,
            topic=topic,
            harm=SUBJECTS[topic].harm,
            said=said,
            centre_may_read=False,
            through=Through.BEFORE,
            received_on=line.received_on,
        )
    return Change.ADDED


def bring_troubles(actor: Actor, lines: Sequence[BroughtLine]) -> list[Change | Refusal]:
    """Bring troubles one by one; of what is refused nothing stays."""
    outcomes: list[Change | Refusal] = []
    for line in lines:
        try:
            with memory.attempt():
                outcomes.append(bring_trouble(actor, line))
        except Refusal as refusal:
            outcomes.append(refusal)
    return outcomes
