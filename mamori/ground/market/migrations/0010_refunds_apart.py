"""Keep apart what went back on our instructions and what went back on other ways."""

from django.db import migrations, models
from django.db.models import F, Q, Sum


def part(apps, schema_editor):
    """Count what was confirmed as ours, and the rest of what was known as gone back on other ways."""
    order, instruction = apps.get_model("market", "Order"), apps.get_model("market", "Instruction")
    done = instruction.objects.filter(kind="refund", state="confirmed")
    done.update(counted=True)
    order.objects.update(refunded_elsewhere=F("refunded_amount"))
    for ref, ours in done.values_list("order").annotate(sum=Sum("amount")).iterator():
        for row in order.objects.filter(pk=ref):
            row.refunded_elsewhere = max(0, row.refunded_amount - ours)
            row.refunded_instructed = ours
            row.save(update_fields=["refunded_elsewhere", "refunded_instructed"])


def join(apps, schema_editor):
    """Put both together again, to what was paid at most."""
    for row in apps.get_model("market", "Order").objects.exclude(refunded_elsewhere=0, refunded_instructed=0).iterator():
        row.refunded_amount = min(row.amount, row.refunded_elsewhere + row.refunded_instructed)
        row.save(update_fields=["refunded_amount"])


class Migration(migrations.Migration):

    dependencies = [
        ("market", "0009_states_and_reviews"),
    ]

    operations = [
        migrations.AddField("instruction", "counted", models.BooleanField(default=False)),
        migrations.AddField("order", "refunded_elsewhere", models.PositiveBigIntegerField(default=0)),
        migrations.AddField("order", "refunded_instructed", models.PositiveBigIntegerField(default=0)),
        migrations.RunPython(part, join),
        migrations.RemoveConstraint("order", "market_order_refunded_within_amount"),
        migrations.RemoveField("order", "refunded_amount"),
        migrations.AddConstraint(
            "order",
            models.CheckConstraint(
                condition=Q(refunded_elsewhere__lte=F("amount"), refunded_instructed__lte=F("amount")),
                name="market_order_refunded_within_amount",
            ),
        ),
    ]
