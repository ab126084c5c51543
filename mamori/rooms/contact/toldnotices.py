"""What a party is told whose answer to a proposal was taken down, and both sides when it was misheard."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.rooms.contact.noticekinds import transactional

AGREED_BY = Text(
    "双方の合意になりました。行う期限は{due}です。遅くともそれまでに、決まったことが行われる前なら、合意を取り消せます。",
    "It is agreed, and is to be done by {due}. By then at the latest, before it is done, the agreement can be undone.",
)
OTHER_AWAITED = Text(
    "もう一方の返事を待っています（{due}まで）。決まったことが行われる前なら、このお返事は取り消せます。",
    "The other side's answer is awaited until {due}. Before what is agreed on is done, your answer can be undone.",
)
IS_OVER = Text(
    "この提案は終わりました。違っていたときは、窓口があらためて提案します。",
    "This proposal has ended. If that is wrong, the centre proposes anew.",
)
REPLY_TAKEN = transactional(
    "reply_taken",
    Text("伺ったお返事を記録しました", "We have written down your answer"),
    Text(
        "受付番号 {number}：提案「{what}」への、{channel}でのお返事は「{reply}」です。{follows}"
        "聞き違いのときや、お心当たりのないときは、このページの「聞き違いだと伝える」か、お電話で、すぐにお知らせください。",
        "Case {number}: your answer {channel} to the proposal “{what}” is: {reply}. {follows} If we misheard you, or it was not "
        "you, please tell us at once, on this page (“Say that it was misheard”) or by telephone.",
    ),
)
MISHEARD = transactional(
    "misheard",
    Text("聞き違いのため、返事を取り消しました", "An answer was misheard and is undone"),
    Text(
        "受付番号 {number}：{who}から、窓口が伺った返事に聞き違いがあったと知らせがありました。「{what}」は取り消されました。"
        "この提案にあったことは、行わないでください。窓口の担当者があらためてご連絡します。",
        "Case {number}: {who} tells us that the centre misheard the answer. “{what}” is undone. Please do not do what it said. "
        "Somebody of the centre will be in touch.",
    ),
)
MISHEARD_LATE = transactional(
    "misheard_late",
    Text("聞き違いのご連絡を受け取りました", "We have noted that you were misheard"),
    Text(
        "受付番号 {number}：「{what}」について、聞き違いのご連絡を受け取りました。この提案はすでに終わっているため、"
        "窓口の担当者が確かめて、ご連絡します。それまで、ご対応は不要です。",
        "Case {number}: we have noted that we misheard you about “{what}”. As it is over already, somebody of the centre looks "
        "into it and will be in touch. Until then you need not do anything.",
    ),
)

TEMPLATES = (REPLY_TAKEN, MISHEARD, MISHEARD_LATE)
