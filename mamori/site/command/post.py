"""`mamori post`: mail and letters on their way; what is stuck, letters to print, and a mail that tries the way out."""

from __future__ import annotations

import getpass
import json
import os
import secrets
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mamori.grammar.actor import Actor, Role
from mamori.japan.calendar import JAPAN
from mamori.site.command import house_now, ready_tables
from mamori.site.command.speak import LANG, say

if TYPE_CHECKING:
    from mamori.ground.post.facts import LetterFact, MailFact

NOTHING = say("何もありません。", "Nothing.")
NUMBER = click.IntRange(1, 2**31 - 1)


@click.group(help=say("メールと手紙を見て、送り直し、印刷する。", "See mail and letters, send again, print."))
def command() -> None:
    """Hold the commands together."""
    ready_tables()


@command.command(
    "list", help=say("届けられないメールと、出していない手紙。", "Mail given up, and letters to be sent.")
)
@click.option(
    "--all", "all_", is_flag=True, help=say("新しいメールも、記録つきで", "newest mail too, with its log")
)
@click.option("--limit", type=NUMBER, default=50, show_default=True, help=say("件数", "how many"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def list_(all_: bool, limit: int, as_json: bool) -> None:
    """Print what waits for a person, or the newest mail."""
    from mamori.ground.post import facts

    mails = facts.mails(limit=limit) if all_ else facts.stuck(limit)
    letters = facts.letters(limit=limit)
    if as_json:
        told = {"mails": [asdict(m) for m in mails], "letters": [asdict(one) for one in letters]}
        click.echo(json.dumps(told, ensure_ascii=False, default=str))
        return
    for mail in mails:
        _print_mail(mail, with_log=all_)
    for letter in letters:
        _print_letter(letter)
    relay = facts.relay()
    if relay.since:
        click.echo(
            say(
                f"メールサーバーを {_moment(relay.since)} から使えません: {relay.error}",
                f"The mail server cannot be used since {_moment(relay.since)}: {relay.error}",
            )
        )
    if not mails and not letters and not relay.since:
        click.echo(NOTHING)


@command.command(help=say("メールを今すぐもう一度試す。", "Try a mail again at once."))
@click.argument("number", type=NUMBER)
def retry(number: int) -> None:
    """Let a mail be tried at once."""
    from mamori.ground.post import actions

    actions.retry(_actor(), mail=number)
    click.echo(say(f"メール {number} を順番に戻しました。", f"Mail {number} is in line again."))


@command.command("by-letter", help=say("メールをやめ、手紙にする。", "Write a letter instead of a mail."))
@click.argument("number", type=NUMBER)
def by_letter(number: int) -> None:
    """Line up a letter in the place of a mail."""
    from mamori.ground.post import actions

    actions.write_instead(_actor(), mail=number)
    click.echo(say(f"メール {number} を手紙にしました。", f"Mail {number} has become a letter."))


@command.command(
    "leave-out", help=say("理由を添えて、メールを取りやめる。", "Leave a mail out, with a reason.")
)
@click.argument("number", type=NUMBER)
@click.option("--letter", is_flag=True, help=say("手紙の番号として", "the number is a letter's"))
@click.option("--reason", required=True, help=say("取りやめる理由", "why"))
def leave_out(number: int, letter: bool, reason: str) -> None:
    """Leave a mail or a letter out for good."""
    from mamori.ground.post import actions

    if letter:
        actions.leave_letter_out(_actor(), letter=number, reason=reason)
    else:
        actions.leave_out(_actor(), mail=number, reason=reason)
    click.echo(say(f"{number} を取りやめました。", f"{number} is left out."))


@command.command(help=say("印刷待ちの手紙を PDF にする。", "Write the waiting letters as PDF."))
@click.option(
    "--out",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help=say("PDF を書くフォルダー", "folder for the PDFs"),
)
@click.option("--again", is_flag=True, help=say("印刷済みのものも", "those printed before, too"))
@click.option("--limit", type=NUMBER, default=1_000, show_default=True, help=say("件数", "how many"))
def letters(folder: Path, again: bool, limit: int) -> None:
    """Write a PDF for each waiting letter, and note each as printed once its file is there."""
    from mamori.ground.post import actions, facts

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    wanted = facts.LetterState.WAITING
    written = 0
    for letter in facts.letters(limit=limit):
        if letter.state is not wanted and not again:
            continue
        actor = _actor()
        content = facts.letter_pdf(letter.number, at=actor.at)
        if content is None:
            continue
        path = folder / f"{letter.case or 'letter'}-{letter.number}.pdf"
        _write(path, content)
        actions.mark_printed(actor, letter=letter.number)
        click.echo(f"{letter.number}\t{path}")
        written += 1
    click.echo(
        say(
            f"{written}通を書きました。投函したら `mamori post posted 番号` で記録してください。",
            f"{written} written. Once posted, note it with `mamori post posted NUMBER`.",
        )
    )


@command.command(help=say("手紙を投函したと記録する。", "Note that letters were posted."))
@click.argument("numbers", type=NUMBER, nargs=-1, required=True)
def posted(numbers: tuple[int, ...]) -> None:
    """Note each letter as posted."""
    from mamori.ground.post import actions

    for number in numbers:
        actions.mark_posted(_actor(), letter=number)
        click.echo(say(f"手紙 {number} を投函済みにしました。", f"Letter {number} is noted as posted."))


@command.command(help=say("試しに1通送る。", "Send one mail to see whether it arrives."))
@click.argument("address")
def test(address: str) -> None:
    """Send a trial past the queue and print what the server said; exit code 1 when it was not taken."""
    from mamori.ground.post import actions

    answer = actions.send_trial(to=address, token=secrets.token_hex(16), at=house_now())
    click.echo(f"{answer.outcome} {answer.code or ''} {answer.words} ({answer.milliseconds} ms)")
    raise SystemExit(answer.outcome != "sent")


def _actor() -> Actor:
    return Actor(by=f"staff:{getpass.getuser()}", role=Role.LEAD, at=house_now(), via="terminal")


def _write(path: Path, content: bytes) -> None:
    """Write the file whole or not at all: a letter is noted as printed only when it is there."""
    half = path.with_name(f".{path.name}.half")
    with open(half, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)


def _print_mail(mail: MailFact, *, with_log: bool) -> None:
    from mamori.ground.post.lifecycle import MAIL

    click.echo(
        f"{click.style(str(mail.number), bold=True)} {_moment(mail.at)} {MAIL.states[mail.state].in_(LANG)} "
        f"→ {mail.to} {mail.about} 「{mail.title[LANG]}」"
    )
    if mail.error:
        click.echo(f"  {mail.error}")
    for line in mail.log if with_log else ():
        click.echo(f"  {line.number}. {_moment(line.at)} {line.code or '–'} {line.answer}")


def _print_letter(letter: LetterFact) -> None:
    from mamori.ground.post.lifecycle import LETTER

    click.echo(
        f"{say('手紙', 'letter')} {click.style(str(letter.number), bold=True)} {_moment(letter.at)} "
        f"{LETTER.states[letter.state].in_(LANG)} → {letter.to} {letter.case} 「{letter.title[LANG]}」"
    )


def _moment(at: datetime) -> str:
    return at.astimezone(JAPAN).isoformat(sep=" ", timespec="seconds")
