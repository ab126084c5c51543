"""Keep since when a photograph of what a seller says that it put right is awaited."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enforcement', '0013_open_measures_by_age'),
    ]

    operations = [
        migrations.AddField(
            model_name='finding',
            name='asked_photo_at',
            field=models.DateTimeField(null=True),
        ),
    ]
