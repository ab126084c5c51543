"""A seller's page of its contacts, where it proves that they reach it; the page of staff who call the number shown."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from mamori.grammar.hand import SELLERS
from mamori.ground.matters.decision import Decision, just_did, just_done
from mamori.ground.matters.page import Section
from mamori.ground.web.access import STAFF, open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.display.actions import NoSuchShop
from mamori.rooms.display.decisions import proofs as decisions
from mamori.rooms.display.queries.contactproofs import ProofShown, calls_owed, proof_shown, proofs_shown
from mamori.rooms.display.rules.proofs import ProofChannel
from mamori.rooms.display.views.staff import sections_of

OWN = {one.slug: one for one in decisions.OWN}
DESK = {one.slug: one for one in (decisions.CALL, decisions.TRY_FORM)}


@open_to(*SELLERS)
def contacts(request: Visit) -> HttpResponse:
    """Show the contacts that the seller shows, how the proof of each stands, and what to do."""
    hand = hand_of(request)
    shown = proofs_shown(_ref(request), at=hand.at)
    done = OWN.get(request.GET.get("done", ""))
    name = f"display.proof:{request.GET.get('of', '')}:{_ref(request)}"
    did = just_did(hand, name, done.done if done else None)
    page = {
        "proofs": [
            (one, [each for each in decisions.OWN if each.is_open_to(hand.role, one)]) for one in shown
        ],
        "did": did,
        "is_wrong": did is not None and did.text is decisions.MISTAKEN,
    }
    answer = render(request, "display/seller/contacts.html", page)
    add_never_cache_headers(answer)
    return answer


@open_to(*SELLERS)
def act(request: Visit, channel: str, slug: str) -> HttpResponse:
    """Ask for what a step of the proof needs, and take it; who shows no such contact is led back."""
    decision, kind = OWN.get(slug), _channel(channel)
    if decision is None:
        raise NoSuchShop
    back = reverse("display_seller:contacts")
    try:
        return _decide(
            request, decision, (kind, _ref(request)), back=back, template="display/seller/proof.html"
        )
    except NoSuchShop:
        return HttpResponseRedirect(back)


@open_to(*STAFF)
def calls(request: Visit, case_page: str) -> HttpResponse:
    """List the calls that are to prove a number, the longest owed first."""
    del case_page
    about = f"display.proof:{request.GET.get('of', '')}:{request.GET.get('seller', '')}"
    done = DESK.get(request.GET.get("done", ""))
    page = {"calls": calls_owed(), "done": just_done(hand_of(request), about, done.done if done else None)}
    return render(request, "display/staff/calls.html", page)


@open_to(*STAFF)
def call(request: Visit, ref: str, case_page: str) -> HttpResponse:
    """Show the number to be called and ask how it went."""
    del case_page
    back = reverse("display_staff:calls")
    return _decide(
        request, decisions.CALL, (ProofChannel.PHONE, ref), back=back, template="display/staff/call.html"
    )


@open_to(*STAFF)
def try_form(request: Visit, ref: str, case_page: str) -> HttpResponse:
    """Show the form to be tried and the code, and ask how it went."""
    del case_page
    back = reverse("display_staff:calls")
    of = (ProofChannel.FORM, ref)
    return _decide(request, decisions.TRY_FORM, of, back=back, template="display/staff/try_form.html")


@open_to(*STAFF)
def ask(request: Visit, ref: str, channel: str, case_page: str) -> HttpResponse:
    """Ask a seller to prove a contact."""
    del case_page
    back = reverse("display_staff:seller", args=(ref,))
    return _decide(
        request,
        decisions.ASK,
        (_channel(channel), ref),
        back=back,
        template="display/staff/ask.html",
        beside=lambda shown: sections_of(ref, (shown,)),
    )


def _decide(
    request: Visit,
    decision: Decision[ProofShown],
    of: tuple[ProofChannel, str],
    *,
    back: str,
    template: str,
    beside: Callable[[ProofShown], tuple[Section, ...]] | None = None,
) -> HttpResponse:
    """Take a decision on the proof of a channel of a seller; the page that it leads to is told of which."""
    channel, ref = of

    def show() -> ProofShown:
        found = proof_shown(channel, ref, at=hand_of(request).at)
        if found is None:
            raise NoSuchShop
        return found

    shown = show()
    answer = decide(
        request,
        decision,
        shown,
        again=show,
        key=shown.name,
        back=f"{back}?{urlencode({'of': channel, 'seller': ref})}",
        template=template,
        beside=beside,
        refused=(NoSuchShop,),
    )
    add_never_cache_headers(answer)
    return answer


def _channel(named: str) -> ProofChannel:
    if named not in list(ProofChannel):
        raise NoSuchShop
    return ProofChannel(named)


def _ref(request: Visit) -> str:
    return hand_of(request).whose.removeprefix("seller:")
