"""What is open just now: whoever comes in by one of the doors finds work of its own, played by the verbs some hours ago."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from mamori.grammar.hand import Hand, Role
from mamori.ground.market import facts as market
from mamori.ground.people import actions as people
from mamori.law.complaints import ComplaintReason, ReportedWhat
from mamori.law.counselling import ConsentGiven, ConsentLasts, ConsentTo
from mamori.law.inquiries import InquiryKind
from mamori.law.kept import HeldKind
from mamori.law.news import NewsTopic
from mamori.rooms.complaints import actions as complaints
from mamori.rooms.complaints.counselling.rules import ConsultationTold
from mamori.rooms.complaints.queries.sealed import secret_of
from mamori.rooms.complaints.rules import ReportTold
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.topics import Harm, Topic
from mamori.rooms.disclosure import actions as disclosure
from mamori.rooms.disclosure.rules.inquiries import InquiryPaper
from mamori.rooms.enforcement import actions as enforcement
from mamori.rooms.enforcement.actions import Wish
from mamori.rooms.enforcement.judgement import judge
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.outreach import actions as outreach
from mamori.rooms.payouts import actions as payouts
from mamori.site.demo import guests
from mamori.site.demo.cast import AGENT, BUYER, COUNSEL, DELEGATE, LEAD, SELLER
from mamori.site.demo.days import NOW
from mamori.site.demo.disclosing import asks, weigh_business
from mamori.site.demo.enforcing import PREPARING, found
from mamori.site.demo.improving import another

TROUBLES = (
    (5, "O-000989", Topic.NOT_ARRIVED, "三日前に届くはずの品がまだ届きません。", True),
    (3, "O-001003", Topic.BROKEN, "箱を開けたら、ふたが割れていました。", True),
    (2, "O-000763", Topic.NOT_AS_DESCRIBED, "写真と色が違います。返品できますか。", False),
)
FIRST_ASKED, NEW_ASKED = "O-000630", "O-001190"
"""Orders whose buyers ask who the seller is: one request waits for its second person, one for somebody who begins."""
HIDDEN, TO_DECIDE, SMOKES = "L-0062", "L-0004", "L-0003"


def _by(who: str, role: Role, *, ago: float) -> Hand:
    return Hand(by=who, role=role, at=NOW - timedelta(hours=ago), via="demo")


buyer, seller = partial(_by, f"buyer:{BUYER}", Role.BUYER), partial(_by, f"seller:{SELLER}", Role.SELLER)
agent, lead = partial(_by, AGENT, Role.AGENT), partial(_by, LEAD, Role.LEAD)
counsel, machine = partial(_by, COUNSEL, Role.COUNSEL), partial(_by, "machine:demo", Role.MACHINE)


def before() -> None:
    """Let a measure begin, another finding wait for its decision, and a request for its second person."""
    hidden, _ = (_heard(listing) for listing in (HIDDEN, TO_DECIDE))
    answer = judge(Finding.objects.get(pk=hidden), lead(ago=48).at).answer
    wish = Wish(measure=answer.measure, days=answer.days, reason="基準のとおり")
    enforcement.decide(lead(ago=48), finding=hidden, wish=wish)
    _asked_who()


def begin() -> None:
    """Let everybody leave something to the next: an appeal, money, requests, troubles, reports, words to be read."""
    enforcement.appeal(
        seller(ago=20),
        measure=Measure.objects.latest("pk").pk,
        said="返品の条件は、商品の説明の下に書いてあります。",
    )
    _asks(NEW_ASKED, ago=4)
    _held()
    another(agent(ago=30))
    told = InquiryPaper(
        kind=InquiryKind.POLICE,
        by="見本警察署",
        paper="第31号",
        scope="登録の情報",
        asked=(HeldKind.REGISTERED,),
        parties=(f"seller:{SELLER}",),
    )
    inquiry = disclosure.enter_inquiry(lead(ago=7), told=told)
    disclosure.offer_inquiry(lead(ago=6), inquiry=inquiry, items=[HeldKind.REGISTERED], reason="照会の範囲。")
    opened = [
        contact.open_trouble(
            buyer(ago=ago),
            order_ref=order,
            topic=topic,
            harm=Harm.MONEY,
            said=said,
            centre_may_read=may_read,
        )
        for ago, order, topic, said, may_read in TROUBLES
    ]
    _consulted()
    smokes = ReportTold(
        what=ReportedWhat.LISTING,
        reason=ComplaintReason.DANGEROUS,
        where=SMOKES,
        words="充電していたら煙が出ました。",
    )
    anonymous = _by("anonymous", Role.ANONYMOUS, ago=1.5)
    complaints.report(anonymous, told=smokes, secret=secret_of("demo-now"), source="192.0.2.46")
    contact.request_mediation(buyer(ago=1), trouble=opened[0])
    words = outreach.AnnouncementWords(
        topic=NewsTopic.TRADE,
        title="年末年始の窓口",
        title_en="The centre around the new year",
        body="年末年始も、平日と同じ時間に申し出を受け付けます。",
        body_en="Around the new year the centre takes inquiries as on business days.",
    )
    outreach.propose_announcement(
        agent(ago=0.5), announcement=outreach.write_announcement(agent(ago=1), announcement=0, words=words)
    )


def _heard(listing: str) -> int:
    """Find that a listing lacks its terms of return, and hear the seller on it."""
    shop = market.listing(listing)
    assert shop is not None
    finding = found(agent(ago=80), shop.seller_ref, listing)
    enforcement.ask_view(agent(ago=79), finding=finding)
    view = _by(f"seller:{shop.seller_ref}", Role.SELLER, ago=50)
    enforcement.state_view(view, finding=finding, said=PREPARING)
    return finding


def _asked_who() -> None:
    """Let counsel propose to disclose after all that comes before it."""
    first, seller_ref = _asks(FIRST_ASKED, ago=90)
    disclosure.begin_request(agent(ago=89), request=first)
    weigh_business(counsel(ago=88), first)
    disclosure.ask_view(counsel(ago=87), request=first)
    view = _by(f"seller:{seller_ref}", Role.SELLER, ago=60)
    disclosure.state_view(view, request=first, agrees=True, said="異議はありません。")
    disclosure.propose_disclosure(counsel(ago=50), request=first, reason="要件を満たす。")


def _asks(ref: str, *, ago: float) -> tuple[int, str]:
    order = market.order(ref)
    assert order is not None
    buyer_ = _by(f"buyer:{order.buyer_ref}", Role.BUYER, ago=ago)
    return asks(buyer_, ref, order.amount), order.seller_ref


def _held() -> None:
    """Let the seller's money wait, for its new account bears another name; and let somebody act for the shop."""
    given = payouts.Given(bank="0001", branch="001", number="1234567", holder="スズキ イチロウ")
    payouts.set_account(machine(ago=60), seller_ref=SELLER, given=given)
    payouts.authorize(machine(ago=8), asked=payouts.Asked("P-0001", SELLER, 128_000))
    people.add_delegate(seller(ago=70), name=DELEGATE, person="見本 花子", mail="hanako@shop-0002.example")


def _consulted() -> None:
    told = ConsultationTold(
        consumer="購入者",
        order=TROUBLES[1][1],
        words="届いた品のふたが割れていたとのことです。返品の条件と、お店との経過を教えてください。",
        consent=ConsentTo.WORDS,
        given=ConsentGiven.WRITTEN,
        lasts=ConsentLasts.QUARTER,
    )
    complaints.consult(_by(guests.visitor(Role.COUNSELLOR).who, Role.COUNSELLOR, ago=2), told=told)
