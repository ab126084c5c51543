"""Taking files in: looked at before any transaction, encrypted on disk chunk by chunk; and leave to see one for a while."""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import connection, transaction
from django.db.models import Count, Sum

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.seal import actions as sealing
from mamori.ground.seal.facts import Place
from mamori.ground.terms import facts as terms
from mamori.ground.vault import workshop
from mamori.ground.vault.lifecycle import FILE, FileState
from mamori.ground.vault.models import File
from mamori.ground.vault.workshop import Kind, Verdict, is_heic, kind_of, safe_name, scan
from mamori.law.settings import FILE_BYTES, FILE_PAGES, FILE_PIXELS, FILES_BYTES, FILES_MOST

HOLDS = timedelta(minutes=10)
SALT = "mamori.vault.look"


def ticket(file: uuid.UUID, *, who: str, at: datetime) -> str:
    """Return leave for `who` ("agent:7") to see the file until ten minutes after `at`."""
    return Signer(salt=SALT).sign_object([file.hex, who, int((at + HOLDS).timestamp())])


def admits(given: str, *, file: uuid.UUID, who: str, at: datetime) -> bool:
    """Say whether the leave is for this file and this person, and still holds."""
    try:
        whose, whom, until = Signer(salt=SALT).unsign_object(given)
        return (whose, whom) == (file.hex, who) and at < datetime.fromtimestamp(until, UTC)
    except (BadSignature, ValueError, TypeError):
        return False


# Encrypted files on disk: chunk by chunk under the file's own key, each bound to its file, part and place.


MAGIC = b"mamori-file 1\n"
CHUNK = 64 << 10
NONCE, TAG = 12, 16
ORIGINAL = 0


class FileDamaged(Refusal, code="vault.damaged", status=409):
    """The bytes on disk are not those that were written."""

    text = Text(
        "預かったファイル {file} が壊れているか、書き換えられています。控えから戻してください。",
        "The kept file {file} is damaged or was changed. Put it back from a backup.",
    )


class NoRoom(Refusal, code="vault.no_room", status=424):
    """The disk cannot take the file; nothing was kept of it."""

    text = Text(
        "ただいまファイルを保存できません。時間をおいてもう一度お送りください。",
        "The file cannot be kept just now. Please try again later.",
    )


def new_key() -> bytes:
    """Return a key for one file."""
    return AESGCM.generate_key(256)


def file_of_part(file: uuid.UUID, part: int) -> Path:
    """Return where a part stands."""
    return Path(settings.FILES) / file.hex[:2] / f"{file.hex}.{part}"


def write_part(*, key: bytes, file: uuid.UUID, parts: dict[int, bytes]) -> None:
    """Write parts of a file; either all of them stand afterwards or none."""
    try:
        for part, plain in parts.items():
            _write(key, file, part, plain)
    except OSError:
        with suppress(OSError):
            remove_parts(file, parts)
        raise NoRoom from None


def read_part(*, key: bytes, file: uuid.UUID, part: int) -> bytes:
    """Return what a part holds."""
    try:
        sealed = file_of_part(file, part).read_bytes()
    except OSError:
        raise FileDamaged(file=f"{file}.{part}") from None
    cipher = AESGCM(key)
    plain = bytearray()
    try:
        for number, is_last, chunk in _chunks(sealed):
            plain += cipher.decrypt(chunk[:NONCE], chunk[NONCE:], _bound(file, part, number, is_last))
    except (InvalidTag, ValueError):
        raise FileDamaged(file=f"{file}.{part}") from None
    return bytes(plain)


def remove_parts(file: uuid.UUID, parts: dict[int, bytes] | None = None) -> None:
    """Take a file's parts from the disk, all of them unless some are named."""
    folder = file_of_part(file, ORIGINAL).parent
    names = folder.glob(f"{file.hex}.*") if parts is None else (file_of_part(file, part) for part in parts)
    for name in list(names):
        name.unlink(missing_ok=True)


def parts_standing() -> Iterator[tuple[uuid.UUID | None, Path, float]]:
    """Yield every file on the disk: whose it is (None for a draft), where, and when it was written."""
    for path in Path(settings.FILES).glob("[0-9a-f][0-9a-f]/*"):
        name, _, ending = path.name.partition(".")
        if not (ending.isdecimal() or ending.endswith(".draft")):
            continue  # nothing that we write
        try:
            written = path.stat().st_mtime
            yield (uuid.UUID(hex=name) if ending.isdecimal() else None), path, written
        except (ValueError, OSError):
            continue


class LaidGone(Refusal, code="vault.laid_gone", status=410):
    """What was laid by is gone, or was laid by by somebody else."""

    text = Text(
        "お預かりしたファイルは、もうありません。もう一度ファイルを選んでください。",
        "The file is not kept any more. Please choose it again.",
    )


LAID = "mamori.vault.laid"
LAID_FOR = timedelta(days=1)


def lay_by(content: bytes, *, who: str) -> str:
    """Keep bytes for a day that belong to no matter yet; the ticket, which `who` alone can use, holds their only key."""
    file, key = uuid.uuid4(), new_key()
    lay_beside(
        ticket := Signer(salt=LAID).sign_object([file.hex, key.hex(), who]), content, who=who, part=ORIGINAL
    )
    return ticket


def lay_beside(ticket: str, content: bytes, *, who: str, part: int) -> None:
    """Keep more bytes beside what was laid by, as a part of their own."""
    file, key = _of_ticket(ticket, who)
    write_part(key=key, file=file, parts={part: content})
    place = file_of_part(file, part)
    until = place.stat().st_mtime + LAID_FOR.total_seconds()  # the sweep goes by when a file was written
    os.utime(place, (until, until))


def laid(ticket: str, *, who: str, part: int = ORIGINAL) -> bytes:
    """Return what was laid by."""
    file, key = _of_ticket(ticket, who)
    try:
        return read_part(key=key, file=file, part=part)
    except FileDamaged:
        raise LaidGone from None


def laid_beside(ticket: str, *, who: str) -> Iterator[bytes]:
    """Yield what was laid beside it, part by part."""
    file, key = _of_ticket(ticket, who)
    numbers = (path.suffix[1:] for path in file_of_part(file, ORIGINAL).parent.glob(f"{file.hex}.*"))
    for part in sorted(int(number) for number in numbers if number.isdecimal()):
        if part != ORIGINAL:
            yield read_part(key=key, file=file, part=part)


def clear_laid(ticket: str, *, who: str) -> None:
    """Remove what was laid by, and what lies beside it."""
    remove_parts(_of_ticket(ticket, who)[0])


def _of_ticket(ticket: str, who: str) -> tuple[uuid.UUID, bytes]:
    try:
        file, key, whose = Signer(salt=LAID).unsign_object(ticket)
    except (BadSignature, ValueError, TypeError):
        raise LaidGone from None
    if whose != who:
        raise LaidGone
    return uuid.UUID(hex=file), bytes.fromhex(key)


def _write(key: bytes, file: uuid.UUID, part: int, plain: bytes) -> None:
    place = file_of_part(file, part)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = place.with_name(f"{place.name}.draft")
    cipher, last = AESGCM(key), max(len(plain) - 1, 0) // CHUNK
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(MAGIC)
            for number in range(last + 1):
                nonce = os.urandom(NONCE)
                chunk = plain[number * CHUNK : (number + 1) * CHUNK]
                out.write(nonce + cipher.encrypt(nonce, chunk, _bound(file, part, number, number == last)))
            out.flush()
            os.fsync(out.fileno())
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _chunks(sealed: bytes) -> Iterator[tuple[int, bool, bytes]]:
    """Yield number, whether it is the last, and the sealed chunk."""
    if not sealed.startswith(MAGIC) or len(sealed) < len(MAGIC) + NONCE + TAG:
        raise ValueError("no file of ours")
    size = NONCE + CHUNK + TAG
    starts = range(len(MAGIC), len(sealed), size)
    for number, at in enumerate(starts):
        yield number, number == len(starts) - 1, sealed[at : at + size]


def _bound(file: uuid.UUID, part: int, number: int, is_last: bool) -> bytes:
    return MAGIC + file.bytes + part.to_bytes(4) + number.to_bytes(8) + bytes([is_last])


# Taking a file in: looked at, scanned, rebuilt and written encrypted before any transaction begins; then kept in one.


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


class PictureOnly(Refusal, code="vault.picture_only", status=415):
    """The file is no picture of the kinds that are taken in."""

    text = Text(
        "PNG・JPEG・WebP・GIF の画像を選んでください。SVG などは、PNG に書き出してからお送りください。",
        "Please choose a picture (PNG, JPEG, WebP or GIF). Save an SVG or another kind as PNG first.",
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


def take_in(actor: Actor, *, subject: str, name: str, content: bytes) -> Taken:
    """Examine a file of `subject` ("buyer:B-1") and write it, encrypted under a key of its own, to the disk.

    Slow: it must stand outside every transaction.  Nothing is in a table until `keep`.
    """
    _must_fit(content, terms.setting(FILE_BYTES, at=actor.at))
    kind = kind_of(content)
    if kind is None:
        raise HeicNotTaken if is_heic(content) else FileNotTaken
    verdict = scan(content)
    is_shown = verdict in {Verdict.NONE, Verdict.CLEAN}
    pictures = workshop.rebuild(content, kind, limits(actor.at)) if is_shown else []
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
        received_at=actor.at,
        key=new_key(),
    )
    parts = {ORIGINAL: content, **dict(enumerate(pictures, 1))}
    write_part(key=taken.key, file=taken.id, parts=parts)
    return taken


def _must_fit(content: bytes, most: int) -> None:
    if not content:
        raise FileEmpty
    if len(content) > most:
        raise FileTooLarge(most=most >> 20)


def limits(at: datetime) -> workshop.Limits:
    """Return what the operator lets a file ask of us."""
    return workshop.Limits(
        bytes=terms.setting(FILE_BYTES, at=at),
        pixels=terms.setting(FILE_PIXELS, at=at),
        pages=terms.setting(FILE_PAGES, at=at),
    )


def picture(content: bytes, *, side: int, most: int, at: datetime) -> bytes:
    """Return a new JPEG of a picture of at most `most` bytes: on white, no longer side than `side`, and nothing else of it.

    Slow: it must stand outside every transaction.  What was sent is not kept.
    """
    _must_fit(content, most)
    kind = kind_of(content)
    if kind not in workshop.IMAGES or scan(content) is Verdict.INFECTED:
        raise PictureOnly
    return workshop.rebuild(content, kind, replace(limits(at), side=side))[0]


def keep(actor: Actor, taken: Taken, *, about: str) -> None:
    """Enter a file into the matter `about`, in the caller's transaction, which records the act and locks the matter."""
    if not connection.in_atomic_block:
        raise RuntimeError("a file is kept in the transaction of what it belongs to")
    files, most = terms.setting(FILES_MOST, at=actor.at), terms.setting(FILES_BYTES, at=actor.at)
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
            remove_parts(one.id)


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
        transaction.on_commit(lambda file=row.pk: remove_parts(file))  # type: ignore[misc]
        count += 1
    return count


MOST_AT_ONCE = 5


class TooManyAtOnce(Refusal, code="too-many-at-once", status=422):
    """Given when one form brings more files than are examined in one go."""

    text = Text(
        "一度に添付できるのは{most}個までです。分けてお送りください。",
        "At most {most} files can be attached at once. Please send them in parts.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as a form brings it: the name that its sender gave it, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Ready:
    """Files that were examined and lie encrypted on the disk, not yet part of anything."""

    files: tuple[Taken, ...] = ()

    @property
    def told(self) -> list[dict[str, Any]]:
        """Return what an act records of them: which files, their digest and their size in bytes."""
        return [{"file": str(one.id), "sha256": one.sha256, "size": one.size} for one in self.files]


def prepare(actor: Actor, uploads: Sequence[Upload], *, subject: str) -> Ready:
    """Examine files of `subject` and write them to the disk; slow, and so outside every transaction.  All, or none."""
    if len(uploads) > MOST_AT_ONCE:
        raise TooManyAtOnce(most=MOST_AT_ONCE)
    taken: list[Taken] = []
    try:
        for upload in uploads:
            taken.append(take_in(actor, subject=subject, name=upload.name, content=upload.content))  # noqa: PERF401  what was taken must be dropped when a later one is refused
    except BaseException:
        drop(taken)
        raise
    return Ready(tuple(taken))


@contextmanager
def ready_files(actor: Actor, uploads: Sequence[Upload], *, subject: str) -> Iterator[Ready]:
    """Prepare files for the block, and drop at its end those that were not kept in it."""
    ready = prepare(actor, uploads, subject=subject)
    try:
        yield ready
    finally:
        drop(ready.files)
