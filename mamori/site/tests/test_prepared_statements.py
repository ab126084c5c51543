"""On PostgreSQL a connection keeps the statements that it is asked for again and again."""

from __future__ import annotations

import dj_database_url
import pytest
from django.db import connection

from mamori.ground.cases.models import Case


@pytest.mark.django_db
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has nothing to agree with a server about"
)
def test_what_is_asked_again_and_again_is_prepared() -> None:
    for number in range(4):
        Case.objects.filter(pk=number).first()

    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE \'%"cases_case"."id" = $1%\''
        )
        assert cursor.fetchone()[0] == 1


def test_behind_a_pooler_the_address_can_say_that_nothing_is_prepared() -> None:
    told = dj_database_url.parse("postgres:///mamori?server_side_binding=false")

    assert told["OPTIONS"] == {"server_side_binding": False}
