"""The operator's own choices: a value set, the days on which it is closed."""

from __future__ import annotations

from collections.abc import Sequence

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Duration, span_text
from mamori.grammar.declaration import Deadline, Setting
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import rules
from mamori.ground.terms.events import SettingSet
from mamori.ground.terms.models import SettingValue
from mamori.law.settings import CLOSING_DAYS, ON_SERVER

CLOSING = Text("運営者の休業日", "the operator's closing days")
MAY_SET = frozenset({Role.LEAD, Role.COUNSEL, Role.MACHINE})


class SettingNotYours(Refusal, code="setting-not-yours", status=403):
    """Given when someone else than a lead, counsel or the machine sets a value."""

    text = Text(
        "「{title}」を変えられるのは、相談窓口の責任者と法務担当だけです。どちらかにお伝えください。",
        "Only a lead or counsel can set “{title}”. Please ask one of them.",
    )


class SettingOnServer(Refusal, code="setting-on-server", status=403):
    """Given when one of the staff would change by whom their own wishes must be agreed to."""

    text = Text(
        "「{title}」はだれの承認がいるかを決めるものなので、画面からは変えられません。サーバーで `mamori set` を使ってください。",
        "“{title}” decides whose agreement is needed, so it is not changed here. Please use `mamori set` on the server.",
    )


class SettingOutOfBounds(Refusal, code="setting-out-of-bounds", status=422):
    """Given when a value is of the wrong type or outside the declared bounds."""

    text = Text(
        "「{title}」に「{value}」は設定できません。{least} から {most} までの値にしてください（初期値 {default}）。",
        "“{title}” cannot be “{value}”. Please give a value from {least} to {most} (the default is {default}).",
    )


class SettingNotAmong(Refusal, code="setting-not-among", status=422):
    """Given when a text is not one of those that may be chosen, or does not stand in one line."""

    text = Text(
        "「{title}」に「{value}」は設定できません。{choices}",
        "“{title}” cannot be “{value}”. {choices}",
    )


class DeadlineNotStricter(Refusal, code="deadline-not-stricter", status=422):
    """Given when the law fixes a deadline and the wish is longer or counted in another unit."""

    text = Text(
        "「{title}」は法令で {fixed} と決まっています。{value} にはできません。同じ単位で、それより短い期間にしてください。",
        "The law fixes “{title}” at {fixed}. Only a shorter span in the same unit can be set, so not {value}.",
    )


class SettingChangedMeanwhile(Refusal, code="setting-changed-meanwhile", status=409):
    """Given when somebody else set the value after the form was opened."""

    text = Text(
        "「{title}」は、この画面を開いたあとに変わりました。入力した値はまだ設定していません。"
        "下の記録をお読みになり、それでも変えるときは、もう一度「変更する」を押してください。",
        "“{title}” has changed since you opened this page. What you typed is not set yet: please look at the record below, and "
        "press “Change it” again if you still want to.",
    )


class SettingStands(Refusal, code="setting-stands", status=422):
    """Given when a value would be changed to what it is."""

    text = Text(
        "「{title}」は、すでにその値です。何も変えていません。",
        "“{title}” is set to that already. Nothing was changed.",
    )


class ClosingDaysUnreadable(Refusal, code="closing-days-unreadable", status=422):
    """Given when a list of closing days cannot be read."""

    text = Text(
        "休業日を読み取れません。「2026-12-29」か「2026-12-29/2027-01-03」(1年以内)の形で書いてください。",
        "The closing days cannot be read. Please write 2026-12-29, or 2026-12-29/2027-01-03 for at most a year.",
    )


def set[T: (int, str, bool)](  # noqa: A001
    actor: Actor,
    *,
    setting: Setting[T] | Deadline,
    value: T | Duration,
    seen: int | None = None,
    reason: str = "",
) -> None:
    """Set what the operator chooses, from `actor.at` on; `seen` is the value that the writer saw, as `facts.seen` names it."""
    if isinstance(setting, Deadline):
        if not isinstance(value, Duration) or not rules.is_admitted(setting, value):
            raise DeadlineNotStricter(title=setting.title, fixed=span_text(setting.duration), value=value)
        _write(actor, setting.code, setting.title, str(value), seen=seen, reason=reason)
        return
    if isinstance(setting.default, str) and isinstance(value, str) and not setting.admits(value):
        raise SettingNotAmong(title=setting.title, value=value, choices=_choices(setting))
    if isinstance(value, Duration) or not setting.admits(value):
        given = (value, setting.least, setting.most, setting.default)
        told, least, most, usual = (
            f"{one:,}" if type(one) is int else "–" if one is None else one for one in given
        )
        raise SettingOutOfBounds(title=setting.title, value=told, least=least, most=most, default=usual)
    _write(actor, setting.code, setting.title, value, seen=seen, reason=reason)


def close(actor: Actor, *, days: Sequence[str], seen: int | None = None, reason: str = "") -> None:
    """Set all the days on which the operator is closed; the list replaces the one before."""
    try:
        rules.closed_days(days)
    except ValueError:
        raise ClosingDaysUnreadable from None
    _write(actor, CLOSING_DAYS, CLOSING, list(days), seen=seen, reason=reason)


def _choices(setting: Setting[str]) -> Text:
    if setting.among:
        among = ", ".join(setting.among)
        return Text(f"{among} のどれかにしてください。", f"Please choose one of {among}.")
    return Text(
        f"改行などのない{setting.most}文字までの1行にしてください。",
        f"Please give a single line of at most {setting.most} characters.",
    )


@memory.act()
def _write(actor: Actor, code: str, title: Text, value: object, *, seen: int | None, reason: str) -> None:
    if actor.role not in MAY_SET:
        raise SettingNotYours(title=title)
    if code in ON_SERVER and actor.role is not Role.MACHINE:
        raise SettingOnServer(title=title)
    about = f"terms.setting:{code}"
    memory.take_turns(about)
    stands = SettingValue.objects.filter(code=code).order_by("at", "id").last() if seen is not None else None
    if stands is not None and stands.pk != seen:
        raise SettingChangedMeanwhile(title=title)
    if stands is not None and stands.value == value:
        raise SettingStands(title=title)
    memory.forget("terms")
    SettingValue.objects.create(code=code, value=value, at=actor.at, by=actor.by, reason=reason)
    ledger.record(
        actor, kind="terms.set", subject="market", about=about, reason=reason, payload={"value": value}
    )
    outbox.publish(SettingSet(subject=about, setting=code), at=actor.at)
