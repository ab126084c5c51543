"""What binds a display to the log without showing it: a digest over chance and content, which whoever has both can work out."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mamori.grammar.text import Text

SALT = 32
"""Bytes of chance in front of a content."""


def chance() -> str:
    """Return a new salt, in hexadecimal digits."""
    return os.urandom(SALT).hex()


def canonical(value: Any) -> bytes:
    """Return JSON in the one form that verifiers write, too: names sorted, no blanks, UTF-8.

    :raises UnicodeEncodeError: when a text holds half a character.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def commitment(salt: str, content: dict[str, Any]) -> str:
    """Return the SHA-256 over salt and canonical content, in hexadecimal digits."""
    return hashlib.sha256(bytes.fromhex(salt) + canonical(content)).hexdigest()


# What a bundle may claim: the things in it, what each receipt proves to somebody outside, and the words for both.


class Thing(StrEnum):
    """What a receipt in a bundle is of."""

    DISPLAY = "display"
    ORDER = "order"
    SCREEN = "screen"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _THINGS[self]


class ProofReach(StrEnum):
    """How much a receipt lets somebody outside check."""

    CONTENT = "content"
    TIME = "time"
    WAITING = "waiting"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _PROOFS[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundThing:
    """A thing with its receipt as verifiers take it, None while its place in the log is not signed yet."""

    thing: Thing
    act: int
    address: str
    receipt: dict[str, Any] | None
    proof: ProofReach


_THINGS = {
    Thing.DISPLAY: Text("注文したときの表示", "the display when it was ordered"),
    Thing.ORDER: Text("注文の登録", "that the order was told"),
    Thing.SCREEN: Text("最終確認画面の登録", "that the confirmation screen was told"),
}
_PROOFS = {
    ProofReach.CONTENT: Text(
        "この時刻で記録されたことと、表示の中身が記録のときから変わっていないこと",
        "that it was recorded with this time, and that the display is the one that was recorded",
    ),
    ProofReach.TIME: Text(
        "この時刻の記載が記録にあることだけ（中身は確かめられない）",
        "only that an entry with this time is in the log; not what it says",
    ),
    ProofReach.WAITING: Text(
        "まだ証明がない（記録の署名を待っている。数秒後に保存し直すと入る）",
        "nothing yet: its place in the log is about to be signed; save it again in some seconds",
    ),
}

TITLE = Text("注文したときの表示の控え", "What the seller showed when it was ordered")
MADE = Text(
    "{operator}の記録から、{at}に作成。時刻はすべて日本時間です。",
    "Made from the records of {operator} on {at}. All times are Japan time.",
)
ORDER = Text("注文", "The order")
SHOWN = Text("注文したときの表示", "What was shown when it was ordered")
OWN_TEXT = Text("出品者の文章", "The seller's own text")
DIFFERS = Text("いまの表示とのちがい", "How it differs from what is shown now")
GOODS = Text("商品の情報と最終確認画面", "The goods and the confirmation screen")
PROVED = Text("確かめられること、確かめられないこと", "What can be checked, and what cannot")
HOW = Text("確かめかた", "How to check it")

BY_TIME = Text(
    "どの版かは、注文の時刻（伝えられていれば、見た時刻）と、版が記録された時刻を比べて決めています。購入者の画面の写しではありません。",
    "Which version it was follows from when it was ordered, or seen where that was told, and from the times of versions. It is "
    "no picture of what the buyer's screen showed.",
)
SAME = Text("注文したときから変わっていません。", "It has not changed since.")
NOT_SHOWN = Text("いまは公開されている表示はありません。", "Nothing is shown now.")
LISTING = Text("商品（通販サイトの番号）", "Listing")
LISTING_SINCE = Text("いつから、この情報が伝えられていたか", "Told since")
LISTING_NOT_KEPT = Text(
    "注文したときの情報は残していません。", "What it said when it was ordered was not kept."
)
LISTING_NONE = Text("商品の情報は伝えられていません。", "Nothing was told about the goods.")
SCREEN_NONE = Text("最終確認画面は伝えられていません。", "No confirmation screen was told.")
SCREEN_BUYERS = Text(
    "最終確認画面は{at}に伝えられ、保管しています。購入者の情報を含むことがあるため、購入者の控えにだけ入れます。",
    "The confirmation screen was told on {at} and is kept. It may show the buyer's data, so only the buyer's own copy holds it.",
)
SCREEN_TOLD = Text(
    "最終確認画面（{at}に通販サイトから伝えられた文言）",
    "The confirmation screen, as the marketplace told it on {at}",
)
CUT = Text("（長いため、続きは seen.json にあります。）", "(It is long: the rest is in seen.json.)")
GAPS = Text(
    "この紙面では、書体にない文字（絵文字など）を「□」で示します。正確な文字は添付の seen.json にあります。",
    "Signs that the font lacks, such as emoji, stand as “□” here. The exact text is in the attached seen.json.",
)
NO_BULK = Text(
    "表にない登録は、まとめて伝えられたため、一件ごとの受領証がありません。",
    "What is not in the table was told together with other things, and has no receipt of its own.",
)
CANNOT = (
    Text(
        "時刻は、運営者の時計によるものです。署名された記録に入ったあとで書き換えれば、以前の受領証や署名された点を保管している人に分かります。",
        "Times are by the operator's clock. Once they are in the signed log, a later change shows to whoever keeps an earlier "
        "receipt or checkpoint.",
    ),
    Text(
        "注文の時刻と内容、商品の情報、最終確認画面の文言は、通販サイトが伝えたとおりに写したもので、受領証では確かめられません。",
        "The time and content of the order, the goods and the words of the confirmation screen are copied as the marketplace "
        "told them; no receipt proves them.",
    ),
    Text(
        "表示の内容が事実かどうかは、この控えでは分かりません。",
        "Whether what the seller showed is true, this paper does not say.",
    ),
)
OLD = Text(
    "この版は、中身を確かめるための値を持たない形で記録されました。受領証で確かめられるのは時刻だけです。",
    "This version was kept without the value by which its content could be checked. Its receipt proves the time alone.",
)
STEPS = (
    Text(
        "このPDFに添付された seen.json と receipts.json を取り出します"
        "（Adobe Acrobat Reader の「添付ファイル」、または pdfdetach -saveall）。",
        "Take the attached seen.json and receipts.json out of this PDF (“Attachments” in Adobe Acrobat Reader, or "
        "pdfdetach -saveall).",
    ),
    Text(
        "{page} から検証プログラム mamori_verify.py を保存し、公表されている鍵を写します。"
        "鍵は、このPDFではなく、運営者が公表しているところから取ってください。",
        "Save the program mamori_verify.py from {page} and copy the published key. Take the key from where the operator "
        "publishes it, never from this PDF.",
    ),
    Text(
        "次のように動かします（Python 3.9以上と cryptography が要ります）。何が確かめられたかが文で出ます。",
        "Run it like this (it needs Python 3.9 or newer and cryptography). It says in words what is proved.",
    ),
)
COMMAND = "python mamori_verify.py receipts.json --seen seen.json --key KEY"
FILES = Text("添付ファイルのSHA-256", "SHA-256 of the attached files")

VERSION = Text("第{number}版（{since}から）", "{number}, shown since {since}")
ORDER_ROWS = {
    "ref": Text("注文番号", "Order"),
    "ordered_at": Text("注文の時刻（通販サイトから伝えられたもの）", "Ordered at, as the marketplace told"),
    "seen_at": Text(
        "商品と表示を見た時刻（通販サイトから伝えられたもの）",
        "Goods and display seen at, as the marketplace told",
    ),
    "seller": Text("出品者番号", "Seller"),
    "shop": Text("店名", "Shop"),
    "amount": Text("金額", "Amount"),
    "version": Text("版", "Version"),
}
ITEMS_HEAD = (Text("品名（注文のとき）", "Name when ordered"), Text("数量", "Quantity"), Text("単価", "Each"))
BESIDE_HEAD = (Text("事項", "Item"), Text("注文したとき", "When it was ordered"), Text("いま", "Now"))
PROOF_HEAD = (
    Text("もの", "What"),
    Text("受領証の番号と時刻", "Receipt and its time"),
    Text("受領証で確かめられること", "What its receipt proves"),
)
WORDS = Text("文章（ちがう行）", "Text: the lines that differ")
EMPTY = Text("（なし）", "(none)")
