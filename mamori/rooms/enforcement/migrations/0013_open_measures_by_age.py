"""Let the open measures be walked in order, for the list of those that the marketplace has not confirmed."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enforcement', '0012_since_of_running_clocks'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(
                condition=models.Q(('closed_at__isnull', True)),
                fields=['id'],
                name='enforcement_measure_by_age',
            ),
        ),
    ]
