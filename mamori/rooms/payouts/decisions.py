"""What staff decide: what becomes of money that waits, whether two names are one, that a run or an account ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mamori.grammar.hand import STAFF, Hand, Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.web.signing import choices
from mamori.rooms.payouts import actions
from mamori.rooms.payouts.access import DECIDERS
from mamori.rooms.payouts.queries.accounts import AccountShown
from mamori.rooms.payouts.queries.names import NameShown
from mamori.rooms.payouts.queries.payouts import PayoutShown
from mamori.rooms.payouts.queries.runs import RunShown
from mamori.rooms.payouts.staffforms import Found, reason_of


def _profile(hand: Hand) -> Mapping[str, Any]:
    return {"profile": choices.profile(hand.at)}


def _not_now(page: PayoutShown) -> Text | None:
    """Say why it cannot be proposed to pay now."""
    if page.account is None:
        return Text(
            "使える口座がありません。出品者が口座を登録し、確認期間が終わると申請できます。",
            "No account is in use. It can be proposed once the seller has entered one and its wait is over.",
        )
    if page.proposal is not None:
        return Text(
            "支払いの申請が、別の人の承認を待っています。",
            "It was proposed already, and waits for another person.",
        )
    return None


REVIEW: Decision[PayoutShown] = Decision(
    slug="review",
    title=Text("見直した：このまま止めておく", "Reviewed: it stays as it is"),
    lead=Text(
        "理由を確かめ直し、まだ必要なときに選びます。理由がなくなっていれば、その場で支払いに進みます。終わりの日は変わりません。",
        "Choose this after a fresh look, if it is still needed. Where the reason is gone, it is paid at once. The last day stays "
        "where it is.",
    ),
    button=Text("このまま止めると記録する", "Record that it stays"),
    roles=DECIDERS,
    done={"review": Text("このまま止めておくことを記録しました。", "It was recorded that it stays.")},
    verb=actions.review,
    key="payout",
    is_there=lambda page: page.may_review,
)
RELEASE: Decision[PayoutShown] = Decision(
    slug="release",
    title=Text("支払うことを申請する", "Propose to pay it"),
    lead=Text(
        "理由が残っていても支払うときの申請です。あなたとは別の人が承認すると、使っている口座に支払われます。",
        "This is to pay although the reason remains. Once another person agrees, it is paid to the account in use.",
    ),
    button=Text("申請する", "Propose it"),
    roles=DECIDERS,
    done={
        "propose_release": Text(
            "申請しました。別の人が承認すると支払われます。",
            "It was proposed, and is paid once another person agrees.",
        )
    },
    verb=actions.propose_release,
    key="payout",
    is_there=lambda page: page.payout.waits > 0,
    closed=_not_now,
    more=_profile,
    step_up=True,
)
ANSWER: Decision[PayoutShown] = Decision(
    slug="answer",
    title=Text("異議の申出に答える", "Answer the objection"),
    lead=Text(
        "保留を見直した人や名義を判断した人とは、別の責任者か法務担当が答えます。返事は出品者のページに出ます。",
        "Somebody other than who let the hold stay, or judged the name, answers. The seller reads it on its page.",
    ),
    button=Text("答える", "Answer"),
    roles=DECIDERS,
    done={"answer_objection": Text("答えました。", "It is answered.")},
    verb=actions.answer_objection,
    key="payout",
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
    done={"settle": Text("終わりを記録し、出品者に知らせました。", "It has ended, and the seller was told.")},
    verb=actions.settle,
    key="payout",
    is_there=lambda page: page.may_settle,
    step_up=True,
    tone="grave",
)
DECISIONS = (ANSWER, REVIEW, RELEASE, SETTLE)


def _compare(hand: Hand, *, account: int, seen: int, found: Found, words: str) -> None:
    act = actions.accept_name if found.is_same else actions.refuse_name
    act(hand, account=account, reason=reason_of(found, words), seen=seen)


def _is_another_by_now(name: NameShown) -> Text | None:
    """Say why nobody can compare the names now."""
    if not name.has_changed:
        return None
    return Text(
        "登録名が変わりました。確かめ直されると、もう一度見比べます。",
        "The registered name changed. It is compared anew once it is verified.",
    )


COMPARE: Decision[NameShown] = Decision(
    slug="compare",
    title=Text("名義を見比べて決める", "Compare the names and decide"),
    lead=None,
    button=Text("記録して次へ", "Record, and the next one"),
    done={
        "accept_name": Text("「同じ名義」と記録しました。", "Recorded as the same holder."),
        "refuse_name": Text(
            "「別の名義」と記録し、出品者に別の口座をお願いしました。",
            "Recorded as another holder, and the seller was asked for another account.",
        ),
    },
    verb=_compare,
    key="account",
    roles=STAFF,
    is_there=lambda name: name.since is not None,
    closed=_is_another_by_now,
    shortcut="d",
)
CALL_OFF: Decision[RunShown] = Decision(
    slug="call-off",
    title=Text("この作業を取りやめますか", "Call this run off?"),
    lead=Text(
        "支払うものは決まっていますが、振込データはまだ作られていません。取りやめると、支払うはずだったものは改めて確かめられ、次の作業で"
        "支払われます。この作業のデータは、もう作れません。元には戻せません。",
        "It is fixed what this run pays, and its file was not made yet. Once it is called off, what it would have paid is looked "
        "at anew and goes with the next run. No file of this one can be made any more. It cannot be undone.",
    ),
    button=Text("取りやめる", "Call it off"),
    done={
        "call_off_run": Text(
            "作業を取りやめました。支払うはずだったものは、次の作業で支払われます。",
            "The run is called off. What it would have paid goes with the next run.",
        )
    },
    verb=actions.call_off_run,
    key="run",
    roles=DECIDERS,
    is_there=lambda run: run.may_call_off,
    tone="grave",
)
STOP: Decision[AccountShown] = Decision(
    slug="stop",
    title=Text("この口座を止めますか", "Stop this account?"),
    lead=Text(
        "出品者が「自分の口座ではない」と言っているときに使います。次の口座が登録されるまで、この出品者には何も支払われません。出品者に知らせます。"
        "元には戻せません。",
        "For when the seller says that this account is not its own. Nothing is paid to this seller until another one is "
        "registered. The seller is told. It cannot be undone.",
    ),
    button=Text("止める", "Stop it"),
    done={
        "stop_account": Text(
            "口座を止め、出品者に知らせました。", "The account was stopped, and the seller was told."
        )
    },
    verb=actions.stop_account,
    key="account",
    roles=STAFF,
    is_there=lambda account: account.closed_at is None,
    tone="grave",
)
