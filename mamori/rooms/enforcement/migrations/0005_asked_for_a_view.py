"""Keep when a seller was asked for its view, so that the hearing's share of the time to a measure is known."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enforcement', '0004_why_told_to_sellers'),
    ]

    operations = [
        migrations.AddField(
            model_name='finding',
            name='asked_at',
            field=models.DateTimeField(null=True),
        ),
    ]
