from django.db import migrations


class Migration(migrations.Migration):
    """What was kept under each API key is the shop's: of replies under one key the oldest stays."""

    dependencies = [
        ('gateway', '0001_replies'),
    ]

    operations = [
        migrations.RunSQL(
            "DELETE FROM gateway_reply WHERE id NOT IN (SELECT min(id) FROM gateway_reply GROUP BY key)",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL("UPDATE gateway_reply SET machine = 'machine:shop'", migrations.RunSQL.noop),
    ]
