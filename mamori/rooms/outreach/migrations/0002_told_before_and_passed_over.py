"""How many were told the same before, and who was passed over when its reminder was due."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0001_campaigns'),
    ]

    operations = [
        migrations.AddField(
            model_name='campaign',
            name='told_before',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='sellertold',
            name='passed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RemoveIndex(
            model_name='sellertold',
            name='outreach_told_remind',
        ),
        migrations.AddIndex(
            model_name='sellertold',
            index=models.Index(condition=models.Q(('passed_at__isnull', True), ('reminded_at__isnull', True), ('state', 'waiting')), fields=['campaign', 'told_at', 'id'], name='outreach_told_remind'),
        ),
    ]
