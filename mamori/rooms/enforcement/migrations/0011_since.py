"""Keep the moments since which clocks run on the rows themselves, so that what should stand follows from them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enforcement', '0010_document_by_the_database'),
    ]

    operations = [
        migrations.AddField(
            model_name='measure',
            name='review_span',
            field=models.CharField(blank=True, db_default='', default='', max_length=16),
        ),
        migrations.AddField(
            model_name='measure',
            name='reviewed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='measure',
            name='announced_again_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='measure',
            name='market_asked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='measure',
            name='market_asked_times',
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name='appeal',
            name='asked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='policy',
            name='proposed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='policy',
            name='notice',
            field=models.CharField(blank=True, db_default='', default='', max_length=16),
        ),
    ]
