"""Keep the final confirmation screens of orders."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("market", "0015_undated_sellers"),
    ]

    operations = [
        migrations.CreateModel(
            "Screen",
            fields=[
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="screen",
                        serialize=False,
                        to="market.order",
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("sealed", models.BinaryField()),
                ("told_at", models.DateTimeField()),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="market.buyer"
                    ),
                ),
            ],
        ),
    ]
