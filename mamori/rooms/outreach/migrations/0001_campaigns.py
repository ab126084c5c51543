"""Campaigns to sellers: what is told, whom each told, and its figures day by day."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32)),
                ('audience', models.CharField(max_length=16)),
                ('reached', models.CharField(blank=True, default='', max_length=64)),
                ('found', models.PositiveIntegerField(default=0)),
                ('unknown', models.PositiveIntegerField(default=0)),
                ('sample', models.JSONField(default=list)),
                ('drafted_at', models.DateTimeField()),
                ('counted_at', models.DateTimeField(null=True)),
                ('started_at', models.DateTimeField(null=True)),
                ('hour_at', models.DateTimeField(null=True)),
                ('hour_told', models.PositiveIntegerField(default=0)),
                ('rests_since', models.DateTimeField(null=True)),
                ('goes_again', models.BooleanField(default=False)),
                ('remind_since', models.DateTimeField(null=True)),
                ('state', models.CharField(default='drafted', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['running', 'standing'])), fields=('code',), name='outreach_campaign_one_live'), models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'finished', 'running', 'standing', 'stopped'])), name='outreach_campaign_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['finished'])), models.Q(models.Q(('state__in', ['finished']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='outreach_campaign_closed_at_ends')],
            },
        ),
        migrations.CreateModel(
            name='CampaignDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('told', models.PositiveIntegerField(default=0)),
                ('reminded', models.PositiveIntegerField(default=0)),
                ('acknowledged', models.PositiveIntegerField(default=0)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.campaign')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('campaign', 'on'), name='outreach_day_once')],
            },
        ),
        migrations.CreateModel(
            name='SellerTold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller_ref', models.CharField(max_length=64)),
                ('told_at', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(null=True)),
                ('by', models.CharField(blank=True, default='', max_length=16)),
                ('act', models.PositiveBigIntegerField(null=True)),
                ('state', models.CharField(default='waiting', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.campaign')),
            ],
            options={
                'indexes': [models.Index(fields=['seller_ref', 'id'], name='outreach_told_seller'), models.Index(condition=models.Q(('state', 'waiting')), fields=['campaign', 'told_at', 'id'], name='outreach_told_waits'), models.Index(condition=models.Q(('reminded_at__isnull', True), ('state', 'waiting')), fields=['campaign', 'told_at', 'id'], name='outreach_told_remind')],
                'constraints': [models.UniqueConstraint(fields=('campaign', 'seller_ref'), name='outreach_told_once'), models.CheckConstraint(condition=models.Q(('state__in', ['acknowledged', 'closed', 'waiting'])), name='outreach_told_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['acknowledged', 'closed'])), models.Q(models.Q(('state__in', ['acknowledged', 'closed']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='outreach_told_closed_at_ends')],
            },
        ),
    ]
