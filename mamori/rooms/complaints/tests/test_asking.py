"""Asking before a complaint is decided: its days wait for the answer, and nobody who is asked learns who reported."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.refusal import Refusal
from mamori.ground.clocks import actions as clocks
from mamori.ground.outbox import actions as outbox
from mamori.ground.outbox.models import Delivery, Notice
from mamori.law.clarifications import AskedWhat, AskedWhom, EnteredFrom
from mamori.law.complaints import ComplaintReason, DangerAnswer, NothingBecause
from mamori.rooms.complaints import actions as complaints, tasks
from mamori.rooms.complaints.queries import complaint_of
from mamori.rooms.complaints.reports.actions import reporting
from mamori.rooms.complaints.reports.queries import mine
from mamori.rooms.complaints.tests.conftest import (
    DAY,
    MAIL,
    MONDAY,
    WHY,
    WORDS,
    actor,
    agent,
    confirmed,
    dismiss,
    mailed,
    reported,
    running,
    told,
    whole,
    work,
)
from mamori.rooms.enforcement import tasks as enforcement_tasks
from mamori.rooms.enforcement.clarifications import actions as enforcement
from mamori.rooms.enforcement.clarifications.actions import ToClarify
from mamori.rooms.enforcement.events import ClarificationEnded
from mamori.rooms.enforcement.models import Clarification

pytestmark = pytest.mark.django_db
ASKS = "商標の使用の許諾を受けていますか。"


def ask(
    secret: str, at: Any = MONDAY + DAY, whom: AskedWhom = AskedWhom.SELLER, **more: Any
) -> Clarification:
    asked = ToClarify(whom=whom, what=AskedWhat.RIGHTS, words=ASKS, **more)
    complaints.ask_around(agent(at), complaint=whole(secret).pk, asked=asked)
    return Clarification.objects.latest("pk")


def answer(row: Clarification, at: Any = MONDAY + 2 * DAY) -> None:
    by = actor("seller:S-1", Role.SELLER, at)
    enforcement.answer_clarification(by, clarification=row.pk, said="受けています。")
    work(at)


def ring(until: Any) -> None:
    rings = {**enforcement_tasks.RINGS, **tasks.RINGS}
    while clocks.fire_due(at=until, tasks=rings, limit=50):
        work(until)


def test_while_an_answer_is_awaited_the_days_wait_and_begin_anew_with_it() -> None:
    secret = confirmed()
    before = running(secret)["complaints.decision"]
    row = ask(secret)
    waits = running(secret)
    answer(row)

    assert "complaints.decision" not in waits
    assert whole(secret).state == "received"
    assert running(secret)["complaints.decision"] == before + 2 * DAY
    assert [one.verb for one in complaint_of(agent(), whole(secret).pk).past][-2:] == ["ask", "hear"]


def test_a_danger_rings_on_and_its_days_run_on_whoever_is_asked() -> None:
    secret = reported(reason=ComplaintReason.DANGEROUS)
    before = running(secret)
    ask(secret)
    assert running(secret).items() >= before.items()
    reporting.report(
        actor("anonymous", Role.ANONYMOUS, MONDAY + DAY),
        told=told(reason=ComplaintReason.DANGEROUS),
        secret="another-secret-0123456789",
        source="198.51.100.9",
    )
    reporting.answer_danger(
        actor("anonymous", Role.ANONYMOUS, MONDAY + DAY),
        secret="another-secret-0123456789",
        danger=[DangerAnswer.INJURY],
        lot="",
    )

    assert "complaints.danger" in running(secret)


def test_several_are_asked_and_it_goes_on_with_the_last_answer() -> None:
    secret = reported()
    first, second = ask(secret), ask(secret, whom=AskedWhom.HOLDER, name="権利者")
    answer(first)
    assert whole(secret).state == "asking"
    enforcement.enter_answer(
        agent(MONDAY + 3 * DAY), clarification=second.pk, channel=EnteredFrom.MAIL, said="許諾していません。"
    )
    work(MONDAY + 3 * DAY)

    assert whole(secret).state == "received"


def test_where_nobody_answers_it_goes_on_after_the_time_and_says_what_silence_means() -> None:
    secret = reported()
    row = ask(secret)
    ring(MONDAY + timedelta(days=12))

    row.refresh_from_db()
    assert row.state == "silent"
    assert whole(secret).state == "received"
    assert "示されなかった" in Notice.objects.filter(to="agent:1").latest("pk").body["ja"]


def test_who_reported_reads_that_somebody_is_asked_and_not_who() -> None:
    secret = reported()
    ask(secret)

    shown = mine(secret, at=MONDAY + DAY)
    assert "尋ね" in shown.state.ja
    assert not shown.heard
    assert "さくら" not in str(shown)


def test_it_may_be_decided_without_waiting_and_whoever_was_asked_need_not_answer() -> None:
    secret = confirmed()
    row = ask(secret)
    dismiss(secret, agent(MONDAY + 2 * DAY))
    work(MONDAY + 2 * DAY)

    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert whole(secret).state == "not_upheld"
    assert len(mailed(secret)) == 1
    with pytest.raises(Refusal):
        complaints.ask_around(
            agent(),
            complaint=whole(secret).pk,
            asked=ToClarify(whom=AskedWhom.SELLER, what=AskedWhat.OTHER, words="?"),
        )


def test_what_another_room_asked_is_none_of_this_rooms() -> None:
    event = ClarificationEnded(subject="enforcement.clarification:1", about="enforcement.finding:1")
    tasks.clarification_ended(event, MONDAY)
    secret = reported()
    complaints.hear_answers(actor("machine:test", Role.MACHINE), complaint=whole(secret).pk)

    assert whole(secret).state == "received"
    assert whole(secret).heard_at is None


def test_the_seller_that_is_asked_finds_nothing_of_who_reported(enter: Enter) -> None:
    secret = confirmed(at=MONDAY + timedelta(minutes=17))
    row = ask(secret)
    answer(row)
    shop = enter(Role.SELLER, "seller:S-1")
    read = shop.get("/seller/clarifications/").content.decode()
    read += str(list(Notice.objects.filter(to="seller:S-1").values()))
    receipts = shop.get(f"/seller/clarifications/?of={row.pk}&done=answer").content.decode()

    assert ASKS in read
    for hidden in (WORDS, MAIL, secret, "complaints.complaint", "申し出"):
        assert hidden not in read + receipts, hidden


def test_staff_ask_on_the_page_of_the_complaint(enter: Enter) -> None:
    secret = reported()
    number, desk = whole(secret).pk, enter(Role.AGENT)
    form = desk.get(f"/desk/complaints/{number}/ask/").content.decode()
    sent = desk.post(
        f"/desk/complaints/{number}/ask/",
        {"token": "00000000-0000-4000-8000-000000000000", "version": whole(secret).version}
        | {"whom": "seller", "what": "rights", "words": ASKS, "language": "ja"},
        follow=True,
    ).content.decode()

    assert "知らせたときも、その人の言葉" in form
    assert "尋ねました" in sent
    assert ASKS not in form
    assert f"/desk/clarifications/{Clarification.objects.get().pk}/" in sent
    assert (
        "/desk/clarifications/" not in enter(Role.READER).get(f"/desk/complaints/{number}/").content.decode()
    )


def test_to_ask_and_withdraw_wins_no_time() -> None:
    secret = reported()
    before = running(secret)["complaints.decision"]
    row = ask(secret)
    enforcement.withdraw_clarification(agent(MONDAY + DAY), clarification=row.pk, reason="もうわかった。")
    work(MONDAY + DAY)

    assert whole(secret).state == "received"
    assert running(secret)["complaints.decision"] == before


def test_nobody_decides_on_a_page_that_was_opened_before_the_answer_came() -> None:
    secret = reported()
    row = ask(secret)
    opened = whole(secret).version
    answer(row)
    with pytest.raises(Refusal) as refused:
        complaints.find_nothing(
            agent(MONDAY + 2 * DAY),
            complaint=whole(secret).pk,
            because=NothingBecause.IN_ORDER,
            reason=WHY,
            version=opened,
        )

    assert refused.value.code == "changed-meanwhile"


def test_no_webhook_tells_of_what_the_holder_of_a_right_is_asked_about_a_report() -> None:
    outbox.add_endpoint(actor("machine:1", Role.MACHINE, MONDAY), url="https://shop.example/x", kinds=["*"])
    ask(reported(), whom=AskedWhom.HOLDER, name="権利者")
    ring(MONDAY + 30 * DAY)

    assert Notice.objects.filter(about__startswith="enforcement.clarification:", to="agent:1").exists()
    assert not Delivery.objects.exclude(event__subject__startswith="seller:").exists()


def test_a_seller_that_is_asked_about_a_report_is_told_by_the_webhook_too() -> None:
    outbox.add_endpoint(actor("machine:1", Role.MACHINE, MONDAY), url="https://shop.example/x", kinds=["*"])
    ask(reported())

    assert Delivery.objects.filter(event__subject="seller:S-1").exists()
