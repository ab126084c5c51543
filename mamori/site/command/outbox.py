"""`mamori outbox`: what is stuck, and what a person does about it; the marketplace's addresses for webhooks."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import click

from mamori.grammar.actor import Actor, Role
from mamori.japan.calendar import JAPAN
from mamori.site.command import house_now, ready_tables
from mamori.site.command.speak import say

NOTHING = say("何もありません。", "Nothing.")
NUMBER = click.IntRange(1, 2**31 - 1)


@click.group(help=say("届かなかったものを見て、送り直す。", "See what is stuck, and send it again."))
def command() -> None:
    """Hold the commands together."""
    ready_tables()


@command.command(
    help=say(
        "滞っているもの: 処理、配達、答えない送り先。", "What is stuck: handlers, webhooks, silent endpoints."
    )
)
@click.option("--json", "as_json", is_flag=True, help="JSON")
def stuck(as_json: bool) -> None:
    """Print what a person should look at."""
    from mamori.ground.outbox import facts

    _print((asdict(item) for item in facts.stuck()), as_json)


@command.command(help=say("今すぐもう一度試す。", "Try again at once."))
@click.argument("ref")
def retry(ref: str) -> None:
    """Let an effect, a webhook or an endpoint be tried at once."""
    from mamori.ground.outbox import actions

    actions.retry(_actor(), ref=ref)
    click.echo(say(f"{ref} を順番に戻しました。", f"{ref} is in line again."))


@command.command(help=say("理由を添えて取りやめる。", "Leave it out, with a reason."))
@click.argument("ref")
@click.option("--reason", required=True, help=say("取りやめる理由", "why"))
def skip(ref: str, reason: str) -> None:
    """Leave an effect or a webhook out for good."""
    from mamori.ground.outbox import actions

    actions.skip(_actor(), ref=ref, reason=reason)
    click.echo(say(f"{ref} を取りやめました。", f"{ref} is left out."))


@command.command(help=say("ウェブフックの送り先の一覧。", "List the endpoints of webhooks."))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def endpoints(as_json: bool) -> None:
    """Print the endpoints and how they do."""
    from mamori.ground.outbox import facts

    _print((asdict(endpoint) for endpoint in facts.endpoints()), as_json)


@command.command(
    "add-endpoint",
    help=say("送り先を加え、秘密鍵を一度だけ示す。", "Add an endpoint; its secret is shown this once."),
)
@click.argument("url")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    default=("*",),
    help=say("届ける種類: *、contact.*、notice など", "what it gets: *, contact.*, notice"),
)
def add_endpoint(url: str, kinds: tuple[str, ...]) -> None:
    """Add an address for webhooks."""
    from mamori.ground.outbox import actions

    number, secret = actions.add_endpoint(_actor(), url=url, kinds=kinds)
    click.echo(
        say(
            f"送り先 {number} を加えました。署名の秘密鍵(再表示できません):",
            f"Endpoint {number} added. Its secret, which is not shown again:",
        )
    )
    click.echo(secret)


@command.command("remove-endpoint", help=say("送り先を外す。", "Remove an endpoint."))
@click.argument("number", type=NUMBER)
@click.option("--reason", required=True, help=say("外す理由", "why"))
def remove_endpoint(number: int, reason: str) -> None:
    """Send nothing more to an endpoint."""
    from mamori.ground.outbox import actions

    actions.remove_endpoint(_actor(), endpoint=number, reason=reason)
    click.echo(say(f"送り先 {number} を外しました。", f"Endpoint {number} is removed."))


@command.command(
    "rotate-secret",
    help=say("新しい秘密鍵にする(24時間は両方で署名)。", "Give a new secret; both sign for 24 hours."),
)
@click.argument("number", type=NUMBER)
def rotate_secret(number: int) -> None:
    """Give an endpoint a new secret."""
    from mamori.ground.outbox import actions

    click.echo(actions.rotate_secret(_actor(), endpoint=number))


@command.command(help=say("配達の記録、新しい順。", "The delivery log, the newest first."))
@click.option("--endpoint", type=NUMBER, help=say("この送り先だけ", "this endpoint only"))
@click.option("--limit", type=NUMBER, default=20, show_default=True, help=say("件数", "how many"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def log(endpoint: int | None, limit: int, as_json: bool) -> None:
    """Print webhooks with every try."""
    from mamori.ground.outbox import facts

    _print((asdict(d) for d in facts.deliveries(endpoint=endpoint, limit=limit)), as_json)


def _actor() -> Actor:
    return Actor(by=f"staff:{getpass.getuser()}", role=Role.LEAD, at=house_now(), via="terminal")


def _print(items: Iterable[dict[str, Any]], as_json: bool) -> None:
    found = list(items)
    for item in found:
        if as_json:
            click.echo(json.dumps(item, ensure_ascii=False, default=str))
            continue
        head, *rest = item.items()
        click.echo(click.style(f"{head[1]}", bold=True))
        for name, value in rest:
            if value not in ("", None, ()):
                click.echo(f"  {name}: {_plain(value)}".replace(": \n", ":\n"))
    if not found and not as_json:
        click.echo(NOTHING)


def _plain(value: object) -> str:
    """Return a value as people read it: moments in Japan time, lists without brackets, a try a line."""
    if isinstance(value, datetime):
        return value.astimezone(JAPAN).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dict):
        return ", ".join(
            f"{name} {_plain(inner)}" for name, inner in value.items() if inner not in ("", None)
        )
    if isinstance(value, tuple) and isinstance(value[0], dict):
        return "".join(f"\n    {_plain(inner)}" for inner in value)
    return ", ".join(map(_plain, value)) if isinstance(value, tuple) else str(value)
