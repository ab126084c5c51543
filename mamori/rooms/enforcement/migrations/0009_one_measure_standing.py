"""Let a measure be decided on while the same one is only proposed elsewhere, or is being taken back."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enforcement', '0008_reviews_and_views_to_be_dealt_with'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='measure',
            name='enforcement_measure_one_open',
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ('state__in', ['announced', 'in_force', 'ordered']),
                    models.Q(('kind__in', ('notice', 'correction')), _negated=True),
                ),
                fields=('kind', 'seller_ref', 'target_ref'),
                name='enforcement_measure_one_standing',
            ),
        ),
    ]
