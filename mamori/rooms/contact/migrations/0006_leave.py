"""By which detail a buyer lets the seller reach them."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

HOLDS = models.Q(("ended_at__isnull", True))


class Migration(migrations.Migration):

    dependencies = [("contact", "0005_calls")]

    operations = [
        migrations.CreateModel(
            name="Leave",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("way", models.CharField(max_length=8)),
                ("sealed", models.BinaryField()),
                ("given_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="leaves", to="contact.thread"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=HOLDS, fields=("thread", "way"), name="contact_leave_one_holds"
                    )
                ],
            },
        ),
    ]
