"""How a version of the policy is found and kept, which one binds, and what it answers about a finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from mamori.grammar.actor import Actor
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import actions as ledger, facts as records
from mamori.ground.matters.performance import MatterKind, Performance
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.matters.settlement import settle
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import JAPAN
from mamori.law.measures import LISTING_HIDDEN, LISTING_REMOVED, PROVISIONAL_HIDING
from mamori.law.settings import REPEAT_DAYS, REPEAT_TIMES
from mamori.rooms.enforcement.lifecycle import POLICY, PolicyState
from mamori.rooms.enforcement.models import Finding, Measure, Policy, Strike
from mamori.rooms.enforcement.policy.rules import judging, table
from mamori.rooms.enforcement.policy.rules.judging import (
    InForce,
    Points,
    Turn,
    read_trace,
    ready,
    traced,
    turn,
)
from mamori.rooms.enforcement.policy.rules.table import Cure, History, PolicyAnswer, Situation
from mamori.rooms.enforcement.rules import standing
from mamori.rooms.enforcement.rules.bounds import REVERSING, Ended

BINDING = (PolicyState.ANNOUNCED, PolicyState.IN_FORCE, PolicyState.REPLACED)
"""What was published binds from its day on, whether or not a clock has rung."""
_READY: dict[int, tuple[Any, InForce]] = {}
DECLARED = ready(table.DECLARED, number=table.NUMBER, since=table.SINCE)


def in_force(at: datetime) -> InForce:
    """Return the version that binds at `at`: the newest published whose day has come, else the declared one."""
    day = at.astimezone(JAPAN).date()
    row = Policy.objects.filter(state__in=BINDING, binds_on__lte=day).order_by("-binds_on", "-number").first()
    return made_ready(row) if row else DECLARED


def version(number: int) -> InForce:
    """Return a published version by its number: what a measure was decided by."""
    return DECLARED if number == DECLARED.number else made_ready(Policy.objects.get(number=number))


def points_of(trace: Mapping[str, Any], number: int, *taken: str) -> int:
    """Return the points that measures bring which were decided together by a version of the policy."""
    asked = read_trace(trace)
    assert asked is not None, "what is decided on was written down just now"
    return version(number).points_for(asked.situation, *taken)


def newest(at: datetime) -> InForce:
    """Return the version that was published last, whether it binds yet or not: what the next one begins from."""
    row = Policy.objects.filter(state=PolicyState.ANNOUNCED).order_by("-number").first()
    return made_ready(row) if row else in_force(at)


def made_ready(policy: Policy) -> InForce:
    """Return a published version ready to be asked."""
    known = _READY.get(policy.number)
    if known is not None and known[0] == policy.table:
        return known[1]
    if policy.binds_on is None:
        raise ValueError(f"version {policy.number} of the policy was never published")
    one = ready(table.read(policy.table), number=policy.number, since=policy.binds_on)
    _READY[policy.number] = policy.table, one
    return one


# How a version of the policy is found, kept and recorded.


class NoSuchPolicy(Refusal, code="no-such-policy", status=404):
    """Given when there is no such version."""

    text = Text(
        "その版の基準はありません。一覧から選んでください。",
        "There is no such version of the policy. Please choose from the list.",
    )


class PolicyChanged(ChangedMeanwhile, code="policy-changed", status=409):
    """Given when somebody else changed the draft after this form was opened."""

    text = Text(
        "このページを開いたあとに、ほかの人が基準を変えました（{what}）。あなたの変更はまだ入っていません。新しい表を確かめて、もう一度お試しください。",
        "Somebody changed the policy after you opened this page ({what}). Your change is not in it yet. Please look at the "
        "table as it is now and try again.",
    )


class PolicyWaits(Refusal, code="policy-waits", status=409):
    """Given when the draft cannot be changed because somebody asked for its approval meanwhile."""

    text = Text(
        "第{number}版は承認を待っているため、いまは変えられません。何も保存していません。変えるには、まず下書きに戻してください。",
        "Version {number} waits for approval and cannot be changed now. Nothing was saved. To change it, please send it "
        "back to draft first.",
    )


def name(number: int) -> str:
    """Return the name under which clocks and acts know a version."""
    return f"enforcement.policy:{number}"


def as_seen(row: Policy, edited: int) -> None:
    """Pass a form that was opened on what still stands; else say what was done since, the newest last and at most five."""
    if row.edited == edited:
        return
    done = []
    for act in records.acts_about(name(row.number)):
        payload = (act.content or {}).get("payload", {})
        if payload.get("edited", 0) > edited and (words := DONE.get(act.kind)):
            done.append(words.fill(row=payload.get("row", "")))
    raise PolicyChanged(what=Text.listed(done[-5:] or [POLICY.states[PolicyState(row.state)]]))


DONE = {
    "enforcement.put_row": Text("{row}番の行を書いた", "row {row} was written"),
    "enforcement.drop_row": Text("{row}番の行を消した", "row {row} was deleted"),
    "enforcement.set_bands": Text("点数の区切りか有効日数を変えた", "edges or expiry of points were changed"),
    "enforcement.replace_table": Text("表全体を差し替えた", "the whole table was replaced"),
    "enforcement.propose_policy": Text("承認を求めた", "approval was asked for"),
    "enforcement.send_back_policy": Text("下書きに戻した", "it was sent back to draft"),
}


def take(act: Performance[Policy], step: str) -> None:
    """Take a step of the lifecycle, and note that forms opened before are outdated."""
    act.step(step)
    row = act.matter
    row.edited += 1
    if PolicyState(row.state) in POLICY.ends:
        row.closed_at = act.actor.at
    act.save("edited", "closed_at")


def _find(_actor: Actor, number: int, _version: int | None) -> Policy:
    row = Policy.objects.select_for_update().filter(number=number).first()
    if row is None:
        raise NoSuchPolicy()
    return row


def _record(
    act: Performance[Policy], verb: str, *, ground: str = "", reason: str = "", **payload: Any
) -> int:
    row = act.matter
    return ledger.record(
        act.actor,
        kind=f"enforcement.{verb}",
        subject="market",
        about=name(row.number),
        ground=ground,
        reason=reason,
        payload={"state": row.state, "edited": row.edited, **payload},
    )


def _settle(act: Performance[Policy]) -> None:
    settle({name(act.matter.number): standing.of_policy(act.matter)}, at=act.actor.at, why=act.verb)


POLICIES: MatterKind[Policy, int] = MatterKind(
    chart=POLICY, find=_find, case=lambda row: name(row.number), record=_record, settle=_settle
)


# What the table is asked about a finding: its bands, the points that count, and the answer of the policy in force.


UNDONE = (*REVERSING, Ended.REJECTED)
"""The reasons for which a measure says nothing of what went before: it was reversed, or never came to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A finding as the table sees it, the points before it, and what the policy that counts for it answers.

    `of_breach` = that is the version that bound when it was found, though a newer one binds by now.
    """

    situation: Situation
    points: int
    answer: PolicyAnswer
    policy: int
    expires_days: int
    of_breach: bool

    def trace(self) -> dict[str, object]:
        """Return what was asked and answered, to be kept and replayed."""
        return traced(self.situation, self.points, self.answer) | {"of_breach": self.of_breach}


def judge(finding: Finding, at: datetime) -> Judged:
    """Ask the policy about a finding: the version that bound when it was found, or the one in force where it is milder."""
    points = counted_points(finding.seller_ref, at, besides=incident(finding))
    found = Situation(
        breach=finding.breach,
        severity=severity_of(finding, at),
        history=History.NONE,
        cure=Cure.CURED if finding.cured_at else Cure.OPEN,
        harm=Reach(finding.harm),
    )
    now, then = in_force(at), in_force(finding.found_at)
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
    return judging.severity_after(Severity(finding.severity), before=before.count(), times=times)


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
    points = points_of(measure.trace, measure.policy, *(one.kind for one in together if one != without))
    same = Strike.objects.filter(finding__in=incident(finding), ended_at__isnull=True, until__gt=at)
    given = sum(same.exclude(measure=measure).values_list("points", flat=True))
    return max(0, points - given)


def decided_with(measure: Measure) -> list[Measure]:
    """Return the measures of one decision: what it rests on first, then what comes beside it."""
    same = measure.finding.measures.filter(decided_at=measure.decided_at)
    same = same.exclude(kind=PROVISIONAL_HIDING.code).exclude(ended_because=Ended.REJECTED)
    return list(same.select_related("finding").order_by("pk"))


def counted_points(seller_ref: str, at: datetime, *, besides: tuple[int, ...] = ()) -> int:
    """Return the points of a seller that count at a moment, without those of the findings `besides`."""
    return judging.total(strikes_of(seller_ref, at, besides=besides), at)


def strikes_of(seller_ref: str, at: datetime, *, besides: tuple[int, ...] = ()) -> tuple[Points, ...]:
    """Return the points on a seller's record that are not expired."""
    rows = Strike.objects.filter(seller_ref=seller_ref, until__gt=at).order_by("at", "id")
    rows = rows.exclude(finding__in=besides)
    return tuple(Points(points=row.points, at=row.at, until=row.until, ended_at=row.ended_at) for row in rows)
