"""Let listings, sellers and orders say how they stand, and keep reviews without their words."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('market', '0008_shape_of_instructions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[
                ('ref', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('stars', models.PositiveSmallIntegerField()),
                ('posted_at', models.DateTimeField()),
                ('state', models.CharField(default='shown', max_length=16)),
            ],
        ),
        migrations.AddField(
            model_name='listing',
            name='category',
            field=models.CharField(blank=True, db_default='', default='', max_length=500),
        ),
        migrations.AddField(
            model_name='listing',
            name='state',
            field=models.CharField(db_default='on_offer', default='on_offer', max_length=16),
        ),
        migrations.AddField(
            model_name='order',
            name='completed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='seller',
            name='state',
            field=models.CharField(db_default='active', default='active', max_length=16),
        ),
        migrations.AddField(
            model_name='seller',
            name='unpaid',
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name='listing',
            index=models.Index(fields=['seller', 'state'], name='market_listing_sellers'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['seller', 'ordered_at'], name='market_order_sellers_newest'),
        ),
        migrations.AddConstraint(
            model_name='listing',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['gone', 'hidden', 'on_offer'])), name='market_listing_state'),
        ),
        migrations.AddConstraint(
            model_name='seller',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['active', 'closed', 'suspended'])), name='market_seller_state'),
        ),
        migrations.AddField(
            model_name='review',
            name='listing',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='market.listing'),
        ),
        migrations.AddField(
            model_name='review',
            name='order',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='market.order'),
        ),
        migrations.AddField(
            model_name='review',
            name='seller',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='market.seller'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['gone', 'hidden', 'shown'])), name='market_review_state'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('stars__gte', 1), ('stars__lte', 5)), name='market_review_stars'),
        ),
    ]
