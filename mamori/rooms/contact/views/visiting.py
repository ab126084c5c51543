"""Asking before a purchase without an account: the question, the code for the address, the page that its mail leads to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django import forms as fields
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.market import facts as market
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.once import form_key, new_token, once
from mamori.ground.web.signing.origin import neighbourhood
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import language, said, said_text, told
from mamori.rooms.contact import actions, forms, keeping, visitors
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.queries import thread as threads
from mamori.rooms.contact.queries.goods import goods_name, heading, listing_name
from mamori.rooms.contact.topics import TOPICS, Topic


class VisitorForm(HouseForm):
    """What is asked about which goods, and the address that the question will belong to."""

    field_order = ("listing", "topic", "said", "mail")

    listing = forms.RefField(
        label=said("商品番号", "Number of the goods"),
        help_text=said("商品ページに載っています。", "It stands on the product page."),
        max_length=128,
    )
    topic = fields.TypedChoiceField(
        label=said("何についての質問ですか", "What is the question about?"),
        choices=[(one.value, said_text(heading(TOPICS[one]))) for one in forms.OF_A_QUESTION],
        coerce=Topic,
        widget=fields.RadioSelect,
    )
    mail = fields.EmailField(
        label=said("メールアドレス", "Your mail address"),
        help_text=said(
            "確認コードと、回答を読むページをお送りします。出品者には伝わりません。",
            "A code goes there, and later the page with the answer. The seller never learns it.",
        ),
        max_length=254,
        widget=fields.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "none"}),
    )
    said = forms.WordsField(
        label=said("何を知りたいですか", "What would you like to know?"),
        help_text=said(
            "出品者に届きます。お名前や電話番号、住所、メールアドレスは、ここには書かないでください。",
            "The seller receives it. Please do not write your name, telephone number or any address here.",
        ),
        widget=fields.Textarea(attrs={"rows": 6}),
    )


class QuestionCodeForm(HouseForm):
    """The code that was mailed."""

    code = fields.CharField(
        label=said("確認コード（8桁）", "Code (8 digits)"),
        max_length=40,
        widget=fields.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


def _nobody(request: Visit) -> Hand:
    """Return the hand of nobody: who is signed in is not known to what is done here."""
    return replace(hand_of(request), by="anonymous", role=Role.ANONYMOUS, request="")


def ask(request: Visit) -> HttpResponse:
    """Take a question of somebody without an account; without mail say whom to call instead."""
    if not settings.MAMORI_MAIL:
        status = 409 if request.method == "POST" else 200
        return render(request, "contact/visitor/nomail.html", status=status)
    wanted = request.GET.get("listing", "").replace("\0", "")[:128]
    if request.method != "POST":
        form = VisitorForm(initial={"listing": wanted})
        return render(request, "contact/visitor/ask.html", {"form": form, "token": new_token()})
    form = VisitorForm(request.POST)
    status = 422
    if form.is_valid():
        ticket = visitors.secret_of(form_key(request) or new_token())
        given = {name: form.cleaned_data[name] for name in ("topic", "said", "mail")}
        try:
            actions.begin_question(
                _nobody(request),
                ticket=ticket,
                listing_ref=form.cleaned_data["listing"],
                source=neighbourhood(request),
                language=language(),
                **given,
            )
            return HttpResponseRedirect(reverse("contact_buyer:ask-code", args=(ticket,)))
        except Refusal as refusal:
            form.add_error(None, told(refusal.sentence))
            status = refusal.status
    token = request.POST.get("token") or new_token()
    return render(request, "contact/visitor/ask.html", {"form": form, "token": token}, status=status)


@open_to(*EVERYONE)
def code(request: Visit, ticket: str) -> HttpResponse:
    """Show what waits for its code, try one, or send another; once it was right, say where the question is read.

    :raises NoQuestionHere: when nothing waits here.
    """
    row, hand, status = visitors.waiting(ticket), _nobody(request), 200
    again = "again" in request.POST
    form = QuestionCodeForm(request.POST if request.method == "POST" and not again else None)
    if request.method == "POST" and row.proven_at is None:
        try:
            if again:
                actions.send_code_again(hand, ticket=ticket)
                return HttpResponseRedirect(f"{request.path}?sent")
            status = 422
            if form.is_valid():
                actions.prove_question(hand, ticket=ticket, code=form.cleaned_data["code"])
                return HttpResponseRedirect(request.path)
        except visitors.NoQuestionHere:
            raise
        except Refusal as refusal:
            status = refusal.status
            if again:
                form = QuestionCodeForm({})
                form.errors.clear()
            form.add_error(None, told(refusal.sentence))
    shown: dict[str, Any] = {"form": form, "is_sent": "sent" in request.GET, "is_proven": False}
    if row.proven_at is not None:
        number = keeping.case_number(keeping.about(row.thread)) if row.thread else ""
        shown |= {"is_proven": True, "number": number}
    else:
        asked = visitors.said_of(row)
        shown |= {"asked": asked, "goods": listing_name(market.listing(asked.listing))}
    return _kept_nowhere(render(request, "contact/visitor/code.html", shown, status=status))


@open_to(*EVERYONE)
def mine(request: Visit, secret: str) -> HttpResponse:
    """Show a question to whoever has the address of its page, take further words, or close it.

    :raises NoQuestionHere: when nobody's question has this page.
    """
    row = visitors.by_page(secret)
    assert row.thread is not None
    hand, thread, status = visitors.hand_for(row, hand_of(request)), row.thread.pk, 200
    closes = "close" in request.POST
    form = forms.AskedForm(request.POST if request.method == "POST" and not closes else None)
    if request.method == "POST":
        status = 422
        try:
            if closes:
                return _done(request, hand, lambda: actions.close_thread(hand, thread=thread))
            if form.is_valid():
                words = form.cleaned_data["said"]
                return _done(request, hand, lambda: actions.write(hand, thread=thread, said=words))
        except NothingHere:
            raise
        except Refusal as refusal:
            form.add_error(None, told(refusal.sentence))
            status = refusal.status
    page = threads.page_of(hand, keeping.case_number(keeping.about(row.thread)))
    shown = {
        "page": page,
        "may": {deed.value: True for deed in page.deeds},
        "form": form,
        "token": new_token(),
        "goods": goods_name(row.thread),
    }
    return _kept_nowhere(render(request, "contact/visitor/mine.html", shown, status=status))


def _done(request: Visit, hand: Hand, do: Callable[[], None]) -> HttpResponse:
    def led() -> str:
        do()
        return "./"

    return HttpResponseRedirect(once(hand, form_key(request), led))


def _kept_nowhere(answer: HttpResponse) -> HttpResponse:
    """Let a page whose address is a secret be kept by no cache; no other site is told of it, as of any page of ours."""
    answer["Cache-Control"] = "private, no-store"
    return answer
