"""How displays, their contacts, requests for omitted items and hidden businesses are dealt with, for the handbook."""

from __future__ import annotations

from mamori.grammar.procedure import Procedure, ProcedureTable
from mamori.grammar.text import Text
from mamori.ground.declared.fields import declare_procedures
from mamori.law import deadlines
from mamori.law.display import (
    DISPLAY_FREE_MAIL,
    DISPLAY_HINDERS,
    DISPLAY_PROOFS,
    DISPLAY_REQUIRED,
    ITEMS,
    UNLESS_SPECIAL,
    DisplayItem,
)
from mamori.law.hidden import HIDDEN_DEADLINES, HIDDEN_SETTINGS
from mamori.rooms.display import notices
from mamori.rooms.display.hidden import views as hidden
from mamori.rooms.display.lifecycle import DISPLAY, DOUBT, PROOF, REQUEST
from mamori.rooms.display.proofs import views as proofs
from mamori.rooms.display.requests import views as requests

_YES, _NO = Text("できる", "yes"), Text("—", "–")
SHOWN = ProcedureTable(
    title=Text("表示する事項", "What has to be shown"),
    heads=(
        Text("事項", "item"),
        Text("書き方", "how"),
        Text("根拠", "source"),
        Text("請求時の開示に替える（条件つき）", "may be given on request (on conditions)"),
    ),
    rows=tuple(
        (
            one.text,
            one.help,
            one.citation.text,
            (UNLESS_SPECIAL if item is DisplayItem.RETURNS else _YES) if one.omittable else _NO,
        )
        for item, one in ITEMS.items()
    ),
)
PROCEDURES = (
    Procedure(
        code="display",
        room="display",
        title=Text("特定商取引法に基づく表示を確かめる", "The display that the law asks of sellers"),
        lead=Text(
            "出品者が表示を書いたとき、または欠けているとき。機械が確かめ、直すところを知らせ、期限までに直らなければ疑いとして記録します。",
            "A seller writes its display, or lacks it. It is checked, what is to be mended is told, and what is not mended in "
            "time "
            "becomes a finding.",
        ),
        examples=(
            Text(
                "住所が番地まで書かれていなかった。知らせを受けた出品者が直し、確かめ直して終えた。",
                "An address had no house number. The seller was told, mended it, and it was checked again.",
            ),
        ),
        lifecycles=(DISPLAY,),
        deadlines=(deadlines.DISPLAY_MENDING, deadlines.DISPLAY_NOTICE),
        notices=(notices.LACKING, notices.MISSED, notices.ASKED),
        tables=(SHOWN,),
        serves=("display", "P01"),
        settings=(DISPLAY_FREE_MAIL, DISPLAY_HINDERS, DISPLAY_REQUIRED),
    ),
    Procedure(
        code="proof",
        room="display",
        title=Text("連絡先に届くかを確かめる", "Whether contacts reach anybody"),
        lead=Text(
            "表示されたメールやフォームには確認コードを送り、出品者が入れます。電話は担当者がかけ、出品者が自分の画面の確認コードを読み上げます。",
            "A code goes to the mailbox or form that a seller shows, and the seller enters it. By telephone staff call, and "
            "the seller reads out the code on its page.",
        ),
        examples=(
            Text(
                "「電話がつながらない」と購入者から知らせがあった。窓口が電話し、つながらないので確かめ直しを求めた。",
                "A buyer said that nobody answers. The centre called, was not answered either, and asked for a new proof.",
            ),
        ),
        lifecycles=(PROOF,),
        decisions=(*proofs.OWN, proofs.CALL, proofs.TRY_FORM, proofs.ASK),
        deadlines=(
            deadlines.DISPLAY_PROOF,
            deadlines.DISPLAY_QUESTION,
            deadlines.DISPLAY_RENEWAL,
            deadlines.DISPLAY_LOOK,
        ),
        notices=(
            notices.PROOF_ASKED,
            notices.PROOF_CODE,
            notices.FORM_SENT,
            notices.PROOF_QUESTIONED,
            notices.PROOF_MISSED,
        ),
        serves=("display", "P02"),
        settings=(DISPLAY_PROOFS,),
    ),
    Procedure(
        code="items",
        room="display",
        title=Text("省略された事項の請求", "Requests for items left out"),
        lead=Text(
            "購入者が、表示から省略された事項を請求したとき。出品者が期限までに知らせなければ、窓口が求めます。",
            "A buyer asks for what a display leaves out. Where the seller does not give it in time, the centre asks for it.",
        ),
        examples=(
            Text(
                "住所を請求された出品者が窓口に相談した。窓口は、知らせる必要があると答えた。",
                "A seller that was asked for its address turned to the centre, which answered that it has to be given.",
            ),
        ),
        lifecycles=(REQUEST,),
        decisions=(requests.ASK_ITEMS, *requests.OWN_REQUESTS, *requests.OF_REQUESTS),
        deadlines=(deadlines.DISPLAY_REQUEST,),
        notices=(
            notices.REQUESTED,
            notices.GIVEN,
            notices.INSISTED,
            notices.NEED_NOT_GIVE,
            notices.REQUEST_MISSED,
            notices.ANSWERED,
            notices.ANSWER_MISSED,
            notices.EXCUSED,
        ),
        serves=("display", "P01"),
    ),
    Procedure(
        code="hidden",
        room="display",
        title=Text("個人か事業者か", "A private seller, or a business"),
        lead=Text(
            "個人として出品する人が、事業者に当たるかもしれないとき。本人に尋ね、責任者か法務が判断します。機械だけで決めることはありません。",
            "Somebody who sells privately may be a business. The person is asked, and a lead or counsel concludes; no machine "
            "does.",
        ),
        examples=(
            Text(
                "新品を月に百点売る人に尋ねたところ、家財の整理だった。そのままにした。",
                "Somebody sold a hundred new things in a month. Asked, it was clearing a home, and nothing was done.",
            ),
        ),
        lifecycles=(DOUBT,),
        decisions=(*hidden.DOUBTED, hidden.ANSWER_STANDING),
        deadlines=HIDDEN_DEADLINES,
        notices=(notices.DOUBT_ASKED, notices.CONCLUDED_BUSINESS, notices.CONCLUDED_OTHER),
        serves=("display", "P01"),
        settings=HIDDEN_SETTINGS,
    ),
)
declare_procedures(*PROCEDURES)
