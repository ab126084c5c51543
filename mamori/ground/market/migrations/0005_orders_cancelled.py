"""Let an order be cancelled: when, and whether before its goods were sent."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('market', '0004_instructions_by_their_end'),
    ]

    operations = [
        migrations.AddField(
            model_name='order',
            name='cancelled_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='order',
            name='unsent',
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('unsent', False), ('cancelled_at__isnull', False), _connector='OR'), name='market_order_unsent_is_cancelled'),
        ),
    ]
