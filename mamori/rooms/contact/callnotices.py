"""What a lead is told when a seller cannot be reached."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.rooms.contact.noticekinds import transactional

UNREACHABLE = transactional(
    "unreachable",
    Text("連絡先のない出品者です", "This seller has no contact details"),
    Text(
        "受付番号 {number}：出品者 {seller} に登録された連絡先がありません。連絡先を確かめてください。",
        "Case {number}: seller {seller} has no registered contact. Please find out how to reach them.",
    ),
)
NUMBER_WRONG = transactional(
    "number_wrong",
    Text("登録された電話番号では出品者につながりません", "The seller's registered number is wrong"),
    Text(
        "受付番号 {number}：出品者 {seller} の登録された電話番号は、どれも番号違いでした。正しい連絡先を確かめてください。",
        "Case {number}: none of the registered numbers of seller {seller} is right. Please find out how to reach them.",
    ),
)
NOT_REACHED = transactional(
    "not_reached",
    Text("何度電話しても出品者につながりません", "The seller does not answer the telephone"),
    Text(
        "受付番号 {number}：出品者 {seller} に、時間帯を変えて{times}回電話しましたが、つながりませんでした。"
        "進め方を決めてください。",
        "Case {number}: seller {seller} was called {times} times at different hours and not reached. "
        "Please decide how to go on.",
    ),
)

TEMPLATES = (
    UNREACHABLE,
    NUMBER_WRONG,
    NOT_REACHED,
)
