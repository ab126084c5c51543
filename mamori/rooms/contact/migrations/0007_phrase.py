"""A seller's own usual texts."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("contact", "0006_leave")]

    operations = [
        migrations.CreateModel(
            name="Phrase",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("seller_ref", models.CharField(max_length=128)),
                ("sealed", models.BinaryField()),
                ("at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["seller_ref", "at"], name="contact_phrase_seller")]},
        ),
    ]
