"""Pages on which leads and counsel answer on practices, look at the page of JOMC, and read the pledge's sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import HEADS, Role
from mamori.grammar.businesstime import span_words
from mamori.grammar.figures import Removals
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.page import PagePart, sections
from mamori.ground.terms import facts as terms
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import MatterFrame, decide
from mamori.ground.web.forms import DayField, HouseForm, WordsField
from mamori.ground.web.lists import spreadsheet
from mamori.ground.web.matterview import MatterView, Where
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import language, localized, said, said_text
from mamori.japan import written
from mamori.japan.calendar import JAPAN, HalfYear, spoken
from mamori.law.commitments import COMMITMENTS, UNREAD_COMMITMENT
from mamori.law.guideline import HEADINGS_FROM, UNREAD
from mamori.law.pledge import PLEDGE, PLEDGE_FIGURES, PLEDGE_GOODS, REMOVAL, REMOVED_FOR
from mamori.rooms.disclosure.editions.rules import half_text
from mamori.rooms.disclosure.handbook.rules import digest as digest_of
from mamori.rooms.disclosure.lifecycle import DECIDERS, AnswerState
from mamori.rooms.disclosure.measures import actions, queries
from mamori.rooms.disclosure.measures.actions import REFUSALS
from mamori.rooms.disclosure.measures.queries import (
    BY_CODE,
    OUTLINES,
    AnswerPage,
    JomcLookShown,
    NoSuchPracticeAnswer,
)
from mamori.rooms.disclosure.measures.rules import (
    FOUND,
    KPI_COLUMNS,
    AnswerSaid,
    AnswerSays,
    JomcFound,
    SheetLine,
    SheetPeriod,
    behind,
    faults,
    kpi_table,
    period_named,
    periods,
    requested_of,
    sheet_of,
    usual_period,
)
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.safety import facts as safety

# What leads and counsel decide about answers on practices, each declared once.


def _cannot_publish(page: AnswerPage) -> Text | None:
    if page.may_publish:
        return None
    if page.alone_at is None:
        return actions.AnswerNeedsAnother.text
    return actions.AloneTooSoon.text.fill(due=spoken(page.alone_at))


def _alone(page: AnswerPage) -> Text | None:
    if page.alone_at is None:
        return None
    return Text(
        "確かめる人がほかにいません。一人で公表すると、ページにそう出ます。",
        "Nobody else is there. Published by one person, the page says so.",
    )


PROPOSE = Decision[None](
    slug="answer",
    title=Text("取組みについて答える", "Answer on a practice"),
    lead=Text(
        "事実だけを書いてください。別の責任者か法務担当が確かめて公表すると、「取組みと実績」のページとJOMCの文に出ます。"
        "行っていない取組みは、どちらにも出ません。",
        "Please write facts. Once another lead or counsel has published it, it stands on the page of measures and in the text "
        "for JOMC. What is not done stands in neither.",
    ),
    button=Text("公表を頼む", "Ask to have it published"),
    done={
        "answer_propose": Text(
            "書きました。別の人の確認を待ちます。", "It is written. Another person has to publish it."
        )
    },
    verb=actions.propose_answer,
    roles=DECIDERS,
)
OWN = Decision[None](
    slug="own",
    title=Text("ほかの取組みを書く", "Tell of something else that is done"),
    lead=Text(
        "一覧にない取組みを、運営者の言葉で書きます。事実だけを、いつから・何からわかるかとともに書いてください。別の人が公表します。",
        "What is not in the list, in your own words. Please write facts, since when, and what shows them. Another person "
        "publishes it.",
    ),
    button=PROPOSE.button,
    done=PROPOSE.done,
    verb=actions.propose_answer,
    roles=DECIDERS,
)
PUBLISH = Decision[AnswerPage](
    slug="publish",
    title=Text("公表する", "Publish it"),
    lead=Text(
        "公表すると、だれでも読めます。同じ取組みについての前の答えに替わります。",
        "From then on everybody reads it. It replaces what was answered of the same practice before.",
    ),
    done={"answer_publish": Text("公表しました。", "It was published.")},
    verb=actions.publish_answer,
    roles=DECIDERS,
    is_there=lambda page: page.answer.state is AnswerState.PROPOSED,
    closed=_cannot_publish,
    warns=_alone,
    step_up=True,
)
DROP = Decision[AnswerPage](
    slug="drop",
    title=Text("取りやめる", "Give it up"),
    done={"answer_drop": Text("取りやめました。", "It was given up.")},
    verb=actions.drop_answer,
    roles=DECIDERS,
    is_there=lambda page: page.answer.state is AnswerState.PROPOSED,
)
WITHDRAW = Decision[AnswerPage](
    slug="withdraw",
    title=Text("公表をやめる", "Take it back"),
    lead=Text(
        "すぐにページから消えます。公表していた期間の公表版には残ります。",
        "It leaves the page at once, and stays in the editions of its time.",
    ),
    done={"answer_withdraw": Text("公表をやめました。", "It was taken back.")},
    verb=actions.withdraw_answer,
    roles=DECIDERS,
    is_there=lambda page: page.answer.state is AnswerState.PUBLISHED,
)
DECISIONS = (PUBLISH, DROP, WITHDRAW)


LOOK = Decision[tuple[JomcLookShown, ...]](
    slug="jomc",
    title=Text("JOMCのページ", "Page of JOMC"),
    lead=Text(
        "業界団体（JOMC）のページに載せる文です。「取組みと実績」と同じ宣言から作られ、送るのも載せるのも人がします。JOMCのページを開いてこの文と"
        "見比べ、わかったことを記録してください。見た日とともに、すぐに「取組みと実績」のページに出ます。",
        "The text for the page of JOMC, a trade body: made from what the page of measures is made of, sent and listed by people. "
        "Please open the page of JOMC, compare it with this text, and record what you found: that and the day stand on the page "
        "of measures at once.",
    ),
    button=Text("見たと記録する", "Record the look"),
    done={"jomc_look": Text("記録しました。", "It is recorded.")},
    verb=actions.look_at_jomc,
    key="",
    roles=DECIDERS,
)


# The forms of what everybody is told: which half-year, what is answered of a practice.


FIRST = date(1990, 1, 1)


def _words(ja: str, en: str) -> WordsField:
    return WordsField(label=said(ja, en), check=written.optional, most=1_000, rows=5)


class DraftForm(HouseForm):
    """Which half-year, and why something in it is another than before."""

    half = forms.ChoiceField(label=said("半期", "Half-year"))
    reason = WordsField(
        label=said(
            "数え直して違ったところ・直したところの理由（公表版に載ります）",
            "Why something is counted otherwise, or was put right (stands in the edition)",
        ),
        help_text=said(
            "違うところがあると、先に知らせます。なければ空のままにしてください。5件に満たない件数は書かないでください。",
            "You are told first where something is another. Leave it empty where nothing is. Name no count below 5.",
        ),
        check=written.optional,
        most=500,
        rows=4,
    )

    def __init__(self, *args: Any, halves: tuple[HalfYear, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["half"].choices = [  # type: ignore[attr-defined]  # a field of choices
            (str(one), said_text(half_text(one))) for one in halves
        ]


class ElsewhereForm(HouseForm):
    """What is done elsewhere: the words, since when, and what shows it."""

    words_ja = _words("何をしているか（日本語）", "What is done (Japanese)")
    words_en = _words("何をしているか（英語）", "What is done (English)")
    since_on = DayField(
        label=said("始めた日", "Since"),
        help_text=said(
            "この仕組みの外で行っているものには、必ず書いてください。", "Needed of what is done elsewhere."
        ),
        first=FIRST,
        required=False,
    )
    shown = WordsField(
        label=said("何からわかるか（公表されます）", "What shows it (published)"),
        help_text=said(
            "例：社内規程の名前と日、案内のページ、委託先との契約、年次報告。",
            "Such as a rule with its day, a page, a contract with a provider, a yearly report.",
        ),
        check=written.optional,
        most=500,
        rows=2,
    )
    link = forms.CharField(
        label=said(
            "リンク（あれば。https:// で始まるもの）", "Link, if there is one (starting with https://)"
        ),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, practice: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practice, self.today = practice, today

    def clean(self) -> dict[str, Any]:
        """Say what the answer owes beside the field that owes it."""
        given = dict(super().clean() or {})
        answer = AnswerSaid(
            practice=self.practice,
            says=given.get("says") or AnswerSays.ELSEWHERE,
            **{
                name: given.get(name) or ""
                for name in ("title_ja", "title_en", "words_ja", "words_en", "shown", "link")
            },
            since_on=given.get("since_on"),
        )
        for name, fault in faults(answer, runs=self.practice in OUTLINES, today=self.today):
            if name in self.fields and not self.has_error(name):
                self.add_error(name, localized(REFUSALS[fault].text))
        return given


class PracticeAnswerForm(ElsewhereForm):
    """Where a practice is done; what is asked of what is done elsewhere is asked with that answer alone."""

    only_with: ClassVar[dict[str, tuple[str, ...]]] = {
        "words_ja": ("says=elsewhere",),
        "words_en": ("says=elsewhere",),
        "since_on": ("says=here", "says=elsewhere"),
        "shown": ("says=elsewhere",),
        "link": ("says=elsewhere",),
    }
    owed: ClassVar[tuple[str, ...]] = ("words_ja", "words_en", "shown")
    says = forms.TypedChoiceField(
        label=said("どこで行っていますか", "Where is it done?"),
        choices=[(one.value, said_text(one.text)) for one in AnswerSays],
        coerce=AnswerSays,
        widget=forms.RadioSelect,
    )
    field_order = ("says",)


class OwnAnswerForm(ElsewhereForm):
    """Something else that is done, under a title of its own."""

    title_ja = forms.CharField(label=said("名前（日本語）", "Title (Japanese)"), max_length=100)
    title_en = forms.CharField(label=said("名前（英語）", "Title (English)"), max_length=100)
    field_order = ("title_ja", "title_en")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (*PracticeAnswerForm.owed, "since_on"):
            self.fields[name].required = True


class JomcLookForm(HouseForm):
    """Where the text stands, and what somebody found there who compared it with the text of a digest."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    address = forms.CharField(
        label=said("見たページのアドレス", "Address of the page that was looked at"),
        help_text=said("https:// で始まるもの。", "Starting with https://."),
        max_length=300,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    found = forms.TypedChoiceField(
        label=said("見てわかったこと", "What was found"),
        choices=[(one.value, said_text(text)) for one, text in FOUND.items()],
        coerce=JomcFound,
        widget=forms.RadioSelect,
    )


# Pages on which leads and counsel see the headings of the guideline with what runs, answer on practices, and publish answers.


TEMPLATE = "disclosure/staff/answer_duty.html"


@open_to(*DECIDERS)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """Show each heading with its practices: what runs of them, what shows it, what is answered, and what waits."""
    del case_page
    shown = {
        "unread": UNREAD,
        "from": HEADINGS_FROM,
        "headings": queries.headings(request.received_at),
        "own": queries.answered(request.received_at)[1],
        "waiting": queries.waiting(),
        "practices": BY_CODE,
    }
    return render(request, "disclosure/staff/guideline.html", shown)


def propose(request: Visit, code: str) -> HttpResponse:
    """Answer on a practice, or tell of something else; what is declared of a practice stands beside the form."""
    practice = "" if code == OWN.slug else code
    if practice and practice not in BY_CODE:
        raise NoSuchPracticeAnswer
    today = request.received_at.astimezone(JAPAN).date()
    facts = partial(sections, "disclosure/staff/practice", (PagePart.FACTS,))
    return decide(
        request,
        PROPOSE if practice else OWN,
        None,
        again=lambda: None,
        key=practice,
        back=reverse("disclosure_staff:guideline"),
        template=TEMPLATE,
        beside=(lambda shown: facts({"one": BY_CODE[practice]})) if practice else None,
        form=partial(PracticeAnswerForm if practice else OwnAnswerForm, practice=practice, today=today),
        flash=True,
    )


class AnswerView(MatterView[AnswerPage]):
    """An answer as it would be read, and what can be decided on it."""

    app, name, at, home = "disclosure_staff", "answer", "editions/answers/", "guideline"
    back_text, roles, absent = queries.TITLE, DECIDERS, NoSuchPracticeAnswer
    decisions, decide_template = DECISIONS, TEMPLATE
    template, parts = "disclosure/staff/answer", (PagePart.FACTS,)

    def read(self, place: Where, number: int) -> AnswerPage:
        """Return one for a lead or counsel."""
        return queries.answer_of(place.actor, number)

    def about(self, key: int) -> str:
        """Return the name under which acts know it."""
        return queries.about_answer(key)

    def frame(self, shown: AnswerPage) -> MatterFrame:
        """Return of what it is."""
        found = shown.answer.title or BY_CODE[shown.answer.practice].text
        return self.framed(queries.ANSWER_TITLE.fill(title=found))

    def given(self, shown: AnswerPage, place: Where) -> Mapping[str, Any]:
        """Return what it says, and its practice."""
        return {"one": shown.answer, "practice": BY_CODE.get(shown.answer.practice)}

    def initial(self, shown: AnswerPage) -> Mapping[str, Any]:
        """Return which state of it a form shows."""
        return {"version": shown.answer.version}


VIEW = AnswerView()


def look(request: Visit) -> HttpResponse:
    """Show the text of now, and who found what on the page of JOMC, and record a look at it."""
    now, looks = queries.text_now(request.received_at), queries.looks()
    return decide(
        request,
        LOOK,
        looks,
        again=queries.looks,
        back=reverse("disclosure_staff:write", args=(LOOK.slug,)),
        template="disclosure/staff/jomc.html",
        form=JomcLookForm,
        initial=lambda shown: {"digest": digest_of((now,)), "address": looks[0].row.address if looks else ""},
        beside=lambda shown: sections("disclosure/staff/jomc", (PagePart.FACTS,), {"now": now}),
        flash=True,
    )


# What is counted for the sheet of the product safety pledge, and of which months and years there is one.


class NoSuchKpiPeriod(Refusal, code="no-such-kpi-period", status=404):
    """Given when what was written is neither a month nor a year."""

    text = Text(
        "月は「2026-11」、年は「2026」のように書いてください。",
        "Please write a month as 2026-11, or a year as 2026.",
    )


class KpiPeriodToCome(Refusal, code="kpi-period-to-come", status=409):
    """Given when a sheet is asked of a month or year that has not begun."""

    text = Text(
        "{period}はまだ始まっていません。今月か、それより前の月や年をお選びください。",
        "{period} has not begun. Please choose this month or year, or an earlier one.",
    )


class KpiPeriodNotKept(Refusal, code="kpi-period-not-kept", status=409):
    """Given when a sheet is asked of a time before anything was recorded here."""

    text = Text(
        "この仕組みの記録は{began}に始まりました。{period}の数はここにないので、自社の記録から書いてください。",
        "What is recorded here begins at {began}. There are no figures of {period}: please write them from your own records.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiSheet:
    """The sheet of a month or year: its rows, of what they are made, and whether its time is over, final and wholly recorded.

    `late` hits were confirmed after it was final, and count nowhere; `began` is when the record began, where that lies within its
    time; `choices` are the months and years that there are.
    """

    period: SheetPeriod
    lines: tuple[SheetLine, ...]
    behind: tuple[tuple[str, Text, int], ...]
    late: int
    is_over: bool
    is_final: bool
    began: datetime | None
    choices: tuple[SheetPeriod, ...]


def kpi_sheet(name: str, at: datetime) -> KpiSheet:
    """Return the sheet of a month or year by its name; of the last month that is over where none is named."""
    began = ledger.began_at() or at
    period = period_named(name) if name else usual_period(began, at)
    if period is None:
        raise NoSuchKpiPeriod
    if period.since > at:
        raise KpiPeriodToCome(period=period.title)
    if period.until <= began:
        raise KpiPeriodNotKept(period=period.title, began=spoken(began))
    first, after = (moment.astimezone(JAPAN).date() for moment in (period.since, period.until))
    found, asked = counted_in(period), requested_of(safety.pledge_requests(first, after), period, at)
    return KpiSheet(
        period=period,
        lines=sheet_of(found, asked),
        behind=behind(found, asked),
        late=asked.late,
        is_over=period.is_over(at),
        is_final=period.is_final(at),
        began=began if period.since < began else None,
        choices=periods(began, at),
    )


def counted_in(period: SheetPeriod) -> Removals:
    """Count the removals of a month or year: by the moment at which each came into force, which nothing later moves."""
    return enforcement.removals(period.since, period.until, kind=REMOVAL.code, breach=REMOVED_FOR.code)


KPI_READERS = HEADS | {Role.READER}
"""Who reads the sheet: those who answer for what goes to an authority, and who prepares it elsewhere in the company."""


@open_to(*KPI_READERS)
def sheet(request: Visit, case_page: str) -> HttpResponse:
    """Show the sheet of a month or a year, or give it as a table, with its definitions."""
    del case_page
    found = kpi_sheet(request.GET.get("of", ""), request.received_at)
    if request.GET.get("format") == "csv":
        rows = kpi_table(found.period, found.lines, found.behind, language(), at=request.received_at)
        return spreadsheet(request, name=f"pledge-kpi-{found.period.name}", columns=KPI_COLUMNS, rows=rows)
    page = {
        "sheet": found,
        "lines": [(one, one.public(found.period, request.received_at)) for one in found.lines],
        "pledge": PLEDGE,
        "commitments": [
            (one, one.deadline and span_words(terms.duration(one.deadline, at=request.received_at)))
            for one in COMMITMENTS
        ],
        "unread": UNREAD_COMMITMENT,
        "goods": PLEDGE_GOODS,
        "source": PLEDGE_FIGURES,
        "is_head": request.presence.role in HEADS,
    }
    return render(request, "disclosure/staff/kpi.html", page)
