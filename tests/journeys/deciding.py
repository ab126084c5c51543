"""What anybody may do in the room of enforcement on a walk: find, hear, decide, carry out, appeal, change the policy."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db.models import Q

from conftest import in_force
from mamori.grammar.actor import Actor, Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Accepted, BuyerLine, ListingLine, OrderLine
from mamori.ground.market.facts import ListingState
from mamori.ground.market.models import Instruction
from mamori.ground.people.models import Account
from mamori.law.breaches import BREACHES
from mamori.law.clauses import CLAUSES
from mamori.law.grounds import EMERGENCY, WITHOUT_WAITING
from mamori.law.measures import MEASURES, PROVISIONAL_HIDING
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.models import Recovery
from mamori.rooms.contact.rules.reasons import DeductBecause
from mamori.rooms.contact.topics import Harm, Topic
from mamori.rooms.enforcement.appeals import actions as appeals
from mamori.rooms.enforcement.appeals.actions import GrantedPart
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.findings.matter import NotThere, Subject
from mamori.rooms.enforcement.lifecycle import AppealState
from mamori.rooms.enforcement.measures.actions import deciding, hiding, standing
from mamori.rooms.enforcement.measures.actions.deciding import Wish
from mamori.rooms.enforcement.models import Appeal, Finding, Measure, Policy
from mamori.rooms.enforcement.policy import actions as policy
from mamori.rooms.enforcement.policy.rules import table
from mamori.rooms.enforcement.policy.rules.judging import Haste
from mamori.rooms.enforcement.rules.bounds import Dismissed, Ended, Source, Unheard
from tests.journeys.choosing import a_finding, a_measure, an_appeal, staff
from tests.journeys.wanderer import BEGAN, Walk
from tests.shops import put_shop
from trials.matter import PEOPLE

SHOPS, DEDUCTIONS, PRICE = 4, 6, 8_000
WHY = Text("事情があるため。", "The circumstances ask for it.")


def settle_in(walk: Walk) -> None:
    """Tell a marketplace of a few sellers who accepted everything but for the last, and who works at the centre."""
    early = BEGAN - timedelta(days=90)
    by = Actor(by="machine:test", role=Role.MACHINE, at=early, via="test")
    in_force(at=early, since=early.date())
    accepted = tuple(Accepted(clause=one.code, version=one.version, at=early) for one in CLAUSES)
    for shop in range(SHOPS):
        known = accepted if shop < SHOPS - 1 else ()
        put_shop(by, ref=f"S{shop}", name="店", mail="s@example.jp", accepted=known)
    market.put_buyer(by, BuyerLine(ref="B0", name="買手"))
    for who, role in PEOPLE.items():
        Account.objects.create(pk=who, email=f"{who}@example.jp", name="x", role=role, added_at=early)


def find(walk: Walk) -> None:
    """Find something about a listing of its own."""
    ref, shop = f"L{walk.dice.randrange(10**9)}", f"S{walk.dice.randrange(SHOPS)}"
    by, category = walk.actor("machine:test", Role.MACHINE), walk.dice.choice(("", "衣類"))
    line = ListingLine(ref=ref, seller=shop, name="品", price=PRICE, category=category)
    market.put_listing(replace(by, role=Role.MACHINE), line)
    findings.find(
        staff(walk),
        breach=walk.dice.choice(BREACHES).code,
        severity=walk.dice.choice(tuple(Severity)),
        harm=walk.dice.choice(tuple(Reach)),
        subject=Subject(seller=shop, listing=ref, category=category),
        facts=(Text("表示がない。", "Nothing is shown."),),
        origin=f"walk:{ref}",
        source=Source.STAFF,
    )


def decide(walk: Walk) -> None:
    """Decide as the policy answers, or on anything."""
    kind = walk.dice.choice(MEASURES)
    days = walk.dice.choice((kind.days.least, kind.days.usual)) if kind.days else 0
    unheard = walk.dice.choice((None, None, *Unheard))
    wish = Wish(
        measure=kind.code,
        days=days,
        reason="記録のとおり",
        unheard=unheard,
        why_other=WHY,
        why_amount=WHY,
    )
    deciding.decide(staff(walk), finding=a_finding(walk).pk, wish=wish)


def market_answers(walk: Walk) -> None:
    """Let the shop answer something that waits, mostly with yes."""
    waiting = Instruction.objects.filter(closed_at__isnull=True)
    rows = list(
        waiting.order_by("issued_at", "seller", "number", "order", "about", "kind")
    )  # a ref is another one in each run
    if rows:
        by = Actor(by="machine:shop", role=Role.MACHINE, at=walk.now, via="test")
        yes = walk.dice.random() < 0.8
        one = walk.dice.choice(rows)
        market.confirm(by, instruction=one.pk, outcome="confirmed" if yes else "refused")


def goods_go(walk: Walk) -> None:
    """Let the shop tell that the goods of a finding are gone."""
    found = a_finding(walk)
    if found.listing_ref and walk.dice.random() < 0.2:
        line = ListingLine(
            ref=found.listing_ref, seller=found.seller_ref, name="品", price=PRICE, state=ListingState.GONE
        )
        market.put_listing(Actor(by="machine:shop", role=Role.MACHINE, at=walk.now, via="test"), line)


def decide_appeal(walk: Walk) -> None:
    """Decide an appeal as its reviewer."""
    found = an_appeal(walk)
    who = int(found.reviewer.rpartition(":")[2] or 2)
    outcome = walk.dice.choice((AppealState.GRANTED, AppealState.PARTLY, AppealState.KEPT))
    is_part, of_money = outcome is AppealState.PARTLY, found.recovery is not None
    part = walk.dice.choice(tuple(GrantedPart)) if is_part and not of_money else None
    amount = walk.dice.choice((1, PRICE // 2, PRICE)) if is_part and of_money else 0
    actor = walk.actor(f"{PEOPLE[who]}:{who}", PEOPLE[who])
    appeals.decide_appeal(
        actor, appeal=found.pk, outcome=outcome, said="記録のとおり", part=part, amount=amount
    )


def write_to_seller(walk: Walk) -> None:
    """Write or ask as the reviewer."""
    found = Appeal.objects.filter(state="review").last() or an_appeal(walk)
    who = int(found.reviewer.rpartition(":")[2] or 2)
    actor = walk.actor(f"{PEOPLE[who]}:{who}", PEOPLE[who])
    appeals.reply_appeal(actor, appeal=found.pk, said="お尋ねします", asks=walk.dice.random() < 0.7)


def change_policy(walk: Walk) -> None:
    """Draft a change, or change a row of the draft."""
    row = Policy.objects.filter(state="draft").first()
    if row is None:
        policy.draft_policy(staff(walk))
        return
    rows = table.read(row.table).rows
    one = walk.dice.choice([one for one in rows if one.days])
    changed = replace(one, days=one.days + walk.dice.choice((1, 2)))
    policy.put_row(staff(walk), number=row.number, version=row.edited, row=changed)


def hasten(walk: Walk) -> None:
    """Let danger or a decider's word of fraud interrupt a hearing."""
    found = walk.one_of(Finding.objects.filter(state="hearing", harm=Reach.DANGER)) or a_finding(walk)
    unheard = walk.dice.choice((Unheard.DANGER, Unheard.FRAUD))
    measure = "payout-held" if unheard is Unheard.FRAUD else "new-listings-stopped"
    wish = Wish(measure=measure, days=14, reason="待てない", unheard=unheard, why_other=WHY, why_amount=WHY)
    deciding.decide(staff(walk), finding=found.pk, wish=wish)


def hide_provisionally(walk: Walk) -> None:
    """Hide what is dangerous, rather what nobody hid yet; now and then what is not, or was decided."""
    rows = Finding.objects.filter(harm=Reach.DANGER, closed_at=None).exclude(listing_ref="")
    found = walk.one_of(rows.exclude(measures__kind=PROVISIONAL_HIDING.code)) or a_finding(walk)
    hiding.hide_provisionally(staff(walk), finding=found.pk, because=WHY)


def a_hiding(walk: Walk) -> Measure:
    """Return what hides a listing provisionally, rather of an open finding, or any measure."""
    rows = Measure.objects.filter(kind=PROVISIONAL_HIDING.code, finding__closed_at=None)
    return walk.one_of(rows) or a_measure(walk)


def confirm_hiding(walk: Walk) -> None:
    """Let a provisional hiding stand."""
    hiding.confirm_hiding(staff(walk), finding=a_hiding(walk).finding_id or 0, reason="写真を見た")


def lift_hiding(walk: Walk) -> None:
    """Lift a provisional hiding."""
    hiding.lift_hiding(staff(walk), finding=a_hiding(walk).finding_id or 0, reason="危険ではなかった")


def end_a_hiding(walk: Walk) -> None:
    """Try to end a provisional hiding as a measure is ended, which nobody may."""
    with contextlib.suppress(Refusal):
        standing.lift(staff(walk), measure=a_hiding(walk).pk, because=Ended.REVIEWED, reason="もうよい")


def wait_long(walk: Walk) -> None:
    """Let two weeks go by, so that every time that could end a hiding comes to its end."""
    if walk.dice.random() < 0.1:
        walk.now += timedelta(days=15)


def view_after(walk: Walk) -> None:
    """Give the view that was not heard first."""
    rows = Finding.objects.filter(state="decided").exclude(because_unheard="")
    found = walk.one_of(rows) or a_finding(walk)
    findings.state_view(walk.seller(found.seller_ref), finding=found.pk, said="今から述べます")


def close_at_once(walk: Walk) -> None:
    """Decide to close an account without the days before it, on any ground."""
    ground = walk.dice.choice((*WITHOUT_WAITING, *WITHOUT_WAITING, EMERGENCY)).code
    found = walk.one_of(Finding.objects.filter(state="heard")) or a_finding(walk)
    wish = Wish(measure="closed", days=0, reason="記録のとおり", at_once=ground, why_other=WHY, hinders=WHY)
    deciding.decide(staff(walk), finding=found.pk, wish=wish)


def approve_changed(walk: Walk) -> None:
    """Note that something was put right, and try to approve what was proposed before that: it is judged again."""
    found = walk.one_of(Measure.objects.filter(state="proposed", finding__cured_at=None)) or a_measure(walk)
    standing.note_cured(staff(walk), finding=found.finding_id or 0, reason="確かめた")
    with contextlib.suppress(Refusal):
        deciding.approve(staff(walk), measure=found.pk)


def deduct(walk: Walk) -> None:
    """Let a trouble run out of its time, refund it in the seller's place and decide to deduct it, a few times in a walk."""
    number, shop = Recovery.objects.count(), f"S{walk.dice.randrange(SHOPS - 1)}"
    if number >= DEDUCTIONS:
        raise NotThere()

    def by(name: str) -> Actor:
        return Actor(by=name, role=Role(name.partition(":")[0]), at=walk.now, via="walk")

    line = OrderLine(ref=f"O{number}", buyer="B0", seller=shop, amount=PRICE, ordered_at=walk.now)
    market.put_order(by("machine:shop"), line)
    trouble = contact.open_trouble(
        by("buyer:B0"),
        order_ref=line.ref,
        topic=Topic.BROKEN,
        harm=Harm.MONEY,
        said="動きません",
        centre_may_read=False,
    )
    walk.now += timedelta(days=5)
    walk.play()
    refund = contact.grant_remedy(by("agent:1"), trouble=trouble, amount=PRICE, reason="回答なし")
    market.confirm(by("machine:shop"), instruction=refund, outcome="confirmed")
    walk.play()
    recovery = Recovery.objects.get(seller_ref=shop, remedy__trouble=trouble).pk
    contact.state_view(by(f"seller:{shop}"), recovery=recovery, said="違います")
    contact.claim(
        by("lead:2"), recovery=recovery, amount=PRICE, because=DeductBecause.NO_ANSWER, reason="記録"
    )


def appeal_recovery(walk: Walk) -> None:
    """Appeal against a deduction as its seller."""
    found = walk.one_of(Recovery.objects.all()) or Recovery(pk=0, seller_ref="S0")
    appeals.appeal_recovery(walk.seller(found.seller_ref), recovery=found.pk, said="違います")


def _policy(deed: Callable[..., Any], state: str, **given: Any) -> Callable[[Walk], None]:
    def act(walk: Walk) -> None:
        row = Policy.objects.filter(state=state).first() or Policy(number=0)
        said = {"version": row.edited} if deed in (policy.propose_policy, policy.publish_policy) else {}
        deed(staff(walk), number=row.number, reason="苦情が増えたため", **said, **given)

    act.__name__ = deed.__name__
    return act


def _of_finding(deed: Callable[..., Any], by_seller: bool = False, **given: Any) -> Callable[[Walk], None]:
    def act(walk: Walk) -> None:
        found = a_finding(walk)
        deed(walk.seller(found.seller_ref) if by_seller else staff(walk), finding=found.pk, **given)

    act.__name__ = deed.__name__
    return act


def _of_measure(deed: Callable[..., Any], **given: Any) -> Callable[[Walk], None]:
    def act(walk: Walk) -> None:
        deed(staff(walk), measure=a_measure(walk).pk, **given)

    act.__name__ = deed.__name__
    return act


def _of_appeal(deed: Callable[..., Any], by_seller: bool = False, **given: Any) -> Callable[[Walk], None]:
    def act(walk: Walk) -> None:
        found = an_appeal(walk)
        deed(walk.seller(found.seller_ref) if by_seller else staff(walk), appeal=found.pk, **given)

    act.__name__ = deed.__name__
    return act


def lift(walk: Walk) -> None:
    """End or reverse a measure."""
    because = walk.dice.choice((Ended.CURED, Ended.REVIEWED, Ended.MISTAKE))
    standing.lift(staff(walk), measure=a_measure(walk).pk, because=because, reason="見直した")


def order_again(walk: Walk) -> None:
    """Give the shop once more what it could not do, now and then what it has not answered."""
    rows = Measure.objects.filter(state__in=("ordered", "lifting", "undoing"))
    if walk.dice.random() < 0.9:
        no = Instruction.objects.filter(state="refused", recalled_at=None).values("pk")
        rows = rows.filter(Q(state="ordered", instruction__in=no) | Q(~Q(state="ordered"), undoing__in=no))
    found = walk.one_of(rows) or a_measure(walk)
    standing.order_again(staff(walk), measure=found.pk)


def reverse_appealed(walk: Walk) -> None:
    """Find that what is appealed against was a mistake."""
    found = Appeal.objects.filter(closed_at__isnull=True, measure__isnull=False).first()
    actor = walk.actor("lead:2", Role.LEAD)
    measure = found.measure_id if found else 0
    standing.lift(actor, measure=measure or 0, because=Ended.MISTAKE, reason="見直した")


def appeal(walk: Walk) -> None:
    """Appeal against a measure as its seller."""
    found = a_measure(walk)
    appeals.appeal(walk.seller(found.seller_ref), measure=found.pk, said="違います")


def note_uncured(walk: Walk) -> None:
    """Look at what a seller says that it put right, and find that it did not."""
    rows = Finding.objects.filter(cure_said_at__isnull=False, cured_at=None)
    found = walk.one_of(rows) or a_finding(walk)
    standing.note_uncured(staff(walk), finding=found.pk, reason="まだ直っていない")


def review(walk: Walk) -> None:
    """Say of what is to be reviewed that it stays; once in a walk its day is waited for."""
    rows = Measure.objects.filter(state="in_force", review_at__isnull=False)
    found = rows.order_by("review_at").first() or a_measure(walk)
    if "review" not in walk.done and found.review_at is not None and found.review_at > walk.now:
        walk.now = found.review_at
        walk.play()
    standing.review(staff(walk), measure=found.pk, reason="まだ必要")


def read_view(walk: Walk) -> None:
    """Read a view that came after the decision."""
    found = walk.one_of(Finding.objects.filter(view_unread_since__isnull=False)) or a_finding(walk)
    standing.read_view(staff(walk), finding=found.pk, reason="読んだ")


PROPOSE_POLICY = _policy(policy.propose_policy, "draft")
PUBLISH_POLICY = _policy(policy.publish_policy, "proposed", haste=Haste.LAW)
SELDOM: tuple[Callable[[Walk], None], ...] = (
    confirm_hiding,
    lift_hiding,
    end_a_hiding,
    wait_long,
    _of_finding(findings.dismiss, because=Dismissed.NO_BREACH, reason="確かめた"),
    _of_finding(standing.say_cured, by_seller=True),
    _of_finding(standing.note_cured, reason="確かめた"),
    note_uncured,
    _of_measure(deciding.send_back, reason="重すぎる"),
    review,
    read_view,
    _of_appeal(appeals.withdraw_appeal, by_seller=True),
    _of_appeal(appeals.note_appeal, said="控え"),
    goods_go,
    lift,
    reverse_appealed,
    close_at_once,
    approve_changed,
    deduct,
    change_policy,
    PROPOSE_POLICY,
    _policy(policy.send_back_policy, "proposed"),
    PUBLISH_POLICY,
    _policy(policy.discard_policy, "draft"),
)
OFTEN: tuple[Callable[[Walk], None], ...] = (
    find,
    _of_finding(findings.ask_view),
    _of_finding(findings.state_view, by_seller=True, said="直します"),
    decide,
    decide,
    _of_measure(deciding.approve),
    order_again,
    market_answers,
    market_answers,
    appeal,
    appeal_recovery,
    hasten,
    hide_provisionally,
    view_after,
    _of_appeal(appeals.take_appeal),
    _of_appeal(appeals.take_appeal),
    _of_appeal(appeals.write_appeal, by_seller=True, said="書き足します"),
    write_to_seller,
    decide_appeal,
)
ACTS = (*SELDOM, *OFTEN, *OFTEN)
