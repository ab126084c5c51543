"""Keep of listings whether they are new and since when they are on offer, and find what a seller did lately."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('market', '0018_clearance_of_erased'),
    ]

    operations = [
        migrations.AddField('listing', 'condition', models.CharField(blank=True, db_default='', default='', max_length=8)),
        migrations.AddField('listing', 'listed_at', models.DateTimeField(null=True)),
        migrations.AddConstraint(
            'listing',
            models.CheckConstraint(
                condition=models.Q(('condition__in', ['', 'new', 'used'])), name='market_listing_condition'
            ),
        ),
        migrations.AddIndex(
            'listing',
            models.Index(
                condition=models.Q(('listed_at__isnull', False)),
                fields=['seller', 'listed_at'],
                name='market_listing_newest',
            ),
        ),
        migrations.AddIndex(
            'review', models.Index(fields=['seller', 'posted_at'], name='market_review_sellers_newest')
        ),
    ]
