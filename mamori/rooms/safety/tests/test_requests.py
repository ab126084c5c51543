"""Requests of authorities: entered once, called back, answered in time, closed; a forged one is never carried out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.vault import actions as vault
from mamori.ground.web import onetime
from mamori.ground.web.onetime import NoSuchPage, PageOver, PageUsed
from mamori.japan.calendar import JAPAN
from mamori.law.grounds import SUIT
from mamori.law.requests import RequestBasis
from mamori.law.retention import AUTHORITY_REQUESTS
from mamori.rooms.safety import tasks
from mamori.rooms.safety.agencies import actions as agencies
from mamori.rooms.safety.agencies.actions import AgencyNeedsAnother, AgencyTold
from mamori.rooms.safety.models import Agency, AuthorityRequest
from mamori.rooms.safety.requests import actions as requests
from mamori.rooms.safety.requests.actions import (
    AgencyUnconfirmed,
    DataAsked,
    LinkedOpen,
    NotToClose,
    PaperEntered,
    ReceivedLater,
    RequestTold,
)
from mamori.rooms.safety.requests.matter import REQUESTS, PaperSaid, about, number_of, rows_of, said_of
from mamori.rooms.safety.requests.rules import RequestChannel

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 30, 3, tzinfo=UTC)
WHY = "公式の番号にかけて確かめた。"


def by(name: str, at: datetime = NOON, role: Role = Role.AGENT) -> Actor:
    return Actor(by=name, role=role, at=at, via="test")


def known_agency(at: datetime = NOON) -> int:
    told = AgencyTold(name="消費者庁", phone="03-0000-0000", page="https://example.go.jp/contact")
    number = agencies.enter_agency(by("agent:1", at), told=told)
    agencies.confirm_agency(by("agent:2", at), agency=number, reason=WHY)
    return number


def told(paper: str = "第12号", **more: Any) -> RequestTold:
    given: dict[str, Any] = {
        "basis": RequestBasis.PLEDGE,
        "channel": RequestChannel.MAIL,
        "said": PaperSaid(by="消費者庁", paper=paper, words="出品を削除してください。"),
        "received_on": NOON.astimezone(JAPAN).date(),
    }
    return RequestTold(**given | more)


def row(number: int) -> AuthorityRequest:
    return AuthorityRequest.objects.get(pk=number)


def asked(number: int) -> frozenset[str]:
    return cases.asked(about(number))


def moved(number: int, state: str) -> None:
    """Let the listings it means be confirmed and acted upon, as the engine beside this does."""
    AuthorityRequest.objects.filter(pk=number).update(state=state)


def test_a_request_is_entered_with_its_list_called_back_answered_and_closed() -> None:
    agency = known_agency()
    number = requests.enter_request(
        by("agent:1"), told=told(agency=agency), listed="型番\t名前\nAB-100\t充電器"
    )
    kept = said_of(row(number))
    assert kept is not None
    assert kept.words == "出品を削除してください。"
    assert [one.models for one in rows_of(row(number))] == [("AB-100",)]
    assert asked(number) == {"verify"}
    requests.verify_request(by("agent:1"), request=number, reason=WHY)
    assert (row(number).verified_by, asked(number)) == ("staff:1", {"confirm"})
    with pytest.raises(StepNotOpen):
        requests.answer_request(by("agent:1"), request=number, reason=WHY)
    moved(number, "acted")
    requests.answer_request(by("agent:1"), request=number, reason=WHY)
    assert clocks.open_clocks(about(number)) == ()
    requests.close_request(by("agent:1"), request=number, reason=WHY)
    assert row(number).state == "closed"


def test_nothing_is_verified_or_answered_before_another_person_confirmed_the_agency() -> None:
    entered = AgencyTold(name="消費者庁", phone="03-0000-0000", page="https://example.go.jp/contact")
    agency = agencies.enter_agency(by("agent:1"), told=entered)
    number = requests.enter_request(by("agent:1"), told=told(agency=agency))
    with pytest.raises(AgencyNeedsAnother):
        agencies.confirm_agency(by("agent:1"), agency=agency, reason=WHY)
    with pytest.raises(AgencyUnconfirmed):
        requests.verify_request(by("agent:1"), request=number, reason=WHY)
    assert row(number).state == "received"
    agencies.confirm_agency(by("agent:2"), agency=agency, reason=WHY)
    agencies.correct_agency(by("agent:2"), agency=agency, told=entered, reason=WHY)
    assert not Agency.objects.get(pk=agency).is_known
    with pytest.raises(AgencyNeedsAnother):
        agencies.confirm_agency(by("agent:2"), agency=agency, reason=WHY)


def test_a_forged_request_ends_and_nothing_follows_from_it() -> None:
    number = requests.enter_request(by("agent:1"), told=told(agency=known_agency()))
    requests.verify_request(by("agent:1"), request=number, reason=WHY)
    with pytest.raises(StepNotYours):
        requests.find_forged(by("agent:1"), request=number, reason=WHY)
    requests.find_forged(by("lead:1", role=Role.LEAD), request=number, reason=WHY)
    assert (row(number).state, clocks.open_clocks(about(number)), asked(number)) == (
        "forged",
        (),
        frozenset(),
    )
    for step in ("confirm", "act", "finish", "answer", "list", "judge", "close"):
        with pytest.raises(StepNotOpen):
            REQUESTS.chart.take(step, type(REQUESTS.chart.initial)("forged"), Role.LEAD)


def test_the_same_paper_is_known_and_a_request_for_data_is_led_elsewhere() -> None:
    number = requests.enter_request(by("agent:1"), told=told("消安 第１２号"))
    with pytest.raises(PaperEntered, match=str(number)):
        requests.enter_request(by("agent:2"), told=told("消安第12号"))
    requests.enter_request(by("agent:2"), told=told("消安第12号"), another=True)
    with pytest.raises(DataAsked):
        requests.enter_request(by("agent:1"), told=told("第99号"), is_data=True)
    with pytest.raises(ReceivedLater):
        requests.enter_request(by("agent:1"), told=told("第98号", received_on=date(2026, 12, 1)))
    assert AuthorityRequest.objects.count() == 2


def test_two_requests_of_one_matter_are_answered_each_on_its_own() -> None:
    agency = known_agency()
    first, second = (
        requests.enter_request(by("agent:1"), told=told(f"第{n}号", agency=agency)) for n in (1, 2)
    )
    requests.join_request(by("agent:1"), request=second, other=first)
    with pytest.raises(NotToClose):
        requests.close_request(by("agent:1"), request=second, reason=WHY)
    moved(second, "answered")
    with pytest.raises(LinkedOpen):
        requests.close_request(by("agent:1"), request=second, reason=WHY)
    requests.close_request(by("agent:1"), request=second, reason=WHY, apart=True)
    assert (row(second).state, row(first).state) == ("closed", "received")


def test_what_is_only_told_has_no_deadline_and_is_read_and_closed() -> None:
    number = requests.enter_request(by("agent:1"), told=told(basis=RequestBasis.INFORMATION))
    assert (clocks.open_clocks(about(number)), asked(number)) == ((), {"close"})
    requests.close_request(by("agent:1"), request=number, reason="読んだ。")


BY_HAND = {
    (2026, 12, 28): (2026, 12, 30),
    (2026, 12, 29): (2026, 12, 31),
    (2026, 12, 31): (2027, 1, 5),
    (2027, 4, 28): (2027, 5, 6),
    (2027, 5, 1): (2027, 5, 7),
    (2026, 11, 27): (2026, 12, 1),
}
"""Received on, and the second business day after it, counted on paper by the house's calendar: Saturdays, Sundays and holidays
are closed, the end of December is not unless the operator closes it."""


@pytest.mark.parametrize(("came", "due"), BY_HAND.items())
def test_it_is_due_at_the_end_of_the_second_business_day_after_it_came(came: Any, due: Any) -> None:
    at = datetime.combine(date(*came), time(18), JAPAN)
    for basis in (RequestBasis.PLEDGE, RequestBasis.PRODUCT_SAFETY):
        arrived = told(basis.value, basis=basis, received_on=date(*came), received_time=time(9, 30))
        number = requests.enter_request(by("agent:1", at), told=arrived)
        (clock,) = clocks.open_clocks(about(number))
        assert clock.due_at == datetime.combine(date(*due), time(), JAPAN) + timedelta(days=1)


def test_the_agencys_own_day_stands_where_it_is_earlier() -> None:
    for own, due in ((date(2026, 12, 1), date(2026, 12, 2)), (date(2026, 12, 9), date(2026, 12, 3))):
        number = requests.enter_request(by("agent:1"), told=told(f"{own}", own_day=own))
        (clock,) = clocks.open_clocks(about(number))
        assert clock.due_at == datetime.combine(due, time(), JAPAN)


@pytest.fixture
def secret() -> str:
    until = NOON + timedelta(days=7)
    return onetime.make(requests.PURPOSE, about=agencies.about_agency(known_agency()), at=NOON, until=until)


def test_a_page_is_used_once_and_what_comes_by_it_is_received(secret: str) -> None:
    said = PaperSaid(by="消費者庁", paper="第7号")
    nobody = by("anonymous", role=Role.ANONYMOUS)
    number = requests.send_by_page(
        nobody, secret=secret, said=said, basis=RequestBasis.PLEDGE, listed="AB-100 充電器"
    )
    assert (row(number).state, row(number).channel) == ("received", "page")
    with pytest.raises(PageUsed):
        requests.send_by_page(nobody, secret=secret, said=said, basis=RequestBasis.PLEDGE)
    with pytest.raises(NoSuchPage):
        onetime.read(requests.PURPOSE, "none", at=NOON)


def test_a_page_is_over_at_its_moment(secret: str) -> None:
    with pytest.raises(PageOver):
        onetime.read(requests.PURPOSE, secret, at=NOON + timedelta(days=7))


def test_its_words_and_list_go_when_their_time_is_over_unless_they_are_held() -> None:
    number = requests.enter_request(
        by("agent:1"), told=told(basis=RequestBasis.INFORMATION), listed="4901234567894"
    )
    requests.close_request(by("agent:1"), request=number, reason=WHY)
    late = NOON + timedelta(days=AUTHORITY_REQUESTS.days + 1)

    assert tasks.erase_requests(by("machine:1", late, Role.MACHINE), over=NOON, limit=10) == 0
    assert rows_of(row(number))
    assert said_of(row(number))

    lead = by("lead:1", late, Role.LEAD)
    hold = vault.hold(lead, what=number_of(number), ground=SUIT, reason=WHY)
    assert tasks.erase_requests(by("machine:1", late, Role.MACHINE), over=late, limit=10) == 0

    vault.lift(lead, number=hold, reason=WHY)
    assert tasks.erase_requests(by("machine:1", late, Role.MACHINE), over=late, limit=10) == 1
    assert (rows_of(row(number)), said_of(row(number))) == ((), None)
    assert row(number).closed_at == NOON
