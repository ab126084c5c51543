"""What is recorded of clarifications, in words."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import declare
from mamori.law.clarifications import CLARIFICATION_DEADLINES

CLARIFICATION_ACTS = {
    "enforcement.clarify": Text("事実を尋ねた", "Somebody was asked what is so"),
    "enforcement.remind_clarification": Text(
        "返答の催促の時が来た", "It was time to remind whoever was asked"
    ),
    "enforcement.answer_clarification": Text("返答があった", "An answer came"),
    "enforcement.enter_answer": Text("届いた返答を書き入れた", "An answer that came otherwise was entered"),
    "enforcement.lapse_clarification": Text("期限までに返答がなかった", "No answer came in time"),
    "enforcement.withdraw_clarification": Text("事実確認を取りやめた", "The question was withdrawn"),
}
declare(acts=CLARIFICATION_ACTS, clocks={one.code: one.title for one in CLARIFICATION_DEADLINES})
