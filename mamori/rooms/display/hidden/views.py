"""Private accounts that may be businesses: what is done about one, as data, their list and page, the seller's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from mamori.grammar.actor import SELLERS, STAFF, Role
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.matters.decision import Decision, just_did, just_done
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers, others, sections
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import MatterFrame, by_verb, decide, show_matter
from mamori.ground.web.forms import DayField, HouseForm, VersionForm, WordsField
from mamori.ground.web.lists import show
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import said, said_text
from mamori.japan import written
from mamori.law.hidden import MONTH_DAYS
from mamori.rooms.display.actions.matter import NoSuchShop
from mamori.rooms.display.hidden import actions
from mamori.rooms.display.hidden.queries import DoubtShown, about_doubt, doubt_shown
from mamori.rooms.display.hidden.rules import StandingOutcome
from mamori.rooms.display.lists import HIDDEN, HIDDEN_SEEN

LET_BE: Decision[DoubtShown] = Decision(
    slug="let-be",
    title=Text("そのままにする", "Let it be"),
    lead=Text(
        "事業者とは思えないときに使います。出品者には何も知らせません。しるしが大きく増えなければ、設定の日数のあいだ一覧に載りません。",
        "For when it does not look like a business. The seller is told nothing. The account is not listed again for the "
        "days that are set, unless its signs grow a lot.",
    ),
    done={"let_be": Text("そのままにしました。", "It is let be.")},
    verb=actions.let_be,
    is_there=lambda page: page.may("let_be"),
)
ASK_STANDING: Decision[DoubtShown] = Decision(
    slug="ask",
    title=Text("出品者に尋ねる", "Ask the seller"),
    lead=Text(
        "事情を尋ねます。出品者には答える期限を知らせます。答えを待つあいだ、出品にも売上金にも表示にも、何も起きません。",
        "The seller is asked how it is, and told by when to answer. Meanwhile nothing happens to its listings, its proceeds or "
        "its display.",
    ),
    button=Text("尋ねる", "Ask"),
    done={"ask_standing": Text("出品者に尋ねました。", "The seller is asked.")},
    verb=actions.ask_standing,
    is_there=lambda page: page.may("ask"),
)
CONCLUDE: Decision[DoubtShown] = Decision(
    slug="conclude",
    title=Text("判断する", "Conclude"),
    lead=Text(
        "もうける意思があり、くり返し続けて売っているかで判断します。数だけでは決まりません。理由は出品者が読みます。",
        "What counts is whether somebody means to earn and sells again and again. No number decides it. The seller reads your "
        "reason.",
    ),
    done={"conclude": Text("判断し、出品者に知らせました。", "It was concluded, and the seller was told.")},
    verb=actions.conclude,
    roles=(Role.LEAD, Role.COUNSEL),
    is_there=lambda page: page.may("conclude_business"),
)
DOUBTED = (ASK_STANDING, LET_BE, CONCLUDE)
ANSWER_STANDING: Decision[DoubtShown] = Decision(
    slug="answer",
    title=Text("答える", "Answer"),
    lead=Text(
        "担当者がお答えを読み、個人か事業者かを判断します。それまでは何も変わりません。",
        "A person reads your answer and concludes whether you are a business. Nothing changes before.",
    ),
    button=Text("答えを送る", "Send the answer"),
    done={"answer_standing": Text("お答えを受け取りました。", "Your answer has arrived.")},
    verb=actions.answer_standing,
    roles=SELLERS,
    is_there=lambda page: page.may("answer"),
)


class ConcludeForm(VersionForm):
    """What is concluded, from which day that is so, and why."""

    outcome = forms.TypedChoiceField(
        label=said("判断", "Conclusion"),
        choices=[(one.value, said_text(one.text)) for one in StandingOutcome],
        coerce=StandingOutcome,
        widget=forms.RadioSelect,
    )
    since = DayField(
        label=said("いつから", "Since which day"),
        help_text=said(
            "この日からの注文について、その人が何であったかを示します。前の判断を改めるときは、前の日かそれより前の日にします。",
            "It says who the account was for orders from this day on. To take an earlier conclusion back, give its day or an "
            "earlier one.",
        ),
    )
    reason = WordsField(
        check=written.reasoned,
        rows=5,
        label=said("理由（出品者が読みます）", "Reason (the seller reads it)"),
        help_text=said(
            "何を見て、出品者の答えをどう受け止めたかを書きます。",
            "What you saw, and what you made of the answer.",
        ),
    )


# Private accounts that may be businesses: the lists and the account's page for staff, and the seller's own page.


BY_SLUG = {one.slug: one for one in DOUBTED}


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
    actor, shown = actor_of(request), _doubt(ref)
    done = BY_SLUG.get(request.GET.get("done", ""))
    page = MatterPage(
        sections=_sections(shown, at=actor.at),
        offers=offers(
            DOUBTED,
            shown,
            actor.role,
            lambda slug: reverse("display_staff:hidden-act", args=(ref, slug)),
            form=_form,
            initial=_seen(shown),
        ),
        others=others(DOUBTED, shown, actor.role),
        done=just_done(actor, about_doubt(ref), done.done if done else None),
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
    decision = BY_SLUG.get(slug)
    if decision is None:
        raise NoSuchShop
    back = reverse("display_staff:hidden-seller", args=(ref,))
    beside = partial(_sections, at=actor_of(request).at)
    return _decide(request, decision, ref, back=back, template="display/staff/doubt.html", beside=beside)


def _form(decision: Decision[DoubtShown]) -> type[HouseForm]:
    return ConcludeForm if decision is CONCLUDE else by_verb(decision)


def _seen(shown: DoubtShown) -> dict[str, Any]:
    """Return which state of the doubt a form shows."""
    return {"version": shown.version}


@open_to(*SELLERS)
def standing(request: Visit) -> HttpResponse:
    """Show a seller what it is asked, what it answered and what was concluded; of signs nobody asked about it is told nothing."""
    actor, ref = actor_of(request), _ref(request)
    shown = doubt_shown(ref)
    decision = ANSWER_STANDING
    claimed = decision.done if request.GET.get("done") == decision.slug else None
    page = {
        "doubt": shown if shown is not None and shown.is_asked else None,
        "may_answer": shown is not None and decision.is_open_to(actor.role, shown),
        "did": just_did(actor, about_doubt(ref), claimed),
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
    return _decide(request, ANSWER_STANDING, ref, back=back, template="display/seller/standing_answer.html")


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
    return actor_of(request).whose.removeprefix("seller:")
