"""A seller's inbox, the page of a thread with its answer, and the hearing on a recovery."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import SELLERS, Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.outbox import facts as outbox
from mamori.ground.outbox.facts import NoticeFact
from mamori.ground.web.access import open_to
from mamori.ground.web.once import form_key, new_token, once, was_led
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told
from mamori.rooms.contact import actions, forms, notices
from mamori.rooms.contact.finding import NothingHere, seller_of
from mamori.rooms.contact.formal import queries as formals
from mamori.rooms.contact.queries import lists
from mamori.rooms.contact.queries import recovery as recoveries
from mamori.rooms.contact.queries import thread as threads
from mamori.rooms.contact.queries.matter import told as told_moment
from mamori.rooms.contact.queries.records import records
from mamori.rooms.contact.queries.thread import ThreadPage
from mamori.rooms.contact.rules.deeds import Deed
from mamori.rooms.contact.rules.standing.awaited import OWED_BY_YOU
from mamori.rooms.contact.views.deeds import Act, done_text, perform
from mamori.rooms.contact.views.offers import OFFERS, REPLIES
from mamori.rooms.contact.views.phrases import begun, offered


def _answer(hand: Hand, page: ThreadPage, given: dict[str, Any]) -> None:
    actions.answer(hand, thread=page.thread, said=given["said"])


def _acknowledge(hand: Hand, page: ThreadPage, given: dict[str, Any]) -> None:
    actions.acknowledge(hand, thread=page.thread, said=given["said"])


def _share(hand: Hand, page: ThreadPage, given: dict[str, Any]) -> None:
    actions.share(hand, thread=page.thread)


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
    form=forms.MessageForm,
    do=_answer,
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
    do=_acknowledge,
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
    do=_share,
)
ACTS = (ANSWER, ACKNOWLEDGE, SHARE, *OFFERS)
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
    """Show what waits for the seller, due first; or what waits for the buyer, or has ended."""
    seller_ref = seller_of(hand_of(request))
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
    hand = hand_of(request)
    try:
        page = threads.page_of(hand, number)
    except NothingHere:
        return HttpResponseRedirect(_elsewhere(hand, number))
    texts = offered(seller_of(hand), page)
    return render(
        request,
        "contact/seller/thread.html",
        {
            "page": page,
            "usual": texts,
            "done": done_text(ACTS, request),
            "records": records(hand, page.about),
            "urged": _urgings(hand, page),
            "form": forms.MessageForm(initial={"said": begun(request, texts, page)}),
            "early": forms.SaidForm(initial={"said": told(_received(page))}, auto_id="early_%s"),
            "token": new_token(),
            "early_token": new_token(),
            "may": {deed.value: True for deed in page.deeds},
            "replies": [act for act in REPLIES if act.deed in page.deeds],
        },
    )


@open_to(*SELLERS)
def deed(request: Visit, number: str, slug: str) -> HttpResponse:
    """Show or do one of the things that a seller can do with a thread.

    :raises NothingHere: when there is no such thing, or no such thread for this seller.
    """
    act = BY_SLUG.get(slug)
    if act is None:
        raise NothingHere()
    return perform(request, number, act, base=reverse("contact_seller:thread", args=(number,)))


@open_to(*SELLERS)
def recovery(request: Visit, number: str) -> HttpResponse:
    """Show what may be recovered, on which clause and at most how much, and take the seller's view."""
    hand = hand_of(request)
    page = recoveries.page_of(hand, number)
    base = reverse("contact_seller:recovery", args=(number,))
    form, status = forms.SaidForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():

            def do() -> str:
                actions.state_view(hand, recovery=page.recovery, said=form.cleaned_data["said"])
                return f"{base}?done=view"

            try:
                return HttpResponseRedirect(once(hand, form_key(request), do))
            except NothingHere:
                raise
            except Refusal as refusal:
                form.add_error(None, told(refusal.sentence))
                status = refusal.status
    shown = {
        "page": page,
        "form": form,
        "token": request.POST.get("token") or new_token(),
        "done": VIEW_TAKEN if was_led(hand, request.get_full_path()) else None,
    }
    return render(request, "contact/seller/recovery.html", shown, status=status)


def _elsewhere(hand: Hand, number: str) -> str:
    """Return the page of a recovery or of a formal notice, for who typed its number among the threads."""
    try:
        known = recoveries.page_of(hand, number).number
    except NothingHere:
        return reverse("contact_seller:formal", args=(formals.page_of(hand, number).number,))
    return reverse("contact_seller:recovery", args=(known,))


def _urgings(hand: Hand, page: ThreadPage) -> tuple[NoticeFact, ...]:
    """Return the urgings that this seller received about the thread, the newest first."""
    return outbox.notices(about=page.about, to=f"seller:{seller_of(hand)}", templates=URGINGS)


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
