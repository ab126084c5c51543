"""The centre writes to a party or to both, a party to the centre; who wrote is answered in time."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from mamori.grammar.actor import STAFF, Actor, Role
from mamori.grammar.event import Event
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import actions as index, facts as cases
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.declared import memory
from mamori.ground.matters.seen import ChangedMeanwhile, after_all
from mamori.ground.outbox import facts as outbox
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.japan import written
from mamori.japan.calendar import spoken
from mamori.law.deadlines import CENTRE_ANSWER
from mamori.rooms.contact import danger, keeping, owing, pace, words
from mamori.rooms.contact.actions.talk import back_to_seller
from mamori.rooms.contact.bundled import QUIET
from mamori.rooms.contact.centre import notices
from mamori.rooms.contact.centre.queries import KEY, place_of, rows_of, subject_of
from mamori.rooms.contact.centre.rules import OF_PARTY, Readers, reader_of, unanswered, unfilled
from mamori.rooms.contact.events import CentreWritten
from mamori.rooms.contact.finding import NothingHere, the_thread
from mamori.rooms.contact.mediating import handler
from mamori.rooms.contact.models import CentreMessage, Thread, Trouble
from mamori.rooms.contact.rules.callers import Through
from mamori.rooms.contact.rules.danger import tells_danger
from mamori.rooms.contact.rules.owed import asks_seller
from mamori.rooms.contact.rules.proposals import SIDES, Side
from mamori.rooms.contact.topics import Progress

type Rows = Sequence[CentreMessage]


class PlaceUnfilled(Refusal, code="place-unfilled", status=422):
    """Given when a usual text would be sent with a place in it that nothing filled."""

    text = Text(
        "「{place}」に入るものがありません。書き直してから送ってください。まだ送っていません。",
        "There is nothing to put in the place of “{place}”. Please write it out; nothing was sent yet.",
    )


class ReaderErased(Refusal, code="reader-erased", status=409):
    """Given when the centre would write to somebody whose data was erased."""

    text = Text(
        "{who}の情報は消去されているため、書いても届きません。送っていません。",
        "The data of {who} was erased, so that nothing can reach them. Nothing was sent.",
    )


class SellerNotNamed(Refusal, code="seller-not-named", status=422):
    """Given when the seller would be asked by words that it does not read."""

    text = Text(
        "出品者に尋ねるときは、あて先に「出品者」か「購入者と出品者の両方」を選んでください。まだ送っていません。",
        "To ask the seller, please choose the seller, or both, as who reads it. Nothing was sent yet.",
    )


class OwedAlready(Refusal, code="owed-already", status=409):
    """Given when the seller would be asked anew though what is owed to the buyer is settled: agreed on, or refunded by us."""

    text = Text(
        "合意や運営者の返金があるため、出品者の番には戻せません。番を戻さずに書くことはできます。",
        "There is an agreement, or the operator refunds, so the turn cannot go back. You can write without that.",
    )


class OfferWaits(Refusal, code="offer-waits", status=409):
    """Given when the seller would be asked while its own offer waits for the buyer's word."""

    text = Text(
        "出品者の提案に、購入者がまだ答えていないため、出品者の番には戻せません。番を戻さずに書くことはできます。",
        "The buyer has not replied to the seller's offer, so the turn cannot go back. You can write without that.",
    )


class ConversationOver(Refusal, code="conversation-over", status=409):
    """Given when somebody would write about a trouble that has ended."""

    text = Text(
        "この件は終わっているため、書き足せません。続きがあるときは、同じ注文からもう一度お知らせいただけます。",
        "This has ended, so that nothing can be added. If there is more, it can be reported again from the same order.",
    )


def write_as_centre(
    actor: Actor, *, thread: int, readers: Readers, said: str, seen: str | None = None
) -> None:
    """Write to one party or to both: no state changes, and no clock but that of what is answered with it.

    `seen` is what stood when the words were begun, as `seen_now` says it.
    """
    with memory.act():
        trouble, rows = _open(actor, thread)
        said = _checked(actor, trouble, rows, readers, said=said, seen=seen)
        _send(actor, trouble, rows, readers, said)


def ask_seller(actor: Actor, *, thread: int, readers: Readers, said: str, seen: str | None = None) -> None:
    """Write to the seller, or to both, and give the seller the turn back: its time for an answer begins anew."""
    if not readers.reach(Side.SELLER):
        raise SellerNotNamed()
    with memory.act():
        trouble, rows = _open(actor, thread)
        said = _checked(actor, trouble, rows, readers, said=said, seen=seen)
        if not asks_seller(owing.owed_to_buyer(trouble), unsolved=False):
            raise OwedAlready()
        if (offer := keeping.open_proposal(trouble)) and offer.seller_agreed_at and not offer.buyer_agreed_at:
            raise OfferWaits()
        urged = back_to_seller(actor, trouble.thread, Progress.UNANSWERED, "ask")
        _send(actor, trouble, rows, readers, said, *urged, asked=True)


def _checked(
    actor: Actor, trouble: Trouble, rows: Rows, readers: Readers, *, said: str, seen: str | None
) -> str:
    """Return the words as they will be sent, or refuse what cannot be."""
    if actor.role not in STAFF:
        raise NothingHere()
    said = written.checked(said)
    if place := unfilled(said):
        raise PlaceUnfilled(place=place)
    _check_seen(trouble, rows, seen)
    _check_living(trouble, readers)
    return said


def _check_living(trouble: Trouble, readers: Readers) -> None:
    reached = _reached(trouble.thread, readers)
    gone = seals.erased(reached.values())
    for side, party in reached.items():
        if party in gone:
            raise ReaderErased(who=SIDES[side])


def _send(
    actor: Actor, trouble: Trouble, rows: Rows, readers: Readers, said: str, *events: Event, **recorded: Any
) -> None:
    about = keeping.about(trouble)
    for side, party in _reached(trouble.thread, readers).items():
        clocks.stop(about=about, at=actor.at, why="the centre wrote", kind=CENTRE_ANSWER.code, key=side)
        keeping.notify(party, notices.CENTRE_WROTE, trouble, actor.at)
    new = _sealed(actor, trouble.thread, rows, by_side=Side.CENTRE, readers=readers, said=said)
    _keep(actor, trouble, new, *events, words_sha256=words.digest(said), **recorded)


def _reached(thread: Thread, readers: Readers) -> dict[Side, str]:
    """Return the parties whom a message for these readers reaches."""
    parties = {Side.BUYER: f"buyer:{thread.buyer_ref}", Side.SELLER: f"seller:{thread.seller_ref}"}
    return {side: party for side, party in parties.items() if readers.reach(side)}


def write_to_centre(actor: Actor, *, thread: int, said: str, readers: Readers | None = None) -> None:
    """Write to the centre alone, or let the other party read it too; the centre owes an answer from now on."""
    said = written.checked(said)
    side = reader_of(actor.role)
    if side is None or side is Side.CENTRE:
        raise NothingHere()
    readers = readers or Readers(side)
    if readers not in OF_PARTY[side]:
        raise NothingHere()
    with memory.act():
        trouble, rows = _open(actor, thread)
        pace.check_message(actor, trouble.thread)
        _check_living(trouble, readers)
        raised = danger.raise_by_words(actor, trouble, said) if side is Side.BUYER else []
        if side is Side.SELLER and tells_danger(said):
            danger.notify_staff(trouble, actor.at)
        new = _sealed(actor, trouble.thread, rows, by_side=side, readers=readers, said=said)
        _await_answer(actor, trouble, side, since=None if side in unanswered(rows) else new.at)
        for other, party in _reached(trouble.thread, readers).items():
            if other is not side:
                keeping.notify(party, notices.CENTRE_WROTE, trouble, actor.at)
        attention = "danger" if raised else None
        _keep(actor, trouble, new, *raised, attention=attention, words_sha256=words.digest(said))


def miss_centre_answer(actor: Actor, *, thread: int, side: Side) -> None:
    """Tell the leads of a message to the centre that nobody has answered; its clock begins anew."""
    with memory.act():
        found = the_thread(actor, thread)
        keeping.start(CENTRE_ANSWER, keeping.about(found), actor.at, key=side)
        keeping.notify("lead", notices.UNANSWERED, found, actor.at, who=SIDES[side])
        keeping.keep(actor, found, "miss_centre_answer", attention="centre-asked", side=side)


def seen_now(messages: int, assignee: str) -> str:
    """Say in a word what whoever begins to write sees: how many messages there are, and whose case it is."""
    return f"{messages}/{assignee}"


def _open(actor: Actor, thread: int) -> tuple[Trouble, Rows]:
    """Return the trouble of a thread, which is locked, and what was written with the centre.

    About a question before purchase nobody writes to the centre.
    """
    found = the_thread(actor, thread)
    trouble = keeping.trouble_of(found)
    if trouble is None:
        raise NothingHere()
    if found.closed_at is not None:
        raise ConversationOver()
    return trouble, rows_of(found)


def _check_seen(trouble: Trouble, rows: Rows, seen: str | None) -> None:
    """Refuse words that were begun before somebody else wrote, or before the case changed hands."""
    case = cases.case_of(keeping.about(trouble))
    if seen is None or seen == seen_now(len(rows), case.assignee):
        return
    if seen.partition("/")[2] != case.assignee:
        raise ChangedMeanwhile(what=Text("担当が変わりました", "the case changed hands"), when=_LATELY)
    if not rows:
        raise ChangedMeanwhile(what=Text("やり取りが変わりました", "the messages changed"), when=_LATELY)
    came = Text("{who}からのメッセージが届きました", "a message came from {who}")
    raise ChangedMeanwhile(what=came.fill(who=SIDES[Side(rows[-1].by_side)]), when=spoken(rows[-1].at))


_LATELY = Text("先ほど", "a moment ago")


def _await_answer(actor: Actor, trouble: Trouble, side: Side, *, since: datetime | None) -> None:
    """Let the time for the centre's answer run, `since` then where it does not yet, and tell who has the case: once an hour."""
    about = keeping.about(trouble)
    if since is not None:
        keeping.start(CENTRE_ANSWER, about, since, key=side)
    running = clock_facts.open_clocks(about)
    due = next(one.due_at for one in running if (one.kind, one.key) == (CENTRE_ANSWER.code, side))
    to = handler(trouble)
    told = outbox.notices(about=about, to=to, templates=(notices.PARTY_WROTE.code,), limit=1)
    if not told or actor.at >= told[0].at + QUIET:
        keeping.notify(to, notices.PARTY_WROTE, trouble, actor.at, who=SIDES[side], due=spoken(due))


def _sealed(
    actor: Actor, thread: Thread, rows: Rows, *, by_side: Side, readers: Readers, said: str
) -> CentreMessage:
    """Seal the words for their readers behind the `rows` that are there, and let staff find them."""
    key, subject = uuid.uuid4(), subject_of(thread, readers)
    index.enter_words(about=keeping.about(thread), key=f"{KEY}{key}", subject=subject, text=said)
    return CentreMessage.objects.create(
        id=key,
        thread=thread,
        number=len(rows) + 1,
        by_side=by_side,
        agent=actor.by if by_side is Side.CENTRE else "",
        readers=readers,
        through=Through.HELPER if actor.role is Role.HELPER else Through.OWN,
        at=after_all(actor.at, rows[-1].at if rows else None),
        sealed=sealing.seal(subject=subject, place=place_of(key), plain=said.encode()),
    )


def _keep(
    actor: Actor,
    trouble: Trouble,
    new: CentreMessage,
    *events: Event,
    attention: str | None = None,
    **recorded: Any,
) -> None:
    """Record that it was written; the record knows nothing of the words."""
    wrote = keeping.news(CentreWritten, trouble, by_side=new.by_side, readers=new.readers)
    keeping.keep(
        actor,
        trouble,
        f"centre_{new.readers}",
        wrote,
        *events,
        attention=attention,
        centre_message=new.number,
        **recorded,
    )
