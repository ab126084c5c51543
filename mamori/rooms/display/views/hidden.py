"""Private accounts that may be businesses: the lists and the account's page for staff, and the seller's own page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from mamori.grammar.hand import SELLERS
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.matters.decision import Decision, just_did, just_done
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers, others, sections
from mamori.ground.web.access import STAFF, open_to
from mamori.ground.web.decisions import by_verb, decide
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.matterpage import MatterFrame, show_matter
from mamori.ground.web.readinglists import show
from mamori.ground.web.signs import Visit, hand_of
from mamori.law.hidden import MONTH_DAYS
from mamori.rooms.display.actions import NoSuchShop
from mamori.rooms.display.decisions import hidden as decisions
from mamori.rooms.display.lists import HIDDEN, HIDDEN_SEEN
from mamori.rooms.display.queries.hidden import DoubtShown, about_doubt, doubt_shown
from mamori.rooms.display.views.hidden_forms import ConcludeForm

DOUBTED = {one.slug: one for one in decisions.DOUBTED}


@open_to(*STAFF)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """List the private accounts to be looked at, most signs first."""
    return show(request, HIDDEN, case_page=case_page, template="display/staff/hidden.html")


@open_to(*STAFF)
def seen(request: Visit, case_page: str) -> HttpResponse:
    """List the private accounts that somebody has looked at."""
    return show(request, HIDDEN_SEEN, case_page=case_page)


@open_to(*STAFF)
def account(request: Visit, ref: str, case_page: str) -> HttpResponse:
    """Show what an account shows and what was said of it, and what can be decided; its name and home are not on it."""
    del case_page
    hand, shown = hand_of(request), _doubt(ref)
    done = DOUBTED.get(request.GET.get("done", ""))
    page = MatterPage(
        sections=_sections(shown, at=hand.at),
        offers=offers(
            decisions.DOUBTED,
            shown,
            hand.role,
            lambda slug: reverse("display_staff:hidden-act", args=(ref, slug)),
            form=_form,
            initial=_seen(shown),
        ),
        others=others(decisions.DOUBTED, shown, hand.role),
        done=just_done(hand, about_doubt(ref), done.done if done else None),
    )
    frame = MatterFrame(
        title=Text("個人か事業者かの確認", "Private or business"),
        named=shown.shop or ref,
        ref=ref,
        back=reverse("display_staff:hidden"),
        back_text=Text("一覧に戻る", "Back to the list"),
    )
    return show_matter(request, page, frame)


def _sections(shown: DoubtShown, *, at: datetime) -> tuple[Section, ...]:
    """Return what is shown of an account, on its page and beside each decision on it."""
    given = {"doubt": shown, "figures": market.activity(shown.seller_ref, at=at), "days": MONTH_DAYS}
    return sections("display/staff/account", (PagePart.WORK, PagePart.FACTS, PagePart.HISTORY), given)


@open_to(*STAFF)
def act(request: Visit, ref: str, slug: str, case_page: str) -> HttpResponse:
    """Show a decision on an account and take it."""
    del case_page
    decision = DOUBTED.get(slug)
    if decision is None:
        raise NoSuchShop
    back = reverse("display_staff:hidden-seller", args=(ref,))
    beside = partial(_sections, at=hand_of(request).at)
    return _decide(request, decision, ref, back=back, template="display/staff/doubt.html", beside=beside)


def _form(decision: Decision[DoubtShown]) -> type[HouseForm]:
    return ConcludeForm if decision is decisions.CONCLUDE else by_verb(decision)


def _seen(shown: DoubtShown) -> dict[str, Any]:
    """Return which state of the doubt a form shows."""
    return {"version": shown.version}


@open_to(*SELLERS)
def standing(request: Visit) -> HttpResponse:
    """Show a seller what it is asked, what it answered and what was concluded; of signs nobody asked about it is told nothing."""
    hand, ref = hand_of(request), _ref(request)
    shown = doubt_shown(ref)
    decision = decisions.ANSWER_STANDING
    claimed = decision.done if request.GET.get("done") == decision.slug else None
    page = {
        "doubt": shown if shown is not None and shown.is_asked else None,
        "may_answer": shown is not None and decision.is_open_to(hand.role, shown),
        "did": just_did(hand, about_doubt(ref), claimed),
    }
    answer_page = render(request, "display/seller/standing.html", page)
    add_never_cache_headers(answer_page)
    return answer_page


@open_to(*SELLERS)
def answer(request: Visit) -> HttpResponse:
    """Ask a seller whether it sells as a business; who was never asked is led back."""
    ref, back = _ref(request), reverse("display_seller:standing")
    shown = doubt_shown(ref)
    if shown is None or not shown.is_asked:
        return HttpResponseRedirect(back)
    return _decide(
        request, decisions.ANSWER_STANDING, ref, back=back, template="display/seller/standing_answer.html"
    )


def _decide(
    request: Visit,
    decision: Decision[DoubtShown],
    ref: str,
    *,
    back: str,
    template: str,
    beside: Callable[[DoubtShown], tuple[Section, ...]] | None = None,
) -> HttpResponse:
    answered = decide(
        request,
        decision,
        _doubt(ref),
        again=lambda: _doubt(ref),
        key=ref,
        back=back,
        template=template,
        beside=beside,
        form=_form(decision),
        initial=_seen,
        refused=(NoSuchShop,),
    )
    add_never_cache_headers(answered)
    return answered


def _doubt(ref: str) -> DoubtShown:
    found = doubt_shown(ref)
    if found is None:
        raise NoSuchShop
    return found


def _ref(request: Visit) -> str:
    return hand_of(request).whose.removeprefix("seller:")
