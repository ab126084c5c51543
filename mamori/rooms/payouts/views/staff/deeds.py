"""What leads and counsel do about money that waits: it stays, it is proposed to be paid, it comes to its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.access import open_to
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.signing import choices
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told
from mamori.rooms.payouts import actions
from mamori.rooms.payouts.queries.payouts import PayoutShown, payout_of, ref_of
from mamori.rooms.payouts.refusals import NoSuchPayout
from mamori.rooms.payouts.staffforms import AnswerForm, ReleaseForm, ReviewForm, SettleForm

HEADS = (Role.LEAD, Role.COUNSEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A decision as a page: its words, who may, when it is there, and what does it."""

    slug: str
    title: Text
    lead: Text
    button: Text
    roles: tuple[Role, ...]
    form: type[HouseForm]
    is_there: Callable[[PayoutShown], bool]
    do: Callable[[Hand, str, dict[str, Any]], object]
    tone: str = ""


def _review(hand: Hand, ref: str, given: dict[str, Any]) -> None:
    actions.review(hand, payout=ref, reason=given["reason"])


def _release(hand: Hand, ref: str, given: dict[str, Any]) -> None:
    actions.propose_release(
        hand, payout=ref, amount=given["amount"], reason=given["reason"], profile=choices.profile(hand.at)
    )


def _answer(hand: Hand, ref: str, given: dict[str, Any]) -> None:
    actions.answer_objection(hand, payout=ref, said=given["said"])


def _settle(hand: Hand, ref: str, given: dict[str, Any]) -> None:
    actions.settle(hand, payout=ref, how=given["how"], reason=given["reason"])


REVIEW = Deed(
    slug="review",
    title=Text("見直した：このまま止めておく", "Reviewed: it stays as it is"),
    lead=Text(
        "理由を確かめ直し、まだ必要なときに選びます。理由がなくなっていれば、その場で支払いに進みます。終わりの日は変わりません。",
        "Choose this after a fresh look, if it is still needed. Where the reason is gone, it is paid at once. The last day stays "
        "where it is.",
    ),
    button=Text("このまま止めると記録する", "Record that it stays"),
    roles=HEADS,
    form=ReviewForm,
    is_there=lambda page: page.may_review,
    do=_review,
)
RELEASE = Deed(
    slug="release",
    title=Text("支払うことを申し出る", "Propose to pay it"),
    lead=Text(
        "理由が残っていても支払うときの申し出です。あなたとは別の人が承認すると、使っている口座に支払われます。",
        "This is to pay although the reason remains. Once another person agrees, it is paid to the account in use.",
    ),
    button=Text("申し出る", "Propose it"),
    roles=HEADS,
    form=ReleaseForm,
    is_there=lambda page: page.may_release,
    do=_release,
)
ANSWER = Deed(
    slug="answer",
    title=Text("不服の申し出に答える", "Answer the objection"),
    lead=Text(
        "保留を見直した人や名義を判断した人とは、別の責任者か法務担当が答えます。返事は出品者のページに出ます。",
        "Somebody other than who let the hold stay, or judged the name, answers. The seller reads it on its page.",
    ),
    button=Text("答える", "Answer"),
    roles=HEADS,
    form=AnswerForm,
    is_there=lambda page: page.may_answer,
    do=_answer,
)
SETTLE = Deed(
    slug="settle",
    title=Text("支払いのほかの方法で終える", "Bring it to its end otherwise"),
    lead=Text(
        "法令の定めか誤りの訂正によるときだけです。運営者のものにすることはできません。出品者に知らせます。元には戻せません。",
        "Only as the law provides, or to put a mistake right: the operator never keeps it. The seller is told. It cannot be "
        "undone.",
    ),
    button=Text("これで終える", "End it so"),
    roles=(Role.COUNSEL,),
    form=SettleForm,
    is_there=lambda page: page.may_settle,
    do=_settle,
    tone="grave",
)
DEEDS = (ANSWER, REVIEW, RELEASE, SETTLE)
DONE = {
    "answer": ("payouts.answer_objection", Text("答えました。", "It is answered.")),
    "review": (
        "payouts.review",
        Text("このまま止めておくことを記録しました。", "It was recorded that it stays."),
    ),
    "release": (
        "payouts.propose_release",
        Text(
            "申し出ました。別の人が承認すると支払われます。",
            "It was proposed, and is paid once another person agrees.",
        ),
    ),
    "settle": (
        "payouts.settle",
        Text("終わりを記録し、出品者に知らせました。", "It has ended, and the seller was told."),
    ),
}
"""What was just done, with the act that it left."""


def deeds_of(page: PayoutShown, role: Role) -> list[Deed]:
    """Return what somebody of this role can do with a payout just now."""
    return [deed for deed in DEEDS if role in deed.roles and deed.is_there(page)]


@open_to(*HEADS)
def review(request: Visit, number: str, case_page: str) -> HttpResponse:
    """Show or take the word that money stays where it is.

    :raises NoSuchPayout: when the case is of none.
    """
    return _page(request, REVIEW, number, case_page)


@open_to(*HEADS)
def answer(request: Visit, number: str, case_page: str) -> HttpResponse:
    """Show an objection or take its answer.

    :raises NoSuchPayout: when the case is of none.
    """
    return _page(request, ANSWER, number, case_page)


@open_to(*HEADS, step_up=True)
def release(request: Visit, number: str, case_page: str) -> HttpResponse:
    """Show or take a proposal to pay what waits.

    :raises NoSuchPayout: when the case is of none.
    """
    return _page(request, RELEASE, number, case_page)


@open_to(Role.COUNSEL, step_up=True)
def settle(request: Visit, number: str, case_page: str) -> HttpResponse:
    """Show or take counsel's decision on money whose hold has ended.

    :raises NoSuchPayout: when the case is of none.
    """
    return _page(request, SETTLE, number, case_page)


def _page(request: Visit, deed: Deed, number: str, case_page: str) -> HttpResponse:
    hand, back = hand_of(request), case_page.format(number=number)
    page = payout_of(hand, ref_of(number))
    if request.method != "POST":
        if not deed.is_there(page):
            return HttpResponseRedirect(back)
        return _show(request, deed, page, deed.form(initial={"amount": page.payout.waits}), back)
    form, status = deed.form(request.POST), 422
    if form.is_valid():
        try:
            deed.do(hand, page.payout.ref, form.cleaned_data)
        except NoSuchPayout:
            raise
        except Refusal as refusal:
            form.add_error(None, told(refusal.sentence))
            status = refusal.status
        else:
            return HttpResponseRedirect(f"{back}?done={deed.slug}")
    return _show(request, deed, page, form, back, status=status)


def _show(
    request: Visit, deed: Deed, page: PayoutShown, form: HouseForm, back: str, *, status: int = 200
) -> HttpResponse:
    shown = {"deed": deed, "page": page, "form": form, "back": back}
    return render(request, "payouts/staff/deed.html", shown, status=status)
