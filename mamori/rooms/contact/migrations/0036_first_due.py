"""By when a trouble was to be solved at first stays known when that time begins anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the moment; where it is empty, the time for the solution never began anew."""

    dependencies = (("contact", "0035_giving_back"),)
    operations = (migrations.AddField("trouble", "first_due_at", models.DateTimeField(null=True)),)
