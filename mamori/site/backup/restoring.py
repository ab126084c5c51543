"""Restores a backup into an empty house, and believes it only after every table was counted again; keys likewise."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from tarfile import TarFile
from typing import Any

import msgspec
from django.conf import settings
from django.db import connection, transaction

from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import actions as ledger
from mamori.ground.people import actions as people
from mamori.ground.seal import actions as seal, facts as seals
from mamori.ground.seal.facts import KeyRow
from mamori.site.backup import parts
from mamori.site.backup.parts import (
    BackupDamaged,
    ContentDiffers,
    Erased,
    HouseNotEmpty,
    OtherEngine,
    TableSum,
    table,
)
from mamori.site.backup.taking import KEY_FILE, ROWS

PLACES = {"log": "LOG", "files": "FILES"}
"""Which folder of the archive goes where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came back."""

    taken_at: str
    rows: int
    tables: int
    log_files: int
    kept_files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredKeys:
    """Which keys came back; how many were destroyed again by the record and by a list, how many recorded anew."""

    taken_at: str
    files: int
    rows: int
    destroyed: int
    recorded: int
    listed: int


def restore(path: Path) -> Restored:
    """Put database, log and kept files back."""
    with parts.reading(path) as tar:
        told = parts.manifest(tar, path, "house")
        if told["engine"] != connection.vendor:
            raise OtherEngine(theirs=told["engine"], ours=connection.vendor)
        places = {name: _place(name, path) for name in told["files"]}
        if any(
            hashlib.sha256(parts.content(tar, name)).hexdigest() != sha for name, sha in told["files"].items()
        ):
            raise BackupDamaged(path=path)
        parts.must_be_empty()
        for setting in PLACES.values():
            place = Path(getattr(settings, setting))
            if any(not file.name.startswith(".") for file in place.glob("*")):
                raise HouseNotEmpty(what=place)
        Path(settings.HOME).mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=settings.HOME, prefix=".restoring-") as room:
            dump = Path(room) / "database"
            parts.extract(tar, "database", dump)
            parts.load(dump, lambda found: _compare(told, found))
            people.end_visits()  # a backup of former days held them
        for name, place in places.items():
            parts.extract(tar, name, place)
    counts = {folder: sum(name.startswith(f"{folder}/") for name in told["files"]) for folder in PLACES}
    return Restored(
        taken_at=told["at"],
        rows=sum(one["rows"] for one in told["tables"].values()),
        tables=len(told["tables"]),
        log_files=counts["log"],
        kept_files=counts["files"],
    )


def _place(name: str, path: Path) -> Path:
    """Return where a file of the archive goes, which is never outside of the house's own folders."""
    folder, _, rest = name.partition("/")
    inside = PurePosixPath(rest)
    if folder not in PLACES or not rest or inside.is_absolute() or ".." in inside.parts:
        raise BackupDamaged(path=path)
    return Path(getattr(settings, PLACES[folder])) / inside


def keys_fit(path: Path) -> None:
    """See that the keys in the archive can be put back."""
    with parts.reading(path) as tar:
        for name in _names(tar, path):
            place = Path(settings.KEYS) / name
            if place.exists() and place.read_bytes() != parts.content(tar, f"keys/{name}"):
                raise HouseNotEmpty(what=place)


def restore_keys(path: Path, *, at: datetime, erased: Collection[Erased] = ()) -> RestoredKeys:
    """Put the keys back where there are none, and everybody's wrapped keys where they are missing.

    In the same transaction everybody is erased again whom the record, the keys or the list `erased` call erased: no moment
    shows them.  Of the list counts who was erased after the keys were taken.
    """
    keys_fit(path)
    with parts.reading(path) as tar:
        told = parts.manifest(tar, path, "keys")
        names = _names(tar, path)
        for name in names:
            place = Path(settings.KEYS) / name
            if not place.exists():
                place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                parts.extract(tar, f"keys/{name}", place)
        were = {name: table(name, "default").rows for name in told["tables"]}
        with transaction.atomic():
            put = seal.put_back_keys(_rows(tar))
            if not any(were.values()):
                _compare(told, {name: table(name, "default") for name in told["tables"]})
            destroyed = ledger.shred_again(at=at)
            listed = _erase(erased, datetime.fromisoformat(told["at"]), at)
            recorded = ledger.account_again(at=at)
    return RestoredKeys(
        taken_at=told["at"],
        files=len(names),
        rows=put,
        destroyed=destroyed,
        recorded=recorded,
        listed=listed,
    )


def _erase(erased: Collection[Erased], since: datetime, at: datetime) -> int:
    """Erase those of the list who still have the key that came back, and return how many that were."""
    actor = Actor(by="machine:restore", role=Role.MACHINE, at=at, via="command")
    wanted = dict.fromkeys(one.person for one in erased if one.at is None or one.at > since)
    living = [person for person in wanted if seals.living([person])]
    for person in living:
        ledger.shred(actor, subject=person, reason="restore --erased", again=True)
    return len(living)


def _names(tar: TarFile, path: Path) -> list[str]:
    told = parts.manifest(tar, path, "keys")
    names = [str(name) for name in told["files"]]
    if not all(KEY_FILE.fullmatch(name) for name in names):
        raise BackupDamaged(path=path)
    return names


def _rows(tar: TarFile) -> Iterator[KeyRow]:
    decoder = msgspec.json.Decoder(KeyRow)
    for line in parts.lines(tar, ROWS):
        yield decoder.decode(line)


def _compare(told: dict[str, Any], found: dict[str, TableSum]) -> None:
    counted = {name: msgspec.to_builtins(one) for name, one in found.items()}
    names = sorted(name for name in told["tables"] if counted.get(name) != told["tables"][name])
    if names:
        raise ContentDiffers(tables=", ".join(names))
