"""Taking a file in: looked at, scanned, rebuilt and written encrypted before any transaction begins; then kept in one."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, Sum

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.seal import actions as sealing
from mamori.ground.seal.facts import Place
from mamori.ground.terms import facts as terms
from mamori.ground.vault import storing, workshop
from mamori.ground.vault.lifecycle import FILE, FileState
from mamori.ground.vault.models import File
from mamori.ground.vault.scanning import Verdict, scan
from mamori.ground.vault.sniffing import Kind, is_heic, kind_of, safe_name
from mamori.law.settings import FILE_BYTES, FILE_PAGES, FILE_PIXELS, FILES_BYTES, FILES_MOST

AGAIN = timedelta(minutes=1)
VERDICTS = {
    Verdict.NONE: "",
    Verdict.CLEAN: "pass",
    Verdict.INFECTED: "lock_away",
    Verdict.AWAY: "hold_back",
}


class FileEmpty(Refusal, code="vault.empty", status=422):
    """There is nothing in the file."""

    text = Text("ファイルが空です。選び直してください。", "The file is empty. Please choose it again.")


class FileTooLarge(Refusal, code="vault.too_large", status=413):
    """The file has more bytes than one may have."""

    text = Text(
        "ファイルは{most}MBまでです。画像を小さくするか、分けてお送りください。",
        "A file may have {most} MB. Please make the picture smaller, or send it in parts.",
    )


class FileNotTaken(Refusal, code="vault.not_taken", status=415):
    """The file is of no kind that is taken in."""

    text = Text(
        "受け取れるのは、画像（JPEG・PNG・WebP・GIF）、PDF、文字だけのファイルです。画面の写真を撮ってお送りください。",
        "Pictures (JPEG, PNG, WebP, GIF), PDFs and plain text are taken. Please send a photo of the screen instead.",
    )


class HeicNotTaken(Refusal, code="vault.heic_not_taken", status=415):
    """The file is a telephone's photo in a form that most screens cannot show."""

    text = Text(
        "この写真の形式（HEIC・AVIF）は受け取れません。JPEG に変えるか、写真の画面を撮ってお送りください。",
        "Photos in this form (HEIC, AVIF) cannot be taken. Please save it as JPEG, or take a screenshot of it.",
    )


class TooManyFiles(Refusal, code="vault.too_many_files", status=409):
    """The matter holds as many files as one may hold."""

    text = Text(
        "このやり取りの添付は、合わせて{files}個・{most}MBまでです。これ以上は添付できません。",
        "One matter may hold {files} files and {most} MB together. No more can be attached.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A file that lies on the disk, encrypted, and is not yet in any table; to be kept, or dropped."""

    id: uuid.UUID
    subject: str
    name: str
    kind: Kind
    size: int
    pages: int
    sha256: str
    state: FileState
    received_at: datetime
    key: bytes = field(repr=False)


def take_in(hand: Hand, *, subject: str, name: str, content: bytes) -> Taken:
    """Examine a file of `subject` ("buyer:B-1") and write it, encrypted under a key of its own, to the disk.

    Slow: it must stand outside every transaction.  Nothing is in a table until `keep`.
    """
    most = terms.setting(FILE_BYTES, at=hand.at)
    if not content:
        raise FileEmpty
    if len(content) > most:
        raise FileTooLarge(most=most >> 20)
    kind = kind_of(content)
    if kind is None:
        raise HeicNotTaken if is_heic(content) else FileNotTaken
    verdict = scan(content)
    is_shown = verdict in {Verdict.NONE, Verdict.CLEAN}
    pictures = workshop.rebuild(content, kind, limits(hand.at)) if is_shown else []
    step = VERDICTS[verdict]
    taken = Taken(
        id=uuid.uuid4(),
        subject=subject,
        name=safe_name(name, kind),
        kind=kind,
        size=len(content),
        pages=len(pictures),
        sha256=hashlib.sha256(content).hexdigest(),
        state=FILE.take(step, FILE.initial, Role.MACHINE) if step else FILE.initial,
        received_at=hand.at,
        key=storing.new_key(),
    )
    parts = {storing.ORIGINAL: content, **dict(enumerate(pictures, 1))}
    storing.write(key=taken.key, file=taken.id, parts=parts)
    return taken


def limits(at: datetime) -> workshop.Limits:
    """Return what the operator lets a file ask of us."""
    return workshop.Limits(
        bytes=terms.setting(FILE_BYTES, at=at),
        pixels=terms.setting(FILE_PIXELS, at=at),
        pages=terms.setting(FILE_PAGES, at=at),
    )


def keep(hand: Hand, taken: Taken, *, about: str) -> None:
    """Enter a file into the matter `about`, in the caller's transaction, which records the act and locks the matter.

    :raises RuntimeError: outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a file is kept in the transaction of what it belongs to")
    files, most = terms.setting(FILES_MOST, at=hand.at), terms.setting(FILES_BYTES, at=hand.at)
    held = File.objects.filter(IS_OPEN, about=about).aggregate(count=Count("pk"), size=Sum("size"))
    if held["count"] >= files or (held["size"] or 0) + taken.size > most:
        raise TooManyFiles(files=files, most=most >> 20)
    told = json.dumps({"name": taken.name, "sha256": taken.sha256}, ensure_ascii=False).encode()
    File.objects.create(
        id=taken.id,
        about=about,
        subject=taken.subject,
        kind=taken.kind.value,
        size=taken.size,
        pages=taken.pages,
        wrapped=sealing.seal(subject=taken.subject, place=place_of(taken.id, "wrapped"), plain=taken.key),
        sealed=sealing.seal(subject=taken.subject, place=place_of(taken.id, "sealed"), plain=told),
        state=taken.state.value,
        received_at=taken.received_at,
        next_try_at=taken.received_at + AGAIN if taken.state is FileState.QUARANTINED else None,
    )


def drop(taken: Iterable[Taken]) -> None:
    """Take from the disk what was taken in and is in no table: what a refusal left over."""
    taken = list(taken)
    kept = set(File.objects.filter(pk__in=[one.id for one in taken]).values_list("pk", flat=True))
    for one in taken:
        if one.id not in kept:
            storing.remove(one.id)


def place_of(file: uuid.UUID, column: str) -> Place:
    """Return where a sealed value of a file stands."""
    return Place("vault_file", str(file), column)


def erase_rows(rows: Iterable[File], *, role: Role, at: datetime) -> int:
    """Mark files as erased and destroy their keys, in the caller's transaction; their bytes go when it has ended."""
    count = 0
    for row in rows:
        row.state = FILE.take("erase", FileState(row.state), role)
        row.wrapped, row.closed_at, row.next_try_at = None, at, None
        row.save(update_fields=("state", "wrapped", "closed_at", "next_try_at"))
        transaction.on_commit(lambda file=row.pk: storing.remove(file))  # type: ignore[misc]
        count += 1
    return count
