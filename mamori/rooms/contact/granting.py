"""A decision on a refund in the seller's place: what it is held against, and what it takes the place of."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.japan.spoken import spoken
from mamori.rooms.contact import proposing, urging
from mamori.rooms.contact.ending import drop_calls
from mamori.rooms.contact.events import ProposalEnded
from mamori.rooms.contact.models import Trouble
from mamori.rooms.contact.rules.eligibility import Claim
from mamori.rooms.contact.rules.reasons import PartBecause
from mamori.rooms.contact.topics import Progress


class AgreementStands(Refusal):
    """Given when the matter would end without a refund while both sides have agreed on something that is not due yet."""

    code = "agreement-stands"
    status = 409
    text = Text(
        "双方が「{what}」で合意しています（期限：{due}）。守られなかったときに判断できます。それまでは、この合意をお待ちください。",
        "Both sides have agreed: “{what}”, to be done by {due}. Please wait for that; if it is not kept, a decision is open.",
    )


class AgreedOnMore(Refusal):
    """Given when less would be refunded than both sides have agreed on."""

    code = "agreed-on-more"
    status = 409
    text = Text(
        "双方が「{what}」で合意しています。これより少ない額の返金には代えられません。合意の額以上を入力するか、{due}までお待ちください。",
        "Both sides have agreed: “{what}”. A smaller refund cannot take its place. Please give at least that amount, or wait "
        "until {due}.",
    )


class PartNeedsReason(Refusal):
    """Given when only a part is refunded and nobody has said why."""

    code = "part-needs-reason"
    status = 422
    text = Text(
        "残りの額（{left}円）より少ない返金には、購入者に伝える理由を選んでください。",
        "Less than what is left ({left} yen) needs a reason that the buyer is told. Please choose one.",
    )


def refuse_over_agreement(trouble: Trouble) -> None:
    """Pass where nothing is agreed on.

    :raises AgreementStands: otherwise.
    """
    found = proposing.agreed(trouble)
    if found is not None:
        raise AgreementStands(what=proposing.what(found), due=spoken(found.due_at))


def refuse_below_agreement(trouble: Trouble, amount: int) -> None:
    """Pass so many yen when no more was agreed on.

    :raises AgreedOnMore: otherwise.
    """
    found = proposing.agreed(trouble)
    if found is not None and amount < found.amount:
        raise AgreedOnMore(what=proposing.what(found), due=spoken(found.due_at))


def part_because(claim: Claim, amount: int, because: PartBecause | None) -> str:
    """Return why only a part is refunded, "" where it is all that is left.

    :raises PartNeedsReason: when it is a part and no reason was given.
    """
    left = claim.amount - claim.refunded
    if amount >= left:
        return ""
    if because is None:
        raise PartNeedsReason(left=f"{left:,}")
    return because.value


def take_over(hand: Hand, trouble: Trouble) -> list[ProposalEnded]:
    """Let a refund or return that was just granted take the place of what the seller owed: nobody urges or calls it now."""
    urging.turn_to(hand, trouble, Progress(trouble.progress))
    drop_calls(hand, trouble)
    return proposing.give_way(hand, trouble)
