"""Within which bounds a decision lies, and the reasons that are declared for it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from mamori.grammar.actor import HEADS, Role
from mamori.grammar.declaration import Ground
from mamori.grammar.measure import Concerns, Measure, Reach, Severity, Weight
from mamori.grammar.text import Text
from mamori.law.breaches import FRAUD, breach
from mamori.law.clauses import CLAUSES
from mamori.law.grounds import MEASURE_GROUNDS, REPEAT_BREACH
from mamori.law.measures import CLOSED, LISTING_HIDDEN, LISTING_REMOVED, measure as measure_of
from mamori.rooms.enforcement.lifecycle import STANDING, MeasureState
from mamori.rooms.enforcement.policy.rules.table import History, Pair, PolicyAnswer, weigh

# The declared reasons of this room's decisions: why somebody was not heard first, why nothing was done, why it ended.


class Source(StrEnum):
    """From where a finding came."""

    CONTACT = "contact"
    DISPLAY = "display"
    STAFF = "staff"
    REPORT = "report"
    AUTHORITY = "authority"
    MARKET = "market"
    REPEAT = "repeat"


SOURCE_TEXTS = {
    Source.CONTACT: Text("購入者とのやり取りの経過", "how inquiries of buyers went"),
    Source.DISPLAY: Text("表示の確認の経過", "how the look at a display went"),
    Source.STAFF: Text("運営者の確認", "the operator's own look"),
    Source.REPORT: Text("申し出", "a report"),
    Source.AUTHORITY: Text("行政機関の要請", "an authority's request"),
    Source.MARKET: Text("通販サイトからの知らせ", "what the marketplace told"),
    Source.REPEAT: Text("期限までに直らなかったこと", "a correction that was not made in time"),
}


class Unheard(StrEnum):
    """Why a seller was not heard before the measure; it may speak afterwards."""

    DANGER = "danger"
    LAW = "law"
    FRAUD = "fraud"


UNHEARD_TEXTS = {
    Unheard.DANGER: Text(
        "人の身体に危険が及ぶおそれがあり、待てないため", "people may come to harm, and it cannot wait"
    ),
    Unheard.LAW: Text(
        "法令に基づく要請により、直ちに行う必要があるため", "a request under the law asks for it at once"
    ),
    Unheard.FRAUD: Text(
        "待つ間に被害が広がるおそれが高いため", "others would very likely lose money while it waits"
    ),
}


class Dismissed(StrEnum):
    """Why no measure was taken."""

    NO_BREACH = "no_breach"
    NOT_ESTABLISHED = "not_established"
    CURED = "cured"
    NOT_THE_SELLERS = "not_the_sellers"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return DISMISSED_TEXTS[self]


DISMISSED_TEXTS = {
    Dismissed.NO_BREACH: Text("違反には当たらないため", "it is no breach"),
    Dismissed.NOT_ESTABLISHED: Text("事実を確かめられなかったため", "it could not be established"),
    Dismissed.CURED: Text("すでに直っているため", "it has been put right"),
    Dismissed.NOT_THE_SELLERS: Text("出品者の責任ではないため", "it was not the seller's doing"),
}


class Ended(StrEnum):
    """Why a measure ended."""

    DUE = "due"
    CURED = "cured"
    UNCURED = "uncured"
    REVIEWED = "reviewed"
    APPEAL = "appeal"
    MISTAKE = "mistake"
    GONE = "gone"
    REJECTED = "rejected"
    DECIDED = "decided"
    NO_DANGER = "no_danger"


ENDED_TEXTS = {
    Ended.DUE: Text("期間が終わったため", "its time was over"),
    Ended.CURED: Text("直ったことが確かめられたため", "it was seen to be put right"),
    Ended.UNCURED: Text(
        "期限までに直らなかったため、あらためて判断するため",
        "it was not put right in time and is looked at anew",
    ),
    Ended.REVIEWED: Text("見直しの結果、続ける必要がなくなったため", "a review found it needed no longer"),
    Ended.APPEAL: Text("異議が認められたため", "the appeal was granted"),
    Ended.MISTAKE: Text("誤りがあったため", "it was a mistake"),
    Ended.GONE: Text("対象がもうないため", "what it touches is no longer there"),
    Ended.REJECTED: Text("承認されなかったため", "it was not approved"),
    Ended.DECIDED: Text("この件の判断が出たため", "the matter was decided"),
    Ended.NO_DANGER: Text(
        "責任者か法務担当が確かめ、隠しておく必要がないと判断したため",
        "a lead or counsel looked and found no need to keep it hidden",
    ),
}
REVERSING = frozenset({Ended.APPEAL, Ended.MISTAKE})
"""The reasons that make a measure as though it had never been: its points go, too."""


# Within which bounds a decision lies: days, targets, who decides alone, whether the seller was to be heard first.


DECIDERS = HEADS
FITTING: dict[Concerns, str] = {
    Concerns.LISTING: "listing_ref",
    Concerns.REVIEW: "review_ref",
    Concerns.CATEGORY: "category",
}
"""What a finding must name for a measure that touches it."""
MOST_YEN = 1_000_000_000
AGAIN_DAYS = 7
"""How many days at least lie between the end of an appeal and the effect that waited for it: it is announced anew."""
BY_TWO = frozenset({Unheard.LAW, Unheard.FRAUD})
"""For what reasons nobody alone leaves the hearing for afterwards: what no band of the finding shows."""
ADDED_UP = frozenset({History.SEVERAL, History.MANY})
"""When breaches add up."""
HOLDING = STANDING | {MeasureState.LIFTING, MeasureState.UNDOING}
"""Where a hold of money still holds, or may: what is being released is held until the marketplace has confirmed it."""
LAWFUL = frozenset(ground.code for ground in MEASURE_GROUNDS)


def days_fit(measure: Measure, days: int) -> bool:
    """Say whether a measure may last so many days; one without an end takes none."""
    return days == 0 if measure.days is None else measure.days.admits(days)


def amount_fits(measure: Measure, amount: int) -> bool:
    """Say whether a measure may have a cap of so many yen: a hold of money may, and 0 is none."""
    return amount == 0 or (measure.concerns is Concerns.MONEY and 0 < amount <= MOST_YEN)


def cap_text(amount: int) -> Text:
    """Say how much is held at most."""
    return Text(f"上限 {amount:,}円", f"up to {amount:,} yen")


ALL = Text("まだ支払っていない売上金の全額", "all proceeds that are not paid out yet")


def concerns_fit(measure: Measure, code: str) -> bool:
    """Say whether a measure concerns what a kind of breach is about; in a table and by hand alike."""
    return measure.concerns in breach(code).concerns


def weighs_enough(measure: Measure, code: str, *, severity: Severity, harm: Reach, history: History) -> bool:
    """Say whether its clause bears a measure against such a breach; in a table and by hand alike."""
    if measure.weight is Weight.ANY:
        return True
    if measure.weight is Weight.HEAVY_OR_GOODS and (breach(code).of_goods or harm is Reach.DANGER):
        return True
    return severity is not Severity.MINOR or history in ADDED_UP


def cure_fits(measure: Measure, *, cured: bool) -> bool:
    """Say whether a measure may be taken on what was put right: not one that ends by just that."""
    return not (cured and measure.ends_by_cure)


def needed_target(measure: Measure) -> str:
    """Return which of the finding's references the measure touches, "" where it is the seller."""
    return FITTING.get(measure.concerns, "")


def is_graver(wished: Pair, answer: PolicyAnswer) -> bool:
    """Say whether a wish is graver than what the table answers."""
    return weigh(wished) > answer.weight


def is_deviation(wished: Pair, answer: PolicyAnswer) -> bool:
    """Say whether a wish is another than what the table answers, milder or graver."""
    return wished != answer.pair


def may_be_beside(measure: Measure) -> bool:
    """Say whether a measure may come beside another: one on the account, which the marketplace carries out."""
    return measure.concerns in (Concerns.SELLER, Concerns.MONEY) and bool(measure.order)


def fits_beside(code: str, base: str) -> bool:
    """Say whether one measure may come beside that other."""
    return code != base and may_be_beside(measure_of(code))


def comes_back(pair: Pair, code: str, harm: Reach) -> bool:
    """Say whether goods that are the breach, or a danger, would be on offer again once the days of these measures are over.

    Money that is held keeps nothing from sale.  Of a fraud nothing is sent: what is dangerous besides is found as such.
    """
    one, taken = breach(code), [measure_of(each) for each, _ in pair]
    is_danger = harm is Reach.DANGER and Concerns.LISTING in one.concerns and one is not FRAUD
    if not (one.of_goods or is_danger) or any(each in (LISTING_REMOVED, CLOSED) for each in taken):
        return False
    return any(each.is_timed and each.order and each.concerns is not Concerns.MONEY for each in taken)


def stays_down(measure: Measure, code: str, harm: Reach) -> bool:
    """Say whether a measure takes away goods that are the breach, or dangerous: no agent alone puts them on offer again."""
    return measure in (LISTING_REMOVED, LISTING_HIDDEN) and (breach(code).of_goods or harm is Reach.DANGER)


def may_deviate(role: Role) -> bool:
    """Say who may decide otherwise than the table answers."""
    return role in DECIDERS


def needs_second(
    measure: Measure, *, graver: bool, unheard: Unheard | None, at_once: str = "", ground: str = ""
) -> bool:
    """Say whether another person has to approve: also where the law is named, whose document nobody else has seen."""
    return measure.eyes > 1 or graver or unheard in BY_TWO or bool(at_once) or needs_document(ground)


def needs_document(ground: str) -> bool:
    """Say whether the order or request has to be named on which a measure rests: what rests on the law does."""
    return ground in LAWFUL


def may_end_early(measure: Measure, because: Ended, role: Role, *, by_two: bool) -> bool:
    """Say who may end a measure before its time: what took two people, only a lead or counsel, unless it was cured."""
    return not (by_two or measure.eyes > 1) or because is Ended.CURED or role in DECIDERS


def endings(measure: Measure, role: Role, *, by_two: bool, cured: bool, over: bool) -> tuple[Ended, ...]:
    """Return for what reasons this role may end a measure now; of one that is `over` it can only turn out a mistake.

    `by_two` = a second person approved it, whatever the reason.
    """
    mistake = (Ended.MISTAKE,) if role in DECIDERS else ()
    if over:
        return mistake
    early = (Ended.CURED, Ended.REVIEWED) if cured else (Ended.REVIEWED,)
    return (*(because for because in early if may_end_early(measure, because, role, by_two=by_two)), *mistake)


def may_order_again(state: MeasureState, role: Role) -> bool:
    """Say who may ask the marketplace once more: for an undoing, which may end it as reversed, a lead or counsel."""
    return state is not MeasureState.UNDOING or role in DECIDERS


def is_in_time(measure: Measure, state: MeasureState, until: datetime, at: datetime) -> bool:
    """Say whether it can still be appealed against: until its day, and against a hold of money until it is released."""
    return at <= until or (measure.concerns is Concerns.MONEY and state in HOLDING)


def grounds_at_once(measure: Measure) -> tuple[Ground, ...]:
    """Return the grounds, listed with its clause, on which a measure that is announced days ahead need not be."""
    if not measure.announced_days:
        return ()
    clause = next(one for one in CLAUSES if one.code == measure.clause)
    return clause.exceptions


def may_be_at_once(ground: str, *, repeated: bool) -> bool:
    """Say whether the ground is there; that a breach is repeated the record has to show."""
    return ground != REPEAT_BREACH.code or repeated


def must_hinder(ground: str) -> bool:
    """Say whether it has to be told how the business is hindered: repetition alone shortens no notice."""
    return ground == REPEAT_BREACH.code


def may_skip_hearing(because: Unheard, measure: Measure, *, harm: Reach, ground: str, role: Role) -> bool:
    """Say whether the seller may be heard afterwards only: danger must be there, the law named.

    Of a dangerous listing nothing is decided before the hearing: it is provisionally hidden, and that protects until then.
    On a decider's word on fraud money alone is held before the seller is heard, as the clause on holds says.
    """
    if because is Unheard.DANGER:
        return harm is Reach.DANGER and measure.concerns is not Concerns.LISTING
    if because is Unheard.LAW:
        return ground in LAWFUL
    return role in DECIDERS and measure.concerns is Concerns.MONEY


HARMS = {"inconvenience": Reach.NONE, "money": Reach.MONEY, "danger": Reach.DANGER}
"""Whom it harmed, as contact tells it."""
SEVERITIES = {"inconvenience": Severity.MINOR, "money": Severity.MINOR, "danger": Severity.GRAVE}
"""How grave it is by itself: what repeats grows graver by the seller's record."""


def is_unanswered(first_answered_at: datetime | None, *, closed: bool) -> bool:
    """Say whether a trouble that was not solved in time is the seller's breach: it never answered, and nobody ended it."""
    return first_answered_at is None and not closed


def is_broken(state: str) -> bool:
    """Say whether an agreement ended by not being kept."""
    return state == "missed"


def is_refused(state: str, *, claimed: int) -> bool:
    """Say whether a recovery that had been decided upon could not be made."""
    return state == "borne" and claimed > 0
