"""Let the database say that no document is named, for code that does not know the column."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enforcement', '0009_one_measure_standing'),
    ]

    operations = [
        migrations.AlterField(
            model_name='measure',
            name='document',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
    ]
