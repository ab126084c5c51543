"""What staff fill in at the desk, and what the operator may choose: the value in force, the default, the bounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from mamori.grammar.actor import Actor
from mamori.grammar.businesstime import parse, span_text
from mamori.grammar.declaration import Deadline, Ground, Setting
from mamori.grammar.text import Text
from mamori.ground.cases.actions import HandOverNeedsReason
from mamori.ground.people.facts import AccountFact
from mamori.ground.terms import actions as terms, facts
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.wording import localized, said, said_text
from mamori.law.deadlines import DEADLINES
from mamori.law.grounds import LOGS_DAYS, LOGS_LONGEST
from mamori.law.settings import CLOSING_DAYS, ON_SERVER, SETTINGS

# What the operator may choose, as the desk shows it: the value in force, the default, the bounds, and what was typed.


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


def every_deadline(at: datetime) -> list[Choice]:
    """Return every span of time, as it is set."""
    return [_deadline(deadline, at) for deadline in DEADLINES]


def every_setting(at: datetime) -> list[Choice]:
    """Return every other choice, and the closing days."""
    return [*(_setting(setting, at) for setting in SETTINGS), _closing(at)]


def find_choice(code: str, at: datetime) -> Choice | None:
    """Return the choice of that name, or None."""
    return next((choice for choice in (*every_deadline(at), *every_setting(at)) if choice.code == code), None)


def choose(actor: Actor, code: str, written: str) -> None:
    """Set what was typed."""
    if code == CLOSING_DAYS:
        terms.close(actor, days=written.replace(",", " ").split())
        return
    for deadline in DEADLINES:
        if deadline.code == code:
            terms.set(actor, setting=deadline, value=parse(written))
            return
    [setting] = [setting for setting in SETTINGS if setting.code == code]
    terms.set(actor, setting=setting, value=_read(setting, written))


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


# What staff fill in at the desk.


class NoteForm(HouseForm):
    """A note for the record."""

    text = forms.CharField(
        label=said("メモを残す", "Leave a note"),
        help_text=said(
            "担当者だけが読みます。当事者の文章を写さないでください。",
            "For staff only. Please do not copy what a party wrote.",
        ),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3, "accesskey": "m", "data-key": "m"}),
    )


class HandOverForm(HouseForm):
    """To whom a case goes, and what they should know."""

    to = forms.ChoiceField(
        label=said("だれに", "To whom"),
        required=False,
        error_messages={
            "invalid_choice": said(
                "だれにするかを、一覧から選んでください。", "Please choose from the list to whom it goes."
            )
        },
    )
    reason = forms.CharField(
        label=said("理由と、伝えること", "Why, and what they should know"),
        help_text=said(
            "人に引き継ぐときは必ずお書きください。担当なしに戻すときは、なくてもかまいません。",
            "Always needed when somebody takes over; not when it goes back to all.",
        ),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, people: Iterable[AccountFact]) -> None:
        super().__init__(data)
        choice = self.fields["to"]
        assert isinstance(choice, forms.ChoiceField)
        names = [(account.who, f"{account.name}（{localized(account.role.text)}）") for account in people]
        choice.choices = [("", said("担当なしに戻す", "Nobody: back to all")), *names]


class SeveralForm(HandOverForm):
    """The same of the cases that are ticked in the queue; the reason is asked for only where `what` is to hand over."""

    reason = forms.CharField(
        label=said("理由と、伝えること", "Why, and what they should know"), max_length=1_000, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the words before any case is touched, so that it is said once."""
        given = super().clean() or self.cleaned_data
        if self.data.get("what") == "hand" and given.get("to") and not given.get("reason"):
            self.add_error("reason", localized(HandOverNeedsReason.text))
        return given


class WhyForm(HouseForm):
    """A reason, which stays in the record."""

    reason = forms.CharField(
        label=said("理由", "Reason"),
        help_text=said("記録に残ります。", "It stays in the record."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HoldForm(WhyForm):
    """What is put under a hold, on which ground, and why."""

    what = forms.CharField(
        label=said("対象", "What"),
        help_text=said(
            "案件番号、buyer:B-1、seller:S-1、vault.file:… のどれか。",
            "A case number, buyer:B-1, seller:S-1, or vault.file:….",
        ),
        max_length=128,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    ground = forms.ChoiceField(label=said("根拠", "Ground"), widget=forms.RadioSelect)

    days = forms.IntegerField(
        label=said("何日間（捜査機関の保全要請だけ）", "For how many days (only an investigator's request)"),
        help_text=said(
            f"{LOGS_DAYS}日まで。空欄は{LOGS_DAYS}日。ほかの根拠では空のままにします。",
            f"At most {LOGS_DAYS}, and {LOGS_DAYS} when left empty. Leave it empty on any other ground.",
        ),
        min_value=1,
        max_value=LOGS_LONGEST,
        required=False,
    )
    field_order = ("what", "ground", "days", "reason")

    def __init__(self, data: Any = None, *, grounds: Iterable[Ground], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        choice = self.fields["ground"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(ground.code, said_text(ground.title)) for ground in grounds]


class ExtendForm(WhyForm):
    """By how many days a hold with an end lasts longer, and why."""

    days = forms.IntegerField(
        label=said("何日延ばすか", "By how many days"), min_value=1, max_value=LOGS_LONGEST
    )
    field_order = ("days", "reason")


class ErasingForm(WhyForm):
    """Who is to be erased, on which ground, and why."""

    person = forms.CharField(
        label=said("対象", "Whom"),
        help_text=said("buyer:B-1 か seller:S-1 の形。", "As buyer:B-1 or seller:S-1."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    ground = forms.ChoiceField(label=said("根拠", "Ground"), widget=forms.RadioSelect)

    field_order = ("person", "ground", "reason")

    def __init__(self, data: Any = None, *, grounds: Iterable[Ground]) -> None:
        super().__init__(data)
        choice = self.fields["ground"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(ground.code, said_text(ground.title)) for ground in grounds]
        self.fields["reason"].help_text = said(
            "消去のあとも記録に残ります。氏名などは書かないでください。",
            "It stays in the record after the erasure: name nobody in it.",
        )


class ChoiceForm(HouseForm):
    """A new value for one of the operator's choices."""

    value = forms.CharField(label=said("値", "Value"))

    def __init__(self, data: Any = None, *, choice: Choice) -> None:
        super().__init__(data, initial={"value": choice.written})
        help_text = said_text(choice.bounds) if choice.bounds else ""
        label = said_text(choice.title)
        if choice.is_yes_no or choice.among:
            named = [("yes", said("はい", "Yes")), ("no", said("いいえ", "No"))]
            among = named if choice.is_yes_no else [(value, localized(text)) for value, text in choice.among]
            self.fields["value"] = forms.ChoiceField(
                label=label, help_text=help_text, choices=among, widget=forms.RadioSelect
            )
        else:
            widget = forms.Textarea(attrs={"rows": 8}) if choice.is_long else forms.TextInput()
            self.fields["value"] = forms.CharField(
                label=label,
                help_text=help_text,
                required=not choice.is_long,
                max_length=20_000,
                widget=widget,
            )
