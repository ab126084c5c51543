"""A counsellor asks with a consumer's consent: the consumer says what is so, and nothing of them is shown before or beyond."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.grammar.actor import Role
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.ledger import actions as ledger_actions, facts as ledger
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox.models import Notice
from mamori.ground.people import actions as people
from mamori.ground.people.facts import CODES_SENT
from mamori.law.counselling import ConsentTo
from mamori.rooms.complaints.counselling import actions, queries as counsellors
from mamori.rooms.complaints.counselling.actions import CONSULTATIONS_A_DAY, MOST_LINES
from mamori.rooms.complaints.counselling.queries import (
    CounsellorOver,
    NoSuchConsultation,
    NoSuchCounsellor,
    about_consultation,
    consultation_of,
    counsellor_mail,
    own_consultations,
    who_is,
)
from mamori.rooms.complaints.models import Counsellor
from mamori.rooms.complaints.tests.conftest import (
    DAY,
    HOUR,
    MONDAY,
    actor,
    agent,
    anybody,
    lead,
    machine,
    ring,
)
from mamori.rooms.complaints.tests.counselled import (
    MAIL,
    asked,
    consumer,
    counsellor,
    invited,
    row_of,
    sent,
    token_of,
)

pytestmark = pytest.mark.django_db
ANSWER = "定期の条件がどう表示されていたかを確かめます。"
BY_CALL = "登録の番号にかけ、本人に確かめた。"
REFUSED = "本人から電話で取り消された。"


def test_a_counsellor_comes_in_by_the_link_that_was_mailed_once_and_by_no_password() -> None:
    row = invited()
    token = token_of(row)
    presence = actions.enter_centre(token=token, at=MONDAY + HOUR)

    assert (presence.who, presence.role) == (who_is(row), Role.COUNSELLOR)
    assert counsellor_mail(row.ref) == (MAIL, "ja")
    with pytest.raises(actions.CentreLinkOver):
        actions.enter_centre(token=token, at=MONDAY + HOUR)


def test_a_link_runs_out_and_another_is_mailed_only_to_who_was_invited() -> None:
    row = invited()
    with pytest.raises(actions.CentreLinkOver):
        actions.enter_centre(token=token_of(row), at=MONDAY + timedelta(days=7))

    actions.ask_link(anybody(MONDAY + 8 * DAY), mail=f" {MAIL.upper()}")
    actions.ask_link(anybody(MONDAY + 8 * DAY), mail="nobody@centre.example.jp")

    assert sent(who_is(row)) == ["complaints.counsellor_invited", "complaints.counsellor_link"]
    assert Notice.objects.filter(to__startswith="counsellor:").count() == 2
    assert actions.enter_centre(token=token_of(row), at=MONDAY + 8 * DAY + HOUR / 2)


@pytest.mark.parametrize("role", [Role.AGENT, Role.READER, Role.COUNSELLOR, Role.BUYER, Role.ANONYMOUS])
def test_only_leads_and_counsel_invite_and_end_it(role: Role) -> None:
    row = invited()
    with pytest.raises(NoSuchCounsellor):
        actions.invite_counsellor(actor("x:1", role), name="a", centre="b", mail="c@example.jp")
    with pytest.raises(NoSuchCounsellor):
        actions.end_counsellor(actor("x:1", role), counsellor=row.pk, reason="離任")
    with pytest.raises(NoSuchCounsellor):
        counsellors.counsellor_shown(actor("x:1", role), row.pk)


def test_consents_do_not_pass_to_somebody_else_at_the_same_address() -> None:
    row = invited()
    number = asked(counsellor(row))
    actions.confirm_consent(consumer(), consultation=number)
    other = {"name": "後任 次郎", "centre": "市消費生活センター", "mail": MAIL}
    with pytest.raises(actions.CounsellorIsAnother):
        actions.invite_counsellor(lead(), **other)

    actions.end_counsellor(lead(), counsellor=row.pk, reason="異動した。")
    new = Counsellor.objects.get(pk=actions.invite_counsellor(lead(), **other))
    assert own_consultations(counsellor(new)) == ()


def test_a_stranger_who_asks_for_links_keeps_nobody_from_coming_in_and_floods_nobody() -> None:
    row = invited()
    first = token_of(row)
    for _ in range(40):
        actions.ask_link(anybody(MONDAY + HOUR), mail=MAIL)

    assert sent(who_is(row)).count("complaints.counsellor_link") == CODES_SENT.most
    assert actions.enter_centre(token=first, at=MONDAY + DAY)


def test_who_was_erased_is_asked_nothing_and_nothing_of_them_is_shown() -> None:
    by = counsellor(invited())
    ledger_actions.shred(machine(), subject="buyer:B-1", reason="asked")
    number = asked(by)

    assert row_of(number).buyer_ref == ""
    with pytest.raises(actions.NobodyToConfirm):
        actions.confirm_by_call(agent(), consultation=number, reason=BY_CALL)


@pytest.mark.parametrize("typed", ["Ｏ－１", "o-1", "注文 O-1", "https://shop.example.jp/orders/O-1"])
def test_an_order_is_known_however_its_number_is_typed(typed: str) -> None:
    number = asked(counsellor(invited()), order=typed)

    assert row_of(number).order_ref == "O-1"


def test_the_list_tells_a_counsellor_nothing_of_whether_an_order_is_known() -> None:
    by = counsellor(invited())
    for order in ("O-1", "O-404"):
        asked(by, order=order)

    assert [one.may_await for one in own_consultations(by)] == [True, True]


def test_a_counsellor_asks_so_often_a_day() -> None:
    by = counsellor(invited())
    for _ in range(CONSULTATIONS_A_DAY.most):
        asked(by, order="")
    with pytest.raises(people.TooMany):
        asked(by, order="")


def test_leads_hear_when_a_consumer_knows_nothing_of_it() -> None:
    by = counsellor(invited())
    actions.withdraw_consent(consumer(), consultation=asked(by))
    again = asked(by)
    actions.confirm_consent(consumer(), consultation=again)
    actions.withdraw_consent(consumer(), consultation=again)

    assert sent("lead").count("complaints.consent_refused") == 1


def test_who_is_invited_once_more_is_the_same_counsellor_for_another_year() -> None:
    row = invited()
    again = invited(at=MONDAY + 300 * DAY)

    assert again.pk == row.pk
    assert again.until == MONDAY + 665 * DAY


def test_nobody_learns_whether_there_is_such_an_order() -> None:
    by = counsellor(invited())
    known, unknown = asked(by), asked(by, order="O-404")

    shown, other = consultation_of(by, known), consultation_of(by, unknown)
    assert (shown.state, shown.may_order, shown.may_words) == (other.state, other.may_order, other.may_words)
    assert sent("buyer:B-1") == ["complaints.consent_asked"]


def test_nothing_is_handed_over_before_the_consumer_says_that_it_is_so() -> None:
    by = counsellor(invited())
    number = asked(by)
    with pytest.raises(actions.ConsentAwaited):
        actions.take_bundle(by, consultation=number, what=ConsentTo.ORDER)

    actions.confirm_consent(consumer(), consultation=number)
    actions.take_bundle(by, consultation=number, what=ConsentTo.WORDS)

    assert "complaints.consent_confirmed" in sent(by.by)
    assert [act.kind for act in ledger.acts_about(about_consultation(number))][-1] == "complaints.take_bundle"


def test_a_consent_opens_what_it_names_and_no_more() -> None:
    by = counsellor(invited())
    number = asked(by, consent=ConsentTo.ORDER)
    actions.confirm_consent(consumer(), consultation=number)

    actions.take_bundle(by, consultation=number, what=ConsentTo.ORDER)
    with pytest.raises(actions.ConsentAwaited):
        actions.take_bundle(by, consultation=number, what=ConsentTo.WORDS)
    only = asked(by, consent=ConsentTo.MATTER)
    actions.confirm_consent(consumer(), consultation=only)
    assert not consultation_of(by, only).may_order


def test_what_the_consumer_takes_back_is_closed_in_that_moment() -> None:
    by = counsellor(invited())
    number = asked(by)
    actions.confirm_consent(consumer(), consultation=number)
    actions.withdraw_consent(consumer(), consultation=number)

    assert not consultation_of(by, number).may_order
    with pytest.raises(actions.ConsentAwaited):
        actions.take_bundle(by, consultation=number, what=ConsentTo.ORDER)
    with pytest.raises(StepNotOpen):
        actions.write_on(by, consultation=number, said="続きです。")
    assert "complaints.consultation_over" in sent(by.by)


def test_a_consent_ends_by_itself_and_shows_nothing_from_that_moment_though_no_clock_has_rung() -> None:
    row = invited()
    number = asked(counsellor(row))
    actions.confirm_consent(consumer(), consultation=number)
    until = row_of(number).until

    assert until == (MONDAY + 31 * DAY).replace(hour=0)
    with pytest.raises(actions.ConsentAwaited):
        actions.take_bundle(counsellor(row, until), consultation=number, what=ConsentTo.ORDER)
    ring(until + HOUR)
    assert row_of(number).state == "lapsed"
    actions.lapse_consent(machine(until), consultation=number)


def test_another_counsellor_and_another_buyer_find_nothing() -> None:
    number = asked(counsellor(invited()))
    other = counsellor(invited("other@centre.example.jp"))
    for by in (other, actor("buyer:B-2", Role.BUYER), anybody(), actor("reader:9", Role.READER)):
        with pytest.raises(NoSuchConsultation):
            consultation_of(by, number)
        with pytest.raises(NoSuchConsultation):
            actions.withdraw_consent(by, consultation=number)
    assert own_consultations(other) == ()
    assert own_consultations(actor("buyer:", Role.BUYER)) == ()


def test_a_counsellor_is_answered_and_the_days_begin_anew_with_what_they_write() -> None:
    row = invited()
    number = asked(counsellor(row))
    first = consultation_of(agent(), number).due
    actions.answer_counsellor(agent(MONDAY + HOUR), consultation=number, said=ANSWER)
    assert consultation_of(agent(), number).due is None

    actions.write_on(counsellor(row, MONDAY + 2 * DAY), consultation=number, said="表示の写しを送ります。")
    again = consultation_of(agent(), number).due
    actions.write_on(counsellor(row, MONDAY + 3 * DAY), consultation=number, said="もう一点。")

    assert first
    assert again
    assert again > first
    assert consultation_of(agent(), number).due == again
    assert [bool(line.by) for line in consultation_of(agent(), number).said.lines] == [
        False,
        True,
        False,
        False,
    ]


def test_leads_hear_of_an_answer_that_is_overdue_again_and_again() -> None:
    asked(counsellor(invited()))
    ring(MONDAY + 7 * DAY)
    ended = asked(counsellor(Counsellor.objects.get()))
    actions.close_consultation(agent(), consultation=ended, reason="解決した。")
    before = sent("lead").count("complaints.consultation_overdue")
    actions.remind_consultation(machine(), consultation=ended)

    assert sent("lead").count("complaints.consultation_overdue") == before
    assert sent("lead").count("complaints.consultation_overdue") >= 1
    assert "complaints.consultation_overdue" not in sent("agent")


def test_staff_take_down_a_consent_given_on_the_telephone_and_the_consumer_is_told() -> None:
    by = counsellor(invited())
    number = asked(by)
    actions.confirm_by_call(agent(), consultation=number, reason=BY_CALL)

    assert consultation_of(by, number).may_words
    assert sent("buyer:B-1")[-1] == "complaints.consent_noted"
    actions.withdraw_for(agent(), consultation=number, reason=REFUSED)
    assert not consultation_of(by, number).may_words


def test_of_no_order_nobody_can_confirm_anything() -> None:
    by = counsellor(invited())
    number = asked(by, order="")

    assert not consultation_of(agent(), number).awaits_consumer
    with pytest.raises(actions.NobodyToConfirm):
        actions.confirm_by_call(agent(), consultation=number, reason=BY_CALL)
    with pytest.raises(NoSuchConsultation):
        actions.confirm_consent(consumer(), consultation=number)


def test_what_the_consumer_said_is_not_said_twice() -> None:
    by = counsellor(invited())
    number = asked(by)
    actions.confirm_consent(consumer(), consultation=number)
    actions.confirm_by_call(agent(MONDAY + HOUR), consultation=number, reason=BY_CALL)

    assert row_of(number).confirmed_at == MONDAY
    assert sent(by.by).count("complaints.consent_confirmed") == 1


def test_a_counsellor_confirms_nothing_in_the_consumers_name() -> None:
    by = counsellor(invited())
    with pytest.raises(StepNotYours):
        actions.confirm_consent(by, consultation=asked(by))


def test_a_stale_page_answers_nothing_but_papers_taken_meanwhile_do_not_hinder() -> None:
    by = counsellor(invited())
    number = asked(by)
    actions.confirm_consent(consumer(), consultation=number)
    version = row_of(number).version
    actions.take_bundle(by, consultation=number, what=ConsentTo.ORDER)
    actions.answer_counsellor(agent(), consultation=number, said=ANSWER, version=version)

    with pytest.raises(ChangedMeanwhile):
        actions.answer_counsellor(agent(), consultation=number, said=ANSWER, version=version)


def test_who_leaves_the_centre_comes_in_no_more_and_what_they_asked_ends() -> None:
    row = invited()
    by, number = counsellor(row), asked(counsellor(row))
    actions.confirm_consent(consumer(), consultation=number)
    actions.end_counsellor(lead(), counsellor=row.pk, reason="センターを離れた。")

    for look in (own_consultations, lambda by: consultation_of(by, number), asked):
        with pytest.raises(CounsellorOver):
            look(by)
    assert sent(by.by)[-1] == "complaints.counsellor_ended"
    assert "complaints.consultation_over" not in sent(by.by)
    assert row_of(number).state == "closed"
    with pytest.raises(actions.CentreLinkOver):
        actions.enter_centre(token=token_of(row), at=MONDAY)
    with pytest.raises(NoSuchCounsellor):
        actions.end_counsellor(lead(), counsellor=row.pk, reason="もう一度。")


def test_a_consultation_holds_so_much() -> None:
    by = counsellor(invited())
    number = asked(by)
    for _ in range(MOST_LINES - 1):
        actions.write_on(by, consultation=number, said="続き。")
    with pytest.raises(actions.WrittenEnough):
        actions.write_on(by, consultation=number, said="もう一つ。")
    actions.close_consultation(by, consultation=number, reason="解決した。")
    assert not consultation_of(by, number).is_open
