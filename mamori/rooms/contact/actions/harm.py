"""A trouble turns dangerous, which its buyer or staff say; and a lead finds it less grave, with a reason that both sides hear."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.rooms.contact import danger, harming, keeping, turnnotices, urging, words
from mamori.rooms.contact.finding import the_trouble
from mamori.rooms.contact.inputs import Reason
from mamori.rooms.contact.rules.reasons import LowerBecause
from mamori.rooms.contact.topics import HARMS, Harm, Progress, is_lower


class HarmNotLower(Refusal, code="harm-not-lower", status=422):
    """Given when a harm would be lowered to what is not less grave."""

    text = Text(
        "今の程度は「{now}」です。それより軽いものを選んでください。重くするときは「危険だと記録する」をお使いください。",
        "The harm is “{now}” now. Please choose a lesser one; for a graver one, please record that it is dangerous.",
    )


class DangerStands(Refusal, code="danger-stands", status=409):
    """Given when a harm would be lowered while a danger stands whose buyer nobody has reached."""

    text = Text(
        "危険の知らせについて、購入者にまだ確かめていません。先に購入者に確かめるか、"
        "理由を書いて「危険はないと記録する」をお使いください。",
        "The buyer has not been asked about the danger yet. Please reach the buyer first, or record with the reason that "
        "there is no danger.",
    )


def raise_harm(hand: Hand, *, trouble: int, said: str) -> None:
    """Take the buyer's word that it is dangerous now, with what happened: seller, agents and leads are told at once."""
    said = words.checked(said)
    with memory.act():
        found = the_trouble(hand, trouble)
        events = harming.to_danger(hand, found, "write")
        said_so = words.add(hand, found.thread, said)
        keeping.keep(hand, found, "raise_harm", *events, attention="danger", **said_so)


def note_danger(hand: Hand, *, trouble: int, reason: Reason) -> None:
    """Let staff hold a trouble for dangerous by what they know; the buyer is told, and `reason` stays in the record."""
    reason = words.reasoned(reason)
    with memory.act():
        found = the_trouble(hand, trouble)
        events = harming.to_danger(hand, found, "take_down")
        keeping.tell(f"buyer:{found.thread.buyer_ref}", turnnotices.DANGER_BUYER, found, hand.at)
        keeping.keep(hand, found, "note_danger", *events, reason=reason, attention="danger")


def lower_harm(hand: Hand, *, trouble: int, harm: Harm, because: LowerBecause, reason: str) -> None:
    """Let a lead hold a trouble for less grave; both sides hear why, and how to object; `reason` stays in the record.

    A danger whose buyer nobody has reached is not lowered: it is ruled out.
    """
    reason = words.reasoned(reason)
    with memory.act():
        found = the_trouble(hand, trouble)
        if found.in_danger:
            raise DangerStands
        before = Harm(found.harm)
        changed = danger.change(hand, found, "lower_harm", harm)
        if not is_lower(harm, than=before):
            raise HarmNotLower(now=HARMS[before])
        urged = urging.turn_to(hand, found, Progress(found.progress))
        harming.tell_lowered(hand, found, before, because)
        keeping.keep(
            hand,
            found,
            "lower_harm",
            changed,
            *urged,
            reason=reason,
            because=because.value,
            harm_before=before,
        )
