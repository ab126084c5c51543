"""A buyer sends a formal notice; both sides see it word for word, when it arrived, what was answered, what can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from mamori.grammar.actor import SELLERS, Actor, Role
from mamori.grammar.formal import Sold
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.web.access import open_to
from mamori.ground.web.once import form_key, new_token, once, was_led
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.steps import Answers, Question, Steps, plain
from mamori.ground.web.wording import Row, language, localized
from mamori.japan.calendar import JAPAN
from mamori.law.citations import ARRIVAL
from mamori.law.formal import MINOR
from mamori.rooms.contact import actions
from mamori.rooms.contact.finding import NothingHere, buyer_of
from mamori.rooms.contact.formal import forms as formalforms, queries as formals, records
from mamori.rooms.contact.formal.lifecycle import FormalState
from mamori.rooms.contact.formal.queries import FormalPage, counted_text
from mamori.rooms.contact.formal.rules import Wish, composed, explained
from mamori.rooms.contact.forms import NothingForm
from mamori.rooms.contact.queries import thread as threads
from mamori.rooms.contact.queries.paper import records as record_of
from mamori.rooms.contact.views import before
from mamori.rooms.contact.views.before import order_form, order_rows

KIND_TITLE = Text("出品者に何を伝えますか", "What do you declare to the seller?")
ORDER_TITLE = Text("どの注文についてですか", "Which order is it about?")
SENDER_TITLE = Text("通知するのはどなたですか", "Who sends this notice?")
RECEIVED_TITLE = Text("商品を受け取ったのはいつですか", "When did you receive the goods?")
REASON_TITLE = Text("理由や写真を添えますか", "Would you like to add reasons or photos?")


def _today(request: Visit) -> date:
    return request.received_at.astimezone(JAPAN).date()


def _kind_form(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
    """Offer what the law bears for the order that the address names, and what somebody came for."""
    order = market.order(request.GET.get("order", "")[:64])
    is_own = order is not None and order.buyer_ref == buyer_of(actor_of(request))
    sold = records.sold(order.seller_ref, order) if order is not None and is_own else Sold()
    return formalforms.KindForm(data, sold=sold, wanted=request.GET.get("kind", ""))


def _received_form(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
    return formalforms.ReceivedForm(data, today=_today(request), order=answers["order"]["order_fact"])


def _reason_form(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
    """Take files only with what was posted just now: what was kept carries them already."""
    files = request.FILES if data is request.POST else None
    return formalforms.ReasonForm(data, files, actor=actor_of(request))


def _reason_rows(form: BaseForm) -> Iterator[Row]:
    yield Row(label=Text("理由", "Reasons"), value=form.cleaned_data["reason"])
    if names := [one.name for one in form.cleaned_data["files"].files]:
        yield Row(label=Text("添える写真や書類", "Photos or papers with it"), value="\n".join(names))


def _given(request: Visit) -> dict[str, dict[str, list[str]]]:
    """Take from the address which notice and which order it is: a button has said so already."""
    found: dict[str, dict[str, list[str]]] = {}
    if (kind := request.GET.get("kind", "")) in records.NOTICES:
        found["kind"] = {"kind": [kind]}
    if order := request.GET.get("order", "")[:64]:
        found["order"] = {"other": [order]}
    return found


def _wish(answers: Answers) -> Wish:
    return records.wish_of(
        answers["kind"]["kind"],
        answers["order"]["order_fact"],
        received_on=answers["received"]["received_on"],
        sender=answers.get("sender", {}).get("sender"),
        reason=answers["reason"]["reason"],
        files=len(answers["reason"]["files"].files),
    )


def _beside(request: Visit, step: str, answers: Answers) -> str:
    """Explain the notice beside the questions."""
    notice = records.NOTICES.get(answers.get("kind", {}).get("kind", ""))
    if notice is None:
        return ""
    shown = {"notice": explained(notice, _sold(answers)), "arrival": ARRIVAL}
    return render_to_string("contact/formal/beside.html", shown, request)


def _sold(answers: Answers) -> Sold:
    """Return what is known of the sale, once it is known which order it is about."""
    order = answers.get("order", {}).get("order_fact")
    return records.sold(order.seller_ref, order) if order else Sold()


def _above(request: Visit, answers: Answers) -> str:
    """Show the exact text and the days that are counted, before the button that sends it."""
    wish = _wish(answers)
    counted = counted_text(wish.notice, _sold(answers), wish.received_on, _today(request))
    text = composed(wish, language())
    return render_to_string("contact/formal/exact.html", {"text": text, "counted": counted}, request)


def _send(request: Visit, answers: Answers, token: str) -> str:
    actor, wish = actor_of(request), _wish(answers)

    def do() -> str:
        formal = actions.send_formal(
            actor,
            notice=wish.notice.code,
            order_ref=wish.order_ref,
            received_on=wish.received_on,
            sender=wish.sender,
            reason=wish.reason,
            lang=language(),
            ready=answers["reason"]["files"],
        )
        return reverse("contact_buyer:formal", args=(records.number_of(formal),)) + "?done=sent"

    return once(actor, token, do)


STEPS = Steps(
    name="formal",
    title=Text("返品・取消しなどの通知を送る", "Send a formal notice"),
    questions=(
        Question(name="kind", title=KIND_TITLE, form=_kind_form),
        Question(name="order", title=ORDER_TITLE, form=order_form, rows=order_rows),
        Question(
            name="sender",
            title=SENDER_TITLE,
            form=plain(formalforms.SenderForm),
            asked=lambda answers: answers["kind"]["kind"] == MINOR.code,
        ),
        Question(name="received", title=RECEIVED_TITLE, form=_received_form),
        Question(name="reason", title=REASON_TITLE, form=_reason_form, rows=_reason_rows),
    ),
    send=_send,
    given=_given,
    beside=_beside,
    above=_above,
    send_text=Text("この文章で通知する", "Send this notice"),
    check_lead=Text(
        "下の文章が、一字も変えずに出品者へ届きます。届いた日時を記録し、受領証をお渡しします。",
        "The text below reaches the seller without a letter changed. The moment of its arrival is recorded, with a receipt.",
    ),
)


@open_to(Role.BUYER)
def begin(request: Visit, step: str = "") -> HttpResponse:
    """Ask what a notice needs, page by page, and show its exact text before it is sent."""
    return STEPS.page(request, step, base=reverse("contact_buyer:formal-new"))


type Do = Callable[[Actor, int, dict[str, Any]], None]


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
    do: Do
    form: type[BaseForm] = NothingForm

    def is_on(self, page: FormalPage, role: Role) -> bool:
        """Say whether the party can do it now."""
        is_there = self.step in page.steps if self.step else page.row.shared_at is None
        return is_there and role in self.roles


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
        do=lambda actor, formal, given: actions.settle_formal(actor, formal=formal),
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
        do=lambda actor, formal, given: actions.go_along(actor, formal=formal, said=given["said"]),
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
        do=lambda actor, formal, given: actions.dispute(actor, formal=formal, said=given["said"]),
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
        do=lambda actor, formal, given: actions.share_formal(actor, formal=formal),
    ),
)
BY_SLUG = {act.slug: act for act in ACTS}


class Way(NamedTuple):
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


def _shown(request: Visit, number: str) -> HttpResponse:
    """Show a party the notice in full, its arrival, its receipt, what became of it and what can be done."""
    actor = actor_of(request)
    page = formals.page_of(actor, number)
    done = request.GET.get("done", "") if was_led(actor, request.get_full_path()) else ""
    ways, is_seller = _ways(actor, page), actor.role in SELLERS
    first = LEADING.get((FormalState(page.row.state), is_seller), ())
    shown = {
        "page": page,
        "home": reverse("contact_seller:inbox" if actor.role in SELLERS else "contact_buyer:threads"),
        "leading": [way for way in ways if way.name in first],
        "ways": [way for way in ways if way.name not in first],
        "records": record_of(actor, page.about),
        "is_seller": is_seller,
        "done": SENT if done == "sent" else BY_SLUG[done].done if done in BY_SLUG else None,
        "was_sent": done == "sent",
        "arrival": ARRIVAL,
    }
    return render(request, "contact/formal/page.html", shown)


def _at(actor: Actor, page: str) -> str:
    """Return one of the pages' names as the party's own addresses have it."""
    return f"contact_{'seller' if actor.role in SELLERS else 'buyer'}:{page}"


def _ways(actor: Actor, page: FormalPage) -> list[Way]:
    """Return everything that the party can do now, and where it is done."""
    found = [
        Way(act.slug, act.title, reverse(_at(actor, "formal-deed"), args=(page.number, act.slug)))
        for act in ACTS
        if act.is_on(page, actor.role)
    ]
    if actor.role in SELLERS:
        return found
    if already := threads.open_about(actor, page.row.order_ref):
        found.append(Way(HELP, CONVERSATION, reverse("contact_buyer:thread", args=(already,))))
    elif not page.row.closed_at:
        asked = urlencode({"order": page.row.order_ref})
        found.append(Way(HELP, REPORT, f"{reverse('contact_buyer:report')}?{asked}"))
    return found


def _deed(request: Visit, number: str, slug: str) -> HttpResponse:
    """Show or do one of the things that a party can do with a notice."""
    actor, act = actor_of(request), BY_SLUG.get(slug)
    page, base = formals.page_of(actor, number), reverse(_at(actor, "formal"), args=(number,))
    if act is None or actor.role not in act.roles:
        raise NothingHere()
    if request.method != "POST":
        if not act.is_on(page, actor.role):
            return HttpResponseRedirect(base)
        return _ask(request, page, act, act.form(), base=base)
    form = act.form(before.given(request))
    if not form.is_valid():
        return _ask(request, page, act, form, base=base, status=422)

    writing = before.Writing(  # a seller sees first what a machine noticed; in no mode is any of it hidden
        title=act.title,
        seller_ref=page.row.seller_ref,
        buyer_ref=page.row.buyer_ref,
        back=base,
        may_hide=False,
    )

    def do() -> str:
        act.do(actor, page.row.pk, form.cleaned_data)
        return f"{base}?done={act.slug}"

    try:
        said = form.cleaned_data.get("said")
        stop = before.stop(request, said, writing) if said else None
        return stop or HttpResponseRedirect(once(actor, form_key(request), do))
    except NothingHere:
        raise
    except Refusal as refusal:
        form.add_error(None, localized(refusal.sentence))
        return _ask(request, page, act, form, base=base, status=refusal.status)


def _ask(
    request: Visit, page: FormalPage, act: FormalAct, form: BaseForm, *, base: str, status: int = 200
) -> HttpResponse:
    token = request.POST.get("token") or new_token()
    shown = {"page": page, "act": act, "form": form, "base": base, "token": token}
    return render(request, "contact/formal/deed.html", shown, status=status)


def _listed(request: Visit) -> HttpResponse:
    """Show a party all of its notices: those that go on, or those that ended."""
    actor, ended = actor_of(request), request.GET.get("show") == "ended"
    shown = {
        "notices": formals.listed(actor, ended=ended, cursor=request.GET.get("cursor", "")),
        "ended": ended,
        "home": reverse("contact_seller:inbox" if actor.role in SELLERS else "contact_buyer:threads"),
        "page": _at(actor, "formal"),
        "is_seller": actor.role in SELLERS,
    }
    return render(request, "contact/formal/list.html", shown)


def _opened(show: Callable[..., HttpResponse], *roles: Role) -> Callable[..., HttpResponse]:
    """Return the page for these roles alone: each side has addresses of its own."""

    @open_to(*roles)
    @wraps(show)
    def view(request: Visit, **at: str) -> HttpResponse:
        return show(request, **at)

    return view


of_buyer, of_seller = _opened(_shown, Role.BUYER), _opened(_shown, *SELLERS)
buyers_deed, sellers_deed = _opened(_deed, Role.BUYER), _opened(_deed, *SELLERS)
all_of_buyer, all_of_seller = _opened(_listed, Role.BUYER), _opened(_listed, *SELLERS)
