"""Keep the goods that come back before a refund."""

from django.db import migrations, models

STATES = [
    "arrived",
    "considered",
    "done",
    "dropped",
    "failed",
    "instructed",
    "labelled",
    "ordered",
    "refused",
    "sent",
]


class Migration(migrations.Migration):

    dependencies = [("contact", "0012_helper")]

    operations = [
        migrations.RemoveConstraint("remedy", "contact_remedy_state_known"),
        migrations.AddField("remedy", "inspected", models.CharField(blank=True, max_length=32)),
        migrations.AddField("remedy", "label", models.CharField(blank=True, max_length=64)),
        migrations.AddField("remedy", "tracking", models.CharField(blank=True, max_length=64)),
        migrations.AddConstraint(
            "remedy",
            models.CheckConstraint(
                condition=models.Q(("state__in", STATES)), name="contact_remedy_state_known"
            ),
        ),
        migrations.AddConstraint(
            "remedy",
            models.UniqueConstraint(
                condition=models.Q(("label", ""), _negated=True),
                fields=("label",),
                name="contact_remedy_label",
            ),
        ),
    ]
