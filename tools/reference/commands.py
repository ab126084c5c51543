"""The page of the command `mamori`: the help of each command, in both languages."""

from __future__ import annotations

import os
import subprocess
import sys

import click

from mamori.grammar.text import Lang, Text
from tools.reference.markdown import page

LANGS: tuple[Lang, ...] = ("ja", "en")
BREAK = "\f"


def commands() -> str:
    """Render every command's help; a process for each language, as the language is chosen at start."""
    helps = {lang: _helps(lang) for lang in LANGS}
    return page(
        Text("コマンド mamori", "The command mamori"),
        Text(
            "どのコマンドも --help で同じ説明を出します。--lang en で英語になります。",
            "Every command says the same with --help; --lang en speaks English.",
        ),
        *(
            f"## {name}\n\n" + "\n\n".join(f"```text\n{helps[lang][name]}\n```" for lang in LANGS)
            for name in helps["ja"]
        ),
    )


def _helps(lang: Lang) -> dict[str, str]:
    env = {**os.environ, "MAMORI_LANG": lang, "PYTHONUTF8": "1", "MAMORI_DATABASE_URL": "sqlite://:memory:"}
    done = subprocess.run(
        [sys.executable, "-m", "tools.reference.commands"],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    parts = done.stdout.split(BREAK)
    return dict(zip(parts[0::2], parts[1::2], strict=False))


def _print(command: click.Command, name: str, parent: click.Context | None) -> None:
    context = click.Context(command, info_name=name, parent=parent, terminal_width=100, max_content_width=100)
    lines = [line.rstrip() for line in command.get_help(context).splitlines()]
    sys.stdout.write(f"{context.command_path}{BREAK}{chr(10).join(lines).strip()}{BREAK}")
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = _load(command, context, child)
            if found is not None:
                _print(found, child, context)


def _load(group: click.Group, context: click.Context, name: str) -> click.Command | None:
    try:
        return group.get_command(context, name)
    except ModuleNotFoundError as missing:
        if not str(missing.name).startswith("mamori.site.command."):
            raise
        return None  # announced, not built yet


if __name__ == "__main__":
    from mamori.site.command import cli, ready

    ready()
    _print(cli, "mamori", None)
