"""Writes all that the house keeps as plain files, for an operator that leaves: tables, kept files, log and receipts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import batched
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import UUID

import msgspec
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.module_loading import autodiscover_modules

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.personal import Column, How, tables
from mamori.ground.ledger import actions as ledger, facts as acts, log
from mamori.ground.seal import facts as seal
from mamori.ground.vault import facts as vault
from mamori.site import prepared
from mamori.site.backup import parts

AT_ONCE = 500
ERASED, DAMAGED = {"erased": True}, {"damaged": True}


class FolderTaken(Refusal, code="leave.folder_taken", status=409):
    """Given when the folder holds something."""

    text = Text(
        "{folder} は空ではありません。空のフォルダーか、まだない名前を指定してください。",
        "{folder} is not empty. Name an empty folder, or one that is not there yet.",
    )


class LeftHalfway(Refusal, code="leave.halfway", status=424):
    """Given when not everything could be written."""

    text = Text(
        "途中で止まりました（{why}）。{folder} は一部だけなので消し、別のフォルダーでもう一度実行してください。",
        "It stopped halfway ({why}). {folder} holds a part only: delete it, and begin again in another folder.",
    )


@dataclass(slots=True)
class Left:
    """What was written, rows by table; `damaged` counts values and files that open by no key, each marked in its place."""

    folder: Path
    rows: dict[str, int]
    files: int = 0
    receipts: int = 0
    damaged: int = 0


def leave(actor: Actor, *, folder: Path) -> Left:
    """Record it, then write everything as it is at one moment; the index is written last, when all is there."""
    folder = folder.absolute()
    if not folder.parent.is_dir():
        raise parts.NoBackupFolder(folder=folder.parent)
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise FolderTaken(folder=folder)
    prepared.keys_must_fit()
    with transaction.atomic():
        told = {"folder": str(folder)}
        ledger.record(actor, kind="house.leave", subject=ledger.MARKET, about="house", payload=told)
    ledger.sequence(at=actor.at)
    left = Left(folder, {})
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        with _moment(lambda: _copy_log(folder)) as using:
            for model, columns in _tables():
                _write_table(left, model, columns, using)
        _write_files(left)
        _write_receipts(left)
        verifier = cast("str", finders.find("public/mamori_verify.py.txt"))
        with _new(folder / "mamori_verify.py") as file:
            file.write(Path(verifier).read_bytes())
        for lang in ("ja", "en"):
            with translation.override(lang), _new(folder / f"README.{lang}.md") as file:
                file.write(render_to_string("site/left.md", {"tables": list(_index(left))}).encode())
    except Refusal as refusal:
        raise LeftHalfway(folder=folder, why=refusal.sentence) from refusal
    except (OSError, DatabaseError) as error:
        raise LeftHalfway(folder=folder, why=str(error).strip()) from error
    return left


@contextmanager
def _moment(with_log: Callable[[], None]) -> Iterator[str]:
    """Hold the tables as they are now, while others go on writing, and give the alias by which they are read."""
    if (
        connection.vendor == "sqlite"
    ):  # a plain connection beside the house's own, whose transactions are for writing
        with parts.opened(Path(str(connection.settings_dict["NAME"]))) as alias, _held(alias, with_log):
            yield alias
    else:
        with _held("default", with_log):
            yield "default"


@contextmanager
def _held(using: str, with_log: Callable[[], None]) -> Iterator[None]:
    with transaction.atomic(using=using):
        with log.alone():  # the log stands still while it is copied; acts go on
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            apps.get_model("ledger", "Act")._base_manager.using(using).exists()  # it begins at the first read
            with_log()
        yield


def _copy_log(folder: Path) -> None:
    for file in sorted(Path(settings.LOG).rglob("*")):
        if file.is_file() and not file.name.startswith("."):  # not the lock
            with _new(folder / "log" / file.relative_to(settings.LOG)) as copy:
                copy.write(file.read_bytes())


def _tables() -> Iterator[tuple[type[Model], Mapping[str, Column]]]:
    """Yield each table that goes along, with what is declared of its columns."""
    autodiscover_modules("personal")
    declared = tables()
    for model in sorted(apps.get_models(include_auto_created=True), key=lambda one: one._meta.db_table):
        columns = declared.get(name := model._meta.db_table, {})
        has_any = not columns or any(column.goes_along for column in columns.values())
        if has_any and name not in parts.APART and not model._meta.proxy:
            yield model, columns


def _write_table(left: Left, model: type[Model], columns: Mapping[str, Column], using: str) -> None:
    table, pk = model._meta.db_table, str(model._meta.pk.column)
    fields = {str(field.column): field.attname for field in model._meta.concrete_fields}
    behind = {name for name, column in columns.items() if not column.goes_along}
    sealed = [name for name in columns.keys() - behind if columns[name].how in (How.SEALED, How.HOUSE)]
    places = {name: columns[name].at or (f"{table} {{{pk}}} {name}",) for name in sealed}
    rows = model._base_manager.using(using).order_by("pk").values_list(*fields.values())
    left.rows[table] = 0
    with _new(left.folder / "tables" / f"{table}.jsonl") as file:
        for some in batched(rows.iterator(chunk_size=AT_ONCE), AT_ONCE):
            here = [dict(zip(fields, row, strict=True)) for row in some]
            opener = seal.Opener().fetch(bytes(row[name]) for row in here for name in sealed if row[name])
            for row in here:
                told = {name: value for name, value in row.items() if name not in behind}
                for name in sealed:
                    if row[name] is not None:
                        value = _opened(opener, bytes(row[name]), _filled(places[name], row, row[pk]))
                        told[name] = _without(columns[name].but, value)
                        left.damaged += "damaged" in value
                file.write(_line(told))
            left.rows[table] += len(here)


def _filled(patterns: Iterable[str], row: Mapping[str, Any], most: Any) -> Iterator[seal.Place]:
    """Yield the places that a value may be sealed to; of `{nth}` is known only that it is no higher than the row's number."""
    for pattern in patterns:
        for nth in range(1, most + 1 if "{nth}" in pattern else 2):
            yield seal.Place(*(part.format_map({**row, "nth": nth}) for part in pattern.split(" ")))


def _opened(opener: seal.Opener, sealed: bytes, places: Iterable[seal.Place]) -> dict[str, Any]:
    """Return whose a sealed value is and what it says, or that it was erased or opens by no key."""
    whose = opener.whose(sealed)
    for place in places:
        try:
            return {"of": whose} | _said(opener.unseal(subject=whose, place=place, sealed=sealed))
        except seal.Shredded:
            return {"of": whose} | ERASED
        except seal.SealBroken:
            continue
    return {"of": whose} | DAMAGED


def _said(plain: bytes) -> dict[str, Any]:
    """Return lists and tables as JSON carries them, words as they are, and other bytes as base64."""
    try:
        words = plain.decode()
        return {"value": msgspec.json.decode(plain) if words.startswith(("{", "[")) else words}
    except UnicodeDecodeError:
        return {"base64": plain}
    except msgspec.DecodeError:
        return {"value": words}


def _without(secrets: Iterable[str], said: dict[str, Any]) -> dict[str, Any]:
    if secrets and "value" in said:
        said["value"] = {name: one for name, one in said["value"].items() if name not in secrets}
    return said


def _write_files(left: Left) -> None:
    """Open the kept files of the table that was written; one that no scanner found clean gets an ending that nothing opens."""
    for row, index in _each(left, "vault_file", "files.jsonl"):
        ending = vault.Kind(row["kind"]).ending + ".unchecked" * (row["state"] != vault.FileState.CLEAN)
        found: dict[str, Any] = {"file": f"files/{row['id']}{ending}"}
        try:
            content = vault.kept(UUID(row["id"]))
            with _new(left.folder / found["file"]) as file:
                file.write(content)
            left.files += 1
        except (vault.FileErased, vault.NoSuchFile):
            found = ERASED
        except (vault.FileDamaged, seal.SealBroken):
            found, left.damaged = DAMAGED, left.damaged + 1
        index.write(_line({"id": row["id"]} | found))


def _write_receipts(left: Left) -> None:
    """Write the receipt of each act that has its place, as its holder is given it."""
    for row, file in _each(left, "ledger_leaf", "receipts.jsonl"):
        if receipt := acts.receipt(row["act_id"]):
            file.write(_line(receipt.as_dict()))
            left.receipts += 1


def _each(left: Left, table: str, name: str) -> Iterator[tuple[dict[str, Any], BinaryIO]]:
    """Yield each row of a table that was written, and the new file that tells more of it."""
    with (left.folder / "tables" / f"{table}.jsonl").open("rb") as rows, _new(left.folder / name) as file:
        yield from ((msgspec.json.decode(row), file) for row in rows)


@contextmanager
def _new(path: Path) -> Iterator[BinaryIO]:
    """Open a new file for its owner only, and see it on the disk."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _line(values: dict[str, Any]) -> bytes:
    """Return a line of JSON; a digest is told in hexadecimal."""
    plain = {
        name: bytes(one).hex() if isinstance(one, bytes | memoryview) else one for name, one in values.items()
    }
    return msgspec.json.encode(plain, enc_hook=str) + b"\n"


def _index(left: Left) -> Iterator[dict[str, Any]]:
    """Yield each table for the index: its name, its rows, what is declared of its columns, and those that need no words."""
    for model, columns in _tables():
        names = [str(field.column) for field in model._meta.concrete_fields]
        rest = [name for name in names if name not in columns]
        table = model._meta.db_table
        yield {"name": table, "rows": left.rows[table], "columns": columns.items(), "rest": rest}
