"""How a measurement is told: its figures with machine and date, its promise, and the exit code that goes with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.machine import machine

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def told(title: Text, found: DataclassInstance, promises: Mapping[str, bool], *, as_json: bool) -> None:
    """Print the figures and what became of each promise; end with 1 when one is broken."""
    figures: dict[str, Any] = asdict(found)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    kept = all(promises.values())
    if as_json:
        whole = {**figures, "promises": dict(promises), "kept": kept, "machine": machine(), "at": at}
        click.echo(json.dumps(whole, ensure_ascii=False))
    else:
        click.echo(f"{title.in_(LANG)}  ({at})")
        for name, value in figures.items():
            click.echo(f"  {name:28} {value}")
        for promise, is_kept in promises.items():
            click.echo(f"  {say('守った', 'kept') if is_kept else say('破れた', 'BROKEN'):8} {promise}")
    if not kept:
        raise SystemExit(1)
