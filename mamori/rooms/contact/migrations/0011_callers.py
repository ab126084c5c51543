"""Words that came by telephone, by letter or through a helper, and checks of who calls or writes."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("contact", "0010_standing_still")]

    operations = [
        migrations.AddField("message", "through", models.CharField(blank=True, default="", max_length=8)),
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("buyer_ref", models.CharField(max_length=128)),
                ("order_ref", models.CharField(blank=True, max_length=128)),
                ("channel", models.CharField(max_length=8)),
                ("agent", models.CharField(max_length=128)),
                ("at", models.DateTimeField()),
                (
                    "thread",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contact.thread",
                    ),
                ),
            ],
        ),
    ]
