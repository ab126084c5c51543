"""What the table is asked about a finding: its bands, the points that count, and the answer of the policy in force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from mamori.grammar.measure import Reach, Severity
from mamori.ground.terms import facts as terms
from mamori.law.measures import LISTING_HIDDEN, LISTING_REMOVED, PROVISIONAL_HIDING
from mamori.law.settings import REPEAT_DAYS, REPEAT_TIMES
from mamori.rooms.enforcement import policies
from mamori.rooms.enforcement.models import Finding, Measure, Strike
from mamori.rooms.enforcement.policies import InForce
from mamori.rooms.enforcement.rules import strikes
from mamori.rooms.enforcement.rules.effect import Turn, turn
from mamori.rooms.enforcement.rules.reasons import REVERSING, Ended
from mamori.rooms.enforcement.rules.situation import Answer, Cure, History, Situation
from mamori.rooms.enforcement.rules.strikes import Points

UNDONE = (*REVERSING, Ended.REJECTED)
"""The reasons for which a measure says nothing of what went before: it was reversed, or never came to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A finding as the table sees it, the points before it, and what the policy that counts for it answers.

    `of_breach` = that is the version that bound when it was found, though a newer one binds by now.
    """

    situation: Situation
    points: int
    answer: Answer
    policy: int
    expires_days: int
    of_breach: bool

    def trace(self) -> dict[str, object]:
        """Return what was asked and answered, to be kept and replayed."""
        return policies.traced(self.situation, self.points, self.answer) | {"of_breach": self.of_breach}


def judge(finding: Finding, at: datetime) -> Judged:
    """Ask the policy about a finding: the version that bound when it was found, or the one in force where it is milder."""
    points = points_of(finding.seller_ref, at, besides=incident(finding))
    found = Situation(
        breach=finding.breach,
        severity=severity_of(finding, at),
        history=History.NONE,
        cure=Cure.CURED if finding.cured_at else Cure.OPEN,
        harm=Reach(finding.harm),
    )
    now, then = policies.in_force(at), policies.in_force(finding.found_at)
    by_now = _judged(found, points, now)
    if now.number == then.number:
        return by_now
    by_then = _judged(found, points, then, of_breach=True)
    return by_then if turn(by_now.answer, by_then.answer) is Turn.MILDER else by_now


def _judged(found: Situation, points: int, policy: InForce, *, of_breach: bool = False) -> Judged:
    """Ask one version; it tells by its own edges of points what went before."""
    situation = replace(found, history=policy.history(points))
    return Judged(
        situation=situation,
        points=points,
        answer=policy.answer(situation),
        policy=policy.number,
        expires_days=policy.expires_days,
        of_breach=of_breach,
    )


def severity_of(finding: Finding, at: datetime) -> Severity:
    """Return how grave the breach is: a minor one counts as serious when it was decided upon often lately.

    What was reversed with all its measures was no breach, and counts no more.
    """
    times, days = terms.settings(REPEAT_TIMES, REPEAT_DAYS, at=at)
    since = at - timedelta(days=days)
    upheld = Measure.objects.filter(finding=OuterRef("pk")).exclude(ended_because__in=UNDONE)
    upheld = upheld.exclude(kind=PROVISIONAL_HIDING.code)
    before = Finding.objects.filter(
        Exists(upheld), seller_ref=finding.seller_ref, breach=finding.breach, decided_at__gt=since
    ).exclude(pk__in=incident(finding))
    return strikes.severity_after(Severity(finding.severity), before=before.count(), times=times)


def is_repeated(finding: Finding, at: datetime) -> bool:
    """Say whether points for the same kind of breach still count, other than of this incident."""
    same = Strike.objects.filter(
        seller_ref=finding.seller_ref, finding__breach=finding.breach, ended_at__isnull=True, until__gt=at
    )
    return same.exclude(finding__in=incident(finding)).exists()


def incident(finding: Finding) -> tuple[int, ...]:
    """Return the numbers of the findings that are about the same incident, this one among them.

    They name the same breach and the same listing, review or order, and were found before the earlier one was decided upon,
    or while its measure kept the listing from being shown: what was known of it then is judged once.
    """
    named = Q()
    for name in ("listing_ref", "review_ref", "order_ref"):
        if ref := getattr(finding, name):
            named |= Q(**{name: ref})
    if not named:
        return (finding.pk,)
    same = Finding.objects.filter(named, seller_ref=finding.seller_ref, breach=finding.breach)
    keeping = Measure.objects.filter(
        Q(closed_at__isnull=True) | Q(closed_at__gt=finding.found_at),
        finding=OuterRef("pk"),
        kind__in=(LISTING_HIDDEN.code, LISTING_REMOVED.code),
        starts_at__lte=finding.found_at,
    )
    known = same.filter(Q(decided_at__gt=finding.found_at) | Exists(keeping)).exclude(pk=finding.pk)
    return (finding.pk, *known.values_list("pk", flat=True))


def points_given(measure: Measure, at: datetime, *, without: Measure | None = None) -> int:
    """Return the points that a measure brings: of one incident no more in all than what its gravest decision answers.

    What comes beside another measure brings none of its own; `without` is what was reversed of those decided together.
    """
    finding, together = measure.finding, decided_with(measure)
    if together[0].pk != measure.pk:
        return 0
    points = policies.points_of(
        measure.trace, measure.policy, *(one.kind for one in together if one != without)
    )
    same = Strike.objects.filter(finding__in=incident(finding), ended_at__isnull=True, until__gt=at)
    given = sum(same.exclude(measure=measure).values_list("points", flat=True))
    return max(0, points - given)


def decided_with(measure: Measure) -> list[Measure]:
    """Return the measures of one decision: what it rests on first, then what comes beside it."""
    same = measure.finding.measures.filter(decided_at=measure.decided_at)
    same = same.exclude(kind=PROVISIONAL_HIDING.code).exclude(ended_because=Ended.REJECTED)
    return list(same.select_related("finding").order_by("pk"))


def points_of(seller_ref: str, at: datetime, *, besides: tuple[int, ...] = ()) -> int:
    """Return the points of a seller that count at a moment, without those of the findings `besides`."""
    return strikes.total(strikes_of(seller_ref, at, besides=besides), at)


def strikes_of(seller_ref: str, at: datetime, *, besides: tuple[int, ...] = ()) -> tuple[Points, ...]:
    """Return the points on a seller's record that are not expired."""
    rows = Strike.objects.filter(seller_ref=seller_ref, until__gt=at).order_by("at", "id")
    rows = rows.exclude(finding__in=besides)
    return tuple(Points(points=row.points, at=row.at, until=row.until, ended_at=row.ended_at) for row in rows)
