"""One page for each thing that a party can do with a thread: what it means, what to fill in, one button."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import signature
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.vault.actions import Ready
from mamori.ground.web.forms import uploads_of
from mamori.ground.web.once import form_key, new_token, once, was_led
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import localized
from mamori.rooms.contact import forms
from mamori.rooms.contact.actions.attach import attach, drop, prepare
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.queries import thread as threads
from mamori.rooms.contact.queries.thread import ThreadPage
from mamori.rooms.contact.rules.deeds import Deed
from mamori.rooms.contact.views import before

PROPOSED = (Deed.PROPOSE, Deed.COUNTER, Deed.CORRECT)
"""What is written to the centre too, and in no mode hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A deed as a page: its name in the address, its words, its form, and the verb that does it with what it asks of the form.

    The verb knows the matter by `key`: the thread, its trouble, or the proposal that the form names.  `initial` is what stands
    in the form when it is opened, `asks` what else the form is made of.
    """

    slug: str
    deed: Deed
    title: Text
    link: Text
    lead: Text
    button: Text
    done: Text
    form: Callable[..., BaseForm]
    verb: Callable[..., object]
    key: str = "thread"
    tone: str = ""
    initial: Callable[[ThreadPage], dict[str, Any]] = lambda page: {}
    asks: Callable[[ThreadPage], dict[str, Any]] = lambda page: {}

    def do(self, actor: Actor, page: ThreadPage, given: dict[str, Any]) -> None:
        """Do it: of proposals the one that stood on the form is meant, though another may be open by now."""
        known = {"thread": page.thread, "trouble": page.trouble}
        offers = {one.number: one.id for one in page.offers}
        matter = known[self.key] if self.key in known else offers.get(given["offer"])
        if matter is None:
            raise NothingHere()
        asked = {name: given[name] for name in signature(self.verb).parameters if name in given}
        if "gives_up" in asked:
            asked["gives_up"] = next((offers[one] for one in asked["gives_up"] if one in offers), None)
        self.verb(actor, **{self.key: matter}, **asked)


def do_deed(request: Visit, number: str, act: Act, *, base: str) -> HttpResponse:
    """Show the deed's page, or do it once and go back to the thread; what was typed is never lost."""
    actor = actor_of(request)
    page = threads.page_of(actor, number)
    if request.method != "POST":
        if act.deed not in page.deeds:
            return HttpResponseRedirect(base)
        return _show(request, page, act, act.form(initial=act.initial(page), **act.asks(page)), base=base)
    given = before.given(request)
    form = act.form(given, request.FILES, **act.asks(page))
    if not form.is_valid():
        return _show(request, page, act, form, base=base, status=422)
    try:
        return _taken(request, page, act, form, base)
    except NothingHere:
        raise
    except Refusal as refusal:
        form.add_error(None, localized(refusal.sentence))
        return _show(request, page, act, form, base=base, status=refusal.status)


def _taken(request: Visit, page: ThreadPage, act: Act, form: BaseForm, base: str) -> HttpResponse:
    """Do it, or show first what the writer should see before words are sent; files wait for that in the form."""
    actor = actor_of(request)
    waiting = forms.unpack(actor, request.POST.get("carried", ""))
    ready = prepare(actor, uploads_of(form.cleaned_data.get("attached", ()), at=actor.at))
    files = Ready((*waiting.files, *ready.files))
    writing = before.Writing(
        title=act.title,
        buyer_ref=page.buyer_ref,
        seller_ref=page.seller_ref,
        back=base,
        order_ref=page.order_ref,
        may_hide=act.deed not in PROPOSED,
    )

    def do() -> str:
        act.do(actor, page, form.cleaned_data)
        attach(actor, thread=page.thread, ready=files)
        return f"{base}?done={act.slug}"

    kept = False
    try:
        if "said" in form.cleaned_data:
            stop = before.stop(request, form.cleaned_data["said"], writing, carried=forms.pack(actor, files))
            if stop is not None:
                kept = True
                return stop
        return HttpResponseRedirect(once(actor, form_key(request), do))
    finally:
        if not kept:
            drop(ready)


def _show(
    request: Visit, page: ThreadPage, act: Act, form: BaseForm, *, base: str, status: int = 200
) -> HttpResponse:
    token = request.POST.get("token") or new_token()
    shown = {
        "page": page,
        "act": act,
        "form": form,
        "base": base,
        "token": token,
        "carried": request.POST.get("carried", ""),
    }
    return render(request, "contact/deed.html", shown, status=status)


def done_text(request: Visit, texts: Mapping[str, Text]) -> Text | None:
    """Return what was just done, as the address says and a form of this actor did."""
    done = texts.get(request.GET.get("done", ""))
    return done if done and was_led(actor_of(request), request.get_full_path()) else None
