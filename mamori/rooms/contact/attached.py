"""The files of a thread or a formal notice as pages ask for them: listed, and shown to those who may read the words."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.vault import facts as vault
from mamori.rooms.contact.finding import NothingHere, is_party, may_see
from mamori.rooms.contact.models import Attachment, Formal, Thread


class LookFirst(Refusal, code="look-first", status=403):
    """Given when staff would see a file without the recorded look that opens it."""

    text = Text(
        "添付を見るには、根拠を選んで本文を開いてください（10分間見られます）。",
        "To see a file, open the words on a ground first; it can then be seen for ten minutes.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentFact:
    """A file of a thread.  `name` and `ticket` are there only where the words are shown, too.

    `number` names it within its thread; `pages` counts what may be seen of it, 0 while it waits for the scanner.
    """

    number: int
    message: int
    by_seller: bool
    at: datetime
    file: uuid.UUID
    kind: vault.Kind
    size: int
    pages: int
    state: vault.FileState
    state_text: Text
    is_shown: bool
    has_original: bool
    name: str | None = None
    ticket: str = ""

    @property
    def page_numbers(self) -> range:
        """Return the numbers of the pages that may be seen."""
        return range(1, self.pages + 1)


def attachments(thread: int) -> tuple[AttachmentFact, ...]:
    """Return the files of a thread, the oldest first, without their names: who may read those calls `look`."""
    return _facts(thread, named=False)


def named(actor: Actor, thread: Thread) -> tuple[AttachmentFact, ...]:
    """Return the files with their names, for whoever is reading the words; staff get leave to see each for ten minutes."""
    return _facts(thread.pk, named=True, looking=actor if actor.is_staff else None)


def attachment_picture(
    actor: Actor, *, thread: int, number: int, page: int = 1, ticket: str = ""
) -> vault.Picture:
    """Return page `page` of a file: to the parties, and to staff who hold the ticket of a recorded look."""
    return vault.picture(_seen(actor, thread, number, ticket), page)


def attachment_original(actor: Actor, *, thread: int, number: int, ticket: str = "") -> vault.Original:
    """Return a file as it was sent, where a scanner found it clean; to those who may see its pictures."""
    return vault.original(_seen(actor, thread, number, ticket))


def formal_files(actor: Actor, formal: Formal) -> tuple[AttachmentFact, ...]:
    """Return the files of a formal notice with their names, for whoever is reading it; staff get leave to see each."""
    rows = [_Row(row.number, 0, False, row.at, row.file) for row in formal.files.order_by("number")]
    return _shown(rows, named=True, looking=actor if actor.is_staff else None)


def formal_file(actor: Actor, formal: Formal, *, number: int, ticket: str = "") -> uuid.UUID:
    """Return a notice's file: to its parties, and to staff who hold the ticket of a recorded look."""
    found = formal.files.filter(number=number).first()
    is_his = is_party(actor, buyer_ref=formal.buyer_ref, seller_ref=formal.seller_ref)
    if found is None or actor.role is Role.MACHINE or not is_his:
        raise NothingHere()
    return _admitted(actor, found.file, ticket)


def _seen(actor: Actor, thread: int, number: int, ticket: str) -> uuid.UUID:
    found = Attachment.objects.select_related("thread").filter(thread=thread, number=number).first()
    if found is None or actor.role is Role.MACHINE:
        raise NothingHere()
    if not may_see(actor, found.thread):
        raise NothingHere()
    return _admitted(actor, found.file, ticket)


def _admitted(actor: Actor, file: uuid.UUID, ticket: str) -> uuid.UUID:
    if actor.is_staff and not vault.admits(ticket, file=file, who=actor.by, at=actor.at):
        raise LookFirst()
    return file


class _Row(NamedTuple):
    number: int
    message: int
    by_seller: bool
    at: datetime
    file: uuid.UUID


def _facts(thread: int, *, named: bool, looking: Actor | None = None) -> tuple[AttachmentFact, ...]:
    rows = Attachment.objects.filter(thread=thread).select_related("message").order_by("number")
    found = [_Row(row.number, row.message.number, row.by_seller, row.at, row.file) for row in rows]
    return _shown(found, named=named, looking=looking)


def _shown(rows: list[_Row], *, named: bool, looking: Actor | None) -> tuple[AttachmentFact, ...]:
    files = vault.files([row.file for row in rows], named=named)
    return tuple(
        AttachmentFact(
            number=row.number,
            message=row.message,
            by_seller=row.by_seller,
            at=row.at,
            file=row.file,
            kind=file.kind,
            size=file.size,
            pages=file.pages,
            state=file.state,
            state_text=file.state_text,
            is_shown=file.is_shown,
            has_original=file.has_original,
            name=file.name,
            ticket=vault.ticket(row.file, who=looking.by, at=looking.at) if looking else "",
        )
        for row in rows
        if (file := files.get(row.file)) is not None
    )
