"""`mamori check`: the doctor; a line for each finding, exit code 1 when something is broken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from mamori.site.command import house_now, ready
from mamori.site.command.speak import LANG, say

if TYPE_CHECKING:
    from mamori.site.checks.finding import CheckLine


def findings(at: datetime) -> Iterator[CheckLine]:
    """Run every check in order; without a database there is nothing further to ask it."""
    from mamori.site.checks.finding import Level, examine
    from mamori.site.checks.house import OF_HOUSE, OF_MACHINE, OF_TABLES, SAYS_MORE

    for check in OF_MACHINE:
        yield from examine(check, at)
    for check in OF_TABLES:
        found = examine(check, at)
        yield from found
        if check is not SAYS_MORE and any(one.level is Level.BROKEN for one in found):
            return
    for check in OF_HOUSE:
        yield from examine(check, at)


@click.command(
    help=say(
        "設定と健全さを診断する。✗ があれば終了コード1。",
        "Examine settings and health; any ✗ ends with exit code 1.",
    )
)
@click.option("--json", "json_", is_flag=True, help=say("JSON で出す", "write JSON"))
def command(json_: bool) -> None:
    """Run the doctor."""
    ready()
    from mamori.site.checks.finding import Level

    broken = False
    lines = []
    for finding in findings(house_now()):
        broken |= finding.level is Level.BROKEN
        if json_:
            text = {"ja": finding.text.ja, "en": finding.text.en}
            lines.append({"check": finding.check, "level": str(finding.level), **text})
        else:
            click.echo(f"{finding.level.mark} {finding.text.in_(LANG)}")
    if json_:
        click.echo(json.dumps({"healthy": not broken, "findings": lines}, ensure_ascii=False, indent=2))
    raise SystemExit(broken)
