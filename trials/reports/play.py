"""The year played: every report, code, look and decision goes through the room's own verbs, tasks and mail, in order of time."""

from __future__ import annotations

import heapq
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from django.db import transaction

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.clocks import actions as clocks
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.ledger import actions as ledger
from mamori.ground.outbox import actions as outbox
from mamori.ground.post import actions as post
from mamori.ground.post.models import Mail
from mamori.law.complaints import ComplaintReason, DangerAnswer
from mamori.rooms.complaints import actions
from mamori.rooms.complaints.actions.adding import NotToAskAgain
from mamori.rooms.complaints.lifecycle import ASKED_AGAIN, ComplaintState
from mamori.rooms.complaints.models import ComplaintReport
from mamori.rooms.complaints.queries.mine import mine
from mamori.rooms.complaints.rules import ReportTold
from mamori.site import retaining
from mamori.site.wiring import RINGS
from trials.reports.desk import Desk, Matter
from trials.reports.letters import Letters
from trials.reports.people import DAY, Behaviour, Manner, Reporter, Span

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
AFTER = 75 * DAY
"""So long after the last report is played on: every decision is made, and another look has been asked for and made."""
AT_ONCE = 100
"""So many deeds are committed together."""
HARMS = frozenset({DangerAnswer.INJURY, DangerAnswer.FIRE})
type Deed = Callable[[datetime], None]
type Fault = Callable[[datetime], None]
"""What is planted, done just before the worker's own turn."""


def anybody(at: datetime) -> Hand:
    """Return the hand of somebody who is not signed in."""
    return Hand(by="anonymous", role=Role.ANONYMOUS, at=at, via="bench")


@dataclass(slots=True)
class Play:
    """The year of these reporters; their matters are known by number, by who made one, and while open by thing and reason."""

    span: Span
    behaviour: Behaviour
    dice: random.Random
    desk: Desk
    letters: Letters
    reporters: list[Reporter]
    fault: Fault | None = None
    matters: dict[int, Matter] = field(default_factory=dict)
    matter_of: dict[int, Matter] = field(default_factory=dict)
    open_of: dict[tuple[str, str], Matter] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    joined_wrongly: int = 0
    pages_wrong: int = 0
    seconds: list[float] = field(default_factory=list)
    waiting: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)

    @property
    def ends(self) -> datetime:
        """Return until when it is played."""
        return self.span.ends + AFTER

    def go(self) -> None:
        """Play until nobody has anything left to do."""
        for one in self.reporters:
            self.later(one.at, partial(self._report, one))
        night = self.span.begins + 3 * HOUR
        while night < self.ends:
            self.later(night, self._night)
            night += DAY
        quarter, began = max(1, len(self.reporters) // 4), time.perf_counter()
        while self.waiting:
            with transaction.atomic():
                for _ in range(min(AT_ONCE, len(self.waiting))):
                    at, _, deed = heapq.heappop(self.waiting)
                    self._ring(at)
                    self._try(deed, at)
                    self._work(at)
            if self.counts["reports"] >= quarter * (len(self.seconds) + 1):
                self.seconds.append(round(time.perf_counter() - began, 1))

    def later(self, at: datetime, deed: Deed) -> None:
        """Do something at a moment to come."""
        heapq.heappush(self.waiting, (at, next(self._numbers), deed))

    def _ring(self, until: datetime) -> None:
        while (due := clock_facts.next_ring(until=until)) is not None:
            clocks.ring_due(at=due, tasks=RINGS)
            self._work(due)

    def _work(self, at: datetime) -> None:
        """Do what the worker does within the second."""
        if self.fault:
            self.fault(at)
        while outbox.work(at=at, limit=1_000):
            pass

    def _post(self, at: datetime) -> None:
        if Mail.objects.filter(IS_OPEN, next_at__lte=at).exists():
            while post.deliver(at=at):
                pass
            self.letters.collect()

    def _night(self, at: datetime) -> None:
        self._post(at)
        ledger.sequence(at=at)
        while retaining.retain(at=at):
            self.counts["rounds of retention"] += 1

    def _try(self, deed: Deed, at: datetime) -> None:
        try:
            with transaction.atomic():
                deed(at)
        except Refusal as refusal:
            self.counts[f"refused {refusal.code}"] += 1

    def _happens(self, share: float) -> bool:
        return self.dice.random() < share

    def _within(self, least: timedelta, most: timedelta) -> timedelta:
        return least + (most - least) * self.dice.random()

    # Whoever reports.

    def _report(self, one: Reporter, at: datetime) -> None:
        told = ReportTold(
            what=one.what,
            reason=one.reason,
            where=one.where,
            words=one.words,
            mail="" if one.manner in (Manner.NAMELESS, Manner.LATER) else one.mail,
            language=one.language,
        )
        try:
            one.report = actions.report(anybody(at), told=told, secret=one.secret, source=one.source)
        except Refusal as refusal:
            self.counts[f"{'flood' if one.in_flood else 'somebody honest'} {refusal.code}"] += 1
            self.later(
                at + 16 * MINUTE, partial(self._report, one)
            )  # the form is still there, and is sent again
            return
        self.counts["reports"] += 1
        self._joined(one, at)
        if self._happens(self.behaviour.again_same_form):
            self.later(at + 2 * MINUTE, partial(self._send_again, one, told))
        if one.danger:
            self.later(at + self._within(MINUTE, 8 * MINUTE), partial(self._answer, one))
        if self._happens(self.behaviour.adds):
            self.later(at + self._within(HOUR, 6 * DAY), partial(self._add, one))
        self._plan_code(one, at)

    def _joined(self, one: Reporter, at: datetime) -> None:
        number = ComplaintReport.objects.values_list("complaint", flat=True).get(pk=one.report)
        key = (one.thing, one.reason.value)
        known = self.open_of.get(key)
        matter = self.matters.get(number)
        self.joined_wrongly += known is not matter
        if matter is None:
            matter = self.matters[number] = self.open_of[key] = Matter(number, key)
            matter.dangers += [at] if one.reason is ComplaintReason.DANGEROUS else []
            looks = self._plan_look(matter, at)
            self.later(self.desk.decides_at(looks), partial(self._decide, matter))
        self.matter_of[one.number] = matter
        matter.reporters.append(one)

    def _send_again(self, one: Reporter, told: ReportTold, at: datetime) -> None:
        again = actions.report(anybody(at), told=told, secret=one.secret, source=one.source)
        self.counts[
            "the same form again" if again == one.report else "the same form became another report"
        ] += 1

    def _answer(self, one: Reporter, at: datetime) -> None:
        matter = self.matter_of[one.number]
        if (
            not matter.is_open
        ):  # what is told of a danger after the decision is another matter, and tried apart
            return
        actions.answer_danger(anybody(at), secret=one.secret, danger=one.danger, lot="A-12")
        is_looked_at = bool(matter.looked_at) and matter.looked_at[-1] >= matter.dangers[-1]
        if HARMS & set(one.danger) and matter.is_open and is_looked_at:
            matter.dangers.append(at)
            self._plan_look(matter, at)

    def _add(self, one: Reporter, at: datetime) -> None:
        if not self.matter_of[one.number].is_open:  # the page offers it no more
            return
        actions.add_words(anybody(at), secret=one.secret, said="追って気づいたこと。")
        self.counts["words added"] += 1

    def _plan_code(self, one: Reporter, at: datetime) -> None:
        self.later(at + MINUTE, self._post)
        match one.manner:
            case Manner.PROMPT | Manner.CLUMSY:
                self.later(at + self._within(MINUTE, 20 * MINUTE), partial(self._enter, one))
            case Manner.SLOW:
                self.later(at + self._within(40 * MINUTE, 5 * HOUR), partial(self._enter, one))
            case Manner.LATER:
                self.later(at + self._within(DAY, 20 * DAY), partial(self._leave, one))

    def _leave(self, one: Reporter, at: datetime) -> None:
        actions.leave_mail(anybody(at), secret=one.secret, mail=one.mail)
        self.later(at + MINUTE, self._post)
        self.later(at + self._within(MINUTE, 20 * MINUTE), partial(self._enter, one))

    def _enter(self, one: Reporter, at: datetime) -> None:
        """Enter the code that came by mail; whoever is late asks for another, and enters that."""
        if one.manner is Manner.CLUMSY:
            actions.confirm_mail(anybody(at), secret=one.secret, code="00000000")
        actions.confirm_mail(anybody(at), secret=one.secret, code=self.letters.codes[one.report])
        if one.manner is Manner.SLOW:
            one.manner = Manner.PROMPT
            self.later(at + 3 * MINUTE, partial(self._leave, one))
            return
        one.confirmed_at = at

    def _read(self, one: Reporter, at: datetime) -> None:
        """Open the report's own page: the words are there, and the outcome that stands, of the last decision."""
        page, last = mine(one.secret, at=at), self.matter_of[one.number].rounds[-1]
        is_right = (page.number, page.said.words, page.heard) == (one.report, one.words, last.heard)
        self.pages_wrong += not is_right
        one.has_read = True

    def _ask_again(self, one: Reporter, at: datetime) -> None:
        matter = self.matter_of[one.number]
        try:
            actions.ask_again(anybody(at), secret=one.secret, said="もう一度見てください。")
        except NotToAskAgain:
            self.counts["another look asked for in vain"] += 1
            return
        matter.wished_at = at
        self.counts["another look"] += 1
        self.later(self.desk.decides_at(at), partial(self._decide, matter))

    # Staff.

    def _plan_look(self, matter: Matter, at: datetime) -> datetime:
        looks = self.desk.looks_at(at, danger=bool(matter.dangers))
        self.later(looks, partial(self._look, matter))
        return looks

    def _look(self, matter: Matter, at: datetime) -> None:
        if matter.is_open:
            self.desk.begin(matter, at)

    def _decide(self, matter: Matter, at: datetime) -> None:
        self.desk.decide(matter, at)
        for one in matter.reporters:
            self.later(at + self._within(HOUR, 3 * DAY), partial(self._read, one))
        if matter.rounds[-1].state is ComplaintState.UPHELD:
            self.later(
                self.desk.working(at + self._within(2 * HOUR, 2 * DAY)),
                partial(self.desk.close_finding, matter),
            )
        if len(matter.rounds) > 1:
            return
        del self.open_of[matter.thing]
        if matter.rounds[0].state in ASKED_AGAIN:
            for one in (one for one in matter.reporters if not one.in_flood):
                if self._happens(self.behaviour.asks_again):
                    self.later(at + self._within(HOUR, 28 * DAY), partial(self._ask_again, one))
