"""Rows of what was carried end: never what an open matter, a hold, the law or the undelivered still needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from mamori.grammar.actor import Actor, Role
from mamori.grammar.declaration import HoldGround, NoticeKind, Template
from mamori.grammar.text import Text
from mamori.ground.cases import actions as cases
from mamori.ground.clocks import actions as clocks
from mamori.ground.clocks.events import DeadlineMoved
from mamori.ground.ledger.models import Act
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine, ListingLine, OrderLine
from mamori.ground.outbox import actions as outbox
from mamori.ground.outbox.models import Attempt, Delivery, Effect, Event, Notice
from mamori.ground.post.models import Letter, Mail, MailAttempt
from mamori.ground.vault import actions as vault
from mamori.japan.calendar import JAPAN
from mamori.law.deadlines import ANSWER
from mamori.law.grounds import PRESERVATION, SUIT
from mamori.law.retention import CARRIED, CARRIED_LEGAL
from mamori.site import retaining
from tests.shops import put_shop

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
TITLE = Text("題", "title")
ABOUT = "contact.trouble:1"


def actor(role: Role, at: datetime = MONDAY) -> Actor:
    return Actor(by=f"{role}:1", role=role, at=at, via="test")


def later(days: int) -> datetime:
    return MONDAY + timedelta(days=days)


def forget(days: int = CARRIED.days + 1, limit: int = 200) -> int:
    at = later(days)
    done = retaining.forget(actor(Role.MACHINE, at), at - timedelta(days=CARRIED.days), limit)
    return done + retaining.forget_legal(
        actor(Role.MACHINE, at), at - timedelta(days=CARRIED_LEGAL.days), limit
    )


def notice(
    *,
    to: str = "buyer:B-1",
    about: str = ABOUT,
    kind: NoticeKind = NoticeKind.TRANSACTIONAL,
    code: str = "test.x",
) -> Notice:
    template = Template(code=code, kind=kind, title=TITLE, body=TITLE)
    number = outbox.notify_numbered(to=to, template=template, values={}, about=about, at=MONDAY)
    return Notice.objects.get(pk=number)


def mail(row: Notice, *, arrived: bool = True) -> Mail:
    """Let a mail carry the notice."""
    told = Mail.objects.create(
        notice=row,
        to=row.to,
        message_id=f"<{row.pk}@x>",
        at=MONDAY,
        next_at=None,
        state="sent" if arrived else "waiting",
        closed_at=MONDAY if arrived else None,
    )
    MailAttempt.objects.create(mail=told, number=1, at=MONDAY)
    return told


def happened(*, subject: str = ABOUT) -> Event:
    news = DeadlineMoved(subject=subject, clock="x", about=subject, old_due_at=MONDAY, new_due_at=MONDAY)
    return Event.objects.get(pk=outbox.publish(news, at=MONDAY))


def case(*, closed: int | None = None, about: str = ABOUT) -> None:
    parties = {"buyer_ref": "B-1", "seller_ref": "S-1", "order_ref": "O-1"}
    cases.open(kind="contact.trouble", about=about, title="x", at=MONDAY, **parties)
    if closed is not None:
        cases.update(
            about=about,
            state="solved",
            lead=None,
            closed_at=later(closed),
            urgent_since=None,
            attention=None,
        )


@pytest.fixture
def people() -> None:
    machine = actor(Role.MACHINE)
    put_shop(machine, ref="S-1", name="店", mail="shop@example.jp")
    market.put_listing(machine, ListingLine(ref="L-1", seller="S-1", name="品", price=1))
    market.put_buyer(machine, BuyerLine(ref="B-1", name="買手"))
    market.put_order(machine, OrderLine(ref="O-1", buyer="B-1", seller="S-1", amount=1, ordered_at=MONDAY))
    Effect.objects.all().delete()
    Event.objects.all().delete()


def test_a_notice_goes_with_its_mail_and_its_log_a_year_after_its_case_ended_and_the_acts_stay() -> None:
    case(closed=10)
    mail(notice())
    acts = Act.objects.count()

    early, late = forget(CARRIED.days + 9), forget(CARRIED.days + 11)

    assert (early, late) == (0, 1)
    assert (Notice.objects.count(), Mail.objects.count(), MailAttempt.objects.count()) == (0, 0, 0)
    assert Act.objects.count() == acts + 1, "that they went is an act of its own"


def test_an_event_goes_with_its_webhooks_their_tries_and_its_effects() -> None:
    endpoint, _ = outbox.add_endpoint(actor(Role.MACHINE), url="https://shop.example/x", kinds=["*"])
    row = happened()
    sent = Delivery.objects.get(event=row, endpoint=endpoint)
    Attempt.objects.create(delivery=sent, number=1, at=MONDAY)
    Delivery.objects.update(state="delivered", closed_at=MONDAY, next_at=None)
    waiting = forget()
    Effect.objects.update(done_at=MONDAY)

    gone = forget()

    assert (waiting, gone) == (0, 1), "a handler that has not worked it off still needs it"
    assert [model.objects.count() for model in (Event, Delivery, Attempt, Effect)] == [0, 0, 0, 0]


def _open_case() -> None:
    case()


def _case_ended_lately() -> None:
    case(closed=300)


def _clock() -> None:
    clocks.start(kind=ANSWER.code, about=ABOUT, at=MONDAY, duration=ANSWER.duration)


def _hold_on_the_buyer() -> None:
    vault.hold(actor(Role.COUNSEL), what="buyer:B-1", ground=SUIT, reason="訴訟")


def _hold_on_the_seller_of_the_case() -> None:
    case(closed=1)
    vault.hold(actor(Role.COUNSEL), what="seller:S-1", ground=SUIT, reason="訴訟")


def _hold_of_logs() -> None:
    vault.hold(actor(Role.COUNSEL), what="buyer:B-1", ground=PRESERVATION, reason="刑訴法")


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    "needs",
    [
        _open_case,
        _case_ended_lately,
        _clock,
        _hold_on_the_buyer,
        _hold_on_the_seller_of_the_case,
        _hold_of_logs,
    ],
)
def test_what_an_open_matter_a_clock_or_a_hold_needs_stays(needs: Callable[[], None]) -> None:
    needs()
    mail(notice())
    here = notice(about="contact.trouble:2", to="seller:S-2")

    gone = forget()

    assert gone == 1
    assert not Notice.objects.filter(pk=here.pk).exists()
    assert Notice.objects.filter(about=ABOUT).count() == MailAttempt.objects.count() == 1


def _holds(what: str, ground: HoldGround) -> None:
    vault.hold(actor(Role.COUNSEL), what=what, ground=ground, reason="訴訟")


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    "needs",
    [
        _open_case,
        _case_ended_lately,
        _hold_on_the_buyer,
        lambda: _holds("seller:S-1", SUIT),
        _hold_of_logs,
    ],
)
def test_an_event_about_the_order_of_what_is_open_or_held_stays(needs: Callable[[], None]) -> None:
    needs()
    stays = happened(subject="market.order:O-1")
    happened(subject="market.order:O-2")
    Effect.objects.update(done_at=MONDAY)

    gone = forget()

    assert gone == 1
    assert Event.objects.filter(pk=stays.pk).exists()


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("ground", [SUIT, PRESERVATION])
@pytest.mark.parametrize("record", ["seller", "clearance"])
def test_an_event_about_a_seller_that_is_held_stays(record: str, ground: HoldGround) -> None:
    _holds("seller:S-1", ground)
    stays = happened(subject=f"market.{record}:S-1")
    happened(subject=f"market.{record}:S-2")
    Effect.objects.update(done_at=MONDAY)

    assert forget() == 1
    assert Event.objects.filter(pk=stays.pk).exists()


@pytest.mark.usefixtures("people")
def test_an_event_about_an_order_goes_a_year_after_the_last_case_of_the_order_ended() -> None:
    case(closed=10)
    happened(subject="market.order:O-1")
    Effect.objects.update(done_at=MONDAY)

    assert (forget(CARRIED.days + 9), forget(CARRIED.days + 11)) == (0, 1)


def test_what_has_not_arrived_stays_and_does_not_stand_before_what_has() -> None:
    for _ in range(5):
        mail(notice(), arrived=False)
    outbox.add_endpoint(actor(Role.MACHINE), url="https://shop.example/x", kinds=["*"])
    happened()
    Effect.objects.update(done_at=MONDAY)
    arrived = notice()
    Notice.objects.filter(pk=arrived.pk).update(state="delivered", closed_at=MONDAY)
    Delivery.objects.filter(event__notice=arrived).update(state="delivered", closed_at=MONDAY)

    gone = forget(limit=2)

    assert gone == 2, "the notice and, free of it, its event"
    assert Notice.objects.count() == 5
    assert Event.objects.filter(kind=DeadlineMoved.kind).count() == 1


@pytest.mark.parametrize("kind", [NoticeKind.LEGAL, NoticeKind.SAFETY])
def test_what_the_law_asks_for_and_what_went_on_paper_stays_five_years(kind: NoticeKind) -> None:
    mail(notice(kind=kind))
    Letter.objects.create(notice=notice(), to="buyer:B-1", at=MONDAY, state="posted", closed_at=MONDAY)

    early, late = forget(CARRIED_LEGAL.days - 1), forget(CARRIED_LEGAL.days + 1)

    assert (early, late) == (0, 2)
    assert Letter.objects.count() == 0


def test_what_a_room_shows_as_it_was_sent_stays() -> None:
    notice(code="outreach.names", about="outreach.campaign:1")
    notice(code="terms.changed", kind=NoticeKind.LEGAL, about="terms.change:1")

    assert forget(9_000) == 0


def test_a_reminder_of_an_activity_is_shown_nowhere_and_goes_as_others_do() -> None:
    about = "outreach.activity:1"
    case(closed=10, about=about)
    notice(to="lead", code="outreach.activity_due", about=about)

    early, late = forget(CARRIED.days + 9), forget(CARRIED.days + 11)

    assert (early, late) == (0, 1)


def test_so_many_go_at_a_time_the_oldest_first() -> None:
    rows = [notice() for _ in range(5)]

    assert forget(limit=2) == 2
    assert list(Notice.objects.order_by("pk").values_list("pk", flat=True)) == [one.pk for one in rows[2:]]
    assert (forget(limit=2), forget(limit=2), forget(limit=2)) == (2, 1, 0)


def test_what_is_carried_is_never_changed() -> None:
    mail(notice())

    for sql in (Event.objects.filter(pk=happened().pk), MailAttempt.objects.all()):
        with pytest.raises(IntegrityError, match="追記だけ"), transaction.atomic():
            sql.update(**({"subject": "x"} if sql.model is Event else {"number": 9}))
