"""A house that is there already erases nobody by the new default: what was "never" is written down as its choice."""

from django.db import migrations
from django.utils import timezone

CODE = "retention.market.persons"


def keep_as_before(apps, schema_editor):
    """Write "never" for a house that knows somebody and has not chosen."""
    known = any(apps.get_model("market", name).objects.exists() for name in ("Buyer", "Seller"))
    values = apps.get_model("terms", "SettingValue").objects
    if known and not values.filter(code=CODE).exists():
        values.create(code=CODE, value=0, at=timezone.now(), by="machine:upgrade")


class Migration(migrations.Migration):

    dependencies = [("terms", "0003_acceptances_of_a_version"), ("market", "0001_tables")]

    operations = [migrations.RunPython(keep_as_before, migrations.RunPython.noop)]
