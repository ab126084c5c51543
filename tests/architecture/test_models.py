"""Tables follow the storeys, and the database itself holds what they promise."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import CheckConstraint, ForeignObject

from mamori.ground.declared import appendonly
from mamori.ground.declared.fields import StateField

ORDER = (
    "declared",
    "seal",
    "ledger",
    "clocks",
    "outbox",
    "people",
    "terms",
    "cases",
    "vault",
    "market",
    "post",
    "web",
)


def height(app_label: str) -> int:
    """Say how high an application stands; rooms stand above the whole ground."""
    return ORDER.index(app_label) if app_label in ORDER else len(ORDER)


def house_models() -> list[type[models.Model]]:
    """Return the models that are ours."""
    return [model for model in apps.get_models() if model.__module__.startswith("mamori.")]


def test_foreign_keys_lead_downward_and_leave_no_name_behind() -> None:
    faults = []
    for model in house_models():
        for field in model._meta.get_fields():
            if (
                not isinstance(field, ForeignObject)
                or field.related_model._meta.app_label == model._meta.app_label
            ):
                continue
            target = field.related_model._meta.app_label
            if height(target) >= height(model._meta.app_label):
                faults.append(f"{model._meta.label}.{field.name} leads up or sideways to {target}")
            if not field.remote_field.hidden:
                faults.append(
                    f'{model._meta.label}.{field.name} crosses a threshold without related_name="+"'
                )

    assert faults == []


def test_every_lifecycle_is_held_by_its_table() -> None:
    for model in house_models():
        for field in model._meta.fields:
            if isinstance(field, StateField) and field.chart is not None:
                checks = [str(c.condition) for c in model._meta.constraints if isinstance(c, CheckConstraint)]
                known = sorted(state.value for state in field.chart.states)
                assert any(str(known) in check for check in checks), f"{model._meta.label}.{field.name}"
                assert not getattr(model, "append_only", False), (
                    f"{model._meta.label}: a lifecycle on a table that only grows"
                )


@pytest.mark.django_db
def test_every_append_only_table_has_its_triggers() -> None:
    growing = appendonly.append_only_models()

    missing = appendonly.missing()

    assert growing, "no table declares itself append-only"
    assert missing == []


@pytest.mark.django_db
def test_a_trigger_that_was_dropped_is_missed() -> None:
    model = appendonly.append_only_models()[0]
    trigger = next(iter(appendonly.triggers(model, connection.vendor)))
    on = f' ON "{trigger.table}"' if connection.vendor == "postgresql" else ""

    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{trigger.name}"{on}')

    assert appendonly.missing() == [trigger.name]
