"""What readers say of pages of help, counted by day."""
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0004_campaign_versions'),
    ]

    operations = [
        migrations.CreateModel(
            name='HelpfulDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(max_length=64)),
                ('version', models.CharField(max_length=16)),
                ('on', models.DateField()),
                ('said', models.CharField(max_length=16)),
                ('count', models.PositiveIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['-on', '-id'], name='outreach_helpful_day')],
                'constraints': [models.UniqueConstraint(fields=('page', 'version', 'on', 'said'), name='outreach_helpful_once')],
            },
        ),
    ]
