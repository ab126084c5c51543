"""Note of the sellers who are known already when the house began to ask since when one is private: what was told has no date."""

from django.db import migrations
from django.db.models.functions import Now


def note(apps, schema_editor):
    """Write down now for those who are there."""
    apps.get_model("market", "Seller").objects.filter(undated_at=None).update(undated_at=Now())


class Migration(migrations.Migration):

    dependencies = [
        ("market", "0014_facts_told"),
    ]

    operations = [
        migrations.RunPython(note, migrations.RunPython.noop),
    ]
