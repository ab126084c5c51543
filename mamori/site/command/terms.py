"""`mamori terms`: the kit for counsel, and which versions of the clauses are in force."""

from __future__ import annotations

from pathlib import Path

import click

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Lang, Text
from mamori.site.command import house_now, ready_tables
from mamori.site.command.speak import LANG, say


class FolderNotWritable(Refusal, code="folder-not-writable", status=422):
    """Given when the kit cannot be written where it was asked for."""

    text = Text(
        "{folder} に書き込めません（{why}）。書き込めるフォルダを --out で指定してください。",
        "{folder} cannot be written to ({why}). Please name with --out a folder that can.",
    )


@click.group(
    help=say("出品者の規約：見本と、公表した版。", "The sellers' terms: patterns, and what is published.")
)
def command() -> None:
    """Hold the commands together."""
    ready_tables()


@command.command(
    help=say(
        "条項・個人情報の説明・お知らせの文面を、弁護士と確かめるための Markdown にして出す。法律の助言ではない。",
        "Print clauses, a privacy text and the notices as Markdown, for your lawyer to adapt. It is no legal advice.",
    )
)
@click.option(
    "--lang", type=click.Choice(["ja", "en"]), default=LANG, help=say("文の言語", "language of the texts")
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help=say(
        "3つのファイルを書くフォルダ。なければ画面に出す", "a folder for the three files; printed without one"
    ),
)
@click.option(
    "--enabled",
    is_flag=True,
    help=say(
        "公表した条項と、有効にした機能に要る条項だけ",
        "only clauses that are published or that something switched on needs",
    ),
)
def kit(lang: Lang, out: Path | None, enabled: bool) -> None:
    """Print the kit, or write it into a folder."""
    from mamori.site import kit as kits

    pages = kits.kit(lang, at=house_now(), only_enabled=enabled)
    if out is None:
        click.echo("\n".join(pages.values()), nl=False)
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            (out / name).write_text(text, encoding="utf-8")
            click.echo(str(out / name))
    except OSError as error:
        raise FolderNotWritable(folder=out, why=error.strerror) from None


@command.command(
    "list",
    help=say("条項ごとに、公表した最新の版を出す。", "Show the newest published version of each clause."),
)
def list_() -> None:
    """Print each clause with its newest version, the day from which it counts, and how many accepted it."""
    from mamori.ground.terms import facts
    from mamori.law.clauses import CLAUSES

    for clause in CLAUSES:
        newest = next(reversed(facts.versions(clause.code)), None)
        state = say("未公表", "not published")
        if newest is not None:
            many = facts.accepted_count(clause.code, newest.version)
            state = say(
                f"第{newest.version}版 {newest.binds_on}から 同意{many}人",
                f"version {newest.version} from {newest.binds_on}, accepted by {many}",
            )
        click.echo(f"{clause.code:<24} {state}  {clause.title.in_(LANG)}")
