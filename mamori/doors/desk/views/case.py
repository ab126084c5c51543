"""The page of one case: composed of the index, the record, clocks and notices, and the panel of its room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from mamori.doors.desk import forms, panels
from mamori.doors.desk.people import Staff, staff
from mamori.doors.desk.views.queue import rows, way_back
from mamori.grammar.actor import HEADS, STAFF, Role
from mamori.grammar.businesstime import Calendar
from mamori.grammar.text import Text, yen
from mamori.ground.cases import actions, facts as cases
from mamori.ground.cases.actions import NoSuchCase
from mamori.ground.cases.facts import CaseFact, CaseNumberMistyped
from mamori.ground.clocks import facts as clocks
from mamori.ground.clocks.facts import ClockFact, PastClock
from mamori.ground.declared.casekinds import act_named, clock_named, often_done
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.facts import ActFact
from mamori.ground.outbox import facts as outbox
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import Drawn
from mamori.ground.web.lists import remaining
from mamori.ground.web.once import take_form
from mamori.ground.web.signs import Visit, actor_of
from mamori.japan.calendar import spoken
from mamori.law.clauses import called
from mamori.law.grounds import GROUNDS
from mamori.rooms.complaints import facts as complaints
from mamori.rooms.contact import facts as contact

# What happened in a case, in one order: acts of the record, notices sent, clocks that rang; never anybody's words.


MOST = 300
REPEATED = 3
"""So often may the same stand in the story; what was done more often stands there once."""
_GROUNDS = {ground.code: ground.title for ground in GROUNDS}
_OWN = {
    "cases.taken": Text("担当になった", "Took the case"),
    "cases.given_back": Text("担当を外れた", "Gave the case back"),
    "cases.handed_over": Text("担当を変えた", "Handed the case over"),
    "cases.noted": Text("メモ", "Note"),
    "market.instruct": Text("通販サイトに指示した", "The marketplace was given an instruction"),
    "market.recall": Text("通販サイトに取りやめを頼んだ", "An instruction was called back"),
    "market.chase": Text("通販サイトにもう一度伝えた", "The instruction was given again"),
    "market.confirm": Text("通販サイトが実行を確認した", "The marketplace confirmed that it was done"),
    "market.put_off": Text("通販サイトが後で実行すると答えた", "The marketplace will do it later"),
    "market.confirm_late": Text(
        "断ったあとに、実行したと答えた", "The marketplace did what it had declined after all"
    ),
    "market.tell_late": Text(
        "断って代わりの指示が出たあとに、実行したと答えた",
        "The marketplace did what it had declined, when another had taken its place",
    ),
    "market.refuse": Text("通販サイトができないと答えた", "The marketplace answered that it cannot"),
}
_HOLDS = {
    "vault.hold": Text("消去を止めた", "It was put under a legal hold"),
    "vault.extend_hold": Text("消去の停止の終わりを延ばした", "The hold was extended"),
    "vault.lift_hold": Text("消去の停止を解除した", "The hold was lifted"),
}
"""What leads and counsel alone read: a hold may rest on an order of which nobody else may be told."""


class Strand(StrEnum):
    """What kind of thing an entry is."""

    ACT = "act"
    NOTICE = "notice"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened."""

    at: datetime
    strand: Strand
    title: Text
    by: Text | None = None
    role: Text | None = None
    ground: Text | None = None
    reason: str = ""
    details: tuple[tuple[Text, Text], ...] = ()
    number: int | None = None


def story(case: CaseFact, people: Staff, past: Sequence[PastClock], role: Role) -> list[Entry]:
    """Return what happened as this role may read it, the newest first, at most 300 entries."""
    entries = [*_acts(case, people, role), *_notices(case, people), *_clocks(past)]
    return sorted(_folded(entries), key=_when, reverse=True)[:MOST]


def _acts(case: CaseFact, people: Staff, role: Role) -> Iterator[Entry]:
    hidden = {} if role in HEADS else _HOLDS
    often = often_done(case.about)
    for one in ledger.folded_about(case.about, often) if often else ():
        times = _times(one.times, one.first) if one.times > 1 else ()
        yield Entry(at=one.last, strand=Strand.ACT, title=act_named(one.kind), details=times)
    acts = [act for act in ledger.acts_about(case.about, but=often) if act.kind not in hidden]
    are_noted = any(act.kind == "cases.noted" for act in acts)
    notes = {note.act: note for note in cases.notes(case.about)} if are_noted else {}
    for act in acts:
        title = _OWN.get(act.kind) or _HOLDS.get(act.kind) or act_named(act.kind)
        if act.content is None:
            yield Entry(
                at=act.at,
                strand=Strand.ACT,
                title=title,
                reason="",
                details=((Text("内容", "Content"), Text("消去されました", "erased")),),
                number=act.number,
            )
            continue
        content = act.content
        yield Entry(
            at=act.at,
            strand=Strand.ACT,
            title=title,
            by=people.named(content["by"]),
            role=Role(content["role"]).text if content["role"] in STAFF else None,
            ground=_GROUNDS.get(content["ground"]) if content["ground"] else None,
            reason=content["reason"] or (notes[act.number].text or "" if act.number in notes else ""),
            details=tuple(_details(act, content["payload"], people)),
            number=act.number,
        )


def _details(act: ActFact, payload: dict[str, Any], people: Staff) -> Iterator[tuple[Text, Text]]:
    """Say what an act's own values mean: figures, names and moments, never words that somebody wrote."""
    if amount := payload.get("amount"):
        yield Text("金額", "Amount"), yen(amount)
    if instruction := payload.get("instruction"):
        yield Text("指示", "Instruction"), _same(instruction)
    if clause := payload.get("clause"):
        yield Text("条項", "Clause"), called(clause, payload.get("clause_version", 0))
    if act.kind == "contact.reach_buyer":
        yield from contact.answers_in_danger(payload)
    if act.kind == "cases.handed_over":
        before, to = (people.named(payload.get(name) or "") for name in ("before", "to"))
        yield Text("担当", "Assigned"), Text(f"{before.ja} → {to.ja}", f"{before.en} → {to.en}")
        if running := [clock_named(kind) for kind in payload.get("running", ())]:
            yield _RUNNING, Text.listed(running)
    for name, label in _MOMENTS.items():
        if written := payload.get(name):
            yield label, spoken(datetime.fromisoformat(written))
    if payload.get("in_time") is False:
        yield Text("期限", "In time"), Text("期限のあと", "after the due moment")


_TIMES = Text("回数", "Times")
_FIRST = Text("初回", "First")
_RUNNING = Text("動いていた時計", "Clocks that ran")
_MOMENTS = {
    "due_at": Text("期限", "Due"),
    "new_due_at": Text("新しい期限", "New due moment"),
    "promised_at": Text("約束の時刻", "Promised by"),
    "review_at": Text("見直し", "Review"),
}


def _notices(case: CaseFact, people: Staff) -> Iterator[Entry]:
    for notice in outbox.notices(about=case.about, limit=MOST):
        title = Text(notice.title["ja"], notice.title["en"])
        yield Entry(
            at=notice.at, strand=Strand.NOTICE, title=title, details=((_TO, people.named(notice.to)),)
        )


_TO = Text("あて先", "To")


def _clocks(past: Sequence[PastClock]) -> Iterator[Entry]:
    """Say what fell due: that a clock began follows from the act beside it."""
    fired: Counter[tuple[datetime, Text]] = Counter()
    for clock in past:
        if clock.fired and clock.done_at is not None:
            fired[clock.done_at, clock_named(clock.kind)] += 1
    for (at, name), many in fired.items():
        yield Entry(at=at, strand=Strand.CLOCK, title=_FELL_DUE.fill(name=_so_many(name, many)))


def _folded(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Fold what a machine did again and again, such as a call that it asks for every two hours: once, how often, since when."""
    same: dict[tuple[Strand, Text, tuple[tuple[Text, Text], ...]], list[Entry]] = {}
    for one in entries:
        if one.role is None and not one.reason and not one.ground:
            same.setdefault((one.strand, one.title, one.details), []).append(one)
        else:
            yield one
    for many in same.values():
        if len(many) <= REPEATED:
            yield from many
            continue
        last, first = max(many, key=_when), min(many, key=_when)
        yield replace(last, details=(*last.details, *_times(len(many), first.at)))


def _times(many: int, first: datetime) -> tuple[tuple[Text, Text], ...]:
    """Say how often something was done, and when first."""
    return (_TIMES, Text(f"{many:,}回", f"{many:,}")), (_FIRST, spoken(first))


def _when(entry: Entry) -> tuple[datetime, int]:
    return entry.at, entry.number or 0


def _so_many(name: Text, many: int) -> Text:
    """Name clocks that are one in name and due moment once, such as those of the two calls that a danger asks for."""
    return _SO_MANY.fill(name=name, many=many) if many > 1 else name


_FELL_DUE = Text("期限になった：{name}", "Fell due: {name}")
_SO_MANY = Text("{name}（{many}件）", "{name} ({many})")


def _same(text: str) -> Text:
    return Text(text, text)


DONE = {
    "taken": ("cases.taken", Text("あなたの担当にしました。", "The case is yours.")),
    "given-back": (
        "cases.given_back",
        Text(
            "担当を外れました。ほかの人が担当できます。", "You gave the case back; somebody else can take it."
        ),
    ),
    "handed": ("cases.handed_over", Text("担当を変えました。", "The case was handed over.")),
    "noted": ("cases.noted", Text("メモを記録しました。", "Your note was recorded.")),
}
"""What was just done, with the act that it left: the page says so of nothing else, whatever its address claims."""


@open_to(*STAFF)
def shown(request: Visit, number: str) -> HttpResponse:
    """Show the case: what it is, what happened, what runs, what can be done; or go on from it to the next."""
    if request.GET.get("then") == "next":
        return HttpResponseRedirect(f"{reverse('desk:next')}?{urlencode({'leaving': number})}")
    return _page(request, case_of(number), forms.NoteForm())


@open_to(*STAFF)
def following(request: Visit) -> HttpResponse:
    """Go to the case that asks for somebody next, without taking it; when none asks for anybody, go to the queue."""
    left = _case_or_none(request.GET.get("leaving", ""))
    found = cases.next_of(request.presence.who, leaving=left.about if left else "")
    if found is None:
        return HttpResponseRedirect(f"{reverse('desk:queue')}?none=1")
    return HttpResponseRedirect(_address(found))


@open_to(*STAFF)
def act(request: Visit, number: str, slug: str) -> HttpResponse:
    """Take the case, give it back to all, hand it over, or add a note to its record; each but handing over is a POST."""
    case = case_of(number)
    if slug not in ACTS:
        raise NoSuchCase()
    if request.method != "POST" and slug != "hand-over":
        return HttpResponseRedirect(_address(case))
    return ACTS[slug](request, case)


def _assigned(assign: Callable[..., None], done: str, request: Visit, case: CaseFact) -> HttpResponse:
    assign(actor_of(request), about=case.about)
    panels.follow(case, request.received_at)
    return HttpResponseRedirect(f"{_address(case)}?done={done}")


def _hand_over(request: Visit, case: CaseFact) -> HttpResponse:
    """Hand the case to somebody, or back to all."""
    people = staff(request.received_at)

    def do(form: forms.HandOverForm) -> str:
        given = form.cleaned_data
        actions.hand_over(actor_of(request), about=case.about, to=given["to"], reason=given["reason"])
        panels.follow(case, request.received_at)
        return f"{_address(case)}?done=handed"

    form, status, led = take_form(request, partial(forms.HandOverForm, people=people.active), do)
    running = _running(request, clocks.calendar(), clocks.open_clocks(case.about), {})
    back = {"case": case, "form": form, "back": _address(case), "running": running}
    return led or render(request, "desk/hand_over.html", back, status=status)


def _note(request: Visit, case: CaseFact) -> HttpResponse:
    def do(form: forms.NoteForm) -> str:
        actions.note(actor_of(request), about=case.about, text=form.cleaned_data["text"])
        return f"{_address(case)}?done=noted"

    form, _, led = take_form(request, forms.NoteForm, do)
    return led or _page(request, case, form, status=422)


ACTS: Mapping[str, Callable[[Visit, CaseFact], HttpResponse]] = {
    "take": partial(_assigned, actions.take, "taken"),
    "give-back": partial(_assigned, actions.give_back, "given-back"),
    "hand-over": _hand_over,
    "note": _note,
}


def case_of(number: str) -> CaseFact:
    """Return the case with that number."""
    case = _case_or_none(number)
    if case is None:
        raise NoSuchCase()
    return case


def _case_or_none(number: str) -> CaseFact | None:
    try:
        return cases.by_number(number)
    except CaseNumberMistyped:
        return None


def _page(request: Visit, case: CaseFact, form: forms.NoteForm, *, status: int = 200) -> HttpResponse:
    people = staff(request.received_at)
    calendar, (open_, past) = clocks.calendar(), clocks.whole(case.about)
    [row] = rows([case], people, at=request.received_at, calendar=calendar, running={case.about: open_})
    panel = panels.panel(request, case)
    shown: dict[str, Any] = {
        "row": row,
        "case": case,
        "panel": panel,
        "form": form,
        "running": _running(request, calendar, open_, panel.clocks if panel else {}),
        "story": story(case, people, past, actor_of(request).role),
        "flag": complaints.FLAG.format(about=case.about),
        "mine": case.assignee == request.presence.who,
        "done": (panel.done if panel else None) or _done(request, case),
        "people": _people(case, people, row.shop),
        "back": way_back(request),
    }
    shown["keys"] = _keys(case, panel, is_mine=shown["mine"])
    answer = render(request, "desk/case.html", shown, status=status)
    add_never_cache_headers(answer)  # a shop's number stands on it while it has to be called
    return answer


def _done(request: Visit, case: CaseFact) -> Text | None:
    """Return what its reader has just done with the case, by the record."""
    kind, text = DONE.get(request.GET.get("done", ""), ("", None))
    act = ledger.last_of(actor_of(request), case.about) if text else None
    return text if act is not None and act.kind == kind else None


def _keys(case: CaseFact, panel: Drawn | None, *, is_mine: bool) -> str:
    """Return the keys that do something on this page, in their declared order: no other is named."""
    parts = f"{panel.work}{panel.file}{panel.deeds}{panel.facts}" if panel else ""
    closed = case.closed_at is not None
    off = {"t": closed or is_mine, "g": closed or not is_mine, "h": closed}
    off |= {key: f'data-key="{key}"' not in parts for key in "wcr1dp"}
    return " ".join(key for key in "ntgwcr1dpmhb/" if not off.get(key, False))


def _running(
    request: Visit,
    calendar: Calendar,
    open_: tuple[ClockFact, ...],
    named: Mapping[tuple[str, str], Text],
) -> list[dict[str, Any]]:
    """Say the clocks that run, each by the name that its matter gives it, or else by that of its kind; of one name the next."""
    first: dict[Text, ClockFact] = {}
    for clock in sorted(open_, key=lambda one: one.due_at):
        first.setdefault(named.get((clock.kind, clock.key)) or clock_named(clock.kind), clock)
    return [
        {
            "name": name,
            "due_at": clock.due_at,
            "left": remaining(
                clock.due_at,
                now=request.received_at,
                calendar=calendar,
                stands_still=clock.stands_still,
                every_day=clock.every_day,
            ),
            "provisional": clock.provisional,
            "still": clock.still_because,
        }
        for name, clock in first.items()
    ]


def _people(case: CaseFact, people: Staff, shop: str) -> list[tuple[Text, str, str]]:
    """Return the parties: their side, reference, and the address of their open cases."""
    found = []
    home = reverse("desk:queue")
    if case.buyer_ref:
        found.append(
            (Text("購入者", "Buyer"), case.buyer_ref, f"{home}?{urlencode({'buyer': case.buyer_ref})}")
        )
    if case.seller_ref:
        found.append(
            (Text("出品者", "Seller"), case.seller_ref, f"{home}?{urlencode({'seller': case.seller_ref})}")
        )
    if case.order_ref:
        found.append(
            (Text("注文", "Order"), case.order_ref, f"{home}?{urlencode({'order': case.order_ref})}")
        )
    return found


def _address(case: CaseFact) -> str:
    return reverse("desk:case", args=(case.number,))
