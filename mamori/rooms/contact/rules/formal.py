"""The words of a formal notice as they are sent, and the days that are counted for it; never whether it is right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mamori.grammar.businesstime import day_text
from mamori.grammar.formal import FormalNotice, Provision, Sold
from mamori.grammar.said import yen
from mamori.grammar.text import Lang, Text
from mamori.japan.seen import on_one_line
from mamori.law.formal import KIND_UNTOLD, NO_PROVISION, NO_PROVISION_HINT
from mamori.rooms.contact.rules.callers import Through


class Sender(StrEnum):
    """Who sends the notice about a minor's contract."""

    MINOR = "minor"
    PARENT = "parent"


SENDERS = {
    Sender.MINOR: Text("注文した未成年者本人", "the minor who ordered"),
    Sender.PARENT: Text("親などの法定代理人", "a parent or other legal representative"),
}


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


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The last day that is counted, and whether a notice that arrives on a day is not after it."""

    last: date
    is_within: bool


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


def reckon(
    notice: FormalNotice, *, sold: Sold, received_on: date | None, arrived_on: date
) -> Reckoned | None:
    """Count the span that the law names from the day of receipt; nothing where it names none or the day is not known."""
    within = next((provision.within for provision in notice.provisions_for(sold) if provision.within), None)
    if within is None or received_on is None:
        return None
    last = received_on + timedelta(days=within.count)
    return Reckoned(last, arrived_on <= last)


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
        lines.append(_LINE.fill(label=_REASON, value=Text(reason, reason)).in_(lang))
    return "\n".join(lines)


_LINE = Text("{label}：{value}", "{label}: {value}")
_REASON = Text("理由", "Reason")
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
