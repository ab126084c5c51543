"""Five hundred requests over a year: each is due when somebody who counts by hand says so, and no forged one is carried out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.clocks import facts as clocks
from mamori.ground.terms import actions as terms
from mamori.japan.calendar import JAPAN
from mamori.law.requests import RequestBasis
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.safety.hits import actions as hits
from mamori.rooms.safety.hits.rules import HitWay
from mamori.rooms.safety.requests import actions as requests
from mamori.rooms.safety.requests.actions import RequestTold
from mamori.rooms.safety.requests.matter import PaperSaid, about
from mamori.rooms.safety.requests.rules import RequestChannel

pytestmark = pytest.mark.django_db
MANY = 500
FIRST = datetime(2026, 12, 1, 9, 0, tzinfo=JAPAN)
HOLIDAYS = frozenset(
    date.fromisoformat(day)
    for day in (
        "2027-01-01",  # 元日, a Friday
        "2027-01-11",  # 成人の日
        "2027-02-11",  # 建国記念の日
        "2027-02-23",  # 天皇誕生日
        "2027-03-22",  # 振替休日: 春分の日 falls on a Sunday
        "2027-04-29",  # 昭和の日
        "2027-05-03",  # 憲法記念日
        "2027-05-04",  # みどりの日
        "2027-05-05",  # こどもの日
        "2027-07-19",  # 海の日
        "2027-08-11",  # 山の日
        "2027-09-20",  # 敬老の日
        "2027-09-23",  # 秋分の日
        "2027-10-11",  # スポーツの日
        "2027-11-03",  # 文化の日
        "2027-11-23",  # 勤労感謝の日
    )
)
"""As the Cabinet Office published them, without Saturdays and Sundays."""
YEARS_ENDS = frozenset(date(year, 12, day) for year in (2026, 2027) for day in (29, 30, 31)) | frozenset(
    date(year, 1, day) for year in (2027, 2028) for day in (2, 3)
)
"""What this operator has set as its closing days."""


def counted(arrived: datetime, closed: frozenset[date]) -> datetime:
    """Return 24:00 of the second business day after the day of arrival, counted on the fingers."""
    left, day = 2, arrived.date()
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5 and day not in closed
    return datetime.combine(day + timedelta(days=1), time(), JAPAN)


def until(own_day: date, arrived: datetime) -> datetime:
    """Return the end of the agency's own day; of the day of arrival in whole hours, and one at least."""
    midnight = datetime.combine(own_day + timedelta(days=1), time(), JAPAN)
    if own_day > arrived.date():
        return midnight
    return arrived + timedelta(hours=max(1, int((midnight - arrived).total_seconds() // 3600)))


def entered(number: int) -> tuple[int, RequestBasis, datetime, date | None]:
    """Enter one of the year, by each basis in turn, at any hour of any day; of every third the agency named a day."""
    arrived = FIRST + number * (timedelta(days=400) / MANY)
    arrived = arrived.replace(second=0, microsecond=0)
    bases = list(RequestBasis)
    basis = bases[number % len(bases)]
    own = arrived.date() + timedelta(days=number % 7) if number % 3 == 0 else None
    told = RequestTold(
        basis=basis,
        channel=RequestChannel.MAIL,
        said=PaperSaid(by="経済産業省", paper=f"第{number}号"),
        received_on=arrived.date(),
        received_time=arrived.time(),
        own_day=own,
    )
    actor = Actor(by="agent:1", role=Role.AGENT, at=arrived.astimezone(UTC), via="test")
    return requests.enter_request(actor, told=told, listed="L-1"), basis, arrived, own


@pytest.mark.parametrize("closes_at_new_year", [True, False])
def test_every_request_of_a_year_is_due_as_counted_by_hand(closes_at_new_year: bool) -> None:
    if closes_at_new_year:
        counsel = Actor(by="counsel:1", role=Role.COUNSEL, at=FIRST - timedelta(days=9), via="test")
        terms.close(counsel, days=["2026-12-29/2027-01-03", "2027-12-29/2028-01-03"])
    closed = HOLIDAYS | YEARS_ENDS if closes_at_new_year else HOLIDAYS
    kinds = {"own": 0, "pledge": 0, "statute": 0}

    for number in range(MANY if closes_at_new_year else MANY // 5):
        pk, basis, arrived, own = entered(number)
        running = clocks.open_clocks(about(pk))

        if basis is RequestBasis.INFORMATION:
            assert not running
            continue
        (one,) = running
        due = counted(arrived, closed)
        is_own = own is not None and datetime.combine(own + timedelta(days=1), time(), JAPAN) < due
        kind = "own" if is_own else "pledge" if basis is RequestBasis.PLEDGE else "statute"
        kinds[kind] += 1
        expected = until(own, arrived) if is_own and own else due
        assert (one.kind, one.due_at) == (
            f"safety.request_{'own_day' if is_own else kind}",
            expected.astimezone(UTC),
        ), (number, arrived, own)
    assert all(kinds.values())


def test_no_forged_request_of_a_year_is_carried_out() -> None:
    for number in range(0, MANY, 10):
        pk, _, arrived, _ = entered(number)
        head = Actor(by="lead:1", role=Role.LEAD, at=arrived.astimezone(UTC), via="test")
        requests.find_forged(head, request=pk, reason="登録された番号で、送っていないと言われた。")
        for way in HitWay:
            with pytest.raises(Refusal):
                hits.act_on(head, request=pk, way=way)
        assert not clocks.open_clocks(about(pk))
    assert not Finding.objects.exists()
    assert not Measure.objects.exists()
