"""The demo's house stays open after the story: who comes in by which address, until Ctrl-C."""

from __future__ import annotations

import socket
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.conf import settings

from mamori.grammar.text import Lang, Text
from mamori.site import supervisor
from mamori.site.demo import guests
from mamori.site.demo.guests import Guests

LIMIT = 20.0
LOG = "house.log"


def serve(home: Path, doors: socket.socket, lang: Lang, *, shop: Path) -> int:
    """Print every address, and run the house beside the page of a `shop`; return its exit code."""
    found = guests.read(home)
    assert found is not None
    with (home / LOG).open("a", encoding="utf-8") as log, doors, beside(shop) as page:
        code = supervisor.run(
            listening=doors,
            home=home,
            words={"web": ["--workers", "1"]},
            limit=LIMIT,
            log=log,
            told=lambda: click.echo(addresses(found, home, page).in_(lang)),
        )
    last = Text("閉じました。", "Closed.") if code == 0 else Text("止まりました：{log}", "It stopped: {log}")
    click.echo(last.fill(log=home / LOG).in_(lang))
    return code


@contextmanager
def beside(shop: Path) -> Iterator[str]:
    """Serve the product page of a small shop, which has the house's element on it; return its address."""
    words = (sys.executable, str(shop), "--house", settings.ORIGIN, "--port", "0")
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own example
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def addresses(found: Guests, home: Path, shop: str) -> Text:
    """Return the addresses as they are printed."""
    at = settings.ORIGIN
    lines: list[tuple[Text, str]] = [
        (Text("だれでも", "anyone"), f"{at}/"),
        (Text("見本の店の商品ページ", "a shop's own page"), shop),
        *((role.text, f"{at}{found.path(role)}") for role in guests.WORK),
        (Text("入口の一覧", "all doors"), f"{at}/demo/{found.word}/"),
        (Text("届いたメール", "mail that was sent"), f"{at}/inbox/"),
        (Text("API の説明", "API described"), f"{at}/api/v1/openapi.json"),
        (Text("様子", "health"), f"{at}/health/ready"),
    ]
    call = f'curl -H "Authorization: Bearer {found.api_key}" {at}/api/v1/cases'
    head = Text("家が開きました。Ctrl-C で閉じます。", "The house is open; Ctrl-C closes it.")
    api = Text("通販サイトのソフトウェアとして", "as the marketplace's software")
    log = Text("働きの記録", "log of the house")

    def told(lang: Lang) -> str:
        rows = [(name.in_(lang), where) for name, where in [*lines, (api, call), (log, str(home / LOG))]]
        width = max(_columns(name) for name, _ in rows)
        return "\n".join(
            [
                "",
                f"■ {head.in_(lang)}",
                *(f"  {name}{' ' * (width - _columns(name))}  {at}" for name, at in rows),
            ]
        )

    return Text(told("ja"), told("en"))


def _columns(text: str) -> int:
    """Return how many columns a text takes at the terminal: full-width letters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
