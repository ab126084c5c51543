"""The pages on which staff keep activities, and the one on which everybody reads what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar.actor import HEADS, STAFF, Actor
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.history import past_of
from mamori.ground.matters.page import PagePart
from mamori.ground.vault import facts as stored, views as vault
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.decisions import MatterFrame, Prepare, by_verb, filed
from mamori.ground.web.forms import CountField, FilesField, HouseForm, VersionForm, WordsField
from mamori.ground.web.matterview import Form, MatterView, Where
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import said, said_text
from mamori.japan import written
from mamori.law.activities import ActivityKind
from mamori.rooms.outreach.activities import actions, queries
from mamori.rooms.outreach.activities.actions import ActivityTold
from mamori.rooms.outreach.activities.matter import HOUSE, NoSuchActivity, about
from mamori.rooms.outreach.activities.queries import ActivityShown
from mamori.rooms.outreach.activities.rules import MOST_MONTHS
from mamori.rooms.outreach.acts import ACTIVITY_ACTS
from mamori.rooms.outreach.lifecycle import ActivityState
from mamori.rooms.outreach.lists import ACTIVITY_LIST


def _day(ja: str, en: str, **more: Any) -> forms.DateField:
    day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=said(ja, en), widget=day, **more)


def _words(ja: str, en: str, rows: int = 4) -> WordsField:
    return WordsField(label=said(ja, en), check=written.optional, rows=rows)


class ActivityForm(HouseForm):
    """What it is, when and where, with whom."""

    kind = forms.TypedChoiceField(
        label=said("種類", "Kind"),
        coerce=ActivityKind,
        choices=[(one.value, said_text(one.text)) for one in ActivityKind],
        widget=forms.RadioSelect,
    )
    title = forms.CharField(label=said("題（日本語）", "Title in Japanese"), max_length=100)
    title_en = forms.CharField(label=said("題（英語）", "Title in English"), max_length=200, required=False)
    on = _day("日（最初の日）", "Day (the first)")
    starts = forms.TimeField(
        label=said("始まる時刻", "Time at which it begins"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    place = forms.CharField(
        label=said("場所", "Place"),
        max_length=200,
        required=False,
        help_text=said("空ならオンラインです。", "Left empty, it is online."),
    )
    bodies = _words(
        "相手の機関・団体（1行に1つ。人の名前は不要）",
        "With which agencies and bodies (one a line, no persons)",
    )
    agenda = _words("議題", "Agenda")
    every_months = forms.IntegerField(
        label=said("次回までの月数（定期でなければ0）", "Months until the next one (0 if none follows)"),
        min_value=0,
        max_value=MOST_MONTHS,
        initial=0,
    )

    def clean(self) -> dict[str, Any]:
        """Return what was written as one value."""
        given = super().clean() or {}
        if self.errors:
            return given
        names = ActivityTold.__dataclass_fields__
        told = {name: given.pop(name) for name in names if name in given}
        return given | {"told": ActivityTold(**told)}


def _asks(form: type[HouseForm] = VersionForm, **fields: forms.Field) -> type[HouseForm]:
    return type("AsksForm", (form,), fields)


def _came(page: ActivityShown) -> dict[str, forms.Field]:
    """Return what asks who came, of those who are named, and how many did."""
    count = CountField(label=said("参加した数", "How many came"), required=not page.guests, empty=None)
    if not page.guests:
        return {"came": count}
    count.help_text = said("空なら、印を付けた数です。", "Left empty, as many as are ticked.")
    present = forms.MultipleChoiceField(
        label=said("来た人", "Who came"),
        choices=[(name, name) for name, _ in page.guests],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    return {"present": present, "came": count}


def _hold_form(page: ActivityShown) -> Form:
    return _asks(
        **_came(page),
        minutes=_words("議事（封じて残し、公表しません）", "Minutes (kept sealed, never published)", 10),
    )


def _guests_form(page: ActivityShown) -> Form:
    return _asks(
        guests=WordsField(
            label=said(
                "招く人・出品者・団体（1行に1つ）", "Who is invited: persons, sellers, bodies (one a line)"
            ),
            help_text=said(
                "表から貼り付けられます。封じて残し、公表しません。",
                "Paste them from a table. They are sealed and never published.",
            ),
            check=written.optional,
            rows=8,
        ),
        invited=CountField(
            label=said("招く数", "How many are invited"),
            help_text=said("空なら、上に書いた数です。", "Left empty, as many as stand above."),
            required=False,
            empty=None,
        ),
        **(_came(page) if page.row.held_at else {}),
    )


def _correct_form(page: ActivityShown) -> Form:
    more = {"minutes": _words("議事", "Minutes", 10)} if page.row.held_at else {}
    if page.row.state == ActivityState.FOLLOWED:
        more["result"] = _words("何につながりましたか", "What came of it?")
    why = WordsField(
        label=said("直す理由（記録に残ります）", "Why (kept in the record)"), check=written.reasoned, rows=2
    )
    return type("CorrectForm", (ActivityForm, VersionForm), more | {"reason": why})


def _finish_form(page: ActivityShown) -> Form:
    return _asks(
        action=forms.TypedChoiceField(
            label=said("済んだこと", "What is done"),
            coerce=int,
            choices=[(one.pk, f"{one.words}（{one.owner}）") for one in page.undone],
            widget=forms.RadioSelect,
        )
    )


NOTED = Text("記録しました。", "It is noted.")


def _of(verb: Any, slug: str, title: Text, is_there: Any, **more: Any) -> Decision[ActivityShown]:
    return Decision(slug=slug, title=title, done={verb.__name__: NOTED}, verb=verb, is_there=is_there, **more)


def _is_open(page: ActivityShown) -> bool:
    return page.row.closed_at is None


def _is_planned(page: ActivityShown) -> bool:
    return page.row.state == ActivityState.PLANNED


PLAN: Decision[None] = Decision(
    slug="plan",
    title=Text("活動を予定する", "Plan an activity"),
    lead=Text(
        "終わった活動も記録できます。当日と、期日のたびに、お知らせが届きます。",
        "One that is over can be entered, too. You are reminded on the day, and of what is due.",
    ),
    button=Text("予定する", "Plan it"),
    done={"plan_activity": NOTED},
    verb=actions.plan_activity,
    key="",
)
CORRECT = _of(
    actions.correct_activity,
    "correct",
    Text("記録を直す", "Correct it"),
    lambda page: True,
)
GUESTS = _of(
    actions.note_guests,
    "guests",
    Text("招く人・来た人を書く", "Note who is invited, and who came"),
    lambda page: True,
    lead=Text(
        "開いたあとは、来た人に印を付けられます。公開中の一文は、参加した数が変わると、別の人が確かめ直すまで読めなくなります。",
        "Once it was held, tick who came. A line that is public is read no more, where the number changes, until another "
        "person has looked at it again.",
    ),
)
HOLD = _of(actions.hold_activity, "hold", Text("開いたことを記録する", "Note that it was held"), _is_planned)
AGREE = _of(actions.add_activity_action, "agree", Text("決めたことを書く", "Add what was agreed"), _is_open)
FINISH = _of(
    actions.finish_activity_action,
    "finish",
    Text("決めたことを済ませる", "Note that something is done"),
    lambda page: bool(page.undone),
)
ATTACH = _of(
    actions.attach_activity, "attach", Text("資料を添える", "Put materials to it"), lambda page: True
)
FOLLOW = _of(
    actions.follow_up_activity,
    "follow",
    Text("何につながったかを記録する", "Note what came of it"),
    lambda page: page.row.state == ActivityState.HELD,
)
NEXT = _of(
    actions.arrange_next,
    "next",
    Text("次回を予定する・定期の活動を終える", "Arrange the next one, or end the series"),
    lambda page: page.asks_next,
)
CALL_OFF = _of(actions.call_off_activity, "off", Text("中止する", "Call it off"), _is_planned, tone="grave")
LINE = _of(
    actions.propose_line,
    "line",
    Text("公表の一文を書く", "Write its public line"),
    lambda page: page.row.held_at is not None,
    lead=Text(
        "何を、だれと行ったかを一文で書きます。公開中のものは、新しい一文が公開されるまで読めなくなります。",
        "One sentence: what was done, with whom. One that is public is read no more until this one is released.",
    ),
)
RELEASE = _of(
    actions.release_line,
    "release",
    Text("公表の一文を公開する", "Release its public line"),
    lambda page: bool(page.row.line) and page.row.released_at is None,
    lead=Text(
        "だれでも読めるようになります。人の名前がなく、記録のとおりかを確かめてください。",
        "Everybody will read it. Please see that it names no person and is as the record says.",
    ),
    roles=tuple(HEADS),
)
WITHDRAW = _of(
    actions.withdraw_line,
    "withdraw",
    Text("公表の一文を取り下げる", "Withdraw its public line"),
    lambda page: bool(page.row.line),
    tone="grave",
)
DECISIONS = (HOLD, AGREE, FINISH, FOLLOW, NEXT, RELEASE, LINE, GUESTS, ATTACH, CORRECT, CALL_OFF, WITHDRAW)
FORMS_OF: Mapping[str, Callable[[ActivityShown], Form]] = {
    "hold": _hold_form,
    "guests": _guests_form,
    "correct": _correct_form,
    "finish": _finish_form,
}
OWN_FORMS: Mapping[str, Form] = {
    "plan": ActivityForm,
    "agree": _asks(
        words=forms.CharField(label=said("すること", "What is to be done"), max_length=300),
        owner=forms.CharField(
            label=said("担当（役割・部署。人の名前は不要）", "Who does it (role or department, no name)"),
            max_length=100,
        ),
        on=_day("期日", "By which day"),
    ),
    "next": _asks(
        on=_day(
            "次回の日（空なら、もう次回はない）", "Day of the next one (empty: none follows)", required=False
        )
    ),
    "attach": _asks(HouseForm, attached=FilesField(label=said("資料", "Materials"))),
}


class ActivityView(MatterView[ActivityShown]):
    """An activity as staff keep it: what is owed and was agreed first, then its words, then what was done."""

    app, name, at, home = "outreach_staff", "activity", "activities/", "activities"
    back_text = Text("活動の一覧に戻る", "Back to the activities")
    roles, absent = STAFF, NoSuchActivity
    listed, makes, decisions = ACTIVITY_LIST, (PLAN,), DECISIONS
    list_template = "outreach/staff/activities.html"
    apart = frozenset({"agree", "line", "guests", "attach", "correct", "off", "withdraw"})
    template, parts = "outreach/staff/activity", (PagePart.WORK, PagePart.FACTS, PagePart.HISTORY)

    def read(self, place: Where, number: int) -> ActivityShown:
        """Return one as staff read it."""
        return queries.activity(place.actor, number)

    def about(self, key: int) -> str:
        """Return the name under which acts know it."""
        return about(key)

    def frame(self, shown: ActivityShown) -> MatterFrame:
        """Return its kind and title."""
        return self.framed(shown.row.kind_text, named=shown.row.title, ref=f"{shown.row.pk}")

    def given(self, shown: ActivityShown, place: Where) -> Mapping[str, Any]:
        """Return it with what was done."""
        return {"page": shown, "past": past_of(about(shown.row.pk), ACTIVITY_ACTS)}

    def form(self, decision: Decision[Any], shown: ActivityShown | None, actor: Actor) -> Form:
        """Return what a decision asks."""
        if shown is not None and decision.slug in FORMS_OF:
            return FORMS_OF[decision.slug](shown)
        return OWN_FORMS.get(decision.slug) or by_verb(decision)

    def initial(self, shown: ActivityShown) -> Mapping[str, Any]:
        """Return what is known of it."""
        row, named, there = shown.row, len(shown.guests), len(shown.said.present)
        return {
            "guests": shown.said.guests,
            "present": shown.said.present,
            "invited": row.invited if row.invited != named else None,
            "came": row.came if row.came != there else None,
            "version": row.version,
            "line": row.line,
            "line_en": row.line_en,
            **asdict(actions.told_of(row)),
        }

    def prepare(self, decision: Decision[Any], shown: ActivityShown) -> Prepare:
        """Return what makes its materials ready, under the house's key."""
        return filed(lambda given: HOUSE)


ACTIVITY_PAGES = ActivityView()


@open_to(*STAFF)
def original(request: Visit, number: int, file: int, case_page: str) -> HttpResponse:
    """Hand out a file as it came."""
    return vault.saved(stored.original(queries.file_of(actor_of(request), number, file)))


@open_to(*STAFF)
def picture(request: Visit, number: int, file: int, page: int, case_page: str) -> HttpResponse:
    """Show a page of a file."""
    return vault.shown(stored.picture(queries.file_of(actor_of(request), number, file), page))


@open_to(*EVERYONE)
def public(request: Visit) -> HttpResponse:
    """Show everybody the lines that were released, the newest first."""
    return render(request, "outreach/public/activities.html", {"told": queries.told()})
