"""Let a case stand before all that is not urgent, and let such cases be found along an index."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Add the moment; where it is empty, a case stands as it falls due."""

    dependencies = (("cases", "0005_asks"),)
    operations = (
        migrations.AddField("case", "urgent_since", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["urgent_since", "id"],
                condition=Q(("closed_at__isnull", True)) & Q(("urgent_since__isnull", False)),
                name="cases_open_urgent",
            ),
        ),
    )
