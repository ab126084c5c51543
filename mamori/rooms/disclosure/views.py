"""The pages on a request, of who asks, the seller and staff; and the lists that staff read in this room."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from mamori.grammar.actor import SELLERS, STAFF, Actor, Role
from mamori.grammar.businesstime import span_text
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import CaseFact, Wish
from mamori.ground.market import facts as market
from mamori.ground.matters.decision import Decision, just_did, just_done
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers, sections
from mamori.ground.matters.readinglist import Filter, ListColumn, ReadingList, Written, by_state
from mamori.ground.people import facts as people
from mamori.ground.terms import facts as terms
from mamori.ground.web.access import EVERYONE, open_to, takes
from mamori.ground.web.decisions import by_verb, decide
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.lists import show
from mamori.ground.web.signs import Visit, actor_of
from mamori.law.article5 import (
    ABOVE,
    ARTICLE5_DEADLINES,
    DISCLOSURE_CORRECTION,
    ELEMENTS,
    LEFT_OUT,
    NEVER,
    SELLER_ITEMS,
    SILENCE_ON_OUTDATED,
    SellerItem,
)
from mamori.law.inquiries import InquiryKind, listed
from mamori.law.reports import OPERATOR_MAIL
from mamori.law.roads import roads
from mamori.law.settings import OPERATOR_ADDRESS, OPERATOR_NAME
from mamori.rooms.disclosure import queries
from mamori.rooms.disclosure.actions import deciding
from mamori.rooms.disclosure.decisions import (
    AGREE,
    ASK,
    BY_SLUG,
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
from mamori.rooms.disclosure.editions.queries import summary_of
from mamori.rooms.disclosure.inputs import (
    CameForm,
    CompleteForm,
    ConfirmForm,
    EnterForm,
    HeardForm,
    InfoAskForm,
    ProposeForm,
    RoadForm,
    SellerViewForm,
)
from mamori.rooms.disclosure.inquiries.queries import InquirySaid, said_of, state_text
from mamori.rooms.disclosure.lifecycle import (
    DECIDERS,
    EDITION,
    INQUIRY,
    REQUEST,
    DisclosureState,
    InquiryState,
)
from mamori.rooms.disclosure.models import Edition, Inquiry, SellerRequest
from mamori.rooms.disclosure.queries import InfoRequestShown, NoSuchInfoRequest, about, receipt_of
from mamori.rooms.disclosure.rules.asked import CameBy, advice
from mamori.rooms.disclosure.rules.deciding import TOLD, letter
from mamori.rooms.display import facts as display


@open_to(*SELLERS)
def asked(request: Visit) -> HttpResponse:
    """Show a seller the requests on which it is or was heard."""
    actor = actor_of(request)
    found = queries.requests_of_seller(actor)
    of = {f"{one.number}": one.number for one in found}.get(request.GET.get("of", ""))
    did = just_did(actor, about(of), {**VIEW.done, **CONFIRM.done}) if of else None
    span = span_text(terms.duration(DISCLOSURE_CORRECTION, at=actor.at))
    shown = {"requests": found, "did": did, "silence": SILENCE_ON_OUTDATED.fill(span=span)}
    answer = render(request, "disclosure/seller/requests.html", shown)
    add_never_cache_headers(answer)
    return answer


@open_to(*SELLERS)
def view(request: Visit, number: int) -> HttpResponse:
    """Let a seller state its view."""
    return _decide_as_seller(request, number, VIEW, SellerViewForm)


@open_to(*SELLERS)
def confirm(request: Visit, number: int) -> HttpResponse:
    """Let a seller say that what it called outdated is right as it is registered."""
    return _decide_as_seller(request, number, CONFIRM, ConfirmForm)


def _decide_as_seller(
    request: Visit, number: int, decision: Decision[InfoRequestShown], form: Callable[..., HouseForm]
) -> HttpResponse:
    actor = actor_of(request)
    page = queries.request_of(actor, number)
    return decide(
        request,
        decision,
        page,
        again=lambda: queries.request_of(actor, number),
        key=number,
        back=f"{reverse('disclosure_seller:requests')}?of={number}",
        template="disclosure/seller/view.html",
        form=partial(form, page=page),
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


def _requests(actor: Actor) -> QuerySet[SellerRequest]:
    return SellerRequest.objects.all()


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
    rows=_requests,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryRow:
    """An inquiry in the register: who asked by which paper for what, about whom, what was decided by whom and given."""

    number: int
    kind: Text
    state: Text
    by: str
    paper: str
    parties: str
    asked: Text
    given: Text | None
    decided_by: str
    due_on: date | None
    entered_at: datetime
    closed_at: datetime | None


def _inquiries(actor: Actor) -> QuerySet[Inquiry]:
    return Inquiry.objects.all()


def inquiry_rows(rows: Sequence[Inquiry], actor: Actor) -> list[InquiryRow]:
    """Return what the register tells of these inquiries."""
    names = people.names()
    return [_inquiry_row(row, said_of(row), people.called(row.decided_by, names)) for row in rows]


def _inquiry_row(row: Inquiry, said: InquirySaid, decided_by: str) -> InquiryRow:
    kind = InquiryKind(row.kind)
    return InquiryRow(
        number=row.pk,
        kind=kind.text,
        state=state_text(kind, InquiryState(row.state)),
        by=said.by,
        paper=said.paper,
        parties=" ".join(row.parties),
        asked=listed(row.asked),
        given=listed(row.given) if row.given else None,
        decided_by=decided_by,
        due_on=row.due_on,
        entered_at=row.entered_at,
        closed_at=row.closed_at,
    )


def _about_party(rows: QuerySet[Inquiry], actor: Actor, value: str) -> QuerySet[Inquiry]:
    """Narrow to those about a person; what lies as JSON no two databases look up alike, and a register is short."""
    found = [number for number, parties in rows.values_list("pk", "parties") if value in parties]
    return rows.filter(pk__in=found)


def _words(title: Text, value: str, *beneath: ListColumn, called: bool = False) -> ListColumn:
    written = Written.CALLED if called else Written.WORDS
    return ListColumn(title=title, value=value, written=written, beneath=beneath)


INQUIRY_LIST: ReadingList[InquiryRow] = ReadingList(
    slug="inquiries",
    title=Text("情報の照会", "Inquiries"),
    lead=Text(
        "警察・裁判所・弁護士会・税務署・権利者・本人などからの照会の台帳です。責任者と法務担当だけが見ます。",
        "The register of inquiries by police, courts, the bar, tax offices, rights holders and persons themselves. Leads and "
        "counsel alone read it.",
    ),
    empty=Text("照会はありません", "No inquiry has come"),
    roles=DECIDERS,
    rows=_inquiries,
    order=("-id",),
    read=inquiry_rows,
    columns=(
        ListColumn(
            title=Text("受付番号", "Number"),
            value="number",
            written=Written.NUMBER,
            to="number",
            at="disclosure_staff:inquiry",
        ),
        _words(Text("根拠", "Ground"), "kind", _words(Text("状態", "State"), "state")),
        _words(
            Text("照会した機関・人", "Who asks"),
            "by",
            _words(Text("文書", "Paper"), "paper", called=True),
            called=True,
        ),
        _words(Text("だれについて", "About whom"), "parties", called=True),
        _words(Text("求められたもの", "Asked for"), "asked", _words(Text("渡したもの", "Given"), "given")),
        _words(Text("決めた人", "Decided by"), "decided_by", called=True),
        ListColumn(title=Text("書面の期限", "Due by the paper"), value="due_on"),
        ListColumn(
            title=Text("届いた日時", "Came"),
            value="entered_at",
            written=Written.MOMENT,
            beneath=(
                ListColumn(
                    title=Text("終えた日時", "Ended"), value="closed_at", written=Written.MOMENT, led=True
                ),
            ),
        ),
    ),
    filters=(
        Filter(
            name="kind",
            title=Text("根拠", "Ground"),
            choices={one.value: one.text for one in InquiryKind},
            narrow=lambda rows, actor, value: rows.filter(kind=value),
        ),
        by_state(INQUIRY),
        Filter(name="party", title=Text("だれについて", "About whom"), narrow=_about_party),
        Filter(
            name="month",
            title=Text("届いた月", "Month"),
            monthly=True,
            narrow=lambda rows, actor, value: rows.filter(
                entered_at__gte=value.since, entered_at__lt=value.until
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRow:
    """An edition as it stands in the list."""

    number: int
    title: Text
    state: Text
    reason: str
    drafted_at: datetime
    released_at: datetime | None


def _editions(actor: Actor) -> QuerySet[Edition]:
    """Return every edition for who may read drafts, and none for others."""
    return Edition.objects.all() if actor.role in DECIDERS else Edition.objects.none()


def edition_rows(rows: Sequence[Edition], actor: Actor) -> list[EditionRow]:
    """Return what the list tells of these."""
    del actor
    shown = [summary_of(row) for row in rows]
    return [
        EditionRow(
            number=one.id,
            title=one.title,
            state=one.state_text,
            reason=one.reason,
            drafted_at=one.drafted_at,
            released_at=one.released_at,
        )
        for one in shown
    ]


EDITION_LIST: ReadingList[EditionRow] = ReadingList(
    slug="editions",
    title=Text("取組みの公表", "What is published of measures"),
    lead=Text(
        "「取組みと実績」のページに出るものです。月ごとの数は自動で数えられ、半年ごとの公表版は二人で公表します。",
        "What stands on the page of measures. Months are counted by themselves; an edition of half a year is released by two.",
    ),
    empty=Text("公表版はまだありません", "There is no edition yet"),
    roles=DECIDERS,
    rows=_editions,
    order=("-id",),
    read=edition_rows,
    columns=(
        ListColumn(
            title=Text("受付番号", "Number"),
            value="number",
            written=Written.NUMBER,
            to="number",
            at="disclosure_staff:edition",
        ),
        _words(Text("半期", "Half-year"), "title", _words(Text("状態", "State"), "state")),
        _words(Text("理由", "Why"), "reason"),
        ListColumn(
            title=Text("作った日時", "Drafted"),
            value="drafted_at",
            written=Written.MOMENT,
            beneath=(
                ListColumn(
                    title=Text("公表した日時", "Released"),
                    value="released_at",
                    written=Written.MOMENT,
                    led=True,
                ),
            ),
        ),
    ),
    filters=(by_state(EDITION),),
)


# Pages on which a buyer learns what the request is, asks, follows it, and reads what was disclosed.


SHOWN_ORDERS = 30


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
def road(request: Visit) -> HttpResponse:
    """Ask seven questions and say which road is nearest; none of the answers is kept."""
    form = RoadForm(request.GET or None)
    found = advice(form.replies()) if form.is_bound and form.is_valid() else None
    shown = {"form": form, "advice": found, "roads": roads(claim=0), "asks": _may_ask(request)}
    answer = render(request, "disclosure/public/road.html", shown)
    add_never_cache_headers(answer)
    return answer


@open_to(Role.BUYER)
def ask(request: Visit) -> HttpResponse:
    """Ask for the information of the seller of an order of one's own."""
    buyer_ref = actor_of(request).whose.removeprefix("buyer:")
    orders = market.orders_of(buyer_ref, limit=SHOWN_ORDERS)
    named = market.order(request.GET.get("order", "")[:64])
    if named is not None and named.buyer_ref == buyer_ref and named not in orders:
        orders = (named, *orders)
    answer = decide(
        request,
        ASK,
        orders,
        again=lambda: orders,
        key="",
        back=reverse("disclosure_public:requests"),
        template="disclosure/public/ask.html",
        form=partial(InfoAskForm, orders=orders),
        initial=lambda _: {"order": request.GET.get("order", "")},
        flash=True,
    )
    add_never_cache_headers(answer)
    return answer


@open_to(Role.BUYER)
def requests(request: Visit) -> HttpResponse:
    """Show a buyer its requests."""
    answer = render(
        request,
        "disclosure/public/requests.html",
        {"requests": request_rows(queries.of_buyer(actor_of(request)))},
    )
    add_never_cache_headers(answer)
    return answer


@open_to(Role.BUYER)
def one(request: Visit, number: int) -> HttpResponse:
    """Show a buyer one of its requests, and nothing yet of what was disclosed."""
    return _show(request, number, None)


@open_to(Role.BUYER)
@takes("POST")
def opened(request: Visit, number: int) -> HttpResponse:
    """Open what was disclosed, which is recorded."""
    return _show(request, number, deciding.receive(actor_of(request), request=number))


def _show(request: Visit, number: int, given: Mapping[SellerItem, str] | None) -> HttpResponse:
    actor = actor_of(request)
    page = queries.request_of(actor, number)
    asked = request.GET.get("done", "")
    shown = {
        "page": page,
        "given": [(item.text, value) for item, value in (given or {}).items()],
        "opened": given is not None,
        "did": just_did(actor, about(number), OWN[asked].done if asked in OWN else None),
        "can": [each for each in OWN.values() if each.is_open_to(actor.role, page)],
        "receipt": receipt_of(number),
    }
    answer = render(request, "disclosure/public/request.html", shown)
    add_never_cache_headers(answer)
    return answer


@open_to(Role.BUYER)
def act(request: Visit, number: int, slug: str) -> HttpResponse:
    """Let a buyer complete or withdraw its request."""
    decision, actor = OWN.get(slug), actor_of(request)
    if decision is None:
        raise NoSuchInfoRequest
    page = queries.request_of(actor, number)
    form = partial(CompleteForm, known=page.known)
    return decide(
        request,
        decision,
        page,
        again=lambda: queries.request_of(actor, number),
        key=number,
        back=reverse("disclosure_public:one", args=(number,)),
        template="disclosure/public/act.html",
        form=form if slug == "complete" else None,
        refused=(NoSuchInfoRequest,),
    )


@open_to(Role.BUYER)
@takes("POST")
def paper(request: Visit, number: int) -> HttpResponse:
    """Give the decision as a PDF to who asked, which is recorded where something was disclosed."""
    return letter_of(request, number)


# Pages of staff: the part of a case's page, its decisions, what came by letter, the letter that goes out, the procedure.


OTHER_CASES = 5


def panel(request: Visit, case: CaseFact, *, case_page: str) -> MatterPage:
    """Return the room's part of the case page: elements with evidence, what was bought and shown, the view, what can be done."""
    actor = actor_of(request)
    page = queries.behind_case(actor, case.number)
    slug = request.GET.get("done", "")
    return MatterPage(
        sections=_sections(page, case_page=case_page),
        offers=offers(
            DECISIONS,
            page,
            actor.role,
            partial(_address, case.number),
            form=partial(_form, page),
            initial=_initial(page),
        ),
        done=just_done(actor, about(page.number), BY_SLUG[slug].done if slug in BY_SLUG else None),
    )


def _sections(page: InfoRequestShown, *, case_page: str) -> tuple[Section, ...]:
    """Return what is shown of a request, on its page and beside each decision on it."""
    orders = [one for one in map(market.order, page.orders) if one]
    near = [
        one
        for order in orders
        for one in cases.view(Wish(order_ref=order.ref), limit=OTHER_CASES).cases
        if one.number != page.case
    ]
    shown = {
        "page": page,
        "orders": [(one, display.seen_version(one)) for one in orders],
        "near": [(one, case_page.format(number=one.number)) for one in near],
        "letter": letter(page.findings),
    }
    return sections("disclosure/staff/request", (PagePart.WORK, PagePart.FACTS, PagePart.HISTORY), shown)


def _address(number: str, slug: str) -> str:
    if slug == AGREE.slug:
        return reverse("disclosure_staff:agree", args=(number,))
    return reverse("disclosure_staff:duty", args=(number, slug))


@open_to(*STAFF)
def duty(request: Visit, number: str, slug: str, case_page: str) -> HttpResponse:
    """Show or make one of the decisions of staff about a request, but for the one that needs a fresh proof."""
    if slug == AGREE.slug:
        raise NoSuchInfoRequest
    return _decide_as_staff(request, number, slug, case_page)


@open_to(*AGREE.roles, step_up=AGREE.step_up)
def agree(request: Visit, number: str, case_page: str) -> HttpResponse:
    """Agree to what another person proposed; whoever does has proven itself just before."""
    return _decide_as_staff(request, number, AGREE.slug, case_page)


def _decide_as_staff(request: Visit, number: str, slug: str, case_page: str) -> HttpResponse:
    decision, actor = BY_SLUG.get(slug), actor_of(request)
    if decision is None:
        raise NoSuchInfoRequest
    page = queries.behind_case(actor, number)
    return decide(
        request,
        decision,
        page,
        again=lambda: queries.behind_case(actor, number),
        key=page.number,
        back=case_page.format(number=number),
        template="disclosure/staff/duty.html",
        beside=partial(_sections, case_page=case_page),
        form=_form(page, decision),
        initial=_initial,
        refused=(NoSuchInfoRequest,),
    )


def _form(page: InfoRequestShown, decision: Decision[InfoRequestShown]) -> Callable[..., HouseForm]:
    """Return what a decision asks: of what came later, only what the request does not say yet; each item that is at stake."""
    if decision is ENTER_COMPLETION:
        return partial(CameForm, known=page.known)
    of_page = {HEARD.slug: HeardForm, PROPOSE.slug: ProposeForm}.get(decision.slug)
    return partial(of_page, page=page) if of_page else by_verb(decision)


def _initial(page: InfoRequestShown) -> Mapping[str, Any]:
    known = page.known
    return {
        "version": page.version,
        "identity": known.identity,
        "authority": known.authority,
        "signed": known.signed,
        "is_minor": known.is_minor,
        "searched": known.searched,
        "elsewhere": any(not one.on_site for one in known.orders),
        "by_operator": any(one.by_operator for one in known.orders),
        "assigned": known.assigned,
    }


@open_to(*STAFF)
def requests_listed(request: Visit, case_page: str) -> HttpResponse:
    """List every request, the newest first."""
    return show(request, REQUESTS, case_page=case_page, template="disclosure/staff/listed.html")


@open_to(*STAFF)
def enter(request: Visit, case_page: str) -> HttpResponse:
    """Enter a request as it came by letter, mail or on the agency's form."""
    del case_page
    return decide(
        request,
        ENTER,
        None,
        again=lambda: None,
        key="",
        back=reverse("disclosure_staff:listed"),
        template="disclosure/staff/enter.html",
        form=EnterForm,
        flash=True,
    )


@open_to(*STAFF)
@takes("POST")
def paper_of_case(request: Visit, number: str, case_page: str) -> HttpResponse:
    """Give staff the decision as a PDF, to send it by letter."""
    del case_page
    return letter_of(request, queries.behind_case(actor_of(request), number).number)
