"""The tables of ground/outbox."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Endpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(max_length=2000)),
                ('kinds', models.JSONField(default=list)),
                ('secret', models.BinaryField()),
                ('former_secret', models.BinaryField(null=True)),
                ('former_until', models.DateTimeField(null=True)),
                ('added_at', models.DateTimeField()),
                ('switched_off_at', models.DateTimeField(null=True)),
                ('why_off', models.CharField(blank=True, default='', max_length=200)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('resting_until', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=64)),
                ('subject', models.CharField(max_length=128)),
                ('body', models.TextField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['at', 'id'], name='outbox_event_oldest')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.CharField(max_length=40, unique=True)),
                ('endpoint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='outbox.endpoint')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='outbox.event')),
                ('state', models.CharField(default='waiting', max_length=32)),
                ('next_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('tries_left', models.PositiveIntegerField(default=0)),
                ('error', models.TextField(blank=True, default='')),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['endpoint', 'next_at', 'id'], name='outbox_delivery_due'), models.Index(condition=models.Q(('closed_at__isnull', True), ('next_at__isnull', True)), fields=['id'], name='outbox_delivery_dead')],
                'constraints': [models.UniqueConstraint(fields=('event', 'endpoint'), name='outbox_delivery_once'), models.CheckConstraint(condition=models.Q(('state__in', ['dead', 'delivered', 'leased', 'skipped', 'waiting'])), name='outbox_delivery_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['delivered', 'skipped'])), models.Q(models.Q(('state__in', ['delivered', 'skipped']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='outbox_delivery_closed_at_ends')],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='log', to='outbox.delivery')),
                ('number', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('status', models.PositiveIntegerField(null=True)),
                ('milliseconds', models.PositiveIntegerField(default=0)),
                ('error', models.TextField(blank=True, default='')),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to', models.CharField(max_length=128)),
                ('template', models.CharField(max_length=64)),
                ('kind', models.CharField(max_length=16)),
                ('title', models.JSONField()),
                ('body', models.JSONField()),
                ('values', models.JSONField(default=dict)),
                ('about', models.CharField(max_length=128)),
                ('channel', models.CharField(blank=True, max_length=16)),
                ('sealed', models.BinaryField(null=True)),
                ('until', models.DateTimeField(null=True)),
                ('at', models.DateTimeField()),
                ('event', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notice', to='outbox.event')),
                ('state', models.CharField(default='kept', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['about', 'id'], name='outbox_notice_about'), models.Index(fields=['to', 'id'], name='outbox_notice_to'), models.Index(fields=['kind', 'at', 'id'], name='outbox_notice_oldest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['delivered', 'kept', 'under_way'])), name='outbox_notice_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['delivered'])), models.Q(models.Q(('state__in', ['delivered']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='outbox_notice_closed_at_ends')],
            },
        ),
        migrations.CreateModel(
            name='Effect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='effects', to='outbox.event')),
                ('handler', models.CharField(max_length=200)),
                ('subject', models.CharField(max_length=128)),
                ('next_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('stuck_at', models.DateTimeField(null=True)),
                ('error', models.TextField(blank=True, default='')),
                ('skipped_because', models.TextField(blank=True, default='')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('done_at__isnull', True)), fields=['next_at', 'id'], name='outbox_effect_due'), models.Index(condition=models.Q(('done_at__isnull', True)), fields=['handler', 'subject', 'id'], name='outbox_effect_order'), models.Index(condition=models.Q(('done_at__isnull', True), ('stuck_at__isnull', False)), fields=['stuck_at', 'id'], name='outbox_effect_stuck')],
                'constraints': [models.UniqueConstraint(fields=('event', 'handler'), name='outbox_effect_once')],
            },
        ),
    ]
