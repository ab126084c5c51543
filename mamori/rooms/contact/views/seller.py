"""A seller's inbox, the page of a thread with its answer, and the hearing on a recovery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import SELLERS, Actor
from mamori.grammar.text import Text
from mamori.ground.outbox import facts as outbox
from mamori.ground.terms import facts as terms
from mamori.ground.web.access import open_to
from mamori.ground.web.forms import DayField, HouseForm
from mamori.ground.web.once import new_token, take_form, was_led
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import localized, said
from mamori.japan.calendar import JAPAN
from mamori.law.settings import CLOSINGS_MOST, CLOSINGS_NOTICE
from mamori.rooms.contact import actions, forms, notices, phrases as kept
from mamori.rooms.contact.actions.standstill import CLOSED_AT_ONCE
from mamori.rooms.contact.centre.views import to_centre
from mamori.rooms.contact.finding import NothingHere, seller_of
from mamori.rooms.contact.formal import queries as formals
from mamori.rooms.contact.offerforms import RefundingAnswerForm
from mamori.rooms.contact.phrases import ANSWERS
from mamori.rooms.contact.queries import lists, recovery as recoveries, standstill, thread as threads
from mamori.rooms.contact.queries.goods import same
from mamori.rooms.contact.queries.matter import spoken_due as told_moment
from mamori.rooms.contact.queries.paper import records
from mamori.rooms.contact.queries.thread import ThreadPage
from mamori.rooms.contact.rules.deeds import Deed
from mamori.rooms.contact.rules.standing.told import OWED_BY_YOU
from mamori.rooms.contact.views.deeds import Act, do_deed, done_text
from mamori.rooms.contact.views.offers import OFFERS, REPLIES
from mamori.rooms.contact.views.statement import cases_table

DONE = {
    "kept": Text("定型文を加えました。", "The text was added."),
    "dropped": Text("定型文を消しました。", "The text was dropped."),
}


@dataclass(frozen=True, slots=True)
class Offered:
    """A usual text that a thread offers: its name, and what it is called in the address."""

    code: str
    name: Text
    words: Text


def offered(seller_ref: str, page: ThreadPage) -> tuple[Offered, ...]:
    """Return what can begin an answer to this thread: the shop's own texts, then the declared ones of its topic."""
    own = (Offered(one.id, same(one.name), same(one.words)) for one in kept.phrases(seller_ref))
    return (*own, *(Offered(one.code, one.name, one.words) for one in ANSWERS[page.topic_code]))


def _beside(page: ThreadPage) -> dict[str, Any]:
    """Return which refunds may be offered with an answer."""
    left = page.order.left if page.order else 0
    return {"refunds": page.refunds, "trouble": page.trouble is not None, "left": left}


def begun(request: Visit, texts: tuple[Offered, ...], page: ThreadPage) -> str:
    """Return the words that were chosen to begin with, the number filled in; nothing when none was."""
    wanted = request.GET.get("use", "")
    number = page.order_ref or page.listing_ref
    return next((kept.filled(localized(text.words), number) for text in texts if text.code == wanted), "")


@open_to(*SELLERS)
def phrases(request: Visit) -> HttpResponse:
    """Show the shop's usual texts; keep one more, or drop one."""
    actor = actor_of(request)
    here = reverse("contact_seller:phrases")
    if request.method == "POST" and request.POST.get("act") == "drop":
        actions.drop_phrase(actor, phrase=request.POST.get("phrase", ""))
        return HttpResponseRedirect(f"{here}?done=dropped")

    def do(form: forms.PhraseForm) -> str:
        actions.keep_phrase(actor, name=form.cleaned_data["name"], said=form.cleaned_data["said"])
        return f"{here}?done=kept"

    form, status, led = take_form(request, forms.PhraseForm, do, by=actor, lets=(NothingHere,))
    shown = {
        "form": form,
        "token": request.POST.get("token") or new_token(),
        "phrases": kept.phrases(seller_of(actor)),
        "done": DONE.get(request.GET.get("done", "")),
        "most": kept.MOST,
    }
    return led or render(request, "contact/seller/phrases.html", shown, status=status)


ANSWER = Act(
    slug="answer",
    deed=Deed.ANSWER,
    title=Text("購入者に回答する", "Answer the buyer"),
    link=Text("購入者に回答する", "Answer the buyer"),
    lead=Text(
        "いつ、何をするかを具体的にお書きください。送ると、回答の期限が止まります。解決の期限は、解決するまで止まりません。",
        "Say what you will do, and when. Sending stops the clock for the answer. "
        "The clock for the solution runs until it is solved.",
    ),
    button=Text("回答を送る", "Send the answer"),
    done=Text("回答を送りました。購入者が確かめます。", "The answer was sent. The buyer will check it."),
    form=RefundingAnswerForm,
    verb=actions.answer_with_refund,
    asks=_beside,
)
ACKNOWLEDGE = Act(
    slug="acknowledge",
    deed=Deed.ACKNOWLEDGE,
    title=Text("受け取ったとだけ伝える", "Only say that you have received it"),
    link=Text("受け取ったとだけ伝える", "Only say that you have received it"),
    lead=Text(
        "調べるのに時間がかかるときにお使いください。回答ではないので、期限は止まりません。",
        "Use this when you need time to find out. It is no answer, so no clock stops.",
    ),
    button=Text("受け取ったと伝える", "Say so"),
    done=Text("受け取ったと伝えました。期限は進んでいます。", "The buyer knows. The clock is still running."),
    form=forms.SaidForm,
    verb=actions.acknowledge,
)
SHARE = Act(
    slug="share",
    deed=Deed.SHARE,
    title=Text("相談窓口に見てもらう", "Show this to the centre"),
    link=Text("相談窓口に見てもらう", "Show this to the centre"),
    lead=Text(
        "このやり取りの文章を、相談窓口の担当者が読めるようになります。購入者とあなたが書いたものすべてです。取り消せません。",
        "The staff of the centre can then read what the buyer and you have written here. This cannot be undone.",
    ),
    button=Text("窓口に見せる", "Show it to the centre"),
    done=Text("相談窓口が読めるようにしました。", "The centre can read it now."),
    form=forms.NothingForm,
    verb=actions.share,
)
CENTRE = to_centre(by_seller=True)
ACTS = (ANSWER, ACKNOWLEDGE, SHARE, CENTRE, *OFFERS)
BY_SLUG = {act.slug: act for act in ACTS}
PARTS = {
    "": lists.owed_by_seller,
    "waiting": lists.waiting_for_buyer,
    "ended": lists.ended_of_seller,
}
VIEW_TAKEN = Text("意見を受け取りました。担当者が判断します。", "We have your view. A person will decide.")


URGINGS = (notices.URGE.code, notices.URGE_ON_PAPER.code)


@open_to(*SELLERS)
def inbox(request: Visit) -> HttpResponse:
    """Show what waits for the seller, due first; or what waits for the buyer, or has ended; or all as a table."""
    seller_ref = seller_of(actor_of(request))
    if request.GET.get("format") == "csv":
        return cases_table(request, seller_ref)
    part = request.GET.get("show", "")
    part = part if part in PARTS else ""
    return render(
        request,
        "contact/seller/inbox.html",
        {
            "part": part,
            "page": PARTS[part](seller_ref, cursor=request.GET.get("cursor", "")),
            "owed": lists.count_owed(seller_ref),
            "recoveries": recoveries.rows_of(lists.open_recoveries(seller_ref)),
        },
    )


@open_to(*SELLERS)
def shown(request: Visit, number: str) -> HttpResponse:
    """Show one thread: whose turn it is and until when, what was said, and the form to answer.

    The number of a recovery leads to its page: whoever types a number need not know what it is of.
    """
    actor = actor_of(request)
    try:
        page = threads.page_of(actor, number)
    except NothingHere:
        return HttpResponseRedirect(_elsewhere(actor, number))
    texts = offered(seller_of(actor), page)
    return render(
        request,
        "contact/seller/thread.html",
        {
            "page": page,
            "usual": texts,
            "done": done_text(request, {act.slug: act.done for act in ACTS}),
            "records": records(actor, page.about),
            "urged": outbox.notices(about=page.about, to=f"seller:{seller_of(actor)}", templates=URGINGS),
            "form": RefundingAnswerForm(initial={"said": begun(request, texts, page)}, **_beside(page)),
            "early": forms.SaidForm(initial={"said": localized(_received(page))}, auto_id="early_%s"),
            "token": new_token(),
            "early_token": new_token(),
            "may": {deed.value: True for deed in page.deeds},
            "replies": [act for act in REPLIES if act.deed in page.deeds],
        },
    )


@open_to(*SELLERS)
def deed(request: Visit, number: str, slug: str) -> HttpResponse:
    """Show or do one of the things that a seller can do with a thread."""
    act = BY_SLUG.get(slug)
    if act is None:
        raise NothingHere()
    return do_deed(request, number, act, base=reverse("contact_seller:thread", args=(number,)))


@open_to(*SELLERS)
def recovery(request: Visit, number: str) -> HttpResponse:
    """Show what may be recovered, on which clause and at most how much, and take the seller's view."""
    actor = actor_of(request)
    page = recoveries.page_of(actor, number)
    base = reverse("contact_seller:recovery", args=(number,))

    def do(form: forms.SaidForm) -> str:
        actions.state_view(actor, recovery=page.recovery, said=form.cleaned_data["said"])
        return f"{base}?done=view"

    form, status, led = take_form(request, forms.SaidForm, do, by=actor, lets=(NothingHere,))
    shown = {
        "page": page,
        "form": form,
        "token": request.POST.get("token") or new_token(),
        "done": VIEW_TAKEN if was_led(actor, request.get_full_path()) else None,
    }
    return led or render(request, "contact/seller/recovery.html", shown, status=status)


def _elsewhere(actor: Actor, number: str) -> str:
    """Return the page of a recovery or of a formal notice, for who typed its number among the threads."""
    try:
        known = recoveries.page_of(actor, number).number
    except NothingHere:
        return reverse("contact_seller:formal", args=(formals.page_of(actor, number).number,))
    return reverse("contact_seller:recovery", args=(known,))


def _received(page: ThreadPage) -> Text:
    """Word the usual acknowledgement, for the seller to change."""
    due = next((clock.due_at for clock in page.clocks if clock.name == OWED_BY_YOU), None)
    if due is None:
        return Text("お問い合わせを受け取りました。", "We have received your inquiry.")
    until = told_moment(due)
    return Text(
        f"お問い合わせを受け取りました。{until.ja}までに回答します。",
        f"We have received your inquiry and will answer by {until.en}.",
    )


# The page on which a seller says when the shop is closed.


CLOSING_DONE = {
    "declared": Text("休業日を記録しました。", "The closing days are recorded."),
    "late": Text(
        "休業日を記録しました。ただし、知らせる期限（休む日の{notice}日前まで）を過ぎている日は、回答の期限に数えます。",
        "The closing days are recorded. Those that were declared less than {notice} day(s) before count towards your due moments "
        "all the same.",
    ),
    "withdrawn": Text(
        "休業日を取り消しました。すでに届いている問い合わせの期限は変わりません。",
        "The closing days are taken back. Due moments of inquiries that have arrived do not change.",
    ),
}


class ClosingForm(HouseForm):
    """The first and the last day on which the shop is closed."""

    first = DayField(label=said("休み始める日", "First day closed"))
    last = DayField(
        label=said("休みの最後の日", "Last day closed"),
        help_text=said(
            f"続けて休むときは、まとめて{CLOSED_AT_ONCE}日間まで。1日だけなら、書かなくてかまいません。",
            f"Up to {CLOSED_AT_ONCE} days in one go. Leave it empty for a single day.",
        ),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Let a single day end on itself."""
        given: dict[str, Any] = super().clean() or {}
        return given | {"last": given.get("last") or given.get("first")}


@open_to(*SELLERS)
def closing(request: Visit) -> HttpResponse:
    """Show the shop's closing days that lie ahead; declare some, or take some back."""
    actor = actor_of(request)
    form, status, led = take_form(
        request,
        ClosingForm,
        lambda form: _declare(actor, **form.cleaned_data),
        by=actor,
        buttons={"withdraw": lambda closings: _withdraw(actor, closings)},
        lets=(NothingHere,),
    )
    shown = standstill.closings(actor) | {"form": form, "token": new_token(), "done": _done(request, actor)}
    return led or render(request, "contact/seller/closing.html", shown, status=status)


def _done(request: Visit, actor: Actor) -> Text | None:
    done = done_text(request, CLOSING_DONE)
    return done and done.fill(notice=terms.setting(CLOSINGS_NOTICE, at=actor.at))


def _declare(actor: Actor, *, first: date, last: date) -> str:
    actions.declare_closing(actor, first=first, last=last)
    most, notice = terms.settings(CLOSINGS_MOST, CLOSINGS_NOTICE, at=actor.at)
    is_late = most and first - actor.at.astimezone(JAPAN).date() < timedelta(days=notice)
    return f"{reverse('contact_seller:closing')}?done={'late' if is_late else 'declared'}"


def _withdraw(actor: Actor, closings: str) -> str:
    """Take a stretch of days back, which may have been declared in several goes."""
    for closing in closings.split(","):
        if not (closing.isascii() and closing.isdigit() and len(closing) < 19):
            raise NothingHere()
        actions.withdraw_closing(actor, closing=int(closing))
    return f"{reverse('contact_seller:closing')}?done=withdrawn"
