"""What is told later than anybody asked for it: emergency looks, and orders that were cancelled meanwhile."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.rooms.contact.noticekinds import transactional

CANCELLED_BUYER = transactional(
    "cancelled_buyer",
    Text("注文が取り消されました", "Your order was cancelled"),
    Text(
        "受付番号 {number}：この注文は{day}に取り消されたと、通販サイトから知らせがありました。{parcel}"
        "代金が戻らないなど、まだ困っているときは、このまま続けます。解決したときは、ページで「解決した」を選んでください。",
        "Case {number}: the marketplace tells us that this order was cancelled on {day}. {parcel}If something is still wrong, "
        "such as money that has not come back, the case goes on. If it is solved, please say so on its page.",
    ),
)
CANCELLED_SELLER = transactional(
    "cancelled_seller",
    Text("注文が取り消されました", "An order was cancelled"),
    Text(
        "受付番号 {number}：この注文は{day}に取り消されたと、通販サイトから知らせがありました。"
        "購入者の困りごとは終わっていません。代金をいつ戻すか・戻したかなどを、ページでお答えください。",
        "Case {number}: the marketplace tells us that this order was cancelled on {day}. The buyer's trouble is still open. "
        "Please say on its page when the money goes back, or went back.",
    ),
)
LOOK_UNCONFIRMED = transactional(
    "look_unconfirmed",
    Text("緊急時の閲覧が確かめられていません", "An emergency look has not been confirmed"),
    Text(
        "受付番号 {number}：緊急時の閲覧が確かめられておらず、購入者と出品者にまだ知らせていません。"
        "読んだ人とは別の担当者が確かめてください。",
        "Case {number}: an emergency look has not been confirmed, and buyer and seller have not been told yet. Somebody other "
        "than the reader has to decide on it.",
    ),
)
LOOK_OBJECTED = transactional(
    "look_objected",
    Text("緊急時の閲覧に異議があります", "Somebody objects to an emergency look"),
    Text(
        "受付番号 {number}：緊急時の閲覧に、別の担当者から異議がありました。記録を確かめ、対応を決めてください。",
        "Case {number}: a second reader objects to an emergency look. Please read the record and decide what to do.",
    ),
)
LOOK_TOLD = transactional(
    "look_told",
    Text("緊急のため、やり取りを読みました", "We read your conversation in an emergency"),
    Text(
        "受付番号 {number}：差し迫った危険があると考え、相談窓口の担当者が{day}にやり取りの文章を読みました。"
        "理由は記録してあります。{second}お尋ねは、相談窓口へお寄せください。",
        "Case {number}: believing that there was imminent danger, staff of the centre read what was written here on {day}. The "
        "reason is on record. {second}If you have questions, please ask the centre.",
    ),
)

TEMPLATES = (CANCELLED_BUYER, CANCELLED_SELLER, LOOK_UNCONFIRMED, LOOK_OBJECTED, LOOK_TOLD)
