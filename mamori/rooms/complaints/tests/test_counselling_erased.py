"""What counsellors asked, and who they are, goes with its time or with the consumer; what is held stays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.ground.seal import actions as seal
from mamori.law.grounds import SUIT
from mamori.law.retention import COMPLAINT_CONSULTATIONS, COMPLAINT_COUNSELLORS
from mamori.rooms.complaints import tasks
from mamori.rooms.complaints.counselling import actions, queries
from mamori.rooms.complaints.counselling.queries import about_consultation, counsellor_mail, who_said
from mamori.rooms.complaints.models import Consultation, Counsellor
from mamori.rooms.complaints.tests.conftest import MONDAY, agent, machine
from mamori.rooms.complaints.tests.counselled import asked, counsellor, invited, row_of

pytestmark = pytest.mark.django_db


def test_words_and_names_go_with_their_time_and_what_is_held_stays() -> None:
    row = invited()
    kept, held = asked(counsellor(row)), asked(counsellor(row))
    for number in (kept, held):
        actions.close_consultation(agent(), consultation=number, reason="解決した。")
    seal.hold(
        what=about_consultation(held),
        covers=[],
        ground=SUIT.code,
        title=SUIT.title,
        reason="訴えがある。",
        by="lead:2",
        at=MONDAY,
    )
    late = MONDAY + timedelta(days=COMPLAINT_CONSULTATIONS.days + 400)

    assert tasks.erase_consultations(machine(late), late, 10) == 1
    assert queries.said_of(row_of(kept)).lines == ()
    assert queries.said_of(row_of(held)).lines
    assert tasks.erase_counsellors(machine(late), late, 10) == 0
    Consultation.objects.filter(pk=held).update(said=None)
    assert tasks.erase_counsellors(machine(late), late, 10) == 1
    assert who_said(Counsellor.objects.get(pk=row.pk)).mail == ""
    assert counsellor_mail("unknown") == ("", "")
    assert COMPLAINT_COUNSELLORS.days >= 30


def test_so_many_at_most_go_at_once() -> None:
    row = invited()
    for number in (asked(counsellor(row)), asked(counsellor(row), order="")):
        actions.close_consultation(agent(), consultation=number, reason="解決した。")
    invited("other@centre.example.jp")
    late = MONDAY + timedelta(days=3_000)

    assert tasks.erase_consultations(machine(late), late, 1) == 1
    assert tasks.erase_consultations(machine(late), late, 1) == 1
    assert tasks.erase_counsellors(machine(late), late, 1) == 1


def test_with_the_consumer_goes_what_was_asked_for_them() -> None:
    by = counsellor(invited())
    number, other = asked(by), asked(by, order="")
    ended = asked(by)
    actions.withdraw_consent(by, consultation=ended)

    assert tasks.erase_consultations_of("seller:S-1", MONDAY, 10) == 0
    assert tasks.erase_consultations_of("buyer:B-1", MONDAY, 10) == 2
    assert row_of(number).state == "withdrawn"
    assert queries.said_of(row_of(number)).lines == ()
    assert queries.said_of(row_of(other)).lines
