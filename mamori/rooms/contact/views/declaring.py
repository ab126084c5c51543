"""A buyer sends a formal notice: what it means, a few questions, the exact text to check, sent once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from mamori.grammar.formal import Sold
from mamori.grammar.hand import Role
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.web.access import open_to
from mamori.ground.web.once import once
from mamori.ground.web.parts import Row
from mamori.ground.web.questions import Answers, Question, plain
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.steps import Steps
from mamori.ground.web.wording import language
from mamori.japan.calendar import JAPAN
from mamori.law.citations import ARRIVAL
from mamori.law.formal import MINOR
from mamori.rooms.contact import actions, formalforms, formally
from mamori.rooms.contact.actions.formal_sending import wish_of
from mamori.rooms.contact.finding import buyer_of
from mamori.rooms.contact.queries.formal import counted_text
from mamori.rooms.contact.rules.formal import Wish, composed, explained, reckon
from mamori.rooms.contact.views.ordering import order_form, order_rows

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
    is_own = order is not None and order.buyer_ref == buyer_of(hand_of(request))
    sold = formally.sold(order.seller_ref, order) if order is not None and is_own else Sold()
    return formalforms.KindForm(data, sold=sold, wanted=request.GET.get("kind", ""))


def _received_form(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
    return formalforms.ReceivedForm(data, today=_today(request), order=answers["order"]["order_fact"])


def _reason_form(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
    """Take files only with what was posted just now: what was kept carries them already."""
    files = request.FILES if data is request.POST else None
    return formalforms.ReasonForm(data, files, hand=hand_of(request))


def _reason_rows(form: BaseForm) -> Iterator[Row]:
    yield Row(label=Text("理由", "Reasons"), value=form.cleaned_data["reason"])
    if names := [one.name for one in form.cleaned_data["files"].files]:
        yield Row(label=Text("添える写真や書類", "Photos or papers with it"), value="\n".join(names))


def _given(request: Visit) -> dict[str, dict[str, list[str]]]:
    """Take from the address which notice and which order it is: a button has said so already."""
    found: dict[str, dict[str, list[str]]] = {}
    if (kind := request.GET.get("kind", "")) in formally.NOTICES:
        found["kind"] = {"kind": [kind]}
    if order := request.GET.get("order", "")[:64]:
        found["order"] = {"other": [order]}
    return found


def _wish(answers: Answers) -> Wish:
    return wish_of(
        notice=formally.NOTICES[answers["kind"]["kind"]],
        order=answers["order"]["order_fact"],
        received_on=answers["received"]["received_on"],
        sender=answers.get("sender", {}).get("sender"),
        reason=answers["reason"]["reason"],
        files=len(answers["reason"]["files"].files),
    )


def _beside(request: Visit, step: str, answers: Answers) -> str:
    """Explain the notice beside the questions."""
    notice = formally.NOTICES.get(answers.get("kind", {}).get("kind", ""))
    if notice is None:
        return ""
    shown = {"notice": explained(notice, _sold(answers)), "arrival": ARRIVAL}
    return render_to_string("contact/formal/beside.html", shown, request)


def _sold(answers: Answers) -> Sold:
    """Return what is known of the sale, once it is known which order it is about."""
    order = answers.get("order", {}).get("order_fact")
    return formally.sold(order.seller_ref, order) if order else Sold()


def _above(request: Visit, answers: Answers) -> str:
    """Show the exact text and the days that are counted, before the button that sends it."""
    wish = _wish(answers)
    shown: dict[str, Any] = {"text": composed(wish, language())}
    counted = reckon(
        wish.notice, sold=_sold(answers), received_on=wish.received_on, arrived_on=_today(request)
    )
    if counted and wish.received_on:
        shown["counted"] = counted_text(counted, received_on=wish.received_on, arrived_on=_today(request))
    return render_to_string("contact/formal/exact.html", shown, request)


def _send(request: Visit, answers: Answers, token: str) -> str:
    hand, wish = hand_of(request), _wish(answers)

    def do() -> str:
        formal = actions.send_formal(
            hand,
            notice=wish.notice.code,
            order_ref=wish.order_ref,
            received_on=wish.received_on,
            sender=wish.sender,
            reason=wish.reason,
            lang=language(),
            ready=answers["reason"]["files"],
        )
        return reverse("contact_buyer:formal", args=(formally.number_of(formal),)) + "?done=sent"

    return once(hand, token, do)


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
