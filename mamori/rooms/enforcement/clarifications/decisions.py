"""What is decided about a clarification, each declared once: by whoever is asked, and by staff."""

from __future__ import annotations

from mamori.grammar.hand import SELLERS, STAFF, Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.enforcement import actions
from mamori.rooms.enforcement.clarifications.queries import ClarificationShown

THANKS = Text("ご返答を受け取りました。担当者が読みます。", "We have your answer. A person reads it.")
LEAD = Text(
    "まだ何も決めていません。お答えは担当者が読み、決めるときの材料にします。",
    "Nothing is decided yet. A person reads your answer, and what is decided takes it into account.",
)
ANSWER: Decision[ClarificationShown] = Decision(
    slug="answer",
    title=Text("事実確認に答える", "Answer"),
    lead=LEAD,
    button=Text("返答を送る", "Send the answer"),
    done={"answer_clarification": THANKS},
    verb=actions.answer_clarification,
    key="clarification",
    roles=SELLERS,
    is_there=lambda page: page.takes_answer,
)
ANSWER_BY_PAGE: Decision[ClarificationShown] = Decision(
    slug="answer",
    title=Text("通販サイトからの事実確認", "A marketplace asks you something"),
    lead=LEAD,
    button=Text("返答を送る", "Send the answer"),
    done={"answer_clarification": THANKS},
    verb=actions.answer_by_page,
    key="secret",
    roles=tuple(Role),
    is_there=lambda page: page.takes_answer,
)
ENTER: Decision[ClarificationShown] = Decision(
    slug="enter",
    title=Text("届いた返答を書き入れる", "Enter an answer that came"),
    lead=Text(
        "メール・電話・手紙で届いた返答を、届いたとおりに書きます。",
        "What came by mail, telephone or letter, as it came.",
    ),
    button=Text("書き入れる", "Enter it"),
    done={"enter_answer": Text("返答を書き入れました。", "The answer is entered.")},
    verb=actions.enter_answer,
    key="clarification",
    roles=STAFF,
    is_there=lambda page: page.takes_answer,
)
WITHDRAW: Decision[ClarificationShown] = Decision(
    slug="withdraw",
    title=Text("事実確認を取りやめる", "Withdraw it"),
    lead=Text(
        "尋ねた相手に、答えなくてよいことを知らせます。メールのない相手には、電話か手紙で伝えてください。",
        "Whoever was asked is told that no answer is needed; who has no mail is told by you.",
    ),
    button=Text("取りやめる", "Withdraw it"),
    done={"withdraw_clarification": Text("事実確認を取りやめました。", "It is withdrawn.")},
    verb=actions.withdraw_clarification,
    key="clarification",
    roles=STAFF,
    is_there=lambda page: page.is_open,
)
OF_STAFF = (ENTER, WITHDRAW)
BY_SLUG = {one.slug: one for one in OF_STAFF}
DECISIONS = (ANSWER, ANSWER_BY_PAGE, *OF_STAFF)
