"""A danger is kept on the trouble until the buyer was reached, and a call to the buyer stands beside the seller's."""

from datetime import timedelta

from django.db import migrations, models
from django.db.models import Q

WITHIN = timedelta(hours=2)


def put_in_danger(apps, schema_editor):
    """Hold what is open with a danger for one whose buyer nobody has reached: no record said otherwise until now."""
    trouble, call = apps.get_model("contact", "Trouble"), apps.get_model("contact", "Call")
    for found in trouble.objects.filter(harm="danger", closed_at__isnull=True).order_by("pk").iterator():
        found.danger_since = found.opened_at
        found.save(update_fields=["danger_since"])
        owed = call.objects.create(
            trouble=found,
            whom="buyer",
            seller_ref="",
            why="danger",
            urgency=0,
            due_at=found.opened_at,
            not_before=found.opened_at,
            state="waiting",
            opened_at=found.opened_at,
        )
        _show(apps, f"contact.trouble:{found.pk}", found.opened_at, str(owed.pk))


def _show(apps, about, since, key):
    """Let the clock of the buyer's call run, and the case stand before all others."""
    clock, case = apps.get_model("clocks", "Clock"), apps.get_model("cases", "Case")
    clock.objects.create(
        kind="contact.danger_call",
        about=about,
        key=key,
        started_at=since,
        duration="2h24",
        due_at=since + WITHIN,
        next_try_at=since + WITHIN,
        calendar="",
    )
    for row in case.objects.filter(about=about):
        row.attention, row.urgent_since = "danger", since
        row.next_due_at = min(filter(None, (row.next_due_at, since + WITHIN)))
        row.save(update_fields=["attention", "urgent_since", "next_due_at"])
        apps.get_model("cases", "Ask").objects.get_or_create(case=row, what="danger")
        apps.get_model("cases", "Ask").objects.filter(case=row).update(next_due_at=row.next_due_at)


class Migration(migrations.Migration):

    dependencies = [
        ("contact", "0036_first_due"),
        ("cases", "0006_urgent"),
        ("clocks", "0003_past"),
    ]

    operations = [
        migrations.AddField("trouble", "danger_since", models.DateTimeField(null=True)),
        migrations.AddField("trouble", "danger_ended_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "trouble",
            models.CheckConstraint(
                condition=Q(("danger_ended_at__isnull", True), ("danger_since__isnull", False), _connector="OR"),
                name="contact_trouble_danger_began",
            ),
        ),
        migrations.AddField(
            "call", "whom", models.CharField(db_default="seller", default="seller", max_length=8)
        ),
        migrations.AlterField("call", "seller_ref", models.CharField(blank=True, max_length=128)),
        migrations.RemoveConstraint("call", "contact_call_one_waits"),
        migrations.AddConstraint(
            "call",
            models.UniqueConstraint(
                condition=Q(("closed_at__isnull", True)),
                fields=("trouble", "whom"),
                name="contact_call_one_of_each_waits",
            ),
        ),
        migrations.AddConstraint(
            "call",
            models.CheckConstraint(
                condition=Q(("whom", "seller"), Q(("seller_ref", ""), ("whom", "buyer")), _connector="OR"),
                name="contact_call_whom_known",
            ),
        ),
        migrations.RunPython(put_in_danger, migrations.RunPython.noop),
    ]
