"""The rules that the database itself keeps: those that this version declares, held beside those that are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import BaseConstraint, CheckConstraint, Model, UniqueConstraint

from mamori.grammar.regex import regex

type Standing = Mapping[str, Mapping[str, Any]]
"""What a table has, by name, as Django reads it from either engine."""


NAMES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'table')",
    "postgresql": "SELECT conname, NULL FROM pg_constraint UNION ALL SELECT relname, NULL FROM pg_class WHERE relkind = 'i'",
}
INSIDE = regex(r'CONSTRAINT "([^"]+)"')


def names_missing() -> list[str]:
    """Return the names of declared rules and indexes that the database does not know: one look, quick enough for a monitor."""
    wanted = {
        one.name
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        for one in (*model._meta.constraints, *model._meta.indexes)
    }
    with connection.cursor() as cursor:
        cursor.execute(NAMES[connection.vendor])
        for name, sql in cursor.fetchall():
            wanted.discard(name)
            wanted.difference_update(INSIDE.findall(sql or ""))
    return sorted(wanted)


def missing() -> list[str]:
    """Return the unique rules, checks, references and indexes that are declared and not there, by table and name."""
    gone = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy:
                standing = connection.introspection.get_constraints(cursor, model._meta.db_table)
                gone += [f"{model._meta.db_table}: {name}" for name in _missing(model, standing)]
    return gone


def _missing(model: type[Model], standing: Standing) -> Iterator[str]:
    for constraint in model._meta.constraints:
        if not _stands(model, constraint, standing):
            yield constraint.name
    for index in model._meta.indexes:
        if not standing.get(index.name, {}).get("index"):
            yield index.name
    uniques = {
        tuple(one["columns"] or ()) for one in standing.values() if one["unique"] or one["primary_key"]
    }
    firsts = {one["columns"][0] for one in standing.values() if one["columns"]}
    named = {constraint.name for constraint in model._meta.constraints}
    plain = {one["columns"][0] for name, one in standing.items() if one["foreign_key"] and name not in named}
    fields: Iterable[Any] = model._meta.local_concrete_fields
    for field in fields:
        if field.unique and (field.column,) not in uniques:
            yield f"{field.column} (unique)"
        if field.db_index and field.column not in firsts:
            yield f"{field.column} (index)"
        if field.remote_field is not None and field.db_constraint and field.column not in plain:
            yield f"{field.column} (reference)"
    for names in model._meta.unique_together:
        if tuple(_columns(model, names)) not in uniques:
            yield f"{', '.join(names)} (unique)"


def _stands(model: type[Model], constraint: BaseConstraint, standing: Standing) -> bool:
    """Say whether a named rule is there, and is what it is called: an index of its name that lets doubles in is none."""
    found = standing.get(constraint.name, {})
    if isinstance(constraint, CheckConstraint):
        return bool(found.get("check"))
    if not isinstance(constraint, UniqueConstraint) or constraint.expressions:
        return bool(found)
    if not found.get("unique"):
        return False
    return found["columns"] in (_columns(model, constraint.fields), [])


def _columns(model: type[Model], names: Iterable[str]) -> list[str]:
    fields: Mapping[str, Any] = {field.name: field for field in model._meta.local_concrete_fields}
    return [fields[name].column for name in names]
