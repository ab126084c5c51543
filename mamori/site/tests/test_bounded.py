"""No number is stored as another one, on either database; every column of money holds what may be told of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, connection, models, transaction

from mamori.grammar.actor import Actor, Role
from mamori.ground.market import actions as market, facts
from mamori.ground.market.actions import BuyerLine, OrderLine
from mamori.ground.outbox.models import Endpoint
from mamori.ground.post.models import Relay
from tests.shops import put_shop

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 16, 10, tzinfo=UTC)
MOST_TOLD = 10_000_000_000
"""What the API takes as one amount; an order's refunds may come to twice as much."""
YEN = frozenset(
    {"amount", "wished_amount", "most", "price", "unpaid", "waits", "total", "other"}
    | {"refunded_before", "refunded_elsewhere", "refunded_instructed", "given_back", "settled_amount"}
)


def yen_columns() -> list[models.Field[object, object]]:
    found = (field for model in apps.get_models() for field in model._meta.concrete_fields)
    return [field for field in found if field.name in YEN and isinstance(field, models.IntegerField)]


def test_every_column_of_money_holds_twice_what_may_be_told() -> None:
    small = [
        str(field)
        for field in yen_columns()
        if connection.ops.integer_field_range(field.get_internal_type())[1] < 2 * MOST_TOLD
    ]

    assert small == []
    assert len(yen_columns()) >= 20


@pytest.mark.parametrize("number", [2**31, 2**32 + 5, 2**40, -(2**31) - 1])
def test_a_number_beyond_its_column_is_refused_and_nothing_is_stored(number: int) -> None:
    row = Relay.objects.create(failures=1)

    with pytest.raises(DataError), transaction.atomic():
        Relay.objects.filter(pk=row.pk).update(failures=number)
    with pytest.raises(DataError), transaction.atomic():
        Relay(failures=number).save()
    with pytest.raises(DataError), transaction.atomic():
        Relay.objects.bulk_create([Relay(failures=number)])

    assert list(Relay.objects.values_list("failures", flat=True)) == [1]


def test_what_lies_at_the_bound_is_kept_and_less_than_nothing_is_the_databases_to_refuse() -> None:
    row = Relay.objects.create(failures=2**31 - 1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Relay.objects.filter(pk=row.pk).update(failures=-1)

    assert Relay.objects.get().failures == 2**31 - 1


@pytest.mark.parametrize("number", [2**31, 2**63, 2**70, -(2**70)])
def test_nobody_is_found_by_a_number_beyond_the_column(number: int) -> None:
    Relay.objects.create(failures=1)

    assert not Relay.objects.filter(failures=number).exists()
    assert not Endpoint.objects.filter(pk=number).exists() or number == 2**31
    assert Relay.objects.filter(failures__lt=abs(number)).exists()


def test_the_dearest_order_comes_back_as_it_was_told() -> None:
    machine = Actor(by="machine", role=Role.MACHINE, at=NOW, via="test")
    put_shop(machine, ref="S-1", name="店", mail="shop@example.jp")
    market.put_buyer(machine, BuyerLine(ref="B-1", name="買手"))
    line = OrderLine(ref="O-1", buyer="B-1", seller="S-1", amount=MOST_TOLD, ordered_at=NOW)

    market.put_order(machine, line)
    market.instruct(machine, kind="refund", order_ref="O-1", about="test:1", amount=MOST_TOLD)

    order = facts.order("O-1")
    assert order
    assert (order.amount, facts.instructions_out(about="test:1")[0].amount) == (MOST_TOLD, MOST_TOLD)
