"""Which words are open to the centre: just these can be searched."""

from __future__ import annotations

from mamori.ground.cases import actions as cases
from mamori.rooms.contact import keeping
from mamori.rooms.contact.models import Mediation, Message, Thread
from mamori.rooms.contact.models.beside import is_fresh

KEY = "contact.message:"


def is_open(thread: Thread, *, mediated: bool | None = None) -> bool:
    """Say whether the centre may read: the seller shared it, or the buyer agreed and mediation has begun.

    Who knows already whether it has begun says so.
    """
    if thread.shared_at is not None:
        return True
    if mediated is not None:
        return thread.centre_may_read and mediated
    if is_fresh(thread.pk):
        return False
    return thread.centre_may_read and Mediation.objects.filter(trouble__thread=thread).exists()


def enter(thread: Thread, message: Message, said: str) -> None:
    """Let the case be found by one message; the entry goes when its writer is erased."""
    writer = f"seller:{thread.seller_ref}" if message.by_seller else f"buyer:{thread.buyer_ref}"
    cases.enter_words(about=keeping.about(thread), key=f"{KEY}{message.pk}", subject=writer, text=said)


def withdraw(thread: Thread) -> None:
    """Let nothing be found by this thread's words any more."""
    cases.withdraw_words(keys=[f"{KEY}{key}" for key in thread.messages.values_list("pk", flat=True)])
