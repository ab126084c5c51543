"""A formal notice as each side sees it: word for word, when it arrived, what was answered, what can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import SELLERS, Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.access import open_to
from mamori.ground.web.once import form_key, new_token, once, was_led
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told
from mamori.law.citations import ARRIVAL
from mamori.rooms.contact import actions, formalforms, forms
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.lifecycle.formal import FormalState
from mamori.rooms.contact.queries import formal as formals
from mamori.rooms.contact.queries import thread as threads
from mamori.rooms.contact.queries.formal import FormalPage
from mamori.rooms.contact.queries.records import records
from mamori.rooms.contact.views import before

type Do = Callable[[Hand, int, dict[str, Any]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormalAct:
    """Something a party can do with a notice: when it is on, its words, its form, and the action."""

    slug: str
    step: str
    roles: frozenset[Role]
    title: Text
    lead: Text
    button: Text
    done: Text
    form: type[BaseForm]
    do: Do

    def is_on(self, page: FormalPage, role: Role) -> bool:
        """Say whether the party can do it now."""
        if role not in self.roles:
            return False
        return self.step in page.steps if self.step else not page.shared


ACTS = (
    FormalAct(
        slug="settled",
        step="settle",
        roles=frozenset({Role.BUYER}),
        title=Text("手続きが済んだと伝える", "Say that it is settled"),
        lead=Text(
            "返金などが済んだときにお使いください。見守りを終えます。届いた記録は残ります。",
            "For when you have your refund or whatever follows. We stop following it; the record of its arrival stays.",
        ),
        button=Text("手続きが済んだ", "It is settled"),
        done=Text("承りました。", "Thank you for telling us."),
        form=forms.NothingForm,
        do=lambda hand, formal, given: actions.settle_formal(hand, formal=formal),
    ),
    FormalAct(
        slug="go-along",
        step="go_along",
        roles=frozenset(SELLERS),
        title=Text("通知に応じる", "Go along with it"),
        lead=Text(
            "購入者に、応じることと、これからの手続きが伝わります。あとから「争う」に変えることはできません。",
            "The buyer is told that you go along with it, and what happens next. You cannot dispute it afterwards.",
        ),
        button=Text("応じると答える", "Say so"),
        done=Text("購入者に伝えました。", "The buyer has been told."),
        form=formalforms.GoAlongForm,
        do=lambda hand, formal, given: actions.go_along(hand, formal=formal, said=given["said"]),
    ),
    FormalAct(
        slug="dispute",
        step="dispute",
        roles=frozenset(SELLERS),
        title=Text("通知を争う", "Dispute it"),
        lead=Text(
            "理由が購入者に伝わります。あとから「応じる」に変えられます。通知が届いたことは変わりません。どちらが正しいかを、この画面が決めることはありません。",
            "The buyer is told your reasons. You can still go along with it later. That the notice arrived does not change. "
            "Nothing here decides who is right.",
        ),
        button=Text("争うと答える", "Say that you dispute it"),
        done=Text("購入者に伝えました。", "The buyer has been told."),
        form=formalforms.DisputeForm,
        do=lambda hand, formal, given: actions.dispute(hand, formal=formal, said=given["said"]),
    ),
    FormalAct(
        slug="share",
        step="",
        roles=frozenset({Role.BUYER, *SELLERS}),
        title=Text("相談窓口に見せる", "Show it to the centre"),
        lead=Text(
            "この通知の文章と出品者の返事を、相談窓口の担当者が読めるようになります。取り消せません。読んだことは双方に示します。",
            "The staff of the centre can then read this notice and the answer to it. This cannot be undone; both sides see when "
            "it was read.",
        ),
        button=Text("窓口に見せる", "Show it to the centre"),
        done=Text("相談窓口が読めるようにしました。", "The centre can read it now."),
        form=forms.NothingForm,
        do=lambda hand, formal, given: actions.share_formal(hand, formal=formal),
    ),
)
BY_SLUG = {act.slug: act for act in ACTS}


@dataclass(frozen=True, slots=True)
class Way:
    """Something that can be done from the page of a notice, and where."""

    name: str
    text: Text
    to: str


HELP = "help"
REPORT = Text(
    "困りごととして伝え、相談窓口に間に入ってもらう", "Report it as a trouble, so that the centre helps"
)
CONVERSATION = Text("この注文の困りごとのやり取りを開く", "Open the conversation about this order")
LEADING: dict[tuple[FormalState, bool], tuple[str, ...]] = {
    (FormalState.ARRIVED, True): ("go-along", "dispute"),
    (FormalState.UNANSWERED, True): ("go-along", "dispute"),
    (FormalState.ACKNOWLEDGED, False): ("settled",),
    (FormalState.UNANSWERED, False): (HELP,),
    (FormalState.DISPUTED, False): (HELP,),
}
"""What stands out as a button, by state and whether it is the seller's page: the thing that is next."""
SENT = Text("出品者に届けました。", "It was delivered to the seller.")


@open_to(Role.BUYER)
def of_buyer(request: Visit, number: str) -> HttpResponse:
    """Show a buyer the notice, its arrival, its receipt and what became of it."""
    return _shown(request, number, home=reverse("contact_buyer:threads"), deed="contact_buyer:formal-deed")


@open_to(*SELLERS)
def of_seller(request: Visit, number: str) -> HttpResponse:
    """Show a seller the notice in full, and how to answer it."""
    return _shown(request, number, home=reverse("contact_seller:inbox"), deed="contact_seller:formal-deed")


@open_to(Role.BUYER)
def buyers_deed(request: Visit, number: str, slug: str) -> HttpResponse:
    """Show or do one of the things that a buyer can do with a notice."""
    return _deed(request, number, slug, base=reverse("contact_buyer:formal", args=(number,)))


@open_to(*SELLERS)
def sellers_deed(request: Visit, number: str, slug: str) -> HttpResponse:
    """Show or do one of the things that a seller can do with a notice."""
    return _deed(request, number, slug, base=reverse("contact_seller:formal", args=(number,)))


def _shown(request: Visit, number: str, *, home: str, deed: str) -> HttpResponse:
    hand = hand_of(request)
    page = formals.page_of(hand, number)
    done = request.GET.get("done", "") if was_led(hand, request.get_full_path()) else ""
    ways, is_seller = _ways(hand, page, deed), hand.role in SELLERS
    first = LEADING.get((page.state, is_seller), ())
    shown = {
        "page": page,
        "home": home,
        "leading": [way for way in ways if way.name in first],
        "ways": [way for way in ways if way.name not in first],
        "records": records(hand, page.about),
        "is_seller": is_seller,
        "done": SENT if done == "sent" else BY_SLUG[done].done if done in BY_SLUG else None,
        "was_sent": done == "sent",
        "arrival": ARRIVAL,
    }
    return render(request, "contact/formal/page.html", shown)


def _ways(hand: Hand, page: FormalPage, deed: str) -> list[Way]:
    """Return everything that the party can do now, and where it is done."""
    found = [
        Way(act.slug, act.title, reverse(deed, args=(page.number, act.slug)))
        for act in ACTS
        if act.is_on(page, hand.role)
    ]
    if hand.role in SELLERS:
        return found
    if already := threads.open_about(hand, page.order_ref):
        found.append(Way(HELP, CONVERSATION, reverse("contact_buyer:thread", args=(already,))))
    elif not page.closed_at:
        asked = urlencode({"order": page.order_ref})
        found.append(Way(HELP, REPORT, f"{reverse('contact_buyer:report')}?{asked}"))
    return found


def _deed(request: Visit, number: str, slug: str, *, base: str) -> HttpResponse:
    hand = hand_of(request)
    page, act = formals.page_of(hand, number), BY_SLUG.get(slug)
    if act is None or hand.role not in act.roles:
        raise NothingHere()
    if request.method != "POST":
        if not act.is_on(page, hand.role):
            return HttpResponseRedirect(base)
        return _ask(request, page, act, act.form(), base=base)
    form = act.form(before.given(request))
    if not form.is_valid():
        return _ask(request, page, act, form, base=base, status=422)

    def do() -> str:
        act.do(hand, page.formal, form.cleaned_data)
        return f"{base}?done={act.slug}"

    try:
        return _warned(request, page, act, form, base) or HttpResponseRedirect(
            once(hand, form_key(request), do)
        )
    except NothingHere:
        raise
    except Refusal as refusal:
        form.add_error(None, told(refusal.sentence))
        return _ask(request, page, act, form, base=base, status=refusal.status)


def _warned(
    request: Visit, page: FormalPage, act: FormalAct, form: BaseForm, base: str
) -> HttpResponse | None:
    """Show a seller first what a machine noticed in its answer, which goes as it likes; in no mode is any of it hidden."""
    if not (said := form.cleaned_data.get("said")):
        return None
    writing = before.Writing(
        title=act.title, seller_ref=page.seller_ref, buyer_ref=page.buyer_ref, back=base, may_hide=False
    )
    return before.stop(request, said, writing)


def _ask(
    request: Visit, page: FormalPage, act: FormalAct, form: BaseForm, *, base: str, status: int = 200
) -> HttpResponse:
    shown = {
        "page": page,
        "act": act,
        "form": form,
        "base": base,
        "token": request.POST.get("token") or new_token(),
    }
    return render(request, "contact/formal/deed.html", shown, status=status)
