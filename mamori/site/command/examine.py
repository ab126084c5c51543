"""`mamori examine`: plays a shop's receiver of webhooks what may come in earnest, and says in sentences what failed."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from mamori.grammar.text import Text
from mamori.site.command import ready
from mamori.site.command.speak import LANG, say

DONE_ONCE = Text(
    "二度行わなかったか、取り消された指示を行わなかったかは、外からは見えません。店の注文 O-EXAMINE を見てください。",
    "Whether the same was done once only, and what was recalled not at all, cannot be seen from outside: look at order "
    "O-EXAMINE in your shop.",
)


@click.command(
    help=say(
        "受け口 URL に、偽の署名、古い署名、二度、遅れ、順番違い、取消しを送り、何がいけないかを示す。",
        "Send the receiver at URL a bad signature, an old one, the same twice, late, out of order and a recall; say what failed.",
    )
)
@click.argument("url")
@click.option(
    "--secret",
    envvar="MAMORI_WEBHOOK_SECRET",
    help=say(
        "秘密 whsec_…（なければ環境変数 MAMORI_WEBHOOK_SECRET、次に練習場の .env）",
        "the secret, whsec_… (else MAMORI_WEBHOOK_SECRET, else the sandbox's .env)",
    ),
)
def command(url: str, secret: str | None) -> None:
    """Examine; exit 1 where anything failed."""
    from mamori.site.sandbox import house

    place = house.home()
    known = secret or house.env_of(place).get("webhook_secret")
    if not known:
        raise click.UsageError(say("--secret を書いてください。", "Give --secret."))
    house.surroundings(place)
    ready()
    from mamori.site.sandbox.examining import TRIALS, examine

    failed = 0
    for found in examine(url, known, at=datetime.now(UTC)):
        failed += found.wrong is not None
        click.echo(f"{'✗' if found.wrong else '✓'} {found.trial.text.in_(LANG)}  [{found.answered}]")
        if found.wrong:
            click.echo(f"    {found.wrong.in_(LANG)}")
    told = Text("{n}件中{failed}件がいけません。", "{failed} of {n} failed.")
    click.echo(told.fill(n=len(TRIALS), failed=failed).in_(LANG))
    click.echo(DONE_ONCE.in_(LANG))
    raise SystemExit(1 if failed else 0)
