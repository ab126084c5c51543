"""`make migrations`: a package of which none is released has one migration, made anew from its models; the others get one more.

What is released (`mamori/site/released.txt`) is never touched.

A table is one `CreateModel` with its keys, indexes and constraints: on SQLite each of those that is added later copies the
table.  What a migration does by hand (`RunPython`, and what stands above its class) is carried over.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import django
from django.db.migrations import Migration, operations as made
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.writer import MigrationWriter

from mamori.site.released import releases

ROOT = Path(__file__).parents[1]
NAME = "0001_tables"


def by_hand(text: str) -> tuple[str, str]:
    """Return what stands between a migration's imports and its class, and the lines of its operations that run Python."""
    tree = ast.parse(text)
    assert "RunSQL" not in text, "written by hand, and not carried over"
    known = (ast.Import, ast.ImportFrom, ast.ClassDef)
    between = [node for node in tree.body[1:] if not isinstance(node, known)]
    runs = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "migrations.RunPython"
    ]
    above = "\n\n\n".join(ast.get_source_segment(text, node) or "" for node in between)
    return above, "".join(f"        {ast.unparse(node)},\n" for node in runs)


def folded(app: str, migration: Migration) -> list[made.CreateModel]:
    """Return a migration's tables, each with all that is declared of it, after the tables of the same package that it refers to.

    :raises ValueError: when the migration does anything but make tables.
    """
    from django.apps import apps

    tables = {one.name_lower: one for one in migration.operations if isinstance(one, made.CreateModel)}
    for one in migration.operations:
        match one:
            case made.CreateModel():
                continue
            case made.AddField():
                tables[one.model_name_lower].fields.append((one.name, one.field))
            case made.AddIndex():
                tables[one.model_name_lower].options.setdefault("indexes", []).append(one.index)
            case made.AddConstraint():
                tables[one.model_name_lower].options.setdefault("constraints", []).append(one.constraint)
            case _:
                raise ValueError(f"{app}: {one}")
    for name, table in tables.items():
        options = apps.get_model(app, name)._meta
        order = [field.name for field in (*options.local_fields, *options.local_many_to_many)]
        table.fields.sort(key=lambda pair: order.index(pair[0]))
    ordered: dict[str, made.CreateModel] = {}

    def place(name: str) -> None:
        for _, field in tables[name].fields:
            to = str(getattr(field.remote_field, "model", "")).lower()
            if to.startswith(f"{app}.") and to != f"{app}.{name}" and to.partition(".")[2] not in ordered:
                place(to.partition(".")[2])
        ordered.setdefault(name, tables[name])

    for name in tables:
        place(name)
    return list(ordered.values())


def write(package: Path, app: str, migration: Migration, *, above: str, runs: str) -> None:
    """Write a package's migration, with what it does by hand."""
    migration.__dict__["operations"] = folded(app, migration)
    text = MigrationWriter(migration).as_string()
    _, _, text = text.partition("\n")
    if above:
        text = text.replace("class Migration(", f"{above}\n\n\nclass Migration(", 1)
    end = text.rindex("    ]")
    text = f'"""The tables of {package.parent.name}/{package.name}."""\n{text[:end]}{runs}{text[end:]}'
    (package / "migrations" / f"{NAME}.py").write_text(text, encoding="utf-8")


def main() -> None:
    """Keep what is done by hand, let Django make what is not released, and fold what is made anew.

    A released package's next migration is named by the first word of the command line.
    """
    released = {ROOT / "mamori" / name for one in releases() for name in one.files}
    lasting = {file.parent for file in released}
    files = [file for file in sorted(ROOT.glob("mamori/*/*/migrations/0*.py")) if file.parent not in lasting]
    kept = {file.parents[1].name: by_hand(file.read_text(encoding="utf-8")) for file in files}
    for file in files:
        file.unlink()
    command = [
        sys.executable,
        "-m",
        "django",
        "makemigrations",
        "--verbosity",
        "0",
        "--name",
        (sys.argv[1:] or ["tables"])[0],
    ]
    subprocess.run(command, check=True)  # noqa: S603
    django.setup()
    from django.apps import apps

    for (app, _), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        config = apps.get_app_config(app)
        if config.name.startswith("mamori.") and Path(config.path, "migrations") not in lasting:
            above, runs = kept.get(app, ("", ""))
            write(Path(config.path), app, migration, above=above, runs=runs)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mamori.site.settings")
    os.environ["MAMORI_DATABASE_URL"] = "sqlite://:memory:"
    main()
