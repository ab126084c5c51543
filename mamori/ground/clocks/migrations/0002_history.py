"""A thing's clocks, also those that are done, are found by what they are about."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("clocks", "0001_tables")]

    operations = [
        migrations.AddIndex("clock", models.Index(fields=["about", "id"], name="clocks_clock_history")),
    ]
