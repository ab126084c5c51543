"""What is recorded of this room, in words."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import CaseKind, declare
from mamori.law.calls import COMPLAINT_CALL
from mamori.law.complaints import COMPLAINT_DANGER, COMPLAINT_DECISION, ComplaintReason
from mamori.law.counselling import CONSENT_ENDS, CONSENT_ENDS_TITLE, COUNSELLOR_ANSWER
from mamori.rooms.complaints.lifecycle import COMPLAINT, CONSULTATION
from mamori.rooms.complaints.rules import HIDDEN_CLOCK

COMPLAINT_ACTS = {
    "complaints.report": Text("申し出を受け付けた", "A report was taken"),
    "complaints.add": Text("申し出に書き足された", "Something was added to a report"),
    "complaints.danger": Text("危険についての答えを受け付けた", "The questions about a danger were answered"),
    "complaints.leave_mail": Text("結果を知らせる先が書かれた", "It was said where to be told"),
    "complaints.confirm_mail": Text("知らせる先を確かめた", "Where to be told was confirmed"),
    "complaints.take_back": Text("申し出が取り下げられ、消された", "A report was taken back and erased"),
    "complaints.ask_again": Text("見直しが求められた", "Another look was asked for"),
    "complaints.alarm": Text("危険の知らせが入った", "Word of a danger came"),
    "complaints.read": Text("届いたものを読んだ", "What came was read"),
    "complaints.rule_out": Text("危険はないとした", "It was found that there is no danger"),
    "complaints.begin": Text("見始めた", "Somebody began to look at it"),
    "complaints.name": Text("お店を特定した", "It was found which shop it is"),
    "complaints.ask": Text("事実を尋ねた", "Somebody was asked what is so"),
    "complaints.hear": Text("返答がそろった", "Every answer is there"),
    "complaints.uphold": Text("取り上げた", "It was taken up"),
    "complaints.find_nothing": Text("取り上げないと決めた", "It was not taken up"),
    "complaints.find_outside": Text("範囲の外と決めた", "It was found outside our remit"),
    "complaints.find_gone": Text("すでになかったと決めた", "It was found gone already"),
    "complaints.keep": Text("見直して、結論を変えなかった", "Upon another look the outcome stands"),
    "complaints.tell": Text("結果を知らせた", "Who reported was told the outcome"),
    "complaints.remind": Text("期限が過ぎ、催促した", "Somebody was reminded"),
    "complaints.take": Text("電話・紙での申し出を受け付けた", "A report was taken by telephone or on paper"),
    "complaints.scan": Text("届いた紙が添えられた", "Papers were put to a report"),
    "complaints.line_up": Text("折り返しの電話をかけることになった", "Calls back became due"),
    "complaints.reach": Text("折り返しの電話で伝えた", "Who reported was called and told"),
    "complaints.miss": Text("折り返しの電話がつながらなかった", "A call back reached nobody"),
    "complaints.find_wrong": Text("折り返しの電話番号が違った", "The number to call back was wrong"),
    "complaints.end_calls": Text("折り返しの電話を終えた", "A call back was ended"),
    "complaints.remind_call": Text("折り返しの電話を催促した", "Somebody was reminded of a call back"),
}
SHEET_ACTS = {
    "complaints.ring": Text("電話がかかってきた", "A call came in"),
    "complaints.look_up": Text(
        "受付票を開き、同じ番号の申し出を調べた", "A sheet was opened and the number looked up"
    ),
}
CARE_ACTS = {
    "complaints.flag": Text("カスハラを記録した", "Abuse was noted"),
    "complaints.care": Text("責任者が対応した", "A lead saw to who bore it"),
}
COMPLAINT_CASE = CaseKind(
    code="complaints.complaint",
    title=Text("申し出", "report"),
    states={state.value: text for state, text in COMPLAINT.states.items()},
    topics={f"report-{one.value}": one.text for one in ComplaintReason},
    attentions={
        "danger": Text("危険：非表示・結論・危険なしのどれもまだ", "a danger that stands"),
        "unread": Text("危険の知らせ：まだだれも読んでいない", "word of a danger that nobody has read"),
        "begin": Text("見始める", "begin to look at it"),
        "decide": Text("結論を出す", "decide it"),
        "look-again": Text("別の人が見直す", "another person is to look again"),
    },
)
declare(
    COMPLAINT_CASE,
    acts=COMPLAINT_ACTS | SHEET_ACTS | CARE_ACTS,
    clocks={HIDDEN_CLOCK: Text("非表示の商品の見直し", "a look at goods that are hidden")},
    often=[f"complaints.{verb}" for verb in ("report", "add", "danger", "leave_mail", "confirm_mail")],
    staffs=[one.code for one in (COMPLAINT_DANGER, COMPLAINT_DECISION, COMPLAINT_CALL)],
    nobodys=[HIDDEN_CLOCK],
)


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
    clocks={CONSENT_ENDS: CONSENT_ENDS_TITLE},
    staffs=[COUNSELLOR_ANSWER.code],
    nobodys=[CONSENT_ENDS],
)
