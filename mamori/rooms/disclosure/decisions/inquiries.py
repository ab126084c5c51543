"""What leads and counsel decide about an inquiry, each declared once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.disclosure import actions
from mamori.rooms.disclosure.lifecycle import DECIDERS, InquiryState
from mamori.rooms.disclosure.queries.inquiries import InquiryShown
from mamori.rooms.disclosure.rules.inquiries import BY_OTHERS, deciders_of

PROPOSED = Text("提案しました。別の人の確認を待ちます。", "It was proposed. Another person has to agree.")
REFUSED = Text("渡さないと決めました。", "It was decided to give nothing.")
PASSED = Text("回したと記録しました。", "It was passed on.")


def _others(page: InquiryShown) -> Text | None:
    return None if page.is_mine else BY_OTHERS.fill(roles=deciders_of(page.kind))


def _cannot_offer(page: InquiryShown) -> Text | None:
    return _others(page) or page.before


def _cannot_agree(page: InquiryShown) -> Text | None:
    return None if page.may_agree else actions.InquiryNeedsAnother.text


def _decision(
    slug: str,
    title: Text,
    done: dict[str, Text],
    verb: Callable[..., object],
    *states: InquiryState,
    **told: Any,
) -> Decision[InquiryShown]:
    there: Callable[[InquiryShown], bool] = told.pop("is_there", lambda page: True)
    return Decision(
        slug=slug,
        title=title,
        lead=told.pop("lead", None),
        button=title,
        done=done,
        verb=verb,
        key="inquiry",
        roles=DECIDERS,
        is_there=lambda page: page.state in states and there(page),
        **told,
    )


ENTER = Decision[None](
    slug="entered",
    title=Text("届いた照会を記録する", "Enter an inquiry that came"),
    lead=Text(
        "根拠がわからないときは、いちばん近いものを選び、内容の欄に書いてください。記録しただけでは、だれにも知らされません。"
        "終わるまで、対象の人の消去は止まります。",
        "Where the ground is unclear choose the nearest and say so below. Entering it tells nobody. Whom it is about is not "
        "erased until it is over.",
    ),
    button=Text("記録する", "Enter it"),
    done={
        "enter": Text("記録しました。一覧のいちばん上にあります。", "It was entered, at the top of the list.")
    },
    verb=actions.enter_inquiry,
    key="told",
    roles=DECIDERS,
    is_there=lambda page: True,
)
CORRECT = _decision(
    "correct",
    Text("記録を直す", "Correct what was entered"),
    {"correct": Text("直しました。", "It was corrected.")},
    actions.correct_inquiry,
    InquiryState.ENTERED,
    closed=_others,
)
SEE = _decision(
    "see",
    Text("先にすることを済ませたと記録する", "Note that what comes first was seen to"),
    {"see": Text("記録しました。", "It was noted.")},
    actions.see_first,
    InquiryState.ENTERED,
    is_there=lambda page: page.rule.first is not None and not page.is_seen,
)
OFFER = _decision(
    "offer",
    Text("渡すことを提案する", "Propose to give"),
    {"offer": PROPOSED},
    actions.offer_inquiry,
    InquiryState.ENTERED,
    closed=_cannot_offer,
)
REFUSE = _decision(
    "refuse",
    Text("渡さない", "Give nothing"),
    {"refuse": REFUSED, "propose_refusal": PROPOSED},
    actions.refuse_inquiry,
    InquiryState.ENTERED,
    lead=Text(
        "強制の求めでは提案になり、別の人の確認を待ちます。",
        "Where it is compulsory another person has to agree.",
    ),
    closed=_others,
)
PASS = _decision(
    "pass",
    Text("ほかの手続きに回す", "Pass it on"),
    {"pass_on": PASSED, "propose_passing": PROPOSED},
    actions.pass_inquiry,
    InquiryState.ENTERED,
    lead=Text(
        "消去の停止、購入者の開示請求、権利者の申出などに当たるとき。強制の求めでは提案になり、別の人の確認を待ちます。",
        "A hold, a buyer's request, a notice of rights. Where it is compulsory another person has to agree.",
    ),
    closed=_others,
)
AGREE = _decision(
    "agree",
    Text("提案に同意する", "Agree to what is proposed"),
    {
        "give": Text(
            "渡すと決めました。渡したら記録してください。",
            "It was decided to give it: note when it was handed over.",
        ),
        "obey_alone": Text(
            "一人で渡すと決めました。記録に残ります。", "You decided alone to give it, which is kept."
        ),
        "refuse": REFUSED,
        "pass_on": PASSED,
    },
    actions.agree_inquiry,
    InquiryState.WAITING,
    closed=_cannot_agree,
    step_up=True,
)
BACK = _decision(
    "back",
    Text("提案・決定を戻す", "Send it back"),
    {"take_back": Text("戻しました。", "It was sent back.")},
    actions.take_back_inquiry,
    InquiryState.WAITING,
    InquiryState.DECIDED,
)
HAND_OVER = _decision(
    "handover",
    Text("渡した・したと記録する", "Note that it was handed over or done"),
    {"hand_over": Text("記録し、照会を終えました。", "It was noted, and the inquiry is over.")},
    actions.hand_over_inquiry,
    InquiryState.DECIDED,
)
DECISIONS = (SEE, OFFER, REFUSE, PASS, CORRECT, AGREE, HAND_OVER, BACK)
BY_SLUG = {one.slug: one for one in DECISIONS}
