"""One page for each decision of staff: what stands for and against it, what to fill in, one button."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from mamori.grammar.hand import STAFF, Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.access import open_to
from mamori.ground.web.once import form_key, new_token, once
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told
from mamori.rooms.contact import actions, staffforms
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.offerforms import ProposalForm
from mamori.rooms.contact.queries import formals
from mamori.rooms.contact.queries.staff import StaffMatter
from mamori.rooms.contact.rules.duties import Duty
from mamori.rooms.contact.views.staff.cases import Back, matter_of
from mamori.rooms.contact.views.staff.dutypage import DutyPage, trouble_of
from mamori.rooms.contact.views.staff.harm import HARM_PAGES


def _recovery(matter: StaffMatter) -> int:
    if matter.recovery is None:
        raise NothingHere()
    return matter.recovery.pk


def _take(hand: Hand, matter: StaffMatter, given: dict[str, Any]) -> None:
    actions.take_mediation(hand, trouble=trouble_of(matter))


def _mediate(hand: Hand, matter: StaffMatter, given: dict[str, Any]) -> None:
    actions.request_mediation(hand, trouble=trouble_of(matter))


def _propose(hand: Hand, matter: StaffMatter, given: dict[str, Any]) -> None:
    actions.propose(
        hand,
        trouble=trouble_of(matter),
        kind=given["kind"],
        amount=given["amount"],
        said=given["said"],
    )


def _take_back(hand: Hand, matter: StaffMatter, given: dict[str, Any]) -> None:
    offer = next((offer for offer in matter.offers if offer.is_open), None)
    if offer is None:
        raise NothingHere()
    actions.withdraw_proposal(hand, proposal=offer.id)


def _solve(hand: Hand, matter: StaffMatter, given: dict[str, Any]) -> None:
    actions.solve(hand, trouble=trouble_of(matter), reason=given["reason"])


def _grant(hand: Hand, matter: StaffMatter, given: dict[str, Any]) -> None:
    actions.grant_remedy(
        hand,
        trouble=trouble_of(matter),
        amount=given["amount"],
        reason=given["reason"],
        because=given["because"],
    )


def _arrange(hand: Hand, matter: StaffMatter, given: dict[str, Any]) -> None:
    actions.arrange_return(
        hand,
        trouble=trouble_of(matter),
        amount=given["amount"],
        reason=given["reason"],
        because=given["because"],
    )


def _sent(hand: Hand, matter: StaffMatter, given: dict[str, Any]) -> None:
    actions.note_sent(hand, trouble=trouble_of(matter), tracking=given["tracking"])


def _arrive(hand: Hand, matter: StaffMatter, given: dict[str, Any]) -> None:
    actions.note_arrival(hand, trouble=trouble_of(matter))


def _inspect(hand: Hand, matter: StaffMatter, given: dict[str, Any]) -> None:
    actions.inspect(hand, trouble=trouble_of(matter), result=given["result"], note=given["note"])


def _give_up(hand: Hand, matter: StaffMatter, given: dict[str, Any]) -> None:
    actions.give_up_return(hand, trouble=trouble_of(matter), reason=given["reason"])


def _refuse(hand: Hand, matter: StaffMatter, given: dict[str, Any]) -> None:
    actions.refuse_remedy(hand, trouble=trouble_of(matter), because=given["because"], reason=given["reason"])


def _claim(hand: Hand, matter: StaffMatter, given: dict[str, Any]) -> None:
    actions.claim(
        hand,
        recovery=_recovery(matter),
        amount=given["amount"],
        because=given["because"],
        reason=given["reason"],
    )


def _waive(hand: Hand, matter: StaffMatter, given: dict[str, Any]) -> None:
    actions.waive(hand, recovery=_recovery(matter), reason=given["reason"])


def _give_again(hand: Hand, matter: StaffMatter, given: dict[str, Any]) -> None:
    actions.give_again(hand, recovery=_recovery(matter), reason=given["reason"])


PAGES = (
    DutyPage(
        duty=Duty.TAKE,
        title=Text("仲介を受け持つ", "Take the mediation on"),
        lead=Text(
            "あなたが担当になります。ほかの担当者から引き継ぐときも同じです。",
            "You become the one who mediates, also where somebody else did before.",
        ),
        button=Text("受け持つ", "Take it on"),
        done=Text("仲介を受け持ちました。", "You have taken the mediation on."),
        form=staffforms.NothingForm,
        do=_take,
    ),
    DutyPage(
        duty=Duty.MEDIATE,
        title=Text("仲介を始める", "Open mediation"),
        lead=Text(
            "購入者から求められたときにお使いください。双方に知らせます。費用はかからず、裁定でもありません。",
            "For when the buyer asks for it. Both sides are told. It is free of charge and not a ruling.",
        ),
        button=Text("仲介を始める", "Open mediation"),
        done=Text("仲介を始めました。", "Mediation was opened."),
        form=staffforms.NothingForm,
        do=_mediate,
    ),
    DutyPage(
        duty=Duty.PROPOSE,
        title=Text("解決を提案する", "Propose a solution"),
        lead=Text(
            "双方が受けると合意になります。どちらが正しいかは書かないでください。言葉は双方が読みます。",
            "When both sides agree, it is settled so. Please write nothing on who is right. Both sides read your words.",
        ),
        button=Text("提案する", "Propose it"),
        done=Text("提案し、双方に知らせました。", "It was proposed, and both sides were told."),
        form=ProposalForm,
        do=_propose,
    ),
    DutyPage(
        duty=Duty.TAKE_BACK,
        title=Text("窓口の提案を取り下げる", "Take the centre's proposal back"),
        lead=Text(
            "双方に知らせます。あとから別の提案ができます。", "Both sides are told. You can propose anew."
        ),
        button=Text("取り下げる", "Take it back"),
        done=Text("提案を取り下げました。", "The proposal was taken back."),
        form=staffforms.NothingForm,
        do=_take_back,
    ),
    DutyPage(
        duty=Duty.SOLVE,
        title=Text("解決として終える", "Close as solved"),
        lead=Text(
            "購入者が解決したと言っているときだけお使いください。購入者に知らせます。",
            "Only when the buyer says that it is solved. The buyer is told.",
        ),
        button=Text("解決として終える", "Close as solved"),
        done=Text("解決として終えました。", "It was closed as solved."),
        form=staffforms.ReasonForm,
        do=_solve,
    ),
    *HARM_PAGES,
    DutyPage(
        duty=Duty.GRANT,
        title=Text("出品者に代わって返金する", "Refund in the seller's place"),
        lead=Text(
            "通販サイトに返金を指示します。通販サイトが確認したときに終わります。出品者からの回収は、別に判断します。",
            "The marketplace is told to refund; it is done when it has confirmed. A recovery is decided apart.",
        ),
        button=Text("返金を決める", "Grant the refund"),
        done=Text(
            "返金を決め、通販サイトに指示しました。", "The refund was granted and the marketplace instructed."
        ),
        form=staffforms.GrantForm,
        do=_grant,
    ),
    DutyPage(
        duty=Duty.ARRANGE,
        title=Text("返品を手配する", "Arrange a return"),
        lead=Text(
            "通販サイトに送り状を頼み、届いた商品を確かめてから返金します。送料は運営者が負担します。返金する額を今決めます。",
            "The marketplace issues a label; the buyer is refunded when the goods have been looked at. The operator "
            "pays for sending. The amount is decided now.",
        ),
        button=Text("返品を手配する", "Arrange the return"),
        done=Text(
            "返品を手配し、通販サイトに送り状を頼みました。", "The return was arranged and a label ordered."
        ),
        form=staffforms.GrantForm,
        do=_arrange,
    ),
    DutyPage(
        duty=Duty.SENT,
        title=Text("送り返されたと記録する", "Record that it was sent"),
        lead=Text("購入者から聞いたときにお使いください。", "For when the buyer has told you."),
        button=Text("記録する", "Record it"),
        done=Text("送り返されたと記録しました。", "It was recorded as sent."),
        form=staffforms.ParcelForm,
        do=_sent,
    ),
    DutyPage(
        duty=Duty.ARRIVE,
        title=Text("商品の到着を記録する", "Record the arrival"),
        lead=Text(
            "購入者に知らせ、確認の期限が始まります。",
            "The buyer is told, and the time to look at it begins.",
        ),
        button=Text("届いた", "It has arrived"),
        done=Text("到着を記録しました。", "The arrival was recorded."),
        form=staffforms.NothingForm,
        do=_arrive,
    ),
    DutyPage(
        duty=Duty.INSPECT,
        title=Text("届いた商品を確かめる", "Look at the goods"),
        lead=Text(
            "「お申し出のとおり」なら、すぐに返金を通販サイトに指示します。ほかの結果では、責任者が理由を添えて判断します。",
            "“As reported” instructs the refund at once. With any other result a lead decides, with reasons.",
        ),
        button=Text("結果を記録する", "Record the result"),
        done=Text("確かめた結果を記録しました。", "The result was recorded."),
        form=staffforms.InspectForm,
        do=_inspect,
    ),
    DutyPage(
        duty=Duty.GIVE_UP,
        title=Text("返品を待つのをやめる", "Give the return up"),
        lead=Text(
            "配送中になくなったときや、返送できないときに。返金するかどうかを、あらためて判断できます。",
            "For when it was lost on the way or cannot be sent. Whether to refund is open again.",
        ),
        button=Text("待つのをやめる", "Give it up"),
        done=Text("返品を待つのをやめました。", "The return was given up."),
        form=staffforms.ReasonForm,
        do=_give_up,
    ),
    DutyPage(
        duty=Duty.REFUSE,
        title=Text("返金せずに終える", "End without a refund"),
        lead=Text(
            "購入者に理由と、次に相談できる所（電話188）を知らせて終えます。",
            "The buyer is told the reason and where else to ask (telephone 188), and the case ends.",
        ),
        button=Text("返金せずに終える", "End without a refund"),
        done=Text("返金せずに終えました。", "It was ended without a refund."),
        form=staffforms.RefuseForm,
        do=_refuse,
        tone="grave",
    ),
    DutyPage(
        duty=Duty.CLAIM,
        title=Text("売上金から差し引く", "Deduct from the seller's proceeds"),
        lead=Text(
            "出品者が同意した条項により、通販サイトに差し引きを指示します。出品者に理由と見直し日を知らせます。",
            "Under the clause that the seller accepted, the marketplace is told to deduct. "
            "The seller is told the reason and the review date.",
        ),
        button=Text("差し引きを決める", "Decide on the deduction"),
        done=Text(
            "差し引きを決め、通販サイトに指示しました。",
            "The deduction was decided and the marketplace instructed.",
        ),
        form=staffforms.ClaimForm,
        do=_claim,
    ),
    DutyPage(
        duty=Duty.WAIVE,
        title=Text("回収しない", "Waive the recovery"),
        lead=Text(
            "返金は運営者が負担します。出品者に知らせます。",
            "The operator bears the refund. The seller is told.",
        ),
        button=Text("回収しないと決める", "Waive it"),
        done=Text("回収しないと決めました。", "The recovery was waived."),
        form=staffforms.ReasonForm,
        do=_waive,
    ),
    DutyPage(
        duty=Duty.GIVE_AGAIN,
        title=Text("売上金に戻すよう、もう一度指示する", "Instruct the giving back again"),
        lead=Text(
            "通販サイトが戻せなかった理由を確かめ、解消してから指示してください。戻るまで見直しを続けます。",
            "Please find out why the marketplace could not, and settle it first. It is looked at until the money is back.",
        ),
        button=Text("もう一度指示する", "Instruct it again"),
        done=Text("もう一度指示しました。", "It was instructed again."),
        form=staffforms.ReasonForm,
        do=_give_again,
    ),
)
DECIDING = (Duty.GRANT, Duty.ARRANGE, Duty.REFUSE)
BY_SLUG = {page.duty.value: page for page in PAGES}


@open_to(*STAFF)
def duty(request: Visit, number: str, slug: str, case_page: str) -> HttpResponse:
    """Show or do one of the things that staff can do with a case.

    :raises NothingHere: when there is no such thing, or no such case.
    """
    page, back = BY_SLUG.get(slug), Back(case_page)
    if page is None:
        raise NothingHere()
    matter = matter_of(request, number)
    if request.method != "POST":
        if page.duty not in matter.duties:
            return HttpResponseRedirect(back.to(matter.case.number))
        return _show(request, matter, page, page.form(initial=_initial(matter)), back)
    form = page.form(request.POST)
    if not form.is_valid():
        return _show(request, matter, page, form, back, status=422)
    hand = hand_of(request)

    def do() -> str:
        page.do(hand, matter, form.cleaned_data)
        return back.to(matter.case.number, slug)

    try:
        return HttpResponseRedirect(once(hand, form_key(request), do))
    except NothingHere:
        raise
    except Refusal as refusal:
        form.add_error(None, told(refusal.sentence))
        return _show(request, matter, page, form, back, status=refusal.status)


def _initial(matter: StaffMatter) -> dict[str, Any]:
    if matter.recovery is not None:
        return {"amount": matter.recovery.most}
    return {"amount": matter.outlook.most} if matter.outlook else {}


def _show(
    request: Visit, matter: StaffMatter, page: DutyPage, form: BaseForm, back: Back, *, status: int = 200
) -> HttpResponse:
    shown = {
        "matter": matter,
        "page": page,
        "form": form,
        "back": back.to(matter.case.number),
        "token": request.POST.get("token") or new_token(),
        "agreed": matter.agreed if page.duty in DECIDING else None,
        "formals": formals.of_order(matter.thread.order_ref) if page.duty in DECIDING else (),
        "hindered": page.duty in (Duty.GRANT, Duty.ARRANGE)
        and bool(matter.outlook and matter.outlook.hindrances),
    }
    return render(request, "contact/staff/duty.html", shown, status=status)
