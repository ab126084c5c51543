"""The queue: all rooms' open cases by what a person owes next; several at once, those of who left, and what is new."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from mamori.doors.desk import forms, panels
from mamori.doors.desk.people import Staff, staff
from mamori.grammar.actor import HEADS, STAFF
from mamori.grammar.businesstime import Calendar
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import actions, facts as cases
from mamori.ground.cases.facts import CaseFact, CaseNumberMistyped, Cursor, Wish
from mamori.ground.clocks import facts as clocks
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.declared.casekinds import case_kind, case_kinds, clock_named, topic_titled
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import facts as market
from mamori.ground.people.facts import AccountFact
from mamori.ground.web.access import by_itself, open_to
from mamori.ground.web.lists import COUNTED, CursorUnreadable, Page, Remaining, remaining
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import localized
from mamori.japan.calendar import JAPAN

# What a visitor of the queue asks for, read from the address; what cannot be read asks for everything.


MOST = 64
DANGER = "danger"
"""What a matter asks for that cannot wait."""


class View(StrEnum):
    """The views of the queue, each on an index of its own."""

    ALL = ""
    MINE = "mine"
    FREE = "free"
    FLAGGED = "flagged"
    DANGER = "danger"
    LATE = "late"
    CALM = "calm"
    SOON = "soon"


VIEWS = {
    View.ALL: Text("すべて", "All"),
    View.MINE: Text("自分の担当", "Mine"),
    View.FREE: Text("担当なし", "Unassigned"),
    View.FLAGGED: Text("対応が必要", "Needs attention"),
    View.DANGER: Text("危険", "Danger"),
    View.LATE: Text("期限切れ", "Overdue"),
}
HOURS = 12
PARTS = {
    View.CALM: Text("期限切れ（危険を除く）", "Overdue, but for dangers"),
    View.SOON: Text(
        "これから{n}時間に来る期限（危険を除く）", "Due in the next {n} hours, but for dangers"
    ).fill(n=HOURS),
}
"""Views that no tab leads to: what *Today* parts the open cases into, behind what is urgent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A view, narrowed by kind, topic, one flag or what is `due` (the kind of a clock), or the cases of one party or order."""

    view: View = View.ALL
    kind: str = ""
    topic: str = ""
    attention: str = ""
    due: str = ""
    seller: str = ""
    buyer: str = ""
    order: str = ""
    assignee: str = ""
    cursor: str = ""
    is_done: bool = False

    @property
    def party(self) -> tuple[str, str] | None:
        """Return whose cases are asked for: one party or order at a time, whatever the view."""
        names = ("seller", "buyer", "order")
        return next(((name, value) for name in names if (value := getattr(self, name))), None)

    def wish(self, who: str, at: datetime) -> Wish:
        """Return what the index is asked by somebody at a moment."""
        kind, title = self.kind or None, topic_titled(self.topic) or None
        if self.party is not None:
            name, ref = self.party
            return Wish(
                kind=kind,
                title=title,
                seller_ref=ref if name == "seller" else None,
                buyer_ref=ref if name == "buyer" else None,
                order_ref=ref if name == "order" else None,
            )
        if self.view is View.DANGER and not self.assignee:
            return Wish(kind=kind, title=title, attention=DANGER)
        if self.view is View.FLAGGED and not self.assignee:
            return Wish(kind=kind, title=title, attention=self.attention or None, flagged=not self.attention)
        if self.view in (View.LATE, View.CALM) and not self.assignee:
            calm = False if self.view is View.CALM else None
            return Wish(kind=kind, title=title, due_until=at, due_kind=self.due or None, is_urgent=calm)
        if self.view is View.SOON and not self.assignee:
            return Wish(kind=kind, title=title, due_after=at, due_until=soon(at), is_urgent=False)
        whose = {View.MINE: who, View.FREE: ""}
        return Wish(kind=kind, title=title, assignee=self.assignee or whose.get(self.view))

    def alone(self, view: View) -> Ask:
        """Return a view narrowed to the same kind and topic, and by nothing else."""
        return Ask(view=view, kind=self.kind, topic=self.topic)

    @property
    def here(self) -> str:
        """Return the address of just this place; nothing where nothing is asked for."""
        return self.query(cursor=self.cursor).removesuffix("?")

    @property
    def without_due(self) -> str:
        """Return the address of the same whatever is due."""
        return self.query(due="")

    def query(self, **change: str) -> str:
        """Return the address of the same with something changed, from its first page on where no other is named."""
        asked = replace(self, **({"cursor": ""} | change))  # type: ignore[arg-type]  # the values are texts, a view too
        names = (
            "view",
            "kind",
            "topic",
            "attention",
            "due",
            "seller",
            "buyer",
            "order",
            "assignee",
            "cursor",
        )
        return "?" + urlencode({name: str(value) for name in names if (value := getattr(asked, name))})


def hour_of(at: datetime) -> datetime:
    """Return when the hour of a moment began, in Japan."""
    return at.astimezone(JAPAN).replace(minute=0, second=0, microsecond=0)


def soon(at: datetime) -> datetime:
    """Return the last moment of the next twelve hours, this one among them."""
    return hour_of(at) + timedelta(hours=HOURS) - timedelta(microseconds=1)


def read(given: QueryDict) -> Ask:
    """Read what is asked for."""
    kinds = {kind.code: kind for kind in case_kinds()}
    view = given.get("view", "")
    flags = {code for kind in kinds.values() for code in kind.attentions}
    kind, topic, attention = (given.get(name, "") for name in ("kind", "topic", "attention"))
    return Ask(
        view=View(view) if view in set(View) else View.ALL,
        kind=kind if kind in kinds else "",
        topic=topic if topic_titled(topic) else "",
        attention=attention if attention in flags else "",
        due=_ref(given, "due"),
        seller=ref_of("seller", _ref(given, "seller")),
        buyer=ref_of("buyer", _ref(given, "buyer")),
        order=ref_of("order", _ref(given, "order")),
        assignee=_ref(given, "assignee"),
        cursor=given.get("cursor", "")[:200],
        is_done="none" in given,
    )


def topics() -> list[tuple[Text, Mapping[str, Text]]]:
    """Return the topics that a case may have, under the kinds that share them; kinds that have but one topic are left out."""
    shared: list[tuple[list[Text], Mapping[str, Text]]] = []
    for kind in case_kinds():
        if len(kind.topics) < 2:
            continue
        titles = next((titles for titles, same in shared if same == kind.topics), None)
        if titles is None:
            shared.append(([kind.title], kind.topics))
        else:
            titles.append(kind.title)
    return [
        (Text("・".join(one.ja for one in titles), ", ".join(one.en for one in titles)), same)
        for titles, same in shared
    ]


def ref_of(what: str, number: str) -> str:
    """Return the reference behind the number by which people know an order, a seller or a buyer; "" of none."""
    return market.safe_number(number, of_person=what != "order")


def _ref(given: QueryDict, name: str) -> str:
    return given.get(name, "").replace("\0", "").strip()[:MOST]


def write_cursor(cursor: Cursor | None) -> str:
    """Return the cursor as it stands in an address; nothing at the end."""
    if cursor is None:
        return ""
    moments = [at.isoformat() if at else None for at in (cursor.next_due_at, cursor.urgent_since)]
    text = json.dumps([moments[0], cursor.id, moments[1]])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(written: str) -> Cursor | None:
    """Read a cursor; nothing begins at the beginning."""
    if not written:
        return None
    try:
        text = base64.b64decode(written + "=" * (-len(written) % 4), altchars=b"-_", validate=True)
        due, number, *since = json.loads(text)
        moment, urgent = (datetime.fromisoformat(one) if one else None for one in (due, *(since or (None,))))
        has_no_offset = any(one and one.tzinfo is None for one in (moment, urgent))
        if type(number) is not int or not 0 <= number < 2**63 or has_no_offset:
            raise CursorUnreadable()
    except (ValueError, TypeError, RecursionError, binascii.Error):
        raise CursorUnreadable() from None
    return Cursor(moment, number, urgent)


# The queue: all rooms' open cases by what a person owes next, page by page, in views that an index serves.


SIZE = 50


@dataclass(frozen=True, slots=True)
class Behind:
    """A clock that runs behind the one that a case leads with; none of a moment while it stands still."""

    text: Text
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case of a list, in words.

    It leads with the `clock` that the case leads with: a promise that was missed until it is kept, else what a person owes next.
    `behind` it goes on what is owed next after one that was missed, else what a party owes, of which `passed` is over, or where
    nobody owes anything the next that a machine does.
    """

    case: CaseFact
    kind: Text
    topic: Text
    shop: str
    state: Text
    attention: Text | None
    assignee: Text | None
    clock: Text | None
    left: Remaining | None
    behind: Behind | None
    passed: int | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """One view of the queue, and how many cases it holds, to at most a thousand."""

    view: View
    text: Text
    address: str
    count: int

    @property
    def count_text(self) -> str:
        """Say how many."""
        return f"{COUNTED:,}+" if self.count >= COUNTED else f"{self.count:,}"


type IsAny = Callable[[datetime], bool]
_MISSING: list[IsAny] = []
"""Who says whether something is missing of the house: the storey above, which knows all of it."""


def use_missing(is_any: IsAny) -> None:
    """Lead from the board to what is missing of the house, as long as something is."""
    _MISSING[:] = [is_any]


def is_missing(at: datetime) -> bool:
    """Say whether something is missing of the house."""
    return any(is_any(at) for is_any in _MISSING)


@open_to(*STAFF)
def queue(request: Visit) -> HttpResponse:
    """Show what somebody has to do first; take the cases that were chosen, or hand them over, at the same place of the list."""
    ask, people = read(request.GET), staff(request.received_at)
    if request.method != "POST":
        return keep_place(_page(request, ask, people, forms.SeveralForm(people=people.active)), ask.here)
    form = forms.SeveralForm(request.POST, people=people.active)
    left = _several(request, request.POST, form, people)
    if not form.is_valid():
        return _page(request, ask, people, form, ticked=left, status=422)
    return HttpResponseRedirect(f"{reverse('desk:queue')}{ask.here}")


def _page(
    request: Visit,
    ask: Ask,
    people: Staff,
    form: forms.SeveralForm,
    *,
    ticked: Collection[str] = (),
    status: int = 200,
) -> HttpResponse:
    """Draw the place of the list; what was ticked and typed stays."""
    who = request.presence.who
    wish = ask.wish(who, request.received_at)
    page = cases.view(wish, after=read_cursor(ask.cursor), limit=SIZE)
    narrowed = [ask.alone(view) for view in VIEWS]
    wishes = [one.wish(who, request.received_at) for one in narrowed]
    counts = [cases.count(one) for one in wishes]
    tabs = [
        Tab(one.view, VIEWS[one.view], one.query(), count)
        for one, count in zip(narrowed, counts, strict=True)
    ]
    shown = {
        "ask": ask,
        "missing": not page.cases and request.presence.role in HEADS and is_missing(request.received_at),
        "part": PARTS.get(ask.view),
        "due": clock_named(ask.due or "—"),
        "tabs": tabs,
        "kinds": case_kinds(),
        "topics": topics(),
        "form": form,
        "ticked": ticked,
        "flags": {code: text for kind in case_kinds() for code, text in kind.attentions.items()},
        "page": Page(
            items=rows(page.cases, people, at=request.received_at),
            next=write_cursor(page.after),
            count=counts[wishes.index(wish)] if wish in wishes else cases.count(wish),
        ),
    }
    return render(request, "desk/queue.html", shown, status=status)


PLACE = "place"
TODAY = "today"


def keep_place(answer: HttpResponse, place: str) -> HttpResponse:
    """Let the browser remember from which list a case is opened, until it is closed: the way back leads there."""
    answer.set_cookie(
        PLACE, place, path="/desk/", httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
    )
    return answer


def way_back(request: Visit) -> tuple[Text, str]:
    """Return what the list is called from which the reader came, and its address: of *Today*, or of a place in the queue."""
    place = request.COOKIES.get(PLACE, "")
    if place == TODAY and request.presence.role in HEADS:
        return Text("今日", "Today"), reverse("desk:today")
    return Text("案件の一覧", "All cases"), f"{reverse('desk:queue')}{read(QueryDict(place[1:500])).here}"


def rows(
    found: Sequence[CaseFact],
    people: Staff,
    *,
    at: datetime,
    calendar: Calendar | None = None,
    running: Mapping[str, Sequence[ClockFact]] | None = None,
) -> tuple[CaseRow, ...]:
    """Say cases in words; the number of looks does not grow with the number of cases.

    A page that has read the calendar or the clocks that run brings them along.
    """
    shops = market.shop_names(case.seller_ref for case in found if case.seller_ref)
    calendar = calendar or clocks.calendar()
    if running is None:
        running = clocks.running(case.about for case in found)
    made = []
    for case in found:
        kind, open_ = case_kind(case.kind), running.get(case.about, ())
        clock, partys = clocks.leading(open_), clocks.behind(open_)
        missed = _missed(case, clock)
        named = case.due_kind if missed else clock.kind if clock else ""
        left = None
        if missed:
            daily = any(one.every_day for one in open_ if one.kind == named)
            left = remaining(missed, now=at, calendar=calendar, every_day=daily)
        elif clock:
            left = remaining(
                clock.due_at,
                now=at,
                calendar=calendar,
                stands_still=clock.stands_still,
                every_day=clock.every_day,
            )
        made.append(
            CaseRow(
                case=case,
                kind=kind.title,
                topic=kind.topic(case.title),
                shop=shops.get(case.seller_ref, ""),
                state=kind.state(case.state),
                attention=kind.attention(case.attention) if case.attention else None,
                assignee=people.named(case.assignee) if case.assignee else None,
                clock=clock_named(named) if named else None,
                left=left,
                behind=_behind(None, None, _others(open_, named))
                if missed
                else _behind(clock, partys, open_),
                passed=_passed(bar, at) if not missed and (bar := partys or clock) else None,
                is_late=case.is_late(at),
            )
        )
    return tuple(made)


def _missed(case: CaseFact, clock: ClockFact | None) -> datetime | None:
    """Return since when a promise is missed that leads the case before the `clock` of what is owed next."""
    due = case.next_due_at
    if due is None or not case.due_kind or case.closed_at is not None:
        return None
    return due if clock is None or clock.stands_still or due < clock.due_at else None


def _others(open_: Sequence[ClockFact], missed: str) -> Sequence[ClockFact]:
    """Return what is owed next behind what was missed, without the clock that only reminds of that; else what machines do."""
    rest = [one for one in open_ if one.kind != missed]
    owed = clocks.leading(rest)
    return [owed] if owed else rest


def _behind(lead: ClockFact | None, partys: ClockFact | None, open_: Sequence[ClockFact]) -> Behind | None:
    """Return what goes on behind what leads: a party's, or where nobody owes anything the machine's next."""
    shown = (partys if partys != lead else None) if lead else next(iter(open_), None)
    if shown is None:
        return None
    return Behind(clock_named(shown.kind), None if shown.stands_still else shown.due_at)


def _passed(clock: ClockFact, at: datetime) -> int | None:
    """Return how much of a clock's time is over, in per cent; of one that stands still nobody can say."""
    whole = (clock.due_at - clock.started_at).total_seconds()
    if clock.stands_still or whole <= 0:
        return None
    return round(100 * min(max((at - clock.started_at).total_seconds() / whole, 0), 1))


NONE_CHOSEN = Text("案件を1つ以上選んでください。", "Please choose one case or more.")
TAKEN = Text("{count}件をあなたの担当にしました：{cases}", "{count} cases are yours: {cases}")
HANDED = Text("{count}件を{to}の担当にしました：{cases}", "{count} cases were handed to {to}: {cases}")
FREED = Text("{count}件を担当なしに戻しました：{cases}", "{count} cases went back to all: {cases}")
NOT_DONE = Text("{cases}：{why}", "{cases}: {why}")


def _several(request: Visit, asked: QueryDict, form: forms.SeveralForm, people: Staff) -> list[str]:
    """Do with each case that was chosen what was asked; return the numbers of those that stay, of which the form says why."""
    by = actor_of(request)
    chosen = cases.by_numbers(asked.getlist("shown" if "all" in asked else "case")[:SIZE])
    if not chosen:
        form.add_error(None, localized(NONE_CHOSEN))
    if not form.is_valid():
        return list(chosen)
    to, is_handed = form.cleaned_data["to"], asked.get("what") == "hand"
    do: Callable[..., None] = partial(actions.take, by)
    if is_handed:
        do = partial(actions.hand_over, by, to=to, reason=form.cleaned_data["reason"])
    done, refused = list[str](), dict[str, list[str]]()
    for number, case in chosen.items():
        try:
            do(about=case.about)
        except Refusal as refusal:
            refused.setdefault(localized(refusal.sentence), []).append(number)
            continue
        panels.follow(case, request.received_at)
        done.append(number)
    for why, numbers in refused.items():
        form.add_error(None, localized(NOT_DONE.fill(cases="、".join(numbers), why=why)))
    if done:
        text = (HANDED if to else FREED) if is_handed else TAKEN
        named = people.named(to) if is_handed and to else ""
        messages.success(request, localized(text.fill(count=len(done), cases="、".join(done), to=named)))
    return [number for numbers in refused.values() for number in numbers]


def left_by(people: Staff) -> list[tuple[AccountFact, int]]:
    """Return who may no longer work and still has open cases, and how many, to at most a thousand."""
    gone = [account for account in people.accounts if not account.is_active]
    return [(one, people.loads[one.who].open) for one in gone if one.who in people.loads]


# What is new since a page of the desk was drawn: the open page asks once a minute, and says it quietly.


DANGERS = 3
OPEN_IT = Text("案件を開く", "Open the case")
LOOKS = ("contact.look", "contact.look_formal", "contact.see_contact")
"""Somebody looked: that changes nothing."""
REPORTED = Text("危険の申告があります", "A danger was reported")
"""What is said aloud, and all that a browser's notice says beside the number."""


@open_to(*STAFF)
@by_itself
def news(request: Visit) -> JsonResponse:
    """Say what is new about the matter that is open and about one's own cases, and which dangers stand, in three looks.

    It names kinds of news, numbers and addresses: nothing that anybody wrote.
    """
    row, since = _row(request.GET.get("case", "")), _since(request.GET.get("since", ""), request.received_at)
    here = "" if row is None else cases.number_of(row)
    numbers = cases.followed(request.presence.who, case=row)
    new = {numbers[about] for about in ledger.done_since(numbers, since, but=LOOKS)} if numbers else set()
    found = [*_here(here, new), *_mine(new - {here}), *_dangers(here)]
    return JsonResponse({"at": request.received_at.isoformat(), "news": found})


def _here(here: str, new: set[str]) -> list[dict[str, str]]:
    if here not in new:
        return []
    text = Text("この案件に新しい動きがあります", "Something new was done in this case")
    return [_said("here", text, Text("読み込み直す", "Load it again"), _case(here))]


def _mine(new: set[str]) -> list[dict[str, str]]:
    if not new:
        return []
    text = Text(
        "ご担当の案件に新しい動きがあります（{n}件）", "Something new was done in cases of yours ({n})"
    )
    if len(new) == 1:
        return [_said("mine", text.fill(n=1), OPEN_IT, _case(*new))]
    mine = f"{reverse('desk:queue')}?view=mine"
    return [_said("mine", text.fill(n=len(new)), Text("自分の担当を見る", "See your cases"), mine)]


def _dangers(here: str) -> list[dict[str, str]]:
    return [
        _said("danger", REPORTED, OPEN_IT, _case(case.number)) | {"number": _grouped(case.number)}
        for case in cases.asking_for(DANGER, limit=DANGERS)
        if case.number != here
    ]


def _said(kind: str, text: Text, way: Text, href: str) -> dict[str, str]:
    return {"kind": kind, "text": localized(text), "way": localized(way), "href": href}


def _case(number: str) -> str:
    return reverse("desk:case", args=(number,))


def _grouped(number: str) -> str:
    return f"{number[:4]}\N{NO-BREAK SPACE}{number[4:]}"


def _row(number: str) -> int | None:
    try:
        return cases.id_of(number)
    except CaseNumberMistyped:
        return None


def _since(written: str, now: datetime) -> datetime:
    """Return since when; what cannot be read, and what is to come, is now, so that nothing is new."""
    try:
        since = datetime.fromisoformat(written)
    except ValueError:
        return now
    return now if since.tzinfo is None else min(since, now)
