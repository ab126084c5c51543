"""Files that a party puts to its words: made ready before anything is written, then attached with them.

A page does `with ready_files(actor, uploads) as ready:` around its form's transaction, in it `write`, `answer` or
`open_trouble`, and then `attach(actor, thread=…, ready=ready)`: a file that is refused stops the form before any word is
sent, and what is not attached in the end is taken from the disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager

from mamori.grammar.actor import SELLERS, Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.vault import actions as vault
from mamori.rooms.contact import keeping
from mamori.rooms.contact.finding import NothingHere, the_thread
from mamori.rooms.contact.models import Attachment


class ThreadOver(Refusal, code="thread-over", status=409):
    """Given when a file would be put to a conversation that has ended."""

    text = Text(
        "このやり取りは終わっているため、添付できません。続きがあるときは、新しくご連絡ください。",
        "This conversation has ended, so nothing can be attached. If there is more, please open a new one.",
    )


class WordsFirst(Refusal, code="words-first", status=422):
    """Given when a file comes without a word."""

    text = Text(
        "ファイルだけでは送れません。何のファイルかを一言添えてお送りください。",
        "A file cannot be sent alone. Please say in a few words what it is.",
    )


def prepare(actor: Actor, uploads: Sequence[vault.Upload]) -> vault.Ready:
    """Examine a party's files and write them to the disk; slow, and so outside every transaction.  All of them, or none."""
    return vault.prepare(actor, uploads, subject=_subject(actor))


def drop(ready: vault.Ready) -> None:
    """Take from the disk what was not attached."""
    vault.drop(ready.files)


def ready_files(actor: Actor, uploads: Sequence[vault.Upload]) -> AbstractContextManager[vault.Ready]:
    """Prepare a party's files for the block, and drop at its end those that were not attached in it."""
    return vault.ready_files(actor, uploads, subject=_subject(actor))


def attach(actor: Actor, *, thread: int, ready: vault.Ready) -> tuple[int, ...]:
    """Put files to the newest words of the actor's side and return their numbers within the thread."""
    if not ready.files:
        return ()
    subject = _subject(actor)
    with memory.act():
        found = the_thread(actor, thread)
        if found.closed_at is not None:
            raise ThreadOver()
        by_seller = actor.role in SELLERS
        message = found.messages.filter(by_seller=by_seller).order_by("-number").first()
        if message is None:
            raise WordsFirst()
        first = found.attachments.count() + 1
        for number, taken in enumerate(ready.files, first):
            if taken.subject != subject:
                raise NothingHere()
            vault.keep(actor, taken, about=keeping.about(found))
            Attachment.objects.create(
                thread=found, message=message, number=number, by_seller=by_seller, file=taken.id, at=actor.at
            )
        keeping.keep(actor, found, "attach", message=message.number, files=ready.told)
    return tuple(range(first, first + len(ready.files)))


def _subject(actor: Actor) -> str:
    """Return whose the files are: the party's that sends them."""
    side = "seller:" if actor.role in SELLERS else "buyer:" if actor.role in (Role.BUYER, Role.HELPER) else ""
    if not side or not actor.by.startswith(side):
        raise NothingHere()
    return actor.whose
