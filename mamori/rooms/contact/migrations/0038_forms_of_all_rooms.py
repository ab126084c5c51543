"""Forms that were taken are known to ground/web now; the table itself stays as it is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contact", "0037_danger"), ("web", "0001_sent")]
    operations = [migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="Sent")])]
