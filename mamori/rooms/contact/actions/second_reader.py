"""After an emergency look a second person confirms it or objects, by a clock, and by that buyer and seller are told, once."""

from __future__ import annotations

import secrets
from functools import partial

from mamori.grammar.actor import Actor
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.declared import memory
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.facts import ActFact
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.people import actions as people, facts as people_facts
from mamori.ground.web.signing import choices
from mamori.japan import written
from mamori.japan.calendar import spoken
from mamori.law.deadlines import SECOND_READER
from mamori.rooms.contact import keeping, notices
from mamori.rooms.contact.acts import ACTS
from mamori.rooms.contact.finding import NothingHere, the_thread
from mamori.rooms.contact.models import Thread
from mamori.rooms.contact.rules.reading import LOOK_WAITS

OBJECTED = "look-objected"
FOUND = {
    "contact.confirm_look": Text(
        "別の担当者が、危険があったことを確かめています。",
        "Another person has confirmed that there was danger. ",
    ),
    "contact.object_to_look": Text(
        "別の担当者は、差し迫った危険があったとは認めませんでした。",
        "Another person did not find that there was imminent danger. ",
    ),
}
"""What buyer and seller are told of a second person's finding, by the act that says it."""
LATELY = Text("先日", "lately")


def ask(actor: Actor, thread: Thread) -> str:
    """Let a second person be asked about the look that `actor` takes now, in the caller's transaction; return its name.

    While one of the same reader at the same thread waits, that one serves: reading on is no emergency of its own.
    """
    name, own = keeping.about(thread), people_facts.subject_of(actor)
    for look, known in waiting(name).items():
        if known.by == own:
            return look
    look, number = secrets.token_hex(4), keeping.case_number(name)
    # the number is the reason: what the reader wrote may be personal, and lies sealed in the record
    people.propose_reading(actor, about=f"{number}#{look}", profile=choices.profile(actor.at), reason=number)
    keeping.start(SECOND_READER, awaited(thread), actor.at, key=look)
    return look


def awaited(thread: Thread) -> str:
    """Name what the clocks of second readers are about: the looks, whose review outlives the matter and its pauses."""
    return f"contact.look:{thread.pk}"


def confirm_look(actor: Actor, *, thread: int, look: str, version: int | None = None) -> None:
    """Let another person say that the emergency was one, and tell buyer and seller; `version` is how often it was read then."""
    with memory.act():
        found = the_thread(actor, thread)
        number = _proposal(keeping.about(found), look, version)
        people.agree(actor, proposal=number, profile=choices.profile(actor.at))
        _end(actor, found, look, "confirm_look")


def object_to_look(actor: Actor, *, thread: int, look: str, reason: str, version: int | None = None) -> None:
    """Let another person say that it was no emergency, and tell buyer and seller: a lead is told, and the case says so."""
    reason = written.reasoned(reason)
    with memory.act():
        found = the_thread(actor, thread)
        name, profile = keeping.about(found), choices.profile(actor.at)
        number = _proposal(name, look, version)
        people.decline(actor, proposal=number, profile=profile, reason=keeping.case_number(name))
        keeping.notify("lead", notices.LOOK_OBJECTED, found, actor.at)
        _end(actor, found, look, "object_to_look", reason=reason)


def remind_second_reader(actor: Actor, *, thread: int, look: str) -> None:
    """Put a look that nobody has decided on before a lead again; tell both sides of one for which the wait is over.

    Where nobody else could decide, time does; not while somebody is in danger, as to be told might make that worse.
    """
    with memory.act():
        found = the_thread(actor, thread)
        name, trouble = keeping.about(found), keeping.trouble_of(found)
        waits = look in waiting(name)
        if waits or (trouble is not None and trouble.in_danger):
            keeping.start(SECOND_READER, awaited(found), actor.at, key=look)
            if waits:  # where nobody else could decide, there is nothing for a lead to do
                keeping.notify("lead", notices.LOOK_UNCONFIRMED, found, actor.at)
            keeping.keep(actor, found, "remind_second_reader", attention=LOOK_WAITS, look=look)
        elif not any(act.kind == "contact.tell_look" for act in acts_on(name, look)):
            _end(actor, found, look, "see_second_reader")


def waiting(name: str, *, number: str = "") -> dict[str, people_facts.ProposalFact]:
    """Return the looks at a matter that wait for a second reader, by name; `number` is its case's, where known."""
    found = people_facts.open_proposals(about=f"{number or keeping.case_number(name)}#")
    return {one.about.rpartition("#")[2]: one for one in found}


def acts_on(about: str, look: str) -> tuple[ActFact, ...]:
    """Return what was done about that look, as far as it is still on record."""
    return tuple(
        act
        for act in ledger.acts_about(about)
        if act.content is not None and act.content["payload"].get("look") == look
    )


def _proposal(name: str, look: str, version: int | None) -> int:
    """Return what waits for a second person; refuse with what came since: another reading, or somebody's decision."""
    acts = acts_on(name, look)
    if proposal := waiting(name).get(look):
        read = [act for act in acts if act.kind == "contact.look"]
        if version is not None and len(read) > version:
            raise ChangedMeanwhile(what=ACTS["contact.look"].text, when=spoken(read[-1].at))
        return proposal.number
    for act in acts:
        if act.kind in FOUND:
            raise ChangedMeanwhile(what=ACTS[act.kind].text, when=spoken(act.at))
    raise NothingHere()


def _end(actor: Actor, thread: Thread, look: str, verb: str, *, reason: str = "") -> None:
    """Record how the wait ended, and tell both sides when it was read and what was found; neither why nor who read."""
    name = keeping.about(thread)
    clocks.stop(about=awaited(thread), at=actor.at, why=verb, kind=SECOND_READER.code, key=look)
    others = LOOK_WAITS if waiting(name) else ""
    attention = OBJECTED if verb == "object_to_look" else others
    settles = frozenset() if others else frozenset({LOOK_WAITS})
    keep = partial(keeping.keep, actor, thread, look=look, attention=attention, settles=settles)
    read = dict.fromkeys(spoken(act.at) for act in acts_on(name, look) if act.kind == "contact.look")
    day, second = Text.listed(read or (LATELY,)), FOUND.get(f"contact.{verb}", "")
    for party in (f"buyer:{thread.buyer_ref}", f"seller:{thread.seller_ref}"):
        keeping.notify(party, notices.LOOK_TOLD, thread, actor.at, day=day, second=second)
    keep("tell_look")
    keep(verb, reason=reason)
