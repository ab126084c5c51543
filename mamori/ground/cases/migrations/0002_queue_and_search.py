"""Views of the queue (mine, by kind, flagged) and the search: a table of tokens of each engine's own kind."""

import django.db.models.deletion
from django.db import migrations, models

TOKENS = {
    "sqlite": (
        "CREATE VIRTUAL TABLE cases_tokens USING fts5"
        "(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii')",
    ),
    "postgresql": (
        "CREATE TABLE cases_tokens (id bigint PRIMARY KEY REFERENCES cases_entry (id) ON DELETE CASCADE,"
        " tokens text[] NOT NULL)",
        "ALTER TABLE cases_tokens ALTER COLUMN tokens SET STATISTICS 1000",
        "CREATE INDEX cases_tokens_gin ON cases_tokens USING gin (tokens) WITH (fastupdate = off)",
    ),
}


def make(apps, schema_editor):
    """Make the table of tokens."""
    for statement in TOKENS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    """Take it away again."""
    schema_editor.execute("DROP TABLE cases_tokens")


def empty_to_null(apps, schema_editor):
    """An empty attention is none at all: indexes stand on IS NULL."""
    apps.get_model("cases", "Case").objects.filter(attention="").update(attention=None)


def null_to_empty(apps, schema_editor):
    """And back."""
    apps.get_model("cases", "Case").objects.filter(attention=None).update(attention="")


OPEN = models.Q(("closed_at__isnull", True))
FLAGGED = models.Q(("closed_at__isnull", True), ("attention__isnull", False))


class Migration(migrations.Migration):

    dependencies = [("cases", "0001_tables")]

    operations = [
        migrations.AlterField("case", "attention", models.CharField(max_length=64, null=True)),
        migrations.RunPython(empty_to_null, null_to_empty),
        migrations.AddField("case", "assignee", models.CharField(blank=True, default="", max_length=128)),
        migrations.AddIndex("case", models.Index(condition=OPEN, fields=["kind", "next_due_at", "id"], name="cases_open_of_kind")),
        migrations.AddIndex("case", models.Index(condition=OPEN, fields=["assignee", "next_due_at", "id"], name="cases_open_of_assignee")),
        migrations.AddIndex(
            "case",
            models.Index(condition=OPEN, fields=["assignee", "kind", "next_due_at", "id"], name="cases_open_of_assignee_kind"),
        ),
        migrations.AddIndex("case", models.Index(condition=FLAGGED, fields=["next_due_at", "id"], name="cases_open_flagged")),
        migrations.AddIndex("case", models.Index(condition=FLAGGED, fields=["kind", "next_due_at", "id"], name="cases_open_flagged_kind")),
        migrations.AddIndex("case", models.Index(condition=FLAGGED, fields=["attention", "next_due_at", "id"], name="cases_open_flagged_as")),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=128, unique=True)),
                ("subject", models.CharField(max_length=128)),
                ("sealed", models.BinaryField(null=True)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="cases.case")),
            ],
            options={"indexes": [models.Index(fields=["subject", "id"], name="cases_entry_subject")]},
        ),
        migrations.RunPython(make, drop),
    ]
