"""Forms that were taken are every room's: the table that contact made stays as it is, and is known here."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Sent",
                    fields=[
                        ("token", models.UUIDField(primary_key=True, serialize=False)),
                        ("by", models.CharField(max_length=200)),
                        ("led_to", models.CharField(max_length=200)),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "db_table": "contact_sent",
                        "indexes": [
                            models.Index(fields=["at"], name="contact_sent_at"),
                            models.Index(fields=["by", "led_to"], name="contact_sent_led"),
                        ],
                    },
                ),
            ],
        ),
    ]
