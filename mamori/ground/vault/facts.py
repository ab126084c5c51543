"""What others may ask of the vault: what a file is, its pictures, and the original of one that was found clean."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.seal import facts as seals
from mamori.ground.vault import taking
from mamori.ground.vault.lifecycle import FILE, SHOWN, FileState as FileState
from mamori.ground.vault.models import File
from mamori.ground.vault.taking import (
    FileDamaged as FileDamaged,
    admits as admits,
    place_of,
    ticket as ticket,
)
from mamori.ground.vault.workshop import Kind as Kind


class NoSuchFile(Refusal, code="vault.no_such_file", status=404):
    """There is no such file or page."""

    text = Text("添付ファイルが見つかりません。", "There is no such file.")


class FileErased(Refusal, code="vault.erased", status=410):
    """The file was erased on purpose."""

    text = Text("この添付ファイルは消去されました。", "This file has been erased.")


class FileWithheld(Refusal, code="vault.withheld", status=409):
    """The file, or its original, is not handed out in its present state."""

    text = Text(
        "このファイルは今「{state}」のため、{what}は表示できません。",
        "This file is “{state}” at present, so {what} cannot be shown.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFact:
    """A file as pages list it; `name` is None unless it was asked for, or once it was erased."""

    id: uuid.UUID
    about: str
    kind: Kind
    size: int
    pages: int
    state: FileState
    state_text: Text
    received_at: datetime
    name: str | None

    @property
    def is_shown(self) -> bool:
        """Say whether its pictures may be seen."""
        return self.state in SHOWN

    @property
    def has_original(self) -> bool:
        """Say whether its original may be handed out: only where a scanner found it clean."""
        return self.state is FileState.CLEAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What may be shown of a file: a new picture, or a text's text."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The very bytes that were sent, under a name without tricks; only ever to be saved, never shown."""

    content: bytes
    media_type: str
    name: str


def file(id: uuid.UUID, *, named: bool = False) -> FileFact:  # noqa: A002
    """Return a file; `named` opens its name, which is as private as words are."""
    return _fact(_row(id), named)


def files_about(about: str, *, named: bool = False) -> tuple[FileFact, ...]:
    """Return the files of a matter, the oldest first, the erased ones too."""
    rows = File.objects.filter(about=about).order_by("received_at", "id")
    return tuple(_fact(row, named) for row in rows)


def files_about_each(abouts: Collection[str], *, named: bool = False) -> dict[str, tuple[FileFact, ...]]:
    """Return the files of several matters in one look, those of each as `files_about` does; nothing of one that has none."""
    rows = list(File.objects.filter(about__in=abouts).order_by("received_at", "id"))
    opener = seals.Opener().fetch(bytes(row.sealed) for row in rows if row.sealed)
    found: dict[str, tuple[FileFact, ...]] = {}
    for row in rows:
        found[row.about] = (*found.get(row.about, ()), _fact(row, named, opener))
    return found


def files(ids: Iterable[uuid.UUID], *, named: bool = False) -> dict[uuid.UUID, FileFact]:
    """Return these files by their id, in one look; a name is opened with each subject's key fetched once."""
    opener = seals.Opener()
    return {row.pk: _fact(row, named, opener) for row in File.objects.filter(pk__in=list(ids))}


def picture(id: uuid.UUID, page: int = 1) -> Picture:  # noqa: A002
    """Return page `page` of what may be shown; whoever asks has already seen to it that the asker may see it."""
    row = _row(id)
    state = FileState(row.state)
    if state is FileState.ERASED:
        raise FileErased
    if state not in SHOWN:
        raise FileWithheld(state=FILE.states[state], what=Text("内容", "its content"))
    if not 1 <= page <= row.pages:
        raise NoSuchFile
    kind = Kind(row.kind)
    content = taking.read_part(key=_key(row), file=row.pk, part=page)
    return Picture(content=content, media_type=kind.media_type if kind is Kind.TEXT else "image/jpeg")


def original(id: uuid.UUID) -> Original:  # noqa: A002
    """Return the bytes that were sent; only of a file that a scanner found clean."""
    row = _row(id)
    state, kind = FileState(row.state), Kind(row.kind)
    if state is FileState.ERASED:
        raise FileErased
    if state is not FileState.CLEAN:
        raise FileWithheld(state=FILE.states[state], what=Text("原本", "the original"))
    content = taking.read_part(key=_key(row), file=row.pk, part=taking.ORIGINAL)
    return Original(content=content, media_type=kind.media_type, name=_told(row)["name"])


def kept(id: uuid.UUID) -> bytes:  # noqa: A002
    """Return the bytes that were sent, whatever a scanner said of them: for an operator that takes along all that is its own."""
    row = _row(id)
    if FileState(row.state) is FileState.ERASED:
        raise FileErased
    return taking.read_part(key=_key(row), file=row.pk, part=taking.ORIGINAL)


def _row(id: uuid.UUID) -> File:  # noqa: A002
    row = File.objects.filter(pk=id).first()
    if row is None:
        raise NoSuchFile
    return row


def _fact(row: File, named: bool, opener: seals.Opener | None = None) -> FileFact:
    state = FileState(row.state)
    name = None
    if named and state is not FileState.ERASED:
        try:
            name = _told(row, opener)["name"]
        except seals.Shredded:
            name = None
    return FileFact(
        id=row.pk,
        about=row.about,
        kind=Kind(row.kind),
        size=row.size,
        pages=row.pages,
        state=state,
        state_text=FILE.states[state],
        received_at=row.received_at,
        name=name,
    )


def _told(row: File, opener: seals.Opener | None = None) -> dict[str, str]:
    plain = (opener or seals.Opener()).unseal(
        subject=row.subject, place=place_of(row.pk, "sealed"), sealed=bytes(row.sealed)
    )
    told: dict[str, str] = json.loads(plain)
    return told


def _key(row: File) -> bytes:
    try:
        return seals.unseal(
            subject=row.subject, place=place_of(row.pk, "wrapped"), sealed=bytes(row.wrapped or b"")
        )
    except seals.Shredded:
        raise FileErased from None
