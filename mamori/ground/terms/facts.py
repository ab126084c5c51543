"""What `terms` answers: what binds a seller, and the values in force at a moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.db.models import Max, Window
from django.db.models.functions import Lag

from mamori.grammar.businesstime import Duration, EveryHours, Hours, parse, span_text, span_words
from mamori.grammar.declaration import Clause, Deadline, Setting
from mamori.grammar.text import Lang, Text
from mamori.ground.declared import memory
from mamori.ground.declared.fields import alike
from mamori.ground.terms import rules
from mamori.ground.terms.binding import (
    MOST as MOST,
    Acceptance as Acceptance,
    Binding as Binding,
    Version as Version,
    acceptances as acceptances,
    accepted_count as accepted_count,
    binding as binding,
    bindings as bindings,
    change as change,
    unaccepted as unaccepted,
    versions as versions,
    wording as wording,
)
from mamori.ground.terms.models import ClauseAcceptance, SettingValue
from mamori.ground.terms.notices import TEMPLATES as TEMPLATES
from mamori.ground.terms.rules import By as By
from mamori.law.duties import DUTIES
from mamori.law.reports import OPERATOR_NAME_EN
from mamori.law.settings import CLOSING_DAYS, OPERATOR_NAME, SETTINGS

RESTED_ON = tuple(
    cast("Setting[bool]", one) for one in SETTINGS if any(one.code in duty.rests_on for duty in DUTIES)
)
"""The switches without which less is done of what the law asks: it is told which of them are off."""
_NEWEST = """
SELECT id, code, at, value FROM (
    SELECT id, code, at, value, ROW_NUMBER() OVER (PARTITION BY code ORDER BY at DESC, id DESC) AS place FROM terms_settingvalue
) AS placed WHERE place = 1
"""
"""Written out: every act asks it, and to build it anew costs more than its answer."""


def accepted(*, seller_ref: str, clause: str, at: datetime) -> int | None:
    """Return the newest version of the clause that the seller had accepted at `at`, or None."""
    known = ClauseAcceptance.objects.filter(seller_ref=seller_ref, clause=clause, accepted_at__lte=at)
    newest: int | None = known.aggregate(newest=Max("version"))["newest"]
    return newest


def setting[T: (int, str, bool)](setting: Setting[T], *, at: datetime) -> T:
    """Return the value in force at `at`: what the operator set, or the default.

    A value that a later declaration no longer admits is no longer in force either.
    """
    return _value(setting, _latest(setting.code, at))


def operator_name(lang: Lang, *, at: datetime) -> str:
    """Return the operator's name as it stands in a language: the English one is the Japanese one until it is set."""
    return (setting(OPERATOR_NAME_EN, at=at) if lang == "en" else "") or setting(OPERATOR_NAME, at=at)


def _value[T: (int, str, bool)](setting: Setting[T], value: object) -> T:
    known = cast(T, value)
    return known if setting.admits(known) else setting.default


def settings(*wanted: Setting[int] | Setting[bool], at: datetime) -> tuple[int, ...]:
    """Return the values in force of several settings of figures and switches, in one look."""
    if memory.is_cached():
        found: list[Any] = [_latest(one.code, at) for one in wanted]
        return tuple(
            value if one.admits(value) else one.default for one, value in zip(wanted, found, strict=True)
        )
    newest = _set(wanted, at)
    values = [(one, cast(Any, newest.get(one.code))) for one in wanted]
    return tuple(value if one.admits(value) else one.default for one, value in values)


def off(at: datetime) -> dict[Setting[bool], bool]:
    """Return what the law's duties rest on and is off at `at`, and of each whether a person chose that."""
    newest = _set(RESTED_ON, at)
    return {one: one.code in newest for one in RESTED_ON if not _value(one, newest.get(one.code))}


def _set(wanted: Sequence[Setting[Any]], at: datetime) -> dict[str, object]:
    codes = [one.code for one in wanted]
    rows = SettingValue.objects.filter(code__in=codes, at__lte=at).order_by("at", "id")
    return dict(rows.values_list("code", "value"))


def history[T: (int, str, bool)](
    setting: Setting[T], *, since: datetime, until: datetime
) -> tuple[tuple[datetime, T], ...]:
    """Return what a setting was at `since`, and each moment before `until` from which it was something else, in their order."""
    rows = SettingValue.objects.filter(code=setting.code, at__gt=since, at__lt=until).order_by("at", "id")
    found = [(since, _value(setting, _latest(setting.code, since)))]
    for at, value in rows.values_list("at", "value"):
        found.append((at, _value(setting, value)))
    return tuple(found)


def is_switched_on(clause: Clause, *, at: datetime) -> bool:
    """Say whether something that needs the clause has a switch of its own that is on."""
    switches = {one.code: cast("Setting[bool]", one) for one in SETTINGS if isinstance(one.default, bool)}
    found = (switches.get(f"{act}_on") for act in clause.needed_for)
    return any(switch is not None and setting(switch, at=at) for switch in found)


def duration(deadline: Deadline, *, at: datetime) -> Duration:
    """Return the deadline's span in force at `at`: what the operator set, or the declared one."""
    value = _latest(deadline.code, at)
    if isinstance(value, str) and rules.is_admitted(deadline, wish := parse(value)):
        return wish
    return deadline.duration


def filled(fills: Mapping[str, Deadline | Setting[Any]], *, at: datetime) -> dict[str, Text | str]:
    """Return what stands at `at` in the places of a declared text: a span as people say it, a figure with its commas.

    That closed days do not count to hours is said beside them.
    """
    return {name: _filled(one, at) for name, one in fills.items()}


def _filled(one: Deadline | Setting[Any], at: datetime) -> Text | str:
    if not isinstance(one, Deadline):
        value = setting(one, at=at)
        return f"{value:,}" if isinstance(value, int) else str(value)
    span = duration(one, at=at)
    if isinstance(span, (Hours, EveryHours)):
        return span_words(span)
    return span_text(span)


def closing_days(at: datetime | None = None) -> frozenset[date]:
    """Return the operator's closing days as set at `at`, or as they were set last."""
    return rules.closed_days(closing_spans(at))


def closing_spans(at: datetime | None = None) -> list[str]:
    """Return the same as it was written: 2026-12-29, or 2026-12-29/2027-01-03."""
    spans = _latest(CLOSING_DAYS, at)
    return spans if isinstance(spans, list) else []


def seen(code: str, *, at: datetime) -> int:
    """Return by which number a form names the value that stands at `at`: 0 as long as none was set."""
    return _stands(code, at)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingChange:
    """Who set what when, and why where they said so: values as they are kept, `before` None where none had been set."""

    number: int
    code: str
    at: datetime
    by: str
    before: Any
    value: Any
    reason: str


def changes(code: str = "", *, before: int | None = None, limit: int = 50) -> tuple[SettingChange, ...]:
    """Return what was set, of one thing or of all, the newest first, from before the change of that number on; in one look."""
    last = Window(Lag("value"), partition_by="code", order_by=("at", "id"))
    rows = SettingValue.objects.annotate(last=last).order_by("-id")
    rows = rows.filter(**({"code": code} if code else {}), **({"pk__lt": before} if before else {}))
    return tuple(alike(SettingChange, row, number=row.pk, before=row.last) for row in rows[:limit])


def changed_last(at: datetime) -> datetime | None:
    """Return when anything was set last, as a page knows it already; None where nothing ever was."""
    newest = memory.of("terms", "newest", _newest) if memory.is_cached() else _newest()
    return max((since for since, *_ in newest.values() if since <= at), default=None)


def _latest(code: str, at: datetime | None) -> object:
    return _stands(code, at)[1]


def _stands(code: str, at: datetime | None) -> tuple[int, object]:
    """Return the number and the value of what was set last at `at`."""
    if memory.is_cached():
        newest = memory.of("terms", "newest", _newest).get(code)
        if newest is None or at is None or newest[0] <= at:
            return newest[1:] if newest else (0, None)
    rows = SettingValue.objects.filter(code=code).order_by("-at", "-id")
    if at is not None:
        rows = rows.filter(at__lte=at)
    return rows.values_list("pk", "value").first() or (0, None)


def _newest() -> dict[str, tuple[datetime, int, object]]:
    """Return by its code each value that was set last, since when, and its number."""
    return {row.code: (row.at, row.pk, row.value) for row in SettingValue.objects.raw(_NEWEST)}
