"""`mamori set`: shows what an operator may choose, and sets it, recorded with its day."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import parse
from mamori.grammar.declaration import Deadline, Setting
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.law.deadlines import DEADLINES
from mamori.law.settings import CLOSING_DAYS, SETTINGS
from mamori.site.command import house_now, ready_tables
from mamori.site.command.speak import LANG, say

YES_NO = {"yes": True, "on": True, "true": True, "no": False, "off": False, "false": False}


class NoSuchSetting(Refusal, code="no-such-setting", status=404):
    """Given when nothing is called that."""

    text = Text(
        "「{name}」という設定はありません。`mamori set` で一覧を見られます。",
        "There is no setting “{name}”. `mamori set` lists them.",
    )


class ValueUnreadable(Refusal, code="value-unreadable", status=422):
    """Given when a value is not of the setting's kind."""

    text = Text(
        "「{value}」は読めません。「{name}」には {example} のように書いてください。",
        "“{value}” cannot be read. Write something like {example} for “{name}”.",
    )


@click.command(
    help=say(
        "運営者が決められることを見る（引数なし）、または決める。例：set contact.resolution 36h、"
        "set closing-days 2026-12-29/2027-01-03",
        "Show what an operator may choose (without arguments), or choose it, such as: set contact.resolution 36h, "
        "set closing-days 2026-12-29/2027-01-03",
    )
)
@click.argument("name", required=False)
@click.argument("values", nargs=-1)
def command(name: str | None, values: tuple[str, ...]) -> None:
    """List the choices, or make one."""
    ready_tables()
    now = house_now()
    if name is not None and values:
        choose(
            Actor(by=f"machine:command/{getpass.getuser()}", role=Role.MACHINE, at=now, via="command"),
            name,
            values,
        )
    elif name is not None:
        _find(name)
    for code, title, value, default in _all(now):
        if name in (None, code):
            mark = "" if value == default else say(f"（既定 {default}）", f" (default {default})")
            click.echo(f"{code:<28} {value}{mark}  {title.in_(LANG)}")


def choose(actor: Actor, name: str, values: tuple[str, ...]) -> None:
    """Set what is called `name`; closing days take several values, text is joined by blanks, all else takes one."""
    from mamori.ground.terms import actions as terms
    from mamori.ground.web.colours import must_suit

    if name == CLOSING_DAYS:
        days = [day for value in values for day in value.split(",") if day and day != "none"]
        terms.close(actor, days=days)
        return
    declared = _find(name)
    if isinstance(declared, Setting) and isinstance(declared.default, str):
        values = (" ".join(values),)
    if len(values) != 1:
        raise ValueUnreadable(name=name, value=" ".join(values), example=_example(declared))
    if isinstance(declared, Deadline):
        terms.set(actor, setting=declared, value=parse(values[0]))
    else:
        value = _read(declared, values[0])
        must_suit(declared, value)
        terms.set(actor, setting=declared, value=value)


def _find(name: str) -> Deadline | Setting[Any]:
    choices: tuple[Deadline | Setting[Any], ...] = (*DEADLINES, *SETTINGS)
    for declared in choices:
        if declared.code == name:
            return declared
    if name == CLOSING_DAYS:
        return SETTINGS[0]
    raise NoSuchSetting(name=name)


def _read(declared: Setting[Any], value: str) -> int | bool | str:
    if isinstance(declared.default, bool):
        if value.lower() in YES_NO:
            return YES_NO[value.lower()]
    elif isinstance(declared.default, str):
        return value
    elif value.replace(",", "").isascii() and value.replace(",", "").isdigit():
        return int(value.replace(",", ""))
    raise ValueUnreadable(name=declared.code, value=value, example=_example(declared))


def _example(declared: Deadline | Setting[Any]) -> str:
    if isinstance(declared, Deadline):
        return str(declared.duration)
    return "yes" if isinstance(declared.default, bool) else str(declared.default)


def _all(at: datetime) -> Iterator[tuple[str, Text, str, str]]:
    from mamori.ground.terms import facts as terms

    for deadline in DEADLINES:
        yield deadline.code, deadline.title, str(terms.duration(deadline, at=at)), str(deadline.duration)
    settings: tuple[Setting[Any], ...] = SETTINGS
    for setting in settings:
        yield setting.code, setting.title, _shown(terms.setting(setting, at=at)), _shown(setting.default)
    days = sorted(terms.closing_days())
    shown = say(f"{len(days)}日", f"{len(days)} days") + (f": {days[0]} … {days[-1]}" if days else "")
    yield CLOSING_DAYS, Text("運営者の休業日", "the operator's closing days"), shown, shown


def _shown(value: int | bool | str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (value or "–") if isinstance(value, str) else f"{value:,}"
