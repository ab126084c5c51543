"""A formal notice's words as they are sent, the days that are counted, what comes next and what stands; never who is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from mamori.grammar.businesstime import day_text
from mamori.grammar.formal import FormalNotice, Provision, Sold
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Lang, Text, yen
from mamori.ground.matters.standing import Asks, Runs, Stands
from mamori.japan.written import on_one_line
from mamori.law.deadlines import FORMAL_ANSWER, FORMAL_REVIEW
from mamori.law.formal import KIND_UNTOLD, NO_PROVISION, NO_PROVISION_HINT
from mamori.rooms.contact.formal.lifecycle import FormalState
from mamori.rooms.contact.rules.callers import Through


class Sender(StrEnum):
    """Who sends the notice about a minor's contract."""

    MINOR = "minor"
    PARENT = "parent"


SENDERS = {
    Sender.MINOR: Text("注文した未成年者本人", "the minor who ordered"),
    Sender.PARENT: Text("親などの法定代理人", "a parent or other legal representative"),
}


class ReceivedBeforeOrder(Refusal, code="received-before-order", status=422):
    """Given when the day of receipt lies before the order, from which days would be counted wrongly."""

    text = Text(
        "受け取った日が、注文した日（{day}）より前になっています。年・月・日をお確かめください。分からないときは、空のままで送れます。",
        "The day of receipt lies before the order ({day}). Please check year, month and day; leave it empty if you do not know.",
    )


def check_received(ordered_on: date, received_on: date | None) -> None:
    """Refuse a day of receipt that cannot be one."""
    if received_on is not None and received_on < ordered_on:
        raise ReceivedBeforeOrder(day=day_text(ordered_on))


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a buyer declares, as a form brings it; without the order, which is found by who declares it."""

    notice: str
    received_on: date | None = None
    sender: Sender | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a notice is about and what its sender wrote into it.  Yen."""

    notice: FormalNotice
    order_ref: str
    goods: Text
    amount: int
    ordered_on: date
    received_on: date | None = None
    sender: Sender | None = None
    reason: str = ""
    through: Through = Through.OWN
    files: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A notice as it is explained about one sale: on what it may rest there, which may be nothing."""

    notice: FormalNotice
    meaning: Text
    hint: Text
    provisions: tuple[Provision, ...]


def explained(notice: FormalNotice, sold: Sold) -> Explained:
    """Explain a notice about such a sale; what the law lends it elsewhere alone is not told as if it held here."""
    provisions = notice.provisions_for(sold)
    if not provisions:
        return Explained(notice=notice, meaning=NO_PROVISION, hint=NO_PROVISION_HINT, provisions=())
    hint = notice.hint
    if not sold.is_told and any(provision.of for provision in provisions):
        hint = Text(f"{KIND_UNTOLD.ja}{hint.ja}", f"{KIND_UNTOLD.en} {hint.en}")
    return Explained(notice=notice, meaning=notice.meaning, hint=hint, provisions=provisions)


def last_day(notice: FormalNotice, *, sold: Sold, received_on: date | None) -> date | None:
    """Count the span that the law names from the day of receipt; nothing where it names none or the day is not known."""
    within = next((provision.within for provision in notice.provisions_for(sold) if provision.within), None)
    return None if within is None or received_on is None else received_on + timedelta(days=within.count)


def composed(wish: Wish, lang: Lang) -> str:
    """Return the exact text: in Japanese, and for who reads English with the same in English below.

    What the sender wrote as the reason stands in it as written, once.
    """
    japanese = _in(wish, "ja", reason=wish.reason)
    if lang == "ja":
        return japanese
    return f"{japanese}\n\n{_in(wish, 'en', reason='')}"


def _in(wish: Wish, lang: Lang, *, reason: str) -> str:
    title = wish.notice.title.in_(lang)
    lines = [title[:1].upper() + title[1:], "", wish.notice.text.in_(lang), ""]
    lines += [(_LINE.fill(label=label, value=value)).in_(lang) for label, value in _rows(wish)]
    if reason:
        lines.append(_LINE.fill(label=Text("理由", "Reason"), value=Text(reason, reason)).in_(lang))
    return "\n".join(lines)


_LINE = Text("{label}：{value}", "{label}: {value}")
_FILES = Text("添えた写真や書類", "Photos or papers with it")
_BY = {
    Through.PHONE: Text(
        "購入者が電話で述べ、相談窓口が書き取って読み上げ、購入者が確かめた",
        "said by the buyer by telephone, taken down and read out by the customer centre, confirmed by the buyer",
    )
}


def _rows(wish: Wish) -> list[tuple[Text, Text]]:
    rows = [
        (Text("注文番号", "Order"), Text(wish.order_ref, wish.order_ref)),
        (Text("商品", "Goods"), Text(on_one_line(wish.goods.ja), on_one_line(wish.goods.en))),
        (Text("代金", "Price"), yen(wish.amount)),
        (Text("注文した日", "Ordered on"), day_text(wish.ordered_on)),
    ]
    if wish.received_on:
        rows.append((Text("受け取った日", "Received on"), day_text(wish.received_on)))
    if wish.sender:
        rows.append((Text("通知する人", "Sent by"), SENDERS[wish.sender]))
    if wish.files:
        rows.append((_FILES, Text(f"{wish.files}点", str(wish.files))))
    if wish.through in _BY:
        rows.append((Text("通知のしかた", "How it was declared"), _BY[wish.through]))
    return rows


_S = FormalState
_HELP = Text(
    "うまく進まないときは、困りごととして伝えると、相談窓口が間に入ります。費用はかかりません。",
    "If it does not go well, report it as a trouble and the centre helps. It costs nothing.",
)
_SETTLE = Text(
    "返金などが済んだら、「手続きが済んだ」とお知らせください。",
    "When you have your refund, or whatever follows, please say that it is settled.",
)
_STAYS = Text(
    "通知が届いた記録と受領証は、このまま残ります。",
    "The record of its arrival stays, and so does the receipt.",
)
BUYERS: dict[FormalState, tuple[Text, ...]] = {
    _S.ARRIVED: (
        Text(
            "出品者が、{due}までに、応じるか争うかを答えます。届いたらお知らせします。",
            "The seller says by {due} whether it goes along with it or disputes it. We will tell you.",
        ),
        Text(
            "答えがないときも、お知らせします。通知が届いたことは変わりません。",
            "We tell you if no answer comes, too. That your notice arrived does not change.",
        ),
        _HELP,
    ),
    _S.UNANSWERED: (
        Text(
            "期限までに、出品者の返事がありませんでした。通知が届いたことは変わりません。",
            "The seller did not answer in time. That your notice arrived does not change.",
        ),
        Text(
            "困りごととして伝えると、相談窓口が間に入ります。費用はかかりません。",
            "Report it as a trouble and the centre helps. It costs nothing.",
        ),
        Text(
            "消費生活センター（電話188）にも、無料で相談できます。",
            "A consumer affairs centre helps free of charge, too (telephone 188).",
        ),
    ),
    _S.ACKNOWLEDGED: (
        Text(
            "出品者は、応じると答えました。返事を読んで、そのとおりに進めてください。",
            "The seller goes along with it. Please read the answer and go on from there.",
        ),
        _SETTLE,
        _HELP,
    ),
    _S.DISPUTED: (
        Text(
            "出品者は、争うと答えました。理由をお読みください。どちらが正しいかを、窓口が決めることはありません。",
            "The seller disputes it. Please read why. The centre does not decide who is right.",
        ),
        Text(
            "納得できないときは、困りごととして伝えるか、消費生活センター（電話188、無料）に相談できます。",
            "If you do not agree, report it as a trouble, or ask a consumer affairs centre (telephone 188, free of charge).",
        ),
        _SETTLE,
    ),
    _S.SETTLED: (Text("手続きは済みました。", "It is settled."), _STAYS),
    _S.RESTED: (
        Text(
            "その後のご連絡がなかったので、見守りを終えました。通知そのものは変わりません。",
            "Nothing more was heard, so we no longer follow it. The notice itself stays what it is.",
        ),
        _STAYS,
    ),
}
_STANDS = Text(
    "「争う」と答えた後は「応じる」に変えられます。その逆はできません。",
    "Who disputed can still go along with it; not the other way round.",
)
SELLERS: dict[FormalState, tuple[Text, ...]] = {
    _S.ARRIVED: (
        Text(
            "{due}までに、全文を読んで、応じるか争うかを答えてください。購入者に伝わります。",
            "Read it in full and say by {due} whether you go along with it or dispute it. The buyer is told.",
        ),
        _STANDS,
    ),
    _S.UNANSWERED: (
        Text(
            "返事の期限を過ぎています。今すぐ、応じるか争うかを答えてください。",
            "Your answer is overdue. Please say now whether you go along with it or dispute it.",
        ),
    ),
    _S.ACKNOWLEDGED: (
        Text(
            "購入者に、応じると伝わっています。お伝えしたとおりに進めてください。",
            "The buyer knows that you go along with it. Please do as you said.",
        ),
        Text("済んだら、購入者が知らせます。", "The buyer says when it is settled."),
    ),
    _S.DISPUTED: (
        Text(
            "購入者に、理由が伝わっています。どちらが正しいかを、窓口が決めることはありません。",
            "The buyer has your reasons. The centre does not decide who is right.",
        ),
        Text("あとから「応じる」に変えられます。", "You can still go along with it later."),
    ),
    _S.SETTLED: (
        Text("購入者が、手続きが済んだと知らせました。", "The buyer says that it is settled."),
        _STAYS,
    ),
    _S.RESTED: (
        Text("その後の知らせがなかったので、見守りを終えました。", "Nothing more was heard, so it rests."),
        _STAYS,
    ),
}


def next_of(state: FormalState, *, for_seller: bool, due: Text | None) -> tuple[Text, ...]:
    """Say what happens next and by when."""
    steps = (SELLERS if for_seller else BUYERS)[state]
    if state is not FormalState.ARRIVED:
        return steps
    return (steps[0].fill(due=due), *steps[1:]) if due else steps[1:]


class FormalNow(Protocol):
    """What of a notice its clocks rest on."""

    state: str
    arrived_at: datetime
    followed_at: datetime | None
    asked_at: datetime | None
    closed_at: datetime | None


def of_formal(formal: FormalNow) -> Iterator[Stands]:
    """Yield what should stand about a notice; it is looked twice what became of it, the second time to let it rest."""
    if formal.state == FormalState.UNANSWERED:
        yield Asks("formal-unanswered")
    if formal.state == FormalState.ARRIVED:
        yield Runs(FORMAL_ANSWER, since=formal.arrived_at)
    elif formal.closed_at is None and formal.asked_at is not None:
        yield Runs(FORMAL_REVIEW, since=formal.asked_at, key="2")
    elif formal.closed_at is None and formal.followed_at is not None:
        yield Runs(FORMAL_REVIEW, since=formal.followed_at, key="1")
