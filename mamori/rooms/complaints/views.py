"""Pages on which people of the operator read what was reported and decide it, and note what they bore on a call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import HEADS, INSIDE, STAFF, Actor, Role
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.market import facts as market
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.page import PagePart, Section, sections
from mamori.ground.matters.readinglist import Filter, ListColumn, ReadingList, Written, by_state
from mamori.ground.people import facts as people
from mamori.ground.seal import facts as seals
from mamori.ground.vault import views as vault
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import MatterFrame, by_verb, decide
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.lists import show
from mamori.ground.web.matterview import Form, MatterView, Where
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import localized
from mamori.law.care import AT_ONCE, CONDUCT, END_OF_CALL
from mamori.law.complaints import ComplaintReason, ReportedWhat
from mamori.rooms.complaints import actions, queries
from mamori.rooms.complaints.acts import COMPLAINT_CASE
from mamori.rooms.complaints.lifecycle import COMPLAINT, ComplaintState
from mamori.rooms.complaints.models import IS_DUE, IS_HARM, Complaint, ComplaintReport
from mamori.rooms.complaints.queries import (
    CareShown,
    ComplaintShown,
    NoSuchCare,
    NoSuchComplaint,
    about_complaint,
    care_of,
    is_there,
    records_for,
    rows_of,
    said_of,
)
from mamori.rooms.complaints.reports.queries import calls_of
from mamori.rooms.complaints.reports.views.public import (
    ReportsReadForm,
    SeenUpholdForm,
    ShopBehindForm,
    UpholdForm,
    written_in,
)
from mamori.rooms.complaints.rules import is_asked_again
from mamori.rooms.enforcement.clarifications.views import ClarifyForm, section_about

# What staff decide about a complaint, each declared once: the first time, and when another looks at it again.


TOLD = Text("決めました。知らせた人に結果を伝えます。", "It was decided. Who reported will be told.")


NARROW = Text(
    "お店のメッセージを読んだのは、宛てられた人だけです。文章・注文・商品・日付を書くと、だれが知らせたかがお店にわかります。",
    "Only one person got this message from the shop. To quote it, or to name the order, the goods or the day, tells the shop "
    "who reported.",
)


def _narrow(page: ComplaintShown) -> Text | None:
    return NARROW if page.message and page.seller_ref else None


def _cannot(page: ComplaintShown) -> Text | None:
    return None if page.is_open or page.is_second else actions.AgainNeedsAnother.text


def _decision(
    slug: str, title: Text, lead: Text, verb: Callable[..., object], to: ComplaintState, **more: Any
) -> Decision[ComplaintShown]:
    there: Callable[[ComplaintShown], bool] = more.pop("is_there", lambda page: True)
    did = more.pop("did", slug)
    return Decision(
        slug=slug,
        title=title,
        lead=lead,
        done={did: TOLD},
        verb=verb,
        is_there=lambda page: (page.is_open or (page.is_again and page.state is not to)) and there(page),
        closed=_cannot,
        **{"roles": STAFF} | more,
    )


BEGIN: Decision[ComplaintShown] = Decision(
    slug="begin",
    title=Text("見始める", "Begin to look at it"),
    done={"begin": Text("見始めたことを記録しました。", "It is noted that somebody looks at it.")},
    verb=actions.begin_complaint,
    is_there=lambda page: page.is_open and not page.is_looked_at,
)
ASK: Decision[ComplaintShown] = Decision(
    slug="ask",
    title=Text("確かめるために尋ねる（事実確認）", "Ask somebody who may know"),
    lead=Text(
        "出品者・メーカー・輸入業者・国内管理人・権利者に、期限を付けて尋ねます。返答を待つ間、結論の期限は止まります（危険の申し出では止まりません）。",
        "The seller, the maker, the importer, its administrator in Japan or the holder of a right is asked, with a time to "
        "answer. Meanwhile the days to the decision do not run, but of a danger they do.",
    ),
    button=Text("尋ねる", "Ask"),
    done={
        "ask": Text(
            "尋ねました。返答が届いたらお知らせします。",
            "They are asked. You are told when the answer comes.",
        )
    },
    verb=actions.ask_around,
    is_there=lambda page: page.is_open,
    warns=_narrow,
)
READ: Decision[ComplaintShown] = Decision(
    slug="read",
    title=Text("このページの未読を、読んだと記録する", "Note that the unread on this page are read"),
    button=Text("読んだ", "They are read"),
    done={"read": Text("読んだことを記録しました。", "It is noted that they were read.")},
    verb=actions.read_reports,
    is_there=lambda page: bool(page.unread),
)
RULE_OUT: Decision[ComplaintShown] = Decision(
    slug="no-danger",
    title=Text("危険はないと判断する", "Find that there is no danger"),
    lead=Text(
        "責任者が、確かめたことを書いて決めます。危険の催促が止まり、申し出の結論はこのあと出します。"
        "新しいけが・火の知らせが届くと、危険はまた始まります。",
        "A lead decides, and writes what was looked at. The reminders of the danger end; the report is still to be decided. Word "
        "of a new injury or fire begins it anew.",
    ),
    done={"rule_out": Text("危険はないと記録しました。", "It is noted that there is no danger.")},
    verb=actions.rule_out,
    roles=frozenset({Role.LEAD}),
    is_there=lambda page: page.in_danger,
    tone="grave",
)
NAME: Decision[ComplaintShown] = Decision(
    slug="name",
    title=Text("どのお店かを特定する", "Say which shop it is"),
    lead=Text(
        "書かれたものからお店がわからないとき、調べてわかった商品・レビュー・お店を記録します。"
        "そのあとは、違反の疑いとして取り上げたり、商品を非表示にしたりできます。まちがえたときは、もう一度特定します。",
        "Where what was typed does not tell, note the goods, the review or the shop that you found. Then it can become a "
        "finding, or goods be hidden. If it was wrong, say it again.",
    ),
    button=Text("特定する", "Say it"),
    done={"name": Text("お店を記録しました。", "The shop is noted.")},
    verb=actions.name_shop,
    is_there=lambda page: (page.is_open or page.is_again) and page.can_name,
    closed=_cannot,
)
UPHOLD = _decision(
    "uphold",
    Text("違反の疑いとして取り上げる", "Take it up as a finding"),
    Text(
        "違反の疑いを記録し、お店の意見を聴く手続きが始まります。知らせた人には、取り上げたことだけを伝えます。",
        "A finding is entered, on which the shop is heard. Who reported is told that it is taken up, and no more.",
    ),
    actions.uphold,
    ComplaintState.UPHELD,
    is_there=lambda page: page.opens_finding,
    warns=_narrow,
)
HOLD = _decision(
    "hold",
    Text("商品を暫定的に非表示にし、取り上げる", "Hide the goods provisionally and take it up"),
    Text(
        "商品をすぐに見えなくし、お店の意見を聴く手続きを始めます。判断が出るまで、時間がたっても表示に戻りません。点数も付きません。"
        "責任者か法務担当が、期限までに続けるか解くかを確かめます。人に危険が及ぶおそれがあるときだけです。",
        "The listing is hidden at once and the shop is heard. No time shows it again, only a decision does, and no points are "
        "given. A lead or counsel has to confirm or lift it in time. Only where people may come to harm.",
    ),
    actions.hold_at_once,
    ComplaintState.UPHELD,
    is_there=lambda page: page.may_be_held,
    did="uphold",
    tone="grave",
)
ACCEPT = _decision(
    "accept",
    Text("取り上げる", "Take it up"),
    Text(
        "お店の違反に当たらないこと、またはお店がわからないことを、もっともだと認めます。違反の疑いは記録されません。",
        "It is right, and is no breach of a shop's, or no shop is known. No finding is entered.",
    ),
    actions.accept,
    ComplaintState.UPHELD,
    is_there=lambda page: not page.opens_finding,
    did="uphold",
)
NOTHING = _decision(
    "nothing",
    Text("取り上げない", "Do not take it up"),
    Text("知らせた人は、選んだ理由を読みます。", "Who reported reads the reason that you choose."),
    actions.find_nothing,
    ComplaintState.NOT_UPHELD,
    did="find_nothing",
)
OUTSIDE = _decision(
    "outside",
    Text("この窓口の範囲の外とする", "Find it outside our remit"),
    Text("知らせた人は、選んだ理由を読みます。", "Who reported reads the reason that you choose."),
    actions.find_outside,
    ComplaintState.OUTSIDE,
    did="find_outside",
)
GONE = _decision(
    "gone",
    Text("すでになかったとする", "Find it gone already"),
    Text("知らせた人は、選んだ理由を読みます。", "Who reported reads the reason that you choose."),
    actions.find_gone,
    ComplaintState.GONE,
    did="find_gone",
)
KEEP: Decision[ComplaintShown] = Decision(
    slug="keep",
    title=Text("もとの結論のままにする", "Let the outcome stand"),
    lead=Text(
        "見直したうえで、はじめの結論と理由をそのままにします。知らせた人にもう一度伝えます。",
        "Upon another look the outcome and its reason stay. Who reported is told once more.",
    ),
    done={"keep": TOLD},
    verb=actions.keep_outcome,
    is_there=lambda page: page.is_again,
    closed=_cannot,
)
DECISIONS = (BEGIN, READ, NAME, ASK, HOLD, RULE_OUT, UPHOLD, ACCEPT, NOTHING, OUTSIDE, GONE, KEEP)


FLAG: Decision[dict[str, Any]] = Decision(
    slug="flag",
    title=Text("カスハラを記録する", "Note abuse"),
    lead=Text(
        "あなたを守るための記録です。責任者にすぐ伝わります。申し出そのものは、閉じも遅れもしません。",
        "This protects you: a lead hears of it at once. What was reported is neither closed nor delayed.",
    ),
    button=Text("記録して、責任者に伝える", "Note it, and tell a lead"),
    done={"flag": Text("責任者に伝えました。休んでください。", "A lead was told. Please take a rest.")},
    verb=actions.flag_conduct,
    is_there=bool,
)
GIVE: Decision[CareShown] = Decision(
    slug="care",
    title=Text("担当者に対応した", "Who bore it was seen to"),
    lead=Text(
        "担当者と話してから記録します。雇い主の務めとしてしたことの記録になります。",
        "Talk to them first. It is the record of what their employer did.",
    ),
    button=Text("対応を記録する", "Note the care"),
    done={"care": Text("対応を記録しました。", "The care is noted.")},
    verb=actions.give_care,
    roles=HEADS,
    is_there=lambda page: page.may_care,
)
CARE_DECISIONS = (FLAG, GIVE)


# What people of the operator read in this room: what waits for them, due first, every complaint, and records of abuse.


WORDS_SHOWN = 40
WAITS_AGAIN = Text("見直しを待っている", "another look is awaited")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRow:
    """A complaint in the list: what it is about, how many reports there are, who has it, and by when it is due."""

    row: Complaint
    about: Text | str
    state: Text
    reports: int
    assignee: str
    due: ClockFact | None


def complaint_rows(rows: Sequence[Complaint], actor: Actor) -> list[ComplaintRow]:
    """Return what the list tells of these, names, words, numbers and clocks in one look each."""
    abouts = {row.pk: about_complaint(row.pk) for row in rows}
    known, running = cases.cases_of(abouts=list(abouts.values())), clocks.running(abouts.values())
    named, staff = _named(rows), people.names()
    counted = ComplaintReport.objects.filter(complaint__in=list(abouts)).values("complaint")
    reports = {one["complaint"]: one["number"] for one in counted.annotate(number=Count("pk"))}
    return [
        ComplaintRow(
            row=row,
            about=named[row.pk],
            state=WAITS_AGAIN if is_asked_again(row) else row.state_text,
            reports=reports.get(row.pk, 0),
            assignee=people.called(known[abouts[row.pk]].assignee, staff),
            due=clocks.leading(running.get(abouts[row.pk], ())),
        )
        for row in rows
    ]


def _named(rows: Sequence[Complaint]) -> dict[int, Text | str]:
    """Say of each what it is about: the goods or the shop by name, else what was typed or its first words, else its kind."""
    listings = market.listings([row.listing_ref for row in rows if row.listing_ref])
    shops = market.shop_names({row.seller_ref for row in rows if row.seller_ref})
    names = {
        row.pk: listings[row.listing_ref].name
        if row.listing_ref in listings
        else shops.get(row.seller_ref, "")
        for row in rows
    }
    names |= _typed([row.pk for row in rows if not names[row.pk] and row.what != ReportedWhat.PLATFORM])
    return {row.pk: names[row.pk] or ReportedWhat(row.what).text for row in rows}


def _typed(complaints: Sequence[int]) -> dict[int, str]:
    """Return of each what its oldest report that can still be read calls it, or begins with."""
    first = ComplaintReport.objects.filter(complaint=OuterRef("pk"), said__isnull=False).order_by("pk")
    oldest = Complaint.objects.filter(pk__in=complaints).values_list(Subquery(first.values("pk")[:1]))
    rows = list(ComplaintReport.objects.filter(pk__in=oldest))
    opener = seals.Opener().fetch(bytes(row.said) for row in rows if row.said is not None)
    said = {row.complaint_id: said_of(row, opener) for row in rows}
    return {pk: _begun(one.where or one.words) for pk, one in said.items()}


def _begun(words: str) -> str:
    line = " ".join(words[: 2 * WORDS_SHOWN].split())
    return line if len(line) <= WORDS_SHOWN else f"{line[: WORDS_SHOWN - 1]}…"


def first_of_all() -> list[int]:
    """Return the complaints that go before all others: dangers that stand or were not read, harm first, then the oldest."""
    stands = Q(danger_at__isnull=False, danger_ended_at__isnull=True) | Q(alarm_at__isnull=False)
    harmed = ComplaintReport.objects.filter(IS_HARM, complaint=OuterRef("pk"))
    waiting = Complaint.objects.filter(stands, IS_OPEN).annotate(harmed=Exists(harmed))
    return list(waiting.order_by("-harmed", "danger_at").values_list("pk", flat=True)[:20])


def _assigned(rows: QuerySet[Complaint], actor: Actor, whose: str) -> QuerySet[Complaint]:
    about = about_complaint(0).removesuffix("0")
    taken = cases.taken(COMPLAINT_CASE.code, by=actor.by if whose == "me" else "")
    numbers = [int(one.removeprefix(about)) for one in taken]
    return rows.filter(pk__in=numbers)


COLUMNS = (
    ListColumn(
        title=Text("受付番号", "Number"),
        value="row.pk",
        written=Written.NUMBER,
        to="row.pk",
        at="complaints_staff:one",
    ),
    ListColumn(
        title=Text("対象", "About"),
        value="about",
        written=Written.CALLED,
        beneath=(ListColumn(title=Text("種類", "Kind"), value="row.what_text"),),
    ),
    ListColumn(title=Text("理由", "Reason"), value="row.reason_text"),
    ListColumn(
        title=Text("状態", "State"),
        value="state",
        beneath=(
            ListColumn(title=Text("担当", "Assigned to"), value="assignee", written=Written.CALLED, led=True),
        ),
    ),
    ListColumn(title=Text("件数", "Reports"), value="reports", written=Written.NUMBER),
)
RECEIVED = ListColumn(
    title=Text("受け付けた日時", "Received"), value="row.received_at", written=Written.MOMENT
)
FILTERS = (
    Filter(
        name="reason",
        title=Text("理由", "Reason"),
        choices={one.value: one.text for one in ComplaintReason},
        narrow=lambda rows, actor, value: rows.filter(reason=value),
    ),
    Filter(
        name="seller",
        title=Text("お店の参照", "Reference of a shop"),
        narrow=lambda rows, actor, value: rows.filter(seller_ref=value),
    ),
)
COMPLAINT_LIST: ReadingList[ComplaintRow] = ReadingList(
    slug="complaints",
    title=Text("申し出", "Reports"),
    lead=Text(
        "運営者がすることのある申し出です。期限の近い順で、過ぎたものが先頭です。事実確認の返答を待つものと結論の出たものは「すべての申し出」にあります。"
        "だれが知らせたかは、だれにもわかりません。",
        "What somebody here has to go on with: due first, and before all what is overdue. What waits for an answer, and what is "
        "decided, is among all reports. Nobody knows who reported.",
    ),
    empty=Text("待っている申し出はありません", "No report waits"),
    roles=INSIDE,
    rows=lambda actor: Complaint.objects.filter(IS_DUE),
    order=("due_at", "id"),
    read=complaint_rows,
    columns=(*COLUMNS, ListColumn(title=Text("期限", "Due"), value="due", written=Written.DUE), RECEIVED),
    filters=(
        Filter(
            name="assignee",
            title=Text("担当", "Assigned to"),
            choices={"me": Text("自分", "me"), "nobody": Text("担当なし", "nobody yet")},
            narrow=_assigned,
        ),
        *FILTERS,
    ),
)
ALL_COMPLAINTS: ReadingList[ComplaintRow] = ReadingList(
    slug="all-complaints",
    title=Text("すべての申し出", "All reports"),
    lead=Text(
        "新しい順です。同じ対象・同じ理由のものは一つにまとまっています。",
        "The newest first. What is about the same thing, for the same reason, is one matter.",
    ),
    empty=Text("申し出はありません", "Nothing was reported"),
    roles=INSIDE,
    rows=lambda actor: Complaint.objects.all(),
    order=("-id",),
    read=complaint_rows,
    columns=(
        *COLUMNS,
        replace(
            RECEIVED,
            beneath=(
                ListColumn(
                    title=Text("結論の日時", "Decided"),
                    value="row.closed_at",
                    written=Written.MOMENT,
                    led=True,
                ),
            ),
        ),
    ),
    filters=(by_state(COMPLAINT), *FILTERS),
)


CARE_LIST: ReadingList[CareShown] = ReadingList(
    slug="care",
    title=Text("カスハラの記録", "Records of abuse"),
    lead=Text(
        "働く人を守るための記録です。本人と責任者・法務担当だけが見られ、申し出た人にもお店にも見えません。新しい順です。",
        "Records that protect who works here, for them, leads and counsel alone: no consumer and no shop sees them. The newest "
        "first.",
    ),
    empty=Text("記録はありません", "There is no record"),
    roles=STAFF,
    rows=records_for,
    order=("-id",),
    read=rows_of,
    columns=(
        ListColumn(
            title=Text("受付番号", "Number"),
            value="row.pk",
            written=Written.NUMBER,
            to="row.pk",
            at="complaints_staff:care",
        ),
        ListColumn(title=Text("何があったか", "What happened"), value="conduct"),
        ListColumn(title=Text("受けた人", "Who bore it"), value="staff", written=Written.CALLED),
        ListColumn(title=Text("いつ", "When"), value="row.at", written=Written.MOMENT),
        ListColumn(title=Text("対応した日時", "Seen to"), value="row.closed_at", written=Written.MOMENT),
    ),
)


# Pages on which people of the operator read what was reported, and staff decide it.

OWN_FORMS: Mapping[str, type[HouseForm]] = {
    "read": ReportsReadForm,
    "name": ShopBehindForm,
    "uphold": SeenUpholdForm,
    "hold": UpholdForm,
    "ask": ClarifyForm,
}


class ComplaintView(MatterView[ComplaintShown]):
    """What was reported, on a page of its own and on that of its case."""

    app, name, at, home = "complaints_staff", "", "complaints/", "listed"
    back_text, roles, absent = Text("申し出の一覧", "All reports"), INSIDE, NoSuchComplaint
    listed, list_template = COMPLAINT_LIST, "complaints/staff/listed.html"
    decisions, decide_template = DECISIONS, "complaints/staff/duty.html"
    template, parts = "complaints/staff/complaint", (PagePart.FILE, PagePart.FACTS, PagePart.HISTORY)

    def read(self, place: Where, number: int) -> ComplaintShown:
        """Return one for somebody of the operator, with the page of its reports that is asked for, else the first."""
        asked = place.asked.get("reports", "")
        at_page = int(asked) if asked.isdecimal() and 0 < len(asked) < 6 and int(asked) else 1
        return queries.complaint_of(place.actor, number, at_page=at_page)

    def frame(self, shown: ComplaintShown) -> MatterFrame:
        """Return why it was reported, and what."""
        ref = shown.listing_ref or shown.seller_ref or localized(shown.what.text)
        return self.framed(shown.reason.text, shown.goods or shown.shop, ref)

    def sections(self, shown: ComplaintShown, place: Where) -> tuple[Section, ...]:
        """Return what is shown: the page of its case says itself what was done, and where to note what was borne."""
        is_staff = place.actor.role in STAFF
        given = {
            "page": shown,
            "may_flag": is_staff and not place.in_case,
            "case": place.case_page.format(number=shown.case) if is_staff and place.is_page else "",
        }
        parts = self.parts[:2] if place.in_case else self.parts
        about = section_about(place.actor, about_complaint(shown.number))
        return (*sections(self.template, parts, given), about)

    def form(self, decision: Decision[Any], shown: ComplaintShown | None, actor: Actor) -> Form:
        """Return what a decision asks."""
        return OWN_FORMS.get(decision.slug) or by_verb(decision)

    def initial(self, shown: ComplaintShown) -> Mapping[str, Any]:
        """Return what is known of it."""
        return written_in(shown)

    def done(
        self, actor: Actor, shown: ComplaintShown, number: int, decision: Decision[ComplaintShown]
    ) -> Text | None:
        """Say what this actor did last: all acts of complaints are of one kind."""
        mine = [act.verb for act in shown.past if act.actor == actor.by]
        return decision.done.get(mine[-1]) if mine else None

    def list_more(self, request: Visit) -> Mapping[str, Any]:
        """Return the dangers that nobody looks at yet, and the calls that wait."""
        actor = actor_of(request)
        return {"dangers": first_of_all(), "calls": calls_of(actor), "may_take": actor.role in STAFF}


COMPLAINTS = ComplaintView()
panel = COMPLAINTS.panel


@open_to(*INSIDE)
def every(request: Visit, case_page: str) -> HttpResponse:
    """List every complaint, the newest first."""
    return show(request, ALL_COMPLAINTS, case_page=case_page)


@open_to(*STAFF)
def picture(request: Visit, report: int, file: int, page: int, case_page: str) -> HttpResponse:
    """Show one page of a file that came with a report: nothing of it is drawn before somebody opens it."""
    return vault.shown(queries.picture_of(actor_of(request), report, file, page))


@open_to(*STAFF)
def cares(request: Visit, case_page: str) -> HttpResponse:
    """List the records of abuse: to leads and counsel all, to anybody else their own.

    Where the address says `about` what, show what is said upon each kind of abuse, and note it about that.
    """
    if "about" not in request.GET:
        return show(request, CARE_LIST, case_page=case_page)
    about = request.GET["about"][:64]
    if not is_there(about):
        raise NoSuchCare
    shown = {"rules": [(*rule, kind in AT_ONCE) for kind, rule in CONDUCT.items()], "end": END_OF_CALL}
    return decide(
        request,
        FLAG,
        shown,
        again=lambda: shown,
        key=about,
        back=request.path,
        template="complaints/staff/flag.html",
        refused=(NoSuchCare,),
        flash=True,
    )


@open_to(*STAFF)
def care(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Show a record, and to another lead the form for what was done for who bore it."""
    template, back = "complaints/staff/care.html", reverse("complaints_staff:cares")
    shown = partial(care_of, actor_of(request), number)
    page = shown()
    if not GIVE.is_open_to(request.presence.role, page):
        return render(request, template, {"page": page, "back": back})
    return decide(
        request,
        GIVE,
        page,
        again=shown,
        key=number,
        back=back,
        template=template,
        refused=(NoSuchCare,),
        flash=True,
    )
