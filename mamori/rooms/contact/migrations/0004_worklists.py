"""The lists that staff work through stand on indexes of their own."""

from django.db import migrations, models

OPEN = models.Q(("closed_at__isnull", True))


class Migration(migrations.Migration):

    dependencies = [("contact", "0003_attachments")]

    operations = [
        migrations.AddIndex("mediation", models.Index(condition=OPEN, fields=["agent", "id"], name="contact_mediation_open")),
        migrations.AddIndex("remedy", models.Index(condition=OPEN, fields=["state", "id"], name="contact_remedy_open")),
        migrations.AddIndex("recovery", models.Index(condition=OPEN, fields=["id"], name="contact_recovery_open")),
    ]
