"""What whoever is asked, and staff, are told of clarifications; the words of question and answer are on the page alone."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text

CLARIFY_SELLER = Template(
    code="enforcement.clarify_seller",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("事実を確かめさせてください", "The marketplace asks you something"),
    body=Text(
        "{what}について、確かめたいことがあります（事実確認 {number}）。まだ何も決めていません。"
        "{due}までに、「事実確認への返答」のページでお答えください。期限までにご返答がないときは、次のように扱います。{silence}",
        "We would like to know something about {what} (clarification {number}). Nothing is decided yet. Please answer on the "
        "page “Clarifications” by {due}. Where no answer comes by then: {silence}",
    ),
)
CLARIFY = Template(
    code="enforcement.clarify",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("通販サイトの運営者からの事実確認", "A marketplace asks you something"),
    body=Text(
        "{what}について、確かめたいことがあります（事実確認 {number}）。まだ何も決めていません。"
        "次のページで内容をご覧になり、{due}までにお答えください。登録は要りません。 {page} "
        "期限までにご返答がないときは、次のように扱います。{silence}",
        "We would like to know something about {what} (clarification {number}). Nothing is decided yet. Please read and "
        "answer it on this page by {due}; no account is needed: {page} Where no answer comes by then: {silence}",
    ),
)
REMIND_SELLER = Template(
    code="enforcement.clarify_seller_again",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("事実確認へのご返答をお待ちしています", "We still wait for your answer"),
    body=Text(
        "事実確認 {number} への返答がまだ届いていません。{due}までに、「事実確認への返答」のページでお答えください。",
        "Clarification {number} is not answered yet. Please answer it on the page “Clarifications” by {due}.",
    ),
)
REMIND = Template(
    code="enforcement.clarify_again",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("事実確認へのご返答をお待ちしています", "We still wait for your answer"),
    body=Text(
        "事実確認 {number} への返答がまだ届いていません。次のページで、{due}までにお答えください。 {page}",
        "Clarification {number} is not answered yet. Please answer it on this page by {due}: {page}",
    ),
)
BY_HAND = Template(
    code="enforcement.clarify_by_hand",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text(
        "事実確認の相手に、電話か手紙で伝えてください", "Please tell whoever was asked by telephone or letter"
    ),
    body=Text(
        "事実確認 {number} の相手にはメールで知らせられません。「事実確認」のページで状態を見て、"
        "催促か取りやめを、電話か手紙で伝えてください。",
        "Whoever is asked in clarification {number} cannot be told by mail. Please see how it stands on the page "
        "“Clarifications”, and remind them, or say that it is withdrawn, by telephone or letter.",
    ),
)
ANSWERED = Template(
    code="enforcement.clarified",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("事実確認への返答が届きました", "A clarification was answered"),
    body=Text(
        "事実確認 {number} に返答がありました。「事実確認」のページで読み、もとの件を進めてください。",
        "Clarification {number} was answered. Please read it on the page “Clarifications” and go on with its matter.",
    ),
)
SILENT = Template(
    code="enforcement.not_clarified",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("事実確認に返答がありませんでした", "A clarification was not answered"),
    body=Text(
        "事実確認 {number} に期限までの返答がありませんでした。{silence} もとの件を進めてください。",
        "Clarification {number} was not answered in time. {silence} Please go on with its matter.",
    ),
)
WITHDRAWN = Template(
    code="enforcement.clarify_over",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("事実確認を取りやめました", "We ask no more"),
    body=Text(
        "事実確認 {number} を取りやめました。お答えいただく必要はありません。またお尋ねするときは、あらためてお知らせします。",
        "Clarification {number} is withdrawn. You need not answer it. Should we have to ask again, we will tell you.",
    ),
)
TEMPLATES = (
    CLARIFY_SELLER,
    CLARIFY,
    REMIND_SELLER,
    REMIND,
    BY_HAND,
    ANSWERED,
    SILENT,
    WITHDRAWN,
)
