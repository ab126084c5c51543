"""Keep on which listed ground a measure came without the days before it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enforcement', '0002_caps_of_holds'),
    ]

    operations = [
        migrations.AddField(
            model_name='measure',
            name='at_once',
            field=models.CharField(blank=True, max_length=32),
        ),
    ]
