"""Let instructions concern listings, reviews and sellers, too: what they concern, their number, and what undoes them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("market", "0005_orders_cancelled")]

    operations = [
        migrations.AddField("instruction", "target", models.CharField(default="order", max_length=16), preserve_default=False),
        migrations.AddField("instruction", "target_ref", models.CharField(default="", max_length=64), preserve_default=False),
        migrations.AddField(
            "instruction",
            "seller",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="instructions", to="market.seller"),
        ),
        migrations.AddField("instruction", "number", models.PositiveIntegerField(null=True)),
        migrations.AddField("instruction", "answered", models.PositiveIntegerField(null=True)),
        migrations.AddField("instruction", "detail", models.CharField(blank=True, max_length=500)),
        migrations.AddField("instruction", "until", models.DateTimeField(null=True)),
        migrations.AddField(
            "instruction",
            "undoes",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="undoings", to="market.instruction"),
        ),
        migrations.AddField("instruction", "undone_at", models.DateTimeField(null=True)),
    ]
