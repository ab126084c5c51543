"""What the asker's browser kept of whoever came in with it last."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_keys_visitors_proposals'),
    ]

    operations = [
        migrations.AddField(
            model_name='signincode',
            name='browser',
            field=models.CharField(blank=True, default='', max_length=32),
            preserve_default=False,
        ),
    ]
