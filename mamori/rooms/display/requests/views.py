"""What a display leaves out: what is done about a request, as data, and the pages of buyer, seller and staff."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import SELLERS, STAFF, Actor, Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision, just_did
from mamori.ground.matters.page import PagePart
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import MatterFrame, by_verb, decide
from mamori.ground.web.matterview import Form, MatterView, Where
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


class RequestView(MatterView[RequestShown]):
    """A request of which its seller would rather not give what was asked for, and why."""

    app, name, at, home = "display_staff", "request", "displays/requests/", "requests"
    back_text = Text("答えのない請求に戻る", "Back to the requests without an answer")
    roles, deciders, absent, listed = STAFF, STAFF, NoSuchRequest, REQUESTS
    decisions, decide_template = OF_REQUESTS, "display/staff/request_act.html"
    template, parts = "display/staff/request", (PagePart.FACTS,)

    def read(self, place: Where, number: int) -> RequestShown:
        """Return one without what was given."""
        return queries.request_shown(place.actor, number)

    def about(self, key: int) -> str:
        """Return the name under which acts know it."""
        return about_request(key)

    def frame(self, shown: RequestShown) -> MatterFrame:
        """Return of which seller it was asked."""
        title = Text("省略された事項の請求", "Request for omitted items")
        return self.framed(title, shown.shop or shown.seller_ref, shown.seller_ref)


class OwnRequestView(MatterView[RequestShown]):
    """A seller answers a request, or refers it to the marketplace; the list of its requests says what was done."""

    app, name, at, home, told_at = (
        "display_seller",
        "request",
        "display/requests/",
        "requests",
        "?of={number}",
    )
    back_text, absent = Text("請求への回答に戻る", "Back to the requests"), NoSuchRequest
    decisions, decide_template = OWN_REQUESTS, "display/seller/request.html"

    def read(self, place: Where, number: int) -> RequestShown:
        """Return one of the seller's own."""
        return queries.request_shown(place.actor, number)

    def form(self, decision: Decision[Any], shown: RequestShown | None, actor: Actor) -> Form:
        """Return what a decision asks: under each item that is still to be given, its words."""
        return partial(AnswerForm, items=shown.awaited) if decision is ANSWER and shown else by_verb(decision)


REFERRED, OWED = RequestView(), OwnRequestView()


@open_to(Role.BUYER)
def ask(request: Visit, ref: str) -> HttpResponse:
    """Ask a seller for what its display leaves out."""

    def shown() -> Askable:
        found = queries.askable(ref)
        if found is None:
            raise NoDisplay
        return found

    can = shown()
    return decide(
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


@open_to(Role.BUYER)
def asked(request: Visit) -> HttpResponse:
    """Show a buyer what it asked for, and what was given."""
    return _list(request, "public", queries.of_buyer(actor_of(request).ref), (ASK_ITEMS,))


@open_to(*SELLERS)
def owed(request: Visit) -> HttpResponse:
    """Show a seller what buyers asked for, what waits for it first."""
    return _list(request, "seller", queries.of_seller(actor_of(request).ref), OWN_REQUESTS)


def _list(
    request: Visit, whose: str, found: tuple[RequestShown, ...], known: tuple[Decision[Any], ...]
) -> HttpResponse:
    """Show requests, what can be done about each, and above them what was just done to one."""
    actor, asked = actor_of(request), request.GET
    done = next((one.done for one in known if one.slug == asked.get("done")), None)
    numbers = [one.number for one in found]
    of = next((one for one in numbers if str(one) == asked.get("of")), max(numbers, default=0))
    steps = [(one, [each for each in OWN_REQUESTS if each.is_open_to(actor.role, one)]) for one in found]
    page = {"requests": steps, "did": just_did(actor, about_request(of), done)}
    return render(request, f"display/{whose}/requests.html", page)
