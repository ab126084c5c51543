"""What is done about what a display leaves out, as data: it is asked for, answered, referred, insisted on, excused."""

from __future__ import annotations

from mamori.grammar.hand import SELLERS, STAFF, Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.display import actions
from mamori.rooms.display.queries.requests import Askable, RequestShown

ASK_ITEMS: Decision[Askable] = Decision(
    slug="ask-items",
    title=Text("表示に省略された事項を請求する", "Ask for what the display leaves out"),
    lead=Text(
        "運営者が登録で知っている事項は、すぐにお見せします。そのほかは、出品者が期限までにお答えします。お名前は出品者に伝わりません。",
        "What the marketplace holds is shown at once; the rest the seller answers in time. It is not told who you are.",
    ),
    button=Text("請求する", "Ask"),
    done={"request": Text("請求しました。", "You have asked.")},
    verb=actions.ask_items,
    key="seller_ref",
    roles=(Role.BUYER,),
    is_there=lambda page: True,
)
ANSWER: Decision[RequestShown] = Decision(
    slug="answer",
    title=Text("請求された事項を知らせる", "Give what was asked for"),
    lead=Text(
        "書いたことは、請求した購入者が読みます。支払いや返品などの条件は、同じ表示のあいだに請求したほかの人にも知らせます。"
        "氏名や連絡先は、ほかの人には知らせません。だれが請求したかは、お見せしていません。",
        "The buyer who asked reads it. Terms, as of payment or returns, are given to others who ask while you show the same; who "
        "and where you are is not. You are not told who asks.",
    ),
    button=Text("知らせる", "Give it"),
    done={"answer_request": Text("購入者に知らせました。", "The buyer has it now.")},
    verb=actions.answer_request,
    key="request",
    roles=SELLERS,
    is_there=lambda page: page.is_owed or page.is_referred,
)
REFER: Decision[RequestShown] = Decision(
    slug="refer",
    title=Text("知らせられないので運営者に相談する", "Ask the marketplace first"),
    lead=Text(
        "つきまといのおそれがあるなど、知らせると困るときに使います。運営者が見るまで、期限は止まります。",
        "For when it would harm you, as where somebody follows you. Your time stands still until the marketplace has looked.",
    ),
    button=Text("運営者に見てもらう", "Let the marketplace look"),
    done={
        "refer_request": Text(
            "運営者が見ています。結果をお知らせします。", "The marketplace looks at it and will tell you."
        )
    },
    verb=actions.refer_request,
    key="request",
    roles=SELLERS,
    is_there=lambda page: page.is_owed and not page.reason,
)
OWN_REQUESTS = (ANSWER, REFER)
INSIST: Decision[RequestShown] = Decision(
    slug="insist",
    title=Text("知らせるように求める", "Have the seller give it"),
    lead=Text(
        "出品者に、あらためて期限を決めて、知らせるように求めます。",
        "The seller is asked to give it; its time begins anew.",
    ),
    button=Text("求める", "Ask the seller"),
    done={"insist_request": Text("出品者に求めました。", "The seller is asked.")},
    verb=actions.insist_request,
    key="request",
    roles=tuple(STAFF),
    is_there=lambda page: page.is_referred,
)
EXCUSE: Decision[RequestShown] = Decision(
    slug="excuse",
    title=Text("知らせなくてよいとする", "Let the seller not give it"),
    lead=Text(
        "法律は、請求されたら遅滞なく知らせるよう求めています。購入者には、相談窓口から連絡できることを伝えます。",
        "The law has it given without delay. The buyer is told that the centre takes messages to the shop.",
    ),
    button=Text("知らせなくてよいとする", "Let it not be given"),
    done={"excuse_request": Text("双方に知らせました。", "Both are told.")},
    verb=actions.excuse_request,
    key="request",
    roles=(Role.LEAD, Role.COUNSEL),
    is_there=lambda page: page.is_referred,
)
OF_REQUESTS = (INSIST, EXCUSE)
