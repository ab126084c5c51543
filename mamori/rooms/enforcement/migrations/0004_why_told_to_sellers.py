"""Keep what the decider tells the seller: why it is other than the policy answers, why so much money is held."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enforcement', '0003_without_waiting'),
    ]

    operations = [
        migrations.AddField(
            model_name='measure',
            name='why',
            field=models.BinaryField(null=True),
        ),
    ]
