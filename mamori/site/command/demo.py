"""`mamori demo`: sets everything up in a home of its own, plays the main job through, proves it, and opens its doors."""

from __future__ import annotations

from pathlib import Path

import click

import mamori
from mamori.grammar.text import Text
from mamori.site.command import ready
from mamori.site.command.speak import LANG, say

ROOT = Path(mamori.__file__).parents[1]


@click.command(
    help=say(
        "見本の市場を取り込み、本筋を時計を進めながら通して見せ、受領証を検証する。",
        "Import a sample marketplace, play the main job by a clock that jumps, verify the receipts.",
    )
)
@click.option("--no-serve", is_flag=True, help=say("物語のあとで終わる", "end after the story"))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help=say(
        "画面のポート（なければ 8000 か空いているもの）", "port of the pages (8000 by itself, or a free one)"
    ),
)
@click.option("--lang", type=click.Choice(["ja", "en"]), default=LANG, help=say("表示の言語", "language"))
def command(*, no_serve: bool, port: int | None, lang: str) -> None:
    """Build the stage, play and prove, or take what was kept of today; exit 1 when anything does not hold; serve until Ctrl-C."""
    from mamori.site.demo import stage

    files = stage.sample(ROOT)
    home = stage.build(ROOT)
    doors = stage.open_doors(port)
    key = stage.key_of(ROOT, lang)
    told = stage.kept(home, key)
    ready()
    if told:
        click.echo(told)
    else:
        from mamori.site.demo.performance import perform

        told = perform(home, files, ROOT / "verifier" / "mamori_verify.py", "en" if lang == "en" else "ja")
        if not told:
            raise SystemExit(1)
        stage.keep(home, key, told)
    _what_next(home)
    if not no_serve:
        from mamori.site.demo import open_house

        shop = ROOT / "examples" / "shop" / "serve.py"
        raise SystemExit(open_house.serve(home, doors, "en" if lang == "en" else "ja", shop=shop))


def _what_next(home: Path) -> None:
    lines = Text(
        f"""
次にできること（デモのデータは {home} にあります）
  export MAMORI_HOME={home} MAMORI_LOG_ORIGIN=demo.mamori.invalid/log
  .venv/bin/mamori check                                    設定と健全さを診断する
  .venv/bin/mamori ledger verify --with {home}/receipts     記録を受領証と突き合わせる
  .venv/bin/mamori clock 2026-09-18T18:00+09:00 48h         期限を計算する""",
        f"""
What you can do next (the demo's data is in {home})
  export MAMORI_HOME={home} MAMORI_LOG_ORIGIN=demo.mamori.invalid/log
  .venv/bin/mamori check                                    examine settings and health
  .venv/bin/mamori ledger verify --with {home}/receipts     hold the log against the receipts
  .venv/bin/mamori clock 2026-09-18T18:00+09:00 48h         compute a due moment""",
    )
    click.echo(lines.in_(LANG))
