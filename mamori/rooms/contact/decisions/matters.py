"""What staff decide on a matter, each declared once: its words, the verb that does it, when it is closed; calls among it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from mamori.grammar.actor import HEADS, Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.japan.calendar import spoken
from mamori.rooms.contact import actions
from mamori.rooms.contact.actions.calls import Outcome
from mamori.rooms.contact.models import Call
from mamori.rooms.contact.queries.goods import heading
from mamori.rooms.contact.queries.staff import StaffMatter
from mamori.rooms.contact.queries.standstill import StandstillShown
from mamori.rooms.contact.rules.calling import Whom
from mamori.rooms.contact.rules.danger import Answers, Known
from mamori.rooms.contact.rules.duties import Duty, roles_of

# What staff decide on a trouble or a recovery, each declared once: its words, the verb that does it, when it is closed.


def _hindered(matter: StaffMatter) -> Text | None:
    """Say why nothing can be refunded now."""
    against = matter.outlook.hindrances if matter.outlook else ()
    return (
        Text("今は返金できません：{why}", "No refund is possible now: {why}").fill(why=Text.listed(against))
        if against
        else None
    )


def _agreed(matter: StaffMatter, then: Text) -> Text | None:
    """Say what both sides have agreed on and by when it is to be done, and what that means for the decision."""
    agreed = matter.agreed
    if agreed is None or agreed.due_at is None:
        return None
    return Text(
        "双方が合意しています：{what}・行う期限 {due}。{then}",
        "Both sides have agreed: {what}, to be done by {due}. {then}",
    ).fill(what=heading(agreed.what), due=spoken(agreed.due_at), then=then)


def _takes_its_place(matter: StaffMatter) -> Text | None:
    return _agreed(
        matter,
        Text(
            "決めると、この合意は運営者の返金に代わり、双方に知らせます。合意より少ない返金にはできません。代わりの品や修理などの合意では、残りの全額です。",
            "Your decision takes the place of this agreement, and both sides are told. It cannot be less than what was agreed; "
            "where goods or a repair were agreed on, that is all that is left.",
        ),
    )


def _agreement_stands(matter: StaffMatter) -> Text | None:
    return _agreed(
        matter,
        Text(
            "期限までは、返金せずに終えることはできません。",
            "Until then it cannot be ended without a refund.",
        ),
    )


def _reach(actor: Actor, *, trouble: int, note: str, **answers: Known) -> None:
    actions.reach_buyer(actor, trouble=trouble, answers=Answers(**answers), note=note)


def _decision(
    duty: Duty,
    title: Text,
    lead: Text | None,
    button: Text | None = None,
    *,
    done: Text,
    verb: Callable[..., object],
    act: str = "",
    key: str = "trouble",
    **more: Any,
) -> Decision[StaffMatter]:
    """Return a decision that is there while the matter lets this reader do it; its act has the name of its verb."""
    return Decision(
        slug=duty.value,
        title=title,
        lead=lead,
        button=button or title,
        done={act or verb.__name__: done},
        verb=verb,
        key=key,
        roles=roles_of(duty),
        is_there=lambda matter: duty in matter.duties,
        **more,
    )


DECISIONS: tuple[Decision[StaffMatter], ...] = (
    _decision(
        Duty.MEDIATE,
        Text("仲介を始める", "Open mediation"),
        Text(
            "購入者から求められたときにお使いください。双方に知らせます。費用はかからず、裁定でもありません。",
            "For when the buyer asks for it. Both sides are told. It is free of charge and not a ruling.",
        ),
        done=Text("仲介を始めました。", "Mediation was opened."),
        verb=actions.request_mediation,
    ),
    _decision(
        Duty.PROPOSE,
        Text("解決を提案する", "Propose a solution"),
        Text(
            "双方が受けると合意になります。どちらが正しいかは書かないでください。言葉は双方が読みます。",
            "When both sides agree, it is settled so. Please write nothing on who is right. Both sides read your words.",
        ),
        Text("提案する", "Propose it"),
        done=Text("提案し、双方に知らせました。", "It was proposed, and both sides were told."),
        verb=actions.propose,
        shortcut="p",
    ),
    _decision(
        Duty.TAKE_BACK,
        Text("窓口の提案を取り下げる", "Take the centre's proposal back"),
        Text("双方に知らせます。あとから別の提案ができます。", "Both sides are told. You can propose anew."),
        Text("取り下げる", "Take it back"),
        done=Text("提案を取り下げました。", "The proposal was taken back."),
        verb=actions.withdraw_proposal,
        key="proposal",
    ),
    _decision(
        Duty.SOLVE,
        Text("解決として終える", "Close as solved"),
        Text(
            "購入者が解決したと言っているときだけお使いください。購入者に知らせます。",
            "Only when the buyer says that it is solved. The buyer is told.",
        ),
        done=Text("解決として終えました。", "It was closed as solved."),
        verb=actions.solve,
    ),
    _decision(
        Duty.REACH,
        Text("購入者に確かめたと記録する", "Record that the buyer was reached"),
        Text(
            "電話・手紙・やり取りなど、どの方法でも、危険を知らせた購入者ご本人に確かめたときに。使うのをやめ、商品を捨てずに取って"
            "おくよう伝えてください。記録すると、危険の知らせは「確かめた」になります。",
            "For when you have asked the buyer who told of the danger, by telephone, letter or otherwise. Please tell them to "
            "stop using the goods and to keep them. Once it is recorded, the danger has been asked about.",
        ),
        Text("記録する", "Record it"),
        act="reach_buyer",
        done=Text("購入者に確かめたと記録しました。", "It was recorded that the buyer was reached."),
        verb=_reach,
    ),
    _decision(
        Duty.NO_DANGER,
        Text("危険はないと記録する", "Record that there is no danger"),
        Text(
            "購入者に確かめるまでもなく、けがや火災の危険ではないと分かるときだけ。購入者と出品者に理由を知らせます。",
            "Only where it is plain, without asking the buyer, that there is no danger of injury or fire. Buyer and seller are "
            "told the reason.",
        ),
        Text("危険はないと記録する", "Record it"),
        done=Text("危険はないと記録し、双方に知らせました。", "It was recorded, and both sides were told."),
        verb=actions.rule_out_danger,
    ),
    _decision(
        Duty.DANGER,
        Text("危険だと記録する", "Record that it is dangerous"),
        Text(
            "けが・やけど・煙・発火などのおそれを知ったときに。出品者・担当者・責任者・購入者にすぐ知らせ、催促と期限を早めます。"
            "購入者から電話で伺ったときは「電話を受ける」から、その言葉で書き取ってください。",
            "For when you learn of injury, burns, smoke or fire. The seller, agents, leads and the buyer are told at once, and "
            "urging and due moments follow. What a buyer says by telephone is taken down in their words under “Take a call”.",
        ),
        Text("危険だと記録する", "Record it"),
        done=Text(
            "危険のある件として記録し、知らせました。", "It was recorded as dangerous, and all were told."
        ),
        verb=actions.note_danger,
    ),
    _decision(
        Duty.LOWER,
        Text("困りごとの程度を下げる", "Find it less grave"),
        Text(
            "購入者と出品者に、理由を添えて知らせます。催促は新しい程度に合わせます。",
            "Buyer and seller are told, with the reason. Urging follows the new harm.",
        ),
        Text("程度を下げる", "Lower it"),
        done=Text("程度を下げ、双方に知らせました。", "It was lowered, and both sides were told."),
        verb=actions.lower_harm,
    ),
    _decision(
        Duty.GRANT,
        Text("出品者に代わって返金する", "Refund in the seller's place"),
        Text(
            "通販サイトに返金を指示します。通販サイトが確認したときに終わります。出品者への請求は、別に判断します。",
            "The marketplace is told to refund; it is done when it has confirmed. A recovery is decided apart.",
        ),
        Text("返金を決める", "Grant the refund"),
        done=Text(
            "返金を決め、通販サイトに指示しました。", "The refund was granted and the marketplace instructed."
        ),
        verb=actions.grant_remedy,
        closed=_hindered,
        warns=_takes_its_place,
    ),
    _decision(
        Duty.ARRANGE,
        Text("返品を手配する", "Arrange a return"),
        Text(
            "通販サイトに送り状を頼み、届いた商品を確かめてから返金します。送料は運営者が負担します。返金する額を今決めます。",
            "The marketplace issues a label; the buyer is refunded when the goods have been looked at. The operator "
            "pays for sending. The amount is decided now.",
        ),
        Text("返品を手配する", "Arrange the return"),
        done=Text(
            "返品を手配し、通販サイトに送り状を頼みました。", "The return was arranged and a label ordered."
        ),
        verb=actions.arrange_return,
        closed=_hindered,
        warns=_takes_its_place,
    ),
    _decision(
        Duty.SENT,
        Text("送り返されたと記録する", "Record that it was sent"),
        Text("購入者から聞いたときにお使いください。", "For when the buyer has told you."),
        Text("記録する", "Record it"),
        done=Text("送り返されたと記録しました。", "It was recorded as sent."),
        verb=actions.note_sent,
    ),
    _decision(
        Duty.ARRIVE,
        Text("商品の到着を記録する", "Record the arrival"),
        Text(
            "購入者に知らせ、確認の期限が始まります。",
            "The buyer is told, and the time to look at it begins.",
        ),
        Text("届いた", "It has arrived"),
        done=Text("到着を記録しました。", "The arrival was recorded."),
        verb=actions.note_arrival,
    ),
    _decision(
        Duty.INSPECT,
        Text("届いた商品を確かめる", "Look at the goods"),
        Text(
            "「ご連絡のとおり」なら、すぐに返金を通販サイトに指示します。ほかの結果では、責任者が理由を添えて判断します。",
            "“As reported” instructs the refund at once. With any other result a lead decides, with reasons.",
        ),
        Text("結果を記録する", "Record the result"),
        act="inspect_return",
        done=Text("確かめた結果を記録しました。", "The result was recorded."),
        verb=actions.inspect,
    ),
    _decision(
        Duty.GIVE_UP,
        Text("返品を待つのをやめる", "Give the return up"),
        Text(
            "配送中になくなったときや、返送できないときに。返金するかどうかを、あらためて判断できます。",
            "For when it was lost on the way or cannot be sent. Whether to refund is open again.",
        ),
        Text("待つのをやめる", "Give it up"),
        done=Text("返品を待つのをやめました。", "The return was given up."),
        verb=actions.give_up_return,
    ),
    _decision(
        Duty.REFUSE,
        Text("返金せずに終える", "End without a refund"),
        Text(
            "購入者に理由と、次に相談できる所（電話188）を知らせて終えます。",
            "The buyer is told the reason and where else to ask (telephone 188), and the case ends.",
        ),
        done=Text("返金せずに終えました。", "It was ended without a refund."),
        verb=actions.refuse_remedy,
        tone="grave",
        warns=_agreement_stands,
    ),
    _decision(
        Duty.CLAIM,
        Text("売上金から差し引く", "Deduct from the seller's proceeds"),
        Text(
            "出品者が同意した条項により、通販サイトに差し引きを指示します。出品者に理由と見直し日を知らせます。",
            "Under the clause that the seller accepted, the marketplace is told to deduct. "
            "The seller is told the reason and the review date.",
        ),
        Text("差し引きを決める", "Decide on the deduction"),
        done=Text(
            "差し引きを決め、通販サイトに指示しました。",
            "The deduction was decided and the marketplace instructed.",
        ),
        verb=actions.claim,
        key="recovery",
    ),
    _decision(
        Duty.WAIVE,
        Text("請求しない", "Waive the recovery"),
        Text(
            "返金は運営者が負担します。出品者に知らせます。",
            "The operator bears the refund. The seller is told.",
        ),
        Text("請求しないと決める", "Waive it"),
        act="waive_recovery",
        done=Text("請求しないと決めました。", "The recovery was waived."),
        verb=actions.waive,
        key="recovery",
    ),
    _decision(
        Duty.GIVE_AGAIN,
        Text("売上金に戻すよう、もう一度指示する", "Instruct the giving back again"),
        Text(
            "通販サイトが戻せなかった理由を確かめ、解消してから指示してください。戻るまで見直しを続けます。",
            "Please find out why the marketplace could not, and settle it first. It is looked at until the money is back.",
        ),
        Text("もう一度指示する", "Instruct it again"),
        done=Text("もう一度指示しました。", "It was instructed again."),
        verb=actions.give_again,
        key="recovery",
    ),
)
BY_SLUG = {one.slug: one for one in DECISIONS}


def key_of(decision: Decision[StaffMatter], matter: StaffMatter) -> int | None:
    """Return what the verb knows the matter by: its trouble, its recovery, or a proposal, which the form names itself."""
    match decision.key:
        case "recovery":
            return matter.recovery.pk if matter.recovery else None
        case "proposal":
            return next((offer.id for offer in matter.offers), None)
        case _:
            return matter.trouble.pk if matter.trouble else None


CALLERS = (Role.AGENT, Role.LEAD)
RECORDED = {"record_call": Text("架電の結果を記録しました。", "The call was recorded.")}


def _of_seller(
    actor: Actor,
    *,
    call: Call,
    outcome: Outcome,
    note: str,
    hours: str = "",
    by: datetime | None = None,
    line: int | None = None,
) -> None:
    within = Hours(int(hours)) if hours else None
    actions.record_call(
        actor,
        call=call.pk,
        outcome=outcome,
        promised_within=within,
        promised_by=by,
        line=line or 0,
        note=note,
    )


def _of_buyer(actor: Actor, *, call: Call, outcome: Outcome, note: str, **answers: Known) -> None:
    """Record the call, or what a buyer who was reached answered."""
    if outcome is Outcome.REACHED:
        actions.reach_buyer(actor, trouble=call.trouble_id, answers=Answers(**answers), note=note)
    else:
        actions.record_call(actor, call=call.pk, outcome=outcome, note=note)


CALLS: dict[Whom, Decision[StaffMatter]] = {
    Whom.SELLER: Decision(
        slug="call",
        title=Text("出品者に電話する", "Call the seller"),
        button=Text("結果を記録する", "Record the outcome"),
        done=RECORDED,
        verb=_of_seller,
        roles=CALLERS,
        is_there=lambda matter: matter.call is not None,
    ),
    Whom.BUYER: Decision(
        slug="call-buyer",
        title=Text("購入者に電話する", "Call the buyer"),
        button=Text("購入者への架電を記録する", "Record the call to the buyer"),
        done={**RECORDED, **BY_SLUG[Duty.REACH].done},
        verb=_of_buyer,
        roles=CALLERS,
        is_there=lambda matter: matter.reach is not None,
    ),
}


HOLD: Decision[tuple[StandstillShown, ...]] = Decision(
    slug="hold",
    title=Text("案件の期限を止める", "Let cases stand still"),
    lead=Text(
        "もう一度選ぶと、最後の日を延ばすことも、早めることもできます。すぐに終えるときは今日を選びます。",
        "Named again, cases stand still for longer or shorter: today ends it tonight.",
    ),
    button=Text("期限を止める", "Let them stand still"),
    done={
        "hold_still": Text("期限を止め、双方に知らせました。", "They stand still, and both sides were told.")
    },
    verb=actions.hold_still,
    key="",
    roles=HEADS,
)
