"""What the marketplace can be asked to do: each kind of instruction declared once, with what it concerns and what undoes it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.text import Text


class Target(StrEnum):
    """What an instruction concerns."""

    ORDER = "order"
    LISTING = "listing"
    REVIEW = "review"
    SELLER = "seller"


class Amount(StrEnum):
    """Whether an instruction has an amount in yen: none, one that it needs, or a cap (0 = all)."""

    NONE = "none"
    NEEDED = "needed"
    CAP = "cap"


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionKind:
    """One thing that the marketplace can be asked to do; `undoes` is the code of the kind that it takes back.

    `even_if_gone` = it makes sense also for a seller whose account is closed.
    """

    code: str
    target: Target
    title: Text
    asks: Text
    amount: Amount = Amount.NONE
    detail: Text | None = None
    undoes: str = ""
    even_if_gone: bool = False


def _order(code: str, title: Text, asks: Text, amount: Amount = Amount.NEEDED) -> InstructionKind:
    return InstructionKind(code=code, target=Target.ORDER, title=title, asks=asks, amount=amount)


def _switch(
    target: Target,
    on: tuple[str, Text, Text],
    off: tuple[str, Text, Text],
    *,
    amount: Amount = Amount.NONE,
    detail: Text | None = None,
    even_if_gone: bool = False,
) -> tuple[InstructionKind, InstructionKind]:
    """Declare a measure and what undoes it."""
    measure = InstructionKind(
        code=on[0],
        target=target,
        title=on[1],
        asks=on[2],
        amount=amount,
        detail=detail,
        even_if_gone=even_if_gone,
    )
    undoing = InstructionKind(
        code=off[0], target=target, title=off[1], asks=off[2], detail=detail, undoes=on[0]
    )
    return measure, undoing


REFUND = _order(
    "refund",
    Text("返金", "refund"),
    Text("その注文の amount 円を購入者に返す", "give the buyer `amount` yen of that order"),
)
DEDUCT = _order(
    "deduct",
    Text("売上金からの差し引き", "deduction from the proceeds"),
    Text(
        "出品者の売上金から amount 円を差し引く。支払いごとに authorize で尋ねる店では、尋ねる額から自分で引く",
        "take `amount` yen from the seller's proceeds: where you ask `authorize` before each payout, subtract it yourself from "
        "what you ask for",
    ),
)
GIVE_BACK = _order(
    "give_back",
    Text("売上金への戻し", "giving back to the proceeds"),
    Text(
        "その注文で差し引いた売上金のうち amount 円を出品者に戻す",
        "give the seller back `amount` yen of what was deducted for that order",
    ),
)
LABEL = _order(
    "label",
    Text("返品の送り状", "return label"),
    Text(
        "商品を送り返す元払いの送り状を出し、購入者に渡す",
        "issue a prepaid return label for the order's goods and give it to the buyer",
    ),
    Amount.NONE,
)

HIDE_LISTING, SHOW_LISTING = _switch(
    Target.LISTING,
    (
        "hide_listing",
        Text("商品を見えなくする", "hide the listing"),
        Text(
            "購入者に見せず、注文を受けない。出品者には見せたままにする",
            "show it to no buyer and take no order for it; its seller still sees it",
        ),
    ),
    (
        "show_listing",
        Text("商品をまた見せる", "show the listing again"),
        Text("隠したのをやめる", "hide it no longer"),
    ),
)
REMOVE_LISTING, RESTORE_LISTING = _switch(
    Target.LISTING,
    (
        "remove_listing",
        Text("商品を取り下げる", "remove the listing"),
        Text(
            "出品を終わらせる。戻せるように内容は残す",
            "end the offer; keep what it held, so that it can be restored",
        ),
    ),
    (
        "restore_listing",
        Text("取り下げた商品を戻す", "restore the listing"),
        Text("取り下げる前の出品に戻す", "put the offer back as it was before it was removed"),
    ),
)
DEMOTE_LISTING, PROMOTE_LISTING = _switch(
    Target.LISTING,
    (
        "demote_listing",
        Text("商品を目立たせない", "demote the listing"),
        Text(
            "検索とおすすめで後ろに置き、広告に出さない",
            "rank it behind others in search, recommend and advertise it nowhere",
        ),
    ),
    (
        "promote_listing",
        Text("商品の並び順を戻す", "rank the listing as before"),
        Text(
            "検索とおすすめで、ほかの商品と同じに扱う",
            "treat it like any other in search and recommendations",
        ),
    ),
)
REMOVE_REVIEW, RESTORE_REVIEW = _switch(
    Target.REVIEW,
    (
        "remove_review",
        Text("レビューを外す", "remove the review"),
        Text(
            "見せず、星の平均にも入れない。戻せるように内容は残す",
            "show it nowhere and leave it out of the stars; keep what it held, so that it can be restored",
        ),
    ),
    (
        "restore_review",
        Text("外したレビューを戻す", "restore the review"),
        Text("また見せ、星の平均に入れる", "show it again and count its stars"),
    ),
)
SUSPEND_SELLER, RESUME_SELLER = _switch(
    Target.SELLER,
    (
        "suspend_seller",
        Text("出品者の利用を一時止める", "suspend the seller"),
        Text(
            "その出品者の商品をどれも売らず、新しい出品も受けない。受けた注文の発送と連絡、お知らせを読むことはできるままにする",
            "sell none of its listings and take no new ones; it can still send what was ordered, answer, and read its notices",
        ),
    ),
    (
        "resume_seller",
        Text("出品者の利用を再開する", "resume the seller"),
        Text("一時止めたのをやめる", "suspend it no longer"),
    ),
)
CLOSE_SELLER, REOPEN_SELLER = _switch(
    Target.SELLER,
    (
        "close_seller",
        Text("出品者の利用を終わらせる", "close the seller's account"),
        Text(
            "取引を終わらせる。受けた注文・返金・お知らせは最後まで扱えるようにし、戻せるように記録を残す",
            "end the business; orders taken, refunds and notices go on; keep the records, so that it can be reopened",
        ),
    ),
    (
        "reopen_seller",
        Text("終わらせた出品者を戻す", "reopen the seller's account"),
        Text("終わらせる前に戻す", "put the account back as it was before it was closed"),
    ),
)
STOP_LISTINGS, ALLOW_LISTINGS = _switch(
    Target.SELLER,
    (
        "stop_listings",
        Text("新しい出品を止める", "stop new listings"),
        Text("新しい出品を受けない。今ある商品はそのまま", "take no new listing; those on offer stay"),
    ),
    (
        "allow_listings",
        Text("新しい出品を認める", "allow new listings"),
        Text("新しい出品をまた受ける", "take new listings again"),
    ),
)
HOLD_PAYOUTS, RELEASE_PAYOUTS = _switch(
    Target.SELLER,
    (
        "hold_payouts",
        Text("売上金の支払いを留める", "hold payouts"),
        Text(
            "売上金を amount 円まで支払わずに留める。amount が 0 のときは全額。"
            "支払いごとに authorize で尋ねるなら、留めるのはその答えなので、ほかには留めない",
            "keep back proceeds up to `amount` yen; all of them where it is 0. If you ask `authorize` before each payout its "
            "answers do that: keep back nothing besides",
        ),
    ),
    (
        "release_payouts",
        Text("留めた売上金を支払う", "release payouts"),
        Text(
            "留めた売上金を次の支払日までに支払う。"
            "支払いごとに authorize で尋ねるなら、確認だけを答え、parts の told だけを支払う",
            "pay out what was kept back, by the next day of payment. If you ask `authorize` before each payout, confirm alone, "
            "and pay nothing but `parts` that are `told`",
        ),
    ),
    amount=Amount.CAP,
    even_if_gone=True,
)
CLOSE_CATEGORY, OPEN_CATEGORY = _switch(
    Target.SELLER,
    (
        "close_category",
        Text("カテゴリでの販売を止める", "close a category"),
        Text(
            "その出品者に detail のカテゴリで売らせない",
            "sell nothing of this seller in the category that `detail` names",
        ),
    ),
    (
        "open_category",
        Text("カテゴリでの販売を認める", "open a category"),
        Text(
            "その出品者に detail のカテゴリでまた売らせる",
            "let this seller sell again in the category that `detail` names",
        ),
    ),
    detail=Text("カテゴリ", "the category"),
)

INSTRUCTIONS = (
    *(REFUND, DEDUCT, GIVE_BACK, LABEL),
    *(HIDE_LISTING, SHOW_LISTING, REMOVE_LISTING, RESTORE_LISTING, DEMOTE_LISTING, PROMOTE_LISTING),
    *(REMOVE_REVIEW, RESTORE_REVIEW),
    *(SUSPEND_SELLER, RESUME_SELLER, CLOSE_SELLER, REOPEN_SELLER, STOP_LISTINGS, ALLOW_LISTINGS),
    *(HOLD_PAYOUTS, RELEASE_PAYOUTS, CLOSE_CATEGORY, OPEN_CATEGORY),
)

KINDS = {kind.code: kind for kind in INSTRUCTIONS}
OF_SELLERS = (DEDUCT, GIVE_BACK)
"""What is asked about an order and is between the marketplace and its seller: no business of a buyer's."""
OF_ORDERS = {kind.code: kind for kind in INSTRUCTIONS if kind.target is Target.ORDER}
UNDOING = {kind.undoes: kind for kind in INSTRUCTIONS if kind.undoes}
"""The kind that undoes a measure, by the measure's code."""
MEASURES = {kind.code: kind for kind in INSTRUCTIONS if kind.code in UNDOING}
"""What sets a switch at the marketplace; what is undone clears it."""
