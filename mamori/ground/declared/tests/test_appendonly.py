"""The database itself refuses to change what only grows, and lost triggers are counted and put back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from mamori.ground.declared import appendonly
from mamori.ground.ledger.models import Act, Leaf

NOON = datetime(2026, 9, 18, 3, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def act() -> Act:
    return Act.objects.create(kind="contact.asked", at=NOON, commitment=b"1" * 32)


def lacking() -> list[str]:
    return [name for name in appendonly.missing() if name.startswith("ledger_")]


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def statements(act: Act) -> list[str]:
    columns, values = "id, kind, at, commitment", f"{act.pk}, 'x', '2026-09-18 03:00:00+00:00', '1'"
    common = [
        "UPDATE ledger_act SET kind = 'x'",
        "DELETE FROM ledger_act",
        f"INSERT INTO ledger_act ({columns}) VALUES ({values}) ON CONFLICT (id) DO UPDATE SET kind = 'x'",
    ]
    if connection.vendor == "postgresql":
        return [*common, "TRUNCATE ledger_act CASCADE"]
    return [
        *common,
        f"INSERT OR REPLACE INTO ledger_act ({columns}) VALUES ({values})",
        f"REPLACE INTO ledger_act ({columns}) VALUES ({values})",
        "UPDATE OR REPLACE ledger_act SET kind = 'x'",
    ]


def test_no_statement_changes_or_removes_an_act_and_the_refusal_is_our_sentence(act: Act) -> None:
    for statement in statements(act):
        with pytest.raises(IntegrityError, match="追記だけの表"):
            run(statement)

    assert Act.objects.get().kind == "contact.asked"


def test_an_insert_over_an_existing_number_is_refused(act: Act) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Act.objects.create(pk=act.pk, kind="x", at=NOON, commitment=b"2" * 32)


def test_a_leaf_cannot_be_replaced_through_the_act_that_it_holds(act: Act) -> None:
    Leaf.objects.create(index=0, act=act)

    over = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    with pytest.raises(IntegrityError):
        run(f'{over} INTO ledger_leaf ("index", act_id) VALUES (99, {act.pk})')

    assert Leaf.objects.get().index == 0


def test_every_declared_trigger_stands_after_migrate() -> None:
    assert Act in appendonly.append_only_models()
    assert appendonly.missing() == []


def test_a_dropped_trigger_is_named_and_put_back() -> None:
    on = " ON ledger_act" if connection.vendor == "postgresql" else ""
    run(f"DROP TRIGGER ledger_act_no_update{on}")

    assert lacking() == ["ledger_act_no_update"]
    appendonly.install(app_config=apps.get_app_config("ledger"), using="default")

    assert lacking() == []


def test_a_trigger_that_lets_everything_pass_counts_as_missing() -> None:
    if connection.vendor == "postgresql":
        run("ALTER TABLE ledger_act DISABLE TRIGGER ledger_act_no_delete")
    else:
        run("DROP TRIGGER ledger_act_no_delete")
        run("CREATE TRIGGER ledger_act_no_delete BEFORE DELETE ON ledger_act BEGIN SELECT 1; END")

    assert lacking() == ["ledger_act_no_delete"]


def test_a_gutted_trigger_function_counts_as_missing() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps the refusal inside each trigger")
    run(
        f"CREATE OR REPLACE FUNCTION {appendonly.FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
    )

    assert "ledger_act_no_update" in lacking()
    appendonly.install(app_config=apps.get_app_config("ledger"), using="default")
    assert lacking() == []


def test_an_application_without_growing_tables_is_left_alone() -> None:
    appendonly.install(app_config=apps.get_app_config("site"), using="default")

    assert lacking() == []


def test_a_conditional_unique_constraint_is_not_taken_on_a_table_that_only_grows() -> None:
    class Odd(models.Model):
        append_only = True
        name = models.TextField()

        class Meta:
            app_label = "nowhere"
            constraints = (
                models.UniqueConstraint(fields=["name"], condition=models.Q(name="x"), name="odd_one"),
            )

    del apps.all_models["nowhere"]

    with pytest.raises(TypeError, match="plain unique"):
        list(appendonly.triggers(Odd, "sqlite"))


def test_a_plain_unique_constraint_is_part_of_what_an_insert_may_not_hit() -> None:
    class Pair(models.Model):
        append_only = True
        left, right = models.TextField(), models.TextField()

        class Meta:
            app_label = "nowhere"
            constraints = (models.UniqueConstraint(fields=["left", "right"], name="pair_one"),)

    del apps.all_models["nowhere"]

    made = {t.name: t.sql for t in appendonly.triggers(Pair, "sqlite")}

    assert '("left" = NEW."left" AND "right" = NEW."right")' in made["nowhere_pair_no_replace"]
