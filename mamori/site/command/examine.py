"""`mamori examine`: plays a shop's receiver of webhooks what may come in earnest, and says in sentences what failed."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from mamori.grammar.text import Text
from mamori.site.command import ready
from mamori.site.command.speak import LANG, say

DONE = Text(
    "何度行ったかは、外からは見えません。店で、それぞれの注文の指示を見てください。",
    "How often each was done cannot be seen from outside. Look in your shop at what was done for each order:",
)


@click.command(
    help=say(
        "受け口 URL に、偽の署名、署名なし、変えた本文、古い署名、二度、遅れ、順番違い、取消しを送り、何がいけないかを示す。",
        "Send the receiver at URL bad, missing, misplaced and old signatures, the same twice, late, out of order, a recall; say "
        "what failed.",
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
    from mamori.site.sandbox.examining import TRIALS, Times, examine

    failed = 0
    for found in examine(url, known, at=datetime.now(UTC)):
        failed += found.wrong is not None
        click.echo(f"{'✗' if found.wrong else '✓'} {found.trial.text.in_(LANG)}  [{found.answered}]")
        if found.wrong:
            click.echo(f"    {found.wrong.in_(LANG)}")
    told = Text("{n}件中{failed}件がいけません。", "{failed} of {n} failed.")
    click.echo(told.fill(n=len(TRIALS), failed=failed).in_(LANG))
    click.echo(DONE.in_(LANG))
    for done in Times:
        orders = ", ".join(one.order for one in TRIALS if one.done is done)
        click.echo(f"    {done.text.in_(LANG)}: {orders}")
    raise SystemExit(1 if failed else 0)
