"""Usual texts with which staff begin a message; each place in them is filled from the case, or left to be written out."""

from __future__ import annotations

from collections.abc import Mapping

from mamori.grammar.text import Text
from mamori.rooms.contact.centre.rules import PLACE, Readers
from mamori.rooms.contact.phrases import Usual

PHRASES: Mapping[Readers, tuple[Usual, ...]] = {
    Readers.BUYER: (
        Usual(
            code="asked-seller",
            name=Text("出品者に確認中と伝える", "Say that the seller was asked"),
            words=Text(
                "相談窓口です。{order}「{goods}」のことを、出品者の{shop}に確認しています。{due}までに、状況をお知らせします。",
                "This is the customer centre. We are asking {shop} about {order}, “{goods}”, and will tell you by {due} "
                "how it stands.",
            ),
        ),
        Usual(
            code="ask-buyer",
            name=Text("くわしく教えてもらう", "Ask for more"),
            words=Text(
                "相談窓口です。{order}「{goods}」について、次のことを教えてください。\n・いつ気づいたか\n・今、商品がどうなっているか\n"
                "・どうしてほしいか\n写真があれば、出品者とのやり取りに添えてください。",
                "This is the customer centre. About {order}, “{goods}”, please tell us:\n- when you noticed\n"
                "- how the goods are now\n- what you would like\n"
                "If you have pictures, please add them to your conversation with the seller.",
            ),
        ),
        Usual(
            code="settled",
            name=Text("解決したかを尋ねる", "Ask whether it is settled"),
            words=Text(
                "相談窓口です。{order}「{goods}」の件は、解決しましたか。まだのときは、何が残っているかをこのページからお知らせください。",
                "This is the customer centre. Is the matter of {order}, “{goods}”, settled? If not, please tell us on this page "
                "what is left.",
            ),
        ),
    ),
    Readers.SELLER: (
        Usual(
            code="ask-seller",
            name=Text("状況を尋ねる", "Ask how it stands"),
            words=Text(
                "相談窓口です。{order}「{goods}」について購入者から相談を受けています。今の状況と、これからの対応・日にちを{due}までに"
                "教えてください。",
                "This is the customer centre. The buyer of {order}, “{goods}”, has turned to us. Please tell us by {due} how it "
                "stands, what you will do, and when.",
            ),
        ),
        Usual(
            code="ask-tracking",
            name=Text("発送の記録を尋ねる", "Ask for the tracking number"),
            words=Text(
                "相談窓口です。{order}の発送日と追跡番号を教えてください。まだ発送していないときは、発送できる日をお知らせください。",
                "This is the customer centre. Please tell us when {order} was sent and its tracking number; if it was "
                "not sent yet, on which day you can send it.",
            ),
        ),
    ),
    Readers.BOTH: (
        Usual(
            code="propose-soon",
            name=Text("解決案を出すと伝える", "Say that a proposal follows"),
            words=Text(
                "相談窓口です。双方のお話をもとに、{due}までに解決の案をお出しします。付け加えることがあれば、このページからお知らせください。",
                "This is the customer centre. From what you have both told us we will propose a solution by {due}. If there is "
                "anything to add, please write on this page.",
            ),
        ),
    ),
}


def filled(words: str, values: Mapping[str, str]) -> str:
    """Put what is known in its places; what is not stays as it is, and is refused when it is sent."""
    return PLACE.sub(lambda place: values.get(place[1]) or place[0], words)
