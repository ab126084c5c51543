"""Let a case ask for several things at once; what it asked for is the first of them."""

import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    """Enter what the open cases ask for."""
    case, ask = apps.get_model("cases", "Case"), apps.get_model("cases", "Ask")
    flagged = case.objects.filter(closed_at__isnull=True, attention__isnull=False)
    rows = flagged.values_list("pk", "attention", "next_due_at").iterator()
    ask.objects.bulk_create(
        (ask(case_id=pk, what=what, next_due_at=due) for pk, what, due in rows), batch_size=1000
    )


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0004_oldest"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=64)),
                ("next_due_at", models.DateTimeField(null=True)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="asks", to="cases.case")),
            ],
            options={
                "indexes": [models.Index(fields=["what", "next_due_at", "case"], name="cases_ask_queue")],
                "constraints": [models.UniqueConstraint(fields=("case", "what"), name="cases_ask_once")],
            },
        ),
        migrations.RemoveIndex("case", "cases_open_flagged_as"),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
