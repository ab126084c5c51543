"""What the operator announces to everybody, version by version."""
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0002_told_before_and_passed_over'),
    ]

    operations = [
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.PositiveIntegerField(default=0)),
                ('edition', models.PositiveSmallIntegerField(default=1)),
                ('version', models.PositiveIntegerField(default=0)),
                ('topic', models.CharField(max_length=32)),
                ('title', models.CharField(max_length=200)),
                ('title_en', models.CharField(blank=True, default='', max_length=200)),
                ('body', models.TextField()),
                ('body_en', models.TextField(blank=True, default='')),
                ('note', models.CharField(blank=True, default='', max_length=500)),
                ('note_en', models.CharField(blank=True, default='', max_length=500)),
                ('claims', models.JSONField(default=list)),
                ('writers', models.JSONField(default=list)),
                ('written_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('withdrawn_because', models.CharField(blank=True, default='', max_length=500)),
                ('act', models.PositiveBigIntegerField(null=True)),
                ('digest', models.CharField(blank=True, default='', max_length=64)),
                ('state', models.CharField(default='writing', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ('published', 'withdrawn'))), fields=['-published_at', '-id'], name='outreach_news')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('series__gt', 0)), fields=('series', 'edition'), name='outreach_announced_once'), models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('series',), name='outreach_announced_one_public'), models.CheckConstraint(condition=models.Q(('state__in', ['dropped', 'proposed', 'published', 'replaced', 'withdrawn', 'writing'])), name='outreach_announcement_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['dropped', 'replaced', 'withdrawn'])), models.Q(models.Q(('state__in', ['dropped', 'replaced', 'withdrawn']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='outreach_announcement_closed_at_ends')],
            },
        ),
    ]
