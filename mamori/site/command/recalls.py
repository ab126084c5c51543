"""`mamori recalls`: notices of recalls out of a feed (RSS or Atom), as a file or from its address, which is asked only here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.japan.calendar import JAPAN
from mamori.law.recalls import RecallSource
from mamori.site.command import house_now, ready_tables
from mamori.site.command.speak import LANG, say

if TYPE_CHECKING:
    from mamori.rooms.safety.recalls.actions import RecallTold

MOST = 5 << 20
_CLOSED = regex(rb"</(?:[\w.-]+:)?(?:item|entry)\s*>")
_TAG = regex(r"<[^>]*>")


class FeedUnreadable(Refusal, code="recall-feed-unreadable", status=422):
    """Given when what was read is no feed at all, or too large, or could not be fetched."""

    text = Text(
        "RSSかAtomのフィードとして読めません（https だけ、大きさは{most}MBまで）。アドレスを確かめてください。何も登録していません。",
        "This cannot be read as a feed (RSS or Atom, by https alone, at most {most} MB). Please check it. Nothing was entered.",
    )


@dataclass(frozen=True, slots=True)
class FeedRead:
    """The notices of a feed that are whole, the oldest first, and what the others say, as far as they do."""

    told: tuple[RecallTold, ...]
    broken: tuple[str, ...]


def read_feed(sent: bytes, source: RecallSource) -> FeedRead:
    """Return the notices of a feed; one that breaks off half-way gives those before the break, and names the rest."""
    import feedparser

    from mamori.rooms.safety.recalls.actions import RecallNameless, told_of

    feed = feedparser.parse(BytesIO(sent)) if len(sent) <= MOST else None
    if feed is None or not (feed.entries or (feed.version and not feed.bozo)):
        raise FeedUnreadable(most=MOST >> 20)
    whole = len(_CLOSED.findall(sent)) if feed.bozo else len(feed.entries)
    told, broken = list[Any](), list[str]()
    for at, entry in enumerate(feed.entries):
        try:
            if at >= whole:
                raise RecallNameless(row="")
            told.append(told_of(source, dict(_said(entry))))
        except RecallNameless:
            broken.append(entry.get("title") or entry.get("link") or f"({at + 1})")
    return FeedRead(tuple(reversed(told)), tuple(broken))


def _said(entry: Any) -> Iterator[tuple[str, Any]]:
    yield "goods", _TAG.sub(" ", entry.get("title") or "")
    yield "danger", _TAG.sub(" ", entry.get("summary") or "")
    yield "link", entry.get("link") or ""
    number = entry.get("id") or ""
    yield "number", "" if "//" in number else number
    if moment := entry.get("published_parsed") or entry.get("updated_parsed"):
        yield "published_on", datetime(*moment[:6], tzinfo=UTC).astimezone(JAPAN).date()


def fetched(where: str) -> bytes:
    """Return what stands in a file or, where an address is given, there."""
    import urllib3

    if "://" not in where:
        return Path(where).read_bytes()
    if not where.startswith("https://"):
        raise FeedUnreadable(most=MOST >> 20)
    try:
        answer = urllib3.request("GET", where, timeout=30.0, retries=2, preload_content=False)
        body: bytes = answer.read(MOST + 1)
        answer.release_conn()
    except urllib3.exceptions.HTTPError:
        raise FeedUnreadable(most=MOST >> 20) from None
    if answer.status != 200:
        raise FeedUnreadable(most=MOST >> 20)
    return body


@click.group(help=say("リコールの公表のフィードを読む", "Read a feed of recalls."))
def command() -> None:
    """Hold the commands together."""
    ready_tables()


@command.command(
    help=say(
        "フィード WHERE（ファイルか https のアドレス）を読み、新しい公表を登録する。非表示にも、お知らせもしません。"
        "終了コード: 0 すべて読めた、1 読めないものがあった、2 何も登録しなかった。",
        "Read the feed WHERE (a file, or an address with https) and enter what is new. Nothing is hidden and nobody is told. "
        "Exit code: 0 all was read, 1 some was not, 2 nothing was entered.",
    ),
    epilog=say("例", "Example") + ": mamori recalls read https://agency.example/recall.rdf --source caa",
)
@click.argument("where")
@click.option(
    "--source",
    type=click.Choice([one.value for one in RecallSource]),
    default=RecallSource.OTHER.value,
    help=say("公表したところ", "who published it"),
)
def read(where: str, source: str) -> None:
    """Read a feed, enter what is new, and say what could not be read."""
    from mamori.rooms.safety.recalls import actions

    try:
        feed = read_feed(fetched(where), RecallSource(source))
        actor = Actor(by="machine:recalls", role=Role.MACHINE, at=house_now(), via="command")
        new = actions.enter_recalls(actor, told=feed.told)
    except (Refusal, OSError) as why:
        click.echo(why.text.in_(LANG) if isinstance(why, Refusal) else str(why), err=True)
        raise SystemExit(2) from None
    known = len(feed.told) - len(new)
    click.echo(say(f"登録 {len(new)}件、登録済み {known}件", f"{len(new)} entered, {known} known already"))
    for one in feed.broken:
        click.echo(say(f"読めなかった: {one}", f"could not be read: {one}"), err=True)
    raise SystemExit(1 if feed.broken else 0)
