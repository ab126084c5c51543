"""Counsellors of consumer centres are invited, and ask the operator for consumers who agreed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0005_due'),
    ]

    operations = [
        migrations.CreateModel(
            name='Counsellor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=24, unique=True)),
                ('said', models.BinaryField(null=True)),
                ('mark', models.BinaryField(max_length=32)),
                ('invitation', models.CharField(max_length=64, null=True, unique=True)),
                ('invitation_until', models.DateTimeField(null=True)),
                ('link', models.CharField(max_length=64, null=True, unique=True)),
                ('link_until', models.DateTimeField(null=True)),
                ('invited_by', models.CharField(max_length=80)),
                ('invited_at', models.DateTimeField()),
                ('came_at', models.DateTimeField(null=True)),
                ('until', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['until'], name='complaints_counsellor_until')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('mark',), name='complaints_counsellor_one')],
            },
        ),
        migrations.CreateModel(
            name='Consultation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=24, unique=True)),
                ('said', models.BinaryField(null=True)),
                ('order_ref', models.CharField(blank=True, default='', max_length=64)),
                ('buyer_ref', models.CharField(blank=True, default='', max_length=64)),
                ('consent', models.CharField(max_length=16)),
                ('given', models.CharField(max_length=16)),
                ('lasts', models.CharField(max_length=16)),
                ('until', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('confirmed_by', models.CharField(blank=True, default='', max_length=80)),
                ('received_at', models.DateTimeField()),
                ('waits_since', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(default='received', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
                ('counsellor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='complaints.counsellor')),
            ],
            options={
                'indexes': [models.Index(fields=['buyer_ref', 'id'], name='complaints_consult_buyer'), models.Index(fields=['closed_at'], name='complaints_consult_closed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['answered', 'closed', 'lapsed', 'received', 'withdrawn'])), name='complaints_consultation_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['closed', 'lapsed', 'withdrawn'])), models.Q(models.Q(('state__in', ['closed', 'lapsed', 'withdrawn']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='complaints_consultation_closed_at_ends')],
            },
        ),
    ]
