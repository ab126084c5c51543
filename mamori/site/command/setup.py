"""`mamori setup`: keys, tables, triggers and the files of pages, in that order; what stands already is left as it is."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mamori.site.command import ready
from mamori.site.command.speak import say

if TYPE_CHECKING:
    from mamori.ground.seal.facts import Key

LOCK_WAIT = "3s"
"""So long a migration waits for a table that others use, and no longer: whoever comes after would wait behind it."""
LOCK_TRIES = 40


@click.command(
    help=say(
        "鍵・表・引き金・画面のファイルを用意する。何度実行しても同じで、動かしたまま実行できます。",
        "Prepare keys, tables, triggers and the files of pages; running it again changes nothing, and all may run on.",
    )
)
@click.option(
    "--new-signing-secret",
    is_flag=True,
    help=say(
        "署名の秘密を新しくする（前の2つはまだ通用する）",
        "put a new signing secret in front; the two before it still count",
    ),
)
def command(new_signing_secret: bool) -> None:
    """Prepare the house."""
    ready()
    prepare()
    if new_signing_secret:
        from django.conf import settings

        from mamori.site import signing

        older = signing.rotate(settings.KEYS, os.environ)
        click.echo(
            say(
                f"署名の秘密を新しくしました（通用する前の秘密 {older}）。`mamori up` に SIGHUP を送ると使われます。",
                f"A new signing secret stands in front ({older} older still count). SIGHUP to `mamori up` takes it up.",
            )
        )
    click.echo(
        say(
            "用意ができました。`mamori check` で確かめられます。",
            "It is prepared. `mamori check` examines it.",
        )
    )


def prepare() -> None:
    """Make missing keys, migrate, put in missing triggers; Django must be set up."""
    from django.conf import settings

    from mamori.ground.seal import actions as seal, facts as keys
    from mamori.site import prepared, private, signing, statics

    Path(settings.HOME).mkdir(mode=0o700, parents=True, exist_ok=True)
    prepared.tables_must_be_known()
    for key in seal.prepare_keys(_used()):
        click.echo(say(f"鍵を作りました：{key}", f"made a key: {key}"))
    if signing.make(settings.KEYS, os.environ):
        click.echo(say("鍵を作りました：署名", "made a key: signing"))
    settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS = signing.known(settings.KEYS, os.environ)
    for key in seal.Key:
        keys.key(key)
    migrate()
    seal.mark_keys(datetime.now(UTC))
    if settings.DATABASES["default"]["ENGINE"] == "mamori.site.sqlite":
        private.close_database(Path(settings.DATABASES["default"]["NAME"]))
    statics.collect()


def _used() -> set[Key]:
    """Return the keys that this house has signed or keyed something with, from before it kept marks of them."""
    from django.db import connection

    from mamori.ground.cases.models import Entry
    from mamori.ground.ledger.models import Checkpoint
    from mamori.ground.seal.facts import Key

    tables = connection.introspection.table_names()
    tells = {Key.LOG: Checkpoint.objects.all(), Key.INDEX: Entry.objects.all()}
    return {key for key, rows in tells.items() if rows.model._meta.db_table in tables and rows.exists()}


def migrate() -> None:
    """Bring the tables up to this version without making anybody wait behind a lock for long.

    :raises OperationalError: when a table was never free.
    """
    from django.core.management import call_command
    from django.db import OperationalError, connection

    from mamori.site import prepared

    prepared.tables_must_be_known()  # Django compares histories before it tells anybody that it migrates
    for left in reversed(range(LOCK_TRIES)):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET lock_timeout = '{LOCK_WAIT}'")
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != "55P03" or not left:
                raise
            time.sleep(0.5)
        else:
            break
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
