"""A decision on a refund in the seller's place: what it is held against, and what it takes the place of."""

from __future__ import annotations

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.japan.calendar import spoken
from mamori.law.deadlines import ANSWER
from mamori.rooms.contact import keeping, proposing, urging
from mamori.rooms.contact.ending import drop_calls
from mamori.rooms.contact.events import ProposalEnded, SellerUrged
from mamori.rooms.contact.lifecycle import RemedyState, ThreadState
from mamori.rooms.contact.models import Remedy, Trouble
from mamori.rooms.contact.rules.eligibility import Claim, Kind, most
from mamori.rooms.contact.rules.proposals import Kind as Agreed, least_instead
from mamori.rooms.contact.rules.reasons import PART_BECAUSE, Part, PartBecause, is_true
from mamori.rooms.contact.topics import Harm, Progress


class AgreementStands(Refusal, code="agreement-stands", status=409):
    """Given when the matter would end without a refund while both sides have agreed on something that is not due yet."""

    text = Text(
        "双方が「{what}」で合意しています（期限：{due}）。守られなかったときは、立替返金を求めたり決めたりできます。"
        "それまでは、この合意をお待ちください。",
        "Both sides have agreed: “{what}”, to be done by {due}. Please wait for that; if it is not kept, a refund can be asked "
        "for and decided on.",
    )


class AgreedOnMore(Refusal, code="agreed-on-more", status=409):
    """Given when less would be refunded than both sides have agreed on."""

    text = Text(
        "双方が「{what}」で合意しています。これより少ない返金には代えられません。{least}円以上を入力するか、{due}までお待ちください。",
        "Both sides have agreed: “{what}”. A smaller refund cannot take its place. Please give at least {least} yen, or wait "
        "until {due}.",
    )


class PartNeedsReason(Refusal, code="part-needs-reason", status=422):
    """Given when only a part is refunded and nobody has said why."""

    text = Text(
        "残りの額（{left}円）より少ない返金には、購入者に伝える理由を選んでください。",
        "Less than what is left ({left} yen) needs a reason that the buyer is told. Please choose one.",
    )


class PartReasonUntrue(Refusal, code="part-reason-untrue", status=422):
    """Given when the buyer would be told a reason that is not so."""

    text = Text(
        "「{reason}」は、この案件の記録（希望の額・上限・返品の有無）と合いません。購入者に伝わる理由なので、別の理由を選ぶか、額を改めてください。",
        "“{reason}” is not what the case says (what was asked for, the ceiling, whether the goods come back). The buyer is told "
        "it: please choose another reason, or another amount.",
    )


def refuse_over_agreement(trouble: Trouble) -> None:
    """Pass where nothing is agreed on."""
    found = proposing.agreed(trouble)
    if found is not None:
        raise AgreementStands(what=proposing.what(found), due=spoken(found.due_at))


def refuse_below_agreement(trouble: Trouble, claim: Claim, amount: int) -> None:
    """Pass so many yen when no more was agreed on."""
    found = proposing.agreed(trouble)
    if found is None:
        return
    least = least_instead(Agreed(found.kind), found.amount, claim.amount - claim.refunded)
    if amount < least:
        raise AgreedOnMore(what=proposing.what(found), least=f"{least:,}", due=spoken(found.due_at))


def part_because(remedy: Remedy, claim: Claim, amount: int, because: PartBecause | None) -> str:
    """Return why only a part is refunded, "" where it is all that is left."""
    left = claim.amount - claim.refunded
    if amount >= left:
        return ""
    if because is None:
        raise PartNeedsReason(left=f"{left:,}")
    wished = remedy.wished_amount if remedy.wish == Kind.PART else None
    if not is_true(
        because,
        Part(amount=amount, wished=wished, most=most(claim), comes_back=remedy.state == RemedyState.ORDERED),
    ):
        raise PartReasonUntrue(reason=PART_BECAUSE[because])
    return because.value


def take_over(actor: Actor, trouble: Trouble) -> list[ProposalEnded]:
    """Let a refund or return that was just granted take the place of what the seller owed: an answer, too."""
    clocks.stop(about=keeping.about(trouble), at=actor.at, why="operator refunds", kind=ANSWER.code)
    urging.turn_to(actor, trouble, Progress(trouble.progress))
    drop_calls(actor, trouble)
    return proposing.give_way(actor, trouble)


def press_on(actor: Actor, trouble: Trouble) -> list[SellerUrged]:
    """Let the seller owe again what a refund or return had taken over that did not come about."""
    thread = trouble.thread
    if thread.state == ThreadState.ANSWERED:
        return []
    running = clock_facts.open_clocks(keeping.about(trouble))
    if thread.state == ThreadState.WAITING and all(clock.kind != ANSWER.code for clock in running):
        thread.answer_due_at = keeping.start_answer(
            thread, Harm(trouble.harm), keeping.about(trouble), actor.at, solution=trouble.resolution_due_at
        )
        thread.save(update_fields=("answer_due_at",))
        trouble.answer_due_at = thread.answer_due_at
        trouble.save(update_fields=("answer_due_at",))
    return urging.turn_to(actor, trouble, Progress(trouble.progress))
