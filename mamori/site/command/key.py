"""`mamori key`: keys of the marketplace's software, and keys that sign links; each secret is shown once."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from mamori.grammar.actor import Actor, Role
from mamori.japan.calendar import spoken
from mamori.site.command import ready_tables
from mamori.site.command.speak import LANG, say

if TYPE_CHECKING:
    from mamori.ground.people.actions import NewKey
    from mamori.ground.people.facts import Scope

DAYS = click.IntRange(1, 3650)
ONCE = say(
    "この鍵は今だけ表示しています。安全な場所に控えてください。なくしたら `mamori key rotate` で作り直せます。",
    "The key is shown only now. Please keep it in a safe place. If it is lost, make the next with `mamori key rotate`.",
)


@click.group(
    help=say(
        "通販サイトのソフトウェアの鍵と、リンクに署名する鍵。",
        "Keys of the marketplace's software, and keys that sign links.",
    )
)
def command() -> None:
    """Hold the commands together."""
    ready_tables()


@command.command(help=say("鍵を作り、一度だけ示す。", "Make a key and show it this once."))
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    metavar="SCOPE",
    help=say("できること（`mamori key scopes`）", "what it may do (`mamori key scopes`)"),
)
@click.option(
    "--days", type=DAYS, help=say("使える日数（なければ期限なし）", "days it holds (without: no end)")
)
def add(name: str, scopes: tuple[str, ...], days: int | None) -> None:
    """Make a key."""
    from mamori.ground.people import actions

    _show(actions.add_key(_actor(), name=name, scopes=_known(scopes), lives=_span(days)))


@command.command(help=say("鍵にできることを増やす。秘密はそのまま。", "Let a key do more; its secret stays."))
@click.argument("name")
@click.argument("scopes", nargs=-1, required=True, metavar="SCOPE...")
def allow(name: str, scopes: tuple[str, ...]) -> None:
    """Let a key do more."""
    from mamori.ground.people import actions

    actions.allow_key(_actor(), name=name, scopes=_known(scopes))
    click.echo(say("できるようにしました。", "Allowed."))


@command.command(
    "list", help=say("鍵の一覧。秘密は出ません。", "List the keys; their secrets are not shown.")
)
def list_() -> None:
    """Print the keys."""
    from mamori.ground.people import facts

    now = datetime.now(UTC)
    for key in facts.every_key():
        state = say("有効", "holds") if key.holds(now) else say("無効", "ended")
        used = spoken(key.used_at).in_(LANG) if key.used_at else say("未使用", "never used")
        until = spoken(key.expires_at).in_(LANG) if key.expires_at else "–"
        click.echo(
            f"{key.name} #{key.generation}  {key.prefix}  {state}  {','.join(key.scopes)}  {until}  {used}"
        )


@command.command(
    help=say(
        "次の鍵を作る。前の鍵は重なりのあいだ使える。",
        "Make the next key; the former holds on for an overlap.",
    )
)
@click.argument("name")
@click.option(
    "--overlap",
    type=click.IntRange(0, 90),
    default=7,
    show_default=True,
    help=say("前の鍵が使える日数", "days the former still holds"),
)
@click.option(
    "--days", type=DAYS, help=say("使える日数（なければ期限なし）", "days it holds (without: no end)")
)
def rotate(name: str, overlap: int, days: int | None) -> None:
    """Make the next key of a name."""
    from mamori.ground.people import actions

    _show(actions.rotate_key(_actor(), name=name, overlap=timedelta(days=overlap), lives=_span(days)))


@command.command(help=say("鍵をすぐに使えなくする。", "End a key at once."))
@click.argument("name")
@click.option("--reason", default="", help=say("理由", "why"))
def revoke(name: str, reason: str) -> None:
    """End every key of a name."""
    from mamori.ground.people import actions

    actions.revoke_key(_actor(), name=name, reason=reason)
    click.echo(say("使えなくしました。", "Revoked."))


@command.command(help=say("鍵にできることの一覧。", "List what keys may do."))
def scopes() -> None:
    """Print the scopes."""
    from mamori.ground.people.facts import Scope

    for scope in Scope:
        click.echo(f"{scope:<16} {scope.text.in_(LANG)}")


def _show(key: NewKey) -> None:
    if not key.secret.startswith("mmr_"):
        click.echo(f"kid: {key.prefix}")
    click.echo(key.secret)
    click.echo(ONCE, err=True)


def _known(scopes: tuple[str, ...]) -> list[Scope]:
    from mamori.ground.people.facts import Scope

    for scope in scopes:
        if scope not in set(Scope):
            known = ", ".join(Scope)
            raise click.BadParameter(
                say(f"{scope} はありません。{known}", f"no such scope {scope}: {known}"), param_hint="SCOPE"
            )
    return [Scope(scope) for scope in scopes]


def _span(days: int | None) -> timedelta | None:
    return timedelta(days=days) if days else None


def _actor() -> Actor:
    return Actor(
        by=f"machine:command/{getpass.getuser()}", role=Role.MACHINE, at=datetime.now(UTC), via="command"
    )
