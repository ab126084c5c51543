"""What both sides and the lead are told about formal notices: that one arrived and by when to answer, never who is right."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.rooms.contact.notices import legal, transactional

SENT = legal(
    "formal_sent",
    Text("{what}を出品者に届けました", "Your {what} was delivered to the seller"),
    Text(
        "受付番号 {number}：{arrived}に、出品者の画面に手を加えずに届けました。届いた記録と受領証は、"
        "このページでご覧いただけます。出品者の返事の目安は{due}です。お困りのときは消費生活センター（電話188）へ。",
        "Case {number}: it was put on the seller's page untouched at {arrived}. You can see the record and the receipt on this "
        "page. The seller should answer by {due}. If you need help, a consumer affairs centre is at telephone 188.",
    ),
)
SENT_BY_TELEPHONE = legal(
    "formal_sent_by_telephone",
    Text("電話で伺った{what}を出品者に届けました", "The {what} that you made by telephone was delivered"),
    Text(
        "受付番号 {number}：{arrived}に、電話で確かめていただいた文章を、手を加えずに出品者の画面に置きました。"
        "到達の受領証は{receipt}番です。出品者の返事の目安は{due}です。お心当たりがないときは、すぐに相談窓口へお知らせください。"
        "お困りのときは消費生活センター（電話188）へ。",
        "Case {number}: the text that you confirmed by telephone was put on the seller's page untouched at {arrived}. The "
        "receipt of its arrival is number {receipt}. The seller should answer by {due}. If this was not you, please tell the "
        "centre at once. If you need help, call 188.",
    ),
    on_paper=True,
)
ARRIVED = legal(
    "formal_arrived",
    Text("購入者からの{what}が届きました", "A buyer's {what} has arrived"),
    Text(
        "受付番号 {number}：{arrived}に届きました。法律上の効果をもつことのある通知です。このページで全文を読み、{due}までに、"
        "応じるか争うかをお答えください。",
        "Case {number}: it arrived at {arrived}. It is a notice that may have effect in law. Please read it in full on this page "
        "and say by {due} whether you go along with it or dispute it.",
    ),
)
ANSWERED = legal(
    "formal_answered",
    Text("出品者が{what}に答えました", "The seller has answered your {what}"),
    Text(
        "受付番号 {number}：このページで答えをお読みください。手続きが済んだら、そのページからお知らせください。"
        "納得できないときは、相談窓口か消費生活センター（電話188）にご相談いただけます。",
        "Case {number}: please read the answer on this page, and tell us there when it is settled. If you do not agree, you "
        "can ask the centre or a consumer affairs centre (telephone 188).",
    ),
)
UNANSWERED = legal(
    "formal_unanswered",
    Text("{what}にお答えください", "Please answer the {what}"),
    Text(
        "受付番号 {number}：返事の期限を過ぎました。通知は届いた時点で法律上の効果をもつことがあります。"
        "このページで今すぐお答えください。",
        "Case {number}: the answer is overdue. A notice may have effect in law from its arrival. Please answer on this page now.",
    ),
)
ROADS = legal(
    "formal_roads",
    Text("{what}に出品者の返事がありません", "The seller has not answered your {what}"),
    Text(
        "受付番号 {number}：通知が届いた記録は変わりません。注文の困りごととして伝えると、相談窓口が間に入ります。"
        "消費生活センター（電話188）にもご相談いただけます。",
        "Case {number}: the record of its arrival stays. If you report it as a trouble with the order, the centre helps both "
        "sides. You can also ask a consumer affairs centre (telephone 188).",
    ),
)
ASKED = transactional(
    "formal_asked",
    Text("{what}のその後をお聞かせください", "What became of your {what}?"),
    Text(
        "受付番号 {number}：手続きが済んだら、このページからお知らせください。ご連絡がなければ、{days}ほどで見守りを終えます。"
        "通知が届いた記録は残ります。お困りのときは電話188へ。",
        "Case {number}: please tell us on this page when it is settled. Otherwise we will stop following it in about {days}; "
        "the record of its arrival stays. If you need help, call 188.",
    ),
)
SETTLED = transactional(
    "formal_settled",
    Text("{what}の手続きが済みました", "The {what} is settled"),
    Text(
        "受付番号 {number}：購入者から、手続きが済んだとの知らせがありました。ご対応は不要です。ご不明な点は相談窓口の電話へ。",
        "Case {number}: the buyer says that it is settled. You need not do anything. Questions: please telephone the centre.",
    ),
)
SETTLED_BY_TELEPHONE = transactional(
    "formal_settled_by_telephone",
    Text("{what}の手続きが済んだと電話で伺いました", "You told us by telephone that the {what} is settled"),
    Text(
        "受付番号 {number}：{when}にお電話で伺い、出品者に伝えて、見守りを終えました。通知が届いた記録と受領証は残ります。"
        "お心当たりがないときや、まだお困りのときは、すぐに相談窓口へお知らせください。",
        "Case {number}: you told us so at {when}. The seller knows, and we no longer follow it. The record of its arrival stays, "
        "and so does the receipt. If this was not you, or something is still wrong, please tell the centre at once.",
    ),
    on_paper=True,
)
MISSED = transactional(
    "formal_missed",
    Text("通知に出品者の返事がありません", "A seller has not answered a formal notice"),
    Text(
        "受付番号 {number}：「{what}」への返事の期限を過ぎました。出品者に確かめ、購入者の相談に応じてください。"
        "通知の効果には関わりません。",
        "Case {number}: the answer to a {what} is overdue. Please ask the seller, and help the buyer who asks. "
        "It changes nothing about what the notice does.",
    ),
)

TEMPLATES = (
    SENT,
    SENT_BY_TELEPHONE,
    ARRIVED,
    ANSWERED,
    UNANSWERED,
    ROADS,
    ASKED,
    SETTLED,
    SETTLED_BY_TELEPHONE,
    MISSED,
)
