"""Everybody hears: by a mail that was confirmed, in the language that they chose, once for each decision; else on their page."""

from __future__ import annotations

import pytest

from mamori.ground.outbox import facts as outbox_facts
from mamori.ground.outbox.models import Notice
from mamori.ground.people.actions import TooMany, counts
from mamori.ground.people.facts import HARM_REPORTS_IN_ALL, MAIL_CODES, MAIL_CODES_FROM
from mamori.ground.post import actions as post
from mamori.ground.post.audience import recipient
from mamori.ground.post.models import Mail
from mamori.law.complaints import ComplaintReason, DangerAnswer
from mamori.rooms.complaints import actions as complaints
from mamori.rooms.complaints.facts import mail_of
from mamori.rooms.complaints.models import Complaint, ComplaintReport
from mamori.rooms.complaints.reports.actions import reporting, telling
from mamori.rooms.complaints.reports.actions.telling import is_untold
from mamori.rooms.complaints.reports.queries import mine
from mamori.rooms.complaints.rules import CODE_TRIES
from mamori.rooms.complaints.tests.conftest import (
    DAY,
    HOUR,
    MAIL,
    MONDAY,
    anybody,
    code_of,
    confirmed,
    dismiss,
    lead,
    machine,
    mailed,
    reported,
    row,
    uphold,
    whole,
    work,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def with_mail(settings: object, tmp_path: object) -> None:
    settings.MAMORI_MAIL = f"folder:{tmp_path}/mail"  # type: ignore[attr-defined]
    settings.MAMORI_MAIL_FROM = "house@mamori.example.jp"  # type: ignore[attr-defined]


def test_everybody_who_left_a_confirmed_address_is_told_what_came_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(telling, "AT_ONCE", 3)
    hearing = [confirmed(source=f"192.0.2.{number}", mail=f"k{number}@example.jp") for number in range(7)]
    anonymous, unconfirmed = reported(source="198.51.100.1"), reported(source="198.51.100.2", mail=MAIL)
    uphold(hearing[0])
    work()

    assert whole(hearing[0]) == whole(anonymous) == whole(unconfirmed)
    assert [len(mailed(one)) for one in hearing] == [1] * 7
    assert mailed(anonymous) == mailed(unconfirmed) == []
    told = ComplaintReport.objects.filter(confirmed_at__isnull=False)
    assert {(one.told_round, one.told_at) for one in told} == {(1, MONDAY)}
    assert mine(anonymous, at=MONDAY).heard


def test_each_is_told_once_more_when_another_has_looked_and_never_twice_of_the_same() -> None:
    secret = confirmed()
    dismiss(secret)
    work()
    work(MONDAY + HOUR)
    reporting.ask_again(anybody(MONDAY + DAY), secret=secret, said="もう一度見てください。")
    complaints.keep_outcome(lead(MONDAY + DAY), complaint=whole(secret).pk, reason="見直した。")
    work(MONDAY + DAY)

    assert len(mailed(secret)) == 2
    assert telling.notify_reporters(machine(), complaint=whole(secret).pk) == 0


def test_a_mail_says_the_outcome_and_leads_to_the_page_and_keeps_the_address_of_neither() -> None:
    secret = confirmed()
    dismiss(secret)
    work()
    [notice] = mailed(secret)

    assert "取り上げないことにしました" in notice.body["ja"]
    assert "We looked at what you reported" in notice.body["en"]
    assert secret not in repr((notice.body, notice.values))
    assert outbox_facts.secret_of(notice.pk).endswith(f"/complaints/mine/{secret}/")
    assert MAIL not in repr((notice.body, notice.values))


def test_who_reports_in_english_is_written_to_in_english() -> None:
    secret = confirmed(language="en")
    reader = recipient(f"report:{row(secret).ref}", MONDAY)

    assert (reader.mail, reader.languages) == (MAIL, ("en",))
    assert recipient("report:nobody", MONDAY).mail == ""


def test_nothing_goes_to_an_address_before_it_is_confirmed_but_the_code() -> None:
    secret = reported(mail=MAIL)
    dismiss(secret)
    work()

    assert list(Notice.objects.filter(to__startswith="report:").values_list("template", flat=True)) == [
        "complaints.code"
    ]
    assert Mail.objects.filter(to__startswith="report:").count() == 1
    assert post.deliver(at=MONDAY) == 1


def test_a_late_confirmation_is_told_at_once_what_was_decided() -> None:
    secret = reported(mail=MAIL)
    dismiss(secret)
    telling.confirm_mail(anybody(MONDAY + HOUR / 6), secret=secret, code=code_of(secret))
    work(MONDAY + HOUR)

    assert len(mailed(secret)) == 1


def test_a_wrong_code_counts_and_after_five_none_is_taken() -> None:
    secret = reported(mail=MAIL)
    right = code_of(secret)
    for _ in range(CODE_TRIES + 1):
        telling.confirm_mail(
            anybody(), secret=secret, code="0000 0000" if right != "00000000" else "11111111"
        )
    telling.confirm_mail(anybody(), secret=secret, code=right)

    assert not mine(secret, at=MONDAY).row.confirmed_at
    assert mine(secret, at=MONDAY).tries_left == 0
    telling.leave_mail(anybody(), secret=secret, mail=MAIL)
    telling.confirm_mail(anybody(), secret=secret, code=code_of(secret))
    assert mine(secret, at=MONDAY).row.confirmed_at


def test_a_code_runs_out_and_a_confirmed_address_stays() -> None:
    secret = reported(mail=MAIL)
    telling.confirm_mail(anybody(MONDAY + DAY), secret=secret, code=code_of(secret))
    assert not mine(secret, at=MONDAY).row.confirmed_at

    kept = confirmed(source="198.51.100.3")
    telling.confirm_mail(anybody(), secret=kept, code="12345678")
    with pytest.raises(telling.MailConfirmed):
        telling.leave_mail(anybody(), secret=kept, mail="other@example.jp")
    assert mine(kept, at=MONDAY).said.mail == MAIL


def test_who_left_no_address_can_leave_one_later_and_nobody_is_mailed_without_end() -> None:
    secret = reported()
    assert mail_of(row(secret).ref) == ("", "")
    for _ in range(MAIL_CODES.most):
        telling.leave_mail(anybody(), secret=secret, mail=MAIL)
    with pytest.raises(TooMany):
        telling.leave_mail(anybody(), secret=secret, mail=f" {MAIL.upper()}")


def test_reports_of_harms_are_taken_without_end_and_do_not_make_the_house_mail_whoever_is_named_there() -> (
    None
):
    hurt = {"danger": frozenset({DangerAnswer.INJURY}), "source": "192.0.2.1"}
    codes = Notice.objects.filter(template="complaints.code")
    for number in range(MAIL_CODES.most + 1):
        reported(mail=f"victim+{number}@example.jp", **hurt)
    assert codes.count() == MAIL_CODES.most
    for number in range(MAIL_CODES_FROM.most):
        secret = reported(mail=f"victim{number}@example.jp", **hurt)
    with pytest.raises(TooMany):
        telling.leave_mail(anybody(), secret=secret, mail="another@example.jp")

    assert codes.count() == MAIL_CODES_FROM.most
    assert mine(secret, at=MONDAY).said.mail == f"victim{MAIL_CODES_FROM.most - 1}@example.jp"
    reported(mail="other@example.jp", source="198.51.100.3")
    assert codes.count() == MAIL_CODES_FROM.most + 1


def test_no_code_goes_out_of_itself_among_more_harms_than_usual_and_it_can_be_asked_for() -> None:
    for _ in range(HARM_REPORTS_IN_ALL.most):
        counts(HARM_REPORTS_IN_ALL, "", at=MONDAY)
    secret = reported(mail=MAIL, danger=frozenset({DangerAnswer.INJURY}))

    assert not mine(secret, at=MONDAY).row.code
    telling.leave_mail(anybody(), secret=secret, mail=MAIL)
    assert mine(secret, at=MONDAY).row.code


def test_too_many_codes_to_one_address_lose_no_report() -> None:
    secrets = [reported(source=f"192.0.2.{number}", mail=MAIL) for number in range(MAIL_CODES.most + 2)]

    assert Notice.objects.filter(template="complaints.code").count() == MAIL_CODES.most
    assert not mine(secrets[-1], at=MONDAY).row.code
    assert mine(secrets[-1], at=MONDAY).reason is ComplaintReason.COUNTERFEIT


def test_of_an_open_report_nothing_is_left_to_be_told_before_its_interim_answer() -> None:
    reported()

    assert not ComplaintReport.objects.filter(is_untold(Complaint.objects.get())).exists()
