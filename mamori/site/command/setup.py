"""`mamori setup`: keys, tables and triggers, in that order; what stands already is left as it is."""

from __future__ import annotations

from pathlib import Path

import click

from mamori.site.command import ready
from mamori.site.command.speak import say


@click.command(
    help=say(
        "鍵・表・引き金を用意する。何度実行しても同じです。",
        "Prepare keys, tables and triggers; running it again changes nothing.",
    )
)
def command() -> None:
    """Prepare the house."""
    ready()
    prepare()
    click.echo(
        say(
            "用意ができました。`mamori check` で確かめられます。",
            "It is prepared. `mamori check` examines it.",
        )
    )


def prepare() -> None:
    """Make missing keys, migrate, and put in missing triggers; Django must be set up.

    :raises KeyMissing: when the database holds what only a lost key could open.
    :raises KeyOpen, KeyWrong: when a key that is there cannot be used.
    """
    from django.conf import settings
    from django.core.management import call_command

    from mamori.ground.seal import actions as seal
    from mamori.ground.seal import facts as keys

    Path(settings.HOME).mkdir(mode=0o700, parents=True, exist_ok=True)
    for key in seal.prepare_keys():
        click.echo(say(f"鍵を作りました：{key}", f"made a key: {key}"))
    for key in seal.Key:
        keys.key(key)
    call_command("migrate", verbosity=0, interactive=False)
