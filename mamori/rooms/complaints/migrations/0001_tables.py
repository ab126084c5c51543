"""The tables of rooms/complaints."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
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
            name='Complaint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=16)),
                ('reason', models.CharField(max_length=16)),
                ('thing', models.CharField(max_length=160)),
                ('seller_ref', models.CharField(blank=True, default='', max_length=64)),
                ('listing_ref', models.CharField(blank=True, default='', max_length=64)),
                ('review_ref', models.CharField(blank=True, default='', max_length=64)),
                ('named_by', models.CharField(blank=True, db_default='', default='', max_length=80)),
                ('former', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='complaints.complaint')),
                ('received_at', models.DateTimeField()),
                ('danger_at', models.DateTimeField(null=True)),
                ('looked_at', models.DateTimeField(null=True)),
                ('heard_at', models.DateTimeField(null=True)),
                ('because', models.CharField(blank=True, default='', max_length=16)),
                ('decided_by', models.CharField(blank=True, default='', max_length=80)),
                ('decided_at', models.DateTimeField(null=True)),
                ('finding', models.PositiveBigIntegerField(null=True)),
                ('again_at', models.DateTimeField(null=True)),
                ('again_done_at', models.DateTimeField(null=True)),
                ('round', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(default='received', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['thing', 'reason', 'id'], name='complaints_complaint_thing'), models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at', 'id'], name='complaints_complaint_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asking', 'gone', 'not_upheld', 'outside', 'received', 'upheld'])), name='complaints_complaint_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['gone', 'not_upheld', 'outside', 'upheld'])), models.Q(models.Q(('state__in', ['gone', 'not_upheld', 'outside', 'upheld']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='complaints_complaint_closed_at_ends'), models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('thing', 'reason'), name='complaints_complaint_one_open')],
            },
        ),
        migrations.CreateModel(
            name='ComplaintReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='complaints.complaint')),
                ('ref', models.CharField(max_length=24, unique=True)),
                ('digest', models.CharField(max_length=64, null=True, unique=True)),
                ('said', models.BinaryField(null=True)),
                ('channel', models.CharField(db_default='page', default='page', max_length=16)),
                ('hears', models.CharField(db_default='page', default='page', max_length=8)),
                ('language', models.CharField(max_length=2)),
                ('mark', models.BinaryField(max_length=32)),
                ('source', models.BinaryField(max_length=32)),
                ('is_harmed', models.BooleanField(default=False)),
                ('code', models.BinaryField(max_length=32, null=True)),
                ('code_until', models.DateTimeField(null=True)),
                ('code_tries', models.PositiveSmallIntegerField(default=0)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('told_round', models.PositiveSmallIntegerField(default=0)),
                ('told_at', models.DateTimeField(null=True)),
                ('wished_at', models.DateTimeField(null=True)),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('received_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['source'], name='complaints_report_source'), models.Index(fields=['mark'], name='complaints_report_mark')],
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
                ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='complaints.complaintreport')),
                ('erased_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['erased_at', 'at'], name='complaints_callsheet_at')],
            },
        ),
        migrations.CreateModel(
            name='CallBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='complaints.complaintreport')),
                ('round', models.PositiveSmallIntegerField()),
                ('since', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(default='due', max_length=32)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['since', 'id'], name='complaints_callback_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['due', 'not_reached', 'reached', 'wrong_number'])), name='complaints_callback_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['not_reached', 'reached', 'wrong_number'])), models.Q(models.Q(('state__in', ['not_reached', 'reached', 'wrong_number']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='complaints_callback_closed_at_ends'), models.UniqueConstraint(fields=('report', 'round'), name='complaints_callback_one')],
            },
        ),
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
                ('counsellor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='complaints.counsellor')),
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
            ],
            options={
                'indexes': [models.Index(fields=['buyer_ref', 'id'], name='complaints_consult_buyer'), models.Index(fields=['closed_at'], name='complaints_consult_closed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['answered', 'closed', 'lapsed', 'received', 'withdrawn'])), name='complaints_consultation_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['closed', 'lapsed', 'withdrawn'])), models.Q(models.Q(('state__in', ['closed', 'lapsed', 'withdrawn']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='complaints_consultation_closed_at_ends')],
            },
        ),
    ]
