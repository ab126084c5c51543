"""The page of JOMC: somebody looks at it and says what stands there, and a clock asks for the next look."""

from __future__ import annotations

from mamori.grammar.hand import Hand, Role
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.matters import settlement
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.japan.spoken import spoken
from mamori.law.jomc import JOMC_LOOK
from mamori.rooms.disclosure import notices
from mamori.rooms.disclosure.actions.answers import LinkNotHttps
from mamori.rooms.disclosure.actions.record import record
from mamori.rooms.disclosure.lifecycle import DECIDERS
from mamori.rooms.disclosure.models import JomcLook
from mamori.rooms.disclosure.queries.editions import NoSuchEdition
from mamori.rooms.disclosure.queries.jomc import ABOUT_JOMC, text_now
from mamori.rooms.disclosure.rules.answers import host_of
from mamori.rooms.disclosure.rules.handbook import digest as digest_of
from mamori.rooms.disclosure.rules.jomc import JomcFound


class JomcTextMoved(ChangedMeanwhile, code="jomc-text-moved", status=409):
    """Given when the text is another than the one with which the page was compared."""

    text = Text(
        "文が、お読みになったあとで変わりました。新しい文を読み、JOMCのページと見比べ直してから、記録してください。",
        "The text has changed since you read it. Please read the new one, compare the page with it, and record it then.",
    )


def look_at_jomc(hand: Hand, *, address: str, found: JomcFound, digest: str) -> None:
    """Record what somebody found on the page of JOMC, compared with the text of that digest; a clock asks for the next look."""
    if hand.role not in DECIDERS:
        raise NoSuchEdition
    if not host_of(address):
        raise LinkNotHttps
    with memory.act():
        if digest_of((text_now(hand.at),)) != digest:
            raise JomcTextMoved
        JomcLook.objects.select_for_update().order_by("-id").first()  # one look after the other
        row = JomcLook.objects.create(
            address=address, found=found.value, digest=digest, by=people.subject_of(hand), at=hand.at
        )
        record(hand, "jomc_look", ABOUT_JOMC, address=address, found=found.value, sha256=digest)
        _settle(row, hand, why="jomc_look")


def remind_jomc(hand: Hand) -> None:
    """Ask leads and counsel to look at the page of JOMC again; they are asked anew until somebody did."""
    if hand.role is not Role.MACHINE:
        raise NoSuchEdition
    with memory.act():
        row = JomcLook.objects.select_for_update().latest("id")
        for role in sorted(DECIDERS):
            values = {"day": spoken(row.at)}
            outbox.tell(to=role.value, template=notices.JOMC_DUE, values=values, about=ABOUT_JOMC, at=hand.at)
        record(hand, "jomc_remind", ABOUT_JOMC)
        _settle(row, hand, why="jomc_remind")


def _settle(row: JomcLook, hand: Hand, why: str) -> None:
    """Let the next look be asked for, where something stands there."""
    runs = [] if row.found == JomcFound.NOTHING else [Runs(JOMC_LOOK, since=row.at, again=True)]
    settlement.settle({ABOUT_JOMC: runs}, at=hand.at, why=why)


__all__ = ["JomcTextMoved", "look_at_jomc", "remind_jomc"]
