"""The cases of this room in words, for lists that hold the cases of all rooms, and what its acts are called."""

from __future__ import annotations

from typing import Any

from mamori.grammar.statechart import Statechart
from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import CaseKind, declare
from mamori.law.alerts import ALERT_LOOK, ALERT_REMINDER
from mamori.law.deadlines import (
    CALL,
    CENTRE_ANSWER,
    DANGER_CALL,
    FORMAL_REVIEW,
    RECOVERY_REVIEW,
    REMEDY_DECISION,
    RETURN_INSPECTION,
    SECOND_READER,
    SILENCE,
)
from mamori.law.formal import FORMAL_NOTICES
from mamori.rooms.contact.acts import ACTS
from mamori.rooms.contact.alerts.acts import ALERT_ACTS
from mamori.rooms.contact.lifecycle import FORMAL, RECOVERY, THREAD, TROUBLE
from mamori.rooms.contact.rules.clocks import DANGER_RECALL_CLOCK, PROMISE_CLOCK, RECALL_CLOCK, URGE_CLOCK
from mamori.rooms.contact.topics import TOPICS

ATTENTIONS = {
    "danger": Text("危険：購入者に未確認", "danger: the buyer was not reached yet"),
    "answer-missed": Text("回答が期限までにない", "the answer is overdue"),
    "resolution-missed": Text("期限までに解決していない", "the solution is overdue"),
    "promise-broken": Text("約束が守られていない", "a promise was broken"),
    "mediation-asked": Text("仲介の担当者がいない", "nobody mediates yet"),
    "centre-asked": Text("窓口への返事が必要", "a message to the centre waits for an answer"),
    "proposal-ended": Text("提案が合意にならなかった", "a proposal was not agreed to"),
    "reply-corrected": Text("伺った返事に聞き違いがあった", "an answer was misheard"),
    "agreement-missed": Text("合意したことが済んでいない", "what was agreed has not been done"),
    "call-owed": Text("出品者への架電が必要", "the seller has to be called"),
    "call-overdue": Text("架電が遅れている", "a call is overdue"),
    "not-reached": Text("何度電話してもつながらない", "the seller does not answer the telephone"),
    "unreachable": Text("出品者に連絡できない", "the seller cannot be reached"),
    "decide-remedy": Text("返金の判断が必要", "a refund has to be decided on"),
    "instruction-refused": Text("通販サイトが実行できなかった", "the marketplace could not do it"),
    "return-not-arrived": Text("返品が届いていない", "goods sent back have not arrived"),
    "inspect-return": Text("届いた返品の確認が必要", "goods that came back have to be looked at"),
    "order-cancelled": Text("注文が取り消された", "the order was cancelled"),
    "buyer-wrote": Text("返金中に購入者が書き足した", "the buyer wrote while the refund is under way"),
    "charged-back": Text("カード会社が支払いを取り消した", "the card company reversed the payment"),
    "paid-back": Text("ほかの方法で返金された", "money went back on another way"),
    "told-late": Text("断られた指示が実行されていた", "what was declined was carried out"),
    "unconfirmed": Text("通販サイトの確認がない", "the marketplace has not confirmed"),
    "decide-recovery": Text("出品者への請求の判断が必要", "a recovery has to be decided on"),
    "review-recovery": Text("出品者への請求の見直しが必要", "a recovery has to be reviewed"),
    "give-back-stalled": Text("売上金に戻せていない", "money could not go back to the seller"),
    "formal-unanswered": Text("通知への返事がない", "a formal notice is not answered"),
    "second-reader": Text("緊急時の閲覧に事後の確認が必要", "an emergency look has to be confirmed"),
    "look-objected": Text("緊急時の閲覧に異議がある", "somebody objects to an emergency look"),
}

_RECOVERIES = ("decide-recovery", "review-recovery", "give-back-stalled")
_LOOKS = ("second-reader", "look-objected")
_TOPICS = {topic.value: text for topic, text in TOPICS.items()}


def _states(chart: Statechart[Any]) -> dict[str, Text]:
    return {state.value: text for state, text in chart.states.items()}


def _only(*codes: str) -> dict[str, Text]:
    return {code: ATTENTIONS[code] for code in codes}


QUESTION = CaseKind(
    code="contact.question",
    title=Text("購入前の質問", "question"),
    states=_states(THREAD),
    topics=_TOPICS,
    attentions=_only("answer-missed", *_LOOKS),
)

MORE_ACTS = {
    **ALERT_ACTS,
    "contact.attach": Text("ファイルが添えられた", "A file was attached"),
    "contact.see_contact": Text("担当者が連絡先を見た", "Staff saw contact details"),
    "contact.keep_phrase": Text("出品者が定型文を加えた", "A seller kept a usual text"),
    "contact.drop_phrase": Text("出品者が定型文を消した", "A seller dropped a usual text"),
    "contact.begin_question": Text(
        "アカウントのない人が質問を書いた", "Somebody without an account wrote a question"
    ),
    "contact.send_question_code": Text("確認コードをもう一度送った", "Another code was sent"),
    "contact.ask_question_again": Text("同じ質問がもう一度届いた", "The same question came again"),
    "contact.search_words": Text("共有された本文を検索した", "Shared words were searched"),
}

declare(
    QUESTION,
    CaseKind(
        code="contact.trouble",
        title=Text("困りごと", "trouble"),
        states=_states(TROUBLE),
        topics=_TOPICS,
        attentions={code: text for code, text in ATTENTIONS.items() if code not in _RECOVERIES},
    ),
    CaseKind(
        code="contact.recovery",
        title=Text("出品者への請求", "recovery"),
        states=_states(RECOVERY),
        topics=_TOPICS,
        attentions=_only(*_RECOVERIES),
    ),
    CaseKind(
        code="contact.formal",
        title=Text("返品・取消しなどの通知", "formal notice"),
        states=_states(FORMAL),
        topics={notice.code: notice.title for notice in FORMAL_NOTICES},
        attentions=_only("formal-unanswered"),
    ),
    acts={code: words.text for code, words in ACTS.items()}
    | {code: text for code, text in MORE_ACTS.items() if code not in ACTS},
    clocks={
        URGE_CLOCK: Text("次の催促", "the next urging"),
        RECALL_CLOCK: Text("次の電話", "the next call"),
        DANGER_RECALL_CLOCK: Text("購入者への次の電話", "the next call to the buyer"),
        PROMISE_CLOCK: Text("出品者の約束", "the seller's promise"),
    },
    staffs=(
        *(CALL.code, DANGER_CALL.code, RECALL_CLOCK, DANGER_RECALL_CLOCK),
        *(REMEDY_DECISION.code, RETURN_INSPECTION.code, RECOVERY_REVIEW.code),
        *(SECOND_READER.code, CENTRE_ANSWER.code),
    ),
    nobodys=(URGE_CLOCK, SILENCE.code, FORMAL_REVIEW.code, ALERT_LOOK.code, ALERT_REMINDER.code),
)
