"""Calls are listed by urgency, tried again at other hours, and numbers that were wrong are remembered as blind indexes."""

from datetime import UTC, datetime

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

OPEN = Q(("closed_at__isnull", True))
EARLY = datetime(2026, 1, 1, tzinfo=UTC)


def fill(apps, schema_editor):
    """Give the calls that stand on the list a moment and an urgency."""
    calls = apps.get_model("contact", "Call").objects
    calls.update(due_at=F("opened_at"), not_before=F("opened_at"))
    for urgency, harm in enumerate(("danger", "money")):
        calls.filter(trouble__harm=harm).update(urgency=urgency)


class Migration(migrations.Migration):

    dependencies = [("contact", "0004_worklists")]

    operations = [
        migrations.AddField("call", "urgency", models.PositiveSmallIntegerField(default=2)),
        migrations.AddField("call", "due_at", models.DateTimeField(default=EARLY), preserve_default=False),
        migrations.AddField("call", "not_before", models.DateTimeField(default=EARLY), preserve_default=False),
        migrations.AddField("call", "turn", models.PositiveSmallIntegerField(default=1)),
        migrations.AddField("call", "line", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("call", "kept", models.BooleanField(null=True)),
        migrations.AddField("call", "note", models.BinaryField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveIndex("call", "contact_call_open"),
        migrations.AddIndex(
            "call",
            models.Index(condition=OPEN, fields=["urgency", "due_at", "id"], name="contact_call_open"),
        ),
        migrations.AddIndex(
            "call", models.Index(condition=OPEN, fields=["not_before", "id"], name="contact_call_later")
        ),
        migrations.AddIndex(
            "call", models.Index(condition=~OPEN, fields=["seller_ref", "id"], name="contact_call_of_seller")
        ),
        migrations.AddConstraint(
            "call", models.UniqueConstraint(condition=OPEN, fields=("trouble",), name="contact_call_one_waits")
        ),
        migrations.CreateModel(
            name="WrongNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seller_ref", models.CharField(max_length=128)),
                ("number", models.BinaryField(max_length=16)),
                ("at", models.DateTimeField()),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contact.call"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("seller_ref", "number"), name="contact_wrongnumber_once")
                ]
            },
        ),
    ]
