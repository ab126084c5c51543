"""`mamori hold`: legal holds, above every timer and every erasure, put and lifted as recorded acts."""

from __future__ import annotations

import getpass
import json
from dataclasses import asdict

import click

from mamori.grammar.actor import Actor, Role
from mamori.japan.calendar import JAPAN
from mamori.law.grounds import HOLD_GROUNDS
from mamori.site.command import house_now, ready_tables
from mamori.site.command.speak import LANG, say

GROUNDS = {ground.code: ground for ground in HOLD_GROUNDS}


@click.group(
    help=say("消してはならないものの消去を止める。", "Hold what must not be erased, whatever a timer says.")
)
def command() -> None:
    """Hold the commands together."""
    ready_tables()


@command.command(
    help=say(
        "消去の停止を始める。対象は buyer:B-1、seller:S-1、案件番号、vault.file:… のどれか。",
        "Put something under a hold: buyer:B-1, seller:S-1, a case number, or vault.file:….",
    )
)
@click.argument("what")
@click.option(
    "--ground", type=click.Choice(list(GROUNDS)), required=True, help=say("根拠", "on which ground")
)
@click.option("--reason", required=True, help=say("理由。記録に残る", "why; kept in the record"))
@click.option(
    "--days",
    type=int,
    help=say(
        "日数。終わりのある根拠だけ（捜査機関の保全要請は30まで）", "days, on a ground that has an end only"
    ),
)
def add(what: str, ground: str, reason: str, days: int | None) -> None:
    """Put the hold and print its number."""
    from mamori.ground.vault import actions

    number = actions.hold(_actor(), what=what, ground=GROUNDS[ground], reason=reason, days=days)
    click.echo(say(f"消去の停止 第{number}号：{what}", f"hold no. {number}: {what}"))


@command.command(help=say("終わりのある消去の停止を延ばす。", "Let a hold that has an end last longer."))
@click.argument("number", type=click.IntRange(1, 2**31 - 1))
@click.option("--days", type=int, required=True, help=say("何日延ばすか", "by how many days"))
@click.option("--reason", required=True, help=say("理由。記録に残る", "why; kept in the record"))
def extend(number: int, days: int, reason: str) -> None:
    """Extend it and print its new end."""
    from mamori.ground.vault import actions

    until = f"{actions.extend(_actor(), number=number, days=days, reason=reason).astimezone(JAPAN):%Y-%m-%d}"
    click.echo(say(f"消去の停止 第{number}号は {until} まで。", f"Hold no. {number} lasts until {until}."))


@command.command(help=say("消去の停止を解く。", "Lift a hold."))
@click.argument("number", type=click.IntRange(1, 2**31 - 1))
@click.option("--reason", required=True, help=say("理由。記録に残る", "why; kept in the record"))
def lift(number: int, reason: str) -> None:
    """Lift it."""
    from mamori.ground.vault import actions

    actions.lift(_actor(), number=number, reason=reason)
    click.echo(say(f"消去の停止 第{number}号を解きました。", f"Hold no. {number} is lifted."))


@command.command("list", help=say("消去の停止の一覧。", "List the holds."))
@click.option("--all", "past", is_flag=True, help=say("解いたものも", "those lifted, too"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def list_(past: bool, as_json: bool) -> None:
    """Print each hold with what it covers."""
    from mamori.ground.seal import facts

    found = facts.holds(lifted=past)
    for one in found:
        if as_json:
            click.echo(json.dumps(asdict(one), ensure_ascii=False, default=str))
            continue
        since = f"{one.since.astimezone(JAPAN):%Y-%m-%d}"
        ground = one.ground_ja if LANG == "ja" else one.ground_en
        click.echo(
            click.style(say(f"第{one.number}号 {one.called}", f"no. {one.number} {one.called}"), bold=True)
        )
        click.echo(f"  {ground} · {since} · {one.by}\n  {one.reason}")
        if one.covers:
            click.echo("  + " + ", ".join(one.covers))
        if one.until:
            click.echo(say("  終わり：", "  until: ") + f"{one.until.astimezone(JAPAN):%Y-%m-%d}")
        if one.lifted_at:
            click.echo(
                say("  解除：", "  lifted: ") + f"{one.lifted_at.astimezone(JAPAN):%Y-%m-%d} {one.lifted_by}"
            )
    if not found and not as_json:
        click.echo(say("消去の停止はありません。", "There is no hold."))


def _actor() -> Actor:
    return Actor(by=f"staff:{getpass.getuser()}", role=Role.LEAD, at=house_now(), via="terminal")
