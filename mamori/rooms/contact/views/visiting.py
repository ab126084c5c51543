"""Asking before a purchase without an account: the question, the code for the address, the page that its mail leads to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms as fields
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import Actor, Role
from mamori.ground.market import facts as market
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.once import form_key, new_token, take_form
from mamori.ground.web.signing.here import neighbourhood
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import language, said
from mamori.law.complaints import STOP_USING
from mamori.rooms.contact import actions, forms, keeping
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.queries import thread as threads, visitors
from mamori.rooms.contact.queries.goods import goods_name, listing_name
from mamori.rooms.contact.rules.danger import tells_danger
from mamori.rooms.contact.topics import TOPICS, Topic


class VisitorForm(HouseForm):
    """What is asked about which goods, and the address that the question will belong to."""

    field_order = ("listing", "topic", "said", "mail")

    listing = forms.RefField(
        label=said("商品番号", "Number of the goods"),
        help_text=said("商品ページに載っています。", "It stands on the product page."),
        max_length=128,
    )
    topic = forms.one_of(
        Topic,
        {one: TOPICS[one] for one in forms.OF_A_QUESTION},
        said("何についての質問ですか", "What is the question about?"),
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
    said = forms.MessageField(
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


def _nobody(request: Visit) -> Actor:
    """Return an actor that is nobody: who is signed in is not known to what is done here."""
    return replace(actor_of(request), by="anonymous", role=Role.ANONYMOUS, request="")


def ask(request: Visit) -> HttpResponse:
    """Take a question of somebody without an account; without mail say whom to call instead."""
    if not settings.MAMORI_MAIL:
        return render(request, "contact/visitor/nomail.html", status=200 if request.method == "GET" else 409)
    wanted = request.GET.get("listing", "").replace("\0", "")[:128]

    def begun(form: VisitorForm) -> str:
        ticket = visitors.secret_of(form_key(request) or new_token())
        asked = {name: form.cleaned_data[name] for name in ("topic", "said", "mail")}
        listing, source = form.cleaned_data["listing"], neighbourhood(request)
        actions.begin_question(
            _nobody(request), ticket=ticket, listing_ref=listing, source=source, language=language(), **asked
        )
        return reverse("contact_buyer:ask-code", args=(ticket,))

    form, status, led = take_form(request, lambda data: VisitorForm(data, initial={"listing": wanted}), begun)
    shown = {"form": form, "token": form.data.get("token") or new_token()}
    return led or render(request, "contact/visitor/ask.html", shown, status=status)


@open_to(*EVERYONE)
def code(request: Visit, ticket: str) -> HttpResponse:
    """Show what waits for its code, try one, or send another; once it was right, say where the question is read."""
    row, actor, here = visitors.waiting(ticket), _nobody(request), request.path

    def proven(form: QuestionCodeForm) -> str:
        actions.prove_question(actor, ticket=ticket, code=form.cleaned_data["code"])
        return here

    def again(pressed: str) -> str:
        actions.send_code_again(actor, ticket=ticket, source=neighbourhood(request))
        return f"{here}?sent"

    if row.proven_at is not None:
        number = keeping.case_number(keeping.about(row.thread)) if row.thread else ""
        shown: dict[str, Any] = {"is_proven": True, "number": number}
        return _kept_nowhere(render(request, "contact/visitor/code.html", shown))
    lets = (visitors.NoQuestionHere,)
    form, status, led = take_form(request, QuestionCodeForm, proven, buttons={"again": again}, lets=lets)
    asked = visitors.said_of(row)
    goods = listing_name(market.listing(asked.listing))
    shown = {"form": form, "is_sent": "sent" in request.GET, "asked": asked, "goods": goods}
    shown |= {"is_danger": tells_danger(asked.said), "stop": STOP_USING}
    return led or _kept_nowhere(render(request, "contact/visitor/code.html", shown, status=status))


@open_to(*EVERYONE)
def mine(request: Visit, secret: str) -> HttpResponse:
    """Show a question to whoever has the address of its page, take further words, or close it."""
    row = visitors.by_page(secret)
    assert row.thread is not None
    actor, thread = visitors.actor_for(row, actor_of(request)), row.thread.pk

    def wrote(form: forms.AskedForm) -> str:
        actions.write(actor, thread=thread, said=form.cleaned_data["said"])
        return "./"

    def closed(pressed: str) -> str:
        actions.close_thread(actor, thread=thread)
        return "./"

    form, status, led = take_form(
        request, forms.AskedForm, wrote, by=actor, buttons={"close": closed}, lets=(NothingHere,)
    )
    if led is not None:
        return led
    page = threads.page_of(actor, keeping.case_number(keeping.about(row.thread)))
    shown = {
        "page": page,
        "may": {deed.value: True for deed in page.deeds},
        "form": form,
        "token": new_token(),
        "goods": goods_name(row.thread),
        "stop": STOP_USING,
    }
    return _kept_nowhere(render(request, "contact/visitor/mine.html", shown, status=status))


def _kept_nowhere(answer: HttpResponse) -> HttpResponse:
    """Let a page whose address is a secret be kept by no cache; no other site is told of it, as of any page of ours."""
    answer["Cache-Control"] = "private, no-store"
    return answer
