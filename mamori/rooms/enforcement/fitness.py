"""Whether a measure fits: within its bounds, its ground there, the seller heard; asked when it is decided on and approved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mamori.grammar.hand import Role
from mamori.grammar.measure import CONCERNS_TEXTS, WEIGHT_TEXTS, Concerns, Reach
from mamori.grammar.measure import Measure as Kind
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.market import actions as market
from mamori.ground.market import facts as market_facts
from mamori.law.breaches import breach
from mamori.law.measures import LISTING_REMOVED
from mamori.law.measures import measure as declared
from mamori.rooms.enforcement import execution, reversal, statements
from mamori.rooms.enforcement.judgement import Judged, is_repeated, judge
from mamori.rooms.enforcement.lifecycle import STANDING, FindingState
from mamori.rooms.enforcement.models import REPEATABLE, Finding, Measure
from mamori.rooms.enforcement.refusals import (
    AlreadyStands,
    AmountOutOfBounds,
    AmountUnsaid,
    BesideTheBreach,
    ComesBack,
    DaysOutOfBounds,
    DocumentUnnamed,
    EndsByCure,
    HearingOwed,
    HindranceUnsaid,
    MustWait,
    NothingToTouch,
    OtherThanTable,
    OtherUnsaid,
    ProposalOutdated,
    TooLight,
)
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.rules.changed import changed
from mamori.rooms.enforcement.rules.checks import NOT_BESIDE
from mamori.rooms.enforcement.rules.reasons import Unheard
from mamori.rooms.enforcement.rules.situation import Pair, pair_of

__all__ = ("NotBeside", "Wish")

MOST_OF_DOCUMENT = 200


class NotBeside(Refusal, code="not-beside", status=422):
    """Given when a measure is to come beside another that may not: it is the same, or not one on the account or on money."""

    text = NOT_BESIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody decides: a measure, its days (0: no end), one `beside` it, why, and why the seller was not heard first.

    `amount` caps a hold of money, in yen; 0 = all of it.  `at_once` is the listed ground on which it is not announced days
    ahead, "" where it is.  `why_other` and `why_amount` tell the seller why it is not what the policy answers, and why so
    much is held and not less; `hinders`, how a repeated breach hinders the business.  Each is needed where that is so.
    `document` names the order or request where `ground` is one of the law.
    """

    measure: str
    days: int
    reason: str
    unheard: Unheard | None = None
    ground: str = ""
    document: str = ""
    at_once: str = ""
    amount: int = 0
    why_other: Text | None = None
    why_amount: Text | None = None
    hinders: Text | None = None
    beside: str = ""
    beside_days: int = 0

    @property
    def pair(self) -> Pair:
        """Return the measure, and the one beside it where there is one, each with its days."""
        return pair_of(self.measure, self.days, self.beside, self.beside_days)

    def each(self) -> tuple[Wish, ...]:
        """Return what is wished by itself: of two measures money is capped of the one that holds it, and so on."""
        if not self.beside:
            return (self,)
        return tuple(
            replace(
                self,
                measure=code,
                days=days,
                beside="",
                beside_days=0,
                amount=self.amount if declared(code).concerns is Concerns.MONEY else 0,
                at_once=self.at_once if declared(code).announced_days else "",
            )
            for code, days in self.pair
        )


def must_still_fit(role: Role, at: datetime, together: Sequence[Measure]) -> Judged:
    """Judge again what was proposed, and let it pass where nothing changed since: its reasons are written from its trace."""
    measure, finding = together[0], together[0].finding
    judged = judge(finding, at)
    what = changed(measure.trace, judged.trace(), policies=(measure.policy, judged.policy))
    if what is not None:
        raise ProposalOutdated(what=what)
    why = {name: text for one in together for name, text in statements.why_of(one).items()}
    beside = together[1] if len(together) > 1 else None
    wish = Wish(
        measure=measure.kind,
        days=measure.days,
        reason="",
        beside=beside.kind if beside else "",
        beside_days=beside.days if beside else 0,
        unheard=Unheard(finding.because_unheard) if finding.because_unheard else None,
        ground=measure.ground,
        document=measure.document,
        at_once="".join(one.at_once for one in together),
        amount=sum(one.amount for one in together),
        why_other=why.get("other"),
        why_amount=why.get("amount"),
        hinders=why.get("hinders"),
    )
    must_fit(role, at, finding, judged, wish)
    return judged


def must_fit(role: Role, at: datetime, finding: Finding, judged: Judged, wish: Wish) -> None:
    """Let a wish pass that lies within its bounds, as decided by this role at this moment."""
    answered, is_other = declared(judged.answer.measure).title, is_deviation(finding, judged, wish.pair)
    if is_other and not bounds.may_deviate(role):
        raise OtherThanTable(measure=answered)
    if is_other and not wish.why_other:
        raise OtherUnsaid(measure=answered)
    if wish.beside and not bounds.fits_beside(wish.beside, wish.measure):
        raise NotBeside(measure=declared(wish.beside).title)
    for one in wish.each():
        _must_fit_alone(finding, judged, one)
    by_law = bounds.needs_document(wish.ground)
    if by_law and not 0 < len(wish.document) <= MOST_OF_DOCUMENT:
        raise DocumentUnnamed(most=MOST_OF_DOCUMENT)
    for one in wish.each():
        if one.at_once:
            _may_be_at_once(role, at, finding, judged, one)
        _must_be_heard(role, finding, one)
    if not by_law and bounds.comes_back(wish.pair, finding.breach, Reach(finding.harm)) and is_up(finding):
        raise ComesBack()


def _must_fit_alone(finding: Finding, judged: Judged, wish: Wish) -> None:
    kind = declared(wish.measure)
    if kind.concerns is Concerns.MONEY and not wish.why_amount:
        raise AmountUnsaid()
    if not bounds.days_fit(kind, wish.days):
        raise DaysOutOfBounds(measure=kind.title, bounds=_bounds(kind), days=wish.days)
    if not bounds.amount_fits(kind, wish.amount):
        raise AmountOutOfBounds(measure=kind.title, amount=f"{wish.amount:,}")
    _must_suit(kind, finding)
    if not bounds.needs_document(wish.ground):
        _must_weigh(kind, judged)
    _must_be_there(kind, finding)


def _must_be_heard(role: Role, finding: Finding, wish: Wish) -> None:
    kind, harm = declared(wish.measure), Reach(finding.harm)
    if wish.unheard is not None:
        if not bounds.may_skip_hearing(wish.unheard, kind, harm=harm, ground=wish.ground, role=role):
            raise HearingOwed(measure=kind.title)
    elif (kind.hearing or finding.state == FindingState.HEARING) and finding.heard_at is None:
        raise HearingOwed(measure=kind.title)


def is_deviation(finding: Finding, judged: Judged, wished: Pair) -> bool:
    """Say whether a wish is other than the policy answers; what it answers beside and stands already need not come again."""
    answer = judged.answer
    without = replace(answer, beside="", beside_days=0)
    return bounds.is_deviation(wished, answer) and (
        not answer.beside or not _stands(answer.beside, finding) or bounds.is_deviation(wished, without)
    )


def _stands(code: str, finding: Finding, target: str = "") -> bool:
    return Measure.objects.filter(
        kind=code, seller_ref=finding.seller_ref, target_ref=target, state__in=STANDING
    ).exists()


def may_be_beside(kind: Kind, finding: Finding) -> bool:
    """Say whether a measure could come beside another now: on the account or on money, fitting, and not there yet."""
    return bounds.may_be_beside(kind) and suits(kind, finding) and not _stands(kind.code, finding)


def is_up(finding: Finding) -> bool:
    """Say whether what it is about is a listing that is there, not put right, and not removed."""
    if (
        not finding.listing_ref
        or finding.cured_at is not None
        or is_gone(LISTING_REMOVED, finding) is not False
    ):
        return False
    return not _stands(LISTING_REMOVED.code, finding, finding.listing_ref)


def _may_be_at_once(role: Role, at: datetime, finding: Finding, judged: Judged, wish: Wish) -> None:
    """Let a measure come without the days before it on a ground that its clause lists, by a decider's word.

    :raises HindranceUnsaid: where a breach is repeated, and nothing says how that hinders the business.
    """
    if not bounds.may_deviate(role):
        raise OtherThanTable(measure=declared(judged.answer.measure).title)
    kind = declared(wish.measure)
    listed = bounds.grounds_at_once(kind)
    if wish.at_once not in {one.code for one in listed} or not bounds.may_be_at_once(
        wish.at_once, repeated=is_repeated(finding, at)
    ):
        titles = Text(
            "、".join(one.title.ja for one in listed) or "なし",
            ", ".join(one.title.en for one in listed) or "nothing",
        )
        raise MustWait(measure=kind.title, days=kind.announced_days, grounds=titles)
    if bounds.must_hinder(wish.at_once) and not wish.hinders:
        raise HindranceUnsaid()


def suits(kind: Kind, finding: Finding) -> bool:
    """Say whether a measure is one for this breach as it stands."""
    return bounds.concerns_fit(kind, finding.breach) and bounds.cure_fits(
        kind, cured=finding.cured_at is not None
    )


def _must_suit(kind: Kind, finding: Finding) -> None:
    if not bounds.concerns_fit(kind, finding.breach):
        title = breach(finding.breach).title
        raise BesideTheBreach(measure=kind.title, what=CONCERNS_TEXTS[kind.concerns], breach=title)
    if not bounds.cure_fits(kind, cured=finding.cured_at is not None):
        raise EndsByCure(measure=kind.title)


def _must_weigh(kind: Kind, judged: Judged) -> None:
    found = judged.situation
    if not bounds.weighs_enough(
        kind, found.breach, severity=found.severity, harm=found.harm, history=found.history
    ):
        raise TooLight(measure=kind.title, when=WEIGHT_TEXTS[kind.weight])


def _must_be_there(kind: Kind, finding: Finding) -> None:
    needed = bounds.needed_target(kind)
    target = getattr(finding, needed) if needed else ""
    if needed and not target:
        raise NothingToTouch(measure=kind.title)
    # Of two holds of money nobody could say which cap is left when one is released: the second waits for that.
    stands = bounds.HOLDING if kind.concerns is Concerns.MONEY else STANDING
    standing = (
        Measure.objects.filter(
            kind=kind.code, seller_ref=finding.seller_ref, target_ref=target, state__in=stands
        )
        .exclude(kind__in=REPEATABLE)
        .first()
    )
    if standing is not None:
        raise AlreadyStands(measure=kind.title, state=reversal.state_text(standing))
    ref = execution.ordered_on(kind, finding.seller_ref, target)
    gone = is_gone(kind, finding)
    if gone is None:
        raise market.TargetUnknown(seller=finding.seller_ref, ref=ref)
    if gone:
        raise market.AlreadyGone(ref=ref)


def is_gone(kind: Kind, finding: Finding) -> bool | None:
    """Say whether what a measure would touch is gone at the marketplace; None where nobody told of it."""
    if not kind.order:
        return False
    needed = bounds.needed_target(kind)
    ref = execution.ordered_on(kind, finding.seller_ref, getattr(finding, needed) if needed else "")
    return market_facts.is_gone_for(kind.order, seller_ref=finding.seller_ref, ref=ref)


def _bounds(kind: Kind) -> Text:
    if kind.days is None:
        return Text("定めがなく（0日）", "no days (0)")
    return Text(
        f"{kind.days.least}日から{kind.days.most}日", f"from {kind.days.least} to {kind.days.most} days"
    )
