"""Keep the moments since which clocks run on the payouts themselves, so that what should stand follows from them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('payouts', '0003_same_account_of_several'),
    ]

    operations = [
        migrations.AddField(
            model_name='payout',
            name='look_since',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='payout',
            name='put_off_at',
            field=models.DateTimeField(null=True),
        ),
    ]
