"""Tables that only grow: a model says `append_only = True`, and triggers in the database hold it.

With `retained = True` its rows are never changed either, and go whole when their declared retention is over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig, apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

FUNCTION = "mamori_append_only"
SENTENCE = "{table}: 追記だけの表です。変更も削除もできません。 / rows are only ever added here, never changed or removed"
BODY = f"BEGIN RAISE EXCEPTION '{SENTENCE.format(table='%')}', TG_TABLE_NAME USING ERRCODE = '23000'; END"


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger: its name, its table and the statement that makes it."""

    name: str
    table: str
    sql: str


def append_only_models() -> list[type[models.Model]]:
    """Return every model that declares itself append-only."""
    return [model for model in apps.get_models() if getattr(model, "append_only", False)]


def triggers(model: type[models.Model], vendor: str) -> Iterator[Trigger]:
    """Yield the triggers that `model` needs on the engine.

    :raises TypeError: when a conditional unique constraint would leave a door open to SQLite's REPLACE.
    """
    table = model._meta.db_table
    retained = getattr(model, "retained", False)
    if vendor == "postgresql":
        for verb, scope in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            if retained and verb == "DELETE":
                continue
            name = f"{table}_no_{verb.lower()}"
            yield Trigger(
                name,
                table,
                f'CREATE OR REPLACE TRIGGER "{name}" BEFORE {verb} ON "{table}" FOR EACH {scope} EXECUTE FUNCTION {FUNCTION}()',
            )
        return
    refuse = f"BEGIN SELECT RAISE(ABORT, '{SENTENCE.format(table=table)}'); END"
    taken = " OR ".join(
        "(" + " AND ".join(f'"{c}" = NEW."{c}"' for c in columns) + ")" for columns in _uniques(model)
    )
    # REPLACE and upserts remove a row without firing DELETE triggers: the INSERT itself must refuse.
    over = f' WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {taken})'  # noqa: S608  the names are our own columns
    for verb, word, when in (("UPDATE", "update", ""), ("DELETE", "delete", ""), ("INSERT", "replace", over)):
        if retained and verb == "DELETE":
            continue
        name = f"{table}_no_{word}"
        yield Trigger(name, table, f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{table}"{when} {refuse}')


def install(*, app_config: AppConfig, using: str, **_: Any) -> None:
    """Put in the triggers that an application's tables lack; heard after every migrate, as SQLite loses them."""
    growing = [model for model in app_config.get_models() if getattr(model, "append_only", False)]
    if not growing:
        return
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    lacking = [t for model in growing if model._meta.db_table in tables for t in _lacking(connection, model)]
    if not lacking:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${BODY}$$"
            )
        for trigger in lacking:
            if connection.vendor == "sqlite":
                cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"')
            cursor.execute(trigger.sql)


def missing(using: str = "default") -> list[str]:
    """Return the names of triggers that should stand in the database and do not, or not as declared."""
    connection = connections[using]
    return [trigger.name for model in append_only_models() for trigger in _lacking(connection, model)]


def _lacking(connection: BaseDatabaseWrapper, model: type[models.Model]) -> list[Trigger]:
    table = model._meta.db_table
    wanted = list(triggers(model, connection.vendor))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT t.tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
                " WHERE t.tgrelid = to_regclass(%s) AND t.tgenabled IN ('O', 'A') AND p.prosrc = %s",
                [f'"{table}"', BODY],
            )
            found = {name: _plain(sql) for name, sql in cursor.fetchall()}
            return [t for t in wanted if found.get(t.name) != _plain(t.sql.replace("OR REPLACE ", ""))]
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        stands = dict(cursor.fetchall())
    return [t for t in wanted if stands.get(t.name) != t.sql]


def _plain(sql: str) -> str:
    return sql.replace('"', "").replace("public.", "")


def _uniques(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
    for field in model._meta.concrete_fields:
        if field.unique:
            yield (columns[field.name],)
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            if constraint.condition is not None or not constraint.fields:
                raise TypeError(f"{model.__name__}: an append-only table takes plain unique constraints only")
            yield tuple(columns[name] for name in constraint.fields)
