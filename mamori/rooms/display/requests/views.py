"""What a display leaves out: what is done about a request, as data, and the pages of buyer, seller and staff."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from mamori.grammar.actor import SELLERS, STAFF, Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision, just_did, just_done
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers, others, sections
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import MatterFrame, by_verb, decide, show_matter
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.lists import show
from mamori.ground.web.signs import Visit, actor_of
from mamori.rooms.display.endpoints import NoDisplay
from mamori.rooms.display.lists import REQUESTS
from mamori.rooms.display.requests import actions, queries
from mamori.rooms.display.requests.actions import about_request
from mamori.rooms.display.requests.queries import Askable, NoSuchRequest, RequestShown
from mamori.rooms.display.views import AnswerForm, AskForm

ASK_ITEMS: Decision[Askable] = Decision(
    slug="ask-items",
    title=Text("表示に省略された事項を請求する", "Ask for what the display leaves out"),
    lead=Text(
        "運営者が登録で知っている事項は、すぐにお見せします。そのほかは、出品者が期限までにお答えします。お名前は出品者に伝わりません。",
        "What the marketplace holds is shown at once; the rest the seller answers in time. It is not told who you are.",
    ),
    button=Text("請求する", "Ask"),
    done={"request": Text("請求しました。", "You have asked.")},
    verb=actions.ask_items,
    roles=(Role.BUYER,),
)
ANSWER: Decision[RequestShown] = Decision(
    slug="answer",
    title=Text("請求された事項を知らせる", "Give what was asked for"),
    lead=Text(
        "書いたことは、請求した購入者が読みます。支払いや返品などの条件は、同じ表示のあいだに請求したほかの人にも知らせます。"
        "氏名や連絡先は、ほかの人には知らせません。だれが請求したかは、お見せしていません。",
        "The buyer who asked reads it. Terms, as of payment or returns, are given to others who ask while you show the same; who "
        "and where you are is not. You are not told who asks.",
    ),
    button=Text("知らせる", "Give it"),
    done={"answer_request": Text("購入者に知らせました。", "The buyer has it now.")},
    verb=actions.answer_request,
    roles=SELLERS,
    is_there=lambda page: page.is_owed or page.is_referred,
)
REFER: Decision[RequestShown] = Decision(
    slug="refer",
    title=Text("知らせられないので運営者に相談する", "Ask the marketplace first"),
    lead=Text(
        "つきまといのおそれがあるなど、知らせると困るときに使います。運営者が見るまで、期限は止まります。",
        "For when it would harm you, as where somebody follows you. Your time stands still until the marketplace has looked.",
    ),
    button=Text("運営者に見てもらう", "Let the marketplace look"),
    done={
        "refer_request": Text(
            "運営者が見ています。結果をお知らせします。", "The marketplace looks at it and will tell you."
        )
    },
    verb=actions.refer_request,
    roles=SELLERS,
    is_there=lambda page: page.is_owed and not page.reason,
)
OWN_REQUESTS = (ANSWER, REFER)
INSIST: Decision[RequestShown] = Decision(
    slug="insist",
    title=Text("知らせるように求める", "Have the seller give it"),
    lead=Text(
        "出品者に、あらためて期限を決めて、知らせるように求めます。",
        "The seller is asked to give it; its time begins anew.",
    ),
    button=Text("求める", "Ask the seller"),
    done={"insist_request": Text("出品者に求めました。", "The seller is asked.")},
    verb=actions.insist_request,
    is_there=lambda page: page.is_referred,
)
EXCUSE: Decision[RequestShown] = Decision(
    slug="excuse",
    title=Text("知らせなくてよいとする", "Let the seller not give it"),
    lead=Text(
        "法律は、請求されたら遅滞なく知らせるよう求めています。購入者には、相談窓口から連絡できることを伝えます。",
        "The law has it given without delay. The buyer is told that the centre takes messages to the shop.",
    ),
    button=Text("知らせなくてよいとする", "Let it not be given"),
    done={"excuse_request": Text("双方に知らせました。", "Both are told.")},
    verb=actions.excuse_request,
    roles=(Role.LEAD, Role.COUNSEL),
    is_there=lambda page: page.is_referred,
)
OF_REQUESTS = (INSIST, EXCUSE)


# Pages on which a buyer asks for what a display leaves out, its seller answers, and staff look at what was not answered.


OWN = {one.slug: one for one in OWN_REQUESTS}
DESK = {one.slug: one for one in OF_REQUESTS}


@open_to(Role.BUYER)
def ask(request: Visit, ref: str) -> HttpResponse:
    """Ask a seller for what its display leaves out."""

    def shown() -> Askable:
        found = queries.askable(ref)
        if found is None:
            raise NoDisplay
        return found

    can = shown()
    answer = decide(
        request,
        ASK_ITEMS,
        can,
        again=shown,
        key=ref,
        back=reverse("display_public:requests"),
        template="display/public/ask.html",
        form=partial(AskForm, items=can.items),
        initial=lambda page: {"items": [one.value for one in page.items]},
    )
    add_never_cache_headers(answer)
    return answer


@open_to(Role.BUYER)
def asked(request: Visit) -> HttpResponse:
    """Show a buyer what it asked for, and what was given."""
    actor = actor_of(request)
    found = queries.of_buyer(actor.whose.removeprefix("buyer:"))
    return _list(request, "display/public/requests.html", found, {"ask-items": ASK_ITEMS})


@open_to(*SELLERS)
def owed(request: Visit) -> HttpResponse:
    """Show a seller what buyers asked for, what waits for it first."""
    actor = actor_of(request)
    found = queries.of_seller(actor.whose.removeprefix("seller:"))
    return _list(request, "display/seller/requests.html", found, OWN)


@open_to(*SELLERS)
def act(request: Visit, number: int, slug: str) -> HttpResponse:
    """Let a seller answer a request, or refer it to the marketplace."""
    back = reverse("display_seller:requests")
    return _decide(
        request, OWN, (number, slug), back=f"{back}?of={number}", template="display/seller/request.html"
    )


@open_to(*STAFF)
def unanswered(request: Visit, case_page: str) -> HttpResponse:
    """List the requests that were not answered, or are referred to the marketplace, the oldest first."""
    return show(request, REQUESTS, case_page=case_page)


@open_to(*STAFF)
def one(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Show staff a request, why its seller would rather not answer, and what can be done."""
    del case_page
    actor = actor_of(request)
    found = queries.request_shown(actor, number)
    done = DESK.get(request.GET.get("done", ""))
    page = MatterPage(
        sections=_sections(found),
        offers=offers(
            DESK.values(),
            found,
            actor.role,
            lambda slug: reverse("display_staff:request-act", args=(number, slug)),
            form=by_verb,
        ),
        others=others(DESK.values(), found, actor.role),
        done=just_done(actor, about_request(number), done.done if done else None),
    )
    frame = MatterFrame(
        title=Text("省略された事項の請求", "Request for omitted items"),
        named=found.shop or found.seller_ref,
        ref=found.seller_ref,
        back=reverse("display_staff:requests"),
        back_text=Text("答えのない請求に戻る", "Back to the requests without an answer"),
    )
    return show_matter(request, page, frame)


def _sections(found: RequestShown) -> tuple[Section, ...]:
    """Return what is shown of a request, on its page and beside each decision on it."""
    return sections("display/staff/request", (PagePart.FACTS,), {"page": found})


@open_to(*STAFF)
def decide_one(request: Visit, number: int, slug: str, case_page: str) -> HttpResponse:
    """Let staff decide on a request that its seller referred to them."""
    del case_page
    back = reverse("display_staff:request", args=(number,))
    return _decide(
        request,
        DESK,
        (number, slug),
        back=back,
        template="display/staff/request_act.html",
        beside=_sections,
    )


def _list(
    request: Visit,
    template: str,
    found: tuple[RequestShown, ...],
    known: Mapping[str, Decision[Any]],
) -> HttpResponse:
    """Show requests, what can be done about each, and above them what was just done to one."""
    actor, done = actor_of(request), known.get(request.GET.get("done", ""))
    of = request.GET.get("of", "")
    numbers = {str(one.number): one.number for one in found}
    newest = max(numbers.values(), default=0)
    about = about_request(numbers.get(of, newest))
    did = just_did(actor, about, done.done if done else None)
    page = {
        "requests": [
            (one, [each for each in OWN.values() if each.is_open_to(actor.role, one)]) for one in found
        ],
        "did": did,
    }
    answer = render(request, template, page)
    add_never_cache_headers(answer)
    return answer


def _decide(
    request: Visit,
    known: Mapping[str, Decision[RequestShown]],
    of: tuple[int, str],
    *,
    back: str,
    template: str,
    beside: Callable[[RequestShown], tuple[Section, ...]] | None = None,
) -> HttpResponse:
    number, slug = of
    decision, actor = known.get(slug), actor_of(request)
    if decision is None:
        raise NoSuchRequest
    shown = queries.request_shown(actor, number)
    form: Callable[..., HouseForm] | None = (
        partial(AnswerForm, items=shown.awaited) if decision is ANSWER else None
    )
    return decide(
        request,
        decision,
        shown,
        again=lambda: queries.request_shown(actor, number),
        key=number,
        back=back,
        template=template,
        beside=beside,
        form=form,
        refused=(NoSuchRequest,),
    )
