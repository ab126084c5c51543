"""What this room's cases, acts and clocks are called."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import CaseKind, declare
from mamori.law.article5 import DISCLOSURE_DECISION, DISCLOSURE_RECEIPT
from mamori.law.inquiries import INQUIRY_ANSWER
from mamori.rooms.disclosure.lifecycle import REQUEST

TITLE = Text("販売業者等情報の開示請求", "request for a seller's information")
ACTS = {
    "disclosure.ask": Text("開示請求があった", "A seller's information was asked for"),
    "disclosure.enter": Text("届いた開示請求を記録した", "A request that came by letter or mail was entered"),
    "disclosure.begin": Text("要件を確かめ始めた", "The requirements are looked at"),
    "disclosure.ask_more": Text("足りないものをお願いした", "What is missing was asked for"),
    "disclosure.complete": Text("足りないもの・追加が届いた", "Something more came from who asks"),
    "disclosure.miss_completion": Text(
        "足りないものが期限までに届かなかった", "It was not completed in time"
    ),
    "disclosure.note": Text("確かめたことを記録した", "What was seen was noted"),
    "disclosure.flag": Text("注意するしるしを付けた", "A sign was noted that leads to counsel"),
    "disclosure.weigh": Text("要件について判断した", "An element was weighed"),
    "disclosure.doubt": Text("要件に疑問を記録した", "An element was marked doubtful"),
    "disclosure.ask_view": Text("出品者に意見を求めた", "The seller was asked for its view"),
    "disclosure.try": Text("出品者への連絡を試みた", "Somebody tried to reach the seller"),
    "disclosure.state_view": Text("出品者が意見を述べた", "The seller stated its view"),
    "disclosure.confirm": Text(
        "古いと言った項目を、出品者が確かめた", "The seller confirmed what it had called outdated"
    ),
    "disclosure.end_correction": Text(
        "古いと言われた項目の期限が過ぎた", "The time to put right what was called outdated was over"
    ),
    "disclosure.end_hearing": Text("意見の期限が過ぎた", "The time for a view was over"),
    "disclosure.find_unreachable": Text(
        "出品者に連絡がとれないと判断した", "It was found that the seller cannot be reached"
    ),
    "disclosure.propose": Text("開示を提案した", "A disclosure was proposed"),
    "disclosure.propose_refusal": Text("開示しないことを提案した", "A refusal was proposed"),
    "disclosure.send_back": Text("提案を戻した", "The proposal was sent back"),
    "disclosure.disclose": Text("開示した", "The seller's information was disclosed"),
    "disclosure.disclose_partly": Text("一部を開示した", "A part was disclosed"),
    "disclosure.refuse": Text("開示しないと決めた", "It was refused"),
    "disclosure.give": Text("開示した内容を渡した", "What was disclosed was handed over"),
    "disclosure.send": Text("決定を書面で送った", "The decision was sent by letter"),
    "disclosure.withdraw": Text("請求が取り下げられた", "It was withdrawn"),
    "disclosure.close": Text("当事者がいなくなり、請求を終えた", "It ended with one of its parties"),
    "disclosure.inquiry": Text("照会を扱った", "An inquiry was dealt with"),
    "disclosure.remind": Text("期限が過ぎ、催促した", "Somebody was reminded"),
}
MEASURE_ACTS = {
    "disclosure.edition_draft": Text("公表版を作った", "An edition was drafted"),
    "disclosure.edition_release": Text("公表版を出した", "An edition was released"),
    "disclosure.edition_drop": Text("公表版を取りやめた", "A draft of an edition was given up"),
    "disclosure.answer_propose": Text("取組みについての答えを書いた", "An answer on a practice was proposed"),
    "disclosure.answer_publish": Text(
        "取組みについての答えを公表した", "An answer on a practice was published"
    ),
    "disclosure.answer_replace": Text("取組みについての答えが新しい答えに替わった", "An answer was replaced"),
    "disclosure.answer_drop": Text(
        "取組みについての答えを取りやめた", "An answer on a practice was given up"
    ),
    "disclosure.answer_withdraw": Text("取組みについての答えの公表をやめた", "An answer was taken back"),
    "disclosure.handbook_note": Text("手順の新しい版を残した", "A new version of a procedure was kept"),
    "disclosure.handbook_words": Text("手順に書き足した", "The operator added to a procedure"),
    "disclosure.handbook_read": Text("手順を読んだ", "A procedure was read"),
    "disclosure.jomc_look": Text("JOMCのページを見た", "The page of JOMC was looked at"),
    "disclosure.jomc_remind": Text(
        "JOMCのページを見るよう知らせた", "Staff were asked to look at the page of JOMC"
    ),
}
"""What is done about what everybody is told."""
INQUIRY_ACTS = {
    "enter": Text("照会を記録した", "An inquiry was entered"),
    "correct": Text("記録を直した", "What was entered was corrected"),
    "see": Text("先にすることを済ませた", "What comes first was seen to"),
    "offer": Text("渡すことを提案した", "It was proposed to give something"),
    "propose_refusal": Text("渡さないことを提案した", "It was proposed to give nothing"),
    "propose_passing": Text("ほかの手続きに回すことを提案した", "It was proposed to pass it on"),
    "take_back": Text("提案・決定を戻した", "The proposal or decision was sent back"),
    "give": Text("渡すと決めた", "It was decided to give"),
    "obey_alone": Text("ほかに人がなく、一人で渡すと決めた", "Nobody else being there, one decided to give"),
    "hand_over": Text("渡した", "It was handed over"),
    "refuse": Text("渡さないと決めた", "It was decided to give nothing"),
    "pass_on": Text("ほかの手続きに回した", "It was passed on"),
    "remind": Text("期限が過ぎ、催促した", "Somebody was reminded"),
}
"""What the one kind of act about inquiries did: it lies sealed in the act, as receipts name kinds to everybody."""
REQUEST_CASE = CaseKind(
    code="disclosure.request",
    title=TITLE,
    states={state.value: text for state, text in REQUEST.states.items()},
    topics={"disclosure": TITLE},
    attentions={
        "begin": Text("確かめ始める", "begin to look at it"),
        "examine": Text("要件を確かめる", "weigh its elements"),
        "decide": Text("開示するかを決める", "decide whether to disclose"),
        "agree": Text("もう一人の確認が必要", "a second person has to agree"),
        "overdue": Text("期限が過ぎている", "it is overdue"),
        "not-completed": Text("足りないものが届いていない", "it was not completed in time"),
        "added": Text("請求した人が書き足した", "who asks has added something"),
        "view": Text("出品者の意見を読む", "the seller's view has to be read"),
        "doubted": Text(
            "疑問の記録された要件を判断する", "an element that was marked doubtful has to be weighed"
        ),
        "outdated": Text(
            "古いと言われた項目を開示するか判断する", "an item that was called outdated has to be weighed"
        ),
    },
)
declare(
    REQUEST_CASE,
    acts=ACTS | MEASURE_ACTS,
    staffs=[one.code for one in (DISCLOSURE_RECEIPT, DISCLOSURE_DECISION, INQUIRY_ANSWER)],
)
