"""What is recorded of counsellors and their consultations, in words."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import CaseKind, declare
from mamori.law.counselling import CONSENT_ENDS, CONSENT_ENDS_TITLE, COUNSELLOR_ANSWER
from mamori.rooms.complaints.counselling.lifecycle import CONSULTATION

CONSULTATION_ACTS = {
    "complaints.consult": Text("相談員が相談した", "A counsellor asked"),
    "complaints.write": Text("相談員が書き足した", "The counsellor wrote"),
    "complaints.answer": Text("相談員に回答した", "The counsellor was answered"),
    "complaints.confirm": Text("本人の同意が確かめられた", "The consumer's consent was confirmed"),
    "complaints.withdraw": Text("本人の同意が取り消された", "The consumer's consent was taken back"),
    "complaints.take_bundle": Text("相談員が資料を取り出した", "The counsellor took papers"),
    "complaints.close": Text("相談を終えた", "The consultation was ended"),
    "complaints.lapse": Text("本人の同意の期限が過ぎた", "The consumer's consent ran out"),
    "complaints.remind_consultation": Text("回答を催促した", "Staff were reminded to answer"),
}
COUNSELLOR_ACTS = {
    "complaints.invite": Text("相談員を招いた", "A counsellor was invited"),
    "complaints.send_link": Text("入るためのリンクを送った", "A link to come in was sent"),
    "complaints.come_in": Text("相談員が入った", "The counsellor came in"),
    "complaints.end_counsellor": Text("相談員の利用を終えた", "The counsellor may come in no more"),
}
CONSULTATION_CASE = CaseKind(
    code="complaints.consultation",
    title=Text("相談員からの相談", "consultation"),
    states={state.value: text for state, text in CONSULTATION.states.items()},
    topics={
        "consultation": Text("消費生活センターの相談員からの相談", "a consumer centre asks for a consumer")
    },
    attentions={"answer": Text("相談員に回答する", "answer the counsellor")},
)
declare(
    CONSULTATION_CASE,
    acts=CONSULTATION_ACTS | COUNSELLOR_ACTS,
    clocks={CONSENT_ENDS: CONSENT_ENDS_TITLE, COUNSELLOR_ANSWER.code: COUNSELLOR_ANSWER.title},
    staffs=[COUNSELLOR_ANSWER.code],
    nobodys=[CONSENT_ENDS],
)
