"""What is decided about, and what the answers so far mean for it: which measures are offered, and what comes beside."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.measure import Measure, Reach
from mamori.ground.web.questions import Answers
from mamori.law.grounds import MEASURE_GROUNDS
from mamori.law.measures import MEASURES
from mamori.law.measures import measure as measure_of
from mamori.rooms.enforcement import fitness, policies
from mamori.rooms.enforcement.basis import bound
from mamori.rooms.enforcement.decisions.findings import DecisionShown
from mamori.rooms.enforcement.judgement import Judged
from mamori.rooms.enforcement.lifecycle import FindingState
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.rules.reasons import Unheard
from mamori.rooms.enforcement.rules.situation import Pair, pair_of


def deciding(shown: DecisionShown, finding: Finding, judged: Judged, *, in_english: bool) -> Deciding:
    """Look up what is decided about."""
    return Deciding(
        shown=shown,
        finding=finding,
        judged=judged,
        in_english=in_english,
        bound=bound(MEASURES, seller_ref=finding.seller_ref, found_at=finding.found_at, at=shown.hand.at),
        there=frozenset(one.code for one in MEASURES if _is_there(one, finding)),
        free=frozenset(one.code for one in MEASURES if fitness.may_be_beside(one, finding)),
        is_up=fitness.is_up(finding),
    )


def _is_there(one: Measure, finding: Finding) -> bool:
    needed = bounds.needed_target(one)
    is_named = not needed or bool(getattr(finding, needed))
    return is_named and fitness.suits(one, finding) and fitness.is_gone(one, finding) is False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """What is decided about as it stands for this request, and what the answers so far mean for it.

    `bound` are the measures that a clause bears, `there` those that fit and whose target is there, `free` those that could come
    beside another, `is_up` whether what it is about is on offer: looked up once, however often it is asked.
    """

    shown: DecisionShown
    finding: Finding
    judged: Judged
    in_english: bool
    bound: frozenset[str]
    there: frozenset[str]
    free: frozenset[str]
    is_up: bool

    @property
    def may_deviate(self) -> bool:
        """Say whether its writer may decide otherwise than the policy answers."""
        return bounds.may_deviate(self.shown.hand.role)

    @property
    def is_bound(self) -> bool:
        """Say whether every clause binds this seller; where not, it is asked first whether the law is the ground."""
        return len(self.bound) == len(MEASURES)

    def possible(self, answers: Answers) -> dict[Measure, int]:
        """Return the measures that its writer may choose, each with the points that it and what comes beside it would bring."""
        policy, answer = policies.version(self.judged.policy), self.judged.answer
        found = [one for one in MEASURES if self.may_deviate or one.code == answer.measure]
        return {
            one: policy.points_for(
                self.judged.situation, *(code for code, _ in self._with_answered(one, answers))
            )
            for one in found
            if one.code in self.there and self._is_borne(self._with_answered(one, answers), answers)
        }

    def _with_answered(self, one: Measure, answers: Answers) -> Pair:
        """Return a measure with what the policy answers beside it, where it answers that measure."""
        answer = self.judged.answer
        if one.code != answer.measure:
            return ((one.code, 0),)
        return answer.pair if answer.beside in self.free else answer.pair[:1]

    def _is_borne(self, pair: Pair, answers: Answers) -> bool:
        """Say whether a request by law, or the clauses bear it, and nothing that must not be on offer comes back."""
        if bounds.needs_document(merged(answers).get("ground", "")):
            return True
        is_bound = all(code in self.bound for code, _ in pair)
        return is_bound and not (
            self.is_up and bounds.comes_back(pair, self.finding.breach, Reach(self.finding.harm))
        )

    def besides(self, answers: Answers) -> dict[Measure, int]:
        """Return what may come beside the measure that was chosen, each with its days: as the policy answers, or as usual."""
        base, found, answer = self.measure(answers), self.judged.situation, self.judged.answer
        return {
            one: answer.beside_days if one.code == answer.beside else one.days.usual if one.days else 0
            for one in MEASURES
            if one.code in self.free
            and one.code != base.code
            and self._is_borne(((base.code, 0), (one.code, 0)), answers)
            and bounds.weighs_enough(
                one, found.breach, severity=found.severity, harm=found.harm, history=found.history
            )
        }

    def measure(self, answers: Answers) -> Measure:
        """Return the measure that was chosen."""
        return measure_of(answers["measure"]["measure"])

    def days(self, answers: Answers) -> int:
        """Return for how many days: as was answered, else as the policy answers."""
        if "days" in answers:
            return int(answers["days"]["days"])
        return self.judged.answer.days if self.measure(answers).days else 0

    def pair(self, answers: Answers) -> Pair:
        """Return what was chosen, and what comes beside it: as was answered, else as the policy answers."""
        base, given = self.measure(answers), answers.get("beside")
        if given is None:
            beside = dict(self._with_answered(base, answers)[1:])
            return ((base.code, self.days(answers)), *beside.items())
        return pair_of(base.code, self.days(answers), given["beside"], given["beside_days"] or 0)

    def kinds(self, answers: Answers) -> list[Measure]:
        """Return the measures that were chosen."""
        return [measure_of(code) for code, _ in self.pair(answers)]

    def may_add(self, answers: Answers) -> bool:
        """Say whether it is asked what comes beside: where the policy answers something, or a thing is taken down for good."""
        base, answer = self.measure(answers), self.judged.answer
        is_answered = base.code == answer.measure and bool(answer.beside)
        is_for_good = bool(bounds.needed_target(base)) and base.days is None
        return self.may_deviate and (is_answered or is_for_good) and bool(self.besides(answers))

    def is_other(self, answers: Answers) -> bool:
        """Say whether it is another measure, or other days, than the policy answers."""
        return fitness.is_deviation(self.finding, self.judged, self.pair(answers))

    def is_unheard(self, answers: Answers) -> bool:
        """Say whether the seller was to be heard first, and was not."""
        was_asked = self.finding.state == FindingState.HEARING
        return self.finding.heard_at is None and (
            was_asked or any(one.hearing for one in self.kinds(answers))
        )

    def unheard(self, answers: Answers) -> Unheard | None:
        """Return why the seller was not heard."""
        return Unheard(answers["unheard"]["unheard"]) if "unheard" in answers else None

    def why_unheard(self, answers: Answers) -> tuple[Unheard, ...]:
        """Return for which reasons the seller may be heard afterwards; whether the law is named is asked next, if not before."""
        kinds, harm, role = self.kinds(answers), Reach(self.finding.harm), self.shown.hand.role
        ground = answers["ground"]["ground"] if "ground" in answers else MEASURE_GROUNDS[0].code
        return tuple(
            one
            for one in Unheard
            if all(bounds.may_skip_hearing(one, kind, harm=harm, ground=ground, role=role) for kind in kinds)
        )

    def needs_second(self, answers: Answers) -> bool:
        """Say whether another person has to approve it."""
        given, graver = merged(answers), bounds.is_graver(self.pair(answers), self.judged.answer)
        return any(
            bounds.needs_second(
                kind,
                graver=graver,
                unheard=self.unheard(answers),
                at_once=given.get("at_once", ""),
                ground=given.get("ground", ""),
            )
            for kind in self.kinds(answers)
        )


def merged(answers: Answers) -> dict[str, str]:
    """Return the answers of all pages by their fields."""
    return {name: value for given in answers.values() for name, value in given.items()}
