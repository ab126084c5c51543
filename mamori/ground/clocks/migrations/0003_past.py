"""Count what was over in a month by its kind."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [("clocks", "0002_history")]

    operations = [
        migrations.AddIndex(
            "clock",
            models.Index(
                fields=["kind", "done_at"],
                condition=~Q(done_at__isnull=True),
                name="clocks_clock_past",
            ),
        ),
    ]
