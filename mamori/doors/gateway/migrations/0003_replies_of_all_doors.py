"""Replies are known to ground/web now; the table itself stays as it is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("gateway", "0002_keys_of_the_shop"), ("web", "0002_one_once")]
    operations = [migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="Reply")])]
