"""The pages on a request, of who asks, the seller and staff; and the lists that staff read in this room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache

from mamori.grammar.actor import SELLERS, STAFF, Actor, Role
from mamori.grammar.businesstime import span_text
from mamori.grammar.text import Text, yen
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import Wish
from mamori.ground.market import facts as market
from mamori.ground.matters.decision import Decision, just_did
from mamori.ground.matters.page import PagePart
from mamori.ground.matters.readinglist import Filter, ListColumn, ReadingList, Written, by_state
from mamori.ground.terms import facts as terms
from mamori.ground.web import papers
from mamori.ground.web.access import EVERYONE, open_to, takes
from mamori.ground.web.decisions import by_verb, decide, form_of
from mamori.ground.web.matterview import Form, MatterView, Where
from mamori.ground.web.once import once
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.steps import LEFT, Answers, Question, Steps, plain
from mamori.ground.web.wording import Row, localized
from mamori.japan.calendar import spoken
from mamori.law.article5 import (
    ABOVE,
    AMOUNT_ABOVE,
    ARTICLE5_DEADLINES,
    DISCLOSURE_CORRECTION,
    ELEMENTS,
    LEFT_OUT,
    NEVER,
    SELLER_ITEMS,
    SILENCE_ON_OUTDATED,
    SellerItem,
)
from mamori.law.display import ITEMS
from mamori.law.reports import OPERATOR_MAIL
from mamori.law.roads import roads
from mamori.law.settings import OPERATOR_ADDRESS, OPERATOR_NAME
from mamori.rooms.disclosure import queries
from mamori.rooms.disclosure.actions import asking, deciding
from mamori.rooms.disclosure.acts import TITLE
from mamori.rooms.disclosure.decisions import (
    ASK,
    CONFIRM,
    DECISIONS,
    ENTER,
    ENTER_COMPLETION,
    HEARD,
    OWN,
    PROPOSE,
    VIEW,
    letter_of,
)
from mamori.rooms.disclosure.inputs import (
    ORDER,
    CameForm,
    CompleteForm,
    ConfirmForm,
    DemandForm,
    EnterForm,
    NeedForm,
    OrderSumForm,
    ProposeForm,
    RoadForm,
    WantedForm,
    WhoForm,
    order_line,
    with_outdated,
)
from mamori.rooms.disclosure.lifecycle import (
    REQUEST,
    DisclosureState,
)
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.queries import InfoRequestShown, NoSuchInfoRequest, about, receipt_of
from mamori.rooms.disclosure.rules.asked import Asking, CameBy, advice
from mamori.rooms.disclosure.rules.deciding import TOLD, hearing_text, letter
from mamori.rooms.display import facts as display


@open_to(*SELLERS)
@never_cache
def asked(request: Visit) -> HttpResponse:
    """Show a seller the requests on which it is or was heard."""
    actor = actor_of(request)
    found = queries.requests_of_seller(actor)
    of = {f"{one.number}": one.number for one in found}.get(request.GET.get("of", ""))
    did = just_did(actor, about(of), {**VIEW.done, **CONFIRM.done}) if of else None
    span = span_text(terms.duration(DISCLOSURE_CORRECTION, at=actor.at))
    shown = {"requests": found, "did": did, "silence": SILENCE_ON_OUTDATED.fill(span=span)}
    return render(request, "disclosure/seller/requests.html", shown)


@open_to(*SELLERS)
def answer(request: Visit, number: int, slug: str) -> HttpResponse:
    """Let a seller state its view, or say that what it called outdated is right as it is registered."""
    decision = {VIEW.slug: VIEW, CONFIRM.slug: CONFIRM}.get(slug)
    if decision is None:
        raise NoSuchInfoRequest
    page = partial(queries.request_of, actor_of(request), number)
    shown = page()
    view = with_outdated(form_of(VIEW.verb, by_party=True), page=shown)
    return decide(
        request,
        decision,
        shown,
        again=page,
        key=number,
        back=f"{reverse('disclosure_seller:requests')}?of={number}",
        template="disclosure/seller/view.html",
        form=view if decision is VIEW else partial(ConfirmForm, page=shown),
        refused=(NoSuchInfoRequest,),
    )


# What staff read in this room: every request for a seller's information, the newest first.


@dataclass(frozen=True, slots=True, kw_only=True)
class InfoRequestRow:
    """A request in the list."""

    number: int
    case: str
    shop: str
    state: Text
    channel: Text
    received_at: datetime
    decided_at: datetime | None


def request_rows(rows: Sequence[SellerRequest], actor: Actor | None = None) -> list[InfoRequestRow]:
    """Return what the list tells of these requests, the shops' names and case numbers in one look each."""
    shops = market.shop_names(row.seller_ref for row in rows)
    numbers = cases.numbers_of([about(row.pk) for row in rows])
    return [
        InfoRequestRow(
            number=row.pk,
            case=numbers[about(row.pk)],
            shop=shops.get(row.seller_ref, ""),
            state=REQUEST.states[DisclosureState(row.state)],
            channel=CameBy(row.channel).text,
            received_at=row.received_at,
            decided_at=row.decided_at,
        )
        for row in rows
    ]


REQUESTS: ReadingList[InfoRequestRow] = ReadingList(
    slug="disclosure",
    title=Text("販売業者等情報の開示請求", "Requests for a seller's information"),
    lead=Text(
        "届いた開示請求のすべてです。新しい順です。要件・意見・決定は、案件の画面にあります。",
        "Every request, the newest first. Elements, views and decisions stand on the case's page.",
    ),
    empty=Text("開示請求はありません", "Nobody has asked yet"),
    roles=STAFF,
    rows=lambda actor: SellerRequest.objects.all(),
    order=("-id",),
    read=request_rows,
    columns=(
        ListColumn(title=Text("受付番号", "Number"), value="case", written=Written.CALLED, to="case"),
        ListColumn(title=Text("出品者", "Seller"), value="shop", written=Written.CALLED),
        ListColumn(title=Text("状態", "State"), value="state"),
        ListColumn(title=Text("届いた方法", "How it came"), value="channel"),
        ListColumn(title=Text("受け付けた日時", "Received"), value="received_at", written=Written.MOMENT),
        ListColumn(title=Text("決定した日時", "Decided"), value="decided_at", written=Written.MOMENT),
    ),
    filters=(
        by_state(REQUEST),
        Filter(
            name="month",
            title=Text("受け付けた月", "Month"),
            monthly=True,
            narrow=lambda rows, actor, value: rows.filter(
                received_at__gte=value.since, received_at__lt=value.until
            ),
        ),
    ),
)


# Pages on which a buyer learns what the request is, asks, follows it, and reads what was disclosed.


STILL_SMALL = Text(
    "求める額が{above}を超えないため、法律の要件を満たしません。このまま請求することもでき、担当者が確かめてお答えします。",
    "The sum is not more than {above}, which the Act asks for. You may ask all the same: a person looks at it and answers.",
)
BY_LETTER_INSTEAD = Text(
    "成年後見人・弁護士・家族など、ほかの方が代わりに請求するときは、書面やメールでお送りください。",
    "A guardian, a lawyer or family who ask for somebody else please write to us by letter or mail.",
)
NOT_SENT = Text("この紙を作っただけでは、請求は送られません。", "To make this paper has sent no request.")
BY_LETTER = Text("郵送やメールで送るとき", "To be sent by letter or mail")
SIGNED = Text(
    "通販サイトのページから送らないときは、次を書き足してお送りください。",
    "Where it is not sent on the marketplace's page, please fill in what follows and send it.",
)
SENT_TO, NAME = Text("宛先", "To"), Text("請求する人の氏名", "Name of who asks")
ADDRESS, DATED = Text("住所・連絡先", "Address, where to reply"), Text("日付", "Date")


def explained(request: Visit) -> dict[str, Any]:
    """Return what the help pages say, all of it from the declarations."""
    correction = span_text(terms.duration(DISCLOSURE_CORRECTION, at=request.received_at))
    return {
        "left_out": LEFT_OUT.values(),
        "silence": SILENCE_ON_OUTDATED.fill(span=correction),
        "above": ABOVE,
        "elements": ELEMENTS.items(),
        "items": SELLER_ITEMS.values(),
        "never": NEVER,
        "deadlines": [
            (one, span_text(terms.duration(one, at=request.received_at))) for one in ARTICLE5_DEADLINES
        ],
        "states": REQUEST.states.values(),
        "told": TOLD.blanked,
        "roads": roads(claim=0),
        "sent_to": [
            terms.setting(one, at=request.received_at)
            for one in (OPERATOR_NAME, OPERATOR_ADDRESS, OPERATOR_MAIL)
        ],
    }


def _may_ask(request: Visit) -> bool:
    """Say whether the way to ask is open: to buyers, and to who may be one and has not signed in."""
    return actor_of(request).role in (Role.BUYER, Role.ANONYMOUS)


@open_to(*EVERYONE)
def explain(request: Visit) -> HttpResponse:
    """Explain to buyers what may be asked for, what is looked at, and what happens when."""
    return render(request, "disclosure/public/help.html", explained(request) | {"asks": _may_ask(request)})


@open_to(*EVERYONE)
def explain_to_sellers(request: Visit) -> HttpResponse:
    """Explain to sellers when their information may be disclosed, and how they are heard."""
    return render(request, "disclosure/public/sellers.html", explained(request))


@open_to(*EVERYONE)
@never_cache
def road(request: Visit) -> HttpResponse:
    """Ask seven questions and say which road is nearest; none of the answers is kept."""
    form = RoadForm(request.GET or None)
    found = advice(form.replies()) if form.is_bound and form.is_valid() else None
    shown = {"form": form, "advice": found, "roads": roads(claim=0), "asks": _may_ask(request)}
    return render(request, "disclosure/public/road.html", shown)


# A buyer asks: one page a question, what the seller shows already beside the items, the seller's own text before it is sent.


def _order_rows(form: BaseForm) -> Iterator[Row]:
    """Say which order it is, and how the sum is reckoned."""
    given = form.cleaned_data
    yield Row(label=ORDER, value=order_line(given["order_fact"]))
    sums = {"price": given["price"], "other": given["other"]}
    yield from (Row(label=str(form[name].label), value=yen(one)) for name, one in sums.items() if one)
    if given["other_what"]:
        yield Row(label=str(form["other_what"].label), value=given["other_what"])
    if bool(given["price"]) is bool(given["other"]):
        yield Row(label=Text("合計", "Together"), value=yen(given["total"]))


def _goes_on(request: Visit, form: BaseForm, answers: Answers, back: str) -> HttpResponse | None:
    """Lead to the request that goes on about the order already, before anything more is asked."""
    number = queries.open_about(form.cleaned_data["order_fact"])
    if number is None:
        return None
    messages.info(request, localized(asking.AskedAlready.text))
    return HttpResponseRedirect(reverse("disclosure_public:one", args=(number,)))


def _displayed(request: Visit, answers: Answers) -> str:
    """Show what the seller displays of the six items: who can claim with that needs no request."""
    seller_ref = answers["order"]["order_fact"].seller_ref
    shown = display.public(seller_ref)
    told = shown.told if shown else None
    items = [item for item in queries.NAMED_AS if told and item in {*told.said, *told.on_request}]
    rows = [(ITEMS[item].text, told.said.get(item, display.ON_REQUEST)) for item in items if told]
    page = {"rows": rows, "all": reverse("display_public:page", args=(seller_ref,))}
    if told and {*items} & {*told.on_request}:
        page["asks"] = reverse("display_public:ask", args=(seller_ref,))
    return render_to_string("disclosure/public/displayed.html", page, request)


def _told_to_seller(request: Visit, answers: Answers) -> str:
    """Show word for word what the seller will be told, and once more that the Act does not reach to the sum."""
    order = answers["order"]
    ref, total = order["order_fact"].ref, order["total"]
    told = hearing_text([ref], answers["claim"]["claim"], total, answers["items"]["items"])
    shown = {"told": told, "small": STILL_SMALL.fill(above=ABOVE) if total <= AMOUNT_ABOVE else None}
    return render_to_string("disclosure/public/checked.html", shown, request)


def _named(request: Visit) -> dict[str, dict[str, list[str]]]:
    """Take from the address which order it is about; the sum is still asked for."""
    ref = request.GET.get("order", "")[:64]
    return {"order": {"order": [ref], LEFT: [""]}} if ref else {}


def _ask(request: Visit, answers: Answers, token: str) -> str:
    given = {name: value for one in answers.values() for name, value in one.items()}
    taken = ("bought_as", "claim", "price", "other", "other_what", "need", "why", "items", "pledge")

    def do() -> str:
        number = asking.ask_information(
            actor_of(request),
            order=given["order_fact"].ref,
            wrote_seller=given["wrote_seller"],
            for_child=given["asking"] is Asking.PARENT,
            **{name: given[name] for name in taken},
        )
        return f"{reverse('disclosure_public:one', args=(number,))}?done={ASK.slug}"

    return once(actor_of(request), token, do)


def _on_paper(request: Visit, rows: Iterable[Row]) -> HttpResponse:
    """Give what was answered as a paper, for one's own files or to be sent by letter: nothing is sent by that."""
    pairs = [(row.label, row.value) for row in rows]
    name, address, mail = explained(request)["sent_to"]
    to = "\n".join(one for one in (name, address, mail) if one)
    sections = [
        (Text("請求の内容", "What is asked"), [papers.rows(*pairs)]),
        (BY_LETTER, [papers.say(SIGNED), papers.rows((SENT_TO, to), (NAME, ""), (ADDRESS, ""), (DATED, ""))]),
    ]
    whole = papers.paper(TITLE, NOT_SENT, sections, foot=f"({spoken(request.received_at).ja})")
    return papers.answer(whole, at=request.received_at, name="disclosure-request")


ASKING = Steps(
    name="disclosure",
    title=ASK.title,
    questions=(
        Question(
            name="order",
            title=Text("どの注文で、いくら求めますか", "Which order, and how much do you claim?"),
            lead=Text(
                "書面やメールでも請求できます。宛先は、「戻る」の先の説明にあります。",
                "You may also ask by letter or mail: “Back” leads to where that is explained.",
            ),
            form=lambda data, request, answers: OrderSumForm(data, actor=actor_of(request)),
            rows=_order_rows,
            between=_goes_on,
        ),
        Question(
            name="items",
            title=Text("出品者の何を知りたいですか", "What do you need to know of the seller?"),
            form=plain(WantedForm),
            above=_displayed,
        ),
        Question(
            name="claim",
            title=Text("出品者に何を求めますか", "What do you demand of the seller?"),
            form=plain(DemandForm),
        ),
        Question(
            name="need",
            title=Text("なぜ確かめる必要がありますか", "Why do you need to confirm it?"),
            form=plain(NeedForm),
        ),
        Question(
            name="who",
            title=Text("請求する方について", "About you who ask"),
            lead=BY_LETTER_INSTEAD,
            form=plain(WhoForm),
        ),
    ),
    send=_ask,
    given=_named,
    above=_told_to_seller,
    paper=_on_paper,
    send_text=ASK.button,
    carries=True,
    leave="/disclosure/",
)


@open_to(Role.BUYER)
@never_cache
def ask(request: Visit, step: str = "") -> HttpResponse:
    """Ask for the information of the seller of an order of one's own, page by page."""
    return ASKING.page(request, step, base=reverse("disclosure_public:ask"))


@open_to(Role.BUYER)
@never_cache
def requests(request: Visit) -> HttpResponse:
    """Show a buyer its requests."""
    return render(
        request,
        "disclosure/public/requests.html",
        {"requests": request_rows(queries.of_buyer(actor_of(request)))},
    )


@open_to(Role.BUYER)
@never_cache
def one(request: Visit, number: int) -> HttpResponse:
    """Show a buyer one of its requests, and nothing yet of what was disclosed."""
    return _show(request, number, None)


@open_to(Role.BUYER)
@takes("POST")
@never_cache
def opened(request: Visit, number: int) -> HttpResponse:
    """Open what was disclosed, which is recorded."""
    return _show(request, number, deciding.receive(actor_of(request), request=number))


@open_to(Role.BUYER)
@takes("POST")
@never_cache
def paper(request: Visit, number: int) -> HttpResponse:
    """Give the decision as a PDF to who asked, which is recorded where something was disclosed."""
    return letter_of(request, number)


def _show(request: Visit, number: int, given: Mapping[SellerItem, str] | None) -> HttpResponse:
    actor = actor_of(request)
    page, told = (
        queries.request_of(actor, number),
        {"asked": ASK.done, **{slug: one.done for slug, one in OWN.items()}},
    )
    shown = {
        "page": page,
        "given": [(item.text, value) for item, value in (given or {}).items()],
        "opened": given is not None,
        "did": just_did(actor, about(number), told.get(request.GET.get("done", ""))),
        "can": [each for each in OWN.values() if each.is_open_to(actor.role, page)],
        "receipt": receipt_of(number),
    }
    return render(request, "disclosure/public/request.html", shown)


@open_to(Role.BUYER)
@never_cache
def act(request: Visit, number: int, slug: str) -> HttpResponse:
    """Let a buyer complete or withdraw its request."""
    decision, actor = OWN.get(slug), actor_of(request)
    if decision is None:
        raise NoSuchInfoRequest
    page = partial(queries.request_of, actor, number)
    shown = page()
    return decide(
        request,
        decision,
        shown,
        again=page,
        key=number,
        back=reverse("disclosure_public:one", args=(number,)),
        template="disclosure/public/act.html",
        form=partial(CompleteForm, known=shown.known) if slug == "complete" else None,
        refused=(NoSuchInfoRequest,),
    )


# What staff see of a request on the page of its case, their decisions, what came by letter, and the letter that goes out.


OTHER_CASES = 5


class AskedView(MatterView[InfoRequestShown]):
    """A request on the page of its case: elements with evidence, what was bought and shown, the view; and the list of all."""

    app, name, at, home = "disclosure_staff", "", "disclosure/", "listed"
    one_at, is_panel = "cases/<str:number>/disclosure/", True
    back_text, roles, absent = Text("開示請求の一覧", "All requests"), STAFF, NoSuchInfoRequest
    listed, list_template = REQUESTS, "disclosure/staff/listed.html"
    makes, make_template = (ENTER,), "disclosure/staff/enter.html"
    decisions, decide_template = DECISIONS, "disclosure/staff/duty.html"
    template, parts = "disclosure/staff/request", (PagePart.WORK, PagePart.FACTS, PagePart.HISTORY)

    def read(self, place: Where, number: str) -> InfoRequestShown:
        """Return what is behind a case."""
        return queries.behind_case(place.actor, number)

    def key(self, shown: InfoRequestShown, number: str) -> int:
        """Return its own number."""
        return shown.number

    def about(self, key: int) -> str:
        """Return the name under which acts know it."""
        return about(key)

    def given(self, shown: InfoRequestShown, place: Where) -> Mapping[str, Any]:
        """Return it with its orders as they were shown, what else is near them, and the letter as it would be."""
        orders = [one for one in map(market.order, shown.orders) if one]
        near = [
            one
            for order in orders
            for one in cases.view(Wish(order_ref=order.ref), limit=OTHER_CASES).cases
            if one.number != shown.case
        ]
        return {
            "page": shown,
            "orders": [(one, display.seen_version(one)) for one in orders],
            "near": [(one, place.case_page.format(number=one.number)) for one in near],
            "letter": letter(shown.findings),
        }

    def form(self, decision: Decision[Any], shown: InfoRequestShown | None, actor: Actor) -> Form:
        """Return what a decision asks: of what came later, only what it does not say yet; each item that is at stake."""
        if shown is None:
            return EnterForm
        if decision is ENTER_COMPLETION:
            return partial(CameForm, known=shown.known)
        if decision is HEARD:
            return with_outdated(by_verb(decision), page=shown)
        return partial(ProposeForm, page=shown) if decision is PROPOSE else by_verb(decision)

    def initial(self, shown: InfoRequestShown) -> Mapping[str, Any]:
        """Return what was seen of it so far."""
        known = shown.known
        return {
            "version": shown.version,
            "identity": known.identity,
            "authority": known.authority,
            "signed": known.signed,
            "is_minor": known.is_minor,
            "searched": known.searched,
            "elsewhere": any(not one.on_site for one in known.orders),
            "by_operator": any(one.by_operator for one in known.orders),
            "assigned": known.assigned,
        }


VIEW_OF_STAFF = AskedView()
panel = VIEW_OF_STAFF.panel


@open_to(*STAFF)
@takes("POST")
def paper_of_case(request: Visit, number: str, case_page: str) -> HttpResponse:
    """Give staff the decision as a PDF, to send it by letter."""
    return letter_of(request, queries.behind_case(actor_of(request), number).number)
