"""What the operator may choose: in eight groups, found by words, changed where it stands, with who changed what and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.doors.desk.people import staff
from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import UNIT_TEXTS, BadDuration, Duration, parse, span_unit, unit_of
from mamori.grammar.declaration import Deadline, Setting, SettingGroup, group_of
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.terms import actions as terms, facts
from mamori.ground.terms.actions import CLOSING, SettingChangedMeanwhile
from mamori.ground.terms.facts import SettingChange
from mamori.ground.web.access import open_to
from mamori.ground.web.colours import must_suit
from mamori.ground.web.forms import CountField, HouseForm, renew
from mamori.ground.web.once import new_token, take_form
from mamori.ground.web.signs import Visit, actor_of, number_in
from mamori.ground.web.wording import Entry, localized, said, said_text
from mamori.japan.written import spelt_out
from mamori.law.deadlines import DEADLINES
from mamori.law.settings import CLOSING_DAYS, ON_SERVER, SETTINGS

SETTERS = (Role.LEAD, Role.COUNSEL)
DONE = Text(
    "「{title}」を {before} から {now} に変えました。これから始まるものに適用します。",
    "“{title}” was {before} and is {now} now. It applies to what begins from now on.",
)
FIXED = Text("法令の定め。短くすることだけができます。", "Fixed by law: it can only be made shorter.")
SENSIBLE = Text(
    "「{label}」は、1以上で約27年以内の整数にしてください。",
    "Please give “{label}” as a whole number from 1 up to some 27 years.",
)
DAYS_HINT = Text(
    "1行に1日、または 2026-12-29/2027-01-03 のように", "one day a line, or 2026-12-29/2027-01-03"
)
CHANGED = Text("{title}：{before} → {now}", "{title}: {before} → {now}")
YES, NO = "yes", "no"
YES_NO = {YES: Text("はい", "yes"), NO: Text("いいえ", "no")}
SIZE = 50
LONGEST_ASKED = 100

type Declared = Deadline | Setting[Any] | None
"""What is chosen; None stands for the closing days."""


class NoSuchChoice(Refusal, code="no-such-choice", status=404):
    """Given when nothing is called that."""

    text = Text(
        "その設定はありません。一覧から選んでください。",
        "There is no such setting. Please choose from the list.",
    )


@dataclass(frozen=True, slots=True)
class SettingShown:
    """A value as people read it: the figure or word, and apart from it what is counted."""

    figure: Text
    unit: Text | None = None

    @property
    def text(self) -> Text:
        """Say both."""
        if self.unit is None:
            return self.figure
        return Text(self.figure.ja + self.unit.ja, f"{self.figure.en} {self.unit.en}")


def amount(declared: Declared, value: Any) -> SettingShown:
    """Return a value of what is chosen, as it is in force or as it was written down once."""
    if isinstance(declared, Deadline):
        span: Duration = parse(value) if isinstance(value, str) else value
        return SettingShown(_as_it_is(f"{span.count:,}"), span_unit(span))
    if isinstance(value, bool):
        return SettingShown(YES_NO[YES if value else NO])
    if isinstance(value, int):
        unit = declared.unit if declared else None
        return SettingShown(_as_it_is(f"{value:,}"), unit.of(value) if unit else None)
    if declared and value in declared.among:
        return SettingShown(declared.called(value))
    told = ", ".join(value) if isinstance(value, list) else str(value)
    return SettingShown(_as_it_is(told) if told else Text("なし", "none"))


def _as_it_is(told: str) -> Text:
    return Text(told, told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing that an operator may choose, with the value in force; `seen` names that value to whoever changes it."""

    declared: Declared
    code: str
    title: Text
    value: Any
    default: Any
    seen: int

    @property
    def group(self) -> SettingGroup:
        """Return with what it stands."""
        return group_of(self.code, self.declared.group if self.declared else None)

    @property
    def now(self) -> SettingShown:
        """Return what is in force."""
        return amount(self.declared, self.value)

    @property
    def usual(self) -> SettingShown:
        """Return what is declared."""
        return amount(self.declared, self.default)

    @property
    def is_changed(self) -> bool:
        """Say whether it differs from what is declared."""
        return bool(self.value != self.default)

    @property
    def is_on_server(self) -> bool:
        """Say whether it is set on the server's command line alone."""
        return self.code in ON_SERVER

    @property
    def source(self) -> Text | None:
        """Return who asks for it."""
        return self.declared.citation.instrument if self.declared else None

    @property
    def written(self) -> str:
        """Return the value as it is typed."""
        if isinstance(self.declared, Deadline):
            return str(self.value.count)
        if isinstance(self.value, list):
            return "\n".join(self.value)
        return (YES if self.value else NO) if isinstance(self.value, bool) else str(self.value)

    @property
    def units(self) -> dict[str, Text]:
        """Return what a span may count, by how it is written: where the law fixes it, only what it counts."""
        if not isinstance(self.declared, Deadline):
            return {}
        only = unit_of(self.declared.duration) if self.declared.fixed else ""
        return {code: text for code, text in UNIT_TEXTS.items() if only in ("", code)}

    @property
    def unit(self) -> str:
        """Return what the span in force counts, as it is written."""
        return unit_of(self.value) if self.units else ""

    @property
    def token(self) -> str:
        """Return what tells one form of it from the next."""
        return new_token()

    @property
    def is_figure(self) -> bool:
        """Say whether a number is typed."""
        return bool(self.units) or type(self.value) is int

    @property
    def among(self) -> dict[str, Text]:
        """Return what it is chosen from, where it is not typed."""
        if isinstance(self.value, bool):
            return YES_NO
        declared = self.declared
        return {one: declared.called(one) for one in declared.among} if isinstance(declared, Setting) else {}

    @property
    def bounds(self) -> Text | None:
        """Say within which bounds it is chosen."""
        if isinstance(self.declared, Setting):
            least, most = self.declared.least, self.declared.most
            both = least is not None and most is not None
            return Text(f"{least:,} から {most:,} まで", f"from {least:,} to {most:,}") if both else None
        return (FIXED if self.declared.fixed else None) if self.declared else DAYS_HINT

    def is_called(self, words: list[str]) -> bool:
        """Say whether all of these words stand in its name, its group, its code or its value."""
        told = (self.title, self.group.text, self.now.text)
        text = " ".join([self.code, *(f"{one.ja} {one.en}" for one in told)])
        return all(word in spelt_out(text).casefold() for word in words)


def every_choice(at: datetime) -> list[Choice]:
    """Return all that the operator may choose, as it stands at `at`: on a page in one look."""
    return [
        *(_choice(one, facts.duration(one, at=at), one.duration, at) for one in DEADLINES),
        *(_choice(one, facts.setting(one, at=at), one.default, at) for one in SETTINGS),
        _choice(None, facts.closing_spans(at), [], at),
    ]


def _choice(declared: Declared, value: Any, default: Any, at: datetime) -> Choice:
    code, title = (declared.code, declared.title) if declared else (CLOSING_DAYS, CLOSING)
    seen = facts.seen(code, at=at)
    return Choice(declared=declared, code=code, title=title, value=value, default=default, seen=seen)


def _field(choice: Choice) -> forms.Field:
    """Return where a value is typed or chosen."""
    words: dict[str, Any] = {"label": said_text(choice.title)}
    if choice.bounds:
        words["help_text"] = said_text(choice.bounds)
    if choice.among:
        named = [(value, said_text(text)) for value, text in choice.among.items()]
        return forms.ChoiceField(**words, choices=named, widget=forms.RadioSelect)
    if choice.is_figure:
        return CountField(**words, unit=choice.now.unit.ja if choice.now.unit else "")
    if choice.declared is None:
        return forms.CharField(
            **words, required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 8})
        )
    return forms.CharField(**words, max_length=20_000)


class ChoiceForm(HouseForm):
    """A new value for one of the operator's choices, and why; `seen` is the value beside which it was typed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    token = forms.CharField(widget=forms.HiddenInput, required=False)
    value = forms.CharField()
    unit = forms.ChoiceField(label=said("単位", "Unit"), required=False)
    reason = forms.CharField(
        label=said("理由", "Why"),
        help_text=said("記録に残ります。", "It stays in the record."),
        max_length=500,
        required=False,
    )

    def __init__(self, data: Any = None, *, choice: Choice) -> None:
        self.choice = choice
        stands = {"seen": choice.seen, "value": choice.written, "unit": choice.unit, "token": choice.token}
        super().__init__(data, initial=stands)
        units = self.fields["unit"]
        assert isinstance(units, forms.ChoiceField)
        units.choices = [(code, said_text(text)) for code, text in choice.units.items()]
        units.required = bool(choice.units)

    def clean(self) -> dict[str, Any] | None:
        """See that number and unit make a span."""
        given = self.cleaned_data
        try:
            if given.get("unit") and given.get("value") is not None:
                parse(f"{given['value']}{given['unit']}")
        except BadDuration:
            self.add_error("value", localized(SENSIBLE.fill(label=self.choice.title)))
        return given


def form_of(choice: Choice) -> Callable[[Any], ChoiceForm]:
    """Return the form for one choice, which has a field of its own kind for the value."""
    return partial(
        cast("type[ChoiceForm]", type("FormOf", (ChoiceForm,), {"value": _field(choice)})), choice=choice
    )


@open_to(*SETTERS)
def listed(request: Visit) -> HttpResponse:
    """Show one group of the choices, those that are called as was asked, or who changed what."""
    choices = every_choice(request.received_at)
    asked = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_ASKED]
    names = SettingGroup.__members__
    group = names.get(request.GET.get("group", "").upper(), SettingGroup.MEDIATION)
    record = "changes" in request.GET
    found = [one for one in choices if one.is_called(spelt_out(asked).casefold().split())] if asked else []
    shown: dict[str, Any] = {
        "groups": list(SettingGroup),
        "group": None if asked or record else group,
        "sections": [
            (one, rows)
            for one in SettingGroup
            if (rows := [choice for choice in (found if asked else choices) if choice.group is one])
            and (asked or one is group)
        ],
        "asked": asked,
        "done": _done(request, choices),
    }
    if record:
        before = number_in(request.GET.get("before", ""))
        changes = facts.changes(before=before, limit=SIZE + 1)
        shown |= {
            "record": _told(changes[:SIZE], choices, request.received_at),
            "older": changes[SIZE - 1].number if len(changes) > SIZE else None,
        }
    return render(request, "desk/settings.html", shown)


@open_to(*SETTERS)
def setting(request: Visit, code: str) -> HttpResponse:
    """Show one choice with who changed it and when, or change it."""
    at, actor = request.received_at, actor_of(request)
    choices = every_choice(at)
    choice = next((one for one in choices if one.code == code), None)
    if choice is None:
        raise NoSuchChoice()

    def do(form: ChoiceForm) -> str:
        choose(actor, choice, form.cleaned_data)
        place = urlencode({"group": choice.group.name.lower(), "done": code})
        return f"{reverse('desk:settings')}?{place}#{code}"

    form, status, led = take_form(request, form_of(choice), do, by=actor, field="value")
    if status == SettingChangedMeanwhile.status:
        renew(form, "seen", choice.seen)
    shown = {
        "choice": choice,
        "form": form,
        "record": _told(facts.changes(code) if choice.seen else (), choices, at),
    }
    return led or render(request, "desk/setting.html", shown, status=status)


def choose(actor: Actor, choice: Choice, given: Mapping[str, Any]) -> None:
    """Set what was typed."""
    declared, value = choice.declared, given["value"]
    more = {"seen": given["seen"], "reason": given["reason"]}
    if declared is None:
        terms.close(actor, days=value.replace(",", " ").split(), **more)
    elif isinstance(declared, Deadline):
        terms.set(actor, setting=declared, value=parse(f"{value}{given['unit']}"), **more)
    else:
        must_suit(declared, value)
        is_switch = isinstance(declared.default, bool)
        terms.set(actor, setting=declared, value=value == YES if is_switch else value, **more)


def _done(request: Visit, choices: list[Choice]) -> Text | None:
    """Say what the reader has just changed: a link that only says so has changed nothing."""
    code = request.GET.get("done", "")
    last = facts.changes(code, limit=1) if any(choice.code == code for choice in choices) else ()
    if not last or last[0].by != request.presence.who:
        return None
    title, before, now = _words(last[0], choices)
    return DONE.fill(title=title, before=before, now=now)


def _told(changes: tuple[SettingChange, ...], choices: list[Choice], at: datetime) -> list[Entry]:
    """Return who changed what, as pages tell it."""
    named = staff(at).named
    told = [(change, _words(change, choices)) for change in changes]
    return [
        Entry(
            at=change.at,
            title=CHANGED.fill(title=title, before=before, now=now),
            by=named(change.by),
            words=change.reason,
        )
        for change, (title, before, now) in told
    ]


def _words(change: SettingChange, choices: list[Choice]) -> tuple[Text, Text, Text]:
    """Return what was changed, from what and to what; what is no longer declared is told as it was kept."""
    choice = next((choice for choice in choices if choice.code == change.code), None)
    declared, usual = (choice.declared, choice.default) if choice else (None, "")
    before = usual if change.before is None else change.before
    return (
        choice.title if choice else Text(change.code, change.code),
        amount(declared, before).text,
        amount(declared, change.value).text,
    )
