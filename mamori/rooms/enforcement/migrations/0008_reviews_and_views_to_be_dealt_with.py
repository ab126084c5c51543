"""Remember which review is due and which view given afterwards nobody has read, so that the case stays open until then."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enforcement', '0007_appeals_over_by_reversal'),
    ]

    operations = [
        migrations.AddField(
            model_name='finding',
            name='view_unread_since',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='measure',
            name='review_due_since',
            field=models.DateTimeField(null=True),
        ),
    ]
