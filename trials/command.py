"""`python -m trials NAME …`: the measurements, one module each, loaded when it is called."""

from __future__ import annotations

import json
import pkgutil
from importlib import import_module

import click

import trials
from mamori.site.command import ready
from mamori.site.command.speak import LANG, say
from trials.harness import COMMANDS, machine

WHAT = (
    "測る。約束を破るか、仕込んだ誤りを見逃せば終了コード1。",
    "Measure; a broken promise or a missed fault ends with 1.",
)


def found() -> dict[str, click.Command]:
    """Return the measurements: the commands of this package's modules."""
    ready()
    for module in pkgutil.iter_modules(trials.__path__):
        if module.name not in ("__main__", "command"):
            import_module(f"{trials.__name__}.{module.name}")
    return dict(sorted(COMMANDS.items()))


class Trials(click.Group):
    """Finds the measurements by looking into the folder."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the measurements, and `machine`."""
        return [*found(), *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one measurement, or nothing when there is none of the name."""
        return found().get(cmd_name) or super().get_command(ctx, cmd_name)


@click.group(cls=Trials, invoke_without_command=True, help=say(*WHAT))
@click.option("--names", is_flag=True, help=say("名前だけを1行ずつ出す", "print the names only, one a line"))
@click.option("--lang", type=click.Choice(["ja", "en"]), default=LANG, help=say("表示の言語", "language"))
@click.pass_context
def cli(context: click.Context, names: bool, lang: str) -> None:
    """Run one measurement, or list them."""
    if names:
        click.echo("\n".join(found()))
    elif context.invoked_subcommand is None:
        click.echo(context.get_help())


@cli.command("machine", help=say("この機械の説明を JSON で出す", "describe this machine as JSON"))
def machine_command() -> None:
    """Print the description."""
    click.echo(json.dumps(machine(), ensure_ascii=False, indent=2))
