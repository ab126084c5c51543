"""What the two sides of a question before purchase are told: nobody steps in, and it ends by itself."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.rooms.contact.notices import transactional

RECEIVED = transactional(
    "question_received",
    Text("ご質問を出品者に届けました", "Your question is with the seller"),
    Text(
        "受付番号 {number}：{topic}。出品者の回答の目安は{due}です。届いたらお知らせします。"
        "購入前のご質問なので、回答がないときも窓口は間に入りません。",
        "Case {number}: {topic}. The seller should answer by {due}. We will tell you when the answer is here. "
        "As it is a question before purchase, the centre does not step in if none comes.",
    ),
)
MISSED = transactional(
    "question_missed",
    Text("ご質問への回答がまだ届いていません", "Your question has not been answered yet"),
    Text(
        "受付番号 {number}：{topic}。回答の期限を過ぎたため、出品者にもう一度知らせました。"
        "このまま待つことも、終えることもできます。{until}までに回答がなければ、この質問は終わります。",
        "Case {number}: {topic}. The answer is overdue, and we have reminded the seller. You can go on waiting, or close "
        "the question. If no answer comes by {until}, it closes by itself.",
    ),
)
OVERDUE = transactional(
    "question_overdue",
    Text("購入前の質問に、まだ回答がありません", "A question before purchase waits for your answer"),
    Text(
        "受付番号 {number}：{topic}。回答の期限を過ぎました。購入者が待っています。{until}までに、このページでお答えください。",
        "Case {number}: {topic}. Your answer is overdue, and the buyer is waiting. Please answer on this page by {until}.",
    ),
)
LAPSED = transactional(
    "question_lapsed",
    Text("ご質問は、回答がないまま終わりました", "Your question was closed without an answer"),
    Text(
        "受付番号 {number}：{topic}。出品者から回答がなかったため、終了しました。"
        "お知りになりたいときは、もう一度ご質問ください。",
        "Case {number}: {topic}. The seller did not answer, so we have closed it. If you still want to know, please ask again.",
    ),
)
RESTED = transactional(
    "question_rested",
    Text("お返事がないため、ご質問を終えました", "Your question was closed as we did not hear from you"),
    Text(
        "受付番号 {number}：{topic}。回答のあとご連絡がなかったため、終了しました。"
        "お知りになりたいことがあれば、もう一度ご質問ください。",
        "Case {number}: {topic}. We did not hear from you after the answer and have closed it. Please ask again if you want to "
        "know more.",
    ),
)
CODE_MINUTES = 30
CODE = transactional(
    "question_code",
    Text("確認コード", "Your confirmation code"),
    Text(
        f"購入前の質問のための確認コードは {{code}} です。{CODE_MINUTES}分以内に、質問の画面に入力してください。"
        "心当たりがないときは、何もしなくて大丈夫です。入力されるまで、質問はだれにも届きません。",
        f"Your code for a question before purchase is {{code}}. Please enter it within {CODE_MINUTES} minutes on the page of "
        "your question. If you asked nothing, nothing needs to be done: until it is entered the question reaches nobody.",
    ),
)
VISITOR = transactional(
    "question_visitor",
    Text("購入前の質問のお知らせ", "News of your question before purchase"),
    Text(
        "受付番号 {number}：{news}。\n次のページで読み、書き足すことも、終えることもできます。"
        "このアドレスを知っている人だけが開けます。 {page}",
        "Case {number}: {news}.\nRead it on this page, where you can also write more or close it. Only who knows its address "
        "can open it: {page}",
    ),
)
DANGER = transactional(
    "question_danger",
    Text("購入前の質問に、危険を思わせる言葉があります", "A question tells of danger"),
    Text(
        "受付番号 {number}：{topic}。購入前の質問に、けがや火災などの危険を思わせる言葉があります。"
        "すぐに案件を開いて確かめてください。質問した人の画面では、使うのをやめて「問題を知らせる」から知らせるよう、ご案内しています。",
        "Case {number}: {topic}. A question before purchase has words of injury or fire. Please open the case at once and look "
        "into it. The page of whoever asked says to stop using the goods, and where to report them.",
    ),
)
TEMPLATES = (
    CODE,
    VISITOR,
    RECEIVED,
    MISSED,
    OVERDUE,
    LAPSED,
    RESTED,
    DANGER,
)
