"""Pages of figures and of the register of improvements, what is done about these, and those that everybody reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar.actor import HEADS, INSIDE, STAFF, Actor
from mamori.grammar.figures import UNITS, Unit
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.page import PagePart
from mamori.ground.matters.readinglist import ListColumn, ReadingList, Written, by_state
from mamori.ground.people import facts as people
from mamori.ground.web import pictures
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.decisions import MatterFrame, by_verb
from mamori.ground.web.forms import DayField, HouseForm, VersionForm, WordsField
from mamori.ground.web.lists import spreadsheet
from mamori.ground.web.matterview import Form, MatterView, Where
from mamori.ground.web.pictures import Bar, Drawing
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import localized, said, said_text
from mamori.japan import written
from mamori.japan.calendar import Month, month_named, month_of, spoken
from mamori.law.insight import RISE_MEANS, FigureAspect, FigureSource, MonthsCompared
from mamori.law.shown import FEW
from mamori.rooms.insight import actions, facts
from mamori.rooms.insight.actions import NoSuchImprovement, about_improvement
from mamori.rooms.insight.acts import NOBODY
from mamori.rooms.insight.facts import ImprovementRead, ImprovementShown, read_by_everybody
from mamori.rooms.insight.lifecycle import IMPROVEMENT, ImprovementState
from mamori.rooms.insight.models import Improvement
from mamori.rooms.insight.queries import (
    MONTHS,
    counted_in,
    figure_choices,
    figure_text,
    figures_shown,
    value_text,
)
from mamori.rooms.insight.rules import FigureOf, figure_named, months_until

# What is done about improvements, each declared once.


def _note(actor: Actor, **told: str) -> int:
    return actions.note_improvement(actor, told=actions.SeenSo(**told))


def _publish(actor: Actor, *, improvement: int, version: int | None = None, **words: str) -> None:
    said = actions.ImprovementWords(**words)
    actions.publish_improvement(actor, improvement=improvement, words=said, version=version)


def _not_yet(page: ImprovementShown) -> Text | None:
    if page.is_comparable or page.row.comparable_at is None:
        return None
    return actions.NotComparableYet.text.fill(when=spoken(page.row.comparable_at))


NOTE: Decision[None] = Decision(
    slug="note",
    title=Text("気づいたことを書き留める", "Note what was seen"),
    lead=Text(
        "申し出や困りごとから、サービスの直すべきところに気づいたときに書きます。数えられることは、何を数えるかも選びます。",
        "For what reports and troubles show should be better. Where it can be counted, choose what is counted, too.",
    ),
    button=Text("書き留める", "Note it"),
    done={
        "note": Text(
            "書き留めました。担当する人か部署を決めてください。", "It is noted. Please say who owns it."
        )
    },
    verb=_note,
    key="",
)
TAKE: Decision[ImprovementShown] = Decision(
    slug="take",
    title=Text("自分が担当する", "Own it"),
    done={"own": Text("あなたの担当になりました。", "It is yours.")},
    verb=actions.take_improvement,
    is_there=lambda page: page.row.state == ImprovementState.NOTED,
)
GIVE: Decision[ImprovementShown] = Decision(
    slug="give",
    title=Text("担当を決める", "Say who owns it"),
    lead=Text(
        "人を選ぶと、その人に知らせます。担当を替えても、期限は延びません。",
        "Whom you choose is told. Another owner gets no new time.",
    ),
    done={"own": Text("担当を決めました。", "It has an owner.")},
    verb=actions.give_improvement,
    is_there=lambda page: page.may("own"),
)
CHANGE: Decision[ImprovementShown] = Decision(
    slug="change",
    title=Text("変えたことを記録する", "Record what was changed"),
    lead=Text(
        "変えた月の前と後を、同じ長さの月で比べます。比べる長さは、結果がわかる前のいま決め、あとで変えられません。",
        "Whole months before and after the month of the change are compared. How many is said now, before anybody knows what "
        "comes of it, and stays.",
    ),
    button=Text("記録する", "Record it"),
    done={"change": Text("変えたことを記録しました。", "The change is recorded.")},
    verb=actions.change_improvement,
    is_there=lambda page: page.may("change"),
)
COMPARE: Decision[ImprovementShown] = Decision(
    slug="compare",
    title=Text("前と後を比べる", "Compare before and after"),
    lead=Text(
        "前と後の件数は、記録からいま数え、そのまま残ります。書くのは、どうなったかだけです。",
        "The counts before and after are taken from the record now, and stay. Say in words what came of it.",
    ),
    button=Text("数えて比べる", "Count and compare"),
    done={"compare": Text("前と後を比べ、記録しました。", "Before and after are compared and kept.")},
    verb=actions.compare_improvement,
    is_there=lambda page: page.may("compare"),
    closed=_not_yet,
)
PUBLISH: Decision[ImprovementShown] = Decision(
    slug="publish",
    title=Text("公開する・公開の文を改める", "Publish it, or its words anew"),
    lead=Text(
        "だれでも読めるようになります。前と後の件数は、申し出を理由だけで分けて数えたものに限り、比べたあとに自動で載ります（1〜4件の月は出ません）。担当の人は出ません。"
        "個人やお店がわかることは書かないでください。",
        "Everybody will read it. Once they are compared, the counts before and after appear by themselves where reports are told "
        "apart by their reason alone; no month of 1 to 4 is shown, nor who owns it. Please write nothing by which a person or a "
        "shop could be known.",
    ),
    button=Text("公開する", "Publish it"),
    done={"publish": Text("公開しました。", "It is published.")},
    verb=_publish,
    roles=HEADS,
    is_there=lambda page: page.may_be_read,
    step_up=True,
)
WITHDRAW: Decision[ImprovementShown] = Decision(
    slug="withdraw",
    title=Text("公開をやめる", "Withdraw it from the public"),
    button=Text("公開をやめる", "Withdraw it"),
    done={"withdraw": Text("公開をやめました。", "It is public no more.")},
    verb=actions.withdraw_improvement,
    roles=HEADS,
    is_there=lambda page: page.is_public,
    tone="grave",
)
DROP: Decision[ImprovementShown] = Decision(
    slug="drop",
    title=Text("取りやめる", "Give it up"),
    done={"drop": Text("取りやめました。", "It is given up.")},
    verb=actions.drop_improvement,
    is_there=lambda page: page.may("drop"),
    closed=lambda page: actions.StillPublic.text if page.is_public else None,
)
OF_IMPROVEMENT = (TAKE, CHANGE, COMPARE, PUBLISH, GIVE, WITHDRAW, DROP)


# What people of the operator read in this room: the register of improvements, the newest first.


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementRow:
    """An improvement in the register."""

    row: Improvement
    figure: Text | None
    owner: str
    state: Text
    public: Text | None
    due: clocks.ClockFact | None


PUBLIC = Text("公開中", "public")


def improvement_rows(rows: Sequence[Improvement], actor: Actor) -> list[ImprovementRow]:
    """Return what the register tells of these, names and clocks in one look each."""
    del actor
    names = people.names()
    due = clocks.clocks_next(about_improvement(row.pk) for row in rows)
    return [
        ImprovementRow(
            row=row,
            figure=figure_text(figure) if (figure := figure_named(row.figure)) else None,
            owner=people.called(row.owner, names) if row.owner else row.department,
            state=IMPROVEMENT.states[ImprovementState(row.state)],
            public=PUBLIC if row.published_at else None,
            due=due.get(about_improvement(row.pk)),
        )
        for row in rows
    ]


IMPROVEMENT_LIST: ReadingList[ImprovementRow] = ReadingList(
    slug="improvements",
    title=Text("改善", "Improvements"),
    lead=Text(
        "気づいたことを、だれが担当し、何を変え、前と後でどう変わったか。数は画面が数えます。",
        "What was seen, who owns it, what was changed, and what was different afterwards. The house does the counting.",
    ),
    empty=Text("まだありません", "There is none yet"),
    roles=INSIDE,
    rows=lambda actor: Improvement.objects.all(),
    order=("-id",),
    read=improvement_rows,
    columns=(
        ListColumn(
            title=Text("受付番号", "Number"),
            value="row.pk",
            written=Written.NUMBER,
            to="row.pk",
            at="insight_staff:one",
        ),
        ListColumn(
            title=Text("気づいたこと", "What was seen"),
            value="row.title",
            written=Written.CALLED,
            beneath=(ListColumn(title=Text("数えるもの", "Counted"), value="figure"),),
        ),
        ListColumn(
            title=Text("状態", "State"),
            value="state",
            beneath=(ListColumn(title=Text("公開", "Public"), value="public"),),
        ),
        ListColumn(title=Text("担当", "Owner"), value="owner", written=Written.CALLED),
        ListColumn(title=Text("期限", "Due"), value="due", written=Written.DUE),
        ListColumn(
            title=Text("書き留めた日時", "Noted"),
            value="row.noted_at",
            written=Written.MOMENT,
            beneath=(
                ListColumn(
                    title=Text("終えた日時", "Ended"), value="row.closed_at", written=Written.MOMENT, led=True
                ),
            ),
        ),
    ),
    filters=(by_state(IMPROVEMENT),),
)


CHOICE = 36
KEY = Text("「–」は、記録がない月です。", "“–” is a month of which nothing was recorded.")


@open_to(*INSIDE)
def figures(request: Visit, case_page: str) -> HttpResponse:
    """Show the figure and month that the address names, all reports of this month where none, or all as a table."""
    del case_page
    now, asked = month_of(request.received_at), request.GET
    month = min(now, month_named(asked.get("month", ""), now))
    if asked.get("format") == "csv":
        return _table(request, month)
    figure = _named(asked.dict()) or FigureOf(FigureSource.REPORTS)
    shown = figures_shown(figure, month, at=request.received_at)
    page = {
        "shown": shown,
        "picture": pictures.months("months", shown.text, shown.seen, Unit.COUNT, key=KEY),
        "months": months_until(now, CHOICE)[::-1],
        "sources": [FigureOf(one) for one in FigureSource],
        "rule": RISE_MEANS,
        "may_note": request.presence.role in STAFF,
    }
    return render(request, "insight/staff/figures.html", page)


def _named(asked: Mapping[str, str]) -> FigureOf | None:
    """Return the figure that an address names."""
    return figure_named(urlencode([one for one in asked.items() if one[0] != "month"]))


def _table(request: Visit, last: Month) -> HttpResponse:
    """Give all that is counted in the twelve months up to one: a line for each kind in each month."""
    columns = (
        said("月", "month"),
        said("数えたもの", "counted"),
        *(localized(one.text) for one in FigureAspect),
        said("件数", "count"),
        said("符号", "code"),
    )
    rows = [
        (
            one.month,
            localized(one.source.text),
            *(
                localized(value_text(one.source, by, one.is_[by])) if by in one.is_ else ""
                for by in FigureAspect
            ),
            one.count,
            FigureOf(one.source, one.is_).code,
        )
        for one in counted_in(months_until(last, MONTHS))
    ]
    return spreadsheet(request, name=f"insight-{last}", columns=columns, rows=rows)


# What staff fill in about improvements: what was seen, who owns it, what was changed, and what everybody reads.


NOTHING_COUNTED = Text("数えられることではない", "nothing that is counted")
NO_PERSON = Text("人は決めない（部署だけ）", "no person, only a department")
IN_JAPANESE, IN_ENGLISH = Text("（日本語）", " in Japanese"), Text("（英語）", " in English")


class SeenForm(HouseForm):
    """What was seen, and what is counted of it in which month: one of what is offered, or what the address named."""

    title = forms.CharField(label=said("題", "Title"), max_length=100)
    seen = WordsField(
        label=said("何に気づいたか", "What was seen"), rows=5, most=2_000, help_text=said_text(NOBODY)
    )
    figure = forms.ChoiceField(label=said("何を数えるか", "What is counted"), required=False)
    month = forms.ChoiceField(label=said("気づいた月", "The month in which it was seen"), required=False)

    def __init__(
        self, *args: Any, figures: Iterable[tuple[str, Text]], months: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {"": NOTHING_COUNTED} | dict(figures)
        for code in (self.initial.get("figure", ""), self.data.get("figure", "")):
            if code not in offered and (figure := figure_named(code)) is not None:
                offered[figure.code] = figure_text(figure)
        choices = {"figure": [(code, said_text(text)) for code, text in offered.items()]}
        choices["month"] = [(one, said(one, one)) for one in months]
        for name, some in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = some


class GiveForm(VersionForm):
    """Which account, or which department, owns it."""

    owner = forms.TypedChoiceField(label=said("担当する人", "Person"), coerce=int, initial=0)
    department = forms.CharField(
        label=said("部署", "Department"),
        max_length=100,
        required=False,
        help_text=said(
            "社内のアカウントがないとき、または人と合わせて書きます。",
            "Where nobody there has an account, or beside a person.",
        ),
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = [one for one in people.accounts(at=at) if one.is_active and one.role in INSIDE]
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (0, said_text(NO_PERSON)),
            *(
                (
                    one.number,
                    said_text(Text(f"{one.name}（{one.role.text.ja}）", f"{one.name} ({one.role.text.en})")),
                )
                for one in here
            ),
        ]


class ChangeForm(VersionForm):
    """What was changed, on which day, and how many months are compared."""

    changed = WordsField(
        label=said("何を変えたか", "What was changed"), rows=5, most=2_000, help_text=said_text(NOBODY)
    )
    on = DayField(label=said("変えた日", "The day of the change"))
    months = forms.TypedChoiceField(
        label=said("前と後の何か月を比べるか", "How many months before and after are compared"),
        choices=[(one.value, said_text(one.text)) for one in MonthsCompared],
        coerce=MonthsCompared,
        initial=MonthsCompared.THREE,
        widget=forms.RadioSelect,
    )


def _pair(ja: str, en: str, *, needed: bool = True) -> tuple[WordsField, ...]:
    """Return the fields for something in Japanese and in English."""
    check = written.checked if needed else written.optional
    both = (Text(f"{ja}{one.ja}", f"{en}{one.en}") for one in (IN_JAPANESE, IN_ENGLISH))
    return tuple(WordsField(label=said_text(one), rows=4, most=1_000, check=check) for one in both)


class PublicForm(VersionForm):
    """What everybody reads of it, in both languages."""

    seen, seen_en = _pair("何に気づいたか", "What was seen")
    changed, changed_en = _pair("何を変えたか", "What was changed")
    came, came_en = _pair("どうなったか", "What came of it", needed=False)


BEFORE, AFTER = Text("変える前の{n}か月", "{n} months before"), Text("変えた後の{n}か月", "{n} months after")
ONE_BEFORE, ONE_AFTER = (
    Text("変える前の1か月", "The month before"),
    Text("変えた後の1か月", "The month after"),
)
COUNT, WHEN = UNITS[Unit.COUNT], Text("期間", "time")


@open_to(*EVERYONE)
def improvements(request: Visit) -> HttpResponse:
    """Show every improvement that is published, what was published last first."""
    read = [(one, _drawing(one)) for one in read_by_everybody()]
    return render(request, "insight/public/improvements.html", {"improvements": read, "last": FEW - 1})


def _drawing(one: ImprovementRead) -> Drawing | None:
    """Draw before and after where both may be told."""
    if one.figure is None or one.before is None or one.after is None:
        return None
    n = one.row.months
    names = (ONE_BEFORE, ONE_AFTER) if n == 1 else (BEFORE.fill(n=n), AFTER.fill(n=n))
    found = [
        Bar(name=name, value=count, said=Text(f"{count:,}件", f"{count:,}"))
        for name, count in zip(names, (one.before, one.after), strict=True)
    ]
    return pictures.bars(f"improvement-{one.row.pk}", one.figure, (WHEN, COUNT), found)


# Pages on which people of the operator read the register of improvements, and staff go on with them.


MONTHS_OFFERED = 24


def _months(at: datetime) -> list[str]:
    return [str(one) for one in months_until(month_of(at), MONTHS_OFFERED)[::-1]]


class ImprovementView(MatterView[ImprovementShown]):
    """What was seen, who owns it, what was changed, before and after."""

    app, name, at, home = "insight_staff", "", "insight/improvements/", "improvements"
    back_text, roles, absent = Text("改善の一覧", "All improvements"), INSIDE, NoSuchImprovement
    listed, list_template = IMPROVEMENT_LIST, "insight/staff/listed.html"
    makes, make_template = (NOTE,), "insight/staff/note.html"
    decisions, decide_template = OF_IMPROVEMENT, "insight/staff/act.html"
    template, parts = "insight/staff/improvement", (PagePart.WORK, PagePart.FACTS, PagePart.HISTORY)
    page_template = "insight/staff/improvement.html"

    def read(self, place: Where, number: int) -> ImprovementShown:
        """Return one as staff read it."""
        return facts.improvement_of(place.actor, number)

    def about(self, key: int) -> str:
        """Return the name under which acts know it."""
        return about_improvement(key)

    def frame(self, shown: ImprovementShown) -> MatterFrame:
        """Return what was seen, in its own words."""
        return self.framed(Text(shown.row.title, shown.row.title))

    def given(self, shown: ImprovementShown, place: Where) -> Mapping[str, Any]:
        """Return it, and its months drawn where any were counted."""
        figure, months = shown.figure, shown.by_month
        return {
            "page": shown,
            "picture": pictures.counts("compared", figure, months) if figure and months else None,
        }

    def form(self, decision: Decision[Any], shown: ImprovementShown | None, actor: Actor) -> Form:
        """Return what a decision asks."""
        match decision.slug:
            case NOTE.slug:
                choices = figure_choices(month_of(actor.at), at=actor.at)
                return partial(SeenForm, figures=choices, months=_months(actor.at))
            case GIVE.slug:
                return partial(GiveForm, at=actor.at)
            case CHANGE.slug:
                return ChangeForm
            case PUBLISH.slug:
                return PublicForm
        return by_verb(decision)

    def initial(self, shown: ImprovementShown) -> Mapping[str, Any]:
        """Return what everybody reads, else the words as staff wrote them."""
        row = shown.row
        own = {"seen": row.seen, "changed": row.changed, "came": row.came}
        begun = {"version": row.version, "department": row.department, "months": MonthsCompared.THREE}
        return begun | own | (row.told or {})

    def begun(self, decision: Decision[None], place: Where) -> Mapping[str, Any]:
        """Return what the address names to be counted, and the month."""
        months, month = _months(place.actor.at), place.asked.get("month", "")
        named = _named(place.asked)
        return {"figure": named.code if named else "", "month": month if month in months else months[0]}

    def list_more(self, request: Visit) -> Mapping[str, Any]:
        """Return whether they may note one."""
        return {"may_note": request.presence.role in STAFF}


IMPROVEMENTS = ImprovementView()
