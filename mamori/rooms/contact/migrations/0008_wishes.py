"""Keep what a buyer asked for."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("contact", "0007_phrase"),
    ]

    operations = [
        migrations.AddField(
            model_name="remedy",
            name="asked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="remedy",
            name="wish",
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.AddField(
            model_name="remedy",
            name="wished_amount",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
