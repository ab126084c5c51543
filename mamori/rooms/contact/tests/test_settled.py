"""Notices and recoveries are settled by their rule: an older house learns from its clocks since when each is followed."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import Model

from mamori.ground.clocks.models import Clock
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.models import Formal, Recovery
from mamori.rooms.contact.tests.conftest import MONDAY, pass_time, seller
from mamori.rooms.contact.tests.test_formal import send
from mamori.rooms.contact.tests.test_money import OVERDUE, confirmed, recovery_of

pytestmark = pytest.mark.usefixtures("market_of_two", "settled_contact")
FOLLOWED, HEARD = ("followed_at", "asked_at"), ("heard_at",)


def upgraded(model: type[Model], columns: tuple[str, ...]) -> list[tuple[object, ...]]:
    """Return what an upgrade puts into columns that a house of before did not have."""
    model._default_manager.update(**dict.fromkeys(columns))
    import_module("mamori.rooms.contact.migrations.0040_settled").keep(apps, None)
    return list(model._default_manager.order_by("pk").values_list(*columns))


def kept(model: type[Model], columns: tuple[str, ...]) -> list[tuple[object, ...]]:
    return list(model._default_manager.order_by("pk").values_list(*columns))


def test_an_upgrade_knows_since_when_a_notice_is_followed_and_when_the_buyer_was_asked() -> None:
    answered, _, ended = send(), send(order="O-2"), send()
    contact.go_along(seller(MONDAY + timedelta(hours=2)), formal=answered)
    contact.go_along(seller(MONDAY + timedelta(hours=2)), formal=ended)
    Formal.objects.filter(pk=ended).update(state="settled", closed_at=MONDAY + timedelta(hours=3))
    arrived = upgraded(Formal, FOLLOWED)
    pass_time(MONDAY + timedelta(days=40))
    both = kept(Formal, FOLLOWED)

    assert arrived == [(MONDAY + timedelta(hours=2), None), (None, None), (None, None)]
    assert both[0][1] is not None
    assert both[1][0] is not None
    assert upgraded(Formal, FOLLOWED)[:2] == both[:2]


def test_an_upgrade_knows_since_when_a_seller_has_been_heard() -> None:
    recovery = recovery_of(confirmed()).id
    before = upgraded(Recovery, HEARD)
    contact.state_view(seller(OVERDUE + timedelta(hours=1)), recovery=recovery, said="同意しません")
    pass_time(OVERDUE + timedelta(days=30))  # reminded more than once: since the first
    right = kept(Recovery, HEARD)

    assert before == [(None,)]
    assert right == [(OVERDUE + timedelta(hours=1),)] == upgraded(Recovery, HEARD)


def test_a_seller_who_adds_to_its_view_moves_no_clock() -> None:
    recovery = recovery_of(confirmed()).id
    about = f"contact.recovery:{recovery}"
    contact.state_view(seller(OVERDUE + timedelta(hours=1)), recovery=recovery, said="同意しません")
    [first] = Clock.objects.filter(about=about, done_at=None)
    contact.state_view(seller(OVERDUE + timedelta(hours=9)), recovery=recovery, said="補足です")
    [now] = Clock.objects.filter(about=about, done_at=None)

    assert (now.kind, now.due_at, now.pk) == ("contact.recovery_review", first.due_at, first.pk)
