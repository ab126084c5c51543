"""Let instructions be found by the month in which they were answered."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("market", "0003_labels_and_recalls")]

    operations = [
        migrations.AddIndex(
            "instruction",
            models.Index(fields=["closed_at", "ref"], name="market_instruction_closed"),
        ),
    ]
