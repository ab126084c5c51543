"""Keep which order or request a measure under the law rests on."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enforcement', '0005_asked_for_a_view'),
    ]

    operations = [
        migrations.AddField(
            model_name='measure',
            name='document',
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
