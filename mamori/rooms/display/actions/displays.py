"""Every write of this room: a display is written, looked at again, missed, and ended with its seller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mamori.grammar.actor import Actor, Role
from mamori.grammar.declaration import Template
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.ground.market.facts import SellerFact
from mamori.ground.matters.performance import Performance, perform
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import spoken
from mamori.law.deadlines import DISPLAY_MENDING, DISPLAY_NOTICE
from mamori.law.display import DISPLAY_REQUIRED, ITEMS, DisplayItem, SellerKind
from mamori.rooms.display import notices
from mamori.rooms.display.actions import matter
from mamori.rooms.display.actions.matter import DISPLAYS, about, settle_displays, the_seller
from mamori.rooms.display.events import AskingGoesOn, DisplayMissed, DisplayWritten
from mamori.rooms.display.facts import is_of_business, named
from mamori.rooms.display.lifecycle import LACKING, DisplayState, ProofState
from mamori.rooms.display.models import ContactProof, Display
from mamori.rooms.display.proofs import queries
from mamori.rooms.display.proofs.actions import follow_contacts, settle_proofs
from mamori.rooms.display.proofs.rules import ProofChannel
from mamori.rooms.display.queries import situation, versions
from mamori.rooms.display.rules.standing import weighed
from mamori.rooms.display.rules.told import (
    MOST_TEXT,
    MOST_WORDS,
    DisplayFault,
    FaultKind,
    ShownDisplay,
    item_of,
    tidied,
)

RELAPSE = timedelta(days=30)
"""What lacks something again so soon has no new time: the one that ran goes on."""
OTHER_MAIL = f"{DisplayItem.MAIL}:{FaultKind.MISMATCH}"


@dataclass(frozen=True, slots=True)
class WrittenDisplay:
    """How a display stands once it was written: its version, its state, what is wrong with it."""

    version: int
    state: DisplayState
    faults: tuple[DisplayFault, ...]


@dataclass(frozen=True, slots=True)
class _Looked:
    """What is wrong with a display, and whether its seller is a private person, of whom nothing is asked."""

    faults: tuple[DisplayFault, ...]
    is_private: bool


class DisplayTooLong(Refusal, code="display-too-long", status=422):
    """Given when more is displayed than anybody would read."""

    text = Text(
        "長すぎます。一つの事項は{words:,}文字、文章は{text:,}文字までです。",
        "That is too long: at most {words:,} characters for an item and {text:,} for the text.",
    )


class ItemTwice(Refusal, code="item-twice", status=422):
    """Given when an item is told twice."""

    text = Text(
        "「{item}」が2回あります。一つにまとめてください。", "“{item}” is told twice. Please put it into one."
    )


class NothingToDisplay(Refusal, code="nothing-to-display", status=422):
    """Given when a display says nothing at all."""

    text = Text("表示する事項を書いてください。", "Please write what is to be displayed.")


def faults_of(actor: Actor, *, seller_ref: str, told: ShownDisplay) -> tuple[DisplayFault, ...]:
    """Return what would be wrong with a display, without writing it."""
    return _look(actor, seller_ref, tidied(told)).faults


def write_display(actor: Actor, *, seller_ref: str, told: ShownDisplay) -> WrittenDisplay:
    """Let a seller show this from now on, look at it, and return how it stands; the same again changes nothing."""
    told = _sound(tidied(told))
    looked = _look(actor, seller_ref, told)
    with perform(actor, DISPLAYS, seller_ref) as act:
        display, packed = act.matter, matter.pack(told)
        last = versions.newest(seller_ref)
        if last is not None and last.content.digest == packed.digest and last.as_private == looked.is_private:
            return WrittenDisplay(display.number, DisplayState(display.state), looked.faults)
        display.number += 1
        act.save("number")
        _judge(act, looked)
        act.record("write", _written(display), digest=packed.digest)
        at = max(actor.at, last.told_at) if last else actor.at
        private = looked.is_private
        matter.add(actor, seller_ref, display.number, packed, by=_side(actor), at=at, as_private=private)
    return WrittenDisplay(display.number, DisplayState(display.state), looked.faults)


def look_at_display(actor: Actor, *, seller_ref: str) -> None:
    """Look at a display again: its time has come, or what is registered of its seller changed."""
    version = versions.newest(seller_ref)
    told = versions.opened(version) if version else None
    if version is None or told is None:
        return
    looked = _look(actor, seller_ref, told)
    with perform(actor, DISPLAYS, seller_ref) as act:
        if act.matter.number != version.number:
            return  # it was written anew meanwhile, and looked at then
        if version.as_private and not looked.is_private:
            withhold(act)
            return
        before = list(act.matter.faults)
        _judge(act, looked)
        events = () if act.matter.faults == before else (_written(act.matter),)
        act.record("look", *events)


def withhold(act: Performance[Display]) -> None:
    """Keep back what a seller wrote as a private person, who was told that nobody reads it: it is asked to write anew."""
    display = act.matter
    if display.state == DisplayState.UNWRITTEN:
        return
    act.step("withhold")
    display.faults, display.doubts = [], []
    display.checked_at = display.look_since = display.lacking_since = display.asked_at = None
    act.save("faults", "doubts", "checked_at", "look_since", "lacking_since", "asked_at")
    act.record("withhold")


def ask_what_is_missing(act: Performance[Display]) -> None:
    """Let a display that was never written lack all that is asked of its seller."""
    _judge(act, _look(act.actor, act.matter.seller_ref, ShownDisplay()))


def miss_display(actor: Actor, *, seller_ref: str) -> None:
    """Note that what is wrong with a display was not put right in time, and tell the seller and the rooms above."""
    with perform(actor, DISPLAYS, seller_ref) as act:
        display = act.matter
        if display.state != DisplayState.LACKING or display.lacking_since is None:
            return
        act.step("miss")
        _notify(display, notices.MISSED, act, due=spoken(_over(display.lacking_since)))
        act.record(
            "miss",
            DisplayMissed(
                subject=about(seller_ref),
                seller_ref=seller_ref,
                version=display.number,
                faults=tuple(display.faults),
                since=display.lacking_since,
            ),
        )


def settle_hindrances(actor: Actor) -> None:
    """Let what was not put right, or not proved, hinder its sellers, or hinder them no more, as the operator says by now."""
    with memory.act():
        displays = Display.objects.select_for_update().filter(state=DisplayState.OVERDUE.value)
        settle_displays(displays.order_by("pk"), at=actor.at, why="settle_hindrances")
        proofs = ContactProof.objects.select_for_update().filter(state=ProofState.MISSED.value)
        settle_proofs(proofs.order_by("pk"), at=actor.at, why="settle_hindrances")


def close_display(actor: Actor, *, seller_ref: str) -> None:
    """End the display of a seller who is gone: no clock runs about it any more."""
    display = Display.objects.filter(pk=seller_ref, closed_at=None).first()
    if display is None:
        return
    with perform(actor, DISPLAYS, seller_ref) as act:
        act.step("close")
        act.matter.closed_at = actor.at
        act.save("closed_at")
        act.record("close")


def _sound(told: ShownDisplay) -> ShownDisplay:
    if not told.items and not told.text:
        raise NothingToDisplay
    seen: set[DisplayItem] = set()
    for one in told.items:
        if one.item in seen:
            raise ItemTwice(item=ITEMS[one.item].text)
        seen.add(one.item)
    if len(told.text) > MOST_TEXT or any(len(one.said) > MOST_WORDS for one in told.items):
        raise DisplayTooLong(words=MOST_WORDS, text=MOST_TEXT)
    return told


def _look(actor: Actor, seller_ref: str, told: ShownDisplay) -> _Looked:
    seller = the_seller(actor, seller_ref)
    asked = situation.asked_of(seller, told.traits, actor.at)
    found = weighed(told, situation.registered(seller, told.place), asked, situation.on_offer(seller_ref))
    if any(one.code == OTHER_MAIL for one in found) and _answers(told, seller):
        found = tuple(one for one in found if one.code != OTHER_MAIL)
    return _Looked(found, is_private=asked.seller is SellerKind.PRIVATE)


def _answers(told: ShownDisplay, seller: SellerFact) -> bool:
    """Say whether the mail address in a display was proved to reach the seller, so that it may be another than the registered."""
    mail = queries.contacts_in(told, seller).get(ProofChannel.MAIL, "")
    return bool(mail) and queries.is_proven(seller.ref, ProofChannel.MAIL, mail)


def _judge(act: Performance[Display], looked: _Looked) -> None:
    """Let the display stand as what is wrong with it says; what newly lacks something is told to the seller."""
    display, actor, found = act.matter, act.actor, looked.faults
    display.faults = [*_overdue(display, found), *(one.code for one in found if one.is_sure)]
    display.doubts = [one.code for one in found if not one.is_sure]
    display.checked_at = actor.at
    display.look_since = (display.look_since or actor.at) if found else None
    act.save("faults", "doubts", "checked_at", "look_since", "lacking_since", "mended_at")
    if display.faults:
        _lack(act)
        return
    if display.state in LACKING:
        display.mended_at = actor.at
    act.step("doubt" if found else "exempt" if looked.is_private else "pass")


def _overdue(display: Display, found: tuple[DisplayFault, ...]) -> list[str]:
    """Return what was not put right in time and is only doubted now: a text that was written beside it mends nothing."""
    if display.state != DisplayState.OVERDUE:
        return []
    doubted = {one.item for one in found if not one.is_sure}
    return [one for one in display.faults if item_of(one) in doubted]


def _lack(act: Performance[Display]) -> None:
    """Let a display lack something: since now, or where it was right for a short while only, since it did before."""
    display, at = act.matter, act.actor.at
    is_new = display.state not in LACKING
    if is_new and not _relapses(display, at):
        display.lacking_since = at
    display.mended_at = None
    act.step("fault")
    if is_new and display.lacking_since is not None:
        _notify(display, notices.LACKING, act, due=spoken(_over(display.lacking_since)))


def _relapses(display: Display, at: datetime) -> bool:
    """Say whether what is wrong was put right only lately, and the time that ran then is not over yet."""
    if display.mended_at is None or display.lacking_since is None:
        return False
    return at - display.mended_at < RELAPSE and _over(display.lacking_since) > at


def _over(since: datetime) -> datetime:
    """Return by when a display has to be put right that lacks something since a moment."""
    return due(Runs(DISPLAY_MENDING, since=since))


def _notify(display: Display, template: Template, act: Performance[Display], *, due: Text) -> None:
    outbox.notify(
        to=f"seller:{display.seller_ref}",
        template=template,
        values={
            "count": len(display.faults),
            "items": named(display.faults),
            "due": due,
        },
        about=about(display.seller_ref),
        at=act.actor.at,
    )


def _written(display: Display) -> DisplayWritten:
    return DisplayWritten(
        subject=about(display.seller_ref),
        seller_ref=display.seller_ref,
        version=display.number,
        state=display.state,
        faults=tuple(display.faults),
    )


def _side(actor: Actor) -> str:
    return "marketplace" if actor.role is Role.MACHINE else "seller"


AT_A_TIME = 20


def follow_asking(actor: Actor, *, after: str = "") -> None:
    """Ask the next sellers for the display that they never wrote, and the proof of contacts, as the operator says by now."""
    with memory.act():
        sellers = market.selling(after=after, limit=AT_A_TIME)
        for seller_ref in sellers:
            follow_unwritten(actor, seller_ref=seller_ref)
            follow_contacts(actor, seller_ref=seller_ref)
        if len(sellers) == AT_A_TIME:
            outbox.publish(AskingGoesOn(subject="display.asking:", after=sellers[-1]), at=actor.at)


def follow_unwritten(actor: Actor, *, seller_ref: str) -> None:
    """Tell a seller who wrote no display that one will be asked for; where none is asked any more, let it be."""
    seller, row = market.seller(seller_ref), Display.objects.filter(pk=seller_ref).first()
    if seller is None or (row is not None and (row.closed_at or versions.newest_public(seller_ref))):
        return
    wanted = not seller.erased and is_of_business(seller) and terms.setting(DISPLAY_REQUIRED, at=actor.at)
    was_asked = row is not None and row.asked_at is not None
    if wanted and not was_asked:
        _ask(actor, seller_ref)
    elif was_asked and not wanted:
        _unask(actor, seller_ref)


def require_display(actor: Actor, *, seller_ref: str) -> None:
    """Ask for a display: the time of notice is over, and all that the law asks for is missing."""
    with perform(actor, DISPLAYS, seller_ref) as act:
        if act.matter.state == DisplayState.UNWRITTEN and act.matter.asked_at is not None:
            ask_what_is_missing(act)
            act.record("require")


def _ask(actor: Actor, seller_ref: str) -> None:
    with perform(actor, DISPLAYS, seller_ref) as act:
        act.matter.asked_at = actor.at
        act.save("asked_at")
        outbox.notify(
            to=f"seller:{seller_ref}",
            template=notices.ASKED,
            values={"due": spoken(due(Runs(DISPLAY_NOTICE, since=actor.at)))},
            about=about(seller_ref),
            at=actor.at,
        )
        act.record("ask")


def _unask(actor: Actor, seller_ref: str) -> None:
    with perform(actor, DISPLAYS, seller_ref) as act:
        one = act.matter
        act.step("unask")
        one.asked_at = one.look_since = one.lacking_since = one.checked_at = None
        one.faults = []
        act.save("asked_at", "look_since", "lacking_since", "checked_at", "faults")
        act.record("unask")
