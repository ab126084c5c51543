"""A seller's appeal on its page, and what its reviewer decides, on the page of its case and on pages of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import SELLERS, STAFF, Actor
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.matters.decision import Decision, Done, just_done
from mamori.ground.matters.page import PagePart, Section
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import by_verb
from mamori.ground.web.forms import VersionForm, WordsField, choose
from mamori.ground.web.matterview import Form, MatterView, Where
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import said, said_text
from mamori.rooms.enforcement.appeals import actions as appeals, matter as appeal_records
from mamori.rooms.enforcement.appeals.actions import GrantedPart
from mamori.rooms.enforcement.appeals.queries import (
    DEDUCTION,
    AppealShown,
    appeal_of,
    first_decision,
    number_against_recovery,
    recovery_behind,
)
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.findings.matter import NotThere, is_sellers
from mamori.rooms.enforcement.findings.queries import files_of, matter_of
from mamori.rooms.enforcement.findings.views import (
    ViewForm,
    WordsForm,
    alleged,
    files_at,
    ready,
    sections_of,
    take,
)
from mamori.rooms.enforcement.lifecycle import AppealState
from mamori.rooms.enforcement.lists import APPEALS
from mamori.rooms.enforcement.models import Appeal
from mamori.rooms.enforcement.rules.bounds import DECIDERS

# What a reviewer decides about an appeal, each declared once: its words, when it is there, the verb that does it.


SENT = Text("出品者に送りました。", "It was sent to the seller.")


def _at(step: str, *, taken: bool | None = None) -> Callable[[AppealShown], bool]:
    """Return whether this reader may take the step; `taken` = only while somebody, or nobody, has taken the review."""
    return lambda page: step in page.steps and taken in (None, bool(page.reviewer))


def _decide(
    actor: Actor, *, appeal: int, version: int, outcome: str, said: str, amount: int | None = None
) -> None:
    name, _, part = outcome.partition("/")
    appeals.decide_appeal(
        actor,
        appeal=appeal,
        outcome=AppealState(name),
        said=said,
        part=GrantedPart(part) if part else None,
        amount=amount or 0,
        version=version,
    )


def _decision(slug: str, title: Text, **told: Any) -> Decision[AppealShown]:
    """Return one of a reviewer's decisions, which need no words beside their title."""
    return Decision(slug=slug, title=title, roles=DECIDERS, **told)


TAKEN = {"take_appeal": Text("見直しの担当になりました。", "The review is yours.")}
TAKE = _decision(
    "take",
    Text("見直しを担当する", "Take the review"),
    done=TAKEN,
    verb=appeals.take_appeal,
    is_there=_at("take", taken=False),
)
TAKE_OVER = _decision(
    "take",
    Text("見直しを引き継ぐ", "Take the review over"),
    done=TAKEN,
    verb=appeals.take_appeal,
    is_there=_at("take", taken=True),
)
REPLY = _decision(
    "reply",
    Text("出品者に書く", "Write to the seller"),
    done={"reply_appeal": SENT, "ask_more": SENT},
    verb=appeals.reply_appeal,
    is_there=_at("reply"),
)
NOTE = _decision(
    "note",
    Text("見直しのメモ（出品者には見えません）", "A note for the reviewers (not for the seller)"),
    done={"note_appeal": Text("メモを残しました。", "The note was kept.")},
    verb=appeals.note_appeal,
    is_there=_at("reply"),
)
DECIDE = _decision(
    "decide",
    Text("結論を出す", "Decide"),
    done={
        "decide_appeal": Text(
            "結論を出し、出品者に知らせました。", "It was decided, and the seller was told."
        )
    },
    verb=_decide,
    is_there=_at("keep"),
)
DECISIONS = (TAKE, TAKE_OVER, DECIDE, REPLY, NOTE)


# What a reviewer fills in to decide, and the pages of staff.


class OutcomeForm(VersionForm):
    """The outcome of an appeal, of what can become of it, and its reasons, which the seller reads."""

    outcome = forms.ChoiceField(label=said("結論", "Outcome"), widget=forms.RadioSelect)
    amount = forms.IntegerField(
        label=said("戻す額（円）", "Yen that go back"),
        help_text=said("一部を認めるときだけ", "only where a part is granted"),
        required=False,
        min_value=1,
    )
    said = WordsField(label=said("理由（出品者が読みます）", "Reasons (the seller reads them)"))

    def __init__(self, *args: Any, page: AppealShown, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not page.is_of_money:
            del self.fields["amount"]
        choose(self, "outcome", [(code, said_text(text)) for code, text in outcomes(page)])


def outcomes(page: AppealShown) -> Iterator[tuple[str, Text]]:
    """Yield what can be decided: yen go back, or a measure that stands ends, or points go that count; or all stays."""
    if page.is_of_money:
        yield "granted", Text("異議を認め、全額を戻す", "Grant it: all of it goes back")
        yield "partly", Text("一部を認め、下の額を戻す", "Grant a part: the yen below go back")
    elif page.has_points:
        yield "granted", Text("異議を認め、措置と点数を取り消す", "Grant it: the measure and its points go")
    else:
        yield "granted", Text("異議を認め、措置を取り消す", "Grant it: the measure goes")
    if page.stands and page.has_points:
        yield (
            "partly/measure",
            Text("一部：措置を終え、点数は残す", "In part: the measure ends, its points stay"),
        )
        yield (
            "partly/points",
            Text("一部：点数を消し、措置は続ける", "In part: its points go, the measure stays"),
        )
    elif page.stands:
        yield "partly/measure", Text("一部：措置を終える", "In part: the measure ends")
    elif page.has_points:
        yield "partly/points", Text("一部：点数を消す", "In part: its points go")
    yield "kept", Text("決定を変えない", "The decision stands")


class AppealView(MatterView[AppealShown]):
    """An appeal on the page of its case, with all of the decision that it is against."""

    app, name, at, home = "enforcement_staff", "appeal", "appeals/", "appeals"
    one_at, is_panel, roles, absent = "cases/<str:number>/appeal/", True, STAFF, NotThere
    listed, decisions, decide_template = APPEALS, DECISIONS, "enforcement/staff/appeal_decision.html"
    parts = (PagePart.HISTORY, PagePart.FACTS)

    def read(self, place: Where, number: str) -> AppealShown:
        """Return one as its reader may know it."""
        return appeal_of(place.actor, number)

    def key(self, shown: AppealShown, number: str) -> int:
        """Return its id."""
        return shown.id

    def about(self, key: int) -> str:
        """Return the name under which acts know it."""
        return f"enforcement.appeal:{key}"

    def sections(self, shown: AppealShown, place: Where) -> tuple[Section, ...]:
        """Return what was said, and all of the decision that it is against."""
        number = shown.matter_number
        against = {} if shown.is_of_money else alleged(matter_of(place.actor, number), place.case_page)
        given = {
            "page": shown,
            "files": files_of(shown.id),
            "own_files_at": files_at(shown.number, place.case_page),
            "matter_page": place.case_page.format(number=number),
            "first": first_decision(shown.id),
        }
        return sections_of("appeal_facts", place.actor, shown.seller_ref, given | against)

    def form(self, decision: Decision[Any], shown: AppealShown | None, actor: Actor) -> Form:
        """Return what a decision asks: the outcome by what it is against."""
        return partial(OutcomeForm, page=shown) if decision is DECIDE and shown else by_verb(decision)

    def initial(self, shown: AppealShown) -> Mapping[str, Any]:
        """Return on which state of it the forms are opened."""
        return {"version": shown.version}


REVIEWS = AppealView()


# A seller's appeal: made on the page of what it is against, then a page of its own with what both sides say.


MADE = Text("異議の申出を受け付けました。", "We have your appeal.")
WRITTEN = Text("書き足しました。", "It was added.")
DONE: dict[str, Done] = {
    "made": {"appeal": MADE, "add_to_appeal": MADE},
    "written": {"write_appeal": WRITTEN, "add_to_appeal": WRITTEN},
    "withdrawn": {"withdraw_appeal": Text("取り下げました。", "It was withdrawn.")},
}


@open_to(*SELLERS)
def make(request: Visit, number: str, measure: int) -> HttpResponse:
    """Ask for the reasons of an appeal against a measure, and take it."""
    actor = actor_of(request)
    matter = matter_of(actor, number)
    against = next((one for one in matter.measures if one.id == measure), None)
    if against is None:
        raise NotThere()
    back = reverse("enforcement_seller:matter", args=(matter.number,))
    return _make(
        request,
        matter.number,
        against.title,
        back,
        lambda given: appeals.appeal(actor, measure=measure, said=given["said"], version=given["version"]),
        version=lambda: matter_of(actor, number).version,
    )


@open_to(*SELLERS)
def make_of_money(request: Visit, number: str) -> HttpResponse:
    """Ask for the reasons of an appeal against a deduction, and take it; one that was made is shown instead."""
    actor = actor_of(request)
    found = recovery_behind(number)
    if found is None or not is_sellers(actor, found.seller_ref):
        raise NotThere()
    if request.method != "POST" and (made := number_against_recovery(found.id)):
        return HttpResponseRedirect(reverse("enforcement_seller:appeal", args=(made,)))
    if not found.is_taken:
        raise NotThere()
    title = DEDUCTION.fill(amount=f"{found.amount:,}")
    return _make(
        request,
        found.case,
        title,
        "",
        lambda given: appeals.appeal_recovery(actor, recovery=found.id, said=given["said"]),
    )


def _make(
    request: Visit,
    number: str,
    against: Text,
    back: str,
    make: Callable[[dict[str, Any]], int],
    *,
    version: Callable[[], int] | None = None,
) -> HttpResponse:
    """Ask for the reasons and take them; with a `version`, of what stands behind the decision, as the seller saw it."""
    kind, first = (ViewForm, {"version": version()}) if version else (WordsForm, {})
    actor, form, status = actor_of(request), kind(initial=first), 200

    def do(given: dict[str, Any]) -> str:
        with ready(actor, actor.whose.removeprefix("seller:"), given["attached"]) as files, memory.act():
            made = make(given)
            findings.add_to_appeal(actor, appeal=made, ready=files)
        number = appeal_records.number(Appeal.objects.get(pk=made))
        return f"{reverse('enforcement_seller:appeal', args=(number,))}?done=made"

    if request.method == "POST":
        form = kind(request.POST, request.FILES)
        taken = take(form, do, version)
        if isinstance(taken, str):
            return HttpResponseRedirect(taken)
        status = taken
    shown = {"number": number, "against": against, "back": back, "form": form}
    return render(request, "enforcement/seller/appealing.html", shown, status=status)


@open_to(*SELLERS)
def shown(request: Visit, number: str) -> HttpResponse:
    """Show an appeal, and let the seller add to it or take it back."""
    actor, status = actor_of(request), 200
    page = appeal_of(actor, number)
    form: VersionForm = ViewForm(initial={"version": page.version})
    if request.method == "POST":
        withdraws = request.POST.get("act") == "withdraw"
        form = VersionForm(request.POST) if withdraws else ViewForm(request.POST, request.FILES)
        taken = take(form, partial(_do, actor, page), lambda: appeal_of(actor, number).version)
        if isinstance(taken, str):
            return HttpResponseRedirect(f"{request.path}?done={taken}")
        page, status = appeal_of(actor, number), taken
    given = {
        "page": page,
        "files": files_of(page.id),
        "form": form,
        "more": form if isinstance(form, ViewForm) else ViewForm(initial={"version": page.version}),
        "done": just_done(actor, REVIEWS.about(page.id), DONE.get(request.GET.get("done", ""))),
    }
    return render(request, "enforcement/seller/appeal.html", given, status=status)


def _do(actor: Actor, page: AppealShown, given: dict[str, Any]) -> str:
    """Withdraw the appeal, or add to it what was written; return what was done."""
    if "said" not in given:
        appeals.withdraw_appeal(actor, appeal=page.id, version=given["version"])
        return "withdrawn"
    with ready(actor, page.seller_ref, given["attached"]) as files, memory.act():
        appeals.write_appeal(actor, appeal=page.id, said=given["said"], version=given["version"])
        findings.add_to_appeal(actor, appeal=page.id, ready=files)
    return "written"
