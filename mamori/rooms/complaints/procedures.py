"""How reports are dealt with, for the handbook."""

from __future__ import annotations

from mamori.grammar.procedure import Procedure, ProcedureTable
from mamori.grammar.text import Text
from mamori.ground.declared.procedures import declare_procedures
from mamori.law.complaints import COMPLAINT_DEADLINES, COMPLAINT_REASONS, COMPLAINT_WISH_DAYS
from mamori.rooms.complaints import notices
from mamori.rooms.complaints.decisions import public, staff
from mamori.rooms.complaints.lifecycle import COMPLAINT

NO_BREACH = Text("なし（違反の疑いは開かない）", "none: no finding is opened")
PROCEDURES = (
    Procedure(
        code="complaint",
        room="complaints",
        title=Text("だれでもできる申し出", "Reports by anybody"),
        lead=Text(
            "商品・お店・レビュー・通販サイトそのものについて、だれかが知らせたとき。同じ対象・同じ理由のものは一つの申し出にまとまります。"
            "危険は何より先に見ます。お店が読むものには、担当者が確かめたことだけを自分の言葉で書きます。",
            "Somebody reports goods, a shop, a review or the marketplace itself. What is about the same thing for the same "
            "reason is one matter. Dangers go first. What the shop reads is what staff found, in their own words.",
        ),
        examples=(
            Text(
                "充電器が発火したとの知らせが夜に届き、4時間以内に見始め、違反の疑いとして取り上げた。知らせた人には、取り上げたことだけを伝えた。",
                "A charger was reported at night to have caught fire. Somebody looked at it within hours and took it up as a "
                "finding; who reported was told that, and no more.",
            ),
            Text(
                "偽物だという知らせを取り上げなかったが、見直しを求められ、別の担当者が見直して取り上げた。",
                "A report of a counterfeit was not taken up; upon the wish for another look another person took it up.",
            ),
        ),
        lifecycles=(COMPLAINT,),
        decisions=(public.REPORT, *public.DECISIONS, *staff.DECISIONS),
        deadlines=COMPLAINT_DEADLINES,
        notices=notices.TEMPLATES,
        tables=(
            ProcedureTable(
                title=Text("理由と、違反の疑い", "Reasons, and what they may become"),
                heads=(Text("理由", "reason"), Text("違反の疑い", "finding")),
                rows=tuple(
                    (rule.text, rule.breach.title if rule.breach else NO_BREACH)
                    for rule in COMPLAINT_REASONS.values()
                ),
            ),
        ),
        serves=("complaints", "P09"),
        settings=(COMPLAINT_WISH_DAYS,),
    ),
)
declare_procedures(*PROCEDURES)
