"""What leads and counsel decide about an inquiry, each declared once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.disclosure import actions
from mamori.rooms.disclosure.lifecycle import DECIDERS, InquiryState
from mamori.rooms.disclosure.queries.inquiries import InquiryShown

NOTHING_WITHIN = Text(
    "この根拠で渡せるものが、求められたものの中にありません。",
    "Nothing of what is asked for may be given on this ground.",
)


def _decision(
    slug: str,
    title: Text,
    done: dict[str, Text],
    verb: Callable[..., object],
    state: InquiryState,
    **told: Any,
) -> Decision[InquiryShown]:
    return Decision(
        slug=slug,
        title=title,
        lead=told.pop("lead", None),
        button=title,
        done=done,
        verb=verb,
        key="inquiry",
        roles=DECIDERS,
        is_there=lambda page: page.state is state,
        **told,
    )


ENTER = Decision[None](
    slug="entered",
    title=Text("届いた照会を記録する", "Enter an inquiry that came"),
    lead=Text(
        "根拠がわからないときは、いちばん近いものを選び、内容の欄に書いてください。記録しただけでは、だれにも知らされません。",
        "Where the ground is unclear choose the nearest and say so below. Entering it tells nobody.",
    ),
    button=Text("記録する", "Enter it"),
    done={
        "enter_inquiry": Text(
            "記録しました。一覧のいちばん上にあります。", "It was entered, at the top of the list."
        )
    },
    verb=actions.enter_inquiry,
    key="kind",
    roles=DECIDERS,
    is_there=lambda page: True,
)
OFFER = _decision(
    "offer",
    Text("渡すことを提案する", "Propose to give"),
    {
        "offer": Text(
            "提案しました。別の人の確認を待ちます。", "It was proposed. Another person has to agree."
        )
    },
    actions.offer_inquiry,
    InquiryState.ENTERED,
    closed=lambda page: None if page.within else NOTHING_WITHIN,
)
REFUSE = _decision(
    "refuse",
    Text("渡さないと決める", "Give nothing"),
    {"refuse_inquiry": Text("渡さないと決めました。", "It was decided to give nothing.")},
    actions.refuse_inquiry,
    InquiryState.ENTERED,
    lead=Text(
        "答えの文は、この種類の照会について決めてあるものです。",
        "The answer is the declared one of this kind.",
    ),
)
PASS = _decision(
    "pass",
    Text("ほかの手続きに回す", "Pass it on"),
    {"pass_on": Text("回したと記録しました。", "It was passed on.")},
    actions.pass_inquiry,
    InquiryState.ENTERED,
    lead=Text(
        "保全、購入者の開示請求、権利者の申出などに当たるとき。",
        "A hold, a buyer's request, a notice of rights.",
    ),
)
AGREE = _decision(
    "agree",
    Text("提案に同意し、渡す", "Agree and give"),
    {"give_inquiry": Text("渡すと決めました。", "It was decided to give it.")},
    actions.agree_inquiry,
    InquiryState.WAITING,
    step_up=True,
)
BACK = _decision(
    "back",
    Text("提案を戻す", "Send the proposal back"),
    {"take_back": Text("提案を戻しました。", "It was sent back.")},
    actions.take_back_inquiry,
    InquiryState.WAITING,
)
DECISIONS = (OFFER, REFUSE, PASS, AGREE, BACK)
BY_SLUG = {one.slug: one for one in DECISIONS}
