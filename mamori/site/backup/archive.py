"""The archive: a tar file and, behind it, one line with the SHA-256 of every byte before."""

from __future__ import annotations

import hashlib
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, Any, BinaryIO

import msgspec

from mamori.site.backup.refusals import BackupAbsent, BackupDamaged, BackupStands

VERSION = 2
SEAL = b"mamori-backup sha256:%b\n"
SEAL_LENGTH = len(SEAL) - 2 + 64
MANIFEST = "manifest.json"


class _Hashing:
    """A file that is written once, from front to back, and hashed on the way."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.sha256 = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.sha256.update(data)
        return self.file.write(data)


@contextmanager
def writing(path: Path) -> Iterator[tarfile.TarFile]:
    """Write an archive that appears under its name when it is whole, for its owner only."""
    if path.exists():
        raise BackupStands(path=path)
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            hashing = _Hashing(file)
            with tarfile.open(fileobj=hashing, mode="w|", format=tarfile.PAX_FORMAT) as tar:  # type: ignore[call-overload]
                yield tar
            file.write(SEAL % hashing.sha256.hexdigest().encode())
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)  # never replaces what another process has just written
    except FileExistsError:
        raise BackupStands(path=path) from None
    finally:
        draft.unlink(missing_ok=True)


def add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    """Put a small content into the archive."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, BytesIO(content))


def add_file(tar: tarfile.TarFile, name: str, path: Path) -> None:
    """Put a file into the archive."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = path.stat().st_size, 0o600
    with path.open("rb") as file:
        tar.addfile(member, file)


def add_stream(tar: tarfile.TarFile, name: str, file: IO[bytes]) -> None:
    """Put what was written to an open file into the archive."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = file.tell(), 0o600
    file.seek(0)
    tar.addfile(member, file)


@contextmanager
def reading(path: Path) -> Iterator[tarfile.TarFile]:
    """Open an archive after every byte of it was checked.

    :raises BackupDamaged: when it is no archive of ours, or not as it was written.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise BackupAbsent(path=path, why=error.strerror) from None
    with file:
        left = os.fstat(file.fileno()).st_size - SEAL_LENGTH
        digest = hashlib.sha256()
        while left > 0 and (chunk := file.read(min(left, 1 << 20))):
            digest.update(chunk)
            left -= len(chunk)
        if left != 0 or file.read() != SEAL % digest.hexdigest().encode():
            raise BackupDamaged(path=path)
        file.seek(0)
        with tarfile.open(fileobj=file, mode="r:") as tar:
            yield tar


def manifest(tar: tarfile.TarFile, path: Path, kind: str) -> dict[str, Any]:
    """Return the manifest.

    :raises BackupDamaged: when it is of another kind or of a version that we do not know.
    """
    told: dict[str, Any] = msgspec.json.decode(content(tar, MANIFEST))
    if (told.get("kind"), told.get("version")) != (kind, VERSION):
        raise BackupDamaged(path=path)
    return told


def content(tar: tarfile.TarFile, name: str) -> bytes:
    """Return what a member holds."""
    member = tar.extractfile(name)
    return member.read() if member else b""


def lines(tar: tarfile.TarFile, name: str) -> Iterator[bytes]:
    """Yield the lines of a member."""
    member = tar.extractfile(name)
    if member:
        yield from member


def extract(tar: tarfile.TarFile, name: str, to: Path) -> None:
    """Write a member to a file of its owner's, and see it on the disk."""
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    source = tar.extractfile(name)
    with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while source and (chunk := source.read(1 << 20)):
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
