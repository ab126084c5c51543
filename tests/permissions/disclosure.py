"""The addresses of requests for a seller's information, and one that waits for the seller's view."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Item, OrderLine
from mamori.law.article5 import SellerItem
from mamori.law.inquiries import HeldKind, InquiryKind
from mamori.rooms.disclosure.actions import asking, deciding
from mamori.rooms.disclosure.inquiries import actions as inquiries
from mamori.rooms.disclosure.inquiries.rules import InquiryPaper
from mamori.rooms.disclosure.rules.asked import BoughtAs, ClaimKind, NeedFor
from tests.permissions.clarifications import CLARIFICATIONS, clarified
from tests.permissions.complaints import COMPLAINTS, complained
from tests.permissions.counselling import COUNSELLING, consulted
from tests.permissions.insight import INSIGHT, improved
from tests.permissions.lines import BUYER, EVERYBODY, HEADS, SELLERS, STAFF, Line
from tests.permissions.measures import MEASURES, published

OF_NUMBER, OF_CASE = {"number": "<disclosure>"}, {"number": "<disclosure_case>"}
OF_INQUIRY = {"number": "<inquiry>"}
DISCLOSURE = (
    *MEASURES,
    *COMPLAINTS,
    *COUNSELLING,
    *CLARIFICATIONS,
    *INSIGHT,
    *(Line(f"/disclosure/{page}", EVERYBODY, opens=True) for page in ("", "sellers/", "road/")),
    Line("/disclosure/ask/", BUYER),
    Line("/disclosure/ask/<slug:step>/", BUYER, values={"step": "order"}, opens=True),
    Line("/disclosure/requests/", BUYER, opens=True),
    Line("/disclosure/requests/<int:number>/", BUYER, own=True, values=OF_NUMBER, opens=True),
    Line("/disclosure/requests/<int:number>/opened/", BUYER, own=True, values=OF_NUMBER),
    Line("/disclosure/requests/<int:number>/paper/", BUYER, own=True, values=OF_NUMBER),
    Line(
        "/disclosure/requests/<int:number>/<slug:slug>/",
        BUYER,
        own=True,
        values=OF_NUMBER | {"slug": "withdraw"},
        opens=True,
    ),
    Line("/seller/disclosure/", SELLERS, opens=True),
    Line(
        "/seller/disclosure/<int:number>/<slug:slug>/",
        SELLERS,
        own=True,
        values=OF_NUMBER | {"slug": "view"},
        opens=True,
    ),
    Line("/desk/disclosure/", STAFF, opens=True),
    Line("/desk/disclosure/enter/", STAFF, opens=True),
    Line("/desk/cases/<str:number>/disclosure/paper/", STAFF, values=OF_CASE),
    Line("/desk/cases/<str:number>/disclosure/agree/", HEADS, step_up=True, values=OF_CASE),
    Line("/desk/inquiries/", HEADS, opens=True),
    Line("/desk/inquiries/enter/", HEADS, opens=True),
    Line("/desk/inquiries/<int:number>/", HEADS, values=OF_INQUIRY, opens=True),
    Line("/desk/inquiries/<int:number>/agree/", HEADS, step_up=True, values=OF_INQUIRY),
    Line(
        "/desk/inquiries/<int:number>/<slug:slug>/", HEADS, values=OF_INQUIRY | {"slug": "refuse"}, opens=True
    ),
    Line(
        "/desk/cases/<str:number>/disclosure/<slug:slug>/",
        STAFF,
        values=OF_CASE | {"slug": "sign"},
        opens=True,
    ),
)


def heard(at: datetime) -> int:
    """Let B-1 ask who sold it something dear, and S-1 be asked for its view."""
    shop = Actor(by="machine:shop", role=Role.MACHINE, at=at, via="test")
    items = (Item(listing="L-1", price=48_000),)
    market.put_order(
        shop, OrderLine(ref="O-9", buyer="B-1", seller="S-1", items=items, amount=48_000, ordered_at=at)
    )
    request = asking.ask_information(
        Actor(by="buyer:B-1", role=Role.BUYER, at=at, via="test"),
        order="O-9",
        bought_as=BoughtAs.CONSUMER,
        claim=ClaimKind.NOT_DELIVERED,
        price=48_000,
        other=0,
        other_what="",
        need=NeedFor.SUIT,
        why="代金を返してもらうため、少額訴訟を起こします。",
        items=(SellerItem.NAME,),
        pledge=True,
    )
    staff = Actor(by="counsel:1", role=Role.COUNSEL, at=at, via="test")
    deciding.begin_request(staff, request=request)
    deciding.ask_view(staff, request=request)
    return request


def inquired(at: datetime) -> int:
    """Let the police have asked about S-1, in a house that has published half a year, was told things and changed something."""
    published(at)
    complained(at)
    consulted(at)
    clarified(at)
    improved(at)
    return inquiries.enter_inquiry(
        Actor(by="lead:1", role=Role.LEAD, at=at, via="test"),
        told=InquiryPaper(
            kind=InquiryKind.POLICE,
            by="○○警察署",
            paper="第1号",
            scope="登録",
            asked=(HeldKind.REGISTERED, HeldKind.MESSAGES),
            parties=("seller:S-1",),
        ),
    )
