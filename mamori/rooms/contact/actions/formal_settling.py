"""What followed from a formal notice is done: said by the buyer, or by telephone once the words were read out and confirmed."""

from __future__ import annotations

from typing import Any

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Lang, Text
from mamori.ground.declared import memory
from mamori.japan.spoken import spoken
from mamori.rooms.contact import formally, formalnotices, words
from mamori.rooms.contact.actions.callers import NotReadBack, the_check
from mamori.rooms.contact.events import FormalEnded
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.lifecycle.formal import FORMAL, FormalState
from mamori.rooms.contact.models import Check, Formal
from mamori.rooms.contact.rules.callers import Channel

SETTLED = Text(
    "受付番号{number}の{what}（{arrived}に出品者に届いたもの）は、手続きが済みました。見守りを終えてください。",
    "The {what}, case {number}, which reached the seller on {arrived}, is settled. Please stop following it.",
)
"""What a caller confirms, read out as it stands."""


class SettlingNeedsVoice(Refusal):
    """Given when a notice would be called settled on a letter: nobody can be asked whether it is so."""

    code = "settling-needs-voice"
    status = 409
    text = Text(
        "手紙だけでは、手続きが済んだことにできません。読み上げて確かめていただく必要があります。登録の電話番号にかけて、「電話」で受けてください。",
        "A letter alone does not call a notice settled: it has to be read out and confirmed. Please call the registered number "
        "and take it by telephone.",
    )


def settle_formal(hand: Hand, *, formal: int) -> None:
    """Take the buyer's word that what followed from the notice is done."""
    with memory.act():
        _settle(hand, formally.the_formal(hand, formal), "settle")


def settling_for_caller(hand: Hand, *, check: str, formal: int, lang: Lang) -> str:
    """Return the words by which a caller says that it is settled, to be read out and confirmed."""
    found = _callers_own(the_check(hand, check), Formal.objects.filter(pk=formal).first())
    FORMAL.take("settle_by_telephone", FormalState(found.state), hand.role)
    return _said(found, lang)


def settle_formal_for_caller(hand: Hand, *, check: str, formal: int, lang: Lang, read_back: str) -> None:
    """Take a caller's own word that it is settled; `read_back` is the SHA-256 of the words that were confirmed.

    The buyer hears of it in writing, on paper too: it may not have been them.
    """
    passed = the_check(hand, check)
    with memory.act():
        found = _callers_own(passed, formally.the_formal(hand, formal))
        if read_back != words.digest(_said(found, lang)):
            raise NotReadBack()
        how = {"through": passed.channel, "check": str(passed.pk), "read_back_sha256": read_back}
        _settle(hand, found, "settle_by_telephone", **how)
        formally.tell(
            f"buyer:{found.buyer_ref}",
            formalnotices.SETTLED_BY_TELEPHONE,
            found,
            hand.at,
            when=spoken(hand.at),
        )


def ended(hand: Hand, formal: Formal, step: str, verb: str, **how: Any) -> None:
    """Let a step end the notice, which the caller holds locked, and record it."""
    formal.state = FORMAL.take(step, FormalState(formal.state), hand.role)
    formal.closed_at = hand.at
    formal.save(update_fields=("state", "closed_at"))
    formally.keep(hand, formal, verb, formally.news(FormalEnded, formal, state=formal.state), **how)


def _settle(hand: Hand, formal: Formal, step: str, **how: Any) -> None:
    ended(hand, formal, step, "settle_formal", **how)
    formally.tell(f"seller:{formal.seller_ref}", formalnotices.SETTLED, formal, hand.at)


def _callers_own(check: Check, formal: Formal | None) -> Formal:
    """Return the notice, if this caller sent it about the order that the questions were about."""
    if check.channel != Channel.PHONE:
        raise SettlingNeedsVoice()
    if formal is None or (formal.buyer_ref, formal.order_ref) != (check.buyer_ref, check.order_ref):
        raise NothingHere()
    return formal


def _said(formal: Formal, lang: Lang) -> str:
    return SETTLED.fill(
        number=formally.number_of(formal.pk),
        what=formally.declared(formal).title,
        arrived=spoken(formal.arrived_at),
    ).in_(lang)
