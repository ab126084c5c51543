from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contact', '0024_answers_to_notices'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='thread',
            name='contact_thread_one_open_per_order',
        ),
        migrations.AddConstraint(
            model_name='thread',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True), models.Q(('order_ref', ''), _negated=True)), fields=('order_ref', 'buyer_ref'), name='contact_thread_one_open_of_buyer'),
        ),
    ]
