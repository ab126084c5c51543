"""Old code lives with new tables: a migration adds what it can do without, and takes nothing away that it still knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import BigAutoField, CharField, CheckConstraint, Field, ManyToManyField, Q

from mamori.site import released

KNOWN: frozenset[str] = frozenset()
"""What was released against the rule and is mended since."""

CONTRACTED: dict[str, str] = {}
"""What may be taken away, as the fault is told, and why code of the version before does without it already."""


def faults(app: str, migration: Migration, state: ProjectState) -> Iterator[str]:
    """Tell what code of the version before could not live with; the state goes on to what stands afterwards."""
    made = {one.name_lower for one in migration.operations if isinstance(one, operations.CreateModel)}
    put = {one.constraint.name for one in migration.operations if isinstance(one, operations.AddConstraint)}
    for one in _flat(migration.operations):
        said = _fault(app, one, state, made, put)
        one.state_forwards(app, state)
        if said:
            yield f"{app}.{migration.name}: {said}"


def _flat(several: Sequence[Operation]) -> Iterator[Operation]:
    for one in several:
        if isinstance(one, operations.SeparateDatabaseAndState):
            yield from _flat([*one.database_operations, *one.state_operations])
        else:
            yield one


def _fault(app: str, one: Operation, state: ProjectState, made: set[str], put: set[str]) -> str:
    match one:
        case operations.RemoveField() | operations.RenameField():
            name = one.name if isinstance(one, operations.RemoveField) else one.old_name
            return f"takes away {one.model_name_lower}.{name}"
        case operations.DeleteModel():
            return f"takes away {one.name_lower}"
        case operations.RenameModel():
            return f"takes away {one.old_name_lower}"
        case operations.AlterModelTable():
            return f"takes away {one.name_lower}"
        case operations.RemoveConstraint() if one.name not in put:
            return f"takes away the rule {one.name}"
        case operations.AddField() if one.model_name_lower not in made:
            return _must_be_told(f"{one.model_name_lower}.{one.name}", one.field)
        case operations.AlterField():
            before = state.models[app, one.model_name_lower].fields[one.name]
            return _narrowed(f"{one.model_name_lower}.{one.name}", before, one.field)
    return ""


def _must_be_told(name: str, field: Field) -> str:  # type: ignore[type-arg]
    if field.null or field.has_db_default() or isinstance(field, ManyToManyField):
        return ""
    return f"{name} is NOT NULL without a default of the database"


def _narrowed(name: str, before: Field, after: Field) -> str:  # type: ignore[type-arg]
    if before.null and not after.null and not after.has_db_default():
        return _must_be_told(name, after)
    if before.has_db_default() and not after.has_db_default() and not after.null:
        return _must_be_told(name, after)
    if isinstance(before, CharField) and (after.max_length or 0) < (before.max_length or 0):
        return f"{name} becomes shorter"
    if (type(before), before.max_length) != (type(after), after.max_length):
        return f"{name} changes its type, which a statement that a program of before has prepared does not survive"
    return ""


def held() -> Iterator[tuple[str, Migration, ProjectState, bool]]:
    """Yield every migration in the order in which it is done, what stands before it, and whether it is ours and held."""
    loader = MigrationLoader(None)
    ours = {one.label for one in apps.get_app_configs() if one.name.startswith("mamori.")}
    state, done = ProjectState(), set()
    for leaf in sorted(loader.graph.leaf_nodes()):
        for app, name in loader.graph.forwards_plan(leaf):
            if (app, name) in done:
                continue
            done.add((app, name))
            migration = loader.get_migration(app, name)
            yield app, migration, state, app in ours


def test_old_code_lives_with_every_new_table() -> None:
    found = {
        said for app, migration, state, is_held in held() for said in faults(app, migration, state) if is_held
    }

    assert found - KNOWN - CONTRACTED.keys() == set()
    assert found >= KNOWN


def of(*planted: Operation) -> Migration:
    """Return a migration that does just this."""
    made: Migration = type("Planted", (Migration,), {"operations": list(planted)})("0099_planted", "test")
    return made


def shop() -> ProjectState:
    """Let a table stand with a rule."""
    state = ProjectState()
    rule = CheckConstraint(condition=Q(name__gt=""), name="shop_name_told")
    fields: list[tuple[str, Field[Any, Any]]] = [
        ("id", BigAutoField(primary_key=True)),
        ("name", CharField(max_length=20, null=True)),
    ]
    operations.CreateModel("Shop", fields, options={"constraints": [rule]}).state_forwards("test", state)
    return state


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        (
            operations.AddField("shop", "kana", CharField(max_length=9)),
            "shop.kana is NOT NULL without a default",
        ),
        (operations.AddField("shop", "kana", CharField(max_length=9, default="")), "shop.kana is NOT NULL"),
        (operations.AddField("shop", "kana", CharField(max_length=9, db_default="")), ""),
        (operations.AddField("shop", "kana", CharField(max_length=9, null=True)), ""),
        (operations.RemoveField("shop", "name"), "takes away shop.name"),
        (operations.RenameField("shop", "name", "title"), "takes away shop.name"),
        (operations.DeleteModel("Shop"), "takes away shop"),
        (operations.RenameModel("Shop", "Store"), "takes away shop"),
        (operations.AlterModelTable("shop", "stores"), "takes away shop"),
        (operations.RemoveConstraint("shop", "shop_name_told"), "takes away the rule shop_name_told"),
        (operations.AlterField("shop", "name", CharField(max_length=20)), "shop.name is NOT NULL"),
        (operations.AlterField("shop", "name", CharField(max_length=10, null=True)), "becomes shorter"),
        (operations.AlterField("shop", "name", CharField(max_length=30, null=True)), "changes its type"),
        (operations.AlterField("shop", "name", CharField(max_length=20, null=True, default="")), ""),
    ],
)
def test_a_planted_migration_that_old_code_cannot_live_with_is_told(planted: Operation, said: str) -> None:
    found = list(faults("test", of(planted), shop()))

    assert len(found) == bool(said)
    assert said in "".join(found)


def test_a_field_of_a_table_made_in_the_same_migration_needs_no_default() -> None:
    made = operations.CreateModel("Till", [("id", CharField(max_length=9, primary_key=True))])
    added = operations.AddField("till", "name", CharField(max_length=9))

    assert list(faults("test", of(made, added), shop())) == []


def test_what_is_released_stays_as_it_was_and_a_package_that_is_not_has_one_migration() -> None:
    assert list(strays(released.PACKAGE, released.releases())) == []


def strays(package: Path, releases: Iterable[released.HouseRelease]) -> Iterator[str]:
    """Tell which files of a release are not as they were released, and which package of none has more than one."""
    known: list[str] = []
    for one in releases:
        known += one.files
        if gone := [name for name in known if not (package / name).exists()]:
            yield f"{one.version} has lost {gone}"
        elif released.digest_of(package, known) != one.digest:
            yield f"a file of {one.version} was changed"
    made = {Path(name).parent for name in known}
    new = [name for name in released.migrations(package) if Path(name).parent not in made]
    for folder, names in groupby(new, key=lambda name: Path(name).parent):
        if [Path(name).name for name in names] != ["0001_tables.py"]:
            yield f"{folder} is in no release: make its migration anew"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda folder: None, []),
        (lambda folder: (folder / "0002_more.py").write_text("b"), []),
        (lambda folder: (folder / "0001_tables.py").write_text("c"), ["a file of 0.1.0 was changed"]),
        (lambda folder: (folder / "0001_tables.py").unlink(), ["0.1.0 has lost"]),
        (lambda folder: add(folder.parents[1] / "till", "0001_tables.py"), []),
        (
            lambda folder: add(folder.parents[1] / "till", "0001_tables.py", "0002_more.py"),
            ["rooms/till/migrations is in no release"],
        ),
    ],
)
def test_a_planted_change_of_what_is_released_is_told(
    tmp_path: Path, change: Callable[[Path], object], told: list[str]
) -> None:
    shop = add(tmp_path / "rooms" / "shop", "0001_tables.py")
    files = ("rooms/shop/migrations/0001_tables.py",)
    release = released.HouseRelease("0.1.0", released.digest_of(tmp_path, files), files)

    change(shop)

    found = list(strays(tmp_path, [release]))
    assert len(found) == len(told)
    assert all(said in one for one, said in zip(found, told, strict=True))


def add(room: Path, *names: str) -> Path:
    folder = room / "migrations"
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).write_text("a")
    return folder
