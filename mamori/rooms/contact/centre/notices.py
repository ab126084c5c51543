"""What is told when the centre wrote to a party, or a party to the centre."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.rooms.contact.notices import transactional

CENTRE_WROTE = transactional(
    "centre_wrote",
    Text(
        "相談窓口とのやり取りにメッセージが届きました", "There is a message in your exchange with the centre"
    ),
    Text(
        "受付番号 {number}：このページでお読みください。窓口への返事も、このページから送れます。",
        "Case {number}: please read it on this page. You can answer the centre there, too.",
    ),
)
PARTY_WROTE = transactional(
    "wrote_to_centre",
    Text("窓口あてのメッセージが届きました", "A party has written to the centre"),
    Text(
        "受付番号 {number}：{who}から届きました。{due}までに返事をしてください。",
        "Case {number}: it is from {who}. Please answer by {due}.",
    ),
)
UNANSWERED = transactional(
    "centre_unanswered",
    Text("窓口あてのメッセージに返事がありません", "A message to the centre has no answer"),
    Text(
        "受付番号 {number}：{who}からのメッセージです。返事の期限が過ぎました。案件のページで返事をしてください。",
        "Case {number}: a message from {who}. The time for an answer is over. Please answer on the page of the case.",
    ),
)
TEMPLATES = (CENTRE_WROTE, PARTY_WROTE, UNANSWERED)
