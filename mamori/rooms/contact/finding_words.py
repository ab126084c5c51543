"""Search in words that are open to the centre: entered with a share or consent, opened for the check, withdrawn with it."""

from __future__ import annotations

from collections.abc import Sequence

from mamori.ground.cases.facts import Hit
from mamori.ground.seal import facts as seals
from mamori.rooms.contact import keeping, words
from mamori.rooms.contact.centre import queries as centre
from mamori.rooms.contact.models import Message, Thread


def follow(thread: Thread) -> None:
    """Let the words be found while they are open to the centre, and no longer."""
    if not words.is_open(thread):
        words.withdraw(thread)
        return
    for message, said in words.read_all(thread):
        if said is not None:
            words.enter(thread, message, said)


def read(hits: Sequence[Hit]) -> list[str | None]:
    """Open what was found, as far as the centre may read it now."""
    keys = [hit.key.removeprefix(words.KEY) for hit in hits if hit.key.startswith(words.KEY)]
    rows = list(Message.objects.select_related("thread__trouble__mediation").filter(pk__in=keys))
    opener = seals.Opener().fetch(bytes(message.sealed) for message in rows)
    said = {f"{words.KEY}{message.pk}": _said(message, opener) for message in rows} | centre.read(hits)
    return [said.get(hit.key) for hit in hits]


def _said(message: Message, opener: seals.Opener) -> str | None:
    if not _is_open(message.thread):
        return None
    try:
        return words.read(message.thread, message, opener)
    except seals.Shredded:
        return None


def _is_open(thread: Thread) -> bool:
    mediation = getattr(keeping.trouble_of(thread), "mediation", None)
    return thread.shared_at is not None or (thread.centre_may_read and mediation is not None)
