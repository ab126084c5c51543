"""What one process does to the small marketplace so that every text in it is a script: all fields of all roles, in few rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from tests.journeys import payloads
from tests.taking import take

SETS = len(payloads.chunks(470))
NAMED = payloads.chunks(470)
REASONS = payloads.chunks(900)
WORDS = "\n".join(payloads.chunks(4_000))
NOTES = payloads.chunks(3_900)
ACCOUNTS = ("lead", "agent", "counsel")


def put(name: str, text: str) -> str:
    """Return the text with the name of its field before it, so that a page shows which field it is."""
    return f"zf:{name}: {text}"


def named(name: str, place: int) -> str:
    """Return as many payloads as a name holds."""
    return put(name, NAMED[place % len(NAMED)])


@dataclass(slots=True)
class Poisoned:
    """Whom to come in as, and what lies where."""

    buyers: list[str] = field(default_factory=list)
    sellers: list[str] = field(default_factory=list)
    orders: list[str] = field(default_factory=list)
    listings: list[str] = field(default_factory=list)
    troubles: list[int] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)


def main() -> None:
    """Poison the house that the environment names and print where everything is as JSON."""
    import django

    django.setup()
    print(json.dumps(poison()))


def poison() -> dict[str, Any]:
    """Fill every field."""
    from mamori.grammar.actor import Actor, Role

    now = datetime.now(UTC) - timedelta(minutes=1)

    def actor(by: str, ago: timedelta = timedelta()) -> Any:
        return Actor(by=by, role=Role(by.partition(":")[0]), at=now - ago, via="test")

    found = Poisoned()
    staff = _staff(actor)
    _settings(actor)
    for place in range(SETS):
        _told(actor, found, place)
        _talked(actor, found, staff, place)
    _attached(actor, found)
    _delegates(actor, found)
    _held(actor, found, staff)
    _recovered(actor)
    _settled(now)
    return {
        "buyers": found.buyers,
        "sellers": found.sellers,
        "cases": found.cases,
        "questions": found.questions,
        "orders": found.orders,
        "listings": found.listings,
        "payloads": len(payloads.EVERY),
    }


type ActorOf = Callable[..., Any]


def _staff(actor: ActorOf) -> dict[str, str]:
    """Give the staff names, and propose two changes of role for a reason."""
    from mamori.grammar.actor import Role
    from mamori.grammar.businesstime import Hours
    from mamori.ground.people import actions
    from mamori.ground.people.facts import Profile, Size
    from mamori.ground.people.models import Account

    profile, keeper = Profile(size=Size.TWENTY, delay=Hours(24)), actor("machine:test")
    texts = [text for text in payloads.short(88) if text.isprintable()]  # no other name is taken
    known = {}
    for place, role in enumerate(ACCOUNTS):
        number = actions.add_account(
            keeper,
            email=f"{role}@example.jp",
            name=put("account", texts[place * 7]),
            role=Role.AGENT,
            profile=profile,
        )
        Account.objects.filter(pk=number).update(role=role, totp_allowed_at=keeper.at)
        known[role] = f"{role}:{number}"
    others = [
        actions.add_account(
            keeper, email=f"a{n}@example.jp", name=put("account", text), role=Role.AGENT, profile=profile
        )
        for n, text in enumerate(texts)
    ]
    for account, reason in zip(others, NAMED, strict=False):
        actions.change_role(
            actor(known["lead"]),
            account=account,
            role=Role.COUNSEL,
            profile=profile,
            reason=put("proposal", reason),
        )
    Account.objects.filter(pk__in=others).update(is_active=False)  # or each would be written to about all
    return known


def _settings(actor: ActorOf) -> None:
    """Set what the operator may say in words of its own."""
    from mamori.ground.terms import actions as terms
    from mamori.law.settings import OPERATOR_ADDRESS, OPERATOR_NAME, OPERATOR_PHONE

    lead = actor("lead:1", timedelta(days=3))
    terms.set(lead, setting=OPERATOR_NAME, value='zf:operator: "><img src=x onerror=hit(1101)>')
    terms.set(lead, setting=OPERATOR_PHONE, value='zf:phone:"><svg/onload=hit(1102)>')
    terms.set(lead, setting=OPERATOR_ADDRESS, value="zf:from: </title><script>hit(1103)</script>")


def _told(actor: ActorOf, found: Poisoned, place: int) -> None:
    """Let the marketplace tell of a seller, a buyer, goods and an order whose every word is a script."""
    from mamori.ground.market import actions as market
    from tests.shops import put_shop

    told = actor("machine:shop", timedelta(days=9))
    seller, buyer, listing, order = (
        f"{kind}{payloads.reference(place + n)}" for n, kind in enumerate("SBLO")
    )
    put_shop(
        told,
        ref=seller,
        name=named("seller.name", place),
        person=named("seller.person", place + 1),
        mail=f"seller{place}@example.jp" if place % 2 else named("seller.mail", place),
        phone=named("seller.phone", place + 2),
        address=named("seller.address", place + 3),
        hours=named("seller.hours", place + 4),
        returns_to=named("seller.returns", place + 5),
    )
    market.put_buyer(
        told,
        market.BuyerLine(
            ref=buyer,
            name=named("buyer.name", place),
            mail=f"buyer{place}@example.jp" if place % 2 else named("buyer.mail", place),
            phone=named("buyer.phone", place + 2),
            address=named("buyer.address", place + 3),
        ),
    )
    market.put_listing(
        told,
        market.ListingLine(
            ref=listing, seller=seller, name=named("listing", place), price=8_000, code=named("code", place)
        ),
    )
    for ref in (order, f"{order}2"):
        market.put_order(
            told,
            market.OrderLine(
                ref=ref,
                buyer=buyer,
                seller=seller,
                items=(market.Item(listing=listing, price=8_000),),
                amount=8_000,
                ordered_at=told.at,
            ),
        )
    found.sellers.append(seller)
    found.buyers.append(buyer)
    found.orders.append(order)
    found.listings.append(listing)


def _talked(actor: ActorOf, found: Poisoned, staff: dict[str, str], place: int) -> None:
    """Let both sides write, and staff take the matter on, note, hand over, look and decide, each with a reason."""
    from mamori.grammar.actor import Role
    from mamori.ground.cases import actions as cases
    from mamori.law.grounds import EMERGENCY
    from mamori.rooms.contact import actions as contact, facts, keeping
    from mamori.rooms.contact.rules.reasons import NoRemedyBecause
    from mamori.rooms.contact.topics import Harm, Topic

    buyer, seller = f"buyer:{found.buyers[place]}", f"seller:{found.sellers[place]}"
    reason = REASONS[place % len(REASONS)]
    trouble = contact.open_trouble(
        actor(buyer, timedelta(days=2)),
        order_ref=found.orders[place],
        topic=Topic.BROKEN,
        harm=Harm.DANGER,
        said=put("said", WORDS),
        centre_may_read=True,
    )
    known = facts.trouble(trouble)
    assert known is not None
    thread, about = known.thread, f"contact.trouble:{trouble}"
    contact.acknowledge(actor(seller, timedelta(hours=30)), thread=thread, said=put("acknowledged", WORDS))
    contact.answer(actor(seller, timedelta(hours=28)), thread=thread, said=put("answered", WORDS))
    contact.say_unsolved(actor(buyer, timedelta(hours=27)), trouble=trouble, said=put("unsolved", WORDS))
    contact.request_mediation(actor(buyer, timedelta(hours=26)), trouble=trouble)
    agent, lead = staff["agent"], staff["lead"]
    take(actor(agent, timedelta(hours=25)), trouble)
    cases.note(actor(agent, timedelta(hours=24)), about=about, text=put("note", NOTES[place % len(NOTES)]))
    cases.hand_over(actor(agent, timedelta(hours=23)), about=about, to=lead, reason=put("handover", reason))
    contact.look(
        actor(agent, timedelta(hours=22)), thread=thread, ground=EMERGENCY, reason=put("look", reason)
    )
    contact.see_contact(
        actor(agent, timedelta(hours=21)), thread=thread, whose=Role.BUYER, reason=put("contact", reason)
    )
    if place == 1:
        contact.refuse_remedy(
            actor(lead, timedelta(hours=20)),
            trouble=trouble,
            because=NoRemedyBecause.LIMITS,
            reason=put("refusal", reason),
        )
    if place == 2:
        contact.solve(actor(agent, timedelta(hours=20)), trouble=trouble, reason=put("solution", reason))
    asked = contact.ask_question(
        actor(buyer, timedelta(hours=20)),
        listing_ref=found.listings[place],
        topic=Topic.GOODS,
        said=put("asked", WORDS),
    )
    found.troubles.append(trouble)
    found.cases.append(keeping.case_number(about))
    found.questions.append(keeping.case_number(f"contact.thread:{asked}"))


def _attached(actor: ActorOf, found: Poisoned) -> None:
    """Let both sides put files to their words; their names are payloads, too."""
    from PIL import Image

    from mamori.ground.vault.actions import Upload
    from mamori.rooms.contact import actions as contact, facts

    picture = BytesIO()
    Image.new("RGB", (8, 8), "#336699").save(picture, "PNG")
    known = facts.trouble(found.troubles[0])
    assert known is not None
    for who, texts in ((f"buyer:{found.buyers[0]}", NAMED[:3]), (f"seller:{found.sellers[0]}", NAMED[3:6])):
        files = [
            Upload(name=f"zf-file- {text}".replace("/", "").replace(":", ""), content=picture.getvalue())
            for text in texts
        ]
        with contact.ready_files(actor(who), files) as ready:
            contact.attach(actor(who), thread=known.thread, ready=ready)


def _delegates(actor: ActorOf, found: Poisoned) -> None:
    """Let a seller have people who act for the shop."""
    from mamori.ground.people import actions

    for n, text in enumerate(payloads.short(85)[::3]):
        actions.add_delegate(
            actor(f"seller:{found.sellers[0]}"),
            name=f"d{n}",
            person=put("delegate", text),
            mail=f"d{n}@example.jp",
        )


def _held(actor: ActorOf, found: Poisoned, staff: dict[str, str]) -> None:
    """Put people under a hold, for a reason."""
    from mamori.ground.vault import actions as vault
    from mamori.law.grounds import HOLD_GROUNDS

    for place, reason in enumerate(REASONS):
        vault.hold(
            actor(staff["counsel"]),
            what=f"buyer:{found.buyers[place]}",
            ground=HOLD_GROUNDS[0],
            reason=put("hold", reason),
        )


def _recovered(actor: ActorOf) -> None:
    """Let the seller of the old matter be heard, the centre claim, and the marketplace confirm with a note."""
    from mamori.rooms.contact import actions as contact
    from mamori.rooms.contact.models import Recovery
    from mamori.rooms.contact.rules.reasons import DeductBecause

    recovery = Recovery.objects.get()
    contact.state_view(actor("seller:S-1"), recovery=recovery.pk, said=put("view", WORDS))
    contact.claim(
        actor("lead:1"),
        recovery=recovery.pk,
        amount=1_000,
        because=DeductBecause.NO_ANSWER,
        reason=put("claim", REASONS[0]),
    )


def _settled(now: datetime) -> None:
    """Let the house do what follows, mails included."""
    from mamori.site import work

    work.settle(at=now, signed_at=now)


if __name__ == "__main__":
    main()
