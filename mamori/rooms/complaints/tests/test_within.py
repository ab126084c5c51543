"""Reports, consultations and abuse stay within: no webhook and no list of the marketplace's tells of them, whatever is set."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from mamori.ground.cases import actions as case_actions, facts as cases
from mamori.ground.cases.facts import Wish
from mamori.ground.clocks.events import DeadlineMoved
from mamori.ground.outbox import actions as outbox
from mamori.ground.outbox.models import Delivery, Notice
from mamori.ground.terms import actions as terms
from mamori.law.care import ConductKind
from mamori.law.complaints import ComplaintReason
from mamori.law.settings import NOTICES_TO_STAFF, WAYS
from mamori.rooms.complaints import actions
from mamori.rooms.complaints.counselling.queries import about_consultation
from mamori.rooms.complaints.queries import about_complaint
from mamori.rooms.complaints.tests.conftest import (
    DAY,
    HOUR,
    MONDAY,
    agent,
    lead,
    machine,
    reported,
    ring,
    whole,
)
from mamori.rooms.complaints.tests.counselled import asked, counsellor, invited
from mamori.rooms.safety.models import Accident

pytestmark = pytest.mark.django_db
LATE = MONDAY + 30 * DAY


@pytest.fixture
def listening(settings: Settings) -> None:
    """Let the marketplace's software hear everything, and mail be set up."""
    settings.MAMORI_MAIL = "folder:///nowhere"
    settings.MAMORI_MAIL_FROM = "窓口 <centre@market.example>"
    outbox.add_endpoint(machine(), url="https://shop.example/hooks", kinds=["*"])


def within() -> list[Notice]:
    """Let a danger, a consultation and abuse come and lie until all is overdue; return what staff were told."""
    secret = reported(reason=ComplaintReason.DANGEROUS)
    about = about_complaint(whole(secret).pk)
    actions.flag_conduct(agent(MONDAY + HOUR), about=about, conduct=ConductKind.INSULT, said="どなられた。")
    asked(counsellor(invited()))
    case_actions.take(agent(MONDAY + HOUR), about=about)
    case_actions.hand_over(agent(MONDAY + HOUR), about=about, to="agent:9", reason="休み")
    ring(LATE)
    staff = ("agent", "lead", "counsel")
    return [one for one in Notice.objects.order_by("pk") if one.to.partition(":")[0] in staff]


@pytest.mark.usefixtures("listening")
@pytest.mark.parametrize("way", WAYS)
def test_no_webhook_tells_of_a_report_a_consultation_or_abuse_whatever_is_set(way: str) -> None:
    terms.set(lead(), setting=NOTICES_TO_STAFF, value=way)

    told = within()

    assert {one.template for one in told} >= {
        "complaints.danger",
        "complaints.overdue",
        "complaints.abuse_flagged",
        "complaints.consultation_came",
        "complaints.consultation_overdue",
        "cases.handed_over",
    }
    assert [one.template for one in told if "webhook" in one.channel] == []
    assert not Delivery.objects.filter(event__kind="notice", event__notice__in=told).exists()


@pytest.mark.usefixtures("listening")
def test_a_deadline_of_a_report_that_moves_is_told_to_nobody_outside() -> None:
    about = about_complaint(whole(reported()).pk)

    for name in (about, "contact.trouble:1"):
        outbox.publish(
            DeadlineMoved(subject=name, clock="x", about=name, old_due_at=MONDAY, new_due_at=LATE), at=MONDAY
        )

    moved = Delivery.objects.filter(event__kind=DeadlineMoved.kind)
    assert [one.event.subject for one in moved] == ["contact.trouble:1"]


def test_the_marketplaces_list_of_cases_names_none_that_is_no_partys() -> None:
    secret = reported(reason=ComplaintReason.DANGEROUS)
    number = asked(counsellor(invited()))

    assert {one.about for one in cases.view(Wish()).cases} == {
        about_complaint(whole(secret).pk),
        about_consultation(number),
        f"safety.accident:{Accident.objects.get().pk}",
    }
    assert cases.open_cases().cases == ()
