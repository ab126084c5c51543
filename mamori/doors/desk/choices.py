"""What the operator may choose, as the desk shows it: the value in force, the default, the bounds, and what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mamori.grammar.businesstime import parse, span_text
from mamori.grammar.declaration import Deadline, Setting
from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.ground.terms import actions as terms
from mamori.ground.terms import facts
from mamori.law.deadlines import DEADLINES
from mamori.law.settings import CLOSING_DAYS, ON_SERVER, SETTINGS

CLOSING = Text("運営者の休業日", "the operator's closing days")
YES = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing that an operator may choose; `written` is how its value is typed."""

    code: str
    title: Text
    value: Text
    written: str
    default: Text
    bounds: Text | None
    source: Text
    among: tuple[tuple[str, Text], ...] = ()
    is_yes_no: bool = False
    is_days: bool = False
    is_long: bool = False

    @property
    def is_on_server(self) -> bool:
        """Say whether it is set on the server's command line alone."""
        return self.code in ON_SERVER

    @property
    def is_changed(self) -> bool:
        """Say whether it differs from what is declared."""
        return self.value != self.default


def deadlines(at: datetime) -> list[Choice]:
    """Return every span of time, as it is set."""
    return [_deadline(deadline, at) for deadline in DEADLINES]


def settings(at: datetime) -> list[Choice]:
    """Return every other choice, and the closing days."""
    return [*(_setting(setting, at) for setting in SETTINGS), _closing(at)]


def find(code: str, at: datetime) -> Choice | None:
    """Return the choice of that name, or None."""
    return next((choice for choice in (*deadlines(at), *settings(at)) if choice.code == code), None)


def choose(hand: Hand, code: str, written: str) -> None:
    """Set what was typed."""
    if code == CLOSING_DAYS:
        terms.close(hand, days=written.replace(",", " ").split())
        return
    for deadline in DEADLINES:
        if deadline.code == code:
            terms.set(hand, setting=deadline, value=parse(written))
            return
    [setting] = [setting for setting in SETTINGS if setting.code == code]
    terms.set(hand, setting=setting, value=_read(setting, written))


def _read(setting: Setting[Any], written: str) -> Any:
    """Return what was typed as the setting's kind; what cannot be read stays a text, which `terms` refuses."""
    if isinstance(setting.default, bool):
        return written == YES
    if isinstance(setting.default, int):
        digits = written.replace(",", "").replace("，", "").strip()
        return int(digits) if digits.isdecimal() and len(digits) < 19 else written
    return written.strip()


def _deadline(deadline: Deadline, at: datetime) -> Choice:
    value = facts.duration(deadline, at=at)
    return Choice(
        code=deadline.code,
        title=deadline.title,
        value=span_text(value),
        written=str(value),
        default=span_text(deadline.duration),
        bounds=Text("法令の定め。短くすることだけができます。", "Fixed by law: it can only be made shorter.")
        if deadline.fixed
        else None,
        source=deadline.citation.instrument,
    )


def _setting(setting: Setting[Any], at: datetime) -> Choice:
    value = facts.setting(setting, at=at)
    least, most = setting.least, setting.most
    between = (
        Text(f"{least:,} から {most:,} まで", f"from {least:,} to {most:,}")
        if least is not None and most is not None
        else None
    )
    return Choice(
        code=setting.code,
        title=setting.title,
        value=_called(setting, value),
        written=(YES if value else "no") if isinstance(value, bool) else str(value),
        default=_called(setting, setting.default),
        bounds=between,
        source=setting.citation.instrument,
        among=tuple((one, setting.called(one)) for one in setting.among),
        is_yes_no=isinstance(setting.default, bool),
    )


def _closing(at: datetime) -> Choice:
    days = sorted(facts.closing_days(at))
    written = "\n".join(day.isoformat() for day in days)
    shown = Text(f"{len(days)}日", f"{len(days)} days") if days else Text("なし", "none")
    return Choice(
        code=CLOSING_DAYS,
        title=CLOSING,
        value=shown,
        written=written,
        default=Text("なし", "none"),
        bounds=Text(
            "1行に1日、または 2026-12-29/2027-01-03 のように", "one day a line, or 2026-12-29/2027-01-03"
        ),
        source=Text("運営者の定め", "the operator's own"),
        is_days=True,
        is_long=True,
    )


def _called(setting: Setting[Any], value: Any) -> Text:
    return setting.called(value) if value in setting.among else _shown(value)


def _shown(value: Any) -> Text:
    if isinstance(value, bool):
        return Text("はい", "yes") if value else Text("いいえ", "no")
    told = f"{value:,}" if isinstance(value, int) else str(value) or "—"
    return Text(told, told)
