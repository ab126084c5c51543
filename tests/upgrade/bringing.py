"""What is looked at before and after a house is brought to this version: every row, and pages as a lead reads them."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

ON_POSTGRES = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
ON_SQLITE = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sqlite_sequence' AND sql NOT LIKE 'CREATE VIRTUAL%'"


@dataclass(frozen=True, slots=True)
class Rows:
    """The columns of a table, and how often each row stands in it."""

    columns: tuple[str, ...]
    counted: Counter[tuple[str, ...]]

    def only(self, columns: tuple[str, ...]) -> Counter[tuple[str, ...]]:
        """Return the rows by some of their columns."""
        places = [self.columns.index(name) for name in columns]
        found: Counter[tuple[str, ...]] = Counter()
        for row, many in self.counted.items():
            found[tuple(row[place] for place in places)] += many
        return found


def tables(env: Mapping[str, str]) -> dict[str, Rows]:
    """Read every table of a house, without the house."""
    url, read = env["MAMORI_DATABASE_URL"], {}
    house: sqlite3.Connection | psycopg.Connection
    house = psycopg.connect(url) if url else sqlite3.connect(Path(env["MAMORI_HOME"]) / "mamori.sqlite3")
    cursor = house.cursor()
    for (name,) in cursor.execute(ON_POSTGRES if url else ON_SQLITE).fetchall():
        cursor.execute(f'SELECT * FROM "{name}"')  # a name from the catalogue
        columns = tuple(column[0] for column in cursor.description or ())
        read[name] = Rows(columns, Counter(tuple(map(repr, row)) for row in cursor.fetchall()))
    house.close()
    return read


def lost(before: Mapping[str, Rows], after: Mapping[str, Rows]) -> Iterator[str]:
    """Tell each table, column and row that was there before and is not, or is not what it was; what is new is no loss."""
    for name, was in before.items():
        if name not in after:
            yield f"{name} is gone"
            continue
        yield from (f"{name}.{column} is gone" for column in was.columns if column not in after[name].columns)
        both = tuple(column for column in was.columns if column in after[name].columns)
        if missing := (was.only(both) - after[name].only(both)).total():
            yield f"{name}: {missing} of {was.counted.total()} rows are not what they were"


def read_as_lead() -> dict[str, int]:
    """Open the desk's first pages and every case of its queue as the demo's lead; return each page's status.

    In a process of the house. A page that opens what is sealed would fail without the keys of before.
    """
    from django.conf import settings
    from django.test import Client

    from mamori.ground.people.models import Account

    settings.ALLOWED_HOSTS = ["testserver"]
    lead = Client()
    lead.force_login(Account.objects.get(role="lead"), "allauth.account.auth_backends.AuthenticationBackend")
    queue = lead.get("/desk/").content.decode()
    cases = sorted(set(re.findall(r"/desk/cases/\d+/", queue)))
    pages = ["/", "/measures/", "/desk/", "/desk/today/", *cases]
    return {page: lead.get(page).status_code for page in pages}
