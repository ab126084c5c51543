"""What who asks and the seller decide about a request, each declared once."""

from __future__ import annotations

from collections.abc import Sequence

from mamori.grammar.hand import SELLERS, Role
from mamori.grammar.text import Text
from mamori.ground.market.facts import OrderFact
from mamori.ground.matters.decision import Decision
from mamori.rooms.disclosure import actions
from mamori.rooms.disclosure.queries.requests import InfoRequestShown

BUYER = (Role.BUYER,)
ASK = Decision[Sequence[OrderFact]](
    slug="asked",
    title=Text("出品者の情報の開示を請求する", "Ask for a seller's information"),
    lead=None,
    button=Text("請求を送る", "Send the request"),
    done={
        "ask": Text(
            "請求を受け付けました。受付番号をお控えください。",
            "We have your request. Please keep its number.",
        )
    },
    verb=actions.ask_information,
    key="order",
    roles=BUYER,
    is_there=lambda orders: True,
)
COMPLETE = Decision[InfoRequestShown](
    slug="complete",
    title=Text("書き足す・足りないものを送る", "Add to it, or send what is missing"),
    lead=None,
    button=Text("送る", "Send"),
    done={"complete": Text("受け取りました。続けて確かめます。", "We have it and go on.")},
    verb=actions.complete_request,
    key="request",
    roles=BUYER,
    is_there=lambda page: page.may_add,
)
WITHDRAW = Decision[InfoRequestShown](
    slug="withdraw",
    title=Text("開示請求を取り下げる", "Withdraw the request"),
    lead=Text("取り下げても、あとからもう一度請求できます。", "You can ask again later."),
    button=Text("取り下げる", "Withdraw"),
    done={"withdraw": Text("取り下げました。", "It was withdrawn.")},
    verb=actions.withdraw_request,
    key="request",
    roles=BUYER,
    is_there=lambda page: page.is_open,
)
OWN = {one.slug: one for one in (COMPLETE, WITHDRAW)}
CONFIRM = Decision[InfoRequestShown](
    slug="confirm",
    title=Text("登録のとおりで正しいと答える", "Say that it is right as it is registered"),
    lead=Text(
        "古いと書かれた項目のうち、確かめたら登録のとおりで正しかったものを選んでください。直すときは、通販サイトの登録を変えてください。",
        "Choose what you called outdated and found to be right as registered. To put something right, have your registration "
        "with the marketplace changed.",
    ),
    button=Text("正しいと答える", "It is right"),
    done={"confirm": Text("お答えを受け取りました。", "We have your answer.")},
    verb=actions.confirm_items,
    key="request",
    roles=SELLERS,
    is_there=lambda page: bool(page.to_confirm),
)
VIEW = Decision[InfoRequestShown](
    slug="view",
    title=Text("開示請求への意見", "Your view on the disclosure"),
    lead=Text(
        "ご意見をふまえて、運営者が法律の要件に当たるかを決めます。反対があっても、要件を満たせば開示することがあります。",
        "We take your view into account and decide by the requirements of the Act. Where they are met, we may disclose even "
        "though you object.",
    ),
    button=Text("意見を送る", "Send my view"),
    done={"state_view": Text("ご意見を受け取りました。", "We have your view.")},
    verb=actions.state_view,
    key="request",
    roles=SELLERS,
    is_there=lambda page: page.awaits_view,
)
