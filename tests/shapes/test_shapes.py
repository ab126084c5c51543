"""What PostgreSQL is not sent by what it runs anyway, it is sent by the cheapest tests that send it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models.sql.compiler import SQLCompiler

from mamori.grammar.actor import Role
from mamori.ground.people.models import Account
from tests.shapes import hearing, listed
from tests.shapes.cover import cover, shape

THREE = "INSERT INTO t (a, b) VALUES (%s, %s), (%s, %s)"
MODULE = "mamori/ground/clocks/tests/test_clocks.py"


def test_a_shape_has_no_numbers_and_does_not_say_how_many_values_there_are() -> None:
    one, several = (
        shape("SELECT a FROM t WHERE b IN (%s) LIMIT 21"),
        shape("SELECT a FROM t WHERE b IN (%s, %s) LIMIT 5"),
    )

    assert one == several
    assert shape(THREE) == shape(f"{THREE}, (%s, %s)")


def test_one_row_and_several_are_two_shapes_since_postgresql_writes_them_otherwise() -> None:
    assert shape(THREE) != shape("INSERT INTO t (a, b) VALUES (%s, %s)")


def test_all_that_is_sent_is_sent_by_the_cheapest_tests() -> None:
    sent = {"dear": {"a", "b", "c"}, "cheap": {"a", "b"}, "other": {"c"}, "none": set[str]()}

    chosen = cover(sent, {"dear": 9.0, "cheap": 1.0, "other": 1.0, "none": 0.1})

    assert chosen == ["cheap", "other"]


def test_what_is_sent_by_one_test_alone_is_found_and_by_none_that_runs_anyway(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        hearing, "sent", {"listed": {"a", "b"}, "edited": {"b", "new"}, "new": {"a", "newer"}}
    )
    monkeypatch.setattr(hearing, "ran", {"listed", "edited"})

    assert hearing.unheard() == ["new"]


@pytest.mark.django_db
def test_a_statement_is_heard_with_its_error_and_its_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: set[str] = set()
    monkeypatch.setattr(hearing, "hearing", [heard])
    if not hearing.MODE:
        monkeypatch.setattr(SQLCompiler, "as_sql", hearing.locked(SQLCompiler.as_sql))

    with connection.execute_wrapper(hearing.hear):
        list(Account.objects.filter(role=Role.LEAD))
        plain = set(heard)
        list(Account.objects.filter(role=Role.LEAD).select_for_update())
        locked = heard - plain
        with pytest.raises(IntegrityError), transaction.atomic():
            Account.objects.update_or_create(pk=1, defaults={"email": None})
    failed = [one for one in heard - plain - locked if "IntegrityError" in one]

    assert len(plain) == len(locked) == 1
    assert "FOR UPDATE" in next(iter(locked))
    assert len(failed) == 1
    assert issubclass(IntegrityError, DatabaseError)


def item(test: str, *, fixtures: tuple[str, ...] = ("db",), **marks: Any) -> Any:
    """Return what pytest knows of a test."""
    return SimpleNamespace(nodeid=test, fixturenames=fixtures, get_closest_marker=marks.get)


def test_of_a_module_that_is_as_it_was_only_what_is_listed_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listed, "known", lambda: ({MODULE: listed.digest(MODULE)}, {f"{MODULE}::test_a[1]"}))

    assert listed.chosen(item(f"{MODULE}::test_a[1]"))
    assert not listed.chosen(item(f"{MODULE}::test_a[2]"))


def test_of_a_module_that_is_new_or_edited_all_runs_that_opens_no_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listed, "known", lambda: ({MODULE: "another"}, frozenset()))

    assert listed.chosen(item(f"{MODULE}::test_a"))
    assert listed.chosen(
        item(MODULE.replace("clocks/", "market/").replace("clocks", "clearance") + "::test_a")
    )
    assert not listed.chosen(item(f"{MODULE}::test_a", fixtures=("db", "enter")))
    assert not listed.chosen(item(f"{MODULE}::test_a", fixtures=()))


def test_several_connections_and_what_an_engine_does_apart_always_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listed, "known", lambda: ({MODULE: listed.digest(MODULE)}, frozenset()))
    monkeypatch.setattr(listed, "of_engines", lambda module: False)
    several = SimpleNamespace(kwargs={"transaction": True})

    assert not listed.always(item(f"{MODULE}::test_a"))
    assert listed.always(item(f"{MODULE}::test_a", fixtures=("transactional_db",)))
    assert listed.always(item(f"{MODULE}::test_a", processes=True))
    assert listed.always(item(f"{MODULE}::test_a", django_db=several))


def test_a_module_that_asks_which_engine_it_is_is_known() -> None:
    assert listed.of_engines("mamori/ground/declared/tests/test_appendonly.py")
    assert not listed.of_engines("mamori/ground/clocks/tests/test_firing.py")


def test_a_digest_changes_with_the_module_the_cast_beside_it_and_each_conftest_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed, "ROOT", tmp_path)
    tests = tmp_path / "room/tests"
    tests.mkdir(parents=True)
    files = [tests / "test_a.py", tests / "conftest.py", tests / "cast.py", tmp_path / "room/conftest.py"]
    for path in files:
        path.write_text("", "utf-8")

    def digest() -> str:
        return listed.digest.__wrapped__("room/tests/test_a.py")

    digests = [digest()]
    for path in files:
        path.write_text("changed", "utf-8")
        digests.append(digest())
    (tests / "test_b.py").write_text("another", "utf-8")

    assert len({*digests}) == 1 + len(files)
    assert digest() == digests[-1]


def test_a_list_is_read_as_it_was_written_and_a_test_that_is_gone_disturbs_nobody(tmp_path: Path) -> None:
    file = tmp_path / "listed.txt"

    listed.write([MODULE, MODULE], [f"{MODULE}::test_gone[a b]", f"{MODULE}::test_a"], file)

    assert listed.known.__wrapped__(file) == (
        {MODULE: listed.digest(MODULE)},
        {f"{MODULE}::test_a", f"{MODULE}::test_gone[a b]"},
    )
    assert file.read_text("utf-8").startswith(listed.HEAD)
