"""`mamori handbook`: the procedures as files, for an intranet or a shelf."""

from __future__ import annotations

from pathlib import Path

import click

from mamori.site.command import house_now, ready_tables
from mamori.site.command.speak import say


@click.group(help=say("手順書をファイルにする。", "The handbook as files."))
def command() -> None:
    """Hold the commands together."""
    ready_tables()


@command.command(
    help=say(
        "今の手順書を FOLDER に書く：日本語と英語の HTML（ほかのファイルもスクリプトも要らない）と PDF。社内のページに置ける。"
        "個人や案件の内容は入らない。",
        "Write the handbook as it is now to FOLDER: HTML in Japanese and English, which needs no other file and no script, and "
        "PDF. It can be put on an intranet, and holds nothing about people or cases.",
    )
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write the files."""
    from mamori.grammar.text import Lang
    from mamori.ground.web.operator import operator
    from mamori.rooms.disclosure.handbook.queries import file_of, pdf_of

    at = house_now()
    known = operator(at)
    folder.mkdir(parents=True, exist_ok=True)
    languages: tuple[Lang, ...] = ("ja", "en")
    for lang in languages:
        (folder / f"handbook.{lang}.html").write_text(
            file_of(at, lang=lang, operator=known.in_(lang)), encoding="utf-8"
        )
        (folder / f"handbook.{lang}.pdf").write_bytes(pdf_of(at, lang=lang, operator=known.in_(lang)))
    click.echo(say(f"手順書を書きました: {folder}", f"The handbook was written: {folder}"))
