"""A small marketplace with a matter far along, and everybody who might knock: those it concerns, and those it does not."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from django.test import Client

from conftest import in_force
from mamori.doors.gateway.keys import AUDIENCE
from mamori.grammar.actor import Actor, Role
from mamori.ground.cases import facts as cases
from mamori.ground.ledger import actions as log, facts as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Accepted, BuyerLine, Item, ListingLine, OrderLine
from mamori.ground.market.models import Instruction
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Scope
from mamori.ground.people.models import Account, Delegate
from mamori.ground.people.presence import BEGUN, RECORDS
from mamori.ground.terms import actions as terms
from mamori.japan.calendar import bank_day_from
from mamori.law.display import DisplayItem
from mamori.law.identification import Method, Registrant
from mamori.law.settings import PAYER_ACCOUNT, PAYER_CODE, PAYER_NAME
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.models import Helper
from mamori.rooms.contact.rules.helping import May
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.topics import Harm, Topic
from mamori.rooms.display.actions import displays
from mamori.rooms.display.hidden import actions as hidden
from mamori.rooms.display.hidden.rules import SignFound
from mamori.rooms.display.proofs import actions as proofs
from mamori.rooms.display.proofs.rules import CallHours
from mamori.rooms.display.requests import actions as requests
from mamori.rooms.display.rules.told import ShownDisplay, ShownItem
from mamori.rooms.enforcement.policy import actions as policy
from mamori.rooms.payouts import actions as payouts, facts as payout_facts
from mamori.rooms.payouts.accounts import actions as accounts, details
from mamori.rooms.payouts.runs import actions as runs
from mamori.site import work
from tests.permissions import counselling
from tests.permissions.accidents import burnt
from tests.permissions.agencies import entered
from tests.permissions.alerts import warned
from tests.permissions.campaigns import Outreached, drafted
from tests.permissions.disclosure import heard, inquired
from tests.permissions.enforcement import enforce
from tests.permissions.guidance import guided
from tests.permissions.hits import listed
from tests.shops import put_shop

SECRETS: Mapping[str, str] = {
    "the buyer's mail": "canary-buyer@example.jp",
    "the buyer's phone": "090-7777-1234",
    "the seller's mail": "canary-seller@example.jp",
    "the seller's person": "秘密野責任者",
    "the buyer's words": "箱の底に見慣れない傷がありました",
    "the account number": "9182736",
}
NOT_SHARED = "the buyer's words"


@dataclass(frozen=True, slots=True)
class World:
    """What stands in the small marketplace: the numbers by which its matters are called."""

    thread: int
    trouble: int
    recovery: int
    proposal: int
    formal: int
    case: str
    recovery_case: str
    formal_case: str
    measure: int
    payout_case: str
    account: int
    account_case: str
    run: int
    finding_case: str
    appeal_case: str
    receipt: int
    receipt_address: str
    request: int
    disclosure: int
    disclosure_case: str
    inquiry: int
    outreach: Outreached
    api_key: str
    link_prefix: str
    link_secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """Somebody who knocks: in which role, whether the matter is theirs, and how they come."""

    name: str
    role: Role
    owns: bool = False
    fresh: bool = True
    enrols: bool = False
    who: str = ""
    client: Client = field(default_factory=Client)
    headers: Mapping[str, str] = field(default_factory=dict)


def build() -> World:
    """Tell the marketplace, let a trouble run out of its time, refund it, and open the recovery."""
    began = datetime.now(UTC) - timedelta(days=20)
    shop = Actor(by="machine:shop", role=Role.MACHINE, at=began - timedelta(days=9), via="test")
    _tell(shop)
    buyer = Actor(by="buyer:B-1", role=Role.BUYER, at=began, via="test")
    trouble = contact.open_trouble(
        buyer,
        order_ref="O-1",
        topic=Topic.BROKEN,
        harm=Harm.MONEY,
        said=SECRETS[NOT_SHARED],
        centre_may_read=False,
    )
    _let_help(buyer, trouble)
    work.settle(at=began + timedelta(days=9))
    later = Actor(by="buyer:B-1", role=Role.BUYER, at=began + timedelta(days=9), via="test")
    proposal = contact.propose(later, trouble=trouble, kind=Kind.REPAIR)
    agent = Actor(by="agent:1", role=Role.AGENT, at=began + timedelta(days=9), via="test")
    contact.grant_remedy(agent, trouble=trouble, amount=8_000, reason="回答なし")
    _confirm(shop, began + timedelta(days=10))
    formal = contact.send_formal(buyer, notice="return", order_ref="O-1", reason=SECRETS[NOT_SHARED])
    contact.share_formal(buyer, formal=formal)
    policy.draft_policy(Actor(by="lead:1", role=Role.LEAD, at=began, via="test"))
    finding, measure, appeal = enforce(began + timedelta(days=10))
    account = _pay(Actor(by=shop.by, role=shop.role, at=datetime.now(UTC) - timedelta(hours=1), via="test"))
    asked = heard(began + timedelta(days=10))
    warned(agent)
    guided(agent)
    listed(agent)
    burnt(agent.at)
    entered(agent.at)
    log.sequence(at=datetime.now(UTC))
    known, recovery = facts.trouble(trouble), facts.recovery_of(trouble)
    assert known is not None
    assert recovery is not None
    keeper = Actor(by="machine:test", role=Role.MACHINE, at=datetime.now(UTC), via="test")
    link = people.add_key(keeper, name="links", scopes={Scope.LINKS_SIGN})
    first = ledger.acts_about(f"contact.trouble:{trouble}")[0]
    return World(
        thread=known.thread,
        trouble=trouble,
        recovery=recovery.id,
        proposal=proposal,
        formal=formal,
        case=known.case,
        recovery_case=recovery.case,
        formal_case=cases.case_of(f"contact.formal:{formal}").number,
        measure=measure,
        payout_case=cases.case_of("payouts.payout:P-1").number,
        account=account,
        run=payout_facts.run("R-1").id,
        account_case=cases.case_of(f"payouts.account:{account}").number,
        finding_case=cases.case_of(f"enforcement.finding:{finding}").number,
        appeal_case=cases.case_of(f"enforcement.appeal:{appeal}").number,
        receipt=first.number,
        receipt_address=first.address,
        request=_ask(later),
        disclosure=asked,
        inquiry=inquired(began),
        disclosure_case=cases.case_of(f"disclosure.request:{asked}").number,
        outreach=drafted(agent),
        api_key=people.add_key(keeper, name="shop", scopes=set(Scope) - {Scope.LINKS_SIGN}).secret,
        link_prefix=link.prefix,
        link_secret=link.secret,
    )


def _pay(shop: Actor) -> int:
    """Tell of an account in another name and ask for a payout, which waits; return the account."""
    for setting, value in (
        (PAYER_CODE, "1234567890"),
        (PAYER_NAME, "ミホン"),
        (PAYER_ACCOUNT, "0001-001-1-1111111"),
    ):
        terms.set(Actor(by="lead:1", role=Role.LEAD, at=shop.at, via="test"), setting=setting, value=value)
    given = details.Given(
        bank="0001", branch="001", number=SECRETS["the account number"], holder="スズキ イチロウ"
    )
    account = accounts.set_account(shop, seller_ref="S-1", given=given)
    payouts.authorize(shop, asked=payouts.Asked("P-1", "S-1", 10_000, by_run=True))
    runs.begin_run(shop, ref="R-1", pays_on=bank_day_from((shop.at + timedelta(days=3)).date()))
    return account


def _let_help(buyer: Actor, trouble: int) -> None:
    """Let two people help, of whom the second no longer may."""
    known = facts.trouble(trouble)
    assert known is not None
    for name in ("花", "次郎"):
        contact.let_help(buyer, thread=known.thread, name=name, may=May.WRITE, days=30)
    contact.end_help(buyer, thread=known.thread, helper=Helper.objects.latest("pk").pk)


def _helper(number: int) -> str:
    """Return what acts say of the helper who was let help as the first or the second."""
    return f"buyer:B-1/helper-{Helper.objects.order_by('pk')[number].pk}"


def _tell(shop: Actor) -> None:
    in_force(at=shop.at, since=(shop.at - timedelta(days=30)).date())
    for ref in ("S-1", "S-2"):
        put_shop(
            shop,
            ref=ref,
            name=f"店 {ref}",
            person=SECRETS["the seller's person"],
            mail=SECRETS["the seller's mail"],
            legal_name="山田 花子",
            registered_as=Registrant.PERSON,
            verified_by=Method.JPKI,
            verified_at=shop.at,
            accepted=(Accepted(clause="recovery", version=1, at=shop.at),),
        )
    shown = {DisplayItem.NAME: "山田 花子", DisplayItem.PHONE: "03-3507-8801"}
    items = tuple(ShownItem(item=item, said=said) for item, said in shown.items())
    items += (ShownItem(item=DisplayItem.ADDRESS, on_request=True),)
    displays.write_display(shop, seller_ref="S-1", told=ShownDisplay(items=items))
    own = Actor(by="seller:S-1", role=Role.SELLER, at=shop.at, via="test")
    proofs.offer_call(own, proof="phone:S-1", hours=CallHours.ANY)
    hidden.list_account(shop, seller_ref="S-1", signs=(SignFound(code="on_offer", n=120, points=4),))
    agent = Actor(by="staff:1", role=Role.AGENT, at=shop.at, via="test")
    hidden.ask_standing(agent, seller_ref="S-1", words="出品が120点あります。事情をお聞かせください。")
    for ref in ("B-1", "B-2"):
        mail, phone = SECRETS["the buyer's mail"], SECRETS["the buyer's phone"]
        market.put_buyer(shop, BuyerLine(ref=ref, name="買手", mail=mail, phone=phone))
    market.put_listing(shop, ListingLine(ref="L-1", seller="S-1", name="鍋", price=8_000))
    sold = (Item(listing="L-1", price=8_000),)
    order = OrderLine(ref="O-1", buyer="B-1", seller="S-1", items=sold, amount=8_000, ordered_at=shop.at)
    market.put_order(shop, order)


def _ask(buyer: Actor) -> int:
    """Let the buyer ask for what the display leaves out; what is not registered waits for the seller."""
    return requests.ask_items(buyer, seller_ref="S-1", items=(DisplayItem.ADDRESS,))


def _confirm(shop: Actor, at: datetime) -> None:
    for ref in Instruction.objects.values_list("pk", flat=True):
        actor = Actor(by=shop.by, role=shop.role, at=at, via="test")
        market.confirm(actor, instruction=ref, outcome="confirmed")
    work.settle(at=at)


def party_token(world: World, who: str) -> str:
    """Return what the marketplace's software shows for a party at the API."""
    now = int(datetime.now(UTC).timestamp())
    claims = {"sub": who, "iat": now, "exp": now + 300, "jti": secrets.token_hex(8), "aud": AUDIENCE}
    return jwt.encode(claims, world.link_secret, algorithm="HS256", headers={"kid": world.link_prefix})


def personas(world: World, enter: Callable[..., Client]) -> list[Persona]:
    """Return everybody who tries every address: each role, the wrong owner, the expired, the suspended, the ended."""
    return [
        Persona(name="anybody", role=Role.ANONYMOUS, client=enter()),
        Persona(
            name="the buyer",
            role=Role.BUYER,
            owns=True,
            who="buyer:B-1",
            client=enter(Role.BUYER, "buyer:B-1"),
        ),
        Persona(
            name="another buyer", role=Role.BUYER, who="buyer:B-2", client=enter(Role.BUYER, "buyer:B-2")
        ),
        Persona(name="a helper", role=Role.HELPER, owns=True, client=enter(Role.HELPER, _helper(0))),
        Persona(name="a helper no more", role=Role.HELPER, client=enter(Role.HELPER, _helper(1))),
        Persona(
            name="the seller",
            role=Role.SELLER,
            owns=True,
            who="seller:S-1",
            client=enter(Role.SELLER, "seller:S-1"),
        ),
        Persona(
            name="another seller", role=Role.SELLER, who="seller:S-2", client=enter(Role.SELLER, "seller:S-2")
        ),
        Persona(
            name="a delegate",
            role=Role.DELEGATE,
            owns=True,
            who="seller:S-1/hana",
            client=enter(Role.DELEGATE, "seller:S-1/hana"),
        ),
        Persona(
            name="another's delegate",
            role=Role.DELEGATE,
            who="seller:S-2/jiro",
            client=enter(Role.DELEGATE, "seller:S-2/jiro"),
        ),
        Persona(name="an agent", role=Role.AGENT, owns=True, client=enter(Role.AGENT, stepped_up=True)),
        Persona(
            name="a lead of this morning",
            role=Role.LEAD,
            owns=True,
            fresh=False,
            client=_of_this_morning(enter),
        ),
        Persona(name="a lead", role=Role.LEAD, owns=True, client=enter(Role.LEAD, stepped_up=True)),
        Persona(name="a counsel", role=Role.COUNSEL, owns=True, client=enter(Role.COUNSEL, stepped_up=True)),
        Persona(name="a reader", role=Role.READER, client=enter(Role.READER, stepped_up=True)),
        Persona(name="an officer", role=Role.OFFICER, client=_account(Role.OFFICER)),
        Persona(name="a rights holder", role=Role.HOLDER, client=_account(Role.HOLDER)),
        *(
            Persona(
                name=name, role=role, owns=owns, client=enter(Role.COUNSELLOR, counselling.counsellor(nth))
            )
            for nth, (name, role, owns) in enumerate(counselling.PERSONAS)
        ),
        Persona(name="an ended delegate", role=Role.ANONYMOUS, client=_ended_delegate(enter)),
        Persona(name="a suspended agent", role=Role.ANONYMOUS, client=_suspended()),
        Persona(name="a buyer whose visit is over", role=Role.ANONYMOUS, client=_over(enter)),
        Persona(
            name="an agent without a factor", role=Role.ANONYMOUS, enrols=True, client=_account(Role.AGENT)
        ),
        Persona(
            name="a machine",
            role=Role.MACHINE,
            owns=True,
            headers={"authorization": f"Bearer {world.api_key}"},
        ),
        Persona(name="a wrong key", role=Role.ANONYMOUS, headers={"authorization": "Bearer x.y"}),
    ]


def _of_this_morning(enter: Callable[..., Client]) -> Client:
    client = enter(Role.LEAD, stepped_up=True)
    session = client.session
    session[RECORDS] = [{**record, "at": record["at"] - 3_600} for record in session[RECORDS]]
    session.save()
    return client


def _account(role: Role, **values: Any) -> Client:
    mail = f"{role}-{secrets.token_hex(3)}@example.jp"
    account = Account.objects.create(
        email=mail, name="人", role=role.value, added_at=datetime.now(UTC) - timedelta(days=60), **values
    )
    client = Client()
    client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def _suspended() -> Client:
    client = _account(Role.LEAD)
    Account.objects.filter(pk=client.session["_auth_user_id"]).update(is_active=False)
    return client


def _ended_delegate(enter: Callable[..., Client]) -> Client:
    client = enter(Role.DELEGATE, "seller:S-1/mukashi")
    Delegate.objects.filter(name="mukashi").update(ended_at=datetime.now(UTC))
    return client


def _over(enter: Callable[..., Client]) -> Client:
    client = enter(Role.BUYER, "buyer:B-1")
    session = client.session
    session[BEGUN] = (datetime.now(UTC) - timedelta(days=3)).isoformat()
    session.save()
    return client
