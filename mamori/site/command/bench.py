"""`mamori bench`: the measurements of `site/bench`, one file each, loaded when it is called."""

from __future__ import annotations

import json
import os
import pkgutil
import platform
from importlib import import_module
from pathlib import Path

import click

from mamori.site import bench
from mamori.site.command import ready
from mamori.site.command.speak import LANG, say


def names() -> list[str]:
    """List the measurements: the modules of `site/bench` that mount a command."""
    ready()
    return sorted(
        module.name
        for module in pkgutil.iter_modules(bench.__path__)
        if hasattr(import_module(f"{bench.__name__}.{module.name}"), "command")
    )


def machine() -> dict[str, str | int]:
    """Describe the machine that a figure was measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        )
        if Path("/proc/cpuinfo").exists()
        else iter(()),
        platform.processor(),
    )
    return {
        "system": platform.platform(),
        "python": platform.python_version(),
        "processor": cpu,
        "cores": os.cpu_count() or 1,
        "memory_mib": memory // 2**20,
    }


class Benches(click.Group):
    """Finds the measurements by looking into the folder."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the measurements, and `machine`."""
        return [*names(), *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one measurement's module, or nothing when there is none of the name."""
        if cmd_name not in names():
            return super().get_command(ctx, cmd_name)
        found: click.Command = import_module(f"{bench.__name__}.{cmd_name}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print the measurements with their titles."""
        titles = {name: import_module(f"{bench.__name__}.{name}").TITLE.in_(LANG) for name in names()}
        with formatter.section(say("測るもの", "Measurements")):
            formatter.write_dl([*titles.items(), ("machine", say("この機械の説明", "what this machine is"))])


@click.group(
    cls=Benches,
    invoke_without_command=True,
    help=say(
        "測る。約束を破るか、仕込んだ誤りを見逃せば終了コード1。",
        "Measure; a broken promise or a missed fault ends with 1.",
    ),
)
@click.option(
    "--names", "names_", is_flag=True, help=say("名前だけを1行ずつ出す", "print the names only, one a line")
)
@click.pass_context
def command(context: click.Context, names_: bool) -> None:
    """Run one measurement, or list them."""
    if names_:
        click.echo("\n".join(names()))
    elif context.invoked_subcommand is None:
        click.echo(context.get_help())


@command.command("machine", help=say("この機械の説明を JSON で出す", "describe this machine as JSON"))
def machine_command() -> None:
    """Print the description."""
    click.echo(json.dumps(machine(), ensure_ascii=False, indent=2))
