"""What became of the year, counted from the mail that arrived and the pages, beside what the simulation itself knows.

Of the house's own notes of whom it told, none is asked.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import transaction

from mamori.grammar.businesstime import Duration, parse
from mamori.grammar.hand import Hand, Role
from mamori.grammar.text import Lang
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.clocks.models import Clock
from mamori.ground.market.actions import ListingLine, ReviewLine, SellerLine
from mamori.ground.market.applying import apply
from mamori.ground.outbox import facts as outbox_facts
from mamori.ground.outbox.models import Notice
from mamori.ground.people.models import Account
from mamori.ground.terms import actions as terms
from mamori.japan.calendar import JAPAN
from mamori.law.complaints import COMPLAINT_DANGER, COMPLAINT_DECISION
from mamori.law.retention import COMPLAINT_REPORTS
from mamori.rooms.complaints.models import ComplaintReport
from mamori.rooms.complaints.notices import COMPLAINT_OVERDUE, DANGER_STANDS
from trials.clocks import slow_walk
from trials.reports.desk import PEOPLE, Desk, Matter, Round
from trials.reports.faults import FAULTS
from trials.reports.letters import Letters, OutcomeMail
from trials.reports.people import DAY, LISTINGS, REVIEWS, SHOPS, TURN, YEAR, Behaviour, Reporter, drawn
from trials.reports.play import Play
from trials.year.measure import CLOSED, SEASONS, open_days

SPANS = {"year": YEAR, "turn": TURN}
DANGER_HOURS = timedelta(hours=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """One run.  `tellings` are all that were owed: each decision to each confirmed address; `seconds_by_quarter` show growth."""

    reports: int
    matters: int
    confirmed: int
    tellings: int
    told: int
    untold: int
    told_twice: int
    told_early: int
    told_wrongly: int
    strangers: int
    lost: int
    pages_wrong: int
    erased: int
    erased_too_soon: int
    joined_wrongly: int
    honest_refused: int
    dangers: int
    dangers_in_time: int
    dangers_reminded: int
    dangers_unheard: int
    decisions_late: int
    decisions_late_unheard: int
    again: int
    clocks: int
    wrong_due: int
    first_wrong: str
    across: dict[str, int]
    stuck: int
    outcomes: dict[str, int]
    deeds: dict[str, int]
    seconds_by_quarter: tuple[float, ...]
    seconds: float


def played(
    *, reports: int, seed: int, span: str = "year", fault: str = "", behaviour: Behaviour | None = None
) -> Played:
    """Play and measure; the house must be set up, have no reports yet, and write its mail into a folder."""
    began, dice, behaviour = time.perf_counter(), random.Random(seed), behaviour or Behaviour()  # noqa: S311  # replayable
    when = SPANS[span]
    folder = Path(unquote(urlsplit(settings.MAMORI_MAIL).path))
    open_house(when.begins - 30 * DAY, closes=fault != "open-at-new-year")
    play = Play(
        span=when,
        behaviour=behaviour,
        dice=dice,
        desk=Desk(behaviour, dice),
        letters=Letters(folder),
        reporters=drawn(when, reports=reports, behaviour=behaviour, dice=dice),
        fault=FAULTS.get(fault),
    )
    play.go()
    return _measured(play, began)


def open_house(at: datetime, *, closes: bool) -> None:
    """Let shops, goods and reviews be there, staff with an address each, and the days on which the centre is closed."""
    machine = Hand(by="machine:bench", role=Role.MACHINE, at=at, via="bench")
    with transaction.atomic():
        for number, (by, role) in enumerate(PEOPLE, 1):
            Account.objects.create(
                pk=number, name=by, email=f"{number}@staff.example.jp", role=role.value, added_at=at
            )
        if closes:
            terms.close(Hand(by="lead:3", role=Role.LEAD, at=at, via="bench"), days=CLOSED)
        apply(machine, [SellerLine(ref=f"S-{n}", name=f"店{n}") for n in range(SHOPS)])
        apply(
            machine,
            [
                ListingLine(ref=f"L-{n}", seller=f"S-{n % SHOPS}", name=f"品{n}", price=900)
                for n in range(LISTINGS)
            ],
        )
        reviews = [
            ReviewLine(ref=f"R-{n}", listing=f"L-{n}", seller=f"S-{n % SHOPS}", stars=5, posted_at=at)
            for n in range(REVIEWS)
        ]
        apply(machine, reviews)


def _measured(play: Play, began: float) -> Played:
    erased, too_soon = _erased_wrongly(play)
    made = [one for one in play.reporters if one.report]
    confirmed = [one for one in made if one.confirmed_at]
    telling = sum((_telling(play, one) for one in confirmed), Counter[str]())
    hearers = {one.report for one in confirmed}
    wrong = list(_wrong_due())
    dangers = Counter(_danger(matter, since) for matter in play.matters.values() for since in matter.dangers)
    late = Counter(one for matter in play.matters.values() for one in _decisions(matter))
    return Played(
        reports=len(made),
        matters=len(play.matters),
        confirmed=len(confirmed),
        tellings=telling["owed"],
        told=telling["told"],
        untold=telling["untold"],
        told_twice=telling["twice"],
        told_early=telling["early"],
        told_wrongly=telling["wrongly"],
        strangers=sum(len(mails) for number, mails in play.letters.outcomes.items() if number not in hearers),
        lost=len(play.reporters) - ComplaintReport.objects.count(),
        pages_wrong=play.pages_wrong + sum(not one.has_read for one in made),
        erased=erased,
        erased_too_soon=too_soon,
        joined_wrongly=play.joined_wrongly,
        honest_refused=sum(n for what, n in play.counts.items() if what.startswith("somebody honest")),
        dangers=dangers.total(),
        dangers_in_time=dangers["in time"],
        dangers_reminded=dangers["reminded"],
        dangers_unheard=dangers["unheard"],
        decisions_late=late["reminded"] + late["unheard"],
        decisions_late_unheard=late["unheard"],
        again=play.counts["another look"],
        clocks=Clock.objects.filter(kind__startswith="complaints.").count(),
        wrong_due=len(wrong),
        first_wrong=wrong[0] if wrong else "",
        across=_across(),
        stuck=len(clock_facts.stuck()) + len(outbox_facts.stuck()),
        outcomes=dict(Counter(one.state.value for matter in play.matters.values() for one in matter.rounds)),
        deeds=dict(sorted(play.counts.items())),
        seconds_by_quarter=tuple(play.seconds),
        seconds=round(time.perf_counter() - began, 1),
    )


def _telling(play: Play, one: Reporter) -> Counter[str]:
    """Hold the mails that came to somebody against the decisions that were owed to them, in order."""
    assert one.confirmed_at
    owed = play.matter_of[one.number].told_of(one.confirmed_at)
    came = sorted(play.letters.outcomes.get(one.report, []), key=lambda mail: mail.at)
    early = sum(mail.at < _whole(decision.at) for mail, decision in zip(came, owed, strict=False))
    right = [_says(mail, decision, one) for mail, decision in zip(came, owed, strict=False)]
    return Counter(
        owed=len(owed),
        told=sum(right),
        untold=max(0, len(owed) - len(came)),
        twice=max(0, len(came) - len(owed)),
        early=early,
        wrongly=right.count(False),
    )


def _says(mail: OutcomeMail, decision: Round, one: Reporter) -> bool:
    lang: Lang = "en" if one.language == "en" else "ja"
    words = "".join("".join(text.in_(lang).split()) for text in decision.heard)
    return mail.to == one.mail and mail.secret == one.secret and words in mail.words


def _erased_wrongly(play: Play) -> tuple[int, int]:
    """Return how many reports were erased, and of how many that is too soon, counted from the last decision of each."""
    gone = set(ComplaintReport.objects.filter(digest__isnull=True).values_list("pk", flat=True))
    least = timedelta(days=COMPLAINT_REPORTS.days)
    young = [one for one in play.reporters if play.matter_of[one.number].rounds[-1].at + least > play.ends]
    return len(gone), sum(one.report in gone for one in young)


def _danger(matter: Matter, since: datetime) -> str:
    looked = next((at for at in matter.looked_at if at >= since), None)
    if looked is not None and looked <= since + DANGER_HOURS:
        return "in time"
    rung = Notice.objects.filter(template=DANGER_STANDS.code, about=f"complaints.complaint:{matter.number}")
    is_reminded = rung.filter(at__gt=since, at__lte=since + DANGER_HOURS).exists()
    return "reminded" if is_reminded else "unheard"


def _decisions(matter: Matter) -> Iterator[str]:
    """Yield for each decision that was late whether staff were reminded of it when it was due."""
    begun = (matter.reporters[0].at if matter.reporters else None, matter.wished_at)
    for since, decision in zip(begun, matter.rounds, strict=False):
        if since is None:
            continue
        due = _walked(since, COMPLAINT_DECISION.duration)
        if decision.at > due:
            yield "reminded" if _is_reminded(matter, due) else "unheard"


def _is_reminded(matter: Matter, at: datetime) -> bool:
    about = f"complaints.complaint:{matter.number}"
    return Notice.objects.filter(template=COMPLAINT_OVERDUE.code, about=about, at=at).exists()


def _wrong_due() -> Iterator[str]:
    """Yield each due moment of a report's clock that a slow walk over another source's calendar does not find."""
    for clock in (
        Clock.objects.filter(kind__in=(COMPLAINT_DANGER.code, COMPLAINT_DECISION.code))
        .order_by("id")
        .iterator()
    ):
        walked = _walked(clock.started_at, parse(clock.duration))
        if walked != clock.due_at:
            yield f"{clock.kind}: {clock.started_at} + {clock.duration} = {clock.due_at}, walked {walked}"


@cache
def _is_open() -> Callable[[date], bool]:
    return open_days()


def _walked(start: datetime, duration: Duration) -> datetime:
    local = start.astimezone(JAPAN).replace(tzinfo=None)
    return slow_walk(local, duration, _is_open()).replace(tzinfo=JAPAN)


def _across() -> dict[str, int]:
    """Count the clocks of reports whose time touches each season."""
    return {
        name: Clock.objects.filter(
            kind__startswith="complaints.", started_at__lt=_midnight(last + DAY), due_at__gt=_midnight(first)
        ).count()
        for name, (first, last) in SEASONS.items()
    }


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=JAPAN)


def _whole(at: datetime) -> datetime:
    return at.replace(microsecond=0)
