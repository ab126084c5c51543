"""Checks of the database: reachable, durable, migrated, and with every trigger in its place."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from mamori.grammar.text import Text
from mamori.ground.declared import appendonly
from mamori.site import prepared, schema
from mamori.site.checks.finding import Found, Level

SQLITE = {"journal_mode": ("wal",), "synchronous": ("2", "3"), "foreign_keys": ("1",)}
POSTGRES = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
}


def database(at: datetime) -> Found:
    """Ask the database for its version."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = cursor.fetchone()[0]
    name = f"{connection.display_name} {version}"
    yield Level.GOOD, Text("{name} に届く", "{name} answers").fill(name=name)


def durability(at: datetime) -> Found:
    """See that what is acknowledged survives power loss."""
    for name, good in (SQLITE if connection.vendor == "sqlite" else POSTGRES).items():
        with connection.cursor() as cursor:
            cursor.execute(f"{'PRAGMA' if connection.vendor == 'sqlite' else 'SHOW'} {name}")
            value = str(cursor.fetchone()[0])
        if value in good:
            yield (
                Level.GOOD,
                Text("停電に耐える：{name} = {value}", "survives power loss: {name} = {value}").fill(
                    name=name, value=value
                ),
            )
        else:
            yield (
                Level.BROKEN,
                Text(
                    "{name} = {value} では、受け付けたことを停電で失います。{good} にしてください。",
                    "With {name} = {value}, a power cut loses what was acknowledged. Set it to {good}.",
                ).fill(name=name, value=value, good=good[0]),
            )


def migrations(at: datetime) -> Found:
    """See that the tables are those that this version expects, neither older nor newer."""
    prepared.tables_must_fit()
    yield Level.GOOD, Text("表は最新", "the tables are up to date")


def kept_rules(at: datetime) -> Found:
    """See that the database still keeps each rule and index that this version counts on."""
    gone = schema.missing()
    if gone:
        told = Text(
            "データベースの決まり（重複の禁止・検査・参照・索引）が{n}個ありません（{names}）。控えから戻し、だれが外したかを調べてください。",
            "{n} rules of the database are missing: what must be unique, checked, referred to or indexed ({names}). Restore a "
            "backup, and find out who took them.",
        )
        yield Level.BROKEN, told.fill(n=len(gone), names=", ".join(gone[:5]))
    else:
        yield Level.GOOD, Text("データベースの決まりは揃っている", "the database keeps all its rules")


def triggers(at: datetime) -> Found:
    """Count the triggers that keep tables from being rewritten."""
    tables = appendonly.append_only_models()
    wanted = sum(len(list(appendonly.triggers(model, connection.vendor))) for model in tables)
    missing = appendonly.missing()
    if missing:
        told = Text(
            "追記だけの表の引き金が{n}個ありません（{names}）。`mamori setup` で戻し、だれが外したかを調べてください。",
            "{n} triggers of append-only tables are missing ({names}). `mamori setup` puts them back; find out who took them.",
        )
        yield Level.BROKEN, told.fill(n=len(missing), names=", ".join(missing[:5]))
    else:
        told = Text("追記だけの表{tables}個に引き金{n}個", "{n} triggers on {tables} append-only tables")
        yield Level.GOOD, told.fill(n=wanted, tables=len(tables))
