"""Tables of a release are carried over; those of no release are refused, before anything is done to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from mamori.site import prepared, released
from mamori.site.command import setup

pytestmark = pytest.mark.django_db
OF_BEFORE, OF_LATER = "0123456789abcdef", "fedcba9876543210"


def marks() -> list[str]:
    """Return by which files the tables say that they were made, the last at the end."""
    rows = MigrationRecorder(connection).migration_qs.filter(app=prepared.MADE)
    return list(rows.order_by("pk").values_list("name", flat=True))


def mark(*names: str) -> None:
    """Let the tables say that they were made by these files, one after the other."""
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.filter(app=prepared.MADE).delete()
    for name in names:
        recorder.record_applied(prepared.MADE, name)


@pytest.fixture
def one_release(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the files of before be those of a release."""
    of_before = released.HouseRelease("0.1.0", OF_BEFORE, ())
    monkeypatch.setattr(released, "releases", lambda: (of_before,))


def test_tables_say_once_by_which_files_they_were_made() -> None:
    before = marks()

    setup.migrate()

    assert len(before) == 1
    assert marks() == before
    prepared.tables_must_fit()


@pytest.mark.parametrize("of_before", [[OF_BEFORE], []])
def test_tables_of_no_release_are_neither_migrated_nor_worked_on(of_before: list[str]) -> None:
    mark(*of_before)
    MigrationRecorder(connection).migration_qs.filter(
        app="people"
    ).delete()  # what others need, and have before it

    for doing in (setup.migrate, prepared.tables_must_fit):
        with pytest.raises(prepared.TablesOfNoRelease) as refusal:
            doing()

    assert "mamori setup" in refusal.value.sentence.ja
    assert marks() == of_before


def test_tables_of_a_release_are_carried_over_and_keep_its_mark(one_release: None) -> None:
    [of_now] = marks()
    mark(OF_BEFORE)
    with pytest.raises(prepared.NotPrepared):
        prepared.tables_must_fit()

    setup.migrate()

    assert marks() == [OF_BEFORE, of_now]
    prepared.tables_must_fit()


def test_tables_that_left_a_release_for_what_is_none_are_refused(one_release: None) -> None:
    mark(OF_BEFORE, OF_LATER)

    with pytest.raises(prepared.TablesOfNoRelease, match=r"0\.1\.0"):
        setup.migrate()


def test_an_older_version_does_not_touch_tables_that_a_newer_one_carried_over(one_release: None) -> None:
    [of_now] = marks()
    mark(of_now, OF_LATER)

    for doing in (setup.migrate, prepared.tables_must_fit):
        with pytest.raises(prepared.TablesNewer):
            doing()

    assert marks() == [of_now, OF_LATER]


def test_a_carrying_over_that_was_interrupted_may_go_on(one_release: None) -> None:
    [of_now] = marks()
    mark(OF_BEFORE, of_now)
    MigrationRecorder(connection).migration_qs.filter(app="outreach").delete()

    prepared.tables_must_be_known()

    with pytest.raises(prepared.NotPrepared):
        prepared.tables_must_fit()


def test_the_digest_follows_the_name_and_the_content_of_each_migration(tmp_path: Path) -> None:
    file = tmp_path / "rooms" / "shop" / "migrations" / "0001_tables.py"
    file.parent.mkdir(parents=True)

    found = [released.digest_of(tmp_path, released.migrations(tmp_path))]
    for name, text in (("0001_tables.py", "one"), ("0001_tables.py", "two"), ("0002_later.py", "")):
        file.with_name(name).write_text(text)
        found.append(released.digest_of(tmp_path, released.migrations(tmp_path)))

    assert len(set(found)) == 4
    assert released.digest_of(tmp_path, ["rooms/shop/migrations/0001_tables.py"]) == found[2]


def test_what_is_released_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "released.txt"
    file.write_text(f"0.1.0 {OF_BEFORE}\n  a/b.py\n  a/c.py\n0.1.1 {OF_BEFORE}\n")

    before = released.releases(file)
    file.write_text(released.told("0.2.0", before))
    *same, last = released.releases.__wrapped__(file)

    assert [(one.version, one.digest, one.files) for one in before] == [
        ("0.1.0", OF_BEFORE, ("a/b.py", "a/c.py")),
        ("0.1.1", OF_BEFORE, ()),
    ]
    assert tuple(same) == before
    assert last == released.HouseRelease("0.2.0", released.digest(), tuple(released.migrations()))
