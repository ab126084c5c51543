"""What is kept of people is declared, column by column, and what the declaration promises is wired."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import connection, models

from mamori.ground.declared import erasing, personal
from mamori.ground.declared.fields import StateField
from mamori.ground.declared.personal import CopyTo, How, Reach
from tools.reference import house

KINDS = (
    models.CharField,
    models.TextField,
    models.BinaryField,
    models.JSONField,
    models.GenericIPAddressField,
    models.FileField,
    models.DurationField,
)


@pytest.fixture(autouse=True, scope="module")
def loaded() -> None:
    house.load()


def columns() -> set[tuple[str, str]]:
    """Return every column that could hold something of somebody's."""
    return {
        (model._meta.db_table, str(field.column))
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, KINDS) and not isinstance(field, StateField)
    }


def declared() -> set[tuple[str, str]]:
    return {(name, column) for name, found in personal.tables().items() for column in found}


def test_every_column_that_could_hold_something_of_somebodys_is_declared() -> None:
    missing = columns() - declared()

    assert missing == set()


def test_nothing_is_declared_that_is_not_there() -> None:
    extra = declared() - columns()

    assert extra <= {("cases_tokens", "tokens")}  # no model: its kind depends on the engine


def test_a_column_that_nobody_declared_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    rest = {name: found for name, found in personal.tables().items() if name != "market_buyer"}
    monkeypatch.setattr(personal, "_TABLES", rest)

    assert columns() - declared() == {("market_buyer", "ref"), ("market_buyer", "sealed")}


def test_what_is_said_to_be_erased_has_somebody_who_erases_it() -> None:
    erased = {
        name
        for name, found in personal.tables().items()
        for column in found.values()
        if column.reach is Reach.ERASED
    }

    assert {name for name in erased if name != "cases_tokens"} <= erasing.reached()


def test_what_a_persons_key_seals_says_whose_and_goes_with_it() -> None:
    for name, found in personal.tables().items():
        for column, told in found.items():
            where = f"{name}.{column}"
            assert bool(told.whose) == (told.how in {How.SEALED, How.HOUSE}), where
            assert (told.reach is Reach.KEY) == (told.how is How.SEALED), where
            assert told.how not in {How.TOKENS, How.BLIND} or told.reach is Reach.ERASED, where


def test_a_sealed_column_holds_bytes_and_a_column_of_bytes_is_sealed_or_a_digest() -> None:
    loose = {How.SEALED, How.HOUSE, How.DIGEST, How.BLIND}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.BinaryField):
                told = personal.tables()[model._meta.db_table][str(field.column)]
                assert told.how in loose, f"{model._meta.db_table}.{field.column}"


def test_nothing_that_is_sealed_is_told_by_webhook() -> None:
    for name, found in personal.tables().items():
        for column, told in found.items():
            assert told.how is not How.SEALED or CopyTo.WEBHOOK not in told.told, f"{name}.{column}"


def test_a_table_is_declared_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        personal.table("market_buyer")
    with pytest.raises(ValueError, match="two erasers"):
        erasing.reach("vault_file", lambda subject, at, limit: 0)


@pytest.mark.django_db
def test_the_tokens_table_is_where_it_is_said_to_be() -> None:
    names = connection.introspection.table_names()

    assert any(re.fullmatch("cases_tokens", name) for name in names)
