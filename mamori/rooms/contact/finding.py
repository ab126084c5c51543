"""Finding the thing an action is about, locked, and only for those it concerns."""

from __future__ import annotations

from mamori.grammar.actor import SELLERS, Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.rooms.contact.helping import helper_of
from mamori.rooms.contact.models import Call, Proposal, Recovery, Thread, Trouble, beside


class NothingHere(Refusal, code="nothing-here", status=404):
    """Given when the thing does not exist or is not the asker's: the two must look alike."""

    text = Text(
        "お探しのものは見つかりません。番号をご確認のうえ、相談窓口にお問い合わせください。",
        "Nothing was found. Please check the number, or ask the customer centre.",
    )


def buyer_of(actor: Actor) -> str:
    """Return the buyer's reference that the actor stands for."""
    who, _, ref = actor.by.partition(":")
    if actor.role is not Role.BUYER or who != "buyer" or not ref:
        raise NothingHere()
    return ref


def seller_of(actor: Actor) -> str:
    """Return the seller's reference that the actor stands for, its own or as a delegate."""
    who, _, ref = actor.by.partition(":")
    if actor.role is Role.DELEGATE:
        ref = ref.rpartition("/")[0]
    if actor.role not in SELLERS or who != "seller" or not ref:
        raise NothingHere()
    return ref


def is_party(actor: Actor, *, buyer_ref: str, seller_ref: str) -> bool:
    """Say whether the thing concerns this actor: its buyer, its seller, a delegate of that seller, staff, a machine.

    A delegate's `by` is the seller's with a name behind a slash: `seller:S-1/hanako`.
    """
    match actor.role:
        case Role.BUYER:
            return bool(buyer_ref) and actor.by == f"buyer:{buyer_ref}"
        case Role.SELLER:
            return actor.by == f"seller:{seller_ref}"
        case Role.DELEGATE:
            whose, _, name = actor.by.rpartition("/")  # a reference may hold a slash, a delegate's name never
            return bool(name) and whose == f"seller:{seller_ref}"
        case Role.MACHINE:
            return actor.by.startswith("machine:")
        case _:
            return actor.is_staff


def take_turns(whose: str) -> None:
    """Let what is counted for one buyer or seller be decided one after the other, so that nothing is counted too late."""
    memory.take_turns(f"contact.remedy/{whose}")


def may_see(actor: Actor, thread: Thread) -> bool:
    """Say whether the thread is to be seen by this actor: its parties, staff, a machine, whoever helps its buyer."""
    if is_party(actor, buyer_ref=thread.buyer_ref, seller_ref=thread.seller_ref):
        return True
    return helper_of(actor, thread) is not None


def _may_act(actor: Actor, thread: Thread) -> bool:
    """Say whether the actor may do something with it; somebody who helps must have leave to write."""
    if is_party(actor, buyer_ref=thread.buyer_ref, seller_ref=thread.seller_ref):
        return True
    helper = helper_of(actor, thread)
    return helper is not None and helper.may_write


def the_thread(actor: Actor, thread: int) -> Thread:
    """Return the thread, locked."""
    beside.taken_up(thread)
    found = Thread.objects.select_for_update().filter(pk=thread).first()
    if found is None or not _may_act(actor, found):
        raise NothingHere()
    return found


def buyers_thread(actor: Actor, thread: int) -> Thread:
    """Return the thread, locked, for its buyer's own hand: no helper's, no seller's, no staff's."""
    found = the_thread(actor, thread)
    if actor.role is not Role.BUYER:
        raise NothingHere()
    return found


def the_trouble(actor: Actor, trouble: int) -> Trouble:
    """Return the trouble with its thread, the thread locked: one lock for the whole matter."""
    found = Trouble.objects.filter(pk=trouble).values_list("thread_id", flat=True).first()
    if found is None:
        raise NothingHere()
    thread = the_thread(actor, found)
    fresh = Trouble.objects.get(pk=trouble)
    fresh.thread = thread
    return fresh


def the_call(actor: Actor, call: int) -> Call:
    """Return the call with its trouble, the thread locked."""
    trouble = Call.objects.filter(pk=call).values_list("trouble_id", flat=True).first()
    if trouble is None:
        raise NothingHere()
    locked = the_trouble(actor, trouble)
    found = Call.objects.get(pk=call)
    found.trouble = locked
    return found


def the_proposal(actor: Actor, proposal: int) -> Proposal:
    """Return the proposal with its trouble, the thread locked."""
    trouble = Proposal.objects.filter(pk=proposal).values_list("trouble_id", flat=True).first()
    if trouble is None:
        raise NothingHere()
    locked = the_trouble(actor, trouble)
    found = Proposal.objects.get(pk=proposal)
    found.trouble = locked
    return found


def the_recovery(actor: Actor, recovery: int) -> Recovery:
    """Return the recovery, locked; it concerns its seller and staff, never the buyer."""
    found = Recovery.objects.select_for_update().filter(pk=recovery).first()
    if found is None or not is_party(actor, buyer_ref="", seller_ref=found.seller_ref):
        raise NothingHere()
    return found
