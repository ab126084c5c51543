"""What is recorded of this room, in words."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import declare
from mamori.law.complaints import COMPLAINT_DANGER, COMPLAINT_DECISION

COMPLAINT_ACTS = {
    "complaints.report": Text("申し出を受け付けた", "A report was taken"),
    "complaints.add": Text("申し出に書き足された", "Something was added to a report"),
    "complaints.danger": Text("危険についての答えを受け付けた", "The questions about a danger were answered"),
    "complaints.leave_mail": Text("結果を知らせる先が書かれた", "It was said where to be told"),
    "complaints.confirm_mail": Text("知らせる先を確かめた", "Where to be told was confirmed"),
    "complaints.ask_again": Text("見直しが求められた", "Another look was asked for"),
    "complaints.begin": Text("見始めた", "Somebody began to look at it"),
    "complaints.ask": Text("事実を照会した", "Somebody was asked what is so"),
    "complaints.hear": Text("返答がそろった", "Every answer is there"),
    "complaints.uphold": Text("取り上げた", "It was taken up"),
    "complaints.find_nothing": Text("取り上げないと決めた", "It was not taken up"),
    "complaints.find_outside": Text("範囲の外と決めた", "It was found outside our remit"),
    "complaints.find_gone": Text("すでになかったと決めた", "It was found gone already"),
    "complaints.keep": Text("見直して、結論を変えなかった", "Upon another look the outcome stands"),
    "complaints.tell": Text("結果を知らせた", "Who reported was told the outcome"),
    "complaints.remind": Text("期限が過ぎ、催促した", "Somebody was reminded"),
}
declare(
    acts=COMPLAINT_ACTS,
    clocks={one.code: one.title for one in (COMPLAINT_DANGER, COMPLAINT_DECISION)},
)
