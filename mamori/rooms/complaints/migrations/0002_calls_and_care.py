"""Reports come by telephone and on paper, whoever asked for it is called back, and staff who bear abuse are cared for."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0001_reports'),
    ]

    operations = [
        migrations.AddField(
            model_name='complaintreport',
            name='channel',
            field=models.CharField(db_default='page', default='page', max_length=16),
        ),
        migrations.AddField(
            model_name='complaintreport',
            name='hears',
            field=models.CharField(db_default='page', default='page', max_length=8),
        ),
        migrations.CreateModel(
            name='CareRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=24, unique=True)),
                ('about', models.CharField(max_length=64)),
                ('conduct', models.CharField(max_length=16)),
                ('said', models.BinaryField(null=True)),
                ('staff', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('warned_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('care', models.CharField(blank=True, default='', max_length=16)),
                ('cared_by', models.CharField(blank=True, default='', max_length=80)),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(default='open', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['about', 'id'], name='complaints_carerecord_about')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['cared', 'open'])), name='complaints_carerecord_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['cared'])), models.Q(models.Q(('state__in', ['cared']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='complaints_carerecord_closed_at_ends')],
            },
        ),
        migrations.CreateModel(
            name='CallBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('since', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(default='due', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='complaints.complaintreport')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['since', 'id'], name='complaints_callback_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['due', 'not_reached', 'reached', 'wrong_number'])), name='complaints_callback_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['not_reached', 'reached', 'wrong_number'])), models.Q(models.Q(('state__in', ['not_reached', 'reached', 'wrong_number']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='complaints_callback_closed_at_ends'), models.UniqueConstraint(fields=('report', 'round'), name='complaints_callback_one')],
            },
        ),
        migrations.CreateModel(
            name='CallSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('call', models.CharField(max_length=64, null=True, unique=True)),
                ('number', models.BinaryField(null=True)),
                ('caller', models.BinaryField(max_length=32)),
                ('at', models.DateTimeField()),
                ('opened_by', models.CharField(blank=True, default='', max_length=80)),
                ('opened_at', models.DateTimeField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
                ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='complaints.complaintreport')),
            ],
            options={
                'indexes': [models.Index(fields=['erased_at', 'at'], name='complaints_callsheet_at')],
            },
        ),
    ]
