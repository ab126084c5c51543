"""A seller's own usual texts: sealed, few, and with one place only, the order's number."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from mamori.grammar.text import Text
from mamori.ground.market.facts import shown_number
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.rooms.contact.models import Phrase
from mamori.rooms.contact.topics import Topic

MOST = 20
ORDER = "{order}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseFact:
    """A usual text as its seller sees it."""

    id: str
    name: str
    words: str


def phrases(seller_ref: str) -> tuple[PhraseFact, ...]:
    """Return the seller's usual texts, the oldest first; none once the seller was erased."""
    opener = seals.Opener()
    found = []
    for row in Phrase.objects.filter(seller_ref=seller_ref).order_by("at", "pk"):
        try:
            plain = opener.unseal(
                subject=f"seller:{seller_ref}", place=_place(row.pk), sealed=bytes(row.sealed)
            )
        except seals.Shredded:
            continue
        found.append(PhraseFact(id=str(row.pk), **json.loads(plain)))
    return tuple(found)


def sealed(key: uuid.UUID, *, seller_ref: str, name: str, words: str) -> bytes:
    """Return name and words sealed with the seller's key."""
    plain = json.dumps({"name": name, "words": words}, ensure_ascii=False).encode()
    return sealing.seal(subject=f"seller:{seller_ref}", place=_place(key), plain=plain)


def filled(words: str, order: str) -> str:
    """Put the number of the order, or of the goods, where it belongs; nothing else is ever filled in."""
    return words.replace(ORDER, shown_number(order))


def _place(key: uuid.UUID) -> seals.Place:
    return seals.Place("contact_phrase", str(key), "sealed")


# Usual questions and answers: how a buyer may begin by topic, and how sellers usually begin an answer.


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """A usual text: its code in the address, what it is called, the words to change before sending.

    {order} stands for the order's number, or for the goods' where there is no order.
    """

    code: str
    name: Text
    words: Text


STARTS = {
    Topic.GOODS: Text(
        "この商品について、次のことを教えてください。\n・大きさ、素材、使える機器など知りたいこと：",
        "I would like to know about these goods:\n- size, material, what it works with:",
    ),
    Topic.SHIPPING: Text(
        "配送について教えてください。\n・届けてほしい都道府県：\n・いつまでに必要か：",
        "I would like to know about shipping:\n- prefecture it goes to:\n- by when I need it:",
    ),
    Topic.RETURNS: Text(
        "返品（交換）について相談します。\n・商品が届いた日：\n・返品したい理由：\n・商品を使ったかどうか：",
        "I would like to return (or exchange) the goods.\n- day of arrival:\n- reason:\n- used or not:",
    ),
    Topic.NOT_ARRIVED: Text(
        "注文した商品がまだ届いていません。\n・お届けの予定日：\n・配送状況の表示：\nいまどうなっているか、いつ届くかを教えてください。",
        "The goods have not arrived.\n- expected day:\n- what tracking shows:\n"
        "Please tell me where they are and when they will arrive.",
    ),
    Topic.NOT_AS_DESCRIBED: Text(
        "届いた商品が説明と違います。\n・説明にあったこと：\n・届いた商品：\n・してほしいこと（交換・返金など）：",
        "What arrived is not as described.\n- description:\n- what arrived:\n- what I would like (exchange, refund …):",
    ),
    Topic.BROKEN: Text(
        "届いた商品が壊れています（動きません）。\n・気づいた日：\n・どこが、どうなっているか：\n・してほしいこと（交換・返金など）：",
        "The goods are broken (do not work).\n- noticed on:\n- what is wrong:\n- what I would like (exchange, refund …):",
    ),
    Topic.UNSAFE: Text(
        "商品に危険を感じます。使うのをやめています。\n・いつ、何が起きたか（熱、煙、けがなど）：\n・商品は手元にあるか：",
        "The goods seem dangerous; I have stopped using them.\n- when and what happened (heat, smoke, injury …):\n"
        "- whether I still have them:",
    ),
    Topic.REFUND_UNPAID: Text(
        "返金がまだありません。\n・返金の約束があった日：\n・返金されるはずの金額：\nいつ返金されるかを教えてください。",
        "A refund has not come.\n- promised on:\n- amount:\nPlease tell me when it will be paid.",
    ),
    Topic.OTHER: Text(
        "困っていること（知りたいこと）は次のとおりです。\n・いつ、何が起きたか：\n・してほしいこと：",
        "This is my matter:\n- when and what happened:\n- what I would like:",
    ),
}
"""How a buyer may begin, by topic: what a seller has to know to answer at once."""

_LOOKING = Usual(
    code="looking",
    name=Text("調べて連絡する日を伝える", "Say by when you will know"),
    words=Text(
        "ご不便をおかけしています。{order} の状況を調べています。◯月◯日までに、結果とこちらの対応をお知らせします。",
        "We are sorry for the trouble. We are looking into {order} and will tell you the result, and what we do, by …",
    ),
)
_EXCHANGE = Usual(
    code="exchange",
    name=Text("交換品を送る", "Send another one"),
    words=Text(
        "申し訳ございません。{order} の交換品を◯月◯日に発送します。お手元の品の返送料は当店が負担します。",
        "We are sorry. We will send another one for {order} on …; we pay for sending the first one back.",
    ),
)
_REFUND = Usual(
    code="refund",
    name=Text("返金する", "Refund"),
    words=Text(
        "申し訳ございません。{order} の代金◯円を、◯月◯日に返金の手続きをします。",
        "We are sorry. We will refund … yen for {order} on …",
    ),
)
_SENT = Usual(
    code="sent",
    name=Text("発送の状況を伝える", "Say where the parcel is"),
    words=Text(
        "お待たせしています。{order} は◯月◯日に発送し、◯月◯日ごろ届く見込みです。届かないときは、すぐに再送か返金をします。",
        "We are sorry for the wait. {order} was sent on … and should arrive around …; "
        "if it does not, we send it again or refund at once.",
    ),
)
_STOP = Usual(
    code="stop",
    name=Text("使用をやめてもらう", "Ask to stop using it"),
    words=Text(
        "ご連絡ありがとうございます。{order} の商品は使わず、捨てずに保管してください。◯月◯日までに回収の方法をご連絡します。",
        "Thank you for telling us. Please do not use the goods of {order} and keep them. "
        "We will tell you by … how we collect them.",
    ),
)
_RETURN = Usual(
    code="return",
    name=Text("返品の方法を伝える", "Say how to return"),
    words=Text(
        "{order} の返品を承ります。◯月◯日までに、登録の返品先へ着払いでお送りください。到着後◯日以内に返金します。",
        "We accept the return of {order}. Please send it to our registered address by …, at our cost. "
        "We refund within … days of arrival.",
    ),
)
_FACTS = Usual(
    code="facts",
    name=Text("質問に答える", "Answer the question"),
    words=Text(
        "お問い合わせありがとうございます。{order} について、次のとおりお答えします。\n・",
        "Thank you for your question about {order}. Here is our answer:\n- ",
    ),
)
ANSWERS = {
    Topic.GOODS: (_FACTS,),
    Topic.SHIPPING: (_FACTS,),
    Topic.RETURNS: (_RETURN, _REFUND, _LOOKING),
    Topic.NOT_ARRIVED: (_SENT, _REFUND, _LOOKING),
    Topic.NOT_AS_DESCRIBED: (_EXCHANGE, _RETURN, _REFUND),
    Topic.BROKEN: (_EXCHANGE, _RETURN, _REFUND),
    Topic.UNSAFE: (_STOP, _REFUND, _LOOKING),
    Topic.REFUND_UNPAID: (_REFUND, _LOOKING),
    Topic.OTHER: (_LOOKING, _REFUND),
}
"""How sellers usually begin an answer: each names a day or an amount that has to be filled in."""
