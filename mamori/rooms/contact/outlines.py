"""What this room does for those who buy, as everybody reads it."""

from __future__ import annotations

from mamori.grammar.outline import Outline
from mamori.grammar.text import Text
from mamori.law import shown
from mamori.law.deadlines import ANSWER, QUESTION_ANSWER, REMEDY_DECISION, RESOLUTION, RETURN_SENDING
from mamori.law.settings import CALL_TRIES, REMEDY_CEILING, REMEDY_DAYS, RETURNS_ON

OUTLINES = (
    Outline(
        practice="P03",
        does=Text(
            "商品・配送・返品のことを、このサイトの画面から出品者に尋ねられます。あなたのメールアドレスや電話番号は出品者に伝わりません。"
            "購入前の質問には{question}、注文についての困りごとには{answer}を、出品者の回答の期限にしています（土日祝日などの休業日は数えません）。",
            "You ask a seller about goods, shipping and returns on these pages; your mail address and telephone number are not "
            "given to it. A seller's answer is due within {question} for a question before purchase and {answer} for a trouble "
            "with an order, closed days such as weekends and holidays not counted.",
        ),
        fills={"question": QUESTION_ANSWER, "answer": ANSWER},
        figures=(shown.QUESTIONS.code, shown.ANSWERS.code, shown.ANSWERED.code, shown.FORMAL_NOTICES.code),
        to="/ask/",
    ),
    Outline(
        practice="P04",
        does=Text(
            "出品者が期限までに回答しないとき、または、あなたが求めたとき、相談窓口の担当者が間に入ります。双方の話を聞き、解決の案を示し、"
            "約束が果たされるまで見届けます。費用はかかりません。",
            "Where the seller does not answer in time, or when you ask for it, somebody of the centre steps in: hears both "
            "sides, proposes a solution, and stays with it until what was agreed is done. It costs you nothing.",
        ),
        figures=(shown.MEDIATED.code, shown.AGREEMENTS.code, shown.AGREEMENTS_KEPT.code),
        to="/report/",
    ),
    Outline(
        practice="P05",
        does=Text(
            "回答の期限が近づくと、出品者にメールや画面で催促します。回答がなければ、人に危険があるもの、被害の大きいものから順に電話します。"
            "つながらないときは{tries}回までかけ、それでもつながらなければ責任者が次の手を決めます。",
            "As the time for an answer comes near, the seller is reminded by mail and on its pages. Where none comes it is "
            "called, dangers and great losses first: up to {tries} times where nobody is reached, after which a lead decides "
            "what comes next.",
        ),
        fills={"tries": CALL_TRIES},
        figures=(shown.PROMISES.code, shown.PROMISES_KEPT.code),
    ),
    Outline(
        practice="P06",
        does=Text(
            "困りごとを伝えてから{resolution}以内の解決を目指します（土日祝日などの休業日は数えません）。",
            "We aim at a solution within {resolution} of your first inquiry, closed days such as weekends and holidays not "
            "counted.",
        ),
        also=(
            (
                REMEDY_CEILING,
                Text(
                    "過ぎたときは、{decision}以内に、出品者に代わる返金をするかどうかを判断します。",
                    "Where that is missed, somebody decides within {decision} whether to refund in the seller's place.",
                ),
            ),
        ),
        fills={"resolution": RESOLUTION, "decision": REMEDY_DECISION},
        figures=(
            shown.TROUBLES.code,
            shown.RESOLVED.code,
            shown.SOLUTION_MEDIAN.code,
            shown.SOLUTION_P95.code,
        ),
        to="/report/",
    ),
    Outline(
        practice="P07",
        does=Text(
            "出品者がきちんと応じないとき、運営者が出品者に代わって返金（立替返金）することがあります。注文から{days}日以内にこの窓口に伝えられたものが対象で、"
            "1件{ceiling}円が上限です。件ごとに担当者が判断し、断るときは理由をお知らせします。",
            "Where a seller does not do its part, we may refund in its place: for orders reported within {days} days, up to "
            "{ceiling} yen each. Somebody decides on each one, and says why where it is declined.",
        ),
        fills={"days": REMEDY_DAYS, "ceiling": REMEDY_CEILING, "sending": RETURN_SENDING},
        figures=(shown.REFUNDS.code, shown.MONEY_BACK_MEDIAN.code, shown.MONEY_BACK_P95.code),
        switch=REMEDY_CEILING,
        also=(
            (
                RETURNS_ON,
                Text(
                    "商品を返す必要があるときは、送り先と送り方を運営者が手配し、{sending}以内に送っていただきます。",
                    "Where goods have to go back, we arrange where and how; you send them within {sending}.",
                ),
            ),
        ),
        to="/report/",
    ),
    Outline(
        practice="P08",
        does=Text(
            "購入の前でも後でも、画面と電話で相談を受けます。電話では、画面を使わなくても担当者が代わりに困りごとを書き、読み上げて確かめます。",
            "The centre takes what troubles you, before and after a purchase, on these pages and by telephone. On the telephone "
            "somebody writes it down for you and reads it back; you need no page.",
        ),
    ),
)
