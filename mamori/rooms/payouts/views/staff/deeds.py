"""What leads and counsel do about money that waits: it stays, it is proposed to be paid, it comes to its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse

from mamori.grammar.hand import Hand, Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.signing import choices
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.payouts import actions
from mamori.rooms.payouts.queries.payouts import PayoutShown, payout_of, ref_of
from mamori.rooms.payouts.refusals import NoSuchPayout

HEADS = (Role.LEAD, Role.COUNSEL)


def _profile(hand: Hand) -> Mapping[str, Any]:
    return {"profile": choices.profile(hand.at)}


REVIEW: Decision[PayoutShown] = Decision(
    slug="review",
    title=Text("見直した：このまま止めておく", "Reviewed: it stays as it is"),
    lead=Text(
        "理由を確かめ直し、まだ必要なときに選びます。理由がなくなっていれば、その場で支払いに進みます。終わりの日は変わりません。",
        "Choose this after a fresh look, if it is still needed. Where the reason is gone, it is paid at once. The last day stays "
        "where it is.",
    ),
    button=Text("このまま止めると記録する", "Record that it stays"),
    roles=HEADS,
    done=Text("このまま止めておくことを記録しました。", "It was recorded that it stays."),
    verb=actions.review,
    key="payout",
    act="payouts.review",
    is_there=lambda page: page.may_review,
)
RELEASE: Decision[PayoutShown] = Decision(
    slug="release",
    title=Text("支払うことを申し出る", "Propose to pay it"),
    lead=Text(
        "理由が残っていても支払うときの申し出です。あなたとは別の人が承認すると、使っている口座に支払われます。",
        "This is to pay although the reason remains. Once another person agrees, it is paid to the account in use.",
    ),
    button=Text("申し出る", "Propose it"),
    roles=HEADS,
    done=Text(
        "申し出ました。別の人が承認すると支払われます。",
        "It was proposed, and is paid once another person agrees.",
    ),
    verb=actions.propose_release,
    key="payout",
    act="payouts.propose_release",
    is_there=lambda page: page.may_release,
    more=_profile,
    step_up=True,
)
ANSWER: Decision[PayoutShown] = Decision(
    slug="answer",
    title=Text("不服の申し出に答える", "Answer the objection"),
    lead=Text(
        "保留を見直した人や名義を判断した人とは、別の責任者か法務担当が答えます。返事は出品者のページに出ます。",
        "Somebody other than who let the hold stay, or judged the name, answers. The seller reads it on its page.",
    ),
    button=Text("答える", "Answer"),
    roles=HEADS,
    done=Text("答えました。", "It is answered."),
    verb=actions.answer_objection,
    key="payout",
    act="payouts.answer_objection",
    is_there=lambda page: page.may_answer,
)
SETTLE: Decision[PayoutShown] = Decision(
    slug="settle",
    title=Text("支払いのほかの方法で終える", "Bring it to its end otherwise"),
    lead=Text(
        "法令の定めか誤りの訂正によるときだけです。運営者のものにすることはできません。出品者に知らせます。元には戻せません。",
        "Only as the law provides, or to put a mistake right: the operator never keeps it. The seller is told. It cannot be "
        "undone.",
    ),
    button=Text("これで終える", "End it so"),
    roles=(Role.COUNSEL,),
    done=Text("終わりを記録し、出品者に知らせました。", "It has ended, and the seller was told."),
    verb=actions.settle,
    key="payout",
    act="payouts.settle",
    is_there=lambda page: page.may_settle,
    step_up=True,
    tone="grave",
)
DECISIONS = (ANSWER, REVIEW, RELEASE, SETTLE)


def _page(decision: Decision[PayoutShown]) -> Callable[..., HttpResponse]:
    """Return the page of a decision on the money of a case."""

    def page(request: Visit, number: str, case_page: str) -> HttpResponse:
        shown = payout_of(hand_of(request), ref_of(number))
        return decide(
            request,
            decision,
            shown,
            key=shown.payout.ref,
            back=case_page.format(number=number),
            refused=(NoSuchPayout,),
            template="payouts/staff/deed.html",
            initial={"amount": shown.payout.waits},
        )

    page.__name__, page.__doc__ = decision.slug, decision.lead.en
    return open_to(*decision.roles, step_up=decision.step_up)(page)


review, answer, release, settle = (_page(one) for one in (REVIEW, ANSWER, RELEASE, SETTLE))
