"""What listings say, version by version, and when a buyer saw them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('market', '0019_activity_of_sellers'),
    ]

    operations = [
        migrations.CreateModel(
            name='ListingContent',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('told', models.JSONField()),
            ],
        ),
        migrations.AddField(
            model_name='order',
            name='seen_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='ListingVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told_at', models.DateTimeField()),
                ('content', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='market.listingcontent')),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='market.listing')),
            ],
            options={
                'indexes': [models.Index(fields=['listing', 'told_at', 'id'], name='market_listing_moment')],
            },
        ),
    ]
