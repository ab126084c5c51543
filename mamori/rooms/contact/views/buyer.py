"""A buyer's threads: the list, the page of one, and what can be done with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import Actor, Role
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.web import papers
from mamori.ground.web.access import open_to
from mamori.ground.web.once import new_token
from mamori.ground.web.operator import operator
from mamori.ground.web.signs import Visit, actor_of
from mamori.law.complaints import STOP_USING
from mamori.law.roads import Road, roads
from mamori.rooms.contact import actions, forms
from mamori.rooms.contact.centre.views import to_centre
from mamori.rooms.contact.finding import NothingHere, buyer_of
from mamori.rooms.contact.formal import queries as formals
from mamori.rooms.contact.lifecycle import TroubleState
from mamori.rooms.contact.offerforms import EndForm
from mamori.rooms.contact.queries import lists, thread as threads
from mamori.rooms.contact.queries.goods import registered
from mamori.rooms.contact.queries.paper import paper, records
from mamori.rooms.contact.queries.thread import ThreadPage
from mamori.rooms.contact.rules.deeds import Deed
from mamori.rooms.contact.rules.standing import Turn
from mamori.rooms.contact.staffforms import ParcelForm
from mamori.rooms.contact.views.deeds import Act, do_deed, done_text
from mamori.rooms.contact.views.offers import OFFERS, REPLIES

READERS = (Role.BUYER, Role.HELPER)
"""A buyer, and whoever the buyer lets help with just this conversation."""


def _waits(page: ThreadPage) -> dict[str, Any]:
    return {"waits": page.waiting_offer.number if page.waiting_offer else None}


WRITE = Act(
    slug="write",
    deed=Deed.WRITE,
    title=Text("出品者に書く", "Write to the seller"),
    link=Text("出品者に書く", "Write to the seller"),
    lead=Text(
        "出品者に届きます。お名前や電話番号、住所は書かないでください。",
        "The seller receives it. Please do not write your name, telephone number or address.",
    ),
    button=Text("送る", "Send"),
    done=Text("送りました。", "Sent."),
    form=forms.MessageForm,
    verb=actions.write,
)
UNSOLVED = Act(
    slug="unsolved",
    deed=Deed.SAY_UNSOLVED,
    title=Text("まだ解決していない", "It is not solved yet"),
    link=Text("解決していないと伝える", "Say that it is not solved"),
    lead=Text(
        "何がまだ困っているかをお書きください。出品者にもう一度対応を求めます。",
        "Please write what is still wrong. The seller is asked to act again.",
    ),
    button=Text("解決していないと伝える", "Say that it is not solved"),
    done=Text("出品者に、もう一度対応を求めました。", "The seller was asked to act again."),
    form=forms.MessageForm,
    verb=actions.say_unsolved,
    key="trouble",
)
DANGER = Act(
    slug="danger",
    deed=Deed.RAISE_HARM,
    title=Text("今、危険なことがありますか", "Is it dangerous now?"),
    link=Text(
        "今、危険です（けが・やけど・煙・発火など）", "It is dangerous now: injury, burns, smoke, fire"
    ),
    lead=Text(
        "けがや火のおそれがあるときは、先に119番へ電話してください。使うのをやめ、商品は捨てずに取っておいてください。"
        "何が起きたかを短くお書きください。出品者と相談窓口にすぐ知らせます。",
        "If there is injury or fire, please call 119 first. Stop using the goods, and keep them. Please write in a few words "
        "what happened: the seller and the centre are told at once.",
    ),
    button=Text("危険だと知らせる", "Report the danger"),
    done=Text(
        "出品者と相談窓口にすぐ知らせました。使うのをやめ、商品は取っておいてください。",
        "The seller and the centre were told at once. Please stop using the goods, and keep them.",
    ),
    form=forms.MessageForm,
    verb=actions.raise_harm,
    key="trouble",
    tone="grave",
)
SOLVE = Act(
    slug="solved",
    deed=Deed.SOLVE,
    title=Text("解決しましたか", "Is it solved?"),
    link=Text("解決したと伝える", "Say that it is solved"),
    lead=Text(
        "解決したと伝えると、このやり取りは終わります。また困ったときは、同じ注文からもう一度お知らせいただけます。",
        "If you say so, this conversation ends. If there is trouble again, you can report it from the same order.",
    ),
    button=Text("解決した", "It is solved"),
    done=Text(
        "解決してよかったです。このやり取りは終わりました。", "We are glad. This conversation has ended."
    ),
    form=EndForm,
    verb=actions.solve,
    key="trouble",
    asks=_waits,
)
WITHDRAW = Act(
    slug="withdraw",
    deed=Deed.WITHDRAW,
    title=Text("取り下げますか", "Withdraw it?"),
    link=Text("取り下げる", "Withdraw"),
    lead=Text(
        "取り下げると、出品者への催促も窓口の仲介も終わります。同じ注文から、あとでもう一度お知らせいただけます。",
        "The seller is no longer urged and the centre no longer helps. You can report it again from the same order.",
    ),
    button=Text("取り下げる", "Withdraw"),
    done=Text("取り下げました。", "Withdrawn."),
    form=EndForm,
    verb=actions.withdraw,
    key="trouble",
    asks=_waits,
    tone="grave",
)
CLOSE = Act(
    slug="close",
    deed=Deed.CLOSE_THREAD,
    title=Text("質問を終えますか", "Close the question?"),
    link=Text("質問を終える", "Close the question"),
    lead=Text(
        "終えると、このやり取りには書き足せなくなります。",
        "You cannot write in this conversation afterwards.",
    ),
    button=Text("質問を終える", "Close the question"),
    done=Text("質問を終えました。", "The question is closed."),
    form=forms.NothingForm,
    verb=actions.close_thread,
)
MEDIATE = Act(
    slug="mediation",
    deed=Deed.REQUEST_MEDIATION,
    title=Text("相談窓口に間に入ってもらう", "Ask the centre to step in"),
    link=Text("相談窓口に間に入ってもらう", "Ask the centre to step in"),
    lead=Text(
        "相談窓口の担当者が、出品者とあなたの間に入って解決をお手伝いします。費用はかかりません。どちらが正しいかを決めるものではありません。",
        "An agent of the centre helps you and the seller to find a solution. It costs nothing. It is not a ruling.",
    ),
    button=Text("間に入ってもらう", "Ask the centre"),
    done=Text(
        "相談窓口に伝えました。担当者が出品者に連絡します。",
        "The centre knows. An agent contacts the seller.",
    ),
    form=forms.ConsentForm,
    verb=actions.request_mediation,
    key="trouble",
)
READING = Act(
    slug="reading",
    deed=Deed.LET_READ,
    title=Text("窓口が読むことについて", "Whether the centre may read"),
    link=Text("窓口が読んでよいかを変える", "Change whether the centre may read"),
    lead=Text(
        "いつでも変えられます。すでに読まれたものは、取り消せません。",
        "You can change this at any time. What has been read already cannot be unread.",
    ),
    button=Text("この答えにする", "Keep this answer"),
    done=Text("答えを変えました。", "Your answer was changed."),
    form=forms.ConsentForm,
    verb=actions.let_read,
)
REACHED = {
    "reach": Text(
        "出品者に知らせました。いつでもやめられます。",
        "The seller can see it now. You can stop it at any time.",
    ),
    "unreach": Text("知らせるのをやめました。", "The seller is no longer shown it."),
}
SENT = Act(
    slug="sent",
    deed=Deed.NOTE_SENT,
    title=Text("商品を送りましたか", "Have you sent the goods?"),
    link=Text("商品を送った", "I have sent the goods"),
    lead=Text(
        "荷物を渡したあとにお知らせください。控えの追跡番号があれば、いっしょにご記入ください。",
        "Please tell us when you have handed the parcel over, with the tracking number if you have one.",
    ),
    button=Text("送ったと伝える", "Say that it was sent"),
    done=Text("承りました。届いたらお知らせします。", "Thank you. We will tell you when they are here."),
    form=ParcelForm,
    verb=actions.note_sent,
    key="trouble",
)
CENTRE = to_centre(by_seller=False)
ACTS = (SENT, WRITE, UNSOLVED, DANGER, SOLVE, WITHDRAW, CLOSE, MEDIATE, READING, CENTRE, *OFFERS)
BY_SLUG = {act.slug: act for act in ACTS}
DONE = REACHED | {act.slug: act.done for act in ACTS}
ASIDE = (SENT, CENTRE, MEDIATE, SOLVE, UNSOLVED, CLOSE, READING, WITHDRAW)


@open_to(Role.BUYER)
def listed(request: Visit) -> HttpResponse:
    """Show the buyer's threads, the open ones first."""
    page = lists.of_buyer(buyer_of(actor_of(request)), cursor=request.GET.get("cursor", ""))
    return render(request, "contact/buyer/threads.html", {"page": page})


@open_to(*READERS)
def shown(request: Visit, number: str) -> HttpResponse:
    """Show one thread: where it stands, what was said, what can be done; a notice's number leads to the notice."""
    actor = actor_of(request)
    try:
        page = threads.page_of(actor, number)
    except NothingHere:
        known = formals.page_of(actor, number)
        return HttpResponseRedirect(reverse("contact_buyer:formal", args=(known.number,)))
    return render(
        request,
        "contact/buyer/thread.html",
        {
            "page": page,
            "roads": _roads(page),
            "done": done_text(request, DONE),
            "records": records(actor, page.about),
            "form": forms.MessageForm(),
            "token": new_token(),
            "accept_token": new_token(),
            "may": {deed.value: True for deed in page.deeds},
            "replies": [act for act in REPLIES if act.deed in page.deeds],
            "aside": _aside(page),
            "seller": registered(page.seller_ref),
            "stop": STOP_USING,
        },
    )


def _roads(page: ThreadPage) -> tuple[Road, ...]:
    """Return where else to turn when a trouble has ended without a remedy, or with a part of the money."""
    ended = page.matter.trouble
    if ended is not TroubleState.DECLINED and not (ended is TroubleState.MADE_GOOD and page.part):
        return ()
    order = market.order(page.order_ref)
    return roads(claim=order.left if order else 0)


def _aside(page: ThreadPage) -> list[Act]:
    """Return what else can be done, without what has a button of its own already; a proposal that waits takes the buttons."""
    buttons = {UNSOLVED, SOLVE, CLOSE} if page.standing.turn is Turn.YOURS else {UNSOLVED}
    if page.waiting_offer:
        buttons = set()
    return [act for act in ASIDE if act.deed in page.deeds and act not in buttons]


@open_to(*READERS)
def deed(request: Visit, number: str, slug: str) -> HttpResponse:
    """Show or do one of the things that a buyer can do with a thread."""
    act = BY_SLUG.get(slug)
    if act is None:
        raise NothingHere()
    return do_deed(request, number, act, base=reverse("contact_buyer:thread", args=(number,)))


@open_to(*READERS)
def saved(request: Visit, number: str) -> HttpResponse:
    """Give the record to its buyer, or as much of it as the page shows to whoever helps."""
    return _file(actor_of(request), number)


def record_pdf(*, buyer: str, number: str, at: datetime) -> HttpResponse:
    """Return the record of a conversation as its buyer sees it at that moment, to be saved; the caller answers for the right.

    `buyer` is the marketplace's reference of the buyer (`B-1`), `number` the case number as it is shown.
    """
    return _file(Actor(by=f"buyer:{buyer}", role=Role.BUYER, at=at, via="record"), number)


def _file(actor: Actor, number: str) -> HttpResponse:
    whole = paper(actor, number, operator=operator(actor.at).name)
    return papers.answer(whole, at=actor.at, name=f"record-{whole['foot']}")
