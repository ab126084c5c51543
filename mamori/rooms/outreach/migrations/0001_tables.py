"""The tables of rooms/outreach."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
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
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32)),
                ('audience', models.CharField(max_length=16)),
                ('reached', models.CharField(blank=True, default='', max_length=64)),
                ('found', models.PositiveIntegerField(default=0)),
                ('unknown', models.PositiveIntegerField(default=0)),
                ('told_before', models.PositiveIntegerField(db_default=0, default=0)),
                ('sample', models.JSONField(default=list)),
                ('drafted_at', models.DateTimeField()),
                ('counted_at', models.DateTimeField(null=True)),
                ('started_at', models.DateTimeField(null=True)),
                ('hour_at', models.DateTimeField(null=True)),
                ('hour_told', models.PositiveIntegerField(default=0)),
                ('rests_since', models.DateTimeField(null=True)),
                ('goes_again', models.BooleanField(default=False)),
                ('remind_since', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(db_default=0, default=0)),
                ('state', models.CharField(default='drafted', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['running', 'standing'])), fields=('code',), name='outreach_campaign_one_live'), models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'finished', 'running', 'standing', 'stopped'])), name='outreach_campaign_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['finished'])), models.Q(models.Q(('state__in', ['finished']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='outreach_campaign_closed_at_ends')],
            },
        ),
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
        migrations.CreateModel(
            name='CampaignDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.campaign')),
                ('on', models.DateField()),
                ('told', models.PositiveIntegerField(default=0)),
                ('reminded', models.PositiveIntegerField(default=0)),
                ('acknowledged', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('campaign', 'on'), name='outreach_day_once')],
            },
        ),
        migrations.CreateModel(
            name='SellerTold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.campaign')),
                ('seller_ref', models.CharField(max_length=64)),
                ('told_at', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(null=True)),
                ('passed_at', models.DateTimeField(null=True)),
                ('by', models.CharField(blank=True, default='', max_length=16)),
                ('act', models.PositiveBigIntegerField(null=True)),
                ('state', models.CharField(default='waiting', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['seller_ref', 'id'], name='outreach_told_seller'), models.Index(condition=models.Q(('state', 'waiting')), fields=['campaign', 'told_at', 'id'], name='outreach_told_waits'), models.Index(condition=models.Q(('passed_at__isnull', True), ('reminded_at__isnull', True), ('state', 'waiting')), fields=['campaign', 'told_at', 'id'], name='outreach_told_remind')],
                'constraints': [models.UniqueConstraint(fields=('campaign', 'seller_ref'), name='outreach_told_once'), models.CheckConstraint(condition=models.Q(('state__in', ['acknowledged', 'closed', 'waiting'])), name='outreach_told_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['acknowledged', 'closed'])), models.Q(models.Q(('state__in', ['acknowledged', 'closed']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='outreach_told_closed_at_ends')],
            },
        ),
    ]
