"""The command `mamori`: one file per command, loaded when it is called."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module

import click

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from mamori.site.following import REFUSED

COMMANDS = {
    "setup": say("データベースと鍵を用意する", "prepare database and keys"),
    "demo": say("見本の市場で本筋を通して見せる", "play the main job through on a sample market"),
    "sandbox": say(
        "店の技術者が試す練習場を開き、時計を進める", "open a sandbox for a shop, move its clock forward"
    ),
    "examine": say("店のウェブフックの受け口を調べる", "examine a shop's receiver of webhooks"),
    "up": say("家全体を動かす", "run the whole house"),
    "serve": say("画面と API を開く", "open pages and API"),
    "work": say("期限を鳴らし、知らせを届ける", "ring deadlines and carry messages"),
    "check": say("設定と健全さを診断する", "examine settings and health"),
    "import": say("通販サイトの記録を取り込む", "take in the marketplace's records"),
    "staff": say("担当者を登録し、招待し、止める", "add, invite and suspend staff"),
    "key": say(
        "ソフトウェアとリンクの鍵を作り、替え、止める",
        "make, rotate and revoke keys of software and of links",
    ),
    "set": say("運営者が決められることを見る・決める", "show and make the operator's choices"),
    "terms": say("出品者の規約の見本と、公表した版", "the sellers' terms: patterns, what is published"),
    "clock": say("期限を計算し、理由を示す", "compute a due moment and say why"),
    "recalls": say("リコールの公表のフィードを読む", "read a feed of recalls"),
    "screening": say("出品を見る名前の一覧を取り込む", "take in lists of names to look for"),
    "names": say("登録名と口座名義のカナを比べる", "compare a registered name with the kana of an account"),
    "payout": say(
        "売上金の振込データを作り、銀行の結果を取り込む",
        "write files of payouts, take in what banks returned",
    ),
    "ledger": say("記録を検証し、受領証を出す", "verify the log, write receipts"),
    "outbox": say("届かなかったものを見て、送り直す", "see what is stuck, and send it again"),
    "post": say("メールと手紙を見て、送り直し、印刷する", "see mail and letters, send again, print"),
    "seal": say("鍵の状態を見る、鍵を新しくする", "see how the keys stand, renew them"),
    "search": say("検索の索引を埋める", "fill the index of the search"),
    "handbook": say("手順書をファイルにする", "the handbook as files"),
    "edition": say("公表版と、その数え直し", "editions of what is published, and recounting them"),
    "hold": say("消してはならないものの消去を止める", "hold what must not be erased"),
    "person": say("請求により購入者・出品者を消去する", "erase a buyer or seller on request"),
    "backup": say("控えを取る", "write a backup"),
    "restore": say("控えから戻す", "restore a backup"),
    "leave": say(
        "すべてのデータを、ほかでも読めるファイルにする", "write all data as files that any software reads"
    ),
}

DISK = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.ENOTDIR})


class House(click.Group):
    """Lists every command at once and loads only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table above."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command's module, or nothing when there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(
            f"mamori.site.command.{cmd_name}_" if cmd_name == "import" else f"mamori.site.command.{cmd_name}"
        )
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print the table without loading anything."""
        with formatter.section(say("コマンド", "Commands")):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=House,
    help=say("守り — 買う人を守り、守ったことを示す。", "Mamori protects people who buy, and proves it."),
)
@click.option("--lang", type=click.Choice(["ja", "en"]), default=LANG, help=say("表示の言語", "language"))
def cli(lang: str) -> None:
    """Hold the commands together."""


def ready() -> None:
    """Set Django up; commands that touch the database call it first."""
    import django

    from mamori.site.environment import must_be_readable

    must_be_readable(os.environ)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mamori.site.settings")
    django.setup()
    _ask_for_passphrase()


def ready_tables() -> None:
    """Set Django up for a command that works on tables, and see that they are those of this version.

    Whoever only asks for help is given it in any house.
    """
    ready()
    if "--help" not in sys.argv:
        from mamori.site import prepared

        prepared.tables_must_fit()


def house_now() -> datetime:
    """Return what time it is in the house; Django must be set up."""
    from mamori.ground.clocks import facts

    return facts.now()


def _ask_for_passphrase() -> None:
    """Let the keys ask whoever sits at the terminal, where they are wrapped by a passphrase; twice when it is new."""
    from django.conf import settings

    if settings.KEY_PROFILE != "passphrase" or not sys.stdin.isatty():
        return
    from mamori.ground.seal import actions as seal

    def ask(is_new: bool) -> str:
        told: str = click.prompt(
            say("合言葉", "Passphrase"), hide_input=True, confirmation_prompt=is_new, err=True
        )
        return told

    seal.ask_by(ask)


def main() -> None:
    """Run `mamori`."""
    run(cli, "mamori")


def run(command: click.Command, name: str) -> None:
    """Run a command."""
    with in_sentences():
        command(prog_name=name)


@contextmanager
def in_sentences() -> Iterator[None]:
    """Let a refusal be a sentence on stderr and exit code 2, never a traceback."""
    try:
        yield
    except Refusal as refusal:
        click.echo(f"mamori: {refusal.sentence.in_(LANG)} [{refusal.code}]", err=True)
        raise SystemExit(REFUSED) from None
    except Exception as error:
        if (sentence := _about_the_disk(error) or _about_the_database(error)) is None:
            raise
        click.echo(f"mamori: {sentence.in_(LANG)}", err=True)
        raise SystemExit(REFUSED) from None


def _about_the_disk(error: Exception) -> Text | None:
    """Say which place cannot be written or read; SQLite names none, so it is told where its file belongs."""
    if isinstance(error, OSError) and error.errno in DISK and error.filename:
        place, why = error.filename, error.strerror
    elif "unable to open database file" in str(error):
        from django.conf import settings

        place, why = settings.DATABASES["default"]["NAME"], str(error)
    else:
        return None
    return Text(
        "「{place}」を読み書きできません（{why}）。場所、権限、空き容量を確かめてください。",
        "“{place}” cannot be read or written ({why}). Look at the place, its permissions and the room left.",
    ).fill(place=place, why=why)


def _about_the_database(error: Exception) -> Text | None:
    """Say what to do when the database is away or not prepared; any other error is a bug and shows itself."""
    utils = sys.modules.get("django.db.utils")  # a command that never touched a database has not loaded it
    if utils is None or not isinstance(error, (utils.OperationalError, utils.ProgrammingError)):
        return None
    return Text(
        "データベースが使えません（{error}）。`mamori setup` で用意し、`mamori check` で確かめてください。",
        "The database cannot be used ({error}). Prepare it with `mamori setup` and look with `mamori check`.",
    ).fill(error=str(error).strip().splitlines()[0])
