"""Keep why and when a deduction was decided, and find refunds and recoveries by month."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("contact", "0014_hidden_words")]

    operations = [
        migrations.AddField("recovery", "because", models.CharField(blank=True, max_length=32)),
        migrations.AddField("recovery", "decided_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "remedy", models.Index(fields=["closed_at", "id"], name="contact_remedy_closed")
        ),
        migrations.AddIndex(
            "recovery",
            models.Index(fields=["seller_ref", "opened_at"], name="contact_recovery_statement"),
        ),
    ]
