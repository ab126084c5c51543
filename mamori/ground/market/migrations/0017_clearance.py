"""Keep what hinders sellers, and who answers for it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('market', '0016_screens'),
    ]

    operations = [
        migrations.CreateModel(
            name='Impediment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(max_length=128)),
                ('what', models.CharField(max_length=16)),
                ('code', models.CharField(blank=True, max_length=32)),
                ('category', models.CharField(blank=True, max_length=500)),
                ('listing', models.CharField(blank=True, max_length=64)),
                ('in_part', models.BooleanField(default=False)),
                ('vouches', models.BooleanField(default=False)),
                ('ja', models.CharField(blank=True, max_length=500)),
                ('en', models.CharField(blank=True, max_length=500)),
                ('todo_ja', models.CharField(blank=True, max_length=500)),
                ('todo_en', models.CharField(blank=True, max_length=500)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('told_at', models.DateTimeField(null=True)),
                ('seller', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='hindrances', to='market.seller')),
            ],
            options={
                'indexes': [models.Index(fields=['seller', 'listing'], name='market_impediment_sellers')],
                'constraints': [models.CheckConstraint(condition=models.Q(('what__in', ['category', 'listing', 'offer', 'payout', 'selling'])), name='market_impediment_what'), models.UniqueConstraint(fields=('about', 'what', 'code', 'category', 'listing'), name='market_impediment_once')],
            },
        ),
    ]
