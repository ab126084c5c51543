"""Until 0.1.0 is released the tables are made anew: those of other files are refused, before anything is done to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from mamori.site import prepared
from mamori.site.command import setup

pytestmark = pytest.mark.django_db


def marks() -> list[str]:
    """Return by which files the tables say that they were made."""
    rows = MigrationRecorder(connection).migration_qs.filter(app=prepared.MADE)
    return list(rows.values_list("name", flat=True))


def test_tables_say_once_by_which_files_they_were_made() -> None:
    before = marks()

    setup.migrate()

    assert len(before) == 1
    assert marks() == before
    prepared.tables_must_fit()


@pytest.mark.parametrize("of_before", ["0123456789abcdef", None])
def test_tables_of_other_files_are_neither_migrated_nor_worked_on(of_before: str | None) -> None:
    rows = MigrationRecorder(connection).migration_qs.filter(app=prepared.MADE)
    rows.update(name=of_before) if of_before else rows.delete()
    MigrationRecorder(connection).migration_qs.filter(
        app="people"
    ).delete()  # what others need, and have before it

    for doing in (setup.migrate, prepared.tables_must_fit):
        with pytest.raises(prepared.TablesMadeAnew) as refusal:
            doing()

    assert "mamori setup" in refusal.value.sentence.ja
    assert marks() == [of_before] * bool(of_before)


def test_the_digest_follows_the_name_and_the_content_of_each_migration(tmp_path: Path) -> None:
    file = tmp_path / "rooms" / "shop" / "migrations" / "0001_tables.py"
    file.parent.mkdir(parents=True)

    found = [prepared.digest(tmp_path)]
    for name, text in (("0001_tables.py", "one"), ("0001_tables.py", "two"), ("0002_later.py", "")):
        file.with_name(name).write_text(text)
        found.append(prepared.digest(tmp_path))

    assert len(set(found)) == 4
