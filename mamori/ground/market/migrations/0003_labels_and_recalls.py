"""Keep labels and their tracking numbers, and when an instruction was called back."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("market", "0002_orders_of_a_buyer")]

    operations = [
        migrations.AddField("instruction", "tracking", models.CharField(blank=True, max_length=64)),
        migrations.AddField("instruction", "recalled_at", models.DateTimeField(null=True)),
        migrations.RemoveConstraint("instruction", "market_instruction_amount_positive"),
        migrations.AddConstraint(
            "instruction",
            models.CheckConstraint(
                condition=models.Q(("amount__gt", 0))
                | models.Q(("amount", 0), ("kind", "label")),
                name="market_instruction_amount_positive",
            ),
        ),
    ]
