"""Find the oldest open cases."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [("cases", "0003_notes")]

    operations = [
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["opened_at", "id"],
                condition=Q(closed_at__isnull=True),
                name="cases_open_oldest",
            ),
        ),
    ]
