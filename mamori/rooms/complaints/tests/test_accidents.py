"""A report of a danger joins the accident of its goods, by itself and without a word to anybody."""

from __future__ import annotations

import pytest
from django.test import Client

from mamori.grammar.measure import Severity
from mamori.law.accidents import AccidentSource, Hurt
from mamori.law.complaints import ComplaintReason, DangerAnswer
from mamori.rooms.complaints import actions as complaints
from mamori.rooms.complaints.tests.conftest import MONDAY, WHY, agent, reported, whole
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.safety.accidents import actions
from mamori.rooms.safety.accidents.rules import AccidentInput
from mamori.rooms.safety.models import Accident

pytestmark = pytest.mark.django_db
BURNT = "火が出るおそれがあります。"


def enter() -> int:
    told = AccidentInput(hurt=Hurt.UNKNOWN, fire=False)
    return actions.enter_accident(agent(), listing="L-1", source=AccidentSource.TELEPHONE, told=told)


def row(number: int) -> Accident:
    return Accident.objects.get(pk=number)


def test_a_report_of_a_danger_joins_the_one_that_is_open_and_raises_it_by_its_answers() -> None:
    number = enter()

    secret = reported(reason=ComplaintReason.DANGEROUS, danger=(DangerAnswer.INJURY, DangerAnswer.FIRE))

    one = row(number)
    assert (one.hurt, one.fire, one.unread_at) == ("minor", True, MONDAY)
    joined = one.reports.get(source="report")
    assert joined.about == f"complaints.complaint:{whole(secret).pk}"
    reported(reason=ComplaintReason.DANGEROUS, danger=(DangerAnswer.FIRE,))
    assert one.reports.count() == 2


def test_a_report_of_goods_nobody_knows_joins_once_staff_have_found_which_they_are() -> None:
    secret = reported(reason=ComplaintReason.DANGEROUS, where="https://photos.example.com/ads/1")
    assert not Accident.objects.exists()

    complaints.name_shop(agent(), complaint=whole(secret).pk, where="L-2", reason=WHY)

    assert Accident.objects.get().listing_ref == "L-2"


def test_what_is_hidden_already_is_named_by_its_finding_and_no_second_one_is_opened() -> None:
    secret = reported(reason=ComplaintReason.DANGEROUS, danger=(DangerAnswer.FIRE,))
    complaints.hold_at_once(
        agent(), complaint=whole(secret).pk, severity=Severity.GRAVE, said=BURNT, reason=WHY
    )
    number = Accident.objects.get().pk

    actions.stop_sale(agent(), accident=number, because=BURNT)

    assert row(number).goods.get().finding == whole(secret).finding
    assert Finding.objects.count() == 1


def test_whoever_reports_a_danger_reads_that_the_state_can_be_asked_too(client: Client) -> None:
    danger, other = reported(reason=ComplaintReason.DANGEROUS), reported()
    pages = [client.get(f"/complaints/mine/{secret}/").content.decode() for secret in (danger, other)]
    assert ["用紙は消費者庁のサイトにあります" in page for page in pages] == [True, False]
