"""Whether the house may open: keys, signing secret and tables as this version needs them."""

from __future__ import annotations

import os
from enum import StrEnum
from functools import cache

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.seal import facts as seal
from mamori.site import signing


class NotPrepared(Refusal):
    """Given when the tables are not those of this version."""

    code = "house.not_prepared"
    status = 409
    text = Text(
        "データベースの準備ができていません（表の変更が{n}件待っています）。`mamori setup` を実行してください。",
        "The database is not prepared ({n} migrations wait). Run `mamori setup`.",
    )


class NoSigningKey(Refusal):
    """Given when there is no secret that sessions and links could be signed with."""

    code = "signing.key_missing"
    status = 409
    text = Text(
        "署名の鍵がありません。`mamori setup` を実行してください。",
        "There is no signing key. Run `mamori setup`.",
    )


class Tables(StrEnum):
    """What is known of the database."""

    READY = "ready"
    AWAY = "away"


def waiting() -> int:
    """Count the migrations that this version needs and the database has not seen."""
    return len(_wanted() - MigrationRecorder(connection).applied_migrations().keys())


@cache
def _wanted() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)  # those of this process never change


def must_be_prepared() -> Tables:
    """See that the house may open; a database that is away is waited for by whoever runs, and is no refusal.

    :raises NotPrepared: when migrations wait.
    :raises NoSigningKey, KeyMissing, KeyOpen, KeyWrong: when a key is missing or cannot be used.
    """
    if not signing.known(settings.KEYS, os.environ):
        raise NoSigningKey
    for key in seal.Key:
        seal.key(key)
    try:
        count = waiting()
    except (OperationalError, InterfaceError):
        return Tables.AWAY
    finally:
        connection.close()
    if count:
        raise NotPrepared(n=count)
    return Tables.READY
