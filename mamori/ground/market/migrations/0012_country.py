"""Say in which country a seller is."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('market', '0011_money_given_back'),
    ]

    operations = [
        migrations.AddField(
            model_name='seller',
            name='country',
            field=models.CharField(blank=True, db_default='', default='', max_length=2),
        ),
    ]
